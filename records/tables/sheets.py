"""Sheets of cells out of csv and xlsx files, with the place of every cell. Nothing is interpreted here."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from criteria.problems import Problem, of_file
from criteria.source import read_bytes
from records.tables.packages import TABLE, refusals

MAX_CELLS = 60_000_000
_MOST_EMPTY = 20  # headings that are told to be empty
_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


@dataclass(frozen=True)
class Cell:
    """value: text, number, bool, date or None as the file has it. percent: shown as a percentage. formula: without a usable value."""

    value: Any
    percent: bool = False
    formula: str = ""

    @property
    def empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())

    @property
    def text(self) -> str:
        """What the cell says, composed (NFC) and stripped."""
        if self.value is None:
            return ""
        if isinstance(self.value, float):
            return format(self.value, ".15g")
        if isinstance(self.value, bool):
            return "có" if self.value else "không"
        if isinstance(self.value, datetime | date):
            return self.value.strftime("%d/%m/%Y")
        return unicodedata.normalize("NFC", str(self.value)).strip()


@dataclass(frozen=True)
class Sheet:
    """header: row 1; rows: the row numbers of the file with their cells."""

    file: str
    name: str
    header: list[str]
    rows: list[tuple[int, list[Cell]]]

    def problem(
        self, code: str, row: int, column: int, message: str, hint: str = "", severity: str = "error"
    ) -> Problem:
        """row and column count from 1."""
        return Problem(
            self.file, row, column, code, message, hint, severity, sheet=self.name, cell=f"{letters(column)}{row}"
        )


def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def read_sheet(path: Path | str) -> tuple[Sheet | None, list[Problem]]:
    """The first sheet of an xlsx file, or a csv file. Whatever is wrong is a problem."""
    name = str(path)
    raw, problems = read_bytes(path, TABLE.packed, "Xóa hình ảnh, trang tính thừa, hoặc chia bảng.")
    if problems:
        return None, problems
    suffix = Path(path).suffix.lower()
    if suffix == ".xlsx":
        return _read_xlsx(raw, name)
    if suffix in (".csv", ".tsv", ".txt"):
        return _read_csv(raw, name)
    return None, [
        of_file(
            name,
            "file-unreadable",
            f"Không đọc loại tệp “{suffix or 'không đuôi'}”.",
            "Dùng .csv hoặc .xlsx (không có macro).",
        )
    ]


def _read_csv(raw: bytes, name: str) -> tuple[Sheet | None, list[Problem]]:
    try:
        text = unicodedata.normalize("NFC", raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        if raw.startswith(b"PK"):
            return None, [
                of_file(name, "file-unreadable", "Tệp là Excel nhưng có đuôi của tệp chữ.", "Đổi đuôi thành .xlsx.")
            ]
        return None, [
            Problem(
                name,
                line,
                1,
                "file-unreadable",
                "Tệp không phải mã UTF-8.",
                "Trong Excel chọn “CSV UTF-8 (Comma delimited)”.",
            )
        ]
    if "\0" in text:
        return None, [of_file(name, "file-unreadable", "Tệp chứa ký tự rỗng, không phải csv.")]
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(1_000_000)
    lines: list[tuple[int, list[str]]] = []
    try:
        lines += (
            (number, line)
            for number, line in enumerate(
                csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
            )
        )
    except csv.Error:
        return None, [
            Problem(
                name,
                len(lines) + 1,
                1,
                "file-unreadable",
                "Dấu nháy kép trong tệp csv không khép.",
                "Mở tệp bằng Excel, lưu lại dạng CSV UTF-8.",
            )
        ]
    rows = [(number, [Cell(cell) for cell in line]) for number, line in lines if any(cell.strip() for cell in line)]
    return _sheet(name, "", rows)


def _sheet(name: str, sheet: str, rows: list[tuple[int, list[Cell]]]) -> tuple[Sheet | None, list[Problem]]:
    if not rows:
        return None, [
            of_file(
                name,
                "table-empty",
                f"Tệp {name} không có dòng nào.",
                "Dòng đầu nêu tên cột, mỗi đối tượng một dòng.",
            )
        ]
    header_row, header = rows[0]
    titles = [cell.text for cell in header]
    while titles and not titles[-1]:
        titles.pop()
    result = Sheet(name, sheet, titles, rows[1:])
    problems = []
    seen: dict[str, int] = {}
    problems += _empty_titles(result, header_row, titles)
    for column, title in enumerate(titles, 1):
        if title and title in seen:
            problems.append(
                result.problem(
                    "table-header",
                    header_row,
                    column,
                    f"Cột “{title}” đã có ở {letters(seen[title])}{header_row}.",
                    "Bỏ hoặc đổi tên một trong hai cột.",
                )
            )
        seen.setdefault(title, column)
    for number, cells in rows[1:]:
        extra = [column for column, cell in enumerate(cells, 1) if column > len(titles) and not cell.empty]
        if extra:
            problems.append(
                result.problem(
                    "table-header",
                    number,
                    extra[0],
                    f"Dòng có {len(cells)} ô, tiêu đề có {len(titles)} cột.",
                    'Số có dấu phẩy thập phân trong tệp csv phải đặt trong dấu nháy kép: "87,25".',
                )
            )
    return result, problems


def _empty_titles(sheet: Sheet, row: int, titles: list[str]) -> list[Problem]:
    """Columns without a heading; of very many the first ones. A cell typed far to the right makes thousands."""
    empty = [column for column, title in enumerate(titles, 1) if not title]
    hint = "Dòng đầu nêu tên từng cột."
    found = [sheet.problem("table-header", row, one, "Ô tiêu đề trống.", hint) for one in empty[:_MOST_EMPTY]]
    if len(empty) > _MOST_EMPTY:
        message = f"Còn {len(empty) - _MOST_EMPTY} ô tiêu đề trống nữa, đến ô {letters(empty[-1])}{row}."
        found.append(sheet.problem("table-header", row, empty[_MOST_EMPTY], message, hint))
    return found


def _read_xlsx(raw: bytes, name: str) -> tuple[Sheet | None, list[Problem]]:
    refused = _refuse(raw, name)
    if refused:
        return None, refused
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True, read_only=False)
        sheet = book.worksheets[0]
        formulas = openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0] if _has_formulas(raw) else None
    except Exception:  # openpyxl raises anything on a broken package
        return None, _broken(name)
    if sheet.max_row * sheet.max_column > MAX_CELLS:
        return None, [
            of_file(name, "file-too-large", f"Bảng có {sheet.max_row} dòng × {sheet.max_column} cột, quá lớn.")
        ]
    written, width = formulas._cells if formulas is not None else {}, sheet.max_column
    rows: list[tuple[int, list[Cell]]] = []
    for number in sorted(
        {row for row, _ in sheet._cells}
    ):  # a cell typed far below must not make a million rows of cells
        cells = []
        for column in range(1, width + 1):
            item, typed = sheet._cells.get((number, column)), written.get((number, column))
            text = typed.value if typed is not None else None
            formula = text if isinstance(text, str) and text.startswith("=") else ""
            value = item.value if item is not None else None
            try:
                percent = item is not None and isinstance(value, int | float) and "%" in (item.number_format or "")
            except IndexError:  # a style that names a format the file does not have: nobody knows whether 0.5 is 50 %
                return None, _broken(name)
            cells.append(Cell(_plain(value), percent, formula))
        if any(not cell.empty or cell.formula for cell in cells):
            rows.append((number, cells))
    return _sheet(name, sheet.title, rows)


def _broken(name: str) -> list[Problem]:
    message = "Không đọc được tệp xlsx: tệp hỏng hoặc không phải Excel."
    return [of_file(name, "file-unreadable", message, "Mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx.")]


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def is_error(cell: Cell) -> bool:
    """An Excel error, or a formula that nobody has calculated."""
    return (isinstance(cell.value, str) and cell.value.strip() in _ERRORS) or bool(cell.formula and cell.value is None)


def _has_formulas(raw: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return any(
            b"<f>" in (data := package.read(part)) or b"<f " in data
            for part in package.namelist()
            if part.startswith("xl/worksheets/")
        )


def _refuse(raw: bytes, name: str) -> list[Problem]:
    """Reasons not to open a package at all."""
    return [
        of_file(name, "file-too-large" if found.large else "file-unreadable", found.message, found.hint)
        for found in refusals(raw, TABLE)
    ]
