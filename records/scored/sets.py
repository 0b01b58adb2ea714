"""One criteria set of a round, scored: its tables, its result, what the numbers rest on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.problems import WARNING, Problem, errors, of_file
from records.assembly import Assembled, assemble
from records.life.at_stage import AtStage
from records.life.rights import FINAL, STAGES
from records.publication.figures import Figures
from records.roster.layouts import LABELS
from records.roster.roster import Candidate, Doubt
from records.rounds import Round
from records.scored.periods import period_problems
from records.software import SOFTWARE
from records.workspace.folder import Workspace, settings_in_force
from scoring.engine import score
from scoring.result import Result


@dataclass(frozen=True)
class ScoredSet:
    """A criteria set of a group at a stage. letter: of its group. file: of the set, as the movement names it. made: its tables."""

    workspace: Workspace
    round: Round
    letter: str
    file: str
    stage: str
    made: Assembled
    result: Result

    @property
    def criteria(self) -> CriteriaSet:
        return self.made.criteria

    @property
    def candidates(self) -> list[Candidate]:
        return self.made.candidates

    @property
    def doubts(self) -> list[Doubt]:
        return self.made.doubts

    @property
    def here(self) -> AtStage | None:
        return self.made.stage

    @property
    def handed_in(self) -> int:
        return len(self.made.answers)

    @property
    def figures(self) -> Figures:
        """What was scored, to be scored again with something changed."""
        return Figures(self.made.table, self.made.items, self.made.previous, self.made.previous_items)

    @property
    def receipt(self) -> dict[str, str]:
        """What the numbers rest on, by name."""
        settings = settings_in_force(self.workspace, self.criteria)
        return {
            "Phần mềm": SOFTWARE,
            "Phong trào": self.workspace.movement.id,
            "Kỳ": self.round.period,
            "Bước": STAGES[self.stage],
            f"sha256 {Path(self.file).name}": self.criteria.sha256,
            "sha256 số liệu": self.made.sha256,
            **{f"Thiết lập {key}": value for key, value in sorted(settings.items())},
        }


def score_figures(criteria: CriteriaSet, figures: Figures, period: str, pool: str | None = None) -> Result:
    """The one way in which a result of a round is made, and made again. pool: a column that overrides the set's.

    Raises KeyError for figures that are none of the set's.
    """
    return score(
        criteria,
        figures.table,
        figures.items,
        figures.previous,
        previous_items=figures.previous_items,
        period=period,
        pool=pool if pool is not None else criteria.declaration.pool,
    )


def score_set(
    workspace: Workspace, round_: Round, letter: str, file: str, stage: str, pool: str | None = None
) -> tuple[ScoredSet | None, list[Problem]]:
    """None without problems when the set has no candidates in the round."""
    made, problems = assemble(workspace, round_, letter, file, stage)
    if made is None or not made.candidates:
        return None, problems
    problems += _pool_problems(made, pool, file)
    problems += [p for p in period_problems(made.criteria, round_.period) if p.severity == "error"]
    if errors(problems):
        return None, problems
    figures = Figures(made.table, made.items, made.previous, made.previous_items)
    result = score_figures(made.criteria, figures, round_.period, pool)
    return ScoredSet(workspace, round_, letter, file, stage, made, result), problems


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


def score_group(workspace: Workspace, round_: Round, letter: str) -> tuple[list[ScoredSet], list[Problem]]:
    """Every set of a group that has candidates, with the figures that count in the end; only what is wrong, no warnings."""
    found: list[ScoredSet] = []
    problems: list[Problem] = []
    for file in workspace.sets_of(letter):
        one, more = score_set(workspace, round_, letter, file, FINAL)
        problems += errors(more)
        if one is not None:
            found.append(one)
    return found, problems
