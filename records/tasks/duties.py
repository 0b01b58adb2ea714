"""The reporting calendar (chế độ báo cáo) of the movement: which report is due next, to whom, for which period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from criteria.declarations.movement import Movement
from criteria.declarations.reporting import CYCLES, Reporting
from records.tasks.deadlines import end_of_month
from scoring.periods import read_period

_DUE = re.compile(r"(\+?)(?:([0-9]{2})-)?([0-9]{2})")


@dataclass(frozen=True)
class ReportDue:
    """One report to be handed in. period: name of the round it is about, "" when it is about none. due: the last day in time.
    printed: the day the document prints; None: it prints none, and due is the last day of the period."""

    duty: Reporting
    period: str
    due: date
    printed: date | None
    to: str


def reports_due(movement: Movement, on: date, strict: bool) -> list[ReportDue]:
    """The next one of every duty in force, soonest first. strict: "trước ngày" leaves that day out."""
    found = []
    for duty in movement.reporting:
        ahead = [one for one in _all(movement, duty, on, strict) if one.due >= on]
        if ahead:
            found.append(min(ahead, key=lambda one: one.due))
    return sorted(found, key=lambda one: (one.due, one.duty.id))


def _all(movement: Movement, duty: Reporting, on: date, strict: bool) -> Iterator[ReportDue]:
    """Those of the years around a day."""
    names = {body.id: body.name for body in movement.bodies}
    for period, printed, end in _days(duty, on):
        day = printed or end
        if (duty.from_ is not None and day < duty.from_) or (duty.to_date is not None and day > duty.to_date):
            continue
        left_out = printed is not None and duty.before and (strict if duty.strict is None else duty.strict)
        due = day - timedelta(days=1) if left_out else day
        yield ReportDue(duty, period, due, printed, names.get(duty.to, duty.to))


def _days(duty: Reporting, on: date) -> Iterator[tuple[str, date | None, date]]:
    """Period, printed day, last day of the period."""
    if duty.every == "once":
        for text in duty.due:
            yield "", date.fromisoformat(text), date.fromisoformat(text)
        return
    for year in range(on.year - 1, on.year + 2):
        for number, suffix in enumerate(CYCLES[duty.every]):
            period = read_period(f"{year}{suffix}")
            text = duty.due[number if len(duty.due) > 1 else 0] if duty.due else ""
            yield period.name, _day(text, period.last) if text else None, period.last


def _day(text: str, end: date) -> date:
    """+ stands for the month (a day) or the year (a month and a day) after the period. A day that a month lacks is its last one."""
    found = _DUE.fullmatch(text)
    assert found is not None, text  # checked with the movement file
    later, month, number = bool(found[1]), found[2], int(found[3])
    if month:
        year, chosen = end.year + later, int(month)
    else:
        year, chosen = (end.year, end.month + 1) if later else (end.year, end.month)
        year, chosen = (year + 1, 1) if chosen > 12 else (year, chosen)
    return min(end_of_month(year, chosen), date(year, chosen, 1) + timedelta(days=number - 1))
