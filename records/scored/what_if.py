"""What if (giả định): a round scored again with some figures changed, held against what stands. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.expressions.binding import closest
from criteria.problems import Problem, errors, of_file
from records.forms.layout import Layout
from records.life.at_stage import AtStage
from records.life.criteria import reviewed
from records.life.rights import FINAL, SELF, STAGES
from records.publication.figures import Figures
from records.publication.published import Publication
from records.rounds import find_round, known_group
from records.scored.counted import counted_groups
from records.scored.putting import Applied, Putting, bound_problems
from records.scored.rounds import score_round
from records.scored.sets import ScoredSet, score_figures
from records.scored.settings import Aiming, Setting, read_settings
from records.scored.supposing import as_claimed, supposed, waits
from records.workspace.folder import Workspace
from scoring.analysis.moves import Move, moves, untouched
from scoring.result import Result


@dataclass(frozen=True)
class ChangedSet:
    """A criteria set in which something was supposed. official: the publication its figures come from, None: the ledger.

    untouched: how many neither move nor are new or gone.
    """

    letter: str
    file: str
    before: Result
    after: Result
    applied: tuple[Applied, ...]
    moves: tuple[Move, ...]
    untouched: int
    official: Publication | None = None


@dataclass
class WhatIf:
    """period, stage: of what; sets: those in which something was supposed."""

    period: str
    stage: str
    sets: list[ChangedSet] = field(default_factory=list)


@dataclass(frozen=True)
class _Base:
    """A set as it stands. scored: None when it comes from an archive."""

    letter: str
    file: str
    result: Result
    scored: ScoredSet | None = None
    official: Publication | None = None

    @property
    def criteria(self) -> CriteriaSet:
        return self.result.set

    @property
    def here(self) -> AtStage | None:
        return self.scored.here if self.scored is not None else None


def what_if(
    workspace: Workspace, period: str, texts: Sequence[str], stage: str = FINAL, letters: tuple[str, ...] = ()
) -> tuple[WhatIf | None, list[Problem]]:
    """texts: UNIT.WHAT=VALUE each. A group with an official result is looked at as it was published, at the final stage."""
    settings, problems = read_settings(texts)
    bases, more = _bases(workspace, period, stage, letters)
    problems += more
    if errors(more):
        return None, problems
    works = [(base, Aiming(base.criteria, _figures(base.result), stage != SELF)) for base in bases]
    for base, work in works:
        problems += _with_claims(base, work, settings)
    for setting in settings:
        problems += _aim(setting, [work for _, work in works])
    problems += _twice([work for _, work in works])
    pieces = []
    for base, work in works:
        if work.targets:
            made, more = _put(workspace, base, work)
            problems += more
            pieces += [(base, *made)] if made is not None else []
    if errors(problems):
        return None, problems
    return WhatIf(period, stage, [_compared(*one) for one in pieces]), problems


# --- what stands ---------------------------------------------------------------------------------------------------


def _bases(
    workspace: Workspace, period: str, stage: str, letters: tuple[str, ...]
) -> tuple[list[_Base], list[Problem]]:
    """Every set of the groups: published groups from their archives in force, the others from the ledger."""
    occasion = next((one for one in workspace.movement.occasions if one.id == period), None)
    if occasion is not None:
        message = f"{occasion.name} gộp kết quả đã chốt của các kỳ, không có số liệu của riêng mình."
        hint = f"Giả định ở từng kỳ: thidua whatif KỲ. Các kỳ: {', '.join(occasion.rounds)}."
        return [], [of_file(period, "stage", message, hint)]
    round_, problems = find_round(workspace, period)
    for letter in letters:
        problems += known_group(workspace, letter)
    if stage not in STAGES:
        hint = "Các bước: " + ", ".join(STAGES) + "."
        problems.append(of_file(stage, "stage", f"Không có bước “{stage}”.", hint))
    if round_ is None or errors(problems):
        return [], problems
    if stage == FINAL:
        groups, problems = counted_groups(workspace, period, letters)
        found = [
            _Base(group.letter, file, result, group.scored.get(file), group.publication)
            for group in groups
            for file, result in group.results.items()
        ]
        return found, problems
    scored, problems = score_round(workspace, period, letters, stage)
    return [_Base(one.letter, one.file, one.result, one) for one in scored], problems


def _figures(result: Result) -> Figures:
    root: Any = result.root
    before = root.before
    return Figures(
        root.table,
        dict(root.item_tables),
        before.table if before is not None else None,
        dict(before.item_tables) if before is not None else {},
    )


# --- what is supposed ----------------------------------------------------------------------------------------------


def _with_claims(base: _Base, work: Aiming, settings: Sequence[Setting]) -> list[Problem]:
    """Let the settings of a unit see what it claimed where people have not concluded."""
    here, scored = base.here, base.scored
    if here is None or scored is None or here.stage != FINAL:
        return []
    rows = {found[0] for one in settings if (found := work.split(one.left)) is not None}
    units = [work.table.ids[row] for row in sorted(rows)]
    waiting = [(unit, criterion) for unit in units for criterion in here.criteria]
    changed = {key: as_claimed(one) for key in waiting if waits(one := here.standings.of(*key))}
    if not changed:
        return []
    made, problems = supposed(scored, here, changed)
    if made is not None:
        work.figures = Figures(made.table, made.items, made.previous, made.previous_items)
    return problems


def _aim(setting: Setting, works: Sequence[Aiming]) -> list[Problem]:
    for work in works:
        found = work.split(setting.left)
        if found is not None:
            return work.aim(setting, *found)
    unit = setting.left.partition(".")[0].strip()
    known = [ident for work in works for ident in work.table.ids]
    message = f"Không có đối tượng “{unit}” trong kỳ và các nhóm được xem."
    return [setting.problem("unknown-candidate", message, closest(unit, known))]


def _twice(works: Sequence[Aiming]) -> list[Problem]:
    problems = []
    for work in works:
        seen: dict[object, Setting] = {}
        for target in work.targets:
            if target.place in seen:
                message = f"Đặt hai lần cùng một điều: {seen[target.place].written}."
                problems.append(target.setting.problem("what-if", message, "Giữ một giá trị."))
            seen[target.place] = target.setting
    return problems


def _put(workspace: Workspace, base: _Base, work: Aiming) -> tuple[tuple[Figures, list[Applied]] | None, list[Problem]]:
    """The figures of a set with everything supposed in them, and what that was."""
    criteria = reviewed(Layout(base.criteria, tuple(workspace.movement.registers)))
    owners = {line.key.partition(":")[2]: one.id for one in criteria.values() for line in one.figures}
    owners |= {table: one.id for one in criteria.values() for table in one.owns}
    figures = _figures(base.result)
    lifted: dict[tuple[str, str], int] = {}
    here, scored = base.here, base.scored
    if here is not None and scored is not None and here.stage == FINAL:
        keys = {(one.unit, one.criterion or owners.get(one.table or one.name, "")) for one in work.targets}
        changed = {key: as_claimed(one) for key in sorted(keys) if key[1] and waits(one := here.standings.of(*key))}
        if changed:  # the other figures of a criterion that waits count as claimed
            made, problems = supposed(scored, here, changed)
            if made is None:
                return None, problems
            before, rows = figures.table.decisions, base.result.rows
            figures = Figures(made.table, made.items, made.previous, made.previous_items)
            lifted = {key: int(before[key[1]].state[rows[key[0]]]) for key in changed if key[1] in before}
    figures, applied = Putting(work, figures, owners, lifted).put()
    return (figures, applied), bound_problems(work, figures.table)


def _compared(base: _Base, figures: Figures, applied: Sequence[Applied]) -> ChangedSet:
    after = score_figures(base.criteria, figures, base.result.period)
    after.points_decision = base.result.points_decision
    found = moves(base.result, after)
    left = untouched(base.result, after, found)
    return ChangedSet(base.letter, base.file, base.result, after, tuple(applied), tuple(found), left, base.official)
