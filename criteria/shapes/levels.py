"""levels: points by level, or by a small whole number of occurrences (tests/functions: choice, nonlinear_occ, lose_all, thr_linear)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from pydantic import Field, PrivateAttr

from criteria.exact import KNOWN, Quantity, constant, greater, show_vietnamese
from criteria.exact.truth import choose
from criteria.expressions import kinds
from criteria.expressions.binding import YES
from criteria.expressions.formula import Mark
from criteria.expressions.rows import Rows
from criteria.shapes.base import Bindery, Earned, Marks, Shape


@dataclass
class _Step:
    number: int
    mark: Mark


class Levels(Shape):
    """points[level]; over a number: the entry of the largest key not above it, 0 below the first."""

    word = "levels"
    points: dict[str, Mark] = Field(default_factory=dict)
    nth: dict[str, Mark] = Field(default_factory=dict)
    then: Mark | None = None
    _marks: list[Mark] = PrivateAttr(default_factory=list)
    _looking: Marks | None = PrivateAttr(default=None)
    _keys: list[int] = PrivateAttr(default_factory=list)
    _open: bool = PrivateAttr(default=False)

    @property
    def written(self) -> dict[str, Mark]:
        return self.points or self.nth

    def bind_rest(self, bindery: Bindery) -> None:
        for mark in (*self.written.values(), self.then):
            if mark is not None:
                bindery.bind(mark)
        if bool(self.points) == bool(self.nth):
            bindery.problem(
                "missing-key",
                self,
                "",
                "levels cần đúng một trong hai bảng: points (điểm của n lần) hoặc nth (điểm của lần thứ n).",
            )
            return
        if self._of is None:
            return
        if self._of.kind.name in (kinds.LEVEL, kinds.TRUTH):
            self._bind_names(bindery)
        elif self._of.kind.name == kinds.NUMBER:
            self._bind_numbers(bindery)
        else:
            bindery.problem(
                "type-mismatch",
                self,
                "of",
                f"levels cần mức, có/không hoặc số nguyên nhỏ, gặp {self._of.kind.vietnamese}.",
            )

    def _bind_names(self, bindery: Bindery) -> None:
        assert self._of is not None
        truth = self._of.kind.name == kinds.TRUTH
        names = ("không", "có") if truth else self._of.kind.levels
        given: dict[str, Mark] = {}
        for key, mark in self.written.items():
            name = {True: "có", False: "không"}.get(YES.get(key.lower(), None), key) if truth else key  # type: ignore[arg-type]
            if name not in names:
                bindery.problem(
                    "unknown-level", self, "points", f"Không có mức “{key}”.", "Các mức: " + ", ".join(names) + "."
                )
            given[name] = mark
        lacking = [name for name in names if name not in given]
        if lacking:
            bindery.problem(
                "level-missing",
                self,
                "points",
                "Chưa cho điểm mức " + ", ".join(f"“{n}”" for n in lacking) + ".",
                "Nêu đủ mọi mức, kể cả mức 0 điểm.",
            )
            return
        if self.nth or self.then is not None:
            bindery.problem("wrong-value", self, "nth" if self.nth else "then", "nth và then chỉ dùng với số lần.")
        self._marks = [given[name] for name in names]

    def _bind_numbers(self, bindery: Bindery) -> None:
        steps: list[_Step] = []
        for key, mark in self.written.items():
            number = key.rstrip("+")
            if not (number.isascii() and number.isdecimal()) or len(number) > 4 or len(key) - len(number) > 1:
                bindery.problem("number", self, "points", f"“{key}” không phải số lần.", 'Viết 1, 2, "3+".')
                return
            if key.endswith("+"):
                self._open = True
            steps.append(_Step(int(number), mark))
        steps.sort(key=lambda step: step.number)
        self._keys = [step.number for step in steps]
        if self._keys != list(range(self._keys[0], self._keys[-1] + 1)):
            bindery.problem(
                "level-missing", self, "points", f"Các số lần {self._keys} không liền nhau.", "Nêu đủ từng số."
            )
            return
        if any(key.endswith("+") and int(key[:-1]) != self._keys[-1] for key in self.written):
            bindery.problem("levels-open", self, "points", "Chỉ khóa lớn nhất được có dấu +.")
        if not self._open and self.then is None:
            bindery.problem(
                "levels-open",
                self,
                "points",
                f"Không nói rõ khi nhiều hơn {self._keys[-1]} lần.",
                f'Viết "{self._keys[-1]}+" hoặc thêm then.',
            )
        self._marks = [Mark("0"), *(step.mark for step in steps)]
        bindery.bind(self._marks[0])

    @property
    def looking(self) -> Marks:
        if self._looking is None:
            self._looking = Marks(self._marks)
        return self._looking

    def earn(self, rows: Rows, frame: Quantity) -> Earned:
        assert self._of is not None
        value = self._of.evaluate(rows)
        if self._of.kind.name == kinds.TRUTH:
            code = np.broadcast_to(np.asarray(value.value), (rows.size,)).astype(np.int8)
            return Earned(self.looking.look_up(code, rows, frame).with_absent(value.absent), code)
        if self._of.kind.name == kinds.LEVEL:
            known = value.num if value.absent is None else np.where(np.equal(value.absent, KNOWN), value.num, 0)
            code = np.broadcast_to(known, (rows.size,)).astype(np.int8)
            return Earned(self.looking.look_up(code, rows, frame).with_absent(value.absent), code)
        whole = value.floor()
        last = self._keys[-1]
        times = np.broadcast_to(np.asarray(np.clip(whole.num, self._keys[0] - 1, last)), (rows.size,)).astype(np.int64)
        code = (times - (self._keys[0] - 1)).astype(np.int16)
        if self.nth:
            points = self._summed(times, rows, frame)
        else:
            points = self.looking.look_up(code, rows, frame)
        further = greater(whole - constant(last), constant(0))
        extra = self.then if self.then is not None else self._marks[-1] if self.nth else None
        if extra is not None:
            points = points + further * extra.points(rows, frame)
        return Earned(points.with_absent(value.absent), code)

    def _summed(self, times: Any, rows: Rows, frame: Quantity) -> Quantity:
        points = constant(0)
        for key, mark in zip(self._keys, self._marks[1:], strict=True):
            points = points + choose(times >= key, mark.points(rows, frame), constant(0))
        return points

    def best(self, frame: Fraction | None, levels: dict[str, int]) -> Fraction | None:
        if self.then is not None or self.nth or not self._marks:
            return None
        values = [mark.static(frame, levels) for mark in self._marks]
        return max((v for v in values if v is not None), default=None) if None not in values else None

    def check(self, bindery: Bindery, frame: Fraction | None, levels: dict[str, int]) -> None:
        for key, mark in self.written.items():
            points = mark.static(frame, levels)
            if points is not None and frame is not None and points > frame:
                bindery.problem(
                    "points-above-max",
                    self,
                    "points" if self.points else "nth",
                    f"Mức “{key}” cho {show_vietnamese(points)} điểm, lớn hơn khung {show_vietnamese(frame)} điểm.",
                    "Sửa điểm của mức, hoặc max.",
                )

    def rule(self) -> str:
        entries = "; ".join(f"{key}: {mark_words(mark)}" for key, mark in self.written.items())
        each = "lần thứ " if self.nth else ""
        return f"theo {self.of_words()}: {each}{entries}" + (
            f"; mỗi lần tiếp theo {mark_words(self.then)}" if self.then else ""
        )

    def say(self, rows: Rows, frame: Quantity, earned: Earned) -> str:
        return f"{self.of_figures(rows)}, theo bảng mức"

    def joint(self, earned: Earned) -> str:
        return ": "


def mark_words(mark: Mark) -> str:
    if mark.share is not None:
        return "toàn bộ điểm" if mark.share == 1 else f"{mark.written} khung điểm"
    return f"{mark.term.formula()} điểm"
