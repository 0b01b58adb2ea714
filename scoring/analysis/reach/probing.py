"""Probing: how far each lever is worth moving. Small ranges are looked at value by value, large ones at probes that are then narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from criteria.exact import Quantity, round_to
from criteria.expressions import kinds
from criteria.expressions.terms import Junction, Measured, Negation, Term
from scoring.analysis.reach.variants import Variants
from scoring.analysis.reach.ways import Way, Ways
from scoring.node_result import deep_terms
from scoring.result import Result

WHOLE = 64  # offsets up to which every one is looked at
FAR = 44  # powers of two that are tried where a figure has no end
_EVEN = 32  # evenly spread probes of a large range
_PLACES = 9  # decimals in which points are compared, also where criteria are not rounded


@dataclass(frozen=True)
class Seen:
    """What was seen of a way: offsets in rising order from 0, and what could have got better at each, larger is better."""

    offsets: Any
    measured: Any


class Watch:
    """What may get better on the way to a grade: points of criteria, their sum, the total, entries, conditions, the grade."""

    def __init__(self, variants: Variants) -> None:
        self.variants = variants
        declared = variants.set
        self.leaves = [node.id for node in declared.leaves()]
        self.branches = [
            getattr(branch, "id", "")
            for branch in [*declared.printed_nodes(), declared.declaration]
            if branch.less is not None or branch.plus is not None
        ]
        self.atoms = self._atoms()
        self.sum = len(self.leaves)  # where the sum of the criteria stands

    def _atoms(self) -> list[Term]:
        """Conditions without and, or, not that read a figure that may change and nothing of the result."""
        found: list[Term] = []
        for formula in self.variants.set.formulas:
            if not formula.bound:
                continue
            for term in deep_terms(self.variants.set, formula.term, set()):
                if term.kind.name != kinds.TRUTH or isinstance(term, Junction | Negation):
                    continue
                inside = deep_terms(self.variants.set, term, set())
                results = any(
                    type(part).__name__ in ("NodeTerm", "ResultTerm", "Quantified", "GradeTerm") for part in inside
                )
                tables = any(hasattr(part, "table") for part in inside)
                moved = any(isinstance(part, Measured) and part.name in self.variants.moved for part in inside)
                if moved and not results and not tables:
                    found.append(term)
        return list({id(term): term for term in found}.values())

    def of(self, result: Result) -> Any:
        """(variants, watched) integers. The last columns say that an atom is false: they may only show that something changes."""
        own = getattr(result.root, "own", np.arange(result.size))
        columns = [self._points(result.points(node), result.size) for node in self.leaves]
        columns.append(sum(columns) if columns else np.zeros(result.size, dtype=np.int64))
        columns.append(self._points(result.points(), result.size))
        for branch in self.branches:
            made = result.root.result(branch)
            for amount, sign in ((made.lost, -1), (made.gained, 1)):
                if amount is not None:
                    columns.append(sign * self._points(amount, result.size))
        columns.append(np.where(result.graded.level >= 0, -result.graded.level, -len(result.set.grade_names) - 1))
        for term in self.atoms:
            columns.append(np.broadcast_to(term.evaluate(result.root).holds(), (result.size,)).astype(np.int64))
        for term in self.atoms:
            columns.append(np.broadcast_to(term.evaluate(result.root).fails(), (result.size,)).astype(np.int64))
        return np.stack([np.asarray(column)[own] for column in columns], axis=1)

    def _points(self, points: Quantity, size: int) -> Any:
        return np.broadcast_to(np.asarray(round_to(points, _PLACES).num), (size,))

    @property
    def falling(self) -> int:
        """How many of the last columns do not count for steadiness."""
        return len(self.atoms)


def probe(ways: Ways) -> None:
    """Fills in top, need, steady, gaps and rough of every way."""
    watch = Watch(ways.variants)
    alone = [number for number, way in enumerate(ways.all) if way.room != 0]
    _look(ways, watch, alone, {})
    meeting = [number for number, way in enumerate(ways.all) if way.mates]
    ends = {n: (w.room if w.room is not None else w.top) for n, w in enumerate(ways.all)}
    beside = {}
    for number in meeting:
        others = [m for name in sorted(ways.all[number].mates) if (m := ways.mate(number, name)) is not None]
        beside[number] = [(other, ends[other]) for other in others if ends[other]]
    if any(beside.values()):
        _look(ways, watch, [number for number in meeting if beside[number]], beside)
    for way in ways.all:
        way.need = way.need or way.top


def _look(ways: Ways, watch: Watch, numbers: Sequence[int], beside: dict[int, list[tuple[int, int]]]) -> None:
    """Probe these ways, others of the same unit standing at given offsets."""
    plans = []
    for number in numbers:
        way, room = ways.all[number], ways.all[number].room
        if way.bound_by and number in beside:
            bound = next(((o, at) for o, at in beside[number] if ways.all[o].lever.name == way.bound_by), None)
            room = ways.room_beside(number, *bound) if bound is not None else room
        plans.append(_offsets(room))
    seen = _seen(ways, watch, numbers, plans, beside)
    wanted: list[tuple[int, int, int, int]] = []  # way, column, an offset without, an offset with the most
    for number, one in zip(numbers, seen, strict=True):
        wanted += _analysed(ways, watch, number, one)
    _narrow(ways, watch, wanted, beside)
    unsteady = [n for n, one in zip(numbers, seen, strict=True) if not _judged(ways, watch, n, one)]
    again = [n for n in unsteady if ways.all[n].rough and ways.all[n].top <= WHOLE]
    whole = _seen(ways, watch, again, [np.arange(ways.all[n].top + 1) for n in again], beside)
    for number, one in zip(again, whole, strict=True):  # value by value
        ways.all[number].rough = False
        if not beside:
            ways.all[number].need = 0
        _analysed(ways, watch, number, one)


def _judged(ways: Ways, watch: Watch, number: int, seen: Seen) -> bool:
    """Whether nothing gets worse up to the top; written down, and whether that was seen at every offset."""
    way = ways.all[number]
    table = seen.measured[seen.offsets <= way.top]
    judged = table[:, : table.shape[1] - watch.falling]
    steady = bool((np.diff(judged, axis=0) >= 0).all())
    gaps = len(table) <= way.top
    way.steady &= steady
    way.gaps |= gaps
    way.rough |= gaps and not steady
    return steady


def _offsets(room: int | None) -> Any:
    if room is not None and room <= WHOLE:
        return np.arange(room + 1)
    last = room if room is not None else 1 << FAR
    chosen = {0, last, *range(1, 9), *(1 << power for power in range(FAR + 1) if 1 << power <= last)}
    if room is not None:
        chosen |= {room * step // _EVEN for step in range(_EVEN)}
    return np.array(sorted(chosen))


def _seen(
    ways: Ways, watch: Watch, numbers: Sequence[int], plans: Sequence[Any], beside: dict[int, list[tuple[int, int]]]
) -> list[Seen]:
    which = (
        np.concatenate([np.full(len(p), n) for n, p in zip(numbers, plans, strict=True)])
        if plans
        else np.array([], int)
    )
    offsets = np.concatenate(plans) if plans else np.array([], int)
    measured = measure(ways, watch, which, offsets, beside)
    found, at = [], 0
    for plan in plans:
        found.append(Seen(plan, measured[at : at + len(plan)]))
        at += len(plan)
    return found


def measure(ways: Ways, watch: Watch, which: Any, offsets: Any, beside: dict[int, list[tuple[int, int]]]) -> Any:
    """What is watched, for single ways at given offsets."""
    width = 1 + max((len(beside.get(int(n), ())) for n in np.unique(which)), default=0)
    table = np.full((len(which), width), -1, dtype=np.int64)
    steps = np.zeros((len(which), width), dtype=np.int64)
    table[:, 0], steps[:, 0] = which, offsets
    for number in np.unique(which) if width > 1 else ():
        for place, (other, at) in enumerate(beside.get(int(number), ()), 1):
            table[which == number, place], steps[which == number, place] = other, at
    found = []
    for begin in range(0, len(which), ways.variants.most):
        here = slice(begin, begin + ways.variants.most)
        result = ways.variants.score(ways.rows[which[here]], ways.cells(table[here], steps[here]))
        found.append(watch.of(result))
    return np.concatenate(found) if found else np.zeros((0, 1), dtype=np.int64)


def _analysed(ways: Ways, watch: Watch, number: int, seen: Seen) -> list[tuple[int, int, int, int]]:
    """Writes down the offsets from which things are at their best; what has to be narrowed is returned."""
    way, offsets, table = ways.all[number], seen.offsets, seen.measured
    most = table.max(axis=0)
    wanted = []
    for column in np.flatnonzero(most > table[0]):
        first = int(np.argmax(table[:, column] == most[column]))
        low, high = int(offsets[first - 1]), int(offsets[first])
        if high - low == 1:
            _reached(way, watch, int(column), high)
        else:
            wanted.append((number, int(column), low, high))
    return wanted


def _reached(way: Way, watch: Watch, column: int, offset: int) -> None:
    way.top = max(way.top, offset)
    if column == watch.sum and way.need == 0:
        way.need = offset


def _narrow(
    ways: Ways, watch: Watch, wanted: list[tuple[int, int, int, int]], beside: dict[int, list[tuple[int, int]]]
) -> None:
    """The first offset with the most, between two probes, by halving."""
    if not wanted:
        return
    which, column, low, high = (np.array(part) for part in zip(*wanted, strict=True))
    most = measure(ways, watch, which, high, beside)[np.arange(len(which)), column]
    while (high - low > 1).any():
        middle = (low + high) // 2
        has = measure(ways, watch, which, middle, beside)[np.arange(len(which)), column] >= most
        high, low = np.where(has, middle, high), np.where(has, low, middle)
    for number, at, offset in zip(which, column, high, strict=True):
        _reached(ways.all[int(number)], watch, int(at), int(offset))
