"""Scoring a table: blocks of rows for the points, the whole table for gates, grades, quotas and ranks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from criteria.criteria_set import CriteriaSet
from criteria.exact import constant
from scoring import states
from scoring.controls import left_out_before_pools, outcomes
from scoring.frame import BlockFrame
from scoring.grades import as_quantity, grade_all
from scoring.node_result import NodeResult
from scoring.nodes import Scorer
from scoring.periods import read_period
from scoring.ranking import places, rank_keys
from scoring.result import Result
from scoring.root import RootFrame
from scoring.stores import Store
from scoring.tables import ItemTable, Period, Table

BLOCK = 1 << 17  # rows: enough that the cost of calling numpy does not show, few enough that temporaries stay small


def score(
    criteria: CriteriaSet,
    table: Table,
    items: Mapping[str, ItemTable] | None = None,
    previous: Table | None = None,
    *,
    previous_items: Mapping[str, ItemTable] | None = None,
    closed: bool = False,
    period: str | None = None,
    pool: str | None = None,
) -> Result:
    """Score every candidate of a table.

    criteria: from criteria.load(). table: one row per candidate, columns of scaled integers. items: item tables by name.
    previous: the round before, for prev(). closed: the verifying bodies have closed their checks, `silent` counts.
    period: the round's name ("2026", "2026-03", "2027-h1"). pool: a column that overrides the set's `pool`.
    Returns a Result; the same input gives the same output whatever the order of its rows.
    Raises KeyError for an unknown pool column, scoring.periods.PeriodError for a period that is none.
    """
    round_ = read_period(period) if period else None
    before = _root(criteria, previous, previous_items or {}, None, closed, None, pool) if previous is not None else None
    return settle(_root(criteria, table, items or {}, before, closed, round_, pool), period or "")


def settle(root: RootFrame, period: str = "") -> Result:
    """Points, gates, grades and ranks of a root frame that is ready to be scored."""
    criteria = root.set
    _score_blocks(root)
    found = outcomes(root)
    eligible = np.ones(root.size, dtype=np.int8)
    stopped = np.zeros(root.size, dtype=bool)
    for outcome in found:
        if outcome.kind == "flag":
            continue
        eligible = np.where(
            outcome.fails, np.int8(0), np.where(outcome.unclear & (eligible == 1), np.int8(-1), eligible)
        )
        if outcome.kind == "stop":
            stopped |= outcome.fails
    in_force = _in_force(root)
    gradable = np.where(in_force, eligible, np.int8(0))
    graded = grade_all(root, gradable, in_force & ~stopped)
    root.grades = as_quantity(graded.level, len(criteria.grade_names))
    ranks, tied = _rank(root, eligible == 1, in_force)
    return Result(criteria, root, eligible, graded, ranks, tied, found, criteria.warnings, period)


def _root(
    criteria: CriteriaSet,
    table: Table,
    items: Mapping[str, ItemTable],
    before: RootFrame | None,
    closed: bool,
    period: Period | None,
    pool: str | None,
) -> RootFrame:
    return RootFrame(criteria, table, items, before, closed, period, pool, Scorer, left_out_before_pools)


def _score_blocks(root: RootFrame) -> None:
    """Every node and printed entry, block by block; the results stand in root.scorer.results."""
    declared = root.set
    wanted = (
        [node.id for node in declared.printed_nodes()]
        + [entry.id or "" for _, entry in declared.printed_entries()]
        + [""]
    )
    if root.size <= BLOCK:
        for node_id in wanted:
            root.result(node_id)
        return
    stores = {node_id: Store(root.size) for node_id in wanted}
    for start in range(0, root.size, BLOCK):
        rows = slice(start, min(start + BLOCK, root.size))
        block = BlockFrame(declared, rows.stop - rows.start, root, rows)
        for node_id in wanted:
            stores[node_id].write(rows, block.result(node_id))
        block.clear()
    for node_id, store in stores.items():
        root.scorer.results[node_id] = store.finish()


def _in_force(root: RootFrame) -> Any:
    """Who has at least one criterion in force; everybody when the set has no tree."""
    if not root.set.declaration.parts:
        return np.ones(root.size, dtype=bool)
    result: NodeResult = root.result("")
    in_force = np.broadcast_to(np.asarray(result.maximum.compare(np.greater, constant(0))), (root.size,))
    in_force = in_force | _unmarked(root)
    return in_force if result.state is None else in_force & (result.state != states.DOES_NOT_APPLY)


def _unmarked(root: RootFrame) -> bool:
    """A set all of whose criteria are without a mark of their own has no maximum to go by."""
    mark = root.result("").mark.scalar
    return mark is not None and mark == 0


def _rank(root: RootFrame, eligible: Any, in_force: Any) -> tuple[Any, Any]:
    if root.set.declaration.rank is None:
        return np.zeros(root.size, dtype=np.int64), np.zeros(root.size, dtype=bool)
    keys, present = rank_keys(root)
    placed = np.ones(root.size, dtype=bool)
    placed[list(root.table.unplaced)] = False
    return places(keys, root.pool_codes(), eligible & in_force & present & placed)
