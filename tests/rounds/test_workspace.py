"""The workspace: made whole, append-only, safe when a process is killed or two write at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from records.ledger.database import Database, Submission, create_database
from records.ledger.entries import Entry, changed, gather
from records.workspace.folder import MARK, create_workspace, find_workspace, open_workspace
from tests.rounds.support import MOVEMENT, SECOND, new_workspace
from tests.support.command import thidua


def test_a_workspace_is_made_and_found_from_inside(tmp_path: Path) -> None:
    new_workspace(tmp_path / "w").close()
    assert find_workspace(tmp_path / "w" / "ket-qua") == (tmp_path / "w").resolve()
    assert (tmp_path / "w" / "phong-trao" / "movement.yaml").is_file()
    assert not list(tmp_path.glob(".w.*"))


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thu.txt").write_text("giữ")
    problems = create_workspace(tmp_path, MOVEMENT)
    assert [p.code for p in problems] == ["output"]
    assert [p.name for p in tmp_path.iterdir()] == ["thu.txt"]


@pytest.mark.parametrize("name", ["Thi đua 2026 (bản 1)", "50% #1 ?x=y&z", "a'b", "%41"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    workspace = new_workspace(tmp_path / name)
    assert workspace.database.last_entry() == 4
    workspace.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_broken_movement_makes_no_folder(tmp_path: Path) -> None:
    source = tmp_path / "hong"
    source.mkdir()
    (source / "movement.yaml").write_text("id: x\n")
    problems = create_workspace(tmp_path / "w", source)
    assert problems and problems[0].file.endswith("movement.yaml")
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("settings: {commune_scope: '70'}", "unknown-setting"),
        ("settings: {khong_co: 1}", "unknown-setting"),
        ("setings: {}", "unknown-key"),
        ("settings: [", "yaml-syntax"),
    ],
)
def test_settings_are_checked_with_their_line(tmp_path: Path, text: str, code: str) -> None:
    new_workspace(tmp_path / "w").close()
    mark = tmp_path / "w" / MARK
    mark.write_text("format: 1\nmovement: m\n" + text + "\n")
    workspace, problems = open_workspace(tmp_path / "w")
    assert workspace is None
    assert next((p.code, p.line) for p in problems if p.severity == "error") == (
        code,
        3 if code != "yaml-syntax" else problems[0].line,
    )


def test_a_chosen_setting_reaches_the_set_that_declares_it(tmp_path: Path) -> None:
    new_workspace(tmp_path / "w").close()
    mark = tmp_path / "w" / MARK
    mark.write_text(
        mark.read_text(encoding="utf-8").replace("settings: {}", "settings: {before_is_strict: strict}"),
        encoding="utf-8",
    )
    workspace, problems = open_workspace(tmp_path / "w")
    assert workspace is not None, problems
    criteria, _ = workspace.read_set("a-so-nganh.yaml")
    assert criteria is not None and criteria.settings["before_is_strict"] == "strict"
    other, _ = workspace.read_set("b-doan-the.yaml")
    assert other is not None and "before_is_strict" not in other.settings
    workspace.close()


def test_outside_a_workspace_every_command_says_what_to_do(tmp_path: Path) -> None:
    for words in (
        ["round", "status"],
        ["roster", "list"],
        ["tasks", "list"],
        ["rank", "2026"],
        ["forms", "issue", "2026"],
    ):
        done = thidua("-C", str(tmp_path), *words)
        assert done.code == 1, words
        assert "thidua new" in done.err, words


def test_what_holds_on_a_day() -> None:
    day = date.fromisoformat
    entries = [
        Entry("body:B1", "name", "Sở Một", number=1),
        Entry("body:B1", "name", "Sở Hai", valid_from=day("2026-03-01"), number=2),
        Entry("body:B1", "name", "Sở Hai (sửa)", valid_from=day("2026-03-01"), number=3),
        Entry("body:B1", "pool", "Khối 1", valid_from=day("2026-01-01"), valid_to=day("2026-06-30"), number=4),
    ]
    facts = gather(entries)["body:B1"]
    assert facts.value("name", day("2026-02-28")) == "Sở Một"
    assert facts.value("name", day("2026-03-01")) == "Sở Hai (sửa)"
    assert facts.value("name") == "Sở Hai (sửa)"
    assert facts.value("pool", day("2026-06-30")) == "Khối 1"
    assert facts.value("pool", day("2026-07-01")) == ""
    assert not changed(facts, entries[2])
    assert changed(facts, Entry("body:B1", "name", "Sở Ba", valid_from=day("2026-03-01")))
    assert not changed(None, Entry("body:B2", "to", ""))
    assert changed(facts, Entry("body:B1", "name", "", valid_from=day("2026-05-01")))  # taken back from a day on
    assert not changed(facts, Entry("body:B1", "to", "", valid_from=day("2026-05-01")))


def _submission(candidate: str, text: str) -> Submission:
    return Submission("2026", candidate, "s", 1, "", "", text, "f.xlsx", {"values": {"a": "1"}})


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    create_database(tmp_path / "d.sqlite")
    database = Database(tmp_path / "d.sqlite")
    with pytest.raises(ZeroDivisionError), database.writing() as writer:
        writer.append([Entry("body:B1", "name", "x")])
        writer.submit(_submission("B1", "1"))
        _ = 1 // 0
    assert database.entries() == [] and database.submissions("2026") == []
    database.close()


def _write(path: str, person: str, count: int) -> None:
    database = Database(Path(path), person)
    for number in range(count):
        with database.writing() as writer:
            writer.append([Entry(f"body:{person}", "name", f"{number}")])
    database.close()


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    create_database(tmp_path / "d.sqlite")
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=_write, args=(str(tmp_path / "d.sqlite"), f"P{n}", 15)) for n in range(2)]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
    database = Database(tmp_path / "d.sqlite")
    entries = database.entries("body")
    assert [e.number for e in entries] == list(range(1, 31))
    for person in ("P0", "P1"):
        assert [e.value for e in entries if e.by == person] == [str(n) for n in range(15)]
    database.close()


_KILLED = """
import sys
from pathlib import Path
from records.ledger.database import Database, Submission
database = Database(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    with database.writing() as writer:
        for row in range(20):
            writer.submit(Submission("2026", f"C{row}", "s", number, "", "", f"{number}", "f.xlsx", {"values": {"a": "1" * 500}}))
    print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_writer_leaves_whole_forms_only(tmp_path: Path) -> None:
    for delay in (0.0, 0.003, 0.007, 0.011, 0.02):
        path = tmp_path / f"d{delay}.sqlite"
        create_database(path)
        process = subprocess.Popen(
            [sys.executable, "-c", _KILLED, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        database = Database(path)
        by_file: dict[str, int] = {}
        for submission in database.submissions("2026"):
            by_file[submission.file_sha256] = by_file.get(submission.file_sha256, 0) + 1
        database.close()
        assert by_file and set(by_file.values()) == {20}
        assert sqlite3.connect(path).execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_second_movement_needs_no_other_code(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w", SECOND)
    assert workspace.movement.id == "hoa-sen-2026"
    assert workspace.sets_of(workspace.movement.groups[0].letter) == ["ap.yaml"]
    workspace.close()
