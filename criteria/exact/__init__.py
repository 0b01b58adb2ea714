"""Exact numbers: decimals at the edges, columns of rationals inside. No other package imports Decimal."""

from criteria.exact.numerals import NumeralError, as_decimal, read_decimal, show_decimal, show_vietnamese
from criteria.exact.quantity import (
    KNOWN,
    MISSING,
    NOT_APPLICABLE,
    UNDEFINED,
    Absent,
    Quantity,
    constant,
    greater,
    lesser,
    strongest,
)
from criteria.exact.rounding import MODES, round_half_up, round_to
from criteria.exact.truth import Truth, choose

__all__ = [
    "KNOWN",
    "MISSING",
    "MODES",
    "NOT_APPLICABLE",
    "UNDEFINED",
    "Absent",
    "NumeralError",
    "Quantity",
    "Truth",
    "as_decimal",
    "choose",
    "constant",
    "greater",
    "lesser",
    "read_decimal",
    "round_half_up",
    "round_to",
    "show_decimal",
    "show_vietnamese",
    "strongest",
]
