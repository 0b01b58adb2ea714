"""Columns of a table as quantities and truths, what is empty filled in as its declaration says."""

from __future__ import annotations

from typing import Any

import numpy as np

from criteria.exact import KNOWN, MISSING, NOT_APPLICABLE, Quantity, Truth
from criteria.expressions import kinds
from criteria.inputs import Input
from scoring.tables import Column


def read_column(declared: Input, column: Column, rows: Any, closed: bool) -> Any:
    """An input as a quantity or a truth, what is empty filled in as its declaration says."""
    values, absent = column.values[rows], None if column.absent is None else column.absent[rows]
    if absent is not None:
        values, absent = _filled(declared, values, absent, closed)
    if declared.kind.name == kinds.TRUTH:
        return Truth(np.asarray(values).astype(bool), absent)
    return Quantity.measured(values, declared.scale, absent)


def _filled(declared: Input, values: Any, absent: Any, closed: bool) -> tuple[Any, Any]:
    filling = declared.default if declared.default is not None else declared.silent if closed else None
    missing = absent == MISSING
    if filling is not None:
        values, absent = np.where(missing, int(filling), values), np.where(missing, np.uint8(KNOWN), absent)
    elif declared.blank_not_applicable:
        absent = np.where(missing, np.uint8(NOT_APPLICABLE), absent)
    values = np.where(absent == KNOWN, values, 0)
    return values, absent if absent.any() else None


def empty_column(declared: Input, size: int, closed: bool) -> Any:
    empty = Column(np.zeros(size, dtype=np.int64), np.full(size, MISSING, dtype=np.uint8))
    return read_column(declared, empty, slice(None), closed)
