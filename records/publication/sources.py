"""What the figures of a group rest on: who takes part, who concluded what, evidence, and the entries of the ledger as they are stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sql

from records.evidence.register import items_of
from records.forms.layout import Layout
from records.forms.submissions import latest_submissions
from records.indices import known_for
from records.ledger import tables
from records.ledger.chain import GENESIS, HASHED
from records.life.criteria import reviewed
from records.life.standing import Standing, Standings, load_standings
from records.roster.roster import load_roster
from records.rounds import Round
from records.scored.sets import ScoredSet
from records.workspace.folder import Workspace


def roster_rows(base: Workspace, round_: Round, letter: str, scored: Sequence[ScoredSet]) -> list[dict[str, Any]]:
    """Who takes part, as the roster has it. base: the workspace as it stood when the group was frozen."""
    roster = load_roster(base, until=round_.group(letter).roster_until)
    found = []
    for one in scored:
        for candidate in one.made.candidates:
            body = roster.bodies[candidate.id]
            found.append(
                {
                    **asdict(candidate),
                    "attributes": dict(candidate.attributes),
                    "kind": body.value("kind"),
                    "area": body.value("area"),
                }
            )
    return found


def has_persons(workspace: Workspace, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a candidate is a person (cá nhân): of persons nothing is published but counts."""
    persons = {kind.name for kind in workspace.movement.body_kinds if kind.person}
    return any(row["kind"] in persons for row in rows)


def sources(base: Workspace, workspace: Workspace, round_: Round, one: ScoredSet) -> Iterator[dict[str, Any]]:
    """One mapping per candidate: the form, who concluded which criterion by which entries, entries of figures from outside."""
    standings = one.made.stage.standings if one.made.stage is not None else load_standings(workspace, round_.period)
    layout = Layout(one.made.criteria, tuple(workspace.movement.registers))
    criteria = reviewed(layout)
    forms = latest_submissions(base, round_.period)
    known = known_for(base, layout, [c.id for c in one.made.candidates], round_.period)
    for candidate in one.made.candidates:
        form = forms.get(candidate.id)
        handed = None
        if form is not None:
            handed = {"entry": form.entry, "file_sha256": form.file_sha256, "version": form.version}
        yield {
            "id": candidate.id,
            "handed_in": handed,
            "known": {name: entry.number for name, entry in sorted(known[candidate.id].items())},
            "criteria": {criterion: _concluded(standings, candidate.id, criterion) for criterion in criteria},
        }


def _concluded(standings: Standings, candidate: str, criterion: str) -> dict[str, Any]:
    standing: Standing = standings.of(candidate, criterion)
    moves = [entry for entry in standing.acts if entry.field == criterion]
    last = moves[-1] if moves else None
    return {
        "state": standing.state,
        "author": last.author if last else "",
        "role": last.role if last else "",
        "reason": standing.reason,
        "source": standing.source,
        "entries": [entry.number for entry in standing.acts],
    }


def evidence_rows(
    base: Workspace, period: str, candidates: set[str], standings: Standings | None
) -> list[dict[str, Any]]:
    """The register of evidence in force of these candidates; of restricted documents there is a reference only."""
    found = []
    for item in items_of(base, period, standings):
        if item.candidate in candidates:
            found.append({**asdict(item), "date": item.date.isoformat() if item.date else None})
    return found


def ledger_rows(workspace: Workspace, period: str, letter: str, candidates: set[str]) -> Iterator[dict[str, Any]]:
    """Entries about this group in this round as they are stored (personal values stay commitments), oldest first, each with the hash before it."""
    entry, before = tables.entries, tables.entries.alias()
    subject, number = entry.c.subject, entry.c.number
    ranges = [
        sql.and_(subject >= start, subject < f"{start}\U0010ffff")
        for start in (f"{kind}:{period}/" for kind in ("score", "mark", "panel", "inspection", "complaint"))
    ]
    single = subject.in_([f"round:{period}", f"round:{period}/{letter}", f"publication:{period}/{letter}"])
    query = sql.select(entry, before.c.hash.label("previous")).outerjoin(before, before.c.number == number - 1)
    query = query.where(sql.or_(single, *ranges)).order_by(number).execution_options(yield_per=2000)
    if workspace.database.until is not None:
        query = query.where(number <= workspace.database.until)
    others = _about_others(workspace, period, candidates)
    with workspace.database.reading() as connection:
        for row in connection.execute(query).mappings():
            kind, _, rest = row["subject"].partition(":")
            whose = rest.partition("/")[2]
            if (kind in ("score", "mark") and whose not in candidates) or row["subject"] in others:
                continue
            yield {
                **{name: row[name] for name in HASHED},
                "hash": row["hash"],
                "previous": row["previous"] or GENESIS,
            }


def _about_others(workspace: Workspace, period: str, candidates: set[str]) -> set[str]:
    """Inspections and complaints that concern candidates of other groups."""
    told = workspace.database.entries(f"inspection:{period}/", f"complaint:{period}/")
    return {entry.subject for entry in told if entry.field == "candidate" and entry.value not in candidates}
