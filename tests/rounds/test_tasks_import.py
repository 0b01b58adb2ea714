"""Registers taken in: the 98 tasks with their bodies, the officer's own table, what is printed two ways, what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from criteria.problems import errors
from records.tasks.deadlines import read_deadline
from records.tasks.importing import Origin, import_tasks, starting_registers
from records.tasks.register import load_register
from tests.rounds.support import MOVEMENT, new_workspace
from tests.rounds.task_support import (
    day,
    register_file,
    taken_in,
    workspace_of_few,
    workspace_with_bodies,
    workspace_with_register,
)
from tests.support.command import thidua


def test_the_98_tasks_with_the_real_bodies(tmp_path: Path) -> None:
    workspace = workspace_with_register(tmp_path)
    register = load_register(workspace)
    assert list(register.tasks) == [str(number) for number in range(1, 99)]
    kinds = [task.kind for task in register.tasks.values()]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "end_of_month": 50,
        "end_of_quarter": 20,
        "end_of_year": 16,
        "before_day": 1,
        "regular": 9,
        "on_event": 1,
        "yearly_month_11_of_previous_year": 1,
    }
    assert register.tasks["52"].leads == ["B006", "B010", "B007", "B005"]
    assert register.tasks["88"].leads == ["B025", "B026"]
    assert register.tasks["71"].span == (2025, 2027)
    assert [number for number, task in register.tasks.items() if task.own] == ["51", "67"]  # "Công an tỉnh bổ sung"
    assert [number for number, task in register.tasks.items() if task.before] == ["24"]


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    workspace = workspace_with_register(tmp_path)
    last = workspace.database.last_entry()
    done, _ = import_tasks(workspace, starting_registers(workspace))
    assert (done.read, done.new, done.changed) == (98, 0, 0) and workspace.database.last_entry() == last


def test_what_the_register_prints_two_ways(tmp_path: Path) -> None:
    """Exactly these; nothing else is said about the register."""
    workspace = workspace_with_bodies(tmp_path)
    _, problems = import_tasks(workspace, starting_registers(workspace))
    assert {(p.code, p.severity) for p in problems} == {("task-contradiction", "warning")}
    assert [(p.cell, p.message) for p in problems] == [
        ("B20", "Nhiệm vụ 19: in ở phần Quý II nhưng hạn là “Thường xuyên”."),
        ("F78", "Nhiệm vụ 77: hạn in năm 2027, giai đoạn in 2025-2026."),
        ("F80", "Nhiệm vụ 79: hạn in năm 2028, giai đoạn in 2025-2030."),
        ("F82", "Nhiệm vụ 81: hạn in năm 2028, giai đoạn in 2025-2026."),
        ("O85", "Nhiệm vụ 84: văn bản khác ghi giai đoạn 2024-2028, sổ in 2025-2028."),
        ("C86", "Nhiệm vụ 85: nội dung ghi giai đoạn 2025-2030, hạn in năm 2028 (2025-2028)."),
        (
            "D87",
            "Nhiệm vụ 86: “Trung tâm xúc tiến đầu tư, Ban Quản lý khu kinh tế và các khu công nghiệp” có thể là 2 cơ quan, "
            "hoặc một đơn vị thuộc cơ quan kia.",
        ),
        ("F88", "Nhiệm vụ 87: ngoặc của giai đoạn không khép trong bản in; đọc là “Năm 2030 (2025-2030)”."),
        ("C99", "Nhiệm vụ 98: toàn bộ nội dung nằm trong nhiệm vụ 97."),
    ]
    assert load_register(workspace).tasks["77"].due("once", None)[0] == day("2027-12-31")  # the printed year


def test_the_printed_deadlines_read_like_those_entered(tmp_path: Path) -> None:
    """The words of all 98 rows alone give the same kind, day and span."""
    workspace = workspace_with_register(tmp_path)
    for number, task in load_register(workspace).tasks.items():
        read = read_deadline(task.facts.value("deadline_text"))
        assert read is not None, number
        assert (read.kind, read.due, read.span) == (
            task.kind,
            task.due("once", None)[0],
            task.facts.value("span"),
        ), number


@pytest.mark.parametrize(
    ("text", "kind", "due"),
    [
        ("Tháng 02/2028", "end_of_month", "2028-02-29"),
        ("Quý IV năm 2026", "end_of_quarter", "2026-12-31"),
        ("quý 1/2026", "end_of_quarter", "2026-03-31"),
        ("Trước ngày 10/6/2026", "before_day", "2026-06-10"),
        ("30/06/2026", "day", "2026-06-30"),
        ("2026-06-30", "day", "2026-06-30"),
        ("Năm 2027", "end_of_year", "2027-12-31"),
        ("Thường xuyên", "regular", None),
        ("Khi Trung ương có quy định mới", "on_event", None),
        ("Tháng 9 của năm trước", "yearly_month_9_of_previous_year", None),
    ],
)
def test_kinds_of_deadlines(text: str, kind: str, due: str | None) -> None:
    read = read_deadline(text)
    assert read is not None and (read.kind, read.due) == (kind, date.fromisoformat(due) if due else None)


@pytest.mark.parametrize("text", ["sớm", "31/02/2026", "Tháng 13/2026", "Tháng 0/2026", ""])
def test_what_is_no_deadline(text: str) -> None:
    assert read_deadline(text) is None


def test_the_officers_own_table(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(
        workspace,
        tmp_path,
        '1;Việc một;"Sở Một; S2";Quý II/2026;các sở;KH 12;Trung tâm Một',
        "2;Việc hai;Sở Ba;Thường xuyên;;;",
        header="STT;Nội dung công việc;Cơ quan chủ trì;Thời hạn;Phối hợp;Nguồn;Đơn vị tham gia",
    )
    one = load_register(workspace).tasks["1"]
    assert (one.leads, one.units, one.kind) == (["S1", "S2"], ["U1"], "end_of_quarter")
    assert one.facts.value("coordinating") == "các sở" and one.facts.entry("content").source == "KH 12"  # type: ignore[union-attr]
    assert one.facts.entry("content").place == "so.csv B2"  # type: ignore[union-attr]


def test_every_wrong_cell_is_named_and_nothing_is_entered(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    path = register_file(
        tmp_path,
        "1;Việc một;Sở Mốt;Quý II/2026",
        "1;;Sở Hai;sớm",
        "../x;Việc;;Tháng 5/2026",
        "4;Việc bốn;Sở Ba;31/02/2026",
    )
    done, problems = import_tasks(workspace, [path])
    assert [(p.cell, p.code) for p in sorted(errors(problems), key=lambda p: (p.line, p.column))] == [
        ("C2", "name-match"),
        ("A3", "task-field"),
        ("B3", "task-field"),
        ("D3", "task-field"),
        ("A4", "task-field"),
        ("C4", "task-field"),
        ("D5", "task-field"),
    ]
    near = next(p for p in problems if p.code == "name-match")
    assert "S1 Sở Một" in near.hint
    assert done.new == 0 and load_register(workspace).tasks == {}


def test_a_second_register_does_not_take_over_numbers(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Việc năm nay;S1;Năm 2025")
    path = register_file(tmp_path, "1;Việc năm sau;S1;Năm 2026")
    origin = Origin("Kế hoạch 2026", "5/KH-TB ngày 10/01/2026", day("2026-01-10"))
    _, problems = import_tasks(workspace, [path], origin)
    assert [p.cell for p in errors(problems)] == ["A2"]
    done, problems = import_tasks(workspace, [path], origin, prefix="2026.")
    task = load_register(workspace).tasks["2026.1"]
    assert (done.new, errors(problems), task.added) == (1, [], day("2026-01-10"))
    assert task.facts.value("origin") == "Kế hoạch 2026" and task.facts.value("document") == "5/KH-TB ngày 10/01/2026"


def test_text_of_a_register_is_text(tmp_path: Path) -> None:
    """Formulas and control signs stay words; an overlong cell is refused."""
    workspace = workspace_of_few(tmp_path)
    path = register_file(tmp_path, "1;=HYPERLINK(1)\x07;S1;Năm 2026", f"2;{'x' * 6000};S1;Năm 2026")
    _, problems = import_tasks(workspace, [path])
    assert {p.cell for p in errors(problems)} == {"B3"}
    taken_in(workspace, tmp_path, "1;=HYPERLINK(1)\x07;S1;Năm 2026")
    assert load_register(workspace).tasks["1"].content == "=HYPERLINK(1)"


def test_the_facts_that_come_with_the_movement() -> None:
    """The register file itself is what the seed says: 98 rows, nobody edits it."""
    text = (MOVEMENT / "tasks.csv").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 99 and text.startswith("no,quarter_section,content,lead,")


def test_without_a_roster_one_sentence_says_so(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    done, problems = import_tasks(workspace, starting_registers(workspace))
    assert done.read == 0 and [problem.code for problem in problems] == ["roster-open"]
    assert "roster import phong-trao/bodies.csv" in problems[0].hint
    assert workspace.database.entries("task") == []
    workspace.close()


def test_a_deadline_without_its_event_is_not_passed_over(tmp_path: Path) -> None:
    new_workspace(tmp_path / "w").close()
    done = thidua("-C", tmp_path / "w", "tasks", "update", "1", "--extend", "1/7/2026", "--due", "1/8/2026")
    assert done.code == 2 and "--due cần kèm --event" in done.err
