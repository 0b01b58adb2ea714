"""Where pages of a long sheet begin: a heading stays with its first row, the signatures with the last rows of the table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

DEFAULT_HEIGHT = 15.0
KEPT = 3  # rows of the table that stand above the signatures
_ACROSS, _DOWN = 988.0, 501.0  # of A4 landscape between the margins: pixels at 96 dpi, points
_SAFE = 0.95  # of a page: printers and programs measure rows a little differently


class Rows:
    """A sheet that remembers how high its rows are."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._heights: dict[int, float] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sheet, name)

    def set_row(self, line: int, height: float) -> None:
        self._heights[line] = height
        self._sheet.set_row(line, height)

    def heights(self, count: int) -> list[float]:
        """Points, of the first lines."""
        return [self._heights.get(line, DEFAULT_HEIGHT) for line in range(count)]


def fitted_scale(widths: Sequence[float]) -> int:
    """The percentage at which all columns fit on one page. widths: in Excel's unit."""
    return min(100, int(_ACROSS * 100 / sum(width * 7 + 5 for width in widths)))


def page_starts(heights: Sequence[float], head: int, headings: Collection[int], last: int, scale: int) -> list[int]:
    """The lines with which a new page begins.

    heights: of all lines, the last one that of the signatures. head: the heading row, which every page repeats. headings: lines that
    must not stand last on a page. last: the last row of the table. scale: percent.
    """
    room = _DOWN * _SAFE * 100 / scale
    end = len(heights)
    rows = [line for line in range(head + 1, last + 1) if line not in headings]
    tail = rows[-KEPT:][0] if rows else head + 1
    if sum(heights[tail:]) > room - heights[head]:  # a long legend: then its last lines stand with the signatures
        tail = max(end - 1 - KEPT, head + 1)
    starts, used, line = [], sum(heights[: head + 1]), head + 1
    while line < end:
        after = end if line == tail else line + 1
        while after < end and after - 1 in headings:
            after = end if after == tail else after + 1
        block = sum(heights[line:after])
        if used + block > room and line > head + 1:
            starts.append(line)
            used = heights[head]
        used += block
        line = after
    return starts
