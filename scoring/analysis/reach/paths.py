"""Paths: what was found for each unit, with points before and after, and where nothing is found, how far it can come and why not further."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from criteria.criteria_set import CriteriaSet
from criteria.exact import MISSING, Quantity
from criteria.expressions.functions_results import ResultTerm
from criteria.expressions.terms import Comparison, Constant, Term
from criteria.inputs import Input
from scoring import states
from scoring.analysis.reach.answers import Most, Moved, Path, Reach, Short, Step, Waiting
from scoring.analysis.reach.levers import Lever
from scoring.analysis.reach.probing import probe
from scoring.analysis.reach.search import MOST_LEVERS, Found, Sought, search
from scoring.analysis.reach.variants import Variants
from scoring.analysis.reach.ways import find_ways, reads
from scoring.placing import conjuncts
from scoring.result import Result


@dataclass
class Asked:
    """What is asked. rows: of the scored table, all when None. grade: a name, None the next better. most: alternatives."""

    rows: Sequence[int] | None = None
    grade: str | None = None
    most: int = 3
    most_levers: int = MOST_LEVERS


def reach(result: Result, levers: Sequence[Lever], asked: Asked | None = None) -> list[Reach]:
    """The smallest changes for every row asked about, in its order.

    levers: in document order; nothing else is ever changed. Raises ValueError for a grade the set does not have.
    """
    return _Run(result, levers, asked or Asked()).told()


@dataclass
class _Run:
    result: Result
    levers: Sequence[Lever]
    asked: Asked
    sought: dict[int, Sought] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = self.result.set.grade_names
        if self.asked.grade is not None and self.asked.grade not in names:
            raise ValueError(self.asked.grade)
        rows = range(self.result.size) if self.asked.rows is None else self.asked.rows
        self.rows = [int(row) for row in rows]
        blanks = {lever.name: lever.blank for lever in self.levers if lever.blank is not None}
        self.variants = Variants(self.result, {lever.name for lever in self.levers}, blanks)
        start = self.variants.start
        self.own = getattr(start.root, "own", np.arange(start.size))
        self.feeds = {node.id: reads(self.result.set, list(node.formulas())) for node in self.result.set.leaves()}
        for row in self.rows:
            target = self._target(row)
            if target is not None and row not in self.result.root.table.unplaced:
                self.sought[row] = Sought(row, target, self.asked.most)
        self.ways = find_ways(self.variants, self.levers, list(self.sought))
        probe(self.ways)
        search(self.ways, list(self.sought.values()), self.asked.most_levers)

    def _level(self, row: int) -> int:
        return int(self.variants.start.graded.level[self.own[row]])

    def _target(self, row: int) -> int | None:
        """The level looked for; None when the unit has it, or the best."""
        names, level = self.result.set.grade_names, self._level(row)
        if not names:
            return None
        if self.asked.grade is not None:
            target = names.index(self.asked.grade)
        elif level >= 0:
            target = level - 1
        else:  # without a grade: the lowest that is more than what is left when nothing is reached
            target = max(len(names) - 2, 0)
        return target if target >= 0 and (level < 0 or level > target) else None

    # --- telling -----------------------------------------------------------------------------------------------

    def told(self) -> list[Reach]:
        paths = self._paths()
        most = self._most([row for row in self.rows if row in self.sought and not paths.get(row)])
        return [self._one(row, paths.get(row, ()), most.get(row)) for row in self.rows]

    def _one(self, row: int, paths: tuple[Path, ...], most: Most | None) -> Reach:
        names, start, own = self.result.set.grade_names, self.variants.start, int(self.own[row])
        sought, level = self.sought.get(row), self._level(row)
        target = sought.target if sought is not None else self._target(row)
        real = int(self.result.graded.level[row])
        rules = {rule.name or rule.otherwise: rule for rule in self.result.set.declaration.grades}
        goal = names[target] if target is not None else None
        mine = self.ways.of_unit.get(row, [])
        rough = sought is not None and any(self.ways.all[number].rough for number in mine)
        return Reach(
            self.result.ids[row],
            self.result.names[row],
            start.points().at(own) or Fraction(0),
            start.root.result("").maximum.at(own) or Fraction(0),
            names[level] if level >= 0 else None,
            goal,
            paths,
            most,
            self._waits(row),
            threshold(self.result.set, goal) if goal else None,
            sum(1 for number in mine if self.ways.all[number].top),
            goal is not None and goal in rules and rules[goal].quota is not None,
            names[level] if 0 <= level < real else "",
            self.result.root.table.unplaced.get(row, ""),
            sought is not None and (sought.limited or rough),
            self.variants.by_pool,
            gates_of(start, own),
            gates_of(start, own, undecided=True),
            self._assumed(row) if sought is not None else (),
            self._blanks(row),
        )

    def _assumed(self, row: int) -> tuple[Input, ...]:
        """A lever alone, every value of which was tried, assumes nothing; neither does one that is tried value by value."""
        mine = [way for number in self.ways.of_unit.get(row, []) if (way := self.ways.all[number]).top]
        return tuple(way.lever.input for way in mine if way.steady and not way.proven and (way.gaps or len(mine) > 1))

    def _blanks(self, row: int) -> tuple[tuple[Input, Fraction], ...]:
        found = []
        for lever in self.levers:
            column = self.result.root.table.columns.get(lever.name)
            if column is None or column.absent is None or lever.blank is None or lever.input.default is not None:
                continue
            if column.absent[row] == MISSING:
                found.append((lever.input, lever.value(lever.blank)))
        return tuple(found)

    def _waits(self, row: int) -> tuple[Waiting, ...]:
        found = []
        for node in self.result.set.leaves():
            state = self.result.state(node.id)
            own = self.variants.start.state(node.id)
            if state is None or not states.waiting(state)[row] or own is None or own[self.own[row]] != states.CLOSED:
                continue
            mark = self.variants.start.root.result(node.id).mark.at(int(self.own[row])) or Fraction(0)
            adds = self._adding(node.id) == node.id
            found.append(Waiting(node.id, mark if adds else Fraction(0), int(state[row])))
        return tuple(found)

    def _adding(self, node: str) -> str:
        """The criterion, or the part it stands in, whose points are added up to the total."""
        index, shown = self.variants.start.root.outline, node
        while parent := index.parents[node]:
            node = parent
            if index.nodes[node].combine.how != "sum":
                shown = node
        return shown

    def _paths(self) -> dict[int, tuple[Path, ...]]:
        """Every path scored once more, together, for its points."""
        found = [(row, one) for row in self.rows if row in self.sought for one in self.sought[row].found]
        if not found:
            return {}
        width = max(len(one.ways) for _, one in found)
        which = np.array([[*one.ways, *[-1] * (width - len(one.ways))] for _, one in found], dtype=np.int64)
        steps = np.array([[*one.offsets, *[0] * (width - len(one.ways))] for _, one in found], dtype=np.int64)
        told: dict[int, list[Path]] = {}
        for begin in range(0, len(found), self.variants.most):
            part = found[begin : begin + self.variants.most]
            here = slice(begin, begin + len(part))
            source = np.array([row for row, _ in part], dtype=np.int64)
            after = self.variants.score(source, self.ways.cells(which[here], steps[here]))
            own = getattr(after.root, "own", np.arange(len(part)))
            for number, (row, one) in enumerate(part):
                told.setdefault(row, []).append(self._path(row, one, after, int(own[number])))
        return {row: tuple(ones) for row, ones in told.items()}

    def _path(self, row: int, one: Found, after: Result, at: int) -> Path:
        moved = self._moved(row, after, at)
        start, steps, named = self.variants.start, [], set()
        for number, offset in zip(one.ways, one.offsets, strict=True):
            way = self.ways.all[number]
            fed = tuple(m for m in moved if way.lever.name in self.feeds[m.id] and m.id not in named)
            named |= {m.id for m in fed}
            limit = way.value(way.room) if way.room is not None and way.room >= offset else None
            steps.append(Step(way.lever.input, way.value(0), way.value(offset), limit, Fraction(offset, way.need), fed))
        return Path(
            tuple(steps),
            one.effort,
            start.points().at(int(self.own[row])) or Fraction(0),
            after.points().at(at) or Fraction(0),
            self.result.set.grade_names[int(after.graded.level[at])],
            tuple(m for m in moved if m.id not in named),
        )

    def _moved(self, row: int, after: Result, at: int) -> list[Moved]:
        found = []
        for node in self.result.set.leaves():
            old = self.variants.start.points(node.id).at(int(self.own[row])) or Fraction(0)
            new = after.points(node.id).at(at) or Fraction(0)
            if old != new:
                found.append(Moved(node.id, old, new))
        return found

    def _most(self, rows: list[int]) -> dict[int, Most]:
        """All levers of these units at their best at once."""
        if not rows:
            return {}
        own = {row: [n for n in self.ways.of_unit.get(row, []) if self.ways.all[n].top] for row in rows}
        width = max(1, *(len(numbers) for numbers in own.values()))
        which = np.full((len(rows), width), -1, dtype=np.int64)
        steps = np.zeros((len(rows), width), dtype=np.int64)
        for place, row in enumerate(rows):
            for column, number in enumerate(own[row]):
                way = self.ways.all[number]
                which[place, column], steps[place, column] = number, way.top if way.steady else way.need
        found = {}
        for begin in range(0, len(rows), self.variants.most):
            part = rows[begin : begin + self.variants.most]
            here = slice(begin, begin + len(part))
            after = self.variants.score(np.array(part, dtype=np.int64), self.ways.cells(which[here], steps[here]))
            at = getattr(after.root, "own", np.arange(len(part)))
            for number, row in enumerate(part):
                found[row] = self._furthest(row, after, int(at[number]))
        return found

    def _furthest(self, row: int, after: Result, at: int) -> Most:
        names, level = self.result.set.grade_names, int(after.graded.level[at])
        target = self.sought[row].target
        return Most(
            after.points().at(at) or Fraction(0),
            names[level] if level >= 0 else None,
            lacking(after, at, names[target]) if not 0 <= level <= target else (),
            gates_of(after, at),
            self._elsewhere(after, at),
            0 <= level <= target,
        )

    def _elsewhere(self, after: Result, at: int) -> tuple[Short, ...]:
        """What is not full and waits for nobody, by the criteria and parts that are added up to the total."""
        leaves: dict[str, list[str]] = {}
        for leaf in self.result.set.leaves():
            made = after.root.result(leaf.id)
            state = states.SCORED if made.state is None else int(made.state[at])
            full = (made.points.at(at) or Fraction(0)) >= (made.maximum.at(at) or Fraction(0))
            if not full and state != states.CLOSED:
                leaves.setdefault(self._adding(leaf.id), []).append(leaf.id)
        found = []
        for node, inside in leaves.items():
            made = after.root.result(node)
            short = (made.maximum.at(at) or Fraction(0)) - (made.points.at(at) or Fraction(0))
            if short > 0:
                found.append(Short(node, short, tuple(inside)))
        return tuple(found)


def gates_of(result: Result, at: int, undecided: bool = False) -> tuple[str, ...]:
    """The sentences of gates and stops that a row fails, or that cannot be decided."""
    gates = [o for o in result.outcomes if o.kind != "flag"]
    return tuple(o.control.say for o in gates if (o.unclear if undecided else o.fails)[at])


def lacking(result: Result, at: int, grade: str) -> tuple[str, ...]:
    """The conditions of a grade, but for the points it asks in all, that do not hold on a row; with its figures."""
    frame: Any = result.root.row(at)
    rule = next((rule for rule in result.set.declaration.grades if rule.name == grade), None)
    parts = conjuncts(rule.need.term) if rule is not None and rule.need is not None else []
    return tuple(p.filled(frame) for p in parts if _total_from(p) is None and p.evaluate(frame).at(0) is not True)


def threshold(criteria: CriteriaSet, grade: str) -> Fraction | None:
    """The points from which a grade is given, where its need names them."""
    rule = next((rule for rule in criteria.declaration.grades if rule.name == grade), None)
    parts = conjuncts(rule.need.term) if rule is not None and rule.need is not None else []
    return next((edge for part in parts if (edge := _total_from(part)) is not None), None)


def _total_from(condition: Term) -> Fraction | None:
    """The edge of total >= edge; a setting may stand for the number."""
    if not isinstance(condition, Comparison) or condition.sign != ">=":
        return None
    left, right = condition.parts
    if not isinstance(left, ResultTerm) or left.method != "total":
        return None
    if isinstance(right, Constant) and isinstance(right.value, Quantity):
        return right.value.scalar
    return right.constant_value
