"""Expressions and shapes the page describes without an example, reckoned by hand."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Any

import pytest
import yaml

from tests.oracle import score
from tests.oracle.expressions import evaluate
from tests.oracle.rounds import Round
from tests.oracle.values import MISSING, NOT_APPLICABLE, UNDEFINED

MEASURES = """
attributes:
  area: {label: Area, levels: [low, middle, high]}
measures:
  a: {label: A, decimals: 3}
  b: {label: B, decimals: 3}
  yes1: {label: Y, type: yes_no}
  day1: {label: D1, type: date}
  day2: {label: D2, type: date}
  pay: {label: P, unit: "%", decimals: 2, default: 80}
  quiet: {label: Q, silent: 0}
  blank: {label: B0, blank: not_applicable}
  mean2: {is: (a + b) / 2}
holidays: [2026-01-01]
tree: null
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3 - 4 / 8", F(13, 2)),
        ("-(a + 1)", F(-4)),
        ("100% - 15%", F(85, 100)),
        ("a / 0", UNDEFINED),
        ("b", MISSING),
        ("b + a / 0", MISSING),
        ("b + blank", NOT_APPLICABLE),
        ("default(b, 7)", F(7)),
        ("default(a / 0, 7)", UNDEFINED),
        ("known(b)", False),
        ("if(a > 2, 1, b)", F(1)),
        ("if(b > 2, 1, 2)", MISSING),
        ("b > 1 and a > 5", False),
        ("b > 1 or a > 2", True),
        ("not b > 1", MISSING),
        ("a in (1, 2, 3)", True),
        ("a not in (1, 2)", True),
        ("area >= 'middle'", True),
        ("area = 'low'", False),
        ("pick(area, low=1, middle=2, high=3)", F(3)),
        ('pick(area, "low": 1, high: 30%)', F(3, 10)),
        ("round(2.345, 2)", F(235, 100)),
        ("round(-2.5)", F(-3)),
        ("floor(-0.5)", F(-1)),
        ("ceil(0.2)", F(1)),
        ("min(a, 2, 9)", F(2)),
        ("max(a, b)", MISSING),
        ("days(day1, day2)", F(5)),
        ("workdays(day1, day2)", F(2)),  # 31 Dec (Wed) to 5 Jan (Mon); 1 Jan is a holiday
        ("workdays(day2, day1)", F(-2)),
        ("day1 < 2026-01-01", True),
        ("days(on(1), on(31, 3))", F(30)),
        ("on(31, 2)", UNDEFINED),
        ("pay", F(80, 100)),
        ("quiet", F(0)),
        ("mean2", MISSING),
        ("yes1", True),
        ("yes1 = yes", True),
        ("prev(a)", F(1)),
        ("a - prev(a)", F(2)),
        ("prev(pool.sum(a))", F(1)),
    ],
)
def test_expressions(text: str, value: Any):
    criteria = yaml.load(MEASURES, Loader=yaml.BaseLoader)
    row = {"id": "X", "a": "3", "area": "high", "yes1": "có"}
    row |= {"day1": "31/12/2025", "day2": "2026-01-05"}
    round_ = Round(criteria, [row], {}, [{"id": "X", "a": "1"}], True, "2026-03")
    assert evaluate(text, round_.candidates[0].scope).value == value


def one(shape: str, a: str, mark: str = "10") -> tuple[Any, str]:
    text = f"{MEASURES.replace('tree: null', '')}\ntree: [{{id: A, text: t, max: {mark}, {shape}}}]"
    result = score(yaml.load(text, Loader=yaml.BaseLoader), [{"id": "X", "a": a}])["X"]
    return result["points"]["A"], result["state"]["A"]


@pytest.mark.parametrize(
    ("shape", "a", "points"),
    [
        ("steps: {of: a, each: 2, points: 3, part: up}", "3", 6),
        ("steps: {of: a, each: 2, points: 3}", "3", 3),
        ("steps: {of: a, each: 2, points: 3, part: exact}", "3", "4.5"),
        ("count: {of: a, each: 2, start: 1, cap: 5}", "3", 4),
        ("count: {of: a, each: 2, start: 1, cap: 3}", "3", 3),
        ('levels: {of: a, nth: {1: 1, 2: 2, "3+": 3}}', "4", 9),
        ("levels: {of: a, nth: {1: 1, 2: 2}, then: 0.5}", "4", 4),
        ("levels: {of: a, points: {1: 50%, 2: all}}", "1", 5),
        ("levels: {of: yes1, points: {yes: 1, no: 2}}, when: known(a)", "KAD", 0),
        ("value: a, grid: 0.25", "3.124", "3"),
        ("value: {of: a, grid: 0.25}", "3.125", "3.25"),
        ("value: a, coefficient: 2", "3", 6),
        ("value: a", "12", 10),
        ("linear: {of: a, from: 4, to: 0}", "1", "7.5"),
        ("bands: {of: a, at: [{below: 1, points: 1}, {from: 1, points: 50%}]}", "1", 5),
        ("full: a > 2, less: [{value: 3}], plus: [{value: 1}]", "3", 8),
        ("full: true, less: [{value: 30}], floor: -5", "3", -5),
        ("full: true, plus: [{value: 9}], ceiling: 12", "3", 12),
        ("full: true, plus: [{value: 9}], ceiling: max", "3", 10),
        ("full: true, plus: [{best: [{value: 1}, {value: 4}]}]", "3", 14),
        (
            "full: true, plus: [{one_of: [{when: a < 2, value: 1}, {when: a < 4, value: 4}]}]",
            "3",
            14,
        ),
        ("full: true, less: [{value: 5, max: 2}]", "3", 8),
        ("full: true, less: [{linear: {of: a / 4}, max: 2}]", "3", "8.5"),
        ("full: true, less: [{value: a, coefficient: 3, cap: 4}]", "3", 6),
        ("value: a / 0, zero: {need: a > 5}", "3", 0),
    ],
)
def test_shapes(shape: str, a: str, points: Any):
    assert one(shape, a)[0] == F(points)


def test_states():
    assert one("linear: {of: a, from: 1, to: 1, when_zero: full}", "3") == (10, "scored")
    assert one("value: 1 / 0", "3") == (0, "undefined")
    assert one("value: b", "3") == (0, "no_evidence")
    assert one("value: a", "KAD") == (0, "not_applicable")
    assert one("full: true, less: [{value: b}]", "3") == (10, "open")
    assert one("full: true, zero: {need: b > 1}", "3") == (10, "open")
    assert one("full: true, when: b > 1", "3") == (0, "no_evidence")
    assert one("full: true, coefficient: b", "3") == (0, "no_evidence")
