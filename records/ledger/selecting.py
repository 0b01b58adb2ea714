"""Finding entries: by candidate, criterion, person, day, round, stage. The database answers, with its indexes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sql

from records.ledger import tables
from records.ledger.chain import SEAL
from records.ledger.database import Database, beginning, entry_of
from records.ledger.entries import Entry

OF_A_ROUND = (
    "score",
    "mark",
    "panel",
    "inspection",
    "complaint",
    "publication",
    "reminder",
    "round",
    "review",
    "return",
)
_ABOUT = ("score", "mark", "reminder", "return")  # kind:PERIOD/CANDIDATE
_NAMED = {  # kind of subject → the field that says about whom it is
    "inspection": "candidate",
    "complaint": "candidate",
    "held": "holder",
    "proposed": "nominee",
    "model": "person",
}
_AT_AN_OCCASION = ("nominee", "case", "check", "dossier")  # kind:OCCASION/…/CANDIDATE
_OF_AN_OCCASION = (*_AT_AN_OCCASION, "proposal", "proposed", "eligibility", "appraisal", "council", "meeting")
_CHUNK = 500


@dataclass(frozen=True)
class Wanted:
    """Which entries; what is empty asks for nothing. person: who typed it in or whose act it is. first, last: days in Vietnam.
    stage: of a score. limit: the newest so many."""

    candidate: str = ""
    criterion: str = ""
    person: str = ""
    first: date | None = None
    last: date | None = None
    period: str = ""
    stage: str = ""
    limit: int | None = None


@dataclass(frozen=True)
class Selected:
    """entries: oldest first. total: how many there are without the limit. before: what stood there before a personal entry."""

    entries: list[Entry]
    total: int
    before: Mapping[int, str] = field(default_factory=dict)


def select_entries(database: Database, wanted: Wanted) -> Selected:
    """The entries asked for."""
    columns = tables.entries.c
    with database.reading() as connection:
        conditions = _conditions(connection, wanted)
        total = connection.execute(sql.select(sql.func.count()).select_from(tables.entries).where(*conditions)).scalar()
        query = sql.select(tables.entries, tables.personal.c.value.label("told"))
        query = query.outerjoin(tables.personal, tables.personal.c.entry == columns.number)
        query = query.where(*conditions).order_by(columns.number.desc()).limit(wanted.limit)
        found = [entry_of(row) for row in connection.execute(query)][::-1]
        return Selected(found, total or 0, _before(connection, found))


def _conditions(connection: sql.Connection, wanted: Wanted) -> list[Any]:
    columns = tables.entries.c
    numbers = sql.select(columns.number)
    conditions: list[Any] = []
    if wanted.candidate:
        parts = [numbers.where(part) for part in _about(connection, wanted.candidate)]
        conditions.append(columns.number.in_(sql.union(*parts)))
    if wanted.criterion:
        parts = [numbers.where(part) for part in _of_criterion(wanted.criterion)]
        conditions.append(columns.number.in_(sql.union(*parts)))
    if wanted.period and not wanted.candidate:
        parts = [numbers.where(part) for part in _of_period(wanted.period)]
        conditions.append(columns.number.in_(sql.union(*parts)))
    elif wanted.period:
        conditions.append(sql.or_(*_of_period(wanted.period)))
    if wanted.person:
        conditions.append(sql.or_(columns.by == wanted.person, columns.author == wanted.person))
    if wanted.stage:
        conditions.append(columns.stage == wanted.stage)
    if wanted.first is not None:
        conditions.append(columns.at >= _midnight(wanted.first))
    if wanted.last is not None:
        conditions.append(columns.at < _midnight(wanted.last + timedelta(days=1)))
    return conditions


def _midnight(day: date) -> str:
    """The first moment of a day in Vietnam (UTC+7), as times are stored."""
    return f"{(day - timedelta(days=1)).isoformat()}T17:00:00"


def _about(connection: sql.Connection, candidate: str) -> list[Any]:
    """What is written about one candidate, under every kind of subject."""
    columns = tables.entries.c
    rounds = sql.select(columns.subject).where(beginning(columns.subject, "round")).distinct()
    periods = {text.partition(":")[2].partition("/")[0] for text in connection.execute(rounds).scalars()}
    subjects = [f"{kind}:{candidate}" for kind in ("body", "person", "outsider")]
    subjects += [f"{kind}:{period}/{candidate}" for kind in _ABOUT for period in sorted(periods)]
    found: list[Any] = [columns.subject.in_(subjects)]
    for kind in ("index", "milestone"):
        found.append(sql.and_(beginning(columns.subject, kind), columns.field == candidate))
    middle = sql.func.instr(columns.subject, f"/{candidate}/") > 0
    found.append(sql.and_(beginning(columns.subject, "result"), middle))
    for kind, name in _NAMED.items():
        named = sql.select(columns.subject).where(
            beginning(columns.subject, kind), columns.field == name, columns.value == candidate
        )
        found.append(sql.and_(beginning(columns.subject, kind), columns.subject.in_(named)))
    ending = sql.func.substr(columns.subject, -len(candidate) - 1) == f"/{candidate}"
    found += [sql.and_(beginning(columns.subject, kind), ending) for kind in _AT_AN_OCCASION]
    council, _, number = candidate.rpartition("/")
    if "/" in council:  # a member of a council by its number: OCCASION/STEP/3
        mine = sql.or_(
            columns.field == f"member:{number}", columns.field.startswith(f"conflict:{number}/", autoescape=True)
        )
        found.append(sql.and_(columns.subject == f"council:{council}", mine))
    return found


def _of_criterion(criterion: str) -> list[Any]:
    """Of the criterion itself: its state, its figures, marks on it, complaints about it."""
    columns = tables.entries.c
    scores = beginning(columns.subject, "score")
    named = sql.select(columns.subject).where(
        beginning(columns.subject, "complaint"), columns.field == "criterion", columns.value == criterion
    )
    return [
        sql.and_(scores, columns.field == criterion),
        sql.and_(scores, columns.field >= f"{criterion}/", columns.field < f"{criterion}0"),
        sql.and_(beginning(columns.subject, "mark"), sql.func.instr(columns.field, f"/{criterion}/") > 0),
        sql.and_(beginning(columns.subject, "complaint"), columns.subject.in_(named)),
    ]


def _of_period(period: str) -> list[Any]:
    columns = tables.entries.c
    found: list[Any] = [beginning(columns.subject, f"{kind}:{period}/") for kind in (*OF_A_ROUND, *_OF_AN_OCCASION)]
    found.append(columns.subject == f"round:{period}")
    ending = sql.func.substr(columns.subject, -len(period) - 1) == f"/{period}"
    return [*found, sql.and_(beginning(columns.subject, "index"), ending)]


def _before(connection: sql.Connection, found: Iterable[Entry]) -> dict[int, str]:
    """What personal entries say stood there before: the ledger itself has a commitment only."""
    asked = [entry for entry in found if entry.old.startswith(SEAL)]
    told: dict[tuple[str, str, str], str] = {}
    columns, values = tables.entries.c, tables.personal.c
    subjects = sorted({entry.subject for entry in asked})
    for start in range(0, len(subjects), _CHUNK):
        query = sql.select(columns.subject, columns.field, columns.value, values.value.label("told"))
        query = query.join(tables.personal, values.entry == columns.number)
        query = query.where(columns.subject.in_(subjects[start : start + _CHUNK]))
        told.update({(row.subject, row.field, row.value): row.told for row in connection.execute(query)})
    return {entry.number: told.get((entry.subject, entry.field, entry.old), "") for entry in asked}
