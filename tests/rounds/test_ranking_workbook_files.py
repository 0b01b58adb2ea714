"""Around the numbers: hostile names, the same bytes, pages that cut nothing, sheets of units, files and the command."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from criteria.loading import load_text
from criteria.movements.reading import MOVEMENT as MOVEMENT_FILE
from criteria.movements.reading import read_movement
from records.rounds import Round, Window
from records.tables.table_files import read_table
from reports.ranking.front import MOST_PARTS
from reports.ranking.workbook import ranking_workbook
from reports.unit_sheet import MOST_UNITS, sheet_name, unit_workbook, unit_workbooks
from reports.wording.days import BLANK_DAY, period_words
from reports.workbook_header import RankingHeader, header_of
from scoring import score
from scoring.explanation import explain
from scoring.result import Result
from tests.rounds.support import MOVEMENT, SECOND, enter_body, new_workspace
from tests.rounds.test_ranking_workbook import HEADER, RECEIPT, recalculated, scored, table, wrong_numbers
from tests.support.command import thidua

HOSTILE = ['=HYPERLINK("http://x","y")', "+1+1", "-2", "@SUM(A1)", "'=1", "&Lx&R", "[a]:*?/\\", "http://x.vn", "12"]
SHEETS = ["Xep hang", "Diem", "Toi da", "Tieu chi", "Bien nhan"]


def flat_set(parts: int, extra: str = "") -> str:
    """A set of many parts of two criteria each."""
    lines = [
        "criteria_set: nhieu-phan",
        'title: "Bộ có nhiều phần"',
        "group: a",
        "valid_from: 2026-01-01",
        "status: decided",
        "bases: [{id: qd, document: Quyết định thử, number: 1/QĐ, date: 2026-01-01}]",
        "clause: {basis: qd, place: Điều 1}",
        "verified_by: so",
        extra,
        "measures:",
        *(f"  m{n}: {{label: Số liệu {n}, unit: việc, silent: 0}}" for n in range(2 * parts)),
        "tree:",
    ]
    for part in range(parts):
        lines += [f"  - id: P{part + 1}", f'    text: "Phần thứ {part + 1} của bộ"', "    children:"]
        for leaf in range(2):
            n = 2 * part + leaf
            lines.append(
                f'      - {{id: P{part + 1}.{leaf + 1}, text: "Tiêu chí {n}", max: 5, count: {{of: m{n}, each: 1}}}}'
            )
    return "\n".join(line for line in lines if line)


def scored_text(text: str, home: Path, rows: list[list[str]]) -> Result:
    """rows: id, name, pool, then the figures."""
    criteria = load_text(text)
    head = ["id", "name", "cum", *(name for name in criteria.inputs if name != "cum")]
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line, row in enumerate([head, *rows], 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(line, place, value)
            cell.data_type = "s"
    book.save(home / "t.xlsx")
    found, problems = read_table(home / "t.xlsx", criteria)
    assert found is not None, "\n".join(p.text() for p in problems)
    return score(criteria, found, period="2026", pool="cum")


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Twelve parts, hostile names, two pools, ties."""
    home = tmp_path_factory.mktemp("wide")
    rows = [[f"Đ{n:02d}", name, "Cụm 2" if n % 3 else "Cụm 10", *[str(n % 4)] * 24] for n, name in enumerate(HOSTILE)]
    return scored_text(flat_set(12), home, rows)


def test_hostile_names_stay_texts(wide: Result) -> None:
    header = replace(HEADER, movement="=1+1", group="+2", body="=cmd", letters=["@x"], stamps=["=A1&B1"])
    for content in (ranking_workbook(wide, header, {"=1": "=2"}), unit_workbook(wide, header, wide.ids)):
        book = openpyxl.load_workbook(io.BytesIO(content))
        said = {HEADER.movement, *HOSTILE, "=1", "=2", "+2", "@x", "=A1&B1", "=1+1"}
        for sheet in book:
            for line in sheet.iter_rows():
                for cell in line:
                    if cell.data_type == "f":
                        assert cell.value not in said, cell.coordinate
                        text = str(cell.value)
                        assert "HYPERLINK" not in text and "cmd" not in text
                    assert cell.hyperlink is None or cell.hyperlink.target is None
    columns, rows = table(openpyxl.load_workbook(io.BytesIO(ranking_workbook(wide, header, RECEIPT))), "Xep hang")
    assert sorted(row[columns["Đối tượng"]] for row in rows) == sorted(HOSTILE)


def test_the_same_result_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, two = (scored(SECOND / "ap.yaml", tmp_path / name) for name in ("a", "b"))
    assert ranking_workbook(one, HEADER, RECEIPT) == ranking_workbook(two, HEADER, RECEIPT)
    assert unit_workbook(one, HEADER, one.ids) == unit_workbook(two, HEADER, two.ids)


def page_widths(sheet: Any) -> list[float]:
    """Pixels across of every printed page of a sheet, repeated columns included."""
    last = sheet.max_column
    pixels = [sheet.column_dimensions[_owner(sheet, place)].width * 7 for place in range(1, last + 1)]
    breaks = [0, *(b.id for b in sheet.col_breaks.brk), last]
    repeated = 0 if not sheet.print_title_cols else ord(sheet.print_title_cols.split(":")[1].strip("$")) - 64
    pages = []
    for first, end in pairwise(breaks):
        here = pixels[first:end] if first == 0 else [*pixels[:repeated], *pixels[first:end]]
        pages.append(sum(here))
    return pages


def _owner(sheet: Any, place: int) -> str:
    """The column that carries the width of a run of equal ones."""
    for letter, dimension in sheet.column_dimensions.items():
        if dimension.min is not None and dimension.min <= place <= dimension.max:
            return str(letter)
    return get_column_letter(place)


def test_no_page_is_wider_than_a4(wide: Result, tmp_path: Path) -> None:
    """Fitted to one page at no less than 70 percent, or broken between columns with the names on every page."""
    assert len(wide.set.declaration.parts) > MOST_PARTS
    results = [wide, scored(MOVEMENT / "a-so-nganh.yaml", tmp_path), scored(SECOND / "ap.yaml", tmp_path)]
    for result in results:
        book = openpyxl.load_workbook(io.BytesIO(ranking_workbook(result, HEADER, RECEIPT)))
        assert book.sheetnames == SHEETS
        for sheet in book:
            assert sheet.page_setup.paperSize == 9
            full = (297 if sheet.page_setup.orientation == "landscape" else 210) / 25.4 - 1.4
            fitted = bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
            scale = 70 if fitted else sheet.page_setup.scale
            assert max(page_widths(sheet)) <= full * 96 * 100 / scale, (result.set.id, sheet.title)
            assert sheet.print_title_rows, sheet.title
            if not fitted:
                assert sheet.print_title_cols and len(sheet.col_breaks.brk) >= 1


def test_many_parts_pools_and_ties_recompute(wide: Result, tmp_path: Path) -> None:
    content = ranking_workbook(wide, HEADER, RECEIPT)
    assert wrong_numbers(wide, content) == []
    assert wrong_numbers(wide, recalculated({"wide": content}, tmp_path)["wide"]) == []
    assert any(wide.at(row).tied for row in range(wide.size)) and set(wide.pools) == {"Cụm 2", "Cụm 10"}
    texts = [line[0].value for line in openpyxl.load_workbook(io.BytesIO(content))["Xep hang"].iter_rows()]
    pools = [text for text in texts if str(text).startswith("Cụm")]
    assert [text.split(" (")[0] for text in pools] == ["Cụm 2", "Cụm 10"]


def test_a_changed_point_changes_total_and_rank(tmp_path: Path) -> None:
    """The workbook is alive: a criterion overwritten in Excel moves its part, the total and the places."""
    rows = [["A1", "Một", "x", *["3"] * 4], ["A2", "Hai", "x", *["2"] * 4], ["A3", "Ba", "x", *["1"] * 4]]
    result = scored_text(flat_set(2), tmp_path, rows)
    book = openpyxl.load_workbook(io.BytesIO(ranking_workbook(result, HEADER, RECEIPT)))
    columns, _ = table(book, "Diem")
    line = next(cell.row for cell in book["Diem"]["A"] if cell.value == "A3")
    book["Diem"].cell(line, columns["P1.1"] + 1).value = 5
    book["Diem"].cell(line, columns["P1.2"] + 1).value = 5
    changed = io.BytesIO()
    book.save(changed)
    made = recalculated({"changed": changed.getvalue()}, tmp_path)["changed"]
    columns, rows_ = table(openpyxl.load_workbook(io.BytesIO(made), data_only=True), "Xep hang")
    found = {row[columns["Mã"]]: (row[columns["Tổng điểm"]], row[columns["Thứ hạng"]]) for row in rows_}
    assert found == {"A1": (12, "1 (đồng hạng)"), "A2": (8, "3"), "A3": (12, "1 (đồng hạng)")}


def test_gains_and_losses_of_the_whole_stay_live(tmp_path: Path) -> None:
    extra = "ceiling: max\nplus: [{id: cong, text: Thưởng, count: m0, each: 1, cap: 3}]\nless: [{id: tru, text: Phạt, count: m1, each: 2}]"
    rows = [[f"A{n}", f"Tên {n}", "x", str(n), str(n // 2), "2", "5"] for n in range(8)]
    result = scored_text(flat_set(2, extra), tmp_path, rows)
    content = ranking_workbook(result, HEADER, RECEIPT)
    assert wrong_numbers(result, recalculated({"extra": content}, tmp_path)["extra"]) == []
    columns, found = table(openpyxl.load_workbook(io.BytesIO(content)), "Diem")
    assert all(str(row[columns["Tổng điểm"]]).startswith("=") for row in found)
    assert {"cong", "tru"} <= set(columns)


def test_unit_sheets_say_what_the_engine_says(tmp_path: Path) -> None:
    result = scored(MOVEMENT / "c-xa-phuong.yaml", tmp_path)
    book = openpyxl.load_workbook(io.BytesIO(unit_workbook(result, HEADER, result.ids)))
    assert book.sheetnames == ["Muc luc", *result.ids]
    for ident in result.ids:
        c, sheet = result.candidate(ident), book[ident]
        assert sheet.page_setup.orientation == "portrait"
        lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
        seen = {line[0]: line for line in lines if line[0] in c.criteria}
        assert set(seen) == set(c.criteria)
        for criterion in c.criteria.values():
            shown = seen[criterion.id]
            assert shown[3] == pytest.approx(criterion.maximum)
            assert (
                shown[4] == pytest.approx(criterion.points)
                if criterion.state in ("scored", "open")
                else shown[4] in ("KAD", "chưa có")
            )
        last = next(line for line in lines if str(line[0]).startswith("TỔNG"))
        assert (last[3], last[4]) == (pytest.approx(c.maximum), pytest.approx(c.total))
        texts = {str(value) for line in lines for value in line if value}
        reasons = explain(result, ident)
        for told in reasons.children:
            assert {s for heading, s in told.lines if heading in ("Cách chấm", "Số liệu", "Tính", "Điều kiện")} <= texts
        for _, say in c.gates:
            assert any(say in text for text in texts)


def test_names_of_sheets() -> None:
    taken = {"muc luc"}
    names = [
        sheet_name(text, taken) for text in ["A1", "a1", "[x]:*?/\\", "", "'", "History", "Muc luc", "d" * 60, "d" * 61]
    ]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") and name.lower() not in ("history", "muc luc")
        assert not name.startswith("'") and not name.endswith("'")


def test_two_hundred_units_a_workbook(tmp_path: Path) -> None:
    rows = [[f"U{n:03d}", f"Tên {n}", "x", "1", "2"] for n in range(MOST_UNITS + 1)]
    result = scored_text(flat_set(1), tmp_path, rows)
    books = [openpyxl.load_workbook(io.BytesIO(content)) for content in unit_workbooks(result, HEADER, result.ids)]
    assert [len(book.sheetnames) - 1 for book in books] == [MOST_UNITS, 1]


def test_words_above_the_ranking() -> None:
    words = {
        "2026": "năm 2026",
        "2026-03": "tháng 3 năm 2026",
        "2026-q2": "quý II năm 2026",
        "2027-h1": "6 tháng đầu năm 2027",
        "2027-h2": "6 tháng cuối năm 2027",
        "2030-9m": "9 tháng đầu năm 2030",
        "tong-ket-2030": "tong-ket-2030",
    }
    assert {period: period_words(period) for period in words} == words
    movement, _ = read_movement(MOVEMENT / MOVEMENT_FILE)
    assert movement is not None
    before = Round(Window("2025-h1", date(2025, 1, 1), date(2025, 6, 30)), None)
    after = Round(
        Window("2026", date(2026, 1, 1), date(2026, 12, 31)), None, letter="1/SNV", letter_date=date(2026, 2, 3)
    )
    assert header_of(movement, before, "a", "self").province == "TỈNH THÁI BÌNH"
    header = header_of(movement, after, "đ", "self")
    assert (header.province, header.stage, header.period) == ("TỈNH HƯNG YÊN", "tự chấm", "năm 2026")
    assert header.group == "Nhóm đ: Doanh nghiệp" and header.day == BLANK_DAY
    assert list(header.letters) == ["Văn bản giao biểu số 1/SNV ngày 03/02/2026"]
    assert RankingHeader("x", "y", date=date(2026, 2, 3)).day == "ngày 03 tháng 02 năm 2026"
    assert RankingHeader("x", "y", date=date(2026, 11, 3)).day == "ngày 03 tháng 11 năm 2026"


def test_the_command_writes_a_workbook_for_every_set(tmp_path: Path) -> None:
    home = tmp_path / "w"
    workspace = new_workspace(home)
    enter_body(workspace, "B001", name="Sở Một", kind="sở/ban/ngành", active="có")
    enter_body(workspace, "X001", name="Xã Một", kind="xã", area="Thái Bình", pool="Cụm 1", active="có")
    enter_body(
        workspace, "P001", name="Nguyễn Văn A", kind="cá nhân", sub_type="doanh nhân", parent="B001", active="có"
    )
    number = workspace.database.last_entry()
    workspace.close()
    outcome = thidua("-C", str(home), "report", "ranking", "2026", "--units")
    assert outcome.code == 0, outcome.err
    names = sorted(path.name for path in (home / "ket-qua" / "2026").iterdir())
    sets = ("a-so-nganh", "c-xa-phuong", "e2-doi-tuong-khac") if len(names) == 6 else ()
    assert names == sorted(f"{kind}-{name}.xlsx" for name in sets for kind in ("xep-hang", "phieu-diem"))
    book = openpyxl.load_workbook(home / "ket-qua" / "2026" / "xep-hang-a-so-nganh.xlsx", data_only=True)
    receipt = {line[0].value: line[1].value for line in book["Bien nhan"].iter_rows(max_col=2) if line[0].value}
    assert receipt["Mục nhập cuối cùng của so-lieu.sqlite"] == str(number)
    assert receipt["Đã nộp biểu"] == "0 trên 1" and receipt["Phần mềm"].startswith("thidua ")
    assert "sha256 a-so-nganh.yaml" in receipt and receipt["Số đối tượng"] == "1"
    again = thidua("-C", str(home), "report", "ranking", "2026", "--group", "a", "--out", str(tmp_path / "o"))
    assert again.code == 0 and [path.name for path in (tmp_path / "o").iterdir()] == ["xep-hang-a-so-nganh.xlsx"]
    first, second = (folder / "xep-hang-a-so-nganh.xlsx" for folder in (home / "ket-qua" / "2026", tmp_path / "o"))
    assert first.read_bytes() == second.read_bytes()
    assert thidua("-C", str(home), "report", "ranking", "2026", "--group", "z").code == 1
    assert thidua("-C", str(home), "report", "ranking", "2031").code == 1
    (tmp_path / "file").write_text("x")
    refused = thidua("-C", str(home), "report", "ranking", "2026", "--out", str(tmp_path / "file"))
    assert refused.code == 1 and "Không tạo được" in refused.err


def test_a_thousand_rows_fit(tmp_path: Path) -> None:
    rows = [
        [f"U{n:04d}", f"Đối tượng {n}", f"Cụm {n % 7}", *[str(n * k % 6) for k in range(1, 41)]] for n in range(1000)
    ]
    result = scored_text(flat_set(20), tmp_path, rows)
    sheet = openpyxl.load_workbook(io.BytesIO(ranking_workbook(result, HEADER, RECEIPT)), read_only=True)["Xep hang"]
    ids = [row[2].value for row in sheet.iter_rows(max_col=4) if str(row[2].value or "").startswith("U")]
    assert sorted(ids) == [row[0] for row in rows]
