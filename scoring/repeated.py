"""over: a node evaluated once per row (or group of rows) of an item table, then combined."""

from __future__ import annotations

from fractions import Fraction
from statistics import median
from typing import Any

import numpy as np

from criteria.declarations.node import Node
from criteria.exact import KNOWN, MISSING, Quantity, lesser, round_to
from criteria.exact.groups import column_of, count_by, extreme_by, fold_by, sum_by
from criteria.exact.truth import choose
from criteria.expressions.terms import show_value
from scoring import states
from scoring.frame import Frame
from scoring.items import GroupFrame, ItemFrame, Items
from scoring.node_result import ZERO, NodeResult, held, over_mark
from scoring.states import DOES_NOT_APPLY, NO_EVIDENCE, NOT_DEFINED, OPEN, SCORED


def score_over(frame: Frame, node: Node) -> NodeResult:
    """The repeated node for every candidate."""
    assert node.over is not None
    points, maximum, state = frame.gathered(node, lambda root: _whole(root, node))
    mark = over_mark(frame, node) if node.over.take == "sum" else frame.scorer.mark(node)
    in_force = choose(
        state == DOES_NOT_APPLY, ZERO, mark if node.over.take != "mean" else choose(state == NOT_DEFINED, mark, maximum)
    )
    return NodeResult(points, in_force, mark, state if state.any() else None)


def _whole(root: Any, node: Node) -> tuple[Quantity, Quantity, Any]:
    over = node.over
    assert over is not None
    items: Items = root.items(over.table)
    size = root.size
    if not items.handed_in:
        return Quantity.measured(np.zeros(size, dtype=np.int64)), ZERO, np.full(size, NO_EVIDENCE, dtype=np.uint8)
    inner = _grouped(root, over.table, over.by, items) if over.by is not None else _again(items.rows)
    owners = inner.pick
    result = _per_row(inner, node)
    state = np.zeros(inner.size, dtype=np.uint8) if result.state is None else result.state
    applies = state != DOES_NOT_APPLY
    points = _combined(node, column_of(result.points, inner.size), owners, size, applies)
    exact = root.set.declaration.points
    if exact.round_at == "leaf":
        points = round_to(points, exact.places, exact.rounding)
    if over.cap is not None:
        points = lesser(points, over.cap.points(root, ZERO))
    rows, in_force = count_by(owners, size, np.ones(inner.size, dtype=bool)), count_by(owners, size, applies)
    waits = count_by(owners, size, np.asarray(states.waiting(state)) & applies) > 0
    if over.by is not None:  # it is not known to which group a row without a value belongs
        waits |= count_by(items.owners, size, _absence(items, over.by) == MISSING) > 0
    final = states.marked(np.zeros(size, dtype=np.uint8), (rows > 0) & (in_force == 0), DOES_NOT_APPLY, size)
    if over.take != "sum":
        final = states.marked(final, rows == 0, NOT_DEFINED, size)
    final = states.marked(final, waits | items.lacking(), OPEN, size)
    maximum = (
        _combined(node, column_of(result.maximum, inner.size), owners, size, applies) if over.take == "mean" else ZERO
    )
    if over.take == "mean" and exact.round_at == "leaf":
        maximum = round_to(maximum, exact.places, exact.rounding)
    return choose((final == DOES_NOT_APPLY) | (final == NOT_DEFINED), ZERO, points), maximum, final


def each_row(root: Any, node: Node, candidate: int) -> list[tuple[str, Fraction, int, str]]:
    """For explanations: key (or value of `by`), points, state and arithmetic of every row of one candidate."""
    over = node.over
    assert over is not None
    items: Items = root.items(over.table)
    if not items.size:
        return []
    inner = _grouped(root, over.table, over.by, items) if over.by is not None else _again(items.rows)
    result = _per_row(inner, node)
    found = []
    for row in np.flatnonzero(np.asarray(inner.pick) == candidate):
        state = int(result.state[row]) if result.state is not None else SCORED
        one = inner.row(int(row))
        words = ""
        if node.shape is not None and over.by is None and state in (SCORED, OPEN):
            mark = one.scorer.mark(node)
            earned = node.shape.earned(one, mark)
            words = node.shape.say(one, mark, earned) + (
                node.shape.joint(earned) if node.less is None and node.plus is None else "; còn "
            )
        found.append(
            (_row_name(items, over.by, inner, int(row)), result.points.at(int(row)) or Fraction(0), state, words)
        )
    return found


def _row_name(items: Items, by: str | None, inner: Frame, row: int) -> str:
    if by is None:
        keys = items.rows.source.keys
        return str(keys[int(items.rows.order[row])]) if keys else str(row + 1)
    grouped = inner.items(inner.table_name)  # type: ignore[attr-defined]
    first = int(np.flatnonzero(grouped.owners == row)[0])
    column = grouped.rows.measure(by)
    bound, name = inner.root.set, inner.table_name  # type: ignore[attr-defined]
    kind = (
        bound.table_derived[name][by].kind
        if by in bound.table_derived.get(name, {})
        else bound.tables[name].columns[by].kind
    )
    return inner.root.words[int(column.at(first) or 0)] if kind.name == "text" else show_value(column, kind, first)


def _again(rows: ItemFrame) -> Frame:
    """The item rows as a frame of their own, so that results of one node do not meet another's."""
    return ItemFrame(rows.parent, rows.table_name, rows.source, rows.order, rows.pick)  # type: ignore[arg-type]


def _grouped(root: Frame, table: str, by: str, items: Items) -> Frame:
    """The groups of rows with the same value of `by`, its absent rows left out."""
    known = np.flatnonzero(_absence(items, by) == KNOWN)
    if len(known) < items.size:
        rows: ItemFrame = items.rows
        rows = ItemFrame(root, table, rows.source, rows.order[known], items.owners[known])
        items = Items(rows, items.owners[known], len(known), True, items.lacking())
    column = items.rows.measure(by)
    value = np.broadcast_to(
        np.asarray(column.num if isinstance(column, Quantity) else column.value), (items.size,)
    ).astype(np.int64)
    pairs = np.stack([items.owners, value]) if items.size else np.zeros((2, 0), dtype=np.int64)
    unique, groups = np.unique(pairs, axis=1, return_inverse=True)
    return GroupFrame(root, table, items, unique[0], np.asarray(groups).reshape(-1))


def _absence(items: Items, by: str) -> Any:
    """The absence of `by` on every row."""
    column = items.rows.measure(by)
    return np.broadcast_to(np.asarray(column.absent if column.absent is not None else KNOWN), (items.size,))


def _per_row(inner: Frame, node: Node) -> NodeResult:
    """The node on every row, its `when` included."""
    inner.repeating = node.id
    result = inner.scorer.once(node)
    if node.when is None:
        return result
    truth = held(node.when.need, inner)
    fails = np.broadcast_to(truth.fails(), (inner.size,))
    state = result.state if result.state is not None else np.zeros(inner.size, dtype=np.uint8)
    absence = states.of_absence(truth.absent, inner.size)
    if absence is not None:
        state = np.where(absence != SCORED, absence, state)
    points = choose(fails, result.mark if node.when.else_ == "full" else ZERO, result.points)
    state = np.where(fails, np.uint8(DOES_NOT_APPLY if node.when.else_ == "exclude" else SCORED), state)
    return NodeResult(settled_zero(points, state), result.maximum, result.mark, state)


def settled_zero(points: Quantity, state: Any) -> Quantity:
    """0 on rows that are neither scored nor open."""
    return choose((state != SCORED) & (state != OPEN), ZERO, points)


def _combined(node: Node, points: Quantity, owners: Any, size: int, keep: Any) -> Quantity:
    assert node.over is not None
    if node.over.take == "sum":
        return sum_by(points, owners, size, keep)
    if node.over.take == "best":
        return extreme_by(points, owners, size, keep, largest=True)[0]
    if node.over.take == "median":
        values = fold_by(points, owners, size, keep, lambda v: Fraction(median(v)) if v else Fraction(0))
        return Quantity.of_fractions(values)
    count = np.maximum(count_by(owners, size, keep), 1)
    return sum_by(points, owners, size, keep) / Quantity.measured(count)
