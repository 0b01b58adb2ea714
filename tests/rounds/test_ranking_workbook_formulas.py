"""What formulas of the ranking say and what they leave to the program, how they are read back, and where pages begin."""

from __future__ import annotations

import io
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from records.spreadsheets.reading import Unreadable, Value, reading
from reports.ranking.workbook import ranking_workbook
from reports.workbook_pages import _DOWN, KEPT, page_starts
from scoring.result import Result
from tests.rounds.test_ranking_workbook import HEADER, RECEIPT, recalculated, table, wrong_numbers
from tests.rounds.test_ranking_workbook_files import flat_set, page_widths, scored_text

CELLS: dict[str, Value] = {"D9": Fraction(5, 2), "E9": Fraction(1, 3), "F9": "KAD", "'Toi da'!D9": Fraction(7)}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(D9,E9,F9)", Fraction(17, 6)),
        ("ROUND(D9,0)", 3),
        ("ROUND(-D9,0)", -3),
        ("ROUNDDOWN(E9,2)", Fraction(33, 100)),
        ("ROUNDUP(E9,2)", Fraction(34, 100)),
        ("MAX(0,MIN(2,N(F9)))", 0),
        ('IF(AND(D9="KAD",F9="kad"),1,IF(OR(F9="KAD",D9<0),"a""b",2))', 'a"b'),
        ("1+2*3-4/2", 5),
        ("10-4-3", 3),
        ("-(D9+E9)*6", -17),
        ("IF(E9=0,1/0,4)", 4),
        ('(D9<>"KAD")+(F9<>"KAD")+ISTEXT(F9)', 2),
        ("MOD(-7,2)", 1),
        ("'Toi da'!D9-COUNT(D9,E9,F9)", 5),
        ("F9>D9", True),
        ("NOT(ISNUMBER(D9))", False),
    ],
)
def test_a_formula_is_read_as_a_spreadsheet_reads_it(formula: str, value: object) -> None:
    assert reading(formula)(CELLS) == value


def test_what_a_formula_cannot_be_read_for() -> None:
    for formula in ("VLOOKUP(D9,E9)", "SUM(D9", "D9+", "D9 E9", '"a', "{1,2}"):
        with pytest.raises(Unreadable):
            reading(formula)
    for formula in ("F9+1", "1/(D9-D9)"):
        with pytest.raises(ArithmeticError):
            reading(formula)(CELLS)


def formulas(result: Result, heading: str, content: bytes) -> dict[str, Any]:
    """What stands on the sheet of points, by candidate."""
    columns, rows = table(openpyxl.load_workbook(io.BytesIO(content)), "Diem")
    return {row[columns["Mã"]]: row[columns[heading]] for row in rows}


def test_gains_that_no_cell_shows_stand_beside_the_total(tmp_path: Path) -> None:
    extra = "ceiling: max\nplus: [{text: Thưởng, count: m0, each: 1, cap: 3}]\nless: [{text: Phạt, count: m1, each: 2}]"
    rows = [[f"A{n}", f"Tên {n}", "x", str(n), str(n // 2), "2", "5"] for n in range(8)]
    result = scored_text(flat_set(2, extra), tmp_path, rows)
    content = ranking_workbook(result, HEADER, RECEIPT)
    assert wrong_numbers(result, recalculated({"extra": content}, tmp_path)["extra"]) == []
    assert all(str(cell).startswith("=") for cell in formulas(result, "Tổng điểm", content).values())
    beside = formulas(result, "Tổng: cộng, trừ, chặn (giá trị của phần mềm)", content)
    assert beside["A3"] == 1 and beside["A7"] == -3  # 3 gained less 2; 3 less 6


def test_what_a_failed_condition_takes_is_a_value(tmp_path: Path) -> None:
    """No cell says why the total is 0; for everybody else it stays a formula."""
    extra = 'zero: [{need: m0 < 4, say: "Bị xóa điểm"}]'
    rows = [[f"A{n}", f"Tên {n}", "x", str(n), str(n // 2), "2", "5"] for n in range(6)]
    result = scored_text(flat_set(2, extra), tmp_path, rows)
    content = ranking_workbook(result, HEADER, RECEIPT)
    assert wrong_numbers(result, recalculated({"zero": content}, tmp_path)["zero"]) == []
    totals = formulas(result, "Tổng điểm", content)
    assert [ident for ident, cell in sorted(totals.items()) if cell == 0] == ["A4", "A5"]
    assert all("SUM(" in str(totals[f"A{n}"]) for n in range(4))


def test_points_that_wait_come_after_all_others(tmp_path: Path) -> None:
    """A tie-break on a part of which something is missing: a word, which the place counts as the last."""
    text = flat_set(2).replace("silent: 0", "decimals: 0")
    text += "\nrank: {by: total, then: [points(P1), points(P2)]}"
    rows = [
        ["A1", "Một", "x", "1", "2", "2", "1"],
        ["A2", "Hai", "x", "3", "", "3", "0"],
        ["A3", "Ba", "x", "2", "2", "1", "1"],
        ["A4", "Bốn", "x", "1", "2", "1", "2"],
    ]
    result = scored_text(text, tmp_path, rows)
    content = ranking_workbook(result, HEADER, RECEIPT)
    assert {ident: result.candidate(ident).rank for ident in result.ids} == {"A3": 1, "A1": 2, "A4": 2, "A2": 4}
    assert wrong_numbers(result, recalculated({"waits": content}, tmp_path)["waits"]) == []
    keys = formulas(result, "Bằng điểm, xét 1: điểm P1", content)
    assert keys["A2"] == "chờ" and all(str(keys[ident]).startswith("=") for ident in ("A1", "A3", "A4"))


def test_signatures_and_headings_never_stand_alone(tmp_path: Path) -> None:
    """However many rows: every page fits, no pool heading ends one, and the last rows stand above the signatures."""
    broken = 0
    for count in range(8, 60, 3):
        rows = [[f"U{n:02d}", f"Đối tượng {n}", f"Cụm {n // 9}", "1", "2"] for n in range(count)]
        result = scored_text(flat_set(1), tmp_path, rows)
        sheet: Any = openpyxl.load_workbook(io.BytesIO(ranking_workbook(result, HEADER, RECEIPT)))["Xep hang"]
        texts = {line: str(sheet.cell(line, 1).value or "") for line in range(1, sheet.max_row + 1)}
        high = {line: sheet.row_dimensions[line].height or 15 for line in texts}
        signed = max(high, key=lambda line: high[line])
        scale = 988 / max(page_widths(sheet))  # the sheet is made to fit the width of A4 landscape
        placed = [line for line in texts if sheet.cell(line, 3).value in set(result.ids)]
        starts = [1, *(found.id + 1 for found in sheet.row_breaks.brk), signed + 1]
        broken += len(starts) > 2
        for first, after in pairwise(starts):
            assert sum(high[line] for line in range(first, after)) <= 501 / min(scale, 1), (count, first)
            assert first == 1 or first not in placed or first - 1 in placed
            last = max(line for line in range(first, after) if texts[line] or line in placed or line == signed)
            assert not texts[last].startswith("Cụm "), (count, last)
        assert [line for line in placed if line >= starts[-2]][-KEPT:] == placed[-KEPT:], count
    assert broken > 10


def test_a_long_legend_keeps_its_last_lines_with_the_signatures() -> None:
    heights = [20.0] * 40 + [100.0] * 9 + [125.0]  # heading row 4, rows up to 39, then a legend longer than a page
    starts = page_starts(heights, 4, [], 39, 100)
    assert starts[-1] <= len(heights) - 1 - KEPT
    room = _DOWN
    for first, after in pairwise([0, *starts, len(heights)]):
        assert sum(heights[first:after]) + (20 if first else 0) <= room
