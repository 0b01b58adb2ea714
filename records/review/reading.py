"""A verification workbook that came in: whose it is, and what is typed in each row. Nothing else in it is believed."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from criteria.inputs import Input
from criteria.problems import Problem, of_file
from records.forms.collecting.cells import KAD, Findings, figure, mark, short, words
from records.forms.collecting.form import ReadForm, check_heads, form_sheet, sign
from records.forms.collecting.rows import typed
from records.forms.collecting.workbook import FormBook, FormSheet
from records.forms.layout import SHEETS, Layout
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
from records.review.content import FORMAT, REVIEW, SHOWN, lines_digest, review_token

_FIELDS = ("format", "kind", "period", "owner", "sets", "digest", "entry", "token")
_ISSUED_HERE = "Điền vào đúng biểu thẩm định đã giao, không chép sang tệp khác."
_SAME = "Dùng biểu đã giao, không xóa, không thêm dòng."
_AGAIN = "Giao lại: thidua review issue, điền vào biểu mới."


@dataclass(frozen=True)
class ReviewIdentity:
    """What the hidden sheet says. lines: by sheet, the keys of its rows; rows: their digest. entry: of the ledger, up to which it
    was made."""

    period: str
    body: str
    sets: tuple[str, ...]
    digest: str
    entry: int
    token: str
    rows: str
    lines: Mapping[str, tuple[str, ...]]


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
        return self.sheet.problem("", row or self.row, column + 1, "").place


@dataclass
class ReadReview:
    """A file that was read."""

    form: ReadForm
    identity: ReviewIdentity | None = None
    cases: list[TypedCase] = field(default_factory=list)
    signed: dict[str, str] = field(default_factory=dict)

    @property
    def findings(self) -> Findings:
        return self.form.findings

    @property
    def name(self) -> str:
        return self.form.file.name

    @property
    def letter(self) -> str:
        """Số 15/SKHCN ngày 20/12/2026."""
        number, day = self.form.letter_number, self.form.letter_date
        said = f"số {number}" if number else ""
        dated = f"ngày {day[8:]}/{day[5:7]}/{day[:4]}" if day else ""
        return " ".join(part for part in (said, dated) if part)


def read_identity(book: FormBook) -> tuple[ReviewIdentity | None, list[Problem]]:
    """The hidden sheet. Raises Unreadable."""
    titles = book.named(SHEETS["hidden"])
    wrong = of_file(book.file, "form-foreign", "Không phải biểu thẩm định đã giao.", _ISSUED_HERE)
    if len(titles) != 1:
        return None, [wrong]
    sheet = book.sheet(titles[0])
    pairs: dict[str, str] = {}
    lines: dict[str, list[str]] = {}
    told: list[str] = []
    for row in sorted(sheet.rows):
        name, value = sheet.text(row, 1), sheet.text(row, 2)
        if name == "line":
            told.append(value)
            lines.setdefault(value.partition("|")[0], []).append(value.partition("|")[2])
        elif name in _FIELDS:
            if name in pairs:
                return None, [wrong]
            pairs[name] = value
    entry = pairs.get("entry", "")
    known = entry.isascii() and entry.isdecimal() and len(entry) < 18
    if set(pairs) != set(_FIELDS) or not known or (pairs["format"], pairs["kind"]) != (FORMAT, REVIEW):
        return None, [wrong]
    identity = ReviewIdentity(
        pairs["period"],
        pairs["owner"],
        tuple(pairs["sets"].split(",")),
        pairs["digest"],
        int(entry),
        pairs["token"],
        lines_digest(told),
        {name: tuple(keys) for name, keys in lines.items()},
    )
    return identity, []


def identity_problems(
    found: ReviewIdentity, secret: bytes, period: str, layouts: Mapping[str, Layout], file: str
) -> list[Problem]:
    """Whether it was issued here, for this round, and still asks what is asked. layouts: by id of the criteria set."""
    wanted = review_token(secret, found.period, found.body, ",".join(found.sets), found.digest, found.rows, found.entry)
    if not hmac.compare_digest(found.token.encode(), wanted.encode()):
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
    for name in read.identity.sets:
        sheet = form_sheet(book, name[:31], read.findings)
        if sheet is None:
            continue
        heads = {column + 1: HEADS[column - 1] for column in INPUTS}
        if check_heads(sheet, heads, read.findings):
            _Sheet(sheet, layouts[name], read).read(read.identity.lines.get(name[:31], ()))
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

    def read(self, lines: tuple[str, ...]) -> None:
        blank = self._accepts_blank()
        rows = self._rows(lines)
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
            self.findings.at(self.sheet, places[1] if places else 1, 1, "form-line", said, _SAME)
            return False
        return self.findings.read(self.sheet, places[0], ALL_COLUMN + 1, mark, False, "review-cell")

    def _rows(self, lines: tuple[str, ...]) -> dict[str, int]:
        """The row of every key. Rows that are gone, stand twice or are foreign are reported, and typed rows without a key."""
        found: dict[str, int] = {}
        last, known = 1, set(lines)
        for key in lines:
            places = self.sheet.keys.get(key, [])
            if not places:
                self.findings.at(self.sheet, last, 1, "form-line", f"Biểu thiếu dòng “{short(key)}”.", _SAME)
                continue
            found[key] = last = places[0]
            if len(places) > 1:
                message = f"Dòng “{short(key)}” lặp lại, đã có ở dòng {places[0]}."
                self.findings.at(self.sheet, places[1], 1, "form-line", message, _SAME)
        for key, places in self.sheet.keys.items():
            if key not in known and key != ALL_KEY:
                self.findings.at(self.sheet, places[0], 1, "form-line", f"Dòng mang khóa lạ “{short(key)}”.", _SAME)
        first = min(found.values(), default=0)
        for row in sorted(self.sheet.rows):
            if row > first and not self.sheet.text(row, 1) and typed(self.sheet, row, _INPUT_COLUMNS):
                said = "Dòng có chữ nhưng không phải dòng của biểu."
                self.findings.at(self.sheet, row, CONCLUSION + 1, "form-line", said, _SAME)
        return found

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
