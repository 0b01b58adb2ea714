"""Measures: reported by somebody, used by something; constant conditions; the pool."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.expressions import kinds, syntax
from criteria.expressions.formula import Condition
from criteria.expressions.terms import Comparison
from criteria.movements.reading import MOVEMENT, read_movement
from criteria.problems import WARNING, Problem

_REPORTERS = {"unit", "register", "index"}


def check(bound: CriteriaSet) -> list[Problem]:
    problems: list[Problem] = []
    declared, source = bound.declaration, bound.source
    reporters = _REPORTERS | set(declared.tables) | _movement_reporters(bound)
    used = _used(bound)
    for group in ("attributes", "measures"):
        for name, measure in getattr(declared, group).items():
            if measure.is_ is None and not measure.label:
                problems.append(
                    source.problem(
                        "missing-key", (group, name), f"“{name}” thiếu label.", "Thêm label: tên người đọc hiểu được."
                    )
                )
            if measure.from_ is not None and measure.from_ not in reporters:
                problems.append(
                    source.problem(
                        "measure-unreported",
                        (group, name, "from"),
                        f"“{measure.from_}” không báo cáo chỉ tiêu nào: không phải unit, register, bảng, bộ chỉ số hay mốc đã khai.",
                        "Các nguồn: " + ", ".join(sorted(reporters)) + ".",
                    )
                )
            if group == "measures" and name not in used:
                problems.append(
                    source.problem(
                        "measure-unused",
                        (group, name),
                        f"Chỉ tiêu “{name}” không dùng ở đâu.",
                        "Bỏ chỉ tiêu này, hoặc dùng nó trong một tiêu chí.",
                        WARNING,
                    )
                )
    if declared.pool is not None and declared.pool not in declared.attributes:
        problems.append(
            source.problem(
                "unknown-name",
                ("pool",),
                f"Cụm “{declared.pool}” không phải là một thuộc tính.",
                'Khai trong attributes, ví dụ cum: {label: "Cụm", type: text}.',
            )
        )
    for name, table in declared.tables.items():
        if table.link is not None and table.link not in declared.attributes:
            problems.append(
                source.problem(
                    "unknown-name", ("tables", name, "link"), f"Thuộc tính “{table.link}” không được khai báo."
                )
            )
        elif table.link is not None and (
            table.link not in bound.inputs or bound.inputs[table.link].kind.name != kinds.TEXT
        ):
            message = f"Thuộc tính “{table.link}” không chứa mã: link cần một cột chữ."
            problems.append(
                source.problem(
                    "type-mismatch", ("tables", name, "link"), message, f"Khai {table.link}: {{label: …, type: text}}."
                )
            )
    return [*problems, *_constant_conditions(bound)]


def _constant_conditions(bound: CriteriaSet) -> list[Problem]:
    """Conditions that compare two constants."""
    problems: list[Problem] = []
    for formula in bound.formulas:
        if isinstance(formula, Condition) and formula.bound and isinstance(formula.term, Comparison):
            left, right = (part.constant_value for part in formula.term.parts)
            if left is not None and right is not None:
                problems.append(
                    Problem(
                        formula.source.file,
                        formula.source.line,
                        formula.source.column,
                        "condition-constant",
                        f"Điều kiện “{formula.source}” không phụ thuộc số liệu nào.",
                        "Bỏ điều kiện, hoặc viết tên chỉ tiêu vào.",
                        WARNING,
                    )
                )
    return problems


def _movement_reporters(bound: CriteriaSet) -> set[str]:
    """Indices, milestones and bodies of the movement file beside the set, if there is one."""
    path = Path(bound.file).parent / MOVEMENT
    movement = read_movement(path)[0] if path.is_file() else None
    if movement is None:
        return set()
    return {item.id for item in (*movement.indexes, *movement.bodies)} | {item.id for item in movement.milestones}


def _used(bound: CriteriaSet) -> set[str]:
    """Every name written in any expression, nodes that are switched off included."""
    names: set[str] = set()
    for formula in bound.formulas:
        names |= set(_names(formula.tree))
    for measure in (*bound.declaration.measures.values(), *bound.declaration.attributes.values()):
        names |= {bound_name for bound_name in (measure.at_least, measure.at_most) if bound_name}
    return names


def _names(tree: syntax.Syntax) -> Iterator[str]:
    if isinstance(tree, syntax.Name):
        yield tree.name
    elif isinstance(tree, syntax.Operation):
        for operand in tree.operands:
            yield from _names(operand)
    elif isinstance(tree, syntax.Call):
        for argument in tree.arguments or ():
            yield from _names(argument.value)
        if tree.narrow is not None:
            yield from _names(tree.narrow)
