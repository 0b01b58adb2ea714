"""steps: points for every completed step (tests/functions: step_rate, slope)."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from criteria.exact import Quantity, constant, greater, lesser, show_vietnamese
from criteria.expressions.formula import Formula, Mark, static_value
from criteria.expressions.rows import Rows
from criteria.shapes.base import Bindery, Earned, Shape, show_points
from criteria.shapes.count import _mark

ZERO = constant(0)
_PARTS = {"down": "chỉ tính bước đủ", "up": "phần lẻ tính một bước", "exact": "tính cả phần lẻ"}


class Steps(Shape):
    """points = points × ⌊of / each⌋ (or ⌈ ⌉, or exact), never below 0, at most cap."""

    word = "steps"
    each: Formula
    points: Mark
    cap: Mark | None = None
    part: Literal["down", "up", "exact"] = "down"

    def bind_rest(self, bindery: Bindery) -> None:
        self.numeric(bindery)
        for formula in (self.each, self.points, self.cap):
            if formula is not None:
                bindery.bind(formula)
        if self._of is not None and self.each.bound:
            bindery.comparable(self._of, self.each)

    def taken(self, rows: Rows) -> Quantity:
        """How many steps."""
        steps: Quantity = self.quantity(rows) / self.each.evaluate(rows)
        if self.part == "down":
            steps = steps.floor()
        elif self.part == "up":
            steps = -(-steps).floor()
        return greater(steps, ZERO)

    def earn(self, rows: Rows, frame: Quantity) -> Earned:
        points = self.taken(rows) * self.points.points(rows, frame)
        return Earned(lesser(points, self.cap.points(rows, frame)) if self.cap is not None else points)

    def best(self, frame: Fraction | None, levels: dict[str, int]) -> Fraction | None:
        return self.cap.static(frame, levels) if self.cap is not None else frame

    def check(self, bindery: Bindery, frame: Fraction | None, levels: dict[str, int]) -> None:
        step = static_value(self.each.term, levels) if self.each.bound else None
        if step is not None and step <= 0:
            bindery.problem(
                "zero-step",
                self,
                "each",
                f"Bước bằng {show_vietnamese(step)}, phải lớn hơn 0.",
                "Viết each: 1 hoặc each: 5%.",
            )
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
        cap = f", tối đa {_mark(self.cap)} điểm" if self.cap else ""
        return f"cứ mỗi {self.each.term.formula()} của {self.of_words()} được {_mark(self.points)} điểm ({_PARTS[self.part]}){cap}"

    def say(self, rows: Rows, frame: Quantity, earned: Earned) -> str:
        steps = self.taken(rows).at(0)
        if steps is None:
            return self.of_figures(rows)
        text = f"{self.of_figures(rows)}; mỗi bước {self.each.term.filled(rows)}: {show_vietnamese(steps)} bước × {show_points(self.points.points(rows, frame))} điểm"
        return text + (f", tối đa {show_points(self.cap.points(rows, frame))} điểm" if self.cap else "")
