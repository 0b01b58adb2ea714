"""A tally that came back: who was there, what was declared, what was counted, cell by cell. Nothing else in the file is believed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from criteria.problems import Problem
from nominations.council import columns as c
from nominations.council.conflicts import Conflict
from nominations.council.pack import Line, Pack
from records.forms.collecting.cells import Findings, clean, day, mark, settled, short, words
from records.forms.collecting.form import check_heads, form_sheet
from records.forms.collecting.workbook import FormBook, FormSheet
from records.forms.layout import SHEETS
from records.tables.cells import CellError
from records.tables.sheets import Cell
from records.workbooks.rows import keyed_rows, stray_rows

CODE = "council"
CALLED = "phiếu kiểm"
_MOST = 100_000
_HOUR = re.compile(r"([0-9]{1,2}) ?(?:giờ|g|h|:) ?([0-9]{1,2})?(?: ?phút)?")
_SEPARATED = re.compile(r"[;,\n]+")


@dataclass(frozen=True)
class Counted:
    """One row. counts: by column of columns.COUNTS, None for an empty cell."""

    line: Line
    sheet: FormSheet
    row: int
    counts: Mapping[int, int | None]
    chosen: bool
    chairs_side: bool
    reason: str

    def problem(self, column: int, message: str, hint: str = "", severity: str = "error") -> Problem:
        """A finding about one cell. column: from 0."""
        return self.sheet.problem(CODE, self.row, column + 1, message, hint, severity)


@dataclass
class Tally:
    """present, written: numbers of members. cells: sheet and row of each member. signed: by key of the page Ky, texts."""

    present: list[int] = field(default_factory=list)
    written: list[int] = field(default_factory=list)
    declared: list[Conflict] = field(default_factory=list)
    rows: list[Counted] = field(default_factory=list)
    day: date | None = None
    signed: dict[str, str] = field(default_factory=dict)
    members_sheet: FormSheet | None = None
    member_rows: dict[int, int] = field(default_factory=dict)
    sign_sheet: FormSheet | None = None
    sign_rows: dict[str, int] = field(default_factory=dict)

    def member_problem(self, number: int, column: int, message: str, hint: str, severity: str = "error") -> Problem:
        assert self.members_sheet is not None
        return self.members_sheet.problem(CODE, self.member_rows.get(number, 1), column + 1, message, hint, severity)

    def sign_problem(self, key: str, message: str, hint: str) -> Problem:
        assert self.sign_sheet is not None
        return self.sign_sheet.problem(CODE, self.sign_rows.get(key, 1), c.SIGN_VALUE + 1, message, hint)


def read_tally(book: FormBook, pack: Pack, lines: Mapping[str, Sequence[str]], findings: Findings) -> Tally:
    """What is typed. lines: keys of the rows as they were issued, by sheet. Raises Unreadable."""
    tally = Tally()
    _read_cases(book, pack, lines.get(c.TALLY, ()), tally, findings)
    _read_members(book, pack, lines.get(c.MEMBERS, ()), tally, findings)
    _read_signature(book, tally, findings)
    return tally


def _read_cases(book: FormBook, pack: Pack, keys: Sequence[str], tally: Tally, findings: Findings) -> None:
    sheet = form_sheet(book, c.TALLY, findings)
    if sheet is None or not check_heads(sheet, {place + 1: c.HEADS[place - 1] for place in c.INPUTS}, findings):
        return
    lines = {one.key: one for one in pack.lines}
    for key, row in keyed_rows(sheet, keys, findings, CALLED).items():
        counts = {place: findings.read(sheet, row, place + 1, _count, None, CODE) for place in c.COUNTS}
        read = partial(findings.read, sheet, row)
        chosen, side = (read(place + 1, mark, False, CODE) for place in (c.CHOSEN, c.CHAIRS_SIDE))
        why = findings.read(sheet, row, c.REASON + 1, words, "", CODE)
        tally.rows.append(Counted(lines[key], sheet, row, counts, chosen, side, why))
    head = next((row for row in sorted(sheet.rows) if sheet.text(row, c.YES + 1) == c.HEADS[c.YES - 1]), 0)
    stray_rows(sheet, head, range(c.ISSUED + 1, c.REASON + 2), findings, CALLED)


def _read_members(book: FormBook, pack: Pack, keys: Sequence[str], tally: Tally, findings: Findings) -> None:
    sheet = form_sheet(book, c.MEMBERS, findings)
    heads = {place + 1: c.MEMBER_HEADS[place - 1] for place in c.MEMBER_INPUTS}
    if sheet is None or not check_heads(sheet, heads, findings):
        return
    tally.members_sheet = sheet
    for key, row in keyed_rows(sheet, keys, findings, CALLED).items():
        number = int(key.partition(":")[2])
        tally.member_rows[number] = row
        here = findings.read(sheet, row, c.HERE + 1, mark, False, CODE)
        wrote = findings.read(sheet, row, c.WROTE + 1, mark, False, CODE)
        if here and wrote:
            said = f"Thành viên số {number} vừa có mặt vừa vắng có ý kiến bằng văn bản."
            findings.at(sheet, row, c.WROTE + 1, CODE, said, "Xóa một trong hai ô.")
        tally.present += [number] if here else []
        tally.written += [number] if wrote and not here else []
        tally.declared += _declared(sheet, row, number, pack, findings)
    head = next((row for row in sorted(sheet.rows) if sheet.text(row, c.HERE + 1) == c.MEMBER_HEADS[c.HERE - 1]), 0)
    stray_rows(sheet, head, range(c.HERE + 1, c.WHY + 2), findings, CALLED)


def _declared(sheet: FormSheet, row: int, number: int, pack: Pack, findings: Findings) -> list[Conflict]:
    text = findings.read(sheet, row, c.DECLARED + 1, _listed, "", CODE)
    why = findings.read(sheet, row, c.WHY + 1, words, "", CODE)
    idents = list(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))
    known = {one.nominee for one in pack.lines}
    for ident in idents:
        if ident not in known:
            said = f"Không có đối tượng “{short(ident)}” trong danh sách trình."
            findings.at(sheet, row, c.DECLARED + 1, CODE, said, "Ghi mã như ở trang Kiem phieu, cách nhau dấu ;.")
    if idents and not why:
        findings.at(sheet, row, c.WHY + 1, "reason", "Khai xung đột mà không nêu lý do.", "Ghi lý do.")
    if why and not idents:
        said = "Có lý do xung đột mà không ghi đối tượng nào."
        findings.at(sheet, row, c.DECLARED + 1, CODE, said, "Ghi mã đối tượng, hoặc xóa lý do.")
    return [Conflict(number, ident, why, declared=True) for ident in idents if ident in known and why]


def _read_signature(book: FormBook, tally: Tally, findings: Findings) -> None:
    sheet = form_sheet(book, SHEETS["sign"], findings)
    if sheet is None:
        return
    rows = keyed_rows(sheet, c.SIGNED, findings, CALLED)
    if len(rows) < len(c.SIGNED):
        return
    tally.sign_sheet, tally.sign_rows = sheet, rows
    place = c.SIGN_VALUE + 1
    tally.day = findings.need(sheet, rows["sign:date"], place, day, None, CODE, "ngày họp")
    for key, what in (("sign:start", "giờ bắt đầu"), ("sign:end", "giờ kết thúc")):
        tally.signed[key] = findings.need(sheet, rows[key], place, _hour, "", CODE, what)
    for key, what in (("sign:place", "địa điểm"), ("sign:tellers", "ban kiểm phiếu")):
        tally.signed[key] = findings.need(sheet, rows[key], place, words, "", CODE, what)
    for key in ("sign:secretary", "sign:discussion"):
        tally.signed[key] = findings.read(sheet, rows[key], place, words, "", CODE)
    start, end = (tally.signed[key] for key in ("sign:start", "sign:end"))
    if start and end and end <= start:
        said = f"Kết thúc lúc {end}, không sau giờ bắt đầu {start}."
        findings.at(sheet, rows["sign:end"], place, CODE, said, "Xem lại hai giờ.")


# --- one cell ------------------------------------------------------------------------------------------------------


def _count(cell: Cell) -> int | None:
    """A whole number from 0; None when empty. Raises CellError."""
    text = settled(cell).text
    if not text:
        return None
    if isinstance(cell.value, bool) or not (text.isascii() and text.isdecimal() and int(text) <= _MOST):
        raise CellError(CODE, f"“{short(text)}” không phải số phiếu.", "Cần một số nguyên, từ 0.")
    return int(text)


def _listed(cell: Cell) -> str:
    """Ids with semicolons between them, however they were separated. Raises CellError."""
    text = settled(Cell(_SEPARATED.sub(";", cell.value)) if isinstance(cell.value, str) else cell).text
    return clean(text)


def _hour(cell: Cell) -> str:
    """08 giờ 30; "" when empty. Raises CellError."""
    found = settled(cell)
    if isinstance(found.value, int | float) and not isinstance(found.value, bool) and 0 < found.value < 1:
        minutes = round(found.value * 24 * 60)  # a cell that Excel took for a time of day
        return f"{minutes // 60:02d} giờ {minutes % 60:02d}"
    text = clean(found.text)
    if not text:
        return ""
    match = _HOUR.fullmatch(text.casefold())
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise CellError(CODE, f"“{short(text)}” không phải giờ trong ngày.", "Viết 08 giờ 30.")
    return f"{int(match[1]):02d} giờ {int(match[2] or 0):02d}"
