"""Every mistake in a verification workbook, with its code, sheet and cell; nothing of a wrong file is entered."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from records.forms.collecting.returning import error_workbook
from records.review.collect import collect_reviews
from records.rounds import open_round
from records.workspace.folder import Workspace
from tests.rounds.review_filling import (
    DAY,
    bench,
    collected,
    fill,
    found,
    issued,
    round_to_review,
    rows,
    state,
)

SHEET = "tb-a-so-nganh"
ACCEPTED = {"B010/A4.3": ["chấp nhận"]}
MISTAKES: dict[str, tuple[dict[str, list[Any]], list[tuple[str, str, str]]]] = {
    # typed → code, column, key of the row
    "a word nobody knows": ({"B010/A2.6": ["đồng ý"]}, [("review-cell", "O", "B010/A2.6")]),
    "a correction without a figure": (
        {"B010/A2.6": ["sửa", "", "vì"]},
        [("missing-figure", "O", "B010/A2.6")],
    ),
    "a correction to the unit's own figure": (
        {"B010/A2.6": ["sửa", "", "vì"], "B010/A2.6/measure:agreements": ["", 1]},
        [("missing-figure", "O", "B010/A2.6")],
    ),
    "a correction without a reason": (
        {"B010/A2.6": ["sửa"], "B010/A2.6/measure:agreements": ["", 2]},
        [("reason", "Q", "B010/A2.6")],
    ),
    "a return without a reason": ({"B010/A2.6": ["trả lại"]}, [("reason", "Q", "B010/A2.6")]),
    "not applicable without reason and document": (
        {"B010/A2.6": ["không áp dụng"]},
        [("reason", "Q", "B010/A2.6"), ("reason", "R", "B010/A2.6")],
    ),
    "a figure without a conclusion": (
        {"B010/A2.6/measure:agreements": ["", 2]},
        [("review-cell", "P", "B010/A2.6/measure:agreements")],
    ),
    "a figure beside an acceptance": (
        {"B010/A2.6": ["chấp nhận"], "B010/A2.6/measure:agreements": ["", 2]},
        [("review-cell", "P", "B010/A2.6/measure:agreements")],
    ),
    "a reason without a conclusion": ({"B010/A2.6": ["", "", "vì"]}, [("review-cell", "O", "B010/A2.6")]),
    "a figure in the row of the criterion": (
        {"B010/A2.6": ["chấp nhận", 2]},
        [("review-cell", "P", "B010/A2.6")],
    ),
    "a conclusion in the row of a figure": (
        {"B010/A2.6/measure:agreements": ["chấp nhận"]},
        [("review-cell", "O", "B010/A2.6/measure:agreements")],
    ),
    "a locked row": (
        {"B010/A3.1/shown:dx_value": ["", 80]},
        [("review-cell", "P", "B010/A3.1/shown:dx_value")],
    ),
    "a figure that is none": (
        {"B010/A2.6": ["sửa", "", "vì"], "B010/A2.6/measure:agreements": ["", "hai"]},
        [("number", "P", "B010/A2.6/measure:agreements")],
    ),
    "a figure with decimals": (
        {"B010/A2.6": ["sửa", "", "vì"], "B010/A2.6/measure:agreements": ["", 1.5]},
        [("decimals", "P", "B010/A2.6/measure:agreements")],
    ),
    "KAD as a figure": (
        {"B010/A2.6": ["sửa", "", "vì"], "B010/A2.6/measure:agreements": ["", "KAD"]},
        [("review-cell", "P", "B010/A2.6/measure:agreements")],
    ),
    "a formula from elsewhere": (
        {"B010/A2.6": ["sửa", "", "vì"], "B010/A2.6/measure:agreements": ["", "=[1]T!A1"]},
        [("formula-cell", "P", "B010/A2.6/measure:agreements")],
    ),
    "a mark off the grid": (
        {"B010/A2.2": ["sửa", "", "vì"], "B010/A2.2/judged:A2.2": ["", 1.5]},
        [("off-grid", "P", "B010/A2.2/judged:A2.2")],
    ),
    "a figure above the one that bounds it": (
        {"B010/A4.2": ["sửa", "", "vì"], "B010/A4.2/measure:db_shared": ["", 5]},
        [("out-of-range", "P", "B010/A4.2/measure:db_shared")],
    ),
    "a bound below the figure it bounds": (
        {"B010/A4.2": ["sửa", "", "vì"], "B010/A4.2/measure:db_held": ["", 1]},
        [("out-of-range", "P", "B010/A4.2/measure:db_held")],
    ),
}


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path]:
    """A round with its workbook of so-khcn: nothing wrong is entered, so that one serves all."""
    workspace = round_to_review(tmp_path_factory.mktemp("k"))
    return workspace, issued(workspace, "so-khcn")["so-khcn"].path


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_at_its_cell_and_nothing_is_entered(
    name: str, given: tuple[Workspace, Path], tmp_path: Path
) -> None:
    workspace, source = given
    typed, expected = MISTAKES[name]
    before, place = workspace.database.head(), rows(source)
    fill(source, tmp_path / "a.xlsx", {**ACCEPTED, **typed})
    run = collected(workspace, tmp_path)
    assert found(run) == [(code, SHEET, f"{column}{place[key][1]}") for code, column, key in expected]
    assert workspace.database.head() == before and run.bodies["so-khcn"].wrong == 1
    assert not (workspace.received("2026") / "tham-dinh").exists()


def test_all_mistakes_of_all_files_are_told_also_those_of_the_table_of_rights(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path / "k")
    source = issued(workspace, "so-khcn")["so-khcn"].path
    place = rows(source)
    fill(source, tmp_path / "đã thu" / "a.xlsx", {"B010/A4.1": ["trả lại", "", "vì"]})
    assert not collected(workspace, tmp_path / "đã thu").wrong
    typed = {"B010/A4.1": ["chấp nhận"], "B010/A2.6": ["lạ"]}
    fill(source, tmp_path / "in" / "a.xlsx", typed, version="hai", head="")
    (tmp_path / "in" / "b.xlsx").write_bytes(b"PK")
    run = collected(workspace, tmp_path / "in")
    key = rows(source)
    assert [(problem.file, *one) for problem, one in zip(sorted(run.problems), found(run), strict=True)] == [
        ("a.xlsx", "signature", "Ky", f"C{key['sign:version'][1]}"),
        ("a.xlsx", "signature", "Ky", f"C{key['sign:head'][1]}"),
        ("a.xlsx", "review-cell", SHEET, f"O{place['B010/A2.6'][1]}"),
        ("a.xlsx", "rights", SHEET, f"O{place['B010/A4.1'][1]}"),
        ("b.xlsx", "form-unsafe", "", ""),
    ]
    book = error_workbook("2026", run.problems, run.owners, run.stamps, "thu biểu thẩm định")
    sheet = openpyxl.load_workbook(BytesIO(book)).worksheets[0]
    assert sheet["A1"].value == "LỖI THU BIỂU THẨM ĐỊNH KỲ 2026"
    assert {sheet.cell(row, 3).value for row in range(5, sheet.max_row + 1)} == {"so-khcn", ""}


def test_rows_that_are_gone_stand_twice_or_are_foreign(given: tuple[Workspace, Path], tmp_path: Path) -> None:
    workspace, source = given
    place = rows(source)
    gone = place["X1/C1"][1]
    book = openpyxl.load_workbook(fill(source, tmp_path / "a.xlsx", ACCEPTED))
    sheet = book["tb-c-xa-phuong"]
    sheet.cell(gone, 1).value = "X7/C1"
    sheet.cell(place["X1/C3.place"][1], 1).value = "X2/C1"
    book.save(tmp_path / "a.xlsx")
    codes = {(code, cell) for code, name, cell in found(collected(workspace, tmp_path)) if name == "tb-c-xa-phuong"}
    assert {("form-line", f"A{gone}"), ("form-line", f"A{place['X1/C3.place'][1]}")} <= codes
    assert state(workspace, "B010", "A4.3") == "self"


def test_a_workbook_that_is_not_ours_or_was_changed_inside_is_refused(
    given: tuple[Workspace, Path], tmp_path: Path
) -> None:
    workspace, source = given
    for number, (name, value) in enumerate(
        (("owner", "so-noi-vu"), ("entry", "999"), ("line", "tb-a-so-nganh|B002/A2.6"))
    ):
        book = openpyxl.load_workbook(fill(source, tmp_path / f"{number}.xlsx", ACCEPTED))
        hidden = book["_thidua"]
        row = next(row for row in range(1, hidden.max_row + 1) if hidden.cell(row, 1).value == name)
        hidden.cell(row, 2).value = value
        book.save(tmp_path / f"{number}.xlsx")
    openpyxl.Workbook().save(tmp_path / "z.xlsx")
    run = collected(workspace, tmp_path)
    assert [code for code, _, _ in found(run)] == ["form-foreign"] * 4
    round_, _ = open_round(workspace, "2027", DAY)
    assert round_ is not None
    fill(source, tmp_path / "k" / "a.xlsx", ACCEPTED)
    other = collect_reviews(workspace, "2027", tmp_path / "k", DAY)
    assert [code for code, _, _ in found(other)] == ["form-period"]


def test_two_editions_with_one_version_are_both_refused(given: tuple[Workspace, Path], tmp_path: Path) -> None:
    workspace, source = given
    fill(source, tmp_path / "a.xlsx", ACCEPTED)
    fill(source, tmp_path / "b.xlsx", {"B010/A4.4": ["chấp nhận"]})
    run = collected(workspace, tmp_path)
    assert [(problem.file, problem.code) for problem in sorted(run.problems)] == [
        ("a.xlsx", "form-twice"),
        ("b.xlsx", "form-twice"),
    ]


def test_edited_texts_are_ignored(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path / "k")
    source = issued(workspace, "so-khcn")["so-khcn"].path
    book = openpyxl.load_workbook(fill(source, tmp_path / "in" / "a.xlsx", ACCEPTED))
    sheet, row = book[SHEET], rows(source)["B010/A4.3/measure:data_services"][1]
    sheet.cell(row, 8).value, sheet.cell(row - 1, 4).value = 99, "B001"
    book.save(tmp_path / "in" / "a.xlsx")
    assert not collected(workspace, tmp_path / "in").wrong
    assert (state(workspace, "B010", "A4.3"), state(workspace, "B001", "A4.3")) == ("verified", "self")
    assert bench(workspace).figure("B010", "A4.3", "measure:data_services") == "1"
