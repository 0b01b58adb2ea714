"""Grades: the first whose need holds; caps and demotions; quotas. Every fall is kept with its reason."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from criteria.declarations.controls import CapGrade, Demote
from criteria.declarations.grades import Grade, Quota
from criteria.declarations.node import Branch, Node
from criteria.exact import KNOWN, MISSING, Quantity
from scoring.node_result import held, unknown
from scoring.ranking import places, rank_keys
from scoring.root import RootFrame
from scoring.states import DOES_NOT_APPLY, NOT_ASSESSED

OPEN, NONE = -1, -2  # no grade yet; no grade at all


@dataclass
class Graded:
    """level: place in the list of grades (best 0), OPEN or NONE. quota: 0, 1 outside, 2 tied at the line. reasons: row → sentences."""

    level: Any
    quota: Any
    reasons: dict[int, list[str]] = field(default_factory=dict)

    def because(self, rows: Any, sentence: str) -> None:
        for row in np.flatnonzero(rows):
            self.reasons.setdefault(int(row), []).append(sentence)


def grade_all(root: RootFrame, eligible: Any, evaluated: Any) -> Graded:
    """eligible: 1 may have a grade, 0 may not, -1 unclear. evaluated: who counts in a quota's base."""
    names = root.set.grade_names
    rules = root.set.declaration.grades
    needs = [_need(root, rule) for rule in rules]
    indices = [
        names.index(rule.name or rule.otherwise or "") if (rule.name or rule.otherwise) in names else OPEN
        for rule in rules
    ]
    graded = Graded(np.full(root.size, NONE, dtype=np.int64), np.zeros(root.size, dtype=np.int8))
    if not rules:
        return graded
    graded.level = _first(
        needs, indices, np.zeros(root.size, dtype=np.int64), np.full(root.size, NONE, dtype=np.int64), eligible == 1
    )
    graded.level = np.where(eligible == -1, OPEN, graded.level)
    _say_what_waits(rules, needs, graded, eligible == 1)
    for branch in _upwards(root):
        _limit(root, branch, graded)
    for number, rule in enumerate(rules):
        if rule.quota is not None:
            _apply_quota(root, rule, number, indices[number], needs, indices, graded, evaluated)
    return graded


def _say_what_waits(rules: list[Grade], needs: list[tuple[Any, Any]], graded: Graded, rows: Any) -> None:
    """For every open grade the need that stopped the search."""
    searching = rows & (graded.level == OPEN)
    for rule, (_, unclear) in zip(rules, needs, strict=True):
        graded.because(
            searching & unclear,
            f"Chưa xếp loại được: mức “{rule.name}” còn chờ số liệu"
            if rule.name
            else "Chưa xếp loại được: cần người quyết định",
        )
        searching = searching & ~unclear
    graded.because(searching, "Chưa xếp loại được: cần người quyết định")


def _need(root: RootFrame, rule: Grade) -> tuple[Any, Any]:
    """Where the need holds, and where it is unknown; not applicable counts as unknown."""
    if rule.need is None:
        return np.ones(root.size, dtype=bool), np.zeros(root.size, dtype=bool)
    truth = held(rule.need, root)
    absent = np.broadcast_to(np.asarray(truth.absent if truth.absent is not None else KNOWN), (root.size,))
    return np.broadcast_to(truth.holds(), (root.size,)), absent != KNOWN


def _first(needs: list[tuple[Any, Any]], indices: list[int], start: Any, otherwise: Any, rows: Any) -> Any:
    """For every row the first rule, from rule `start` on, whose need holds; an unknown need stops the search."""
    level = otherwise.copy()
    searching = rows.copy()
    for number, (holds, unclear) in enumerate(needs):
        here = searching & (start <= number)
        level[here & unclear] = OPEN
        level[here & holds] = indices[number]
        searching &= ~(here & (unclear | holds))
    level[searching] = NONE
    return level


def _upwards(root: RootFrame) -> list[Branch]:
    """Nodes from the leaves to the root, in document order."""
    found: list[Branch] = []

    def visit(node: Node) -> None:
        for child in node.parts if node.over is None else ():
            visit(child)
        found.append(node)

    for part in root.set.declaration.parts:
        visit(part)
    return [*found, root.set.declaration]


def _limit(root: RootFrame, branch: Branch, graded: Graded) -> None:
    """cap_grade and demote of one node, in written order."""
    controls: list[CapGrade | Demote] = [*branch.cap_grade, *branch.demote]
    place = root.set.source.place
    controls.sort(key=lambda c: (place(c._path).line, place(c._path).column))
    for control in controls:
        applies, unclear, doubtful = _stands(root, branch)
        if control.need is not None:
            truth = held(control.need, root)
            fails, open_rows = (
                np.broadcast_to(truth.fails(), (root.size,)) & applies,
                (unknown(truth, root.size) & applies) | unclear,
            )
        else:
            fails, open_rows = applies, unclear
        fails, open_rows = fails & ~doubtful, open_rows | (fails & doubtful)
        lower, lost = _lower(root, control, graded.level)
        moved = fails & (graded.level >= 0) & ~lost & (lower > graded.level)
        graded.because(moved, control.say)
        graded.level = np.where(moved, lower, graded.level)
        waits = (open_rows | (fails & lost)) & (graded.level >= 0)
        graded.because(waits, f"Chưa xếp loại được, chờ số liệu của điều kiện: {control.say}")
        graded.level = np.where(waits, OPEN, graded.level)


def _stands(root: RootFrame, branch: Branch) -> tuple[Any, Any, Any]:
    """Where a control of this node stands, where it needs a human because there was nothing to measure, where it is not known
    whether the node applies."""
    everywhere, nowhere = np.ones(root.size, dtype=bool), np.zeros(root.size, dtype=bool)
    if not isinstance(branch, Node):
        return everywhere, nowhere, nowhere
    result = root.result(branch.id)
    if result.state is None:
        return everywhere, nowhere, nowhere
    out = (result.state == DOES_NOT_APPLY) | (result.state == NOT_ASSESSED)
    nothing = result.nothing & (result.state == DOES_NOT_APPLY) if result.nothing is not None else nowhere
    return ~out, nothing, root.scorer.doubtful(branch.id)


def _lower(root: RootFrame, control: CapGrade | Demote, level: Any) -> tuple[Any, Any]:
    """The level a control lowers to (best 0), and where that is not known."""
    names = root.set.grade_names
    nowhere = np.zeros(root.size, dtype=bool)
    if isinstance(control, Demote):
        if control.to is not None:
            return np.full(root.size, names.index(control.to)), nowhere
        return np.minimum(level + (control.by or 1), len(names) - 1), nowhere
    value: Quantity = control.at_most.evaluate(root)
    ladder = control.at_most.term.kind.levels
    number = np.array([names.index(name) for name in ladder], dtype=np.int64)
    absent = np.broadcast_to(np.asarray(value.absent if value.absent is not None else KNOWN), (root.size,))
    chosen = np.broadcast_to(np.asarray(value.num), (root.size,)).astype(np.int64)
    return number[np.where(absent == KNOWN, chosen, 0)], absent != KNOWN


def _apply_quota(
    root: RootFrame,
    rule: Grade,
    number: int,
    index: int,
    needs: list[tuple[Any, Any]],
    indices: list[int],
    graded: Graded,
    evaluated: Any,
) -> None:
    """Who has a place keeps the grade; the others get the next one whose need holds. A tie across the line admits none of the tied."""
    quota = rule.quota
    assert quota is not None
    groups = root.pool_codes() if quota.per == "pool" else np.zeros(root.size, dtype=np.int64)
    keys, _ = rank_keys(root, within_grade=False)
    mine = graded.level == index
    order, _ = places(keys, groups, mine)
    open_rows = graded.level == OPEN
    for group in np.unique(groups[mine]):
        inside = groups == group
        here = mine & inside
        seats = _seats(root, quota, graded.level, inside, here, evaluated)
        ranks = order[here]
        admitted = [rank for rank in sorted(set(ranks.tolist())) if int((ranks <= rank).sum()) <= seats]
        line = max(admitted, default=0)
        out = here & (order > line)
        if not out.any():
            continue
        after = int(order[out].min())
        at_line = out & (order == after) & (int((ranks <= line).sum()) < seats)
        graded.quota = np.where(at_line, np.int8(2), np.where(out, np.int8(1), graded.quota))
        graded.because(
            at_line, f"Đồng hạng ở ranh giới số suất “{rule.name}” ({seats} suất): chưa ai trong số đồng hạng được nhận"
        )
        graded.because(out & ~at_line, f"Ngoài số suất “{rule.name}” ({seats} suất)")
        start = np.full(root.size, number + 1)
        graded.level = np.where(out, _first(needs, indices, start, graded.level, out), graded.level)
    for group in np.unique(groups[open_rows]):
        inside = groups == group
        waiting = int((open_rows & inside).sum())
        graded.because(
            (mine | open_rows) & inside, f"Số suất “{rule.name}” tạm tính: còn {waiting} đối tượng chưa xếp loại xong"
        )


def _seats(root: RootFrame, quota: Quota, level: Any, inside: Any, here: Any, evaluated: Any) -> int:
    """How many may have the grade in one scope."""
    if quota.number is not None:
        return quota.number
    assert quota.share is not None
    least = min(quota.at_least, int(here.sum()))
    share = quota.share.term.constant_value or Fraction(0)
    if "evaluated" in quota.of:
        return max(_rounded(share * int((evaluated & inside).sum()), quota.round), least)
    wanted = [root.set.grade_names.index(name) for name in quota.of]
    base = int((np.isin(level, wanted) & inside).sum())
    if quota.counted == "before":
        return max(_rounded(share * base, quota.round), least)
    candidates = int(here.sum())
    fits = [
        seats for seats in range(candidates + 1) if seats <= _rounded(share * (base + candidates - seats), quota.round)
    ]
    return max([*fits, least])


def _rounded(value: Fraction, how: str) -> int:
    if how == "up":
        return math.ceil(value)
    return math.floor(value + Fraction(1, 2)) if how == "half_up" else math.floor(value)


def as_quantity(level: Any, count: int) -> Quantity:
    """Grades as expressions read them: the better the larger."""
    known = level >= 0
    return Quantity.measured(
        np.where(known, count - 1 - level, 0),
        1,
        None if known.all() else np.where(known, np.uint8(KNOWN), np.uint8(MISSING)),
    )
