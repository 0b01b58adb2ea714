"""A database of format 1 (entries without a chain) made into one of format 2: in one transaction, so it is one or the other.

Old entries keep their numbers and times: a closed roster is known by the number of an entry. After them comes one entry that says
that the chain was made then, and from what; then one `handed_in` for each submission, in the order in which they came, with the
time and the person of the submission: they could have no number of their own before.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sql

from records.ledger import tables
from records.ledger.chain import GENESIS, SEAL, link, sealed
from records.ledger.database import WAIT
from records.ledger.submission import SEALED, canonical
from records.ledger.tables import FORMAT

OLD = "1"
_OLD_INDEXES = ("ix_entries_subject", "ix_submissions_period")
_PIECE = 2000

Personal = Callable[[str, str, bool], bool]  # subject, field, whether the body is a person


@dataclass(frozen=True)
class Upgraded:
    """entries, submissions: how many were taken over. backup: the file as it was. head: number and hash of the last entry."""

    entries: int
    submissions: int
    backup: Path
    head: tuple[int, str]


def format_of(path: Path) -> str:
    """The format of a database file; "" when it is none of ours. Changes nothing."""
    with contextlib.closing(
        sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT)
    ) as connection:
        try:
            found = connection.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
        except sqlite3.DatabaseError:
            return ""
    return str(found[0]) if found else ""


def upgrade(path: Path, person: str, person_kinds: set[str], personal: Personal) -> Upgraded:
    """Upgrade a database of format 1 in its place; a copy of it stays beside it. person: who does it. person_kinds: kinds of
    the roster whose bodies are persons. Raises OSError (nothing is changed), ValueError when it is none of format 1."""
    backup = path.with_name(f"{path.stem}.ban-1{path.suffix}")
    engine = sql.create_engine(sql.URL.create("sqlite", database=str(path)), connect_args={"timeout": WAIT})
    sql.event.listen(engine, "connect", _plain)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # nobody else can write from here on
            try:
                if _meta(connection, "format") != OLD:
                    raise ValueError(path)
                digest = _set_aside(path, backup)
                done = _Upgrade(connection, person, person_kinds, personal).run(digest, backup.name)
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                if connection.connection.in_transaction:
                    connection.exec_driver_sql("ROLLBACK")
                raise
    except sql.exc.OperationalError as error:
        raise OSError(0, str(error.orig), str(path)) from error
    finally:
        engine.dispose()
    return Upgraded(*done[:2], backup, done[2])


def _plain(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for words in ("journal_mode = DELETE", "synchronous = FULL", "secure_delete = ON", "legacy_alter_table = OFF"):
        cursor.execute(f"PRAGMA {words}")
    cursor.close()


def _meta(connection: sql.Connection, name: str) -> str:
    query = sql.select(tables.meta.c.value).where(tables.meta.c.name == name)
    return connection.execute(query).scalar() or ""


def _set_aside(path: Path, backup: Path) -> str:
    """Copy the database beside itself while nobody can write; SHA-256 of the copy. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=backup.parent, prefix=f".{backup.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        with (
            contextlib.closing(sqlite3.connect(path)) as source,
            contextlib.closing(sqlite3.connect(temporary)) as target,
        ):
            source.backup(target)
        with temporary.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        os.chmod(temporary, 0o644)
        os.replace(temporary, backup)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return digest


class _Upgrade:
    """The rows of the new tables, one bound to the other."""

    def __init__(self, connection: sql.Connection, person: str, person_kinds: set[str], personal: Personal) -> None:
        self.connection, self.person, self.personal = connection, person, personal
        self.number, self.hash = 0, GENESIS
        self.standing: dict[tuple[str, str], str] = {}
        self.rows: list[dict[str, Any]] = []
        self.hidden: list[dict[str, Any]] = []
        query = "SELECT subject, value FROM entries WHERE field = 'kind' AND subject LIKE 'body:%' ORDER BY number"
        kinds = {row.subject: row.value for row in connection.exec_driver_sql(query)}
        self.persons = {subject for subject, kind in kinds.items() if kind in person_kinds}

    def run(self, digest: str, name: str) -> tuple[int, int, tuple[int, str]]:
        """Make everything; how many entries and submissions there were, and where the chain ends."""
        for index in _OLD_INDEXES:
            self.connection.exec_driver_sql(f"DROP INDEX IF EXISTS {index}")
        for table in ("entries", "submissions"):
            self.connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO old_{table}")
        tables.create(self.connection)
        entries = self._entries()
        self._append(
            self.number + 1,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            by=self.person,
            subject="ledger:format",
            field="format",
            old=OLD,
            value=FORMAT,
            evidence=digest,
            place=name,
            reason="nâng cấp sổ: lập chuỗi mã băm cho các mục đã có",
        )
        submissions = self._submissions()
        self._flush()
        for table in ("entries", "submissions"):
            self.connection.exec_driver_sql(f"DROP TABLE old_{table}")
        names = tables.meta.c.name
        self.connection.execute(sql.delete(tables.meta).where(names.in_(["format", "head"])))
        head = f"{self.number} {self.hash}"
        told = [{"name": "format", "value": FORMAT}, {"name": "head", "value": head}]
        self.connection.execute(tables.meta.insert(), told)
        return entries, submissions, (self.number, self.hash)

    def _entries(self) -> int:
        count = 0
        for row in self.connection.exec_driver_sql("SELECT * FROM old_entries ORDER BY number").mappings():
            self._append(personal=self.personal(row["subject"], row["field"], row["subject"] in self.persons), **row)
            count += 1
        return count

    def _submissions(self) -> int:
        made: list[dict[str, Any]] = []
        for row in self.connection.exec_driver_sql("SELECT * FROM old_submissions ORDER BY number").mappings():
            salt = secrets.token_hex(16)
            content = {name: row[name] for name in SEALED}
            self._append(
                self.number + 1,
                at=row["at"],
                by=row["by"],
                subject=f"score:{row['period']}/{row['candidate']}",
                field="handed_in",
                value=sealed(salt, canonical(content)),
                place=row["file_name"],
                reason=row["reason"],
                author=row["candidate"],
                role="unit",
                stage="self",
                evidence=row["file_sha256"],
            )
            made.append({**content, "number": len(made) + 1, "entry": self.number, "salt": salt})
        if made:
            self.connection.execute(tables.submissions.insert(), made)
        return len(made)

    def _append(self, number: int, *, personal: bool = False, **told: Any) -> None:
        key = told["subject"], told["field"]
        told.setdefault("old", self.standing.get(key, ""))
        if personal:
            salt, value = secrets.token_hex(16), told["value"]
            self.hidden.append({"entry": number, "salt": salt, "value": value})
            told["value"] = SEAL + sealed(salt, value)
        self.standing[key] = told["value"]
        if number != self.number + 1:
            raise ValueError(f"thiếu mục {self.number + 1} trong sổ cũ")
        row: dict[str, Any] = {column.name: "" for column in tables.entries.columns}
        row |= {"valid_from": None, "valid_to": None, **told, "number": number}
        row["hash"] = self.hash = link(self.hash, row)
        self.number = number
        self.rows.append(row)
        if len(self.rows) >= _PIECE:
            self._flush()

    def _flush(self) -> None:
        if self.rows:
            self.connection.execute(tables.entries.insert(), self.rows)
        if self.hidden:
            self.connection.execute(tables.personal.insert(), self.hidden)
        self.rows, self.hidden = [], []
