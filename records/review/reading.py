"""A verification workbook that came in: whose it is, and what is typed in each row. Nothing else in it is believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from criteria.inputs import Input
from criteria.problems import Problem, of_file
from records.forms.collecting.cells import KAD, Findings, figure, mark, short, words
from records.forms.collecting.form import sign
from records.forms.collecting.rows import typed
from records.forms.collecting.workbook import FormBook, FormSheet
from records.forms.layout import Layout
from records.review.bench import DISPUTE
from records.review.columns import (
    ALL_COLUMN,
    ALL_KEY,
    BY_REGISTER,
    BY_UNIT,
    CONCLUSION,
    DOCUMENT,
    FIGURE,
    HEADS,
    INPUTS,
    REASON,
    WORDS,
)
from records.review.content import FORMAT, REVIEW, SHOWN
from records.workbooks.coming_in import ReadBook
from records.workbooks.hidden import ENTRY, Hidden, read_hidden
from records.workbooks.rows import as_issued, keyed_rows, sheets_of_sets, stray_rows
from records.workbooks.taking_in import cell_place

_ISSUED_HERE = "Điền vào đúng biểu thẩm định đã giao, không chép sang tệp khác."
_AGAIN = "Giao lại: thidua review issue, điền vào biểu mới."


@dataclass
class TypedCase:
    """What is typed of one criterion of one candidate. word: of WORDS, "" when it is left blank. figures: by key, as the table
    reader reads them. disputes: by task, (choice, row, document, reason). faulty: something in it could not be read."""

    candidate: str
    criterion: str
    sheet: FormSheet
    row: int
    word: str = ""
    reason: str = ""
    document: str = ""
    figures: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    disputes: dict[str, tuple[str, int, str, str]] = field(default_factory=dict)
    accept_blank: bool = False
    faulty: bool = False

    @property
    def key(self) -> str:
        return f"{self.candidate}/{self.criterion}"

    @property
    def action(self) -> str:
        return WORDS.get(self.word, "")

    @property
    def blank(self) -> bool:
        return not (self.word or self.reason or self.document or self.figures)

    def place(self, column: int = CONCLUSION, row: int = 0) -> str:
        """File, sheet and cell, as problems print them."""
        return cell_place(self.sheet, row or self.row, column + 1)


@dataclass
class ReadReview(ReadBook):
    """A file that was read. identity: its owner is the verifying body."""

    identity: Hidden | None = None
    cases: list[TypedCase] = field(default_factory=list)


def read_identity(book: FormBook) -> tuple[Hidden | None, list[Problem]]:
    """The hidden sheet. Raises Unreadable."""
    return read_hidden(book, (REVIEW,), (FORMAT,), (ENTRY,))


def identity_problems(
    found: Hidden, secret: bytes, period: str, layouts: Mapping[str, Layout], file: str
) -> list[Problem]:
    """Whether it was issued here, for this round, and still asks what is asked. layouts: by id of the criteria set."""
    if not found.of_rows(secret):
        return [of_file(file, "form-foreign", "Mã nhận dạng của biểu thẩm định không đúng.", _ISSUED_HERE)]
    if found.period != period:
        message = f"Biểu thẩm định của kỳ {short(found.period)}, đang thu kỳ {period}."
        return [of_file(file, "form-period", message, "Thu vào đúng kỳ của biểu.")]
    digests = [layouts[name].digest if name in layouts else "" for name in found.sets]
    if found.digest != ",".join(digests):
        return [of_file(file, "form-changed", "Bộ tiêu chí đã đổi từ khi giao biểu thẩm định.", _AGAIN)]
    return []


def read_cases(book: FormBook, read: ReadReview, layouts: Mapping[str, Layout]) -> None:
    """Fill cases and signature; what is wrong goes to the findings. Raises Unreadable."""
    assert read.identity is not None
    for name, sheet, lines in sheets_of_sets(book, read.identity, HEADS, INPUTS, read.findings):
        _Sheet(sheet, layouts[name], read).read(lines)
    read.signed, _ = sign(book, read.form)


@dataclass
class _Sheet:
    sheet: FormSheet
    layout: Layout
    read_review: ReadReview
    cases: dict[str, TypedCase] = field(default_factory=dict)

    @property
    def findings(self) -> Findings:
        return self.read_review.findings

    def read(self, lines: Sequence[str]) -> None:
        blank = self._accepts_blank()
        rows = keyed_rows(self.sheet, lines, self.findings, also=(ALL_KEY,))
        stray_rows(self.sheet, min(rows.values(), default=0), _INPUT_COLUMNS, self.findings)
        for key, row in rows.items():
            before = len(self.findings.problems)
            candidate, criterion, name = (*key.split("/", 2), "")[:3]
            if not name:
                self.cases[key] = self._conclusion(candidate, criterion, row, blank)
            case = self.cases.get(f"{candidate}/{criterion}")
            if case is None:  # its first row is gone, which was said
                continue
            if name.startswith(f"{DISPUTE}:"):
                self._dispute(case, name.partition(":")[2], row)
            elif name.startswith(f"{SHOWN}:"):
                self._locked(row)
            elif name:
                self._figure(case, name, row)
            case.faulty = case.faulty or len(self.findings.problems) > before
        self.read_review.cases += self.cases.values()

    def _accepts_blank(self) -> bool:
        places = self.sheet.keys.get(ALL_KEY, [])
        if len(places) != 1:
            said = "Dòng chấp nhận các ô để trống bị xóa hoặc lặp lại."
            self.findings.at(self.sheet, places[1] if places else 1, 1, "form-line", said, as_issued("biểu"))
            return False
        return self.findings.read(self.sheet, places[0], ALL_COLUMN + 1, mark, False, "review-cell")

    def _text(self, row: int, column: int) -> str:
        return self.findings.read(self.sheet, row, column + 1, words, "", "review-cell")

    def _conclusion(self, candidate: str, criterion: str, row: int, blank: bool) -> TypedCase:
        word = self._text(row, CONCLUSION).casefold()
        if word and word not in WORDS:
            hint = f"Chọn: {', '.join(WORDS)}; hoặc để trống."
            self.findings.at(self.sheet, row, CONCLUSION + 1, "review-cell", f"Kết luận “{short(word)}” lạ.", hint)
        if typed(self.sheet, row, range(FIGURE + 1, FIGURE + 2)):
            said = "Số liệu ghi ở dòng tiêu chí."
            self.findings.at(self.sheet, row, FIGURE + 1, "review-cell", said, "Ghi ở dòng chỉ tiêu bên dưới.")
        case = TypedCase(candidate, criterion, self.sheet, row, word, accept_blank=blank)
        case.reason, case.document = self._text(row, REASON), self._text(row, DOCUMENT)
        return case

    def _figure(self, case: TypedCase, key: str, row: int) -> None:
        case.rows[key] = row
        declared = self._declared(key)
        if declared is None:  # the token holds the keys, the digest the fields
            return
        self._nothing(row, (CONCLUSION, REASON, DOCUMENT), "Kết luận, lý do ghi ở dòng tiêu chí.")
        text = self.findings.read(self.sheet, row, FIGURE + 1, partial(figure, declared=declared), "")
        if text == KAD:
            hint = "Chọn kết luận “không áp dụng” ở dòng tiêu chí, nêu lý do và văn bản."
            self.findings.at(self.sheet, row, FIGURE + 1, "review-cell", "Số liệu thẩm định ghi KAD.", hint)
        elif text:
            case.figures[key] = text

    def _declared(self, key: str) -> Input | None:
        if not key.startswith("row:"):
            return self.layout.inputs.get(key)
        table, _, rest = key[4:].partition("/")
        declared = self.layout.item_tables.get(table)
        return declared.columns.get(rest.rpartition("/")[2]) if declared is not None else None

    def _dispute(self, case: TypedCase, task: str, row: int) -> None:
        choice = self._text(row, CONCLUSION).casefold()
        reason, document = self._text(row, REASON), self._text(row, DOCUMENT)
        self._nothing(row, (FIGURE,), "Dòng ý kiến không có số liệu.")
        if choice and choice not in (BY_REGISTER, BY_UNIT):
            hint = f"Chọn “{BY_REGISTER}” hoặc “{BY_UNIT}”."
            self.findings.at(self.sheet, row, CONCLUSION + 1, "review-cell", f"Ô có “{short(choice)}”.", hint)
        elif choice:
            case.disputes[task] = choice, row, document, reason
        elif reason or document:
            said = "Có lý do hoặc văn bản mà không chọn theo sổ hay theo đơn vị."
            self.findings.at(self.sheet, row, CONCLUSION + 1, "review-cell", said, "Chọn, hoặc xóa các ô bên phải.")

    def _locked(self, row: int) -> None:
        self._nothing(row, INPUTS, "Dòng này do nơi khác thẩm định hoặc nhập.")

    def _nothing(self, row: int, columns: tuple[int, ...], message: str) -> None:
        """Cells in which nothing belongs."""
        for column in columns:
            if typed(self.sheet, row, range(column + 1, column + 2)):
                self.findings.at(self.sheet, row, column + 1, "review-cell", message, "Xóa ô này.")


_INPUT_COLUMNS = range(CONCLUSION + 1, DOCUMENT + 2)
