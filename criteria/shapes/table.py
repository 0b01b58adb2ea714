"""table: two quantities, two rows of bands or levels, one grid of points (tests/functions: lookup2d)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

import numpy as np
from pydantic import PrivateAttr

from criteria.exact import KNOWN, Quantity, show_vietnamese, strongest
from criteria.expressions import kinds
from criteria.expressions.formula import Formula, Mark
from criteria.expressions.rows import Rows
from criteria.expressions.terms import Term
from criteria.shapes.base import BandEdges, Bindery, Earned, Marks, Shape
from criteria.shapes.intervals import Locator, bind_edges, check_cover, interval_words, reach, shower


class TableBand(BandEdges):
    """One interval of a margin."""


class Table(Shape):
    """points[row][column]."""

    word = "table"
    needs_of: ClassVar[bool] = False
    rows: Formula
    row_bands: list[TableBand | str]
    columns: Formula
    column_bands: list[TableBand | str]
    points: list[list[Mark]]
    _locators: dict[str, Locator] = PrivateAttr(default_factory=dict)
    _marks: Marks | None = PrivateAttr(default=None)

    @property
    def margins(self) -> list[tuple[str, Formula, list[TableBand | str]]]:
        return [("row_bands", self.rows, self.row_bands), ("column_bands", self.columns, self.column_bands)]

    def bind_rest(self, bindery: Bindery) -> None:
        for key, formula, bands in self.margins:
            term = bindery.bind(formula)
            if term is None:
                continue
            for band in bands:
                if isinstance(band, TableBand):
                    bind_edges(band, term, bindery)
            if term.kind.name == kinds.LEVEL:
                if [str(b) for b in bands if isinstance(b, str)] != list(term.kind.levels):
                    bindery.problem(
                        "level-missing",
                        self,
                        key,
                        f"{key} phải nêu đủ các mức theo thứ tự: {', '.join(term.kind.levels)}.",
                    )
            elif any(isinstance(band, str) for band in bands):
                bindery.problem(
                    "wrong-kind", self, key, f"{key} cần các khoảng vì “{term.formula()}” là {term.kind.vietnamese}."
                )
        if len(self.points) != len(self.row_bands) or any(len(line) != len(self.column_bands) for line in self.points):
            bindery.problem(
                "table-size",
                self,
                "points",
                f"Bảng điểm cần {len(self.row_bands)} dòng × {len(self.column_bands)} cột.",
                "Mỗi khoảng của row_bands một dòng điểm, mỗi khoảng của column_bands một cột.",
            )
        for line in self.points:
            for mark in line:
                bindery.bind(mark)

    def _index(self, key: str, formula: Formula, bands: list[TableBand | str], rows: Rows) -> tuple[Any, Quantity]:
        value: Quantity = formula.evaluate(rows)
        if formula.term.kind.name == kinds.LEVEL:
            known = value.num if value.absent is None else np.where(np.equal(value.absent, KNOWN), value.num, 0)
            return np.broadcast_to(known, (rows.size,)), value
        if key not in self._locators:
            self._locators[key] = Locator(bands)
        return self._locators[key].find(value, rows), value

    def earn(self, rows: Rows, frame: Quantity) -> Earned:
        (row, first), (column, second) = (
            self._index(key, formula, bands, rows) for key, formula, bands in self.margins
        )
        code = row.astype(np.int16) * len(self.column_bands) + column
        if self._marks is None:
            self._marks = Marks([mark for line in self.points for mark in line])
        points = self._marks.look_up(code, rows, frame)
        return Earned(points.with_absent(strongest(first.absent, second.absent)), code)

    def best(self, frame: Fraction | None, levels: dict[str, int]) -> Fraction | None:
        values = [mark.static(frame, levels) for line in self.points for mark in line]
        return max(v for v in values if v is not None) if values and None not in values else None

    def check(self, bindery: Bindery, frame: Fraction | None, levels: dict[str, int]) -> None:
        for _key, formula, bands in self.margins:
            if formula.bound and formula.term.kind.name != kinds.LEVEL:
                check_cover(
                    bindery,
                    [b for b in bands if isinstance(b, TableBand)],
                    levels,
                    shower(formula.term),
                    reach(formula.term),
                )
        for mark in (mark for line in self.points for mark in line):
            points = mark.static(frame, levels)
            if points is not None and frame is not None and points > frame:
                bindery.problem(
                    "points-above-max",
                    self,
                    "points",
                    f"{show_vietnamese(points)} điểm, lớn hơn khung {show_vietnamese(frame)} điểm.",
                    "Sửa điểm trong bảng, hoặc max.",
                )

    def rule(self) -> str:
        return f"bảng hai chiều theo {self.rows.term.formula()} và {self.columns.term.formula()}"

    def say(self, rows: Rows, frame: Quantity, earned: Earned) -> str:
        figures = [_figures(formula.term, rows) for _, formula, _ in self.margins]
        if earned.points.absence_at(0):
            return "; ".join(figures)
        row, column = divmod(int(np.broadcast_to(earned.code, (1,))[0]), len(self.column_bands))
        places = [band_words(self.row_bands[row]), band_words(self.column_bands[column])]
        return "; ".join(f"{f} ({p})" for f, p in zip(figures, places, strict=True)) + ", theo bảng"

    def joint(self, earned: Earned) -> str:
        return ": "


def band_words(band: TableBand | str) -> str:
    return f"mức “{band}”" if isinstance(band, str) else interval_words(band)


def _figures(term: Term, rows: Rows) -> str:
    return f"{term.formula()}: {term.shown(rows)}"
