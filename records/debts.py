"""Who owes what in a round (ai còn nợ việc gì), on a day: the list behind reminders and the picture of a round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from records.progress import issued_candidates, progress
from records.roster.roster import Candidate, Roster, load_roster, order
from records.rounds import Round
from records.workspace.folder import Workspace

WHAT = {
    "form": "Gửi biểu tự chấm",
    "explanation": "Giải trình",
    "verification": "Thẩm định",
    "task": "Hoàn thành nhiệm vụ",
}  # in the order in which they are listed
_THING = {"task": "số"}
_PARENT = "parent"


@dataclass(frozen=True)
class Debt:
    """One thing that a body owes. what: a key of WHAT. criterion: id of a criterion or number of a task, "" when it is about
    neither. due: None when no day was set. days_late: days of the calendar after due, 0 when it is not over, None without due."""

    body: str
    body_name: str
    what: str
    candidate: str
    candidate_name: str
    criterion: str = ""
    due: date | None = None
    days_late: int | None = None

    @property
    def words(self) -> str:
        """Gửi biểu tự chấm; Giải trình tiêu chí A1.2; Hoàn thành nhiệm vụ số 12."""
        return WHAT[self.what] + (f" {_THING.get(self.what, 'tiêu chí')} {self.criterion}" if self.criterion else "")


@dataclass(frozen=True)
class Owing:
    """What every source of debts looks at."""

    workspace: Workspace
    round: Round
    day: date
    roster: Roster

    def debt(self, body: str, what: str, candidate: Candidate, due: date | None = None, criterion: str = "") -> Debt:
        """A debt of a body of the roster, or of whoever stands in its place on the day."""
        here = self.roster.successor(body, self.day)
        name = self.roster.bodies[here].name(self.day) if here in self.roster.bodies else here
        return Debt(here, name, what, candidate.id, candidate.name, criterion, due, days_late(due, self.day))


def days_late(due: date | None, day: date) -> int | None:
    """Days of the calendar after the last day: 0 on that day and before."""
    return max(0, (day - due).days) if due is not None else None


def forms_owed(owing: Owing) -> Iterator[Debt]:
    """Candidates that were sent a form and have not handed it in; of a closed group nobody owes any more."""
    issued = issued_candidates(owing.workspace, owing.round.period)
    for group in progress(owing.workspace, owing.round):
        if group.state.closed is not None:
            continue
        declared = owing.workspace.group(group.letter)
        batch = declared.batch if declared is not None else None
        for candidate in group.missing:
            if candidate.id not in issued:
                continue
            owner = candidate.manager if batch == _PARENT else batch or candidate.id
            yield owing.debt(owner, "form", candidate, owing.round.deadline)


SOURCES: list[Callable[[Owing], Iterator[Debt]]] = [forms_owed]


def debts(workspace: Workspace, round_: Round, day: date) -> list[Debt]:
    """Everything that is owed on a day: by body, then what, then the day it was due, then candidate and criterion."""
    owing = Owing(workspace, round_, day, load_roster(workspace))
    places = list(WHAT)
    return sorted(
        (debt for source in SOURCES for debt in source(owing)),
        key=lambda debt: (
            order(debt.body),
            places.index(debt.what),
            debt.due or date.max,
            order(debt.candidate),
            order(debt.criterion),
        ),
    )
