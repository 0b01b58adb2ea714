"""One criterion of one candidate with everything that stands behind it, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from criteria.exact import show_vietnamese
from reports.workbook_styles import WORDS

Line = tuple[str, str]  # heading, sentence


@dataclass(frozen=True)
class CriterionRow:
    """One criterion in document order. points, maximum: exact. state: a code of scoring.states. depth: 0 for a part of the set.

    reasons: the rule, its figures, the arithmetic. clauses, evidence, verified: one sentence each. part: it earns by its children.
    """

    id: str
    text: str
    depth: int
    part: bool
    points: Fraction
    maximum: Fraction
    state: str
    places: int
    reasons: tuple[Line, ...] = ()
    clauses: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    verified: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it has points to print; else its state stands there."""
        return counts(self.state, self.points)

    @property
    def shown_points(self) -> str:
        return show_vietnamese(self.points, self.places) if self.counts else WORDS[self.state]

    @property
    def shown_maximum(self) -> str:
        return show_vietnamese(self.maximum, self.places)


def counts(state: str, points: Fraction) -> bool:
    """Whether points are printed; else the state stands in their place. state: a code of scoring.states."""
    return state in ("scored", "open") or bool(points)
