"""A result as it was published officially (chính thức), and which of its versions counts on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

FrozenKey = tuple[str, str, str, int]  # period, group, set, version


@dataclass(frozen=True)
class FrozenRow:
    """One candidate. total, maximum: in points; share: of the maximum in force, None when nothing was. grade: "" without one.

    grade_level: 0 best. rank: None without a place; unplaced: why, "" when nothing kept it from one.
    """

    candidate: str
    name: str
    pool: str
    total: Fraction
    maximum: Fraction
    share: Fraction | None
    grade: str = ""
    grade_level: int | None = None
    rank: int | None = None
    unplaced: str = ""


@dataclass(frozen=True)
class FrozenResult:
    """What was published of one criteria set of a group. places: decimals of a point. receipt: hash of the archive.

    first, last: days of the period. published: the day of the official publication. grades: of the set, best first.
    stamps: what every print of it says.
    """

    period: str
    group: str
    set_id: str
    version: int
    places: int
    rows: list[FrozenRow] = field(default_factory=list)
    receipt: str = ""
    first: date = date.min
    last: date = date.max
    published: date | None = None
    grades: tuple[str, ...] = ()
    stamps: tuple[str, ...] = ()

    @property
    def key(self) -> FrozenKey:
        return self.period, self.group, self.set_id, self.version

    def level(self, grade: str) -> int | None:
        """Where a grade stands in this edition of the set; None when it has no such grade."""
        if self.grades:
            return self.grades.index(grade) if grade in self.grades else None
        return next((row.grade_level for row in self.rows if row.grade == grade), None)


def in_force(results: Iterable[FrozenResult], until: date | None = None) -> list[FrozenResult]:
    """Of every period, group and set the latest version; until: the latest one published by that day. Ordered."""
    found: dict[tuple[str, str, str], FrozenResult] = {}
    for result in results:
        if until is not None and (result.published is None or result.published > until):
            continue
        key = (result.period, result.group, result.set_id)
        if key not in found or found[key].version < result.version:
            found[key] = result
    return sorted(found.values(), key=lambda one: (one.first, one.last, one.period, one.group, one.set_id))
