"""The database of a workspace: entries and submissions, through SQLAlchemy Core, so that a server can follow by URL."""

from __future__ import annotations

import errno
import getpass
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sql

from records.ledger.entries import Entry, changed, gather

FORMAT = "1"
WAIT = 30  # seconds another process may hold the database
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_REFUSALS = {
    "locked": errno.EBUSY,
    "full": errno.ENOSPC,
    "readonly": errno.EACCES,
    "unable to open": errno.EACCES,
}  # words of SQLite

_tables = sql.MetaData()
_meta = sql.Table(
    "meta", _tables, sql.Column("name", sql.Text, primary_key=True), sql.Column("value", sql.Text, nullable=False)
)
_entries = sql.Table(
    "entries",
    _tables,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
    sql.Column("at", sql.Text, nullable=False),
    sql.Column("by", sql.Text, nullable=False),
    sql.Column("subject", sql.Text, nullable=False, index=True),
    sql.Column("field", sql.Text, nullable=False),
    sql.Column("value", sql.Text, nullable=False),
    sql.Column("valid_from", sql.Text),
    sql.Column("valid_to", sql.Text),
    sql.Column("source", sql.Text, nullable=False),
    sql.Column("place", sql.Text, nullable=False),
    sql.Column("reason", sql.Text, nullable=False),
    sqlite_autoincrement=True,
)
_submissions = sql.Table(
    "submissions",
    _tables,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
    sql.Column("at", sql.Text, nullable=False),
    sql.Column("by", sql.Text, nullable=False),
    sql.Column("period", sql.Text, nullable=False, index=True),
    sql.Column("candidate", sql.Text, nullable=False),
    sql.Column("set_id", sql.Text, nullable=False),
    sql.Column("version", sql.Integer, nullable=False),
    sql.Column("letter_number", sql.Text, nullable=False),
    sql.Column("letter_date", sql.Text, nullable=False),
    sql.Column("file_sha256", sql.Text, nullable=False),
    sql.Column("file_name", sql.Text, nullable=False),
    sql.Column("answers", sql.Text, nullable=False),
    sql.Column("reason", sql.Text, nullable=False),
    sql.UniqueConstraint("period", "candidate", "file_sha256"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True)
class Submission:
    """What one candidate handed in with one file. answers: see records.forms.answers. letter_date: ISO, "" if none."""

    period: str
    candidate: str
    set_id: str
    version: int
    letter_number: str
    letter_date: str
    file_sha256: str
    file_name: str
    answers: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    number: int = 0
    at: str = ""
    by: str = ""


class Database:
    """An open database. person: who enters. Reads see whole transactions only."""

    def __init__(self, path: Path, person: str = "") -> None:
        self.path, self.person = path, person or _user()
        self._engine = sql.create_engine(_url(path), connect_args={"timeout": WAIT})
        sql.event.listen(self._engine, "connect", _careful)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: everything written inside becomes visible together, or not at all. Raises OSError."""
        try:
            with self._transaction() as writer:
                yield writer
        except sql.exc.OperationalError as error:
            said = str(error.orig)
            number = next((n for words, n in _REFUSALS.items() if words in said), errno.EIO)
            raise OSError(number, said, str(self.path)) from error

    @contextmanager
    def _transaction(self) -> Iterator[Writer]:
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            writer = Writer(connection, self.person)
            try:
                yield writer
            except BaseException:
                if connection.connection.in_transaction:  # SQLite itself takes back what a full disk cut short
                    connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")

    def entries(self, *kinds: str, until: int | None = None) -> list[Entry]:
        """Entries of subjects that begin with "kind:", oldest first. until: as it stood at that entry."""
        query = sql.select(_entries).order_by(_entries.c.number)
        if kinds:
            query = query.where(
                sql.or_(*(_entries.c.subject.startswith(f"{kind}:", autoescape=True) for kind in kinds))
            )
        if until is not None:
            query = query.where(_entries.c.number <= until)
        with self._engine.connect() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def enter(self, entries: Iterable[Entry]) -> int:
        """Append those that say something new, in one transaction; how many. Entering the same again appends nothing."""
        told = list(entries)
        if not told:
            return 0
        with self.writing() as writer:
            known = gather(self.entries(*sorted({entry.subject.partition(":")[0] for entry in told})))
            new = [entry for entry in told if changed(known.get(entry.subject), entry)]
            writer.append(new)
        return len(new)

    def last_entry(self) -> int:
        """The number of the last entry, 0 when there is none."""
        with self._engine.connect() as connection:
            return connection.execute(sql.select(sql.func.max(_entries.c.number))).scalar() or 0

    def submissions(self, period: str, candidate: str | None = None) -> list[Submission]:
        """Every submission of a round, oldest first."""
        query = sql.select(_submissions).where(_submissions.c.period == period).order_by(_submissions.c.number)
        if candidate is not None:
            query = query.where(_submissions.c.candidate == candidate)
        with self._engine.connect() as connection:
            return [_submission(row) for row in connection.execute(query)]

    def secret(self) -> bytes:
        """What the tokens of this workspace's forms are made with."""
        with self._engine.connect() as connection:
            return bytes.fromhex(
                connection.execute(sql.select(_meta.c.value).where(_meta.c.name == "secret")).scalar_one()
            )

    def format(self) -> str:
        """The format of the database; "" when it is none of ours."""
        try:
            with self._engine.connect() as connection:
                return connection.execute(sql.select(_meta.c.value).where(_meta.c.name == "format")).scalar() or ""
        except sql.exc.DatabaseError:
            return ""


class Writer:
    """Writing inside one transaction."""

    def __init__(self, connection: sql.Connection, person: str) -> None:
        self._connection, self._person = connection, person

    def append(self, entries: Iterable[Entry]) -> int:
        """Append entries; the number of the last one, 0 when there was none."""
        now, last = _now(), 0
        for entry in entries:
            values = {
                "at": now,
                "by": self._person,
                "subject": entry.subject,
                "field": entry.field,
                "value": _on_one_line(entry.value),
                "valid_from": entry.valid_from.isoformat() if entry.valid_from else None,
                "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
                "source": _on_one_line(entry.source),
                "place": _on_one_line(entry.place),
                "reason": _on_one_line(entry.reason),
            }
            done = self._connection.execute(_entries.insert().values(values))
            last = int(done.inserted_primary_key[0]) if done.inserted_primary_key is not None else last
        return last

    def last_submission(self, period: str) -> int:
        """The number of the last submission of a round, 0 when there is none; nobody can add one before this transaction ends."""
        query = sql.select(sql.func.max(_submissions.c.number)).where(_submissions.c.period == period)
        return self._connection.execute(query).scalar() or 0

    def submit(self, submission: Submission) -> None:
        """Store what one candidate handed in."""
        self._connection.execute(
            _submissions.insert().values(
                at=_now(),
                by=self._person,
                period=submission.period,
                candidate=submission.candidate,
                set_id=submission.set_id,
                version=submission.version,
                letter_number=submission.letter_number,
                letter_date=submission.letter_date,
                file_sha256=submission.file_sha256,
                file_name=submission.file_name,
                answers=json.dumps(submission.answers, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
                reason=submission.reason,
            )
        )


def create_database(path: Path, secret: bytes | None = None) -> None:
    """An empty database. secret: for demonstrations that must come out the same every time."""
    engine = sql.create_engine(_url(path))
    with engine.begin() as connection:
        _tables.create_all(connection)
        connection.execute(
            _meta.insert(),
            [
                {"name": "format", "value": FORMAT},
                {"name": "secret", "value": (secret or secrets.token_bytes(16)).hex()},
            ],
        )
    engine.dispose()


def _url(path: Path) -> sql.URL:
    """Whatever letters the path has: a folder may be called "50% #1"."""
    return sql.URL.create("sqlite", database=str(path))


def _careful(connection: Any, _: Any) -> None:
    """Whole transactions on any drive; SQLAlchemy's own BEGIN stays out of the way."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = DELETE")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _entry(row: Any) -> Entry:
    return Entry(
        row.subject,
        row.field,
        row.value,
        date.fromisoformat(row.valid_from) if row.valid_from else None,
        date.fromisoformat(row.valid_to) if row.valid_to else None,
        row.source,
        row.place,
        row.reason,
        row.number,
        row.at,
        row.by,
    )


def _submission(row: Any) -> Submission:
    return Submission(
        row.period,
        row.candidate,
        row.set_id,
        row.version,
        row.letter_number,
        row.letter_date,
        row.file_sha256,
        row.file_name,
        json.loads(row.answers),
        row.reason,
        row.number,
        row.at,
        row.by,
    )


def _on_one_line(text: str) -> str:
    """Without control characters: what was typed is printed again on terminals."""
    return _CONTROL.sub(" ", text)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _user() -> str:
    """The operating system's user."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return os.environ.get("USERNAME", "không rõ")
