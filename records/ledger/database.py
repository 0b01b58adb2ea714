"""The database of a workspace: the ledger and what was handed in, through SQLAlchemy Core, so that a server can follow by URL."""

from __future__ import annotations

import copy
import errno
import getpass
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sql

from records.ledger import tables
from records.ledger.entries import Entry, changed, gather
from records.ledger.remembering import Remembered, entry_of, submission_of
from records.ledger.submission import Submission
from records.ledger.tables import FORMAT
from records.ledger.writer import Writer

__all__ = [
    "FORMAT",
    "WAIT",
    "Database",
    "Submission",
    "Writer",
    "beginning",
    "create_database",
    "entry_of",
    "submission_of",
]

WAIT = 30  # seconds another process may hold the database
_REFUSALS = {
    "locked": errno.EBUSY,
    "full": errno.ENOSPC,
    "readonly": errno.EACCES,
    "unable to open": errno.EACCES,
}  # words of SQLite


class Database:
    """An open database. person: who enters. until: read it as it stood at that entry. Reads see whole transactions only."""

    def __init__(self, path: Path, person: str = "", until: int | None = None) -> None:
        self.path, self.person, self.until = path, person or _user(), until
        self._engine = sql.create_engine(_url(path), connect_args={"timeout": WAIT})
        sql.event.listen(self._engine, "connect", _careful)
        self._remembered = Remembered()

    def at(self, entry: int) -> Database:
        """The same database as it stood at an entry; what one of the two has read the other need not read again."""
        found = copy.copy(self)
        found.until = entry
        return found

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: everything written inside becomes visible together, or not at all. Raises OSError."""
        assert self.until is None, "what stood at an entry is read, not written"
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

    @contextmanager
    def reading(self) -> Iterator[sql.Connection]:
        """A connection for what no method here answers (the chain's own proof)."""
        with self._engine.connect() as connection:
            yield connection

    def entries(self, *kinds: str, until: int | None = None) -> list[Entry]:
        """Entries of subjects that begin with "kind:" or, with a colon inside, with "kind:rest"; oldest first. until: as it stood then."""
        last = min((n for n in (until, self.until) if n is not None), default=None)
        with self._engine.connect() as connection:
            if kinds:
                return self._remembered.entries(connection, kinds, last)
            query = sql.select(tables.entries, tables.personal.c.value.label("told")).order_by(tables.entries.c.number)
            query = query.outerjoin(tables.personal, tables.personal.c.entry == tables.entries.c.number)
            query = query.where(tables.entries.c.number <= last) if last is not None else query
            return [entry_of(row) for row in connection.execute(query)]

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
        return self.head()[0]

    def head(self) -> tuple[int, str]:
        """Number and hash of the last entry, (0, "") when there is none: what is printed on signed minutes."""
        columns = tables.entries.c
        query = sql.select(columns.number, columns.hash).order_by(columns.number.desc()).limit(1)
        if self.until is not None:
            query = query.where(columns.number <= self.until)
        with self._engine.connect() as connection:
            found = connection.execute(query).first()
        return (found.number, found.hash) if found is not None else (0, "")

    def submissions(self, period: str, candidate: str | None = None) -> list[Submission]:
        """Every submission of a round, oldest first; none whose content was erased."""
        with self._engine.connect() as connection:
            found = self._remembered.submissions(connection, period)
        return [
            one
            for one in found
            if (candidate is None or one.candidate == candidate) and (self.until is None or one.entry <= self.until)
        ]

    def secret(self) -> bytes:
        """What the tokens of this workspace's forms are made with."""
        with self._engine.connect() as connection:
            query = sql.select(tables.meta.c.value).where(tables.meta.c.name == "secret")
            return bytes.fromhex(connection.execute(query).scalar_one())

    def format(self) -> str:
        """The format of the database; "" when it is none of ours."""
        try:
            with self._engine.connect() as connection:
                query = sql.select(tables.meta.c.value).where(tables.meta.c.name == "format")
                return connection.execute(query).scalar() or ""
        except sql.exc.DatabaseError:
            return ""


def create_database(path: Path, secret: bytes | None = None) -> None:
    """An empty database. secret: for demonstrations that must come out the same every time."""
    engine = sql.create_engine(_url(path))
    with engine.begin() as connection:
        tables.create(connection)
        connection.execute(
            tables.meta.insert(),
            [
                {"name": "format", "value": FORMAT},
                {"name": "secret", "value": (secret or secrets.token_bytes(16)).hex()},
            ],
        )
    engine.dispose()


def beginning(column: Any, kind: str) -> Any:
    """Subjects between two texts: a range the index answers, where a LIKE would read everything."""
    start = kind if ":" in kind else f"{kind}:"
    return sql.and_(column >= start, column < start + "\U0010ffff")


def _url(path: Path) -> sql.URL:
    """Whatever letters the path has: a folder may be called "50% #1"."""
    return sql.URL.create("sqlite", database=str(path))


def _careful(connection: Any, _: Any) -> None:
    """Whole transactions on any drive; SQLAlchemy's own BEGIN stays out of the way."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = DELETE")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA secure_delete = ON")  # what is erased is not left in the free pages of the file
    cursor.close()


def _user() -> str:
    """The operating system's user."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return os.environ.get("USERNAME", "không rõ")
