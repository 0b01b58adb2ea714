"""The workbook of a report: every table on a sheet of its own, numbers as numbers, with where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.letters.templates import printed
from reports.period.cells import Cell, Column, Number, Table, shown
from reports.period.columns import KINDS
from reports.workbook_pages import fitted_scale, page_starts
from reports.workbook_styles import (
    LINE,
    TALLEST,
    cell_number,
    lines_of,
    new_book,
    number_format,
    paper,
    styles,
    write_texts,
)

LIST = "Muc luc"
_MM = 0.78  # of Excel's unit of widths to a millimetre of Word
_NARROWEST = 10.0


def report_workbook(title: str, tables: Sequence[Table], stamps: Sequence[str], told: Mapping[str, str]) -> bytes:
    """xlsx bytes, the same for the same tables. told: what the whole rests on, by name. Empty tables are listed, and have no sheet."""
    book, stream = new_book(printed(title), stamps)
    looks = styles(book, 0)
    names = {table.id: _sheet_name(table) for table in tables if table.size}
    _list(book, printed(title), tables, names, stamps, told, looks)
    for table in tables:
        if table.size:
            _Sheet(book, book.add_worksheet(names[table.id]), table, stamps, looks).write()
    book.close()
    return stream.getvalue()


def _sheet_name(table: Table) -> str:
    """Tham gia, Xep loai so: the id of a table, its place in front."""
    place = next(number for number, kind in enumerate(KINDS, 1) if kind.id == table.id)
    return f"{place:02d} {table.id.replace('_', ' ')}"[:31]


def _list(
    book: Any,
    title: str,
    tables: Sequence[Table],
    names: Mapping[str, str],
    stamps: Sequence[str],
    told: Mapping[str, str],
    looks: dict[str, Any],
) -> None:
    sheet, widths = book.add_worksheet(LIST), [28.0, 60.0, 14.0]
    paper(sheet, stamps, landscape=False)
    sheet.fit_to_pages(1, 0)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    line = _across(sheet, 0, 2, title, sum(widths), looks["heading"], 14)
    for stamp in stamps:
        line = _across(sheet, line, 2, stamp, sum(widths), looks["stamp line"], 12)
    line += 1
    for place, head in enumerate(("Trang", "Bảng", "Số dòng")):
        sheet.write_string(line, place, head, looks["head"])
    line += 1
    for table in tables:
        texts = [names.get(table.id, "–"), printed(table.kind.title), str(table.size) if table.size else "không có"]
        write_texts(sheet, line, texts, widths, looks["text"])
        line += 1
    line += 1
    for name, text in told.items():
        sheet.merge_range(line, 1, line, 2, printed(text), looks["text"])
        sheet.write_string(line, 0, printed(name), looks["text"])
        high = max(lines_of(printed(text), sum(widths[1:]) * 0.9), lines_of(printed(name), widths[0] * 0.9))
        sheet.set_row(line, LINE * high)
        line += 1


class _Sheet:
    """One table."""

    def __init__(self, book: Any, sheet: Any, table: Table, stamps: Sequence[str], looks: dict[str, Any]) -> None:
        from reports.workbook_pages import Rows as Heights

        self.book, self.table, self.stamps, self.looks = book, table, stamps, looks
        self.sheet = Heights(sheet)
        self.widths = [max(one.width * _MM, _NARROWEST) for one in table.kind.columns]
        self.numbers: dict[tuple[int, bool], Any] = {}

    def write(self) -> None:
        paper(self.sheet, self.stamps)
        self.sheet.fit_to_pages(1, 0)
        last, whole = len(self.widths) - 1, sum(self.widths)
        line = _across(self.sheet, 0, last, printed(self.table.kind.title).upper(), whole, self.looks["heading"], 14)
        for stamp in self.stamps:
            line = _across(self.sheet, line, last, stamp, whole, self.looks["stamp line"], 12)
        head = line + 1
        for place, (column, width) in enumerate(zip(self.table.kind.columns, self.widths, strict=True)):
            self.sheet.set_column(place, place, width)
            self.sheet.write_string(head, place, column.heading, self.looks["head"])
        high = max(lines_of(c.heading, w * 0.85) for c, w in zip(self.table.kind.columns, self.widths, strict=True))
        self.sheet.set_row(head, LINE * (high + 0.4))
        self.sheet.repeat_rows(head)
        self.sheet.freeze_panes(head + 1, 0)
        line, headings = head + 1, []
        for group in self.table.groups:
            if group.name:
                headings.append(line)
                line = _across(self.sheet, line, last, printed(group.name), whole, self.looks["part text"], 11)
            for row in group.rows:
                line = self._row(line, row)
        end, line = line - 1, line + 1
        for text in (f"Nguồn: {self.table.source.rstrip('.')}.", *self.table.notes):
            line = _across(self.sheet, line, last, printed(text), whole, self.looks["wrapped"], 11)
        starts = page_starts(self.sheet.heights(line), head, headings, end, fitted_scale(self.widths))
        self.sheet.set_h_pagebreaks(starts)

    def _row(self, line: int, row: Mapping[str, Cell]) -> int:
        high = 1
        for place, (column, width) in enumerate(zip(self.table.kind.columns, self.widths, strict=True)):
            high = max(high, self._cell(line, place, column, row[column.key], width))
        self.sheet.set_row(line, LINE * min(high, TALLEST))
        return line + 1

    def _cell(self, line: int, place: int, column: Column, cell: Cell, width: float) -> int:
        if isinstance(cell, Number):
            places = cell.places + 2 if cell.percent else cell.places
            self.sheet.write_number(line, place, cell_number(cell.value, places), self._number(cell))
            return 1
        if isinstance(cell, int):
            self.sheet.write_number(line, place, cell, self.looks["order"])
            return 1
        text = "\n".join(printed(one) for one in shown(cell).split("\n"))
        self.sheet.write_string(line, place, text, self.looks["text" if column.align == "left" else "center"])
        return lines_of(text, width * 0.95)

    def _number(self, cell: Number) -> Any:
        key = cell.places, cell.percent
        if key not in self.numbers:
            shape = number_format(cell.places) + ("%" if cell.percent else "")
            look = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "border": 1, "align": "right"}
            self.numbers[key] = self.book.add_format({**look, "num_format": shape})
        return self.numbers[key]


def _across(sheet: Any, line: int, last: int, text: str, width: float, look: Any, size: int) -> int:
    sheet.merge_range(line, 0, line, last, text, look)
    sheet.set_row(line, (size + 4) * lines_of(text, width * 0.95, size + 1))
    return line + 1
