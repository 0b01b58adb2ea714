"""Columns of rationals against Fraction, with values that would overflow int64 many times over."""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from criteria.exact import MODES, Quantity, constant, greater, lesser, round_to
from criteria.exact.quantity import LIMIT
from criteria.exact.truth import choose

ROWS = 4
BIG = 10**18
numbers = st.one_of(st.integers(-5, 5), st.integers(-(10**6), 10**6), st.integers(-BIG, BIG))
columns = st.builds(
    lambda values, den: Quantity.measured(np.array(values), den),
    st.lists(numbers, min_size=ROWS, max_size=ROWS),
    st.sampled_from([1, 10, 100, 7]),
)
constants = st.builds(lambda n, d: constant(Fraction(n, d)), numbers, st.integers(1, 1000))
OPERATIONS = (operator.add, operator.sub, operator.mul, operator.truediv)


@st.composite
def trees(draw: Any, depth: int = 3) -> tuple[Quantity, list[Fraction | None]]:
    """A quantity made by random operations, and the same worked out row by row."""
    if depth == 0 or draw(st.booleans()):
        quantity = draw(st.one_of(columns, constants))
        return quantity, quantity.values(ROWS)
    (a, x), (b, y) = draw(trees(depth - 1)), draw(trees(depth - 1))
    apply = draw(st.sampled_from((*OPERATIONS, lesser, greater)))
    plain = {lesser: min, greater: max}.get(apply, apply)
    return apply(a, b), [_apply(plain, p, q) for p, q in zip(x, y, strict=True)]


def _apply(operation: Any, first: Fraction | None, second: Fraction | None) -> Fraction | None:
    if first is None or second is None:
        return None
    try:
        return Fraction(operation(first, second))
    except ZeroDivisionError:
        return None


def inside(quantity: Quantity) -> None:
    """The interval a quantity claims holds every row, and its denominators are positive."""
    for row in range(ROWS):
        num = quantity.num[row] if isinstance(quantity.num, np.ndarray) else quantity.num
        den = quantity.den[row] if isinstance(quantity.den, np.ndarray) else quantity.den
        assert 0 < den <= quantity.den_high
        assert quantity.absence_at(row) or quantity.low <= num <= quantity.high


@given(trees())
def test_arithmetic_is_exact(case: tuple[Quantity, list[Fraction | None]]) -> None:
    quantity, expected = case
    assert quantity.values(ROWS) == expected
    inside(quantity)


@given(trees(depth=2), st.integers(0, 4), st.sampled_from(MODES))
def test_rounding(case: tuple[Quantity, list[Fraction | None]], places: int, mode: str) -> None:
    quantity, expected = case
    rounded = round_to(quantity, places, mode)
    inside(rounded)
    assert rounded.values(ROWS) == [None if v is None else plain_rounding(v, places, mode) for v in expected]


def plain_rounding(value: Fraction, places: int, mode: str) -> Fraction:
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled, 1)
    up = {
        "half_up": rest >= Fraction(1, 2),
        "half_even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1),
        "down": False,
        "up": rest > 0,
    }[mode]
    result = Fraction(whole + up, 10**places)
    return result if value >= 0 else -result


@given(trees(depth=2), trees(depth=2))
def test_comparison(
    first: tuple[Quantity, list[Fraction | None]], second: tuple[Quantity, list[Fraction | None]]
) -> None:
    for apply in (operator.lt, operator.le, operator.eq, operator.gt, operator.ge, operator.ne):
        truth = np.broadcast_to(np.asarray(first[0].compare(apply, second[0])), (ROWS,))
        for row, (a, b) in enumerate(zip(first[1], second[1], strict=True)):
            if a is not None and b is not None:
                assert bool(truth[row]) == apply(a, b)


@given(trees(depth=2))
def test_floor(case: tuple[Quantity, list[Fraction | None]]) -> None:
    floored = case[0].floor()
    inside(floored)
    assert floored.values(ROWS) == [None if v is None else Fraction(v.numerator // v.denominator) for v in case[1]]


@given(trees(depth=2), trees(depth=2), st.lists(st.booleans(), min_size=ROWS, max_size=ROWS))
def test_choice_takes_only_its_branch(
    first: tuple[Quantity, list[Fraction | None]], second: tuple[Quantity, list[Fraction | None]], where: list[bool]
) -> None:
    chosen = choose(np.array(where), first[0], second[0])
    inside(chosen)
    assert chosen.values(ROWS) == [a if w else b for w, a, b in zip(where, first[1], second[1], strict=True)]


@given(st.lists(st.integers(1, 25 * 10**15), min_size=1, max_size=ROWS), st.integers(1, 10**6))
def test_trillions_of_dong_never_overflow(amounts: list[int], points: int) -> None:
    """20.000 of 25.000 tỷ đồng worth 25 points once came out as −16,89 in int64; here it cannot."""
    done, plan = Quantity.measured(np.array(amounts)), Quantity.measured(np.array(amounts[::-1]))
    mark = Fraction(points, 100)
    found = round_to(done / plan * constant(mark), 2)
    for row, (a, b) in enumerate(zip(amounts, amounts[::-1], strict=True)):
        assert found.at(row) == plain_rounding(Fraction(a, b) * mark, 2, "half_up")


def test_the_known_overflow() -> None:
    done, plan = Quantity.measured(np.array([20_000 * 10**9])), Quantity.measured(np.array([25_000 * 10**9]))
    assert round_to(done / plan * constant(25), 2).at(0) == 20
    assert (constant(LIMIT) * Quantity.measured(np.array([0, 3]))).at(1) == 3 * LIMIT


def test_a_loose_interval_does_not_turn_a_sign() -> None:
    """constant(9/10) − 1 once claimed [−8, 1] and a division by it lost its sign."""
    share = Quantity.measured(np.array([3])) / Quantity.measured(np.array([3]))
    whole = -(constant(Fraction(9, 10)) - constant(1))
    assert (-(share - constant(1)) / whole).at(0) == 0


def test_rounding_tells_a_true_interval() -> None:
    """5/1 over a denominator of 1000 once claimed to be at least 50000 after rounding, and a cap cut it wrongly."""
    value = constant(5) + constant(8) * Quantity.measured(np.array([0]), 10000)
    rounded = round_to(value, 1)
    assert lesser(rounded, constant(20)).at(0) == 5
