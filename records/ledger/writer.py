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
from records.ledger.chain import GENESIS, SEAL, link, sealed
from records.ledger.entries import Entry
from records.ledger.submission import Submission
from records.persons.fields import always_personal, tells_of_candidate

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # and halves of letters, as file names may hold
_CHUNK = 400  # subjects looked up at once
ERASED = "erased"  # field of person:ID: numbers of the entries whose personal values or submissions were emptied

# made once: putting a statement together takes longer than most of them
_COLUMNS = tables.entries.c
_LAST = sql.select(_COLUMNS.number, _COLUMNS.hash).order_by(_COLUMNS.number.desc()).limit(1)
_NEWEST = sql.select(sql.func.max(_COLUMNS.number)).where(
    _COLUMNS.subject.in_(sql.bindparam("subjects", expanding=True))
)
_STANDING = sql.select(_COLUMNS.subject, _COLUMNS.field, _COLUMNS.value).where(
    _COLUMNS.number.in_(_NEWEST.group_by(_COLUMNS.subject, _COLUMNS.field))
)
_MOVE_END = sql.update(tables.meta).where(tables.meta.c.name == "head").values(value=sql.bindparam("value"))


class Writer:
    """What may be written. Holds the last hash from its first append to the end of the transaction."""

    def __init__(self, connection: sql.Connection, person: str) -> None:
        self._connection, self._person = connection, person
        self._head: tuple[int, str] | None = None
        self._persons: dict[str, bool] = {}

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the last entry; (0, GENESIS) when there is none."""
        if self._head is None:
            found = self._connection.execute(_LAST).first()
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
            value, old = _on_one_line(entry.value), _on_one_line(entry.old)
            if entry.personal or self._personal(entry):
                salt, old = secrets.token_hex(16), ""
                hidden.append({"entry": number, "salt": salt, "value": value})
                value = SEAL + sealed(salt, value)
            old = old or known.get((entry.subject, entry.field), "")
            known[entry.subject, entry.field] = value
            row = {
                "number": number,
                "at": now,
                "by": _on_one_line(self._person),
                "author": _on_one_line(entry.author),
                "role": _on_one_line(entry.role),
                "subject": _on_one_line(entry.subject),
                "field": _on_one_line(entry.field),
                "stage": _on_one_line(entry.stage),
                "old": old,
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

    def _personal(self, entry: Entry) -> bool:
        """Whether an entry is personal though nobody said so: whose names stand sealed in the roster is a person."""
        if always_personal(entry.subject, entry.field):
            return True
        if not tells_of_candidate(entry.subject, entry.field):
            return False
        body = f"body:{entry.subject.rpartition('/')[2]}"
        if body not in self._persons:
            columns = tables.entries.c
            query = sql.select(sql.literal(1)).select_from(tables.entries)
            query = query.join(tables.personal, tables.personal.c.entry == columns.number)
            query = query.where(columns.subject == body, columns.field == "name").limit(1)
            self._persons[body] = self._connection.execute(query).first() is not None
        return self._persons[body]

    def _standing(self, told: Sequence[Entry]) -> dict[tuple[str, str], str]:
        """What the last entry of every subject and field says, as stored."""
        subjects = sorted({entry.subject for entry in told if not entry.old})
        found: dict[tuple[str, str], str] = {}
        for start in range(0, len(subjects), _CHUNK):
            some = {"subjects": subjects[start : start + _CHUNK]}
            found.update({(row.subject, row.field): row.value for row in self._connection.execute(_STANDING, some)})
        return found

    def _moved_to(self, number: int, previous: str) -> None:
        """Remember where the chain ends, so that a missing end shows."""
        self._head = number, previous
        end = {"value": f"{number} {previous}"}
        if self._connection.execute(_MOVE_END, end).rowcount == 0:
            self._connection.execute(tables.meta.insert(), [{"name": "head", **end}])

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

    def erase(self, ident: str, entries: Iterable[int], reason: str, source: str) -> int:
        """Empty the personal values and the submissions that stand under these entries, and say so in the ledger: how many."""
        numbers = sorted(set(entries))
        told = ",".join(map(str, numbers))
        self.append([Entry(f"person:{ident}", ERASED, told, reason=reason, source=source)])
        for start in range(0, len(numbers), _CHUNK):
            some = numbers[start : start + _CHUNK]
            for table, kept in ((tables.personal, "value"), (tables.submissions, "answers")):
                change = table.update().where(table.c.entry.in_(some)).values({"salt": "", kept: ""})
                self._connection.execute(change)
        return len(numbers)


def _on_one_line(text: str) -> str:
    """Without control characters: what was typed is printed again on terminals."""
    return text if text.isprintable() else _CONTROL.sub(" ", text)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
