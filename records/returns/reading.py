"""A return form that came in: whose it is, and what is typed at each criterion. Nothing else in it is believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from criteria.inputs import Input
from criteria.problems import Problem, of_file
from records.evidence.kinds import evidence_kinds, only_kind
from records.forms.answers import EvidenceItem
from records.forms.collecting.cells import KAD, Findings, figure, mark, short, words
from records.forms.collecting.form import check_heads, form_sheet, sign
from records.forms.collecting.incoming import EvidenceFolder
from records.forms.collecting.lines import line_rows
from records.forms.collecting.rows import read_evidence, typed
from records.forms.collecting.workbook import FormBook, FormSheet
from records.forms.layout import SHEETS, Layout
from records.forms.tokens import genuine
from records.returns import columns
from records.returns.columns import HEADS, INPUTS, SHEET, case_key
from records.returns.content import FORMAT, RETURN, figures_of, return_digest
from records.review.bench import Bench
from records.workbooks.coming_in import ReadBook
from records.workbooks.hidden import Hidden, foreign_sheet, read_hidden, whole_number
from records.workbooks.rows import stray_rows

_ISSUED_HERE = "Điền vào đúng biểu giải trình đã giao, không chép sang tệp khác."
_AGAIN = "Giao lại: thidua return issue, giải trình vào biểu mới."


@dataclass
class TypedReturn:
    """What is typed at one criterion. figures: those typed, by key, as the table reader reads them; places: their rows.
    items: documents added. number: of the entry that is answered."""

    candidate: str
    criterion: str
    number: int
    sheet: FormSheet
    row: int
    explanation: str = ""
    withdrawn: bool = False
    figures: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    items: list[EvidenceItem] = field(default_factory=list)
    touched: bool = False  # something stands in an input cell, readable or not

    @property
    def key(self) -> str:
        return case_key(self.candidate, self.criterion)

    @property
    def answered(self) -> bool:
        return self.touched or bool(self.items)

    @property
    def content(self) -> tuple[object, ...]:
        """What two files say about it, to be compared."""
        return self.number, self.explanation, self.withdrawn, sorted(self.figures.items()), self.items

    def problem(self, code: str, message: str, hint: str = "", column: int = columns.WHY, key: str = "") -> Problem:
        return self.sheet.problem(code, self.places.get(key, self.row), column + 1, message, hint)


@dataclass
class ReadReturn(ReadBook):
    """A file that was read. lines: number of what sent it back, candidate, criterion."""

    identity: Hidden | None = None
    lines: list[tuple[int, str, str]] = field(default_factory=list)
    cases: list[TypedReturn] = field(default_factory=list)


def read_identity(book: FormBook, read: ReadReturn) -> list[Problem]:
    """Fill identity and lines from the hidden sheet; what is wrong with it. Raises Unreadable."""
    identity, problems = read_hidden(book, (RETURN,), (FORMAT,))
    for row in identity.lines if identity is not None else ():
        told, _, key = row.partition("|")
        candidate, _, criterion = key.rpartition("/")
        number = whole_number(told)
        if number is None or not candidate:
            return [foreign_sheet(book.file)]
        read.lines.append((number, candidate, criterion))
    read.identity = identity
    return problems


def identity_problems(
    found: Hidden, secret: bytes, period: str, layouts: Mapping[str, Layout], file: str
) -> list[Problem]:
    """Whether it was issued here, for this round, and still asks what is asked. layouts: by id of the criteria set."""
    layout_digests = found.digest.rpartition("|")[0]
    ours = genuine(found.token, secret, RETURN, found.period, found.owner, ",".join(found.sets), found.digest)
    if not ours or found.digest != return_digest(layout_digests, found.lines):
        return [of_file(file, "form-foreign", "Mã nhận dạng của biểu giải trình không đúng.", _ISSUED_HERE)]
    if found.period != period:
        message = f"Biểu giải trình của kỳ {short(found.period)}, đang thu kỳ {period}."
        return [of_file(file, "form-period", message, "Thu vào đúng kỳ của biểu.")]
    if layout_digests != ",".join(layouts[name].digest if name in layouts else "" for name in found.sets):
        return [of_file(file, "form-changed", "Bộ tiêu chí đã đổi từ khi giao biểu giải trình.", _AGAIN)]
    return []


def read_cases(book: FormBook, read: ReadReturn, bench: Bench, folder: EvidenceFolder) -> None:
    """Fill cases and signature; what is wrong goes to the findings. Raises Unreadable."""
    read.signed, signed_on = sign(book, read.form)
    known: list[tuple[int, str, str]] = []
    for number, candidate, criterion in read.lines:
        if candidate in bench.scope.candidates and criterion in bench.scope.of(candidate):
            known.append((number, candidate, criterion))
        else:
            message = f"“{short(candidate)}” tiêu chí {short(criterion)} nay không thuộc kỳ này."
            read.findings.problems.append(of_file(read.name, "return-stale", message, _AGAIN))
    sheet = form_sheet(book, SHEET, read.findings)
    if sheet is not None and check_heads(sheet, {column + 1: HEADS[column - 1] for column in INPUTS}, read.findings):
        read.cases = _typed_cases(sheet, known, bench, read.findings)
    evidence = form_sheet(book, SHEETS["evidence"], read.findings)
    if evidence is not None:
        _documents(evidence, read, bench, folder, signed_on)


def _typed_cases(
    sheet: FormSheet, lines: Sequence[tuple[int, str, str]], bench: Bench, findings: Findings
) -> list[TypedReturn]:
    asked: dict[str, dict[str, Input]] = {}  # by row key of the case, its figures
    for _, candidate, criterion in lines:
        one = bench.scope.of(candidate)[criterion]
        asked[case_key(candidate, criterion)] = {
            figure.key: figure.declared for figure in figures_of(bench, candidate, one)
        }
    needed = [key for case, figures in asked.items() for key in (case, *(f"{case}/{name}" for name in figures))]
    rows = line_rows(sheet, needed, set(needed), findings, {})
    if rows:
        stray_rows(sheet, min(rows.values()), range(min(INPUTS) + 1, max(INPUTS) + 2), findings)
    found = []
    for number, candidate, criterion in lines:
        key = case_key(candidate, criterion)
        if key in rows:
            case = TypedReturn(candidate, criterion, number, sheet, rows[key])
            _read_case(case, findings)
            for name, declared in asked[key].items():
                if f"{key}/{name}" in rows:
                    case.places[name] = rows[f"{key}/{name}"]
                    _read_figure(case, name, declared, findings)
            found.append(case)
    return found


def _read_case(case: TypedReturn, findings: Findings) -> None:
    sheet, row = case.sheet, case.row
    case.touched = any(_typed(case, row, column) for column in (columns.WITHDRAW, columns.WHY))
    case.explanation = findings.read(sheet, row, columns.WHY + 1, words, "", "return-cell")
    case.withdrawn = findings.read(sheet, row, columns.WITHDRAW + 1, mark, False, "return-cell")
    if _typed(case, row, columns.NEW):
        message = "Số liệu ghi ở dòng tiêu chí."
        findings.at(sheet, row, columns.NEW + 1, "return-cell", message, "Ghi ở dòng chỉ tiêu bên dưới.")


def _read_figure(case: TypedReturn, name: str, declared: Input, findings: Findings) -> None:
    sheet, row = case.sheet, case.places[name]
    for column in (columns.WITHDRAW, columns.WHY):
        if _typed(case, row, column):
            message = "Giải trình, rút đề nghị ghi ở dòng chỉ tiêu."
            findings.at(sheet, row, column + 1, "return-cell", message, "Ghi ở dòng tiêu chí phía trên.")
    if not _typed(case, row, columns.NEW):
        return
    case.touched = True
    text = findings.read(sheet, row, columns.NEW + 1, partial(figure, declared=declared), "")
    if text == KAD:
        message = f"“{declared.label}” ghi KAD."
        hint = "Nêu lý do không áp dụng ở ô giải trình, để trống ô này: cơ quan thẩm định quyết định."
        findings.at(sheet, row, columns.NEW + 1, "claim", message, hint)
    elif text:
        case.figures[name] = text


def _typed(case: TypedReturn, row: int, column: int) -> bool:
    return typed(case.sheet, row, range(column + 1, column + 2))


def _documents(
    sheet: FormSheet, read: ReadReturn, bench: Bench, folder: EvidenceFolder, signed_on: date | None
) -> None:
    """Rows of evidence, each at its criterion."""
    assert read.identity is not None
    cases = {(case.candidate, case.criterion): case for case in read.cases}
    criteria: dict[str, dict[str, str]] = {}
    for candidate, criterion in cases:
        made = bench.scope.sets[bench.scope.candidates[candidate].set]
        criteria.setdefault(candidate, {})[criterion] = only_kind(made, criterion)
    single = [candidate for _, candidate, _ in read.lines if candidate == read.identity.owner]
    only = read.identity.owner if len(single) == len(read.lines) else ""
    kinds = evidence_kinds(bench.scope.workspace.movement, bench.scope.sets.values())
    for candidate, item, file in read_evidence(sheet, criteria, only, kinds, folder, signed_on, read.findings):
        case = cases.get((candidate, item.criterion))
        if case is not None:
            case.items.append(item)
            if file is not None:
                read.form.files.append(file)
