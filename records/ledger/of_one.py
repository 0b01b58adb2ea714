"""What the ledger holds of one subject or one candidate, read alone and not remembered: for those who go through many, one by one."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sql

from records.ledger import tables
from records.ledger.database import Database, entry_of, submission_of
from records.ledger.entries import Entry
from records.ledger.submission import Submission


def entries_of(database: Database, subject: str, until: int | None = None) -> list[Entry]:
    """Entries of exactly this subject, oldest first. until: as they stood at that entry."""
    columns = tables.entries.c
    query = sql.select(tables.entries, tables.personal.c.value.label("told")).order_by(columns.number)
    query = query.outerjoin(tables.personal, tables.personal.c.entry == columns.number)
    query = query.where(columns.subject == subject)
    last = min((n for n in (until, database.until) if n is not None), default=None)
    if last is not None:
        query = query.where(columns.number <= last)
    with database.reading() as connection:
        return [entry_of(row) for row in connection.execute(query)]


def submissions_of(database: Database, period: str, candidate: str) -> list[Submission]:
    """What one candidate handed in for a round, oldest first; nothing whose content was erased."""
    columns = tables.submissions.c
    query = sql.select(tables.submissions).order_by(columns.number)
    query = query.where(columns.period == period, columns.candidate == candidate, columns.salt != "")
    if database.until is not None:
        query = query.where(columns.entry <= database.until)
    with database.reading() as connection:
        return [submission_of(row) for row in connection.execute(query)]


def last_day(database: Database) -> date | None:
    """The day of the last entry: how far a print from the ledger knows. None while there is none."""
    columns = tables.entries.c
    query = sql.select(columns.at).order_by(columns.number.desc()).limit(1)
    if database.until is not None:
        query = query.where(columns.number <= database.until)
    with database.reading() as connection:
        found = connection.execute(query).scalar()
    return date.fromisoformat(found[:10]) if found else None
