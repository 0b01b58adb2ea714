"""SIGKILL at random moments of `forms collect`, `review collect`, `return collect` and `publish`: what a killed run leaves behind.

python -m benchmarks.kills [--times 100] [--seed 1] [--only publish]

A small round of the catalogue is brought to the point where each command has something to do. Again and again a copy of it is
given to the command, which is killed while it starts, works, or is about to end. After each kill the ledger proves, stands where
it stood between two whole transactions of an undisturbed run (old: none of them, new: all), and every file it names is there and
has its hash. The next run completes, and says the same as one that was never killed. Whatever is otherwise ends the benchmark.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.kill_round import COMMANDS, PERIOD, Prepared, opened, prepare_round
from records.ledger.chain import SEAL
from records.ledger.database import Database
from records.ledger.stored_files import check_files
from records.ledger.verifying import prove
from records.ledger.writer import Writer
from records.publication.published import folder_of, publications
from records.workspace.folder import KEPT, RECEIVED, Workspace

OLD, BETWEEN, NEW, ENDED = "old", "between", "new", "ended before"
_STEP = 0.002  # seconds between two looks at what a command has written

# the command line on a day on which everything published here may be published
PROGRAM = """
import datetime
import thidua.commands.publish as publish
from thidua.main import main
publish.date = type("Day", (datetime.date,), {"today": classmethod(lambda _: datetime.date(2099, 1, 1))})
main()
"""


@dataclass
class Undisturbed:
    """What a run says that nobody kills. states: digests between its transactions, first that of before. starts, lasts: seconds
    until it first writes, and until it ends."""

    states: list[str]
    files: dict[str, str]
    starts: float = 0.0
    lasts: float = 0.0


@dataclass
class Attacked:
    """How many kills of one command left what."""

    command: str
    left: Counter[str] = field(default_factory=Counter)

    @property
    def killed(self) -> int:
        return self.left.total() - self.left[ENDED]


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--times", type=int, default=100, help="kills of each command")
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--only", choices=COMMANDS, action="append")
    chosen = wanted.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as room:
        for one in attack(Path(room), chosen.times, chosen.seed, chosen.only or COMMANDS, print):
            said = ", ".join(f"{one.left[name]} {name}" for name in (OLD, BETWEEN, NEW, ENDED))
            print(f"{one.command}: {one.killed} killed: {said}", flush=True)
    print(f"{time.monotonic() - start:.0f} s; every ledger proved, every next run completed")


def attack(
    home: Path, times: int, seed: int, commands: Iterable[str] = COMMANDS, tell: Callable[[str], None] | None = None
) -> Iterator[Attacked]:
    """Kill each command so many times. Raises AssertionError with the command, the kill and what was found."""
    wanted = tuple(commands)
    for prepared in prepare_round(home / "round"):
        if prepared.command not in wanted:
            continue
        chance = random.Random(f"{seed} {prepared.command}")
        whole = undisturbed(prepared, home / "whole")
        if tell is not None:
            tell(
                f"{prepared.command}: {len(whole.states) - 1} transactions, {whole.lasts:.2f} s, writes from {whole.starts:.2f} s"
            )
        found = Attacked(prepared.command)
        for number in range(times):
            here = home / "killed"
            shutil.copytree(prepared.root, here)
            ended = not _killed(prepared, here, whole, chance)
            try:
                left = held_against(here, whole)
                completed(prepared, here, whole)
            except AssertionError as error:
                raise AssertionError(f"{prepared.command}, kill {number} of seed {seed}: {error}") from error
            assert left == NEW or not ended, f"{prepared.command}: ended by itself, and left {left}"
            found.left[ENDED if ended else left] += 1
            shutil.rmtree(here)
        yield found


def undisturbed(prepared: Prepared, here: Path) -> Undisturbed:
    """Two runs that nobody kills: one in this process for what it says, one as a command for how long it takes."""
    shutil.copytree(prepared.root, here)
    with _transactions(here) as states:
        _run(prepared, here)
    whole = Undisturbed(list(dict.fromkeys(states)), _files(here))
    shutil.rmtree(here)
    shutil.copytree(prepared.root, here)
    before, start = _written(here), time.monotonic()
    process = _started(prepared, here)
    while process.poll() is None:
        if not whole.starts and _written(here) != before:
            whole.starts = time.monotonic() - start
        time.sleep(_STEP)
    whole.lasts = time.monotonic() - start
    assert process.returncode == 0, f"{prepared.command} ended with {process.returncode}"
    assert held_against(here, whole) == NEW and _files(here) == whole.files, "the command and the call do not agree"
    shutil.rmtree(here)
    return whole


def held_against(here: Path, whole: Undisturbed) -> str:
    """Whether a killed run left the old state, the new one, or one between; raises AssertionError for anything else."""
    workspace = opened(here)
    try:
        proof = prove(workspace.database)
        assert proof.breaks == [], f"chain: {proof.breaks}"
        stored = check_files(workspace.database, here / RECEIVED, here / KEPT)
        assert stored.breaks == [], f"files: {stored.breaks}"
        lost = list(_lost(workspace))
        assert lost == [], f"named in the ledger, not there: {lost}"
        state = digest(workspace)
    finally:
        workspace.close()
    assert state in whole.states, "a state that no undisturbed run goes through"
    place = whole.states.index(state)
    return NEW if place == len(whole.states) - 1 else BETWEEN if place else OLD


def completed(prepared: Prepared, here: Path, whole: Undisturbed) -> None:
    """The next run, which nobody kills."""
    _run(prepared, here)
    assert held_against(here, whole) == NEW, "the next run did not complete"
    assert _files(here) == whole.files, f"other files: {sorted(set(_files(here).items()) ^ set(whole.files.items()))}"


def digest(workspace: Workspace) -> str:
    """What a ledger says, without times, salts and what is made of them."""
    rows: list[Any] = []
    for entry in workspace.database.entries():
        row = asdict(entry)
        del row["at"], row["hash"]
        if entry.field == "handed_in":  # a salted commitment; the submission itself follows
            row["value"] = row["old"] = ""
        row["old"] = "" if entry.old.startswith(SEAL) else entry.old
        rows.append(row)
    for one in workspace.database.submissions(PERIOD):
        row = asdict(one)
        del row["at"], row["salt"]
        rows.append(row)
    return hashlib.sha256(json.dumps(rows, default=str, sort_keys=True).encode()).hexdigest()


def _run(prepared: Prepared, here: Path) -> None:
    workspace = opened(here)
    try:
        wrong = prepared.call(workspace)
    finally:
        workspace.close()
    assert wrong == [], wrong


@contextmanager
def _transactions(root: Path) -> Iterator[list[str]]:
    """The digests between the transactions that are made inside."""

    def look() -> str:
        workspace = opened(root)
        try:
            return digest(workspace)
        finally:
            workspace.close()

    states, original = [look()], Database.writing

    @contextmanager
    def writing(database: Database) -> Iterator[Writer]:
        with original(database) as writer:
            yield writer
        states.append(look())

    with patch.object(Database, "writing", writing):
        yield states


def _started(prepared: Prepared, here: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", PROGRAM, "-C", str(here), *prepared.words]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _killed(prepared: Prepared, here: Path, whole: Undisturbed, chance: random.Random) -> bool:
    """Start the command and kill it: once in four times anywhere, else after it has begun to write. False when it ended before."""
    before, works = _written(here), whole.lasts - whole.starts
    process = _started(prepared, here)
    if chance.random() < 0.25:
        time.sleep(whole.lasts * chance.random())
    else:
        delay = works * chance.random() ** 2  # what is written, is written early: an interpreter takes long to end
        while process.poll() is None and _written(here) == before:
            time.sleep(_STEP)
        time.sleep(delay)
    process.kill()
    return process.wait() == -signal.SIGKILL


def _written(root: Path) -> int:
    """How many files there are, half-written ones and journals included."""
    return sum(path.is_file() for path in root.rglob("*"))


def _files(root: Path) -> dict[str, str]:
    """SHA-256 of every whole file by its place, without what begins with a dot: a killed run leaves such, and later ones clear it
    away. The ledger is looked at otherwise."""
    places = {path.relative_to(root): path for path in sorted(root.rglob("*")) if path.is_file()}
    return {
        place.as_posix(): _sha256(path)
        for place, path in places.items()
        if not any(part.startswith((".", "so-lieu.sqlite")) for part in place.parts)
    }


def _lost(workspace: Workspace) -> Iterator[str]:
    """Workbooks and published files that the ledger names and that are not there with their hash."""
    kept = {_sha256(path) for path in workspace.received(PERIOD).rglob("[!.]*") if path.is_file()}
    for entry in workspace.database.entries(f"review:{PERIOD}/", f"return:{PERIOD}/"):
        if entry.field == "collected" and entry.evidence not in kept:
            yield entry.place
    for told in publications(workspace, PERIOD).values():
        for one in told:
            folder = folder_of(workspace, PERIOD, one.group, one.stage, one.version)
            for name, mark in one.files.items():
                path = folder / name
                if not path.is_file() or _sha256(path) != mark:
                    yield f"{folder.name}/{name}"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
