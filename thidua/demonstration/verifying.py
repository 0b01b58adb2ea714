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
from thidua.demonstration.filling import typed
from thidua.demonstration.typing_in import Book, Sheet

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
    *,
    returning: bool = True,
) -> bytes:
    """A verification workbook. unclear: by candidate and criterion, why it has no points as handed in: left out, by decision.

    again: it answers explanations: everything is accepted. bounding: keys of figures that bound others, which stay as they are.
    returning: now and then something is sent back. Most is accepted by one tick on top of each sheet.
    """
    book = Book(workbook)
    for sheet in book.sheets.values():
        rows = {key: row for row, key in sheet.keys.items()}
        if review.ALL_KEY not in rows:
            continue
        sheet.put(rows[review.ALL_KEY], review.ALL_COLUMN + 1, "x")
        for key, row in rows.items():
            candidate, _, criterion = key.partition("/")
            if not criterion or "/" in criterion:
                continue
            chance = rng.random()
            if (candidate, criterion) in unclear:
                _conclude(sheet, row, review.LEAVE_OUT, unclear[candidate, criterion], "15/TB-MH")
            elif again:
                _conclude(sheet, row, review.ACCEPT, "")
            elif sheet.value(row, _CLAIM):
                if returning and chance < 0.5:
                    _conclude(sheet, row, review.SEND_BACK, "Chưa rõ căn cứ không áp dụng (minh họa)")
                else:
                    _conclude(sheet, row, review.ACCEPT, "")
            elif chance < _CORRECTED:
                _correct(sheet, row, rows, key, bounding)
            elif returning and chance < _CORRECTED + _SENT_BACK:
                _conclude(sheet, row, review.SEND_BACK, "Thiếu minh chứng, đề nghị giải trình (minh họa)")
            if not sheet.value(row, review.CONCLUSION + 1) and _incomplete(sheet, rows, key):
                # the tick passes over what lacks a figure, also one that it can do without
                _conclude(sheet, row, review.ACCEPT, "")
    _sign(book, day, f"{rng.randint(10, 99)}/TĐ-MH")
    return book.saved()


def fill_return(form: Path, rng: random.Random, day: date, bounding: Collection[str] = ()) -> bytes:
    """A return form: everything explained; now and then a figure that bounds no other changed by one."""
    book = Book(form)
    sheet = book.sheets[returned.SHEET]
    for row, key in sheet.keys.items():
        if key.count("/") == 1:
            sheet.put(row, returned.WHY + 1, "Đã kiểm tra lại, giữ nguyên số liệu, bổ sung văn bản (minh họa)")
        elif key.count("/") == 2 and key.rpartition("/")[2] not in bounding and rng.random() < 0.3:
            known: Any = sheet.value(row, returned.KNOWN + 1)
            if _whole(known) and int(known) > 1:
                sheet.put(row, returned.NEW + 1, int(known) - 1)
    _sign(book, day, f"{rng.randint(10, 99)}/GT-MH")
    return book.saved()


def _incomplete(sheet: Sheet, rows: Mapping[str, int], key: str) -> bool:
    """Whether nobody has given one of the figures of a criterion."""
    figures = [figure for figure in rows if figure.startswith((f"{key}/measure:", f"{key}/judged:"))]
    return any(sheet.value(rows[figure], _DECLARED) is None for figure in figures)


def _correct(sheet: Sheet, row: int, rows: Mapping[str, int], key: str, bounding: Collection[str]) -> None:
    """Take one off the smallest whole number that the unit gave and that bounds no other; nothing when there is none."""
    figures: list[tuple[str, Any]] = [
        (figure, sheet.value(rows[figure], _DECLARED)) for figure in rows if figure.startswith(f"{key}/measure:")
    ]
    free = [(figure, value) for figure, value in figures if figure.removeprefix(f"{key}/") not in bounding]
    whole = [(int(declared), figure) for figure, declared in free if _whole(declared) and int(declared) > 1]
    if whole:
        number, figure = min(whole)
        _conclude(sheet, row, review.CORRECT, "Đếm lại theo hồ sơ lưu (minh họa)")
        sheet.put(rows[figure], review.FIGURE + 1, typed(str(number - 1)))


def _whole(value: Any) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and value.isdecimal())


def _conclude(sheet: Sheet, row: int, word: str, why: str, document: str = "") -> None:
    sheet.put(row, review.CONCLUSION + 1, word)
    sheet.put(row, review.REASON + 1, why)
    sheet.put(row, review.DOCUMENT + 1, document)


def _sign(book: Book, day: date, number: str) -> None:
    sheet = book.sheets[SHEETS["sign"]]
    told = {"version": 1, "number": number, "date": day.strftime("%d/%m/%Y")}
    told |= {"compiled_by": "Người thẩm định minh họa", "head": "Thủ trưởng minh họa"}
    for row, key in sheet.keys.items():
        name = key.removeprefix("sign:")
        if name in told:
            sheet.put(row, 3, told[name])
