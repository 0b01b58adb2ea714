"""The occasions of a workspace (sơ kết, tổng kết): the official results of their periods, read and combined."""

from __future__ import annotations

from criteria.declarations.movement import Occasion
from criteria.problems import Problem, errors
from records.publication.official import frozen_results
from records.roster.roster import load_roster
from records.workspace.folder import Workspace
from records.years.combined import CombinedSet
from records.years.combining import combine_occasion, set_ids_of
from records.years.frozen import FrozenResult


def occasion_of(workspace: Workspace, period: str) -> Occasion | None:
    """The occasion of this name; None when the period is a round of its own."""
    return next((one for one in workspace.movement.occasions if one.id == period), None)


def combined(
    workspace: Workspace, occasion: Occasion, letters: tuple[str, ...] = ()
) -> tuple[list[CombinedSet], dict[str, str], list[Problem]]:
    """The lists of an occasion, what they rest on (archive by period, group and version), and all problems."""
    results: list[FrozenResult] = []
    problems: list[Problem] = []
    for round_ in occasion.rounds:
        found, wrong = frozen_results(workspace, round_, every_version=True)
        results += found
        problems += wrong
    if errors(problems):
        return [], {}, problems
    made, wrong = combine_occasion(
        workspace.movement, occasion.id, load_roster(workspace), results, letters, set_ids_of(workspace)
    )
    receipt = {f"Kỳ {one.period}, nhóm {one.group}, bản {one.version}": one.receipt for one in results}
    return made, receipt, [*problems, *wrong]
