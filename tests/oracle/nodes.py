"""One node: when, shape or children, coefficient, grid, places, bounds, less, plus, zero, floor, ceiling."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from . import combine, entries, shapes
from .expressions import condition, evaluate
from .tree import Node
from .values import NOT_APPLICABLE, Absent, Result, rounded

ZERO = Fraction(0)


def assess(node: Node, scope: Any, book: dict) -> Result:
    """The result of a node for one candidate; entries with an id go into the book."""
    repeated = node in scope.repeating
    mark, bounded = full_mark(node, scope, inside=repeated)
    if isinstance(mark, Absent):
        return left_out(node, Result(mark.state), book)
    above = [when(ancestor, scope) for ancestor in node.above]
    own = when(node, scope)
    if any(fails(one) for one in above) or own in ("exclude", NOT_APPLICABLE):
        return left_out(node, Result("not_applicable", mark=mark), book)
    for applying in [*above, own]:
        if isinstance(applying, Absent):
            return left_out(node, Result(applying.state, maximum=mark, mark=mark), book)
    if "over" in node.spec and not repeated:
        return combine.over_keys(node, scope, mark)
    if own in ("full", "zero"):
        points = scope.round_line(mark) if own == "full" else ZERO
        return left_out(node, Result("scored", points, mark, mark), book)

    if shapes.name_of(node.spec) and node.parent:
        earned = shapes.earned(node.spec, shapes.Place(mark, scope.at(node), node.id))
        base = Result(earned.state, earned.points, mark, mark, earned.nothing)
    else:
        base = combine.children(node, scope, mark)
    if base.state == "not_applicable":
        return left_out(node, replace(base, points=ZERO, maximum=ZERO, mark=mark), book)
    return finish(node, scope.at(node), base, bounded, book)


def when(node: Node, scope: Any) -> str | Absent:
    """What the node's `when` says; that of a node over keys is asked key by key."""
    if "over" in node.spec and node not in scope.repeating:
        return "holds"
    return entries.applies(node.spec.get("when") if node.parent else None, scope.at(node.parent))


def fails(applying: str | Absent) -> bool:
    """Whether a `when` surely leaves nothing of the nodes below."""
    return applying == NOT_APPLICABLE or isinstance(applying, str) and applying != "holds"


def left_out(node: Node, result: Result, book: dict) -> Result:
    """Nobody looks at the entries of this node."""
    state = "not_applicable" if result.settled else result.state
    for one in node.entries:
        entries.leave_out(one, book, state)
    return result


def full_mark(node: Node, scope: Any, inside: bool = False) -> tuple[Fraction | Absent, bool]:
    """The declared full mark, and whether it bounds the points."""
    spec = node.spec
    over = spec.get("over")
    if over and not inside and isinstance(over, dict) and over.get("take") == "sum":
        text = over.get("cap", "none")
    elif node.parent is None:
        text = (spec.get("points") or {}).get("max")
    else:
        text = spec.get("max")
    if text == "none" or (text is None and not node.children and node.parent):
        return ZERO, False
    if text is not None:
        return evaluate(text, scope.at(node)).value, True
    marks = [full_mark(child, scope) for child in node.children]
    absent = [mark for mark, _ in marks if isinstance(mark, Absent)]
    total = absent[0] if absent else sum((mark for mark, _ in marks), ZERO)
    return total, all(bounded for _, bounded in marks)


def finish(node: Node, scope: Any, base: Result, bounded: bool, book: dict) -> Result:
    """Everything after the shape or the children, in the order of the language."""
    spec, mark = node.spec, base.mark
    state, points, maximum = base.state, base.points, base.maximum
    if spec.get("rescale") == "true" and maximum != 0:
        points, maximum = points * mark / maximum, mark
    if "coefficient" in spec and state in ("scored", "open"):
        factor = evaluate(spec["coefficient"], scope)
        if factor.value == NOT_APPLICABLE:
            return left_out(node, Result("not_applicable", mark=mark), book)
        if isinstance(factor.value, Absent):
            state, points = factor.value.state, ZERO
        else:
            points *= factor.value
            state = "open" if factor.open else state
    if "grid" in spec:
        points = rounded(points, evaluate(spec["grid"], scope).value)
    points = scope.round_line(points)
    if bounded:
        points = min(max(points, ZERO), mark)

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
        points = within_floor_and_ceiling(spec, scope, points, mark)
    if node.parent is None and scope.round_at == "total":
        points = scope.round_print(points)
    return Result(state, points, maximum, mark)


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


def within_floor_and_ceiling(spec: dict, scope: Any, points: Fraction, mark: Fraction) -> Fraction:
    floor, ceiling = spec.get("floor", "0"), spec.get("ceiling", "none")
    if floor != "none":
        points = max(points, evaluate(floor, scope).value)
    if ceiling != "none":
        points = min(points, mark if ceiling == "max" else evaluate(ceiling, scope).value)
    return points
