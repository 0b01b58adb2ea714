"""Ledgers with a history, and hands that reach past the software into their files."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from records.ledger.chain import GENESIS, HASHED, link
from records.ledger.database import Database, Submission, create_database
from records.ledger.entries import Entry
from records.ledger.verifying import Proof, prove

WORDS = ["có", "12,5", "Sở Một", "verified", "", "=1+1", "“trích”", "Nguyễn Thị Á", "x" * 70]


def history(path: Path, seed: int, transactions: int = 6) -> Database:
    """A ledger with entries, personal values and submissions in random order."""
    chance = random.Random(seed)
    create_database(path)
    database = Database(path, "người thử")
    for number in range(transactions):
        with database.writing() as writer:
            for _ in range(chance.randint(1, 3)):
                candidate = f"E{chance.randint(1, 3)}"
                match chance.randint(0, 3) if number else 0:
                    case 0:
                        value = f"{chance.choice(WORDS)} {number}"
                        writer.append([Entry(f"body:{candidate}", "name", value, personal=True)])
                    case 1:
                        answers = {"values": {"a": str(chance.randint(0, 9))}}
                        file = f"{chance.getrandbits(256):064x}"
                        writer.submit(Submission("2026", candidate, "s", 1, "", "", file, "f.xlsx", answers))
                    case _:
                        entry = Entry(
                            f"score:2026/{candidate}",
                            "A1",
                            chance.choice(WORDS),
                            chance.choice([None, date(2026, 3, 1)]),
                            source=chance.choice(WORDS),
                            reason=chance.choice(WORDS),
                            author="B001",
                            role="verifier",
                            stage="verified",
                            evidence=chance.choice(WORDS),
                        )
                        writer.append([entry])
    with database.writing() as writer:  # every history has each of the three
        writer.append([Entry("body:E9", "name", "Trần Văn Bé", personal=True), Entry("round:2026", "closed", "x")])
        writer.submit(Submission("2026", "E9", "s", 1, "", "", "0" * 64, "f.xlsx", {"values": {"a": "1"}}))
        writer.append([Entry("round:2026", "closed", "y")])
    return database


def raw(path: Path) -> sqlite3.Connection:
    """The file, without what protects it."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = MEMORY")
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    for name in names:
        connection.execute(f"DROP TRIGGER {name}")
    return connection


def tampered(path: Path, hand: Callable[[sqlite3.Connection], object], anchor: str = "") -> Proof:
    """What the proof says of a copy that somebody has put his hand on."""
    copy = path.with_name("copy.sqlite")
    shutil.copyfile(path, copy)
    with closing(raw(copy)) as connection:
        hand(connection)
        connection.commit()
    database = Database(copy)
    try:
        return prove(database, anchor)
    finally:
        database.close()
        copy.unlink()


def rewrite(connection: sqlite3.Connection, first: int) -> None:
    """Give every entry from one on a new hash, as somebody would who knows how it is made, and the end, too."""
    connection.row_factory = sqlite3.Row
    before = connection.execute("SELECT hash FROM entries WHERE number < ? ORDER BY number DESC", (first,)).fetchone()
    previous, number = before["hash"] if before else GENESIS, 0
    columns = ", ".join(f'"{name}"' for name in HASHED)
    for row in connection.execute(
        f"SELECT {columns} FROM entries WHERE number >= ? ORDER BY number", (first,)
    ).fetchall():
        previous, number = link(previous, row), row["number"]
        connection.execute("UPDATE entries SET hash = ? WHERE number = ?", (previous, number))
    connection.execute("UPDATE meta SET value = ? WHERE name = 'head'", (f"{number} {previous}",))
