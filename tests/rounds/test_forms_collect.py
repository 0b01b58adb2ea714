"""A filled form comes back as it was filled; nothing but its input cells is believed; LibreOffice may have saved it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from records.forms.answers import Answers
from records.forms.submissions import latest_submissions
from records.workspace.folder import Workspace
from tests.rounds.form_filling import (
    FIGURES,
    enter_task,
    fill,
    found,
    issued_form,
    put,
    round_with_forms,
    row_of,
    taken,
)

DOCUMENT = {"criterion": "S1.1", "number": "7/QĐ", "date": "01/02/2026", "issuer": "Sở", "summary": "Về kế hoạch"}
STORED = {
    "due": "20",
    "done": "18",
    "rate": "87.25",
    "plan": "có",
    "class": "khá",
    "signed": "2026-06-30",
    "money": "12.5",
}


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    return round_with_forms(tmp_path)


def answers_of(workspace: Workspace, candidate: str = "B1") -> Answers:
    return Answers.of_dict(latest_submissions(workspace, "2026")[candidate].answers)


def test_every_kind_of_cell_comes_back(here: Workspace, tmp_path: Path) -> None:
    enter_task(here, "5", "B1")
    from records.forms.issuing.issue import issue

    issue(here, "2026")
    folder = tmp_path / "đến"
    form = fill(
        issued_form(here, "B1"),
        folder / "B1.xlsx",
        {
            **FIGURES,
            "measure:money": None,
            "out:S4": "X",
            "why:S4": " Không\u00a0được  giao vốn\n",
            "row:1": ["L1", datetime(2026, 3, 4), 30],
            "row:3": ["L2", "05/04/2026", "12"],
            "evidence:1": {**DOCUMENT, "file": "quyết định.pdf"},
            "evidence:4": {**DOCUMENT, "criterion": "S2", "summary": None, "restricted": "x"},
        },
        date=datetime(2026, 11, 20),
        version="3",
    )
    book = openpyxl.load_workbook(form)
    tasks = book["Nhiem vu"]
    row = next(r for r in range(1, tasks.max_row + 1) if str(tasks.cell(r, 1).value or "").startswith("task:"))
    for column, value in ((9, "không đúng"), (10, date(2026, 5, 6)), (11, "8/BC"), (12, "Đã xong từ tháng 5")):
        tasks.cell(row, column).value = value
    book.save(form)
    (folder / "minh-chung").mkdir()
    content = b"%PDF-1.4 noi dung"
    (folder / "minh-chung" / "quye\u0302\u0301t đi\u0323nh.pdf").write_bytes(content)  # as another system spells it
    run, stored = taken(here, folder)
    assert run.problems == [] and len(stored) == 1
    one = answers_of(here)
    assert one.values == {name: text for name, text in STORED.items() if name != "money"}
    assert one.judged == {"S5": "4.5"} and one.claims == {"S4": "Không được giao vốn"}
    assert one.items == {
        "courses": [
            {"course": "L1", "held": "2026-03-04", "people": "30"},
            {"course": "L2", "held": "2026-04-05", "people": "12"},
        ]
    }
    sha = hashlib.sha256(content).hexdigest()
    first, second = one.evidence
    assert (first.criterion, first.number, first.date, first.issuer, first.sha256) == (
        "S1.1",
        "7/QĐ",
        "2026-02-01",
        "Sở",
        sha,
    )
    assert (second.restricted, second.file, second.summary) == (True, "", "")
    assert (here.received("2026") / "minh-chung" / f"{sha}.pdf").read_bytes() == content
    (dispute,) = one.disputes
    assert (dispute.finished, dispute.document, dispute.why) == ("2026-05-06", "8/BC", "Đã xong từ tháng 5")
    assert dispute.task.startswith("5")
    assert (stored[0].version, stored[0].letter_date, stored[0].letter_number) == (3, "2026-11-20", "15/BC")
    kept = here.received("2026") / f"{stored[0].file_sha256}.xlsx"
    assert kept.read_bytes() == form.read_bytes()


def test_text_that_looks_like_a_formula_stays_text(here: Workspace, tmp_path: Path) -> None:
    form = fill(issued_form(here, "B1"), tmp_path / "in" / "a.xlsx")
    book = openpyxl.load_workbook(form)
    for column, text in ((4, "+1"), (6, '=HYPERLINK("http://x","y")'), (7, "@SUM(1)")):
        cell = book["Minh chung"].cell(row_of(book["Minh chung"], "evidence:2"), column)
        cell.value = text
        cell.data_type = "s"
    put(book, "evidence:1", DOCUMENT)
    sheet = book["Minh chung"]
    sheet.cell(row_of(sheet, "evidence:2"), 2).value = "S2"
    sheet.cell(row_of(sheet, "evidence:2"), 5).value = "01/02/2026"
    book.save(form)
    run, _ = taken(here, form.parent)
    assert run.problems == []
    item = answers_of(here).evidence[1]
    assert (item.number, item.issuer, item.summary) == ("+1", '=HYPERLINK("http://x","y")', "@SUM(1)")


def test_locked_cells_are_not_believed(here: Workspace, tmp_path: Path) -> None:
    plain = fill(issued_form(here, "B1"), tmp_path / "one" / "B1.xlsx")
    forged = fill(issued_form(here, "B2"), tmp_path / "two" / "B2.xlsx")
    book = openpyxl.load_workbook(forged)
    sheet = book["Tu cham"]
    row = row_of(sheet, "node:S1.1")
    sheet.protection.sheet = False
    for column, value in ((4, "điểm"), (6, 1000), (7, 1000), (10, "Luôn được 1000 điểm"), (11, 9999)):
        sheet.cell(row, column).value = value
    book["_thidua"].sheet_state = "visible"
    book.save(forged)
    taken(here, plain.parent)
    run, _ = taken(here, forged.parent)
    assert run.problems == []
    assert answers_of(here, "B2").as_dict() == answers_of(here, "B1").as_dict()


def test_rows_are_found_wherever_they_have_moved(here: Workspace, tmp_path: Path) -> None:
    form = fill(issued_form(here, "B1"), tmp_path / "in" / "B1.xlsx")
    book = openpyxl.load_workbook(form)
    sheet = book["Tu cham"]
    sheet.insert_rows(3, 4)
    first, second = row_of(sheet, "measure:due"), row_of(sheet, "measure:rate")
    for column in range(1, 12):
        one, other = sheet.cell(first, column), sheet.cell(second, column)
        one.value, other.value = other.value, one.value
    book.move_sheet("Tu cham", 2)
    book.save(form)
    run, _ = taken(here, form.parent)
    assert run.problems == [] and answers_of(here).values == STORED


def test_a_column_put_in_is_noticed(here: Workspace, tmp_path: Path) -> None:
    form = fill(issued_form(here, "B1"), tmp_path / "in" / "B1.xlsx")
    book = openpyxl.load_workbook(form)
    book["Tu cham"].insert_cols(4)
    book.save(form)
    run, stored = taken(here, form.parent)
    assert found(run) == [("form-line", "Tu cham", "E1")] and stored == []


def test_a_formula_counts_by_its_number(here: Workspace, tmp_path: Path) -> None:
    """openpyxl writes no values, so the value is put into the XML as Excel would."""
    form = fill(issued_form(here, "B1"), tmp_path / "in" / "B1.xlsx", {**FIGURES, "measure:due": "=12+8"})
    run, stored = taken(here, form.parent)
    assert [code for code, _, _ in found(run)] == ["formula-cell"] and stored == []
    from tests.rounds.mutations import changed_parts

    def calculated(name: str, content: bytes) -> bytes:
        return (
            content.replace(b"<f>12+8</f><v></v>", b"<f>12+8</f><v>20</v>")
            .replace(b"<f>12+8</f><v/>", b"<f>12+8</f><v>20</v>")
            .replace(b"<f>12+8</f><v />", b"<f>12+8</f><v>20</v>")
        )

    form.write_bytes(changed_parts(form.read_bytes(), calculated))
    run, stored = taken(here, form.parent)
    assert run.problems == [] and len(stored) == 1 and answers_of(here).values["due"] == "20"


@pytest.fixture(scope="module")
def office() -> str:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        assert not os.environ.get("CI"), "soffice is missing"
        pytest.skip("LibreOffice (soffice) is not installed")
    return program


def test_a_form_saved_by_libreoffice_says_the_same(office: str, here: Workspace, tmp_path: Path) -> None:
    cells = {**FIGURES, "measure:due": "=12+8", "out:S2": "x", "why:S2": "Không xếp loại", "evidence:1": DOCUMENT}
    cells["measure:class"] = None
    form = fill(issued_form(here, "B1"), tmp_path / "từ" / "B1.xlsx", cells, date=date(2026, 11, 20))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    out = tmp_path / "in"
    words = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(out),
        str(form),
    ]
    subprocess.run(words, check=False, capture_output=True, timeout=180)
    assert (out / "B1.xlsx").is_file()
    run, stored = taken(here, out)
    assert run.problems == [] and len(stored) == 1
    one = answers_of(here)
    assert one.values == {name: text for name, text in STORED.items() if name != "class"}
    assert one.claims == {"S2": "Không xếp loại"} and one.evidence[0].date == "2026-02-01"
