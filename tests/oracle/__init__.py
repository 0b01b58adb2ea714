"""A slow, exact oracle of the criteria language, written from docs/criteria-language.md alone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from . import grades
from .controls import eligible
from .rounds import Candidate, Round
from .values import Absent

__all__ = ["score"]


def score(
    criteria: dict,
    rows: list[dict[str, str]],
    items: dict[str, list[dict[str, str]]] | None = None,
    previous: list[dict[str, str]] | None = None,
    closed: bool = False,
    period: str | None = None,
    pool: str | None = None,
    settings: dict[str, str] | None = None,
    decisions: dict[str, dict[str, str]] | None = None,
    unplaced: set[str] | None = None,
) -> dict[str, dict[str, Any]]:
    """Points, states, grade, rank and quantities of every candidate, by id.

    decisions: for the id of a node, by candidate, what people have settled: not_applicable, not_verified, returned, closed.
    unplaced: the candidates who take no place.
    """
    round_ = Round(criteria, rows, items or {}, previous, closed, period, pool, settings, decisions=decisions)
    candidates = round_.candidates
    for candidate in candidates:
        candidate.assess_all()
        candidate.eligible = eligible(candidate)
        candidate.quota = candidate.rank = candidate.tied = None
    for candidate in candidates:
        candidate.take_stop()
    for candidate in candidates:
        candidate.grade = grades.graded(candidate) if candidate.eligible else None
    grades.set_quotas(candidates)
    grades.set_ranks([one for one in candidates if one.id not in (unplaced or set())])
    return {candidate.id: report(candidate) for candidate in candidates}


def report(candidate: Candidate) -> dict[str, Any]:
    round_ = candidate.round
    total = candidate.total()
    results = {n.id: candidate.result(n) for n in round_.nodes[1:] if not n.repeated}
    results |= candidate.book
    quantities = {name: candidate.scope.quantity(name).value for name in round_.quantities}
    return {
        "points": {name: round_.printed(one.points) for name, one in results.items()},
        "state": {name: one.state for name, one in results.items()},
        "total": round_.printed(total.points),
        "maximum": total.maximum,
        "share": total.points / total.maximum if total.maximum else None,
        "grade": candidate.grade,
        "rank": candidate.rank,
        "tied": candidate.tied,
        "eligible": candidate.eligible,
        "provisional": not total.settled,
        "quota": candidate.quota,
        "quantities": {
            name: None if isinstance(value, Absent) else as_number(value) for name, value in quantities.items()
        },
    }


def as_number(value: Any) -> Any:
    """Quantities are numbers; a truth counts as 1 or 0, anything else stays what it is."""
    return Fraction(value) if isinstance(value, (bool, int)) else value
