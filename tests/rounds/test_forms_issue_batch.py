"""A batch form as it is issued: a sheet per set, a row per candidate, columns by their keys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from criteria.problems import errors
from records.forms.issuing.issue import issue
from records.forms.issuing.rules import choice
from records.forms.issuing.sheets import Book
from records.forms.layout import Layout
from records.forms.tokens import BATCH
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from tests.rounds.support import enter_body, new_workspace

OFFICIAL, OTHER = "cán bộ, công chức, viên chức, người lao động", "doanh nhân"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two enterprises of the association; three persons of two bodies, one person of nobody."""
    made = new_workspace(tmp_path_factory.mktemp("ky") / "ws")
    enter_body(made, "B001", name="Sở Nội vụ", kind="sở/ban/ngành")
    enter_body(made, "B041", name="Hiệp hội Doanh nghiệp tỉnh", kind="MTTQ & đoàn thể")
    enter_body(made, "DN1", name="=1+1 Công ty", kind="doanh nghiệp", size="vừa", illustration="có")
    enter_body(made, "DN2", name="Công ty Hai", kind="doanh nghiệp", size="nhỏ")
    enter_body(made, "N1", name="Nguyễn Văn A", kind="cá nhân", parent="B001", sub_type=OFFICIAL)
    enter_body(made, "N2", name="Nguyễn Thị B", kind="cá nhân", parent="B001", sub_type=OTHER)
    enter_body(made, "N3", name="Trần Văn C", kind="cá nhân", parent="B041", sub_type=OTHER)
    enter_body(made, "N4", name="Lê Văn D", kind="cá nhân", sub_type=OTHER)
    with made.database.writing() as writer:
        writer.append([Entry("index:dn_index/2026", "DN1", "4", source="Quyết định số 9")])
    issued, problems = issue(made, "2026", ["đ", "e"])
    assert errors(problems) == []
    assert [(one.letter, one.forms, one.candidates) for one in issued] == [("đ", 1, 2), ("e", 2, 3)]
    assert [problem.file for problem in problems] == ["N4"] and "cơ quan quản lý" in problems[0].message
    return made


def form(workspace: Workspace, pattern: str, *, values: bool = False) -> Any:
    (path,) = workspace.issued("2026").glob(pattern)
    return openpyxl.load_workbook(path, data_only=values)


def layout_of(workspace: Workspace, file: str) -> Layout:
    criteria, _ = workspace.read_set(file)
    assert criteria is not None
    return Layout(criteria, ("tasks",))


def test_sheets_of_a_batch(workspace: Workspace) -> None:
    assert form(workspace, "f/B041-*.xlsx").sheetnames == [
        "Huong dan", "tb-f-doanh-nghiep", "Khong ap dung", "Minh chung", "Ky", "_thidua",
    ]  # fmt: skip
    assert form(workspace, "e/B001-*.xlsx").sheetnames[1:3] == ["tb-e1-can-bo", "tb-e2-doi-tuong-khac"]
    assert form(workspace, "e/B041-*.xlsx").sheetnames[1] == "tb-e2-doi-tuong-khac"


def test_rows_and_columns_are_found_by_key(workspace: Workspace) -> None:
    sheet = form(workspace, "f/B041-*.xlsx")["tb-f-doanh-nghiep"]
    layout = layout_of(workspace, "f-doanh-nghiep.yaml")
    assert sheet.row_dimensions[1].hidden and sheet.column_dimensions["A"].hidden
    columns = {cell.value: cell.column for cell in sheet[1] if cell.value}
    assert set(columns) == set(layout.inputs) and len(columns) == len(layout.inputs)
    rows = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    assert list(rows) == ["candidate:DN1", "candidate:DN2"]
    open_cells = {(cell.row, cell.column) for line in sheet for cell in line if not cell.protection.locked}
    assert open_cells == {(row, column) for row in rows.values() for column in columns.values()}
    assert [sheet.cell(row, 2).value for row in rows.values()] == ["DN1", "DN2"]
    name = sheet.cell(rows["candidate:DN1"], 3)
    assert name.value == "=1+1 Công ty" and name.data_type == "s"


def test_known_figures_of_a_batch(workspace: Workspace) -> None:
    sheet = form(workspace, "f/B041-*.xlsx")["tb-f-doanh-nghiep"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "candidate:DN1")
    heads = {str(cell.value): cell.column for cell in sheet[row - 1] if cell.value}
    assert sheet.cell(row, heads["Quy mô doanh nghiệp\n(mức)"]).value == "vừa"
    assert sheet.cell(row, heads["Mức độ chuyển đổi số doanh nghiệp"]).value == 4
    assert sheet.cell(row + 1, heads["Mức độ chuyển đổi số doanh nghiệp"]).value is None


def test_bounds_stay_in_their_row(workspace: Workspace) -> None:
    sheet = form(workspace, "f/B041-*.xlsx")["tb-f-doanh-nghiep"]
    columns = {cell.value: cell.column_letter for cell in sheet[1] if cell.value}
    row = next(cell.row for cell in sheet["A"] if cell.value == "candidate:DN1")
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    staff, trained = columns["measure:staff"], columns["measure:trained"]
    assert f"{trained}{row}<={staff}{row}" in rules[f"{trained}{row}:{trained}{row + 1}"]


def test_claims_reach_the_running_score(workspace: Workspace) -> None:
    book = form(workspace, "f/B041-*.xlsx")
    sheet, claims = book["tb-f-doanh-nghiep"], book["Khong ap dung"]
    first = next(cell.row for cell in claims["A"] if cell.value == "claim:1")
    last = max(cell.row for cell in claims["A"] if cell.value)
    row = next(cell.row for cell in sheet["A"] if cell.value == "candidate:DN2")
    formulas = [str(cell.value) for cell in sheet[row] if cell.data_type == "f"]
    wanted = f"COUNTIFS('Khong ap dung'!$B${first}:$B${last},B{row},'Khong ap dung'!$C${first}:$C${last},\"F11\")"
    assert [text for text in formulas if wanted in text]


def test_owner_and_rows_on_the_hidden_sheet(workspace: Workspace) -> None:
    sheet = form(workspace, "e/B001-*.xlsx")["_thidua"]
    pairs = [(a.value, b.value) for a, b in zip(sheet["A"], sheet["B"], strict=True) if a.value]
    told = dict(pairs)
    assert told["kind"] == BATCH and told["owner"] == "B001" and told["sets"] == "tb-e1-can-bo,tb-e2-doi-tuong-khac"
    layouts = [layout_of(workspace, file) for file in ("e1-can-bo.yaml", "e2-doi-tuong-khac.yaml")]
    assert told["digest"] == ",".join(layout.digest for layout in layouts)
    assert [value for key, value in pairs if key == "line"] == ["candidate:N1", "candidate:N2"]


def test_wide_sheets_show_id_and_name_on_every_page(workspace: Workspace) -> None:
    wide = form(workspace, "f/B041-*.xlsx")["tb-f-doanh-nghiep"]
    assert wide.print_title_cols == "$B:$C" and wide.col_breaks.brk and wide.page_setup.orientation == "landscape"
    narrow = form(workspace, "e/B001-*.xlsx")["tb-e1-can-bo"]
    assert narrow.sheet_properties.pageSetUpPr.fitToPage and narrow.page_setup.fitToHeight == 0


def test_stamps_of_a_batch(workspace: Workspace) -> None:
    book = form(workspace, "f/B041-*.xlsx")
    for sheet in book.worksheets[:-1]:
        assert "điểm thử" in sheet.oddHeader.center.text and "SỐ LIỆU MINH HỌA" in sheet.oddHeader.center.text


def test_long_lists_stand_on_the_hidden_sheet(tmp_path: Path) -> None:
    """Excel takes a list of 255 letters; a longer one, or one with commas, is a range."""
    book = Book("x", [], "x")
    sheet = book.sheet("x", [10], landscape=False)
    many = [f"DN{number:04}" for number in range(60)]
    assert choice(book, many[:30], "t", "m")["source"] == many[:30]
    rule = choice(book, many, "t", "m")
    comma = choice(book, ["a, b", "c"], "t", "m")
    sheet.data_validation(0, 1, 0, 1, rule)
    path = tmp_path / "x.xlsx"
    path.write_bytes(book.finish([("format", "1")]))
    hidden = openpyxl.load_workbook(path)["_thidua"]
    found = re.fullmatch(r"='_thidua'!\$([A-Z])\$1:\$[A-Z]\$60", rule["source"])
    assert found and [hidden[f"{found[1]}{row}"].value for row in range(1, 61)] == many
    assert comma["source"] == "='_thidua'!$E$1:$E$2" and hidden["E1"].value == "a, b"
