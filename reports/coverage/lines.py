"""The lines of a coverage report: one unit, some units counted, a group, a managing body, a verifying body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from records.debts import Debt
from records.milestones import Reached
from records.progress import CriteriaCount
from records.publication.published import Publication
from records.reports_received import Received
from records.tasks.rollup import Share


@dataclass(frozen=True)
class Plans:
    """Tasks of the period that a unit leads: asked for, with a plan, with a clear plan."""

    asked: int = 0
    planned: int = 0
    clear: int = 0


@dataclass(frozen=True)
class UnitLine:
    """One candidate. own: it hands in for itself; others (enterprises, persons) have no plan, no report of their own.

    manager: id of the body that hands in for it. handed_in: the day its first form was taken in; letter: date of the letter it came
    with. late: after the deadline; None when nobody can say (no deadline, or entered after the group had been closed). sent_back,
    explained: criteria that were sent back at some time, and of them explained at some time. final: every criterion is concluded.
    official: it stands in the official result in force. reports: by key of Coverage.asked.
    """

    id: str
    name: str
    letter: str
    own: bool
    manager: str
    issued: bool
    milestones: Mapping[str, Reached] = field(default_factory=dict)
    plans: Plans = field(default_factory=Plans)
    handed_in: date | None = None
    letter_date: str = ""
    late: bool | None = None
    criteria: CriteriaCount = field(default_factory=CriteriaCount)
    sent_back: int = 0
    explained: int = 0
    final: bool = False
    official: bool = False
    reports: Mapping[str, Received] = field(default_factory=dict)


@dataclass(frozen=True)
class Tally:
    """Some units counted. late, undated: of those that handed in. criteria: summed."""

    units: Sequence[UnitLine]

    @property
    def all(self) -> int:
        return len(self.units)

    @property
    def issued(self) -> Share:
        return self._of(self.units, (one.issued for one in self.units))

    @property
    def handed_in(self) -> Share:
        return self._of(self.units, (one.handed_in is not None for one in self.units))

    @property
    def late(self) -> int:
        return sum(one.late is True for one in self.units)

    @property
    def verified(self) -> Share:
        """Criteria concluded, or closed by decision, of those handed in."""
        return Share(self.criteria.verified + self.criteria.closed, self.criteria.all)

    @property
    def final(self) -> Share:
        return self._of(self.units, (one.final for one in self.units))

    @property
    def official(self) -> Share:
        return self._of(self.units, (one.official for one in self.units))

    @property
    def explained(self) -> Share:
        """Criteria that were sent back and have been explained."""
        return Share(sum(one.explained for one in self.units), sum(one.sent_back for one in self.units))

    @property
    def planned(self) -> Share:
        return Share(sum(one.plans.planned for one in self.units), sum(one.plans.asked for one in self.units))

    @property
    def criteria(self) -> CriteriaCount:
        names = CriteriaCount.__dataclass_fields__
        return CriteriaCount(**{name: sum(getattr(one.criteria, name) for one in self.units) for name in names})

    def milestone(self, ident: str) -> Share:
        """Units that have done it, in time or late, of those that owe it."""
        asked = [one.milestones[ident] for one in self.units if ident in one.milestones]
        return Share(sum(one.state in ("done", "late") for one in asked), len(asked))

    def report(self, key: str) -> Share:
        asked = [one for one in self.units if one.own]
        return Share(sum(key in one.reports for one in asked), len(asked))

    @staticmethod
    def _of(units: Sequence[UnitLine], true: Iterable[bool]) -> Share:
        return Share(sum(true), len(units))


@dataclass(frozen=True)
class GroupLine:
    """A group. published: its last publication."""

    letter: str
    name: str
    tally: Tally
    published: Publication | None = None


@dataclass(frozen=True)
class ManagerLine:
    """A body that hands in for others: its persons or enterprises of one group."""

    body: str
    name: str
    letter: str
    tally: Tally


@dataclass
class BodyLine:
    """A verifying body. concluded: by it; closed ones are nobody's. to_verify, explained: wait for it. returned: wait for the unit.
    units: for how many units it still has something to do. late: how much is over its deadline."""

    body: str
    name: str
    concluded: int = 0
    to_verify: int = 0
    explained: int = 0
    returned: int = 0
    units: int = 0
    issued: date | None = None
    deadline: date | None = None
    owed: list[Debt] = field(default_factory=list)

    @property
    def done(self) -> Share:
        return Share(self.concluded, self.concluded + self.to_verify + self.explained + self.returned)

    @property
    def late(self) -> int:
        return sum(debt.count for debt in self.owed if debt.days_late)
