"""Scoring a round of a workspace: what `rank`, `explain` and `report` all start from."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from criteria.criteria_set import CriteriaSet
from criteria.problems import WARNING, Problem, errors, of_file
from records.assembly import Assembled, assemble
from records.life.at_stage import AtStage
from records.life.rights import FINAL, STAGES
from records.life.strays import stray_problems
from records.publication.in_force import published_changes, result_changes
from records.roster.layouts import LABELS
from records.roster.roster import Candidate, Doubt
from records.rounds import Round, find_round
from records.workspace.folder import Workspace, settings_in_force
from scoring.engine import score
from scoring.result import Result
from thidua import __version__
from thidua.scoring_run import period_problems

if TYPE_CHECKING:
    from reports.ranking.files import ReportFile


@dataclass
class ScoredSet:
    """One criteria set of a round, scored. letter: of its group. receipt: what the numbers rest on, by name."""

    letter: str
    file: str
    criteria: CriteriaSet
    result: Result
    candidates: list[Candidate]
    round: Round
    stage: str
    receipt: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    handed_in: int = 0
    here: AtStage | None = None


def score_round(
    workspace: Workspace, period: str, letters: tuple[str, ...] = (), stage: str = "self", pool: str | None = None
) -> tuple[list[ScoredSet], list[Problem]]:
    """Every set of the groups that has candidates. letters: none means every group. pool: a column that overrides the set's."""
    round_, problems = find_round(workspace, period)
    if round_ is None:
        return [], problems
    if round_.window.occasion:
        combined = ", ".join(
            o for occasion in workspace.movement.occasions if occasion.id == period for o in occasion.rounds
        )
        message = f"{round_.window.name} gộp kết quả đã chốt của các kỳ {combined}, không chấm từ biểu."
        return [], [of_file(period, "stage", message, "Xếp hạng từng kỳ đó: thidua rank KỲ.")]
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
            made, more = _score_set(workspace, round_, group.letter, file, stage, pool)
            problems += more
            if made is not None:
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


def _score_set(
    workspace: Workspace, round_: Round, letter: str, file: str, stage: str, pool: str | None
) -> tuple[ScoredSet | None, list[Problem]]:
    made, problems = assemble(workspace, round_, letter, file, stage)
    if made is None or not made.candidates:
        return None, problems
    name = pool if pool is not None else made.criteria.declaration.pool
    problems += _pool_problems(made, pool, file)
    problems += [p for p in period_problems(made.criteria, round_.period) if p.severity == "error"]
    if errors(problems):
        return None, problems
    result = score(
        made.criteria,
        made.table,
        made.items,
        made.previous,
        previous_items=made.previous_items,
        period=round_.period,
        pool=name,
    )
    receipt = {
        "Phần mềm": f"thidua {__version__}",
        "Phong trào": workspace.movement.id,
        "Kỳ": round_.period,
        "Bước": STAGES[stage],
        f"sha256 {Path(file).name}": made.criteria.sha256,
        "sha256 số liệu": made.sha256,
        **{f"Thiết lập {key}": value for key, value in sorted(settings_in_force(workspace, made.criteria).items())},
    }
    scored = ScoredSet(letter, file, made.criteria, result, made.candidates, round_, stage, receipt, made.doubts)
    scored.handed_in, scored.here = len(made.answers), made.stage
    return scored, problems


def _pool_problems(made: Assembled, pool: str | None, file: str) -> list[Problem]:
    """A pool column that is not there, and candidates without a pool."""
    name = pool if pool is not None else made.criteria.declaration.pool
    if name is None:
        return []
    if name not in made.table.columns and name not in made.table.extra:
        others = ", ".join([*made.criteria.attributes, *made.table.extra]) or "không có"
        message = f"Không có cột cụm “{name}” cho {file}."
        return [of_file(file, "column-missing", message, f"Các cột khác: {others}.")]
    column = made.table.columns.get(name)
    if column is None:
        empty = [i for i, value in zip(made.table.ids, made.table.extra[name], strict=True) if not value]
    else:
        empty = [i for row, i in enumerate(made.table.ids) if column.absent is not None and column.absent[row]]
    if not empty:
        return []
    shown = ", ".join(empty[:10]) + ("…" if len(empty) > 10 else "")
    called = LABELS.get(name, name)
    message = f"Chưa ghi cột {called} cho {len(empty)} đối tượng: {shown}."
    hint = f"Xếp hạng theo cột {called}: điền trong danh sách rồi nhập lại; ô trống tạo thành một cụm riêng."
    return [of_file(file, "pool-empty", message, hint, WARNING)]


def rankings(workspace: Workspace, found: list[ScoredSet], units: bool = False) -> list[ReportFile]:
    """The workbooks of scored sets. units: also the sheets of every candidate."""
    from reports.ranking.files import ranking_files

    return [
        file
        for one in found
        for file in ranking_files(
            workspace,
            one.round,
            one.letter,
            one.file,
            one.result,
            one.receipt,
            stage=one.stage,
            handed_in=one.handed_in,
            left_out=[f"{doubt.body} {doubt.name}: {doubt.message}" for doubt in one.doubts],
            units=units,
        )
    ]
