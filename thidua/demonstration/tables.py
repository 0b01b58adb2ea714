"""Illustrative tables as workbooks."""

from __future__ import annotations

import datetime as dt
import io

from scoring.result import ILLUSTRATION
from thidua.demonstration.generator import Rows


def table_workbook(rows: Rows, labels: dict[str, str]) -> bytes:
    """One sheet: the header row with the labels as notes, a row a candidate; all cells are texts, as typed. The same rows give the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": ILLUSTRATION, "created": dt.datetime(2025, 1, 1)})
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "font_name": "Times New Roman"})
    cell = book.add_format({"border": 1, "font_name": "Times New Roman"})
    sheet = book.add_worksheet(ILLUSTRATION)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{ILLUSTRATION}&RTrang &P/&N")
    titles = list(rows[0])
    for place, title in enumerate(titles):
        sheet.write_string(0, place, title, head)
        if title in labels:
            sheet.write_comment(0, place, labels[title], {"author": "thidua"})
        sheet.set_column(place, place, 28 if title in ("name", ILLUSTRATION) else 11)
    for line, row in enumerate(rows, 1):
        for place, title in enumerate(titles):
            sheet.write_string(line, place, row[title], cell)
    sheet.freeze_panes(1, 2)
    book.close()
    return stream.getvalue()
