"""What hands that fill workbooks share: rows by key, the signature page, saving; a look at what came of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from criteria.problems import Problem, errors
from records.review.bench import Bench, load_bench
from records.rounds import find_round
from records.workspace.folder import Workspace

_NO_INPUTS = ("_thidua", "Huong dan")


def rows(source: Path | openpyxl.Workbook) -> dict[str, tuple[str, int]]:
    """Key of every row → sheet and row."""
    book = openpyxl.load_workbook(source) if isinstance(source, Path) else source
    return {
        str(sheet.cell(row, 1).value): (sheet.title, row)
        for sheet in book.worksheets
        if sheet.title not in _NO_INPUTS
        for row in range(1, sheet.max_row + 1)
        if sheet.cell(row, 1).value
    }


def type_in(book: openpyxl.Workbook, typed: Mapping[str, Iterable[Any]], first: int) -> None:
    """Values into neighbouring cells of rows, from a column on; None and "" leave a cell as it is."""
    places = rows(book)
    for key, values in typed.items():
        sheet, row = places[key]
        for column, value in enumerate(values, first):
            if value not in (None, ""):
                book[sheet].cell(row, column).value = value


def sign(book: openpyxl.Workbook, told: Mapping[str, Any]) -> None:
    """Fill the signature page. told: version, date …"""
    type_in(book, {f"sign:{name}": [value] for name, value in told.items()}, 3)


def save(book: openpyxl.Workbook, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


def wrong_cells(problems: Iterable[Problem]) -> list[tuple[str, str, str]]:
    """(code, sheet, cell) of the errors, in order."""
    return [(problem.code, problem.sheet, problem.cell) for problem in sorted(errors(problems))]


def bench(workspace: Workspace) -> Bench:
    round_, _ = find_round(workspace, "2026")
    assert round_ is not None
    return load_bench(workspace, round_)[0]
