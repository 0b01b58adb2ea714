"""Tasks by body, milestones of units, periodic reports that fell due: what the year's work came to beside the points."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from criteria.declarations.movement import Movement
from records.milestones import reached, windows
from records.reports_received import Asked, received
from records.roster.roster import load_roster
from records.rounds import Window
from records.tasks.duties import ReportDue, reports_due
from records.tasks.listing import strict_before
from records.tasks.rollup import RollUp, Tally, roll_up
from records.workspace.folder import Workspace

PERSON = "Cá nhân"  # stands for the name of a person who leads a task


@dataclass(frozen=True)
class BodyTasks:
    """Tasks that a body leads."""

    body: str
    name: str
    tally: Tally


@dataclass(frozen=True)
class Tasks:
    """numbers: how many tasks of the register, each once. on: the day told for. entry: of the ledger."""

    bodies: tuple[BodyTasks, ...]
    total: Tally
    numbers: int
    on: date
    entry: int
    illustration: bool


@dataclass(frozen=True)
class MilestoneCount:
    """A milestone whose window ends in the period. missing: names of the units that owe it."""

    id: str
    name: str
    first: date
    last: date
    counts: dict[str, int]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class DutyCount:
    """A periodic report: how often it fell due in the period, how many of units were received, and how many of those late."""

    id: str
    name: str
    by: str
    to: str
    times: int
    dues: tuple[date, ...]
    received: int = 0
    late: int = 0


def tasks_of(workspace: Workspace, window: Window, on: date) -> Tasks:
    """The register as it stands, told for a day."""
    found: RollUp = roll_up(workspace, window, on)
    roster = load_roster(workspace).bodies
    persons = {body for body, _, _ in found.bodies if body in roster and roster[body].person}
    return Tasks(
        tuple(BodyTasks(body, PERSON if body in persons else name, tally) for body, name, tally in found.bodies),
        found.total,
        found.numbers,
        on,
        found.entry,
        found.illustration,
    )


def milestones_of(workspace: Workspace, window: Window, on: date) -> list[MilestoneCount]:
    """Milestones whose last day is one of the period, as they stand on a day."""
    found = []
    for ident, one in windows(workspace).items():
        if not window.first <= one.last <= window.last:
            continue
        units, _ = reached(workspace, ident, on)
        counts = Counter(unit.state for unit in units)
        missing = tuple(unit.name for unit in units if unit.state == "missing")
        found.append(
            MilestoneCount(
                ident, " ".join(one.name.split()), one.first, one.last, dict(sorted(counts.items())), missing
            )
        )
    return found


def duties_of(workspace: Workspace, window: Window) -> list[DutyCount]:
    """Every periodic report that fell due in the period, in the order of the movement file."""
    found = _due_within(workspace.movement, window.first, window.last, strict_before(workspace))
    told = []
    for duty in workspace.movement.reporting:
        own = [one for one in found if one.duty.id == duty.id]
        if not own:
            continue
        asked = [Asked(duty, one.period, one.due if one.printed is not None else None) for one in own if one.period]
        came = [report for one in asked for report in received(workspace, one).values()]
        told.append(
            DutyCount(
                duty.id,
                " ".join(duty.name.split()),
                " ".join(duty.by.split()),
                own[0].to,
                len(own),
                tuple(one.due for one in own),
                len(came),
                sum(bool(report.late) for report in came),
            )
        )
    return told


def _due_within(movement: Movement, first: date, last: date, strict: bool) -> list[ReportDue]:
    """reports_due() tells the next one of every duty; asked again from the day after the soonest it tells all of them."""
    found: dict[tuple[str, date, str], ReportDue] = {}
    day = first
    while day <= last:
        told = [one for one in reports_due(movement, day, strict) if one.due <= last]
        if not told:
            break
        found.update({(one.duty.id, one.due, one.period): one for one in told})
        day = min(one.due for one in told) + timedelta(days=1)
    return sorted(found.values(), key=lambda one: (one.due, one.duty.id))
