"""Numbers that cannot be meant: negative marks, grids of nothing, bounds the wrong way round, more children than there are."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from criteria.binding import SetBindery
from criteria.checks.frames import assignments
from criteria.criteria_set import CriteriaSet
from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.measures import Measure
from criteria.declarations.node import Node
from criteria.exact import show_vietnamese
from criteria.expressions.formula import Formula, Mark, static_value
from criteria.inputs import Input
from criteria.shapes.base import Declaration
from criteria.shapes.given import Given

_NOT_NEGATIVE = ("max", "cap", "weight")


def check(bound: CriteriaSet, bindery: SetBindery) -> None:
    declared = bound.declaration
    blocks = list(_blocks(declared))
    for levels in assignments(bound):
        for block in blocks:
            _numbers(block, levels, bindery)
    branches: list[Node | SetDeclaration] = [*bound.nodes(), declared]
    for branch in branches:
        _children(branch, bindery)
    for name, measure in [*declared.attributes.items(), *declared.measures.items()]:
        _measure(measure, bound.inputs.get(name), bindery)
    for name, table in declared.tables.items():
        for column, measure in table.columns.items():
            _measure(measure, bound.tables[name].columns.get(column), bindery)
        if table.keys and table.key is None:
            bindery.problem(
                "missing-key",
                table,
                "keys",
                f"Bảng {name} nêu keys mà không khai key.",
                "Thêm key: tên cột phân biệt các dòng của một đối tượng.",
            )


def _blocks(value: Any) -> Iterator[Declaration]:
    if isinstance(value, Declaration):
        yield value
        for name in type(value).model_fields:
            yield from _blocks(getattr(value, name))
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _blocks(item)


def _static(block: Declaration, key: str, levels: dict[str, int]) -> Fraction | None:
    formula = getattr(block, key, None)
    if not isinstance(formula, Formula) or not formula.bound:
        return None
    return formula.static(None, levels) if isinstance(formula, Mark) else static_value(formula.term, levels)


def _numbers(block: Declaration, levels: dict[str, int], bindery: SetBindery) -> None:
    for key in _NOT_NEGATIVE:
        value = _static(block, key, levels)
        if value is not None and value < 0:
            bindery.problem(
                "wrong-value",
                block,
                key,
                f"{key} là số âm: {show_vietnamese(value)}.",
                "Viết số không âm; điểm trừ ghi trong less.",
            )
    grid = _static(block, "grid", levels)
    if grid is not None and grid <= 0:
        bindery.problem(
            "zero-step",
            block,
            "grid",
            f"Bậc điểm grid bằng {show_vietnamese(grid)}, phải lớn hơn 0.",
            "Viết grid: 0.25, hoặc bỏ grid.",
        )
    if isinstance(block, Given):
        least, most = _static(block, "from_", levels), _static(block, "to", levels)
        if least is not None and most is not None and least > most:
            bindery.problem(
                "wrong-value",
                block,
                "to",
                f"Điểm chấm từ {show_vietnamese(least)} đến {show_vietnamese(most)}: hai đầu viết ngược.",
                "from là điểm thấp nhất, to là điểm cao nhất.",
            )


def _children(branch: Node | SetDeclaration, bindery: SetBindery) -> None:
    parts, combine = branch.parts, branch.combine
    if combine.how == "any_of" and parts and combine.least > len(parts):
        bindery.problem(
            "wrong-value",
            branch,
            "combine",
            f"any_of: {combine.least}, mà chỉ có {len(parts)} tiêu chí con.",
            f"Viết số từ 1 đến {len(parts)}.",
        )
    weights = [_static(child, "weight", {}) for child in parts]
    if combine.how == "weighted" and weights and all(weight == 0 for weight in weights):
        bindery.problem(
            "wrong-value",
            parts[0],
            "weight",
            "Mọi hệ số weight đều bằng 0.",
            "Ít nhất một tiêu chí con có hệ số lớn hơn 0.",
        )


def _measure(measure: Measure, column: Input | None, bindery: SetBindery) -> None:
    twice = next((level for place, level in enumerate(measure.levels) if level in measure.levels[:place]), None)
    if twice is not None:
        bindery.problem(
            "duplicate-id", measure, "levels", f"Mức “{twice}” nêu hai lần.", "Mỗi mức nêu một lần, từ thấp đến cao."
        )
    least, most = (column.at_least, column.at_most) if column is not None else (None, None)
    if isinstance(least, Fraction) and isinstance(most, Fraction) and least > most:
        factor = 100 if column is not None and column.kind.percent else 1
        message = f"Mức cao nhất {show_vietnamese(most * factor)} nhỏ hơn mức thấp nhất {show_vietnamese(least * factor)}: không giá trị nào nhận được."
        bindery.problem("wrong-value", measure, "at_most", message, "Sửa at_least hoặc at_most.")
