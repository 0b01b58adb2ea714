"""Scoring a round of a workspace: what ranking, explaining and every report start from."""

from __future__ import annotations

from criteria.problems import Problem, errors, of_file
from records.life.rights import FINAL
from records.life.strays import stray_problems
from records.publication.in_force import published_changes, result_changes
from records.publication.open_points import points_decision
from records.rounds import find_scored_round
from records.scored.sets import ScoredSet, score_set
from records.workspace.folder import Workspace
from scoring.result import Result


def score_round(
    workspace: Workspace, period: str, letters: tuple[str, ...] = (), stage: str = "self", pool: str | None = None
) -> tuple[list[ScoredSet], list[Problem]]:
    """Every set of the groups that has candidates. letters: none means every group. pool: a column that overrides the set's."""
    round_, problems = find_scored_round(workspace, period)
    if round_ is None:
        return [], problems
    known = [group.letter for group in workspace.movement.groups]
    for letter in letters:
        if letter not in known:
            problems.append(of_file(letter, "group", f"Không có nhóm “{letter}”.", f"Các nhóm: {', '.join(known)}."))
    if problems:
        return [], problems
    found: list[ScoredSet] = []
    for group in workspace.movement.groups:
        if letters and group.letter not in letters:
            continue
        for file in group.sets:
            made, more = score_set(workspace, round_, group.letter, file, stage, pool)
            problems += more
            if made is not None:
                made.result.points_decision = points_decision(workspace, period, group.letter)
                found.append(made)
    if not found and not errors(problems):
        hint = "Nhập danh sách: thidua roster import TỆP."
        problems.append(of_file(period, "roster-open", f"Kỳ {period} chưa có đối tượng nào để chấm.", hint))
    problems += stray_problems(workspace, round_, letters)
    problems += published_changes(workspace, period, letters)
    if stage == FINAL and pool is None:
        results: dict[str, dict[str, Result]] = {}
        for one in found:
            results.setdefault(one.letter, {})[one.file] = one.result
        problems += result_changes(workspace, period, results)
    return ([] if errors(problems) else found), problems
