"""Full marks: every node has one, sums add up, every shape at its best gives it exactly."""

from __future__ import annotations

import itertools
from fractions import Fraction

from criteria.binding import SetBindery
from criteria.criteria_set import CriteriaSet
from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Node
from criteria.exact import NumeralError, read_decimal, show_vietnamese
from criteria.expressions import kinds
from criteria.expressions.functions_numbers import Picked
from criteria.expressions.terms import Measured
from criteria.shapes.base import Declaration

_MOST = 64


def assignments(bound: CriteriaSet) -> list[dict[str, int]]:
    """Every way to fix the attributes that pick(…) reads; one by one if together they are too many. Worked out once for a bound set."""
    if bound.level_choices is None:
        bound.level_choices = _assignments(bound)
    return bound.level_choices


def _assignments(bound: CriteriaSet) -> list[dict[str, int]]:
    found: dict[str, int] = {}
    for formula in bound.formulas:
        if formula.bound:
            for term in formula.term.walk():
                if isinstance(term, Picked) and isinstance(term.parts[0], Measured):
                    found[term.parts[0].name] = len(term.levels)
    if not found:
        return [{}]
    ranges = [range(count) for count in found.values()]
    size = 1
    for span in ranges:
        size *= len(span)
    if size <= _MOST:
        return [dict(zip(found, choice, strict=True)) for choice in itertools.product(*ranges)]
    return [{**dict.fromkeys(found, 0), name: level} for name, count in found.items() for level in range(count)]


def check(bound: CriteriaSet, bindery: SetBindery) -> None:
    for node in bound.nodes():
        if not node.parts and node.max is None and not node.unbounded and not (node.over and node.over.take == "sum"):
            bindery.problem(
                "max-missing",
                node,
                "",
                f"{node.id} không có điểm tối đa.",
                "Thêm max: …, hoặc max: none nếu không có khung điểm.",
            )
        if node.parts and node.max is None and not node.unbounded and node.combine.how != "sum":
            bindery.problem(
                "max-missing",
                node,
                "",
                f"{node.id} gộp theo {node.combine.how} nên phải ghi điểm tối đa.",
                "Thêm max: ….",
            )
    declared = bound.declaration
    if declared.parts and declared.points.max is None and declared.combine.how != "sum":
        bindery.problem(
            "max-missing",
            declared,
            "combine",
            f"Bộ tiêu chí gộp theo {declared.combine.how} nên phải ghi điểm tối đa.",
            "Thêm points: {max: …}.",
        )
    branches: list[Node | SetDeclaration] = [*bound.nodes(), declared]
    for branch in branches:
        _floor(branch, bindery)
        _combined(branch, bindery)
    for levels in assignments(bound):
        for part in bound.declaration.parts:
            _frame(part, levels, bindery)
        _root(bound, levels, bindery)
        for quantity in bound.declaration.quantities.values():
            if quantity.shape is not None and quantity.shape._of is not None:
                quantity.shape.check(bindery, None, levels)


def _floor(branch: Node | SetDeclaration, bindery: SetBindery) -> None:
    """The floor of a node is a plain number, or none."""
    if branch.floor is None or branch.floor == "none":
        return
    try:
        read_decimal(branch.floor)
    except NumeralError as error:
        bindery.problem(
            error.code,
            branch,
            "floor",
            f"“{branch.floor}” không phải là số viết đúng.",
            "Viết floor: 0, floor: -5 hoặc floor: none.",
        )


def _combined(branch: Node | SetDeclaration, bindery: SetBindery) -> None:
    """What a way to combine asks of every child."""
    name = branch.id if isinstance(branch, Node) else "Bộ tiêu chí"
    for child in branch.parts:
        if branch.combine.how == "one_of" and child.when is None:
            bindery.problem(
                "combine-when",
                child,
                "",
                f"{child.id} nằm trong one_of nhưng không có when.",
                "Mỗi phương án cần when: điều kiện.",
            )
        elif branch.combine.how == "one_of" and child.over is not None:
            bindery.problem(
                "combine-when",
                child,
                "when",
                f"{child.id} nằm trong one_of mà có over: when của nó hỏi từng dòng của bảng, không chọn được phương án.",
                "Đặt tiêu chí có over vào trong một phương án có when: {id, when, children: [tiêu chí có over]}.",
            )
        if branch.combine.how != "weighted":
            continue
        if child.weight is None:
            bindery.problem(
                "weight-missing",
                child,
                "",
                f"{child.id} thiếu weight.",
                f"{name} gộp có hệ số: mỗi tiêu chí con cần weight.",
            )
        if child.when is not None and child.when.else_ == "exclude":
            bindery.problem(
                "weight-excluded",
                child,
                "when",
                f"{child.id} có hệ số và có thể không áp dụng: hệ số chia lại cho các tiêu chí còn lại.",
                "Nếu văn bản muốn như vậy thì không phải sửa.",
                "warning",
            )


def _root(bound: CriteriaSet, levels: dict[str, int], bindery: SetBindery) -> None:
    declared = bound.declaration
    if (
        declared.points.max is None
        or not declared.points.max.bound
        or declared.combine.how != "sum"
        or not declared.parts
    ):
        return
    from criteria.expressions.formula import static_value

    total = static_value(declared.points.max.term, levels)
    frames = [static_frame(part, levels) for part in declared.parts]
    if total is not None and None not in frames:
        _compare(
            bindery,
            declared.points,
            "max",
            "Bộ tiêu chí",
            sum((f for f in frames if f is not None), Fraction(0)),
            total,
            declared.ceiling is not None,
        )


def static_frame(node: Node, levels: dict[str, int]) -> Fraction | None:
    """The full mark of a node: written, or the sum of its children's."""
    if node.unbounded:
        return Fraction(0)
    if node.over is not None and node.over.take == "sum":
        return node.over.cap.static(None, levels) if node.over.cap is not None else Fraction(0)
    if node.max is not None:
        return node.max.static(None, levels)
    if node.parts and node.combine.how == "sum":
        frames = [static_frame(child, levels) for child in node.parts]
        return None if None in frames else sum((f for f in frames if f is not None), Fraction(0))
    if node.parts:
        known = [f for f in (static_frame(child, levels) for child in node.parts) if f is not None]
        return max(known, default=None)
    return None


def _frame(node: Node, levels: dict[str, int], bindery: SetBindery) -> None:
    frame = node.max.static(None, levels) if node.max is not None else None
    for child in node.parts:
        _frame(child, levels, bindery)
    if node.parts:
        frames = [static_frame(child, levels) for child in node.parts]
        if frame is not None and None not in frames:
            known = [f for f in frames if f is not None]
            if node.combine.how == "sum":
                _compare(bindery, node, "max", node.id, sum(known, Fraction(0)), frame, node.ceiling is not None)
            elif node.combine.how in ("best", "any_of"):
                _compare(
                    bindery,
                    node,
                    "max",
                    node.id,
                    max(known),
                    frame,
                    node.ceiling is not None or node.coefficient is not None,
                    "mức cao nhất",
                )
            elif node.combine.how == "one_of":
                for child, mark in zip(node.parts, known, strict=True):
                    _compare(bindery, child, "max", child.id, mark, frame, False, "phương án")
    elif node.shape is not None and _ready(node):
        node.shape.check(bindery, frame, levels)
        best = node.shape.best(frame, levels)
        if frame is not None and best is not None and best < frame and node.coefficient is None and node.plus is None:
            message = (
                f"Mức cao nhất của {node.id} là {show_vietnamese(best)} điểm, điểm tối đa ghi {show_vietnamese(frame)}."
            )
            bindery.problem("points-below-max", node, "max", message, "Sửa max hoặc mức cao nhất.")


def _ready(node: Node) -> bool:
    """Every name of the shape was found, so that it may be looked at."""
    shape = node.shape
    if shape is None or any(not formula.bound for formula in shape.formulas()):
        return False
    return not shape.needs_of or (
        shape._of is not None
        and (
            shape.word not in ("linear", "bands", "steps", "count") or shape._of.kind.name in (kinds.NUMBER, kinds.DAY)
        )
    )


def _compare(
    bindery: SetBindery,
    where: Declaration,
    key: str,
    name: str,
    found: Fraction,
    written: Fraction,
    bounded: bool,
    what: str = "tổng các tiêu chí con",
) -> None:
    if found == written or (bounded and found > written):
        return
    word = "thừa" if found > written else "thiếu"
    difference = show_vietnamese(abs(found - written))
    message = f"{name}: {what} là {show_vietnamese(found)} điểm, điểm tối đa ghi {show_vietnamese(written)} ({word} {difference})."
    bindery.problem(
        "sum-mismatch",
        where,
        key,
        message,
        "Sửa điểm; nếu văn bản in như vậy, dùng accept; nếu nhóm được chặn trên, thêm ceiling: max.",
    )
