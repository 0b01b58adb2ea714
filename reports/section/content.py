"""A unit's own section as plain values: its plan, tasks, points by part, awards, what is late. Official numbers where there are any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from criteria.exact import show_vietnamese
from records.debts import Debt
from records.milestones import Reached, Window
from records.models.register import Model
from records.roster.roster import Candidate
from records.tasks.rollup import Tally
from records.tasks.standing import Standing
from reports.reasons.receipt import Receipt
from reports.reasons.row import counts
from reports.score_sheet.content import PeriodLine
from reports.workbook_styles import WORDS
from scoring.result import CandidateResult, CriterionResult


@dataclass(frozen=True)
class PartLine:
    """A part of the set. claimed, found: points as printed, or the word for why there are none; found is the official result, else
    what stands now."""

    id: str
    text: str
    maximum: str
    claimed: str
    found: str


@dataclass(frozen=True)
class PeriodResult:
    """One period of the unit. receipt: of the archive, None while nothing is official. claimed: self-assessed total, "" when no form
    was handed in. summary: total, share, grade, rank. open: how many criteria still wait, 0 of an official result."""

    period: str
    title: str
    places: int
    lines: tuple[PartLine, ...]
    claimed: str
    found: str
    maximum: str
    summary: str
    receipt: Receipt | None = None
    open: int = 0


@dataclass(frozen=True)
class Given:
    """Awards of one form by one decision. words: form; persons, collectives: how many."""

    words: str
    decision: str
    day: date | None
    persons: int
    collectives: int


@dataclass(frozen=True)
class UnitSection:
    """What the section of one unit says. period: a round or an occasion. on: everything that moves is told for this day.

    periods: none when the unit has handed in nothing. combined: the periods of an occasion side by side; combined_words: its result.
    given: by the unit itself; proposed: (occasion, letter, persons, collectives); received: by the unit. late: what it owes.
    """

    unit: Candidate
    manager: str
    period: str
    title: str
    occasion: str
    first: date
    last: date
    on: date
    milestones: Sequence[tuple[Window, Reached]] = ()
    tasks: Sequence[Standing] = ()
    tally: Tally = field(default_factory=Tally)
    periods: Sequence[PeriodResult] = ()
    combined: Sequence[PeriodLine] = ()
    combined_words: str = ""
    given: Sequence[Given] = ()
    proposed: Sequence[tuple[str, str, int, int]] = ()
    received: Sequence[str] = ()
    late: Sequence[Debt] = ()
    missing: Sequence[str] = ()
    models: Sequence[Model] = ()
    stamps: tuple[str, ...] = ()

    @property
    def official(self) -> bool:
        return bool(self.periods) and all(one.receipt is not None for one in self.periods)


def points(one: CriterionResult | None, places: int) -> str:
    """Points as printed, or why there are none."""
    if one is None:
        return "–"
    return show_vietnamese(one.points, places) if counts(one.state, one.points) else WORDS[one.state]


def total(one: CandidateResult | None, places: int) -> str:
    return show_vietnamese(one.total, places) if one is not None else ""


def summary(one: CandidateResult, places: int) -> str:
    """85,00/100,00 điểm, đạt 85,00 %; xếp loại “Tốt”; thứ hạng 2"""
    shown = f"{show_vietnamese(one.total, places)}/{show_vietnamese(one.maximum, places)} điểm"
    shown += f", đạt {percent(one.share)} %" if one.share is not None else ""
    grade = f"xếp loại “{one.grade}”" if one.grade else "chưa xếp loại" if one.provisional else "không xếp loại"
    rank = f"thứ hạng {one.rank}{' (đồng hạng)' if one.tied else ''}" if one.rank else "chưa có thứ hạng"
    return "; ".join([shown, grade, rank])


def percent(share: Fraction) -> str:
    return show_vietnamese(share * 100, 2)


def part_lines(
    parts: Sequence[tuple[str, str]], claimed: CandidateResult | None, found: Mapping[str, CriterionResult], places: int
) -> tuple[PartLine, ...]:
    """parts: id and text of the parts of the set, in document order."""
    lines = []
    for ident, text in parts:
        one = found.get(ident)
        own = claimed.criteria.get(ident) if claimed is not None else None
        maximum = show_vietnamese(one.maximum, places) if one is not None else "–"
        lines.append(PartLine(ident, " ".join(text.split()), maximum, points(own, places), points(one, places)))
    return tuple(lines)
