"""How far a round has come: who owes what, group by group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from records.forms.submissions import latest_submissions
from records.ledger.entries import gather
from records.roster.roster import Candidate, Doubt, load_roster
from records.rounds import GroupState, Round
from records.workspace.folder import Workspace


@dataclass(frozen=True)
class GroupProgress:
    """A group in a round. claims, disputes, evidence: counts over what is in force."""

    letter: str
    name: str
    state: GroupState
    candidates: list[Candidate]
    doubts: list[Doubt]
    issued: int
    handed_in: list[str]
    missing: list[Candidate] = field(default_factory=list)
    superseded: int = 0
    claims: int = 0
    disputes: int = 0
    evidence: int = 0


def progress(workspace: Workspace, round_: Round, letters: Iterable[str] = ()) -> list[GroupProgress]:
    """Every group of the movement that has candidates or doubts in the round; letters: only these."""
    wanted = set(letters)
    latest = latest_submissions(workspace, round_.period)
    handed_in: dict[str, int] = {}
    for submission in workspace.database.submissions(round_.period):
        handed_in[submission.candidate] = handed_in.get(submission.candidate, 0) + 1
    issued = issued_candidates(workspace, round_.period)
    found = []
    for group in workspace.movement.groups:
        if wanted and group.letter not in wanted:
            continue
        state = round_.group(group.letter)
        roster = load_roster(workspace, until=state.roster_until)
        candidates, doubts = roster.candidates(group.letter, round_.window.first, round_.window.last)
        here = [candidate.id for candidate in candidates if candidate.id in latest]
        answers = [latest[ident].answers for ident in here]
        found.append(
            GroupProgress(
                group.letter,
                group.name,
                state,
                candidates,
                doubts,
                sum(candidate.id in issued for candidate in candidates),
                here,
                [candidate for candidate in candidates if candidate.id not in latest],
                sum(handed_in[ident] - 1 for ident in here),
                sum(len(one["claims"]) for one in answers),
                sum(len(one["disputes"]) for one in answers),
                sum(len(one["evidence"]) for one in answers),
            )
        )
    return found


def issued_candidates(workspace: Workspace, period: str) -> set[str]:
    """Candidates for whom a form of the round was made."""
    found: set[str] = set()
    for facts in gather(workspace.database.entries("form")).values():
        for entry in facts.history("issued"):
            told = dict(part.partition("=")[::2] for part in entry.value.split("; "))
            if told.get("period") == period:
                found.update(told.get("candidates", "").split(","))
    return found
