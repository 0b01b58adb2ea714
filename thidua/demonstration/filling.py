"""Filling issued forms the way a unit does: typing into input cells, found by their keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from records.forms.layout import SHEETS
from thidua.demonstration.typing_in import Book, Sheet

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
    book = Book(form)
    sheet = book.sheets[SHEETS["self"]]
    for row, key in sheet.keys.items():
        kind, _, name = key.partition(":")
        if kind == "measure" and name in filled.figures and not sheet.locked(row, 5):
            sheet.put(row, 5, typed(filled.figures[name]))
        elif kind == "judged" and name in filled.judged:
            sheet.put(row, 5, typed(filled.judged[name]))
        elif kind == "node" and name in filled.claims:
            sheet.put(row, 8, "x")
            sheet.put(row, 9, filled.claims[name])
    if SHEETS["tasks"] in book.sheets:
        _disputes(book.sheets[SHEETS["tasks"]], filled.disputes)
    _evidence(book.sheets[SHEETS["evidence"]], [list(row) for row in filled.evidence])
    _sign(book.sheets[SHEETS["sign"]], filled)
    return book.saved()


def fill_batch(form: Path, rows: Mapping[str, Filled], sign: Filled) -> bytes:
    """A batch form. rows: by candidate; those who are not in this form are left aside. sign: what stands on the signature page."""
    book = Book(form)
    here: set[str] = set()
    for sheet in book.sheets.values():
        keys = {str(key): column for column in sheet.columns(1) if (key := sheet.value(1, column))}
        if not any(key.startswith(("measure:", "judged:")) for key in keys):
            continue
        for row, said in sheet.keys.items():
            kind, _, candidate = said.partition(":")
            if kind != "candidate" or candidate not in rows:
                continue
            here.add(candidate)
            one = rows[candidate]
            for key, column in keys.items():
                what, _, name = key.partition(":")
                source = one.figures if what == "measure" else one.judged if what == "judged" else {}
                if name in source and not sheet.locked(row, column):
                    sheet.put(row, column, typed(source[name]))
    asked = {candidate: one for candidate, one in rows.items() if candidate in here}
    claims = [[candidate, node, why] for candidate, one in asked.items() for node, why in one.claims.items()]
    _lines(book.sheets[SHEETS["claims"]], "claim", claims)
    evidence = [[candidate, *row] for candidate, one in asked.items() for row in one.evidence]
    _evidence(book.sheets[SHEETS["evidence"]], evidence)
    _sign(book.sheets[SHEETS["sign"]], sign)
    return book.saved()


def typed(text: str) -> Any:
    """What Excel keeps of what is typed: a number, a day, or the text."""
    if text[2:3] == "/" and text[5:6] == "/":
        return date(int(text[6:]), int(text[3:5]), int(text[:2]))
    plain = text.replace(",", ".")
    if plain.replace(".", "", 1).removeprefix("-").isdecimal():
        return int(plain) if "." not in plain else float(plain)
    return text


def _disputes(sheet: Sheet, disputes: Mapping[str, tuple[str, str, str]]) -> None:
    for row, said in sheet.keys.items():
        kind, _, key = said.partition(":")
        if kind == "task" and key in disputes:
            for column, text in enumerate(("không đúng", *disputes[key]), 9):
                sheet.put(row, column, typed(text))


def _evidence(sheet: Sheet, rows: Sequence[Sequence[str]]) -> None:
    _lines(sheet, "evidence", rows)


def _lines(sheet: Sheet, kind: str, rows: Sequence[Sequence[str]]) -> None:
    """Rows of texts into the prepared empty lines."""
    places = [row for row, key in sheet.keys.items() if key.startswith(f"{kind}:")]
    for place, texts in zip(places, rows, strict=False):
        for column, text in enumerate(texts, 2):
            sheet.put(place, column, typed(text))


def _sign(sheet: Sheet, filled: Filled) -> None:
    said = {
        "version": filled.version,
        "number": filled.number,
        "date": filled.day,
        "compiled_by": "Người lập minh họa",
        "head": "Thủ trưởng minh họa",
    }
    for row, key in sheet.keys.items():
        kind, _, name = key.partition(":")
        if kind == "sign" and name in said:
            column = next(c for c in sheet.columns(row) if c > 1 and not sheet.locked(row, c))
            sheet.put(row, column, said[name])
