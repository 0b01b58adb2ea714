"""What a page answers beyond its numbers: the places a unit can still come to, and the shortest path to its next grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from criteria.problems import Problem
from records.life.rights import FINAL
from records.scored.disputed import Disputed, disputed_set
from records.scored.levers import reach_set
from records.scored.sets import ScoredSet
from reports.page.ground import Ground, Interval
from reports.reach.text import short_sentence


@dataclass(frozen=True)
class Answers:
    """By candidate. Nothing of sets whose last stage is not the one on the page."""

    intervals: dict[str, Interval] = field(default_factory=dict)
    reach: dict[str, list[str]] = field(default_factory=dict)


def answers(grounds: Sequence[Ground]) -> tuple[Answers, list[Problem]]:
    """Of every set of an internal page."""
    made = Answers()
    problems: list[Problem] = []
    for one in grounds:
        if one.scored is None or one.stage != FINAL:
            continue
        found, wrong = disputed_set(one.scored)
        problems += wrong
        if found is not None:
            made.intervals.update(_intervals(found.rows))
        made.reach.update(_reach(one.scored))
    return made, problems


def _intervals(rows: dict[str, Disputed]) -> Iterator[tuple[str, Interval]]:
    """Of everybody who has a place; empty where nothing is pending with anybody, so that the page has no column for it."""
    for ident, one in rows.items():
        best, worst = one.interval.best.rank, one.interval.worst.rank
        if (one.open or one.others) and best is not None and worst is not None:
            yield ident, Interval(best, worst, one.words)


def _reach(scored: ScoredSet) -> Iterator[tuple[str, list[str]]]:
    found = reach_set(scored, most=1)
    for one in found.units:
        sentence = short_sentence(found, one)
        if sentence:
            yield one.id, [sentence]
