"""Decimal numerals: text to exact fraction and back."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

# At most 40 digits: far above any sum of money, far below what could make a machine labour.
_NUMERAL = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_GROUPED = re.compile(
    r"[+-]?[0-9]{1,3}(?:[.,' \u00a0\u202f][0-9]{3}){2,}(?:[.,][0-9]+)?|[+-]?[0-9]{1,3}(?:[' \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?"
    r"|[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+"
)


class NumeralError(ValueError):
    """The text is no numeral. `code` is a problem code: number, decimal-comma, number-grouping, decimals."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


def read_decimal(text: str, *, comma: bool = False) -> tuple[int, int]:
    """Digits and number of decimals of a numeral: "87.25" gives (8725, 2); the value is digits / 10**decimals.

    comma: accept a decimal comma too, as tables do and criteria files do not.
    Raises NumeralError.
    """
    written = text.strip()
    if _GROUPED.fullmatch(written):
        raise NumeralError("number-grouping", text)
    if _COMMA.fullmatch(written):
        if not comma:
            raise NumeralError("decimal-comma", text)
        written = written.replace(",", ".")
    if not _NUMERAL.fullmatch(written):
        raise NumeralError("number", text)
    whole, _, decimals = written.partition(".")
    return int(whole + decimals), len(decimals)


def show_decimal(value: Fraction, places: int) -> str:
    """A fraction with a fixed number of decimals, half up: Fraction(1, 3), 2 gives "0.33"."""
    scaled = abs(value) * 10**places
    steps = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(steps).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 and steps else text


def as_decimal(value: Fraction, places: int) -> Decimal:
    """The printed value as a Decimal, for those who go on in other tools."""
    return Decimal(show_decimal(value, places))


def show_vietnamese(value: Fraction, places: int | None = None) -> str:
    """A number as Vietnamese readers write it: decimal comma, dots between thousands.

    places None: all decimals of a finite decimal, else four with "≈" in front.
    """
    sign = ""
    if places is None:
        places = _decimals_of(value)
        if places is None:
            sign, places = "≈ ", 4
    text = show_decimal(value, places)
    whole, _, decimals = text.lstrip("-").partition(".")
    groups = f"{int(whole):,}".replace(",", ".")
    minus = "−" if text.startswith("-") else ""
    return sign + minus + groups + (f",{decimals}" if decimals else "")


def _decimals_of(value: Fraction) -> int | None:
    """How many decimals a finite decimal needs; None for an infinite one."""
    rest, places = value.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    while rest % 2 == 0:
        rest, places = rest // 2, places + 1
    while rest % 5 == 0:
        rest, places = rest // 5, places + 1
    return places if rest == 1 and places <= 12 else None
