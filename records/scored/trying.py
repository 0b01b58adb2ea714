"""A standard tried on the figures of a round before anybody signs it: the old and the new set scored on the same data. Stores nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.problems import Problem, errors, of_file
from records.life.rights import FINAL
from records.publication.figures import Figures
from records.scored.periods import period_problems
from records.scored.rounds import score_round
from records.scored.sets import ScoredSet, score_figures
from records.workspace.folder import Workspace
from scoring.analysis.advantage import Advantage, advantage
from scoring.analysis.distribution import Distribution, distribution
from scoring.analysis.dropping import Dropped, drop_each, without
from scoring.analysis.firmness import Firmness, Noise, firmness
from scoring.analysis.fitting import Misfit, fitted, lacking
from scoring.analysis.moves import Move, moves
from scoring.result import Result

DECIDED = (
    "Bộ tiêu chí mới không phải bộ thử (status: trial): điểm và trọng số đã được quyết định thì không đặt lại ở đây, nên không thử "
    "độ vững của thứ hạng."
)


@dataclass(frozen=True)
class Lack:
    """A figure the new set needs. missing: candidates without it; before: of those, who lack it under the old set, too.

    new: the old set did not ask for it.
    """

    name: str
    label: str
    missing: int
    before: int
    new: bool


@dataclass(frozen=True)
class Trial:
    """Both results and everything read off them. base: the round's own scoring that gave the figures.

    firmness, dropped: None, () where the new set is no trial; then why_firm says so.
    """

    base: ScoredSet
    old: Result
    new: Result
    lacks: tuple[Lack, ...]
    misfits: tuple[Misfit, ...]
    moved: tuple[Move, ...]
    old_spread: Distribution
    new_spread: Distribution
    advantage: Advantage
    firmness: Firmness | None = None
    dropped: tuple[Dropped, ...] = ()
    why_firm: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)

    @property
    def stamps(self) -> list[str]:
        """Of both results; every print says them."""
        return list(dict.fromkeys([*self.old.stamps, *self.new.stamps]))


@dataclass(frozen=True)
class Wanted:
    """On which figures, how. leave_out: criteria of the new set without data of anybody apply to nobody, instead of waiting."""

    period: str
    stage: str = FINAL
    noise: Noise = field(default_factory=Noise)
    leave_out: bool = False


def try_standard(
    workspace: Workspace, old: CriteriaSet, new: CriteriaSet, wanted: Wanted
) -> tuple[Trial | None, list[Problem]]:
    """The figures of the round at a stage, read by both sets by equal names. Refuses sets of two groups."""
    period = wanted.period
    problems = group_problems(old, new)
    if problems:
        return None, problems
    base, problems = _base(workspace, old, period, wanted.stage)
    if base is None:
        return None, problems
    made: list[Result] = []
    misfits: tuple[Misfit, ...] = ()
    notes: list[str] = []
    for criteria in (old, new):
        found = [one for one in period_problems(criteria, period) if one.severity == "error"]
        notes += [one.message for one in found if one.code == "not-in-force"]
        problems += [one for one in found if one.code != "not-in-force"]
        figures, misfits = _figures(base, criteria)
        pool = criteria.declaration.pool
        if pool is not None and pool not in figures.table.columns and pool not in figures.table.extra:
            others = ", ".join([*criteria.attributes, *figures.table.extra]) or "không có"
            message = f"Số liệu của kỳ {period} không có cột cụm “{pool}”."
            problems.append(of_file(criteria.file, "column-missing", message, f"Các cột khác: {others}."))
        if errors(problems):
            return None, problems
        made.append(score_figures(criteria, figures, base.round.period))
    before, after = made
    blind = [one.id for one in distribution(after).criteria if one.kind == "leaf" and one.without_data]
    lacks = _lacks(before, after)
    if wanted.leave_out and blind:
        after = without(after, *blind)
        notes.append(f"Coi là không áp dụng vì chưa có số liệu của ai: {', '.join(blind)}.")
    firm = firmness(after, wanted.noise) if new.trial else None
    trial = Trial(
        base,
        before,
        after,
        lacks,
        misfits,
        tuple(moves(before, after)),
        distribution(before),
        distribution(after),
        advantage(after),
        firm,
        tuple(drop_each(after)) if new.trial else (),
        "" if new.trial else DECIDED,
        tuple(dict.fromkeys(notes)),
    )
    return trial, problems


def group_problems(old: CriteriaSet, new: CriteriaSet) -> list[Problem]:
    """Two groups are two standards: their candidates are not the same."""
    if old.declaration.group == new.declaration.group:
        return []
    message = f"Hai bộ tiêu chí của hai nhóm khác nhau: {old.id} (nhóm {old.declaration.group}), {new.id} (nhóm {new.declaration.group})."
    return [of_file(new.file, "group", message, "So hai bộ của cùng một nhóm.")]


def _base(workspace: Workspace, old: CriteriaSet, period: str, stage: str) -> tuple[ScoredSet | None, list[Problem]]:
    """The round's scoring of the old set; of the only set of its group, when the old one is another edition."""
    letter = old.declaration.group
    found, problems = score_round(workspace, period, (letter,), stage)
    if errors(problems):
        return None, problems
    tests: tuple[Callable[[ScoredSet], bool], ...] = (
        lambda one: one.criteria.id == old.id,
        lambda one: one.file == Path(old.file).name,
        lambda one: len(found) == 1,
    )
    for test in tests:
        one = next((one for one in found if test(one)), None)
        if one is not None:
            return one, problems
    known = ", ".join(one.criteria.id for one in found)
    message = f"Kỳ {period} không chấm theo bộ tiêu chí “{old.id}”."
    return None, [*problems, of_file(old.file, "group", message, f"Các bộ của nhóm {letter} trong kỳ: {known}.")]


def _figures(base: ScoredSet, criteria: CriteriaSet) -> tuple[Figures, tuple[Misfit, ...]]:
    given, own = base.figures, base.criteria
    if criteria.sha256 == own.sha256 and criteria.settings == own.settings:
        return given, ()
    now = fitted(given.table, given.items, own, criteria)
    if given.previous is None:
        return Figures(now.table, now.items), now.misfits
    before = fitted(given.previous, given.previous_items, own, criteria)
    return Figures(now.table, now.items, before.table, before.items), now.misfits


def _lacks(before: Result, after: Result) -> tuple[Lack, ...]:
    was, asked = lacking(before), before.set.inputs
    return tuple(
        Lack(
            name,
            " ".join(after.set.inputs[name].label.split()),
            len(rows),
            len({after.ids[row] for row in rows} & {before.ids[row] for row in was.get(name, ())}),
            name not in asked or not asked[name].required,
        )
        for name, rows in lacking(after).items()
    )
