"""Item tables and pools: one value out of many rows or many candidates."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from . import truth
from .values import MISSING, NOT_APPLICABLE, UNDEFINED, Absent, Seen, strongest


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


def over_table(table: str, name: str, arguments: list, keywords: dict, scope: Any, walk: Any) -> Seen:
    """A row something of which is not applicable is left out; what counts must be known."""
    rows = scope.rows_of(table)
    if rows is None:
        return Seen(MISSING)
    if name in ("first", "last") and "key" not in scope.round.tables[table]:
        raise ValueError(f"{table}.{name} needs a key")
    lacking = scope.lacking_keys(table)
    found = []
    for row in rows:
        one = scope.in_row(table, row)
        where = walk(keywords["where"], one) if "where" in keywords else Seen(True)
        value = walk(arguments[0], one) if arguments else Seen(True)
        key = walk(keywords["by"], one) if "by" in keywords else Seen(None)
        if NOT_APPLICABLE not in (where.value, value.value, key.value):
            found.append((where, value, key))

    if name in ("any", "every"):
        holds = [
            truth.both(where, value) if name == "any" else truth.either(truth.negate(where), value)
            for where, value, _ in found
        ]
        holds += [Seen(MISSING)] if lacking else []
        return unknown_is_missing(truth.some(holds) if name == "any" else truth.every(holds))
    if lacking:
        return Seen(MISSING)
    if name == "count":
        wanted = [truth.both(where, value) for where, value, _ in found]
        number = unknown_is_missing(truth.how_many(wanted))
        if "by" not in keywords or isinstance(number.value, Absent):
            return number
        keys = [key for (_, _, key), holds in zip(found, wanted, strict=True) if holds.value]
        if strongest([key.value for key in keys]):
            return Seen(MISSING)
        different = Fraction(len({key.value for key in keys}))
        return Seen(different, number.open or any(key.open for key in keys))

    counting = [(where, value) for where, value, _ in found if where.value is not False]
    unsettled = any(where.open for where, _, _ in found) or any(one.open for _, one in counting)
    values = [one.value for _, one in counting]
    if strongest([where.value for where, _ in counting]) or strongest(values):
        return Seen(MISSING)
    return Seen(take(name, values), unsettled)


def unknown_is_missing(seen: Seen) -> Seen:
    return Seen(MISSING) if isinstance(seen.value, Absent) else seen


def over_pool(narrow: list, name: str, arguments: list, scope: Any, walk: Any) -> Seen:
    """Over the candidates of the pool for whom the node applies and the value is known."""
    mine = [walk(attribute, scope) for attribute in narrow]
    if absence := strongest([one.value for one in mine]):
        return Seen(absence)

    def beside(one: Any) -> bool:
        theirs = [walk(attribute, one) for attribute in narrow]
        return all(truth.compare("=", a.value, b.value) is True for a, b in zip(mine, theirs, strict=True))

    members, unknown = scope.pool_members()
    seen = [walk(arguments[0], member) if arguments else Seen(True) for member in members if beside(member)]
    unsettled = any(beside(one) for one in unknown) or any(one.open or one.value == MISSING for one in seen)
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
