"""Exact sums, extremes and ranks of groups of rows.

`groups` is an array of group numbers 0 … count−1, one per row; `keep` a bool array of the rows that count.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from criteria.exact.quantity import LIMIT, Quantity


def column_of(quantity: Quantity, size: int) -> Quantity:
    """The same with an array of numerators, whatever it was."""
    if isinstance(quantity.num, int):
        kind = np.int64 if quantity.size < LIMIT else object
        return Quantity(
            np.full(size, quantity.num, dtype=kind),
            quantity.den,
            quantity.low,
            quantity.high,
            quantity.den_high,
            quantity.absent,
        )
    return quantity


def count_by(groups: Any, count: int, keep: Any) -> Any:
    """How many kept rows each group has."""
    return np.bincount(groups[keep], minlength=count).astype(np.int64)


def sum_by(quantity: Quantity, groups: Any, count: int, keep: Any) -> Quantity:
    """The sum of the kept rows of each group; an empty group sums to 0."""
    value = column_of(quantity, len(groups))
    if not isinstance(value.den, int):
        return _by_rows(quantity, groups, count, keep, lambda values: sum(values, Fraction(0)))
    rows = np.flatnonzero(keep)
    order = rows[np.argsort(groups[rows], kind="stable")]
    num = value.num[order]
    bound = value.size * max(len(order), 1)
    if bound >= LIMIT:
        num = num.astype(object)
    running = np.concatenate([np.zeros(1, dtype=num.dtype), np.cumsum(num)])
    edges = np.searchsorted(groups[order], np.arange(count + 1))
    sums = running[edges[1:]] - running[edges[:-1]]
    return Quantity(sums, value.den, min(-bound, 0) if value.low < 0 else 0, bound, value.den_high).narrow()


def extreme_by(quantity: Quantity, groups: Any, count: int, keep: Any, largest: bool) -> tuple[Quantity, Any]:
    """The largest or smallest kept row of each group, and which groups have one."""
    present = count_by(groups, count, keep) > 0
    value = column_of(quantity, len(groups))
    if not isinstance(value.den, int):
        found = _by_rows(
            quantity, groups, count, keep, lambda values: (max if largest else min)(values, default=Fraction(0))
        )
        return found, present
    rows = np.flatnonzero(keep)
    order = rows[np.argsort(groups[rows], kind="stable")]
    result = np.zeros(count, dtype=value.num.dtype)
    if len(order):
        starts = np.searchsorted(groups[order], np.flatnonzero(present))
        result[present] = (np.maximum if largest else np.minimum).reduceat(value.num[order], starts)
    return Quantity(result, value.den, min(value.low, 0), max(value.high, 0), value.den_high), present


def _by_rows(
    quantity: Quantity, groups: Any, count: int, keep: Any, fold: Callable[[list[Fraction]], Fraction]
) -> Quantity:
    """Row by row, for columns whose denominators differ."""
    lists: list[list[Fraction]] = [[] for _ in range(count)]
    for row in np.flatnonzero(keep):
        value = quantity.at(int(row))
        if value is not None:
            lists[groups[row]].append(value)
    return Quantity.of_fractions([fold(values) for values in lists])


def fold_by(
    quantity: Quantity, groups: Any, count: int, keep: Any, fold: Callable[[list[Fraction]], Fraction | None]
) -> list[Fraction | None]:
    """Any fold over the kept values of each group, in row order."""
    lists: list[list[Fraction]] = [[] for _ in range(count)]
    for row in np.flatnonzero(keep):
        value = quantity.at(int(row))
        if value is not None:
            lists[groups[row]].append(value)
    return [fold(values) for values in lists]


def order_codes(quantity: Quantity, size: int) -> Any:
    """int64 codes in the same order as the values, equal where they are equal (absent rows mean nothing)."""
    value = column_of(quantity, size)
    if isinstance(value.den, int) and value.num.dtype != object:
        return value.num
    fractions = [v if (v := quantity.at(row)) is not None else Fraction(0) for row in range(size)]
    rank = {v: code for code, v in enumerate(sorted(set(fractions)))}
    return np.array([rank[v] for v in fractions], dtype=np.int64)


def larger_by(quantity: Quantity, groups: Any, keep: Any) -> Any:
    """For every row, how many kept rows of its group have a larger value."""
    codes = np.unique(order_codes(quantity, len(groups)), return_inverse=True)[1].astype(np.int64)
    width = int(codes.max(initial=0)) + 2
    packed = groups.astype(np.int64) * width + codes
    kept = np.sort(packed[keep])
    ends = np.searchsorted(kept, (groups.astype(np.int64) + 1) * width, side="left")
    return ends - np.searchsorted(kept, packed, side="right")
