"""thidua award: what officers type and read; a finding leaves with code 1 and enters nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nominations.history.held import history
from nominations.steps.progress import PASSED, Done, step_entries
from records.workspace.folder import Workspace
from tests.nominations.history_support import small_workspace, written
from thidua.calling import Called
from thidua.commands.award import award

GIAY_KHEN = (
    "record",
    "--holder",
    "E901",
    "--award-name",
    "Giấy khen",
    "--authority",
    "Giám đốc Sở",
    "--on",
    "01/02/2025",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return small_workspace(tmp_path)


def called(workspace: Workspace, *words: str) -> Result:
    return CliRunner().invoke(award, words, obj=Called(workspace.root, "người thử"))


def test_import_and_list(workspace: Workspace, tmp_path: Path) -> None:
    text = "mã,hình thức,số quyết định,ngày,cơ quan\nB901,Bằng khen tỉnh,5/QĐ,05/01/2025,Chủ tịch\n"
    done = called(workspace, "import", str(written(tmp_path, text)))
    assert done.exit_code == 0, done.output
    assert "Đã đọc 1 lần khen thưởng: 1 mới, 0 có thay đổi, 0 đã có như vậy." in done.output
    assert "Tiếp theo: xem lại: thidua award list." in done.output
    listed = called(workspace, "list", "--candidate", "B901", "--year", "2025")
    assert (
        "1 · B901 Sở Thử Nghiệm · Bằng khen" in listed.output
        and "(Quyết định số 5/QĐ ngày 05/01/2025)" in listed.output
    )
    assert "1 lần khen thưởng: đã tặng 1." in listed.output
    out = tmp_path / "in" / "lich-su.xlsx"
    assert f"Đã ghi {out}" in called(workspace, "list", "--out", str(out)).output and out.read_bytes()[:2] == b"PK"
    assert called(workspace, "list", "--out", "a.csv").exit_code == 2


def test_a_wrong_list_enters_nothing(workspace: Workspace, tmp_path: Path) -> None:
    text = "mã,hình thức,số quyết định,ngày,cơ quan\nB999,Giấy khen,5/QĐ,05/01/2999,Chủ tịch\n"
    done = called(workspace, "import", str(written(tmp_path, text)))
    assert done.exit_code == 1 and "ô A2" in done.output and "ô D2" in done.output
    assert history(workspace) == []


def test_own_awards_and_revoking(workspace: Workspace) -> None:
    done = called(workspace, *GIAY_KHEN, "--decision", "4/QĐ-SVH")
    assert done.exit_code == 0, done.output
    assert "1 · E901 · Giấy khen (Quyết định số 4/QĐ-SVH ngày 01/02/2025) · đã tặng" in done.output
    gone = called(workspace, "revoke", "1", "--reason", "Kê khai sai", "--document", "9/QĐ", "--on", "01/03/2025")
    assert gone.exit_code == 0, gone.output
    assert "Đã ghi hủy bỏ khen thưởng số 1 của E901" in gone.output and "Căn cứ: " in gone.output
    assert history(workspace)[0].status == "revoked"
    again = called(workspace, "revoke", "1", "--reason", "x", "--document", "9/QĐ", "--on", "01/03/2025")
    assert again.exit_code == 1 and "đã hủy bỏ" in again.output


@pytest.mark.parametrize(
    "words",
    [
        ("record", "--decision", "1", "--on", "01/01/2025"),
        ("record", "so-ket-2027", "--decision", "1", "--on", "01/01/2025"),
        ("record", "so-ket-2027", "--award", "bk-tinh", "--decision", "1", "--on", "01/01/2025"),
        (
            "record",
            "so-ket-2027",
            "--award",
            "x",
            "--granted",
            "--holder",
            "B",
            "--decision",
            "1",
            "--on",
            "01/01/2025",
        ),
        (*GIAY_KHEN, "--decision", "1", "--refused"),
        (*GIAY_KHEN, "--decision", "1", "--award", "giay-khen"),
    ],
)
def test_options_that_do_not_go_together(workspace: Workspace, words: tuple[str, ...]) -> None:
    done = called(workspace, *words)
    assert done.exit_code == 2 and history(workspace) == []


def test_a_case_through_its_steps_and_out(workspace: Workspace) -> None:
    day = date(2025, 1, 5)
    early = called(
        workspace,
        "record",
        "thuc-day-2025-01-02",
        "--award",
        "bk-tinh",
        "--granted",
        "--candidate",
        "B901",
        "--decision",
        "7/QĐ",
        "--on",
        "06/01/2025",
    )
    assert early.exit_code == 1 and "chưa qua bước" in early.output
    with workspace.database.writing() as writer:
        for step in ("xet-chon", "tham-dinh", "cong-khai", "hoi-dong"):
            done = Done(step, PASSED, "3/BB", day)
            writer.append(step_entries("thuc-day-2025-01-02", "bk-tinh", "B901", done, "council", "hội đồng"))
    sent = called(
        workspace,
        "submit",
        "thuc-day-2025-01-02",
        "--award",
        "bk-tinh",
        "--document",
        "9/TTr-SNV",
        "--on",
        "06/01/2025",
    )
    assert sent.exit_code == 0, sent.output
    assert "đã trình" in sent.output and "thidua award record thuc-day-2025-01-02" in sent.output
    assert (
        "thidua award record thuc-day-2025-01-02 --award bk-tinh --candidate B901" in called(workspace, "list").output
    )
    made = called(
        workspace,
        "record",
        "thuc-day-2025-01-02",
        "--award",
        "bk-tinh",
        "--granted",
        "--decision",
        "7/QĐ-UBND",
        "--on",
        "08/01/2025",
    )
    assert made.exit_code == 0, made.output
    (one,) = history(workspace)
    assert (one.status, one.decision, one.last) == ("granted", "7/QĐ-UBND", date(2025, 1, 2))


def test_no_day_of_the_future(workspace: Workspace) -> None:
    done = called(workspace, *GIAY_KHEN[:-1], "01/01/2099", "--decision", "1")
    assert done.exit_code == 1 and "chưa đến" in done.output and history(workspace) == []
