"""Several periods made into one result: exact fractions in, one figure rounded once, a place with ties 1, 1, 3."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np

from criteria.declarations.years import Combination, TieBreak
from criteria.exact import constant, round_to
from scoring.ranking import places


class Lack(Enum):
    """Why a candidate has no figure of a period. MISSING: one may still come, or should be there. ABSENT: there was nothing to
    score (did not exist, nothing applied): never counts against anybody."""

    MISSING = "missing"
    ABSENT = "absent"


@dataclass(frozen=True)
class Figure:
    """What a candidate has of one period. share: None when nothing was in force. level: of the grade, 0 best; None without one.

    placed: took a place in the period, or nothing kept it from one. minimum, run: whether its grade is at least the one that
    minimum_grade and consecutive name; None when the period knows no such grade.
    """

    total: Fraction
    maximum: Fraction
    share: Fraction | None
    level: int | None = None
    rank: int | None = None
    placed: bool = True
    minimum: bool | None = False
    run: bool | None = False


Cell = Figure | Lack
ZERO = Figure(Fraction(0), Fraction(0), Fraction(0))


@dataclass(frozen=True)
class Span:
    """A period of a combination. follows: begins on the day after the span before it ends."""

    name: str
    weight: Fraction = Fraction(1)
    follows: bool = True


@dataclass(frozen=True)
class Why:
    """What keeps a candidate from a place. code: waits, unplaced, too_few, grade, grade_open, run, run_open, barred.

    spans: places of the periods it is about. have, need: counts of periods.
    """

    code: str
    spans: tuple[int, ...] = ()
    have: int = 0
    need: int = 0


@dataclass(frozen=True)
class Combined:
    """The result of one candidate. value: in points, or in percent; rounded once; None while no period counts. exact: before that.

    counted: places of the periods that count. chosen: the one taken, of last and best. waits: periods that are awaited.
    """

    value: Fraction | None
    exact: Fraction | None
    counted: tuple[int, ...]
    waits: tuple[int, ...] = ()
    chosen: int | None = None
    why: tuple[Why, ...] = ()
    rank: int | None = None
    tied: bool = False

    @property
    def provisional(self) -> bool:
        return bool(self.waits)


def combine(
    rule: Combination,
    spans: Sequence[Span],
    rows: Sequence[Sequence[Cell]],
    pools: Sequence[str] = (),
    barred: Sequence[bool] = (),
) -> list[Combined]:
    """One result per row. rows: a cell per span. pools: rows of one pool are ranked together. barred: shown without a place."""
    found = []
    for row, cells in enumerate(rows):
        one = _combined(rule, spans, _ruled(rule, cells))
        found.append(replace(one, why=(Why("barred"), *one.why)) if barred and barred[row] else one)
    return _ranked(rule, found, [_ruled(rule, cells) for cells in rows], list(pools) or [""] * len(rows))


def _ruled(rule: Combination, cells: Sequence[Cell]) -> list[Cell]:
    """The cells as the rule reads them: what is missing as zero, what took no place left out, no share as nothing to score."""
    found: list[Cell] = []
    for cell in cells:
        if isinstance(cell, Lack):
            zero = cell is Lack.MISSING and rule.missing == "zero"
            left_out = cell is Lack.MISSING and rule.missing == "left_out"
            found.append(ZERO if zero else Lack.ABSENT if left_out else cell)
        elif (not cell.placed and rule.unplaced == "left_out") or (rule.of == "share" and cell.share is None):
            found.append(Lack.ABSENT)
        else:
            found.append(cell)
    return found


def _combined(rule: Combination, spans: Sequence[Span], cells: Sequence[Cell]) -> Combined:
    figures = {place: cell for place, cell in enumerate(cells) if isinstance(cell, Figure)}
    waits = tuple(place for place, cell in enumerate(cells) if cell is Lack.MISSING)
    values = {place: figure_value(rule, cell) for place, cell in figures.items()}
    exact, chosen = _HOW[rule.how](values, {place: spans[place].weight for place in values})
    value = round_to(constant(exact), rule.places, rule.rounding).scalar if exact is not None else None
    why = [Why("waits", waits)] if waits else []
    without = tuple(place for place, cell in figures.items() if not cell.placed)
    if without and rule.unplaced == "unplaced":
        why.append(Why("unplaced", without))
    if len(figures) < rule.least_periods:
        why.append(Why("too_few", tuple(figures), len(figures), rule.least_periods))
    why += [*_minimum(rule, figures), *_run(rule, spans, figures)]
    return Combined(value, exact, tuple(figures), waits, chosen, tuple(why))


def figure_value(rule: Combination, figure: Figure) -> Fraction:
    """What is combined: points, or percent of the maximum in force."""
    return figure.total if rule.of == "total" else (figure.share or Fraction(0)) * 100


Values = dict[int, Fraction]


def _mean(values: Values, weights: Values) -> tuple[Fraction | None, int | None]:
    whole = sum(weights.values(), Fraction(0))
    if not whole:
        return None, None
    return sum((values[place] * weights[place] for place in values), Fraction(0)) / whole, None


def _sum(values: Values, weights: Values) -> tuple[Fraction | None, int | None]:
    return (sum(values.values(), Fraction(0)) if values else None), None


def _last(values: Values, weights: Values) -> tuple[Fraction | None, int | None]:
    place = max(values, default=None)
    return (values[place], place) if place is not None else (None, None)


def _best(values: Values, weights: Values) -> tuple[Fraction | None, int | None]:
    place = max(values, key=lambda one: (values[one], -one), default=None)
    return (values[place], place) if place is not None else (None, None)


_HOW: dict[str, Callable[[Values, Values], tuple[Fraction | None, int | None]]] = {
    "mean": _mean,
    "weighted": _mean,
    "sum": _sum,
    "last": _last,
    "best": _best,
}


# --- grades --------------------------------------------------------------------------------------------------------


def _minimum(rule: Combination, figures: dict[int, Figure]) -> list[Why]:
    if rule.minimum_grade is None:
        return []
    reached = {place: figure.minimum for place, figure in figures.items()}
    need = rule.minimum_grade.periods if rule.minimum_grade.periods is not None else len(figures)
    have = sum(truth is True for truth in reached.values())
    unclear = tuple(place for place, truth in reached.items() if truth is None)
    if have >= need:
        return []
    if have + len(unclear) >= need:
        return [Why("grade_open", unclear, have, need)]
    return [Why("grade", tuple(place for place, truth in reached.items() if not truth), have, need)]


def _run(rule: Combination, spans: Sequence[Span], figures: dict[int, Figure]) -> list[Why]:
    if rule.consecutive is None:
        return []
    truths = [figures[place].run if place in figures else False for place in range(len(spans))]
    need, unclear = rule.consecutive.periods, tuple(p for p, truth in enumerate(truths) if truth is None)
    have = longest_run([truth is True for truth in truths], spans)
    if have >= need:
        return []
    if longest_run([truth is not False for truth in truths], spans) >= need:
        return [Why("run_open", unclear, have, need)]
    return [Why("run", (), have, need)]


def longest_run(truths: Sequence[bool], spans: Sequence[Span]) -> int:
    """How many spans in a row hold, each following the one before without a gap."""
    best = here = 0
    for span, truth in zip(spans, truths, strict=True):
        here = 0 if not truth else here + 1 if span.follows else 1
        best = max(best, here)
    return best


# --- places --------------------------------------------------------------------------------------------------------


def _ranked(
    rule: Combination, found: list[Combined], rows: Sequence[Sequence[Cell]], pools: Sequence[str]
) -> list[Combined]:
    if not found:
        return []
    columns = [[one.value for one in found]]
    for word in rule.then:
        columns.append([tie_break(word, rule, cells) for cells in rows])
    numbers = {pool: number for number, pool in enumerate(sorted(set(pools)))}
    groups = np.array([numbers[pool] for pool in pools], dtype=np.int64)
    keep = np.array([one.value is not None and not one.why for one in found])
    ranks, tied = places([_codes(column) for column in columns], groups, keep)
    return [
        replace(one, rank=int(rank) or None, tied=bool(shared))
        for one, rank, shared in zip(found, ranks, tied, strict=True)
    ]


def _codes(column: Sequence[Fraction | None]) -> Any:
    """int64 codes in the order of the values; what is absent comes last."""
    order = {value: code for code, value in enumerate(sorted({value for value in column if value is not None}), 1)}
    return np.array([order[value] if value is not None else 0 for value in column], dtype=np.int64)


def tie_break(word: TieBreak, rule: Combination, cells: Sequence[Cell]) -> Fraction | None:
    """A key of the order, larger first. cells: as the rule reads them; only those that count."""
    figures = [cell for cell in _ruled(rule, cells) if isinstance(cell, Figure)]
    if not figures:
        return None
    last, shares = figures[-1], [figure.share for figure in figures if figure.share is not None]
    if word == "total_of_last":
        return last.total
    if word == "share_of_last":
        return last.share
    if word == "grade_of_last":
        return Fraction(-last.level) if last.level is not None else None
    if word == "times_first":
        return Fraction(sum(figure.rank == 1 for figure in figures))
    return (max if word == "best_share" else min)(shares, default=None)
