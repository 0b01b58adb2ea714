"""Levers (điều đơn vị có thể thay đổi): which figures of its own form a unit can change for the better, and which not, with the reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from criteria.criteria_set import CriteriaSet
from criteria.expressions import kinds
from criteria.inputs import Input
from records.forms.layout import Layout
from records.scored.sets import ScoredSet
from scoring.analysis.directions import RISES
from scoring.analysis.reach.answers import Reach
from scoring.analysis.reach.levers import DOWN, UP, Lever
from scoring.analysis.reach.paths import Asked, reach
from scoring.analysis.reach.polarity import polarity

DECLARED, DATED, LEVEL, BOUND, OTHERWISE = "declared", "dated", "level", "bound", "otherwise"
WHY_NOT = {
    DECLARED: "bộ tiêu chí ghi là đơn vị không tự thay đổi được",
    DATED: "ngày hoặc chữ, không phải kết quả tăng được",
    LEVEL: "mức do cấp khác công nhận hoặc xếp loại",
    BOUND: "số được giao, phải làm hoặc tổng số: là giới hạn của chỉ tiêu khác",
    OTHERWISE: "tăng lên không làm tăng điểm (số được giao, tổng số, số liệu gốc, vi phạm, sự cố)",
}


@dataclass(frozen=True)
class SetLevers:
    """levers: in document order of the form. left_out: figures of the form that are none, by name, with a key of WHY_NOT.
    tables: labels of item tables units fill in; their rows are never suggested.
    """

    levers: tuple[Lever, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)
    tables: tuple[str, ...] = ()


def levers_of(criteria: CriteriaSet, registers: Collection[str] = ()) -> SetLevers:
    """What a unit can change in a set: a figure it reports itself that makes points rise, or what the set declares (`lever`).

    registers: names of item tables that the task register fills.
    """
    layout = Layout(criteria, tuple(registers))
    signs = polarity(criteria)
    bounds = {column.at_most for column in criteria.inputs.values() if isinstance(column.at_most, str)}
    levers: list[Lever] = []
    left_out: dict[str, str] = {}
    for line in layout.lines:
        if line.kind != "figure" or line.input is None:
            continue
        declared = criteria.declaration.measures[line.input.name].lever
        if declared in ("up", "down"):
            levers.append(Lever(line.input, UP if declared == "up" else DOWN))
            continue
        why = DECLARED if declared == "no" else _why_not(line.input, bounds, signs.get(line.input.name, set()))
        if why:
            left_out[line.input.name] = why
        else:
            levers.append(Lever(line.input, UP))
    tables = tuple(table.label for table in layout.item_tables.values())
    return SetLevers(tuple(levers), left_out, tables)


def _why_not(column: Input, bounds: Collection[str], signs: Collection[int]) -> str:
    if column.kind.name in (kinds.DAY, kinds.TEXT):
        return DATED
    if column.kind.name == kinds.LEVEL:
        return LEVEL
    if column.name in bounds:
        return BOUND
    return "" if set(signs) == {RISES} else OTHERWISE


@dataclass(frozen=True)
class SetReach:
    """What brings the units of a scored set to a grade. closed: nothing is taken in any more, so it can only be said in hindsight."""

    scored: ScoredSet
    levers: SetLevers
    units: tuple[Reach, ...]
    closed: bool

    @property
    def by_id(self) -> dict[str, Reach]:
        return {one.id: one for one in self.units}


def reach_set(
    scored: ScoredSet, candidates: Sequence[str] | None = None, grade: str | None = None, most: int = 3
) -> SetReach:
    """candidates: ids, all when None. grade: a name, None the next better of each. most: alternatives of each.

    Raises KeyError for a candidate that is not in the set, ValueError for a grade it does not have.
    """
    levers = levers_of(scored.criteria, tuple(scored.workspace.movement.registers))
    rows = None if candidates is None else [scored.result.rows[one] for one in candidates]
    found = reach(scored.result, levers.levers, Asked(rows, grade, most))
    return SetReach(scored, levers, tuple(found), scored.round.group(scored.letter).closed is not None)
