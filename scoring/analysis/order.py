"""The order of ranks across several scorings of the same candidates: who would stand before whom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from criteria.exact import KNOWN, Quantity
from criteria.exact.groups import column_of, order_codes
from criteria.exact.quantity import LIMIT
from scoring.grades import OPEN
from scoring.ranking import SoFar
from scoring.result import Result
from scoring.states import waiting


@dataclass(frozen=True)
class Seen:
    """What one scoring says of everybody. placed: takes a place. keys: what ranks are decided by, larger first.

    level: of the grade, as in scoring.grades. open: something still waits or cannot be decided. in_force: a maximum above 0.
    """

    result: Result
    placed: Any
    keys: tuple[Quantity, ...]
    level: Any
    open: Any
    in_force: Any


def seen(result: Result) -> Seen:
    root = result.root
    rank = result.set.declaration.rank
    keys: list[Quantity] = []
    if rank is not None:
        rows: Any = SoFar(root)
        keys = [formula.evaluate(rows) for formula in (rank.by, *rank.then)]
        if rank.within == "grade":
            keys.insert(0, root.grades)
    whole = root.result("")
    size = result.size
    unclear = np.broadcast_to(np.asarray(waiting(whole.state)), (size,)) | (result.eligible == -1)
    for outcome in result.outcomes:
        if outcome.kind != "flag":
            unclear = unclear | outcome.unclear
    above = np.broadcast_to(np.asarray(whole.maximum.num > 0), (size,))
    return Seen(
        result, result.ranks > 0, tuple(keys), result.graded.level, unclear | (result.graded.level == -1), above
    )


def joint_codes(several: Sequence[Seen]) -> list[Any]:
    """For each scoring int64 codes (n,) that order everybody's keys across all of them, larger first. A missing key comes last."""
    size = several[0].result.size
    columns = []
    for place in range(len(several[0].keys)):
        joined = _joined([one.keys[place] for one in several], size)
        codes = order_codes(joined, size * len(several))
        if codes.dtype == object or joined.absent is not None:
            codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
        if joined.absent is not None:
            codes = np.where(np.asarray(joined.absent) == KNOWN, codes, -1)
        columns.append(codes)
    if not columns:
        return [np.zeros(size, dtype=np.int64) for _ in several]
    order = np.lexsort(columns[::-1])
    fresh = np.zeros(len(order), dtype=bool)
    for column in columns:
        sorted_ = column[order]
        fresh[1:] |= sorted_[1:] != sorted_[:-1]
    dense = np.empty(len(order), dtype=np.int64)
    dense[order] = np.cumsum(fresh)
    return [dense[start : start + size] for start in range(0, len(order), size)]


def _joined(quantities: Sequence[Quantity], size: int) -> Quantity:
    """Columns of the same thing one below the other."""
    absent = None
    if any(one.absent is not None for one in quantities):
        absent = np.concatenate(
            [
                np.broadcast_to(np.asarray(one.absent if one.absent is not None else KNOWN), (size,))
                for one in quantities
            ]
        )
    if not all(isinstance(one.den, int) for one in quantities):
        values = [one.with_absent(None).at(row) for one in quantities for row in range(size)]
        return Quantity.of_fractions(values).with_absent(absent)
    common = math.lcm(*(one.den for one in quantities))
    parts = []
    for one in quantities:
        num, factor = column_of(one, size).num, common // one.den
        if factor != 1:
            num = num * factor if one.size * factor < LIMIT and num.dtype != object else num.astype(object) * factor
        parts.append(num)
    if any(part.dtype == object for part in parts):
        parts = [part.astype(object) for part in parts]
    return Quantity.measured(np.concatenate(parts), common, absent)


class Field:
    """Those one is ranked against, by pool. groups: pool of every row; codes, placed: theirs."""

    def __init__(self, groups: Any, codes: Any, placed: Any) -> None:
        self.groups, self.codes, self.placed = groups, codes, placed
        self._width = int(codes.max(initial=0)) + 2
        packed = groups.astype(np.int64) * self._width + codes
        rows = np.flatnonzero(placed)
        order = np.argsort(packed[rows], kind="stable")
        self._rows, self._sorted = rows[order], packed[rows][order]

    def rank(self, codes: Any, placed: Any) -> Any:
        """The place every row would take with a code of its own among the others of its pool; 0 where it has none."""
        groups = self.groups.astype(np.int64)
        clipped = np.minimum(codes, self._width - 1)
        ends = np.searchsorted(self._sorted, (groups + 1) * self._width, side="left")
        larger = ends - np.searchsorted(self._sorted, groups * self._width + clipped, side="right")
        larger = larger - (self.placed & (self.codes > codes))  # oneself
        return np.where(placed, larger + 1, 0)

    def between(self, row: int, low: int, high: int) -> list[int]:
        """Other rows of its pool with a code from `low` on and below `high`: whose place depends on which of the two it has."""
        group = int(self.groups[row]) * self._width
        edges = [group + min(max(code, 0), self._width - 1) for code in (low, high)]
        start, end = (int(np.searchsorted(self._sorted, edge, side="left")) for edge in edges)
        return sorted(int(one) for one in self._rows[start:end] if one != row)


def grade_order(levels: Any) -> Any:
    """Levels of scoring.grades in order, the best smallest: after all grades what is still open, last no grade at all."""
    return np.where(levels >= 0, levels, np.where(levels == OPEN, 10**6, 10**6 + 1))
