"""linear: 0 at `from`, the full mark at `to`, straight between (tests/functions: linear, thr_linear, leader, max_group, minmax)."""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field

from criteria.exact import Quantity, constant, greater, lesser, show_vietnamese
from criteria.expressions.formula import Formula, Number, static_value
from criteria.expressions.rows import Rows
from criteria.shapes.base import Bindery, Earned, Shape, show_points

ZERO = constant(0)


class Linear(Shape):
    """points = frame × (of − from) / (to − from), clamped to 0 … frame."""

    word = "linear"
    from_: Formula = Field(default_factory=lambda: Number("0"), alias="from")
    to: Formula = Field(default_factory=lambda: Number("1"))

    def bind_rest(self, bindery: Bindery) -> None:
        self.numeric(bindery)
        for edge, key in ((self.from_, "from"), (self.to, "to")):
            bindery.bind(edge)
            if self._of is not None and edge.bound and (key == "to" or edge.term.constant_value != 0):
                bindery.comparable(self._of, edge)

    def earn(self, rows: Rows, frame: Quantity) -> Earned:
        start, end = self.from_.evaluate(rows), self.to.evaluate(rows)
        travelled, whole = self.quantity(rows) - start, end - start
        if start.scalar is not None and end.scalar is not None and end.scalar < start.scalar:
            travelled, whole = -travelled, -whole
        share = travelled if whole.scalar == 1 else travelled / whole
        if isinstance(share.den, int):
            share = share.clip(ZERO, constant(1))
            code = (share.num > 0).astype("int8") + (share.num >= share.den) if not isinstance(share.num, int) else None
        else:  # num / den against 0 and 1 without another multiplication
            code = (share.num >= share.den).astype("int8") + (share.num > 0)
            full = Quantity(share.den, 1, 0, share.den_high, 1)
            num = lesser(greater(Quantity(share.num, 1, share.low, share.high, 1), ZERO), full)
            share = Quantity(
                num.num, share.den, max(num.low, 0), min(num.high, share.den_high), share.den_high, share.absent
            )
        return Earned(share * frame, code)

    def best(self, frame: Fraction | None, levels: dict[str, int]) -> Fraction | None:
        return frame

    def check(self, bindery: Bindery, frame: Fraction | None, levels: dict[str, int]) -> None:
        if not (self.from_.bound and self.to.bound):
            return
        start, end = static_value(self.from_.term, levels), static_value(self.to.term, levels)
        if start is not None and start == end:
            bindery.problem(
                "linear-flat",
                self,
                "to",
                f"from và to cùng bằng {self.to.term.formula()}.",
                "from là chỗ 0 điểm, to là chỗ trọn điểm.",
            )

    def rule(self) -> str:
        if self.from_.term.constant_value == Fraction(0) and self.to.term.constant_value == Fraction(1):
            return f"theo tỷ lệ: {self.of_words()}; đạt 100 % thì trọn điểm"
        return f"theo tỷ lệ: {self.of_words()}; 0 điểm tại {self.from_.term.formula()}, trọn điểm tại {self.to.term.formula()}"

    def say(self, rows: Rows, frame: Quantity, earned: Earned) -> str:
        assert self._of is not None
        text = self.of_figures(rows)
        start, end = self.from_.evaluate(rows).at(0), self.to.evaluate(rows).at(0)
        full = show_points(frame)
        value = self.quantity(rows).at(0)
        if value is None or start is None or end is None or start == end:
            return text
        share = min(max((value - start) / (end - start), Fraction(0)), Fraction(1))
        percent = f"{show_vietnamese(share * 100)} %"
        factor = (
            f"{share.numerator}/{share.denominator}" if percent.startswith("≈") else percent
        )  # what is multiplied is exact
        if (start, end) != (0, 1):
            return f"{text}; 0 điểm tại {self.from_.term.filled(rows)}, trọn điểm tại {self.to.term.filled(rows)}: đạt {percent}; {factor} × {full} điểm"
        filled, whole = self._of.filled(rows), f"{show_vietnamese(value * 100)} %"
        text = filled if whole in filled else f"{filled} = {whole}".replace("= ≈", "≈")  # 12 / 15 nhiệm vụ = 80 %
        if not 0 <= value <= 1:
            return f"{text}, tính {percent}; {factor} × {full} điểm"
        return f"{text}; {factor} × {full} điểm"
