"""Terms: expressions bound to names. A term evaluates whole columns, and says itself in words and in figures.

`formula()` is the rule with names ("Hoàn thành / Được giao"), `filled()` the same with one candidate's numbers
("12 / 15 nhiệm vụ"). Both come from the object that computes the column.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from criteria.exact import KNOWN, Quantity, Truth, constant, show_vietnamese, strongest
from criteria.expressions import kinds
from criteria.expressions.kinds import Kind, show_unit
from criteria.expressions.rows import Rows

Column = Quantity | Truth
Bound = Fraction | str | None  # a number, or the name of another measure
ABSENT_WORDS = {1: "không xác định (chia cho 0)", 2: "chưa có số liệu", 3: "không áp dụng"}
_PRECEDENCE = {
    "or": 1,
    "and": 2,
    "not": 3,
    "=": 4,
    "!=": 4,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "in": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "negate": 7,
}
_SIGNS = {"*": "×", "-": "−", "!=": "≠", "<=": "≤", ">=": "≥", "and": "và", "or": "hoặc"}


class Term:
    """A bound expression. Subclasses set `kind` and `parts`."""

    kind: Kind
    parts: tuple[Term, ...] = ()
    precedence = 9
    constant_value: Fraction | None = None

    def evaluate(self, rows: Rows) -> Any:
        """Quantity (numbers, days, levels, texts) or Truth for all rows."""
        raise AttributeError(type(self).__name__)

    def formula(self) -> str:
        raise AttributeError(type(self).__name__)

    def filled(self, rows: Rows) -> str:
        """The same for one row (rows.size == 1)."""
        return self.shown(rows)

    def shown(self, rows: Rows) -> str:
        """The value of one row, with its unit."""
        return show_value(self.evaluate(rows), self.kind)

    def walk(self) -> Iterator[Term]:
        yield self
        for part in self.parts:
            yield from part.walk()


def show_value(column: Column, kind: Kind, row: int = 0, places: int | None = None) -> str:
    """One value as Vietnamese readers write it."""
    absence = column.absence_at(row)
    if absence:
        return ABSENT_WORDS[absence]
    if isinstance(column, Truth):
        return "có" if column.at(row) else "không"
    value = column.at(row)
    assert value is not None
    if kind.name == kinds.LEVEL:
        return f"“{kind.levels[int(value)]}”"
    if kind.name == kinds.DAY:
        return show_day(int(value))
    if kind.percent:
        return f"{show_vietnamese(value * 100, places)} %"
    text = show_vietnamese(value, places)
    unit = show_unit(kind.unit)
    return f"{text} {unit}" if unit else text


def show_day(days: int) -> str:
    return np.datetime64(days, "D").item().strftime("%d/%m/%Y")


def bracket(part: Term, text: str, precedence: int, strict: bool = False) -> str:
    return f"({text})" if part.precedence < precedence + strict else text


class Constant(Term):
    """A number, truth, day, level or text written in the expression, or a setting."""

    def __init__(self, value: Column, kind: Kind, text: str) -> None:
        self.value, self.kind, self.text = value, kind, text
        if isinstance(value, Quantity) and kind.name == kinds.NUMBER:
            self.constant_value = value.scalar

    def evaluate(self, rows: Rows) -> Column:
        return self.value

    def formula(self) -> str:
        return self.text

    def filled(self, rows: Rows) -> str:
        return self.text


class WrittenText(Term):
    """A text that is compared with a text column."""

    kind = kinds.TEXTS

    def __init__(self, text: str) -> None:
        self.text = text

    def evaluate(self, rows: Rows) -> Quantity:
        return constant(rows.text_code(self.text))

    def formula(self) -> str:
        return f"“{self.text}”"

    def filled(self, rows: Rows) -> str:
        return self.formula()


class Measured(Term):
    """A measure, an attribute or a column of an item table."""

    def __init__(self, name: str, label: str, kind: Kind, at_least: Bound = None, at_most: Bound = None) -> None:
        self.name, self.label, self.kind = name, label, kind
        self.at_least, self.at_most = at_least, at_most

    def evaluate(self, rows: Rows) -> Column:
        column: Column = rows.measure(self.name)
        return column

    def formula(self) -> str:
        return self.label

    def filled(self, rows: Rows) -> str:
        if self.kind.name == kinds.TEXT:
            return f"{self.label}: “{rows.text_at(self.name, 0)}”"
        if self.kind.name in (kinds.TRUTH, kinds.LEVEL):
            return f"{self.label}: {self.shown(rows)}"
        return self.shown(rows)


class Named(Term):
    """A named quantity."""

    def __init__(self, name: str, label: str, kind: Kind) -> None:
        self.name, self.label, self.kind = name, label, kind

    def evaluate(self, rows: Rows) -> Column:
        column: Column = rows.quantity(self.name)
        return column

    def formula(self) -> str:
        return self.label


class Arithmetic(Term):
    """a + b, a − b, a × b, a / b."""

    _APPLY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}

    def __init__(self, sign: str, left: Term, right: Term, kind: Kind) -> None:
        self.sign, self.parts, self.kind = sign, (left, right), kind
        self.precedence = _PRECEDENCE[sign]
        a, b = left.constant_value, right.constant_value
        if a is not None and b is not None and not (sign == "/" and b == 0):
            self.constant_value = self._APPLY[sign](a, b)
            self.folded = constant(self.constant_value)

    def evaluate(self, rows: Rows) -> Quantity:
        if self.constant_value is not None:
            return self.folded
        left, right = self.parts
        result: Quantity = self._APPLY[self.sign](left.evaluate(rows), right.evaluate(rows))
        return result

    def _join(self, left: str, right: str) -> str:
        a, b = self.parts
        sign = _SIGNS.get(self.sign, self.sign)
        return f"{bracket(a, left, self.precedence)} {sign} {bracket(b, right, self.precedence, self.sign in '-/')}"

    def formula(self) -> str:
        return self._join(*(part.formula() for part in self.parts))

    def filled(self, rows: Rows) -> str:
        left, right = self.parts
        first, second = left.filled(rows), right.filled(rows)
        unit = show_unit(left.kind.unit)
        if (
            unit
            and left.kind.unit == right.kind.unit
            and not left.parts
            and first.endswith(" " + unit)
            and second.endswith(" " + unit)
        ):
            first = first[: -len(unit) - 1]  # 12 / 15 nhiệm vụ, the unit said once
        return self._join(first, second)


class Negated(Term):
    """−a."""

    precedence = _PRECEDENCE["negate"]

    def __init__(self, part: Term) -> None:
        self.parts, self.kind = (part,), part.kind
        if part.constant_value is not None:
            self.constant_value = -part.constant_value

    def evaluate(self, rows: Rows) -> Quantity:
        value: Quantity = self.parts[0].evaluate(rows)
        return -value

    def formula(self) -> str:
        return f"−{bracket(self.parts[0], self.parts[0].formula(), self.precedence)}"

    def filled(self, rows: Rows) -> str:
        return f"−{bracket(self.parts[0], self.parts[0].filled(rows), self.precedence)}"


class Comparison(Term):
    """a = b, a < b, …; days, levels and texts too."""

    kind = kinds.TRUTHS
    precedence = _PRECEDENCE["="]
    _APPLY = {
        "=": operator.eq,
        "!=": operator.ne,
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
    }

    def __init__(self, sign: str, left: Term, right: Term) -> None:
        self.sign, self.parts = sign, (left, right)

    def evaluate(self, rows: Rows) -> Truth:
        left, right = (part.evaluate(rows) for part in self.parts)
        absent = strongest(left.absent, right.absent)
        if isinstance(left, Truth):
            return Truth(self._APPLY[self.sign](left.value, right.value), absent)
        return Truth(left.compare(self._APPLY[self.sign], right), absent)

    def _join(self, left: str, right: str) -> str:
        return f"{left} {_SIGNS.get(self.sign, self.sign)} {right}"

    def formula(self) -> str:
        return self._join(*(bracket(p, p.formula(), self.precedence, True) for p in self.parts))

    def filled(self, rows: Rows) -> str:
        left, right = self.parts
        return self._join(self._side(left, right, rows), self._side(right, left, rows))

    def _side(self, part: Term, other: Term, rows: Rows) -> str:
        """One side with its label, and as a percentage where the other side is one."""
        text = bracket(part, part.filled(rows), self.precedence, True)
        if isinstance(part, Measured) and part.kind.name in (kinds.NUMBER, kinds.DAY):
            text = f"{part.label} {text}"
        value = (
            part.evaluate(rows).at(0)
            if other.kind.percent and not part.kind.percent and part.constant_value is None
            else None
        )
        return text if value is None else f"{text} = {show_vietnamese(value * 100)} %".replace("= ≈", "≈")


class Among(Term):
    """a in (b, c, …)."""

    kind = kinds.TRUTHS
    precedence = _PRECEDENCE["in"]

    def __init__(self, value: Term, choices: tuple[Term, ...]) -> None:
        self.parts = (value, *choices)
        self.tests = [Comparison("=", value, choice) for choice in choices]

    def evaluate(self, rows: Rows) -> Truth:
        result = self.tests[0].evaluate(rows)
        for test in self.tests[1:]:
            result = result | test.evaluate(rows)
        return result

    def formula(self) -> str:
        return f"{self.parts[0].formula()} thuộc ({', '.join(p.formula() for p in self.parts[1:])})"

    def filled(self, rows: Rows) -> str:
        return f"{self.parts[0].filled(rows)} thuộc ({', '.join(p.formula() for p in self.parts[1:])})"


class Junction(Term):
    """a and b, a or b, in Kleene's logic."""

    kind = kinds.TRUTHS

    def __init__(self, word: str, left: Term, right: Term) -> None:
        self.word, self.parts, self.precedence = word, (left, right), _PRECEDENCE[word]

    def evaluate(self, rows: Rows) -> Truth:
        left, right = (part.evaluate(rows) for part in self.parts)
        result: Truth = left & right if self.word == "and" else left | right
        return result

    def formula(self) -> str:
        return f" {_SIGNS[self.word]} ".join(bracket(p, p.formula(), self.precedence) for p in self.parts)

    def filled(self, rows: Rows) -> str:
        return f" {_SIGNS[self.word]} ".join(bracket(p, p.filled(rows), self.precedence) for p in self.parts)


class Negation(Term):
    """not a."""

    kind = kinds.TRUTHS
    precedence = _PRECEDENCE["not"]

    def __init__(self, part: Term) -> None:
        self.parts = (part,)

    def evaluate(self, rows: Rows) -> Truth:
        truth: Truth = self.parts[0].evaluate(rows)
        return ~truth

    def _join(self, text: str) -> str:
        return f"không {text}" if self.parts[0].precedence == Term.precedence else f"không phải ({text})"

    def formula(self) -> str:
        return self._join(self.parts[0].formula())

    def filled(self, rows: Rows) -> str:
        return f"không phải ({self.parts[0].filled(rows)})"


def known_truth(column: Column) -> Any:
    """True where the column has a value, as a bool or an array."""
    return True if column.absent is None else np.equal(column.absent, KNOWN)
