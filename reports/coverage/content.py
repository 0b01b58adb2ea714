"""Coverage of a round: every unit from its plan to its published result, counted by group, managing and verifying body.

One replay of the ledger serves everything, the same that `round status` and `review status` look at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from criteria.problems import Problem, errors
from records.debts import SOURCES, Debt, Owing, summed
from records.life.rights import AWAITED, CLOSED, EXPLAINED, RETURNED, REVERIFIED, SELF, VERIFIED
from records.milestones import Window, reached, windows
from records.progress import CriteriaCount, GroupProgress, came_late, concluded, first_days, issued_candidates
from records.publication.official import frozen_results
from records.reports_received import Asked, asked_for, received
from records.review.bench import Bench
from records.roster.roster import Candidate, load_roster
from records.rounds import Round
from records.tasks.clarity import Plan, counts, plans
from records.tasks.listing import strict_before
from records.tasks.register import load_register
from records.workspace.folder import Workspace
from reports.coverage.lines import BodyLine, GroupLine, ManagerLine, Plans, Tally, UnitLine
from scoring.result import ILLUSTRATION

PARENT = "parent"


@dataclass(frozen=True)
class Coverage:
    """A round on a day. asked: reports asked for, by key. milestones: those that have begun by the end of the round."""

    round: Round
    on: date
    entry: int
    groups: list[GroupLine]
    units: list[UnitLine]
    managers: list[ManagerLine]
    bodies: list[BodyLine]
    milestones: Mapping[str, Window]
    asked: Mapping[str, Asked]
    stamps: tuple[str, ...] = ()

    @property
    def total(self) -> Tally:
        return Tally(self.units)


def coverage(
    workspace: Workspace, round_: Round, on: date, letters: tuple[str, ...] = ()
) -> tuple[Coverage, list[Problem]]:
    """letters: none means every group that has candidates."""
    owing = Owing(workspace, round_, on, load_roster(workspace))
    groups = [one for one in owing.groups if one.candidates and (not letters or one.letter in letters)]
    seen = _Seen(workspace, round_, on, owing.bench)
    units = [seen.unit(group, one) for group in groups for one in group.candidates]
    by_group = {group.letter: [one for one in units if one.letter == group.letter] for group in groups}
    lines = [
        GroupLine(one.letter, " ".join(one.name.split()), Tally(by_group[one.letter]), one.published) for one in groups
    ]
    wanted = {group.letter for group in groups}
    debts = [debt for source in SOURCES for debt in source(owing) if debt.what == "verification"]
    bodies = _bodies(owing.bench, [debt for debt in debts if debt.group in wanted], wanted)
    stamps = (ILLUSTRATION,) if any(c.attributes.get("illustration") for g in groups for c in g.candidates) else ()
    entry = workspace.database.last_entry()
    told = Coverage(round_, on, entry, lines, units, _managers(owing, units), bodies, seen.windows, seen.asked, stamps)
    return told, seen.problems


class _Seen:
    """What the lines of units are made of, read once."""

    def __init__(self, workspace: Workspace, round_: Round, on: date, bench: Bench) -> None:
        self.workspace, self.round, self.bench = workspace, round_, bench
        self.issued = issued_candidates(workspace, round_.period)
        self.first = first_days(workspace, round_.period)
        known = windows(workspace)
        self.windows = {name: one for name, one in known.items() if one.first <= round_.window.last}
        self.reached = {name: {one.body: one for one in reached(workspace, name, on)[0]} for name in self.windows}
        self.asked: dict[str, Asked] = {
            f"{one.duty.id}/{one.period}": one
            for one in asked_for(workspace.movement, round_.window, strict_before(workspace))
        }
        self.received = {
            key: {body: it for body, it in received(workspace, one).items() if it.day <= on}
            for key, one in self.asked.items()
        }
        self.plans: dict[str, list[int]] = {}
        register = load_register(workspace)
        if register.tasks:
            roster = load_roster(workspace)
            every: dict[str, list[Plan]] = {}
            for plan in plans(register, roster, round_.window.first, min(on, round_.window.last)):
                every.setdefault(plan.body, []).append(plan)
            self.plans = {body: list(counts(found)) for body, found in every.items()}
        official, self.problems = frozen_results(workspace, round_.period)
        self.problems = [] if not errors(self.problems) else self.problems
        self.official = {row.candidate for one in official for row in one.rows}

    def unit(self, group: GroupProgress, one: Candidate) -> UnitLine:
        declared = self.workspace.group(group.letter)
        batch = declared.batch if declared is not None else None
        own = batch is None
        handed = self.bench.submissions.get(one.id)
        first = self.first.get(one.id) if handed is not None else None
        planned, clear, asked = self.plans.get(one.id, [0, 0, 0])
        count, sent_back, explained = self._criteria(one.id)
        return UnitLine(
            one.id,
            one.name,
            group.letter,
            own,
            "" if own else one.manager if batch == PARENT else str(batch),
            one.id in self.issued,
            {name: found[one.id] for name, found in self.reached.items() if one.id in found},
            Plans(asked, planned, clear),
            first,
            handed.letter_date if handed is not None else "",
            came_late(self.round, group.state, first) if first is not None else None,
            count,
            sent_back,
            explained,
            concluded(self.bench, one.id),
            one.id in self.official,
            {key: found[one.id] for key, found in self.received.items() if own and one.id in found},
        )

    def _criteria(self, candidate: str) -> tuple[CriteriaCount, int, int]:
        if candidate not in self.bench.scope.candidates:
            return CriteriaCount(), 0, 0
        found = dict.fromkeys((VERIFIED, REVERIFIED, SELF, RETURNED, EXPLAINED, CLOSED, AWAITED), 0)
        sent_back = explained = 0
        for criterion in self.bench.scope.of(candidate):
            standing = self.bench.standings.of(candidate, criterion)
            found[standing.state] += 1
            states = [act.value for act in standing.acts if act.field == criterion]
            sent_back += RETURNED in states
            explained += RETURNED in states and EXPLAINED in states[states.index(RETURNED) :]
        count = CriteriaCount(
            found[VERIFIED] + found[REVERIFIED], found[SELF], found[RETURNED], found[EXPLAINED], found[CLOSED]
        )
        return count, sent_back, explained


def _managers(owing: Owing, units: Sequence[UnitLine]) -> list[ManagerLine]:
    """Bodies that hand in for others, group by group, in the order of their first unit."""
    found: dict[tuple[str, str], list[UnitLine]] = {}
    for one in units:
        if not one.own:
            found.setdefault((one.letter, one.manager), []).append(one)
    return [
        ManagerLine(body, owing.body(body)[1] if body else "chưa ghi cơ quan quản lý", letter, Tally(own))
        for (letter, body), own in found.items()
    ]


def _bodies(bench: Bench, debts: Sequence[Debt], letters: set[str]) -> list[BodyLine]:
    """Verifying bodies in the order of the movement file. What an official publication froze is counted as it stood then."""
    movement = bench.scope.workspace.movement
    lines = {one.id: BodyLine(one.id, one.name) for one in movement.bodies}
    waiting: dict[str, set[str]] = {}
    for candidate, one in bench.scope.candidates.items():
        if one.group not in letters or candidate not in bench.submissions:
            continue
        for criterion in bench.scope.of(candidate):
            standing = bench.standings.of(candidate, criterion)
            done = standing.state in (VERIFIED, REVERIFIED, RETURNED) and bench.scope.knows(standing.body)
            who = standing.body if done else bench.owner(candidate, criterion)
            if who not in lines:
                continue
            line = lines[who]
            line.concluded += standing.state in (VERIFIED, REVERIFIED)
            line.to_verify += standing.state == SELF
            line.explained += standing.state == EXPLAINED
            line.returned += standing.state == RETURNED
            if standing.state in (SELF, EXPLAINED):
                waiting.setdefault(who, set()).add(candidate)
    rosters: dict[str, str] = {}
    for declared in movement.bodies:
        rosters.setdefault(declared.roster or declared.id, declared.id)
    for debt in summed(debts):
        ident = rosters.get(debt.body, debt.body)
        if ident in lines:
            lines[ident].owed.append(debt)
    for ident, line in lines.items():
        line.units = len(waiting.get(ident, ()))
        told = bench.issued(ident)[-1] if bench.issued(ident) else {}
        line.issued = date.fromisoformat(told["day"]) if told else None
        line.deadline = date.fromisoformat(told["deadline"]) if told.get("deadline") else None
    return [one for one in lines.values() if one.concluded or one.to_verify or one.explained or one.returned]
