"""What was read once is not read again, and nobody can tell: entries and submissions are those of the file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import sqlalchemy as sql

from records.ledger.database import Database, Submission, create_database
from records.ledger.entries import Entry
from tests.rounds.ledger_support import history


def answers(database: Database) -> list[object]:
    """Everything that can be asked."""
    kinds = [("body",), ("score:2026/",), ("score:2026/E1", "round"), ("person",), ()]
    return [
        *(database.entries(*one) for one in kinds),
        database.submissions("2026"),
        database.submissions("2026", "E1"),
    ]


@pytest.mark.parametrize("seed", range(6))
def test_the_same_as_read_anew_whoever_writes(tmp_path: Path, seed: int) -> None:
    """Two that stay open, one of which writes; a third is opened anew each time."""
    chance = random.Random(seed)
    one = history(tmp_path / "l.sqlite", seed)
    other = Database(one.path)
    for number in range(12):
        writer_of = chance.choice([one, other])
        with writer_of.writing() as writer:
            match chance.randint(0, 2):
                case 0:
                    writer.append([Entry(f"body:E{chance.randint(1, 9)}", "name", f"x{number}", personal=True)])
                case 1:
                    mark = f"{chance.getrandbits(256):064x}"
                    writer.submit(Submission("2026", "E1", "s", 1, "", "", mark, "f.xlsx", {"values": {"a": "1"}}))
                case _:
                    numbers = [entry.number for entry in one.entries() if chance.random() < 0.2]
                    writer.erase("E1", numbers, "hết hạn", "1/QĐ")
        fresh = Database(one.path)
        assert answers(one) == answers(other) == answers(fresh)
        last = chance.randint(0, fresh.last_entry())
        assert answers(one.at(last)) == answers(Database(one.path, until=last))
        assert one.entries("body", until=last) == fresh.entries("body", until=last)
        fresh.close()


def test_what_was_erased_is_forgotten(tmp_path: Path) -> None:
    database = history(tmp_path / "l.sqlite", 1)
    other = Database(database.path)
    assert any(entry.value == "Trần Văn Bé" for entry in other.entries("body")) and other.submissions("2026")
    with database.writing() as writer:
        writer.erase("E9", [entry.number for entry in database.entries()], "hết hạn", "1/QĐ")
    assert not any(entry.value == "Trần Văn Bé" for entry in other.entries("body"))
    assert other.submissions("2026") == []
    assert "Trần Văn Bé" not in str(vars(other._remembered))


def test_rows_that_are_known_are_not_fetched_again(tmp_path: Path) -> None:
    database = history(tmp_path / "l.sqlite", 2)
    fetched: list[int] = []
    sql.event.listen(database._engine, "after_cursor_execute", lambda *told: fetched.append(told[2].count("JOIN")))
    first = database.entries("body")
    assert sum(fetched) == 1
    assert database.entries("body") == first and database.at(first[-1].number).entries("body") == first
    assert sum(fetched) == 1
    database.enter([Entry("body:Z1", "name", "mới")])
    assert [entry.value for entry in database.entries("body")[len(first) :]] == ["mới"]


def test_a_list_that_was_given_out_is_the_askers_own(tmp_path: Path) -> None:
    database = history(tmp_path / "l.sqlite", 3)
    found = database.entries("body")
    found.clear()
    database.submissions("2026").clear()
    assert database.entries("body") and database.submissions("2026")


def test_another_file_in_the_same_place(tmp_path: Path) -> None:
    """A backup that was put back is shorter."""
    database = history(tmp_path / "l.sqlite", 4)
    assert database.entries("body")
    database.close()
    database.path.unlink()
    create_database(database.path)
    assert database.entries("body") == [] and database.submissions("2026") == []
