"""lever: what a unit may change to reach a grade; only of measures that units report themselves, as numbers, levels or yes/no."""

from __future__ import annotations

from collections.abc import Iterator

from criteria.criteria_set import CriteriaSet
from criteria.declarations.measures import Measure
from criteria.problems import Problem
from criteria.source import Path


def check(bound: CriteriaSet) -> list[Problem]:
    found = []
    for path, measure, why in _misplaced(bound):
        if measure.lever is not None and why:
            message = f"lever chỉ ghi ở chỉ tiêu do đơn vị tự báo cáo: “{path[-1]}” {why}."
            hint = "Bỏ lever: chỉ tiêu này ngoài khả năng của đơn vị."
            found.append(bound.source.problem("wrong-value", (*path, "lever"), message, hint))
    return found


def _misplaced(bound: CriteriaSet) -> Iterator[tuple[Path, Measure, str]]:
    """Every place a measure is declared in, with why it is no lever ("" where it may be one)."""
    declared = bound.declaration
    for name, measure in declared.attributes.items():
        yield ("attributes", name), measure, "là thuộc tính của đối tượng"
    for table, columns in declared.tables.items():
        for name, measure in columns.columns.items():
            yield ("tables", table, "columns", name), measure, f"là cột của bảng {table}"
    for name, measure in declared.measures.items():
        yield ("measures", name), measure, _why(measure)


def _why(measure: Measure) -> str:
    if measure.is_ is not None:
        return "được tính từ chỉ tiêu khác"
    if measure.from_ not in (None, "unit"):
        return f"lấy từ “{measure.from_}”"
    if measure.lever != "no" and not measure.levels and measure.type in ("date", "text"):
        return "là ngày hoặc chữ"
    return ""
