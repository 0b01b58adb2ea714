"""What was read of the ledger once and is not read again: it only grows, so that what is new is all there is to ask for."""

from __future__ import annotations

import json
from bisect import bisect_right
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sql

from records.ledger import tables
from records.ledger.entries import Entry
from records.ledger.submission import Submission

_COLUMNS = tables.entries.c
_ERASURES = sql.select(sql.func.max(_COLUMNS.number)).where(
    _COLUMNS.subject >= "person:", _COLUMNS.subject < "person:\U0010ffff"
)
_ENDS = sql.select(
    sql.select(sql.func.max(_COLUMNS.number)).scalar_subquery().label("last"),
    _ERASURES.scalar_subquery().label("erased"),
)

_GIVEN = tables.submissions.c
_HANDED_IN = (
    sql.select(tables.submissions)
    .where(_GIVEN.period == sql.bindparam("period"), _GIVEN.entry > sql.bindparam("looked"), _GIVEN.salt != "")
    .order_by(_GIVEN.number)
)


class Remembered:
    """What was read of one database, by the beginnings of subjects.

    A personal value may be emptied, which no other change of these tables is; that enters an entry about the person, and then
    everything is read anew.
    """

    def __init__(self) -> None:
        self._entries: dict[tuple[str, ...], tuple[int, list[Entry]]] = {}  # with the last entry that was looked at
        self._submissions: dict[str, tuple[int, list[Submission]]] = {}  # by period, with the same
        self._ends: tuple[int, int] = (0, 0)  # the last entry of all, the last about a person

    def entries(self, connection: sql.Connection, kinds: tuple[str, ...], last: int | None) -> list[Entry]:
        """Oldest first. kinds: see Database.entries, at least one; last: the number of the last entry that counts."""
        head = self._head(connection)
        looked, known = self._entries.get(kinds, (0, []))
        if looked < head:
            query = _query(len(kinds), looked > 0)
            found = connection.execute(query, {**({"looked": looked} if looked else {}), **_bounds(kinds)})
            known = known + [entry_of(row) for row in found]
            self._entries[kinds] = max(head, known[-1].number if known else 0), known
        return known[:] if last is None else known[: bisect_right(known, last, key=lambda entry: entry.number)]

    def submissions(self, connection: sql.Connection, period: str) -> list[Submission]:
        """Of a round, oldest first, none whose content was erased. Their answers are only to be read."""
        head = self._head(connection)
        looked, known = self._submissions.get(period, (0, []))
        if looked < head:
            found = connection.execute(_HANDED_IN, {"period": period, "looked": looked})
            known = known + [submission_of(row) for row in found]
            self._submissions[period] = max(head, known[-1].entry if known else 0), known
        return known[:]

    def _head(self, connection: sql.Connection) -> int:
        """The number of the last entry. What was emptied since the last look, and what belongs to another file, is forgotten."""
        ends = connection.execute(_ENDS).one()
        head, erased = ends.last or 0, ends.erased or 0
        if erased != self._ends[1] or head < self._ends[0]:
            self._entries, self._submissions = {}, {}
        self._ends = head, erased
        return head


@cache
def _query(kinds: int, new: bool) -> sql.Select[Any]:
    """Entries of subjects between so many pairs of texts. new: after `looked`. Made once: putting it together takes longer than it runs."""
    query = sql.select(tables.entries, tables.personal.c.value.label("told")).order_by(_COLUMNS.number)
    query = query.outerjoin(tables.personal, tables.personal.c.entry == _COLUMNS.number)
    ranges = [
        sql.and_(_COLUMNS.subject >= sql.bindparam(f"from_{n}"), _COLUMNS.subject < sql.bindparam(f"to_{n}"))
        for n in range(kinds)
    ]
    query = query.where(sql.or_(*ranges))
    return query.where(_COLUMNS.number > sql.bindparam("looked")) if new else query


def _bounds(kinds: tuple[str, ...]) -> dict[str, str]:
    """Two texts for every kind: a range the index answers, where a LIKE would read everything."""
    starts = [kind if ":" in kind else f"{kind}:" for kind in kinds]
    first = {f"from_{n}": start for n, start in enumerate(starts)}
    return first | {f"to_{n}": start + "\U0010ffff" for n, start in enumerate(starts)}


def entry_of(row: Any) -> Entry:
    """A stored row as an entry. told: the personal value, None when the entry is none."""
    hidden = row.told is not None
    return Entry(
        row.subject,
        row.field,
        row.told if hidden else row.value,
        date.fromisoformat(row.valid_from) if row.valid_from else None,
        date.fromisoformat(row.valid_to) if row.valid_to else None,
        row.source,
        row.place,
        row.reason,
        row.number,
        row.at,
        row.by,
        row.author,
        row.role,
        row.stage,
        row.old,
        row.evidence,
        hidden,
        row.hash,
    )


def submission_of(row: Any) -> Submission:
    """A stored row as a submission."""
    return Submission(
        row.period,
        row.candidate,
        row.set_id,
        row.version,
        row.letter_number,
        row.letter_date,
        row.file_sha256,
        row.file_name,
        json.loads(row.answers or "{}"),
        row.reason,
        row.number,
        row.at,
        row.by,
        row.entry,
        row.salt,
    )
