"""Rounding of points as the set says, and how many decimals points then have."""

from __future__ import annotations

from fractions import Fraction

from criteria.exact import Quantity as Column
from criteria.exact import constant
from criteria.exact.rounding import round_to
from criteria.expressions.formula import Formula
from records.spreadsheets.bounds import denoised
from records.spreadsheets.cells import Sheet
from records.spreadsheets.numbers import Number, atom, number
from records.spreadsheets.writing import decimals_of

_FUNCTIONS = {"half_up": "ROUND", "down": "ROUNDDOWN", "up": "ROUNDUP"}


def point_decimals(sheet: Sheet) -> int:
    """Decimals of any rounded points: those of the set, or of a mark, cap or grid written with more."""
    declared = sheet.criteria.declaration
    written: list[Formula | None] = []
    for branch in [*sheet.criteria.nodes(), declared]:
        written += [getattr(branch, "max", None), branch.ceiling]
        for group in (branch.less, branch.plus):
            written += [group.cap, group.floor] if group is not None else []
        for entry in branch.entries():
            written += [entry.max, entry.cap, entry.floor]
    found = [declared.points.places]
    for formula in written:
        value = formula.term.constant_value if formula is not None and formula.bound else None
        found.append((decimals_of(value) or 0) if value is not None else 0)
    return max(found)


def rounded_value(value: Fraction, places: int, mode: str) -> Fraction:
    """What the engine makes of one number."""
    result: Column = round_to(constant(value), places, mode)
    return result.at(0) or Fraction(0)


def rounded(value: Number, places: int, mode: str) -> Number:
    """To `places` decimals."""
    exact = value.constant
    if exact is not None:
        return number(rounded_value(exact, places, mode))
    if value.ends is not None and value.ends <= places:
        return value
    made = _half_even(value, places) if mode == "half_even" else f"{_FUNCTIONS[mode]}({denoised(value)},{places})"
    return atom(
        made,
        places,
        not_negative=value.at_least_zero,
        bare=True,
        loose=mode == "half_even",
        low=None if value.lowest is None else rounded_value(value.lowest, places, mode),
        high=None if value.highest is None else rounded_value(value.highest, places, mode),
    )


def _half_even(value: Number, places: int) -> str:
    """At the half the even neighbour: where what is left of a division by 2 is a half, one less than half up."""
    shifted = denoised(value * number(10**places))
    if value.at_least_zero:
        made = f"ROUND({shifted},0)-(MOD({shifted},2)=0.5)"
    else:
        made = f"ROUND({shifted},0)-SIGN({shifted})*(MOD(ABS({shifted}),2)=0.5)"
    return f"({made})/{10**places}" if places else f"({made})"


def on_grid(value: Number, grid: Number) -> Number:
    """To the nearest multiple of the grid, half up."""
    steps, step = rounded(value / grid, 0, "half_up"), grid.constant
    if step is None or steps.constant is not None:
        return steps * grid
    low, high = steps.lowest, steps.highest
    return (steps * grid).bounded(None if low is None else low * step, None if high is None else high * step)
