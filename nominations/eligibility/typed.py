"""What is typed into an eligibility workbook, cell by cell, before it is held against the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from criteria.problems import Problem
from nominations.awards.declarations import Awards
from nominations.eligibility.columns import FactColumn
from records.forms.collecting.workbook import FormSheet
from records.workbooks.coming_in import ReadBook
from records.workbooks.hidden import Hidden
from records.workbooks.taking_in import cell_place


@dataclass(frozen=True)
class Place:
    """A cell of the workbook; columns from 0."""

    sheet: FormSheet
    row: int
    column: int

    @property
    def text(self) -> str:
        """File, sheet and cell, as problems and entries print them."""
        return cell_place(self.sheet, self.row, self.column + 1)

    def problem(self, code: str, message: str, hint: str = "", severity: str = "error") -> Problem:
        return self.sheet.problem(code, self.row, self.column + 1, message, hint, severity)


@dataclass(frozen=True)
class TypedFact:
    """One fact of one nominee as it stands in its cells. value: as the ledger holds it, "" blank. document, day: of a confirmation.
    source: the document the row names."""

    nominee: str
    field: str
    value: str
    place: Place
    document: str = ""
    day: date | None = None
    source: str = ""


@dataclass(frozen=True)
class TypedDecision:
    """value: pass, fail, "" blank."""

    award: str
    nominee: str
    check: str
    value: str
    reason: str
    document: str
    place: Place


@dataclass(frozen=True)
class TypedLaw:
    """value: unchanged, changed. Only of rows in which something was chosen."""

    fact: str
    value: str
    document: str
    day: date
    note: str
    place: Place


@dataclass
class ReadEligibility(ReadBook):
    """A file that was read. identity: None until it is known to be one of ours."""

    identity: Hidden | None = None
    facts: list[TypedFact] = field(default_factory=list)
    decisions: list[TypedDecision] = field(default_factory=list)
    law: list[TypedLaw] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """What a workbook is held against. awards: its columns and confirmations. takes: whether a column is for a nominee, by id."""

    secret: bytes
    occasion: str
    awards: Awards
    takes: Callable[[str, FactColumn], bool]
    today: date
