"""Entries of less and plus: frames and caps."""

from __future__ import annotations

from fractions import Fraction

from criteria.binding import SetBindery
from criteria.checks.frames import _ready as ready
from criteria.checks.frames import assignments, static_frame
from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Branch, Entry, Node
from criteria.exact import show_vietnamese
from criteria.problems import WARNING


def check(bound: CriteriaSet, bindery: SetBindery) -> None:
    for levels in assignments(bound):
        for branch in [*bound.nodes(), bound.declaration]:
            _branch(branch, levels, bindery)


def _branch(branch: Branch, levels: dict[str, int], bindery: SetBindery) -> None:
    frame = static_frame(branch, levels) if isinstance(branch, Node) and not branch.unbounded else None
    for group, losing in ((branch.less, True), (branch.plus, False)):
        if group is None:
            continue
        cap = group.cap.static(frame, levels) if group.cap is not None else None
        if losing and cap is not None and frame is not None and cap > frame and branch.floor is None:
            bindery.problem(
                "loss-above-max",
                group,
                "cap",
                f"Trừ tối đa {show_vietnamese(cap)} điểm, lớn hơn điểm của tiêu chí ({show_vietnamese(frame)}).",
                "Ghi floor: 0 hoặc floor: none để nói rõ, hoặc sửa mức chặn.",
            )
        for entry in group.items:
            _entry(entry, frame if losing else None, cap, losing and branch.floor is None, levels, bindery)


def _entry(
    entry: Entry,
    frame: Fraction | None,
    group_cap: Fraction | None,
    losing: bool,
    levels: dict[str, int],
    bindery: SetBindery,
) -> None:
    own = entry.max.static(frame, levels) if entry.max is not None and entry.max.bound else frame
    cap = entry.cap.static(own, levels) if entry.cap is not None and entry.cap.bound else None
    if cap is not None and group_cap is not None and cap > group_cap:
        bindery.problem(
            "cap-above-max",
            entry,
            "cap",
            f"Mức chặn {show_vietnamese(cap)} lớn hơn mức chặn của cả nhóm ({show_vietnamese(group_cap)}).",
            "Sửa một trong hai mức chặn.",
            WARNING,
        )
    if losing and cap is not None and frame is not None and cap > frame:
        bindery.problem(
            "loss-above-max",
            entry,
            "cap",
            f"Trừ tối đa {show_vietnamese(cap)} điểm, lớn hơn điểm của tiêu chí ({show_vietnamese(frame)}).",
            "Ghi floor ở tiêu chí để nói rõ, hoặc sửa mức chặn.",
        )
    if ready(entry):  # type: ignore[arg-type]
        assert entry.shape is not None
        entry.shape.check(
            bindery, own if losing else entry.max.static(None, levels) if entry.max is not None else None, levels
        )
    for item in entry.grouped:
        _entry(item, own, cap if cap is not None else group_cap, losing, levels, bindery)
