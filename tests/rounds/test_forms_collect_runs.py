"""Runs over folders: the same file again, newer and older ones, closed groups, what is passed over, batches, the command."""

from __future__ import annotations

import hashlib
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from records.forms.issuing.issue import issue
from records.forms.submissions import latest_submissions
from records.rounds import close_group, reopen_group
from records.workspace.folder import Workspace, open_workspace
from tests.rounds.form_filling import FIGURES, fill, fill_batch, found, issued_form, round_with_forms, taken
from tests.rounds.mutations import with_shared_strings
from tests.rounds.support import enter_body

IDEAS = {"measure:ideas": 3, "measure:used": 2}


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    return round_with_forms(tmp_path)


def test_the_same_file_changes_nothing(here: Workspace, tmp_path: Path) -> None:
    form = fill(issued_form(here, "B1"), tmp_path / "in" / "B1.xlsx")
    run, first = taken(here, form.parent)
    assert (run.groups["a"].taken, run.groups["a"].same, run.groups["a"].missing) == (1, 0, ["B2", "B3"])
    shutil.copy(form, form.with_name("bản chép.xlsx"))
    run, again = taken(here, form.parent)
    assert again == first and not run.wrong
    assert (run.groups["a"].taken, run.groups["a"].same, run.same_files) == (0, 2, ["B1.xlsx", "bản chép.xlsx"])
    assert len(list(here.received("2026").iterdir())) == 1


def test_a_form_opened_and_saved_again_is_the_same(here: Workspace, tmp_path: Path) -> None:
    form = fill(issued_form(here, "B1"), tmp_path / "in" / "B1.xlsx")
    run, first = taken(here, form.parent)
    form.with_name("lưu lại.xlsx").write_bytes(with_shared_strings(form.read_bytes()))
    run, again = taken(here, form.parent)
    assert not run.wrong and again == first and run.groups["a"].same == 2


KILLED = """
import os, signal, sys
from pathlib import Path
from records.forms.collecting.collect import collect
from records.ledger.database import Writer
from records.workspace.folder import open_workspace

left = int(sys.argv[3])

def then_die(function):
    def one(*words):
        global left
        function(*words)
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return one

os.replace, Writer.submit = then_die(os.replace), then_die(Writer.submit)
workspace, _ = open_workspace(Path(sys.argv[1]))
collect(workspace, "2026", Path(sys.argv[2]))
"""


def test_a_killed_run_leaves_whole_forms(here: Workspace, tmp_path: Path) -> None:
    """Killed after every single step: what is stored has its file, its evidence and all its rows; the next run goes on."""
    document = {"criterion": "S1.1", "number": "7", "date": "1/2/2026", "issuer": "Sở", "summary": "x", "file": "a.pdf"}
    for owner in ("B1", "B2"):
        form = fill(issued_form(here, owner), tmp_path / "in" / owner / "b.xlsx", {"evidence:1": document})
        (form.parent / "minh-chung").mkdir()
        (form.parent / "minh-chung" / "a.pdf").write_bytes(owner.encode())
    fill_batch(issued_form(here, "B1", "e"), tmp_path / "in" / "c.xlsx", {f"P{n}": IDEAS for n in (1, 2, 3)})
    here.close()
    counts = []
    for step in (1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4):
        words = [sys.executable, "-c", KILLED, str(here.root), str(tmp_path / "in"), str(step)]
        ended = subprocess.run(words, check=False, capture_output=True, timeout=60)
        again, problems = open_workspace(here.root)
        assert again is not None, problems
        stored = again.database.submissions("2026")
        for one in stored:
            kept = again.received("2026") / f"{one.file_sha256}.xlsx"
            assert hashlib.sha256(kept.read_bytes()).hexdigest() == one.file_sha256
            for item in one.answers["evidence"]:
                file = again.received("2026") / "minh-chung" / f"{item['sha256']}.pdf"
                assert hashlib.sha256(file.read_bytes()).hexdigest() == item["sha256"]
        assert sum(one.candidate.startswith("P") for one in stored) in (0, 3)
        again.close()
        counts.append((ended.returncode, len(stored)))
        if ended.returncode == 0:
            break
    assert [count for _, count in counts] == sorted(count for _, count in counts) and counts[-1] == (0, 5)
    assert len({count for code, count in counts if code == -signal.SIGKILL}) > 2, counts


def test_a_newer_form_supersedes_and_the_old_one_stays(here: Workspace, tmp_path: Path) -> None:
    source = issued_form(here, "B1")
    fill(source, tmp_path / "1" / "B1.xlsx", version=2, date="20/11/2026")
    taken(here, tmp_path / "1")
    fill(source, tmp_path / "2" / "B1.xlsx", {**FIGURES, "measure:due": 30}, version=3, date="19/11/2026")
    run, stored = taken(here, tmp_path / "2")
    assert (run.groups["a"].taken, run.groups["a"].replaced) == (1, 1)
    assert [one.version for one in stored] == [2, 3]
    assert latest_submissions(here, "2026")["B1"].answers["values"]["due"] == "30"
    for version, day in ((3, "19/11/2026"), (3, "18/11/2026"), (2, "25/11/2026"), (1, "25/11/2026")):
        fill(source, tmp_path / "cũ" / "B1.xlsx", {**FIGURES, "measure:due": 40}, version=version, date=day)
        run, stored = taken(here, tmp_path / "cũ")
        assert found(run) == [("form-older", "", "")] and len(stored) == 2, (version, day)
    fill(source, tmp_path / "cũ" / "B1.xlsx", {**FIGURES, "measure:due": 50}, version=3, date="20/11/2026")
    assert not taken(here, tmp_path / "cũ")[0].wrong  # the same version with a later letter
    assert latest_submissions(here, "2026")["B1"].answers["values"]["due"] == "50"


def test_both_versions_in_one_folder_come_in_in_order(here: Workspace, tmp_path: Path) -> None:
    fill(issued_form(here, "B1"), tmp_path / "in" / "a.xlsx", {**FIGURES, "measure:due": 30}, version=2)
    fill(issued_form(here, "B1"), tmp_path / "in" / "b.xlsx", version=1)
    run, stored = taken(here, tmp_path / "in")
    assert not run.wrong and [one.version for one in stored] == [1, 2]
    assert latest_submissions(here, "2026")["B1"].answers["values"]["due"] == "30"


def test_two_files_with_one_version_are_both_refused(here: Workspace, tmp_path: Path) -> None:
    fill(issued_form(here, "B1"), tmp_path / "in" / "a.xlsx")
    fill(issued_form(here, "B1"), tmp_path / "in" / "b" / "b.xlsx", {**FIGURES, "measure:due": 30})
    fill(issued_form(here, "B2"), tmp_path / "in" / "c.xlsx")
    run, stored = taken(here, tmp_path / "in")
    assert found(run) == [("form-twice", "", "")] * 2 and [one.candidate for one in stored] == ["B2"]
    assert {problem.file for problem in run.problems} == {"a.xlsx", "b/b.xlsx"}


def test_a_bad_form_does_not_keep_the_good_one_out(here: Workspace, tmp_path: Path) -> None:
    fill(issued_form(here, "B1"), tmp_path / "in" / "a.xlsx", {"measure:due": "x"})
    fill(issued_form(here, "B2"), tmp_path / "in" / "b.xlsx")
    (tmp_path / "in" / "c.xlsx").write_bytes(b"PK")
    run, stored = taken(here, tmp_path / "in")
    assert [code for code, _, _ in found(run)] == ["number", "form-unsafe"]
    assert [one.candidate for one in stored] == ["B2"]
    assert (run.groups["a"].taken, run.groups["a"].wrong, run.groups[""].wrong) == (1, 1, 1)
    assert len(list(here.received("2026").iterdir())) == 1


def test_a_closed_group_takes_in_nothing_until_it_is_reopened(here: Workspace, tmp_path: Path) -> None:
    fill(issued_form(here, "B1"), tmp_path / "in" / "B1.xlsx")
    assert close_group(here, "2026", "a", date(2026, 12, 1), "5/QĐ") == []
    run, stored = taken(here, tmp_path / "in", "muộn")
    assert found(run) == [("closed", "", "")] and stored == []
    assert reopen_group(here, "2026", "a", date(2026, 12, 2), "bão") == []
    run, stored = taken(here, tmp_path / "in")
    assert found(run) == [("closed", "", "")] and stored == []
    run, stored = taken(here, tmp_path / "in", "muộn vì bão")
    assert not run.wrong and stored[0].reason == "muộn vì bão"


def test_what_is_no_form_is_named(here: Workspace, tmp_path: Path) -> None:
    fill(issued_form(here, "B1"), tmp_path / "in" / "đơn vị" / "B1.XLSX")
    inside = tmp_path / "in" / "đơn vị"
    for name in ("~$B1.xlsx", "cũ.xls", "macro.xlsm", "thư.docx"):
        (inside / name).write_bytes(b"x")
    (inside / "Minh-Chung").mkdir()
    (inside / "Minh-Chung" / "bảng.xlsx").write_bytes(b"x")
    (tmp_path / "in" / "tắt.xlsx").symlink_to(inside / "B1.XLSX")
    run, stored = taken(here, tmp_path / "in")
    assert sorted((problem.code, problem.file, problem.severity) for problem in run.problems) == [
        ("form-foreign", "đơn vị/cũ.xls", "warning"),
        ("form-foreign", "đơn vị/macro.xlsm", "warning"),
        ("form-foreign", "đơn vị/thư.docx", "warning"),
        ("form-unsafe", "tắt.xlsx", "error"),
    ]
    assert len(stored) == 1


def test_a_batch_gives_one_submission_per_row(here: Workspace, tmp_path: Path) -> None:
    document = {"candidate": "P2", "criterion": "N2", "number": "1", "date": "1/2/2026", "issuer": "Sở", "summary": "s"}
    rows = {"P1": IDEAS, "P2": {"measure:ideas": "KAD", "measure:used": "KAD", "measure:labour": 4}}
    claim = ["P2", "N1", "Không làm nghiên cứu"]
    fill_batch(issued_form(here, "B1", "e"), tmp_path / "in" / "b.xlsx", rows, claim_1=claim, evidence_1=document)
    run, stored = taken(here, tmp_path / "in")
    assert not run.wrong and [one.candidate for one in stored] == ["P1", "P2"]
    assert [p.severity for p in run.problems] == ["note"] and "Người 3" in run.problems[0].message
    assert run.groups["e"].missing == ["P3"] and len({one.file_sha256 for one in stored}) == 1
    first, second = (one.answers for one in stored)
    assert first["values"] == {"ideas": "3", "used": "2"} and first["claims"] == {} and first["evidence"] == []
    assert second["claims"] == {"N1": "Không làm nghiên cứu"} and second["evidence"][0]["criterion"] == "N2"
    assert second["values"] == {"ideas": "KAD", "used": "KAD", "labour": "4"}


@pytest.mark.parametrize(
    ("rows", "others", "wanted"),
    [
        ({"P1": IDEAS, "P2": {"measure:ideas": "x"}}, {}, ("number", "tb-nguoi")),
        ({"P1": {"measure:ideas": 1, "measure:used": 2}}, {}, ("out-of-range", "tb-nguoi")),
        ({"P1": {"measure:ideas": "KAD", "measure:used": None}}, {}, ("claim", "tb-nguoi")),
        ({"P1": IDEAS}, {"claim_1": ["P1", "N1", "vì"]}, ("claim", "tb-nguoi")),
        ({"P1": IDEAS}, {"claim_1": ["P1", "N2", None]}, ("claim", "Khong ap dung")),
        ({"P1": IDEAS}, {"claim_1": ["P9", "N2", "vì"]}, ("claim", "Khong ap dung")),
        ({"P1": IDEAS}, {"claim_1": ["P1", "S1", "vì"]}, ("claim", "Khong ap dung")),
        ({}, {}, ("form-cell", "")),
    ],
)
def test_one_bad_row_keeps_the_whole_batch_out(here, tmp_path, rows, others, wanted) -> None:  # type: ignore[no-untyped-def]
    fill_batch(issued_form(here, "B1", "e"), tmp_path / "in" / "b.xlsx", rows, **others)
    run, stored = taken(here, tmp_path / "in")
    assert {(code, sheet) for code, sheet, _ in found(run)} == {wanted} and stored == []


def test_rows_of_a_batch_that_are_gone_or_of_others(here: Workspace, tmp_path: Path) -> None:
    import openpyxl

    from tests.rounds.form_filling import row_of

    form = fill_batch(issued_form(here, "B1", "e"), tmp_path / "in" / "b.xlsx", {"P1": IDEAS})
    book = openpyxl.load_workbook(form)
    book["tb-nguoi"].delete_rows(row_of(book["tb-nguoi"], "candidate:P3"))
    book["tb-nguoi"].cell(row_of(book["tb-nguoi"], "candidate:P2"), 1).value = "candidate:P9"
    book.save(form)
    run, stored = taken(here, tmp_path / "in")
    assert [code for code, _, _ in found(run)] == ["form-line"] * 3 and stored == []
    enter_body(here, "P2", parent="B2")
    fill_batch(issued_form(here, "B1", "e"), tmp_path / "in" / "b.xlsx", {"P1": IDEAS})
    run, stored = taken(here, tmp_path / "in")
    assert found(run)[0][0] == "form-line" and "P2" in run.problems[0].message and stored == []
    issue(here, "2026")
    fill_batch(issued_form(here, "B1", "e"), tmp_path / "in" / "b.xlsx", {"P1": IDEAS})
    run, stored = taken(here, tmp_path / "in")
    assert not run.wrong and [one.candidate for one in stored] == ["P1"]


def test_the_command_says_what_was_taken_and_what_comes_next(here: Workspace, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from thidua.calling import Called
    from thidua.commands.forms_collect import collect

    def call(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(collect, ["2026", *words], obj=Called(here.root))
        return done.exit_code, done.output

    fill(issued_form(here, "B1"), tmp_path / "in" / "B1.xlsx")
    code, said = call(str(tmp_path / "in"))
    assert code == 0 and "Nhóm a: thu được 1, chưa nộp 2." in said and "Tiếp theo:" in said
    errors = here.results("2026") / "loi-thu-bieu.xlsx"
    assert not errors.exists()
    fill(issued_form(here, "B2"), tmp_path / "in" / "B2.xlsx", {"measure:due": "x"})
    code, said = call(str(tmp_path / "in"))
    assert code == 1 and "LỖI number" in said and "trùng bản đã thu 1" in said and errors.is_file()
    fill(issued_form(here, "B2"), tmp_path / "in" / "B2.xlsx")
    code, said = call(str(tmp_path / "in"), "--errors", str(tmp_path / "l.xlsx"))
    assert code == 0 and not (tmp_path / "l.xlsx").exists()
    assert call(str(tmp_path / "không có"))[0] == 1
    (tmp_path / "trống").mkdir()
    code, said = call(str(tmp_path / "trống"))
    assert code == 0 and "Không thấy biểu nào" in said
