"""given: a person, or a panel, gives the points (tests/functions: range, mean_raters, judged)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, PrivateAttr

from criteria.exact import MISSING, Quantity
from criteria.exact.groups import count_by
from criteria.expressions.formula import Number
from criteria.expressions.rows import Rows
from criteria.expressions.terms import Term
from criteria.shapes.base import Bindery, Earned, Shape

_TAKES = {"mean": "trung bình", "median": "trung vị", "trimmed": "trung bình sau khi bỏ điểm cao nhất và thấp nhất"}


class Given(Shape):
    """points = what was given. The column is headed by the criterion's id."""

    word = "given"
    needs_of: ClassVar[bool] = False
    rounds_to_grid: ClassVar[bool] = False  # the grid is that of the marks, checked when they are read
    by: str | None = None
    from_: Number = Field(default_factory=lambda: Number("0"), alias="from")
    to: Number | None = None
    described: dict[str, str] = Field(default_factory=dict)
    panel: str | None = None
    take: Literal["mean", "median", "trimmed"] = "mean"
    at_least: int = Field(default=1, ge=1)
    _term: Term | None = PrivateAttr(default=None)
    _by: str = PrivateAttr(default="")

    def bind_rest(self, bindery: Bindery) -> None:
        for formula in (self.from_, self.to):
            if formula is not None:
                bindery.bind(formula)
        self._term = bindery.judged(self.panel)
        if self._term is None:
            bindery.problem(
                "unknown-name",
                self,
                "panel",
                f"Hội đồng “{self.panel}” không được khai báo.",
                "Khai trong tables, với key là người chấm.",
            )
        self._by = bindery.body(self.by)

    def earn(self, rows: Rows, frame: Quantity) -> Earned:
        assert self._term is not None
        points = self._panel(rows) if self.panel else self._term.evaluate(rows)
        return Earned(points, None, None if points.absent is None else np.equal(points.absent, MISSING))

    def _panel(self, rows: Rows) -> Quantity:
        return rows.gathered(self, self._gather)  # type: ignore[no-any-return]

    def _gather(self, rows: Rows) -> Quantity:
        """Marks folded for every candidate; an abstention is no mark."""
        from criteria.exact.groups import fold_by

        assert self._term is not None and self.panel is not None
        items = rows.items(self.panel)
        if not items.size:
            return Quantity.of_fractions([None] * rows.size)
        marks = self._term.evaluate(items.rows)
        keep = np.broadcast_to(marks.known(), (items.size,))
        values = fold_by(marks, items.owners, rows.size, keep, self._fold)
        enough = count_by(items.owners, rows.size, keep) >= self.at_least
        return Quantity.of_fractions([v if e else None for v, e in zip(values, enough, strict=True)])

    def _fold(self, marks: list[Fraction]) -> Fraction | None:
        ordered = sorted(marks)
        if self.take == "trimmed":
            ordered = ordered[1:-1]
        if not ordered:
            return None
        if self.take == "median":
            middle = len(ordered) // 2
            return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
        return sum(ordered, Fraction(0)) / len(ordered)

    def best(self, frame: Fraction | None, levels: dict[str, int]) -> Fraction | None:
        return frame if self.to is None else None

    def rule(self) -> str:
        who = (
            f"hội đồng ({self.panel}) chấm, lấy {_TAKES[self.take]}, ít nhất {self.at_least} phiếu"
            if self.panel
            else f"{self._by} chấm"
        )
        described = "; ".join(f"{_shown(level)}: {text}" for level, text in self.described.items())
        return who + (f" — {described}" if described else "")

    def say(self, rows: Rows, frame: Quantity, earned: Earned) -> str:
        if earned.points.absence_at(0):
            return f"chờ {self._by} chấm" if not self.panel else f"chưa đủ {self.at_least} phiếu chấm"
        value = earned.points.at(0)
        text = self.rule().split(" — ")[0]
        for level, words in self.described.items():
            if (
                value is not None
                and level.replace(",", ".").replace(".", "", 1).isdecimal()
                and level.isascii()
                and Fraction(level.replace(",", ".")) == value
            ):
                return f"{text}: mức {_shown(level)} — {words}"
        return text

    def joint(self, earned: Earned) -> str:
        return ": "


def _shown(level: str) -> str:
    """A level as Vietnamese readers write it: 0,7."""
    return level.replace(".", ",") if level.replace(".", "", 1).isdecimal() else level
