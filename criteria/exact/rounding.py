"""Rounding an exact column to a number of decimals: the only place where anything is divided."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from criteria.exact.quantity import Quantity, add, multiply

# half_up: away from zero at the half, as in commerce; half_even: to the even digit; down: towards zero; up: away from zero.
MODES = ("half_up", "half_even", "down", "up")


def round_to(quantity: Quantity, places: int, mode: str = "half_up") -> Quantity:
    """The column rounded to `places` decimals: a column of integers over 10**places. Raises ValueError for an unknown mode."""
    if mode not in MODES:
        raise ValueError(f"unknown rounding {mode!r}")
    scale = 10**places
    num, den, size = quantity.num, quantity.den, quantity.size
    if isinstance(den, int):
        common = math.gcd(scale, den)
        factor, den = scale // common, den // common
    else:
        factor = scale
    size *= factor
    num = multiply(num, factor, size)
    if not (isinstance(den, int) and den == 1):
        num = _divide(num, den, size, quantity.den_high, quantity.low < 0, mode)
    low, high = quantity.low * factor, quantity.high * factor
    if isinstance(den, int):
        low, high = low // den, -(-high // den)  # every rule gives one of the two neighbouring integers
    else:
        low, high = min(low, 0), max(high, 0)  # divided by something from 1 up
    return Quantity(num, scale, low, high, scale, quantity.absent).narrow()


def round_half_up(quantity: Quantity, places: int = 0) -> Quantity:
    return round_to(quantity, places, "half_up")


def round_to_grid(quantity: Quantity, grid: Quantity) -> Quantity:
    """Rounded half up to the nearest multiple of `grid`."""
    return round_half_up(quantity / grid) * grid


def _divide(num: Any, den: Any, size: int, den_high: int, negative: bool, mode: str) -> Any:
    """Integer quotient of num / den by the rule."""
    if mode == "half_even":
        doubled = add(multiply(num, 2, 2 * size), den, 2 * size + den_high)
        twice = multiply(den, 2, 2 * den_high)
        quotient = doubled // twice
        tie = (doubled - quotient * twice == 0) & (quotient % 2 == 1)
        return quotient - np.where(tie, 1, 0) if isinstance(quotient, np.ndarray) else quotient - int(tie)
    sign = np.where(np.less(num, 0), -1, 1) if negative else 1
    magnitude = abs(num) if negative else num
    if mode == "half_up":
        doubled = add(multiply(magnitude, 2, 2 * size), den, 2 * size + den_high)
        quotient = doubled // multiply(den, 2, 2 * den_high)
    elif mode == "down":
        quotient = magnitude // den
    else:
        quotient = add(magnitude, den - 1, size + den_high) // den
    if not negative:
        return quotient
    return int(sign) * quotient if isinstance(quotient, int) else sign * quotient
