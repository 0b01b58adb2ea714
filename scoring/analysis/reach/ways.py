"""Ways: every lever of every unit, with where it starts, how far it may go, and which other levers it meets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Node
from criteria.exact import KNOWN
from criteria.expressions.formula import Formula
from criteria.expressions.terms import Measured
from scoring.analysis.reach.levers import Lever
from scoring.analysis.reach.polarity import proven
from scoring.analysis.reach.variants import Cells, Variants
from scoring.node_result import deep_terms


@dataclass
class Way:
    """One lever of one unit. Offsets count stored steps away from the start, 1 or more.

    row: of the unit in the scored table. room: the last offset allowed while the other figures stay, None without an end.
    bound_by: the lever whose figure ends this one's room. top: the offset beyond which nothing gets better. need: the offset at
    which the criteria it feeds have the most points (effort 1). steady: nothing was seen to get worse on the way; proven: nothing can,
    wherever other levers stand. gaps: not every offset up to the top was looked at; rough: that, and it is not steady. mates: names of
    levers whose effect it meets in one criterion or condition, or in a bound.
    """

    row: int
    lever: Lever
    start: int
    room: int | None
    bound_by: str = ""
    mates: frozenset[str] = frozenset()
    top: int = 0
    need: int = 0
    steady: bool = True
    rough: bool = False
    proven: bool = False
    gaps: bool = False

    def stored(self, offset: int) -> int:
        return self.start + self.lever.sign * offset

    def value(self, offset: int) -> Fraction:
        return self.lever.value(self.stored(offset))


@dataclass
class Ways:
    """All ways of a set. of_unit: numbers of the ways of a row, in document order."""

    variants: Variants
    all: list[Way] = field(default_factory=list)
    of_unit: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = list(dict.fromkeys(way.lever.name for way in self.all))
        code = {name: number for number, name in enumerate(self.names)}
        self.rows = np.array([way.row for way in self.all], dtype=np.int64)
        self.code = np.array([code[way.lever.name] for way in self.all], dtype=np.int64)
        self.start = np.array([way.start for way in self.all], dtype=np.int64)
        self.sign = np.array([way.lever.sign for way in self.all], dtype=np.int64)
        for number, way in enumerate(self.all):
            self.of_unit.setdefault(way.row, []).append(number)

    def cells(self, which: Any, offsets: Any) -> Cells:
        """Cells of variants. which: numbers of ways, (n, k), −1 for none; offsets: the same shape."""
        if not self.all:
            return {}
        rows = np.broadcast_to(np.arange(len(which))[:, None], which.shape).reshape(-1)
        ways, steps = which.reshape(-1), offsets.reshape(-1)
        stored = self.start[ways] + self.sign[ways] * steps
        codes = np.where(ways >= 0, self.code[ways], -1)
        return {
            name: (rows[here], stored[here])
            for number, name in enumerate(self.names)
            if (here := codes == number).any()
        }

    def mate(self, number: int, name: str) -> int | None:
        """The way of the same unit on another lever."""
        return next((n for n in self.of_unit[self.all[number].row] if self.all[n].lever.name == name), None)

    def room_beside(self, number: int, bound: int, offset: int) -> int:
        """The room of a way while the lever that bounds it stands at an offset."""
        way, other = self.all[number], self.all[bound]
        return max(0, way.lever.sign * (way.lever.stored(other.value(offset)) - way.start))


def find_ways(variants: Variants, levers: Sequence[Lever], rows: Sequence[int]) -> Ways:
    """The levers of these rows that have a figure to start from and room to go."""
    start = variants.start
    own = getattr(start.root, "own", np.arange(start.size))
    by_name = {lever.name: lever for lever in levers}
    mates = meeting(variants.set, by_name)
    signs = proven(variants.set, by_name, _never_below_zero(variants))
    found: list[Way] = []
    bounds: dict[str, Any] = {}
    for row in rows:
        for lever in levers:
            column = variants.own.get(lever.name)
            if column is None or (column.absent is not None and column.absent[row] != KNOWN):
                continue
            begin, bound, bound_by = int(column.values[row]), lever.bound, ""
            if isinstance(bound, str):
                bound_by = bound if bound in by_name else ""
                if bound not in bounds:
                    bounds[bound] = start.root.measure(bound)
                bound = bounds[bound].at(int(own[row]))
            room = None if bound is None else max(0, lever.sign * (lever.stored(bound) - begin))
            if room != 0 or bound_by:
                sure = signs.get(lever.name) == lever.sign
                found.append(Way(row, lever, begin, room, bound_by, mates[lever.name], proven=sure))
    return Ways(variants, found)


def _never_below_zero(variants: Variants) -> set[str]:
    """Columns in which nobody had less than 0 in the round before; all of them without such a round."""
    before = variants.base.before
    if before is None:
        return set(variants.set.inputs)
    found = set()
    for name, column in before.table.columns.items():
        values = np.asarray(column.values)
        known = np.ones(len(values), dtype=bool) if column.absent is None else np.asarray(column.absent) == KNOWN
        if values.dtype.kind in "iuO" and all(isinstance(one, int | np.integer) and one >= 0 for one in values[known]):
            found.add(name)
    return found


def meeting(criteria: CriteriaSet, levers: dict[str, Lever]) -> dict[str, frozenset[str]]:
    """By lever, the others that some criterion, condition or bound reads together with it."""
    together: dict[str, set[str]] = {name: set() for name in levers}

    def meet(names: set[str]) -> None:
        for name in names:
            together[name] |= names - {name}

    for formulas in readers(criteria):
        meet(reads(criteria, formulas) & set(levers))
    for name, lever in levers.items():
        if isinstance(lever.bound, str) and lever.bound in levers:
            meet({name, lever.bound})
    return {name: frozenset(others) for name, others in together.items()}


def readers(criteria: CriteriaSet) -> list[list[Formula]]:
    """What is computed as one thing: the formulas of a criterion; each condition, factor and bound of anything else; entries of one
    branch."""
    found: list[list[Formula]] = []
    for branch in [*criteria.nodes(), criteria.declaration]:
        if isinstance(branch, Node) and (not branch.parts or branch.over is not None):
            found.append(list(branch.formulas()))
            continue
        found.append([formula for entry in branch.entries() for formula in entry.formulas()])
        controls = (*branch.gate, *branch.stop, *branch.zero, *branch.cap_grade, *branch.demote)
        found += [list(control.formulas()) for control in controls]
        found += [[factor] for factor in (branch.coefficient,) if factor is not None]
        if isinstance(branch, Node) and branch.when is not None:
            found.append([branch.when.need])
    found += [[grade.need] for grade in criteria.declaration.grades if grade.need is not None]
    return found


def reads(criteria: CriteriaSet, formulas: Sequence[Formula]) -> set[str]:
    """Names of measures that formulas read, named quantities and derived measures opened."""
    terms = [term for f in formulas if f.bound for term in deep_terms(criteria, f.term, set())]
    return {term.name for term in terms if isinstance(term, Measured)}
