"""The workbook behind the charts of a document: a list of them, then a sheet for each with its numbers and the native chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reports.charts.chart import KINDS, NO_FIGURES, Chart
from reports.charts.drawing import (
    height_of,
    native_chart,
    plain_format,
    sized,
    write_table,
)
from reports.charts.native_xml import with_charts_put_right
from reports.letters.templates import printed
from reports.workbook_styles import LINE, lines_of, new_book, paper, styles, write_texts

LIST_SHEET = "Danh mục"
_WIDTH, _HEIGHT = 165, 215  # mm of a printed page for a chart
_NAMES, _NUMBERS, _NARROW = 42, 15, 10  # widths of columns
_PIXELS_OF_LINE = 20


def charts_workbook(charts: Sequence[Chart], title: str, stamps: Sequence[str]) -> bytes:
    """xlsx bytes, the same for the same charts. stamps: printed on every sheet and at the foot of every page."""
    book, stream = new_book(printed(title), stamps)
    looks = styles(book, 0)
    _list(book, charts, printed(title), stamps, looks)
    for number, chart in enumerate(charts, 1):
        _sheet(book, chart, number, stamps, looks)
    book.close()
    return with_charts_put_right(stream.getvalue())


def sheet_name(number: int) -> str:
    return f"BĐ {number}"


def _list(book: Any, charts: Sequence[Chart], title: str, stamps: Sequence[str], looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet(LIST_SHEET)
    paper(sheet, stamps, landscape=False)
    widths = (6, 44, 13, 40)
    line = _top(sheet, title, stamps, looks, sum(widths), len(widths))
    for column, (head, width) in enumerate(zip(("TT", "Biểu đồ", "Trang tính", "Nguồn số liệu"), widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(line, column, head, looks["head"])
    sheet.repeat_rows(line)
    for number, chart in enumerate(charts, 1):
        name = sheet_name(number)
        write_texts(
            sheet, line + number, [str(number), chart.heading, name, chart.source_sentence], widths, looks["text"]
        )
        sheet.write_url(line + number, 2, f"internal:'{name}'!A1", looks["link"], name)
    if not charts:
        sheet.write_string(line + 1, 0, NO_FIGURES, looks["plain"])
    sheet.fit_to_pages(1, 0)


def _top(sheet: Any, title: str, stamps: Sequence[str], looks: dict[str, Any], across: float, columns: int) -> int:
    """Title and stamps; the line of the heads."""
    line = 0
    texts = [(title, "title wrapped", 14.0), *((printed(one), "stamp wrapped", 11.0) for one in stamps)]
    for text, look, size in texts:
        sheet.merge_range(line, 0, line, columns - 1, "", looks[look])
        sheet.write_string(line, 0, text, looks[look])
        sheet.set_row(line, (LINE + size - 9) * lines_of(text, across, size))
        line += 1
    return line + 1


def _sheet(book: Any, chart: Chart, number: int, stamps: Sequence[str], looks: dict[str, Any]) -> None:
    """Title, stamps, numbers, source, the chart; a long one in parts, each on a page of its own."""
    name = sheet_name(number)
    sheet = book.add_worksheet(name)
    wide = len(chart.series) > 5
    paper(sheet, stamps, landscape=wide)
    columns = max(len(chart.series) + 1, 4)
    width = _NUMBERS if columns < 5 else _NARROW
    sheet.set_column(0, 0, _NAMES)
    sheet.set_column(1, columns - 1, width)
    across = _NAMES + (columns - 1) * width
    heads = _top(sheet, f"{KINDS[chart.kind]}: {chart.heading}", stamps, looks, across, columns)
    cells = {"border": 1, "font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    numbers = book.add_format({**cells, "num_format": plain_format(chart.places), "align": "right"})
    write_table(sheet, chart, heads, {"head": looks["head"], "text": looks["text"], "number": numbers}, "Đối tượng")
    for row, text in enumerate(chart.names(), heads + 1):
        sheet.set_row(row, LINE * lines_of(text, _NAMES))
    sheet.set_row(heads, LINE * max([1, *(lines_of(printed(one.name), width) for one in chart.series)]))
    line = heads + len(chart.categories) + 1
    sheet.merge_range(line, 0, line, columns - 1, "", looks["wrapped"])
    sheet.write_string(line, 0, chart.source_sentence, looks["wrapped"])
    sheet.set_row(line, LINE * lines_of(chart.source_sentence, across))
    line += 2
    if chart.empty:
        sheet.write_string(line, 0, NO_FIGURES, looks["plain"])
        line += 1
    else:
        line = _drawn(book, sheet, chart, heads, line)
    sheet.fit_to_pages(1, 0)


def _drawn(book: Any, sheet: Any, chart: Chart, heads: int, line: int) -> int:
    """The parts of a chart below one another; the line after them."""
    start, breaks = heads + 1, []
    parts = chart.parts(_HEIGHT)
    for number, part in enumerate(parts):
        if number or (line > 12 and len(chart.categories) > 12):
            breaks.append(line)
        made = native_chart(book, sheet.get_name(), part, heads, start, chart)
        height = height_of(part)
        sized(made, _WIDTH, height)
        sheet.insert_chart(line, 0, made, {"object_position": 3, "description": part.words()})
        line += round(height * 96 / 25.4) // _PIXELS_OF_LINE + 2
        start += len(part.categories)
    sheet.set_h_pagebreaks(breaks)
    return line
