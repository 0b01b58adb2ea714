"""full: the whole mark, always or where a condition holds (tests/functions: yes_no, start_minus)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from pydantic import model_validator

from criteria.exact import Quantity, constant
from criteria.exact.truth import choose
from criteria.expressions import kinds
from criteria.expressions.rows import Rows
from criteria.shapes.base import Bindery, Earned, Shape


class Full(Shape):
    """points = frame where `of` holds, else 0."""

    word = "full"

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        if isinstance(data, str):
            return {
                "of": {"yes": "true", "có": "true", "no": "false", "không": "false"}.get(data.strip().lower(), data)
            }
        return data

    def bind_rest(self, bindery: Bindery) -> None:
        if self._of is not None and self._of.kind.name != kinds.TRUTH:
            bindery.problem(
                "type-mismatch",
                self,
                "of",
                f"full cần một điều kiện, gặp {self._of.kind.vietnamese} “{self._of.formula()}”.",
                "Viết full: done >= assigned, hoặc full: true.",
            )

    @property
    def always(self) -> bool:
        return self.of is not None and str(self.of.source) == "true"

    def earn(self, rows: Rows, frame: Quantity) -> Earned:
        if self.always:
            return Earned(frame)
        assert self._of is not None
        truth = self._of.evaluate(rows)
        value = choose(truth.value, frame, constant(0))
        code = truth.value.astype("int8") if np.ndim(truth.value) else None
        return Earned(value.with_absent(truth.absent if value.absent is None else value.absent), code)

    def best(self, frame: Fraction | None, levels: dict[str, int]) -> Fraction | None:
        return frame

    def rule(self) -> str:
        return "mặc nhiên trọn điểm" if self.always else f"trọn điểm khi {self.of_words()}; không thì 0 điểm"

    def say(self, rows: Rows, frame: Quantity, earned: Earned) -> str:
        if self.always:
            return "mặc nhiên trọn điểm, rồi mới trừ"
        assert self._of is not None
        truth = self._of.evaluate(rows).at(0)
        verdict = "chưa kết luận được" if truth is None else "đạt" if truth else "không đạt"
        return f"{self._of.filled(rows)} — {verdict}"

    def joint(self, earned: Earned) -> str:
        return ": "
