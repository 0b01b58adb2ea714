"""A chart drawn by xlsxwriter over a table of a sheet: kinds, fills that print in black and white, labels, axes."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction
from typing import Any

from criteria.exact.numerals import as_decimal
from reports.charts.chart import Chart
from reports.charts.native_xml import FONT, C, put_right, written
from reports.letters.templates import printed
from reports.workbook_styles import new_book

TABLE_SHEET = "Số liệu"
_PIXELS = 96 / 25.4  # of a millimetre
_ACCENT, _BLACK, _GRID = "#1F4E79", "#000000", "#BFBFBF"
# Told apart also on a black-and-white printer: by darkness first, then by pattern.
_FILLS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": _ACCENT}},
    {"fill": {"color": "#BFBFBF"}},
    {"fill": {"color": "#7F7F7F"}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": _BLACK, "bg_color": "#FFFFFF"}},
    {"fill": {"color": "#FFFFFF"}},
    {"pattern": {"pattern": "percent_25", "fg_color": _BLACK, "bg_color": "#FFFFFF"}},
    {"pattern": {"pattern": "wide_downward_diagonal", "fg_color": _ACCENT, "bg_color": "#FFFFFF"}},
    {"pattern": {"pattern": "small_grid", "fg_color": _BLACK, "bg_color": "#FFFFFF"}},
)
_DARK = (0, 2)  # fills on which black letters cannot be read
_LINES = (
    (_ACCENT, "solid", "circle"),
    (_BLACK, "dash", "square"),
    ("#7F7F7F", "solid", "triangle"),
    (_BLACK, "round_dot", "diamond"),
    ("#7F7F7F", "long_dash", "x"),
    (_ACCENT, "dash_dot", "star"),
    (_BLACK, "solid", "plus"),
    (_ACCENT, "round_dot", "square"),
    ("#7F7F7F", "dash_dot", "circle"),
)
_THINNEST = 25  # a piece of a bar that is a smaller part of the longest one has no room for its number
_BESIDE = ("above", "below")  # where the numbers of a line stand
_LABELLED = 48  # values with their number beside them


def number_format(places: int, *, zeros: bool = True) -> str:
    """Decimal comma and dots between thousands wherever the program can follow a language; zeros: printed too."""
    digits = "#,##0" + ("." + "0" * places if places else "")
    return f"[$-42A]{digits}" if zeros else f"[$-42A]{digits};[$-42A]-{digits};;"


def write_table(sheet: Any, chart: Chart, line: int, looks: dict[str, Any], first: str = "") -> None:
    """Heads and rows from a line on: categories as text, numbers as the decimals that are printed. looks: head, text, number."""
    sheet.write_string(line, 0, first, looks["head"])
    for column, series in enumerate(chart.series, 1):
        sheet.write_string(line, column, printed(series.name), looks["head"])
    for row, name in enumerate(chart.names(), line + 1):
        sheet.write_string(row, 0, name, looks["text"])
        for column, series in enumerate(chart.series, 1):
            value = series.values[row - line - 1]
            if value is None:
                sheet.write_blank(row, column, None, looks["number"])
            else:
                sheet.write_number(row, column, chart.number(value), looks["number"])


def native_chart(book: Any, sheet_name: str, chart: Chart, line: int, start: int, whole: Chart) -> Any:
    """An xlsxwriter chart over the table whose heads stand in a line. start: row of its first category in that table.
    whole: the chart it is a part of, whose axis it shares."""
    made = book.add_chart(_type(chart))
    last = start + len(chart.categories) - 1
    values = sum(len(one.values) for one in chart.series)
    for number, series in enumerate(chart.series):
        settings: dict[str, Any] = {
            "name": [sheet_name, line, number + 1],
            "categories": [sheet_name, start, 0, last, 0],
            "values": [sheet_name, start, number + 1, last, number + 1],
            # said, because xlsxwriter would take an empty cell for a zero
            "values_data": [None if value is None else str(chart.number(value)) for value in series.values],
            "categories_data": chart.names(),
            **_look(chart, number),
        }
        crowded = chart.kind == "line" and len(chart.series) > len(_BESIDE)
        if (values <= _LABELLED and not crowded) or (chart.horizontal and len(chart.series) == 1):
            settings["data_labels"] = _labels(chart, number, whole.bounds()[1])
        if series.values:
            made.add_series(settings)
    made.set_title({"name": "-", "name_font": _font(12, bold=True), "overlay": False})
    made.title.name = chart.heading  # set_title takes what looks like a reference for one
    _axes(made, chart, whole)
    if len(chart.series) > 1:
        made.set_legend({"position": "bottom", "font": _font(10)})
    else:
        made.set_legend({"none": True})
    made.show_blanks_as("gap")
    made.set_chartarea({"border": {"none": True}, "fill": {"color": "#FFFFFF"}})
    return made


def _type(chart: Chart) -> dict[str, str]:
    return {
        "column": {"type": "column"},
        "bar": {"type": "bar"},
        "stacked": {"type": "bar", "subtype": "stacked"},
        "line": {"type": "line"},
    }[chart.kind]


def _font(size: int, *, bold: bool = False, color: str = _BLACK) -> dict[str, Any]:
    return {"name": FONT, "size": size, "bold": bold, "color": color}


def _look(chart: Chart, number: int) -> dict[str, Any]:
    if chart.kind == "line":
        color, dash, marker = _LINES[number % len(_LINES)]
        return {
            "line": {"color": color, "width": 1.75, "dash_type": dash},
            "marker": {"type": marker, "size": 6, "fill": {"color": color}, "border": {"color": color}},
        }
    look = {**_FILLS[number % len(_FILLS)], "border": {"color": _BLACK, "width": 0.5}}
    return {**look, "gap": 45, "overlap": 100} if chart.kind == "stacked" else {**look, "gap": 60}


def _labels(chart: Chart, number: int, largest: Fraction) -> dict[str, Any]:
    stacked = chart.kind == "stacked"
    dark = stacked and number % len(_FILLS) in _DARK
    labels: dict[str, Any] = {
        "value": True,
        "num_format": number_format(chart.places, zeros=not stacked),
        "font": _font(9, color="#FFFFFF" if dark else _BLACK),
        "position": "center" if stacked else _beside(number) if chart.kind == "line" else "outside_end",
    }
    if stacked and not dark and "pattern" in _FILLS[number % len(_FILLS)]:
        labels["fill"] = {"color": "#FFFFFF"}
    if stacked:
        values = [abs(Fraction(value or 0)) for value in chart.series[number].values]
        labels["custom"] = [{"delete": True} if value * _THINNEST < largest else None for value in values]
    return labels


def _beside(number: int) -> str:
    """Numbers of two lines keep out of each other's way; those of more would not."""
    return _BESIDE[number % len(_BESIDE)]


def _axes(made: Any, chart: Chart, whole: Chart) -> None:
    least, largest = whole.bounds()
    names: dict[str, Any] = {"num_font": _font(10), "line": {"color": _BLACK}, "major_tick_mark": "none"}
    if least < 0:
        names["label_position"] = "low"  # names stay beside the chart, not on the bars
    numbers: dict[str, Any] = {
        "num_font": _font(9),
        "num_format": number_format(_axis_places(least, largest, whole.places)),
        "major_gridlines": {"visible": True, "line": {"color": _GRID, "width": 0.5}},
        "line": {"none": True},
    }
    if chart.kind == "line":
        numbers["min"] = f"{as_decimal(chart.start(), 6).normalize():f}"
    else:
        numbers["min"] = (
            f"{as_decimal(-_round_up(-least), 6).normalize():f}"  # zero, so that lengths compare; room for a label beside a negative bar
        )
        if whole is not chart and len(whole.categories) != len(chart.categories):
            numbers["max"] = f"{as_decimal(_round_up(largest), 6).normalize():f}"
        if largest == 0 > least:
            numbers["max"] = 0
    if chart.horizontal:  # xlsxwriter calls the names of bars their x axis
        made.set_x_axis(numbers)
        made.set_y_axis(names | {"reverse": True, "crossing": "max"})  # the first category on top, numbers below
    else:
        made.set_x_axis(names)
        made.set_y_axis(numbers)


def _axis_places(least: Fraction, largest: Fraction, places: int) -> int:
    span = largest - least
    return 0 if span >= 8 else min(places, 1) if span >= 1 else places


def _round_up(value: Fraction) -> Fraction:
    """The end of an axis: a tenth more of its largest power of ten than the value needs with room for a label."""
    if value <= 0:
        return Fraction(0)
    step = Fraction(1)
    while step * 10 > value:
        step /= 10
    while step * 100 <= value:
        step *= 10
    return -(-value * Fraction(108, 100) // step) * step


def height_of(chart: Chart) -> int:
    """mm."""
    if chart.horizontal:
        return chart.around() + chart.bar_height() * len(chart.categories)
    return 85


def sized(made: Any, width: float, height: float) -> None:
    """width, height: mm."""
    made.set_size({"width": round(width * _PIXELS), "height": round(height * _PIXELS)})


def table_workbook(chart: Chart) -> bytes:
    """A workbook with the numbers of a chart, the head in line 1: what Word opens for "Edit data"."""
    return _book_of(chart, drawn=False)


def chart_xml(chart: Chart, whole: Chart) -> bytes:
    """The DrawingML of a chart over table_workbook, for a Word file. whole: the chart it is a part of."""
    with zipfile.ZipFile(io.BytesIO(_book_of(chart, drawn=True, whole=whole))) as package:
        root = put_right(package.read("xl/charts/chart1.xml"))
    for element in root.findall(f"{C}printSettings"):
        root.remove(element)
    return written(root)


def _book_of(chart: Chart, *, drawn: bool, whole: Chart | None = None) -> bytes:
    book, stream = new_book(chart.heading, [])
    sheet = book.add_worksheet(TABLE_SHEET)
    base = {"font_name": FONT, "font_size": 11}
    head = book.add_format({**base, "bold": True, "text_wrap": True})
    looks = {"head": head, "text": book.add_format(base)}
    looks["number"] = book.add_format({**base, "num_format": plain_format(chart.places)})
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, max(len(chart.series), 1), 16)
    write_table(sheet, chart, 0, looks)
    if drawn:
        sheet.insert_chart(0, 0, native_chart(book, TABLE_SHEET, chart, 0, 1, whole or chart))
    book.close()
    return stream.getvalue()


def plain_format(places: int) -> str:
    """Of a cell: the program's own marks for decimals and thousands."""
    return "#,##0" + ("." + "0" * places if places else "")
