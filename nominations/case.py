"""A case (trường hợp đề nghị): one nominee for one award at one occasion, with everything that is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nominations.awards.declarations import Award, Route
from nominations.awards.reading import AwardFile
from nominations.eligibility.finding import Finding, Outcome
from nominations.history.held import HeldAward
from nominations.nominees import Nominee, Standing
from nominations.occasions import AwardOccasion
from nominations.results import Results
from nominations.selection.choosing import Chosen, State
from nominations.steps.progress import Progress


@dataclass(frozen=True)
class Case:
    """route: by which it may be awarded, None when there is none. quota: in words, "" without one. history: awards of the nominee."""

    award: Award
    nominee: Nominee
    route: Route | None
    findings: tuple[Finding, ...]
    chosen: Chosen
    progress: Progress
    quota: str = ""
    history: tuple[HeldAward, ...] = ()

    @property
    def state(self) -> State:
        return self.chosen.state

    @property
    def open(self) -> tuple[Finding, ...]:
        """What a person still has to look at."""
        return tuple(one for one in self.findings if one.outcome is Outcome.HUMAN)

    @property
    def failed(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.outcome is Outcome.FAIL)


@dataclass(frozen=True)
class Nominated:
    """All cases of an occasion: by award as the file lists them, then group, set and pool, the boundary first."""

    occasion: AwardOccasion
    file: AwardFile
    standing: Standing
    results: Results
    cases: tuple[Case, ...]

    def of_award(self, award: str) -> list[Case]:
        return [one for one in self.cases if one.award.id == award]

    def of_nominee(self, nominee: str) -> list[Case]:
        return [one for one in self.cases if one.nominee.id == nominee]

    @property
    def stamps(self) -> Sequence[str]:
        return self.results.stamps
