"""The ledger's speed: appending, proving and asking, as ratios to the same rows put into a plain table of SQLite.

python -m benchmarks.ledger [--candidates 10000] [--criteria 40]

One transaction per candidate, both ways, with the same pragmas. The reference stores the same columns without hashes, indexes,
triggers or what stood there before; its proof is a walk over every row.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from records.ledger import tables
from records.ledger.database import Database, create_database
from records.ledger.entries import Entry
from records.ledger.selecting import Wanted, select_entries
from records.ledger.verifying import prove


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--candidates", type=int, default=10_000)
    wanted.add_argument("--criteria", type=int, default=40)
    chosen = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _run(Path(folder), chosen.candidates, chosen.criteria)


def _run(folder: Path, candidates: int, criteria: int) -> None:
    path, plain = folder / "ledger.sqlite", folder / "plain.sqlite"
    create_database(path)
    database = Database(path, "benchmark")
    appended = _timed(lambda: _append(database, candidates, criteria))
    rows = candidates * criteria
    reference = _timed(lambda: _plainly(plain, candidates, criteria))
    walked = _timed(lambda: _walk(plain))
    proved = _timed(lambda: _proved(database, rows))
    print(f"{rows} entries in transactions of {criteria}")
    print(
        f"append  {appended:8.2f} s  {rows / appended:10.0f} entries/s  {appended / reference:6.2f} × plain inserts ({reference:.2f} s)"
    )
    print(
        f"prove   {proved:8.2f} s  {rows / proved:10.0f} entries/s  {proved / walked:6.2f} × walk over plain rows ({walked:.2f} s)"
    )
    for name, asked in (
        ("candidate", Wanted(candidate=f"E{candidates // 2}")),
        ("criterion", Wanted(criterion="A7", limit=200)),
        ("both", Wanted(candidate=f"E{candidates // 2}", criterion="A7")),
        ("person", Wanted(person="B001", limit=200)),
        ("day", Wanted(first=date(2020, 1, 1), last=date(2020, 1, 2))),
        ("round, stage", Wanted(period="2026", stage="verified", limit=200)),
    ):
        took = _timed(lambda asked=asked: select_entries(database, asked))  # type: ignore[misc]
        print(f"log by {name:12} {took * 1000:8.1f} ms")
    print(f"file {path.stat().st_size / 2**20:.0f} MB, plain {plain.stat().st_size / 2**20:.0f} MB")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    database.close()


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _entries(candidate: int, criteria: int) -> Iterator[Entry]:
    for number in range(criteria):
        yield Entry(
            f"score:2026/E{candidate}",
            f"A{number}",
            "verified",
            source="12/SNV-TĐKT ngày 01/12/2026",
            place="tham-dinh-so-noi-vu.xlsx [Tham dinh] ô F12",
            reason="Đối chiếu văn bản đã ban hành",
            author=f"B{candidate % 20:03d}",
            role="verifier",
            stage="verified",
        )


def _append(database: Database, candidates: int, criteria: int) -> None:
    for candidate in range(candidates):
        with database.writing() as writer:
            writer.append(_entries(candidate, criteria))


def _proved(database: Database, rows: int) -> None:
    proof = prove(database)
    assert proof.breaks == [] and proof.entries == rows


def _plainly(path: Path, candidates: int, criteria: int) -> None:
    names = [column.name for column in tables.entries.columns if column.name != "hash"]
    connection = sqlite3.connect(path, isolation_level=None)
    for words in ("journal_mode = DELETE", "synchronous = FULL"):
        connection.execute(f"PRAGMA {words}")
    columns = ", ".join(f'"{name}"' for name in names)
    connection.execute(f"CREATE TABLE entries ({columns})")
    insert = f"INSERT INTO entries VALUES ({', '.join('?' * len(names))})"
    number = 0
    for candidate in range(candidates):
        connection.execute("BEGIN IMMEDIATE")
        told = []
        for entry in _entries(candidate, criteria):
            number += 1
            told.append([number if name == "number" else getattr(entry, name) for name in names])
        connection.executemany(insert, told)
        connection.execute("COMMIT")
    connection.close()


def _walk(path: Path) -> None:
    connection = sqlite3.connect(path)
    for _ in connection.execute("SELECT * FROM entries ORDER BY number"):
        pass
    connection.close()


if __name__ == "__main__":
    main()
