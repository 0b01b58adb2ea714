"""Which proposals move when results of a round are supposed to be others. Everything is worked out twice; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from criteria.problems import Problem, errors
from nominations.awards.reading import load_awards
from nominations.case import Case, Nominated
from nominations.nominating import nominate
from records.publication.official import frozen_results, with_result
from records.scored.what_if import ChangedSet
from records.workspace.folder import Workspace
from records.years.frozen import FrozenKey, FrozenResult


@dataclass(frozen=True)
class CaseMove:
    """One nominee for one award whose state is another. before, after: None where it does not stand for the award."""

    award: str
    nominee: str
    name: str
    before: Case | None
    after: Case | None


@dataclass
class ProposalMoves:
    """One occasion. moves: in the order of its cases. cases: how many there are."""

    occasion: str
    name: str
    moves: list[CaseMove] = field(default_factory=list)
    cases: int = 0


def proposals_moved(
    workspace: Workspace, period: str, changed: Sequence[ChangedSet]
) -> tuple[list[ProposalMoves], list[Problem]]:
    """Of every occasion that counts the round. changed: sets as they would be; those without an official result say nothing."""
    file, problems = load_awards(workspace)
    official = [one for one in changed if one.official is not None]
    if file is None or not official:
        return [], errors(problems) if file is None and official else []
    published, problems = frozen_results(workspace, period, every_version=True)
    instead = _instead(published, official)
    found = []
    for occasion in workspace.movement.occasions:
        if occasion.kind is None or period not in occasion.rounds:
            continue
        before, wrong = nominate(workspace, occasion.id)
        problems += errors(wrong)
        after, wrong = nominate(workspace, occasion.id, instead=instead)
        problems += [one for one in errors(wrong) if one not in problems]
        if before is not None and after is not None:
            found.append(_moves(before, after))
    return ([] if errors(problems) else found), errors(problems)


def _instead(published: Sequence[FrozenResult], changed: Sequence[ChangedSet]) -> Mapping[FrozenKey, FrozenResult]:
    found: dict[FrozenKey, FrozenResult] = {}
    for one in published:
        for other in changed:
            assert other.official is not None
            if (one.group, one.set_id, one.version) == (other.letter, other.after.set.id, other.official.version):
                found[one.key] = with_result(one, other.after)
    return found


def _moves(before: Nominated, after: Nominated) -> ProposalMoves:
    old, new = ({(one.award.id, one.nominee.id): one for one in made.cases} for made in (before, after))
    made = ProposalMoves(after.occasion.id, after.occasion.name, cases=len(new))
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        if (was.state if was is not None else None) is (now.state if now is not None else None):
            continue
        case = now or was
        assert case is not None
        made.moves.append(CaseMove(case.award.name, case.nominee.id, case.nominee.name, was, now))
    return made


def counted_by(workspace: Workspace, period: str) -> bool:
    """Whether an occasion with awards counts the round."""
    return any(one.kind is not None and period in one.rounds for one in workspace.movement.occasions)
