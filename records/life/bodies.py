"""Who verifies a criterion of a candidate: nobody verifies itself, its units, or who verifies it in turn (docs/life.md)."""

from __future__ import annotations

from criteria.declarations.movement import Movement
from criteria.movements.verifiers import verifier_after
from records.roster.roster import Candidate, Roster


def verifier_of(movement: Movement, roster: Roster, candidate: Candidate, body: str) -> str:
    """The id of the body that verifies, starting from the one the criterion names; "" when nobody remains."""
    return verifier_after(movement, body, candidate.id, superiors(roster, candidate))


def superiors(roster: Roster, candidate: Candidate) -> frozenset[str]:
    """Everybody above a candidate, by the roster."""
    found: set[str] = set()
    above = candidate.manager
    while above and above not in found:
        found.add(above)
        body = roster.bodies.get(above)
        above = body.value("parent") if body is not None else ""
    return frozenset(found)
