"""Milestones: done, late, missing, waiting; moved with a reason; a milestone's id as the source of a measure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from click.testing import CliRunner

from criteria.loading import read_set
from criteria.problems import errors
from records.milestones import import_milestone, move_milestone, reached, windows
from tests.rounds.support import MOVEMENT, enter_body
from tests.rounds.task_support import workspace_of_few
from thidua.main import application

PLAN, TODAY = "ke-hoach-don-vi", date(2026, 1, 1)


def dates(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "moc.csv"
    path.write_text("\n".join(["tên;ngày;văn bản", *lines]) + "\n", encoding="utf-8")
    return path


def test_done_late_missing(tmp_path: Path) -> None:
    """Only who hands in for itself owes a milestone: no enterprise, no person."""
    workspace = workspace_of_few(tmp_path)
    enter_body(workspace, "F1", name="Công ty", kind="doanh nghiệp")
    path = dates(tmp_path, "Sở Một;20/06/2025;1/KH", "S2;01/07/2025;2/KH")
    assert import_milestone(workspace, PLAN, path, TODAY)[:2] == (2, 2)
    assert import_milestone(workspace, PLAN, path, TODAY)[:2] == (2, 0)
    found, _ = reached(workspace, PLAN, date(2025, 7, 31))
    assert {one.body: one.state for one in found} == {
        "S1": "done",
        "S2": "late",
        "S3": "missing",
        "U1": "missing",
        "U2": "missing",
    }
    assert found[0].document == "1/KH" and found[0].date == date(2025, 6, 20)
    early, _ = reached(workspace, PLAN, date(2025, 6, 1))
    assert {one.state for one in early} == {"waiting"}


def test_moved_with_reason_and_document(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    import_milestone(workspace, PLAN, dates(tmp_path, "S2;01/07/2025;2/KH"), TODAY)
    assert errors(move_milestone(workspace, PLAN, None, date(2025, 7, 31), "", "")) != []
    assert errors(move_milestone(workspace, PLAN, None, date(2025, 3, 1), "3/CV", "ngược")) != []
    assert errors(move_milestone(workspace, "la", None, date(2025, 7, 31), "3/CV", "x")) != []
    assert move_milestone(workspace, PLAN, None, date(2025, 7, 31), "3/CV", "sắp xếp bộ máy") == []
    window = windows(workspace)[PLAN]
    assert (window.last, window.printed[1], window.moved) == (date(2025, 7, 31), date(2025, 6, 30), True)
    assert (window.document, window.reason) == ("3/CV", "sắp xếp bộ máy")
    found, _ = reached(workspace, PLAN, TODAY)
    assert next(one.state for one in found if one.body == "S2") == "done"
    assert not windows(workspace)["so-ket-don-vi"].moved


def test_wrong_rows(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    path = dates(
        tmp_path, "S1;20/06/2099;1/KH", "S2;31/02/2025;2/KH", "S3;01/06/2025;", "Các sở, ban, ngành;01/06/2025;x"
    )
    _, saved, problems = import_milestone(workspace, PLAN, path, TODAY)
    assert [p.cell for p in sorted(errors(problems), key=lambda p: p.line)] == ["B2", "B3", "C4", "A5"]
    assert saved == 0 and {one.state for one in reached(workspace, PLAN, TODAY)[0]} == {"missing"}


def test_a_milestone_reports_a_measure_and_a_stranger_does_not(tmp_path: Path) -> None:
    for name in ("a-so-nganh", "b-doan-the", "c-xa-phuong", "d-don-vi-truc-thuoc"):
        bound, problems = read_set(MOVEMENT / f"{name}.yaml")
        assert bound is not None and errors(problems) == []
        assert bound.declaration.measures["plan_issued_on"].from_ == PLAN
    folder = tmp_path / "movement"
    folder.mkdir()
    for path in MOVEMENT.glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    wrong = (folder / "d-don-vi-truc-thuoc.yaml").read_text(encoding="utf-8").replace(PLAN, "ke-hoach-la")
    (folder / "d-don-vi-truc-thuoc.yaml").write_text(wrong, encoding="utf-8")
    _, problems = read_set(folder / "d-don-vi-truc-thuoc.yaml")
    assert [p.code for p in errors(problems)] == ["measure-unreported"]


def test_the_commands(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    workspace.close()
    path = dates(tmp_path, "Sở Một;20/06/2025;1/KH")

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(application, ["-C", str(workspace.root), "milestone", *arguments])
        return result.exit_code, result.output

    assert run("import", PLAN, str(path))[0] == 0
    code, text = run("list", PLAN, "--on", "2025-07-31")
    assert code == 0 and "S1 · nhóm a · Sở Một · đã làm đúng mốc 20/06/2025 · 1/KH" in text
    assert run("move", PLAN, "--to", "2025-07-31", "--document", "3/CV", "--reason", "sáp nhập")[0] == 0
    assert "dời từ 01/04/2025 - 30/06/2025 theo 3/CV: sáp nhập" in run("list")[1]
    assert run("move", PLAN, "--document", "3/CV", "--reason", "x")[0] == 2 and run("list", "la")[0] == 1
