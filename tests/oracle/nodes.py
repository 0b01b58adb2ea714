"""One node: when, shape or children, coefficient, grid, places, bounds, less, plus, zero, floor, ceiling."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

from . import combine, entries, shapes
from .expressions import condition, evaluate
from .tree import Node
from .values import NOT_APPLICABLE, Absent, Result, Seen, rounded, stronger, strongest

ZERO = Fraction(0)
NOT_CONCLUDED = ("not_verified", "returned")


class Mark(NamedTuple):
    """The declared full mark, whether there is one that bounds the points, whether it is provisional."""

    value: Fraction | Absent
    bounds: bool
    open: bool = False


def assess(node: Node, scope: Any, book: dict) -> Result:
    """The result of a node for one candidate; entries with an id go into the book."""
    repeated = node in scope.repeating
    declared = full_mark(node, scope, inside=repeated)
    mark = declared.value
    state, own = standing(node, scope), when(node, scope)
    if state:
        known = ZERO if isinstance(mark, Absent) else mark
        in_force = ZERO if state == "not_applicable" else known
        return left_out(node, Result(state, maximum=in_force, mark=known), book)
    if isinstance(mark, Absent):
        return left_out(node, Result(mark.state), book)
    if "over" in node.spec and not repeated:
        return combine.over_keys(node, scope, mark)
    if own in ("full", "zero"):
        points = scope.round_line(mark) if own == "full" else ZERO
        state = "open" if declared.open and own == "full" else "scored"
        return left_out(node, Result(state, points, mark, mark), book)

    if shapes.name_of(node.spec) and node.parent:
        earned = shapes.earned(node.spec, shapes.Place(mark, scope.at(node), node.id))
        base = Result(earned.state, earned.points, mark, mark, earned.nothing)
    else:
        base = combine.children(node, scope, mark)
    if base.state == "not_applicable":
        return left_out(node, replace(base, points=ZERO, maximum=ZERO, mark=mark), book)
    if declared.open and base.state == "scored":
        base = replace(base, state="open")
    return finish(node, scope.at(node), base, declared.bounds and not node.sums, book)


def standing(node: Node, scope: Any) -> str | None:
    """The state in which a decision, a `when`, or what stands above leaves the node; None: it is looked at.

    From the root down: what surely does not apply is out, wherever something above it waits; nothing is looked at inside
    what is closed; else the first that waits has the word.
    """
    waits = None
    for one in [*node.above, node]:
        said = when(one, scope)
        if said in ("exclude", NOT_APPLICABLE) or (one is not node and said in ("full", "zero")):
            return "not_applicable"
        if waits is None and said == "closed":
            return "closed"
        if waits is None and said in NOT_CONCLUDED:
            waits = said
        if waits is None and isinstance(said, Absent):
            waits = said.state
    return waits


def when(node: Node, scope: Any) -> str | Absent:
    """What its `when` or a decision says of the node: who surely does not belong is out, then the decision counts."""
    decided = decision(node, scope)
    own = "exclude" if decided == "not_applicable" else own_when(node, scope)
    return own if decided is None or own in ("exclude", NOT_APPLICABLE) else decided


def decision(node: Node, scope: Any) -> str | None:
    found = scope.round.decisions.get(node.id, {}).get(scope.candidate.id, "scored")
    return None if found == "scored" else found


def own_when(node: Node, scope: Any) -> str | Absent:
    """What the node's `when` says; that of a node over keys is asked key by key."""
    if "over" in node.spec and node not in scope.repeating:
        return "holds"
    if not (node.repeated or node in scope.repeating):
        scope = scope.outside()  # above the node over keys no row is in sight
    return entries.applies(node.spec.get("when") if node.parent else None, scope.at(node.parent))


def fails(applying: str | Absent) -> bool:
    """Whether a `when` or a decision surely leaves nothing to be measured below."""
    return applying in (NOT_APPLICABLE, "exclude", "full", "zero", "closed")


def left_out(node: Node, result: Result, book: dict) -> Result:
    """Nobody looks at the entries of this node."""
    state = "not_applicable" if result.settled and result.state != "closed" else result.state
    for one in node.entries:
        entries.leave_out(one, book, state)
    return result


def full_mark(node: Node, scope: Any, inside: bool = False) -> Mark:
    spec = node.spec
    over = spec.get("over")
    if over and not inside and isinstance(over, dict) and over.get("take") == "sum":
        text = over.get("cap", "none")
    elif node.parent is None:
        text = (spec.get("points") or {}).get("max")
    else:
        text = spec.get("max")
    if text == "none" or (text is None and not node.children and node.parent):
        return Mark(ZERO, False)
    if text is not None:
        seen = evaluate(text, scope.at(node))
        return Mark(seen.value, True, seen.open)
    marks = [full_mark(child, scope) for child in node.children]
    absent = [one.value for one in marks if isinstance(one.value, Absent)]
    total = absent[0] if absent else sum((one.value for one in marks), ZERO)
    return Mark(total, all(one.bounds for one in marks), any(one.open for one in marks))


def finish(node: Node, scope: Any, base: Result, bounded: bool, book: dict) -> Result:
    """Everything after the shape or the children, in the order of the language."""
    spec, mark = node.spec, base.mark
    state, points, maximum = base.state, base.points, base.maximum
    if spec.get("rescale") == "true" and maximum != 0:
        points, maximum = points * mark / maximum, mark
    given = own_numbers(spec, scope)
    absence = strongest([one.value for one in given.values()])
    numbers = {key: one.value for key, one in given.items() if not isinstance(one.value, Absent)}
    if absence == NOT_APPLICABLE and state != "not_assessed":
        return left_out(node, Result("not_applicable", mark=mark), book)
    state = stronger(state, absence)
    if state in ("scored", "open"):
        points *= numbers.get("coefficient", Fraction(1))
        state = "open" if any(one.open for one in given.values()) else state
    else:
        points = ZERO
    if "grid" in numbers:
        points = rounded(points, numbers["grid"])
    points = scope.round_line(points)
    if bounded:
        raised = numbers.get("ceiling") if spec.get("ceiling") != "max" else None
        points = min(points, mark if raised is None else max(mark, raised))  # a ceiling above the max raises the bound
        if spec.get("floor") != "none":
            points = max(points, min(numbers.get("floor", ZERO), ZERO))

    if scope.stopped_below(node):  # its entries come after the stop
        for one in node.entries:
            entries.leave_out(one, book, "not_assessed")
    else:
        for side, sign, frame in (("less", -1, points), ("plus", 1, mark)):
            if not spec.get(side):
                continue
            result = entries.sum_up(spec[side], scope, frame, book)
            points += sign * result.points
            if not result.settled and state == "scored":
                state = "open"

    emptied = [passes(control, scope) for control in controls(spec.get("zero"))]
    if False in emptied:
        state, points = "scored", ZERO
    elif None in emptied and state == "scored":
        state = "open"
    if state not in ("scored", "open") and not node.entries:
        points = ZERO
    else:
        if spec.get("floor") != "none":
            points = max(points, numbers.get("floor", ZERO))
        ceiling = mark if spec.get("ceiling") == "max" else numbers.get("ceiling", points)
        points = min(points, ceiling)
    if node.parent is None and scope.round_at == "total":
        points = scope.round_print(points)
    return Result(state, points, maximum, mark)


def own_numbers(spec: dict, scope: Any) -> dict[str, Seen]:
    """The numbers a node states for itself, as far as they are written as numbers."""
    keys = ("coefficient", "grid", "floor", "ceiling")
    written = {key: spec[key] for key in keys if spec.get(key, "none") not in ("none", "max")}
    return {key: evaluate(text, scope) for key, text in written.items()}


def controls(spec: Any) -> list[dict]:
    """A control is one `{need, say}` or a list of them."""
    if spec is None:
        return []
    listed = spec if isinstance(spec, list) else [spec]
    return [one if isinstance(one, dict) else {"need": one} for one in listed]


def passes(control: dict, scope: Any) -> bool | None:
    """Whether the need holds; what is decided not applicable does not stand; None: nobody knows."""
    truth = condition(control["need"], scope)
    if truth == NOT_APPLICABLE:
        return True
    return None if isinstance(truth, Absent) else truth
