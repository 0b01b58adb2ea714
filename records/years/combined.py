"""The combined result of an occasion as values, and what has to be said about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from criteria.declarations.movement import Occasion
from criteria.declarations.years import Combination, Inheritance, PartYear
from criteria.exact import show_vietnamese
from criteria.problems import WARNING, Problem, of_file
from records.roster.roster import Doubt
from records.years.frozen import FrozenResult, FrozenRow
from records.years.periods import Period, PeriodCell
from scoring.years import Combined, Figure

_SHOWN = 5


@dataclass(frozen=True)
class CombinedRow:
    """One candidate of an occasion. cells: as many as periods. barred: why it can have no place whatever its figures, "" else.

    notes: what people should know of it: results that stay with bodies before it.
    """

    candidate: str
    name: str
    pool: str
    cells: tuple[PeriodCell, ...]
    combined: Combined
    barred: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CombinedSet:
    """The combined result of a criteria set. rows: by pool, place and id; those without a place last."""

    occasion: Occasion
    group: str
    set_id: str
    rule: Combination
    periods: tuple[Period, ...]
    rows: tuple[CombinedRow, ...]
    inheritance: Inheritance | None = None
    part_year: PartYear | None = None
    doubts: tuple[Doubt, ...] = ()
    stamps: tuple[str, ...] = field(default_factory=tuple)


def figure_words(result: FrozenResult, row: FrozenRow) -> str:
    """88,50/100,00"""
    return f"{show_vietnamese(row.total, result.places)}/{show_vietnamese(row.maximum, result.places)}"


def different_maxima(made: CombinedSet) -> list[Problem]:
    """Totals that are combined although they were earned out of different maxima."""
    if made.rule.of != "total":
        return []
    unequal = []
    for row in made.rows:
        maxima = {cell.cell.maximum for cell in row.cells if isinstance(cell.cell, Figure) and cell.cell.maximum}
        if len(maxima) > 1:
            unequal.append(row.candidate)
    if not unequal:
        return []
    shown = ", ".join(unequal[:_SHOWN]) + ("…" if len(unequal) > _SHOWN else "")
    message = (
        f"Nhóm {made.group}: gộp tổng điểm của các kỳ có điểm tối đa khác nhau, {len(unequal)} đối tượng: {shown}."
    )
    return [of_file(made.occasion.id, "years", message, "Gộp tỷ lệ đạt: of: share.", WARNING)]
