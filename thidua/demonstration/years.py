"""The other rounds that the occasions (dịp: sơ kết, tổng kết) combine, each through its whole life, and what comes of combining."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from records.forms.collecting.collect import collect
from records.forms.issuing.issue import issue
from records.rounds import close_roster, load_rounds, open_round
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_whole
from records.years.occasions import combined
from scoring.result import ILLUSTRATION
from thidua.demonstration.days import Days
from thidua.demonstration.entering import TYPED, Office
from thidua.demonstration.generator import Span
from thidua.demonstration.life import Life, proved
from thidua.demonstration.participants import Participants, later
from thidua.demonstration.stopping import stop
from thidua.demonstration.units import INCOMING, Units


def run_years(workspace: Workspace, outside: Path, seed: int, first: Participants) -> Iterator[str]:
    """Lines to print while it goes; none when the movement has no occasion. The first round is official already.

    outside: the folder of the units. first: who took part in that round. Raises OSError and ProblemsFound.
    """
    if not workspace.movement.occasions:
        return
    yield ""
    yield f"Các kỳ còn lại — {ILLUSTRATION}"
    for period in _periods(workspace):
        yield from _Later(workspace, outside / period, seed, first, period).run()
    yield proved(workspace)
    yield from _combined(workspace)


def _periods(workspace: Workspace) -> list[str]:
    """Rounds that the occasions name and that nobody has opened, oldest first."""
    named = {period for occasion in workspace.movement.occasions for period in occasion.rounds}
    days = {period: Days.of(workspace.movement, period) for period in named - load_rounds(workspace).keys()}
    return sorted(days, key=lambda period: (days[period].last, period))


class _Later:
    """One further round. outside: the folder of the units for this round."""

    def __init__(self, workspace: Workspace, outside: Path, seed: int, first: Participants, period: str) -> None:
        self.workspace, self.outside, self.seed, self.period = workspace, outside, seed, period
        self.days = Days.of(workspace.movement, period)
        span = Span(self.days.first, self.days.length)
        made = later(first, workspace.movement, seed, period, span, self._new_from())
        self.office = Office(workspace, made, period, self.days.last.year, workspace.root / TYPED / period)
        self.units = Units(workspace, made, period)

    def _new_from(self) -> date:
        """Tasks that fall due before this day are entered already: by a round of a part of the same days."""
        windows = [one.window for one in load_rounds(self.workspace).values() if one.period != self.period]
        inside = [one.last for one in windows if self.days.first <= one.first and one.last < self.days.last]
        return max(inside) + timedelta(days=1) if inside else self.days.first

    def run(self) -> Iterator[str]:
        yield ""
        yield f"Kỳ {self.period}"
        day = self.days.opened
        _, problems = open_round(self.workspace, self.period, day, self.days.deadline, f"12/SNV-{ILLUSTRATION}", day)
        stop(problems)
        yield from self.office.figures()
        for group in self.workspace.movement.groups:
            stop(close_roster(self.workspace, self.period, group.letter, day, ILLUSTRATION))
        _, problems = issue(self.workspace, self.period)
        stop(problems)
        forms = sorted(self.workspace.issued(self.period).rglob("*.xlsx"))
        (self.outside / INCOMING).mkdir(parents=True, exist_ok=True)
        for form in forms:
            write_whole(self.outside / INCOMING / f"{form.parent.name}-{form.name}", self.units.fill(form))
        run = collect(self.workspace, self.period, self.outside / INCOMING)
        stop(run.problems)
        yield f"Đã giao, điền và thu {len(forms)} biểu của {sum(group.taken for group in run.groups.values())} đối tượng."
        yield from Life(self.workspace, self.outside, self.period, self.seed).run_shortly()


def _combined(workspace: Workspace) -> Iterator[str]:
    """How many have a place at every occasion."""
    for occasion in workspace.movement.occasions:
        made, _, problems = combined(workspace, occasion)
        stop(problems)
        rows = [row for one in made for row in one.rows]
        placed = sum(row.combined.rank is not None for row in rows)
        yield f"{occasion.name} ({occasion.id}): gộp {len(occasion.rounds)} kỳ, {placed}/{len(rows)} đối tượng có hạng."
