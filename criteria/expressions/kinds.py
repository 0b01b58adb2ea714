"""What an expression gives: a number with its unit, a truth, a day, a level, a text."""

from __future__ import annotations

from dataclasses import dataclass

NUMBER, TRUTH, DAY, LEVEL, TEXT = "number", "truth", "date", "level", "text"
_NAMES = {NUMBER: "số", TRUTH: "điều kiện", DAY: "ngày", LEVEL: "mức", TEXT: "chữ"}

# A unit is a product of symbols with powers; None is "any unit" (a literal), () is a pure number. % is a pure number.
Unit = tuple[tuple[str, int], ...] | None


@dataclass(frozen=True)
class Kind:
    """percent: a share written in %; literal: a number written in the expression; levels: lowest first."""

    name: str
    unit: Unit = None
    percent: bool = False
    literal: bool = False
    levels: tuple[str, ...] = ()

    @property
    def vietnamese(self) -> str:
        return _NAMES[self.name]


def number(unit: str | None = None) -> Kind:
    """The kind of a measure with a declared unit."""
    if unit is None:
        return Kind(NUMBER)
    if unit == "%":
        return Kind(NUMBER, (), percent=True)
    return Kind(NUMBER, ((unit, 1),))


PURE = Kind(NUMBER)
TRUTHS = Kind(TRUTH)
DAYS = Kind(DAY)
TEXTS = Kind(TEXT)


def show_unit(unit: Unit) -> str:
    """nhiệm vụ, đồng/người, …"""
    if not unit:
        return ""
    above = "·".join(name for name, power in unit if power > 0)
    below = "·".join(name for name, power in unit if power < 0)
    return f"{above or '1'}/{below}" if below else above


def combine_units(first: Kind, second: Kind, sign: int) -> Unit:
    """The unit of a product (sign 1) or quotient (sign −1). A literal has none; with an undeclared unit nothing is known."""
    if (first.unit is None and not first.literal) or (second.unit is None and not second.literal):
        return None
    powers = dict(first.unit or ())
    for name, power in second.unit or ():
        powers[name] = powers.get(name, 0) + sign * power
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def same_unit(first: Kind, second: Kind) -> bool:
    return first.unit is None or second.unit is None or first.unit == second.unit
