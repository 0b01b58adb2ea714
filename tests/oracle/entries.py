"""Entries of less and plus, and their groups."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from . import shapes
from .expressions import condition, evaluate
from .tree import group_of, parts_of
from .values import Absent, Result, rounded, stronger, strongest


def applies(spec: Any, scope: Any) -> str | Absent:
    """What a `when` says: holds, exclude, full, zero, or why nobody knows."""
    if spec is None:
        return "holds"
    if not isinstance(spec, dict):
        spec = {"need": spec}
    truth = condition(spec["need"], scope)
    if isinstance(truth, Absent):
        return truth
    return "holds" if truth else spec.get("else", "exclude")


def sum_up(entries: Any, scope: Any, frame: Fraction, book: dict) -> Result:
    """All of a node's less or all of its plus. Results of entries with an id go into the book."""
    return entry(group_of(entries), scope, frame, book)


def entry(spec: dict, scope: Any, frame: Fraction, book: dict) -> Result:
    applying = applies(spec.get("when"), scope)
    if applying == "holds":
        result = counted(spec, scope, frame, book)
    else:
        for inner in parts_of(spec)[1]:
            leave_out(inner, book)
        if isinstance(applying, Absent):
            result = Result(applying.state)
        elif applying == "exclude":
            result = Result("not_applicable")
        else:
            points = own_frame(spec, scope, frame) if applying == "full" else Fraction(0)
            result = bounded(Result("scored", points), spec, scope)
    if "id" in spec:
        book[spec["id"]] = result
    return result


def leave_out(spec: dict, book: dict, state: str = "not_applicable") -> None:
    """An entry nobody looks at."""
    if "id" in spec:
        book[spec["id"]] = Result(state)
    for inner in parts_of(spec)[1]:
        leave_out(inner, book, state)


def own_frame(spec: dict, scope: Any, frame: Fraction) -> Fraction:
    return evaluate(spec["max"], scope).value if "max" in spec else frame


def counted(spec: dict, scope: Any, frame: Fraction, book: dict) -> Result:
    how, parts = parts_of(spec)
    if how == "one_of":
        result = first_that_applies(parts, scope, frame, book)
    elif how:
        result = combined(how, [entry(one, scope, frame, book) for one in parts])
    else:
        without_cap = {key: text for key, text in spec.items() if key != "cap"}
        place = shapes.Place(own_frame(spec, scope, frame), scope, spec.get("id"))
        result = Result(*shapes.earned(without_cap, place)[:2])
    return bounded(result, spec, scope)


def combined(how: str, results: list[Result]) -> Result:
    """The sum, or the largest; an unsettled entry counts 0 so far."""
    counting = [one for one in results if one.in_force]
    if results and not counting:
        return Result("not_applicable")
    points = [one.points for one in counting] or [Fraction(0)]
    settled = all(one.settled for one in counting)
    return Result("scored" if settled else "open", sum(points) if how == "items" else max(points))


def first_that_applies(parts: list, scope: Any, frame: Fraction, book: dict) -> Result:
    for number, one in enumerate(parts):
        applying = applies(one.get("when"), scope)
        if applying == "holds" or isinstance(applying, Absent):
            chosen = entry(one, scope, frame, book)
            for other in parts[number + 1 :]:
                leave_out(other, book)
            return chosen if chosen.settled else Result("open", chosen.points)
        leave_out(one, book)
    return Result("not_applicable")


def bounded(result: Result, spec: dict, scope: Any) -> Result:
    """Coefficient, grid, places, then floor, cap and the entry's own max."""
    if result.state in ("not_applicable", "not_assessed"):
        return Result(result.state)
    numbers = {
        key: evaluate(spec[key], scope)
        for key in ("coefficient", "grid", "floor", "cap", "max")
        if key in spec and spec[key] != "none"
    }
    state = stronger(result.state, strongest([seen.value for seen in numbers.values()]))
    if state not in ("scored", "open"):
        return Result(state)
    points = result.points
    if "coefficient" in numbers:
        points *= numbers["coefficient"].value
    if "grid" in numbers:
        points = rounded(points, numbers["grid"].value)
    points = scope.round_line(points)
    if "floor" in numbers:
        points = max(points, numbers["floor"].value)
    elif "floor" not in spec and parts_of(spec)[0] is None:
        points = max(points, Fraction(0))
    for limit in ("cap", "max"):
        if limit in numbers:
            points = min(points, numbers[limit].value)
    provisional = result.state == "open" or any(seen.open for seen in numbers.values())
    return Result("open" if provisional else "scored", points)
