"""What an expression gives for one candidate (and one row of a table, where it stands in one)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from . import aggregates
from .syntax import parse
from .truth import arithmetic, both, compare, either, every, how_many, negate, ordered, some
from .values import MISSING, UNDEFINED, Absent, Seen, floor_of, rounded, strongest


def evaluate(text: str, scope: Any) -> Seen:
    return walk(parse(str(text)), scope)


def condition(text: str, scope: Any) -> bool | Absent:
    """Truth for a control: what is provisional is not known yet."""
    seen = evaluate(text, scope)
    return MISSING if seen.open and not isinstance(seen.value, Absent) else seen.value


def walk(tree: tuple, scope: Any) -> Seen:
    return KINDS[tree[0]](tree, scope)


def on_two(operation: Any) -> Any:
    def apply(tree: tuple, scope: Any) -> Seen:
        _, sign, left_tree, right_tree = tree
        left, right = walk(left_tree, scope), walk(right_tree, scope)
        return Seen(operation(sign, left.value, right.value), left.open or right.open)

    return apply


def member(tree: tuple, scope: Any) -> Seen:
    _, subject, choices = tree
    return some([walk(("compare", "=", subject, choice), scope) for choice in choices])


def pick(tree: tuple, scope: Any) -> Seen:
    _, subject_tree, choices = tree
    subject = walk(subject_tree, scope)
    if isinstance(subject.value, Absent):
        return subject
    for key, number in choices:
        if compare("=", subject.value, key) is True:
            chosen = walk(number, scope)
            return Seen(chosen.value, chosen.open or subject.open)
    return Seen(UNDEFINED, subject.open)


# --- functions ---------------------------------------------------------------------------------


def workdays(start: date, end: date, holidays: set[date]) -> int:
    """Working days after `start` up to `end`."""
    if end < start:
        return -workdays(end, start, holidays)
    days = [start + timedelta(n) for n in range(1, (end - start).days + 1)]
    return sum(1 for day in days if day.weekday() < 5 and day not in holidays)


def round_to(value: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    return rounded(value, Fraction(1, 10) ** int(places))


PLAIN = {
    "min": lambda scope, *values: min(values, key=ordered),
    "max": lambda scope, *values: max(values, key=ordered),
    "abs": lambda scope, value: abs(value),
    "floor": lambda scope, value: Fraction(floor_of(value)),
    "ceil": lambda scope, value: Fraction(-floor_of(-value)),
    "round": lambda scope, *values: round_to(*values),
    "days": lambda scope, start, end: Fraction((end - start).days),
    "workdays": lambda scope, start, end: Fraction(workdays(start, end, scope.holidays())),
    "on": lambda scope, day, *month: scope.day_of_round(int(day), *map(int, month)),
}


def call(tree: tuple, scope: Any) -> Seen:
    _, name, arguments, keywords = tree
    if name in PLAIN:
        seen = [walk(argument, scope) for argument in arguments]
        absence = strongest([one.value for one in seen])
        value = absence if absence else PLAIN[name](scope, *[one.value for one in seen])
        return Seen(value, any(one.open for one in seen))
    if name == "if":
        test = walk(arguments[0], scope)
        if isinstance(test.value, Absent):
            return test
        taken = walk(arguments[1] if test.value else arguments[2], scope)
        return Seen(taken.value, taken.open or test.open)
    if name == "default":
        first = walk(arguments[0], scope)
        return walk(arguments[1], scope) if first.value == MISSING else first
    if name == "known":
        return Seen(not isinstance(walk(arguments[0], scope).value, Absent))
    if name == "prev":
        before = scope.before()
        return walk(arguments[0], before) if before else Seen(MISSING)
    if name == "over":  # over(months, mean, score) is months.mean(score)
        table, take, value = arguments
        return aggregates.over_table(table[1], take[1], [value], keywords, scope, walk)
    if name in ("every", "any", "count"):
        over_parts = len(arguments) == 2 and arguments[0] == ("name", "parts")
        seen = [walk(arguments[-1], scope.of_leaf(leaf)) for leaf in scope.criteria(over_parts)]
        return {"every": every, "any": some, "count": how_many}[name](seen)
    raise ValueError(f"unknown function {name}")


def method(tree: tuple, scope: Any) -> Seen:
    _, subject, narrow, name, arguments, keywords = tree
    if subject == "pool":
        return aggregates.over_pool(narrow, name, arguments, scope, walk)
    return aggregates.over_table(subject, name, arguments, keywords, scope, walk)


KINDS = {
    "literal": lambda tree, scope: Seen(tree[1]),
    "name": lambda tree, scope: scope.name(tree[1]),
    "node": lambda tree, scope: scope.of_node(tree[1], tree[2]),
    "column": lambda tree, scope: scope.single(tree[1], tree[2]),
    "not": lambda tree, scope: negate(walk(tree[1], scope)),
    "and": lambda tree, scope: both(walk(tree[1], scope), walk(tree[2], scope)),
    "or": lambda tree, scope: either(walk(tree[1], scope), walk(tree[2], scope)),
    "compare": on_two(compare),
    "arithmetic": on_two(arithmetic),
    "in": member,
    "pick": pick,
    "call": call,
    "method": method,
}
