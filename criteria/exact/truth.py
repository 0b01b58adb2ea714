"""Truth of a condition for every row, in Kleene's three values."""

from __future__ import annotations

from typing import Any

import numpy as np

from criteria.exact.quantity import KNOWN, Absent, Quantity, _over_one_denominator, strongest


class Truth:
    """value: bool or array of shape (n,); absent: as in Quantity. On an absent row value means nothing."""

    __slots__ = ("absent", "value")

    def __init__(self, value: Any, absent: Absent = None) -> None:
        self.value, self.absent = value, absent

    def holds(self) -> Any:
        """Known and true."""
        return self.value if self.absent is None else np.logical_and(self.value, np.equal(self.absent, KNOWN))

    def fails(self) -> Any:
        """Known and false."""
        wrong = np.logical_not(self.value)
        return wrong if self.absent is None else np.logical_and(wrong, np.equal(self.absent, KNOWN))

    def __invert__(self) -> Truth:
        return Truth(np.logical_not(self.value), self.absent)

    def __and__(self, other: Truth) -> Truth:
        value = np.logical_and(self.value, other.value)
        if self.absent is None and other.absent is None:
            return Truth(value)
        decided = np.logical_or(self.fails(), other.fails())
        absent = np.where(decided, np.uint8(KNOWN), strongest(self.absent, other.absent))
        return Truth(np.logical_and(np.logical_not(decided), value), absent)

    def __or__(self, other: Truth) -> Truth:
        return ~(~self & ~other)

    def take(self, rows: Any) -> Truth:
        value = self.value[rows] if isinstance(self.value, np.ndarray) and self.value.ndim else self.value
        return Truth(
            value, self.absent[rows] if isinstance(self.absent, np.ndarray) and self.absent.ndim else self.absent
        )

    def at(self, row: int) -> bool | None:
        """One row; None where absent."""
        if self.absence_at(row):
            return None
        value = np.asarray(self.value)
        return bool(value[row] if value.ndim else value)

    def absence_at(self, row: int) -> int:
        absent = np.asarray(self.absent if self.absent is not None else KNOWN)
        return int(absent[row] if absent.ndim else absent)


def choose(condition: Any, first: Quantity, second: Quantity) -> Quantity:
    """`first` where the condition (bool per row) holds, else `second`; only the branch taken is absent or not."""
    if isinstance(condition, bool) or (isinstance(condition, np.ndarray | np.generic) and not np.ndim(condition)):
        return first if condition else second
    absent = None
    if first.absent is not None or second.absent is not None:
        absent = np.where(
            condition,
            np.uint8(first.absent if first.absent is not None else KNOWN)
            if not isinstance(first.absent, np.ndarray)
            else first.absent,
            np.uint8(second.absent if second.absent is not None else KNOWN)
            if not isinstance(second.absent, np.ndarray)
            else second.absent,
        )
    a, b = _over_one_denominator(first, second)
    low, high = min(a.low, b.low), max(a.high, b.high)
    wide = max(abs(low), abs(high)) >= 1 << 62 or any(
        isinstance(x, np.ndarray) and x.dtype == object for x in (a.num, b.num)
    )
    num = np.where(condition, _boxed(a.num, wide), _boxed(b.num, wide))
    return Quantity(num, a.den, low, high, a.den_high, absent)


def _boxed(values: Any, wide: bool) -> Any:
    if not wide:
        return values
    return np.array(values, dtype=object) if isinstance(values, int) else values.astype(object)
