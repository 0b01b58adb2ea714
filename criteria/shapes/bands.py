"""bands: the interval a value falls in gives the points, or another shape (tests/functions: tier, ratio_target, dates, alt_path)."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import Field, PrivateAttr

from criteria.exact import KNOWN, MISSING, Quantity, show_vietnamese, strongest
from criteria.exact.truth import choose
from criteria.expressions import kinds
from criteria.expressions.rows import Rows
from criteria.shapes.base import Bindery, Earned, Marks, Shape, nought
from criteria.shapes.intervals import Locator, bind_edges, check_cover, interval_words, lower, reach, shower

if TYPE_CHECKING:
    from criteria.shapes.registry import Band


JUMP = Fraction(7, 10)  # of the frame: 59,99 % → 0 and 60 % → 7,06 of 10 is worth a look


class Bands(Shape):
    """points of the entry whose interval holds the value."""

    word = "bands"
    at: list[Band] = Field(min_length=1)
    _locator: Locator | None = PrivateAttr(default=None)
    _marks: Marks | None = PrivateAttr(default=None)

    def bind_rest(self, bindery: Bindery) -> None:
        if self._of is not None and self._of.kind.name not in (kinds.NUMBER, kinds.DAY):
            bindery.problem(
                "type-mismatch",
                self,
                "of",
                f"bands cần một số hoặc một ngày, gặp {self._of.kind.vietnamese} “{self._of.formula()}”.",
                "Với mức, dùng levels.",
            )
        for entry in self.at:
            bind_edges(entry, self._of, bindery)
            entry.bind(bindery, self._of)

    @property
    def locator(self) -> Locator:
        if self._locator is None:
            self._locator = Locator(self.at)
        return self._locator

    def earn(self, rows: Rows, frame: Quantity) -> Earned:
        value = self.quantity(rows)
        code = self.locator.find(value, rows)
        if self._marks is None:
            self._marks = Marks([entry.points or nought() for entry in self.at])
        points = self._marks.look_up(code, rows, frame)
        waiting: Any = None
        absent = value.absent
        for number, entry in enumerate(self.at):
            if entry.shape is None and entry.ask is None:
                continue
            here = np.equal(code, number) & (np.equal(value.absent, KNOWN) if value.absent is not None else True)
            if entry.shape is not None:
                inner = entry.shape.earned(rows, frame)
                points = choose(here, inner.points, points)
                if inner.waiting is not None:
                    waiting = joined(waiting, inner.waiting & here)
            else:
                waiting = joined(waiting, here)
        absent = strongest(absent, points.absent)
        if waiting is not None:
            absent = strongest(absent, np.where(waiting, np.uint8(MISSING), np.uint8(KNOWN)))
        return Earned(points.with_absent(absent), code, waiting)

    def best(self, frame: Fraction | None, levels: dict[str, int]) -> Fraction | None:
        values = [entry.best(frame, levels) for entry in self.at if entry.ask is None]
        known = [v for v in values if v is not None]
        return max(known) if known and len(known) == len(values) else None

    def check(self, bindery: Bindery, frame: Fraction | None, levels: dict[str, int]) -> None:
        show = shower(self._of)
        check_cover(bindery, self.at, levels, show, reach(self._of))
        for entry in self.at:
            points = entry.points.static(frame, levels) if entry.points else None
            if points is not None and frame is not None and points > frame:
                bindery.problem(
                    "points-above-max",
                    entry,
                    "points",
                    f"{show_vietnamese(points)} điểm, lớn hơn khung {show_vietnamese(frame)} điểm.",
                    "Sửa points của khoảng, hoặc max.",
                )
            if entry.shape is not None:
                entry.shape.check(bindery, frame, levels)
        self._check_jumps(bindery, frame, levels, show)

    def _check_jumps(self, bindery: Bindery, frame: Fraction | None, levels: dict[str, int], show: Any) -> None:
        """A warning where the points jump by more than JUMP of the frame between two neighbours."""
        if not frame or len(self.at) < 3:
            return
        spans = [(lower(entry, levels).value, entry) for entry in self.at]
        ordered = sorted(spans, key=lambda span: (span[0] is not None, span[0] or Fraction(0)))
        for (_, before), (edge, after) in pairwise(ordered):
            if edge is None:  # two entries without a lower edge: they overlap, and are reported
                continue
            left, right = (entry.points_at(edge, frame, levels) for entry in (before, after))
            if left is not None and right is not None and abs(right - left) > frame * JUMP:
                message = f"Tại {show(edge)} điểm nhảy từ {show_vietnamese(left, 2)} sang {show_vietnamese(right, 2)}, quá {show_vietnamese(JUMP * 100)} % khung điểm."
                bindery.problem("jump", after, "", message, "Nếu văn bản in như vậy thì không phải sửa.", "warning")

    def rule(self) -> str:
        return f"theo khoảng của {self.of_words()}: " + "; ".join(f"{interval_words(e)}: {e.words()}" for e in self.at)

    def say(self, rows: Rows, frame: Quantity, earned: Earned) -> str:
        value = self.quantity(rows)
        if value.absence_at(0):
            return self.of_figures(rows)
        entry = self.at[int(np.broadcast_to(earned.code, (1,))[0])]
        text = f"{self.of_figures(rows)}, thuộc khoảng {interval_words(entry, rows)}"
        if entry.reading:
            text += f" (cách hiểu: {entry.reading})"
        if entry.ask is not None:
            return f"{text}: cần người quyết định — {entry.ask}"
        if entry.shape is not None:
            return f"{text}: {entry.shape.say(rows, frame, entry.shape.earned(rows, frame))}"
        return text

    def joint(self, earned: Earned) -> str:
        entry = self.at[int(np.broadcast_to(earned.code, (1,))[0])]
        return ": " if entry.shape is None else entry.shape.joint(Earned(earned.points, np.zeros(1, dtype=np.int8)))


def joined(first: Any, second: Any) -> Any:
    """Either of two masks, the first of which may be None."""
    return second if first is None else first | second
