"""Paths in sentences. A round that takes nothing in any more is spoken of in hindsight: nếu … thì đã đạt."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Node
from criteria.exact import show_decimal, show_vietnamese
from criteria.expressions import kinds
from criteria.expressions.functions_pool import PoolAggregate
from criteria.expressions.functions_tables import SingleField, TableAggregate
from criteria.expressions.kinds import show_unit
from criteria.expressions.terms import Measured
from criteria.inputs import Input
from criteria.shapes.given import Given
from scoring.analysis.reach.answers import Moved, Path, Reach, Step
from scoring.node_result import deep_terms


def points(value: Fraction, places: int) -> str:
    return show_vietnamese(value, places)


def value_words(column: Input, value: Fraction, unit: bool = True) -> str:
    """7 văn bản; 38,02 %; có; “tỉnh”."""
    if column.kind.name == kinds.TRUTH:
        return "“có”" if value else "“không”"
    if column.kind.name == kinds.LEVEL:
        return f"“{column.kind.levels[int(value)]}”"
    if column.kind.percent:
        return f"{_number(value * 100, column.decimals)} %"
    said = show_unit(column.kind.unit) if unit else ""
    return f"{_number(value, column.decimals)} {said}".strip()


def _number(value: Fraction, decimals: int) -> str:
    """No more decimals than are needed: 7; 82,32."""
    text = show_decimal(value, decimals).rstrip("0").rstrip(".") if decimals else show_decimal(value, 0)
    return show_vietnamese(value, len(text.partition(".")[2]))


def step_words(step: Step, places: int, closed: bool) -> str:
    """One change with the points it moves, without a full stop."""
    name, rises = f"“{step.input.label}”", step.after > step.before
    before, after = value_words(step.input, step.before, unit=False), value_words(step.input, step.after)
    if closed:
        words = f"{name} là {value_words(step.input, step.after, unit=False)} thay vì {value_words(step.input, step.before)}"
    elif step.input.kind.name == kinds.TRUTH:
        words = f"Chuyển {name} từ {before} thành {after}"
    elif step.input.kind.name == kinds.LEVEL:
        words = f"Nâng {name} từ {before} lên {after}"
    else:
        words = f"{'Tăng' if rises else 'Giảm'} {name} từ {before} {'lên' if rises else 'xuống'} {after}"
    if step.input.kind.name == kinds.NUMBER and step.limit is not None:
        words += f" ({'tối đa' if rises else 'tối thiểu'} {value_words(step.input, step.limit, unit=False)})"
    moved = "; ".join(moved_words(one, places, closed) for one in step.criteria)
    return f"{words}: {moved}" if moved else words


def moved_words(one: Moved, places: int, closed: bool) -> str:
    before, after = points(one.before, places), points(one.after, places)
    if closed:
        return f"tiêu chí {one.id} được {after} thay vì {before} điểm"
    return f"tiêu chí {one.id} từ {before} {'lên' if one.after > one.before else 'xuống'} {after} điểm"


def path_words(one: Reach, path: Path, places: int, closed: bool) -> list[str]:
    """The sentences of one path: every change, then what comes of them."""
    steps = [step_words(step, places, closed) for step in path.steps]
    others = [moved_words(moved, places, closed) for moved in path.others]
    before, after = points(path.total_before, places), points(path.total_after, places)
    grade = f"loại “{path.grade}”" + _from(one, path)
    if closed:
        return [f"Nếu {'; và '.join([*steps, *others])};", f"tổng điểm {after} thay vì {before}, thì đã đạt {grade}."]
    enough = "" if one.grade is not None else " và đủ điều kiện xếp loại"
    rises = "lên" if path.total_after >= path.total_before else "xuống"
    total = f"Tổng điểm từ {before} {rises} {after}" if before != after else f"Tổng điểm vẫn {after}"
    return [f"{line}." for line in [*steps, *others]] + [f"{total}{enough}: đạt {grade}."]


def _from(one: Reach, path: Path) -> str:
    if one.threshold is None or path.grade != one.target:
        return ""
    return f" (từ {show_vietnamese(one.threshold)} điểm)"


def path_sentence(one: Reach, path: Path, places: int, closed: bool) -> str:
    """A whole path in one line."""
    return " ".join(path_words(one, path, places, closed))


def whose(criteria: CriteriaSet, nodes: Sequence[str]) -> str:
    """Where the points of criteria come from, when no lever moves them."""
    found = [node for name in nodes if (node := criteria.node(name)) is not None]
    return ", ".join(dict.fromkeys(_whose(criteria, node) for node in found))


def _whose(criteria: CriteriaSet, node: Node) -> str:
    if isinstance(node.shape, Given):
        return "do hội đồng chấm" if node.shape.panel else "do người chấm"
    terms = [t for f in node.formulas() if f.bound for t in deep_terms(criteria, f.term, set())]
    if any(isinstance(term, PoolAggregate) for term in terms):
        return "so với đơn vị khác"
    tables = {term.table for term in terms if isinstance(term, TableAggregate | SingleField)}
    if tables or node.over is not None:
        names = sorted(tables | ({node.over.table} if node.over is not None else set()))
        return "theo " + ", ".join(criteria.tables[name].label.lower() for name in names if name in criteria.tables)
    measures = criteria.declaration.measures
    names = [term.name for term in terms if isinstance(term, Measured) and term.name in measures]
    if any(measures[name].from_ not in (None, "unit") for name in names):
        return "theo chỉ số, mốc từ nguồn khác"
    return "số liệu đơn vị không tự tăng được"
