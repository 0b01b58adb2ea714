"""Who owes what in a round (ai còn nợ việc gì), on a day: the list behind reminders and the picture of a round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from records.calendar import calendar_of, due, limit_problems
from records.life.rights import EXPLAINED
from records.progress import GroupProgress, issued_candidates, progress
from records.returns.returned import all_returned, owner_of
from records.review.bench import WAITING, Bench, load_bench
from records.roster.roster import Candidate, Roster, load_roster, order
from records.rounds import Round
from records.tasks.listing import strict_before
from records.tasks.register import load_register
from records.tasks.standing import Period, standings
from records.workspace.folder import Workspace

WHAT = {
    "form": "Gửi biểu tự chấm",
    "explanation": "Giải trình",
    "verification": "Thẩm định",
    "task": "Hoàn thành nhiệm vụ",
}  # in the order in which they are listed
_THING = {"task": "số"}
_PARENT = "parent"
_NAMED = 5  # candidates of one line that are named


@dataclass(frozen=True)
class Debt:
    """One thing that a body owes. what: a key of WHAT. criterion: id of a criterion or number of a task, "" when it is about
    neither. due: None when no day was set. days_late: days after due, 0 when it is not over, None without due; of working days
    where `working`, else of the calendar. group: letter of the candidate's, "" of tasks. since: the day from which it waits.
    count: how many things, where several stand in one line. asked: the body knows of it; a verifying body does once it was sent its
    workbook or the group is closed, and nobody reminds it before. text: of the criterion or the task."""

    body: str
    body_name: str
    what: str
    candidate: str
    candidate_name: str
    criterion: str = ""
    due: date | None = None
    days_late: int | None = None
    working: bool = False
    group: str = ""
    since: date | None = None
    count: int = 1
    asked: bool = True
    text: str = ""

    @property
    def words(self) -> str:
        """Gửi biểu tự chấm; Giải trình tiêu chí A1.2; Hoàn thành nhiệm vụ số 12."""
        return WHAT[self.what] + (f" {_THING.get(self.what, 'tiêu chí')} {self.criterion}" if self.criterion else "")

    @property
    def late_words(self) -> str:
        """Quá hạn 3 ngày làm việc; "" when it is not over."""
        return f"Quá hạn {self.days_late}\u00a0ngày{' làm việc' if self.working else ''}" if self.days_late else ""


@dataclass(frozen=True)
class Owing:
    """What every source of debts looks at."""

    workspace: Workspace
    round: Round
    day: date
    roster: Roster
    _bodies: dict[str, tuple[str, str]] = field(default_factory=dict)
    _late: dict[date, int] = field(default_factory=dict)

    @cached_property
    def bench(self) -> Bench:
        """The round as people have judged it: replayed once for all sources."""
        return load_bench(self.workspace, self.round)[0]

    @cached_property
    def groups(self) -> list[GroupProgress]:
        return progress(self.workspace, self.round, (), self.bench)

    def closed(self, candidate: str) -> bool:
        """Whether every criterion of a candidate was closed without result."""
        criteria = self.bench.scope.of(candidate) if candidate in self.bench.scope.candidates else {}
        return bool(criteria) and all(self.bench.standings.of(candidate, one).closed for one in criteria)

    def debt(
        self,
        body: str,
        what: str,
        candidate: Candidate,
        due: date | None = None,
        criterion: str = "",
        *,
        working: bool = False,
        since: date | None = None,
        asked: bool = True,
        text: str = "",
    ) -> Debt:
        """A debt of a body of the roster, or of whoever stands in its place on the day."""
        here, name = self.body(body)
        late = self.days_late(due, working=working)
        said = (criterion, due, late, working, candidate.group, since)
        return Debt(here, name, what, candidate.id, candidate.name, *said, asked=asked, text=text)

    def body(self, ident: str) -> tuple[str, str]:
        """Id and name of who stands in a body's place on the day."""
        if ident not in self._bodies:
            here = self.roster.successor(ident, self.day)
            body = self.roster.bodies.get(here)
            self._bodies[ident] = here, body.name(self.day) if body is not None else here
        return self._bodies[ident]

    def days_late(self, due: date | None, *, working: bool) -> int | None:
        """Days after the last day, of working days where that is asked for."""
        calendar = (
            calendar_of(self.workspace.movement) if working and due is not None and due not in self._late else None
        )
        if due is not None and calendar is not None:
            self._late[due] = max(0, calendar.working_days_between(due, self.day))
        return self._late[due] if working and due in self._late else days_late(due, self.day)


def days_late(due: date | None, day: date) -> int | None:
    """Days of the calendar after the last day: 0 on that day and before."""
    return max(0, (day - due).days) if due is not None else None


def forms_owed(owing: Owing) -> Iterator[Debt]:
    """Candidates that were sent a form and have not handed it in. Of a closed group nobody owes any more, nor who was closed by
    decision altogether."""
    issued = issued_candidates(owing.workspace, owing.round.period)
    for group in owing.groups:
        if group.state.closed is not None:
            continue
        declared = owing.workspace.group(group.letter)
        batch = declared.batch if declared is not None else None
        for candidate in group.missing:
            if candidate.id not in issued or owing.closed(candidate.id):
                continue
            owner = candidate.manager if batch == _PARENT else batch or candidate.id
            yield owing.debt(owner, "form", candidate, owing.round.deadline)


def explanations_owed(owing: Owing) -> Iterator[Debt]:
    """Criteria that were sent back and wait: owed by the unit, or by the body that hands in for it, until the deadline in force."""
    working = owing.workspace.movement.calendar is not None
    for one in all_returned(owing.bench):
        owner = owner_of(owing.bench, one.candidate.id) or one.candidate.id
        yield owing.debt(
            owner,
            "explanation",
            one.candidate,
            one.deadline,
            one.criterion.id,
            working=working,
            since=one.day,
            text=one.criterion.text,
        )


def verifications_owed(owing: Owing) -> Iterator[Debt]:
    """Criteria that wait for their verifying body, to be looked at for the first time or again.

    Asked for once the group is closed, the body was sent its workbook, or the unit has explained. Due: the deadline of the first verification workbook that the body was sent since the criterion waits; when none was sent, the
    time limit from the day on which the group was closed, or on which the criterion came in or was explained if that is later.
    """
    bench, movement = owing.bench, owing.workspace.movement
    limited = not limit_problems(movement, "verification")
    working = movement.calendar is not None
    rosters = {one.id: one.roster or one.id for one in movement.bodies}
    names = {one.id: one.name for one in movement.bodies}
    sent = {
        body: [(date.fromisoformat(told["day"]), told.get("deadline", "")) for told in bench.issued(body)]
        for body in bench.told
    }
    known: dict[tuple[str, date, str, bool], tuple[date | None, bool]] = {}
    for candidate, criterion, body in bench.cases(WAITING):
        if not body:
            continue
        standing = bench.standings.of(candidate, criterion.id)
        explained = standing.state == EXPLAINED
        since = date.fromisoformat(standing.since if explained else bench.submissions[candidate].at[:10])
        one = bench.scope.candidates[candidate]
        key = body, since, one.group, explained
        if key not in known:
            told = next(((deadline,) for day, deadline in sent.get(body, ()) if day >= since), ())
            closed = owing.round.group(one.group).closed
            asked = bool(told) or explained or closed is not None
            last = date.fromisoformat(told[0]) if told and told[0] else None
            if last is None and asked and limited:
                last = due(movement, "verification", max(since, closed) if closed is not None else since)
            known[key] = last, asked
        last, asked = known[key]
        body_id = rosters.get(body, body)
        debt = owing.debt(
            body_id,
            "verification",
            one,
            last,
            criterion.id,
            working=working,
            since=since,
            asked=asked,
            text=criterion.text,
        )
        yield debt if debt.body in owing.roster.bodies else replace(debt, body_name=names.get(body, body))


def tasks_owed(owing: Owing) -> Iterator[Debt]:
    """Tasks of the register that are over their deadline and not finished, of the round or left over from before."""
    register = load_register(owing.workspace)
    window = owing.round.window
    if not register.tasks:
        return
    period = Period(window.first, window.last, owing.day, strict_before(owing.workspace))
    for one in standings(register, owing.roster, period):
        if one.state in ("overdue", "carried") and one.due is not None and one.due <= owing.day:
            body, name = owing.body(one.body)
            late = days_late(one.due, owing.day)
            yield Debt(body, name, "task", one.body, one.name, one.task.number, one.due, late, text=one.task.content)


SOURCES: list[Callable[[Owing], Iterator[Debt]]] = [forms_owed, explanations_owed, verifications_owed, tasks_owed]


def debts(workspace: Workspace, round_: Round, day: date) -> list[Debt]:
    """Everything that bodies know they owe on a day: by body, then what, then the day it was due, then candidate and criterion."""
    return [debt for debt in _all(Owing(workspace, round_, day, load_roster(workspace))) if debt.asked]


def picture(
    workspace: Workspace, round_: Round, day: date, letters: Iterable[str] = ()
) -> tuple[list[GroupProgress], list[Debt]]:
    """How far the groups have come and what is owed or waits, from one replay of the ledger. letters: only these groups; tasks, which are of
    no group, are then left out."""
    owing, wanted = Owing(workspace, round_, day, load_roster(workspace)), set(letters)
    groups = [group for group in owing.groups if not wanted or group.letter in wanted]
    return groups, [debt for debt in _all(owing) if not wanted or debt.group in wanted]


def _all(owing: Owing) -> list[Debt]:
    places = {what: place for place, what in enumerate(WHAT)}
    ids: dict[str, tuple[str, tuple[int, int, str]]] = {}

    def natural(ident: str) -> tuple[str, tuple[int, int, str]]:
        if ident not in ids:
            ids[ident] = order(ident)
        return ids[ident]

    return sorted(
        (debt for source in SOURCES for debt in source(owing)),
        key=lambda debt: (
            natural(debt.body),
            places[debt.what],
            debt.due or date.max,
            natural(debt.candidate),
            natural(debt.criterion),
        ),
    )


def summed(found: Iterable[Debt]) -> list[Debt]:
    """The same with one line for what a body has to verify of one criterion until one day: a letter names no unit ten times over."""
    lines: dict[tuple[object, ...], list[Debt]] = {}
    for place, debt in enumerate(found):
        key: tuple[object, ...] = (place,)
        if debt.what == "verification":
            key = debt.body, debt.group, debt.criterion, debt.due, debt.asked
        lines.setdefault(key, []).append(debt)
    return [several[0] if len(several) == 1 else _sum(several) for several in lines.values()]


def _sum(several: list[Debt]) -> Debt:
    names = [debt.candidate_name or debt.candidate for debt in several]
    named = "; ".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
    since = min((debt.since for debt in several if debt.since is not None), default=None)
    return replace(
        several[0], candidate_name=f"{len(names)} đối tượng: {named}", since=since, count=sum(d.count for d in several)
    )
