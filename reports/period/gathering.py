"""Everything a report of a year or of an occasion says, as figures: gathered once, from archives where results are official."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from criteria.declarations.movement import Movement, Occasion
from criteria.problems import Problem, errors, of_file
from records.inspections import inspections
from records.life.rights import FINAL, SELF
from records.publication.complaints import complaints
from records.publication.published import official_versions
from records.rounds import Window, find_round, load_rounds, read_window
from records.scored.counted import CountedGroup, counted_groups, staged_sets
from records.workspace.folder import Workspace
from records.years.combined import CombinedSet
from records.years.occasions import combined
from reports.period.given import Awards, awards_of
from reports.period.models import Registered, registered
from reports.period.participation import Participation, participation
from reports.period.results import Models, SetResult, TagSum, models_of, set_result, tag_sums
from reports.period.sets import PeriodSet, period_sets
from reports.period.trends import Trend, trends
from reports.period.work import DutyCount, MilestoneCount, Tasks, duties_of, milestones_of, tasks_of
from scoring.analysis.gaps import ShareGap, share_gap, together
from scoring.result import ILLUSTRATION


@dataclass(frozen=True)
class Disputes:
    """Complaints (kiến nghị, phản ánh), inspections, and official results that were corrected: (group, version, reason)."""

    received: int = 0
    upheld: int = 0
    rejected: int = 0
    open: int = 0
    inspections: int = 0
    corrections: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True)
class PeriodPart:
    """One period of the report. taken: None while the round is not opened. gaps: by group, self against what counts. open: letters of
    groups without an official result."""

    period: str
    taken: Participation | None
    sets: tuple[PeriodSet, ...] = ()
    gaps: Mapping[str, ShareGap] = field(default_factory=dict)
    disputes: Disputes = field(default_factory=Disputes)
    open: tuple[str, ...] = ()


@dataclass(frozen=True)
class PeriodReport:
    """on: the day everything is told for. parts: the periods, oldest first; a year has one. results: of a year. combined: of an
    occasion. compared: the periods of trends. entry, head: of the ledger. receipts: what else the numbers rest on, by name."""

    movement: Movement
    window: Window
    occasion: Occasion | None
    on: date
    parts: tuple[PeriodPart, ...]
    results: tuple[SetResult, ...]
    combined: tuple[CombinedSet, ...]
    tags: tuple[TagSum, ...]
    compared: tuple[str, ...]
    trends: tuple[Trend, ...]
    tasks: Tasks
    milestones: tuple[MilestoneCount, ...]
    duties: tuple[DutyCount, ...]
    awards: Awards
    models: tuple[Models, ...]
    registered: Registered
    stamps: tuple[str, ...]
    entry: int
    head: str
    receipts: dict[str, str]

    @property
    def sets(self) -> list[PeriodSet]:
        return [one for part in self.parts for one in part.sets]

    @property
    def provisional(self) -> bool:
        """Whether any number is of a result that is not official, or a period of the occasion lacks."""
        waits = any(row.combined.provisional for one in self.combined for row in one.rows)
        return waits or any(part.open or part.taken is None for part in self.parts)

    @property
    def handed_in(self) -> int:
        return sum(group.handed_in for part in self.parts if part.taken is not None for group in part.taken.groups)


def year_report(
    workspace: Workspace, period: str, today: date, on: date | None = None
) -> tuple[PeriodReport | None, list[Problem]]:
    """The report of one round (2026, 2027-h1). today: the only clock; on: the day it is told for, when it is not told_on()."""
    window, problems = _window(workspace, period)
    if window is None:
        return None, problems
    if window.occasion:
        message = f"{window.name} là một dịp, không phải một kỳ."
        return None, [of_file(period, "period", message, f"Lập báo cáo của dịp: thidua report summary {period}.")]
    _, problems = find_round(workspace, period)
    if problems:
        return None, problems
    return _gathered(workspace, window, None, [period], _before(workspace, period), today, on)


def occasion_report(
    workspace: Workspace, name: str, today: date, on: date | None = None
) -> tuple[PeriodReport | None, list[Problem]]:
    """The report of a sơ kết or tổng kết. A period that is not official, or not even open, is said and not made up."""
    occasion = next((one for one in workspace.movement.occasions if one.id == name), None)
    if occasion is None:
        known = ", ".join(one.id for one in workspace.movement.occasions) or "chưa khai dịp nào"
        return None, [
            of_file(name, "period", f"Không có dịp “{name}”.", f"Các dịp: {known}. Một kỳ: thidua report year.")
        ]
    window = read_window(workspace.movement, name)
    assert window is not None
    return _gathered(workspace, window, occasion, list(occasion.rounds), [], today, on)


def _window(workspace: Workspace, period: str) -> tuple[Window | None, list[Problem]]:
    window = read_window(workspace.movement, period)
    if window is not None:
        return window, []
    hint = "Viết 2026, 2027-h1, 2030-9m."
    return None, [of_file(period, "period", f"“{period}” không phải tên kỳ.", hint)]


def told_on(window: Window, official: bool, today: date) -> date:
    """The last day of a period that is over, or whose results are official; else today, at the earliest the first day."""
    return window.last if official or window.last <= today else max(today, window.first)


def _before(workspace: Workspace, period: str) -> list[str]:
    """Earlier rounds of the same kind (years with years, half-years with half-years) that have official results, oldest first."""
    own = read_window(workspace.movement, period)
    assert own is not None
    return [
        name
        for name, one in load_rounds(workspace).items()
        if name[4:] == period[4:] and one.window.last < own.first and official_versions(workspace, name)
    ]


def _gathered(
    workspace: Workspace,
    window: Window,
    occasion: Occasion | None,
    periods: Sequence[str],
    before: Sequence[str],
    today: date,
    on: date | None,
) -> tuple[PeriodReport | None, list[Problem]]:
    parts: list[PeriodPart] = []
    problems: list[Problem] = []
    for period in periods:
        part, wrong = _part(workspace, period)
        parts.append(part)
        problems += wrong
    earlier: list[PeriodSet] = []
    for period in before:
        groups, wrong = _counted(workspace, period, official=True)
        earlier += period_sets(workspace, groups)
        problems += wrong
    lists: list[CombinedSet] = []
    receipts: dict[str, str] = {}
    if occasion is not None:
        lists, receipts, wrong = combined(workspace, occasion)
        problems += errors(wrong)
    if on is not None and on < window.first:
        problems.append(
            of_file("--on", "period", f"Ngày {on:%d/%m/%Y} trước khi kỳ bắt đầu ({window.first:%d/%m/%Y}).")
        )
    awards, wrong = _awards(workspace, window, occasion)
    problems += wrong
    if errors(problems):
        return None, problems
    sets = [one for part in parts for one in part.sets]
    official = bool(sets) and not any(part.open or part.taken is None for part in parts)
    day = on or told_on(window, official, today)
    tasks, register = tasks_of(workspace, window, day), registered(workspace, window)
    compared = [*before, *periods]
    entry, head = workspace.database.head()
    receipts |= {
        f"Kỳ {one.period}, nhóm {one.letter}, bản {one.official.version}": one.official.archive
        for one in [*earlier, *sets]
        if one.official is not None
    }
    stamps = [stamp for made in lists for stamp in made.stamps]
    stamps += [stamp for one in [*earlier, *sets] for stamp in one.stamps]
    stamps += [*awards.stamps, *([ILLUSTRATION] if tasks.illustration or register.illustration else [])]
    return PeriodReport(
        workspace.movement,
        window,
        occasion,
        day,
        tuple(parts),
        tuple(set_result(one) for one in sets) if occasion is None else (),
        tuple(lists),
        tuple(tag_sums(workspace.movement, sets)),
        tuple(compared),
        tuple(trends(compared, [*earlier, *sets])),
        tasks,
        tuple(milestones_of(workspace, window, day)),
        tuple(duties_of(workspace, window)),
        awards,
        tuple(models_of(workspace.movement, sets)),
        register,
        tuple(dict.fromkeys(stamps)),
        entry,
        head,
        dict(sorted({**receipts, **awards.receipts}.items())),
    ), problems


def _part(workspace: Workspace, period: str) -> tuple[PeriodPart, list[Problem]]:
    round_, _ = find_round(workspace, period)
    if round_ is None:
        return PeriodPart(period, None, open=tuple(group.letter for group in workspace.movement.groups)), []
    groups, problems = _counted(workspace, period)
    sets = period_sets(workspace, groups)
    taken, wrong = participation(workspace, round_, sets)
    problems += errors(wrong)
    if problems:
        return PeriodPart(period, None), problems
    gaps: dict[str, list[ShareGap]] = {}
    staged, problems = staged_sets(groups)
    for each in staged:
        gaps.setdefault(each.last.letter, []).append(share_gap(each.results[SELF], each.results[FINAL]))
    letters = [group.letter for group in taken.groups if group.candidates]
    official = {one.letter for one in sets if one.official is not None}
    return PeriodPart(
        period,
        taken,
        tuple(sets),
        {letter: together(found) for letter, found in gaps.items()},
        _disputes(workspace, period),
        tuple(letter for letter in letters if letter not in official),
    ), problems


def _counted(workspace: Workspace, period: str, *, official: bool = False) -> tuple[list[CountedGroup], list[Problem]]:
    """What counts; only what is wrong, no warnings. That nobody is there yet is nothing wrong. official: only groups that are."""
    letters = tuple(official_versions(workspace, period)) if official else ()
    groups, problems = counted_groups(workspace, period, letters)
    return groups, [one for one in errors(problems) if one.code != "roster-open"]


def _disputes(workspace: Workspace, period: str) -> Disputes:
    told = complaints(workspace, period)
    versions = [
        (letter, one.version, one.reason)
        for letter, several in sorted(official_versions(workspace, period).items())
        for one in several
        if one.version > 1
    ]
    return Disputes(
        len(told),
        sum(one.outcome == "upheld" for one in told),
        sum(one.outcome == "rejected" for one in told),
        sum(one.open for one in told),
        len(inspections(workspace, period)),
        tuple(versions),
    )


def _awards(workspace: Workspace, window: Window, occasion: Occasion | None) -> tuple[Awards, list[Problem]]:
    """An occasion's own awards; of a year those of the occasions that are held in it."""
    if occasion is not None:
        if occasion.kind is None:
            return Awards(problem=f"Dịp {occasion.id} chưa ghi là sơ kết hay tổng kết."), []
        return awards_of(workspace, [occasion.id], window.first, window.last, whole=True)
    held = [
        one.id
        for one in workspace.movement.occasions
        if one.kind is not None and window.first <= (one.held_from or one.to) <= window.last
    ]
    return awards_of(workspace, held, window.first, window.last, whole=False)
