"""The register as people look at it: states on a day, what is late, near, without progress; and the commands."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from criteria.problems import errors
from records.roster.roster import load_roster
from records.tasks.changes import Book
from records.tasks.listing import due_tasks, list_tasks, strict_before
from records.tasks.register import Result, load_register
from records.workspace.folder import Workspace
from tests.rounds.task_support import day, taken_in, window, workspace_of_few, workspace_with_register
from thidua.main import application


def states(workspace: Workspace, on: str, **named: object) -> dict[str, str]:
    lines = list_tasks(load_register(workspace), load_roster(workspace), day(on), **named)  # type: ignore[arg-type]
    return {f"{line.key} {line.body}": line.state for line in lines}


def test_states_on_a_day(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(
        workspace,
        tmp_path,
        "1;Một;S1;Quý I/2026",
        "2;Hai;S1;Trước 20/4/2026",
        "3;Ba;S2;Quý II/2026",
        "4;Bốn;S2;Thường xuyên",
        "5;Năm;S3;Khi có hướng dẫn",
        "6;Sáu;Các sở, ban, ngành;Quý I/2026",
    )
    book = Book.open(workspace)
    book.finish("1", None, Result(day("2026-03-31"), "1/VB"))
    book.finish("2", None, Result(day("2026-04-20"), "2/VB"))
    book.finish("6", "S1", Result(day("2026-02-01"), "6/VB"))
    assert errors(book.save()[1]) == []
    found = states(workspace, "2026-05-01", strict=True)
    assert found == {
        "1 S1": "done",
        "2 S1": "late",
        "3 S2": "open",
        "4/2026 S2": "yearly",
        "5 S3": "event",
        "6 B025": "overdue",
    }
    assert states(workspace, "2026-05-01")["2 S1"] == "done"  # the day itself is in time
    assert states(workspace, "2026-03-01")["1 S1"] == "open"  # as it stood then
    assert states(workspace, "2026-05-01", body="S1") == {"1 S1": "done", "2 S1": "done", "6 S1": "done"}
    assert states(workspace, "2026-05-01", states=["overdue"], body="S2") == {"6 S2": "overdue"}
    gathered = list_tasks(load_register(workspace), load_roster(workspace), day("2026-05-01"))[-1]
    assert (gathered.done, gathered.of, gathered.note) == (1, 3, "1/3 cơ quan đã xong")


def test_the_real_register_by_period(tmp_path: Path) -> None:
    """One line for each task of the round; the class of districts has nobody after they ended."""
    workspace = workspace_with_register(tmp_path)
    days = window(workspace, "2026")
    lines = list_tasks(
        load_register(workspace), load_roster(workspace), day("2026-06-01"), window=(days.first, days.last)
    )
    dated = [line.number for line in lines if line.due]
    assert dated == ["69", "70", "73", "74", "76", "82", "83", "96"]
    assert {line.body for line in lines if line.number == "90"} == {"B025"}
    orphan = list_tasks(load_register(workspace), load_roster(workspace), day("2026-06-01"), states=["orphan"])
    assert [line.number for line in orphan] == ["66"]
    assert strict_before(workspace) is False


def test_late_near_and_without_progress(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(
        workspace,
        tmp_path,
        "1;Một;S2;Tháng 1/2026",
        "2;Hai;S1;Tháng 3/2026",
        "3;Ba;S1;Tháng 12/2026",
        "4;Bốn;S1;Năm 2027 (2025-2027)",
    )
    found = due_tasks(load_register(workspace), load_roster(workspace), day("2026-03-15"), 30)
    assert [(line.number, line.name) for line in found.late] == [("1", "Sở Hai")]
    assert [line.number for line in found.near] == ["2"]
    assert found.silent == [("4", "S1", 2025)]
    book = Book.open(workspace)
    book.report_progress("4", None, 2025, "đạt 40 %")
    book.report_progress("1", None, 2025, "xong")
    assert len(errors(book.problems)) == 1  # not a task of several years
    book.problems.clear()
    assert book.save()[0] == 1
    assert due_tasks(load_register(workspace), load_roster(workspace), day("2026-03-15"), 30).silent == []


def test_the_commands(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    root = str(workspace.root)
    taken_in(workspace, tmp_path, "1;Một;S1;Tháng 3/2025")
    workspace.close()

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(application, ["-C", root, "tasks", *arguments])
        return result.exit_code, result.output

    assert run("update", "1", "--done", "05/04/2025", "--document", "1/VB", "--accepted", "yes")[0] == 0
    code, text = run("list", "--on", "2025-05-01")
    assert code == 0 and "1 · 31/03/2025 · xong quá hạn 05/04/2025 · Sở Một · Một" in text
    assert "Tiếp theo:" in text
    code, text = run("update", "1", "--extend", "30/04/2025")
    assert code == 1 and "Gia hạn phải có văn bản và lý do" in text
    code, text = run(
        "update", "1", "--extend", "30/04/2025", "--document", "3/CV", "--reason", "vướng", "--on", "2025-03-01"
    )
    assert code == 0
    assert "30/04/2025 (hạn đầu 31/03/2025) · xong đúng hạn" in run("list", "--on", "2025-05-01")[1]
    assert run("due", "--on", "2025-05-01")[0] == 0
    assert run("update")[0] == 2 and run("update", "77", "--cancel", "--document", "x", "--reason", "y")[0] == 1
    added = ["add", "2", "--content", "Hai", "--lead", "S2", "--deadline", "Quý IV/2025", "--origin", "Họp"]
    assert run(*added, "--document", "4/TB", "--on", "2025-06-01")[0] == 0
    assert "2 · 31/12/2025" in run("list", "--body", "Sở Hai", "--on", "2025-07-01")[1]
