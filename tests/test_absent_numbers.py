"""A coefficient, grid, ceiling, cap or max that is absent: never a silent 0; the strongest absence is the state."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from criteria import load_text
from criteria.exact import KNOWN, MISSING, NOT_APPLICABLE
from scoring import score
from scoring.result import Result
from scoring.tables import Column, Table

TEXT = """
criteria_set: absent
group: a
valid_from: 2025-01-01
bases: [{{id: kh, document: "Kế hoạch", number: "1/KH", date: 2025-01-01}}]
clause: kh
verified_by: so
measures: {{a: {{label: "A"}}, b: {{label: "B"}}, c: {{label: "C"}}}}
points: {{max: 11}}
tree:
  - {first}
  - {{id: Z, text: "Khác", max: 1, full: true}}
"""
LEAF = '{{id: A, text: "Một", max: 10, value: a, {0}}}'
PART = '{{id: A, text: "Phần", coefficient: b, children: [{0}, {1}]}}'
CHILDREN = ('{id: A.1, text: "Một", max: 5, value: a}', '{id: A.2, text: "Hai", max: 5, value: c}')


def scored(first: str, a: int, b: int, c: int = KNOWN) -> Result:
    """The three measures are 3, or absent in the given way."""
    columns = {
        name: Column(np.array([3]), np.array([absent], dtype=np.uint8))
        for name, absent in (("a", a), ("b", b), ("c", c))
    }
    return score(load_text(TEXT.format(first=first)), Table(["X1"], columns))


def became(result: Result) -> tuple[str, Fraction, Fraction, bool]:
    """State and points of A, the maximum of everything, whether the total is provisional."""
    one = result.at(0)
    return one.criteria["A"].state, one.criteria["A"].points, one.maximum, one.provisional


@pytest.mark.parametrize("number", ["coefficient: b", "grid: b", "ceiling: b"])
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (KNOWN, MISSING, ("no_evidence", 0, 11, True)),
        (KNOWN, NOT_APPLICABLE, ("not_applicable", 0, 1, False)),
        (MISSING, NOT_APPLICABLE, ("not_applicable", 0, 1, False)),
        (MISSING, MISSING, ("no_evidence", 0, 11, True)),
        (NOT_APPLICABLE, MISSING, ("not_applicable", 0, 1, False)),
    ],
)
def test_a_number_of_a_leaf(number: str, a: int, b: int, expected: tuple[str, int, int, bool]) -> None:
    result = scored(LEAF.format(number), a, b)
    assert became(result) == expected
    assert result.at(0).total == 1


@pytest.mark.parametrize(
    ("c", "b", "expected"),
    [
        (MISSING, NOT_APPLICABLE, ("not_applicable", 0, 1, False)),
        (MISSING, MISSING, ("no_evidence", 0, 11, True)),
        (MISSING, KNOWN, ("open", 9, 11, True)),
    ],
)
def test_a_coefficient_of_a_part_in_which_something_waits(c: int, b: int, expected: tuple[str, int, int, bool]) -> None:
    assert became(scored(PART.format(*CHILDREN), KNOWN, b, c)) == expected


@pytest.mark.parametrize("cap", ["[{count: c, each: 1, cap: b}]", "{cap: b, items: [{count: c, each: 1}]}"])
def test_a_cap_of_what_is_added(cap: str) -> None:
    assert became(scored(LEAF.format(f"plus: {cap}"), KNOWN, MISSING)) == ("open", 3, 11, True)
    assert became(scored(LEAF.format(f"plus: {cap}"), KNOWN, NOT_APPLICABLE)) == ("scored", 3, 11, False)
    assert became(scored(LEAF.format(f"plus: {cap}"), KNOWN, KNOWN)) == ("scored", 6, 11, False)


def test_a_max_that_is_missing_is_no_zero() -> None:
    result = scored('{id: A, text: "Một", max: b, value: a}', KNOWN, MISSING)
    assert became(result)[0] == "no_evidence"
    assert result.at(0).provisional
