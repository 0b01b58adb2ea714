"""A workbook of ours with something typed into its cells, as a unit would: the XML of the package changed in those places only.

openpyxl reads and writes every style of every cell for it, twenty times slower. Only what our own writer makes is understood.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape, unescape

from records.tables.sheets import letters

_CELL = re.compile(r'<c r="([A-Z]+)([0-9]+)"(?: s="([0-9]+)")?(?: t="([a-z]+)")?(?:/>|>(.*?)</c>)', re.DOTALL)
_VALUE = re.compile(r"<v>(.*?)</v>", re.DOTALL)
_CALCULATED = re.compile(r"(<f[ >][^<]*</f>)<v>[^<]*</v>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EPOCH = date(1899, 12, 30)


class Book:
    """An issued workbook. sheets: in order, by title."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self._parts = {info.filename: package.read(info) for info in package.infolist()}
        relations = ElementTree.fromstring(self._parts["xl/_rels/workbook.xml.rels"])
        targets = {one.get("Id"): f"xl/{one.get('Target')}" for one in relations}
        book = ElementTree.fromstring(self._parts["xl/workbook.xml"])
        self.sheets: dict[str, Sheet] = {}
        for one in book.iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
            self.sheets[one.get("name", "")] = Sheet(self, targets[one.get(_RELATED)])

    def part(self, name: str) -> str:
        return self._parts[name].decode()

    @cached_property
    def strings(self) -> list[str]:
        """Texts that cells point to."""
        root = ElementTree.fromstring(self._parts["xl/sharedStrings.xml"])
        return ["".join(text.text or "" for text in item.iter(f"{_MAIN}t")) for item in root]

    @cached_property
    def styles(self) -> list[tuple[bool, bool]]:
        """Per style of a cell: locked, shown as a day."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

        root = ElementTree.fromstring(self._parts["xl/styles.xml"])
        own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iter(f"{_MAIN}numFmt")}
        found = []
        for one in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
            protection, ident = one.find(f"{_MAIN}protection"), one.get("numFmtId", "0")
            locked = protection is None or protection.get("locked", "1") != "0"
            code = own.get(ident) or BUILTIN_FORMATS.get(int(ident)) or "General"
            found.append((locked, bool(is_date_format(code))))
        return found

    def saved(self) -> bytes:
        """The same bytes every time: no hour of saving. What formulas came to is left out, as it is out of date."""
        changed = {sheet.name: sheet.written().encode() for sheet in self.sheets.values()}
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self._parts.items():
                package.writestr(zipfile.ZipInfo(name), changed.get(name, content), zipfile.ZIP_DEFLATED)
        return stream.getvalue()


class Sheet:
    """Cells by row and column, both from 1. Only cells that the form has can be typed into."""

    def __init__(self, book: Book, name: str) -> None:
        self.name, self._book = name, book
        self._typed: dict[tuple[int, int], Any] = {}

    @cached_property
    def _text(self) -> str:
        return self._book.part(self.name)

    @cached_property
    def _cells(self) -> dict[tuple[int, int], re.Match[str]]:
        numbers: dict[str, int] = {}
        found = {}
        for match in _CELL.finditer(self._text):
            column = match[1]
            if column not in numbers:
                numbers[column] = sum((ord(one) - 64) * 26**place for place, one in enumerate(reversed(column)))
            found[int(match[2]), numbers[column]] = match
        return found

    @property
    def rows(self) -> range:
        return range(1, max((row for row, _ in self._cells), default=0) + 1)

    def columns(self, row: int) -> Iterable[int]:
        """Columns of a row that have a cell."""
        return [column for there, column in self._cells if there == row]

    @cached_property
    def keys(self) -> dict[int, str]:
        """Texts of column A, by row."""
        return {row: str(self.value(row, 1)) for row, column in self._cells if column == 1 and self.value(row, 1)}

    def value(self, row: int, column: int) -> str | int | float | None:
        """What stands in a cell: typed, else as issued; None when nothing does."""
        if (row, column) in self._typed:
            return str(self._typed[row, column])
        match = self._cells.get((row, column))
        inside = _VALUE.search(match[5]) if match is not None and match[5] else None
        if match is None or inside is None:
            return None
        if match[4] == "s":
            return self._book.strings[int(inside[1])]
        if match[4] in ("str", "inlineStr"):
            return unescape(inside[1])
        return int(inside[1]) if inside[1].lstrip("-").isdecimal() else float(inside[1])

    def locked(self, row: int, column: int) -> bool:
        match = self._cells.get((row, column))
        return match is None or self._book.styles[int(match[3] or 0)][0]

    def put(self, row: int, column: int, value: Any) -> None:
        """Type a number, a day, a text; what begins with = becomes a formula. Raises KeyError where the form has no cell."""
        if value is None or value == "":
            return
        if (row, column) not in self._cells:
            raise KeyError(f"{self.name} {letters(column)}{row}")
        self._typed[row, column] = value

    def written(self) -> str:
        """The XML with what was typed."""
        pieces: list[str] = []
        end = 0
        for place in sorted(self._typed):
            match = self._cells[place]
            pieces += [self._text[end : match.start()], self._cell(match, self._typed[place])]
            end = match.end()
        pieces.append(self._text[end:])
        return _CALCULATED.sub(r"\1", "".join(pieces))

    def _cell(self, match: re.Match[str], value: Any) -> str:
        style = int(match[3] or 0)
        if isinstance(value, date):
            day = self._book.styles[style][1]
            value = (value - _EPOCH).days if day else value.strftime("%d/%m/%Y")
        start = f'<c r="{match[1]}{match[2]}" s="{style}"'
        if isinstance(value, int | float):
            return f"{start}><v>{value!r}</v></c>"
        text = escape(_CONTROL.sub(lambda one: f"_x{ord(one[0]):04X}_", str(value)))
        if text.startswith("="):
            return f"{start}><f>{text[1:]}</f></c>"
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
