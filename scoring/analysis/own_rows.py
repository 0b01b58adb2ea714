"""The best and the worst row of every candidate, where nobody's row rests on what is pending with another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.analysis.order import Field, Seen, grade_order, joint_codes, seen
from scoring.analysis.outcomes import AGAINST, FOR, Choice, Outcomes
from scoring.analysis.steady import Steadiness
from scoring.result import Result


@dataclass(frozen=True)
class OwnRows:
    """several: scorings in each of which every row is one of its candidate's outcomes. codes: their order, last that of now.

    best, worst: by row, in which of them it is. ranked, graded: bool (n,), whether no row of the candidate lies beyond. levels: the best and the worst grade.
    """

    several: list[Seen]
    codes: list[Any]
    best: Any
    worst: Any
    ranked: Any
    graded: Any
    levels: tuple[Any, Any]

    def of(self, which: Any, arrays: list[Any]) -> Any:
        """Of every row the value it has in its scoring."""
        return np.stack(arrays)[which, np.arange(len(which))]


def own_rows(outcomes: Outcomes, steadiness: Steadiness, now: Seen, most: int) -> OwnRows:
    """now: as everything stands. most: how many criteria of a candidate are tried in all combinations."""
    stakes = outcomes.stakes
    size = stakes.size
    pending = np.array([one.rows for one in stakes.pending], dtype=bool).reshape(-1, size)
    loose = np.array([one.id in steadiness.loose for one in stakes.pending], dtype=bool)
    free = pending & loose[:, None]
    within = free.sum(axis=0) <= most
    several = [seen(one) for one in _tried(outcomes, free & within, pending)] or [seen(outcomes.claimed)]
    settled = ~np.any([one.open for one in several], axis=0)
    in_force = np.all([one.in_force for one in several], axis=0)
    rank = stakes.criteria.declaration.rank
    ranked = within & in_force & (settled | (rank is None or rank.within is None))
    graded = within & in_force & settled & steadiness.graded
    count = pending.sum(axis=0)
    whole = (count <= most) & (count > 0) & ~(ranked & graded)
    if whole.any():
        several += [seen(one) for one in _tried(outcomes, pending & whole, pending)]
    nothing = count == 0
    ranked, graded = ranked | whole | nothing, graded | whole | nothing
    codes = joint_codes([*several, now])
    order = np.stack([np.where(one.placed, code + 1, 0) for one, code in zip(several, codes[:-1], strict=True)])
    levels = np.stack([one.level for one in several])
    grades = grade_order(levels)
    rows = np.arange(size)
    ends = (levels[grades.argmin(axis=0), rows], levels[grades.argmax(axis=0), rows])
    return OwnRows(several, codes, order.argmax(axis=0), order.argmin(axis=0), ranked, graded, ends)


def better(outcomes: Outcomes, best: Result, worst: Result) -> dict[str, Any]:
    """For every pending criterion the outcome that gives its candidate more points: FOR or AGAINST; FOR where they are the same.

    best, worst: a scoring in which it goes for everybody, one in which it goes against everybody.
    """
    found = {}
    for one in outcomes.stakes.pending:
        rows: Any = np.full(outcomes.stakes.size, FOR, dtype=np.int8)
        if one.node:
            fewer = best.points(one.node).compare(np.less, worst.points(one.node))
            rows = np.where(one.rows & np.broadcast_to(np.asarray(fewer), rows.shape), np.int8(AGAINST), rows)
        found[one.id] = rows
    return found


def turned(choice: Choice) -> dict[str, Any]:
    """Everything decided the other way."""
    return {name: np.where(rows == FOR, np.int8(AGAINST), np.int8(FOR)) for name, rows in choice.items()}


def _tried(outcomes: Outcomes, free: Any, pending: Any) -> Iterator[Result]:
    """Scorings in which every candidate goes through all combinations of its free criteria, the others all one way.

    free: bool (criteria, n).
    """
    ids = [one.id for one in outcomes.stakes.pending]
    bits = np.cumsum(free, axis=0) - 1  # the place of a free criterion among those of its candidate
    steady, tried = bool((pending & ~free).any()), bool(free.any())
    for number in range(1 << int(free.sum(axis=0).max(initial=0))):
        said = (number >> np.maximum(bits, 0)) & 1

        def combined(rest: Choice, said: Any = said) -> dict[str, Any]:
            return {
                ident: np.where(free[place], said[place], rest[ident]).astype(np.int8)
                for place, ident in enumerate(ids)
            }

        best = outcomes.score(combined(outcomes.all(FOR))) if tried else outcomes.claimed
        yield best
        if not steady:
            continue
        worst = outcomes.score(combined(outcomes.all(AGAINST))) if tried else outcomes.closed
        yield worst
        more = better(outcomes, best, worst)
        if all((rows == FOR).all() for rows in more.values()):
            continue
        yield outcomes.score(combined(more))
        yield outcomes.score(combined(turned(more)))


def ranks_against(own: OwnRows, now: Seen, groups: Any) -> tuple[tuple[Any, Any], tuple[Any, Any], Any]:
    """The best and the worst place: one's best row against everybody's worst; then against everybody as now; whether proven.

    groups: the pool of every row. Places are 0 where there is none.
    """
    mine, here = own.codes[:-1], own.codes[-1]
    placed = [one.placed for one in own.several]
    high, low = ((own.of(which, mine), own.of(which, placed)) for which in (own.best, own.worst))
    ranks = (Field(groups, *low).rank(*high), Field(groups, *high).rank(*low))
    others = Field(groups, here, now.placed)
    doubtful = np.bincount(groups, weights=~own.ranked, minlength=1) > 0
    return ranks, (others.rank(*high), others.rank(*low)), ~doubtful[groups]
