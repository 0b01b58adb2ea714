"""A group that is not official yet: its sets as they are scored at a stage, what people did from the ledger as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from records.evidence.kinds import EvidenceKinds, evidence_kinds
from records.forms.answers import Answers
from records.life.rights import CLOSED, EXPLAINED, FINAL, SELF, STAGES
from records.life.standing import Standing
from records.roster.roster import Candidate, Roster, load_roster
from records.scored.sets import ScoredSet
from records.workspace.folder import Workspace
from reports.reasons.about import about_lines
from reports.reasons.row import Line
from reports.reasons.source import SourceSet, Told, source_set
from scoring.result import Result


@dataclass
class LiveGroup:
    """A group at a stage. scored: its sets with the figures that count in the end. results: at the stage, by file of the set."""

    workspace: Workspace
    letter: str
    stage: str
    scored: Sequence[ScoredSet]
    results: Mapping[str, Result]
    _bodies: dict[str, str] = field(default_factory=dict)

    @cached_property
    def sets(self) -> dict[str, SourceSet]:
        """By file, the sets that have a result at the stage."""
        return {
            one.file: source_set(self.workspace, self.workspace.movement, one.round.period, found, found.stamps)
            for one in self.scored
            if (found := self.results.get(one.file)) is not None
        }

    def told(self, candidate: str) -> Told:
        """What people did up to the stage; what came after it is not said."""
        found = self._standings.get(candidate, {})
        standings = {criterion: as_at(standing, self.stage) for criterion, standing in found.items()}
        answers = self._answers.get(candidate)
        explained = tuple(item for one in found.values() for item in one.evidence) if self._reaches(EXPLAINED) else ()
        return Told(standings, tuple(answers.evidence) if answers is not None else (), explained)

    def body_name(self, ident: str) -> str:
        """The name of whoever manages or verifies: as the movement calls it, else as the roster does."""
        if ident not in self._bodies:
            known = next((" ".join(one.name.split()) for one in self.workspace.movement.bodies if one.id == ident), "")
            body = self._roster.bodies.get(ident)
            self._bodies[ident] = known or (body.name(self._day) if body is not None else ident)
        return self._bodies[ident]

    def about(self, candidate: str, name: str) -> tuple[Line, ...]:
        """Who a candidate is, as the roster has it."""
        one, body = self._candidates.get(candidate), self._roster.bodies.get(candidate)
        manager = one.manager if one is not None else ""
        return about_lines(
            self.workspace.movement,
            self.letter,
            candidate,
            name,
            kind=body.value("kind") if body is not None else "",
            post=body.value("post", self._day) if body is not None else "",
            manager=self.body_name(manager) if manager else "",
            pool=self._pools.get(candidate, ""),
        )

    @cached_property
    def kinds(self) -> EvidenceKinds:
        return evidence_kinds(self.workspace.movement, [one.criteria for one in self.scored])

    # --- what is read once -------------------------------------------------------------------------------------

    def _reaches(self, stage: str) -> bool:
        return _place(self.stage) >= _place(stage)

    @cached_property
    def _standings(self) -> dict[str, dict[str, Standing]]:
        """By candidate and criterion; nothing at stage self, where nobody has concluded anything."""
        found: dict[str, dict[str, Standing]] = {}
        if self.stage == SELF:
            return found
        here = next((one.here for one in self.scored if one.here is not None), None)
        for (candidate, criterion), standing in here.standings.found.items() if here is not None else ():
            found.setdefault(candidate, {})[criterion] = standing
        return found

    @cached_property
    def _answers(self) -> dict[str, Answers]:
        return {ident: answers for one in self.scored for ident, answers in one.made.answers.items()}

    @cached_property
    def _candidates(self) -> dict[str, Candidate]:
        return {candidate.id: candidate for one in self.scored for candidate in one.candidates}

    @cached_property
    def _pools(self) -> dict[str, str]:
        return {i: pool for one in self.sets.values() for i, pool in zip(one.result.ids, one.result.pools, strict=True)}

    @cached_property
    def _roster(self) -> Roster:
        until = self.scored[0].round.group(self.letter).roster_until if self.scored else None
        return load_roster(self.workspace, until=until)

    @cached_property
    def _day(self) -> date | None:
        return self.scored[0].round.window.last if self.scored else None


def _place(stage: str) -> int:
    return list(STAGES).index(stage)


def as_at(standing: Standing, stage: str) -> Standing:
    """A standing with the acts up to a stage only. Closing and revising belong to the last one."""
    if stage == FINAL:
        return standing
    found = copy(standing)
    found.acts = [act for act in standing.acts if act.stage in STAGES and _place(act.stage) <= _place(stage)]
    moves = [act.value for act in found.acts if "/" not in act.field]
    found.state = moves[-1] if moves and moves[-1] != CLOSED else SELF
    return found
