"""Writing into the ledger, inside one transaction: the chain grows, nothing else changes."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sql

from records.ledger import tables
from records.ledger.chain import GENESIS, link, sealed
from records.ledger.entries import Entry
from records.ledger.submission import Submission

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_CHUNK = 400  # subjects looked up at once


class Writer:
    """What may be written. Holds the last hash from its first append to the end of the transaction."""

    def __init__(self, connection: sql.Connection, person: str) -> None:
        self._connection, self._person = connection, person
        self._head: tuple[int, str] | None = None

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the last entry; (0, GENESIS) when there is none."""
        if self._head is None:
            last = sql.select(tables.entries.c.number, tables.entries.c.hash)
            found = self._connection.execute(last.order_by(tables.entries.c.number.desc()).limit(1)).first()
            self._head = (found.number, found.hash) if found is not None else (0, GENESIS)
        return self._head

    def append(self, entries: Iterable[Entry]) -> int:
        """Append entries; the number of the last one, 0 when there was none."""
        told = list(entries)
        if not told:
            return 0
        now, known = _now(), self._standing(told)
        number, previous = self.head
        rows: list[dict[str, Any]] = []
        hidden: list[dict[str, Any]] = []
        for entry in told:
            number += 1
            value, old = _on_one_line(entry.value), entry.old or known.get((entry.subject, entry.field), "")
            known[entry.subject, entry.field] = value
            if entry.personal:
                salt = secrets.token_hex(16)
                hidden.append({"entry": number, "salt": salt, "value": value})
                known[entry.subject, entry.field] = value = sealed(salt, value)
            row = {
                "number": number,
                "at": now,
                "by": _on_one_line(self._person),
                "author": _on_one_line(entry.author),
                "role": entry.role,
                "subject": entry.subject,
                "field": entry.field,
                "stage": entry.stage,
                "old": _on_one_line(old),
                "value": value,
                "valid_from": entry.valid_from.isoformat() if entry.valid_from else None,
                "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
                "source": _on_one_line(entry.source),
                "place": _on_one_line(entry.place),
                "reason": _on_one_line(entry.reason),
                "evidence": _on_one_line(entry.evidence),
            }
            previous = row["hash"] = link(previous, row)
            rows.append(row)
        self._connection.execute(tables.entries.insert(), rows)
        if hidden:
            self._connection.execute(tables.personal.insert(), hidden)
        self._moved_to(number, previous)
        return number

    def _standing(self, told: Sequence[Entry]) -> dict[tuple[str, str], str]:
        """What the last entry of every subject and field says, as stored."""
        subjects = sorted({entry.subject for entry in told if not entry.old})
        found: dict[tuple[str, str], str] = {}
        columns = tables.entries.c
        for start in range(0, len(subjects), _CHUNK):
            last = sql.select(sql.func.max(columns.number)).where(columns.subject.in_(subjects[start : start + _CHUNK]))
            query = sql.select(columns.subject, columns.field, columns.value).where(
                columns.number.in_(last.group_by(columns.subject, columns.field))
            )
            found.update({(row.subject, row.field): row.value for row in self._connection.execute(query)})
        return found

    def _moved_to(self, number: int, previous: str) -> None:
        """Remember where the chain ends, so that a missing end shows."""
        self._head = number, previous
        names = tables.meta.c.name
        self._connection.execute(sql.delete(tables.meta).where(names == "head"))
        self._connection.execute(tables.meta.insert().values(name="head", value=f"{number} {previous}"))

    def last_submission(self, period: str) -> int:
        """The number of the last submission of a round, 0 when there is none; nobody can add one before this transaction ends."""
        columns = tables.submissions.c
        query = sql.select(sql.func.max(columns.number)).where(columns.period == period)
        return self._connection.execute(query).scalar() or 0

    def submit(self, submission: Submission, author: str = "") -> None:
        """Store what one candidate handed in, and the entry that holds its hash. author: who signed it; else the candidate."""
        salt = secrets.token_hex(16)
        stored = replace(submission, at=_now(), by=_on_one_line(self._person))
        entry = self.append(
            [
                Entry(
                    f"score:{stored.period}/{stored.candidate}",
                    "handed_in",
                    sealed(salt, stored.content()),
                    place=stored.file_name,
                    reason=stored.reason,
                    author=author or stored.candidate,
                    role="unit",
                    stage="self",
                    evidence=stored.file_sha256,
                )
            ]
        )
        self._connection.execute(tables.submissions.insert().values(entry=entry, salt=salt, **stored.columns()))


def _on_one_line(text: str) -> str:
    """Without control characters: what was typed is printed again on terminals."""
    return _CONTROL.sub(" ", text)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
