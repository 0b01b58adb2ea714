"""Tables of a round from csv and xlsx: every cell checked, every mistake reported, nothing kept of a bad table."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Container, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from criteria.criteria_set import CriteriaSet
from criteria.exact import KNOWN, MISSING, show_vietnamese
from criteria.expressions import kinds
from criteria.inputs import Input
from criteria.problems import WARNING, Problem, errors, of_file
from records.tables.cells import CellError, read_cell
from records.tables.sheets import Cell, Sheet, read_sheet
from scoring.result import ILLUSTRATION
from scoring.tables import Column, ItemTable, Table

_ID = ("id", "mã", "ma", "candidate")
_NAME = ("name", "tên", "ten")
_INT64 = 1 << 62


def read_table(
    path: Path | str, criteria: CriteriaSet, *, only: Iterable[str] | None = None
) -> tuple[Table | None, list[Problem]]:
    """The main table: id, name, attributes, one column per measure and per judged criterion.

    only: the columns that must be there (for the round before); None means all the set uses.
    """
    sheet, problems = read_sheet(path)
    if sheet is None or errors(problems):
        return None, problems
    required = set(only) if only is not None else {name for name, column in criteria.inputs.items() if column.required}
    places, extra = _match(sheet, criteria.inputs, required, problems)
    identity = _find(sheet, _ID)
    if identity is None:
        problems.append(
            sheet.problem("column-missing", 1, 1, "Bảng không có cột id.", "Cột id nêu mã đối tượng, không trùng nhau.")
        )
        return None, problems
    ids = _ids(sheet, identity, problems)
    columns = {name: _column(sheet, place, criteria.inputs[name], problems) for name, place in places.items()}
    _check_pairs(sheet, criteria.inputs, places, columns, problems)
    if not sheet.rows:
        problems.append(
            of_file(
                sheet.file,
                "table-empty",
                "Bảng không có đối tượng nào.",
                "Mỗi đối tượng một dòng dưới dòng tiêu đề.",
            )
        )
    if errors(problems):
        return None, problems
    naming = _find(sheet, _NAME)
    names = [_at(cells, naming).text if naming is not None else "" for _, cells in sheet.rows]
    others = {title: [_at(cells, place).text for _, cells in sheet.rows] for title, place in extra.items()}
    return Table(ids, columns, names, others), problems


def read_items(
    path: Path | str, criteria: CriteriaSet, table: str, owners: Container[str]
) -> tuple[ItemTable | None, list[Problem]]:
    """An item table: id of the candidate, the key, the declared columns."""
    if table not in criteria.tables:
        known = ", ".join(criteria.tables) or "không có bảng nào"
        return None, [of_file(path, "table-unknown", f"Bộ tiêu chí không khai bảng “{table}”.", f"Các bảng: {known}.")]
    declared = criteria.tables[table]
    sheet, problems = read_sheet(path)
    if sheet is None or errors(problems):
        return None, problems
    needed = {name for name, column in declared.columns.items() if column.default is None}  # the default stands in
    places, _ = _match(sheet, declared.columns, needed, problems, aside={declared.key or ""})
    identity = _find(sheet, _ID)
    if identity is None:
        problems.append(
            sheet.problem("column-missing", 1, 1, "Bảng không có cột id.", "Cột id nêu mã đối tượng của mỗi dòng.")
        )
        return None, problems
    key = sheet.header.index(declared.key) if declared.key in sheet.header else None
    if declared.key is not None and key is None:
        problems.append(sheet.problem("column-missing", 1, 1, f"Bảng {table} thiếu cột khóa “{declared.key}”."))
    found, keys = _owners(
        sheet, identity, key, problems, _known_owners(owners) if declared.link is None else None, declared.single
    )
    if key is not None and declared.keys:
        for (number, _), item in zip(sheet.rows, keys, strict=True):
            if item not in declared.keys:
                problems.append(
                    sheet.problem(
                        "key-unknown",
                        number,
                        key + 1,
                        f"Khóa “{item}” không nằm trong các khóa của bảng {table}.",
                        "Các khóa: " + ", ".join(declared.keys) + ".",
                    )
                )
    columns = {name: _column(sheet, place, declared.columns[name], problems) for name, place in places.items()}
    if errors(problems):
        return None, problems
    return ItemTable(found, columns, keys), problems


def _known_owners(owners: Container[str]) -> Container[str]:
    return frozenset(owners) if isinstance(owners, list | tuple) and type(owners) in (list, tuple) else owners


def _at(cells: list[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else Cell(None)


def _find(sheet: Sheet, names: tuple[str, ...]) -> int | None:
    lowered = [title.casefold() for title in sheet.header]
    return next((lowered.index(name) for name in names if name in lowered), None)


def _match(
    sheet: Sheet, inputs: dict[str, Input], required: set[str], problems: list[Problem], aside: Container[str] = ()
) -> tuple[dict[str, int], dict[str, int]]:
    """Columns of inputs by name or label, and the columns nobody asked for."""
    places: dict[str, int] = {}
    by_name = {name.casefold(): name for name in inputs}
    by_label = {column.label.casefold(): name for name, column in inputs.items()}
    extra: dict[str, int] = {}
    reserved = {*_ID, *_NAME}
    for place, title in enumerate(sheet.header):
        name = title if title in inputs else by_name.get(title.casefold()) or by_label.get(title.casefold())
        if name is not None and name not in places:
            places[name] = place
        elif title.casefold() not in reserved and title not in aside:
            extra[unicodedata.normalize("NFC", title)] = place
    missing = [name for name in inputs if name in required and name not in places]
    for name in missing:
        near = difflib.get_close_matches(name, list(extra), 1, 0.6)
        hint = f"Có phải là cột “{near[0]}”?" if near else "Thêm cột; ô trống nghĩa là chưa có số liệu."
        problems.append(sheet.problem("column-missing", 1, 1, f"Thiếu cột “{name}” ({inputs[name].label}).", hint))
    for title, place in extra.items():
        if title == ILLUSTRATION:
            continue
        problems.append(
            sheet.problem(
                "column-unknown",
                1,
                place + 1,
                f"Cột “{title}” không có trong bộ tiêu chí, không được dùng để chấm.",
                "Nếu đây là một chỉ tiêu, sửa tiêu đề cho đúng tên hoặc nhãn.",
                WARNING,
            )
        )
    return places, extra


def _ids(sheet: Sheet, place: int, problems: list[Problem]) -> list[str]:
    ids: list[str] = []
    seen: dict[str, int] = {}
    for number, cells in sheet.rows:
        text = _at(cells, place).text
        if not text:
            problems.append(
                sheet.problem(
                    "id-missing",
                    number,
                    place + 1,
                    "Dòng không có mã đối tượng.",
                    "Điền mã ở cột id, hoặc xóa cả dòng.",
                )
            )
        elif text in seen:
            problems.append(
                sheet.problem(
                    "id-duplicate",
                    number,
                    place + 1,
                    f"Mã “{text}” đã có ở dòng {seen[text]}.",
                    "Mỗi đối tượng một dòng; bỏ hoặc sửa một trong hai dòng.",
                )
            )
        seen.setdefault(text, number)
        ids.append(text)
    return ids


def _owners(
    sheet: Sheet, identity: int, key: int | None, problems: list[Problem], known: Container[str] | None, single: bool
) -> tuple[list[str], list[str]]:
    owners, keys = [], []
    seen: dict[tuple[str, str], int] = {}
    for number, cells in sheet.rows:
        owner = _at(cells, identity).text
        item = _at(cells, key).text if key is not None else ""
        if not owner:
            problems.append(
                sheet.problem(
                    "id-missing",
                    number,
                    identity + 1,
                    "Dòng không có mã đối tượng.",
                    "Điền mã ở cột id, hoặc xóa cả dòng.",
                )
            )
        elif known is not None and owner not in known:
            problems.append(
                sheet.problem(
                    "id-unknown",
                    number,
                    identity + 1,
                    f"Mã “{owner}” không có trong bảng chính.",
                    "Kiểm tra mã, hoặc bỏ dòng này.",
                )
            )
        elif (key is not None or single) and (owner, item) in seen:
            what = f"khóa “{item}”" if key is not None else "dòng"
            problems.append(
                sheet.problem(
                    "key-duplicate",
                    number,
                    (key if key is not None else identity) + 1,
                    f"“{owner}” đã có {what} ở dòng {seen[(owner, item)]}.",
                    "Bỏ hoặc sửa một trong hai dòng.",
                )
            )
        seen.setdefault((owner, item), number)
        owners.append(owner)
        keys.append(item)
    return owners, keys


def _column(sheet: Sheet, place: int, declared: Input, problems: list[Problem]) -> Column:
    values: list[Any] = []
    absent: list[int] = []
    for number, cells in sheet.rows:
        try:
            value, absence = read_cell(_at(cells, place), declared)
        except CellError as error:
            problems.append(sheet.problem(error.code, number, place + 1, error.message, error.hint))
            value, absence = ("" if declared.kind.name == kinds.TEXT else 0), MISSING
        values.append(value)
        absent.append(absence)
    mask = np.array(absent, dtype=np.uint8)
    if declared.kind.name == kinds.TEXT:
        return Column(np.array([str(v) for v in values], dtype=object), mask if mask.any() else None)
    wide = any(abs(int(v)) >= _INT64 for v in values)
    return Column(np.array(values, dtype=object if wide else np.int64), mask if mask.any() else None)


def _check_pairs(
    sheet: Sheet, inputs: dict[str, Input], places: dict[str, int], columns: dict[str, Column], problems: list[Problem]
) -> None:
    """Bounds that are another column."""
    for name, declared in inputs.items():
        for bound, least in ((declared.at_least, True), (declared.at_most, False)):
            if not isinstance(bound, str) or name not in columns or bound not in columns:
                continue
            other = inputs[bound]
            for row, (number, _) in enumerate(sheet.rows):
                if not (_known(columns[name], row) and _known(columns[bound], row)):
                    continue
                value = Fraction(int(columns[name].values[row]), declared.scale)
                edge = Fraction(int(columns[bound].values[row]), other.scale)
                if value < edge if least else value > edge:
                    word = "nhỏ" if least else "lớn"
                    problems.append(
                        sheet.problem(
                            "out-of-range",
                            number,
                            places[name] + 1,
                            f"“{declared.label}” = {show_vietnamese(value)}, {word} hơn “{other.label}” = {show_vietnamese(edge)}.",
                            "Kiểm tra lại số liệu với đơn vị.",
                        )
                    )


def _known(column: Column, row: int) -> bool:
    return column.absent is None or column.absent[row] == KNOWN
