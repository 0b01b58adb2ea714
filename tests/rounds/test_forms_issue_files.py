"""Issuing: which files appear where, what happens the second time, what is refused."""

from __future__ import annotations

import html
import io
import re
import warnings
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from criteria.problems import ERROR, WARNING, errors
from records.forms.issuing.files import form_name, form_path, group_folder, slug
from records.forms.issuing.issue import issue
from records.rounds import close_group
from records.spreadsheets.footers import plain_footer
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_if_changed, write_whole
from tests.rounds.support import enter_body, new_workspace
from thidua.main import application


def two_bodies(root: Path) -> Workspace:
    workspace = new_workspace(root)
    enter_body(workspace, "B001", name="Sở Nội vụ", kind="sở/ban/ngành")
    enter_body(workspace, "B040", name="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", kind="MTTQ & đoàn thể")
    return workspace


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_same_input_same_bytes(tmp_path: Path) -> None:
    found = []
    for name in ("một", "hai"):
        workspace = two_bodies(tmp_path / name)
        issue(workspace, "2026")
        found.append(files(workspace.issued("2026")))
    assert found[0] == found[1]
    assert sorted(found[0]) == ["a/B001-a-so-noi-vu.xlsx", "b/B040-b-uy-ban-mat-tran-to-quoc-viet-nam-tinh.xlsx"]


def test_issuing_again_writes_only_what_changed(tmp_path: Path) -> None:
    workspace = two_bodies(tmp_path / "ws")
    received = workspace.received("2026")
    received.mkdir(parents=True)
    (received / "cũ.xlsx").write_bytes(b"x")
    issue(workspace, "2026")
    before, last = files(workspace.issued("2026")), workspace.database.last_entry()
    issued, _ = issue(workspace, "2026")
    assert [one.written for one in issued] == [0, 0] and workspace.database.last_entry() == last
    enter_body(workspace, "B001", name="Sở Nội vụ tỉnh")
    issued, _ = issue(workspace, "2026")
    assert [(one.letter, one.written) for one in issued] == [("a", 1), ("b", 0)]
    after = files(workspace.issued("2026"))
    assert [name for name in before if before[name] != after[name]] == []  # the new name has a new file
    assert set(after) - set(before) == {"a/B001-a-so-noi-vu-tinh.xlsx"}
    assert files(received) == {"cũ.xlsx": b"x"}


def test_out_is_written_instead(tmp_path: Path) -> None:
    workspace = two_bodies(tmp_path / "ws")
    issued, problems = issue(workspace, "2026", ["a"], tmp_path / "ngoài")
    assert errors(problems) == [] and issued[0].folder == tmp_path / "ngoài" / "a"
    assert list(files(tmp_path / "ngoài")) == ["a/B001-a-so-noi-vu.xlsx"] and not workspace.issued("2026").exists()


def test_refused_groups_and_rounds(tmp_path: Path) -> None:
    workspace = two_bodies(tmp_path / "ws")
    assert [p.code for p in issue(workspace, "2031")[1]] == ["round"]
    (problem,) = issue(workspace, "so-ket-2027")[1]
    assert problem.severity == ERROR and "2025, 2026, 2027-h1" in problem.message and "không có biểu" in problem.message
    assert [p.code for p in issue(workspace, "2026", ["x"])[1]] == ["group"]
    close_group(workspace, "2026", "a", date(2026, 12, 5), "Quyết định số 1")
    issued, problems = issue(workspace, "2026")
    assert [one.letter for one in issued] == ["b"] and [(p.code, p.severity) for p in problems] == [("closed", WARNING)]
    issued, problems = issue(workspace, "2026", ["a", "b"])
    assert issued == [] and [(p.code, p.severity) for p in problems] == [("closed", ERROR)]


def test_nobody_to_issue_to(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "ws")
    issued, problems = issue(workspace, "2026")
    assert issued == [] and ["roster import" in p.hint for p in errors(problems)] == [True]


def test_what_a_round_lacks_is_said(tmp_path: Path) -> None:
    from records.rounds import open_round

    workspace = two_bodies(tmp_path / "ws")
    open_round(workspace, "2027", date(2027, 1, 5))
    _, problems = issue(workspace, "2027", ["a"])
    assert [(p.code, p.severity) for p in problems] == [("round", WARNING)]
    assert "hạn nộp" in problems[0].message and "số văn bản" in problems[0].message


def test_a_body_nobody_is_sure_about_is_named(tmp_path: Path) -> None:
    workspace = two_bodies(tmp_path / "ws")
    enter_body(workspace, "B009", name="Sở Cũ", kind="sở/ban/ngành", successor_proposed="Sở Mới")
    issued, problems = issue(workspace, "2026", ["a"])
    assert issued[0].forms == 1 and [(p.file, p.severity) for p in problems] == [("B009", WARNING)]


def test_a_wrong_set_stops_everything(tmp_path: Path) -> None:
    workspace = two_bodies(tmp_path / "ws")
    enter_body(workspace, "B002", name="Sở Hai", kind="sở/ban/ngành", set="khong-co.yaml")
    issued, problems = issue(workspace, "2026")
    assert issued == [] and errors(problems) and not workspace.issued("2026").exists()


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    workspace = two_bodies(tmp_path / "ws")
    (workspace.issued("2026") / "a" / "B001-a-so-noi-vu.xlsx").mkdir(parents=True)
    issued, problems = issue(workspace, "2026")
    assert [(p.code, "B001" in p.message) for p in errors(problems)] == [("output", True)]
    assert [one.letter for one in issued] == ["b"]
    stored = [entry.value for entry in workspace.database.entries("form") if entry.field == "file"]
    assert stored == ["bieu-giao/2026/b/B040-b-uy-ban-mat-tran-to-quoc-viet-nam-tinh.xlsx"]
    assert not list(workspace.issued("2026").rglob(".*"))


@pytest.mark.parametrize("ident", ["../../etc", "..", "a/b", "C:\\x", "", "CON", ".", "đ" * 300, "x\x00y", "\u202eB1"])
@pytest.mark.parametrize("name", ["../../tên", "", "CON", "aux.xlsx", "đ" * 300, "<b>&'\"", "日本"])
def test_names_of_files_are_safe(tmp_path: Path, ident: str, name: str) -> None:
    found = form_name(ident, name)
    assert found.isascii() and len(found) < 120 and not set(found) & set('/\\:*?"<>|\x00')
    assert found.endswith(".xlsx") and not found.startswith((".", "-")) and found.partition(".")[0].upper() != "CON"
    (tmp_path / found).touch()


def test_slug_of_vietnamese() -> None:
    assert slug("Sở Khoa học và Công nghệ") == "so-khoa-hoc-va-cong-nghe"
    assert slug("Đoàn Thanh niên") == "doan-thanh-nien"
    assert len(slug("nghiêng " * 20)) <= 40 and not slug("nghiêng " * 20).endswith("-")


def test_two_ids_never_share_a_file(tmp_path: Path) -> None:
    group = new_workspace(tmp_path / "ws", period=None).group("đ")
    assert group is not None and group_folder(group) == "f"
    taken: set[str] = set()
    paths = [form_path(tmp_path, group, ident, "x", taken) for ident in ("b1", "B1", "a/b", "a-b", "a b")]
    assert len({str(path).lower() for path in paths}) == 5


def test_whole_files(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    assert write_if_changed(path, b"1") and not write_if_changed(path, b"1") and write_if_changed(path, b"2")
    with pytest.raises(OSError):
        write_whole(tmp_path / "a", b"3")  # a folder
    assert files(tmp_path) == {"a/b.txt": b"2"}


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    two_bodies(tmp_path / "ws").close()
    done = CliRunner().invoke(application, ["-C", str(tmp_path / "ws"), "forms", "issue", "2026", "--group", "a"])
    assert done.exit_code == 0, done.output
    assert "Nhóm a: 1 biểu, ở" in done.output and "Tiếp theo:" in done.output and "forms collect 2026" in done.output
    done = CliRunner().invoke(application, ["-C", str(tmp_path / "ws"), "forms", "issue", "tong-ket-2030"])
    assert done.exit_code == 1 and "không có biểu tự chấm riêng" in done.output


@pytest.mark.parametrize("name", ["A&G", "Hội A & B", "&[Picture]", "&&G&P"])
def test_a_name_is_no_command_of_a_footer(tmp_path: Path, name: str) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book.add_worksheet().set_footer(f"&L{plain_footer(name)}&RTrang &P")
    book.close()
    footer = zipfile.ZipFile(stream).read("xl/worksheets/sheet1.xml").decode()
    said = html.unescape(re.search("<oddFooter>(.*)</oddFooter>", footer)[1])  # type: ignore[index]
    assert said.removeprefix("&L").removesuffix("&RTrang &P").replace("&&", "&").replace("＆", "&") == name
