"""Shortest paths on small sets written out: what is a lever, what waits, quotas, pools, large ranges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from criteria import load
from criteria.criteria_set import CriteriaSet
from criteria.loading import load_text
from criteria.movements.reading import movements
from records.scored.levers import BOUND, DECLARED, LEVEL, OTHERWISE, levers_of
from scoring import score
from scoring.analysis.reach.answers import Reach
from scoring.analysis.reach.paths import Asked, reach
from scoring.states import NOT_VERIFIED
from scoring.tables import Column, Decision, Table
from tests.analysis.test_reach_against_brute_force import HEAD

GRADES = """
grades:
  - {name: "Tốt", need: total >= 80}
  - {name: "Đạt", need: total >= 50}
  - {name: "Chưa đạt", need: total < 50}
rank: {by: total}
"""
TWO = """
measures:
  assigned: {label: "Nhiệm vụ được giao", unit: nhiệm vụ}
  done: {label: "Nhiệm vụ đã hoàn thành", unit: nhiệm vụ, at_most: assigned}
  press: {label: "Tin, bài", unit: bài}
  late: {label: "Báo cáo chậm", unit: lần}
  wait: {label: "Thời gian giải quyết", unit: ngày, lever: down}
tree:
  - {id: T1, text: "Nhiệm vụ", max: 60, linear: {of: done / assigned, when_zero: not_applicable}}
  - id: T2
    text: "Tuyên truyền"
    max: 30
    count: {of: press, each: 5}
    less: [{count: late, each: 2, text: "Chậm"}]
  - {id: T3, text: "Nhanh", max: 10, full: wait <= 5}
"""


def made(text: str, columns: Mapping[str, list[Any]], **more: Any) -> tuple[CriteriaSet, Table]:
    criteria = load_text(HEAD + text + GRADES)
    found = {}
    for name, values in columns.items():
        absent = np.array([2 if value is None else 0 for value in values], dtype=np.uint8)
        stored = np.array([0 if value is None else value for value in values], dtype=np.int64)
        found[name] = Column(stored, absent if absent.any() else None)
    size = len(next(iter(columns.values())))
    return criteria, Table([f"X{n}" for n in range(size)], found, **more)


def reached(criteria: CriteriaSet, table: Table, **asked: Any) -> list[Reach]:
    return reach(score(criteria, table), levers_of(criteria).levers, Asked(**asked))


def steps(one: Reach, number: int = 0) -> dict[str, tuple[int, int]]:
    return {step.input.name: (int(step.before), int(step.after)) for step in one.paths[number].steps}


def test_what_a_unit_can_change_in_the_catalogue() -> None:
    folder = movements()[0].path.parent if hasattr(movements()[0], "path") else movements()[0]
    sets = {
        name: levers_of(load(folder / f"{name}.yaml"), ("tasks",))
        for name in ("a-so-nganh", "b-doan-the", "f-doanh-nghiep")
    }
    names = {key: [lever.name for lever in found.levers] for key, found in sets.items()}
    assert names["b-doan-the"] == [
        "activities", "activities_joint", "people_reached", "initiatives", "supervisions", "critiques", "drafts_answered",
    ]  # fmt: skip
    assert dict(sets["b-doan-the"].left_out) == {"members": OTHERWISE, "drafts_asked": BOUND}
    assert {
        n: w
        for n, w in sets["f-doanh-nghiep"].left_out.items()
        if n in ("staff", "standards_met", "security_incidents")
    } == {
        "staff": BOUND,
        "standards_met": DECLARED,
        "security_incidents": OTHERWISE,
    }
    assert "security_plan" in names["f-doanh-nghiep"] and "dx_level" not in names["f-doanh-nghiep"]
    never = {"docs_due", "procedures", "field_base", "invest_plan", "capital_plan", "units_to_cut", "files", "dx_value"}
    assert never.isdisjoint(names["a-so-nganh"]) and "docs_on_time" in names["a-so-nganh"]
    others = levers_of(load(folder / "e2-doi-tuong-khac.yaml"))
    assert dict(others.left_out) == {"recognised": DECLARED, "recognition": LEVEL}


def test_plans_losses_and_what_is_declared() -> None:
    found = levers_of(made(TWO, {"done": [1]})[0])
    assert {lever.name: lever.sign for lever in found.levers} == {"done": 1, "press": 1, "wait": -1}
    assert dict(found.left_out) == {"assigned": BOUND, "late": OTHERWISE}


def test_the_fewest_then_the_least_and_alternatives() -> None:
    columns = {"assigned": [10, 10], "done": [7, 6], "press": [5, 4], "late": [0, 3], "wait": [9, 9]}
    first, second = reached(*made(TWO, columns))
    assert (first.grade, first.target, first.total, first.threshold) == ("Đạt", "Tốt", 67, 80)
    assert steps(first) == {"done": (7, 10)} and first.paths[0].total_after == 85
    assert first.paths[0].effort == 1 and first.paths[0].steps[0].limit == 10
    assert {(one.before, one.after) for one in first.paths[0].steps[0].criteria} == {(42, 60)}
    assert [set(steps(first, n)) for n in range(1, len(first.paths))] == [
        {"press", "wait"}
    ]  # no superset of done alone
    assert steps(first, 1) == {"press": (5, 6), "wait": (9, 5)}
    assert second.total == 50 and [len(path.steps) for path in second.paths] == [2, 2]
    assert steps(second) == {"done": (6, 10), "press": (4, 6)}  # as little effort as with wait: document order


def test_a_grade_that_is_asked_for_and_one_that_stands() -> None:
    columns = {"assigned": [10], "done": [0], "press": [0], "late": [0], "wait": [9]}
    criteria, table = made(TWO, columns)
    assert reached(criteria, table)[0].target == "Đạt"
    assert len(reached(criteria, table, grade="Tốt")[0].paths[0].steps) == 2
    stands = reached(criteria, table, grade="Chưa đạt")[0]
    assert stands.target is None and stands.paths == () and stands.most is None
    with pytest.raises(ValueError):
        reached(criteria, table, grade="Giỏi")


def test_what_waits_counts_nothing_and_is_named() -> None:
    columns = {"assigned": [10], "done": [6], "press": [6], "late": [0], "wait": [9]}
    waits = {"T2": Decision(np.array([NOT_VERIFIED]), {0: "chưa thẩm định"})}
    [one] = reached(*made(TWO, columns, decisions=waits))
    assert (one.total, one.grade, one.target) == (36, "Chưa đạt", "Đạt")
    assert [(w.id, w.most) for w in one.waits] == [("T2", 30)]
    assert steps(one) == {"done": (6, 9)}  # press is verified by others now: nothing it does counts
    [far] = reached(*made(TWO, columns, decisions=waits), grade="Tốt")
    assert far.paths == () and far.most is not None
    assert (far.most.total, far.most.reaches) == (70, False)


def test_an_empty_cell_is_no_start_unless_the_set_says_what_it_means() -> None:
    columns: dict[str, list[Any]] = {"assigned": [10], "done": [6], "press": [None], "late": [0], "wait": [5]}
    [one] = reached(*made(TWO, columns))
    assert [w.id for w in one.waits] == ["T2"] and steps(one) == {"done": (6, 7)}
    [other] = reached(*made(TWO.replace("unit: bài}", "unit: bài, silent: 0}"), columns))
    assert [(column.name, value) for column, value in other.blanks] == [("press", 0)] and not one.blanks
    assert {tuple(steps(other, n)) for n in range(len(other.paths))} == {("done",), ("press",)}
    assert [steps(other, n)["press"] for n in range(2) if "press" in steps(other, n)] == [(0, 1)]


def test_large_figures_are_exact() -> None:
    text = """
measures:
  plan: {label: "Kế hoạch", unit: đồng}
  spent: {label: "Đã giải ngân", unit: đồng}
tree:
  - {id: T1, text: "Giải ngân", max: 100, linear: {of: spent / plan}}
"""
    plan, spent = 17_000_000_003, 9_123_456_789
    [one] = reached(*made(text, {"plan": [plan], "spent": [spent]}))
    value = steps(one)["spent"][1]
    assert (
        Fraction(value * 100, plan) >= Fraction(79995, 1000) > Fraction((value - 1) * 100, plan)
    )  # 80,00 when rounded
    full = (
        next(v for v in range(plan - plan // 10000, plan) if Fraction(v * 100, plan) >= Fraction(99995, 1000))
        if False
        else 0
    )
    assert full == 0 and one.paths[0].steps[0].limit is None and not one.limited
    assert 0 < one.paths[0].effort < 1


def test_a_quota_is_said_and_what_it_leaves_outside() -> None:
    text = TWO + GRADES.replace("need: total >= 80}", "need: total >= 80, quota: {number: 1, per: all}}")
    criteria = load_text(HEAD + text)
    columns = {"assigned": [10, 10, 10], "done": [10, 9, 6], "press": [6, 6, 6], "late": [0, 0, 0], "wait": [5, 5, 9]}
    table = replace(made(TWO, columns)[1])
    best, outside, below = reached(criteria, table)
    assert best.target is None and best.outside == ""
    assert outside.target is None and outside.outside == "Tốt" and outside.paths == ()
    assert below.target == "Tốt" and below.quota and below.paths


def test_points_that_rest_on_the_pool_are_scored_pool_by_pool() -> None:
    text = """
measures:
  sold: {label: "Sản phẩm", unit: sản phẩm, at_most: 40}
  press: {label: "Tin, bài", unit: bài, at_most: 10}
tree:
  - {id: T1, text: "So với mức cao nhất", max: 60, linear: {of: sold / pool.max(sold)}}
  - {id: T2, text: "Tuyên truyền", max: 40, count: {of: press, each: 4}}
"""
    criteria, table = made(text, {"sold": [30, 12, 20], "press": [2, 5, 5]})
    found = reached(criteria, table)
    assert all(one.pooled for one in found)
    for row, one in enumerate(found):
        for path in one.paths:
            columns = dict(table.columns)
            for step in path.steps:
                values = np.array(columns[step.input.name].values)
                values[row] = int(step.after)
                columns[step.input.name] = Column(values)
            after = score(criteria, replace(table, columns=columns)).at(row)
            assert (after.total, after.grade) == (path.total_after, one.target)
    assert steps(found[1]) == {"sold": (12, 15)}  # 15/30 of 60 and 20 make 50


def test_a_measure_that_helps_here_and_harms_there_is_tried_value_by_value() -> None:
    text = """
measures:
  held: {label: "Hoạt động", unit: hoạt động, lever: up}
  joint: {label: "Hoạt động phối hợp", unit: hoạt động, at_most: held}
tree:
  - {id: T1, text: "Hoạt động", max: 60, count: {of: held, each: 15}}
  - {id: T2, text: "Phối hợp", max: 40, linear: {of: joint / held, when_zero: zero}}
"""
    few, none = reached(*made(text, {"held": [2, 0], "joint": [2, 0]}))
    assert not few.limited and not none.limited
    assert few.total == 70 and steps(few) == {"held": (2, 4)} and few.paths[0].total_after == 80
    assert steps(none) == {"held": (0, 4)} and none.paths[0].total_after == 60


def test_who_has_handed_nothing_in_is_asked_nothing() -> None:
    columns: dict[str, list[Any]] = {n: [None] for n in ("assigned", "done", "press", "late", "wait")}
    [one] = reached(*made(TWO, columns, unplaced={0: "chưa nộp biểu, chưa xếp hạng"}))
    assert one.unplaced and one.paths == () and one.levers == 0


def test_more_is_not_always_better() -> None:
    text = """
measures:
  held: {label: "Hoạt động", unit: hoạt động, lever: up}
tree:
  - {id: T1, text: "Hoạt động", max: 100, count: {of: held, each: 10}}
cap_grade: {need: held <= 8, at_most: "Đạt", say: "Quá nhiều hoạt động"}
"""
    [one] = reached(*made(text, {"held": [3]}), grade="Tốt")
    assert steps(one) == {"held": (3, 8)} and len(one.paths) == 1 and not one.limited


def test_a_lever_makes_room_for_another() -> None:
    text = """
measures:
  held: {label: "Hoạt động", unit: hoạt động, lever: up}
  joint: {label: "Hoạt động phối hợp", unit: hoạt động, at_most: held}
tree:
  - {id: T1, text: "Hoạt động", max: 20, count: {of: held, each: 1}}
  - {id: T2, text: "Phối hợp", max: 80, count: {of: joint, each: 8}}
"""
    [one] = reached(*made(text, {"held": [3], "joint": [3]}), grade="Tốt")
    assert steps(one) == {"held": (3, 9), "joint": (3, 9)} and one.paths[0].total_after == 81
