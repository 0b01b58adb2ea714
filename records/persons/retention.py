"""How long the data of a person are kept: classes of the movement file, counted from the last round he took part in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sql

from criteria.declarations.retention import Retention
from criteria.problems import Problem, of_file
from records.ledger import tables
from records.ledger.chain import SEAL
from records.ledger.database import beginning
from records.roster.roster import Body, load_roster
from records.rounds import read_window
from records.workspace.folder import Workspace

ROSTER, FORMS = "roster", "forms"


@dataclass(frozen=True)
class Kept:
    """One class of the data of one person. last: the last day they were used. until: the first day on which they may be erased.
    entries: what stands there still, by the numbers of its entries."""

    ident: str
    retention: Retention
    last: date
    until: date
    entries: tuple[int, ...]


def kept(workspace: Workspace, ident: str = "") -> tuple[list[Kept], list[Problem]]:
    """What is still held of every person, class by class: of those whom the roster knows, in its order. ident: of one only."""
    classes = workspace.movement.retention
    if not classes:
        message = "Phong trào chưa ghi thời hạn lưu giữ dữ liệu cá nhân."
        hint = "Thêm mục retention vào phong-trao/movement.yaml (class, name, applies_to, years, status)."
        return [], [of_file("movement.yaml", "retention", message, hint)]
    persons = {body.id: body for body in load_roster(workspace).bodies.values() if body.person}
    if ident:
        persons = {ident: persons[ident]} if ident in persons else {}
    rounds, held = _rounds(workspace), _held(workspace)
    found = []
    for body in persons.values():
        last = _last_use(workspace, body, rounds.get(body.id, set()))
        for one in classes:
            numbers = sorted(n for part in one.applies_to for n in held.get((body.id, part), ()))
            if numbers:
                until = date(last.year + one.years + 1, 1, 1)
                found.append(Kept(body.id, one, last, until, tuple(numbers)))
    return found, []


def _last_use(workspace: Workspace, body: Body, periods: set[str]) -> date:
    """The last day of the last round, of the body in the roster, or on which the roster was told anything of it."""
    days = [
        date.fromisoformat(entry.at[:10]) for entries in body.facts.fields.values() for entry in entries if entry.at
    ]
    days += [window.last for period in periods if (window := read_window(workspace.movement, period)) is not None]
    if body.last is not None:
        days.append(body.last)
    return max(days, default=date.max.replace(year=9000))


def _rounds(workspace: Workspace) -> Mapping[str, set[str]]:
    """The periods in which something was handed in by or decided about each candidate."""
    columns = tables.entries.c
    found: dict[str, set[str]] = {}
    with workspace.database.reading() as connection:
        for kind in ("score", "mark"):
            query = sql.select(columns.subject).where(beginning(columns.subject, kind)).distinct()
            for subject in connection.execute(query).scalars():
                period, _, candidate = subject.partition(":")[2].partition("/")
                found.setdefault(candidate, set()).add(period)
    return found


def _held(workspace: Workspace) -> Mapping[tuple[str, str], set[int]]:
    """Personal values and submissions that have not been erased: entries by candidate and what they are part of."""
    columns, hidden, submitted = tables.entries.c, tables.personal.c, tables.submissions.c
    found: dict[tuple[str, str], set[int]] = {}
    with workspace.database.reading() as connection:
        query = sql.select(columns.number, columns.subject).join(tables.personal, hidden.entry == columns.number)
        query = query.where(hidden.salt != "", sql.func.substr(columns.value, 1, len(SEAL)) == SEAL)
        for row in connection.execute(query):
            kind, _, rest = row.subject.partition(":")
            if kind in ("body", "score"):
                part = ROSTER if kind == "body" else FORMS
                found.setdefault((rest.rpartition("/")[2], part), set()).add(row.number)
        forms = sql.select(submitted.entry, submitted.candidate).where(submitted.salt != "")
        for row in connection.execute(forms):
            found.setdefault((row.candidate, FORMS), set()).add(row.entry)
    return found
