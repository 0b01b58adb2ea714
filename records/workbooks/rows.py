"""Rows of a workbook found by their keys: what is gone, stands twice, is foreign or was typed in beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from records.forms.collecting.cells import Findings, short
from records.forms.collecting.form import check_heads, form_sheet
from records.forms.collecting.rows import typed
from records.forms.collecting.workbook import FormBook, FormSheet
from records.workbooks.hidden import Hidden


def sheets_of_sets(
    book: FormBook, hidden: Hidden, heads: Sequence[str], inputs: Sequence[int], findings: Findings
) -> Iterator[tuple[str, FormSheet, Sequence[str]]]:
    """(criteria set, its sheet, keys of its rows) of every sheet that is there with its input columns in place. heads: from column B
    on; inputs: columns from 0. Raises Unreadable."""
    lines = hidden.by_sheet
    for name in hidden.sets:
        sheet = form_sheet(book, name[:31], findings)  # as long as Excel lets the name of a sheet be
        if sheet is not None and check_heads(sheet, {column + 1: heads[column - 1] for column in inputs}, findings):
            yield name, sheet, lines.get(name[:31], ())


def keyed_rows(
    sheet: FormSheet, keys: Sequence[str], findings: Findings, called: str = "biểu", also: Collection[str] = ()
) -> dict[str, int]:
    """The row of every key, in the order of the keys. called: such a workbook, for messages. also: keys that may stand besides."""
    found: dict[str, int] = {}
    last, known, hint = 1, {*keys, *also}, as_issued(called)
    for key in keys:
        places = sheet.keys.get(key, [])
        if not places:
            message = f"{called.capitalize()} thiếu dòng “{short(key)}”."
            findings.at(sheet, last, 1, "form-line", message, hint)
            continue
        found[key] = last = places[0]
        if len(places) > 1:
            message = f"Dòng “{short(key)}” lặp lại, đã có ở dòng {places[0]}."
            findings.at(sheet, places[1], 1, "form-line", message, hint)
    for key, places in sheet.keys.items():
        if key not in known:
            findings.at(sheet, places[0], 1, "form-line", f"Dòng mang khóa lạ “{short(key)}”.", hint)
    return found


def stray_rows(sheet: FormSheet, head: int, inputs: range, findings: Findings, called: str = "biểu") -> None:
    """Report rows below the head in which somebody has typed, but which are none of the workbook's. inputs: columns from 1."""
    for row in sorted(sheet.rows):
        if row > head and not sheet.text(row, 1) and typed(sheet, row, inputs):
            message = f"Dòng có chữ nhưng không phải dòng của {called}."
            findings.at(sheet, row, inputs[0], "form-line", message, as_issued(called))


def as_issued(called: str) -> str:
    """What is expected of the rows of a workbook."""
    return f"Dùng {called} đã giao, không xóa, không thêm dòng."
