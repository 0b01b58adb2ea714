"""Kleene's three-valued truth, comparison and arithmetic over exact values."""

from __future__ import annotations

import operator
from datetime import date
from fractions import Fraction
from typing import Any

from .values import UNDEFINED, Absent, Level, Seen, read_date, read_number, read_truth, strongest


def negate(seen: Seen) -> Seen:
    return seen if isinstance(seen.value, Absent) else Seen(not seen.value, seen.open)


def both(left: Seen, right: Seen) -> Seen:
    """Kleene's `and`. A settled false decides alone."""
    if Seen(False) in (left, right):
        return Seen(False)
    unsettled = left.open or right.open
    if left.value is False or right.value is False:
        return Seen(False, unsettled)
    absence = strongest([left.value, right.value])
    return Seen(absence if absence else True, unsettled)


def either(left: Seen, right: Seen) -> Seen:
    return negate(both(negate(left), negate(right)))


def every(seen: list[Seen]) -> Seen:
    result = Seen(True)
    for one in seen:
        result = both(result, one)
    return result


def some(seen: list[Seen]) -> Seen:
    return negate(every([negate(one) for one in seen]))


def how_many(seen: list[Seen]) -> Seen:
    unsettled = any(one.open for one in seen)
    absence = strongest([one.value for one in seen])
    return Seen(absence if absence else Fraction(sum(one.value for one in seen)), unsettled)


SIGNS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


def alike(left: Any, right: Any) -> tuple[Any, Any]:
    """Both sides as things Python can compare: levels by their place, words by what they mean."""
    if isinstance(left, Level):
        return left.index, place_in(right, left.order)
    if isinstance(right, Level):
        return place_in(left, right.order), right.index
    for reader, kind in ((read_truth, bool), (read_date, date), (read_number, Fraction)):
        if isinstance(left, kind) and isinstance(right, str):
            return left, reader(right)
        if isinstance(right, kind) and isinstance(left, str):
            return reader(left), right
    return left, right


def place_in(value: Any, order: tuple[str, ...]) -> int | None:
    """The place of a name, another level or a number in an ordered list of names."""
    if isinstance(value, Level):
        value = value.name
    for place, name in enumerate(order):
        if value == name or (isinstance(value, Fraction) and read_number(name) == value):
            return place
    return None


def compare(sign: str, left: Any, right: Any) -> bool | Absent:
    if absence := strongest([left, right]):
        return absence
    left, right = alike(left, right)
    if sign in ("=", "!="):
        return (left == right) == (sign == "=")
    if left is None or right is None:
        return UNDEFINED  # a name that is no level: refused by the check
    return SIGNS[sign](left, right)


def arithmetic(sign: str, left: Any, right: Any) -> Fraction | Absent:
    if absence := strongest([left, right]):
        return absence
    if sign == "/":
        return left / right if right != 0 else UNDEFINED
    return SIGNS[sign](left, right)


def ordered(value: Any) -> Any:
    """What Python can sort."""
    return value.index if isinstance(value, Level) else value
