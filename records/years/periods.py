"""What a candidate has of each period: its own frozen result, that of the bodies before it, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from criteria.declarations.years import Combination, Inheritance, Inherited, PartYear
from criteria.exact import show_vietnamese
from records.roster.roster import Roster
from records.years.frozen import FrozenResult, FrozenRow
from records.years.lineage import Families, Predecessor, rule_for
from records.years.part_year import state_of
from scoring.years import ZERO, Cell, Figure, Lack, Span


@dataclass(frozen=True)
class Period:
    """A period of an occasion. span: how it is combined. results: what was published of the group and counts."""

    name: str
    first: date
    last: date
    span: Span
    results: tuple[FrozenResult, ...] = ()

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class PeriodCell:
    """One period of one candidate. own: its own row. say: where the figure comes from, or why there is none; "" for an own one.

    inherited: ids of the bodies whose results stand here.
    """

    cell: Cell
    own: FrozenRow | None = None
    result: FrozenResult | None = None
    say: str = ""
    inherited: tuple[str, ...] = ()
    grade: str = ""
    unplaced: str = ""


@dataclass(frozen=True)
class Rules:
    """What decides over a cell. until: the last day of the occasion; lineage is read as known then."""

    combination: Combination
    inheritance: Inheritance | None
    part_year: PartYear | None
    until: date


class Cells:
    """The cells of all candidates. found: rows by period and candidate. elsewhere: letter of another group that has a row."""

    def __init__(
        self,
        rules: Rules,
        roster: Roster,
        periods: Sequence[Period],
        elsewhere: Mapping[tuple[str, str], str],
    ) -> None:
        self.rules, self.roster, self.periods, self.elsewhere = rules, roster, periods, elsewhere
        self.families = Families(roster)
        self.found: dict[tuple[str, str], tuple[FrozenResult, FrozenRow]] = {
            (period.name, row.candidate): (result, row)
            for period in periods
            for result in period.results
            for row in result.rows
        }

    def cells(self, ident: str) -> tuple[PeriodCell, ...]:
        return tuple(self.cell(ident, period) for period in self.periods)

    def cell(self, ident: str, period: Period, below: tuple[str, ...] = ()) -> PeriodCell:
        own = self.found.get((period.name, ident))
        if own is not None:
            return self._own(*own)
        body = self.roster.bodies.get(ident)
        if body is None:
            return PeriodCell(Lack.MISSING, say=self._missing(ident, period))
        state = state_of(self.rules.part_year, body, period.first, period.last)
        if state is not None and not state.left_out:
            return PeriodCell(Lack.MISSING, say=self._missing(ident, period))
        if body.last is not None and body.last < period.first:
            return PeriodCell(Lack.ABSENT, say=f"đã kết thúc hoạt động ngày {body.last:%d/%m/%Y}, kỳ này không tính")
        inherited = self._inherited(ident, period, (*below, ident))
        if inherited is not None:
            return inherited
        if state is not None:
            return PeriodCell(Lack.ABSENT, say=state.sentence[:1].lower() + state.sentence[1:])
        return PeriodCell(Lack.ABSENT, say="chưa thành lập, kỳ này không tính")

    def _missing(self, ident: str, period: Period) -> str:
        letter = self.elsewhere.get((period.name, ident))
        if letter is not None:
            return f"có kết quả ở nhóm {letter}, không gộp với nhóm này"
        if period.results:
            return "không có trong kết quả đã công bố chính thức"
        until = self.rules.combination.until
        return "chưa có kết quả công bố chính thức" + (f" đến ngày {until:%d/%m/%Y}" if until else "")

    def _own(self, result: FrozenResult, row: FrozenRow) -> PeriodCell:
        rule = self.rules.combination
        without = row.unplaced or _barred(result, row)
        figure = Figure(
            row.total,
            row.maximum,
            row.share,
            row.grade_level,
            row.rank,
            not without,
            _reached(result, row, rule.minimum_grade.grade) if rule.minimum_grade is not None else False,
            _reached(result, row, rule.consecutive.grade) if rule.consecutive is not None else False,
        )
        nothing = rule.of == "share" and row.share is None
        say = "không tiêu chí nào áp dụng, kỳ này không tính" if nothing else ""
        return PeriodCell(figure, row, result, say, (), row.grade, without)

    # --- of the bodies before it -------------------------------------------------------------------------------

    def _inherited(self, ident: str, period: Period, below: tuple[str, ...]) -> PeriodCell | None:
        """What the bodies before one hand down, None when they hand down nothing."""
        words: list[Inherited] = []
        sources: list[tuple[Predecessor, PeriodCell, Figure]] = []
        for before in self.families.predecessors(ident, self.rules.until):
            word = rule_for(self.rules.inheritance, before.kind)
            if word == "none" or before.id in below:
                continue
            made = self.cell(before.id, period, below)
            if made.cell is Lack.MISSING:
                if self.rules.combination.missing == "wait":
                    return PeriodCell(Lack.MISSING, say=f"của {before.name} ({before.words}): {made.say}")
                if self.rules.combination.missing == "zero":
                    made = replace(made, cell=ZERO)
            if isinstance(made.cell, Figure) and not (self.rules.combination.of == "share" and made.cell.share is None):
                words.append(word)
                sources.append((before, made, made.cell))
        if not sources:
            return None
        return self._handed_down(sources, next((w for w in words if w != "successor"), "successor"))

    def _handed_down(self, sources: Sequence[tuple[Predecessor, PeriodCell, Figure]], word: Inherited) -> PeriodCell:
        ids = tuple(ident for before, made, _ in sources for ident in (before.id, *made.inherited))
        if len(sources) == 1:
            before, made, figure = sources[0]
            return PeriodCell(
                replace(figure, rank=None), None, made.result, _of(before, made), ids, made.grade, made.unplaced
            )
        told = "; ".join(f"{_of(before, made)} {_figure(figure, made)}" for before, made, figure in sources)
        if word == "successor":
            say = f"{told}: quy tắc kế thừa không nói lấy kết quả của cơ quan nào"
            return PeriodCell(Lack.MISSING, say=say, inherited=ids)
        if word == "best_of_predecessors":
            key = "total" if self.rules.combination.of == "total" else "share"
            best = max(range(len(sources)), key=lambda n: (getattr(sources[n][2], key) or Fraction(0), -n))
            _, made, figure = sources[best]
            say = f"lấy cao nhất trong {told}"
            return PeriodCell(replace(figure, rank=None), None, made.result, say, ids, made.grade, made.unplaced)
        figures = [figure for _, _, figure in sources]
        unplaced = "; ".join(made.unplaced for _, made, _ in sources if made.unplaced)
        return PeriodCell(_mean(figures), None, sources[0][1].result, f"trung bình {told}", ids, "", unplaced)


def _reached(result: FrozenResult, row: FrozenRow, grade: str) -> bool | None:
    level = result.level(grade)
    if level is None:
        return None
    return row.grade_level is not None and row.grade_level <= level


def _mean(figures: Sequence[Figure]) -> Figure:
    """Of the bodies that became one. A grade is reached when every one of them reached it."""
    count = len(figures)
    shares = [figure.share for figure in figures if figure.share is not None]
    levels = [figure.level for figure in figures if figure.level is not None]
    return Figure(
        sum((figure.total for figure in figures), Fraction(0)) / count,
        sum((figure.maximum for figure in figures), Fraction(0)) / count,
        sum(shares, Fraction(0)) / len(shares) if shares else None,
        max(levels) if len(levels) == count else None,
        None,
        all(figure.placed for figure in figures),
        _all([figure.minimum for figure in figures]),
        _all([figure.run for figure in figures]),
    )


def _all(truths: Sequence[bool | None]) -> bool | None:
    return False if False in truths else None if None in truths else True


def _of(before: Predecessor, made: PeriodCell) -> str:
    """kết quả của Sở A (đã hợp nhất ngày 01/07/2026)"""
    return f"kết quả của {before.name} ({before.words})" + (f": {made.say}" if made.say else "")


def _figure(figure: Figure, made: PeriodCell) -> str:
    places = made.result.places if made.result is not None else None
    return f"{show_vietnamese(figure.total, places)}/{show_vietnamese(figure.maximum, places)}"


def _barred(result: FrozenResult, row: FrozenRow) -> str:
    """Why somebody took no place although others of its pool did and nothing was said of it: a gate (điều kiện) was not met."""
    if row.rank is not None or all(one.rank is None for one in result.rows if one.pool == row.pool):
        return ""
    return "không đủ điều kiện xếp hạng của kỳ"
