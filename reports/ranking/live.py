"""Formulas of the ranking workbook, made by records/spreadsheets once a column and held against the engine in every row.

The workbook has points and maxima and no figures. So its formulas are those of `decided` sheets: what stops, `when` and `zero` have done
to a candidate no formula says, and where one gives something else than the engine, the engine's number stands there as a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from criteria.criteria_set import CriteriaSet
from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Node
from criteria.expressions.formula import Formula
from records.spreadsheets.formulas import branch_maximum, branch_points, rank_key
from records.spreadsheets.reading import Reading, Row, Unreadable, Value, reading

POINTS, MAXIMA = "Diem", "Toi da"
_LINE = "#######"  # stands for the number of a line, as long as the longest one
_SUM = re.compile(rf"SUM\(((?:(?:'[^']+'!|[A-Za-z]+!)?[A-Z]+{_LINE},?)+)\)")


@dataclass(frozen=True)
class Live:
    """A formula of a column, without "=", a mark in place of the line. sheet: where it stands. text: as it is written there."""

    formula: str
    sheet: str
    text: str
    _read: Reading

    def at(self, line: int) -> str:
        """For a line, counted from 0."""
        return self.text.replace(_LINE, str(line + 1))

    def plus(self, column: int) -> Live | None:
        """The same and a cell of the sheet of points."""
        return _live(f"{self.formula}+{reference(POINTS, column)}", self.sheet)

    def value(self, row: Row) -> Value | None:
        """What it gives, exactly; None for an error. row: by the references of `reference()`."""
        try:
            return self._read(row)
        except ArithmeticError:
            return None


def reference(sheet: str, column: int) -> str:
    """A cell of the candidate's own line, as formulas are read."""
    from xlsxwriter.utility import xl_col_to_name

    return f"{quoted(sheet)}!{xl_col_to_name(column)}{_LINE}"


def quoted(sheet: str) -> str:
    return f"'{sheet}'" if " " in sheet else sheet


@dataclass(frozen=True)
class Columns:
    """Where a line keeps points and maxima, for records/spreadsheets. points: also of entries that have a column."""

    points_at: Mapping[str, int]
    maxima_at: Mapping[str, int]

    def points(self, node: str) -> str | None:
        return reference(POINTS, self.points_at[node]) if node in self.points_at else None

    def maximum(self, node: str) -> str | None:
        return reference(MAXIMA, self.maxima_at[node]) if node in self.maxima_at else None

    def figure(self, name: str) -> str | None:
        return None

    previous = judged = claim = figure


def live_points(criteria: CriteriaSet, branch: Node | SetDeclaration, columns: Columns) -> Live | None:
    return _live(branch_points(criteria, branch, columns, decided=True), POINTS)


def children_alone(criteria: CriteriaSet, branch: Node | SetDeclaration, columns: Columns) -> Live | None:
    """What the children of a branch give whose gains and losses no cell shows (entries without an id); None for other branches."""
    if branch.less is None and branch.plus is None:
        return None
    return live_points(criteria, branch.model_copy(update={"less": None, "plus": None, "ceiling": None}), columns)


def live_maximum(criteria: CriteriaSet, branch: Node | SetDeclaration, columns: Columns) -> Live | None:
    return _live(branch_maximum(criteria, branch, columns, decided=True), MAXIMA)


def live_key(criteria: CriteriaSet, formula: Formula, columns: Columns) -> Live | None:
    return _live(rank_key(criteria, formula, columns, decided=True), POINTS)


def _live(formula: str | None, sheet: str) -> Live | None:
    if formula is None:
        return None
    made = formula.removeprefix("=")
    try:
        return Live(made, sheet, _SUM.sub(_in_ranges, made).replace(f"{quoted(sheet)}!", ""), reading(made))
    except Unreadable:
        return None


def _in_ranges(found: re.Match[str]) -> str:
    """Cells beside each other in a SUM as a range: D9, E9, F9, H9 → D9:F9, H9."""
    from xlsxwriter.utility import xl_cell_to_rowcol

    runs: list[list[str]] = []
    for cell in found[1].split(","):
        sheet, _, own = cell.rpartition("!")
        before, _, last = runs[-1][-1].rpartition("!") if runs else ("", "", "")
        columns = [xl_cell_to_rowcol(name.replace(_LINE, "1"))[1] for name in (last, own) if name]
        if runs and sheet == before and columns[1] == columns[0] + 1:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    texts = [run[0] if len(run) == 1 else f"{run[0]}:{run[-1].rpartition('!')[2]}" for run in runs]
    return f"SUM({','.join(texts)})"
