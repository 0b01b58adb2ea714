"""An official publication as a source of reasons: the result made again from the archive, what people did from the ledger of that day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from criteria.declarations.movement import Movement
from criteria.problems import Problem
from records.evidence.kinds import EvidenceKinds, evidence_kinds
from records.forms.answers import Answers
from records.forms.submissions import in_force
from records.ledger.entries import Facts, gather
from records.ledger.of_one import entries_of, submissions_of
from records.life.standing import load_standings
from records.publication.published import Publication
from records.roster.roster import Body
from records.rounds import load_rounds
from records.scored.published import PublishedGroup, open_published
from records.workspace.folder import Workspace
from reports.reasons.about import about_lines
from reports.reasons.receipt import Receipt
from reports.reasons.row import Line
from reports.reasons.source import SourceSet, Told, source_set


@dataclass
class FrozenGroup:
    """An official publication as a source of reasons."""

    published: PublishedGroup
    bodies: dict[str, Body] = field(default_factory=dict)

    @property
    def publication(self) -> Publication:
        return self.published.publication

    @property
    def movement(self) -> Movement:
        """As it stands in the archive."""
        return self.published.movement

    @cached_property
    def receipt(self) -> Receipt:
        one, found = self.publication, self.published
        return Receipt(
            one.period,
            one.group,
            one.version,
            one.day,
            found.archive,
            one.archive,
            one.decision,
            str(found.told["software"]),
        )

    @cached_property
    def sets(self) -> dict[str, SourceSet]:
        """By file."""
        base, period, stamps = self.published.base, self.publication.period, self.published.stamps
        return {
            file: source_set(base, self.movement, period, result, stamps[file])
            for file, result in self.published.results.items()
        }

    def set_of(self, candidate: str) -> SourceSet | None:
        """The set a candidate was scored by; None when it has no result here."""
        return next((one for one in self.sets.values() if candidate in one.result.rows), None)

    def told(self, candidate: str) -> Told:
        """Read from the ledger when it is asked for, so that nothing is held for a candidate whose sheet is done."""
        period = self.publication.period
        entries = entries_of(self.published.view.database, f"score:{period}/{candidate}")
        found = load_standings(self.published.view, period, entries).found
        standings = {criterion: standing for (who, criterion), standing in found.items() if who == candidate}
        handed = in_force(submissions_of(self.published.base.database, period, candidate)).get(candidate)
        evidence = tuple(Answers.of_dict(handed.answers).evidence) if handed is not None else ()
        explained = tuple(item for standing in standings.values() for item in standing.evidence)
        return Told(standings, evidence, explained)

    def body(self, ident: str) -> Body:
        """A body as the roster had it. Candidates are not kept; those who manage and verify are few, and are."""
        if ident in self.bodies:
            return self.bodies[ident]
        subject = f"body:{ident}"
        entries = entries_of(self.published.base.database, subject, self._roster_until)
        facts = gather(entries).get(subject, Facts(subject))
        kind = next((one for one in self.movement.body_kinds if one.name == facts.value("kind")), None)
        made = Body(ident, facts, kind)
        if ident not in self.published.roster:
            self.bodies[ident] = made
        return made

    def body_name(self, ident: str) -> str:
        """The name of whoever manages or verifies: as the movement calls it, else as the roster does."""
        known = next((" ".join(one.name.split()) for one in self.movement.bodies if one.id == ident), "")
        return known or self.body(ident).name(self.publication.day)

    def about(self, candidate: str, name: str) -> tuple[Line, ...]:
        """Who a candidate is, as the roster of the archive has it."""
        row, one = self.published.roster.get(candidate, {}), self.set_of(candidate)
        manager = str(row.get("manager", ""))
        return about_lines(
            self.movement,
            self.publication.group,
            candidate,
            name,
            kind=str(row.get("kind", "")),
            post=self.body(candidate).value("post", self.publication.day),
            manager=self.body_name(manager) if manager else "",
            pool=one.result.pools[one.result.rows[candidate]] if one is not None else "",
        )

    @cached_property
    def kinds(self) -> EvidenceKinds:
        return evidence_kinds(self.movement, [one.result.set for one in self.sets.values()])

    @cached_property
    def _roster_until(self) -> int | None:
        round_ = load_rounds(self.published.base).get(self.publication.period)
        return round_.group(self.publication.group).roster_until if round_ is not None else None


def open_group(
    workspace: Workspace, one: Publication, first: int, wanted: Collection[str] | None = None
) -> tuple[FrozenGroup | None, list[Problem]]:
    """See records.scored.published.open_published."""
    found, problems = open_published(workspace, one, first, wanted)
    return (FrozenGroup(found) if found is not None else None), problems
