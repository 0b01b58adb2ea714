"""Completion at three layers (ba lớp): the body, whoever led it on the day of the deadline, the person its plan names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from records.roster.roster import Roster, load_roster
from records.rounds import Window
from records.tasks.listing import strict_before
from records.tasks.register import load_register
from records.tasks.rollup import Tally, tally
from records.tasks.standing import Period, Standing, standings
from records.workspace.folder import Workspace

LAYERS = {"body": "cơ quan, đơn vị", "head": "người đứng đầu", "person": "cá nhân được giao"}
NO_HEAD, NO_PERSON = "(chưa ghi thủ trưởng)", "(chưa ghi người thực hiện)"


@dataclass(frozen=True)
class Answering:
    """Who answers for how many tasks. who: a name or a post, "" at the layer of bodies. days: in which a head led the body."""

    body: str
    name: str
    who: str
    tally: Tally
    days: str = ""


@dataclass(frozen=True)
class Completion:
    """A layer of a period. entry: the last entry of the ledger it rests on."""

    layer: str
    window: Window
    period: Period
    entry: int
    body: str
    rows: list[Answering]
    illustration: bool


def completion(workspace: Workspace, window: Window, on: date, layer: str, body: str | None = None) -> Completion:
    """A head answers for what fell due in his days; a person for the tasks and parts of tasks that name him."""
    entry = workspace.database.last_entry()
    roster, register = load_roster(workspace, entry), load_register(workspace, entry)
    period = Period(window.first, window.last, on, strict_before(workspace))
    found = standings(register, roster, period, body, parts=layer == "person")
    shown = roster.bodies[body].name(period.until) if body in roster.bodies else body or ""
    rows = _rows(found, roster, period, layer)
    return Completion(layer, window, period, entry, shown, rows, roster.illustrated({row.body for row in rows}))


def _rows(found: Iterable[Standing], roster: Roster, period: Period, layer: str) -> list[Answering]:
    who: Callable[[Standing], str] = {"body": _nobody, "head": _head, "person": _person}[layer]
    groups: dict[tuple[str, str, str], list[Standing]] = {}
    for one in found:
        groups.setdefault((one.name, one.body, who(one)), []).append(one)
    return [
        Answering(
            body,
            name,
            _shown(roster, ident, period.until),
            tally(group),
            head_days(roster, body, ident, period) if layer == "head" else "",
        )
        for (name, body, ident), group in sorted(groups.items())
    ]


def _nobody(_: Standing) -> str:
    return ""


def _head(one: Standing) -> str:
    return one.head or NO_HEAD


def _person(one: Standing) -> str:
    return one.person or NO_PERSON


def _shown(roster: Roster, ident: str, day: date) -> str:
    """The name of somebody in the roster, else the post that was written."""
    found = roster.bodies.get(ident)
    return found.name(day) if found is not None and found.person else ident


def head_days(roster: Roster, body: str, head: str, period: Period) -> str:
    """The days of a period in which somebody led a body: "từ 01/01/2025 đến 30/06/2025"; "" when it is the whole period."""
    known = roster.bodies.get(body)
    if known is None:
        return ""
    first, last = period.first, period.until
    starts = {entry.valid_from for entry in known.facts.history("head") if entry.valid_from is not None}
    bounds = sorted({first, *(day for day in starts if first < day <= last)})
    found: list[tuple[date, date]] = []
    for number, start in enumerate(bounds):
        end = bounds[number + 1] - timedelta(days=1) if number + 1 < len(bounds) else last
        if (known.value("head", start) or NO_HEAD) != head:
            continue
        if found and found[-1][1] == start - timedelta(days=1):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    if found == [(first, last)]:
        return ""
    return "; ".join(f"từ {start:%d/%m/%Y} đến {end:%d/%m/%Y}" for start, end in found)
