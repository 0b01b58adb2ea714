"""A list (danh sách) out of a file: which column is which, what every row says, and where it says it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from pathlib import Path

from criteria.inputs import Input
from criteria.problems import WARNING, Problem, errors
from records.roster.layouts import ABOUT_THE_ROW, CODE, HEADINGS, IGNORED, LAYOUTS, OFFICER, PERSONAL, Layout
from records.roster.matching import fold
from records.tables.sheets import Cell, Sheet, letters, read_sheet

_TITLE_ROWS = 15  # so many rows may stand above the headings
_BY_HEADING = {fold(heading): name for name, headings in HEADINGS.items() for heading in headings}
_IGNORED = {fold(heading) for heading in IGNORED}
_PERSONAL = {fold(heading) for heading in PERSONAL}


@dataclass(frozen=True)
class Declared:
    """An attribute that criteria sets declare. field: where the roster keeps it. inputs: by letter of the group."""

    field: str
    inputs: Mapping[str, Input] = with_default(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One row: cells by field, with their columns."""

    sheet: Sheet
    layout: Layout
    number: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, int] = with_default(default_factory=dict)

    def text(self, name: str) -> str:
        return self.cells[name].text if name in self.cells else ""

    def place(self, name: str) -> str:
        """File, sheet and cell of a field."""
        sheet = f" [{self.sheet.name}]" if self.sheet.name else ""
        return f"{Path(self.sheet.file).name}{sheet} ô {letters(self.columns.get(name, 1))}{self.number}"

    def problem(self, code: str, name: str, message: str, hint: str = "", severity: str = "error") -> Problem:
        """A finding at the cell of a field; at the first cell of the row when the file has no such column."""
        return self.sheet.problem(code, self.number, self.columns.get(name, 1), message, hint, severity)


def read_rows(path: Path, attributes: Mapping[str, Declared]) -> tuple[list[Row], list[Problem]]:
    """Every row of a list. attributes: what the criteria sets declare, by folded name and folded label."""
    sheet, problems = read_sheet(path)
    if sheet is None:
        return [], problems
    titles = [fold(title) for title in sheet.header]
    layout = next((one for one in LAYOUTS if one.signature <= set(sheet.header)), OFFICER)
    head = 1
    if layout is OFFICER and not _are_headings(titles):
        found = _below_titles(sheet)
        if found is None:
            problems = [p for p in errors(problems) if p.code != "table-header"]
            known = "mã, tên, loại, nhóm, cơ quan quản lý, cụm, quy mô, tiểu nhóm, từ ngày, đến ngày"
            message = "Không thấy dòng tiêu đề của danh sách: cần ít nhất cột tên (hoặc mã) và một cột khác."
            return [], [*problems, sheet.problem("table-header", 1, 1, message, f"Các cột: {known}…")]
        sheet, head = found
        problems = [p for p in problems if p.code != "table-header"]
    columns = _columns(sheet, layout, attributes, head, problems)
    rows = []
    for number, cells in sheet.rows:
        said = {name: cells[place - 1] for name, place in columns.items() if place <= len(cells)}
        if any(not cell.empty or cell.formula for cell in said.values()):
            rows.append(Row(sheet, layout, number, said, columns))
    if not rows:
        problems.append(
            sheet.problem("table-empty", head, 1, "Danh sách không có dòng nào.", "Mỗi đối tượng một dòng.")
        )
    return rows, problems


def _are_headings(titles: list[str]) -> bool:
    known = {_BY_HEADING[title] for title in titles if title in _BY_HEADING}
    return bool(known & {"id", "name"}) and (len(known) > 1 or len(titles) == 1)


def _below_titles(sheet: Sheet) -> tuple[Sheet, int] | None:
    """The same sheet read from its headings on, when a title stands above them."""
    for place, (number, cells) in enumerate(sheet.rows[:_TITLE_ROWS]):
        if _are_headings([fold(cell.text) for cell in cells]):
            return Sheet(sheet.file, sheet.name, [cell.text for cell in cells], sheet.rows[place + 1 :]), number
    return None


def _columns(
    sheet: Sheet, layout: Layout, attributes: Mapping[str, Declared], head: int, problems: list[Problem]
) -> dict[str, int]:
    """Field → column, from 1."""
    columns: dict[str, int] = {}
    for place, title in enumerate(sheet.header, 1):
        name = layout.columns.get(title) or (_field(title, attributes) if layout is OFFICER else None)
        if name is None:
            if title and title not in layout.set_aside and fold(title) not in _IGNORED:
                problems.append(_unread(sheet, head, place, title))
        elif name in columns:
            message = f"Cột “{title}” và cột {letters(columns[name])} cùng nghĩa."
            problems.append(sheet.problem("table-header", head, place, message, "Bỏ một trong hai cột."))
        else:
            columns[name] = place
    return columns


def _unread(sheet: Sheet, head: int, place: int, title: str) -> Problem:
    if any(f"{fold(title)} ".startswith(f"{heading} ") for heading in _PERSONAL):
        message = f"Cột “{title}” là dữ liệu cá nhân: không đọc, không lưu."
        hint = "Cá nhân chỉ cần họ tên, đơn vị, chức vụ, tiểu nhóm; nên xóa cột này khỏi tệp."
    else:
        message = f"Cột “{title}” không dùng cho danh sách, không được đọc."
        hint = "Nếu cần cột này, sửa tiêu đề cho đúng; tên các cột: thidua roster import --help."
    return sheet.problem("column-unknown", head, place, message, hint, WARNING)


def _field(title: str, attributes: Mapping[str, Declared]) -> str | None:
    folded = fold(title)
    if folded in _BY_HEADING:
        return _BY_HEADING[folded]
    if title.casefold().startswith(CODE):
        name = unicodedata.normalize("NFC", title[len(CODE) :]).strip().casefold()
        return CODE + name if name and all(sign.isalnum() or sign in "-_" for sign in name) else None
    return attributes[folded].field if folded in attributes else None


def fields_of(row: Row) -> list[str]:
    """Fields of a row that say something, in the order of the columns."""
    said = [name for name in row.columns if name not in ABOUT_THE_ROW and name in row.cells]
    return sorted((name for name in said if not row.cells[name].empty or row.cells[name].formula), key=row.columns.get)  # type: ignore[arg-type]
