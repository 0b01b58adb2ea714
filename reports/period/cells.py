"""Cells and tables of a report: exact numbers that know how they are printed, and the sentence that says where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from criteria.exact import show_vietnamese

ROUNDED = "Tỷ lệ làm tròn một lần đến hai chữ số thập phân."
COUNTED = "Số tính: đối tượng có tỷ lệ đạt, trừ đối tượng nêu tên mà không xếp hạng vì không nộp hoặc hoạt động chưa đủ thời gian."

Align = Literal["left", "center"]


@dataclass(frozen=True)
class Number:
    """An exact number and how it is printed: rounded once, half up. percent: value is a part of one."""

    value: Fraction
    places: int = 2
    percent: bool = False

    @property
    def shown(self) -> str:
        if self.percent:
            return f"{show_vietnamese(self.value * 100, self.places)} %"
        return show_vietnamese(self.value, self.places)


Cell = str | int | Number | tuple[str, ...] | None


def shown(cell: Cell) -> str:
    """As people read it; "–" for nothing; lines of several on lines of their own."""
    if cell is None:
        return "–"
    if isinstance(cell, Number):
        return cell.shown
    return "\n".join(cell) if isinstance(cell, tuple) else str(cell)


def percent(value: Fraction | None) -> Number | None:
    return Number(value, percent=True) if value is not None else None


@dataclass(frozen=True)
class Column:
    """width: mm in Word. lines: its cells hold several lines."""

    key: str
    heading: str
    width: float
    align: Align = "center"
    lines: bool = False


@dataclass(frozen=True)
class TableKind:
    """id: with "_", as fields are named. grouped: a line across before the rows of every group. word: False: in the workbook only."""

    id: str
    title: str
    columns: tuple[Column, ...]
    grouped: bool = False
    word: bool = True


@dataclass(frozen=True)
class Rows:
    """Rows below a line across; name "" without one."""

    name: str
    rows: tuple[dict[str, Cell], ...]


@dataclass(frozen=True)
class Table:
    """A table with its numbers. source: one sentence. notes: how its numbers are meant. short: it fits a document."""

    kind: TableKind
    groups: tuple[Rows, ...]
    source: str
    notes: tuple[str, ...] = ()
    short: bool = True

    @property
    def id(self) -> str:
        return self.kind.id

    @property
    def size(self) -> int:
        return sum(len(group.rows) for group in self.groups)
