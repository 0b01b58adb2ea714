"""Rows of the task register for scoring and for forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from records.roster.roster import Candidate, Roster
from records.rounds import Window
from records.tasks.holders import Held, held
from records.tasks.register import NO, ONCE, YES, Register


@dataclass(frozen=True)
class TaskRow:
    """One task of one candidate. key: unique per candidate. due: in force; first_due: before any extension; None for a regular
    task. before: printed as "trước ngày". accepted: None while nobody has said. leads: how many bodies lead it together.
    by_class: given to a class of bodies. regular: a yearly result without a deadline. own: added by the body itself."""

    key: str
    number: str
    content: str
    due: date | None
    first_due: date | None
    before: bool
    finished: date | None
    document: str
    accepted: bool | None
    leads: int
    by_class: bool
    regular: bool
    own: bool
    note: str = ""


def rows_for(register: Register, roster: Roster, candidate: Candidate, window: Window) -> list[TaskRow]:
    """What a candidate leads of the days of a round, and what its parent leads and has tagged with it; in the register's order.

    A task whose lead had ended before the deadline and that nobody has taken over marks nobody down: it is left out.
    """
    has = held(register, roster, window.first, window.last)
    found = {one.key: one for one in has.get(candidate.id, ())}
    for one in has.get(candidate.manager, ()) if candidate.manager else ():
        if candidate.id in one.task.units:
            found.setdefault(one.key, one)
    places = {number: place for place, number in enumerate(register.tasks)}
    ordered = sorted(found.values(), key=lambda one: (places[one.task.number], one.instance.name))
    return [_row(one, roster) for one in ordered if not one.orphan]


def _row(one: Held, roster: Roster) -> TaskRow:
    return TaskRow(
        one.key,
        one.task.number,
        one.task.content,
        one.instance.due,
        one.instance.first_due,
        one.task.before,
        one.result.finished,
        one.result.document,
        one.result.accepted,
        one.leads,
        one.by_class,
        one.task.regular,
        one.task.own,
        note(one, roster),
    )


def note(one: Held, roster: Roster) -> str:
    """What people should know about a row: where it came from, what moved its deadline, which year it is of."""
    parts = [f"thuộc nhiệm vụ {one.task.parent}"] if one.task.parent else []
    if one.instance.name != ONCE:
        if one.task.regular:
            parts.append(f"kết quả năm {one.instance.name}")
        elif one.instance.year is not None:
            parts.append(f"cho năm {one.instance.name}")
        else:
            parts.append(f"theo sự kiện ngày {date.fromisoformat(one.instance.name):%d/%m/%Y}")
    for body, day in one.came:
        parts.append(f"nhận từ {name(roster, body)} từ ngày {day:%d/%m/%Y}")
    moved = one.task.extensions(one.instance.name)
    if moved:
        parts.append("gia hạn theo " + ", ".join(moved))
    if one.leads > 1:
        parts.append(f"{one.leads} cơ quan cùng chủ trì")
    if one.orphan:
        parts.append("cơ quan đã kết thúc, chưa rõ cơ quan kế thừa")
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def name(roster: Roster, body: str) -> str:
    """The name of a body, or its id when the roster does not know it."""
    found = roster.bodies.get(body)
    return found.name() if found is not None else body


def as_cells(row: TaskRow) -> dict[str, str]:
    """The texts of the item table's columns, as records.tables.cells reads them."""
    return {
        "due": row.due.isoformat() if row.due else "",
        "before": _truth(row.before),
        "finished": row.finished.isoformat() if row.finished else "",
        "accepted": "" if row.accepted is None else _truth(row.accepted),
        "leads": str(row.leads),
        "by_class": _truth(row.by_class),
        "regular": _truth(row.regular),
        "own": _truth(row.own),
    }


def _truth(value: bool) -> str:
    return YES if value else NO
