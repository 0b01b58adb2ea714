"""Item tables and pools: one value out of many rows or many candidates."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from . import truth
from .values import MISSING, UNDEFINED, Absent, Seen, strongest


def median(values: list[Any]) -> Any:
    values = sorted(values, key=truth.ordered)
    middle = len(values) // 2
    if len(values) % 2:
        return values[middle]
    return (values[middle - 1] + values[middle]) / 2


TAKES = {
    "sum": lambda values: sum(values, Fraction(0)),
    "mean": lambda values: sum(values, Fraction(0)) / len(values),
    "median": median,
    "max": lambda values: max(values, key=truth.ordered),
    "best": lambda values: max(values, key=truth.ordered),
    "min": lambda values: min(values, key=truth.ordered),
    "first": lambda values: values[0],
    "last": lambda values: values[-1],
}


def take(name: str, values: list[Any]) -> Any:
    return TAKES[name](values) if values or name == "sum" else UNDEFINED


def over_table(
    table: str, name: str, arguments: list, keywords: dict, scope: Any, walk: Any
) -> Seen:
    rows = scope.rows_of(table)
    if rows is None or scope.lacking_keys(table):
        return Seen(MISSING)
    inside = [scope.in_row(table, row) for row in rows]
    where = [walk(keywords["where"], one) if "where" in keywords else Seen(True) for one in inside]

    if name in ("any", "every", "count"):
        holds = [walk(arguments[0], one) if arguments else Seen(True) for one in inside]
        if name == "every":
            return truth.every(
                [truth.either(truth.negate(w), h) for w, h in zip(where, holds, strict=True)]
            )
        wanted = [truth.both(w, h) for w, h in zip(where, holds, strict=True)]
        if name == "any":
            return truth.some(wanted)
        number = truth.how_many(wanted)
        if "by" not in keywords or isinstance(number.value, Absent):
            return number
        keys = [walk(keywords["by"], one) for one, w in zip(inside, wanted, strict=True) if w.value]
        absence = strongest([key.value for key in keys])
        different = Fraction(len({key.value for key in keys}))
        return Seen(absence or different, number.open or any(key.open for key in keys))

    seen = []
    for one, included in zip(inside, where, strict=True):
        if included.value is True:
            value = walk(arguments[0], one)
            seen.append(Seen(value.value, value.open or included.open))
        elif isinstance(included.value, Absent) or included.open:
            seen.append(included if isinstance(included.value, Absent) else Seen(None, True))
    unsettled = any(one.open for one in seen)
    values = [one.value for one in seen if one.value is not None]
    return Seen(strongest(values) or take(name, values), unsettled)


def over_pool(narrow: list, name: str, arguments: list, scope: Any, walk: Any) -> Seen:
    """Over the candidates of the pool for whom the node applies and the value is known."""
    mine = [walk(attribute, scope) for attribute in narrow]
    if absence := strongest([one.value for one in mine]):
        return Seen(absence)
    members, unsettled = scope.pool_members()
    seen = []
    for member in members:
        theirs = [walk(attribute, member) for attribute in narrow]
        if all(
            truth.compare("=", a.value, b.value) is True for a, b in zip(mine, theirs, strict=True)
        ):
            seen.append(walk(arguments[0], member) if arguments else Seen(True))
    unsettled = unsettled or any(one.open or one.value == MISSING for one in seen)
    values = [one.value for one in seen if not isinstance(one.value, Absent)]
    if name == "count":
        return Seen(Fraction(sum(1 for value in values if value)), unsettled)
    if name == "rank":
        own = walk(arguments[0], scope)
        if isinstance(own.value, Absent):
            return own
        larger = [v for v in values if truth.compare(">", v, own.value) is True]
        return Seen(Fraction(1 + len(larger)), unsettled or own.open)
    return Seen(take(name, values), unsettled)
