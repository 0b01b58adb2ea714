"""Of everything a candidate handed in for a round, what is in force."""

from __future__ import annotations

from records.ledger.database import Submission
from records.workspace.folder import Workspace


def latest_submissions(workspace: Workspace, period: str) -> dict[str, Submission]:
    """What is in force of every candidate: the highest version, then the latest letter, then what came last."""
    return in_force(workspace.database.submissions(period))


def in_force(submissions: list[Submission]) -> dict[str, Submission]:
    """The same out of a list of submissions of one round."""
    found: dict[str, Submission] = {}
    for one in submissions:
        known = found.get(one.candidate)
        if known is None or (one.version, one.letter_date, one.number) > (
            known.version,
            known.letter_date,
            known.number,
        ):
            found[one.candidate] = one
    return found
