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
class Number:
    """factor × num / (divisor × den). factor and divisor have decimals that end; divisor > 0.

    num, den: texts ("1" is none). decimals, den_decimals: how many decimals they have, None where binary noise is possible.
    loose: the text is a sum. bare: it is one cell, free of noise. not_negative: they never are. low, high: bounds of the value, if known.
    sharp: noise or no noise, the text is the nearest a spreadsheet can hold.
    """

    num: str = "1"
    den: str = "1"
    factor: Fraction = ONE
    divisor: Fraction = ONE
    decimals: int | None = 0
    den_decimals: int | None = 0
    loose: bool = False
    den_loose: bool = False
    bare: bool = False
    den_bare: bool = False
    not_negative: bool = True
    den_not_negative: bool = True
    low: Fraction | None = None
    high: Fraction | None = None
    sharp: bool = False

    @property
    def constant(self) -> Fraction | None:
        return self.factor / self.divisor if self.num == self.den == "1" else None

    @property
    def exact(self) -> bool:
        """The text is one division of exact numbers at most."""
        return (self.decimals is not None and self.den_decimals is not None) or (
            self.sharp and self.factor == self.divisor == 1 and self.den == "1"
        )

    @property
    def at_least_zero(self) -> bool:
        if self.low is not None and self.low >= 0:
            return True
        return self.factor == 0 or (self.factor > 0 and self.not_negative and self.den_not_negative)

    @property
    def lowest(self) -> Fraction | None:
        """The least the value can be, if known."""
        exact = self.constant
        return (
            exact
            if exact is not None
            else self.low
            if self.low is not None
            else Fraction(0)
            if self.at_least_zero
            else None
        )

    @property
    def highest(self) -> Fraction | None:
        """The most the value can be, if known."""
        exact = self.constant
        return exact if exact is not None else self.high

    @property
    def ends(self) -> int | None:
        """Decimals of the value, None where they do not end."""
        inverse = decimals_of(1 / self.divisor)
        if self.den != "1" or self.decimals is None or inverse is None:
            return None
        return self.decimals + (decimals_of(self.factor) or 0) + inverse

    @property
    def zero(self) -> str:
        """The condition that it is 0."""
        if self.constant is not None or self.factor == 0:
            return "TRUE" if self.factor == 0 else "FALSE"
        return f"{replace(self, den='1', factor=ONE, divisor=ONE, den_decimals=0)._over()}=0"

    def text(self) -> str:
        """The value."""
        if self.factor == 0:
            return "0"
        shorter = self.factor / self.divisor
        if shorter.denominator == 1 or (self.num == "1" and decimals_of(shorter) is not None):
            whole = replace(self, factor=shorter, divisor=ONE)
        else:
            scale = 10 ** (decimals_of(self.divisor) or 0)
            whole = replace(self, factor=self.factor * scale, divisor=self.divisor * scale)
        below = whole._under()
        if not below:
            return whole._over()
        above = whole._over()
        return f"{_tight(above, whole.loose and whole.factor == 1 and not above.startswith('ROUND('))}/{below}"

    def _over(self) -> str:
        return _side(self.factor, self.num, self.decimals, self.loose, self.bare)

    def _under(self) -> str:
        if self.den == "1":
            return "" if self.divisor == 1 else literal(self.divisor)
        made = _side(self.divisor, self.den, self.den_decimals, self.den_loose, self.den_bare)
        plain = made.startswith("ROUND(") or (self.divisor == 1 and not self.den_loose and "*" not in made)
        return made if plain else f"({made})"

    def bounded(self, low: Fraction | None, high: Fraction | None) -> Number:
        return replace(self, low=low, high=high)

    def __mul__(self, other: Number) -> Number:
        if self.factor == 0 or other.factor == 0:
            return NOUGHT
        num = _product(
            (self.num, self.decimals, self.loose, self.bare), (other.num, other.decimals, other.loose, other.bare)
        )
        den = _product(
            (self.den, self.den_decimals, self.den_loose, self.den_bare),
            (other.den, other.den_decimals, other.den_loose, other.den_bare),
        )
        return Number(
            num[0],
            den[0],
            self.factor * other.factor,
            self.divisor * other.divisor,
            num[1],
            den[1],
            num[2],
            den[2],
            num[3],
            den[3],
            self.not_negative and other.not_negative,
            self.den_not_negative and other.den_not_negative,
        )

    def __truediv__(self, other: Number) -> Number:
        """The caller guards against a divisor of 0."""
        if other.factor == 0:
            raise Unsayable("a division by 0")
        sign = 1 if other.factor > 0 else -1
        return self * Number(
            other.den,
            other.num,
            other.divisor * sign,
            abs(other.factor),
            other.den_decimals,
            other.decimals,
            other.den_loose,
            other.loose,
            other.den_bare,
            other.bare,
            other.den_not_negative,
            other.not_negative,
        )

    def __neg__(self) -> Number:
        return replace(self, factor=-self.factor, low=None, high=None, sharp=False)

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
        if self.den != other.den:
            return self._expanded(other) + other._expanded(self)
        one, two, divisor = self.factor, other.factor, self.divisor
        if self.divisor != other.divisor:
            scale = 10 ** max(decimals_of(self.divisor) or 0, decimals_of(other.divisor) or 0)
            divisor = Fraction(math.lcm(int(self.divisor * scale), int(other.divisor * scale)))
            one, two = one * divisor / self.divisor, two * divisor / other.divisor
        left, right = _term(one, self), _term(two, other)
        return Number(
            left + (right if right.startswith("-") else f"+{right}"),
            self.den,
            ONE,
            divisor,
            _most(_plus(self.decimals, decimals_of(one)), _plus(other.decimals, decimals_of(two))),
            self.den_decimals,
            True,
            self.den_loose,
            False,
            self.den_bare,
            (one > 0 and self.not_negative) and (two > 0 and other.not_negative),
            self.den_not_negative,
        )

    def _expanded(self, other: Number) -> Number:
        """Over the other's denominator too."""
        if other.den == "1":
            return self
        extra = Number(
            other.den,
            decimals=other.den_decimals,
            loose=other.den_loose,
            bare=other.den_bare,
            not_negative=other.den_not_negative,
        )
        made = self * extra
        order = sorted((self, other), key=lambda n: n.den)
        den = _product(*((n.den, n.den_decimals, n.den_loose, n.den_bare) for n in order))
        return replace(made, den=den[0], den_decimals=den[1], den_loose=den[2], den_bare=den[3])


Part = tuple[str, int | None, bool, bool]


def _product(first: Part, second: Part) -> Part:
    """Two texts multiplied: text, decimals, loose, bare."""
    if first[0] == "1":
        return second
    if second[0] == "1":
        return first
    return f"{_tight(first[0], first[2])}*{_tight(second[0], second[2])}", _plus(first[1], second[1]), False, False


def _tight(made: str, loose: bool) -> str:
    return f"({made})" if loose else made


def _plus(first: int | None, second: int | None) -> int | None:
    total = None if first is None or second is None else first + second
    return None if total is None or total > MOST_DECIMALS else total


def _most(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else max(first, second)


def _side(factor: Fraction, num: str, decimals: int | None, loose: bool, bare: bool) -> str:
    """factor × num, rounded to the decimals it has where binary noise could stand in it."""
    if num == "1":
        return literal(factor)
    if factor == 1:
        made, places = num, decimals
    else:
        made = f"-{_tight(num, loose)}" if factor == -1 else f"{literal(factor)}*{_tight(num, loose)}"
        places = _plus(decimals, decimals_of(factor))
        bare = bare and factor == -1
    return f"ROUND({made},{places})" if places and not bare else made


def _term(factor: Fraction, of: Number) -> str:
    """factor × num as a term of a sum."""
    if of.num == "1":
        return literal(factor)
    if factor == 1:
        return of.num
    return f"-{_tight(of.num, of.loose)}" if factor == -1 else f"{literal(factor)}*{_tight(of.num, of.loose)}"


def number(value: Fraction | int) -> Number:
    """A constant."""
    exact = Fraction(value)
    if decimals_of(exact) is not None:
        return Number(factor=exact, low=exact, high=exact)
    return Number(factor=Fraction(exact.numerator), divisor=Fraction(exact.denominator), low=exact, high=exact)


NOUGHT = number(0)


def atom(
    made: str,
    decimals: int | None,
    *,
    not_negative: bool = False,
    bare: bool = False,
    low: Fraction | None = None,
    high: Fraction | None = None,
    sharp: bool = False,
) -> Number:
    """A text that is computed on: a cell or a call of a function (never a bare sum)."""
    return Number(
        made,
        decimals=decimals,
        bare=bare,
        not_negative=not_negative or (low is not None and low >= 0),
        low=low,
        high=high,
        sharp=sharp,
    )
