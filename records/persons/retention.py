"""How long the data of a person are kept: classes of the movement file, counted from the last round or occasion they were used in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sql

from criteria.declarations.retention import Retention
from criteria.problems import Problem, of_file
from records.ledger import tables
from records.ledger.chain import SEAL
from records.ledger.database import beginning
from records.persons.award_retention import AWARDS, COUNCILS, Use, award_uses, class_of, council_uses
from records.persons.holding import named
from records.persons.known import everybody
from records.roster.roster import Body
from records.rounds import read_window
from records.workspace.folder import Workspace

ROSTER, FORMS = "roster", "forms"
NEVER = date.max


@dataclass(frozen=True)
class Kept:
    """One class of the data of one person. last: the last day they were used. until: the first day on which they may be erased, NEVER
    when they are kept for good. entries: what stands there still, by the numbers of its entries. because: the class for whose sake
    they stay longer than their own years, "" none."""

    ident: str
    retention: Retention
    last: date
    until: date
    entries: tuple[int, ...]
    because: str = ""

    @property
    def when(self) -> str:
        """lưu giữ vĩnh viễn, or the first day on which they may be erased."""
        told = "lưu giữ vĩnh viễn" if self.until == NEVER else f"xóa được từ {self.until:%d/%m/%Y}"
        return told + (f" (còn cần cho: {self.because})" if self.because else "")


def kept(workspace: Workspace, ident: str = "") -> tuple[list[Kept], list[Problem]]:
    """What is still held of every person, class by class: of those whom the roster knows, in its order. ident: of one only."""
    classes = workspace.movement.retention
    if not classes:
        message = "Phong trào chưa ghi thời hạn lưu giữ dữ liệu cá nhân."
        hint = "Thêm mục retention vào phong-trao/movement.yaml (class, name, applies_to, years, status)."
        return [], [of_file("movement.yaml", "retention", message, hint)]
    persons = everybody(workspace)
    if ident:
        persons = [one for one in persons if one.ident == ident]
    rounds, held, councils = _rounds(workspace), _held(workspace), council_uses(workspace)
    awards: dict[str, list[tuple[Retention | None, Use]]] = {}
    for (owner, level), use in award_uses(workspace).items():
        awards.setdefault(owner, []).append((class_of(classes, level), use))
    found: list[Kept] = []
    unsaid = set()
    for one in persons:
        parts = awards.get(one.ident, [])
        mine: dict[str, list[Kept]] = {}
        for retention, use in parts:
            if retention is None:
                unsaid.add(AWARDS)
            else:
                mine.setdefault(retention.id, []).append(_kept(one.ident, retention, use))
        if one.ident in councils:
            council = next((each for each in classes if COUNCILS in each.applies_to), None)
            if council is None:
                unsaid.add(COUNCILS)
            else:
                mine.setdefault(council.id, []).append(_kept(one.ident, council, councils[one.ident]))
        if one.body is not None:
            for each in _of_roster(workspace, one.body, rounds.get(one.ident, set()), held, mine):
                mine.setdefault(each.retention.id, []).append(each)
        found += [_joined(mine[each.id]) for each in classes if each.id in mine]
    return found, [_unsaid(part) for part in sorted(unsaid)]


def _unsaid(part: str) -> Problem:
    what = {AWARDS: "hồ sơ khen thưởng", COUNCILS: "thành viên hội đồng"}[part]
    message = f"Phong trào chưa ghi thời hạn lưu giữ dữ liệu cá nhân của {what}."
    return of_file("movement.yaml", "retention", message, f"Thêm một loại có applies_to: [{part}] vào retention.")


def _kept(ident: str, retention: Retention, use: Use) -> Kept:
    return Kept(ident, retention, use.last, _until(retention, use.last), tuple(sorted(use.entries)))


def _until(retention: Retention, last: date) -> date:
    years = retention.years if retention.years is not None else 0
    return NEVER if retention.permanent else date(last.year + years + 1, 1, 1)


def _joined(many: Sequence[Kept]) -> Kept:
    """What one class holds of one person, together: kept as long as the part that is kept longest."""
    last = max(many, key=lambda one: (one.until, one.last))
    return replace(last, entries=tuple(sorted({number for one in many for number in one.entries})))


def _of_roster(
    workspace: Workspace,
    body: Body,
    periods: set[str],
    held: Mapping[tuple[str, str], set[int]],
    others: Mapping[str, Sequence[Kept]],
) -> Iterator[Kept]:
    """What the roster says and what was handed in. Who it is stays as long as an award that needs the name."""
    last = _last_use(workspace, body, periods)
    longest = max((one for many in others.values() for one in many), key=lambda one: one.until, default=None)
    for one in workspace.movement.retention:
        for part in one.applies_to:
            numbers = tuple(sorted(held.get((body.id, part), ())))
            if not numbers:
                continue
            made = Kept(body.id, one, last, _until(one, last), numbers)
            if part == ROSTER and longest is not None and longest.until > made.until:
                made = replace(made, until=longest.until, because=longest.retention.name)
            yield made


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
        owners = named(connection)
        query = sql.select(columns.number, columns.subject).join(tables.personal, hidden.entry == columns.number)
        query = query.where(hidden.salt != "", sql.func.substr(columns.value, 1, len(SEAL)) == SEAL)
        for row in connection.execute(query):
            kind, _, rest = row.subject.partition(":")
            if kind in ("body", "score"):
                part = ROSTER if kind == "body" else FORMS
                found.setdefault((rest.rpartition("/")[2], part), set()).add(row.number)
            for ident in owners.get(row.subject, ()) if kind == "model" else ():
                found.setdefault((ident, FORMS), set()).add(row.number)
        forms = sql.select(submitted.entry, submitted.candidate).where(submitted.salt != "")
        for row in connection.execute(forms):
            found.setdefault((row.candidate, FORMS), set()).add(row.entry)
    return found
