"""A quantity: a column of exact rationals, some of them absent.

Numerators and denominators are int64 arrays (or one Python int for the whole column) together with an interval they
are known to lie in. Every operation works out the interval of its result first; where it could pass 2**62 the column
turns into Python integers and stays exact. So an overflow cannot happen, and nothing is divided until points are rounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

LIMIT = 1 << 62

# Why a value is absent, weakest first: where two meet the stronger one wins (criteria-language.md §4).
KNOWN, UNDEFINED, MISSING, NOT_APPLICABLE = 0, 1, 2, 3

Integers = Any  # int | numpy array of int64 | numpy array of Python ints (dtype object)
Absent = Any  # None: all known | int: the same for all | uint8 array


def strongest(first: Absent, second: Absent) -> Absent:
    """Absence of a result that needs both operands."""
    if first is None:
        return second
    if second is None:
        return first
    return np.maximum(first, second)


def _wide(values: Integers) -> Integers:
    return values.astype(object) if isinstance(values, np.ndarray) and values.dtype != object else values


def _fits(bound: int, first: Integers, second: Integers) -> bool:
    """True when the result and every scalar operand stay inside int64."""
    if bound >= LIMIT or (type(first) is int and not -LIMIT < first < LIMIT):
        return False
    return type(second) is not int or -LIMIT < second < LIMIT


def multiply(first: Integers, second: Integers, bound: int) -> Integers:
    if type(second) is int and second == 1:
        return first
    if type(first) is int and first == 1:
        return second
    if not _fits(bound, first, second):
        first, second = _wide(first), _wide(second)
    return first * second


def add(first: Integers, second: Integers, bound: int) -> Integers:
    if not _fits(bound, first, second):
        first, second = _wide(first), _wide(second)
    return first + second


class Quantity:
    """num / den for every row, den > 0.

    num, den: int, or array of shape (n,). low, high: interval of num. den_high: upper bound of den.
    absent: None, or one of KNOWN … NOT_APPLICABLE per row; what num holds on an absent row means nothing.
    """

    __slots__ = ("absent", "den", "den_high", "high", "low", "num")

    def __init__(self, num: Integers, den: Integers, low: int, high: int, den_high: int, absent: Absent = None) -> None:
        self.num, self.den = num, den
        self.low, self.high, self.den_high = low, high, den_high
        self.absent = absent

    @classmethod
    def measured(cls, num: np.ndarray, den: int = 1, absent: Absent = None) -> Quantity:
        """A column of integers over one denominator; its interval is read off the column in one pass."""
        if not len(num):
            return cls(num, den, 0, 0, den, absent)
        if num.dtype == object:
            return cls(num, den, min(num), max(num), den, absent)
        bits = int(np.bitwise_or.reduce(num))  # one pass: no negative number, and as many bits as the largest
        if bits >= 0:
            return cls(num, den, 0, bits, den, absent)
        return cls(num, den, int(num.min()), int(num.max()), den, absent)

    @property
    def size(self) -> int:
        """Bound of |num|."""
        return max(abs(self.low), abs(self.high))

    @property
    def scalar(self) -> Fraction | None:
        """The value, when it is one known number for all rows."""
        if isinstance(self.num, int) and isinstance(self.den, int) and self.absent is None:
            return Fraction(self.num, self.den)
        return None

    def with_absent(self, absent: Absent) -> Quantity:
        if absent is self.absent:
            return self
        return Quantity(self.num, self.den, self.low, self.high, self.den_high, absent)

    def narrow(self) -> Quantity:
        """Back to int64 where the interval allows."""
        num = self.num
        if type(num) is int or num.dtype != object or self.size >= LIMIT:
            return self
        return Quantity(num.astype(np.int64), self.den, self.low, self.high, self.den_high, self.absent)

    def __neg__(self) -> Quantity:
        return Quantity(-self.num, self.den, -self.high, -self.low, self.den_high, self.absent)

    def __add__(self, other: Quantity) -> Quantity:
        absent = strongest(self.absent, other.absent)
        a, b = _over_one_denominator(self, other)
        low, high = a.low + b.low, a.high + b.high
        return Quantity(
            add(a.num, b.num, max(abs(low), abs(high), a.size, b.size)), a.den, low, high, a.den_high, absent
        )

    def __sub__(self, other: Quantity) -> Quantity:
        if other.low == other.high == 0 and other.absent is None:
            return self
        return self + -other

    def __mul__(self, other: Quantity) -> Quantity:
        corners = [self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high]
        low, high = min(corners), max(corners)
        num = multiply(self.num, other.num, max(abs(low), abs(high)))
        den_high = self.den_high * other.den_high
        den = multiply(self.den, other.den, den_high)
        return Quantity(num, den, low, high, den_high, strongest(self.absent, other.absent))

    def __truediv__(self, other: Quantity) -> Quantity:
        """Division by zero is UNDEFINED."""
        num, den, low, high, den_high = other.num, other.den, other.low, other.high, other.den_high
        absent = other.absent
        if low <= 0:
            if isinstance(num, int):
                if num == 0:
                    return Quantity(0, 1, 0, 0, 1, strongest(strongest(self.absent, absent), UNDEFINED))
                if num < 0:
                    num, den = -num, -den if isinstance(den, int) else multiply(den, -1, den_high)
            else:
                zero = num == 0
                if zero.any():
                    absent = strongest(absent, np.where(zero, np.uint8(UNDEFINED), np.uint8(KNOWN)))
                    num = np.where(zero, 1, num)
                if low < 0:
                    den = (
                        np.where(num < 0, -1, 1) * den
                        if den_high < LIMIT
                        else np.where(num < 0, -1, 1).astype(object) * den
                    )
                    num = np.abs(num)
        size = max(abs(low), abs(high), 1)
        lowest, highest = (0 if low >= 0 and self.low >= 0 else -self.size), self.size
        if low >= 0:
            lowest, highest = min(self.low, 0), max(self.high, 0)
        top = max(abs(lowest), abs(highest)) * den_high
        return Quantity(
            multiply(self.num, den, top),
            multiply(self.den, num, self.den_high * size),
            lowest * den_high,
            highest * den_high,
            self.den_high * size,
            strongest(self.absent, absent),
        )

    def compare(self, operator: Callable[[Any, Any], Any], other: Quantity) -> Any:
        """Row by row truth of `self operator other`, by cross multiplication; absent rows are the caller's."""
        a, b = _over_one_denominator(self, other)
        return operator(a.num, b.num)

    def clip(self, lowest: Quantity | None, highest: Quantity | None) -> Quantity:
        """Bounded on both sides; the bounds are known on every row."""
        result = self
        if lowest is not None:
            result = greater(result, lowest, keep=result.absent)
        if highest is not None:
            result = lesser(result, highest, keep=result.absent)
        return result

    def floor(self) -> Quantity:
        num = self.num if isinstance(self.den, int) and self.den == 1 else self.num // self.den
        return Quantity(num, 1, min(self.low, 0), max(self.high, -1), 1, self.absent)

    def known(self) -> Any:
        """Truth per row: there is a value."""
        return True if self.absent is None else self.absent == KNOWN

    def take(self, rows: Any) -> Quantity:
        """The rows of a slice or an index array."""
        num, den = (part if isinstance(part, int) else part[rows] for part in (self.num, self.den))
        absent = self.absent[rows] if isinstance(self.absent, np.ndarray) else self.absent
        return Quantity(num, den, self.low, self.high, self.den_high, absent)

    def at(self, row: int) -> Fraction | None:
        """The exact value of one row, None where absent."""
        if self.absence_at(row):
            return None
        num = self.num[row] if isinstance(self.num, np.ndarray) else self.num
        den = self.den[row] if isinstance(self.den, np.ndarray) else self.den
        return Fraction(int(num), int(den))

    def absence_at(self, row: int) -> int:
        return int(self.absent[row]) if isinstance(self.absent, np.ndarray) else int(self.absent or KNOWN)

    def values(self, rows: int) -> list[Fraction | None]:
        """All rows as exact fractions."""
        return [self.at(row) for row in range(rows)]

    @classmethod
    def of_fractions(cls, values: list[Fraction | None], absences: list[int] | None = None) -> Quantity:
        """A column of given fractions; None is MISSING unless `absences` says what it is."""
        kept = [Fraction(0) if v is None else v for v in values]
        den = math.lcm(*(v.denominator for v in kept)) if kept else 1
        num = np.array([v.numerator * (den // v.denominator) for v in kept] + [0], dtype=object)[:-1]
        absent = None
        if absences is not None:
            absent = np.array(absences, dtype=np.uint8)
        elif any(v is None for v in values):
            absent = np.array([MISSING if v is None else KNOWN for v in values], dtype=np.uint8)
        return cls.measured(num, den, absent).narrow()


def constant(value: Fraction | int, absent: Absent = None) -> Quantity:
    """One number for all rows."""
    exact = Fraction(value)
    return Quantity(exact.numerator, exact.denominator, exact.numerator, exact.numerator, exact.denominator, absent)


def _over_one_denominator(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    """The same two columns with one common denominator."""
    if a.den is b.den:
        return a, b
    if type(a.den) is int and type(b.den) is int:
        if a.den == b.den:
            return a, b
        common = math.lcm(a.den, b.den)
        return _expand(a, common // a.den, common // a.den, common), _expand(
            b, common // b.den, common // b.den, common
        )
    den_high = a.den_high * b.den_high
    common = multiply(a.den, b.den, den_high)
    return _expand(a, b.den, b.den_high, common), _expand(b, a.den, a.den_high, common)


def _expand(q: Quantity, factor: Integers, factor_high: int, den: Integers) -> Quantity:
    if type(factor) is int and factor == 1:
        return q
    low, high = q.low * factor_high, q.high * factor_high
    if type(factor) is not int:  # a column of factors from 1 to factor_high
        low, high = min(low, q.low), max(high, q.high)
    num = multiply(q.num, factor, max(abs(low), abs(high)))
    return Quantity(num, den, low, high, den if isinstance(den, int) else q.den_high * factor_high, q.absent)


def lesser(a: Quantity, b: Quantity, keep: Absent = False) -> Quantity:
    """The smaller of two. keep: the absence of the result, when it is not that of both operands."""
    return _pick(a, b, np.minimum, keep)


def greater(a: Quantity, b: Quantity, keep: Absent = False) -> Quantity:
    """The larger of two."""
    return _pick(a, b, np.maximum, keep)


def _pick(a: Quantity, b: Quantity, pick: Callable[[Any, Any], Any], keep: Absent) -> Quantity:
    absent = strongest(a.absent, b.absent) if keep is False else keep
    smaller = pick is np.minimum
    if type(a.den) is int and type(b.den) is int:  # the intervals may already tell
        if a.high * b.den <= b.low * a.den:
            return (a if smaller else b).with_absent(absent)
        if b.high * a.den <= a.low * b.den:
            return (b if smaller else a).with_absent(absent)
    a, b = _over_one_denominator(a, b)
    low = min(a.low, b.low) if smaller else max(a.low, b.low)
    high = min(a.high, b.high) if smaller else max(a.high, b.high)
    if isinstance(a.num, int) and isinstance(b.num, int):
        return Quantity(min(a.num, b.num) if smaller else max(a.num, b.num), a.den, low, high, a.den_high, absent)
    first, second = a.num, b.num
    if not _fits(0, first, second):
        first, second = _wide(first), _wide(second)
    return Quantity(pick(first, second), a.den, low, high, a.den_high, absent)
