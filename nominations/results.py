"""What a selection starts from: the official result of everybody at an occasion. From archives only."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from criteria.declarations.movement import Movement, Occasion
from criteria.exact import show_vietnamese
from criteria.problems import Problem, errors
from nominations.occasions import AwardOccasion
from records.publication.official import frozen_results
from records.roster.roster import load_roster
from records.rounds import load_rounds, read_window
from records.workspace.folder import Workspace
from records.years.combined import CombinedRow, CombinedSet, figure_words
from records.years.combining import combine_occasion, set_ids_of
from records.years.explaining import shown, why_words
from records.years.frozen import FrozenKey, FrozenResult, FrozenRow, in_force
from scoring.years import tie_break

TieKey = tuple[bool, Fraction]  # absent last; smaller first


@dataclass(frozen=True)
class PeriodResult:
    """One period of a candidate. share: of the maximum in force, None when nothing was. level: of the grade, 0 best. receipt: SHA-256 of
    the archive."""

    period: str
    first: date
    last: date
    words: str
    share: Fraction | None
    grade: str
    level: int | None
    rank: int | None
    receipt: str


@dataclass(frozen=True)
class Ranked:
    """One candidate at an occasion. figure: what it is ranked by, percent or points (percent says which); None without a result.

    rank: in its pool; unplaced: why there is none. ties: the set's own tie-breaks, smaller first, compared only between equal figures
    of one pool. grades: of the set, best first. periods: those that count. since: the day from which achievements count, when that
    is not the occasion's first day.
    """

    candidate: str
    name: str
    group: str
    set_id: str
    pool: str
    figure: Fraction | None
    words: str
    percent: bool = True
    rank: int | None = None
    unplaced: str = ""
    ties: tuple[TieKey, ...] = ()
    periods: tuple[PeriodResult, ...] = ()
    grades: tuple[str, ...] = ()
    since: date | None = None


@dataclass(frozen=True)
class Results:
    """ranked: by candidate. receipts: SHA-256 of every archive it rests on, by what it is of. stamps: what prints have to say."""

    ranked: Mapping[str, Ranked] = field(default_factory=dict)
    receipts: Mapping[str, str] = field(default_factory=dict)
    stamps: tuple[str, ...] = ()


class OccasionResults:
    """The archives of an occasion, read once; results are made of them as often as somebody's achievements begin on another day.

    instead: results that are supposed in the place of published ones of the same period, group, set and version.
    """

    def __init__(
        self, workspace: Workspace, occasion: AwardOccasion, instead: Mapping[FrozenKey, FrozenResult] | None = None
    ) -> None:
        self.workspace, self.occasion = workspace, occasion
        self.problems: list[Problem] = []
        self._given: list[FrozenResult] = []
        self._made: dict[tuple[tuple[str, date], ...], Results] = {}
        for name in occasion.rounds or _rounds(workspace):
            found, wrong = frozen_results(workspace, name, every_version=True)
            self._given += [(instead or {}).get(one.key, one) for one in found]
            self.problems += wrong

    def results(self, since: Mapping[str, date] | None = None) -> Results:
        """Everybody's official result. since: candidates whose achievements count only from a day on (awarded before, or after a
        discipline): their figure is made of the periods that begin on that day or later. Findings go to problems."""
        key = tuple(sorted((since or {}).items()))
        if key not in self._made:
            if errors(self.problems):
                return Results()
            if self.occasion.rounds:
                made, wrong = _combined(self.workspace, self.occasion, self._given, dict(key))
                self.problems += [one for one in wrong if one not in self.problems]
            else:
                made = _latest(self._given, self.occasion.last, dict(key))
            self._made[key] = made
        return self._made[key]


def _rounds(workspace: Workspace) -> list[str]:
    return [name for name, one in load_rounds(workspace).items() if not one.window.occasion]


# --- sơ kết, tổng kết ----------------------------------------------------------------------------------------------


def _combined(
    workspace: Workspace, occasion: AwardOccasion, given: Sequence[FrozenResult], since: Mapping[str, date]
) -> tuple[Results, list[Problem]]:
    roster, ids = load_roster(workspace), set_ids_of(workspace)
    sets, problems = combine_occasion(workspace.movement, occasion.id, roster, given, (), ids)
    if errors(problems):
        return Results(), problems
    ranked = {one.candidate: one for made in sets for one in _rows(made)}
    for day in sorted(set(since.values())):
        wanted = {ident for ident, from_ in since.items() if from_ == day and ident in ranked}
        later = _later(workspace.movement, occasion.id, day)
        again: dict[str, Ranked] = {}
        if later is not None and wanted:
            remade, wrong = combine_occasion(later, occasion.id, roster, given, (), ids)
            problems += [one for one in wrong if one not in problems]
            again = {one.candidate: one for made in remade for one in _rows(made)}
        for ident in sorted(wanted):
            none = replace(ranked[ident], figure=None, words="", rank=None, ties=(), periods=())
            ranked[ident] = replace(again.get(ident, none), since=day)
    stamps = tuple(dict.fromkeys(stamp for made in sets for stamp in made.stamps))
    counted = {(period.period, one.group, one.set_id) for one in ranked.values() for period in one.periods}
    receipts = {
        f"Kỳ {one.period}, nhóm {one.group}, bộ {one.set_id}, bản {one.version}": one.receipt
        for one in in_force(given)
        if (one.period, one.group, one.set_id) in counted
    }
    return Results(dict(sorted(ranked.items())), receipts, stamps), problems


def _later(movement: Movement, ident: str, day: date) -> Movement | None:
    """The movement with an occasion of only those rounds that begin on a day or later; None when none is left."""

    def within(name: str) -> bool:
        window = read_window(movement, name)
        return window is not None and window.first >= day

    occasion = next(one for one in movement.occasions if one.id == ident)
    rounds = [name for name in occasion.rounds if within(name)]
    if not rounds:
        return None
    rules = []
    for rule in occasion.combine:
        own = [name for name in rule.rounds if name in rounds]
        if rule.rounds and not own:
            continue
        rules.append(
            rule.model_copy(update={"rounds": own, "least_periods": min(rule.least_periods, len(own or rounds))})
        )
    shorter: Occasion = occasion.model_copy(update={"rounds": rounds, "combine": rules})
    occasions = [shorter if one.id == ident else one for one in movement.occasions]
    return movement.model_copy(update={"occasions": occasions})


def _rows(made: CombinedSet) -> Iterator[Ranked]:
    for row in made.rows:
        cells = [cell.cell for cell in row.cells]
        keys = [tie_break(word, made.rule, cells) for word in made.rule.then]
        why = "; ".join(why_words(made, row))
        yield Ranked(
            row.candidate,
            row.name,
            made.group,
            made.set_id,
            row.pool,
            row.combined.value,
            shown(made.rule, row.combined.value) if row.combined.value is not None else "",
            made.rule.of == "share",
            row.combined.rank,
            why or ("" if row.combined.rank else "không có kết quả"),
            tuple((key is None, -key if key is not None else Fraction(0)) for key in keys),
            tuple(_periods(made, row)),
            _grades(made),
        )


def _periods(made: CombinedSet, row: CombinedRow) -> Iterator[PeriodResult]:
    for place in row.combined.counted:
        period, cell = made.periods[place], row.cells[place]
        if cell.result is None:
            continue
        own = cell.own
        yield PeriodResult(
            period.name,
            period.first,
            period.last,
            figure_words(cell.result, own) if own is not None else cell.say,
            own.share if own is not None else None,
            cell.grade,
            own.grade_level if own is not None else None,
            own.rank if own is not None else None,
            cell.result.receipt,
        )


def _grades(made: CombinedSet) -> tuple[str, ...]:
    found = [one.grades for period in made.periods for one in period.results if one.set_id == made.set_id]
    return found[-1] if found else ()


# --- thúc đẩy phong trào -------------------------------------------------------------------------------------------


def _latest(given: Iterable[FrozenResult], day: date, since: Mapping[str, date]) -> Results:
    """Of every group and set the latest official result that was published by a day."""
    newest: dict[tuple[str, str], FrozenResult] = {}
    for one in in_force(given, day):  # in the order of their periods
        newest[one.group, one.set_id] = one
    ranked: dict[str, tuple[date, Ranked]] = {}
    for one in newest.values():
        by_total = _consistent(one)
        for row in one.rows:
            made = _single(one, row, by_total)
            if row.candidate not in ranked or ranked[row.candidate][0] < one.last:
                ranked[row.candidate] = one.last, made
    for ident, begins in since.items():
        if ident in ranked and ranked[ident][1].periods[0].first < begins:
            last, made = ranked[ident]
            ranked[ident] = last, replace(made, figure=None, words="", rank=None, ties=(), periods=(), since=begins)
    receipts = {
        f"Kỳ {one.period}, nhóm {one.group}, bộ {one.set_id}, bản {one.version}": one.receipt for one in newest.values()
    }
    stamps = tuple(dict.fromkeys(stamp for one in newest.values() for stamp in one.stamps))
    return Results({ident: made for ident, (_, made) in sorted(ranked.items())}, receipts, stamps)


def _consistent(result: FrozenResult) -> bool:
    """Whether the places of a set follow its totals; else they follow shares."""
    pools: dict[str, list[FrozenRow]] = {}
    for row in result.rows:
        if row.rank is not None:
            pools.setdefault(row.pool, []).append(row)
    for rows in pools.values():
        rows.sort(key=lambda row: row.rank or 0)
        if any(before.total < after.total for before, after in itertools.pairwise(rows)):
            return False
    return True


def _single(result: FrozenResult, row: FrozenRow, by_total: bool) -> Ranked:
    share = row.share * 100 if row.share is not None else None
    figure = row.total if by_total else share
    words = figure_words(result, row) + (
        " điểm" if by_total else f" điểm ({show_vietnamese(share, 2)} %)" if share is not None else ""
    )
    period = PeriodResult(
        result.period,
        result.first,
        result.last,
        figure_words(result, row),
        row.share,
        row.grade,
        row.grade_level,
        row.rank,
        result.receipt,
    )
    return Ranked(
        row.candidate,
        row.name,
        result.group,
        result.set_id,
        row.pool,
        figure,
        words,
        not by_total,
        row.rank,
        row.unplaced or ("" if row.rank else "không xếp hạng trong kỳ"),
        ((row.rank is None, Fraction(row.rank or 0)),),
        (period,),
        result.grades,
    )
