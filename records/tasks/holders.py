"""Who has a task: leads, classes opened, hand-overs followed, successors of bodies that have ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from records.ledger.entries import Entry
from records.roster.roster import Roster
from records.tasks.register import Instance, Register, Result, Task


@dataclass(frozen=True)
class Held:
    """One instance of a task as one body has it.

    lead: the body or class it was given to. leads: how many bodies lead it together (1 for a class: each has its own).
    came: hand-overs, oldest first: from whom, on which day. orphan: the body had ended before the deadline and nobody follows.
    """

    task: Task
    instance: Instance
    body: str
    lead: str
    by_class: bool
    leads: int
    result: Result
    came: tuple[tuple[str, date], ...] = ()
    orphan: bool = False

    @property
    def key(self) -> str:
        """Unique among what one candidate has."""
        return self.task.number if self.instance.name in ("", "once") else f"{self.task.number}/{self.instance.name}"


def held(register: Register, roster: Roster, first: date, last: date) -> dict[str, list[Held]]:
    """What every body has of the days between two, in the order of the register; parts of tasks are not counted beside the whole.
    Worked out once for a roster and its days."""
    name = (id(roster), first, last)
    kept = register.kept.get(name)
    if isinstance(kept, tuple) and kept[0] is roster:
        found: dict[str, list[Held]] = kept[1]
        return found
    found = {}
    for task in (task for task in register.tasks.values() if not task.parent):
        for instance in instances(task, roster, first, last):
            for one in holders(task, instance, roster, last):
                found.setdefault(one.body, []).append(one)
    register.kept[name] = (roster, found)
    return found


def instances(task: Task, roster: Roster, first: date, last: date) -> Iterator[Instance]:
    """What belongs to the days; yearly work of years of the movement only."""
    for instance in task.instances(first, last):
        if instance.year is None or instance.year <= roster.movement.period.to:
            yield instance


def holders(task: Task, instance: Instance, roster: Roster, last: date) -> list[Held]:
    """Who has an instance, as it stands on a day; each body once, by its own name before by its class."""
    named = [lead for lead in task.leads if not roster.is_class(lead)]
    direct = [_follow(task, instance, lead, roster, last) for lead in named]
    together = len({body for body, _ in direct})
    found: dict[str, Held] = {}
    for lead, (body, came) in zip(named, direct, strict=True):
        found.setdefault(body, _held(task, instance, roster, body, lead, False, together, came))
    for lead in (lead for lead in task.leads if roster.is_class(lead)):
        for member in roster.members(lead, instance.day):
            body, came = _follow(task, instance, member, roster, last)
            found.setdefault(body, _held(task, instance, roster, body, lead, True, 1, came))
    return [one for one in found.values() if not dropped(task, one)]


def _held(
    task: Task,
    instance: Instance,
    roster: Roster,
    body: str,
    lead: str,
    by_class: bool,
    leads: int,
    came: tuple[tuple[str, date], ...],
) -> Held:
    result = task.result(body, instance.name)
    known = roster.bodies.get(body)
    ended = known.last if known is not None else None
    orphan = ended is not None and ended < instance.day and result.finished is None
    return Held(task, instance, body, lead, by_class, leads, result, came, orphan)


def dropped(task: Task, one: Held) -> bool:
    """Cancelled before it was due, and not finished before."""
    if task.cancelled is None:
        return False
    end = one.instance.due or date(one.instance.day.year, 12, 31)
    return end >= task.cancelled and (one.result.finished is None or one.result.finished >= task.cancelled)


def _follow(
    task: Task, instance: Instance, body: str, roster: Roster, last: date
) -> tuple[str, tuple[tuple[str, date], ...]]:
    """Where a lead has gone by a day. What was finished before a hand-over stays with whoever finished it."""
    came: list[tuple[str, date]] = []
    seen = {body}
    while True:
        finished = task.result(body, instance.name).finished
        step = _handed(task, body, last)
        if step is not None and step.valid_from is not None and step.value not in seen:
            if finished is None or finished >= step.valid_from:
                came.append((body, step.valid_from))
                body = step.value
                seen.add(body)
                continue
        elif finished is None:
            following = roster.successor(body, last)
            ended = roster.bodies[body].last if body in roster.bodies else None
            if following not in seen and ended is not None:
                came.append((body, date.fromordinal(ended.toordinal() + 1)))
                body = following
                seen.add(body)
                continue
        return body, tuple(came)


def _handed(task: Task, body: str, last: date) -> Entry | None:
    entry = task.facts.entry(f"lead_from:{body}", last)
    return entry if entry is not None and entry.value else None
