"""The sheets of a form as cells, read once from the XML of the package: value and formula of each cell together.

openpyxl gives either the values or the formulas of a workbook, at 20 ms each; a form needs both, of a few sheets only.
The package has passed records.tables.packages before: no DTD, UTF-8 only, nothing that unpacks without end.
"""

from __future__ import annotations

import io
import math
import posixpath
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from criteria.problems import Problem
from records.tables.packages import BROKEN
from records.tables.sheets import Cell, letters

MOST_MARKS = 2_000_000  # "<" in one sheet: about 400.000 cells
MOST_LETTERS = 32_768  # of a text or a formula: one more than Excel keeps
MOST_ROW, MOST_COLUMN = 1_048_576, 16_384  # Excel's own
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_INTEGER = re.compile(r"-?[0-9]{1,30}")
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,3})?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_KNOWN_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


class Unreadable(ValueError):
    """Why the workbook cannot be read, in Vietnamese."""


@dataclass(frozen=True)
class FormSheet:
    """A sheet of a form. rows: row number → column number → cell, both from 1, empty cells left out."""

    file: str
    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell:
        return self.rows.get(row, {}).get(column, _NOTHING)

    def text(self, row: int, column: int) -> str:
        return self.cell(row, column).text

    @cached_property
    def keys(self) -> dict[str, list[int]]:
        """Keys of column A and the rows in which each stands."""
        found: dict[str, list[int]] = {}
        for row in sorted(self.rows):
            key = self.text(row, 1)
            if key:
                found.setdefault(key, []).append(row)
        return found

    def problem(
        self, code: str, row: int, column: int, message: str, hint: str = "", severity: str = "error"
    ) -> Problem:
        return Problem(
            self.file, row, column, code, message, hint, severity, sheet=self.name, cell=f"{letters(column)}{row}"
        )


_NOTHING = Cell(None)


class FormBook:
    """A form that is open for reading. Its sheets are read when they are asked for. Methods raise Unreadable."""

    def __init__(self, raw: bytes, file: str) -> None:
        self.file = file
        try:
            self._package = zipfile.ZipFile(io.BytesIO(raw))
            self._names = set(self._package.namelist())
            self._places = dict(self._sheet_places())
        except BROKEN as error:
            raise Unreadable("Không đọc được tệp xlsx: tệp hỏng hoặc không phải Excel.") from error

    def named(self, name: str) -> list[str]:
        """The titles of the sheets with this name, which Excel does not tell apart by case: one, unless something is wrong."""
        return [title for title, _ in self._sheets if title.strip().casefold() == name.casefold()]

    @property
    def titles(self) -> list[str]:
        return [title for title, _ in self._sheets]

    def sheet(self, title: str) -> FormSheet:
        try:
            content = self._read(self._places[title])
            if content.count(b"<") > MOST_MARKS:
                raise Unreadable(f"Trang “{title[:40]}” có quá nhiều ô.")
            root = ElementTree.fromstring(content)
            return FormSheet(self.file, title, dict(self._rows(root)))
        except Unreadable:
            raise
        except BROKEN as error:
            raise Unreadable(f"Không đọc được trang “{title[:40]}”: tệp hỏng.") from error

    def _read(self, part: str) -> bytes:
        """A part that the safety check has looked into, which is one that ends as XML."""
        if part not in self._names or not part.endswith((".xml", ".rels")):
            raise Unreadable("Tệp Excel thiếu phần bắt buộc.")
        return self._package.read(part)

    def _sheet_places(self) -> Iterator[tuple[str, str]]:
        main = next((target for kind, _, target in self._relations("") if kind == "officeDocument"), "")
        book = ElementTree.fromstring(self._read(main))
        space = _space(book)
        related = list(self._relations(main))
        targets = {ident: (kind, target) for kind, ident, target in related}
        self._parts = {kind: target for kind, _, target in related if kind in ("sharedStrings", "styles")}
        properties = book.find(f"{space}workbookPr")
        self._from_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
        self._sheets: list[tuple[str, str]] = []
        for item in book.iterfind(f"{space}sheets/{space}sheet"):
            ident = next((value for name, value in item.items() if name.endswith("}id")), "")
            kind, target = targets.get(ident, ("", ""))
            if kind == "worksheet":
                title = unicodedata.normalize("NFC", item.get("name", ""))
                self._sheets.append((title, target))
                yield title, target

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """(kind, id, target part) of the relations of a part."""
        folder, name = posixpath.split(part)
        content = self._read(posixpath.join(folder, "_rels", f"{name}.rels"))
        for item in ElementTree.fromstring(content):
            target = item.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            yield item.get("Type", "").rsplit("/", 1)[-1], item.get("Id", ""), posixpath.normpath(place)

    @cached_property
    def _strings(self) -> list[str]:
        if "sharedStrings" not in self._parts:
            return []
        root = ElementTree.fromstring(self._read(self._parts["sharedStrings"]))
        space = _space(root)
        return [_rich(item, space) for item in root.iterfind(f"{space}si")]

    @cached_property
    def _formats(self) -> list[tuple[bool, bool]]:
        """Per style of a cell: shown as a day, shown as a percentage."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

        if "styles" not in self._parts:
            return []
        root = ElementTree.fromstring(self._read(self._parts["styles"]))
        space = _space(root)
        own = {item.get("numFmtId", ""): item.get("formatCode", "") for item in root.iter(f"{space}numFmt")}
        formats = []
        for item in root.iterfind(f"{space}cellXfs/{space}xf"):
            ident = item.get("numFmtId", "0")
            code = own.get(ident) or BUILTIN_FORMATS.get(int(ident) if ident.isdecimal() else 0) or "General"
            formats.append((bool(is_date_format(code)), "%" in code))
        return formats

    def _rows(self, root: Element) -> Iterator[tuple[int, dict[int, Cell]]]:
        space = _space(root)
        data = root.find(f"{space}sheetData")
        here, seen = 0, set()
        shared: dict[str, str] = {}
        for row in data if data is not None else ():
            written = row.get("r")
            here = here + 1 if written is None else int(written) if _INTEGER.fullmatch(written) else 0
            if not 1 <= here <= MOST_ROW or here in seen:
                raise Unreadable("Tệp hỏng: số thứ tự dòng sai.")
            seen.add(here)
            cells: dict[int, Cell] = {}
            column = 0
            for item in row:
                reference = item.get("r")
                column = column + 1 if reference is None else _column(reference, here)
                if not 1 <= column <= MOST_COLUMN or column in cells:
                    raise Unreadable("Tệp hỏng: địa chỉ ô sai.")
                cells[column] = self._cell(item, space, shared)
            filled = {place: cell for place, cell in cells.items() if cell.value is not None or cell.formula}
            if filled:
                yield here, filled

    def _cell(self, item: Element, space: str, shared: dict[str, str]) -> Cell:
        kind = item.get("t", "n")
        content = item.findtext(f"{space}v")
        formula = _formula(item.find(f"{space}f"), shared)
        if kind == "s":
            if (
                content is None
                or not content.isascii()
                or not content.isdecimal()
                or int(content) >= len(self._strings)
            ):
                raise Unreadable("Tệp hỏng: ô chỉ tới một chuỗi chữ không có.")
            return Cell(self._strings[int(content)], False, formula)
        if kind == "inlineStr":
            inside = item.find(f"{space}is")
            return Cell(_rich(inside, space) if inside is not None else None, False, formula)
        if kind == "e":
            known = content in _KNOWN_ERRORS
            return Cell(content if known else None, False, formula or (content or "#LỖI"))
        if not content:
            return Cell(None, False, formula)
        if kind == "b":
            return Cell(content.strip() in ("1", "true"), False, formula)
        if kind == "d":
            return Cell(_iso(content), False, formula)
        if kind != "n":
            return Cell(_unescaped(content), False, formula)
        style = item.get("s", "0")
        place = int(style) if style.isascii() and style.isdecimal() and len(style) < 7 else 0
        day, percent = self._formats[place] if place < len(self._formats) else (False, False)
        value = _number(content)
        if isinstance(value, str):
            return Cell(value, False, formula)
        return Cell(self._day(value) if day else value, percent, formula)

    def _day(self, value: int | float) -> Any:
        """A serial number as a day; the number itself when it is none."""
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

        try:
            found = from_excel(value, CALENDAR_MAC_1904 if self._from_1904 else CALENDAR_WINDOWS_1900)
        except (ValueError, OverflowError):
            return value
        if isinstance(found, datetime):
            return found.date()
        return found if isinstance(found, date) else value


def _space(root: Element) -> str:
    """The namespace of a part in braces: Excel writes one, Excel's strict form another."""
    return root.tag[: root.tag.index("}") + 1] if "}" in root.tag else ""


def _column(reference: str, row: int) -> int:
    """The column of a cell that says it stands in this row; 0 when it does not."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or int(match[2]) != row:
        return 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column


def _formula(item: Element | None, shared: dict[str, str]) -> str:
    """The formula of a cell with "="; those who share one are given the text of the first."""
    if item is None:
        return ""
    text, ident = f"={item.text[:MOST_LETTERS]}" if item.text else "", item.get("si", "")
    if item.get("t") == "shared":
        text = shared.setdefault(ident, text) or text
    return text or "=?"


def _rich(item: Element, space: str) -> str:
    """The text of a string with or without formats inside; how to pronounce it is left out."""
    pieces = []
    for part in item:
        if part.tag == f"{space}t":
            pieces.append(part.text or "")
        elif part.tag == f"{space}r":
            pieces.append(part.findtext(f"{space}t") or "")
    return _unescaped("".join(pieces)[:MOST_LETTERS])  # a thousand cells may point to one text


def _unescaped(text: str) -> str:
    """Excel writes characters that XML does not know as _x000D_."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def _number(text: str) -> int | float | str:
    text = text.strip()
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        value = float(text)
        return value if math.isfinite(value) else text
    return text


def _iso(text: str) -> date | str:
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        return text
