"""A table with headings that people wrote: columns found by any of their names, cells read with their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from criteria.exact import KNOWN
from criteria.expressions import kinds
from criteria.inputs import Input
from criteria.problems import ERROR, WARNING, Problem, errors
from records.roster.matching import find_body
from records.roster.roster import Roster
from records.tables.cells import CellError, read_cell
from records.tables.sheets import Cell, Sheet, is_error, read_sheet

LONGEST = 5000
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)  # and signs that show text the other way round
_DAY, _TRUTH = Input("day", "ngày", kinds.DAYS), Input("truth", "có hay không", kinds.TRUTHS)


@dataclass
class HeadedTable:
    """places: columns by field. code: of findings about cells."""

    sheet: Sheet
    places: Mapping[str, int]
    code: str
    problems: list[Problem] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self, number, cells) for number, cells in self.sheet.rows)


@dataclass(frozen=True)
class Row:
    """A row and its number in the file."""

    table: HeadedTable
    number: int
    cells: list[Cell]

    def cell(self, name: str) -> Cell:
        place = self.table.places.get(name)
        return self.cells[place] if place is not None and place < len(self.cells) else Cell(None)

    def wrong(self, name: str, message: str, hint: str = "", code: str = "", severity: str = ERROR) -> None:
        """A finding about a cell."""
        column = self.table.places.get(name, 0) + 1
        self.table.problems.append(
            self.table.sheet.problem(code or self.table.code, self.number, column, message, hint, severity)
        )

    def place(self, name: str) -> str:
        """File and cell, for entries."""
        shown = self.table.sheet.problem("", self.number, self.table.places.get(name, 0) + 1, "")
        sheet = f"[{shown.sheet}] " if shown.sheet else ""
        return f"{Path(shown.file).name} {sheet}{shown.cell}"

    def text(self, name: str) -> str:
        """What a cell says, on one line."""
        cell = self.cell(name)
        if is_error(cell):
            self.wrong(name, "Ô có công thức lỗi hoặc chưa tính.", "Gõ thẳng giá trị.", "formula-cell")
            return ""
        found = " ".join(_CONTROL.sub(" ", cell.text).split())
        if len(found) > LONGEST:
            self.wrong(name, f"Ô dài {len(found)} ký tự.", f"Nhiều nhất {LONGEST} ký tự.")
            return ""
        return found

    def lines(self, name: str) -> list[str]:
        """What stands in a cell, cut at semicolons and line breaks."""
        self.text(name)
        parts = re.split(r"[;\n|]", _CONTROL.sub(" ", self.cell(name).text))
        return [" ".join(part.split()) for part in parts if part.strip()]

    def day(self, name: str) -> date | None:
        found = self._read(name, _DAY)
        return date(1970, 1, 1) + timedelta(days=found) if found is not None else None

    def truth(self, name: str) -> bool | None:
        found = self._read(name, _TRUTH)
        return bool(found) if found is not None else None

    def _read(self, name: str, declared: Input) -> int | None:
        try:
            value, absence = read_cell(self.cell(name), declared)
        except CellError as error:
            self.wrong(name, error.message, error.hint)
            return None
        return int(value) if absence == KNOWN else None

    def body(self, name: str, text: str, roster: Roster, day: date | None) -> str | None:
        """Whose name or id it is; when that is not certain, a finding that offers whom it may mean."""
        found, near = find_body(roster, text, day)
        if found is None:
            offered = "; ".join(f"{ident} {roster.bodies[ident].name(day)}" for ident, _ in near)
            hint = f"Có thể là: {offered}. " if offered else "Nhập cơ quan vào danh sách trước. "
            self.wrong(name, f"Không chắc “{text}” là cơ quan nào.", hint + "Ghi mã hoặc đúng tên.", "name-match")
        return found


def read_headed(
    path: Path | str, names: Mapping[str, tuple[str, ...]], needed: tuple[tuple[str, ...], ...], code: str
) -> tuple[HeadedTable | None, list[Problem]]:
    """names: the headings of every field, in lower case. needed: of each group of fields one has to be there."""
    sheet, problems = read_sheet(path)
    if sheet is None or errors(problems):
        return None, problems
    by_heading = {heading: name for name, headings in names.items() for heading in (name, *headings)}
    places: dict[str, int] = {}
    for column, title in enumerate(sheet.header):
        name = by_heading.get(heading(title))
        if name is not None and name not in places:
            places[name] = column
        else:
            message = f"Cột “{title}” không dùng đến." if name is None else f"Đã có một cột “{name}” khác."
            hint = "Các cột đọc được: " + ", ".join((headings or (n,))[0] for n, headings in names.items()) + "."
            problems.append(sheet.problem("column-unknown", 1, column + 1, message, hint, WARNING))
    for group in needed:
        if not any(name in places for name in group):
            wanted = " hoặc ".join(f"“{(names[name] or (name,))[0]}”" for name in group)
            problems.append(sheet.problem("column-missing", 1, 1, f"Bảng thiếu cột {wanted}."))
    if errors(problems):
        return None, problems
    return HeadedTable(sheet, places, code, problems), problems


def heading(title: str) -> str:
    """A heading as it is looked up: lower case, single spaces, without what stands in brackets."""
    plain = re.sub(r"\(.*?\)", " ", unicodedata.normalize("NFC", title).casefold())
    return " ".join(plain.replace("*", " ").replace(":", " ").split())
