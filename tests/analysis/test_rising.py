"""What is proven to rise does: on small sets every value of every figure is tried; what is only guessed is told from it."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from criteria.loading import load_text
from records.scored.levers import levers_of
from scoring import score
from scoring.analysis.reach.paths import Asked, reach
from scoring.analysis.reach.polarity import polarity, proven
from scoring.analysis.reach.variants import without_quotas
from scoring.tables import Column, Table
from tests.analysis.test_reach import made, reached, steps
from tests.analysis.test_reach_against_brute_force import HEAD, worlds

RISES, FALLS, MIXED = 1, -1, 0


def one_criterion(body: str, more: str = "") -> Any:
    measures = """
measures:
  a: {label: "A", unit: việc, at_most: 4, lever: up}
  b: {label: "B", unit: việc, at_most: 4, lever: up}
  c: {label: "C", unit: việc, at_least: -2, at_most: 4, lever: up}
  d: {label: "D", type: yes_no, lever: up}
tree:
"""
    grades = 'grades: [{name: "Tốt", need: total >= 5}, {otherwise: "Đạt"}]\nrank: {by: total}\n'
    return load_text(f'{HEAD}{measures}  - {{id: T, text: "T", max: 10, {body}}}\n{more}{grades}')


@pytest.mark.parametrize(
    ("body", "guessed", "sure"),
    [
        ('value: "2 * a + b"', {"a": {RISES}, "b": {RISES}}, {"a": RISES, "b": RISES}),
        ("value: a - b", {"a": {RISES}, "b": {FALLS}}, {"a": RISES, "b": FALLS}),
        ('value: "a * b"', {"a": {RISES}, "b": {RISES}}, {"a": RISES, "b": RISES}),
        ('value: "a * c"', {"a": {RISES}, "c": {RISES}}, {"c": RISES}),  # c may be below 0: then a harms
        ('value: "a * (b - 1)"', {"a": {RISES}, "b": {RISES}}, {"b": RISES}),
        ('value: "a * -2"', {"a": {FALLS}}, {"a": FALLS}),
        ("linear: {of: a / b}", {"a": {RISES}, "b": {FALLS}}, {"a": RISES}),  # b may be 0, then 1
        ("linear: {of: a / c}", {"a": {RISES}, "c": {FALLS}}, {}),
        ("linear: {of: a, from: 4, to: 0}", {"a": {FALLS}}, {"a": FALLS}),
        ("linear: {of: a, from: 1, to: b}", {"a": {RISES}, "b": {MIXED}}, {}),
        ('value: "if(a >= 2, 5, 1)"', {"a": {RISES}}, {"a": RISES}),
        ('value: "if(a >= 2, b, 0)"', {"a": {RISES}, "b": {RISES}}, {"a": RISES, "b": RISES}),
        ('value: "if(a >= 2, c, 0)"', {"a": {RISES}, "c": {RISES}}, {"c": RISES}),
        ('value: "if(a >= 2, b, 1)"', {"a": {MIXED}, "b": {RISES}}, {"b": RISES}),
        ('value: "min(a, b) + max(a, 2) + floor(b / 2)"', {"a": {RISES}, "b": {RISES}}, {"a": RISES, "b": RISES}),
        ("value: abs(c)", {"c": {MIXED}}, {}),
        ("full: a >= 2 and not b > 3 or d", {"a": {RISES}, "b": {FALLS}, "d": {RISES}}, {"a": 1, "b": -1, "d": 1}),
        ("full: a = 2", {"a": {MIXED}}, {}),
        ("bands: {of: a, at: [{below: 2, points: 1}, {from: 2, points: all}]}", {"a": {RISES}}, {"a": RISES}),
        ("bands: {of: a, at: [{below: 2, points: all}, {from: 2, points: 1}]}", {"a": {FALLS}}, {"a": FALLS}),
        (
            "bands: {of: a, at: [{below: 2, points: all}, {from: 2, below: 3, points: 1}, {from: 3, points: 2}]}",
            {"a": {MIXED}},
            {},
        ),
        (
            "bands: {of: a, at: [{below: 2, linear: {from: 0, to: 2}}, {from: 2, points: all}]}",
            {"a": {RISES}},
            {},
        ),  # 9, then 5
        ('levels: {of: a, points: {"1": 2, "2+": all}}', {"a": {RISES}}, {"a": RISES}),
        ('levels: {of: a, points: {"1": all, "2+": 2}}', {"a": {MIXED}}, {}),
        ('levels: {of: a, points: {"1": 2, "2": all}, then: -1}', {"a": {RISES}}, {}),
        ('levels: {of: a, nth: {"1": 2, "2+": 1}}', {"a": {MIXED}}, {"a": RISES}),
        ("count: {of: a, each: 5, start: 1, cap: 10}", {"a": {RISES}}, {"a": RISES}),
        ("steps: {of: a, each: 2, points: 3}", {"a": {RISES}}, {"a": RISES}),
        ("full: true, less: [{count: a, each: 1}]", {"a": {FALLS}}, {"a": FALLS}),
        ('full: true, less: [{count: a, each: "10%"}]', {"a": {FALLS}}, {}),
        ("full: true, plus: [{count: a, each: 1, coefficient: -1}]", {"a": {RISES}}, {}),
        ('value: a, gate: {need: b >= 1, say: "x"}', {"a": {RISES}, "b": {RISES}}, {"a": RISES, "b": RISES}),
        ('value: a, zero: {need: b >= 1, say: "x"}', {"a": {RISES}, "b": {RISES}}, {"a": RISES}),
        ('value: a, gate: {need: points(T) < 3, say: "x"}', {"a": {RISES}}, {}),
        ("value: a, when: b >= 1", {"a": {RISES}, "b": {MIXED}}, {"a": RISES}),
    ],
)
def test_guessed_and_proven(body: str, guessed: dict[str, set[int]], sure: dict[str, int]) -> None:
    criteria = one_criterion(body)
    assert polarity(criteria) == guessed
    assert proven(criteria, ("a", "b", "c", "d")) == sure
    _all_values(criteria, sure)


def _all_values(criteria: Any, sure: dict[str, int]) -> None:
    """Nothing that is watched gets worse on any step of a figure that is proven, wherever the others stand."""
    ranges = {
        name: range(int(column.at_least or 0), int(column.at_most) + 1 if column.at_most is not None else 2)
        for name, column in criteria.inputs.items()
    }
    rows = list(product(*ranges.values()))
    columns = {name: Column(np.array([row[n] for row in rows], dtype=np.int64)) for n, name in enumerate(ranges)}
    result = score(without_quotas(criteria), Table([f"X{n}" for n in range(len(rows))], columns))
    places = {row: number for number, row in enumerate(rows)}
    watched = [result.points(node.id).values(len(rows)) for node in criteria.leaves()]
    watched += [result.points().values(len(rows)), [-(level if level >= 0 else 99) for level in result.graded.level]]
    for n, name in enumerate(ranges):
        for row in rows if name in sure else ():
            after = (*row[:n], row[n] + sure[name], *row[n + 1 :])
            if after in places:
                for values in watched:
                    before, now = values[places[row]], values[places[after]]
                    assert (before or 0) <= (now or 0), (name, row)


@settings(max_examples=80, deadline=None)
@given(worlds())
def test_on_random_sets(world: tuple[str, dict[str, list[int]], int]) -> None:
    text, columns, _ = world
    criteria = load_text(text)
    sure = proven(criteria, list(columns))
    bounded = all(not isinstance(column.at_most, str) for column in criteria.inputs.values())
    if bounded:
        _all_values(criteria, sure)


def test_a_round_before_may_have_had_less_than_nothing() -> None:
    criteria = one_criterion('linear: {of: "a / default(prev(a), b)"}')
    assert proven(criteria, ("a",)) == {} and proven(criteria, ("a",), before=("a",)) == {"a": RISES}


SPIKE = """
measures:
  sold: {label: "Sản phẩm", unit: sản phẩm, lever: up}
tree:
  - id: T1
    text: "Sản phẩm"
    max: 100
    bands:
      of: sold
      at: [{below: 70, points: 0}, {from: 70, below: 100, points: all}, {from: 100, below: 1000, points: 0}, {from: 1000, points: all}]
"""


def test_what_was_not_tried_and_is_not_proven_is_said() -> None:
    """Between 64 and 128 nothing is tried: 70 would do. The answer holds, and says what it takes for granted."""
    [one] = reached(*made(SPIKE, {"sold": [0]}), grade="Tốt")
    assert steps(one) == {"sold": (0, 1000)} and [column.name for column in one.assumed] == ["sold"]
    [sure] = reached(
        *made(SPIKE.replace("below: 100, points: all", "below: 100, points: 0"), {"sold": [0]}), grade="Tốt"
    )
    assert steps(sure) == {"sold": (0, 1000)} and sure.assumed == ()


def test_levers_that_are_tried_alone_only_assume_something_together() -> None:
    text = """
measures:
  a: {label: "A", unit: việc, at_most: 5, lever: up}
  b: {label: "B", unit: việc, at_most: 5}
tree:
  - {id: T1, text: "A", max: 50, bands: {of: a, at: [{below: 3, linear: {from: 0, to: 3}}, {from: 3, points: 50}]}}
  - {id: T2, text: "B", max: 50, count: {of: b, each: 10}}
"""
    criteria, table = made(text, {"a": [0], "b": [5]})
    [alone] = reached(criteria, table, grade="Tốt")
    assert alone.paths and alone.assumed == ()
    [both] = reach(
        score(criteria, Table(["X0"], {**table.columns, "b": Column(np.array([1]))})),
        levers_of(criteria).levers,
        Asked(grade="Tốt"),
    )
    assert [column.name for column in both.assumed] == ["a"]
