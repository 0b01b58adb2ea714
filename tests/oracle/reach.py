"""Shortest paths by trying every value of every lever, each scored in a whole table of its own. For small ranges only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from criteria.criteria_set import CriteriaSet
from scoring import score
from scoring.result import Result
from scoring.tables import Column, Table

Values = Mapping[str, int]


class Trial:
    """One row of a table. levers: names, all upwards. The grade counts before any quota."""

    def __init__(self, criteria: CriteriaSet, table: Table, row: int, levers: Sequence[str], items: Any = None) -> None:
        self.criteria, self.table, self.row, self.levers, self.items = criteria, table, row, list(levers), items
        self.start = {name: int(table.columns[name].values[row]) for name in levers}
        self._memo: dict[tuple[int, ...], tuple[int, Fraction]] = {}

    def scored(self, values: Values) -> Result:
        columns = dict(self.table.columns)
        for name, value in values.items():
            changed = np.array(columns[name].values)
            changed[self.row] = value
            columns[name] = Column(changed, columns[name].absent)
        return score(self.criteria, replace(self.table, columns=columns), self.items)

    def outcome(self, values: Values) -> tuple[int, Fraction]:
        """The level, and the sum of the points of the criteria."""
        key = tuple(values[name] for name in self.levers)
        if key not in self._memo:
            result = self.scored(values)
            points = [result.points(node.id).at(self.row) or Fraction(0) for node in self.criteria.leaves()]
            self._memo[key] = int(result.graded.level[self.row]), sum(points, Fraction(0))
        return self._memo[key]

    def bound(self, name: str, values: Values) -> int:
        bound = self.criteria.inputs[name].at_most
        if isinstance(bound, str):
            return values[bound] if bound in values else int(self.table.columns[bound].values[self.row])
        assert bound is not None
        return int(bound)

    def allowed(self) -> Iterator[dict[str, int]]:
        most = {name: max(self._widest(name), self.start[name]) for name in self.levers}
        for chosen in product(*(range(self.start[name], most[name] + 1) for name in self.levers)):
            values = dict(zip(self.levers, chosen))
            if all(values[n] == self.start[n] or values[n] <= self.bound(n, values) for n in self.levers):
                yield values

    def _widest(self, name: str) -> int:
        bound = self.criteria.inputs[name].at_most
        return self._widest(bound) if isinstance(bound, str) and bound in self.start else self.bound(name, self.start)

    def need(self, name: str) -> int:
        """Steps to the value that gives the criteria the most: alone, or else with the other levers at their ends; 0 when none does."""
        ends = {other: max(self.start[other], self.bound(other, self.start)) for other in self.levers if other != name}
        for others in ({**self.start}, {**self.start, **ends}):
            here = {n: v for n, v in others.items() if n != name}
            last = max(self.start[name], self.bound(name, {**here, name: self.start[name]}))
            sums = [self.outcome({**here, name: value})[1] for value in range(self.start[name], last + 1)]
            if max(sums) > sums[0]:
                return sums.index(max(sums))
        return 0

    def best(self, target: int) -> tuple[int, Fraction] | None:
        """The fewest levers that reach a level, and the least effort with so many."""
        found = []
        for values in self.allowed():
            moved = [name for name in self.levers if values[name] != self.start[name]]
            if 0 <= self.outcome(values)[0] <= target:
                needs = {name: self.need(name) for name in moved}
                if not all(needs.values()):  # a lever that moves no criterion is never among the fewest
                    continue
                effort = sum((Fraction(values[n] - self.start[n], needs[n]) for n in moved), Fraction(0))
                found.append((len(moved), effort))
        return min(found, default=None)
