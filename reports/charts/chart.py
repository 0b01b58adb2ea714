"""What a chart shows: series of exact numbers over named categories, their printed values, and the same said in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from criteria.exact import show_vietnamese
from criteria.exact.numerals import as_decimal
from reports.letters.templates import printed

Kind = Literal["column", "bar", "stacked", "line"]
NO_FIGURES = "Chưa có số liệu để vẽ biểu đồ."
KINDS = {
    "column": "Biểu đồ cột",
    "bar": "Biểu đồ thanh",
    "stacked": "Biểu đồ thanh chồng",
    "line": "Biểu đồ đường",
}
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_NAMED = 8  # values told one by one in words
_LONG_NAME = 40  # letters of a category that take a second line beside a bar
_COLUMNS = 16  # columns that fit side by side with their names


@dataclass(frozen=True)
class Series:
    """One line of the legend. values: one for each category, None where there is no figure."""

    name: str
    values: tuple[Fraction | int | None, ...]


@dataclass(frozen=True)
class Chart:
    """kind "stacked": bars whose series add up. unit: of every number. places: decimals printed, rounded half up.
    source: one sentence, where the numbers come from. Raises ValueError where a series does not have a value per category."""

    id: str
    title: str
    kind: Kind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    places: int
    source: str

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"chart id: {self.id!r}")
        if self.kind not in KINDS or any(len(one.values) != len(self.categories) for one in self.series):
            raise ValueError(f"chart {self.id}: kind or number of values")

    @property
    def empty(self) -> bool:
        return all(value is None for one in self.series for value in one.values)

    @property
    def horizontal(self) -> bool:
        return self.kind in ("bar", "stacked")

    def number(self, value: Fraction | int) -> Decimal:
        """The printed value: what stands in cells and in the chart."""
        return as_decimal(Fraction(value), self.places)

    def shown(self, value: Fraction | int | None) -> str:
        """The printed value as Vietnamese readers write it; "–" for none."""
        return "–" if value is None else show_vietnamese(Fraction(value), self.places)

    @property
    def source_sentence(self) -> str:
        """Where the numbers come from, and that an axis does not begin at 0."""
        text, start = printed(self.source), self.start()
        text = text if text.startswith("Nguồn") else f"Nguồn: {text}"
        text = text if text.endswith(".") else f"{text}."
        return f"{text} Trục đứng bắt đầu từ {show_vietnamese(start)}." if start else text

    @property
    def heading(self) -> str:
        """Title with the unit. Never begins as a formula does."""
        unit = printed(self.unit)
        return printed(self.title).lstrip("=+-@ ") + (f" ({unit})" if unit else "")

    def names(self) -> list[str]:
        """Categories as they are printed, nothing that XML or a workbook stumbles over."""
        return [printed(one) for one in self.categories]

    def bar_height(self) -> int:
        """mm that a category takes in a chart with bars."""
        one_line = 6 if all(len(one) <= _LONG_NAME for one in self.names()) else 10
        return max(one_line, 9) if self.kind == "stacked" else max(one_line, 4 * len(self.series) + 2)

    def around(self) -> int:
        """mm of title, axis and legend."""
        return 30 + (6 * -(-len(self.series) // 3) if len(self.series) > 1 else 0)

    def parts(self, height: int) -> list[Chart]:
        """The chart, or its categories shared out evenly over several where they do not fit. height: mm that a page has for it.
        A line is never torn."""
        most = max((height - self.around()) // self.bar_height(), 1) if self.horizontal else _COLUMNS
        count = -(-len(self.categories) // most)
        if count <= 1 or self.kind == "line":
            return [self]
        size, more = divmod(len(self.categories), count)
        made, start = [], 0
        for number in range(count):
            end = start + size + (number < more)
            made.append(self._part(start, end, f"{self.title} ({number + 1}/{count})"))
            start = end
        return made

    def _part(self, start: int, end: int, title: str) -> Chart:
        series = tuple(Series(one.name, one.values[start:end]) for one in self.series)
        return replace(self, title=title, categories=self.categories[start:end], series=series)

    def bounds(self) -> tuple[Fraction, Fraction]:
        """The least and the largest the axis has to show, zero among them; stacked bars count as a whole."""
        if self.kind == "stacked":
            columns = [[Fraction(v) for v in values if v is not None] for values in self._rows()]
            least = [sum((v for v in one if v < 0), Fraction(0)) for one in columns]
            largest = [sum((v for v in one if v > 0), Fraction(0)) for one in columns]
        else:
            least = largest = [Fraction(v) for one in self.series for v in one.values if v is not None]
        return min([Fraction(0), *least]), max([Fraction(0), *largest])

    def start(self) -> Fraction:
        """Where the axis of lines begins: 0, or nearer where all lines lie in the upper half, so that they can be told apart."""
        values = [Fraction(v) for one in self.series for v in one.values if v is not None]
        if self.kind != "line" or not values or min(values) * 2 < max(values):
            return Fraction(0)
        step = Fraction(1)
        while step * 10 <= max(values):
            step *= 10
        while step > 2 * (max(values) - min(values)) and step > Fraction(1, 10**self.places):
            step /= 10
        return min(values) // step * step

    def _rows(self) -> Iterator[tuple[Fraction | int | None, ...]]:
        return zip(*(one.values for one in self.series), strict=True)

    def words(self) -> str:
        """The chart as a sentence, for who cannot see it: every number of a small one, the ends of a large one."""
        said = f"{KINDS[self.kind]}: {self.heading}."
        if self.empty:
            return f"{said} {NO_FIGURES}"
        return " ".join([said, *(self._series_words(one) for one in self.series)])

    def _series_words(self, series: Series) -> str:
        known = [(Fraction(v), name) for v, name in zip(series.values, self.names(), strict=True) if v is not None]
        before = f"{printed(series.name)}: " if series.name else ""
        none = len(series.values) - len(known)
        missing = f"; {none} mục chưa có số liệu" if none else ""
        if not known:
            return f"{before}chưa có số liệu."
        if len(self.categories) <= _NAMED:
            told = "; ".join(f"{name} {self.shown(value)}" for value, name in known)
            return f"{before}{told}{missing}."
        top, low = max(known, key=lambda one: one[0]), min(known, key=lambda one: one[0])
        ends = f"cao nhất {self.shown(top[0])} ({top[1]}), thấp nhất {self.shown(low[0])} ({low[1]})"
        return f"{before}{len(known)} mục có số liệu, {ends}{missing}."
