"""Search: the fewest levers, then the least effort, by halving boxes of offsets until nothing better can hide in one.

A box that does not reach the grade at its far corner holds nothing; one that reaches it at its near corner is settled. This takes it
that more on a steady lever never loses a grade (Way.proven; else Reach.assumed says so); a lever that is not steady, or levers that meet,
are tried value by value.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np

from scoring.analysis.reach.ways import Ways

MOST_LEVERS = 4
EACH_VALUE = 4096  # combinations of values of levers of one set of levers that are all tried
MOST_BOXES = 30_000  # boxes of one unit with a given number of levers
_INT64 = 1 << 60

Subset = tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """A set of levers that reaches the grade: numbers of ways, the offset of each, and the effort in all."""

    ways: Subset
    offsets: Subset
    effort: Fraction


@dataclass
class Sought:
    """What is looked for of one unit. target: the worst level that will do. limited: something was left out of the search."""

    row: int
    target: int
    wanted: int
    found: list[Found] = field(default_factory=list)
    reached: list[frozenset[int]] = field(
        default_factory=list
    )  # sets of ways that reach it: no superset is of interest
    limited: bool = False

    @property
    def done(self) -> bool:
        return len(self.found) >= self.wanted


def search(ways: Ways, sought: list[Sought], most_levers: int = MOST_LEVERS) -> None:
    """Fills in what is found."""
    for count in range(1, most_levers + 1):
        going = [one for one in sought if not one.done]
        if going:
            _Level(ways, going, count).run()


@dataclass(frozen=True)
class _Boxes:
    """of: the set of levers of each. low, high: offsets of the near and the far corner. tried: the near corner is known not to do."""

    of: Any
    low: Any
    high: Any
    tried: Any

    @property
    def parts(self) -> tuple[Any, Any, Any, Any]:
        return self.of, self.low, self.high, self.tried

    def where(self, mask: Any) -> _Boxes:
        return _Boxes(*(part[mask] for part in self.parts))


class _Level:
    """All sets of so many levers, of all units that still look."""

    def __init__(self, ways: Ways, sought: list[Sought], count: int) -> None:
        self.ways, self.count = ways, count
        self.sought = {one.row: one for one in sought}
        self.target = np.full(ways.variants.base.size, -1, dtype=np.int64)
        for one in sought:
            self.target[one.row] = one.target
        self.unit: dict[int, Any] = {}
        subsets: list[Subset] = []
        for one in sought:
            subsets += self._subsets(one)
        self.subsets = np.array(subsets, dtype=np.int64).reshape(-1, count)
        self.rows = ways.rows[self.subsets[:, 0]] if len(subsets) else np.array([], dtype=np.int64)
        self.weights, self.scales = self._efforts()
        self.best: Any = np.full(len(self.subsets), -1, dtype=self.weights.dtype)  # least effort so far, −1 none
        self.offsets = np.zeros_like(self.subsets)

    def _subsets(self, one: Sought) -> list[Subset]:
        own = [number for number in self.ways.of_unit.get(one.row, []) if self.ways.all[number].top]
        found = [
            subset
            for subset in combinations(own, self.count)
            if not any(smaller <= set(subset) for smaller in one.reached)
        ]
        if len(found) > MOST_BOXES:
            one.limited = True
        return found[:MOST_BOXES]

    def _efforts(self) -> tuple[Any, dict[int, int]]:
        """Whole-number weights of offsets: effort × scale of the unit. Python integers where 64 bits might not do."""
        scales: dict[int, int] = {}
        wide = False
        for row in self.sought:
            own = [self.ways.all[number] for number in self.ways.of_unit.get(row, []) if self.ways.all[number].top]
            scales[row] = math.lcm(*(way.need for way in own))
            wide |= any(scales[row] // way.need * way.top * MOST_LEVERS >= _INT64 for way in own)
        kind = object if wide else np.int64
        each = np.array([scales.get(w.row, 0) // w.need if w.top else 0 for w in self.ways.all], dtype=kind)
        return each[self.subsets], scales

    # --- the search --------------------------------------------------------------------------------------------

    def run(self) -> None:
        if not len(self.subsets):
            return
        of, low, high = self._boxes()
        reached = self._reaches(of, high)
        boxes = _Boxes(of, low, high, np.zeros(len(of), dtype=bool)).where(reached)
        while len(boxes.of):
            boxes = self._halved(self._kept(self._near(self._kept(boxes))))
        self._tell()

    def _boxes(self) -> tuple[Any, Any, Any]:
        """(set of levers, near corner, far corner) of every box to begin with."""
        tops = np.array([way.top for way in self.ways.all], dtype=np.int64)[self.subsets]
        of, low, high = [], [], []
        apart = self._tried_apart()
        plain = np.flatnonzero(~apart.any(axis=1))
        of.append(plain)
        low.append(np.ones((len(plain), self.count), dtype=np.int64))
        high.append(tops[plain])
        boxes = dict.fromkeys(self.sought, 0)
        for number in np.flatnonzero(apart.any(axis=1)):
            dims = np.flatnonzero(apart[number])
            one = self.sought[int(self.rows[number])]
            values = math.prod(int(tops[number, dim]) for dim in dims)
            if values > EACH_VALUE or boxes[one.row] + values > MOST_BOXES:
                one.limited = True
                dims, values = dims[:0], 1
            boxes[one.row] += values
            chosen = np.array(list(product(*(range(1, int(tops[number, dim]) + 1) for dim in dims))), dtype=np.int64)
            near = np.ones((values, self.count), dtype=np.int64)
            far = np.repeat(tops[number][None, :], values, axis=0)
            if len(dims):
                near[:, dims] = far[:, dims] = chosen
            of.append(np.full(values, number))
            low.append(near)
            high.append(far)
        return self._allowed(np.concatenate(of), np.concatenate(low), np.concatenate(high))

    def _tried_apart(self) -> Any:
        """(sets, levers) where a lever is tried value by value: it is not steady, or meets another of the set."""
        apart = np.zeros(self.subsets.shape, dtype=bool)
        steady = np.array([way.steady for way in self.ways.all])
        apart |= ~steady[self.subsets]
        if any(way.mates for way in self.ways.all):
            for number in np.flatnonzero((self._meets()[self.subsets]).any(axis=1)):
                mine = [self.ways.all[n] for n in self.subsets[number]]
                names = {way.lever.name for way in mine}
                apart[number] |= [bool(way.mates & names) for way in mine]
        return apart

    def _meets(self) -> Any:
        return np.array([bool(way.mates) for way in self.ways.all])

    def _allowed(self, of: Any, low: Any, high: Any) -> tuple[Any, Any, Any]:
        """Far corners drawn back to what the bounds allow; boxes beyond them left out."""
        for place in range(self.count):
            for number in {int(n) for n in np.unique(self.subsets[:, place])}:
                way = self.ways.all[number]
                if not way.bound_by and (way.room is None or way.top <= way.room):
                    continue
                mine = np.flatnonzero(self.subsets[of, place] == number)
                for box in mine:
                    room = way.room if way.room is not None else int(high[box, place])
                    for other_place, other in enumerate(self.subsets[of[box]]):
                        if self.ways.all[int(other)].lever.name == way.bound_by:
                            room = self.ways.room_beside(number, int(other), int(high[box, other_place]))
                    high[box, place] = min(high[box, place], room)
        inside = (low <= high).all(axis=1)
        return of[inside], low[inside], high[inside]

    def _reaches(self, of: Any, offsets: Any) -> Any:
        """Whether variants reach the grade; what does is remembered when it is the best of its set."""
        reached = np.zeros(len(of), dtype=bool)
        variants = self.ways.variants
        for begin in range(0, len(of), variants.most):
            here = slice(begin, begin + variants.most)
            rows = self.rows[of[here]]
            result = variants.score(rows, self.ways.cells(self.subsets[of[here]], offsets[here]))
            own = getattr(result.root, "own", np.arange(len(rows)))
            level = result.graded.level[own]
            reached[here] = (level >= 0) & (level <= self.target[rows])
        effort = (self.weights[of] * offsets).sum(axis=1)
        for box in np.flatnonzero(reached):
            number = of[box]
            if self.best[number] < 0 or effort[box] < self.best[number]:
                self.best[number], self.offsets[number] = effort[box], offsets[box]
        return reached

    def _near(self, boxes: _Boxes) -> _Boxes:
        """Boxes whose near corner does not reach the grade; of the others the near corner is the best."""
        boxes = boxes.where((boxes.low < boxes.high).any(axis=1))
        new = np.flatnonzero(~boxes.tried)
        reached = np.zeros(len(boxes.of), dtype=bool)
        reached[new] = self._reaches(boxes.of[new], boxes.low[new])
        return _Boxes(boxes.of, boxes.low, boxes.high, np.ones(len(boxes.of), dtype=bool)).where(~reached)

    def _kept(self, boxes: _Boxes) -> _Boxes:
        """Boxes in which something better than what is known may hide. As little effort as the last alternative may still come first
        in the document, unless it is known not to do."""
        effort = (self.weights[boxes.of] * boxes.low).sum(axis=1)
        line, own = self._line()[self.rows[boxes.of]], self.best[boxes.of]
        within = np.where(boxes.tried, effort < line, effort <= line)
        return boxes.where(((own < 0) | (effort < own)) & ((line < 0) | within))

    def _line(self) -> Any:
        """By row, the effort of the last alternative that would be given; −1 while there are too few."""
        line = np.full(len(self.target), -1, dtype=self.weights.dtype)
        known = np.flatnonzero(self.best >= 0)
        order = known[np.argsort(self.best[known], kind="stable")]
        order = order[np.argsort(self.rows[order], kind="stable")]
        place: dict[int, int] = {}
        for number in order:
            row = int(self.rows[number])
            place[row] = place.get(row, 0) + 1
            one = self.sought[row]
            if place[row] == one.wanted - len(one.found):
                line[row] = self.best[number]
        return line

    def _halved(self, boxes: _Boxes) -> _Boxes:
        """Every box in two along the lever that costs most across it; halves whose far corner does not reach it are left out."""
        if not len(boxes.of):
            return boxes
        counted = np.bincount(self.rows[boxes.of], minlength=len(self.target))
        for row in np.flatnonzero(counted > MOST_BOXES):
            self.sought[int(row)].limited = True
        boxes = boxes.where(counted[self.rows[boxes.of]] <= MOST_BOXES)
        of, low, high = boxes.of, boxes.low, boxes.high
        along, at = np.argmax(self.weights[of] * (high - low), axis=1), np.arange(len(of))
        middle = (low[at, along] + high[at, along]) // 2
        nearer, further = high.copy(), low.copy()
        nearer[at, along], further[at, along] = middle, middle + 1
        near = _Boxes(of, low, nearer, np.ones(len(of), dtype=bool)).where(self._reaches(of, nearer))
        far = _Boxes(of, further, high, np.zeros(len(of), dtype=bool))
        return _Boxes(*(np.concatenate(pair) for pair in zip(near.parts, far.parts, strict=True)))

    # --- what was found ----------------------------------------------------------------------------------------

    def _tell(self) -> None:
        found: dict[int, list[Found]] = {}
        for number in np.flatnonzero(self.best >= 0):
            row = int(self.rows[number])
            subset, offsets = (tuple(int(n) for n in part[number]) for part in (self.subsets, self.offsets))
            found.setdefault(row, []).append(Found(subset, offsets, Fraction(int(self.best[number]), self.scales[row])))
        for row, ones in found.items():
            one = self.sought[row]
            one.reached += [frozenset(each.ways) for each in ones]
            ones.sort(key=lambda each: (each.effort, each.ways, each.offsets))
            one.found += ones[: one.wanted - len(one.found)]


def needs(ways: Ways) -> Mapping[tuple[int, str], int]:
    """By row and lever, the offset that counts as an effort of 1."""
    return {(way.row, way.lever.name): way.need for way in ways.all if way.top}
