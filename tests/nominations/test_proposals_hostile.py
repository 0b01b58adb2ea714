"""Texts of units are texts: they go in as they are typed, composed, one paragraph an entry, and never act on anything."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest

from criteria.problems import errors
from nominations.proposals.listing import proposal_lines
from nominations.proposals.proposal import outsiders
from records.workspace.folder import Workspace
from tests.nominations.proposals_support import (
    OCCASION,
    PROVINCE,
    award_name,
    bench,
    collected,
    fill,
    handed,
    issued,
    province,
)
from tests.rounds.mutations import changed_parts
from tests.rounds.support import enter_body

LONG = "Ấ1" * 5000
HOSTILE = (
    "A & B <b>",
    '=HYPERLINK("http://x","y")',
    "{{ x }} {% raw %}",
    "#import sys; ../../x",
    LONG,
    unicodedata.normalize("NFD", "Đẩy mạnh chuyển đổi số"),
    "+1-2@SUM(A1)",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return province(tmp_path / "w")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_goes_in_as_text(workspace: Workspace, tmp_path: Path, text: str) -> None:
    bk, plain = award_name(workspace, PROVINCE), unicodedata.normalize("NFC", text)
    path = fill(issued(workspace), tmp_path / "a.xlsx", {"candidate:P1": {"award": bk}})
    book = openpyxl.load_workbook(path)
    told = {"candidate:P1": ("J", text), "report:1": ("D", f"{text}\nĐoạn hai")}
    for sheet in book.worksheets:
        for row in range(1, sheet.max_row + 1):
            key = str(sheet.cell(row, 1).value)
            if key in told:
                column, value = told[key]
                sheet[f"{column}{row}"].value = value
                sheet[f"{column}{row}"].data_type = "s"  # as Excel stores what was typed with an apostrophe
            if key == "report:1":
                sheet[f"B{row}"].value, sheet[f"C{row}"].value = "P1", "II.3"
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "a.xlsx")
    run = collected(workspace, tmp_path / "in")
    assert errors(run.problems) == []
    (row,) = handed(workspace)[0].rows
    assert row.merit == plain
    assert row.report["II.3"] == (plain, "Đoạn hai")


def test_a_formula_that_fetches_is_refused_at_its_cell(workspace: Workspace, tmp_path: Path) -> None:
    cells = {
        "candidate:P1": {"award": award_name(workspace, PROVINCE)},
        "report:1": ("P1", "II.3", '=WEBSERVICE("http://x")'),
    }
    fill(issued(workspace), tmp_path / "in" / "a.xlsx", cells)
    run = collected(workspace, tmp_path / "in")
    assert {one.code for one in errors(run.problems)} == {"formula-cell"} and run.taken == []


def test_a_cell_without_end_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    cells = {
        "candidate:P1": {"award": award_name(workspace, PROVINCE), "merit": "x" * 30_001, "initiative": "y" * 3001}
    }
    fill(issued(workspace), tmp_path / "in" / "a.xlsx", cells)
    run = collected(workspace, tmp_path / "in")
    assert [(one.code, one.cell[0]) for one in sorted(errors(run.problems))] == [("form-cell", "J"), ("form-cell", "N")]


def test_names_of_the_roster_come_out_as_text(workspace: Workspace, tmp_path: Path) -> None:
    for number, text in enumerate(HOSTILE[:4] + HOSTILE[5:]):
        enter_body(workspace, f"D{number + 5}", name=text, kind="đơn vị trực thuộc", parent="B002")
    raw = issued(workspace).read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(raw))
    shown = {cell.value for row in book["Danh sách đề nghị"].iter_rows(min_col=3, max_col=3) for cell in row}
    assert {unicodedata.normalize("NFC", text) for text in HOSTILE[:4]} <= {
        unicodedata.normalize("NFC", str(text)) for text in shown
    }
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet2.xml")


def test_an_outsider_is_what_its_name_says(workspace: Workspace, tmp_path: Path) -> None:
    bk = award_name(workspace, PROVINCE)
    told = {"subject": "hộ gia đình", "award": bk}
    cells = {
        "new:1": {**told, "name": "../../etc <b>\u202ex\u202c & con"},
        "new:2": {**told, "name": "{{ 7*7 }}"},
        "new:3": {**told, "name": "Gia đình\tông\nBa"},
    }
    fill(issued(workspace), tmp_path / "in" / "a.xlsx", cells)
    assert errors(collected(workspace, tmp_path / "in").problems) == []
    assert [one.name for one in outsiders(workspace).values()] == [
        "../../etc <b>x & con",
        "{{ 7*7 }}",
        "Gia đình ông Ba",
    ]
    for line in proposal_lines(bench(workspace)):
        assert line.isprintable()


@pytest.mark.parametrize("part", ["xl__vbaProject__bin", "xl__externalLinks__externalLink1__xml"])
def test_packages_that_reach_outside_are_refused(workspace: Workspace, tmp_path: Path, part: str) -> None:
    path = fill(issued(workspace), tmp_path / "a.xlsx", {"candidate:P1": {"award": award_name(workspace, PROVINCE)}})
    (tmp_path / "in").mkdir()
    raw = changed_parts(path.read_bytes(), lambda _, content: content, **{part: b"<x/>"})
    (tmp_path / "in" / "a.xlsx").write_bytes(raw)
    run = collected(workspace, tmp_path / "in")
    assert {one.code for one in errors(run.problems)} == {"form-unsafe"} and run.taken == []
    assert not list(workspace.received(OCCASION).rglob("*.xlsx"))
