"""Two runs at once, a full disk, a database that somebody holds: a sentence, code 1, nothing half."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from records.forms.collecting.collect import collect
from records.workspace.folder import Workspace
from tests.rounds.form_filling import FIGURES, fill, found, issued_form, round_with_forms, taken
from tests.rounds.test_attack_kill import opened, prepare, state


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    return round_with_forms(tmp_path)


def command(root: Path, *words: str, before: str = "pass") -> subprocess.Popen[str]:
    """The program, started. before: Python that runs in its process first."""
    code = f"import sys; {before}; from thidua.main import main; sys.argv[0] = 'thidua'; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "-C", str(root), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def test_runs_over_one_folder_at_once_store_every_form_once(tmp_path: Path) -> None:
    root, folder = prepare(tmp_path, 6)
    runs = [command(root, "forms", "collect", "2026", str(folder)) for _ in range(2)] + [command(root, "rank", "2026")]
    ended = [(run.communicate(timeout=120), run.returncode) for run in runs]
    assert [code for _, code in ended] == [0, 0, 0], ended
    workspace = opened(root)
    assert len(workspace.database.submissions("2026")) == len(state(workspace)) == 6 + 3
    said = [out for (out, _), _ in ended[:2]]
    taken_in = [int(text.split("Nhóm a: thu được ")[1].split(",")[0]) for text in said]
    assert sum(taken_in) == 6 and not list((root / "bieu-thu").rglob(".*"))


@pytest.mark.parametrize(("version", "code"), [(1, "form-older"), (2, "form-older"), (3, "")])
def test_what_another_run_takes_in_meanwhile_counts(here: Workspace, tmp_path: Path, version: int, code: str) -> None:
    """Both have read what is stored before either stores: the second one still sees the form of the first."""
    fill(issued_form(here, "B1"), tmp_path / "một" / "a.xlsx", {**FIGURES, "measure:due": 30}, version=version)
    fill(issued_form(here, "B1"), tmp_path / "hai" / "b.xlsx", version=2)
    other = opened(here.root)
    run = collect(here, "2026", tmp_path / "một", tick=lambda: taken(other, tmp_path / "hai") and None)
    other.close()
    assert found(run) == ([(code, "", "")] if code else [])
    assert [one.version for one in here.database.submissions("2026")] == ([2] if code else [2, 3])
    assert run.groups["a"].replaced == (0 if code else 1)


def test_the_same_file_taken_in_by_another_run_meanwhile(here: Workspace, tmp_path: Path) -> None:
    fill(issued_form(here, "B1"), tmp_path / "in" / "a.xlsx")
    other = opened(here.root)
    run = collect(here, "2026", tmp_path / "in", tick=lambda: taken(other, tmp_path / "in") and None)
    other.close()
    assert not run.wrong and (run.groups["a"].taken, run.groups["a"].same) == (0, 1)


def test_a_database_that_somebody_holds_is_said_once_and_not_waited_for_again(
    here: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("records.ledger.database.WAIT", 0.2)
    for owner in ("B1", "B2", "B3"):
        fill(issued_form(here, owner), tmp_path / "in" / f"{owner}.xlsx")
    waiting = opened(here.root)
    with here.database.writing():
        run, stored = taken(waiting, tmp_path / "in")
    waiting.close()
    assert found(run) == [("output", "", "")] * 3 and stored == []
    assert all("tệp đang mở ở chương trình khác" in problem.message for problem in run.problems)
    run, stored = taken(here, tmp_path / "in")
    assert not run.wrong and len(stored) == 3


LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"


@pytest.mark.skipif(os.name != "posix", reason="limits of a process")
@pytest.mark.parametrize(("size", "stored"), [(8_000, set()), (300_000, {"P1", "P2", "P3"})])
def test_where_nothing_more_can_be_written(tmp_path: Path, size: int, stored: set[str]) -> None:
    """No file may grow beyond the limit: first none at all, then only evidence files are too large."""
    root, folder = prepare(tmp_path, 3)
    run = command(root, "forms", "collect", "2026", str(folder), before=LIMIT.format(size=size))
    out, err = run.communicate(timeout=120)
    assert run.returncode == 1 and "Traceback" not in err and "LỖI của phần mềm" not in err
    assert (err.count("LỖI output") >= 3 and "Tiếp theo" in out + err) or "LỖI output: không ghi được" in err
    workspace = opened(root)
    assert set(state(workspace)) == stored and not list((root / "bieu-thu").rglob(".*"))
    assert not collect(workspace, "2026", folder).wrong and len(state(workspace)) == 3 + 3


@pytest.mark.skipif(os.name != "posix", reason="limits of a process")
def test_other_commands_say_it_in_a_sentence(tmp_path: Path) -> None:
    root, _ = prepare(tmp_path, 3)
    run = command(root, "round", "open", "2027", before=LIMIT.format(size=100))
    out, err = run.communicate(timeout=60)
    assert run.returncode == 1 and err.startswith("LỖI output: không đọc hoặc ghi được") and err.count("\n") == 1, out
    assert "so-lieu.sqlite" in err
