"""count: points per occurrence above a start, capped (tests/functions: count_cap, count_nocap, ded_cap)."""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field

from criteria.exact import Quantity, constant, greater, lesser, show_vietnamese
from criteria.expressions.formula import Mark, Number
from criteria.expressions.rows import Rows
from criteria.shapes.base import Bindery, Earned, Shape, show_points

ZERO = constant(0)


class Count(Shape):
    """points = each × max(of − start, 0), at most cap."""

    word = "count"
    each: Mark
    start: Number = Field(default_factory=lambda: Number("0"))
    cap: Mark | None = None

    def bind_rest(self, bindery: Bindery) -> None:
        self.numeric(bindery)
        for part in (self.each, self.start, self.cap):
            if part is not None:
                bindery.bind(part)

    def earn(self, rows: Rows, frame: Quantity) -> Earned:
        above = greater(self.quantity(rows) - self.start.number(rows), ZERO)
        points = above * self.each.points(rows, frame)
        if self.cap is not None:
            points = lesser(points, self.cap.points(rows, frame))
        return Earned(points)

    def best(self, frame: Fraction | None, levels: dict[str, int]) -> Fraction | None:
        return self.cap.static(frame, levels) if self.cap is not None else frame

    def check(self, bindery: Bindery, frame: Fraction | None, levels: dict[str, int]) -> None:
        cap = self.cap.static(frame, levels) if self.cap else None
        if cap is not None and frame is not None and cap > frame:
            bindery.problem(
                "cap-above-max",
                self,
                "cap",
                f"Mức chặn {show_vietnamese(cap)} lớn hơn khung điểm {show_vietnamese(frame)}.",
                "Sửa cap hoặc max.",
            )

    def rule(self) -> str:
        text = f"mỗi {self.of_words()} {_mark(self.each)} điểm"
        if self.start.term.constant_value != 0:
            text += f", tính phần trên {self.start.term.formula()}"
        return text + (f", tối đa {_mark(self.cap)} điểm" if self.cap else "")

    def say(self, rows: Rows, frame: Quantity, earned: Earned) -> str:
        each = show_points(self.each.points(rows, frame))
        text = self.of_figures(rows)
        if self.start.term.constant_value != 0:
            text = f"({text} − {self.start.term.filled(rows)})"
        text += f" × {each} điểm"
        if self.cap is not None:
            text += f", tối đa {show_points(self.cap.points(rows, frame))} điểm"
        return text


def _mark(mark: Mark) -> str:
    return mark.written if mark.share is not None else mark.term.formula()
