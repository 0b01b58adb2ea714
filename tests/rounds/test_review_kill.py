"""SIGKILL while verification workbooks are taken in: every workbook is entered whole, or not at all."""

from __future__ import annotations

import hashlib
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from records.ledger.verifying import prove
from records.workspace.folder import Workspace, open_workspace
from tests.rounds.review_filling import collected, fill, issued, round_to_review

BODIES = {"so-khcn": "tb-a-so-nganh", "van-phong-ubnd": "tb-c-xa-phuong", "so-noi-vu": "tb-b-doan-the"}
KILLS = 5
_PROGRAM = """
import sys
from datetime import date
from pathlib import Path
from records.review.collect import collect_reviews
from records.workspace.folder import open_workspace
workspace, _ = open_workspace(Path(sys.argv[1]))
print("ready", flush=True)
collect_reviews(workspace, "2026", Path(sys.argv[2]), date(2026, 12, 2))
"""


def opened(root: Path) -> Workspace:
    workspace, problems = open_workspace(root)
    assert workspace is not None, problems
    return workspace


def counted(root: Path) -> dict[str, tuple[int, int]]:
    """By body, how many state entries and how many receipts there are."""
    workspace = opened(root)
    told = workspace.database.entries("score:2026/")
    states = [entry.author for entry in told if "/" not in entry.field and entry.role == "verifier"]
    receipts = [entry for entry in workspace.database.entries("review:2026/") if entry.field == "collected"]
    kept = {path.stem for path in (root / "bieu-thu" / "2026" / "tham-dinh").glob("*.xlsx")}
    assert {entry.evidence for entry in receipts} <= kept
    for path in (root / "bieu-thu" / "2026" / "tham-dinh").glob("[!.]*.xlsx"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
    assert prove(workspace.database).breaks == []
    workspace.close()
    return {body: (states.count(body), sum(entry.author == body for entry in receipts)) for body in BODIES}


def test_a_killed_run_leaves_whole_workbooks(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path / "w")
    for body, one in issued(workspace).items():
        if body in BODIES:
            fill(one.path, tmp_path / "in" / f"{body}.xlsx", {}, everything=[BODIES[body]])
    workspace.close()
    whole = tmp_path / "whole"
    shutil.copytree(workspace.root, whole)
    other = opened(whole)
    start = time.monotonic()
    assert not collected(other, tmp_path / "in").wrong
    lasts = time.monotonic() - start
    other.close()
    done = counted(whole)
    assert all(states > 2 and receipts == 1 for states, receipts in done.values())
    chance = random.Random(3)
    stopped = 0
    for number in range(KILLS):
        here = tmp_path / f"lần {number}"
        shutil.copytree(workspace.root, here)
        words = [sys.executable, "-c", _PROGRAM, str(here), str(tmp_path / "in")]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(lasts * (number + chance.random()) / KILLS)
        process.kill()
        stopped += process.wait() == -signal.SIGKILL
        process.stdout.close()
        left = counted(here)
        assert all(left[body] in ((0, 0), done[body]) for body in BODIES), left
        again = opened(here)
        assert not collected(again, tmp_path / "in").wrong
        again.close()
        assert counted(here) == done
    assert stopped >= 3
