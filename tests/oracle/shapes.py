"""The nine shapes: a quantity to points inside a frame."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from . import tables
from .aggregates import take
from .expressions import evaluate
from .truth import compare
from .values import (
    PERCENT,
    UNDEFINED,
    Absent,
    Level,
    Seen,
    floor_of,
    read_percent,
    read_truth,
    rounded,
    strongest,
)

NAMES = ("linear", "bands", "steps", "count", "levels", "table", "value", "given", "full")


class Earned(NamedTuple):
    """Points, or the state of a criterion that has none (yet). `open`: shown, but provisional."""

    state: str
    points: Fraction = Fraction(0)
    nothing: bool = False


class Place(NamedTuple):
    """Where a shape stands: its frame, the scope, the id of its column of marks, what it inherits."""

    frame: Fraction
    scope: Any
    owner: str | None
    of: str | None = None


def name_of(holder: dict) -> str | None:
    return next((name for name in NAMES if name in holder), None)


def earned(holder: dict, place: Place) -> Earned:
    """The shape that a node, an entry or a band holds."""
    name = name_of(holder)
    spec = holder[name]
    if not isinstance(spec, dict):  # count: models, each: 2.5; value: x; full: x
        spec = {"of": spec} | {k: holder[k] for k in ("each", "start", "cap") if k in holder}
    place = place._replace(of=spec.get("of", spec.get("need", place.of)))
    result = SHAPES[name](spec, place)
    if isinstance(result, Absent):
        result = when_undefined(result, spec, place)
    if isinstance(result, Seen):
        result = Earned("open" if result.open else "scored", result.value)
    if "grid" in spec and result.state in ("scored", "open"):
        step = evaluate(spec["grid"], place.scope).value
        result = result._replace(points=rounded(result.points, step))
    return result


def when_undefined(absence: Absent, spec: dict, place: Place) -> Earned:
    answer = spec.get("when_zero") if absence == UNDEFINED else None
    if answer == "not_applicable":
        return Earned("not_applicable", nothing=True)
    if answer:
        read = [place.of, *(spec[key] for key in ("from", "to", "each") if key in spec)]
        unsettled = any(
            evaluate(text, place.scope).open for text in read
        )  # 0 so far: a pool with a member still missing
        return Earned("open" if unsettled else "scored", place.frame if answer == "full" else Fraction(0))
    return Earned(absence.state)


def points_at(spec: Any, place: Place) -> Seen | Absent | Earned:
    """What stands where points stand: a number, a share of the frame, `all`, a shape, a question."""
    if isinstance(spec, dict):
        if "ask" in spec:
            return Earned("needs_judgement")
        return points_at(spec["points"], place) if "points" in spec else earned(spec, place)
    if spec == "all":
        return Seen(place.frame)
    if PERCENT.fullmatch(str(spec).strip()):
        return Seen(place.frame * read_percent(spec))
    seen = evaluate(spec, place.scope)
    return seen.value if isinstance(seen.value, Absent) else seen


def numbers(spec: dict, place: Place, **defaults: str | None) -> tuple[dict, Absent | None, bool]:
    """The quantity and the numbers a shape is given, the strongest absence, and provisionality."""
    texts = {"of": place.of} | {key: spec.get(key, text) for key, text in defaults.items()}
    seen = {key: evaluate(text, place.scope) for key, text in texts.items() if text is not None}
    values = {key: one.value for key, one in seen.items()}
    return values, strongest(list(values.values())), any(one.open for one in seen.values())


def also_open(result: Any, unsettled: bool) -> Any:
    """Points read off a provisional quantity are provisional."""
    if unsettled and isinstance(result, Seen):
        return Seen(result.value, True)
    if unsettled and isinstance(result, Earned) and result.state == "scored":
        return result._replace(state="open")
    return result


def linear(spec: dict, place: Place) -> Seen | Absent:
    given, absence, unsettled = numbers(spec, place, **{"from": "0", "to": "1"})
    if absence:
        return absence
    if given["to"] == given["from"]:
        return UNDEFINED
    share = (given["of"] - given["from"]) / (given["to"] - given["from"])
    return Seen(min(max(share, Fraction(0)), Fraction(1)) * place.frame, unsettled)


EDGES = {"from": ">=", "above": ">", "below": "<", "up_to": "<="}


def band_of(value: Any, bands: list, scope: Any) -> tuple[int | Absent, bool]:
    """The number of the band the value falls in, and whether an edge of it is provisional."""
    unknown: list[Any] = []
    for number, band in enumerate(bands):
        if not isinstance(band, dict):  # a name of a level, or a list of names
            names = band if isinstance(band, list) else [band]
            if any(compare("=", value, str(name)) is True for name in names):
                return number, False
            continue
        edges = {edge: evaluate(band[edge], scope) for edge in EDGES if edge in band}
        inside = [compare(EDGES[edge], value, limit.value) for edge, limit in edges.items()]
        if all(one is True for one in inside):
            return number, any(limit.open for limit in edges.values())
        if not any(one is False for one in inside):
            unknown.append(strongest(inside))
    return strongest(unknown) or UNDEFINED, False


def bands(spec: dict, place: Place) -> Any:
    of = evaluate(place.of, place.scope)
    if isinstance(of.value, Absent):
        return of.value
    number, unsettled = band_of(of.value, spec["at"], place.scope)
    if isinstance(number, Absent):
        return number
    return also_open(points_at(spec["at"][number], place), of.open or unsettled)


def table(spec: dict, place: Place) -> Any:
    row, column = (evaluate(spec[key], place.scope) for key in ("rows", "columns"))
    if absence := strongest([row.value, column.value]):
        return absence
    row_number, row_open = band_of(row.value, spec["row_bands"], place.scope)
    column_number, column_open = band_of(column.value, spec["column_bands"], place.scope)
    if absence := strongest([row_number, column_number]):
        return absence
    cell = points_at(spec["points"][row_number][column_number], place)
    return also_open(cell, row.open or column.open or row_open or column_open)


def steps(spec: dict, place: Place) -> Any:
    given, absence, unsettled = numbers(spec, place, each=None, cap=None)
    worth = points_at(spec["points"], place)
    if absence or isinstance(worth, Absent):
        return strongest([absence, worth])
    if given["each"] == 0:
        return UNDEFINED
    number = max(given["of"] / given["each"], Fraction(0))
    part = spec.get("part", "down")
    if part != "exact":
        number = Fraction(floor_of(number) if part == "down" else -floor_of(-number))
    points = number * worth.value
    return Seen(min(points, given["cap"]) if "cap" in given else points, unsettled or worth.open)


def count(spec: dict, place: Place) -> Seen | Absent:
    given, absence, unsettled = numbers(spec, place, each=None, start="0", cap=None)
    if absence:
        return absence
    points = max(given["of"] - given["start"], Fraction(0)) * given["each"]
    return Seen(min(points, given["cap"]) if "cap" in given else points, unsettled)


def levels(spec: dict, place: Place) -> Any:
    of = evaluate(place.of, place.scope)
    if isinstance(of.value, Absent):
        return of.value
    if isinstance(of.value, Fraction):
        return also_open(numbered_levels(spec, place, of.value), of.open)
    for name, points in spec["points"].items():
        wanted = of.value.name if isinstance(of.value, Level) else of.value
        if wanted == (read_truth(name) if isinstance(wanted, bool) else name):
            return also_open(points_at(points, place), of.open)
    return UNDEFINED


def numbered_levels(spec: dict, place: Place, number: Fraction) -> Any:
    """Levels by a small whole number: `points` for n occurrences, `nth` for the nth."""
    if number.denominator != 1:
        return UNDEFINED
    if "nth" not in spec:
        return at_number(spec["points"], spec, place, int(number))
    total, unsettled = Fraction(0), False
    for n in range(1, int(number) + 1):
        one = at_number(spec["nth"], spec, place, n, summed=True)
        if not isinstance(one, Seen):
            return one
        total, unsettled = total + one.value, unsettled or one.open
    return Seen(total, unsettled)


def at_number(points: dict, spec: dict, place: Place, number: int, summed: bool = False) -> Any:
    keys = {int(str(key).rstrip("+")): key for key in points}
    if number < min(keys):
        return Seen(Fraction(0))
    if number in keys:
        return points_at(points[keys[number]], place)
    last = max(keys)
    if number > last and str(keys[last]).endswith("+"):
        return points_at(points[keys[last]], place)
    if number > last and "then" in spec:
        further = points_at(spec["then"], place)
        reached = Seen(Fraction(0)) if summed else points_at(points[keys[last]], place)
        if not (isinstance(further, Seen) and isinstance(reached, Seen)):
            return further if not isinstance(further, Seen) else reached
        times = 1 if summed else number - last
        return Seen(reached.value + times * further.value, reached.open or further.open)
    return UNDEFINED  # a number the table does not name: refused by the check


def value(spec: dict, place: Place) -> Seen | Absent:
    seen = evaluate(place.of, place.scope)
    return seen.value if isinstance(seen.value, Absent) else seen


def full(spec: dict, place: Place) -> Seen | Absent:
    seen = evaluate(place.of, place.scope)
    if isinstance(seen.value, Absent):
        return seen.value
    return Seen(place.frame if seen.value else Fraction(0), seen.open)


def given(spec: dict, place: Place) -> Any:
    if "panel" in spec:
        return panel(spec, place)
    mark = tables.judged(place.scope.cell(place.owner))
    if mark is None:
        return Earned("needs_judgement")
    return mark if isinstance(mark, Absent) else Seen(mark)


def panel(spec: dict, place: Place) -> Any:
    rows = place.scope.rows_of(spec["panel"])
    if rows is None or place.scope.lacking_keys(spec["panel"]):
        return Earned("needs_judgement")
    marks = [tables.judged(tables.cell_of(row, place.owner)) for row in rows]
    marks = [mark for mark in marks if isinstance(mark, Fraction)]  # the others abstain
    at_least = evaluate(spec.get("at_least", "1"), place.scope).value
    how = spec.get("take", "mean")
    if how == "trimmed":
        marks_left = sorted(marks)[1:-1]
        how = "mean"
    else:
        marks_left = marks
    if len(marks) < at_least or not marks_left:
        return Earned("needs_judgement")
    return Seen(take(how, marks_left))


SHAPES = {
    "linear": linear,
    "bands": bands,
    "steps": steps,
    "count": count,
    "levels": levels,
    "table": table,
    "value": value,
    "given": given,
    "full": full,
}
