"""Results of blocks put together without keeping them twice."""

from __future__ import annotations

from typing import Any

import numpy as np

from criteria.exact import Quantity
from scoring.node_result import NodeResult


class ColumnStore:
    """One quantity for all rows, filled block by block. Integers over one denominator stay so; anything else becomes Python integers."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.num: Any = None
        self.den: Any = None
        self.low, self.high, self.den_high = 0, 0, 1

    def write(self, rows: slice, value: Quantity) -> None:
        plain = isinstance(value.num, int) and isinstance(value.den, int)
        if self.num is None and rows.start == 0 and plain:
            self.num, self.den = value.num, value.den  # a constant, until a block says otherwise
        elif isinstance(self.num, int) and plain and (self.num, self.den) == (value.num, value.den):
            pass
        else:
            self._write_array(rows, value)
        self.low, self.high = min(self.low, value.low), max(self.high, value.high)
        self.den_high = max(self.den_high, value.den_high)

    def _write_array(self, rows: slice, value: Quantity) -> None:
        if self.num is None or isinstance(self.num, int):
            constant = self.num
            self.num = np.empty(self.size, dtype=np.int64)
            if constant is not None:
                self.num[: rows.start] = constant
        if self.den is None:
            self.den = value.den if isinstance(value.den, int) else np.ones(self.size, dtype=np.int64)
        wide = isinstance(value.num, np.ndarray) and value.num.dtype == object
        if wide and self.num.dtype != object:
            self.num = self.num.astype(object)
        self.num[rows] = value.num
        if isinstance(self.den, int) and isinstance(value.den, int) and self.den == value.den:
            return
        if isinstance(self.den, int):
            self.den = np.full(self.size, self.den, dtype=object)
        if isinstance(value.den, np.ndarray) and value.den.dtype == object and self.den.dtype != object:
            self.den = self.den.astype(object)
        self.den[rows] = value.den

    def finish(self) -> Quantity:
        return Quantity(self.num, self.den, self.low, self.high, self.den_high)


class Store:
    """One node for all rows."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.points, self.maximum, self.mark = ColumnStore(size), ColumnStore(size), ColumnStore(size)
        self.state: Any = None
        self.code: Any = None
        self.nothing: Any = None

    def write(self, rows: slice, result: NodeResult) -> None:
        self.points.write(rows, result.points)
        self.maximum.write(rows, result.maximum)
        self.mark.write(rows, result.mark)
        self.state = self._part(self.state, rows, result.state, np.uint8)
        self.code = self._part(
            self.code, rows, result.code, np.int16 if getattr(result.code, "dtype", None) == np.int16 else np.int8
        )
        self.nothing = self._part(self.nothing, rows, result.nothing, np.bool_)

    def _part(self, held: Any, rows: slice, value: Any, kind: Any) -> Any:
        if value is None and held is None:
            return None
        if held is None:
            held = np.zeros(self.size, dtype=kind)
        held[rows] = 0 if value is None else value
        return held

    def finish(self) -> NodeResult:
        return NodeResult(
            self.points.finish(), self.maximum.finish(), self.mark.finish(), self.state, self.code, self.nothing
        )
