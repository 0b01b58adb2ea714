"""Models and good practices: read cell by cell, one number each, personal values apart; lists for who makes them known, counts beside."""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from records.ledger.verifying import prove
from records.models.collecting import ModelRun, collect_models
from records.models.columns import NAMES, TITLES
from records.models.form import issue_model_form, model_form
from records.models.register import models
from records.persons.acting import erase_person, export_person
from records.rounds import read_window
from records.workspace.folder import Workspace
from reports.layout.nghi_dinh_30 import layout_problems
from reports.ledger_words import KINDS as WORDS
from reports.letters.kinds import template_problems
from reports.models.content import model_report
from reports.models.document import MODELS, model_document, model_fields
from reports.models.screen import report_lines
from reports.models.workbooks import counts_workbook, list_workbook
from tests.rounds.life_support import COMMUNE, hand_in
from tests.rounds.support import MOVEMENT, enter_body, new_workspace
from thidua.calling import Called
from thidua.commands.model import model as command
from thidua.commands.report_models import models as report_command

TODAY = date(2026, 12, 20)
GOOD = {
    "unit": "X1",
    "kind": "mô hình",
    "name": "Tổ công nghệ số",
    "person": "",
    "tags": "noi-dung-3; Kinh tế số",
    "summary": "Mỗi thôn một tổ.",
    "result": "Tăng từ 40 % lên 82 %.",
    "document": "12/BC-UBND",
    "document_day": "05/06/2026",
    "issuer": "UBND Xã Một",
    "since": "10/01/2026",
    "public": "có",
}
HOSTILE = '=HYPERLINK("http://x") <b>&amp; {{ x }} ../../etc \u202eabc'
PERSON = {
    **GOOD,
    "kind": "Gương điển hình cá nhân",
    "name": "",
    "person": "E900",
    "summary": "Bà Lương tận tụy vì dân.",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two communes and an enterprise with forms, a person; communes are asked how many models they have."""
    movement = tmp_path / "movement"
    shutil.copytree(MOVEMENT, movement)
    path = movement / "c-xa-phuong.yaml"
    text = path.read_text(encoding="utf-8")
    assert "full: dx_class <= 2" in text and "full: pool.rank(dx_value) <= 2" in text
    path.write_text(text.replace("pool.rank(dx_value) <= 2", "models_found >= 1"), encoding="utf-8")
    made = new_workspace(tmp_path / "w", movement)
    for ident, name, found in (("X1", "Xã Một", "3"), ("X2", "Xã Hai", "1")):
        enter_body(made, ident, name=name, kind="xã", pool="Cụm 1", province="Thái Bình")
        hand_in(made, ident, "tb-c-xa-phuong", {**COMMUNE, "models_found": found})
    enter_body(made, "DN1", name="Công ty Một", kind="doanh nghiệp", size="vừa")
    enter_body(
        made, "E900", name="Lương Thị Thảo", kind="cá nhân", parent="X2", post="Bí thư thôn", sub_type="doanh nhân"
    )
    return made


def file_of(folder: Path, *rows: dict[str, str], name: str = "mo-hinh.csv") -> Path:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(title for title, _ in TITLES.values())
    writer.writerows([[row[field] for field in TITLES] for row in rows])
    path = folder / name
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def collect(workspace: Workspace, *rows: dict[str, str]) -> ModelRun:
    return collect_models(workspace, file_of(workspace.root.parent, *rows), TODAY)


def taken(workspace: Workspace, *rows: dict[str, str]) -> ModelRun:
    run = collect(workspace, *rows)
    assert run.problems == []
    return run


def wrong(workspace: Workspace, **changed: str) -> list[tuple[str, int]]:
    """(code, column from 1) of what is told of one line that is good but for the change."""
    run = collect(workspace, {**GOOD, **changed})
    assert models(workspace) == [] and run.new == []
    return [(problem.code, problem.column) for problem in run.problems]


def place(name: str) -> int:
    return list(TITLES).index(name) + 1


def test_a_line_is_entered_as_it_says(workspace: Workspace) -> None:
    assert taken(workspace, GOOD).new == [1]
    (one,) = models(workspace)
    assert (one.unit, one.kind, one.name, one.tags) == (
        "X1",
        "mo-hinh",
        "Tổ công nghệ số",
        ("noi-dung-3", "noi-dung-4"),
    )
    assert (one.document_day, one.since, one.public) == (date(2026, 6, 5), date(2026, 1, 10), True)
    assert one.introduced_by == "Số 12/BC-UBND ngày 05/06/2026 của UBND Xã Một"
    (entry,) = [one for one in workspace.database.entries("model") if one.field == "summary"]
    assert (entry.author, entry.role, entry.source) == ("X1", "unit", "Văn bản số 12/BC-UBND ngày 05/06/2026")
    assert entry.place == "mo-hinh.csv F2" and entry.subject.partition(":")[0] in WORDS


def test_again_enters_nothing_and_a_change_keeps_its_number(workspace: Workspace) -> None:
    taken(workspace, GOOD, {**GOOD, "unit": "X2"})
    last = workspace.database.last_entry()
    assert taken(workspace, GOOD).same == 1 and workspace.database.last_entry() == last
    again = taken(workspace, {**GOOD, "unit": "xã một", "name": "TỔ CÔNG NGHỆ SỐ", "public": "không"})
    assert (again.new, again.edited) == ([], [1])
    assert [(one.number, one.public) for one in models(workspace)] == [(1, False), (2, True)]
    assert prove(workspace.database).breaks == []


def test_only_the_days_of_a_period(workspace: Workspace) -> None:
    taken(workspace, GOOD, {**GOOD, "name": "Cũ", "document_day": "05/06/2025", "since": "01/05/2025"})
    for period, names in (("2026", ["Tổ công nghệ số"]), ("2025", ["Cũ"]), ("2026-q1", [])):
        assert [one.name for one in models(workspace, read_window(workspace.movement, period))] == names


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("unit", "", "model"),
        ("unit", "Xã Không Có", "name-match"),
        ("unit", "B025", "name-match"),
        ("kind", "", "model"),
        ("kind", "mô hình hay", "model"),
        ("name", "", "model"),
        ("name", "x" * 201, "model"),
        ("person", "E900", "model"),
        ("tags", "", "model"),
        ("tags", "noi-dung-3; noi-dung-9", "model"),
        ("summary", "", "model"),
        ("summary", "x" * 501, "model"),
        ("result", "", "model"),
        ("document", "", "model"),
        ("document_day", "", "model"),
        ("document_day", "31/02/2026", "model"),
        ("document_day", "21/12/2026", "model"),
        ("issuer", "", "model"),
        ("since", "hôm qua", "model"),
        ("public", "", "model"),
        ("public", "tùy", "model"),
    ],
)
def test_every_wrong_cell_is_told(workspace: Workspace, field: str, value: str, code: str) -> None:
    assert wrong(workspace, **{field: value}) == [(code, place(field))]


def test_all_faults_at_once_and_nothing_of_the_file_is_entered(workspace: Workspace) -> None:
    bad = {**GOOD, "kind": "", "summary": "", "public": "", "since": ""}
    run = collect(workspace, GOOD, bad, {**GOOD, "name": "tổ công nghệ  số"})
    assert [(one.line, one.column) for one in run.problems] == [
        (3, place("since")),
        (3, place("kind")),
        (3, place("summary")),
        (3, place("public")),
        (4, place("name")),
    ]
    assert models(workspace) == []


def test_a_person_is_named_by_id_only(workspace: Workspace) -> None:
    run = collect(
        workspace,
        {**PERSON, "name": "Lương Thị Thảo"},
        {**PERSON, "person": "Lương Thị Thảo"},
        {**PERSON, "person": "X1"},
    )
    assert [(one.line, one.column) for one in run.problems] == [
        (2, place("name")),
        (3, place("person")),
        (4, place("person")),
    ]
    taken(workspace, PERSON)
    (one,) = models(workspace)
    assert (one.person, one.name, one.summary) == ("E900", "", "Bà Lương tận tụy vì dân.")
    with closing(sqlite3.connect(workspace.database.path)) as connection:
        chain = str(connection.execute("SELECT * FROM entries WHERE subject LIKE 'model:%'").fetchall())
    assert "tận tụy" not in chain and "40 %" not in chain and "E900" in chain


def test_what_is_told_of_a_person_is_given_out_and_erased(workspace: Workspace) -> None:
    taken(workspace, PERSON)
    held, problems = export_person(workspace, "E900", "hỏi")
    assert held is not None and problems == []
    assert {"person_summary", "person_result"} <= {one.field for one in held.acts}
    done, problems = erase_person(workspace, "E900", "hết hạn", "1/QĐ", date(2099, 1, 1))
    assert done is not None, problems
    (one,) = models(workspace)
    assert (one.summary, one.result) == ("", "")
    report, problems = model_report(workspace)
    assert report is not None and report.shown == () and prove(workspace.database).breaks == []


def test_files_in_a_folder_are_judged_one_by_one(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "nhan"
    folder.mkdir()
    for name, row in (("a.xlsx", GOOD), ("b.xlsx", {**GOOD, "kind": "lạ"})):
        book = openpyxl.load_workbook(io.BytesIO(model_form(workspace, "X1")))
        for column, field in enumerate(TITLES, 1):
            book.worksheets[0].cell(2, column).value = row[field] or None
        book.save(folder / name)
    (folder / "c.txt").write_text("x", encoding="utf-8")
    run = collect_models(workspace, folder, TODAY)
    assert (run.files, run.new) == (2, [1])
    assert [(one.file.rpartition("/")[2], one.cell) for one in run.problems if one.severity == "error"] == [
        ("b.xlsx", "B2")
    ]


def test_the_blank_form(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "bieu.xlsx"
    assert issue_model_form(workspace, out, "Xã Một") == []
    assert out.read_bytes() == model_form(workspace, "X1")
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [title for title, _ in TITLES.values()]
    assert {*TITLES, "illustration"} == set(NAMES) and sheet["A2"].value == "X1"
    run = collect_models(workspace, out, TODAY)
    assert [one.message for one in run.problems] == ["Bảng chưa có dòng nào được điền."]
    out.write_bytes(b"x")
    assert [one.code for one in issue_model_form(workspace, out)] == ["letter-changed"]
    assert issue_model_form(workspace, out, replace=True) == []
    assert [one.code for one in issue_model_form(workspace, tmp_path / "k.xlsx", "Xã Lạ")] == ["name-match"]


def test_a_form_for_illustrative_units_says_so_and_is_taken_in(workspace: Workspace, tmp_path: Path) -> None:
    enter_body(workspace, "X1", name="Xã Một", kind="xã", illustration="1")
    book = openpyxl.load_workbook(io.BytesIO(model_form(workspace, "X1")))
    assert all("SỐ LIỆU MINH HỌA" in sheet.oddHeader.center.text for sheet in book)
    assert book.worksheets[0].cell(1, len(TITLES) + 1).value == "SỐ LIỆU MINH HỌA"
    for column, field in enumerate(TITLES, 1):
        book.worksheets[0].cell(2, column).value = GOOD[field] or None
    book.save(tmp_path / "a.xlsx")
    run = collect_models(workspace, tmp_path / "a.xlsx", TODAY)
    assert (run.new, run.problems) == ([1], [])


def full(workspace: Workspace) -> None:
    taken(
        workspace,
        GOOD,
        {**GOOD, "name": HOSTILE, "kind": "cách làm hay"},
        {**GOOD, "name": "Kín", "public": "không"},
        {**GOOD, "unit": "DN1", "name": "Nhà máy số"},
        {**PERSON, "unit": "X2"},
    )


@pytest.mark.parametrize(
    ("addressee", "numbers"), [("tuyen-giao", [1, 4, 2, 5]), ("bao-chi", [1, 4, 2, 5]), ("hiep-hoi", [4, 5])]
)
def test_who_gets_which(workspace: Workspace, addressee: str, numbers: list[int]) -> None:
    """What a unit keeps back goes to nobody; the association gets enterprises and business people."""
    full(workspace)
    report, problems = model_report(workspace, addressee, "2026")
    assert report is not None and problems == []
    assert [one.model.number for one in report.shown] == numbers
    assert report.held_back == 5 - len(numbers)
    assert report.shown[-1].name == "Lương Thị Thảo, Bí thư thôn"


def test_counts_beside_what_units_reported(workspace: Workspace) -> None:
    full(workspace)
    report, _ = model_report(workspace, "bao-chi", "2026")
    assert report is not None
    found = {one.unit: (one.listed, one.reported, one.difference) for one in report.counted}
    assert found == {"X1": (3, Fraction(3), 0), "X2": (1, Fraction(1), 0), "DN1": (1, None, None)}
    taken(workspace, {**GOOD, "unit": "X2", "name": "Thêm"}, {**GOOD, "unit": "X2", "name": "Nữa"})
    report, _ = model_report(workspace, "bao-chi", "2026")
    assert report is not None
    second = next(one for one in report.counted if one.unit == "X2")
    assert (second.difference, second.words) == (-2, "sổ nhiều hơn báo cáo 2: báo cáo thiếu")
    assert "Đối chiếu 3 đơn vị: 1 đơn vị lệch số." in report_lines(report)
    sheet = openpyxl.load_workbook(io.BytesIO(counts_workbook(workspace.movement, report))).worksheets[0]
    rows = {row[1]: row[3:6] for row in sheet.values if row[1] in ("X1", "X2", "DN1")}
    assert rows == {"X1": (3, 3, 0), "X2": (3, 1, -2), "DN1": (1, "–", "–")}
    assert any("CHỈ DÙNG NỘI BỘ" in str(row[0]) for row in sheet.values)


def text_of(content: bytes) -> str:
    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join(one.text or "" for one in body.iter() if one.tag.endswith("}t"))


def test_the_word_list_and_the_workbook(workspace: Workspace) -> None:
    full(workspace)
    report, _ = model_report(workspace, "bao-chi", "2026")
    assert report is not None
    content, problems = model_document(workspace, report)
    assert problems == [] and content == model_document(workspace, report)[0]
    assert layout_problems(content, MODELS.name) == []
    text = text_of(content)
    for told in (
        "Các cơ quan báo chí",
        "Tổ công nghệ số",
        "Lương Thị Thảo, Bí thư thôn",
        "Bà Lương tận tụy",
        "gồm 04 mục",
    ):
        assert told in text
    assert '=HYPERLINK("http://x") <b>&amp; {{ x }} ../../etc abc' in text
    assert "Kín" not in text and "E900" not in text
    book = list_workbook(workspace.movement, report)
    cells = [
        str(value) for row in openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].values for value in row if value
    ]
    assert "Kín" not in cells and "E900" not in cells and sum(one.startswith("=HYPERLINK") for one in cells) == 1
    import zipfile

    with zipfile.ZipFile(io.BytesIO(book)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_illustrative_data_say_so(workspace: Workspace) -> None:
    enter_body(workspace, "X2", illustration="có")
    full(workspace)
    report, _ = model_report(workspace)
    assert report is not None and report.stamps == ("SỐ LIỆU MINH HỌA",)
    section = docx.Document(io.BytesIO(model_document(workspace, report)[0])).sections[0]
    assert "SỐ LIỆU MINH HỌA" in "".join(one.text for one in section.first_page_header.paragraphs)


def test_the_template_knows_its_fields(workspace: Workspace) -> None:
    full(workspace)
    path = workspace.movement_folder / "mau" / MODELS.file
    assert template_problems(MODELS, path.read_bytes(), path) == []
    report, _ = model_report(workspace)
    assert report is not None
    given, sample = model_fields(workspace, report), MODELS.sample()
    assert set(given) == set(sample)
    assert set(given["cac_loai"][0]["danh_sach"][0]) == set(sample["cac_loai"][0]["danh_sach"][0])


def run(workspace: Workspace, what: Any, *arguments: str) -> Any:
    return CliRunner().invoke(what, list(arguments), obj=Called(workspace.root))


def test_the_commands(workspace: Workspace) -> None:
    made = run(workspace, command, "form")
    assert made.exit_code == 0 and (workspace.root / "bieu-giao" / "mo-hinh-guong-dien-hinh.xlsx").is_file()
    path = file_of(workspace.root.parent, GOOD, {**PERSON, "unit": "X2"})
    assert "2 mục mới" in run(workspace, command, "collect", str(path)).output
    told = run(workspace, command, "list", "2026").output
    assert "2 mục trong sổ." in told and "E900" in told and "Thảo" not in told
    assert run(workspace, command, "list", "năm nay").exit_code == 1
    bad = run(workspace, command, "collect", str(file_of(workspace.root.parent, {**GOOD, "kind": "lạ"})))
    assert bad.exit_code == 1 and "Không có loại “lạ”" in bad.output
    done = run(workspace, report_command, "2026", "--for", "hiep-hoi")
    assert done.exit_code == 0, done.output
    folder = workspace.results("2026")
    document = folder / "danh-sach-mo-hinh-hiep-hoi-2026.docx"
    assert document.is_file() and (folder / "doi-chieu-mo-hinh-2026.xlsx").is_file()
    document.write_bytes(b"edited")
    again = run(workspace, report_command, "2026", "--for", "hiep-hoi")
    assert again.exit_code == 1 and document.read_bytes() == b"edited"
    assert run(workspace, report_command, "2026", "--for", "hiep-hoi", "--replace").exit_code == 0
    assert run(workspace, report_command, "kỳ lạ").exit_code == 1
