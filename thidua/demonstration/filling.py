"""Filling issued forms the way a unit does: typing into input cells, found by their keys."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from records.forms.layout import SHEETS

EVIDENCE = ("criterion", "kind", "number", "date", "issuer", "summary", "file", "restricted")


@dataclass
class Filled:
    """What is typed. figures: by measure; judged: by criterion; texts as typed (87,25; có; 30/06/2026; KAD). claims: criterion → why.

    evidence: rows in the order of EVIDENCE. disputes: task key → (finished, document, why). items: by sheet, rows of texts by column.
    """

    figures: Mapping[str, str] = field(default_factory=dict)
    judged: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)
    evidence: Sequence[Sequence[str]] = ()
    disputes: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    items: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    version: int = 1
    number: str = "01/BC"
    day: date = date(2026, 11, 25)


def fill_single(form: Path, filled: Filled) -> bytes:
    """A single form with everything typed in."""
    import openpyxl

    book = openpyxl.load_workbook(form)
    sheet = book[SHEETS["self"]]
    for row in range(1, sheet.max_row + 1):
        kind, _, name = str(sheet.cell(row, 1).value or "").partition(":")
        if kind == "measure" and name in filled.figures and not sheet.cell(row, 5).protection.locked:
            sheet.cell(row, 5).value = typed(filled.figures[name])
        elif kind == "judged" and name in filled.judged:
            sheet.cell(row, 5).value = typed(filled.judged[name])
        elif kind == "node" and name in filled.claims:
            sheet.cell(row, 8).value, sheet.cell(row, 9).value = "x", filled.claims[name]
    if SHEETS["tasks"] in book.sheetnames:
        _disputes(book[SHEETS["tasks"]], filled.disputes)
    _evidence(book[SHEETS["evidence"]], [list(row) for row in filled.evidence])
    _sign(book[SHEETS["sign"]], filled)
    return _saved(book)


def fill_batch(form: Path, rows: Mapping[str, Filled], sign: Filled) -> bytes:
    """A batch form. rows: by candidate; those who are not in this form are left aside. sign: what stands on the signature page."""
    import openpyxl

    book = openpyxl.load_workbook(form)
    here: set[str] = set()
    for sheet in book.worksheets:
        keys = {str(cell.value): cell.column for cell in sheet[1] if cell.value}
        if not any(key.startswith(("measure:", "judged:")) for key in keys):
            continue
        for row in range(2, sheet.max_row + 1):
            kind, _, candidate = str(sheet.cell(row, 1).value or "").partition(":")
            if kind != "candidate" or candidate not in rows:
                continue
            here.add(candidate)
            for key, column in keys.items():
                what, _, name = key.partition(":")
                source = (
                    rows[candidate].figures if what == "measure" else rows[candidate].judged if what == "judged" else {}
                )
                if name in source and not sheet.cell(row, column).protection.locked:
                    sheet.cell(row, column).value = typed(source[name])
    asked = {candidate: one for candidate, one in rows.items() if candidate in here}
    claims = [[candidate, node, why] for candidate, one in asked.items() for node, why in one.claims.items()]
    _lines(book[SHEETS["claims"]], "claim", claims)
    _evidence(book[SHEETS["evidence"]], [[candidate, *row] for candidate, one in asked.items() for row in one.evidence])
    _sign(book[SHEETS["sign"]], sign)
    return _saved(book)


def typed(text: str) -> Any:
    """What Excel keeps of what is typed: a number, a day, or the text."""
    if text[2:3] == "/" and text[5:6] == "/":
        return date(int(text[6:]), int(text[3:5]), int(text[:2]))
    plain = text.replace(",", ".")
    if plain.replace(".", "", 1).removeprefix("-").isdecimal():
        return int(plain) if "." not in plain else float(plain)
    return text


def _disputes(sheet: Any, disputes: Mapping[str, tuple[str, str, str]]) -> None:
    for row in range(1, sheet.max_row + 1):
        kind, _, key = str(sheet.cell(row, 1).value or "").partition(":")
        if kind == "task" and key in disputes:
            for column, text in enumerate(("không đúng", *disputes[key]), 9):
                sheet.cell(row, column).value = typed(text) if text else None


def _evidence(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    _lines(sheet, "evidence", rows)


def _lines(sheet: Any, kind: str, rows: Sequence[Sequence[str]]) -> None:
    """Rows of texts into the prepared empty lines."""
    places = [row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 1).value or "").startswith(f"{kind}:")]
    for place, texts in zip(places, rows, strict=False):
        for column, text in enumerate(texts, 2):
            if text:
                sheet.cell(place, column).value = typed(text)


def _sign(sheet: Any, filled: Filled) -> None:
    said = {
        "version": filled.version,
        "number": filled.number,
        "date": filled.day,
        "compiled_by": "Người lập minh họa",
        "head": "Thủ trưởng minh họa",
    }
    for row in range(1, sheet.max_row + 1):
        kind, _, name = str(sheet.cell(row, 1).value or "").partition(":")
        if kind == "sign" and name in said:
            column = next(c for c in range(2, sheet.max_column + 1) if not sheet.cell(row, c).protection.locked)
            sheet.cell(row, column).value = said[name]


def _saved(book: Any) -> bytes:
    """The same bytes every time: no hour of saving."""
    stream = io.BytesIO()
    book.save(stream)
    result = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2025-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(info.filename), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()
