"""SIGKILL at any moment of the command `thidua forms collect`: the workspace opens and holds whole forms only."""

from __future__ import annotations

import hashlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from records.forms.collecting.collect import collect
from records.workspace.folder import Workspace, open_workspace
from tests.rounds.form_filling import fill, fill_batch, issued_form, round_with_forms, taken
from tests.rounds.support import enter_body

UNITS = 6
KILLS = 4
DOCUMENT = {"criterion": "S1.1", "number": "7", "date": "1/2/2026", "issuer": "Sở", "summary": "x"}
State = dict[str, tuple[str, dict[str, object]]]


def prepare(home: Path, units: int) -> tuple[Path, Path]:
    """A workspace with forms issued, closed; and the folder that came in: single forms with evidence files and one batch."""
    workspace = round_with_forms(home)
    from records.forms.issuing.issue import issue

    for number in range(4, units + 1):
        enter_body(workspace, f"B{number}", name=f"Đơn vị {number}", kind="đơn vị")
    issue(workspace, "2026", ("a",))
    for number in range(1, units + 1):
        folder = home / "nộp" / f"{number:03d}"
        evidence = {"evidence:1": {**DOCUMENT, "file": "a.pdf"}, "evidence:2": {**DOCUMENT, "file": "b.pdf"}}
        fill(issued_form(workspace, f"B{number}"), folder / "biểu.xlsx", evidence)
        (folder / "minh-chung").mkdir()
        for name in ("a", "b"):
            (folder / "minh-chung" / f"{name}.pdf").write_bytes(f"{name}{number}".encode() * 300_000)
    figures = {f"P{n}": {"measure:ideas": 3, "measure:used": 2} for n in (1, 2, 3)}
    fill_batch(issued_form(workspace, "B1", "e"), home / "nộp" / "gộp.xlsx", figures)
    workspace.close()
    return workspace.root, home / "nộp"


def opened(root: Path) -> Workspace:
    workspace, problems = open_workspace(root)
    assert workspace is not None, problems
    return workspace


def state(workspace: Workspace) -> State:
    return {one.candidate: (one.file_sha256, one.answers) for one in workspace.database.submissions("2026")}


def check_whole(root: Path, undisturbed: State) -> int:
    """The workspace after a kill holds a part of what an undisturbed run gives, in whole forms; how many submissions."""
    workspace = opened(root)
    here = state(workspace)
    workspace.close()
    with sqlite3.connect(root / "so-lieu.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    assert here == {candidate: undisturbed[candidate] for candidate in here}
    assert sum(candidate.startswith("P") for candidate in here) in (0, 3)
    received = root / "bieu-thu" / "2026"
    files = [path for path in received.rglob("*") if path.is_file() and not path.name.startswith(".")]
    hashes = {path.stem for path in files}
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.stem for path in files)
    for sha256, answers in here.values():
        assert {sha256, *(item["sha256"] for item in answers["evidence"])} <= hashes  # type: ignore[attr-defined]
    return len(here)


def killed(root: Path, folder: Path, written: int, delay: float) -> bool:
    """Run the command and kill it a moment after so many files have come into bieu-thu; False when it ended before."""
    words = [sys.executable, "-m", "thidua", "-C", str(root), "forms", "collect", "2026", str(folder)]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    received = root / "bieu-thu"
    while process.poll() is None and sum(path.is_file() for path in received.rglob("*")) < written:
        time.sleep(0.001)
    time.sleep(delay)
    process.kill()
    return process.wait() == -signal.SIGKILL


def attack(home: Path, units: int, kills: int, seed: int, slowest: float = 0.03) -> list[int]:
    """How many submissions each killed run had left; the run after each kill comes to the undisturbed state."""
    root, folder = prepare(home, units)
    pristine = home / "trước"
    shutil.copytree(root, pristine)
    workspace = opened(root)
    assert not collect(workspace, "2026", folder).wrong
    undisturbed = state(workspace)
    names = sorted(path.relative_to(root).as_posix() for path in (root / "bieu-thu").rglob("*"))
    workspace.close()
    chance = random.Random(seed)
    left = []
    for number in range(kills):
        here = home / f"lần {number}"
        shutil.copytree(pristine, here)
        if not killed(here, folder, number * (3 * units + 1) // kills, chance.random() * slowest):
            left.append(-1)
            continue
        left.append(check_whole(here, undisturbed))
        workspace = opened(here)
        again = collect(workspace, "2026", folder)
        assert not again.wrong and state(workspace) == undisturbed, again.problems
        workspace.close()
        assert sorted(path.relative_to(here).as_posix() for path in (here / "bieu-thu").rglob("*")) == names
        shutil.rmtree(here)
    return left


def test_a_killed_command_leaves_whole_forms(tmp_path: Path) -> None:
    left = attack(tmp_path, UNITS, KILLS, seed=7)
    assert len([count for count in left if 0 < count < UNITS + 3]) >= 2, left


def test_what_a_killed_run_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    workspace = round_with_forms(tmp_path)
    home = workspace.received("2026") / "minh-chung"
    home.mkdir(parents=True)
    for path in (home / ".tmpab12", home.parent / ".0a1b2c.xlsx.tmp9"):
        path.write_bytes(b"half")
    (home / "giữ.pdf").write_bytes(b"x")
    fill(issued_form(workspace, "B1"), tmp_path / "in" / "B1.xlsx", {"measure:due": "sai"})
    run, stored = taken(workspace, tmp_path / "in")
    assert run.wrong and stored == []
    assert sorted(path.name for path in home.parent.rglob("*")) == ["giữ.pdf", "minh-chung"]


def test_what_another_run_is_writing_is_not_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the database is held the leftovers may be somebody's: they are waited for, not deleted."""
    monkeypatch.setattr("records.ledger.database.WAIT", 0.1)
    workspace = round_with_forms(tmp_path)
    home = workspace.received("2026")
    home.mkdir(parents=True)
    (home / ".đang-ghi").write_bytes(b"half")
    fill(issued_form(workspace, "B1"), tmp_path / "in" / "B1.xlsx")
    other = opened(workspace.root)
    with other.database.writing():
        run, stored = taken(opened(workspace.root), tmp_path / "in")
        assert [problem.code for problem in run.problems] == ["output"] and stored == []
        assert (home / ".đang-ghi").exists()
    run, stored = taken(workspace, tmp_path / "in")
    assert not run.wrong and len(stored) == 1 and not (home / ".đang-ghi").exists()
