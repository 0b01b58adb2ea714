"""How tasks stand in a period: every instance of every body with its state on a day. What all reports of the year count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from records.roster.roster import Roster
from records.tasks.deadlines import DATED, ON_EVENT
from records.tasks.holders import Held, dropped, holders, instances
from records.tasks.listing import state_of
from records.tasks.register import Instance, Register, Task
from records.tasks.rows import name

STATES = {
    "done": "hoàn thành đúng hạn",
    "late": "hoàn thành quá hạn",
    "open": "chưa hoàn thành, trong hạn",
    "overdue": "quá hạn, chưa hoàn thành",
    "carried_done": "tồn từ kỳ trước, đã hoàn thành",
    "carried": "tồn từ kỳ trước, chưa hoàn thành",
    "early": "hoàn thành sớm, hạn sau kỳ",
    "regular_done": "thường xuyên, có kết quả",
    "regular": "thường xuyên, chưa có kết quả",
    "span_told": "nhiều năm, có báo cáo tiến độ",
    "span": "nhiều năm, chưa báo cáo tiến độ",
    "event": "theo sự kiện, chưa mở",
    "cancelled": "đã hủy",
    "orphan": "chưa rõ cơ quan kế thừa",
}
LATE = ("late", "overdue", "carried_done", "carried")
PLANNED = ("done", "late", "open", "overdue", "early", "regular_done", "regular", "span_told", "span")


@dataclass(frozen=True)
class Period:
    """Days a report is about, and the day on which everything is told. within: days in which a deadline is near."""

    first: date
    last: date
    on: date
    strict: bool = False

    @property
    def until(self) -> date:
        """The last day of the period that has come."""
        return min(self.last, self.on)


@dataclass(frozen=True)
class Standing:
    """One instance as one body has it. state: a key of STATES. head: who led the body on the deadline, or on the day if that comes
    first. person: of the body's plan: an id of the roster or a post. progress: of the year, of work of several years."""

    held: Held
    state: str
    name: str
    head: str
    person: str
    progress: str = ""

    @property
    def task(self) -> Task:
        return self.held.task

    @property
    def body(self) -> str:
        return self.held.body

    @property
    def due(self) -> date | None:
        return self.held.instance.due

    def finished(self, on: date) -> date | None:
        """The day on which it was finished, as known on a day."""
        day = self.held.result.finished
        return day if day is not None and day <= on else None

    @property
    def explanation(self) -> str:
        return self.held.result.explanation

    def days(self, on: date) -> int | None:
        """Days left until the deadline; below 0 it has passed."""
        return (self.due - on).days if self.due is not None else None


def standings(
    register: Register, roster: Roster, period: Period, body: str | None = None, *, parts: bool = False
) -> list[Standing]:
    """What belongs to a period, in the order of the register: due in it, left over from before, regular work of its years, work of
    several years, waiting for its event. body: only this one. parts: parts of tasks (nhiệm vụ con), too."""
    found: list[Standing] = []
    for task in register.tasks.values():
        if (task.parent and not parts) or (task.added is not None and task.added > period.on):
            continue
        for one in _held(task, roster, period):
            state = _state(one, task, period) if body in (None, one.body) else None
            if state is not None:
                found.append(_standing(one, state, roster, period))
    return found


def with_task(task: Task, roster: Roster, on: date) -> list[Held]:
    """Who has a task on a day, whatever of it is asked for."""
    return holders(task, Instance("", None, None, on), roster, on)


def _held(task: Task, roster: Roster, period: Period) -> Iterable[Held]:
    years = roster.movement.period
    whole = task.without_end()
    if task.kind == ON_EVENT and not _events(task, period.on):
        yield from with_task(whole, roster, period.on)
        return
    first, last = min(period.first, date(years.from_, 1, 1)), max(period.last, date(years.to, 12, 31))
    if task.regular:  # whose work it is, is decided on the last day that has come
        first, last = period.first, period.until
    for instance in instances(whole, roster, first, last):
        if task.kind != ON_EVENT or date.fromisoformat(instance.name) <= period.on:
            yield from holders(whole, instance, roster, period.on)


def _events(task: Task, on: date) -> bool:
    return any(e.valid_from is not None and e.valid_from <= on and e.value for e in task.facts.history("event"))


def _state(one: Held, task: Task, period: Period) -> str | None:
    """None: nothing of this period."""
    due, finished, cancelled = one.instance.due, one.result.finished, task.cancelled
    done = finished is not None and finished <= period.on
    if one.instance.name == "":
        return "cancelled" if cancelled is not None and cancelled <= period.on else "event"
    if cancelled is not None and cancelled <= period.on and dropped(task, one):
        here = period.first <= cancelled <= period.last
        return "cancelled" if here and (one.instance.year in (None, cancelled.year)) else None
    if due is None:
        return _regular(one, done, period)
    if due > period.last:
        return _later(one, done, period)
    state = state_of(one, period.on, period.strict)
    if due >= period.first or state == "orphan":
        return state
    if finished is not None and finished < period.first:
        return None
    return "carried_done" if done else "carried"


def _regular(one: Held, done: bool, period: Period) -> str | None:
    year = one.instance.year or 0
    if not period.first.year <= year <= period.until.year:
        return None
    return "regular_done" if done else "orphan" if one.orphan else "regular"


def _later(one: Held, done: bool, period: Period) -> str | None:
    finished, span = one.result.finished, one.task.span
    if finished is not None and done:
        return "early" if period.first <= finished <= period.last else None
    if span is None or one.task.kind not in DATED or span[0] > period.until.year:
        return None
    if one.orphan:
        return "orphan"
    return "span_told" if one.task.progress(one.body, period.until.year) else "span"


def _standing(one: Held, state: str, roster: Roster, period: Period) -> Standing:
    due, year = one.instance.due, one.instance.year
    end = due or (date(year, 12, 31) if year is not None else period.on)
    day = min(end, period.on)
    body = roster.bodies.get(one.body)
    shown = body.name(period.until) if body is not None else name(roster, one.body)
    head = body.value("head", day) if body is not None else ""
    progress = one.task.progress(one.body, period.until.year) if state == "span_told" else ""
    return Standing(one, state, shown, head, one.task.plan("person", one.body, day), progress)
