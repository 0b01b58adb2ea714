"""How firm places are: what becomes of them when the marks of the criteria were a little different. For trial standards only."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from criteria.exact import show_vietnamese
from scoring.analysis.weights import ONE, WeightedTotal, drawn, weighted_total
from scoring.ranking import rank_keys
from scoring.result import Result

NOISE, DRAWS, SEED = 10, 10_000, 20260101
MOST_DRAWS = 1_000_000
_CELLS = 1 << 21  # numbers of one block of draws


@dataclass(frozen=True)
class Noise:
    """Every mark times an independent factor, all thousandths from 1 - percent % to 1 + percent % alike.

    Factors are made of the raw numbers of numpy's PCG64: the same for a seed on every machine and with every version.
    """

    percent: int = NOISE
    draws: int = DRAWS
    seed: int = SEED

    def words(self) -> str:
        """For every print made with it."""
        share = f"{100 - self.percent} % đến {100 + self.percent} %"
        return (
            f"Điểm tối đa của từng tiêu chí nhân với một hệ số ngẫu nhiên độc lập, phân bố đều từ {share} (bước 0,1 %), rồi quy "
            f"về tổng điểm cũ; {show_vietnamese(Fraction(self.draws))} lần; bộ sinh số PCG64, số khởi đầu {self.seed}."
        )

    def factors(self, units: int) -> Any:
        """int64 (draws, units), in thousandths. Raises ValueError for a noise of 100 % or more, no draws, a seed below 0."""
        if not 0 <= self.percent < 100 or self.draws < 1 or self.seed < 0:
            raise ValueError("noise")
        spread = self.percent * ONE // 100
        raw = np.random.PCG64(self.seed).random_raw(self.draws * units).reshape(self.draws, units)
        return (raw % np.uint64(2 * spread + 1)).astype(np.int64) + (ONE - spread)


@dataclass(frozen=True)
class PlaceSpread:
    """The places of one candidate over all draws. low, median, high: 5 %, 50 %, 95 % by the nearest rank.

    first: draws in which it is first of its pool. keeps: draws in which its place stays among those of its grade; None where its
    own place is not among them (a cap, a demotion), or it has no grade.
    """

    id: str
    name: str
    pool: str
    place: int
    low: int
    median: int
    high: int
    first: int
    keeps: int | None


@dataclass(frozen=True)
class Firmness:
    """drawn: criteria (and nodes held together) whose marks were drawn. held: node and sentence of what was not. why_not: no draw."""

    noise: Noise
    drawn: tuple[str, ...] = ()
    held: tuple[tuple[str, str], ...] = ()
    spreads: tuple[PlaceSpread, ...] = ()
    why_not: str = ""


@dataclass(frozen=True)
class _Pool:
    """Candidates who are placed among each other. rows: places among the rows drawn, better tie-break first; codes: equal tie-breaks.

    before: places taken by better grades, where places are given grade by grade.
    """

    rows: Any
    codes: Any
    before: int


def firmness(result: Result, noise: Noise | None = None) -> Firmness:
    """Places under noise of the weights, of everybody who has a place. Ties share the place in every draw.

    What decides between equal totals (rank.then) stays as it was scored.
    """
    noise = noise or Noise()
    total = weighted_total(result)
    if total.why_not:
        return Firmness(noise, held=total.held, why_not=total.why_not)
    counts = _counts(result, total, noise)
    spreads = tuple(sorted((_spread(result, total, noise, counts, i) for i in range(total.size)), key=_order))
    return Firmness(noise, tuple(unit.id for unit in total.units), total.held, spreads)


def place_draws(result: Result, total: WeightedTotal, noise: Noise) -> Iterator[Any]:
    """Places of every draw, in blocks: int64 (draws of the block, rows of `total`)."""
    pools = _pools(result, total)
    factors = noise.factors(len(total.units))
    block = max(_CELLS // max(total.size, 1), 1)
    for start in range(0, noise.draws, block):
        values = drawn(total, factors[start : start + block])
        places = np.empty(values.shape, dtype=np.int64)
        for pool in pools:
            places[:, pool.rows] = _places(values[:, pool.rows], pool.codes) + pool.before
        yield places


def _places(values: Any, codes: Any) -> Any:
    """Places inside a pool: larger first, equal ones with equal tie-breaks share. values: (draws, rows), better tie-breaks first."""
    order = np.argsort(-values, axis=1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=1)
    fresh = np.ones(values.shape, dtype=bool)
    fresh[:, 1:] = (ordered[:, 1:] != ordered[:, :-1]) | (codes[order[:, 1:]] != codes[order[:, :-1]])
    place = np.maximum.accumulate(np.where(fresh, np.arange(1, values.shape[1] + 1), 1), axis=1)
    found = np.empty_like(place)
    np.put_along_axis(found, order, place, axis=1)
    return found


def _pools(result: Result, total: WeightedTotal) -> list[_Pool]:
    """Pools of the ranking; grades inside them, where the set ranks grade by grade."""
    keys, _ = rank_keys(result.root)
    by_grade = result.set.declaration.rank is not None and result.set.declaration.rank.within == "grade"
    later = [np.broadcast_to(key, (result.size,))[total.rows] for key in keys[2 if by_grade else 1 :]]
    grades = keys[0][total.rows] if by_grade else np.zeros(total.size, dtype=np.int64)
    pools = result.root.pool_codes()[total.rows]
    found = []
    for pool in np.unique(pools):
        before = 0
        for grade in np.unique(grades[pools == pool])[::-1]:
            rows = np.flatnonzero((pools == pool) & (grades == grade))
            order = np.lexsort([-key[rows] for key in reversed(later)]) if later else np.arange(len(rows))
            rows = rows[order]
            steps = np.zeros(len(rows), dtype=bool)
            for key in later:
                steps[1:] |= key[rows][1:] != key[rows][:-1]
            found.append(_Pool(rows, np.cumsum(steps), before))
            before += len(rows)
    return found


def _counts(result: Result, total: WeightedTotal, noise: Noise) -> Any:
    """How often every row has every place: (rows, places from 0)."""
    width = total.size + 1
    counts = np.zeros(total.size * width, dtype=np.int64)
    shift = np.arange(total.size, dtype=np.int64) * width
    for places in place_draws(result, total, noise):
        counts += np.bincount((places + shift).ravel(), minlength=len(counts))
    return counts.reshape(total.size, width)


def _spread(result: Result, total: WeightedTotal, noise: Noise, counts: Any, number: int) -> PlaceSpread:
    row = int(total.rows[number])
    sums = np.cumsum(counts[number])
    low, median, high = (int(np.searchsorted(sums, math.ceil(noise.draws * share / 100))) for share in (5, 50, 95))
    span = _span(result, total, row)
    keeps = None if span is None else int(counts[number][span[0] : span[1] + 1].sum())
    first, place = int(counts[number][1]), int(result.ranks[row])
    return PlaceSpread(result.ids[row], result.names[row], result.pools[row], place, low, median, high, first, keeps)


def _span(result: Result, total: WeightedTotal, row: int) -> tuple[int, int] | None:
    """The first and last place of those of one's pool who have the same grade, counted by grades alone."""
    level = int(result.graded.level[row])
    if level < 0:
        return None
    inside = total.rows[np.array([result.pools[i] == result.pools[row] for i in total.rows.tolist()], dtype=bool)]
    levels = result.graded.level[inside]
    better, same = int(((levels >= 0) & (levels < level)).sum()), int((levels == level).sum())
    return (better + 1, better + same) if better < int(result.ranks[row]) <= better + same else None


def _order(one: PlaceSpread) -> tuple[str, int, str]:
    return one.pool, one.place, one.id
