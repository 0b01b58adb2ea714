"""What is typed in a proposal, whether in a workbook of ours or in an office's own list: rows, prose, awards given, the signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial

from criteria.expressions.kinds import PURE
from criteria.inputs import Input
from criteria.problems import ERROR, Problem
from records.forms.collecting.cells import KAD, Findings, clean, figure, settled, short, words
from records.forms.collecting.workbook import FormSheet
from records.tables.cells import CellError
from records.tables.sheets import Cell, is_error
from records.workbooks.taking_in import cell_place

MOST_LETTERS = 30_000  # of one cell of prose; Excel keeps 32.767
_LINES = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]+")


@dataclass(frozen=True)
class TypedRow:
    """One row of a list. mark: how people see it (B001, M3, dòng 7). candidate: whose row it is as it was issued, "" when that is
    typed. told: by field; bad: fields that could not be read. columns: by field, from 1;
    first: of findings about the row as a whole."""

    mark: str
    candidate: str
    told: Mapping[str, str]
    sheet: FormSheet
    row: int
    columns: Mapping[str, int]
    bad: frozenset[str] = frozenset()
    first: int = 2

    def value(self, name: str) -> str:
        return self.told.get(name, "")

    def problem(self, code: str, name: str, message: str, hint: str = "", severity: str = ERROR) -> Problem:
        """A finding at the cell of a field; at the first cell of the row where there is no such column."""
        return self.sheet.problem(code, self.row, self.columns.get(name, self.first), message, hint, severity)

    def place(self, name: str) -> str:
        """File, sheet and cell, as entries name them."""
        return cell_place(self.sheet, self.row, self.columns.get(name, self.first))


@dataclass(frozen=True)
class TypedProse:
    """Paragraphs under one heading of one nominee. place: of the heading."""

    mark: str
    place: str
    paragraphs: Sequence[str]
    sheet: FormSheet
    row: int


@dataclass(frozen=True)
class TypedAward:
    """An award that the unit has given."""

    mark: str
    name: str
    form: str
    decision: str
    day: date
    sheet: FormSheet
    row: int


@dataclass(frozen=True)
class Signed:
    """number, day: of the submission (tờ trình). minutes, minutes_day: of the meeting. through: document of who passes it on.
    problem: a finding where a key (sign:number …) was told."""

    problem: Callable[[str, str, str, str], Problem]
    number: str = ""
    day: date | None = None
    minutes: str = ""
    minutes_day: date | None = None
    through: str = ""
    compiled_by: str = ""
    head: str = ""

    @property
    def letter(self) -> str:
        """Tờ trình số 15/TTr-SKHCN ngày 20/06/2027"""
        return f"Tờ trình số {self.number}" + (f" ngày {self.day:%d/%m/%Y}" if self.day is not None else "")


@dataclass
class Typed:
    """Everything of one proposal."""

    rows: list[TypedRow] = field(default_factory=list)
    prose: list[TypedProse] = field(default_factory=list)
    given: list[TypedAward] = field(default_factory=list)
    signed: Signed | None = None


def read_row(
    sheet: FormSheet,
    row: int,
    mark: str,
    candidate: str,
    columns: Mapping[str, int],
    findings: Findings,
    first: int = 2,
) -> TypedRow:
    """The fields of a row. What is wrong goes to the findings."""
    told: dict[str, str] = {}
    bad = set()
    for name, column in columns.items():
        before = len(findings.problems)
        told[name] = findings.read(sheet, row, column, _READERS.get(name, words), "", "form-cell")
        if len(findings.problems) > before:
            bad.add(name)
    return TypedRow(mark, candidate, told, sheet, row, columns, frozenset(bad), first)


def paragraphs(cell: Cell) -> list[str]:
    """The paragraphs of a cell, each on one line and composed. Raises CellError."""
    if is_error(cell) or cell.formula or not isinstance(cell.value, str):
        text = clean(settled(cell).text)
        return [text] if text else []
    if len(cell.value) > MOST_LETTERS:
        message = f"Ô có {len(cell.value)} chữ, tối đa {MOST_LETTERS}."
        raise CellError("form-cell", message, "Chia ra nhiều dòng.")
    return [text for line in _LINES.split(cell.value) if (text := clean(line))]


def _one_text(cell: Cell) -> str:
    return " ".join(paragraphs(cell))


def _gender(cell: Cell) -> str:
    text = words(cell).casefold()
    if text in ("", "nam", "nữ"):
        return text
    raise CellError("form-cell", f"“{short(text)}” không phải giới tính.", "Ghi nam hoặc nữ.")


def _count(cell: Cell, label: str) -> str:
    text = figure(cell, Input("count", label, PURE, at_least=Fraction(0)))
    if text == KAD:
        raise CellError("form-cell", f"{label} ghi KAD.", "Để trống nếu không có.")
    return text


_READERS: dict[str, Callable[[Cell], str]] = {
    "merit": _one_text,
    "achievement": _one_text,
    "gender": _gender,
    "people": partial(_count, label="Tổng số người"),
    "women": partial(_count, label="Số nữ"),
}
