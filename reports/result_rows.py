"""A result as one row per candidate, the same in csv, xlsx and JSON."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from criteria.exact import show_decimal
from scoring.result import CandidateResult, Result

SHARE_PLACES = 4
_YES_NO = {True: "yes", False: "no", None: ""}


def header(result: Result) -> list[str]:
    """id, name, pool, the points of every criterion and entry, the results, then the states."""
    ids = [node_id for node_id, _ in result.printed]
    quantities = [f"quantity:{name}" for name in result.set.declaration.quantities]
    return [
        "id",
        "name",
        "pool",
        *ids,
        "total",
        "maximum",
        "share",
        "grade",
        "rank",
        "tied",
        "eligible",
        "provisional",
        "quota",
        "gates",
        "open",
        "notes",
        *quantities,
        *(f"state:{node_id}" for node_id in ids),
    ]


def row(result: Result, candidate: CandidateResult) -> list[str]:
    """The texts of one candidate, in the order of the header. Numbers are decimal strings with a point."""
    places = result.set.places
    ids = [node_id for node_id, _ in result.printed]
    criteria = candidate.criteria
    points = [show_decimal(criteria[node_id].points, places) for node_id in ids]
    share = "" if candidate.share is None else show_decimal(candidate.share, SHARE_PLACES)
    quantities = [
        result.shown_quantity(name, candidate.quantities.get(name)) for name in result.set.declaration.quantities
    ]
    gates = "; ".join(f"{node}: {say}" if node else say for node, say in candidate.gates)
    waiting = "; ".join(f"{node}: {what}" if node else what for node, what in candidate.open)
    return [
        candidate.id,
        candidate.name,
        candidate.pool,
        *points,
        show_decimal(candidate.total, places),
        show_decimal(candidate.maximum, places),
        share,
        candidate.grade or "",
        str(candidate.rank or ""),
        _YES_NO[candidate.tied],
        _YES_NO[candidate.eligible],
        _YES_NO[candidate.provisional],
        candidate.quota or "",
        gates,
        waiting,
        "; ".join(candidate.notes),
        *quantities,
        *(criteria[node_id].state for node_id in ids),
    ]


def as_dict(result: Result, candidate: CandidateResult) -> dict[str, Any]:
    """One candidate for JSON: numbers are decimal strings, share_exact a fraction."""
    places = result.set.places

    def points(value: Fraction) -> str:
        return show_decimal(value, places)

    return {
        "id": candidate.id,
        "name": candidate.name,
        "pool": candidate.pool,
        "criteria": {
            c.id: {"points": points(c.points), "maximum": points(c.maximum), "state": c.state, "kind": c.kind}
            for c in candidate.criteria.values()
        },
        "total": points(candidate.total),
        "total_exact": str(candidate.total),
        "maximum": points(candidate.maximum),
        "share": None if candidate.share is None else show_decimal(candidate.share, SHARE_PLACES),
        "share_exact": None if candidate.share is None else str(candidate.share),
        "grade": candidate.grade,
        "rank": candidate.rank,
        "tied": candidate.tied,
        "eligible": candidate.eligible,
        "provisional": candidate.provisional,
        "quota": candidate.quota,
        "gates": [{"criterion": node, "say": say} for node, say in candidate.gates],
        "open": [{"criterion": node, "what": what} for node, what in candidate.open],
        "notes": candidate.notes,
        "quantities": {
            name: result.shown_quantity(name, value) or None for name, value in candidate.quantities.items()
        },
    }
