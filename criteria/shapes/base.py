"""What every shape is: a declaration, an arithmetic over whole columns, a sentence for one result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from criteria.exact import NOT_APPLICABLE, UNDEFINED, Quantity, constant, show_vietnamese
from criteria.exact.rounding import round_to_grid
from criteria.exact.truth import choose
from criteria.expressions import kinds
from criteria.expressions.binding import Scope
from criteria.expressions.formula import Formula, Mark, Number
from criteria.expressions.rows import Rows
from criteria.expressions.terms import Term
from criteria.source import Path


class Declaration(BaseModel):
    """A block of a criteria file. Unknown keys are refused; its place in the file is kept."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, arbitrary_types_allowed=True)
    _path: Path = PrivateAttr(default=())
    _file: str = PrivateAttr(default="")

    def formulas(self) -> Iterator[Formula]:
        """Every expression in this block and in the blocks below it."""
        fields = self.__dict__
        for name in type(self).model_fields:
            value = fields[name]
            if value is not None and type(value) not in _PLAIN:
                yield from _formulas(value)


_PLAIN = (str, bool, int)


def _formulas(value: Any) -> Iterator[Formula]:
    if isinstance(value, Formula):
        yield value
    elif isinstance(value, Declaration):
        yield from value.formulas()
    elif isinstance(value, list):
        for item in value:
            yield from _formulas(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _formulas(item)


@dataclass
class Earned:
    """points: exact, not rounded. code: which branch gave them (a small int per row).

    waiting: rows that need a human. nothing: rows made not applicable by when_zero.
    """

    points: Quantity
    code: Any = None
    waiting: Any = None
    nothing: Any = None


class Bindery:
    """What a shape may ask while its names are bound: provided by criteria.binding."""

    owner: str

    def bind(self, formula: Formula | None, wanted: kinds.Kind | None = None) -> Term | None:
        raise AttributeError

    def comparable(self, first: Formula | Term, other: Formula) -> None:
        raise AttributeError

    def judged(self, panel: str | None) -> Term | None:
        raise AttributeError

    def body(self, body: str | None) -> str:
        raise AttributeError

    def problem(
        self, code: str, where: Declaration, key: str, message: str, hint: str = "", severity: str = "error"
    ) -> None:
        raise AttributeError


class Shape(Declaration):
    """of: the quantity. grid: results are rounded half up to it. when_zero: what an undefined quantity gives."""

    word: ClassVar[str] = ""
    of: Formula | None = None
    grid: Number | None = None
    when_zero: Literal["full", "zero", "not_applicable"] | None = None
    _of: Term | None = PrivateAttr(default=None)

    def bind(self, bindery: Bindery, of: Term | None = None) -> None:
        """Bind the expressions. of: the quantity inherited from an enclosing shape."""
        self._of = bindery.bind(self.of) if self.of is not None else of
        if self.grid is not None:
            bindery.bind(self.grid)
        if self._of is None and self.needs_of and self.of is None:
            bindery.problem(
                "missing-key",
                self,
                "",
                f"{self.word} thiếu of: không biết tính trên đại lượng nào.",
                "Thêm of: biểu thức.",
            )
        self.bind_rest(bindery)

    needs_of: ClassVar[bool] = True
    rounds_to_grid: ClassVar[bool] = True

    def bind_rest(self, bindery: Bindery) -> None:
        """The shape's own expressions."""

    def numeric(self, bindery: Bindery) -> None:
        """Refuse a quantity that is no number."""
        if self._of is not None and self._of.kind.name != kinds.NUMBER:
            bindery.problem(
                "type-mismatch",
                self,
                "of",
                f"{self.word} cần một số, gặp {self._of.kind.vietnamese} “{self._of.formula()}”.",
            )

    def quantity(self, rows: Rows) -> Quantity:
        assert self._of is not None
        return self._of.evaluate(rows)  # type: ignore[no-any-return]

    def earn(self, rows: Rows, frame: Quantity) -> Earned:
        """Exact points for all rows. frame: the full mark."""
        raise AttributeError

    def earned(self, rows: Rows, frame: Quantity) -> Earned:
        """earn(), then when_zero and grid."""
        result = self.earn(rows, frame)
        points = result.points
        if self.when_zero is not None and points.absent is not None:
            absent = np.broadcast_to(points.absent, (rows.size,))
            undefined = absent == UNDEFINED
            if self.when_zero == "not_applicable":
                points = points.with_absent(np.where(undefined, np.uint8(NOT_APPLICABLE), absent))
                result = replace(result, nothing=undefined)
            else:
                points = choose(undefined, frame if self.when_zero == "full" else ZERO, points)
                if points.absent is not None and not np.any(points.absent):
                    points = points.with_absent(None)
        if self.grid is not None and self.rounds_to_grid:
            points = round_to_grid(points, self.grid.number(rows))
        return replace(result, points=points)

    def best(self, frame: Fraction | None, levels: dict[str, int]) -> Fraction | None:
        """The most it can give, when the file alone tells; None when it does not."""
        raise AttributeError

    def check(self, bindery: Bindery, frame: Fraction | None, levels: dict[str, int]) -> None:
        """Findings beyond names and types, with attributes fixed to levels."""

    def rule(self) -> str:
        """The rule in words."""
        raise AttributeError

    def say(self, rows: Rows, frame: Quantity, earned: Earned) -> str:
        """The arithmetic of one row, without the final result."""
        raise AttributeError

    def joint(self, earned: Earned) -> str:
        """What stands between say() and the points."""
        return " = "

    def of_words(self) -> str:
        return self._of.formula() if self._of is not None else ""

    def of_figures(self, rows: Rows) -> str:
        """12 / 15 nhiệm vụ = 80 %"""
        assert self._of is not None
        filled, shown = self._of.filled(rows), self._of.shown(rows)
        return (
            filled
            if shown in (filled, "") or filled.endswith(shown) or (shown in filled.split(" [")[0] and "[" in filled)
            else f"{filled} = {shown}".replace("= ≈", "≈")
        )


class BandEdges(Declaration):
    """from ≥, above >, below <, up_to ≤."""

    from_: Formula | None = Field(default=None, alias="from")
    above: Formula | None = None
    below: Formula | None = None
    up_to: Formula | None = None


ZERO = constant(0)


def show_points(quantity: Quantity) -> str:
    """The points of the single row."""
    value = quantity.at(0)
    return "?" if value is None else show_vietnamese(value)


class Marks:
    """Marks to be looked up by number; a table of fixed ones is made once for a frame."""

    def __init__(self, marks: list[Mark]) -> None:
        self.marks = marks
        self.tables: dict[Any, Quantity | None] = {}

    def look_up(self, index: Any, rows: Rows, frame: Quantity) -> Quantity:
        """The mark numbered by `index` (int per row) on every row."""
        key = (frame.num, frame.den) if type(frame.num) is int and type(frame.den) is int else None
        if key not in self.tables:
            fixed = [
                mark.points(rows, frame).scalar if mark.term.constant_value is not None else None for mark in self.marks
            ]
            self.tables[key] = None if None in fixed else Quantity.of_fractions(list(fixed))
        table = self.tables[key]
        if table is not None and isinstance(index, np.ndarray):
            return Quantity(table.num[index], table.den, table.low, table.high, table.den_high)
        return _chosen([mark.points(rows, frame) for mark in self.marks], index)


def _chosen(values: list[Quantity], index: Any) -> Quantity:
    result = values[0]
    for number, value in enumerate(values[1:], 1):
        result = choose(np.equal(index, number), value, result)
    return result


def nought() -> Mark:
    """A bound mark of no points."""
    mark = Mark("0")
    mark.bind(Scope({}))
    return mark
