"""The roll-up of a period (báo cáo tổng hợp): how many tasks of every body stand in which state. Shares are exact fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from criteria.declarations.movement import Movement
from criteria.exact import show_vietnamese
from criteria.problems import Problem, of_file
from records.roster.roster import Roster, load_roster
from records.rounds import Window, read_window
from records.tasks.listing import strict_before
from records.tasks.register import Register, load_register, number_key
from records.tasks.rows import name
from records.tasks.standing import LATE, STATES, Period, Standing, standings
from records.workspace.folder import Workspace

NEAR = 30  # days


@dataclass(frozen=True)
class Share:
    """part of whole, kept as two whole numbers; rounded once, half up, where it is shown."""

    part: int
    whole: int

    @property
    def fraction(self) -> Fraction | None:
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def percent(self) -> str:
        """80,00 %; a dash when there is nothing to divide by."""
        found = self.fraction
        return f"{show_vietnamese(100 * found, 2)} %" if found is not None else "–"

    def text(self) -> str:
        return f"{self.part}/{self.whole}"


@dataclass(frozen=True)
class Tally:
    """How many stand in each state. own: those that bodies added themselves, of all of them."""

    counts: Mapping[str, int] = field(default_factory=dict)
    own: Tally | None = None

    def of(self, *states: str) -> int:
        return sum(self.counts.get(state, 0) for state in states)

    @property
    def asked(self) -> int:
        """Due in the period."""
        return self.of("done", "late", "open", "overdue")

    @property
    def completed(self) -> Share:
        """Finished, of what is due in the period."""
        return Share(self.of("done", "late"), self.asked)

    @property
    def on_time(self) -> Share:
        """Finished in time, of what has been finished or whose deadline has passed."""
        return Share(self.of("done"), self.of("done", "late", "overdue"))

    @property
    def regular(self) -> Share:
        """Regular work with a result of the year."""
        return Share(self.of("regular_done"), self.of("regular_done", "regular"))


def tally(found: Iterable[Standing], *, apart: bool = True) -> Tally:
    """apart: count those the bodies added themselves apart, too."""
    every = list(found)
    counts = {state: sum(one.state == state for one in every) for state in STATES}
    return Tally(counts, tally((one for one in every if one.task.own), apart=False) if apart else None)


@dataclass(frozen=True)
class RollUp:
    """A dated report. entry: the last entry of the ledger it rests on. bodies: id, name, counts, by name. numbers: how many tasks,
    each once, however many bodies lead it. late: to be explained; near: due within the days after `on`. illustration: made-up."""

    window: Window
    period: Period
    entry: int
    body: str
    standings: list[Standing]
    bodies: list[tuple[str, str, Tally]]
    total: Tally
    numbers: int
    late: list[Standing]
    near: list[Standing]
    until: date
    illustration: bool


def report_period(
    movement: Movement, text: str, on: date | None, today: date
) -> tuple[Window | None, date, list[Problem]]:
    """The days of a report and the day it is told for: today, or the last day of a period that is over."""
    window = read_window(movement, text)
    if window is None:
        known = "".join(f", {occasion.id}" for occasion in movement.occasions)
        hint = f"Viết 2026, 2026-03, 2026-q2, 2026-h1, 2026-9m{known}."
        return None, today, [of_file(text, "period", f"“{text}” không phải tên kỳ.", hint)]
    told = on or min(today, window.last)
    if told > today:
        return window, told, [of_file("--on", "period", f"Ngày {told:%d/%m/%Y} chưa đến.", "Nêu ngày đã qua.")]
    if told < window.first:
        message = f"Ngày {told:%d/%m/%Y} trước khi kỳ {window.period} bắt đầu ({window.first:%d/%m/%Y})."
        return window, told, [of_file("--on", "period", message, "Nêu ngày trong kỳ hoặc sau kỳ.")]
    return window, told, []


def roll_up(
    workspace: Workspace,
    window: Window,
    on: date,
    body: str | None = None,
    within: int = NEAR,
    entry: int | None = None,
) -> RollUp:
    """The register as it stood at an entry (the last one), told for a day."""
    entry = workspace.database.last_entry() if entry is None else entry
    roster, register = load_roster(workspace, entry), load_register(workspace, entry)
    period = Period(window.first, window.last, on, strict_before(workspace))
    found = sorted(standings(register, roster, period, body), key=place)
    near = near_due(register, roster, period, within, body)
    return RollUp(
        window,
        period,
        entry,
        name(roster, body) if body else "",
        found,
        [(ident, shown, tally(group)) for ident, shown, group in by_body(found)],
        tally(found),
        len({one.task.number for one in found}),
        [one for one in found if one.state in LATE],
        near,
        on + timedelta(days=within),
        roster.illustrated({one.body for one in (*found, *near)}),
    )


@dataclass(frozen=True)
class EarlyWarning:
    """late: overdue without a result, since the movement began; near: due within the days asked for. Every body by itself."""

    on: date
    until: date
    entry: int
    body: str
    late: list[Standing]
    near: list[Standing]
    illustration: bool


def early_warning(workspace: Workspace, on: date, within: int = NEAR, body: str | None = None) -> EarlyWarning:
    """Whom to remind of what on a day; parts of tasks, too."""
    entry = workspace.database.last_entry()
    roster, register = load_roster(workspace, entry), load_register(workspace, entry)
    period = Period(date(roster.movement.period.from_, 1, 1), on, on, strict_before(workspace))
    late = sorted(
        (one for one in standings(register, roster, period, body, parts=True) if one.state == "overdue"), key=place
    )
    near = near_due(register, roster, period, within, body, parts=True)
    shown = name(roster, body) if body else ""
    made_up = roster.illustrated({one.body for one in (*late, *near)})
    return EarlyWarning(on, on + timedelta(days=within), entry, shown, late, near, made_up)


def near_due(
    register: Register, roster: Roster, period: Period, within: int, body: str | None, *, parts: bool = False
) -> list[Standing]:
    """Not finished and due within some days, in the period or after it."""
    ahead = Period(period.on, period.on + timedelta(days=within), period.on, period.strict)
    found = standings(register, roster, ahead, body, parts=parts)
    return sorted((one for one in found if one.state == "open"), key=place)


def by_body(found: Iterable[Standing]) -> list[tuple[str, str, list[Standing]]]:
    """id, name, what it has; in the order of names."""
    groups: dict[tuple[str, str], list[Standing]] = {}
    for one in found:
        groups.setdefault((one.name, one.body), []).append(one)
    return [(body, shown, group) for (shown, body), group in sorted(groups.items())]


def place(one: Standing) -> tuple[object, ...]:
    """By body, then in the order of the register."""
    return one.name, one.body, number_key(one.task.number), one.held.instance.name
