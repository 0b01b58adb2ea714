"""Who takes part in a round and how far everybody has come: candidates, forms, verification, what was explained late, what lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from criteria.problems import Problem
from records.ledger.entries import day_of
from records.life.rights import CLOSED, EXPLAINED, RETURNED, UNIT
from records.life.standing import Standing
from records.progress import GroupProgress, came_late, concluded, first_days, progress, undated
from records.returns.returned import deadline_of
from records.review.bench import Bench, load_bench
from records.roster.roster import Body, load_roster
from records.rounds import Round
from records.workspace.folder import Workspace
from reports.period.sets import PeriodSet
from scoring.tables import natural_key


@dataclass(frozen=True)
class Missing:
    """Who has not handed in. name: of an organisation. persons: of how many persons a body that hands in for them still owes forms."""

    body: str
    name: str
    letter: str
    persons: int = 0


@dataclass(frozen=True)
class GroupTaken:
    """A group in a round. late: forms taken in after the deadline. undated: forms of which nobody can say, because they were entered
    after the group had been closed. verified: candidates every criterion of which is concluded. official: of the published result."""

    letter: str
    name: str
    candidates: int
    handed_in: int
    verified: int
    official: int
    late: int = 0
    undated: int = 0
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class Handling:
    """How criteria were handled. sent_back, explained: how often; late: explained after the deadline that held. extended: criteria
    whose deadline was moved. corrected: criteria whose figures somebody changed. waiting: that still wait for an explanation."""

    criteria: int = 0
    corrected: int = 0
    sent_back: int = 0
    explained: int = 0
    late: int = 0
    extended: int = 0
    waiting: int = 0
    closed: int = 0

    def plus(self, other: Handling) -> Handling:
        told = {name: getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__}
        return replace(self, **told)


@dataclass(frozen=True)
class Participation:
    """A round. groups: in the order of the movement, those that have candidates."""

    period: str
    deadline: date | None
    groups: tuple[GroupTaken, ...]
    handling: Handling = field(default_factory=Handling)


def participation(
    workspace: Workspace, round_: Round, sets: Sequence[PeriodSet]
) -> tuple[Participation, list[Problem]]:
    """sets: of the round, for who has an official result."""
    bench, problems = load_bench(workspace, round_)
    official = Counter(one.letter for one in sets if one.official is not None for _ in one.rows)
    told = progress(workspace, round_, (), bench)
    first = first_days(workspace, round_.period)
    roster = load_roster(workspace).bodies
    groups = tuple(_group(workspace, round_, one, bench, official[one.letter], first, roster) for one in told)
    return Participation(round_.period, round_.deadline, groups, _handling(workspace, bench)), problems


def _group(
    workspace: Workspace,
    round_: Round,
    one: GroupProgress,
    bench: Bench,
    official: int,
    first: Mapping[str, date],
    roster: Mapping[str, Body],
) -> GroupTaken:
    days = [first[ident] for ident in one.handed_in if ident in first]
    return GroupTaken(
        one.letter,
        " ".join(one.name.split()),
        len(one.candidates),
        len(one.handed_in),
        sum(concluded(bench, ident) for ident in one.handed_in),
        official,
        sum(came_late(round_, one.state, day) is True for day in days),
        sum(undated(one.state, day) for day in days),
        tuple(_missing(workspace, one, roster)),
    )


def _missing(workspace: Workspace, one: GroupProgress, roster: Mapping[str, Body]) -> Iterable[Missing]:
    """Organisations by name; persons only as a number, under the body that hands in for them."""
    persons: Counter[str] = Counter()
    for candidate in sorted(one.missing, key=lambda each: natural_key(each.id)):
        body = roster.get(candidate.id)
        if body is not None and body.person:
            persons[candidate.manager] += 1
        else:
            yield Missing(candidate.id, candidate.name, one.letter)
    for manager, many in sorted(persons.items(), key=lambda item: natural_key(item[0])):
        name = roster[manager].name() if manager in roster and not roster[manager].person else ""
        yield Missing(manager, name, one.letter, many)


def _handling(workspace: Workspace, bench: Bench) -> Handling:
    found = Handling()
    for candidate in bench.scope.candidates:
        if candidate not in bench.submissions:
            continue
        for criterion in bench.scope.of(candidate):
            found = found.plus(_one(workspace, bench.standings.of(candidate, criterion)))
    return found


def _one(workspace: Workspace, standing: Standing) -> Handling:
    moves = [act for act in standing.acts if "/" not in act.field]
    sent = sum(act.value == RETURNED for act in moves)
    explained = [act for act in moves if act.value == EXPLAINED and act.role == UNIT]
    late = 0
    for act in explained:
        then = replace(standing, acts=[one for one in standing.acts if one.number < act.number])
        deadline = deadline_of(workspace.movement, then)
        late += deadline is not None and day_of(act) > deadline
    return Handling(
        1,
        int(any(figures for stage, figures in standing.figures.items() if stage != EXPLAINED)),
        sent,
        len(explained),
        late,
        int(any(_extended(workspace, standing))),
        int(standing.state == RETURNED),
        int(standing.state == CLOSED),
    )


def _extended(workspace: Workspace, standing: Standing) -> Iterable[bool]:
    """Whether a deadline entry came after another one, or after the sending back that set none: one that only states the first
    deadline is no extension."""
    for place, act in enumerate(standing.acts):
        if act.field.endswith("/deadline"):
            before = [one for one in standing.acts[:place] if "/" not in one.field]
            same = bool(before) and before[-1].value == RETURNED and before[-1].number == act.number - 1
            yield not same
