"""An office's own list: columns by usual headings, the letter as options; the same rules, cells of the list in findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from criteria.problems import errors
from nominations.eligibility.facts import nominee_facts
from nominations.proposals.collect import ProposalRun, collect_list
from nominations.proposals.lists import Cover
from nominations.proposals.proposal import outsiders
from records.workspace.folder import Workspace
from tests.nominations.proposals_support import OCCASION, PROVINCE, TODAY, award_name, handed, issued, province
from thidua.main import application

COVER = Cover("Sở KH&CN", "15/TTr-SKHCN", date(2027, 7, 10), "3/BB", date(2027, 7, 8))
HEADS = ("STT", "Mã", "Họ và tên", "Đối tượng", "Hình thức đề nghị", "Thành tích tóm tắt", "Giới tính", "Số nữ")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return province(tmp_path / "w")


def listed(path: Path, *rows: Sequence[Any], heads: Sequence[str] = HEADS) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def taken(workspace: Workspace, path: Path, **cover: Any) -> ProposalRun:
    return collect_list(workspace, OCCASION, path, replace(COVER, **cover), TODAY)


def test_a_list_is_taken_in(workspace: Workspace, tmp_path: Path) -> None:
    bk = award_name(workspace, PROVINCE)
    rows = [
        (1, "P1", "Nguyễn Thị Én", "", bk, "Tốt", "nữ", ""),
        (2, "", "Gia đình ông Tám", "hộ gia đình", "bk-tinh", "", "", ""),
    ]
    path = listed(tmp_path / "ds.xlsx", *rows)
    run = taken(workspace, path)
    assert errors(run.problems) == []
    assert [(one.code, one.cell) for one in run.problems] == [("column-unknown", "A1")]
    (one,) = handed(workspace)
    assert (one.proposer, one.letter, one.minutes_day) == ("B002", "15/TTr-SKHCN", date(2027, 7, 8))
    assert [(row.nominee, row.award, row.merit) for row in one.rows] == [("P1", PROVINCE, "Tốt"), ("X1", PROVINCE, "")]
    assert nominee_facts(workspace, OCCASION)["P1"].gender == "nữ" and outsiders(workspace)["X1"].manager == "B002"
    before = workspace.database.head()
    assert taken(workspace, path).same_files == ["ds.xlsx"] and workspace.database.head() == before


def test_a_new_list_takes_the_place_of_a_form_or_a_list(workspace: Workspace, tmp_path: Path) -> None:
    bk = award_name(workspace, PROVINCE)
    taken(workspace, listed(tmp_path / "1.xlsx", (1, "P1", "", "", bk, "", "", "")))
    run = taken(workspace, listed(tmp_path / "2.xlsx", (1, "P2", "", "", bk, "", "", "")), letter="16/TTr")
    assert [(one.number, one.replaced) for one in run.taken] == [(2, 1)]
    old = taken(workspace, listed(tmp_path / "3.xlsx", (1, "P1", "", "", bk, "x", "", "")), letter_day=date(2027, 7, 9))
    assert [(one.code, one.file) for one in errors(old.problems)] == [("form-older", "--letter-day")]


def test_wrong_rows_are_named_by_cell(workspace: Workspace, tmp_path: Path) -> None:
    bk = award_name(workspace, PROVINCE)
    rows = [
        (1, "P1", "Phạm Văn Sẻ", "", bk, "", "", ""),
        (2, "Q7", "", "", bk, "", "", ""),
        (3, "F1", "Công ty 1", "", bk, "", "", ""),
        (4, "P2", "", "", "Huân chương Sao vàng", "", "", ""),
        (5, "D1", "", "", bk, "", "", 3),
        (6, "", "Ai đó", "", bk, "", "", ""),
        (7, "P2", "", "", bk, "", "", ""),
        (8, "P2", "", "", bk, "", "ba", ""),
    ]
    run = taken(workspace, listed(tmp_path / "ds.xlsx", *rows))
    assert sorted((one.code, one.cell) for one in errors(run.problems)) == [
        ("award-unknown", "E5"),
        ("form-cell", "G9"),
        ("name-match", "C2"),
        ("proposal", "B4"),
        ("proposal", "B6"),
        ("proposal", "D7"),
        ("proposal", "E9"),
        ("unknown-candidate", "B3"),
    ]
    assert {one.file for one in errors(run.problems)} == {"ds.xlsx"} and handed(workspace) == []


def test_columns_that_must_be_there(workspace: Workspace, tmp_path: Path) -> None:
    run = taken(workspace, listed(tmp_path / "ds.xlsx", ("P1",), heads=("Ai",)))
    assert sorted(one.code for one in errors(run.problems)) == ["column-missing", "column-missing"]


@pytest.mark.parametrize(
    ("cover", "told"),
    [
        ({"letter": " "}, ("signature", "--letter")),
        ({"letter_day": None}, ("signature", "--letter-day")),
        ({"minutes": ""}, ("signature", "--minutes")),
        ({"minutes_day": None}, ("signature", "--minutes-day")),
        ({"minutes_day": date(2027, 7, 11)}, ("signature", "--minutes-day")),
        ({"letter_day": date(2027, 7, 21)}, ("signature", "--letter-day")),
        ({"through": "số 3"}, ("signature", "--through")),
        ({"proposer": "Sở Ma Quái"}, ("name-match", "--by")),
    ],
)
def test_what_is_told_beside_the_list(
    workspace: Workspace, tmp_path: Path, cover: dict[str, Any], told: tuple[str, str]
) -> None:
    path = listed(tmp_path / "ds.xlsx", (1, "P1", "", "", award_name(workspace, PROVINCE), "", "", ""))
    run = taken(workspace, path, **cover)
    assert [(one.code, one.file) for one in errors(run.problems)] == [told] and handed(workspace) == []


def test_no_list(workspace: Workspace, tmp_path: Path) -> None:
    assert [one.code for one in taken(workspace, tmp_path / "none.xlsx").problems] == ["file-not-found"]
    (tmp_path / "x.xlsx").write_bytes(b"no zip")
    assert [one.code for one in taken(workspace, tmp_path / "x.xlsx").problems] == ["form-unsafe"]


def test_the_commands(workspace: Workspace, tmp_path: Path) -> None:
    root = workspace.root
    workspace.close()

    def run(*words: str) -> tuple[int, str]:
        made = CliRunner().invoke(application, ["-C", str(root), "proposal", *words])
        return made.exit_code, made.output

    code, said = run("form", OCCASION, "--by", "B041")
    assert code == 0 and "B041 Hiệp hội Doanh nghiệp tỉnh: 3 đối tượng; đã ghi" in said and "Tiếp theo:" in said
    code, said = run("list", OCCASION)
    assert code == 0 and "Chưa gửi đề nghị (4): B002, B041, C1, D1." in said
    code, said = run("collect", OCCASION, str(tmp_path / "none"))
    assert code == 1 and "file-not-found" in said
    path = listed(tmp_path / "ds.xlsx", (1, "P1", "", "", "bk-tinh", "", "", ""))
    told = (
        "--by",
        "B002",
        "--letter",
        "1/TTr",
        "--letter-day",
        "02/02/2026",
        "--minutes",
        "1/BB",
        "--minutes-day",
        "01/02/2026",
    )
    code, said = run("collect", OCCASION, "--list", str(path), *told)
    assert code == 0 and "Đề nghị số 1 của B002 Sở Khoa học và Công nghệ: 1 dòng." in said
    code, said = run("collect", OCCASION)
    assert code == 2
    code, said = run("collect", OCCASION, str(tmp_path), "--by", "B002")
    assert code == 2


def test_a_form_is_no_list(workspace: Workspace, tmp_path: Path) -> None:
    run = taken(workspace, issued(workspace))
    assert errors(run.problems) != [] and handed(workspace) == []
