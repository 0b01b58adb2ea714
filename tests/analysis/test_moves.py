"""Moves between two results: who, by how much, why; sets and rows that differ; none where nothing differs."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings

from criteria.loading import load_text
from criteria.problems import ProblemsFound
from scoring import score
from scoring.analysis.moves import FIELDS, moves, untouched
from scoring.result import Result
from scoring.tables import Column, Table
from tests import strategies
from tests.support.agreement import engine

SET = """\
criteria_set: t
title: "Bộ thử"
group: a
valid_from: 2025-01-01
bases: [{id: qd, document: "Quyết định", number: "1/QĐ", date: 2025-01-01, issuer: "Sở"}]
clause: {basis: qd, place: "Điều 1"}
verified_by: s
points: {places: 2, max: 100}
measures: {a: {label: "A"}, b: {label: "B"}}
tree:
  - {id: P, text: "Phần", children: [
      {id: L, text: "So với cao nhất", max: 60, linear: {of: a / pool.max(a), when_zero: zero}},
      {id: M, text: "Đếm", max: 40, count: b, each: 10, cap: 40}]}
grades: [{name: "Tốt", need: total >= 80}, {otherwise: "Thường"}]
rank: {by: total}
"""


def result(a: dict[str, int], b: dict[str, int], text: str = SET) -> Result:
    ids = list(a)
    columns = {"a": Column(np.array([a[one] for one in ids])), "b": Column(np.array([b[one] for one in ids]))}
    criteria = load_text(text)
    columns = {name: column for name, column in columns.items() if name in criteria.inputs}
    return score(criteria, Table(ids, columns, [f"Đơn vị {one}" for one in ids]))


BEFORE = result({"X1": 10, "X2": 8, "X3": 5, "X10": 0}, {"X1": 3, "X2": 4, "X3": 0, "X10": 0})


def test_one_figure_moves_everybody_whose_points_are_relative_to_it() -> None:
    after = result({"X1": 6, "X2": 8, "X3": 5, "X10": 0}, {"X1": 3, "X2": 4, "X3": 0, "X10": 0})
    found = moves(BEFORE, after)
    assert [(one.candidate, one.points, one.places) for one in found] == [
        ("X1", Fraction(-15), -1),
        ("X2", Fraction(12), 1),
        ("X3", Fraction("7.5"), 0),
    ]
    first = found[0]
    assert first.fields == ("total", "share", "rank", "grade")
    assert [(one.id, one.kind, one.points) for one in first.criteria] == [("P", "part", -15), ("L", "leaf", -15)]
    assert [one.id for one in first.reasons] == ["L"]
    assert (first.before.grade, first.after.grade) == ("Tốt", "Thường")  # type: ignore[union-attr]
    assert untouched(BEFORE, after, found) == 1  # X10 has no points of either


def test_a_place_moves_although_nothing_of_ones_own_does() -> None:
    after = result({"X1": 10, "X2": 8, "X3": 5, "X10": 0}, {"X1": 0, "X2": 4, "X3": 0, "X10": 0})
    assert [(one.candidate, one.points, one.places, one.fields) for one in moves(BEFORE, after)] == [
        ("X1", Fraction(-30), -1, ("total", "share", "rank", "grade")),
        ("X2", Fraction(0), 1, ("rank",)),
    ]


def test_rows_that_are_new_or_gone_stand_last() -> None:
    after = result({"X2": 8, "X1": 10, "X11": 1, "X4": 0}, {"X2": 4, "X1": 3, "X11": 0, "X4": 0})
    found = moves(BEFORE, after)
    assert [(one.candidate, one.is_new, one.is_gone) for one in found] == [
        ("X11", True, False),
        ("X4", True, False),
        ("X10", False, True),
        ("X3", False, True),
    ]
    assert found[0].points is None and found[0].name == "Đơn vị X11" and found[3].before is not None
    assert untouched(BEFORE, after, found) == 2


def test_another_set_names_what_only_one_of_them_has() -> None:
    other = SET.replace(
        '{id: M, text: "Đếm", max: 40, count: b, each: 10, cap: 40}', '{id: N, text: "Khác", max: 40, full: a > 6}'
    )
    after = result({"X1": 10, "X2": 8, "X3": 5, "X10": 0}, {"X1": 3, "X2": 4, "X3": 0, "X10": 0}, other)
    found = {one.candidate: one for one in moves(BEFORE, after)}
    mine = {one.id: one for one in found["X1"].criteria}
    assert set(mine) == {"P", "N", "M"}
    assert mine["N"].before is None and mine["M"].after is None
    assert (mine["N"].points, mine["M"].points, mine["P"].points) == (40, -30, 10)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(strategies.cases())
def test_nothing_moves_against_itself_and_everything_that_differs_is_told(case: Any) -> None:
    try:
        before = engine(case)
    except ProblemsFound:
        return
    assert moves(before, engine(case)) == []
    columns = dict(before.root.table.columns)
    for name, column in columns.items():
        if before.set.inputs[name].kind.name == "number" and name not in before.set.attributes:
            columns[name] = Column(
                np.roll(column.values, 1), None if column.absent is None else np.roll(column.absent, 1)
            )
    table = Table(
        before.ids, columns, [], before.root.table.extra, before.root.table.decisions, before.root.table.unplaced
    )
    old = before.root.before
    after = score(
        before.set,
        table,
        before.root.item_tables,
        old.table if old is not None else None,
        previous_items=old.item_tables if old is not None else None,
        closed=case.closed,
        period=case.period,
    )
    told = {one.candidate: one for one in moves(before, after)}
    for candidate in before.ids:
        was, now = before.candidate(candidate), after.candidate(candidate)
        fields = tuple(name for name in FIELDS if getattr(was, name) != getattr(now, name))
        nodes = {name for name in now.criteria if was.criteria[name] != now.criteria[name]}
        assert (candidate in told) == bool(fields or nodes)
        if candidate in told:
            assert told[candidate].fields == fields and {one.id for one in told[candidate].criteria} == nodes
