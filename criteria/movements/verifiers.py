"""Who verifies instead: the movement's alternates, followed until somebody is left who is not judging himself."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from criteria.declarations.movement import Movement


def body_id(movement: Movement, named: str) -> str:
    """The id of a verifying body that is named by its id or by its name; "" when the movement does not know it."""
    return next((body.id for body in movement.bodies if named in (body.id, body.name)), "")


def verifier_after(movement: Movement, body: str, candidate: str, above: Collection[str] = ()) -> str:
    """The id of who verifies a candidate when the criterion names `body`; "" when nobody remains.

    candidate, above: roster ids of the candidate and of everybody above it. Left out are the candidate itself, everybody above
    it, and a body whose own alternate the candidate is (it would verify who verifies it). Raises nothing.
    """
    roster = {one.id: one.roster for one in movement.bodies}
    instead = {one.body: one.instead for one in movement.alternates}
    seen: set[str] = set()
    here = body_id(movement, body)
    while here and here not in seen:
        seen.add(here)
        mine = roster.get(here)
        in_turn = roster.get(instead.get(here, ""))
        if (mine is None or (mine != candidate and mine not in above)) and (in_turn is None or in_turn != candidate):
            return here
        here = instead.get(here, "")
    return ""


def without_verifier(movement: Movement, used: Collection[str]) -> Iterator[tuple[str, str, bool]]:
    """Bodies that would be left without a verifier: (verifying body, the candidate's body, as a unit below it).

    used: ids of the bodies that criteria name.
    """
    for body in movement.bodies:
        if body.id not in used:
            continue
        for other in movement.bodies:
            if other.roster is None:
                continue
            if not verifier_after(movement, body.id, other.roster):
                yield body.id, other.id, False
            if not verifier_after(movement, body.id, "", (other.roster,)):
                yield body.id, other.id, True
