"""Which single pending criterion matters: its outcome alone, everything else as it stands now, changes a place or a grade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.analysis.order import Field, Seen, joint_codes, seen
from scoring.analysis.outcomes import AGAINST, FOR, WAITS, Outcomes
from scoring.analysis.steady import Steadiness, examine
from scoring.result import Result
from scoring.tables import natural_key

MOST_SCORINGS = 4000  # where every criterion needs whole tables of its own


@dataclass(frozen=True)
class Matter:
    """A pending criterion of a candidate that decides something by itself.

    ranks, grades: of the candidate when it goes for it, and against; None without one. moved: everybody whose place or grade
    depends on it, the candidate too, in natural order.
    """

    candidate: str
    criterion: str
    ranks: tuple[int | None, int | None]
    grades: tuple[str | None, str | None]
    moved: tuple[str, ...]

    @property
    def span(self) -> int:
        """How many places it moves the candidate itself."""
        best, worst = self.ranks
        return abs(best - worst) if best is not None and worst is not None else int(best != worst)


def singles(outcomes: Outcomes, steadiness: Steadiness | None = None) -> list[Matter] | None:
    """Those that matter, first those that move most people, then most places. None: too many to be tried one by one."""
    steadiness = steadiness or examine(outcomes)
    if steadiness.pooled or steadiness.quotas:
        found = _by_tables(outcomes)
    else:
        found = list(_by_rows(outcomes))
    if found is None:
        return None
    return sorted(found, key=lambda one: (-len(one.moved), -one.span, natural_key(one.candidate), one.criterion))


def _turn(outcomes: Outcomes, groups: Any | None) -> tuple[Any, int]:
    """For every pending criterion of every candidate (criteria, n) when its turn is: counted in its row, or in its pool; −1: never."""
    size = outcomes.stakes.size
    pending = np.array([one.rows for one in outcomes.stakes.pending], dtype=bool).reshape(-1, size)
    if groups is None:
        turn = np.where(pending, np.cumsum(pending, axis=0) - 1, -1)
    else:
        turn = np.full(pending.shape, -1)
        for group in np.unique(groups):
            places, rows = np.nonzero(pending & (groups == group))
            turn[places, rows] = np.arange(len(places))
    return turn, int(turn.max(initial=-1)) + 1


def _both(outcomes: Outcomes, now: Any) -> tuple[Result, Result]:
    """What is on turn goes for, and against; everything else waits. now: bool (criteria, n)."""
    ids = [one.id for one in outcomes.stakes.pending]
    for_, against = (
        outcomes.score({ident: np.where(now[place], how, WAITS).astype(np.int8) for place, ident in enumerate(ids)})
        for how in (FOR, AGAINST)
    )
    return for_, against


def _by_rows(outcomes: Outcomes) -> Iterator[Matter]:
    """Where rows are independent: of every candidate one criterion at a time, each row against the others as they are now."""
    groups = outcomes.now.root.pool_codes()
    here = seen(outcomes.now)
    turn, turns = _turn(outcomes, None)
    ids, names = outcomes.stakes.now.table.ids, outcomes.stakes.criteria.grade_names
    for number in range(turns):
        ends: list[Seen] = [seen(result) for result in _both(outcomes, turn == number)]
        *own, others = joint_codes([*ends, here])
        field = Field(groups, others, here.placed)
        ranks = [field.rank(codes, one.placed) for codes, one in zip(own, ends, strict=True)]
        orders = [np.where(one.placed, codes, -1) for codes, one in zip(own, ends, strict=True)]
        levels = [_named(one.level) for one in ends]
        for place, row in zip(*np.nonzero(turn == number), strict=True):
            low, high = sorted(int(order[row]) for order in orders)
            moved = set(field.between(row, low, high)) if low != high else set()
            if ranks[0][row] != ranks[1][row] or levels[0][row] != levels[1][row]:
                moved.add(int(row))
            if moved:
                yield Matter(
                    ids[int(row)],
                    outcomes.stakes.pending[int(place)].id,
                    (int(ranks[0][row]) or None, int(ranks[1][row]) or None),
                    _grades(names, levels[0][row], levels[1][row]),
                    tuple(sorted((ids[one] for one in moved), key=natural_key)),
                )


def _by_tables(outcomes: Outcomes) -> list[Matter] | None:
    """Where results rest on the pool: one criterion of every pool at a time, in whole tables."""
    grades = outcomes.stakes.criteria.declaration.grades
    groups = outcomes.now.root.pool_codes()
    if any(grade.quota is not None and grade.quota.per == "all" for grade in grades):
        groups = groups * 0
    turn, turns = _turn(outcomes, groups)
    if 2 * turns > MOST_SCORINGS:
        return None
    ids, names = outcomes.stakes.now.table.ids, outcomes.stakes.criteria.grade_names
    found = []
    for number in range(turns):
        for_, against = _both(outcomes, turn == number)
        differs = (for_.ranks != against.ranks) | (_named(for_.graded.level) != _named(against.graded.level))
        for place, row in zip(*np.nonzero(turn == number), strict=True):
            moved = [ids[int(one)] for one in np.flatnonzero(differs & (groups == groups[row]))]
            if moved:
                found.append(
                    Matter(
                        ids[int(row)],
                        outcomes.stakes.pending[int(place)].id,
                        (int(for_.ranks[row]) or None, int(against.ranks[row]) or None),
                        _grades(names, for_.graded.level[row], against.graded.level[row]),
                        tuple(sorted(moved, key=natural_key)),
                    )
                )
    return found


def _named(levels: Any) -> Any:
    """Grades as people read them: whether there is none yet or none at all is no difference of grade."""
    return np.where(levels >= 0, levels, -1)


def _grades(names: tuple[str, ...], *levels: Any) -> tuple[str | None, str | None]:
    first, second = (names[int(level)] if level >= 0 else None for level in levels)
    return first, second
