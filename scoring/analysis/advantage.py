"""Built-in advantage: whether what does not apply, or what can be reached, puts one pool or kind of candidates ahead of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Node
from criteria.exact import KNOWN, Quantity, constant, lesser
from criteria.exact.truth import choose
from criteria.expressions import kinds
from scoring import states
from scoring.analysis.weights import summands
from scoring.result import ILLUSTRATION, Result
from scoring.tables import natural_key

POOL = "pool"
_MOST_SIDES = 12  # values of a column that still make sides to compare
ZERO = constant(0)


@dataclass(frozen=True)
class Side:
    """One pool, or all candidates with one value of an attribute. Shares are means over its candidates, exact.

    in_force: of the marks of all criteria, what applies. reachable: of the whole's mark, the most that can be had there, ceilings and
    scaling back included. factor: by how much scaling back multiplies a point. everything: share reached of all that applies.
    common: share reached of the criteria that everybody has; None without any. not_applied: criterion, to how many it does not apply.
    """

    by: str
    name: str
    size: int
    in_force: Fraction
    reachable: Fraction
    factor: Fraction
    everything: Fraction
    common: Fraction | None
    not_applied: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Comparison:
    """The sides of one pool column or attribute, best `everything` first, and what separates first from last.

    gap: first minus last over all that applies; common_gap: the same two over the criteria everybody has.
    """

    by: str
    label: str
    sides: tuple[Side, ...]

    @property
    def gap(self) -> Fraction:
        return self.sides[0].everything - self.sides[-1].everything

    @property
    def common_gap(self) -> Fraction | None:
        first, last = self.sides[0].common, self.sides[-1].common
        return first - last if first is not None and last is not None else None

    @property
    def explained(self) -> Fraction | None:
        """What of the gap is gone when only common criteria count: it comes with what applies to whom, not with common results."""
        return self.gap - self.common_gap if self.common_gap is not None else None


@dataclass(frozen=True)
class Advantage:
    """candidates: who was compared; left_out: whose result is not settled. common: criteria that all of them have; of: of all.

    blind: criteria without data of anybody, left out of both shares.
    """

    candidates: int
    left_out: int
    common: tuple[str, ...]
    of: int
    blind: tuple[str, ...]
    comparisons: tuple[Comparison, ...]


def advantage(result: Result) -> Advantage:
    """Pools and attributes with at least two values among the candidates who are settled."""
    units = summands(result)
    size = result.size
    here = [_positive(maximum, size) for _, _, maximum, _ in units]
    waits = [np.broadcast_to(np.asarray(states.waiting(result.state(ident))), (size,)) for ident, *_ in units]
    blind = [bool(one.any()) and not (one & ~wait).any() for one, wait in zip(here, waits, strict=True)]
    seen = [number for number in range(len(units)) if not blind[number]]
    settled = _positive(result.root.result("").maximum, size)
    for number in seen:
        settled = settled & ~(here[number] & waits[number])
    rows = np.flatnonzero(settled)
    common = [number for number in seen if len(rows) and here[number][rows].all()]
    shares = {int(row): _shares_of(result, units, int(row), seen, common, any(blind)) for row in rows}
    facts = _facts(result, units, rows)
    found = []
    for by, label, names in _columns(result):
        values = sorted({names[row] for row in shares if names[row]}, key=natural_key)
        if 2 <= len(values) <= _MOST_SIDES or (by == POOL and len(values) > 1):
            members = {value: [row for row in shares if names[row] == value] for value in values}
            sides = [_side(result, by, value, members[value], shares, facts) for value in values]
            found.append(Comparison(by, label, tuple(sorted(sides, key=lambda one: -one.everything))))
    outside = int(_positive(result.root.result("").maximum, size).sum()) - len(rows)
    ids = tuple(units[number][0] for number in common)
    return Advantage(len(rows), outside, ids, len(seen), _ids(units, blind), tuple(found))


def _side(
    result: Result,
    by: str,
    name: str,
    rows: list[int],
    shares: dict[int, tuple[Fraction, Fraction | None]],
    facts: dict[int, tuple[Fraction, Fraction, Fraction]],
) -> Side:
    known = [share for _, share in (shares[row] for row in rows) if share is not None]
    out = []
    for node in result.set.leaves():
        state = result.state(node.id)
        count = int((state[rows] == states.DOES_NOT_APPLY).sum()) if state is not None else 0
        if count:
            out.append((node.id, count))
    in_force, reachable, factor = (_mean(facts[row][place] for row in rows) for place in range(3))
    everything = _mean(shares[row][0] for row in rows)
    common = _mean(known) if known else None
    return Side(by, name, len(rows), in_force, reachable, factor, everything, common, tuple(out))


def _shares_of(
    result: Result,
    units: list[tuple[str, Quantity, Quantity, Quantity]],
    row: int,
    seen: list[int],
    common: list[int],
    blind: bool,
) -> tuple[Fraction, Fraction | None]:
    """Of one candidate: share of all that applies, share of what everybody has."""
    root = result.root.result("")
    whole = _ratio(root.points.at(row), root.maximum.at(row)) if not blind else _share(units, seen, row)
    return whole or Fraction(0), _share(units, common, row)


def _share(units: list[tuple[str, Quantity, Quantity, Quantity]], some: list[int], row: int) -> Fraction | None:
    points = sum((units[number][1].at(row) or Fraction(0) for number in some), Fraction(0))
    return _ratio(points, sum((units[number][2].at(row) or Fraction(0) for number in some), Fraction(0)))


def _facts(
    result: Result, units: list[tuple[str, Quantity, Quantity, Quantity]], rows: Any
) -> dict[int, tuple[Fraction, Fraction, Fraction]]:
    """By row: share of marks in force, reachable share of the whole's mark, factor of scaling back."""
    root = result.root.result("")
    reach = _reachable(result, result.set.declaration, "")
    found = {}
    for row in rows.tolist():
        marks = sum((mark.at(row) or Fraction(0) for *_, mark in units), Fraction(0))
        inside = sum((maximum.at(row) or Fraction(0) for _, _, maximum, _ in units), Fraction(0))
        found[row] = (
            _ratio(inside, marks) or Fraction(0),
            _ratio(reach.at(row), root.mark.at(row)) or Fraction(0),
            _ratio(root.maximum.at(row), inside) or Fraction(1),
        )
    return found


def _reachable(result: Result, branch: SetDeclaration | Node, ident: str) -> Quantity:
    """The most points that can be had of a node: what applies, scaled back where the node is, under its ceiling."""
    made = result.root.result(ident)
    inner = branch.parts if not (isinstance(branch, Node) and branch.over is not None) else []
    most = made.maximum
    if inner and branch.combine.how == "sum":
        most, inside = ZERO, ZERO
        for child in inner:
            most, inside = most + _reachable(result, child, child.id), inside + result.root.result(child.id).maximum
        if branch.rescale:
            nothing = ~_positive(inside, result.size)
            most = choose(nothing, ZERO, most * made.mark / choose(nothing, constant(1), inside))
    if branch.ceiling is not None:
        most = lesser(most, branch.ceiling.points(result.root, made.mark).with_absent(None))
    return most


def _columns(result: Result) -> Iterable[tuple[str, str, list[str]]]:
    """What candidates may be divided by: pools, attributes with levels, other columns of the roster. Name, label, value by row."""
    table = result.root.table
    yield POOL, "", result.pools
    for name in result.set.attributes:
        declared, column = result.set.inputs[name], table.columns.get(name)
        if column is None or name == result.root.pool_name or declared.kind.name not in (kinds.LEVEL, kinds.TRUTH):
            continue
        words = declared.kind.levels if declared.kind.name == kinds.LEVEL else ("không", "có")
        known = np.ones(len(column), dtype=bool) if column.absent is None else np.asarray(column.absent) == KNOWN
        yield name, declared.label, [words[int(v)] if k else "" for v, k in zip(column.values, known, strict=True)]
    for name, texts in table.extra.items():
        if name not in (ILLUSTRATION, POOL, result.root.pool_name):
            yield name, "", list(texts)


def _ids(units: list[tuple[str, Quantity, Quantity, Quantity]], which: list[bool]) -> tuple[str, ...]:
    return tuple(unit[0] for unit, one in zip(units, which, strict=True) if one)


def _positive(quantity: Quantity, size: int) -> Any:
    return np.broadcast_to(np.asarray(quantity.compare(np.greater, ZERO)), (size,))


def _ratio(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    return part / whole if part is not None and whole else None


def _mean(values: Iterable[Fraction]) -> Fraction:
    found = list(values)
    return sum(found, Fraction(0)) / len(found)
