"""What a standard does to a field of candidates: where totals lie, what everybody passes, what nobody passes, who is at the top."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from criteria.exact import Quantity, constant
from scoring import states
from scoring.result import Result

QUANTILES = (0, 10, 25, 50, 75, 90, 100)
NO_GRADE, GRADE_OPEN = "", "?"  # keys of Distribution.grades beside the names of grades


@dataclass(frozen=True)
class CriterionSpread:
    """One criterion, part or the whole over all candidates.

    in_force: to whom it applies; scored: of those, settled; full, zero: of the scored, at the maximum in force, without a point;
    waiting: applies, and something is still to come. share: mean share of the maximum of the scored, None without any.
    """

    id: str
    kind: str
    text: str
    in_force: int
    scored: int
    full: int
    zero: int
    waiting: int
    share: Fraction | None

    @property
    def everybody(self) -> bool:
        """Nobody who is scored lacks a point of it: it tells nobody apart."""
        return self.scored > 0 and self.full == self.scored

    @property
    def nobody(self) -> bool:
        return self.scored > 0 and self.zero == self.scored

    @property
    def without_data(self) -> bool:
        """It applies to somebody and nobody has a settled result."""
        return self.in_force > 0 and self.scored == 0


@dataclass(frozen=True)
class Distribution:
    """quantiles: totals that candidates really have (nearest rank), by percent. mean: of the totals, exact.

    grades: by name, best first, then NO_GRADE (not eligible, none) and GRADE_OPEN. ranked, tied: who has a place, who shares it.
    provisional: totals so far, something is still to come. criteria: leaves and parts in document order; whole: the total.
    """

    size: int
    provisional: int
    ranked: int
    tied: int
    quantiles: dict[int, Fraction]
    mean: Fraction | None
    grades: dict[str, int]
    criteria: tuple[CriterionSpread, ...]
    whole: CriterionSpread


def distribution(result: Result) -> Distribution:
    """Of everybody to whom something of the set applies."""
    root = result.root.result("")
    rows = np.flatnonzero(_applies(root.maximum, root.state, result.size)).tolist()
    totals = [root.points.at(row) or Fraction(0) for row in rows]
    names = result.set.grade_names
    levels = [int(result.graded.level[row]) for row in rows]
    grades = {name: levels.count(place) for place, name in enumerate(names)}
    if names:
        grades |= {NO_GRADE: levels.count(-2), GRADE_OPEN: levels.count(-1)}
    labels = result.set.labels
    found = [
        _spread(result, node, kind, labels.get(node, "")) for node, kind in result.printed if kind in ("leaf", "part")
    ]
    whole = _spread(result, "", "total", "")
    waits = root.state is not None
    return Distribution(
        len(rows),
        int(np.asarray(states.waiting(root.state))[rows].sum()) if waits else 0,
        int((np.asarray(result.ranks)[rows] > 0).sum()),
        int(np.asarray(result.tied)[rows].sum()),
        quantiles(totals),
        sum(totals, Fraction(0)) / len(totals) if totals else None,
        grades,
        tuple(found),
        whole,
    )


def quantiles(values: Sequence[Fraction], at: Sequence[int] = QUANTILES) -> dict[int, Fraction]:
    """By percent p the smallest value that at least p % do not pass (nearest rank): always one of the values."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return {p: ordered[min(max(math.ceil(Fraction(p * len(ordered), 100)) - 1, 0), last)] for p in at if ordered}


def _applies(maximum: Quantity, state: Any, size: int) -> Any:
    here = np.broadcast_to(np.asarray(maximum.compare(np.greater, constant(0))), (size,))
    return here if state is None else here & (state != states.DOES_NOT_APPLY)


def _spread(result: Result, node: str, kind: str, text: str) -> CriterionSpread:
    made = result.root.result(node)
    size = result.size
    applies = _applies(made.maximum, made.state, size)
    waiting = np.broadcast_to(np.asarray(states.waiting(made.state)), (size,)) & applies
    out = made.state == states.NOT_ASSESSED if made.state is not None else np.zeros(size, dtype=bool)
    scored = applies & ~waiting & ~out
    full = scored & np.broadcast_to(np.asarray(made.points.compare(np.greater_equal, made.maximum)), (size,))
    zero = scored & np.broadcast_to(np.asarray(made.points.compare(np.less_equal, constant(0))), (size,))
    shares = [
        (made.points.at(row) or Fraction(0)) / (made.maximum.at(row) or Fraction(1))
        for row in np.flatnonzero(scored).tolist()
    ]
    return CriterionSpread(
        node,
        kind,
        " ".join(text.split()),
        int(applies.sum()),
        int(scored.sum()),
        int(full.sum()),
        int(zero.sum()),
        int(waiting.sum()),
        sum(shares, Fraction(0)) / len(shares) if shares else None,
    )
