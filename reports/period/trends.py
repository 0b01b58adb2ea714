"""Results over several periods: one line for a set as long as it scores alike; where it was changed the line breaks, and that is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.period.results import Spread, shares_of, spread
from reports.period.sets import PeriodSet


@dataclass(frozen=True)
class Point:
    """One period of a set."""

    period: str
    spread: Spread
    provisional: bool


@dataclass(frozen=True)
class Trend:
    """A set over the periods. points: None where it has no result. stretches: places of the first points of every stretch that may be
    compared; more than one when the set was changed in between."""

    letter: str
    set_id: str
    title: str
    persons: bool
    points: tuple[Point | None, ...]
    stretches: tuple[int, ...]


def trends(periods: Sequence[str], sets: Sequence[PeriodSet]) -> list[Trend]:
    """Every set that has a result in one of the periods, which stand oldest first."""
    known: dict[tuple[str, str], dict[str, PeriodSet]] = {}
    for one in sets:
        known.setdefault((one.letter, one.set_id), {})[one.period] = one
    found = []
    for (letter, set_id), own in known.items():
        last = own[max(own, key=periods.index)]
        points: list[Point | None] = []
        starts: list[int] = []
        before = ""
        for place, period in enumerate(periods):
            here = own.get(period)
            if here is None:
                points.append(None)
                continue
            if here.signature != before:
                starts.append(place)
            before = here.signature
            points.append(Point(period, spread(shares_of(here.rows)), here.provisional))
        found.append(Trend(letter, set_id, last.title, last.persons, tuple(points), tuple(starts)))
    return found
