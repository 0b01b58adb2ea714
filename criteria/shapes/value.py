"""value: the expression is the points (tests/functions: affine, index, slope)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pydantic import model_validator

from criteria.exact import Quantity, show_vietnamese
from criteria.expressions.formula import static_value
from criteria.expressions.rows import Rows
from criteria.shapes.base import Bindery, Earned, Shape


class Value(Shape):
    """points = of."""

    word = "value"

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        return {"of": data} if isinstance(data, str) else data

    def bind_rest(self, bindery: Bindery) -> None:
        self.numeric(bindery)

    def earn(self, rows: Rows, frame: Quantity) -> Earned:
        return Earned(self.quantity(rows))

    def best(self, frame: Fraction | None, levels: dict[str, int]) -> Fraction | None:
        return static_value(self._of, levels) if self._of is not None else None

    def check(self, bindery: Bindery, frame: Fraction | None, levels: dict[str, int]) -> None:
        most = self.best(frame, levels)
        if most is not None and frame is not None and most > frame:
            bindery.problem(
                "points-above-max",
                self,
                "of",
                f"Điểm cố định {show_vietnamese(most)} lớn hơn khung {show_vietnamese(frame)}.",
                "Sửa điểm hoặc max.",
            )

    def rule(self) -> str:
        return f"điểm = {self.of_words()}"

    def say(self, rows: Rows, frame: Quantity, earned: Earned) -> str:
        return self.of_figures(rows)
