"""A marking workbook that came in: whose it is, and what is typed in each row. Nothing else in it is believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from criteria.problems import Problem, of_file
from records.forms.collecting.cells import KAD, Findings, day, figure, mark, short, whole, words
from records.forms.collecting.form import form_sheet
from records.forms.collecting.workbook import FormBook, FormSheet
from records.forms.layout import SHEETS
from records.panels.board import Judged
from records.panels.columns import HEADS, INPUTS, MARK, OUT, REASON, SIGN_VALUE, SIGNED
from records.panels.content import FORMAT, PANEL, panel_digest
from records.panels.proof import ABSTAIN
from records.workbooks.coming_in import ReadBook
from records.workbooks.hidden import ENTRY, Hidden, read_hidden
from records.workbooks.rows import as_issued, keyed_rows, sheets_of_sets, stray_rows
from records.workbooks.taking_in import cell_place

_ISSUED_HERE = "Điền vào đúng phiếu chấm đã giao, không chép sang tệp khác."
_AGAIN = "Giao lại: thidua panel issue, điền vào phiếu mới."


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
        return cell_place(self.sheet, self.row, column + 1)


@dataclass
class ReadMarks(ReadBook):
    """A file that was read. identity: its owner is TABLE/ASSESSOR; None until it is known to be one of ours. on: the day it was
    signed."""

    identity: Hidden | None = None
    marks: list[TypedMark] = field(default_factory=list)
    on: date | None = None

    @property
    def whose(self) -> tuple[str, str]:
        """(table, assessor); two empty texts while nobody can say."""
        table, _, assessor = self.identity.owner.rpartition("/") if self.identity is not None else ("", "", "")
        return table, assessor


def read_identity(book: FormBook) -> tuple[Hidden | None, list[Problem]]:
    """The hidden sheet. Raises Unreadable."""
    return read_hidden(book, (PANEL,), (FORMAT,), (ENTRY,))


def identity_problems(
    found: Hidden, secret: bytes, period: str, judged: Sequence[tuple[str, Judged]], file: str
) -> list[Problem]:
    """Whether it was issued here, for this round, and its marks still mean the same. judged: (id of the set, criterion) of its panel."""
    if not found.of_rows(secret):
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
    for name, sheet, lines in sheets_of_sets(book, read.identity, HEADS, INPUTS, read.findings):
        _read_sheet(sheet, {one.id: one for ident, one in judged if ident == name}, read, lines)
    _read_signature(book, read)


def _read_sheet(sheet: FormSheet, columns: Mapping[str, Judged], read: ReadMarks, lines: Sequence[str]) -> None:
    findings = read.findings
    for key, row in keyed_rows(sheet, lines, findings, "phiếu").items():
        candidate, _, criterion = key.rpartition("/")
        if criterion in columns:  # the token holds the keys, the digest the criteria
            found = _read_row(sheet, row, candidate, columns[criterion], findings)
            read.marks += [found] if found is not None else []
    head = next((row for row in sorted(sheet.rows) if sheet.text(row, MARK + 1) == HEADS[MARK - 1]), 0)
    stray_rows(sheet, head, range(MARK + 1, REASON + 2), findings, "phiếu")


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
            read.findings.at(sheet, places[-1], 1, "form-line", message, as_issued("phiếu"))
    rows = {key: sheet.keys[key][0] for key in SIGNED if key in sheet.keys}
    for key in SIGNED:
        if key not in rows:
            read.findings.at(sheet, 1, 1, "form-line", f"Thiếu dòng “{key}” của trang ký.", as_issued("phiếu"))
    if len(rows) == len(SIGNED):
        place = SIGN_VALUE + 1
        said = "lần gửi (lần đầu là 1)"
        read.form.version = read.findings.need(sheet, rows["sign:version"], place, whole, None, "signature", said) or 0
        read.on = read.findings.need(sheet, rows["sign:date"], place, day, None, "signature", "ngày ký")
