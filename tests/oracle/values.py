"""Exact values, the three kinds of absence, and rounding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Absent:
    """No value. Of two absences the stronger one wins."""

    state: str  # the state of a criterion that is absent in this way
    strength: int


UNDEFINED = Absent("undefined", 1)
MISSING = Absent("no_evidence", 2)
NOT_APPLICABLE = Absent("not_applicable", 3)


@dataclass(frozen=True)
class Level:
    """One name of an ordered list, lowest first."""

    name: str
    order: tuple[str, ...]

    @property
    def index(self) -> int:
        return self.order.index(self.name)


class Seen(NamedTuple):
    """A value, and whether it is provisional (a pool with a member still missing)."""

    value: Any
    open: bool = False


def strongest(values: list[Any]) -> Absent | None:
    absences = [value for value in values if isinstance(value, Absent)]
    return max(absences, key=lambda absence: absence.strength) if absences else None


def stronger(state: str, absence: Absent | None) -> str:
    """The state of something in the state `state` that an absent number multiplies or bounds."""
    order = ("scored", "open", "undefined", "no_evidence", "needs_judgement", "not_applicable", "not_assessed")
    return max(state, absence.state, key=order.index) if absence else state


YES = {"có", "yes", "true"}
NO = {"không", "no", "false"}
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
PERCENT = re.compile(r"\d+(\.\d+)?%")


def read_number(text: str) -> Fraction | None:
    """A number as a table writes it: decimal comma or point."""
    text = text.strip().replace(",", ".")
    return Fraction(text) if NUMBER.fullmatch(text) else None


def read_percent(text: str) -> Fraction | None:
    """A literal such as `85%`."""
    text = text.strip()
    return Fraction(text[:-1]) / 100 if PERCENT.fullmatch(text) else None


def read_date(text: str) -> date | None:
    text = text.strip()
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = match.groups()
    elif match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        day, month, year = match.groups()
    else:
        return None
    return date(int(year), int(month), int(day))


def read_truth(text: str) -> bool | None:
    text = text.strip().lower()
    return True if text in YES else False if text in NO else None


def floor_of(value: Fraction) -> int:
    return value.numerator // value.denominator


def rounded(value: Fraction, step: Fraction, rule: str = "half_up") -> Fraction:
    """The multiple of `step` chosen by `rule`, symmetrical around zero."""
    steps = abs(value) / step
    whole = floor_of(steps)
    rest = steps - whole
    half = Fraction(1, 2)
    away = {
        "half_up": rest >= half,
        "half_even": rest > half or (rest == half and whole % 2 == 1),
        "down": False,
        "up": rest > 0,
    }[rule]
    result = (whole + away) * step
    return -result if value < 0 else result


@dataclass(frozen=True)
class Result:
    """What became of one node or entry."""

    state: str
    points: Fraction = Fraction(0)
    maximum: Fraction = Fraction(0)  # in force
    mark: Fraction = Fraction(0)  # the full mark as declared
    nothing: bool = False  # not applicable because there was nothing to measure

    @property
    def in_force(self) -> bool:
        return self.state not in ("not_applicable", "not_assessed")

    @property
    def settled(self) -> bool:
        return self.state in ("scored", "not_applicable", "not_assessed", "closed")
