"""Self-scores against verified ones in short: how far the shares of a group moved between its own form and the result that counts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from criteria.problems import Problem, errors
from records.life.rights import FINAL, SELF
from records.scored.stages import StagedSet, score_stages
from records.workspace.folder import Workspace
from scoring.result import Result


@dataclass(frozen=True)
class GroupGap:
    """Candidates of a group that have both a self-score and a final one. own, final: mean shares. lowered, raised, same: how many."""

    letter: str
    compared: int
    own: Fraction | None
    final: Fraction | None
    lowered: int
    raised: int
    same: int

    @property
    def difference(self) -> Fraction | None:
        return self.own - self.final if self.own is not None and self.final is not None else None


def gaps(workspace: Workspace, period: str) -> tuple[list[GroupGap], list[Problem]]:
    """By group. Left out: who has no share at one of the two stages, takes no place, or still waits for something in the end."""
    staged, problems = score_stages(workspace, period)
    if errors(problems):
        return [], problems
    letters = list(dict.fromkeys(one.last.letter for one in staged))
    return [_group(letter, [one for one in staged if one.last.letter == letter]) for letter in letters], []


def _group(letter: str, staged: list[StagedSet]) -> GroupGap:
    pairs = [pair for one in staged for pair in _pairs(one.results[SELF], one.results[FINAL])]
    count = len(pairs)
    return GroupGap(
        letter,
        count,
        sum((own for own, _ in pairs), Fraction(0)) / count if count else None,
        sum((final for _, final in pairs), Fraction(0)) / count if count else None,
        sum(final < own for own, final in pairs),
        sum(final > own for own, final in pairs),
        sum(final == own for own, final in pairs),
    )


def _pairs(first: Result, last: Result) -> list[tuple[Fraction, Fraction]]:
    found = []
    for ident, row in last.rows.items():
        if ident not in first.rows or row in last.root.table.unplaced or first.rows[ident] in first.root.table.unplaced:
            continue
        own, final = first.at(first.rows[ident]), last.at(row)
        if own.share is not None and final.share is not None and not final.provisional:
            found.append((own.share, final.share))
    return found


def together(found: list[GroupGap], letter: str = "") -> GroupGap:
    """All groups as one: every candidate weighs the same."""
    count = sum(one.compared for one in found)
    own = sum((one.own * one.compared for one in found if one.own is not None), Fraction(0))
    final = sum((one.final * one.compared for one in found if one.final is not None), Fraction(0))
    return GroupGap(
        letter,
        count,
        own / count if count else None,
        final / count if count else None,
        sum(one.lowered for one in found),
        sum(one.raised for one in found),
        sum(one.same for one in found),
    )
