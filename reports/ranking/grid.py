"""Where everything stands in a ranking workbook: a line per candidate, a column per node, the keys of the ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from criteria.declarations.node import Branch, Node
from criteria.expressions.functions_results import NodeTerm, ResultTerm
from reports.ranking.formulas import (
    Child,
    Step,
    maximum_formula,
    maximum_value,
    points_formula,
    points_value,
)
from reports.workbook_styles import SHORT, order
from scoring.ranking import SoFar, rank_keys
from scoring.result import CriterionResult, Result

POINTS, MAXIMA = "Diem", "Toi da"
FIRST_NODE = 2  # columns before the first node: id, name
WAITS = -1  # stands in a key column where the points still wait: after everybody who has some


@dataclass(frozen=True)
class Figure:
    """What a cell shows: a number or a word, and the formula that gives it (None: the program's own value)."""

    value: Fraction | str
    formula: str | None = None


@dataclass(frozen=True)
class Key:
    """A key of the ranking. column: on the sheet of points. live: follows the points beside it. codes: its order otherwise."""

    title: str
    column: int
    node: str | None = None
    codes: Any = None

    @property
    def live(self) -> bool:
        return self.node is not None


class Grid:
    """The lines and columns of a result. first: the line of the first candidate on the sheets of points and maxima."""

    def __init__(self, result: Result, first: int) -> None:
        self.result, self.criteria, self.first = result, result.set, first
        self.rows = order(result)
        self._points: dict[tuple[int, str], Figure] = {}
        self._steps: dict[tuple[int, str], Step | None] = {}
        self.line = {row: first + place for place, row in enumerate(self.rows)}
        self.candidates = {row: result.at(row) for row in self.rows}
        ids = [node_id for node_id, kind in result.printed if kind in ("part", "leaf")]
        tops = {part.id for part in self.criteria.declaration.parts}
        self.branches = {node_id for node_id, kind in result.printed if kind == "part" or node_id in tops}
        self.column = {node_id: FIRST_NODE + place for place, node_id in enumerate([*ids, ""])}
        after = self.column[""] + 1
        parts = {node_id for node_id, kind in result.printed if kind == "part"}
        self.computed = {self.column[node_id] for node_id in [*parts, ""]}  # columns that are made of others
        self.extras = {branch_id: after + place for place, branch_id in enumerate(self._with_extras())}
        after += len(self.extras)
        printed = [node_id for node_id, kind in result.printed if kind not in ("part", "leaf")]
        self.entries = {entry: after + place for place, entry in enumerate(printed)}
        self.keys = self._keys(after + len(printed))
        self.ranked = max([after + len(printed) - 1, *(key.column for key in self.keys)]) + 1

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
        if (row, node_id) not in self._points:
            self._points[row, node_id] = self._figure(row, node_id)
        return self._points[row, node_id]

    def _figure(self, row: int, node_id: str) -> Figure:
        candidate = self.candidates[row]
        if node_id and not _shown(candidate.criteria[node_id]):
            return Figure(SHORT[candidate.criteria[node_id].state])
        value = candidate.criteria[node_id].points if node_id else candidate.total
        step = self._step(row, node_id)
        if step is None or points_value(step) != value:
            return Figure(value)
        return Figure(value, points_formula(step))

    def maximum(self, row: int, node_id: str) -> Figure:
        """The maximum in force."""
        candidate = self.candidates[row]
        value = candidate.criteria[node_id].maximum if node_id else candidate.maximum
        step = self._step(row, node_id)
        if step is None or maximum_value(step) != value:
            return Figure(value)
        return Figure(value, maximum_formula(step))

    def extra(self, row: int, node_id: str) -> Fraction:
        """What gains, losses and bounds of a branch add to what its children give."""
        candidate = self.candidates[row]
        step = self._plain_step(row, node_id)
        base = points_value(replace(step, extra_cell="-")) if step is not None else None
        if base is None or (node_id and not _shown(candidate.criteria[node_id])):
            return Fraction(0)
        return (candidate.criteria[node_id].points if node_id else candidate.total) - base

    def _with_extras(self) -> list[str]:
        branches: Iterator[tuple[str, Branch]] = iter(
            [
                *((n.id, n) for n in self.criteria.printed_nodes() if n.parts and n.over is None),
                ("", self.criteria.declaration),
            ]
        )
        return [
            branch_id
            for branch_id, b in branches
            if b.less is not None or b.plus is not None or b.zero or b.floor is not None or b.ceiling is not None
        ]

    def _step(self, row: int, node_id: str) -> Step | None:
        if self.column[node_id] not in self.computed:
            return None
        step = self._plain_step(row, node_id)
        if step is None or node_id not in self.extras:
            return step
        return replace(step, extra_cell=self.cell(row, self.extras[node_id]), extra=self.extra(row, node_id))

    def _plain_step(self, row: int, node_id: str) -> Step | None:
        """The branch of one candidate, without what is beside its children; None for a leaf."""
        if (row, node_id) not in self._steps:
            self._steps[row, node_id] = self._made_step(row, node_id)
        return self._steps[row, node_id]

    def _made_step(self, row: int, node_id: str) -> Step | None:
        branch: Branch | None = self._nodes[node_id] if node_id else self.criteria.declaration
        if branch is None or (isinstance(branch, Node) and (not branch.parts or branch.over is not None)):
            return None
        children = []
        for child in self._parts(branch):
            shown = self.candidates[row].criteria[child.id]
            weight = child.weight.term.constant_value if child.weight is not None and child.weight.bound else None
            if branch.combine.how == "weighted" and weight is None:
                return None
            children.append(
                Child(
                    self.cell(row, self.column[child.id]),
                    self.cell(row, self.column[child.id], MAXIMA),
                    shown.points if _shown(shown) else Fraction(0),
                    shown.maximum,
                    self.mark(row, child.id),
                    weight,
                )
            )
        return Step(self.criteria, branch, children, self.mark(row, node_id))

    def mark(self, row: int, node_id: str) -> Fraction:
        """The full mark."""
        mark = self.result.root.result(node_id).mark
        return (mark.scalar if mark.scalar is not None else mark.at(row)) or Fraction(0)

    def common_mark(self, node_id: str) -> Fraction | None:
        """The full mark where it is the same for everybody."""
        return self.result.root.result(node_id).mark.scalar

    @cached_property
    def _nodes(self) -> dict[str, Node]:
        return {node.id: node for node in self.criteria.printed_nodes()}

    @staticmethod
    def _parts(branch: Any) -> list[Node]:
        return list(branch.parts)

    # --- keys --------------------------------------------------------------------------------------------------

    def _keys(self, column: int) -> list[Key]:
        """The keys in order of weight; the total stands where it stands."""
        rank = self.criteria.declaration.rank
        if rank is None or not self.result.size:
            return []
        codes, _ = rank_keys(self.result.root)
        names = ["mức xếp loại"] if rank.within == "grade" else []
        terms: list[Any] = [None] * len(names)
        terms += [formula.term for formula in (rank.by, *rank.then)]
        names += [formula.term.formula() for formula in (rank.by, *rank.then)]
        found: list[Key] = []
        for name, term, code in zip(names, terms, codes, strict=True):
            if self.marked and isinstance(term, ResultTerm) and term.method == "total":
                found.append(Key(name, self.column[""], ""))
                continue
            node = term.node if isinstance(term, NodeTerm) and term.method == "points" else None
            live = node in self.column and self.marked and self._is_live(node, term)
            found.append(Key(name, column, node if live else None, None if live else code))
            column += 1
        return found

    def _is_live(self, node: str, term: Any) -> bool:
        """Whether the key is what the column of the node shows, wherever it is known, and never below 0."""
        rows: Any = SoFar(self.result.root)
        values = term.evaluate(rows)
        for row in self.rows:
            value = values.at(row)
            shown = self.candidates[row].criteria[node]
            if value is not None and (value < 0 or value != shown.points or not _shown(shown)):
                return False
        return True

    def key_known(self, row: int, key: Key) -> bool:
        """Whether the points a live key reads are settled."""
        state = self.candidates[row].criteria[key.node].state if key.node else "scored"
        return state == "scored"


def _shown(criterion: CriterionResult) -> bool:
    """Whether the cell holds a number."""
    return criterion.state in ("scored", "open") or bool(criterion.points)


def _cell(line: int, column: int, sheet: str = "", fixed: bool = False) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    cell: str = xl_rowcol_to_cell(line, column, fixed, fixed)
    return f"{_quoted(sheet)}!{cell}" if sheet else cell


def _quoted(sheet: str) -> str:
    return f"'{sheet}'" if " " in sheet else sheet
