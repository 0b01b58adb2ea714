"""The register as it is listed and handed out."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from records.evidence.listing import Listing, listing
from records.rounds import load_rounds
from records.workspace.folder import Workspace
from reports.evidence_register import register_lines, register_workbook, summary
from tests.rounds.evidence_support import document, enter_units, hand_in
from tests.rounds.support import new_workspace
from thidua.calling import Called
from thidua.commands.evidence import evidence


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    workspace = new_workspace(tmp_path / "kỳ")
    enter_units(workspace, "X2", "X10")
    hostile = document("A5.1", '=HYPERLINK("http://x","y")', summary="@SUM(1)", restricted=True)
    hand_in(workspace, "X10", [document("A5.1", "2/QĐ"), hostile])
    hand_in(workspace, "X2", [document("A2.1", "3/TTr", kind="to-trinh")], {"docs_due": "4", "docs_on_time": "3"})
    return workspace


def listed(workspace: Workspace, *filters: str, flagged: bool = False) -> Listing:
    found, problems = listing(workspace, load_rounds(workspace)["2026"], *filters, flagged=flagged)
    assert found is not None, problems
    return found


def test_lines_of_the_register(here: Workspace) -> None:
    kind = "Văn bản đã ban hành (số, ngày, người ký, trích yếu)"
    found = listed(here)
    assert register_lines(found) == [
        "X2 Sở X2 · A2.1 · Tờ trình, văn bản tham mưu · 3/TTr · 02/03/2026 · Sở Y tế · Về việc thử",
        "    ! không có tệp: Văn bản số 3/TTr ngày 02/03/2026 không kèm tệp.",
        "X2 Sở X2 · A2.1",
        "    ! thiếu loại minh chứng bắt buộc: Tiêu chí A2.1 cần “Văn bản đã ban hành (số, ngày, trích yếu)” "
        f"(loại “{kind}”), chưa thấy nộp.",
        f"X10 Sở X10 · A5.1 · {kind} · 2/QĐ · 02/03/2026 · Sở Y tế · Về việc thử",
        "    ! không có tệp: Văn bản số 2/QĐ ngày 02/03/2026 không kèm tệp.",
        f'X10 Sở X10 · A5.1 · {kind} · =HYPERLINK("http://x","y") · 02/03/2026 · Sở Y tế · @SUM(1) · hạn chế',
    ]
    assert summary(found) == (
        "Kỳ 2026: 3 minh chứng, 3 điều cần xem (thiếu loại minh chứng bắt buộc: 1; không có tệp: 2)."
    )


def test_filters(here: Workspace) -> None:
    def shown(*filters: str, flagged: bool = False) -> list[tuple[str, str]]:
        found = listed(here, *filters, flagged=flagged).lines
        return [(line.candidate, line.item.number if line.item else "") for line in found]

    hostile = '=HYPERLINK("http://x","y")'
    assert shown(flagged=True) == [("X2", "3/TTr"), ("X2", ""), ("X10", "2/QĐ")]
    assert shown("X10") == [("X10", "2/QĐ"), ("X10", hostile)]
    assert shown("", "A5") == [("X10", "2/QĐ"), ("X10", hostile)] and shown("", "A2.1") == [("X2", "3/TTr"), ("X2", "")]
    assert shown("X2", "A5.1") == []
    _, problems = listing(here, load_rounds(here)["2026"], "X99", "A99")
    assert [problem.file for problem in problems] == ["--candidate", "--criterion"]


def test_the_workbook_holds_texts_only(here: Workspace) -> None:
    content = register_workbook(listed(here))
    assert content == register_workbook(listed(here))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Minh chung", "Can xem"]
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    rows = [[cell.value for cell in line] for line in book["Minh chung"].iter_rows()]
    head = next(number for number, row in enumerate(rows) if row[0] == "Mã")
    assert [row[4] for row in rows[head + 1 :]] == ["3/TTr", "2/QĐ", '=HYPERLINK("http://x","y")']
    assert rows[head + 3][9] == "x" and rows[head + 1][10] == "không có tệp"
    flags = [[cell.value for cell in line] for line in book["Can xem"].iter_rows()]
    assert [row[3] for row in flags[-3:]] == ["không có tệp", "thiếu loại minh chứng bắt buộc", "không có tệp"]


def test_the_command(here: Workspace, tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str]:
        outcome = CliRunner().invoke(evidence, ["list", *words], obj=Called(here.root, "người thử"))
        return outcome.exit_code, outcome.output

    code, out = run("2026", "--flagged", "--candidate", "X10")
    assert code == 0 and "Kỳ 2026: 1 minh chứng, 1 điều cần xem" in out and "Tiếp theo:" in out
    target = tmp_path / "sổ.xlsx"
    code, out = run("2026", "--out", str(target))
    assert code == 0 and target.is_file() and "3 minh chứng" in out
    assert run("2026", "--out", str(tmp_path / "sổ.csv"))[0] == 2
    assert run("2026", "--candidate", "X99")[0] == 1 and run("2027")[0] == 1
