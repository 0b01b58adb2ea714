"""Scoring every stage of a round, for what prints them side by side."""

from __future__ import annotations

from dataclasses import dataclass, field

from criteria.problems import Problem, errors
from records.life.at_stage import AtStage
from records.life.rights import FINAL, STAGES
from records.scored.rounds import score_round
from records.scored.sets import ScoredSet, score_set
from records.workspace.folder import Workspace
from scoring.result import Result


@dataclass
class StagedSet:
    """One criteria set at every stage. last: its final stage."""

    last: ScoredSet
    here: AtStage
    results: dict[str, Result] = field(default_factory=dict)


def staged(last: ScoredSet) -> tuple[StagedSet | None, list[Problem]]:
    """A set at every stage. last: its final stage, scored already. None where there are no stages yet."""
    found: dict[str, Result] = {}
    problems: list[Problem] = []
    for stage in STAGES:
        one, wrong = (
            (last, []) if stage == FINAL else score_set(last.workspace, last.round, last.letter, last.file, stage)
        )
        problems += errors(wrong)
        if one is not None:
            found[stage] = one.result
    return (StagedSet(last, last.here, found) if last.here is not None and not problems else None), problems


def score_stages(
    workspace: Workspace, period: str, letters: tuple[str, ...] = ()
) -> tuple[list[StagedSet], list[Problem]]:
    """Every set of the groups that has candidates, scored once for every stage."""
    found: dict[str, dict[str, ScoredSet]] = {}
    problems: list[Problem] = []
    for stage in STAGES:
        scored, problems = score_round(workspace, period, letters, stage)
        if errors(problems):
            return [], problems
        for one in scored:
            found.setdefault(one.file, {})[stage] = one
    staged = []
    for stages in found.values():
        last = stages.get(FINAL)
        if last is not None and last.here is not None:
            staged.append(StagedSet(last, last.here, {stage: one.result for stage, one in stages.items()}))
    return staged, problems
