"""Killed while a list, a tally or a signed paper is taken in: the old state or the new one. Two people at once: one of them, or both."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from criteria.problems import errors
from nominations.history.held import history
from nominations.history.importing import import_held
from nominations.history.revoking import revoke
from nominations.proposals.collect import collect_list
from nominations.proposals.lists import Cover
from nominations.proposals.proposal import proposals
from records.ledger.stored_files import check_files
from records.ledger.verifying import prove
from records.workspace.folder import RECEIVED, Workspace, open_workspace
from reports.council.files import record_meeting
from reports.dossier.package import Piece, write_package
from tests.nominations import attack_support
from tests.nominations.attack_support import HELD, LISTED, MEETING, STEP, occasion_at, plain
from tests.nominations.occasion_support import OCCASION, TODAY, nominated

COVER = Cover("C1", "5/TTr", date(2027, 7, 10), "4/BB", date(2027, 7, 9))
# the program on a day on which the letters have been written
PROGRAM = """
import datetime
import thidua.commands.proposal as proposal
from thidua.main import main
proposal.date = type("Day", (datetime.date,), {"today": classmethod(lambda _: datetime.date(2027, 12, 31))})
main()
"""
OPTIONS = ["--by", "C1", "--letter", "5/TTr", "--letter-day", "2027-07-10", "--minutes", "4/BB"]
OPTIONS += ["--minutes-day", "2027-07-09"]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return occasion_at(tmp_path, monkeypatch)


def again(workspace: Workspace) -> Workspace:
    """Somebody else at the same ledger."""
    return at(workspace.root)


def at(root: Path) -> Workspace:
    opened, problems = open_workspace(root, "người khác")
    assert opened is not None, problems
    return opened


def sound(workspace: Workspace) -> None:
    assert prove(workspace.database).breaks == []
    assert check_files(workspace.database, workspace.root / RECEIVED).breaks == []


def test_killed_while_a_list_is_collected(workspace: Workspace, tmp_path: Path) -> None:
    listed = tmp_path / "ds.xlsx"
    listed.write_bytes(plain(LISTED))
    before = workspace.database.last_entry()
    workspace.close()
    words = [sys.executable, "-c", PROGRAM, "-C"]
    chance, after = random.Random(5), 0
    for number in range(3):
        here = tmp_path / f"w{number}"
        shutil.copytree(workspace.root, here)
        run = [*words, str(here), "proposal", "collect", OCCASION, "--list", str(listed), *OPTIONS]
        if number:  # the first one is not killed: it says what the new state is
            process = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            known = sum(1 for _ in here.rglob("*"))
            while process.poll() is None and sum(1 for _ in here.rglob("*")) == known:
                time.sleep(0.002)
            time.sleep(0.02 * chance.random())
            process.kill()
            process.wait()
            left = at(here)
            sound(left)
            assert left.database.last_entry() in (before, after)
            left.close()
        assert subprocess.run(run, capture_output=True, check=False).returncode == 0
        done = at(here)
        sound(done)
        after = after or done.database.last_entry()
        assert done.database.last_entry() == after > before and len(proposals(done, OCCASION)) == 1
        done.close()


def test_two_collect_the_same_list(workspace: Workspace, tmp_path: Path) -> None:
    listed = tmp_path / "ds.xlsx"
    listed.write_bytes(plain(LISTED))
    several = [workspace, again(workspace), again(workspace)]
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda one: collect_list(one, OCCASION, listed, COVER, TODAY), several))
    assert [one for run in runs for one in errors(run.problems)] == []
    assert sum(len(run.taken) for run in runs) == 1 and len(proposals(workspace, OCCASION)) == 1
    sound(workspace)


def test_two_record_the_same_tally(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(attack_support.tally(workspace, tmp_path).good)
    other = again(workspace)

    def enter(one: Workspace) -> list[str]:
        return [p.code for p in errors(record_meeting(one, OCCASION, STEP, path, "7/BB", MEETING, TODAY)[2])]

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(enter, (workspace, other)))
    assert [] in found and all(codes in ([], ["output"]) for codes in found)  # who came second is told to try again
    assert enter(workspace) == []
    assert sum(one.field == "file" for one in workspace.database.entries("meeting")) == 1
    sound(workspace)


def test_an_award_is_revoked_while_cases_are_worked_out(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "da-co.xlsx"
    path.write_bytes(plain(HELD))
    assert errors(import_held(workspace, path, TODAY)[1]) == []
    number, other = history(workspace)[0].number, again(workspace)
    told = (number, "gian dối", "1/QĐ", date(2027, 8, 1), TODAY)
    with ThreadPoolExecutor(3) as pool:
        working = pool.submit(lambda: [len(nominated(other).cases) for _ in range(3)])
        first, second = pool.submit(revoke, workspace, *told), pool.submit(revoke, again(workspace), *told)
    assert len(set(working.result())) == 1
    assert sorted(done is None for done, _ in (first.result(), second.result())) == [False, True]
    sound(workspace)


def test_what_a_killed_dossier_left_is_cleared_away(tmp_path: Path) -> None:
    """Half-made folders name people; one that may be of somebody at work is left alone."""
    folder = tmp_path / "bk-tinh"
    for name, age in (("cu", 7200), ("moi", 0)):
        left = tmp_path / f".bk-tinh.{name}"
        (left / "X1").mkdir(parents=True)
        (left / "X1" / "a.docx").write_bytes(b"Ho ong A")
        os.utime(left, (time.time() - age, time.time() - age))
    (tmp_path / ".bk-tinh.zip.abc").write_bytes(b"PK")
    os.utime(tmp_path / ".bk-tinh.zip.abc", (1, 1))
    write_package(folder, [Piece("a.txt", b"1", "A")], {}, [])
    assert sorted(one.name for one in tmp_path.iterdir()) == [".bk-tinh.moi", "bk-tinh", "bk-tinh.zip"]
