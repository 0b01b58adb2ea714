"""Polarity: whether points and conditions rise or fall with a measure, read off the expressions of a set.

What it is worth to a unit is guessed (polarity); that nothing can get worse on the way is proven (proven), or not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from criteria.criteria_set import CriteriaSet
from criteria.declarations.controls import CapGrade, Control, Demote
from criteria.declarations.node import Branch, Entry, Node
from criteria.expressions.formula import Formula, Mark
from criteria.shapes.base import Shape
from scoring.analysis.climbing import Climb, of_fixed_amounts
from scoring.analysis.directions import FALLS, RISES, Direction, times
from scoring.analysis.readings import Reader, Token, branches
from scoring.analysis.rising import Rising

MIXED = 0  # also: nobody knows


@dataclass(frozen=True)
class _Use:
    """A place that reads figures. where: the branch. sign: RISES when more of it is better, MIXED when that depends.

    shape: gives points; mark: its full marks. formula: else what is read; pointless: it decides eligibility or a grade and no points.
    """

    where: Branch
    sign: int
    formula: Formula | None = None
    shape: Shape | None = None
    mark: Mark | None = None
    pointless: bool = False


def polarity(criteria: CriteriaSet) -> dict[str, set[int]]:
    """By name of an input: how what reads it rises or falls with it, over all that is in force. A guess."""
    rising = Rising(Reader(criteria), own=True, guessing=True)
    uses = list(_uses(criteria))
    found: dict[str, set[int]] = {}
    for name in criteria.inputs:
        signs = {times(use.sign, one) for use in uses if (one := _moves(rising, use, name)) != 0}
        if signs:
            found[name] = {MIXED if sign is None else sign for sign in signs}
    return found


def proven(criteria: CriteriaSet, names: Collection[str], before: Collection[str] = ()) -> dict[str, int]:
    """Of these inputs those of which it is proven that a unit that moves them, whatever else it moves, loses no point of a criterion,
    no condition and no grade: in which direction. before: see Rising."""
    climb = Climb(criteria)
    rising = Rising(climb.reader, own=True, before=frozenset(before))
    uses = list(_uses(criteria))
    found = {}
    for name in names:
        moved = [(use, one) for use in uses if (one := _moves(rising, use, name)) != 0]
        signs = {times(use.sign, one) for use, one in moved}
        sign = signs.pop() if len(signs) == 1 else None
        if sign and all(_climbs(climb, use) for use, _ in moved):
            found[name] = sign
    return found


def _moves(rising: Rising, use: _Use, name: str) -> Direction:
    moving: frozenset[Token] = frozenset({("column", name)})
    if use.shape is not None:
        return rising.shape(use.shape, moving, use.mark)
    return rising.formula(use.formula, moving)


def _climbs(climb: Climb, use: _Use) -> bool:
    """Whether what is gained where figures are read is lost nowhere above."""
    where = use.where
    if use.shape is None or (isinstance(where, Node) and where.over is not None):
        return use.pointless
    if where.less is not None and not of_fixed_amounts(where.less):
        return False
    factors = [where.coefficient, *(entry.coefficient for entry in where.entries())]
    if any(factor is not None and climb.rising.sign(factor.term) not in (0, RISES) for factor in factors):
        return False
    node = where.id if isinstance(where, Node) else ""
    return climb.raises(node, ranked=False) and climb.raises_grades(node)


def _uses(criteria: CriteriaSet) -> Iterator[_Use]:
    for branch in branches(criteria):
        yield from _of_branch(branch)
    for grade in criteria.declaration.grades:
        yield _Use(criteria.declaration, RISES, grade.need, pointless=True)


def _of_branch(branch: Branch) -> Iterator[_Use]:
    if isinstance(branch, Node):
        yield _Use(branch, RISES, shape=branch.shape, mark=branch.max)
        for mark in (branch.max, branch.weight):
            yield _Use(branch, MIXED, mark)
        if branch.when is not None:
            yield _Use(branch, MIXED, branch.when.need)
    for factor in (branch.coefficient, branch.ceiling):
        yield _Use(branch, RISES, factor)
    for control in (*branch.stop, *branch.zero):
        yield _Use(branch, RISES, control.need)
    apart: list[Control | CapGrade | Demote] = [*branch.gate, *branch.cap_grade, *branch.demote]
    for one in apart:
        yield _Use(branch, RISES, one.need, pointless=True)
    for group, sign in ((branch.less, FALLS), (branch.plus, RISES)):
        if group is not None:
            for formula in (group.cap, group.floor):
                yield _Use(branch, sign, formula)
            for entry in group.walk():
                yield from _of_entry(branch, entry, sign)


def _of_entry(branch: Branch, entry: Entry, sign: int) -> Iterator[_Use]:
    yield _Use(branch, sign, shape=entry.shape, mark=entry.max)
    for formula in (entry.max, entry.cap, entry.floor, entry.coefficient):
        yield _Use(branch, sign, formula)
    if entry.when is not None:
        yield _Use(branch, MIXED, entry.when.need)
