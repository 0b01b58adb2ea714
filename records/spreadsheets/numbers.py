"""Numbers of formulas: quotients kept exact as long as a spreadsheet can, so that half cases round as the engine rounds them.

A spreadsheet computes in binary: 0.1 + 0.2 is not 0.3. What is made of decimals by + − × has decimals that end, so rounding it to
them gives the exact number wherever 15 digits do. A quotient of two exact numbers is then one division, and rounds as it should.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

from records.spreadsheets.writing import Unsayable, decimals_of, literal

ONE = Fraction(1)
MOST_DECIMALS = 12  # beyond these 15 digits are used up


@dataclass(frozen=True)
class Side:
    """A text above or below the line; "1" is none.

    decimals: how many it has, None where binary noise is possible. loose: a sum, or a text that needs parentheses in a product.
    bare: a cell, or a text that is rounded already. not_negative: it never is.
    """

    text: str = "1"
    decimals: int | None = 0
    loose: bool = False
    bare: bool = False
    not_negative: bool = True

    def __mul__(self, other: Side) -> Side:
        if self.text == "1":
            return other
        if other.text == "1":
            return self
        return Side(
            f"{self.tight}*{other.tight}",
            added(self.decimals, other.decimals),
            not_negative=self.not_negative and other.not_negative,
        )

    @property
    def tight(self) -> str:
        """The text as a factor."""
        return f"({self.text})" if self.loose else self.text

    def times(self, factor: Fraction) -> str:
        """factor × side, not rounded."""
        if self.text == "1":
            return literal(factor)
        if factor == 1:
            return self.text
        return f"-{self.tight}" if factor == -1 else f"{literal(factor)}*{self.tight}"

    def clean(self, factor: Fraction) -> str:
        """factor × side, rounded to the decimals it has where binary noise could stand in it."""
        places = added(self.decimals, decimals_of(factor))
        noisy = places and self.text != "1" and not (self.bare and abs(factor) == 1)
        return f"ROUND({self.times(factor)},{places})" if noisy else self.times(factor)


NONE = Side()


@dataclass(frozen=True)
class Number:
    """factor × over / (divisor × under). factor and divisor have decimals that end; divisor > 0.

    low, high: bounds of the value, if known. sharp: noise or no noise, the text is the nearest a spreadsheet can hold.
    """

    over: Side = NONE
    under: Side = NONE
    factor: Fraction = ONE
    divisor: Fraction = ONE
    low: Fraction | None = None
    high: Fraction | None = None
    sharp: bool = False

    @property
    def constant(self) -> Fraction | None:
        return self.factor / self.divisor if self.over.text == self.under.text == "1" else None

    @property
    def rational(self) -> bool:
        """Above and below the line stand exact numbers."""
        return self.over.decimals is not None and self.under.decimals is not None

    @property
    def exact(self) -> bool:
        """The text is one division of exact numbers at most."""
        alone = self.factor == self.divisor == 1 and self.under.text == "1"
        return self.rational or (self.sharp and alone)

    @property
    def at_least_zero(self) -> bool:
        if self.low is not None and self.low >= 0:
            return True
        return self.factor == 0 or (self.factor > 0 and self.over.not_negative and self.under.not_negative)

    @property
    def lowest(self) -> Fraction | None:
        """The least the value can be, if known."""
        exact = self.constant
        return (
            exact if exact is not None else self.low if self.low is not None else ZERO if self.at_least_zero else None
        )

    @property
    def highest(self) -> Fraction | None:
        """The most the value can be, if known."""
        exact = self.constant
        return exact if exact is not None else self.high

    @property
    def ends(self) -> int | None:
        """Decimals of the value, None where they do not end."""
        if self.under.text != "1":
            return None
        return added(self.over.decimals, decimals_of(self.factor), decimals_of(1 / self.divisor))

    @property
    def zero(self) -> str:
        """The condition that it is 0."""
        if self.constant is not None or self.factor == 0:
            return "TRUE" if self.factor == 0 else "FALSE"
        return f"{self.over.clean(ONE)}=0"

    def text(self) -> str:
        """The value."""
        if self.factor == 0:
            return "0"
        ratio = self.factor / self.divisor
        factor, divisor = self.factor, self.divisor
        if ratio.denominator == 1 or (self.over.text == "1" and decimals_of(ratio) is not None):
            factor, divisor = ratio, ONE
        else:
            scale = 10 ** (decimals_of(divisor) or 0)
            factor, divisor = factor * scale, divisor * scale
        above, below = self.over.clean(factor), self._below(divisor)
        if not below:
            return above
        sum_above = self.over.loose and factor == 1 and not above.startswith("ROUND(")
        return f"({above})/{below}" if sum_above else f"{above}/{below}"

    def _below(self, divisor: Fraction) -> str:
        if self.under.text == "1":
            return "" if divisor == 1 else literal(divisor)
        made = self.under.clean(divisor)
        one_call = made.startswith("ROUND(") or (divisor == 1 and not self.under.loose and "*" not in made)
        return made if one_call else f"({made})"

    def bounded(self, low: Fraction | None, high: Fraction | None) -> Number:
        return replace(self, low=low, high=high)

    def __mul__(self, other: Number) -> Number:
        if self.factor == 0 or other.factor == 0:
            return NOUGHT
        return Number(
            self.over * other.over, self.under * other.under, self.factor * other.factor, self.divisor * other.divisor
        )

    def __truediv__(self, other: Number) -> Number:
        """The caller guards against a divisor of 0."""
        if other.factor == 0:
            raise Unsayable("a division by 0")
        sign = 1 if other.factor > 0 else -1
        return self * Number(other.under, other.over, other.divisor * sign, abs(other.factor))

    def __neg__(self) -> Number:
        return Number(self.over, self.under, -self.factor, self.divisor)

    def __sub__(self, other: Number) -> Number:
        return self + -other

    def __add__(self, other: Number) -> Number:
        if other.factor == 0:
            return self
        if self.factor == 0:
            return other
        first, second = self.constant, other.constant
        if first is not None and second is not None:
            return number(first + second)
        if self.under != other.under:
            left, right = sorted((self.under, other.under), key=lambda side: side.text)
            mine, theirs = self.over * other.under, other.over * self.under
            return replace(self, over=mine, under=left * right) + replace(other, over=theirs, under=left * right)
        one, two, divisor = self.factor, other.factor, self.divisor
        if self.divisor != other.divisor:
            scale = 10 ** max(decimals_of(self.divisor) or 0, decimals_of(other.divisor) or 0)
            divisor = Fraction(math.lcm(int(self.divisor * scale), int(other.divisor * scale)))
            one, two = one * divisor / self.divisor, two * divisor / other.divisor
        return Number(_summed(self.over, one, other.over, two), self.under, ONE, divisor)


def _summed(first: Side, one: Fraction, second: Side, two: Fraction) -> Side:
    """one × first + two × second."""
    left, right = first.times(one), second.times(two)
    places = added(first.decimals, decimals_of(one)), added(second.decimals, decimals_of(two))
    return Side(
        left + (right if right.startswith("-") else f"+{right}"),
        None if None in places else max(place for place in places if place is not None),
        loose=True,
        not_negative=one > 0 and first.not_negative and two > 0 and second.not_negative,
    )


def added(*decimals: int | None) -> int | None:
    """Decimals of a product; None where they do not end, or use up what a spreadsheet holds."""
    known = [places for places in decimals if places is not None]
    return sum(known) if len(known) == len(decimals) and sum(known) <= MOST_DECIMALS else None


def number(value: Fraction | int) -> Number:
    """A constant."""
    exact = Fraction(value)
    if decimals_of(exact) is not None:
        return Number(factor=exact)
    return Number(factor=Fraction(exact.numerator), divisor=Fraction(exact.denominator))


ZERO = Fraction(0)
NOUGHT = number(0)


def atom(
    made: str,
    decimals: int | None,
    *,
    not_negative: bool = False,
    bare: bool = False,
    loose: bool = False,
    low: Fraction | None = None,
    high: Fraction | None = None,
    sharp: bool = False,
) -> Number:
    """A text that is computed on: a cell or a call of a function; see Side and Number."""
    positive = not_negative or (low is not None and low >= 0)
    return Number(Side(made, decimals, loose, bare, positive), low=low, high=high, sharp=sharp)
