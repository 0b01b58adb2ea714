"""How long what stands about awards and councils is kept: by the level of the award that was given, counted from when it was last used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sql

from criteria.declarations.retention import Retention
from records.ledger import tables
from records.ledger.database import beginning
from records.ledger.entries import gather
from records.persons.fields import owners_of
from records.persons.holding import CONFLICT, named
from records.persons.known import MEMBER
from records.workspace.folder import Workspace

AWARDS, COUNCILS = "awards", "councils"
LEVELS = ("nha-nuoc", "tinh", "co-so")  # from the longest kept to the shortest
UNKNOWN = "?"  # an award that was entered without its level
_KINDS = ("proposed", "nominee", "held", "outsider")


@dataclass
class Use:
    """Personal values about one person that are kept together. last: when they were used last."""

    entries: set[int] = field(default_factory=set)
    last: date = date.min

    def used(self, days: Iterable[date]) -> None:
        self.last = max((self.last, *days))


def award_uses(workspace: Workspace) -> Mapping[tuple[str, str], Use]:
    """By person and level of the award given at the occasion ("" none was given, UNKNOWN): proposals, facts, awards, and of who has no
    criteria group who it is. A person with awards of two levels has two; who it is stays with the highest."""
    levels, days = _levels(workspace), _days(workspace)
    found: dict[tuple[str, str], Use] = {}
    outsiders: dict[str, list[tuple[int, date]]] = {}
    with workspace.database.reading() as connection:
        owners = named(connection)
        for number, subject, name, at in _sealed(connection, _KINDS):
            kind, _, rest = subject.partition(":")
            for ident in owners_of(subject, name, owners):
                if kind == "outsider":
                    outsiders.setdefault(ident, []).append((number, at))
                    continue
                place = subject if kind == "held" else rest.partition("/")[0]
                use = found.setdefault((ident, levels.get((ident, place), "")), Use())
                use.entries.add(number)
                use.used([at, *days.get((ident, place), ())])
    for ident, many in outsiders.items():
        mine = [level for level in (UNKNOWN, *LEVELS, "") if (ident, level) in found]
        use = found.setdefault((ident, mine[0] if mine else ""), Use())
        use.entries.update(number for number, _ in many)
        use.used(at for _, at in many)
    return found


def council_uses(workspace: Workspace) -> Mapping[str, Use]:
    """By member of a council (OCCASION/STEP/3): who it is, what it declared."""
    meetings = gather(workspace.database.entries("meeting"))
    found: dict[str, Use] = {}
    with workspace.database.reading() as connection:
        for number, subject, name, at in _sealed(connection, ("council",)):
            if not name.startswith((MEMBER, CONFLICT)):
                continue
            (ident,) = owners_of(subject, name, {})
            use = found.setdefault(ident, Use())
            use.entries.add(number)
            facts = meetings.get(f"meeting:{subject.partition(':')[2]}")
            held = facts.day("day") if facts is not None else None
            use.used([at, *([held] if held is not None else [])])
    return found


def class_of(classes: Sequence[Retention], level: str) -> Retention | None:
    """The class of data of a level; of a level that no class names the one that keeps longest. None: no class is of awards."""
    awards = [one for one in classes if AWARDS in one.applies_to]
    fitting = [one for one in awards if (level in one.levels if level else not one.levels)]
    found = fitting or awards
    return max(found, key=lambda one: (one.permanent, one.years or 0), default=None)


def _sealed(connection: sql.Connection, kinds: Iterable[str]) -> list[tuple[int, str, str, date]]:
    """Personal values that have not been erased: number, subject, field, day on which each was entered."""
    columns = tables.entries.c
    query = sql.select(columns.number, columns.subject, columns.field, columns.at)
    query = query.join(tables.personal, tables.personal.c.entry == columns.number).where(tables.personal.c.salt != "")
    query = query.where(sql.or_(*(beginning(columns.subject, kind) for kind in kinds))).order_by(columns.number)
    return [(row.number, row.subject, row.field, date.fromisoformat(row.at[:10])) for row in connection.execute(query)]


def _levels(workspace: Workspace) -> Mapping[tuple[str, str], str]:
    """By person and award (held:N) or occasion the highest level that was given or is still to be decided."""
    found: dict[tuple[str, str], str] = {}
    places = (UNKNOWN, *LEVELS, "")
    for subject, facts in gather(workspace.database.entries("held")).items():
        told = facts.value("level") or UNKNOWN
        level = "" if facts.value("status") == "refused" else told if told in LEVELS else UNKNOWN
        for place in (subject, facts.value("occasion")):
            key = facts.value("holder"), place
            found[key] = min(found.get(key, ""), level, key=places.index)
    return found


def _days(workspace: Workspace) -> Mapping[tuple[str, str], list[date]]:
    """By person and award or occasion the days of steps and decisions."""
    found: dict[tuple[str, str], list[date]] = {}
    for subject, facts in gather(workspace.database.entries("held")).items():
        day = facts.day("day")
        for place in (subject, facts.value("occasion")):
            found.setdefault((facts.value("holder"), place), []).extend([day] if day is not None else [])
    for entry in workspace.database.entries("case"):
        if entry.valid_from is not None:
            occasion, _, rest = entry.subject.partition(":")[2].partition("/")
            found.setdefault((rest.rpartition("/")[2], occasion), []).append(entry.valid_from)
    return found
