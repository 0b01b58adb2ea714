"""Numbers beside numbers: the smaller, the larger, the one that is chosen, which of two is above; digits without binary noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from records.spreadsheets.numbers import ONE, Number, atom, number
from records.spreadsheets.writing import called, decimals_of


def common(made: str, options: Sequence[Number], low: Fraction | None = None, high: Fraction | None = None) -> Number:
    """A text that gives the value of one of several numbers: as free of noise as they are."""
    ends = [option.ends for option in options]
    return atom(
        made,
        None if None in ends else max(places for places in ends if places is not None),
        not_negative=all(option.at_least_zero for option in options),
        bare=True,
        low=low,
        high=high,
        sharp=all(option.exact for option in options),
    )


def extreme(name: str, options: Sequence[Number]) -> Number:
    """MIN or MAX."""
    constants = [option.constant for option in options]
    pick = min if name == "MIN" else max
    known = [value for value in constants if value is not None]
    if len(known) == len(constants):
        return number(pick(known))
    lows, highs = [option.lowest for option in options], [option.highest for option in options]
    made = called(name, [option.text() for option in options])
    if name == "MIN":
        low = None if None in lows else min(value for value in lows if value is not None)
        high = min((value for value in highs if value is not None), default=None)
    else:
        low = max((value for value in lows if value is not None), default=None)
        high = None if None in highs else max(value for value in highs if value is not None)
    return common(made, options, low, high)


def clipped(value: Number, low: Number | None, high: Number | None) -> Number:
    """Bounded on both sides, where it is not already."""
    if high is not None and not (
        value.highest is not None and high.constant is not None and value.highest <= high.constant
    ):
        value = extreme("MIN", [high, value])
    if low is not None and not (value.lowest is not None and low.constant is not None and value.lowest >= low.constant):
        value = extreme("MAX", [low, value])
    return value


def denoised(value: Number) -> str:
    """The value with no more digits than a spreadsheet computes exactly."""
    if value.exact:
        return value.text()
    high, low = value.highest, value.lowest
    size = max(-(low or Fraction(0)), high) if high is not None else Fraction(10**4)
    return f"ROUND({value.text()},{max(14 - len(str(int(size))), 2)})"


def compared(sign: str, left: Number, right: Number) -> str:
    """left sign right; sign as Excel writes it. Quotients are multiplied out where their denominators are known to be above 0."""
    a, b = left.constant, right.constant
    if a is not None and b is not None:
        holds = {"=": a == b, "<>": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]
        return "TRUE" if holds else "FALSE"
    above_zero = left.under.not_negative and right.under.not_negative  # they are not 0: the caller guards against that
    if not (left.rational and right.rational and above_zero):
        if left.exact and right.exact:
            return f"{left.text()}{sign}{right.text()}"
        return f"ROUND({(left - right).text()},10){sign}0"
    one, two = _over_nothing(left, right), _over_nothing(right, left)
    if one.factor > 0 and decimals_of(two.factor / one.factor) is not None:
        one, two = replace(one, factor=ONE), replace(two, factor=two.factor / one.factor)
    return f"{one.text()}{sign}{two.text()}"


def _over_nothing(side: Number, other: Number) -> Number:
    """One side of a comparison times both denominators."""
    return Number(side.over * other.under, factor=side.factor * other.divisor)
