"""Whatever is changed in the ledger by another hand is found, and the first broken entry is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from records.ledger import tables
from records.ledger.chain import HASHED, SEAL
from records.ledger.database import Database
from records.ledger.entries import Entry
from records.ledger.verifying import prove
from tests.rounds.ledger_support import history, raw, rewrite, tampered

SEEDS = (1, 2, 3)


def ledger(tmp_path: Path, seed: int) -> tuple[Path, int]:
    path = tmp_path / "d.sqlite"
    database = history(path, seed)
    proof = prove(database)
    database.close()
    assert proof.breaks == [] and proof.entries == proof.head[0] > 8 and proof.submissions
    return path, proof.entries


@pytest.mark.parametrize("seed", SEEDS)
def test_any_column_of_any_entry(tmp_path: Path, seed: int) -> None:
    path, count = ledger(tmp_path, seed)
    for number in range(1, count + 1):
        for name in (*HASHED[1:], "hash"):

            def change(connection: sqlite3.Connection, number: int = number, name: str = name) -> None:
                connection.execute(
                    f"""UPDATE entries SET "{name}" = ifnull("{name}", '') || '!' WHERE number = ?""", (number,)
                )

            proof = tampered(path, change)
            assert proof.breaks and proof.breaks[0].entry == number, (number, name, proof.breaks)


@pytest.mark.parametrize("value", [b"\xff\xfe", None, 7, ""])
def test_other_kinds_of_value(tmp_path: Path, value: object) -> None:
    path, _ = ledger(tmp_path, 4)
    proof = tampered(
        path,
        lambda c: c.execute(
            "UPDATE entries SET reason = ?, value = ifnull(?, '') WHERE number = 5", (str(value), value)
        ),
    )
    assert proof.breaks[0].entry == 5


def test_letters_that_are_none(tmp_path: Path) -> None:
    path, _ = ledger(tmp_path, 4)
    proof = tampered(path, lambda c: c.execute("UPDATE entries SET source = CAST(x'ff' AS TEXT) WHERE number = 5"))
    assert proof.breaks and "không đọc được" in proof.breaks[0].message


@pytest.mark.parametrize("seed", SEEDS)
def test_an_entry_taken_out_put_in_or_moved(tmp_path: Path, seed: int) -> None:
    path, count = ledger(tmp_path, seed)
    columns = ", ".join(f'"{c.name}"' for c in tables.entries.columns if c.name != "number")
    copy = f"INSERT INTO entries (number, {columns}) SELECT ?, {columns} FROM entries WHERE number = ?"
    for number in range(1, count + 1):
        proof = tampered(path, lambda c, n=number: c.execute("DELETE FROM entries WHERE number = ?", (n,)))  # type: ignore[misc]
        assert proof.breaks[0].entry == number and "thiếu" in proof.breaks[0].message
    for place in (-3, 0, count + 1):
        proof = tampered(path, lambda c, n=place: c.execute(copy, (n, 2)))  # type: ignore[misc]
        assert proof.breaks[0].entry == max(place, 1), place

    def shift(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE entries SET number = -number - 1 WHERE number >= 4")
        connection.execute("UPDATE entries SET number = -number WHERE number < 0")
        connection.execute(copy, (4, 2))

    def swap(connection: sqlite3.Connection) -> None:
        for one, other in ((3, -1), (6, 3), (-1, 6)):
            connection.execute("UPDATE entries SET number = ? WHERE number = ?", (other, one))

    def backwards(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE entries SET number = -number")
        connection.execute("UPDATE entries SET number = number + ?", (count + 1,))

    assert tampered(path, shift).breaks[0].entry == 4
    assert tampered(path, swap).breaks[0].entry == 3
    assert tampered(path, backwards).breaks[0].entry == 1


def test_the_end_cut_off(tmp_path: Path) -> None:
    path, count = ledger(tmp_path, 1)
    for first in (2, count - 1, count):
        proof = tampered(path, lambda c, n=first: c.execute("DELETE FROM entries WHERE number >= ?", (n,)))  # type: ignore[misc]
        assert proof.breaks[0].entry == first
    assert tampered(path, lambda c: c.execute("DELETE FROM meta WHERE name = 'head'")).breaks[0].entry == count
    assert tampered(path, lambda c: c.execute("UPDATE meta SET value = 'x y' WHERE name = 'head'")).breaks
    proof = tampered(path, lambda c: c.execute("DELETE FROM entries"))
    assert proof.breaks[0].entry == 1 and proof.entries == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_any_column_of_any_form(tmp_path: Path, seed: int) -> None:
    path, _ = ledger(tmp_path, seed)
    with closing(raw(path)) as connection:
        forms = connection.execute("SELECT number, entry FROM submissions ORDER BY number").fetchall()
        connection.rollback()
    for number, entry in forms:
        for column in tables.submissions.columns:
            add = "100" if str(column.type) == "INTEGER" else "' '"
            join = "+" if str(column.type) == "INTEGER" else "||"
            words = f'UPDATE submissions SET "{column.name}" = "{column.name}" {join} {add} WHERE number = ?'
            proof = tampered(path, lambda c, w=words, n=number: c.execute(w, (n,)))  # type: ignore[misc]
            assert proof.breaks and proof.breaks[0].entry == entry, (column.name, proof.breaks)
        proof = tampered(path, lambda c, n=number: c.execute("DELETE FROM submissions WHERE number = ?", (n,)))  # type: ignore[misc]
        assert proof.breaks[0].entry == entry
        words = "UPDATE submissions SET salt = '', answers = '' WHERE number = ?"
        assert tampered(path, lambda c, w=words, n=number: c.execute(w, (n,))).breaks[0].entry == entry  # type: ignore[misc]


@pytest.mark.parametrize("seed", SEEDS)
def test_any_personal_value(tmp_path: Path, seed: int) -> None:
    path, _ = ledger(tmp_path, seed)
    with closing(raw(path)) as connection:
        numbers = [row[0] for row in connection.execute("SELECT entry FROM personal ORDER BY entry")]
        connection.rollback()
    for number in numbers:
        for words in (
            "UPDATE personal SET value = value || ' '",
            "UPDATE personal SET salt = salt || '0'",
            "UPDATE personal SET salt = '', value = ''",
            "UPDATE personal SET value = x'ff'",
            "DELETE FROM personal",
        ):
            proof = tampered(path, lambda c, w=words, n=number: c.execute(f"{w} WHERE entry = ?", (n,)))  # type: ignore[misc]
            assert [one.entry for one in proof.breaks] == [number], (words, proof.breaks)
    proof = tampered(path, lambda c: c.execute("INSERT INTO personal VALUES (99999, 'a', 'b')"))
    assert [one.entry for one in proof.breaks] == [99999]


def test_a_rewritten_end_is_found_by_the_anchor_only(tmp_path: Path) -> None:
    path, count = ledger(tmp_path, 2)
    database = Database(path)
    head, middle = database.head()[1], database.entries()[3].hash
    database.close()

    def forge(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE entries SET reason = 'khác' WHERE number = ?", (count,))
        rewrite(connection, count)

    assert tampered(path, forge).breaks == []
    assert tampered(path, forge, head).anchored == 0
    assert tampered(path, forge, middle[:12].upper()).anchored == 4
    assert tampered(path, lambda c: None, head[:8]).anchored == count


def test_nobody_can_type_a_seal(tmp_path: Path) -> None:
    database = history(tmp_path / "d.sqlite", 5)
    with database.writing() as writer:
        writer.append([Entry("score:2026/E1", "A1/explanation", SEAL + "0" * 64, reason="a\x00b\ud800c")])
    entry = database.entries()[-1]
    assert entry.value == " sealed:" + "0" * 64 and entry.reason == "a b c"
    assert prove(database).breaks == []
    database.close()


def test_erased_values_need_an_entry_about_the_same_person(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    database = history(path, 6)
    mine = [e.number for e in database.entries("body:E9") if e.personal] + [database.submissions("2026", "E9")[0].entry]
    other = next(e.number for e in database.entries("body") if e.personal and e.subject != "body:E9")
    with database.writing() as writer:
        writer.erase("E9", mine, "hết hạn", "1/QĐ")
    proof = prove(database)
    assert proof.breaks == [] and proof.erased == 2
    assert database.submissions("2026", "E9") == [] and database.entries("body:E9")[0].value == ""
    with database.writing() as writer:
        writer.erase("E9", [other], "nhầm", "2/QĐ")
    assert [one.entry for one in prove(database).breaks] == [other]
    database.close()
    held = "UPDATE personal SET salt = 's', value = 'Trần Văn Bé' WHERE entry = ?"
    assert mine[0] in [one.entry for one in tampered(path, lambda c: c.execute(held, (mine[0],))).breaks]
    assert "Trần Văn Bé".encode() not in path.read_bytes()


def test_the_database_refuses(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    history(path, 7).close()
    with closing(sqlite3.connect(path)) as connection:
        for words in (
            "UPDATE entries SET reason = 'x' WHERE number = 1",
            "DELETE FROM entries WHERE number = 1",
            "DELETE FROM submissions",
            "UPDATE submissions SET answers = '{}'",
            "UPDATE submissions SET salt = '', answers = '', reason = 'x'",
            "UPDATE personal SET value = 'x'",
            "UPDATE personal SET salt = '', value = '', entry = 77",
            "DELETE FROM personal",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append only"):
                connection.execute(words)
        connection.rollback()
