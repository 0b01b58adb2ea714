"""Ranks: larger first, equal values share the place (1, 1, 3), input order never decides."""

from __future__ import annotations

from typing import Any

import numpy as np

from criteria.exact import KNOWN, Quantity
from criteria.exact.groups import order_codes
from scoring.root import RootFrame


class SoFar:
    """The root frame as ranks read it: totals are the points so far, open or not."""

    def __init__(self, root: RootFrame) -> None:
        self._root = root

    def __getattr__(self, name: str) -> Any:
        return getattr(self._root, name)

    def total(self) -> Quantity:
        return self._root.result("").points

    def share(self) -> Quantity:
        result = self._root.result("")
        return result.points / result.maximum


def rank_keys(root: RootFrame, within_grade: bool = True) -> tuple[list[Any], Any]:
    """The keys in order of weight, larger first, and who has the first one. A missing later key comes last."""
    rank = root.set.declaration.rank
    assert rank is not None
    rows: Any = SoFar(root)
    columns = [formula.evaluate(rows) for formula in (rank.by, *rank.then)]
    keys: list[Any] = []
    present: Any = np.ones(root.size, dtype=bool)
    for place, column in enumerate(columns):
        codes = np.broadcast_to(order_codes(column, root.size), (root.size,))
        if column.absent is not None:
            known = np.broadcast_to(np.asarray(column.absent), (root.size,)) == KNOWN
            if place == 0:
                present = known
            codes = np.where(known, codes, codes.min(initial=0) - 1)
        keys.append(codes)
    if within_grade and rank.within == "grade":
        grade = root.grades
        codes = np.broadcast_to(np.asarray(grade.num), (root.size,))
        known = np.broadcast_to(np.asarray(grade.absent if grade.absent is not None else KNOWN), (root.size,)) == KNOWN
        keys.insert(0, np.where(known, codes, -1))
    return keys, present


def places(keys: list[Any], groups: Any, keep: Any) -> tuple[Any, Any]:
    """Place (0 for those not kept) and whether it is shared, inside each group."""
    size = len(groups)
    ranks, tied = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=bool)
    rows = np.flatnonzero(keep)
    if not len(rows):
        return ranks, tied
    all_kept = len(rows) == size
    whole = _pack([groups, *keys])
    if whole is None:
        order = np.lexsort([-key[rows] for key in reversed(keys)] + [groups[rows]])
        columns = [groups[rows][order], *(key[rows][order] for key in keys)]
        fresh = np.zeros(len(rows), dtype=bool)
        for column in columns:
            fresh[1:] |= column[1:] != column[:-1]
        new_group = np.concatenate([[True], columns[0][1:] != columns[0][:-1]])
    else:
        packed, width = whole
        packed = packed if all_kept else packed[rows]
        order = np.argsort(packed)
        ordered = packed[order]
        fresh = np.empty(len(rows), dtype=bool)
        fresh[1:] = ordered[1:] != ordered[:-1]
        high = ordered >> width
        new_group = np.empty(len(rows), dtype=bool)
        new_group[1:] = high[1:] != high[:-1]
        new_group[0] = True
    fresh[0] = True
    fresh |= new_group
    position = np.arange(len(rows))
    first = np.maximum.accumulate(np.where(fresh, position, 0))
    group_start = np.maximum.accumulate(np.where(new_group, position, 0))
    last = np.concatenate([fresh[1:], [True]])
    where = order if all_kept else rows[order]
    ranks[where] = first - group_start + 1
    tied[where] = ~(fresh & last)
    return ranks, tied


def _pack(columns: list[Any]) -> Any:
    """One int64 that sorts as the columns do (the first ascending, the others descending), and the bits below the first."""
    packed, width = None, 0
    for place in range(len(columns) - 1, -1, -1):
        column = columns[place]
        if column.dtype == object:
            return None
        low, high = int(column.min()), int(column.max())
        bits = max((high - low).bit_length(), 1)
        if width + bits > 62:
            return None
        field = (column - low) if place == 0 else (high - column)
        packed = field if packed is None else packed | (field << width)
        if place:
            width += bits
    return packed, width
