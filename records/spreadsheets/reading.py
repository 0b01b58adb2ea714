"""What a formula gives, in exact numbers: a formula is held against the engine before it is written.

It reads what branches, maxima and keys are made of. Numbers are not rounded to the binary ones of a spreadsheet.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

Value = Fraction | str | bool
Row = Mapping[str, Value]
Reading = Callable[[Row], Value]  # ArithmeticError: the cell would show #DIV/0! or #VALUE!

_TOKEN = re.compile(
    r"""(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<text>"(?:[^"]|"")*")|(?P<name>[A-Z]+(?=\())|(?P<truth>TRUE|FALSE)"""
    r"""|(?P<cell>(?:'[^']+'!|[A-Za-z]+!)?\$?[A-Z]+\$?(?:[0-9]+|\#+))|(?P<sign><=|>=|<>|[-+*/=<>(),])"""
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Unreadable(ValueError):
    """A formula says something that is not read here."""


def reading(formula: str) -> Reading:
    """What the formula gives for cells by their references as the formula writes them. Raises Unreadable."""
    tokens, place = [], 0
    body = formula.removeprefix("=")
    while place < len(body):
        found = _TOKEN.match(body, place)
        if found is None:
            raise Unreadable(body[place : place + 20])
        tokens.append((str(found.lastgroup), found[0]))
        place = found.end()
    reader = _Reader(tokens)
    made = reader.comparison()
    if reader.tokens:
        raise Unreadable(reader.tokens[-1][1])
    return made


class _Reader:
    """Tokens from the last to the first, so that the next one is popped."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens[::-1]

    def sign(self, among: Sequence[str]) -> str:
        """The next sign if it is one of these, else ""."""
        if self.tokens and self.tokens[-1][0] == "sign" and self.tokens[-1][1] in among:
            return self.tokens.pop()[1]
        return ""

    def comparison(self) -> Reading:
        left = self.sum()
        while sign := self.sign(tuple(_COMPARE)):
            left = _compared(_COMPARE[sign], left, self.sum())
        return left

    def sum(self) -> Reading:
        left = self.product()
        while sign := self.sign(("+", "-")):
            left = _computed(operator.add if sign == "+" else operator.sub, left, self.product())
        return left

    def product(self) -> Reading:
        left = self.factor()
        while sign := self.sign(("*", "/")):
            left = _computed(operator.mul if sign == "*" else operator.truediv, left, self.factor())
        return left

    def factor(self) -> Reading:
        if self.sign(("-",)):
            return _computed(operator.sub, lambda row: Fraction(0), self.factor())
        if self.sign(("(",)):
            inside = self.comparison()
            self.expect(")")
            return inside
        if not self.tokens:
            raise Unreadable("an end too early")
        kind, text = self.tokens.pop()
        if kind == "name":
            return self.call(text)
        if kind == "cell":
            return operator.itemgetter(text)
        if kind == "sign":
            raise Unreadable(text)
        constant: Value = Fraction(text) if kind == "number" else text == "TRUE"
        if kind == "text":
            constant = text[1:-1].replace('""', '"')
        return lambda row: constant

    def call(self, name: str) -> Reading:
        if name not in _FUNCTIONS:
            raise Unreadable(name)
        self.expect("(")
        arguments = [self.comparison()]
        while self.sign((",",)):
            arguments.append(self.comparison())
        self.expect(")")
        if name == "IF":
            condition, then, otherwise = arguments
            return lambda row: then(row) if _true(condition(row)) else otherwise(row)
        function = _FUNCTIONS[name]
        return lambda row: function([argument(row) for argument in arguments])

    def expect(self, sign: str) -> None:
        if not self.sign((sign,)):
            raise Unreadable(f"no {sign}")


def _compared(how: Callable[[Any, Any], bool], left: Reading, right: Reading) -> Reading:
    """A spreadsheet orders numbers before texts before truths; capitals count for nothing."""

    def key(value: Value) -> tuple[int, object]:
        if isinstance(value, str):
            return 1, value.casefold()
        return (2, value) if isinstance(value, bool) else (0, value)

    return lambda row: how(key(left(row)), key(right(row)))


def _computed(how: Callable[[Fraction, Fraction], Fraction], left: Reading, right: Reading) -> Reading:
    return lambda row: how(_number(left(row)), _number(right(row)))


def _number(value: Value) -> Fraction:
    if isinstance(value, str):
        raise ArithmeticError("a word in a computation")
    return value if isinstance(value, Fraction) else Fraction(value)


def _true(value: Value) -> bool:
    return bool(_number(value))


def _numbers(values: Sequence[Value]) -> list[Fraction]:
    """What SUM, MAX and COUNT see of cells."""
    return [value for value in values if isinstance(value, Fraction)]


def _n(values: Sequence[Value]) -> Fraction:
    return Fraction(0) if isinstance(values[0], str) else _number(values[0])


def _rounding(how: Callable[[Fraction], int]) -> Callable[[Sequence[Value]], Fraction]:
    """how: what becomes of a size without its sign."""

    def made(values: Sequence[Value]) -> Fraction:
        value, step = _number(values[0]), 10 ** int(_number(values[1]))
        size = Fraction(how(abs(value) * step), step)
        return size if value >= 0 else -size

    return made


def _mod(values: Sequence[Value]) -> Fraction:
    value, by = (_number(each) for each in values)
    return value - by * math.floor(value / by)


def _signum(values: Sequence[Value]) -> Fraction:
    value = _number(values[0])
    return Fraction((value > 0) - (value < 0))


_FUNCTIONS: dict[str, Callable[[Sequence[Value]], Value]] = {
    "IF": lambda values: values[0],  # see _Reader.call()
    "SUM": lambda values: sum(_numbers(values), Fraction(0)),
    "MAX": lambda values: max(_numbers(values), default=Fraction(0)),
    "MIN": lambda values: min(_numbers(values), default=Fraction(0)),
    "COUNT": lambda values: Fraction(len(_numbers(values))),
    "ROUND": _rounding(lambda size: math.floor(size + Fraction(1, 2))),
    "ROUNDDOWN": _rounding(math.floor),
    "ROUNDUP": _rounding(math.ceil),
    "INT": lambda values: Fraction(math.floor(_number(values[0]))),
    "MOD": _mod,
    "ABS": lambda values: abs(_number(values[0])),
    "SIGN": _signum,
    "N": _n,
    "AND": lambda values: all(_true(value) for value in values),
    "OR": lambda values: any(_true(value) for value in values),
    "NOT": lambda values: not _true(values[0]),
    "ISNUMBER": lambda values: isinstance(values[0], Fraction),
    "ISTEXT": lambda values: isinstance(values[0], str),
}
