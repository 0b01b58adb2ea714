"""less and plus: entries and groups, each printed line rounded once, then bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from criteria.declarations.node import Branch, Entry, EntryGroup
from criteria.exact import Quantity, constant, greater, lesser, round_to
from criteria.exact.rounding import round_to_grid
from criteria.exact.truth import choose
from scoring import states
from scoring.node_result import ZERO, NodeResult, held, settled
from scoring.states import DOES_NOT_APPLY, NEEDS_JUDGEMENT, OPEN, SCORED, State

if TYPE_CHECKING:
    from scoring.nodes import Scorer


def score_entries(
    scorer: Scorer, branch: Branch, earned: NodeResult, node_id: str
) -> tuple[Quantity, State, Quantity | None, Quantity | None]:
    """Points and state after less and plus; what was lost, what was gained."""
    made: list[Quantity | None] = []
    size = scorer.frame.size
    stopped = scorer.entries_stopped(node_id)
    block = scorer._forced(node_id)[0] if node_id else None
    if earned.state is not None:  # nobody looks at the entries of what does not apply
        block = scorer._merge(block, states.marked(None, earned.state == DOES_NOT_APPLY, DOES_NOT_APPLY, size))
    outside = scorer._merge(stopped, block)
    points, state = earned.points, earned.state
    for group, sign in ((branch.less, -1), (branch.plus, 1)):
        if group is None:
            made.append(None)
            continue
        frame_mark = points if sign < 0 else earned.mark
        amount, open_rows = _group(scorer, group, frame_mark, outside)
        made.append(amount)
        points = points - amount if sign < 0 else points + amount
        if open_rows is not None and open_rows.any():
            rows = open_rows if state is None else open_rows & (state == SCORED)
            state = states.marked(state, rows, OPEN, size)
    return points, state, made[0], made[1]


def _group(scorer: Scorer, group: EntryGroup, frame_mark: Quantity, outside: State) -> tuple[Quantity, Any]:
    total, open_rows = _together(scorer, "items", group.items, frame_mark, outside)
    if group.cap is not None:
        total = lesser(total, group.cap.points(scorer.frame, frame_mark))
    if group.floor is not None:
        total = greater(total, group.floor.points(scorer.frame, frame_mark))
    absence = states.of_absence(total.absent, scorer.frame.size)
    if absence is None:
        return total, open_rows
    waits = np.asarray(states.waiting(absence))
    return settled(total, absence), waits if open_rows is None else open_rows | waits


def _together(
    scorer: Scorer, how: str, entries: list[Entry], frame_mark: Quantity, outside: State
) -> tuple[Quantity, Any]:
    """Entries summed, the best of them, or the first whose `when` holds."""
    size = scorer.frame.size
    total, open_rows = ZERO, None
    taken: Any = np.zeros(size, dtype=bool)
    for number, entry in enumerate(entries):
        points, state = _entry(scorer, entry, frame_mark, outside)
        here = np.ones(size, dtype=bool) if state is None else state != DOES_NOT_APPLY
        waits = None if state is None else np.asarray(states.waiting(state))
        if how == "one_of":  # the first that holds; one that may hold stops the search with nothing
            here = here & ~taken & (outside == SCORED if outside is not None else True)
            waits = None if waits is None else waits & ~taken
            if entry.id:
                _untaken(scorer, entry.id, taken)
            taken = taken | here
            total = choose(here, points, total)
        elif how == "best":
            counted = choose(here, points, ZERO) if not here.all() else points
            total = counted if number == 0 else greater(total, counted)
        else:
            total = total + (points if here.all() else choose(here, points, ZERO))
        if waits is not None:
            open_rows = waits if open_rows is None else open_rows | waits
    return total, open_rows


def _entry(scorer: Scorer, entry: Entry, frame_mark: Quantity, outside: State) -> tuple[Quantity, State]:
    frame, size = scorer.frame, scorer.frame.size
    exact = frame.set.declaration.points
    forced = outside
    if entry.when is not None:
        truth = held(entry.when.need, frame)
        own = states.marked(
            states.of_absence(truth.absent, size), np.broadcast_to(truth.fails(), (size,)), DOES_NOT_APPLY, size
        )
        forced = scorer._merge(outside, own)
    mark = entry.max.points(frame, frame_mark) if entry.max is not None else frame_mark
    if entry.grouped:
        how = "items" if entry.items else "best" if entry.best else "one_of"
        points, open_rows = _together(scorer, how, entry.grouped, mark, forced)
        state = states.marked(None, open_rows, OPEN, size) if open_rows is not None else None
        if entry.coefficient is not None:
            points, state = _multiplied(entry, points, state, frame)
    else:
        points, state = _shaped(scorer, entry, mark)
    if entry.grid is not None:
        points = round_to_grid(points, entry.grid.number(frame))
    if exact.round_at == "leaf":
        points = round_to(points, exact.places, exact.rounding)
    if entry.max is not None:
        points = lesser(points, mark)
    if entry.cap is not None:
        points = lesser(points, entry.cap.points(frame, mark))
    if entry.floor is not None:
        points = greater(points, entry.floor.points(frame, mark))
    elif not entry.grouped:
        points = greater(points, ZERO)
    absence = states.of_absence(points.absent, size)
    if absence is not None:  # its own cap, floor, grid or max is absent
        state = states.stronger(state, absence)
    if forced is not None and forced.any():
        state = np.where(forced != SCORED, forced, state if state is not None else np.uint8(SCORED))
    if state is not None:
        gone = (state != SCORED) & (state != OPEN)
        points = choose(gone, ZERO, points)
    if entry.id:
        scorer.results[entry.id] = NodeResult(points, constant(0), mark, state)
    return points, state


def _untaken(scorer: Scorer, entry_id: str, rows: Any) -> None:
    """An alternative that another one has made idle does not apply."""
    if rows.any():
        result = scorer.results[entry_id]
        state = states.marked(result.state, rows, DOES_NOT_APPLY, scorer.frame.size)
        scorer.results[entry_id] = NodeResult(choose(rows, ZERO, result.points), result.maximum, result.mark, state)


def _shaped(scorer: Scorer, entry: Entry, mark: Quantity) -> tuple[Quantity, State]:
    assert entry.shape is not None
    frame = scorer.frame
    earned = entry.shape.earned(frame, mark)
    state = states.of_absence(earned.points.absent, frame.size)
    if earned.waiting is not None:
        state = states.marked(state, earned.waiting, NEEDS_JUDGEMENT, frame.size)
    points = settled(earned.points, state)
    if entry.coefficient is not None:
        points, state = _multiplied(entry, points, state, frame)
    return points, scorer._provisional(entry.shape, state)


def _multiplied(entry: Entry, points: Quantity, state: State, frame: Any) -> tuple[Quantity, State]:
    assert entry.coefficient is not None
    factor = entry.coefficient.number(frame)
    absence = states.of_absence(factor.absent, frame.size)
    if absence is not None:
        state = states.stronger(state, absence)
    return settled((points * factor).with_absent(factor.absent), state), state
