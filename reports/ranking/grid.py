"""Where everything stands in a ranking workbook: a line per candidate, a column per node, the keys of the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from criteria.exact import Quantity
from criteria.expressions.functions_results import ResultTerm
from records.spreadsheets.reading import Row, Value
from reports.ranking.live import (
    MAXIMA,
    POINTS,
    Columns,
    Live,
    children_alone,
    live_key,
    live_maximum,
    live_points,
    quoted,
    reference,
)
from reports.workbook_styles import SHORT, order
from scoring.ranking import SoFar, rank_keys
from scoring.result import CriterionResult, Result

FIRST_NODE = 2  # columns before the first node: id, name
WAITS = "chờ"  # stands in a key column where the points still wait: after everybody who has some


@dataclass(frozen=True)
class Figure:
    """What a cell shows: a number or a word, and the formula that gives it (None: the program's own value)."""

    value: Fraction | str
    formula: str | None = None


@dataclass(frozen=True)
class Key:
    """A key of the ranking. column: on the sheet of points. codes: its order, as a value, where no formula says it.

    live: the formula, and its values for every row of the result, None while they wait. Neither for the total, which stands in its place.
    """

    title: str
    column: int
    codes: Any = None
    live: Live | None = None
    values: Quantity | None = None


class Grid:
    """The lines and columns of a result. first: the line of the first candidate on the sheets of points and maxima."""

    def __init__(self, result: Result, first: int) -> None:
        self.result, self.criteria, self.first = result, result.set, first
        self.rows = order(result)
        self._made: dict[tuple[int, str], Figure] = {}
        self.line = {row: first + place for place, row in enumerate(self.rows)}
        self.candidates = {row: result.at(row) for row in self.rows}
        ids = [node_id for node_id, kind in result.printed if kind in ("part", "leaf")]
        tops = {part.id for part in self.criteria.declaration.parts}
        self.branches = {node_id for node_id, kind in result.printed if kind == "part" or node_id in tops}
        self.column = {node_id: FIRST_NODE + place for place, node_id in enumerate([*ids, ""])}
        after = self.column[""] + 1
        parts = {node_id for node_id, kind in result.printed if kind == "part"}
        self.computed = {self.column[node_id] for node_id in [*parts, ""]}  # columns that are made of others
        printed = [node_id for node_id, kind in result.printed if kind not in ("part", "leaf")]
        self.entries = {entry: after + place for place, entry in enumerate(printed)}
        self.columns = Columns({**self.column, **self.entries}, self.column)
        after += len(printed)
        self._points, self._maxima, self._alone = self._formulas()
        self.extras = {node_id: after + place for place, node_id in enumerate(self._alone)}
        self._points |= {node_id: self._alone[node_id].plus(column) for node_id, column in self.extras.items()}
        after += len(self.extras)
        self.keys = self._keys(after)
        self.ranked = max([after - 1, *(key.column for key in self.keys)]) + 1

    @property
    def marked(self) -> bool:
        """Leaves are rounded, so that every printed number is the exact one."""
        return self.criteria.declaration.points.round_at == "leaf"

    def cell(self, row: int, column: int, sheet: str = "", fixed: bool = False) -> str:
        """D9, 'Toi da'!D9, $D$9."""
        return _cell(self.line[row], column, sheet, fixed)

    def pool_range(self, row: int, column: int, sheet: str = POINTS) -> str:
        """The cells of a column for everybody in the pool of a candidate."""
        first, last = self.pools[self.result.pools[row]]
        return f"{_cell(first, column, sheet, True)}:{_cell(last, column, '', True)}"

    @cached_property
    def pools(self) -> dict[str, tuple[int, int]]:
        """The first and the last line of every pool."""
        found: dict[str, tuple[int, int]] = {}
        for row in self.rows:
            pool = self.result.pools[row]
            found[pool] = (found.get(pool, (self.line[row],))[0], self.line[row])
        return found

    # --- points and maxima -------------------------------------------------------------------------------------

    def points(self, row: int, node_id: str) -> Figure:
        """Points of a node, or of the whole ("")."""
        if (row, node_id) not in self._made:
            self._made[row, node_id] = self._figure(row, self._shown(row, node_id), self._points.get(node_id))
        return self._made[row, node_id]

    def maximum(self, row: int, node_id: str) -> Figure:
        """The maximum in force."""
        return self._figure(row, self._in_force(row, node_id), self._maxima.get(node_id))

    def extra(self, row: int, node_id: str) -> Fraction:
        """What gains, losses and the ceiling of a branch add to what its children give."""
        value = self._cells[row][reference(POINTS, self.extras[node_id])]
        return value if isinstance(value, Fraction) else Fraction(0)

    def _figure(self, row: int, value: Fraction | str, live: Live | None) -> Figure:
        """With the formula, where it gives exactly what the engine gives."""
        if live is None or live.value(self._cells[row]) != value:
            return Figure(value)
        return Figure(value, live.at(self.line[row]))

    def _shown(self, row: int, node_id: str) -> Fraction | str:
        """What the cell shows: the number, or a word for the state."""
        if not node_id:
            return self.candidates[row].total
        shown = self.candidates[row].criteria[node_id]
        return shown.points if _shown(shown) else SHORT[shown.state]

    def _in_force(self, row: int, node_id: str) -> Fraction:
        candidate = self.candidates[row]
        return candidate.criteria[node_id].maximum if node_id else candidate.maximum

    def _formulas(self) -> tuple[dict[str, Live | None], dict[str, Live | None], dict[str, Live]]:
        """Of the points and of the maximum of every branch, and of what the children give where no cell shows the rest."""
        branches: dict[str, Any] = {node.id: node for node in self.criteria.printed_nodes()}
        branches[""] = self.criteria.declaration
        points: dict[str, Live | None] = {}
        maxima: dict[str, Live | None] = {}
        alone: dict[str, Live] = {}
        for node_id, column in self.column.items():
            if column in self.computed:
                points[node_id] = live_points(self.criteria, branches[node_id], self.columns)
                maxima[node_id] = live_maximum(self.criteria, branches[node_id], self.columns)
                rest = children_alone(self.criteria, branches[node_id], self.columns)
                if points[node_id] is None and rest is not None:
                    alone[node_id] = rest
        return points, maxima, alone

    @cached_property
    def _cells(self) -> Mapping[int, Row]:
        """What the cells of every line hold, by the references of the formulas."""
        nodes = [(n, reference(POINTS, column), reference(MAXIMA, column)) for n, column in self.column.items()]
        entries = [(entry, reference(POINTS, column)) for entry, column in self.entries.items()]
        found: dict[int, Row] = {}
        for row in self.rows:
            candidate, cells = self.candidates[row], dict[str, Value]()
            for node_id, points, maximum in nodes:
                cells[points], cells[maximum] = self._shown(row, node_id), self._in_force(row, node_id)
            for entry, place in entries:
                cells[place] = candidate.criteria[entry].points
            for node_id, column in self.extras.items():
                given, value = self._alone[node_id].value(cells), self._shown(row, node_id)
                cells[reference(POINTS, column)] = _difference(value, given)
            found[row] = cells
        return found

    def common_mark(self, node_id: str) -> Fraction | None:
        """The full mark where it is the same for everybody."""
        return self.result.root.result(node_id).mark.scalar

    # --- keys --------------------------------------------------------------------------------------------------

    def _keys(self, column: int) -> list[Key]:
        """The keys in order of weight; the total stands where it stands."""
        rank = self.criteria.declaration.rank
        if rank is None or not self.result.size:
            return []
        codes, _ = rank_keys(self.result.root)
        names = ["mức xếp loại"] if rank.within == "grade" else []
        formulas = [*([None] * len(names)), rank.by, *rank.then]
        names += [formula.term.formula() for formula in (rank.by, *rank.then)]
        found: list[Key] = []
        for name, formula, code in zip(names, formulas, codes, strict=True):
            term: Any = formula.term if formula is not None else None
            if self.marked and isinstance(term, ResultTerm) and term.method == "total" and not term.leaf:
                found.append(Key(name, self.column[""]))
                continue
            live = live_key(self.criteria, formula, self.columns) if formula is not None and self.marked else None
            so_far: Any = SoFar(self.result.root)
            values = term.evaluate(so_far) if live is not None else None
            if live is not None and values is not None and self._agrees(live, values):
                found.append(Key(name, column, None, live, values))
            else:
                found.append(Key(name, column, code))
            column += 1
        return found

    def _agrees(self, live: Live, values: Quantity) -> bool:
        """Whether the formula gives the key wherever it is known."""
        return all(values.at(row) is None or live.value(self._cells[row]) == values.at(row) for row in self.rows)


def _shown(criterion: CriterionResult) -> bool:
    """Whether the cell holds a number."""
    return criterion.state in ("scored", "open") or bool(criterion.points)


def _cell(line: int, column: int, sheet: str = "", fixed: bool = False) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    cell: str = xl_rowcol_to_cell(line, column, fixed, fixed)
    return f"{quoted(sheet)}!{cell}" if sheet else cell


def _difference(value: Value, given: Value | None) -> Fraction:
    """0 where a word stands."""
    return value - given if isinstance(value, Fraction) and isinstance(given, Fraction) else Fraction(0)
