"""Personal data: outside the chain, given out, corrected, erased when the time has come; each time with an entry."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from records.forms.answers import Answers, EvidenceItem
from records.forms.submissions import latest_submissions
from records.ledger.database import Submission
from records.ledger.entries import Entry
from records.ledger.selecting import Wanted, select_entries
from records.ledger.verifying import prove
from records.persons.acting import correct_person, erase_person, export_person
from records.persons.fields import always_personal, is_personal
from records.persons.retention import kept
from records.roster.importing import import_roster
from records.roster.roster import load_roster
from records.workspace.folder import Workspace
from reports.person_file import person_document, person_workbook
from tests.rounds.support import MOVEMENT, new_workspace
from thidua.calling import Called
from thidua.commands.person import person
from thidua.demonstration.round import demonstrate

NAME, POST, CODE, HEAD = "Lương Thị Thảo Nguyên", "Phó Trưởng phòng Tin học", "0341999", "Quách Văn Đứng Đầu"
EXPLAINED = f"{NAME} đã nộp đủ sáng kiến"
LIST = f"""mã,tên,loại,nhóm,cơ quan quản lý,tiểu nhóm,chức vụ,thủ trưởng
B900,Sở Thử,sở/ban/ngành,a,,,,{HEAD}
E900,{NAME},cá nhân,e,B900,"cán bộ, công chức, viên chức, người lao động",{POST},
"""


def entries_text(path: Path) -> str:
    """Every column of the chain."""
    with closing(sqlite3.connect(path)) as connection:
        return json.dumps(connection.execute("SELECT * FROM entries").fetchall(), ensure_ascii=False)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = new_workspace(tmp_path / "w")
    listed = tmp_path / "danh-sach.csv"
    listed.write_text(LIST, encoding="utf-8")
    done, problems = import_roster(made, [listed])
    assert done is not None, problems
    item = EvidenceItem("E1.1", "5/QĐ", "2026-01-02", "Sở Thử", f"Khen {NAME}", "a.pdf", "a" * 64)
    answers = Answers(values={"ideas": "3"}, evidence=[item], signed={"compiled_by": NAME}).as_dict()
    with made.database.writing() as writer:
        writer.submit(Submission("2026", "E900", "s", 1, "", "", "f" * 64, "B900.xlsx", answers))
        other = Answers(signed={"compiled_by": NAME}).as_dict()
        writer.submit(Submission("2026", "B900", "s", 1, "", "", "e" * 64, "B900-don.xlsx", other))
        score = {"author": "B900", "role": "unit", "stage": "explained"}
        writer.append([Entry("score:2026/E900", "E1.1/explanation", EXPLAINED, **score)])  # type: ignore[arg-type]
        writer.append([Entry("score:2026/B900", "A1.1/explanation", "đơn vị đã nộp", **score)])  # type: ignore[arg-type]
        writer.append([Entry("body:E900", "code:can-bo", CODE, personal=True)])
        writer.append([Entry("complaint:2026/1", "who", "Đỗ Thị Hỏi"), Entry("complaint:2026/1", "candidate", "E900")])
    kept_form = made.received("2026") / f"{'f' * 64}.xlsx"
    kept_form.parent.mkdir(parents=True)
    kept_form.write_bytes(b"x")
    (made.results("2026")).mkdir()
    (made.results("2026") / "danh-sach.csv").write_text(f"E900;{NAME.upper()}\n", encoding="utf-8")
    (made.results("2026") / "khac.csv").write_text("E901;ai đó\n", encoding="utf-8")
    return made


def called(workspace: Workspace, *words: str) -> Result:
    return CliRunner().invoke(person, list(words), obj=Called(workspace.root, "an"))


def test_what_is_personal_stands_in_one_table() -> None:
    for field in ("name", "alias", "post", "code:mst", "sáng kiến"):
        assert is_personal("body:E1", field, person=True) and not is_personal("body:B1", field, person=False)
    for field in ("kind", "parent", "sub_type", "pool"):
        assert not is_personal("body:E1", field, person=True)
    assert always_personal("body:B1", "head") and always_personal("complaint:2026/1", "who")
    assert always_personal("panel:2026/x", "p1") and always_personal("task:12", "plan_person:B1")
    assert always_personal("review:2026/b", "signed") and not always_personal("panel:2026/x", "p1/collected")
    assert not always_personal("task:12", "plan_date") and not always_personal("mark:2026/E1", "x/A/p1")
    assert is_personal("score:2026/E1", "A1/evidence:2", person=True)
    assert not is_personal("score:2026/E1", "A1/measure:x", person=True)


def test_nothing_personal_in_the_chain(workspace: Workspace) -> None:
    text = entries_text(workspace.database.path)
    for told in (NAME, POST, CODE, HEAD, EXPLAINED, "Đỗ Thị Hỏi"):
        assert told not in text
    assert "Sở Thử" in text and "đơn vị đã nộp" in text
    body = load_roster(workspace).bodies["E900"]
    assert (body.name(), body.value("post"), body.value("code:can-bo")) == (NAME, POST, CODE)
    assert workspace.database.entries("score:2026/E900")[-1].value == EXPLAINED
    assert prove(workspace.database).breaks == []


def test_nothing_personal_in_the_chain_of_a_whole_round(tmp_path: Path) -> None:
    for _ in demonstrate(MOVEMENT, tmp_path, 7):
        pass
    root = tmp_path / "thai-binh-2025-2030"
    workspace = Workspace(root, new_workspace(tmp_path / "w").movement)
    bodies = load_roster(workspace).bodies.values()
    names = {name for body in bodies if body.person for name in body.names}
    names |= {entry.value for body in bodies for entry in body.facts.history("head")}
    assert len(names) > 10
    text = entries_text(workspace.database.path)
    assert [name for name in sorted(names) if name in text] == []
    assert prove(workspace.database).breaks == []


def test_everything_about_a_person_is_given_out_and_that_is_entered(workspace: Workspace) -> None:
    before = workspace.database.head()[0]
    held, problems = export_person(workspace, "E900", "bà yêu cầu ngày 1/2/2027")
    assert held is not None, problems
    access = workspace.database.entries("person:E900")
    assert [(e.field, e.reason, e.by, e.number) for e in access] == [
        ("exported", "bà yêu cầu ngày 1/2/2027", "người thử", before + 1)
    ]
    document = json.loads(person_document(held))
    assert {entry["field"]: entry["value"] for entry in document["values"]}["post"] == POST
    assert document["submissions"][0]["answers"]["evidence"][0]["number"] == "5/QĐ"
    assert EXPLAINED in [entry["value"] for entry in document["acts"]]
    assert [(one["subject"], one["field"]) for one in document["mentions"]] == [("score:2026/B900", "handed_in")]
    assert [one["path"] for one in document["files"]] == [
        f"bieu-thu/2026/{'f' * 64}.xlsx",
        "ket-qua/2026/danh-sach.csv",
    ]
    book = openpyxl.load_workbook(BytesIO(person_workbook(held, {})))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {NAME, POST, CODE, EXPLAINED, "5/QĐ", "ket-qua/2026/danh-sach.csv"} <= cells
    assert person_workbook(held, {}) == person_workbook(held, {})


def test_the_command_writes_two_files(workspace: Workspace) -> None:
    outcome = called(workspace, "export", "E900", "--reason", "kiểm tra")
    assert outcome.exit_code == 0, outcome.output
    assert {path.name for path in (workspace.root / "ket-qua" / "ca-nhan").iterdir()} == {"E900.xlsx", "E900.json"}
    for words in (("export", "B900"), ("export", "E999"), ("export", "../x")):
        refused = called(workspace, *words, "--reason", "x")
        assert refused.exit_code == 1 and "LỖI personal" in refused.output
    assert called(workspace, "export", "E900", "--reason", " ").exit_code == 1
    assert called(workspace, "export", "E900").exit_code == 2
    assert len(workspace.database.entries("person")) == 1


def test_a_correction_is_a_new_entry(workspace: Workspace) -> None:
    first = workspace.database.entries("body:E900")[0]
    new = "Lương Thị Thảo Nguyễn"
    old, problems = correct_person(workspace, "E900", "name", f" {new} ", "viết sai", "CCCD ngày 1/1/2027")
    assert old is not None and old.number == first.number and old.value == NAME, problems
    assert load_roster(workspace).bodies["E900"].name() == new
    assert NAME in load_roster(workspace).bodies["E900"].names
    told = workspace.database.entries("person:E900")[-1]
    assert (told.field, told.value, told.reason, told.source) == (
        "corrected", f"name: mục {first.number}", "viết sai", "CCCD ngày 1/1/2027",
    )  # fmt: skip
    assert new not in entries_text(workspace.database.path) and prove(workspace.database).breaks == []
    said = select_entries(workspace.database, Wanted(candidate="E900"))
    corrected = next(e for e in said.entries if e.field == "name" and e.value == new)
    assert said.before[corrected.number] == NAME
    held, _ = export_person(workspace, "E900", "xem")
    assert held is not None
    states = [
        row[6].value
        for row in openpyxl.load_workbook(BytesIO(person_workbook(held, {})))["Danh sach"].iter_rows(min_row=4)
    ]
    assert f"đã thay bởi mục {corrected.number}" in states
    for field, value, code in (
        ("name", new, "personal"), ("name", "", "personal"), ("kind", "xã", "personal"), ("post", "x" * 400, "roster-field"),
    ):  # fmt: skip
        assert [p.code for p in correct_person(workspace, "E900", field, value, "l", "v")[1]] == [code]
    assert [p.code for p in correct_person(workspace, "E900", "post", "Trưởng phòng", "", " ")[1]] == [
        "reason",
        "reason",
    ]


def test_erased_only_when_the_time_has_come(workspace: Workspace) -> None:
    entered = max(date.fromisoformat(e.at[:10]) for e in workspace.database.entries("body:E900"))
    last = max(date(2026, 12, 31), entered)
    held, _ = kept(workspace)
    assert [(one.ident, one.retention.id, one.last, one.until) for one in held] == [
        ("E900", "danh-sach", last, date(last.year + 11, 1, 1)),
        ("E900", "bieu", last, date(last.year + 6, 1, 1)),
    ]
    refused = erase_person(workspace, "E900", "hết hạn", "1/QĐ", date(last.year + 5, 12, 31))
    assert refused[0] is None and [problem.code for problem in refused[1]] == ["retention", "retention"]
    assert called(workspace, "erase", "E900", "--reason", "x", "--document", "y", "--yes").exit_code == 1
    forms, problems = erase_person(workspace, "E900", "hết hạn", "1/QĐ", date(last.year + 6, 1, 1))
    assert forms is not None and [one.retention.id for one in forms.stays] == ["danh-sach"], problems
    assert set(latest_submissions(workspace, "2026")) == {"B900"} and prove(workspace.database).breaks == []
    assert load_roster(workspace).bodies["E900"].name() == NAME
    done, problems = erase_person(workspace, "E900", "hết hạn", "2/QĐ", date(last.year + 11, 1, 1))
    assert done is not None and not done.stays, problems
    assert [one.path for one in done.files] == ["ket-qua/2026/danh-sach.csv"]
    assert [one.subject for one in done.mentions] == ["score:2026/B900"]
    assert load_roster(workspace).bodies["E900"].name() == "E900"
    proof = prove(workspace.database)
    assert proof.breaks == [] and proof.erased == forms.entries + done.entries > 4
    workspace.database.close()
    raw = workspace.database.path.read_bytes()
    for told in (POST, CODE, EXPLAINED, "Khen Lương"):
        assert told.encode() not in raw
    assert kept(workspace)[0] == []
    assert [p.code for p in erase_person(workspace, "E900", "l", "v", date(2099, 1, 1))[1]] == ["retention"]


def test_without_a_declared_time_nothing_is_erased(workspace: Workspace) -> None:
    workspace.movement.retention.clear()
    assert [p.code for p in erase_person(workspace, "E900", "l", "v", date(2099, 1, 1))[1]] == ["retention"]
    assert load_roster(workspace).bodies["E900"].name() == NAME


def test_retention_is_listed_by_class(workspace: Workspace) -> None:
    outcome = called(workspace, "retention", "--on", "1/1/2099")
    assert outcome.exit_code == 0 and outcome.output.count("xóa được của 1 trong 1 người") == 2
    assert "10 năm (đề xuất, chưa ai quyết định)" in outcome.output and NAME not in outcome.output
