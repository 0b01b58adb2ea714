"""The shapes of the language. A new shape is its own file and one line in Shaped."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

from pydantic import model_validator

from criteria.expressions.formula import Mark, static_value
from criteria.expressions.terms import Term
from criteria.shapes.bands import Bands
from criteria.shapes.base import BandEdges, Bindery, Declaration, Shape
from criteria.shapes.count import Count
from criteria.shapes.full import Full
from criteria.shapes.given import Given
from criteria.shapes.levels import Levels, mark_words
from criteria.shapes.linear import Linear
from criteria.shapes.steps import Steps
from criteria.shapes.table import Table
from criteria.shapes.value import Value

SHAPES: tuple[str, ...] = ("linear", "bands", "steps", "count", "levels", "table", "value", "full", "given")


class Shaped(Declaration):
    """A block that may earn points by one shape."""

    linear: Linear | None = None
    bands: Bands | None = None
    steps: Steps | None = None
    count: Count | None = None
    levels: Levels | None = None
    table: Table | None = None
    value: Value | None = None
    full: Full | None = None
    given: Given | None = None

    flat: ClassVar[tuple[str, ...]] = ("each", "start", "cap")

    @model_validator(mode="before")
    @classmethod
    def _short_count(cls, data: Any) -> Any:
        """count: models, each: 2.5 is short for count: {of: models, each: 2.5}."""
        if isinstance(data, dict) and isinstance(data.get("count"), str):
            moved = {key: data[key] for key in cls.flat if key in data}
            kept = {key: value for key, value in data.items() if key not in moved}
            return {**kept, "count": {"of": data["count"], **moved}}
        return data

    @property
    def written_shapes(self) -> list[str]:
        return [name for name in SHAPES if getattr(self, name) is not None]

    @cached_property
    def shape(self) -> Shape | None:
        """The one shape, if there is one."""
        names = self.written_shapes
        return getattr(self, names[0]) if names else None


class Band(BandEdges, Shaped):
    """One interval: from ≥, above >, below <, up_to ≤; then points, a shape, or ask."""

    points: Mark | None = None
    reading: str | None = None
    ask: str | None = None

    def bind(self, bindery: Bindery, of: Term | None) -> None:
        ways = [*self.written_shapes, *(["points"] if self.points else []), *(["ask"] if self.ask else [])]
        if len(ways) != 1:
            bindery.problem(
                "shape-missing" if not ways else "shape-several",
                self,
                "",
                "Mỗi khoảng cần đúng một trong: points, một cách cho điểm, hoặc ask.",
            )
        if self.given is not None:
            bindery.problem(
                "wrong-value",
                self,
                "given",
                "given không đứng trong một khoảng.",
                'Dùng ask: "câu hỏi", hoặc tách thành một tiêu chí được chấm.',
            )
        if self.points is not None:
            bindery.bind(self.points)
        if self.shape is not None:
            self.shape.bind(bindery, of)

    def best(self, frame: Fraction | None, levels: dict[str, int]) -> Fraction | None:
        if self.shape is not None:
            return self.shape.best(frame, levels)
        return self.points.static(frame, levels) if self.points else None

    def points_at(self, value: Fraction | None, frame: Fraction, levels: dict[str, int]) -> Fraction | None:
        """The points at one value of the quantity, where the file alone tells."""
        if self.points is not None:
            return self.points.static(frame, levels)
        line = self.linear
        if line is None or line.of is not None or value is None or not (line.from_.bound and line.to.bound):
            return None
        start, end = static_value(line.from_.term, levels), static_value(line.to.term, levels)
        if start is None or end is None or start == end:
            return None
        return frame * min(max((value - start) / (end - start), Fraction(0)), Fraction(1))

    def words(self) -> str:
        if self.shape is not None:
            return self.shape.rule()
        return mark_words(self.points) if self.points else f"cần người quyết định ({self.ask})"


Bands.model_rebuild(_types_namespace={"Band": Band})
Shaped.model_rebuild()
Band.model_rebuild()
