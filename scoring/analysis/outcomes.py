"""Outcomes (trường hợp): what may still come out of figures of which some have not been decided, scored exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Node
from criteria.exact import KNOWN
from criteria.exact.truth import choose
from scoring.controls import left_out_before_pools
from scoring.engine import settle
from scoring.frame import BlockFrame, Frame
from scoring.node_result import NodeResult
from scoring.nodes import Scorer
from scoring.periods import read_period
from scoring.result import Result
from scoring.root import RootFrame
from scoring.states import NEEDS_JUDGEMENT, NO_EVIDENCE, NOT_DEFINED, SCORED
from scoring.tables import Column, Decision, ItemTable, Table

LACKING = (NO_EVIDENCE, NOT_DEFINED, NEEDS_JUDGEMENT)  # nothing was claimed, or nothing follows from the claim


@dataclass(frozen=True)
class Pending:
    """A criterion that nobody has decided for some candidates.

    rows: bool (n,), for whom. node: the criterion that earns its points, "" when it only carries figures of conditions.
    columns, tables: inputs and item tables that belong to it, and come and go with the decision. holds: other criteria that read
    them and wait for it.
    """

    id: str
    rows: Any
    node: str = ""
    columns: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tables:
    """The table of candidates and the item tables."""

    table: Table
    items: Mapping[str, ItemTable] = field(default_factory=dict)


@dataclass(frozen=True)
class Stakes:
    """Figures of which some are pending. now: as they stand; claimed: everything pending as claimed; closed: everything closed.

    The three have the same candidates in the same order and differ only in what is pending.
    """

    criteria: CriteriaSet
    now: Tables
    claimed: Tables
    closed: Tables
    pending: tuple[Pending, ...]
    previous: Table | None = None
    previous_items: Mapping[str, ItemTable] = field(default_factory=dict)
    period: str = ""
    pool: str | None = None
    checked: bool = False  # `closed` of scoring.score: `silent` counts

    @property
    def size(self) -> int:
        return self.now.table.size


WAITS, AGAINST, FOR = -1, 0, 1
Choice = Mapping[str, Any]  # by id of Pending, int8 (n,): how it is decided for every candidate, or WAITS


class Outcomes:
    """Scores outcomes. granted: by node, for whom nothing was claimed, so that going for them means the full mark."""

    def __init__(self, stakes: Stakes) -> None:
        self.stakes = stakes
        self.granted: dict[str, Any] = {}
        self.scored = 0  # how many tables were scored
        claimed = self.score(self.all(FOR))
        for one in stakes.pending:
            state = claimed.state(one.node) if one.node else None
            if state is None:
                continue
            lacks = one.rows & np.isin(state, LACKING)
            if lacks.any():
                self.granted[one.node] = lacks
        self.claimed = self.score(self.all(FOR)) if self.granted else claimed
        self.closed = self.score(self.all(AGAINST))

    def all(self, how: int) -> dict[str, Any]:
        """Everything pending decided in one way, or waiting."""
        return {one.id: np.full(self.stakes.size, how, dtype=np.int8) for one in self.stakes.pending}

    @cached_property
    def now(self) -> Result:
        """As everything stands."""
        return self._settled(self.stakes.now, {})

    def score(self, choice: Choice) -> Result:
        """One outcome."""
        granted = {
            one.node: self.granted[one.node] & (choice[one.id] == FOR)
            for one in self.stakes.pending
            if one.node in self.granted
        }
        return self._settled(mixed(self.stakes, choice), granted)

    def _settled(self, tables: Tables, granted: Mapping[str, Any]) -> Result:
        stakes = self.stakes
        period = read_period(stakes.period) if stakes.period else None
        before = None
        if stakes.previous is not None:
            before = _root(stakes, Tables(stakes.previous, stakes.previous_items), None, None, {})
        self.scored += 1
        return settle(_root(stakes, tables, before, period, granted), stakes.period)


def _root(stakes: Stakes, tables: Tables, before: Any, period: Any, granted: Mapping[str, Any]) -> RootFrame:
    def scorer(frame: Any) -> Scorer:
        return _Granting(frame, granted) if granted else Scorer(frame)

    return RootFrame(
        stakes.criteria,
        tables.table,
        tables.items,
        before,
        stakes.checked,
        period,
        stakes.pool,
        scorer,
        left_out_before_pools,
    )


class _Granting(Scorer):
    """Gives the full mark of a criterion in force to those of whom nothing was claimed."""

    def __init__(self, frame: Frame, granted: Mapping[str, Any]) -> None:
        super().__init__(frame)
        self.granted = granted

    def _node(self, node: Node) -> NodeResult:
        result = super()._node(node)
        if node.id not in self.granted or result.state is None:
            return result
        rows = _on(self.frame, self.granted[node.id]) & np.isin(result.state, LACKING)
        if not rows.any():
            return result
        mark = result.mark.with_absent(None)
        return replace(
            result,
            points=choose(rows, mark, result.points),
            maximum=choose(rows, mark, result.maximum),
            state=np.where(rows, np.uint8(SCORED), result.state),
            nothing=None if result.nothing is None else result.nothing & ~rows,
        )


def _on(frame: Any, mask: Any) -> Any:
    """A mask of all candidates on the rows of a frame."""
    return mask[frame.pick] if isinstance(frame, BlockFrame) else _on(frame.parent, mask)[frame.pick]


# --- figures mixed -------------------------------------------------------------------------------------------------


def mixed(stakes: Stakes, choice: Choice) -> Tables:
    """The figures of one outcome: of each pending criterion from `claimed`, `closed` or `now`."""
    columns, items = dict(stakes.claimed.table.columns), dict(stakes.claimed.items)
    decisions = dict(stakes.claimed.table.decisions)
    owners = stakes.now.table.ids
    for one in stakes.pending:
        for how, tables in ((AGAINST, stakes.closed), (WAITS, stakes.now)):
            rows = one.rows & (choice[one.id] == how)
            if not rows.any():
                continue
            for name in one.columns:
                columns[name] = _column(rows, tables.table.columns[name], columns[name])
            for name in one.tables:
                items[name] = _items(
                    {owners[int(row)] for row in np.flatnonzero(rows)}, tables.items[name], items[name]
                )
            if one.node:
                decisions[one.node] = _decision(rows, tables.table.decisions.get(one.node), decisions.get(one.node))
    for one in stakes.pending:
        rows = one.rows & (choice[one.id] == WAITS)
        for node in one.holds if rows.any() else ():
            said = decisions.get(node)
            still = rows if said is None else rows & (said.state == SCORED)
            decisions[node] = _decision(still, stakes.now.table.decisions.get(node), said)
    unplaced = _unplaced(stakes, choice)
    return Tables(replace(stakes.claimed.table, columns=columns, decisions=decisions, unplaced=unplaced), items)


def _unplaced(stakes: Stakes, choice: Choice) -> dict[int, str]:
    """Who has no place: as now while something waits; as closed where everything pending goes against; else as claimed."""
    waits = np.ones(stakes.size, dtype=bool)
    out = np.zeros(stakes.size, dtype=bool)
    if stakes.pending:
        waits = np.any([one.rows & (choice[one.id] == WAITS) for one in stakes.pending], axis=0)
        some = np.any([one.rows for one in stakes.pending], axis=0)
        out = some & np.all([~one.rows | (choice[one.id] == AGAINST) for one in stakes.pending], axis=0)
    found = {row: why for row, why in stakes.now.table.unplaced.items() if waits[row]}
    found |= {row: why for row, why in stakes.closed.table.unplaced.items() if out[row]}
    found |= {row: why for row, why in stakes.claimed.table.unplaced.items() if not waits[row] and not out[row]}
    return dict(sorted(found.items()))


def _column(rows: Any, one: Column, other: Column) -> Column:
    """A column from `one` on some rows, from `other` elsewhere."""
    wide = np.asarray(one.values).dtype == object or np.asarray(other.values).dtype == object
    first, second = (np.asarray(c.values, dtype=object) if wide else np.asarray(c.values) for c in (one, other))
    absent = np.where(rows, _absent(one), _absent(other))
    return Column(np.where(rows, first, second), absent if absent.any() else None)


def _absent(column: Column) -> Any:
    return np.full(len(column), KNOWN, dtype=np.uint8) if column.absent is None else np.asarray(column.absent)


def _items(gone: set[str], one: ItemTable, other: ItemTable) -> ItemTable:
    """Rows of some owners from `one`, of everybody else from `other`."""
    first = [row for row, owner in enumerate(one.owners) if owner in gone]
    second = [row for row, owner in enumerate(other.owners) if owner not in gone]

    def arrays(a: Any, b: Any) -> Any:
        return np.concatenate([np.asarray(a)[first], np.asarray(b)[second]])

    def texts(a: Any, b: Any) -> list[str]:
        return [a[row] for row in first] + [b[row] for row in second]

    columns = {}
    for name, column in other.columns.items():
        absent = arrays(_absent(one.columns[name]), _absent(column))
        columns[name] = Column(arrays(one.columns[name].values, column.values), absent if absent.any() else None)
    keyed = bool(one.keys or other.keys)
    return ItemTable(texts(one.owners, other.owners), columns, texts(one.keys, other.keys) if keyed else [])


def _decision(rows: Any, one: Decision | None, other: Decision | None) -> Decision:
    """A decision from `one` on some rows, from `other` elsewhere; None: nothing is said."""
    nothing = np.full(len(rows), SCORED, dtype=np.uint8)
    state = np.where(rows, one.state if one is not None else nothing, other.state if other is not None else nothing)
    reasons = {row: why for row, why in (other.reasons.items() if other is not None else ()) if not rows[row]}
    reasons |= {row: why for row, why in (one.reasons.items() if one is not None else ()) if rows[row]}
    return Decision(state, dict(sorted(reasons.items())))
