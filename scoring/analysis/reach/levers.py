"""Levers: what a unit may change, in which direction, within which bounds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from criteria.expressions import kinds
from criteria.inputs import Input

UP, DOWN = 1, -1


@dataclass(frozen=True)
class Lever:
    """A measure that a unit can change. sign: UP or DOWN, the only direction that is ever suggested."""

    input: Input
    sign: int = UP

    @property
    def name(self) -> str:
        return self.input.name

    @property
    def blank(self) -> int | None:
        """The stored integer that an empty cell counts as; None when an empty cell has no value to start from."""
        filling = self.input.default if self.input.default is not None else self.input.silent
        return None if filling is None else int(filling)

    @property
    def bound(self) -> Fraction | str | None:
        """How far it may go: a value, the name of another measure, or no end."""
        if self.input.kind.name == kinds.TRUTH:
            return Fraction(int(self.sign == UP))
        if self.input.kind.name == kinds.LEVEL:
            return Fraction(len(self.input.kind.levels) - 1 if self.sign == UP else 0)
        return self.input.at_most if self.sign == UP else self.input.at_least

    def stored(self, value: Fraction) -> int:
        """The last stored integer that does not pass a value."""
        exact = value * self.input.scale
        return math.floor(exact) if self.sign == UP else math.ceil(exact)

    def value(self, stored: int) -> Fraction:
        return Fraction(stored, self.input.scale)
