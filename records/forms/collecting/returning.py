"""The list of errors to send back, as a workbook: one row per finding, filtered by file, printed on A4 across."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from criteria.problems import ERROR, NOTE, WARNING, Problem
from records.spreadsheets.footers import plain_footer

FILE_NAME = "loi-thu-bieu.xlsx"
SHEET = "Loi"
HEADS = ("STT", "Tệp", "Mã đối tượng", "Trang tính", "Ô", "Điều tìm thấy", "Cách sửa", "Mức", "Mã lỗi")
_WIDTHS = (5, 30, 14, 12, 7, 50, 38, 10, 14)
_LINE = 15  # points of height of a line of text
_LONGEST = 1200  # letters in a cell
_FIRST = 3  # the row of the heading, from 0
_CREATED = dt.datetime(2025, 1, 1)  # fixed: the same findings give the same bytes
_WORDS = {ERROR: "lỗi", WARNING: "cảnh báo", NOTE: "ghi chú"}


def error_workbook(
    period: str,
    problems: Sequence[Problem],
    owners: Mapping[str, str],
    stamps: Sequence[str] = (),
    what: str = "thu biểu",
) -> bytes:
    """xlsx bytes. owners: by file name, whose form it is. stamps: said on every page. what: was done. Texts are written as texts."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    font = {"font_name": "Times New Roman", "font_size": 11}
    book = xlsxwriter.Workbook(stream, {**options, "default_format_properties": font})
    book.set_properties({"title": f"Lỗi {what} kỳ {period}", "created": _CREATED})
    cell = {"border": 1, "border_color": "#808080", "text_wrap": True, "valign": "top"}
    plain, centred = book.add_format(cell), book.add_format({**cell, "align": "center"})
    head = book.add_format({**cell, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E8EEF4"})
    sheet = book.add_worksheet(SHEET)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    footer = plain_footer("; ".join([f"Lỗi {what} kỳ {period}", *stamps]))
    sheet.set_footer(f"&L{footer}&RTrang &P/&N")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, f"LỖI {what.upper()} KỲ {period}", book.add_format({"bold": True, "font_size": 14}))
    files = {problem.file for problem in problems if problem.severity == ERROR}
    wrong = sum(problem.severity == ERROR for problem in problems)
    said = f"{wrong} lỗi ở {len(files)} tệp. Biểu có lỗi chưa được thu: sửa đúng tệp đó rồi gửi lại." if wrong else ""
    sheet.write_string(1, 0, said or "Lần thu gần nhất không có lỗi.", book.add_format({"italic": True}))
    sheet.write_string(2, 0, "; ".join(stamps), book.add_format({"bold": True, "font_color": "#B00020"}))
    for column, text in enumerate(HEADS):
        sheet.write_string(_FIRST, column, text, head)
    rows = sorted(set(problems))
    for number, problem in enumerate(rows, 1):
        texts = (
            problem.file,
            owners.get(problem.file, ""),
            problem.sheet,
            problem.cell,
            problem.message,
            problem.hint,
            _WORDS[problem.severity],
            problem.code,
        )
        sheet.write_number(_FIRST + number, 0, number, centred)
        for column, text in enumerate(texts, 1):
            sheet.write_string(_FIRST + number, column, text[:_LONGEST], centred if column in (4, 7) else plain)
        lines = max(-(-len(text[:_LONGEST]) // int(width)) for text, width in zip(texts, _WIDTHS[1:], strict=True))
        sheet.set_row(_FIRST + number, _LINE * min(max(lines, 1), 27))
    sheet.autofilter(_FIRST, 0, _FIRST + max(len(rows), 1), len(HEADS) - 1)
    sheet.repeat_rows(_FIRST)
    sheet.freeze_panes(_FIRST + 1, 0)
    book.close()
    return stream.getvalue()
