"""Whether plans of tasks are clear: "5 rõ" (người, việc, thời gian, trách nhiệm, kết quả), "6 rõ" with thẩm quyền."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from records.roster.roster import Candidate, Roster
from records.rounds import Window
from records.tasks.register import PLAN, Register, Task, number_key
from records.tasks.standing import PLANNED, Period, standings

WORDS = {
    "person": "người",
    "work": "việc",
    "time": "thời gian",
    "responsibility": "trách nhiệm",
    "result": "kết quả",
    "authority": "thẩm quyền",
    "date": "ngày kế hoạch",
}


@dataclass(frozen=True)
class Plan:
    """How clear one body's plan for one task is. planned: it says anything. asked: 5 or 6. missing: keys of WORDS."""

    number: str
    content: str
    body: str
    name: str
    planned: bool
    asked: int
    missing: tuple[str, ...]

    @property
    def clear(self) -> bool:
        return self.planned and not self.missing


def six_from(roster: Roster) -> date | None:
    """The day from which plans must name the authority, too; None while nobody knows it."""
    declared = roster.movement.clear_plans
    return declared.six_from if declared is not None else None


def plans(register: Register, roster: Roster, first: date, last: date, body: str | None = None) -> list[Plan]:
    """Of every body and task that is asked of it between two days, as the plans stand on the last one; by body, then number."""
    found: dict[tuple[str, str, str], Plan] = {}
    for one in standings(register, roster, Period(first, last, last), body, parts=True):
        if one.state in PLANNED:
            name = (one.name, one.body, one.task.number)
            found.setdefault(name, _judge(one.task, one.body, one.name, roster, last, shared=True))
    return [found[name] for name in sorted(found, key=lambda n: (n[0], n[1], number_key(n[2])))]


def _judge(task: Task, body: str, name: str, roster: Roster, day: date, *, shared: bool) -> Plan:
    """A plan dated before the sixth was asked for is judged on five; without a date nobody can tell, so the date is missing."""
    said = {key: task.plan(key, body, day, shared=shared) for key in PLAN}
    start = six_from(roster)
    dated = date.fromisoformat(said["date"]) if said["date"] else None
    six = start is not None and dated is not None and dated >= start
    needed = ["person", "responsibility", "result", *(["authority"] if six else [])]
    missing = [key for key in needed if not said[key]]
    if not task.content.strip():
        missing.insert(0, "work")
    if start is not None and dated is None:
        missing.append("date")
    return Plan(task.number, task.content, body, name, any(said.values()), 6 if six else 5, tuple(missing))


def clarity_counts(register: Register, roster: Roster, candidate: Candidate, window: Window) -> tuple[int, int]:
    """Tasks with a plan, and of them those whose plan is clear (figures tasks_planned, tasks_clear). A unit counts the tasks of its
    managing body that are tagged with it only where it has a plan of its own."""
    found = plans(register, roster, window.first, window.last, candidate.id)
    for one in standings(register, roster, Period(window.first, window.last, window.last), candidate.manager or ""):
        if one.state in PLANNED and candidate.id in one.task.units and candidate.manager:
            name = candidate.name
            found.append(_judge(one.task, candidate.id, name, roster, window.last, shared=False))
    each = {plan.number: plan for plan in reversed(found)}
    return counts(each.values())[:2]


def counts(found: Iterable[Plan]) -> tuple[int, int, int]:
    """Planned, clear, asked for."""
    every = list(found)
    return sum(plan.planned for plan in every), sum(plan.clear for plan in every), len(every)
