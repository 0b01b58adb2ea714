"""Several programs at one ledger, killed ones, full and locked disks: nothing is lost, the chain stays whole."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

import pytest
import sqlalchemy as sql

from records.ledger.database import Database, Submission, create_database
from records.ledger.entries import Entry
from records.ledger.verifying import prove

EACH = 3  # entries of one transaction of the writers


def _write(path: str, person: str, count: int) -> None:
    database = Database(Path(path), person)
    for number in range(count):
        with database.writing() as writer:
            for part in range(EACH - 1):
                writer.append([Entry(f"score:2026/{person}", f"K{part}", f"{number}")])
            writer.submit(Submission("2026", person, "s", number, "", "", f"{person}{number}", "f.xlsx", {"n": number}))
    database.close()


@pytest.mark.parametrize("writers", [2, 4])
def test_writers_take_turns_and_readers_see_whole_transactions(tmp_path: Path, writers: int) -> None:
    path, count = tmp_path / "d.sqlite", 12
    create_database(path)
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=_write, args=(str(path), f"P{n}", count)) for n in range(writers)]
    for process in running:
        process.start()
    database, seen = Database(path), []
    while any(process.is_alive() for process in running):
        proof = prove(database)
        assert proof.breaks == [] and proof.entries % EACH == 0 and proof.submissions * EACH == proof.entries
        seen.append(proof.entries)
        time.sleep(0.02)
    for process in running:
        process.join()
        assert process.exitcode == 0
    proof = prove(database)
    assert proof.breaks == [] and proof.entries == writers * count * EACH and seen == sorted(seen)
    for number in range(writers):
        told = [entry for entry in database.entries(f"score:2026/P{number}") if entry.field == "K0"]
        assert [entry.value for entry in told] == [str(n) for n in range(count)]
        assert [entry.old for entry in told] == ["", *(str(n) for n in range(count - 1))]
    database.close()


_KILLED = """
import sys
from pathlib import Path
from records.ledger.database import Database, Submission
from records.ledger.entries import Entry
database = Database(Path(sys.argv[1]))
number = database.head()[0]
while True:
    number += 1
    with database.writing() as writer:
        for row in range(20):
            writer.append([Entry(f"body:E{row}", "name", f"Tên {number}", personal=True)])
            writer.submit(Submission("2026", f"E{row}", "s", number, "", "", f"{number}", "f.xlsx", {"a": "1" * 500}))
    print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_writer_leaves_a_whole_chain(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    create_database(path)
    chance, before = random.Random(3), 0
    for _ in range(6):  # one ledger, killed again and again
        process = subprocess.Popen(
            [sys.executable, "-c", _KILLED, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * 0.05)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        database = Database(path)
        proof = prove(database)
        database.close()
        assert proof.breaks == [] and proof.entries % 40 == 0 and proof.entries > before
        before = proof.entries


def _fill(path: str) -> None:
    """Write until the system says that the file may not grow."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    database = Database(Path(path))
    try:
        while True:
            with database.writing() as writer:
                writer.append([Entry("score:2026/E1", "K", "x" * 5000) for _ in range(4)])
    except OSError:
        os._exit(3)


def test_a_full_disk_is_an_error_and_no_broken_chain(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    create_database(path)
    process = multiprocessing.get_context("spawn").Process(target=_fill, args=(str(path),))
    process.start()
    process.join(60)
    assert process.exitcode == 3
    database = Database(path)
    proof = prove(database)
    assert proof.breaks == [] and proof.entries >= 4 and proof.entries % 4 == 0
    with database.writing() as writer:
        writer.append([Entry("score:2026/E1", "K", "y")])
    assert prove(database).breaks == [] and database.head()[0] == proof.entries + 1
    database.close()


def test_a_file_nobody_may_write_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    create_database(path)
    Database(path).enter([Entry("body:B1", "name", "x")])
    database = Database(path)
    sql.event.listen(database._engine, "connect", lambda raw, _: raw.execute("PRAGMA query_only = ON"))
    with pytest.raises(OSError) as caught, database.writing() as writer:
        writer.append([Entry("body:B1", "name", "y")])
    assert caught.value.errno == errno.EACCES and caught.value.filename == str(path)
    database.close()
    database = Database(path)
    assert prove(database).breaks == [] and database.head()[0] == 1
    database.close()


def test_somebody_who_holds_the_ledger_is_waited_for_then_named(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    create_database(path)
    with patch("records.ledger.database.WAIT", 0.1):
        one, other = Database(path), Database(path)
    with one.writing() as writer:
        writer.append([Entry("body:B1", "name", "x")])
        with pytest.raises(OSError), other.writing():
            pass
    assert other.enter([Entry("body:B1", "name", "y")]) == 1
    assert prove(other).breaks == [] and other.head()[0] == 2
    one.close()
    other.close()
