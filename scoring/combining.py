"""How children make the points of their node: sum, mean, weighted, best, one_of, any_of, product."""

from __future__ import annotations

from typing import Any

import numpy as np

from criteria.declarations.node import Branch, Node
from criteria.exact import Quantity, constant, greater
from criteria.exact.truth import choose
from scoring import states
from scoring.node_result import ZERO, NodeResult, unknown
from scoring.states import CLOSED, DOES_NOT_APPLY, NOT_ASSESSED, OPEN, SCORED, State

Child = tuple[Node, NodeResult]
ONE = constant(1)


def combine(branch: Branch, children: list[Child], mark: Quantity, frame: Any) -> NodeResult:
    """The node before rescaling, coefficient and rounding."""
    size = frame.size
    if branch.combine.how == "sum":
        points, maximum = ZERO, ZERO
        for _, result in children:
            points, maximum = points + result.points, maximum + result.maximum
        return NodeResult(points, maximum, mark, _state(children, size), None, _nothing(children, size))
    state = _state(children, size)
    in_force = [_in_force(result, size) for _, result in children]
    points, state = _COMBINE[branch.combine.how](branch, children, in_force, mark, state, frame)
    some: Any = np.zeros(size, dtype=bool)
    for each in in_force:
        some = some | each
    if state is not None:
        some = some & (state != DOES_NOT_APPLY)
    return NodeResult(choose(some, points, ZERO), choose(some, mark, ZERO), mark, state, None, _nothing(children, size))


def _in_force(result: NodeResult, size: int) -> Any:
    """Rows on which a child counts. Of a child that a stop has emptied its maximum still says whether it applied."""
    if result.state is None:
        return np.ones(size, dtype=bool)
    here = result.state != DOES_NOT_APPLY
    stopped = result.state == NOT_ASSESSED
    if not stopped.any():
        return here
    return here & ~(stopped & np.broadcast_to(np.asarray(result.maximum.compare(np.equal, ZERO)), (size,)))


def _state(children: list[Child], size: int) -> State:
    """Open while any child waits; not applicable when none applies."""
    found = [result.state for _, result in children if result.state is not None]
    if not found:
        return None
    waits: Any = np.zeros(size, dtype=bool)
    for state in found:
        waits = waits | states.waiting(state)
    result = states.marked(None, waits, OPEN, size)
    if len(found) == len(children):
        out: Any = np.ones(size, dtype=bool)
        for state in found:
            out = out & (state == DOES_NOT_APPLY)
        result = states.marked(result, out, DOES_NOT_APPLY, size)
    return result


def _nothing(children: list[Child], size: int) -> Any:
    """Rows on which some child had nothing to measure."""
    found = [result.nothing for _, result in children if result.nothing is not None]
    if not found:
        return None
    rows: Any = np.zeros(size, dtype=bool)
    for each in found:
        rows = rows | each
    return rows


def _mean(
    branch: Branch, children: list[Child], in_force: list[Any], mark: Quantity, state: State, frame: Any
) -> tuple[Quantity, State]:
    total, count = ZERO, np.zeros(frame.size, dtype=np.int64)
    for (_, result), here in zip(children, in_force, strict=True):
        total, count = total + result.points, count + here
    return total / Quantity.measured(np.maximum(count, 1)), state


def _weighted(
    branch: Branch, children: list[Child], in_force: list[Any], mark: Quantity, state: State, frame: Any
) -> tuple[Quantity, State]:
    earned, weights = ZERO, ZERO
    for (node, result), here in zip(children, in_force, strict=True):
        assert node.weight is not None
        weight = node.weight.number(frame)
        counts = here & np.broadcast_to(np.asarray(result.maximum.compare(np.greater, ZERO)), here.shape)
        share = result.points / choose(counts, result.maximum, ONE)
        earned = earned + choose(counts, weight * share, ZERO)  # what has no maximum in force has no share to weigh
        weights = weights + choose(counts, weight, ZERO)
    empty = np.broadcast_to(np.asarray(weights.compare(np.equal, ZERO)), (frame.size,))
    return mark * earned / choose(empty, ONE, weights), state


def _best(
    branch: Branch, children: list[Child], in_force: list[Any], mark: Quantity, state: State, frame: Any
) -> tuple[Quantity, State]:
    """Settled as soon as a child that waits for nothing has the whole mark."""
    best: Quantity | None = None
    full: Any = np.zeros(frame.size, dtype=bool)
    for (_, result), here in zip(children, in_force, strict=True):
        points = choose(here, result.points, ZERO) if not here.all() else result.points
        best = points if best is None else greater(best, points)
        full = full | (here & ~np.asarray(states.waiting(result.state)) & result.points.compare(np.greater_equal, mark))
    assert best is not None
    return best, _settle(state, full, frame.size)


def _any_of(
    branch: Branch, children: list[Child], in_force: list[Any], mark: Quantity, state: State, frame: Any
) -> tuple[Quantity, State]:
    """The whole mark when enough children are full, else the best."""
    best, _ = _best(branch, children, in_force, mark, state, frame)
    count = np.zeros(frame.size, dtype=np.int64)
    for (_, result), here in zip(children, in_force, strict=True):
        count = count + (
            here & ~np.asarray(states.waiting(result.state)) & result.points.compare(np.greater_equal, result.mark)
        )
    enough = count >= branch.combine.least
    return choose(enough, mark, best), _settle(state, enough, frame.size)


def _settle(state: State, rows: Any, size: int) -> State:
    return None if state is None else states.marked(state, rows & (state == OPEN), SCORED, size)


def _one_of(
    branch: Branch, children: list[Child], in_force: list[Any], mark: Quantity, state: State, frame: Any
) -> tuple[Quantity, State]:
    """The one child whose `when` surely holds, whatever is unknown of the others; several, or none surely, need a human.

    A child decided not to apply is no alternative. One that may be meant and was closed settles the node with nothing.
    """
    points, count = ZERO, np.zeros(frame.size, dtype=np.int64)
    chosen = np.zeros(frame.size, dtype=np.uint8)
    waits, closed = np.zeros(frame.size, dtype=bool), np.zeros(frame.size, dtype=bool)
    for node, result in children:
        when, decided = frame.scorer.applies(node.id), frame.decision(node.id)
        sure = np.broadcast_to(when.holds(), (frame.size,)) if when is not None else np.ones(frame.size, dtype=bool)
        if decided is not None:
            sure = sure & (decided != DOES_NOT_APPLY)
        points, count = choose(sure, result.points, points), count + sure
        if result.state is not None:
            chosen = np.where(sure, result.state, chosen)
            maybe = unknown(when, frame.size) if when is not None else ~sure
            waits = waits | (maybe & states.waiting(result.state))
            closed = closed | (maybe & (result.state == CLOSED))
    one = count == 1
    final = np.where(states.waiting(chosen), np.uint8(OPEN), np.where(chosen == CLOSED, np.uint8(SCORED), chosen))
    none = np.where(waits, np.uint8(OPEN), np.where(closed, np.uint8(SCORED), np.uint8(DOES_NOT_APPLY)))
    final = np.where(one, final, np.where(count > 1, np.uint8(OPEN), none))
    return choose(one, points, ZERO), final


def _product(
    branch: Branch, children: list[Child], in_force: list[Any], mark: Quantity, state: State, frame: Any
) -> tuple[Quantity, State]:
    points = ONE
    for (_, result), here in zip(children, in_force, strict=True):
        points = points * choose(here, result.points, ONE)
    return points, state


_COMBINE = {
    "mean": _mean,
    "weighted": _weighted,
    "best": _best,
    "any_of": _any_of,
    "one_of": _one_of,
    "product": _product,
}
