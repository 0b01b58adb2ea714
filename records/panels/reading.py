"""A marking workbook that came in: whose it is, and what is typed in each row. Nothing else in it is believed."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from criteria.problems import Problem, of_file
from records.forms.collecting.cells import KAD, Findings, day, figure, mark, short, whole, words
from records.forms.collecting.form import check_heads, form_sheet
from records.forms.collecting.incoming import FormFile
from records.forms.collecting.rows import typed
from records.forms.collecting.workbook import FormBook, FormSheet
from records.forms.layout import SHEETS
from records.panels.board import Judged
from records.panels.columns import HEADS, INPUTS, MARK, OUT, REASON, SIGN_VALUE, SIGNED
from records.panels.content import FORMAT, PANEL, panel_digest, panel_token
from records.panels.proof import ABSTAIN
from records.review.content import lines_digest

_FIELDS = ("format", "kind", "period", "owner", "sets", "digest", "entry", "token")
_ISSUED_HERE = "Điền vào đúng phiếu chấm đã giao, không chép sang tệp khác."
_SAME = "Dùng phiếu đã giao, không xóa, không thêm dòng."
_AGAIN = "Giao lại: thidua panel issue, điền vào phiếu mới."


@dataclass(frozen=True)
class MarksIdentity:
    """What the hidden sheet says. lines: by sheet, the keys of its rows; rows: their digest. entry: of the ledger, up to which it
    was made."""

    period: str
    table: str
    assessor: str
    sets: tuple[str, ...]
    digest: str
    entry: int
    token: str
    rows: str
    lines: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class TypedMark:
    """What is typed in one row. value: a mark as it is stored, "abstain"; never ""."""

    candidate: str
    criterion: str
    value: str
    reason: str
    sheet: FormSheet
    row: int

    def place(self, column: int = MARK) -> str:
        """File, sheet and cell, as problems print them."""
        return self.sheet.problem("", self.row, column + 1, "").place


@dataclass
class ReadMarks:
    """A file that was read. version: the edition. signed: the day it was signed."""

    file: FormFile
    sha256: str = ""
    identity: MarksIdentity | None = None
    marks: list[TypedMark] = field(default_factory=list)
    version: int = 0
    signed: date | None = None
    findings: Findings = field(default_factory=Findings)

    @property
    def name(self) -> str:
        return self.file.name


def read_identity(book: FormBook) -> tuple[MarksIdentity | None, list[Problem]]:
    """The hidden sheet. Raises Unreadable."""
    titles = book.named(SHEETS["hidden"])
    wrong = of_file(book.file, "form-foreign", "Không phải phiếu chấm đã giao.", _ISSUED_HERE)
    if len(titles) != 1:
        return None, [wrong]
    sheet = book.sheet(titles[0])
    pairs: dict[str, str] = {}
    told: list[str] = []
    for row in sorted(sheet.rows):
        name, value = sheet.text(row, 1), sheet.text(row, 2)
        if name == "line":
            told.append(value)
        elif name in _FIELDS:
            if name in pairs:
                return None, [wrong]
            pairs[name] = value
    entry = pairs.get("entry", "")
    known = entry.isascii() and entry.isdecimal() and len(entry) < 18
    if set(pairs) != set(_FIELDS) or not known or (pairs["format"], pairs["kind"]) != (FORMAT, PANEL):
        return None, [wrong]
    lines: dict[str, list[str]] = {}
    for line in told:
        lines.setdefault(line.partition("|")[0], []).append(line.partition("|")[2])
    table, _, assessor = pairs["owner"].rpartition("/")
    found = MarksIdentity(
        pairs["period"],
        table,
        assessor,
        tuple(pairs["sets"].split(",")),
        pairs["digest"],
        int(entry),
        pairs["token"],
        lines_digest(told),
        {name: tuple(keys) for name, keys in lines.items()},
    )
    return found, []


def identity_problems(
    found: MarksIdentity, secret: bytes, period: str, judged: Sequence[tuple[str, Judged]], file: str
) -> list[Problem]:
    """Whether it was issued here, for this round, and its marks still mean the same. judged: (id of the set, criterion) of its panel."""
    owner = f"{found.table}/{found.assessor}"
    wanted = panel_token(secret, found.period, owner, ",".join(found.sets), found.digest, found.rows, found.entry)
    if not hmac.compare_digest(found.token.encode(), wanted.encode()):
        return [of_file(file, "form-foreign", "Mã nhận dạng của phiếu chấm không đúng.", _ISSUED_HERE)]
    if found.period != period:
        message = f"Phiếu chấm của kỳ {short(found.period)}, đang thu kỳ {period}."
        return [of_file(file, "form-period", message, "Thu vào đúng kỳ của phiếu.")]
    if found.digest != panel_digest([one for name, one in judged if name in found.sets]):
        return [of_file(file, "form-changed", "Thang điểm đã đổi từ khi giao phiếu chấm.", _AGAIN)]
    return []


def read_marks(book: FormBook, read: ReadMarks, judged: Sequence[tuple[str, Judged]]) -> None:
    """Fill marks and signature; what is wrong goes to the findings. Raises Unreadable."""
    assert read.identity is not None
    for name in read.identity.sets:
        sheet = form_sheet(book, name[:31], read.findings)
        if sheet is None:
            continue
        heads = {column + 1: HEADS[column - 1] for column in INPUTS}
        if check_heads(sheet, heads, read.findings):
            columns = {one.id: one for ident, one in judged if ident == name}
            _read_sheet(sheet, columns, read, read.identity.lines.get(name[:31], ()))
    _read_signature(book, read)


def _read_sheet(sheet: FormSheet, columns: Mapping[str, Judged], read: ReadMarks, lines: Sequence[str]) -> None:
    findings, last = read.findings, 1
    for key in lines:
        places = sheet.keys.get(key, [])
        if not places:
            findings.at(sheet, last, 1, "form-line", f"Phiếu thiếu dòng “{short(key)}”.", _SAME)
            continue
        last = places[0]
        if len(places) > 1:
            message = f"Dòng “{short(key)}” lặp lại, đã có ở dòng {places[0]}."
            findings.at(sheet, places[1], 1, "form-line", message, _SAME)
        candidate, _, criterion = key.rpartition("/")
        if criterion in columns:  # the token holds the keys, the digest the criteria
            found = _read_row(sheet, last, candidate, columns[criterion], findings)
            read.marks += [found] if found is not None else []
    for key, places in sheet.keys.items():
        if key not in lines:
            findings.at(sheet, places[0], 1, "form-line", f"Dòng mang khóa lạ “{short(key)}”.", _SAME)
    head = next((row for row in sorted(sheet.rows) if sheet.text(row, MARK + 1) == HEADS[MARK - 1]), 0)
    for row in sorted(sheet.rows):
        if row > head and not sheet.text(row, 1) and typed(sheet, row, range(MARK + 1, REASON + 2)):
            said = "Dòng có chữ nhưng không phải dòng của phiếu."
            findings.at(sheet, row, MARK + 1, "form-line", said, _SAME)


def _read_row(sheet: FormSheet, row: int, candidate: str, one: Judged, findings: Findings) -> TypedMark | None:
    """None when nothing is typed, or something is wrong with it."""
    before = len(findings.problems)
    value = findings.read(sheet, row, MARK + 1, partial(figure, declared=one.column), "")
    out = findings.read(sheet, row, OUT + 1, mark, False, "panel-cell")
    reason = findings.read(sheet, row, REASON + 1, words, "", "panel-cell")
    if value == KAD:
        said = "Điểm ghi KAD."
        findings.at(sheet, row, MARK + 1, "panel-cell", said, "Không chấm thì để trống điểm, đánh x và nêu lý do.")
    elif value and out:
        said = "Vừa cho điểm vừa đánh x không chấm."
        findings.at(sheet, row, OUT + 1, "panel-cell", said, "Xóa một trong hai ô.")
    if out and not reason:
        findings.at(sheet, row, REASON + 1, "reason", "Không chấm mà không nêu lý do.", "Ghi lý do.")
    if len(findings.problems) > before:
        return None
    if not value and not out:
        if reason:
            said = "Có lý do mà không có điểm, cũng không đánh x."
            findings.at(sheet, row, MARK + 1, "panel-cell", said, "Cho điểm, đánh x, hoặc xóa lý do.")
        return None
    return TypedMark(candidate, one.id, ABSTAIN if out else value, reason, sheet, row)


def _read_signature(book: FormBook, read: ReadMarks) -> None:
    sheet = form_sheet(book, SHEETS["sign"], read.findings)
    if sheet is None:
        return
    for key, places in sheet.keys.items():
        if key not in SIGNED or len(places) > 1:
            message = f"Dòng mang khóa lạ hoặc lặp lại “{short(key)}”."
            read.findings.at(sheet, places[-1], 1, "form-line", message, _SAME)
    rows = {key: sheet.keys[key][0] for key in SIGNED if key in sheet.keys}
    for key in SIGNED:
        if key not in rows:
            read.findings.at(sheet, 1, 1, "form-line", f"Thiếu dòng “{key}” của trang ký.", _SAME)
    if len(rows) == len(SIGNED):
        place = SIGN_VALUE + 1
        said = "lần gửi (lần đầu là 1)"
        read.version = read.findings.need(sheet, rows["sign:version"], place, whole, None, "signature", said) or 0
        read.signed = read.findings.need(sheet, rows["sign:date"], place, day, None, "signature", "ngày ký")
