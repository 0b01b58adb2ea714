"""What every sheet of a form is written with: styles, A4, stamps, protection, texts that are never formulas."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from textwrap import wrap
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from criteria.exact import show_decimal
from records.forms.layout import SHEETS
from records.spreadsheets.footers import plain_footer

LINE_HEIGHT, SMALL_LINE = 15, 13.4  # points of height of a line of 11 point text, and of 10 point text
TALLEST = 400  # points; Excel allows 409
_LONGEST = 32_000  # letters; Excel allows 32.767
LETTERS_PER_WIDTH = 1.12  # Times New Roman is narrower than the font column widths are counted in
_CREATED = dt.datetime(2025, 1, 1)  # fixed: the same form is the same bytes
_ALLOWED = {"format_columns": True, "format_rows": True, "objects": False, "scenarios": False}
_STYLES: dict[str, dict[str, Any]] = {
    "cell": {"border": 1, "border_color": "#808080", "text_wrap": True},
    "head": {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E8EEF4"},
    "part": {"bold": True, "bg_color": "#DCE6F1"},
    "leaf": {"bg_color": "#F5F8FB"},
    "input": {"bg_color": "#FFF9C4", "locked": False},
    "shown": {"bg_color": "#FFF9C4"},
    "known": {"bg_color": "#EDEDED"},
    "bold": {"bold": True},
    "italic": {"italic": True},
    "small": {"font_size": 10},
    "title": {"bold": True, "font_size": 14},
    "heading": {"bold": True, "font_size": 12},
    "stamp": {"bold": True, "font_color": "#B00020"},
    "wrong": {"bold": True, "font_color": "#9C0006", "bg_color": "#FFC7CE"},
    "center": {"align": "center"},
    "right": {"align": "right"},
    "middle": {"valign": "vcenter"},
    "wrap": {"text_wrap": True},
    "indent": {"indent": 1},
    "underline": {"underline": 1},
    "date": {"num_format": "dd/mm/yyyy", "align": "center"},
    "text": {"num_format": "@"},
}


class _Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet whose formulas hold none of the functions that came after Excel 2010: looking for each of them takes half the time."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class Book:
    """A workbook that is being written. stamps: what every printed sheet says. footer: whose form it is."""

    def __init__(self, title: str, stamps: Sequence[str], footer: str) -> None:
        self._stream = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._stream,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": "Times New Roman", "font_size": 11},
            },
        )
        self._book.set_properties({"title": title[:250], "comments": "; ".join(stamps), "created": _CREATED})
        self._book.set_calc_mode("auto")
        self._styles: dict[tuple[str, ...], Any] = {}
        self._lists: list[tuple[str, ...]] = []
        self.stamps, self._footer = list(stamps), footer

    def style(self, *names: str) -> Any:
        """A format made of the named styles; "n:2" is a number with two decimals, "n:" one as it is typed."""
        if names not in self._styles:
            made: dict[str, Any] = {"valign": "top"}
            for name in names:
                made.update({"num_format": _number_format(name[2:])} if name.startswith("n:") else _STYLES[name])
            self._styles[names] = self._book.add_format(made)
        return self._styles[names]

    def sheet(self, name: str, widths: Sequence[float], *, landscape: bool, one_page_wide: bool = True) -> Any:
        """An empty protected sheet for A4. widths: of the columns from B on; column A holds keys and is hidden."""
        sheet = self._book.add_worksheet(name, _Sheet)
        sheet.set_column(0, 0, 14, None, {"hidden": True})
        for place, width in enumerate(widths, 1):
            sheet.set_column(place, place, width)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
            sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
        else:
            sheet.set_margins(left=0.98, right=0.6, top=0.8, bottom=0.8)
        if one_page_wide:
            sheet.fit_to_pages(1, 0)
        stamp = f"&C&B{plain_footer('; '.join(self.stamps)[:150])}" if self.stamps else ""
        sheet.set_header(stamp)
        sheet.set_footer(f"&L{plain_footer(self._footer[:150])}&RTrang &P/&N")
        sheet.protect("", _ALLOWED)
        sheet.hide_gridlines(2)
        return sheet

    def opening(self, sheet: Any, title: str, lines: Sequence[str], row: int = 0) -> int:
        """Title, what stands below it, the stamps; the row after them."""
        sheet.set_row(row, 20)
        sheet.write_string(row, 1, title, self.style("title"))
        for text in lines:
            row += 1
            sheet.write_string(row, 1, text, self.style())
        for stamp in self.stamps:
            row += 1
            sheet.write_string(row, 1, stamp, self.style("stamp"))
        return row + 1

    def heading(self, sheet: Any, row: int, heads: Sequence[str], widths: Sequence[float], frozen: int) -> None:
        """A heading row that is repeated on every page and stays on the screen. frozen: columns that stay, with A."""
        for place, head in enumerate(heads, 1):
            sheet.write_string(row, place, head, self.style("cell", "head"))
        sheet.set_row(row, height(heads, widths, bold=True) + 4)
        sheet.repeat_rows(row)
        sheet.freeze_panes(row + 1, frozen)

    def list_of(self, values: Sequence[str]) -> str:
        """A reference to a list for validations, kept on the hidden sheet."""
        if tuple(values) not in self._lists:
            self._lists.append(tuple(values))
        column = chr(ord("D") + self._lists.index(tuple(values)))
        return f"='{SHEETS['hidden']}'!${column}$1:${column}${len(values)}"

    def finish(self, pairs: Sequence[tuple[str, str]]) -> bytes:
        """Write the hidden sheet, keys in A and values in B, and close."""
        sheet = self._book.add_worksheet(SHEETS["hidden"])
        for row, (key, value) in enumerate(pairs):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, value)
        for place, values in enumerate(self._lists, 3):
            for row, value in enumerate(values):
                sheet.write_string(row, place, value)
        sheet.protect("", _ALLOWED)
        sheet.very_hidden()
        self._book.close()
        return self._stream.getvalue()


def _number_format(places: str) -> str:
    return "General" if not places else "#,##0" if places == "0" else "#,##0." + "0" * int(places)


def write_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    """Text as text, whatever it begins with; an empty cell when there is none."""
    if text:
        sheet.write_string(row, column, text[:_LONGEST], style)
    else:
        sheet.write_blank(row, column, None, style)


def write_number(sheet: Any, row: int, column: int, value: Fraction | None, places: int, style: Any) -> None:
    """A number as it is printed; an empty cell when it is not known."""
    if value is None:
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_number(row, column, as_cell(value, places), style)


def as_cell(value: Fraction, places: int) -> float:
    """A printed number for a spreadsheet cell, which holds no other kind; no score is computed from it."""
    return float(show_decimal(value, places))


def write_score(sheet: Any, row: int, column: int, formula: str | None, style: Any, value: float | str) -> None:
    """A running score: a formula where there is one, else the value alone."""
    if formula is not None:
        write_formula(sheet, row, column, formula, style, value)
    elif isinstance(value, str):
        write_text(sheet, row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def write_formula(sheet: Any, row: int, column: int, formula: str, style: Any, value: float | str) -> None:
    """A formula with the value it has in the form as it is issued."""
    sheet.write_formula(row, column, f"={formula.removeprefix('=')}", style, value)


def height(texts: Sequence[str], widths: Sequence[float], *, bold: bool = False, least: int = 1) -> float:
    """Points of height that the longest of the texts needs in its column."""
    lines = max(
        (_lines(text, width * (0.92 if bold else 1)) for text, width in zip(texts, widths, strict=True)), default=1
    )
    return min(LINE_HEIGHT * max(lines, least), TALLEST)


def small_height(text: str, width: float) -> float:
    """The same for a text in the style "small"."""
    return min(SMALL_LINE * _lines(text, width * 1.1), TALLEST)


@lru_cache(maxsize=4096)
def _lines(text: str, width: float) -> int:
    letters = max(int(width * LETTERS_PER_WIDTH) - 1, 1)
    return sum(max(1, len(wrap(part, letters))) for part in text[:5000].split("\n"))


def a1(row: int, column: int) -> str:
    """E12; rows and columns count from 0."""
    return str(xl_rowcol_to_cell(row, column))
