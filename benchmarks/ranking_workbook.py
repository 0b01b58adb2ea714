"""Writing a ranking workbook, as a ratio to writing as many plain cells with XlsxWriter in the same process.

python -m benchmarks.ranking_workbook [--rows 1000]

The reference writes the workbook's own cells again, without formats, formulas, widths or page setup.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from criteria.loading import load
from criteria.movements.reading import CATALOG, MOVEMENT, movements, read_movement
from records.rounds import Round, read_window
from records.tables.round_files import read_round
from reports.files import write_whole
from reports.ranking.workbook import ranking_workbook
from reports.workbook_header import header_of
from scoring.engine import score
from thidua.demonstration.generator import illustrate
from thidua.demonstration.tables import table_workbook

SEED, YEAR = 2025, 2026


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--rows", type=int, default=1000)
    rows = wanted.parse_args().rows
    folder = movements(CATALOG)[0]
    movement, _ = read_movement(folder / MOVEMENT)
    assert movement is not None
    group = movement.groups[0]
    criteria = load(folder / group.sets[0])
    made = illustrate(criteria, SEED, YEAR, rows)
    with tempfile.TemporaryDirectory() as home:
        table = Path(home) / "t.xlsx"
        write_whole(table, table_workbook(made.table, {}))
        items = {}
        for name, lines in made.items.items():
            items[name] = str(Path(home) / f"{name}.xlsx")
            write_whole(Path(items[name]), table_workbook(lines, {}))
        tables, problems = read_round(criteria, table, items, None, {}, None)
    assert tables is not None, problems
    result = score(criteria, tables.table, tables.items, period=str(YEAR))
    window = read_window(movement, str(YEAR))
    assert window is not None
    header = header_of(movement, Round(window, None), group.letter, "self")
    content = ranking_workbook(result, header, {})
    cells = [
        [[cell.value for cell in line] for line in sheet.iter_rows()]
        for sheet in openpyxl.load_workbook(io.BytesIO(content))
    ]
    ours, plain = [], []
    for _ in range(3):
        start = time.perf_counter()
        ranking_workbook(result, header, {})
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        _plain(cells)
        plain.append(time.perf_counter() - start)
    one, other = statistics.median(ours), statistics.median(plain)
    count = sum(len(line) for sheet in cells for line in sheet)
    print(f"{rows} candidates, {count} cells: {one:.2f} s; plain cells {other:.2f} s; ratio {one / other:.2f}")


def _plain(sheets: list[list[list[Any]]]) -> None:
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True, "strings_to_formulas": False})
    for lines in sheets:
        sheet = book.add_worksheet()
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                if value is not None:
                    sheet.write(row, column, value)
    book.close()


if __name__ == "__main__":
    main()
