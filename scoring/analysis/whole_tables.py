"""Ends of places and grades where a candidate's result rests on what is pending with others: whole tables are scored.

Pools do not touch one another, so each scoring tries something in every pool at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.analysis.order import grade_order
from scoring.analysis.outcomes import AGAINST, FOR, WAITS, Choice, Outcomes
from scoring.analysis.own_rows import turned
from scoring.result import Result

_NO_PLACE = 10**9


@dataclass(frozen=True)
class Ends:
    """Best and worst, by row; places are 0 where there is none. proven: bool (n,)."""

    ranks: tuple[Any, Any]
    own_ranks: tuple[Any, Any]
    levels: tuple[Any, Any]
    proven: Any


class _Range:
    """The smallest and the largest of something, of the rows that were shown to it."""

    def __init__(self, size: int) -> None:
        self.low = np.full(size, np.iinfo(np.int64).max)
        self.high = np.full(size, np.iinfo(np.int64).min)

    def take(self, values: Any, rows: Any) -> None:
        self.low = np.where(rows, np.minimum(self.low, values), self.low)
        self.high = np.where(rows, np.maximum(self.high, values), self.high)


def whole_tables(outcomes: Outcomes, more: Choice, groups: Any, most: int) -> Ends:
    """more: the outcome of each criterion that gives more points. groups: pools that do not touch one another.

    most: pending criteria of a pool all of whose outcomes are tried.
    """
    stakes = outcomes.stakes
    size = stakes.size
    pending = np.array([one.rows for one in stakes.pending], dtype=bool).reshape(-1, size)
    number = np.bincount(groups, weights=pending.sum(axis=0), minlength=1).astype(np.int64)
    proven = (number <= most)[groups]
    ranks, own, levels = _Range(size), _Range(size), _Range(size)

    def look(result: Result, rows: Any) -> None:
        ranks.take(_places(result), rows)
        levels.take(grade_order(result.graded.level), rows)

    everybody = np.ones(size, dtype=bool)
    for choice in (more, turned(more), outcomes.all(FOR), outcomes.all(AGAINST)):
        look(outcomes.score(choice), everybody)
    for choice in _all_of_pools(outcomes, pending, groups, proven):
        look(outcomes.score(choice), everybody)
    own.take(_places(outcomes.now), pending.sum(axis=0) == 0)
    for mine, combinations in _one_by_one(pending, groups, proven):
        if (mine & ~proven).any():
            for one, others in ((more, turned(more)), (turned(more), more)):
                look(outcomes.score(_where(mine, one, others)), mine)
        for choice in combinations(outcomes, more):
            own.take(_places(outcomes.score(_where(mine, choice, outcomes.all(WAITS)))), mine)
    return Ends(
        (_shown(ranks.low), _shown(ranks.high)),
        (_shown(own.low), _shown(own.high)),
        (_levels(levels.low), _levels(levels.high)),
        proven,
    )


def _places(result: Result) -> Any:
    return np.where(result.ranks > 0, result.ranks, _NO_PLACE)


def _shown(places: Any) -> Any:
    return np.where(places == _NO_PLACE, 0, places)


def _levels(order: Any) -> Any:
    return np.where(order < 10**6, order, np.where(order == 10**6, -1, -2))


def _where(rows: Any, one: Choice, other: Choice) -> dict[str, Any]:
    return {name: np.where(rows, one[name], other[name]) for name in one}


def _all_of_pools(outcomes: Outcomes, pending: Any, groups: Any, small: Any) -> Iterator[Choice]:
    """Every outcome of every pool that has few things pending; what is pending elsewhere goes for its candidate."""
    ids = [one.id for one in outcomes.stakes.pending]
    bits = np.zeros(pending.shape, dtype=np.int64)
    longest = 0
    for group in np.unique(groups[small]):
        places, rows = np.nonzero(pending & (groups == group))
        bits[places, rows] = np.arange(len(places))
        longest = max(longest, len(places))
    free = pending & small
    for number in range(1 << longest if free.any() else 0):
        said = (number >> bits) & 1
        yield {ident: np.where(free[place], said[place], FOR).astype(np.int8) for place, ident in enumerate(ids)}


def _one_by_one(pending: Any, groups: Any, small: Any) -> Iterator[tuple[Any, Any]]:
    """One candidate with something pending of each pool at a time; all its combinations where few are pending, else its ends."""
    turn = np.full(len(groups), -1)
    for group in np.unique(groups):
        rows = np.flatnonzero((groups == group) & pending.any(axis=0))
        turn[rows] = np.arange(len(rows))
    for number in range(int(turn.max(initial=-1)) + 1):
        mine = turn == number

        def combinations(outcomes: Outcomes, more: Choice, mine: Any = mine) -> Iterator[Choice]:
            ids = [one.id for one in outcomes.stakes.pending]
            less = turned(more)
            yield more
            yield less
            free = pending & mine & small
            bits = np.maximum(np.cumsum(free, axis=0) - 1, 0)
            for code in range(1 << int(free.sum(axis=0).max(initial=0)) if free.any() else 0):
                said = (code >> bits) & 1
                yield {
                    ident: np.where(free[place], said[place], more[ident]).astype(np.int8)
                    for place, ident in enumerate(ids)
                }

        yield mine, combinations
