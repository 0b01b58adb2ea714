"""How far a round has come, group by group: forms, criteria by state, publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from records.forms.submissions import in_force
from records.ledger.entries import gather
from records.life.rights import AWAITED, CLOSED, EXPLAINED, RETURNED, REVERIFIED, SELF, VERIFIED
from records.publication.published import Publication, publications
from records.review.bench import Bench, load_bench
from records.roster.roster import Candidate, Doubt
from records.rounds import GroupState, Round
from records.workspace.folder import Workspace

SETTLED = (VERIFIED, REVERIFIED, CLOSED)  # states in which nobody waits for anybody


@dataclass(frozen=True)
class CriteriaCount:
    """How many criteria, over all candidates of a group that handed in, stand where. waiting: for their first look."""

    verified: int = 0
    waiting: int = 0
    returned: int = 0
    explained: int = 0
    closed: int = 0

    @property
    def all(self) -> int:
        return self.verified + self.waiting + self.returned + self.explained + self.closed


@dataclass(frozen=True)
class GroupProgress:
    """A group in a round. claims, disputes, evidence: counts over what is in force. published: the last publication, if any."""

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
    criteria: CriteriaCount = CriteriaCount()
    published: Publication | None = None


def progress(
    workspace: Workspace, round_: Round, letters: Iterable[str] = (), bench: Bench | None = None
) -> list[GroupProgress]:
    """Every group of the movement that has candidates or doubts in the round; letters: only these. bench: of all groups, when it is
    at hand."""
    wanted = set(letters)
    if bench is None:
        bench, _ = load_bench(workspace, round_, tuple(wanted))
    stored = workspace.database.submissions(round_.period)
    latest, handed_in = in_force(stored), Counter(one.candidate for one in stored)
    issued = issued_candidates(workspace, round_.period)
    published = publications(workspace, round_.period)
    found = []
    for group in workspace.movement.groups:
        if wanted and group.letter not in wanted:
            continue
        roster = bench.scope.rosters[group.letter]
        candidates, doubts = roster.candidates(group.letter, round_.window.first, round_.window.last)
        here = [candidate.id for candidate in candidates if candidate.id in latest]
        answers = [latest[ident].answers for ident in here]
        found.append(
            GroupProgress(
                group.letter,
                group.name,
                round_.group(group.letter),
                candidates,
                doubts,
                sum(candidate.id in issued for candidate in candidates),
                here,
                [candidate for candidate in candidates if candidate.id not in latest],
                sum(handed_in[ident] - 1 for ident in here),
                sum(len(one["claims"]) for one in answers),
                sum(len(one["disputes"]) for one in answers),
                sum(len(one["evidence"]) for one in answers),
                _criteria(bench, candidates),
                published[group.letter][-1] if published.get(group.letter) else None,
            )
        )
    return found


def _criteria(bench: Bench, candidates: Iterable[Candidate]) -> CriteriaCount:
    """What an official publication froze is counted as it stood then."""
    count: Counter[str] = Counter()
    for candidate in candidates:
        if candidate.id in bench.scope.candidates:
            count.update(
                bench.standings.of(candidate.id, criterion).state for criterion in bench.scope.of(candidate.id)
            )
    del count[AWAITED]
    return CriteriaCount(
        count[VERIFIED] + count[REVERIFIED], count[SELF], count[RETURNED], count[EXPLAINED], count[CLOSED]
    )


def first_days(workspace: Workspace, period: str) -> dict[str, date]:
    """The day on which the first form of a candidate was taken in; also of one whose form counts no more."""
    found: dict[str, date] = {}
    for one in workspace.database.submissions(period):
        day = date.fromisoformat(one.at[:10])
        found[one.candidate] = min(day, found.get(one.candidate, day))
    return found


def undated(state: GroupState, day: date) -> bool:
    """A form entered after its group had been closed says nothing of the day on which it came."""
    return state.closed is not None and day > state.closed


def came_late(round_: Round, state: GroupState, day: date) -> bool | None:
    """Whether a form taken in on a day is late; None when nobody can say: no deadline, or undated."""
    return None if round_.deadline is None or undated(state, day) else day > round_.deadline


def concluded(bench: Bench, candidate: str) -> bool:
    """Whether every criterion of a candidate that handed in is verified, or closed by decision."""
    if candidate not in bench.scope.candidates:
        return False
    states = [bench.standings.of(candidate, criterion).state for criterion in bench.scope.of(candidate)]
    return bool(states) and all(state in SETTLED for state in states)


def issued_candidates(workspace: Workspace, period: str) -> set[str]:
    """Candidates for whom a form of the round was made."""
    found: set[str] = set()
    for facts in gather(workspace.database.entries("form")).values():
        for entry in facts.history("issued"):
            told = dict(part.partition("=")[::2] for part in entry.value.split("; "))
            if told.get("period") == period:
                found.update(told.get("candidates", "").split(","))
    return found
