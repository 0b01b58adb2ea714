"""The task register (sổ nhiệm vụ): tasks, the instances of each, and what came of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from records.ledger.entries import Facts, gather
from records.tasks.deadlines import ON_EVENT, REGULAR, end_of_month, span_years, yearly_month
from records.workspace.folder import Workspace
from scoring.tables import natural_key

ONCE = "once"  # the instance of a task that is done once
YES, NO = "có", "không"
NUMBER = re.compile(r"[0-9A-Za-zĐđ][0-9A-Za-zĐđ.\-]{0,19}")
SEPARATOR = "|"
PLAN = ("person", "responsibility", "result", "authority", "date")  # of a plan: fields plan_NAME and plan_NAME:BODY


@dataclass(frozen=True)
class Instance:
    """One thing to be handed in. name: ONCE, the year of a regular or yearly task, the day of an event. day: on which it is
    decided who belongs to a class. due: None for a regular task. year: of a regular or yearly instance."""

    name: str
    due: date | None
    first_due: date | None
    day: date
    year: int | None = None


@dataclass(frozen=True)
class Result:
    """What a body handed in for an instance. accepted: at the first time; None while nobody has said. explanation: why it is late."""

    finished: date | None = None
    document: str = ""
    document_date: date | None = None
    accepted: bool | None = None
    accepted_on: date | None = None
    explanation: str = ""


@dataclass(frozen=True)
class Task:
    """A task. results: by body and instance."""

    number: str
    facts: Facts
    results: Mapping[tuple[str, str], Facts] = field(default_factory=dict)

    @property
    def content(self) -> str:
        return self.facts.value("content")

    @property
    def kind(self) -> str:
        return self.facts.value("kind")

    @property
    def before(self) -> bool:
        """Printed as "trước ngày": whether that day itself is in time is a setting."""
        return self.kind == "before_day"

    @property
    def regular(self) -> bool:
        return self.kind == REGULAR

    @property
    def leads(self) -> list[str]:
        """Ids of the bodies and classes that lead it, as first entered."""
        return [ident for ident in self.facts.value("leads").split(SEPARATOR) if ident]

    @property
    def units(self) -> list[str]:
        """Ids of the subordinate units that take part."""
        return [ident for ident in self.facts.value("units").split(SEPARATOR) if ident]

    @property
    def added(self) -> date | None:
        """The day on which it was added to a register; None for the register the movement started with."""
        return self.facts.day("added")

    @property
    def cancelled(self) -> date | None:
        return self.facts.day("cancelled")

    @property
    def own(self) -> bool:
        """Added by the body itself."""
        return self.facts.value("own") == YES

    @property
    def parent(self) -> str:
        """The number of the task it is a part of, "" of a task of the register itself."""
        return self.facts.value("parent")

    def plan(self, name: str, body: str, day: date | None = None, *, shared: bool = True) -> str:
        """What a body's plan says on a day. name: of PLAN. shared: else what the register says for every lead."""
        own = self.facts.value(f"plan_{name}:{body}", day)
        return own or (self.facts.value(f"plan_{name}", day) if shared else "")

    def without_end(self) -> Task:
        """The task as if nobody had cancelled it."""
        if "cancelled" not in self.facts.fields:
            return self
        kept = {name: entries for name, entries in self.facts.fields.items() if name != "cancelled"}
        return Task(self.number, Facts(self.facts.subject, kept), self.results)

    @property
    def span(self) -> tuple[int, int] | None:
        return span_years(self.facts.value("span"))

    def result(self, body: str, instance: str) -> Result:
        facts = self.results.get((body, instance))
        if facts is None:
            return Result()
        accepted = facts.value("accepted")
        return Result(
            facts.day("finished"),
            facts.value("document"),
            facts.day("document_date"),
            accepted == YES if accepted else None,
            facts.day("accepted_on"),
            facts.value("explanation"),
        )

    def progress(self, body: str, year: int) -> str:
        """What a body reported of a year of a task that takes several."""
        facts = self.results.get((body, str(year)))
        return facts.value("progress") if facts is not None else ""

    def extensions(self, instance: str) -> list[str]:
        """Why and by which document the deadline was moved, oldest first."""
        return [entry.source for entry in self.facts.history(_deadline_field(instance)) if entry.valid_from]

    def due(self, instance: str, printed: date | None) -> tuple[date | None, date | None]:
        """The deadline in force and the first one. printed: the first one where the kind gives it."""
        history = self.facts.history(_deadline_field(instance))
        first = [entry.value for entry in history if entry.valid_from is None]
        if first and first[-1]:
            printed = date.fromisoformat(first[-1])
        return self.facts.day(_deadline_field(instance)) or printed, printed

    def instances(self, first: date, last: date) -> Iterator[Instance]:
        """What of it belongs to the days between two: due then, or regular work of one of their years."""
        for instance in self._all(first.year, last.year, last):
            end = instance.due or date(instance.day.year, 12, 31)
            if self.added is not None and end < self.added:
                continue
            if instance.due is None or first <= instance.due <= last:
                yield instance

    def _all(self, first: int, last: int, until: date) -> Iterator[Instance]:
        month = yearly_month(self.kind)
        if self.kind == ON_EVENT:
            for entry in self.facts.history("event"):
                if (
                    entry.valid_from is not None
                    and self.facts.entry("event", entry.valid_from) is entry
                    and entry.value
                ):
                    yield self._instance(entry.valid_from.isoformat(), date.fromisoformat(entry.value))
        elif self.kind == REGULAR:
            for year in range(first, last + 1):
                yield Instance(str(year), None, None, min(date(year, 12, 31), until), year)
        elif month is not None:
            for year in range(first, last + 2):  # an extension may carry it over the turn of a year
                made = self._instance(str(year), end_of_month(year - 1, month))
                yield Instance(made.name, made.due, made.first_due, made.day, year)
        else:
            yield self._instance(ONCE, None)

    def _instance(self, name: str, printed: date | None) -> Instance:
        due, printed = self.due(name, printed)
        return Instance(name, due, printed, due or date.max)


def _deadline_field(instance: str) -> str:
    return "deadline" if instance == ONCE else f"deadline:{instance}"


@dataclass(frozen=True)
class Register:
    """Tasks by number, in natural order."""

    tasks: dict[str, Task] = field(default_factory=dict)

    @cached_property
    def kept(self) -> dict[object, object]:
        """Who holds what, by roster and days: worked out once (records.tasks.holders)."""
        return {}


def number_key(number: str) -> tuple[tuple[int, int, str], ...]:
    """2 before 10, 2026.2 before 2026.10."""
    return tuple(natural_key(part) for part in re.split(r"[.\-]", number))


def load_register(workspace: Workspace, until: int | None = None) -> Register:
    """The register of a workspace. until: as it stood at that entry."""
    subjects = gather(workspace.database.entries("task", "result", until=until))
    results: dict[str, dict[tuple[str, str], Facts]] = {}
    for subject, facts in subjects.items():
        if subject.startswith("result:"):
            number, body, instance = subject.partition(":")[2].split("/", 2)
            results.setdefault(number, {})[body, instance] = facts
    numbers = [subject.partition(":")[2] for subject in subjects if subject.startswith("task:")]
    return Register(
        {
            number: Task(number, subjects[f"task:{number}"], results.get(number, {}))
            for number in sorted(numbers, key=lambda n: (number_key(n), n))
        }
    )
