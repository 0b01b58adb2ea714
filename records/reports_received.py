"""Reports that units handed in (báo cáo đã nhận) of a duty of the reporting calendar: dated inputs, like milestones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from criteria.declarations.movement import Movement
from criteria.declarations.reporting import CYCLES, Reporting
from criteria.problems import Problem, of_file
from records.dated_lists import import_days
from records.ledger.entries import gather
from records.rounds import Window, read_window
from records.tasks.duties import reports_due
from records.workspace.folder import Workspace

KIND = "report"
_LOOKED = 4  # reports looked at from the first day of a period on, to find its own


@dataclass(frozen=True)
class Asked:
    """A report asked of every unit for a period. due: the last day in time where the document prints one, else None."""

    duty: Reporting
    period: str
    due: date | None


@dataclass(frozen=True)
class Received:
    """A report of a unit. late: None while no day is printed."""

    day: date
    document: str
    late: bool | None = None


def asked_for(movement: Movement, window: Window, strict: bool) -> list[Asked]:
    """The reports about the period of a round: those of its very days, and of the year it lies in."""
    found = []
    for duty in movement.reporting:
        if (duty.from_ is not None and duty.from_ > window.last) or (
            duty.to_date is not None and duty.to_date < window.first
        ):
            continue
        for name in _periods(duty, window):
            found.append(Asked(duty, name, _due(movement, duty, name, strict)))
    return found


def _periods(duty: Reporting, window: Window) -> Iterable[str]:
    """Names of the periods of a duty that a round asks for."""
    year = str(window.last.year)
    names = [year + suffix for suffix in CYCLES.get(duty.every, ())]
    return [name for name in names if name == window.period or (duty.every == "year" and not window.occasion)]


def _due(movement: Movement, duty: Reporting, period: str, strict: bool) -> date | None:
    window = read_window(movement, period)
    assert window is not None
    only, day = movement.model_copy(update={"reporting": [duty]}), window.first
    for _ in range(_LOOKED):
        near = reports_due(only, day, strict)
        if not near or near[0].period == period:
            return near[0].due if near and near[0].printed is not None else None
        day = near[0].due + timedelta(days=1)
    return None


def import_received(
    workspace: Workspace, duty: str, period: str, path: Path, today: date
) -> tuple[int, int, list[Problem]]:
    """Days on which units handed in: rows read, entries appended, findings. With an error nothing is entered."""
    window, problems = _find(workspace, duty, period)
    if window is None:
        return 0, 0, problems
    lacking = ("Báo cáo phải có số, ký hiệu.", "Ghi số, ký hiệu của báo cáo.")
    return import_days(workspace, path, f"{KIND}:{duty}/{period}", KIND, window.last, today, lacking)


def _find(workspace: Workspace, duty: str, period: str) -> tuple[Window | None, list[Problem]]:
    known = {one.id: one for one in workspace.movement.reporting if one.every in CYCLES}
    if duty not in known:
        hint = f"Các chế độ báo cáo: {', '.join(known) or 'chưa khai'} (movement.yaml, reporting)."
        return None, [of_file(duty, KIND, f"Phong trào không khai báo cáo “{duty}”.", hint)]
    window = read_window(workspace.movement, period)
    names = [window.first.strftime("%Y") + suffix for suffix in CYCLES[known[duty].every]] if window else []
    if window is None or window.period not in names:
        shown = ", ".join(names[:4]) if names else "2026, 2026-h1"
        message = f"“{period}” không phải kỳ của báo cáo “{duty}”."
        return None, [of_file(period, "period", message, f"Viết, ví dụ: {shown}.")]
    return window, []


def received(workspace: Workspace, asked: Asked) -> dict[str, Received]:
    """What was handed in, by unit."""
    found: dict[str, Received] = {}
    facts = gather(workspace.database.entries(f"{KIND}:{asked.duty.id}/{asked.period}"))
    told = facts.get(f"{KIND}:{asked.duty.id}/{asked.period}")
    for body in told.fields if told is not None else ():
        entry = told.entry(body) if told is not None else None
        if entry is not None and entry.value:
            day = date.fromisoformat(entry.value)
            found[body] = Received(day, entry.source, day > asked.due if asked.due is not None else None)
    return found
