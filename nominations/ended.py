"""Bodies that have ended: merged, dissolved, handed over while somebody still proposes them."""

from __future__ import annotations

from nominations.nominees import Nominee
from records.roster.roster import Roster


def ended_words(roster: Roster, nominee: Nominee) -> str:
    """hoạt động đến hết ngày 31/07/2027, kế thừa: A10; "" of persons, and of a body without a last day."""
    body = roster.bodies.get(nominee.id)
    if body is None or nominee.person or body.last is None:
        return ""
    heirs = ", ".join(body.successors)
    return f"hoạt động đến hết ngày {body.last:%d/%m/%Y}" + (f", kế thừa: {heirs}" if heirs else "")
