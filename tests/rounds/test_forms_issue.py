"""A single form as it is issued: what may be typed where, what is known, what it says, what never becomes a formula."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from criteria.loading import read_set
from criteria.problems import errors
from records.forms.issuing.issue import issue
from records.forms.layout import EVIDENCE_ROWS, Layout
from records.forms.tokens import SINGLE, genuine
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from tests.rounds.support import MOVEMENT, enter_body, new_workspace

TRIAL = "điểm thử, chưa được cấp có thẩm quyền quyết định"
HOSTILE = '=HYPERLINK("http://xau.vn","Sở")&A1'
PRINTED = ("Huong dan", "Tu cham", "Nhiem vu", "Minh chung", "Ky")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two bodies of group a, one of them with a name that wants to be a formula; a task, an index value."""
    made = new_workspace(tmp_path_factory.mktemp("ky") / "ws")
    enter_body(made, "B001", name="Sở Nội vụ", kind="sở/ban/ngành")
    enter_body(made, "B002", name=HOSTILE, kind="sở/ban/ngành", illustration="có")
    with made.database.writing() as writer:
        writer.append(
            [
                Entry("task:1", "content", "=1+1 phát động phong trào"),
                Entry("task:1", "leads", "B001"),
                Entry("task:1", "deadline", "2026-03-31"),
                Entry("index:dx_index/2026", "B001", "87.25", source="Quyết định số 5/QĐ-SKHCN"),
            ]
        )
    issued, problems = issue(made, "2026", ["a"])
    assert errors(problems) == []
    assert [(one.forms, one.written, one.candidates) for one in issued] == [(2, 2, 2)]
    return made


def form(workspace: Workspace, ident: str = "B001", *, values: bool = False) -> Any:
    (path,) = workspace.issued("2026").glob(f"a/{ident}-*.xlsx")
    return openpyxl.load_workbook(path, data_only=values)


def layout_of(workspace: Workspace) -> Layout:
    criteria, _ = workspace.read_set("a-so-nganh.yaml")
    assert criteria is not None
    return Layout(criteria, ("tasks",))


def rows(sheet: Any) -> dict[str, int]:
    """Rows by the key in column A."""
    return {cell.value: cell.row for cell in sheet["A"] if cell.value}


def test_only_input_cells_are_open(workspace: Workspace) -> None:
    book, layout = form(workspace), layout_of(workspace)
    place = rows(book["Tu cham"])
    wanted = {f"E{place[key]}" for key in layout.inputs}
    wanted |= {f"{column}{place[f'node:{one}']}" for one in layout.criterion_ids for column in "HI"}
    found = {cell.coordinate for line in book["Tu cham"] for cell in line if not cell.protection.locked}
    assert found == wanted
    assert all(sheet.protection.sheet for sheet in book)
    assert all(book[name].column_dimensions["A"].hidden for name in PRINTED)


def test_inputs_are_yellow_and_nothing_else_is(workspace: Workspace) -> None:
    for sheet in form(workspace):
        for line in sheet:
            for cell in line:
                yellow = cell.fill.fgColor.rgb == "FFFFF9C4"
                assert yellow == (not cell.protection.locked) or sheet.title == "Huong dan", cell


def test_every_line_has_its_key(workspace: Workspace) -> None:
    layout = layout_of(workspace)
    sheet = form(workspace)["Tu cham"]
    keys = [cell.value for cell in sheet["A"] if cell.value]
    assert len(keys) == len(set(keys))
    assert set(keys) == {line.key for line in layout.lines if line.key}
    for line in layout.lines:
        if line.kind in ("part", "criterion"):
            assert sheet.cell(rows(sheet)[line.key], 2).value == line.node


def test_repeated_figure_shows_the_first_one(workspace: Workspace) -> None:
    sheet = form(workspace)["Tu cham"]
    first = rows(sheet)["measure:procedures"]
    again = [line[4].value for line in sheet if line[2].value == sheet.cell(first, 3).value and line[0].row != first]
    assert again == [f'=IF(E{first}="","",E{first})']


def test_hidden_sheet_says_whose_form_it_is(workspace: Workspace) -> None:
    sheet = form(workspace)["_thidua"]
    assert sheet.sheet_state == "veryHidden"
    pairs = {a.value: b.value for a, b in zip(sheet["A"], sheet["B"], strict=True) if a.value and a.value != "line"}
    layout = layout_of(workspace)
    assert pairs["format"] == "2" and pairs["kind"] == SINGLE and pairs["owner"] == "B001"
    assert pairs["period"] == "2026" and pairs["sets"] == "tb-a-so-nganh" and pairs["digest"] == layout.digest
    told = (SINGLE, "2026", "B001", "tb-a-so-nganh", layout.digest)
    assert genuine(pairs["token"], workspace.database.secret(), *told)
    facts = {
        entry.field: entry.value for entry in workspace.database.entries("form") if pairs["token"] in entry.subject
    }
    assert facts["file"] == "bieu-giao/2026/a/B001-a-so-noi-vu.xlsx"
    assert "candidates=B001;" in facts["issued"] and "period=2026;" in facts["issued"]


def test_validations_fit_the_figures(workspace: Workspace) -> None:
    sheet, layout = form(workspace)["Tu cham"], layout_of(workspace)
    place = rows(sheet)
    rules = {str(area): rule for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges}
    assert set(rules) >= {f"E{place[key]}" for key in layout.inputs}
    due, done = f"E{place['measure:docs_due']}", f"E{place['measure:docs_on_time']}"
    assert rules[done].formula1 == (
        f"IF(ISNUMBER({done}),AND(ROUND({done},0)={done},{done}>=0,IF(ISNUMBER({due}),{done}<={due},TRUE)),"
        f'UPPER(TRIM({done}))="KAD")'
    )
    mark = f"E{place['judged:A2.2']}"
    assert f"{mark}<=2.8" in rules[mark].formula1 and "KAD" not in rules[mark].formula1
    assert rules[f"E{place['measure:finance_reform']}"].formula1 == '"có,không,KAD"'
    for rule in sheet.data_validations.dataValidation:
        assert len(rule.promptTitle) <= 32 and len(rule.prompt) <= 255 and len(rule.error or "") <= 255
        assert len(rule.formula1 or "") <= 257


def test_evidence_rows(workspace: Workspace) -> None:
    sheet = form(workspace)["Minh chung"]
    place = rows(sheet)
    assert list(place) == [f"evidence:{number}" for number in range(1, EVIDENCE_ROWS + 1)]
    assert all(not sheet.cell(row, column).protection.locked for row in place.values() for column in range(2, 10))
    (rule,) = [one for one in sheet.data_validations.dataValidation if one.promptTitle == "Mã tiêu chí"]
    assert (rule.formula1 or "").strip('"').split(",") == layout_of(workspace).criterion_ids


def test_known_figures_are_shown_locked_with_their_source(workspace: Workspace) -> None:
    sheet = form(workspace)["Tu cham"]
    row = rows(sheet)["measure:dx_value"]
    assert sheet.cell(row, 5).value == 87.25 and sheet.cell(row, 5).protection.locked
    assert "Quyết định số 5/QĐ-SKHCN" in sheet.cell(row, 10).value


def test_task_rows_are_locked_but_for_the_dispute(workspace: Workspace) -> None:
    sheet = form(workspace)["Nhiem vu"]
    ((key, row),) = rows(sheet).items()
    assert key == "task:1"
    assert sheet.cell(row, 3).value == "=1+1 phát động phong trào" and sheet.cell(row, 3).data_type == "s"
    assert sheet.cell(row, 4).value.date() == date(2026, 3, 31)
    assert [sheet.cell(row, column).protection.locked for column in range(2, 13)] == [True] * 7 + [False] * 4


def test_cached_scores_are_those_of_the_engine(workspace: Workspace) -> None:
    sheet = form(workspace, values=True)["Tu cham"]
    place = rows(sheet)
    assert sheet.cell(place["node:A1.1"], 7).value == 0  # one task is due, none is done
    assert sheet.cell(place["node:A1.3"], 7).value == "KAD"  # nothing done, nothing to accept
    assert sheet.cell(place["node:A3.1"], 7).value == 4.89  # 5,6 × 87,25 %, half up
    assert not sheet.cell(place["node:A2.1"], 7).value  # nothing known yet
    assert sheet.cell(place["node:A2"], 6).value == 16.8 and sheet.cell(place["node:A2"], 11).value == 16.8
    total = next(cell.row for cell in sheet["C"] if cell.value == "TỔNG ĐIỂM TỰ CHẤM")
    assert (sheet.cell(total, 6).value, sheet.cell(total, 7).value, sheet.cell(total, 11).value) == (100, 4.89, 100)
    assert [cell.value for cell in form(workspace, values=True)["Ky"]["C"] if isinstance(cell.value, float | int)] == [
        4.89,
        100,
    ]


def test_every_formula_has_a_value(workspace: Workspace) -> None:
    for path in workspace.issued("2026").rglob("*.xlsx"):
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if name.startswith("xl/worksheets/"):
                    text = package.read(name).decode()
                    cells = re.findall(r"<c [^>]*>(?:(?!</c>).)*<f>(?:(?!</c>).)*</c>", text)
                    assert all("</f><v>" in cell for cell in cells), (path, name)


def test_names_and_texts_never_become_formulas(workspace: Workspace) -> None:
    formulas = [
        cell.value for sheet in form(workspace, "B002") for line in sheet for cell in line if cell.data_type == "f"
    ]
    assert formulas and not [text for text in formulas if "HYPERLINK" in str(text) or "xau.vn" in str(text)]
    with zipfile.ZipFile(next(workspace.issued("2026").glob("a/B002-*.xlsx"))) as package:
        assert not [name for name in package.namelist() if "external" in name or "hyperlink" in name.lower()]
        assert b"hyperlink " not in package.read("xl/worksheets/sheet1.xml")


def test_every_printed_sheet_carries_the_stamps(workspace: Workspace) -> None:
    for ident, stamps in (("B001", [TRIAL]), ("B002", [TRIAL, "SỐ LIỆU MINH HỌA"])):
        book = form(workspace, ident)
        for name in PRINTED:
            texts = [cell.value for line in book[name] for cell in line if isinstance(cell.value, str)]
            for stamp in stamps:
                assert stamp in texts and stamp in book[name].oddHeader.center.text, (ident, name)
        assert ("SỐ LIỆU MINH HỌA" in book["Tu cham"].oddHeader.center.text) == (ident == "B002")


def test_sheets_print_on_a4(workspace: Workspace) -> None:
    for name in PRINTED:
        sheet = form(workspace)[name]
        assert sheet.page_setup.paperSize == 9 and sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToWidth in (None, 1)
        assert (sheet.page_setup.orientation == "landscape") == (name not in ("Huong dan", "Ky"))
    own = form(workspace)["Tu cham"]
    assert own.print_title_rows and own.freeze_panes == f"D{int(own.print_title_rows.strip('$').split(':$')[0]) + 1}"


def test_guide_and_signature_say_round_and_letter(workspace: Workspace) -> None:
    book = form(workspace)
    guide = "\n".join(str(cell.value) for line in book["Huong dan"] for cell in line if cell.value)
    for text in (
        "Sở Nội vụ (mã B001)",
        "01/12/2026",
        "Số 12/SNV-TĐKT ngày 01/11/2026",
        "minh-chung",
        "không phải bằng 0",
    ):
        assert text in guide
    sheet = book["Ky"]
    place = rows(sheet)
    assert list(place) == ["sign:version", "sign:number", "sign:date", "sign:compiled_by", "sign:head"]
    assert all(not sheet.cell(row, 3).protection.locked for row in place.values())
    sums = [cell.value for cell in sheet["C"] if isinstance(cell.value, str) and "Tu cham" in cell.value]
    last = max(cell.row for cell in book["Tu cham"]["C"] if cell.value == "TỔNG ĐIỂM TỰ CHẤM")
    assert sums == [f"=IF('Tu cham'!{c}{last}=\"\",\"\",'Tu cham'!{c}{last})" for c in "GK"]


def test_hostile_words_of_a_movement(tmp_path: Path) -> None:
    """Texts of criteria files are texts in the form, whatever they begin with."""
    from tests.rounds.support import SECOND

    made = new_workspace(tmp_path / "ws", SECOND)
    path = made.movement_folder / "ap.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("Trồng đủ số hồ", "=1+cmd|' /C calc'!A0").replace("Hồ phải trồng", "@SUM(1)"), encoding="utf-8"
    )
    enter_body(made, "A1", name="+Ấp một", group="a", bo="bờ đông")
    issued, problems = issue(made, "2026")
    assert errors(problems) == [] and issued[0].forms == 1
    book = openpyxl.load_workbook(next(made.issued("2026").rglob("*.xlsx")))
    cells = [cell for sheet in book for line in sheet for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f" and re.search(r"cmd|SUM\(1\)|Ấp", str(cell.value))]
    assert [cell for cell in cells if cell.data_type == "s" and cell.value == "@SUM(1)"]
    assert [cell for cell in cells if cell.data_type == "s" and str(cell.value).startswith("=1+cmd|")]


@pytest.mark.parametrize(("reading", "asked"), [("class", True), ("place", False)])
def test_what_a_setting_leaves_out_is_not_asked(reading: str, asked: bool) -> None:
    criteria, problems = read_set(MOVEMENT / "c-xa-phuong.yaml", {"c3_reading": reading})
    assert criteria is not None, problems
    layout = Layout(criteria, ("tasks",))
    assert ("measure:dx_class" in layout.inputs) is asked
    assert "C3.class" in layout.criterion_ids
