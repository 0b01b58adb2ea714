"""Decimal text in and out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.exact import NumeralError, read_decimal, show_decimal, show_vietnamese


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("87.25", (8725, 2)),
        ("0", (0, 0)),
        ("-3.10", (-310, 2)),
        ("25000000000000", (25000000000000, 0)),
        ("010", (10, 0)),
    ],
)
def test_read(text: str, value: tuple[int, int]) -> None:
    assert read_decimal(text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0,75", "decimal-comma"),
        ("1.234.567", "number-grouping"),
        ("1 234", "number-grouping"),
        ("1.234,5", "number-grouping"),
        ("1e3", "number"),
        ("", "number"),
        ("nan", "number"),
        ("\u0663", "number"),
        ("1.", "number"),
        (".5", "number"),
        ("9" * 50, "number"),
    ],
)
def test_refused(text: str, code: str) -> None:
    with pytest.raises(NumeralError) as found:
        read_decimal(text)
    assert found.value.code == code


def test_a_table_may_use_the_comma() -> None:
    assert read_decimal("87,25", comma=True) == read_decimal("87.25", comma=True) == (8725, 2)


@given(st.fractions(), st.integers(0, 6))
def test_show_is_within_half_a_step(value: Fraction, places: int) -> None:
    assert abs(Fraction(show_decimal(value, places)) - value) <= Fraction(1, 2 * 10**places)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(174, 2), "87"),
        (Fraction(8725, 100), "87,25"),
        (Fraction(25 * 10**12), "25.000.000.000.000"),
        (Fraction(1, 3), "≈ 0,3333"),
        (Fraction(-5, 2), "−2,5"),
    ],
)
def test_show_vietnamese(value: Fraction, text: str) -> None:
    assert show_vietnamese(value) == text
