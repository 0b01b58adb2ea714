"""Random valid criteria sets with random tables, for comparing two implementations of the criteria language."""

from .cases import (
    Case,
    cases,
    expression_cases,
    over_cases,
    pool_cases,
    quota_cases,
    rank_cases,
    shape_cases,
)
from .sets import to_yaml
from .shapes import SHAPES

__all__ = [
    "SHAPES",
    "Case",
    "cases",
    "expression_cases",
    "over_cases",
    "pool_cases",
    "quota_cases",
    "rank_cases",
    "shape_cases",
    "to_yaml",
]
