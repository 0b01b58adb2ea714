"""The register as people look at it: every task with its state on a day; what is late, what is near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from records.roster.roster import Roster
from records.tasks.deadlines import DATED, ON_EVENT
from records.tasks.holders import Held, holders, instances
from records.tasks.register import ONCE, Register, Task
from records.tasks.rows import name, note
from records.workspace.folder import Workspace

STATES = {
    "done": "xong đúng hạn",
    "late": "xong quá hạn",
    "overdue": "quá hạn, chưa xong",
    "open": "chưa đến hạn",
    "yearly": "chưa có kết quả năm",
    "event": "chờ sự kiện",
    "cancelled": "đã hủy",
    "orphan": "chưa rõ ai kế thừa",
}
STRICT = "before_is_strict"


@dataclass(frozen=True)
class Line:
    """An instance of a task as one body, or one class of bodies, has it on a day. body: id; state: a key of STATES.

    done, of: how many members of a class have finished; 0 of 0 for a single body. head: of the body on the deadline, or on the
    day if that comes first; none of a class."""

    number: str
    key: str
    content: str
    body: str
    name: str
    due: date | None
    first_due: date | None
    state: str
    finished: date | None = None
    note: str = ""
    done: int = 0
    of: int = 0
    head: str = ""

    def days(self, on: date) -> int | None:
        """Days left until the deadline; below 0 it has passed."""
        return (self.due - on).days if self.due is not None else None


def strict_before(workspace: Workspace) -> bool:
    """Whether work finished on the very day of "trước ngày" is late: what the province chose, else what a set says."""
    if STRICT in workspace.settings:
        return workspace.settings[STRICT] == "strict"
    for group in workspace.movement.groups:
        for file in group.sets:
            criteria, _ = workspace.read_set(file)
            if criteria is not None and STRICT in criteria.declaration.settings:
                return criteria.declaration.settings[STRICT].value == "strict"
    return False


def state_of(one: Held, on: date, strict: bool) -> str:
    """A key of STATES, as known on a day."""
    due, finished = one.instance.due, one.result.finished
    if finished is not None and finished <= on:
        if due is None:
            return "done"
        return "late" if finished > due or (finished == due and one.task.before and strict) else "done"
    if one.orphan:
        return "orphan"
    if due is None:
        return "yearly"
    return "overdue" if on > due or (on == due and one.task.before and strict) else "open"


def list_tasks(
    register: Register,
    roster: Roster,
    on: date,
    strict: bool = False,
    window: tuple[date, date] | None = None,
    body: str | None = None,
    states: Iterable[str] = (),
) -> list[Line]:
    """Lines in the order of the register. window: only what belongs to these days; without it everything, regular work of the
    year of `on` only. body: only this one, classes opened; without it a class is one line."""
    years = roster.movement.period
    first, last = window or (date(years.from_, 1, 1), date(years.to, 12, 31))
    wanted, lines = set(states), []
    for task in register.tasks.values():
        found = 0
        for instance in instances(task, roster, first, last):
            if window is None and instance.due is None and instance.year != on.year:
                continue
            having = holders(task, instance, roster, min(last, on) if window else on)
            found += len(having)
            lines += _lines([one for one in having if body in (None, one.body)], roster, on, strict, body is None)
        if not found and window is None and body is None:
            lines.append(_silent(task, roster))
    return [line for line in lines if not wanted or line.state in wanted]


def _lines(having: list[Held], roster: Roster, on: date, strict: bool, gathered: bool) -> list[Line]:
    lines = []
    classes: dict[str, list[Held]] = {}
    for one in having:
        if one.by_class and gathered:
            classes.setdefault(one.lead, []).append(one)
            continue
        lines.append(
            _line(one, one.body, state_of(one, on, strict), one.result.finished, note(one, roster), on, roster)
        )
    for lead, members in classes.items():
        found = [state_of(one, on, strict) for one in members]
        done = sum(state in ("done", "late") for state in found)
        worst = next((s for s in ("overdue", "yearly", "open", "orphan", "late") if s in found), "done")
        line = _line(members[0], lead, worst, None, f"{done}/{len(members)} cơ quan đã xong", on, roster)
        lines.append(Line(**{**line.__dict__, "done": done, "of": len(members)}))
    return lines


def _line(one: Held, body: str, state: str, finished: date | None, said: str, on: date, roster: Roster) -> Line:
    return Line(
        one.task.number,
        one.key,
        one.task.content,
        body,
        name(roster, body),
        one.instance.due,
        one.instance.first_due,
        state,
        finished if finished is not None and finished <= on else None,
        said,
        head=_head(one.instance.due, body, on, roster),
    )


def _head(due: date | None, body: str, on: date, roster: Roster) -> str:
    known = roster.bodies.get(body)
    return known.value("head", min(due or on, on)) if known is not None else ""


def _silent(task: Task, roster: Roster) -> Line:
    """A task that nobody owes anything for: cancelled, or waiting for an event."""
    state = "cancelled" if task.cancelled else "event" if task.kind == ON_EVENT else "orphan"
    names = "; ".join(name(roster, lead) for lead in task.leads)
    said = ""
    if task.cancelled:
        entry = task.facts.entry("cancelled")
        said = f"từ {task.cancelled:%d/%m/%Y}" + (f" theo {entry.source}" if entry is not None and entry.source else "")
    due, first = task.due(ONCE, None)
    return Line(
        task.number,
        task.number,
        task.content,
        task.leads[0] if task.leads else "",
        names,
        due,
        first,
        state,
        None,
        said,
    )


@dataclass(frozen=True)
class DueList:
    """late: overdue and not finished; near: due within the days asked for. By body, oldest deadline first. silent: (number, body,
    year) of tasks of several years that have no progress of a year that is over."""

    on: date
    until: date
    late: list[Line]
    near: list[Line]
    silent: list[tuple[str, str, int]]


def due_tasks(
    register: Register, roster: Roster, on: date, within: int, strict: bool = False, body: str | None = None
) -> DueList:
    """What somebody has to be reminded of on a day. body: only this one; without it a class is one line."""
    until = on + timedelta(days=within)
    lines = [line for line in list_tasks(register, roster, on, strict, body=body) if line.due is not None]
    late = [line for line in lines if line.state == "overdue"]
    near = [line for line in lines if line.state == "open" and line.due is not None and line.due <= until]
    silent = [one for one in _no_progress(register, roster, on) if body in (None, one[1])]
    return DueList(on, until, _by_body(late), _by_body(near), silent)


def _by_body(lines: list[Line]) -> list[Line]:
    order = {body: place for place, body in enumerate(sorted({(line.name, line.body) for line in lines}))}
    places = {line.key: place for place, line in enumerate(lines)}
    return sorted(lines, key=lambda line: (order[line.name, line.body], line.due or date.max, places[line.key]))


def _no_progress(register: Register, roster: Roster, on: date) -> Iterable[tuple[str, str, int]]:
    """Years that are over, before the one in which the task ends."""
    for task in register.tasks.values():
        span = task.span
        if span is None or task.kind not in DATED or task.cancelled is not None:
            continue
        for instance in task.instances(date(span[0], 1, 1), date.max):
            for one in holders(task, instance, roster, on):
                if one.result.finished is not None or one.by_class or instance.due is None:
                    continue
                for year in range(span[0], min(on.year, instance.due.year)):
                    if not task.progress(one.body, year):
                        yield task.number, one.body, year
