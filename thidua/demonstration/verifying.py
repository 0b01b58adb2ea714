"""Filling verification workbooks and return forms the way bodies and units do: typing into input cells, found by their keys."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from records.forms.layout import SHEETS
from records.returns import columns as returned
from records.review import columns as review
from thidua.demonstration.filling import _saved, typed

_DECLARED = review.HEADS.index("Số liệu đơn vị khai") + 2
_CLAIM = review.HEADS.index("Đề nghị không áp dụng, giải trình") + 2
_CORRECTED, _SENT_BACK = 0.03, 0.03  # of the criteria that could be accepted


def fill_review(
    workbook: Path,
    unclear: Mapping[tuple[str, str], str],
    rng: random.Random,
    again: bool,
    day: date,
    bounding: Collection[str] = (),
) -> bytes:
    """A verification workbook. unclear: by candidate and criterion, why it has no points as handed in: left out, by decision.

    again: it answers explanations: everything is accepted. bounding: keys of figures that bound others, which stay as they are.
    Most is accepted by one tick on top of each sheet.
    """
    import openpyxl

    book = openpyxl.load_workbook(workbook)
    for sheet in book.worksheets:
        rows = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value}
        if review.ALL_KEY not in rows:
            continue
        sheet.cell(rows[review.ALL_KEY], review.ALL_COLUMN + 1).value = "x"
        for key, row in rows.items():
            candidate, _, criterion = key.partition("/")
            if not criterion or "/" in criterion:
                continue
            chance = rng.random()
            if (candidate, criterion) in unclear:
                _conclude(sheet, row, review.LEAVE_OUT, unclear[candidate, criterion], "15/TB-MH")
            elif again:
                _conclude(sheet, row, review.ACCEPT, "")
            elif sheet.cell(row, _CLAIM).value:
                if chance < 0.5:
                    _conclude(sheet, row, review.SEND_BACK, "Chưa rõ căn cứ không áp dụng (minh họa)")
                else:
                    _conclude(sheet, row, review.ACCEPT, "")
            elif chance < _CORRECTED:
                _correct(sheet, row, rows, key, bounding)
            elif chance < _CORRECTED + _SENT_BACK:
                _conclude(sheet, row, review.SEND_BACK, "Thiếu minh chứng, đề nghị giải trình (minh họa)")
    _sign(book, day, f"{rng.randint(10, 99)}/TĐ-MH")
    return _saved(book)


def fill_return(form: Path, rng: random.Random, day: date, bounding: Collection[str] = ()) -> bytes:
    """A return form: everything explained; now and then a figure that bounds no other changed by one."""
    import openpyxl

    book = openpyxl.load_workbook(form)
    sheet = book[returned.SHEET]
    for row in range(1, sheet.max_row + 1):
        key = str(sheet.cell(row, 1).value or "")
        if key.count("/") == 1:
            sheet.cell(row, returned.WHY + 1).value = "Đã kiểm tra lại, giữ nguyên số liệu, bổ sung văn bản (minh họa)"
        elif key.count("/") == 2 and key.rpartition("/")[2] not in bounding and rng.random() < 0.3:
            known: Any = sheet.cell(row, returned.KNOWN + 1).value
            if _whole(known) and int(known) > 1:
                sheet.cell(row, returned.NEW + 1).value = int(known) - 1
    _sign(book, day, f"{rng.randint(10, 99)}/GT-MH")
    return _saved(book)


def _correct(sheet: Any, row: int, rows: Mapping[str, int], key: str, bounding: Collection[str]) -> None:
    """Take one off the smallest whole number that the unit gave and that bounds no other; nothing when there is none."""
    figures = [
        (figure, sheet.cell(rows[figure], _DECLARED).value) for figure in rows if figure.startswith(f"{key}/measure:")
    ]
    free = [(figure, value) for figure, value in figures if figure.removeprefix(f"{key}/") not in bounding]
    whole = [(int(declared), figure) for figure, declared in free if _whole(declared) and int(declared) > 1]
    if whole:
        number, figure = min(whole)
        _conclude(sheet, row, review.CORRECT, "Đếm lại theo hồ sơ lưu (minh họa)")
        sheet.cell(rows[figure], review.FIGURE + 1).value = typed(str(number - 1))


def _whole(value: Any) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and value.isdecimal())


def _conclude(sheet: Any, row: int, word: str, why: str, document: str = "") -> None:
    sheet.cell(row, review.CONCLUSION + 1).value = word
    sheet.cell(row, review.REASON + 1).value = why
    if document:
        sheet.cell(row, review.DOCUMENT + 1).value = document


def _sign(book: Any, day: date, number: str) -> None:
    sheet = book[SHEETS["sign"]]
    told = {"version": 1, "number": number, "date": day.strftime("%d/%m/%Y")}
    told |= {"compiled_by": "Người thẩm định minh họa", "head": "Thủ trưởng minh họa"}
    for row in range(1, sheet.max_row + 1):
        name = str(sheet.cell(row, 1).value or "").removeprefix("sign:")
        if name in told:
            sheet.cell(row, 3).value = told[name]
