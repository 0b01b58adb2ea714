"""The total as a sum of marks that a draw may make larger and smaller: what is drawn, what is held as it was scored."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Branch, Node
from criteria.exact import Quantity, constant, round_to
from criteria.exact.groups import column_of
from criteria.exact.truth import choose
from scoring.result import Result

ONE = 1000  # a factor counts thousandths
LARGEST = 1 << 62
_MOST_STEPS = 1 << 40  # a mark in steps; above it fractions have no small common denominator


@dataclass(frozen=True)
class Unit:
    """A criterion, or a node held together, whose mark a draw changes. points, maximum in force, mark: int64 per row, in steps."""

    id: str
    points: Any
    maximum: Any
    mark: Any


@dataclass(frozen=True)
class Summed:
    """A node that adds units and nodes. scaled: it is scaled back to its whole mark where something does not apply."""

    units: tuple[int, ...]
    inner: tuple[Summed, ...]
    scaled: bool


@dataclass(frozen=True)
class WeightedTotal:
    """What a draw works on. step: parts of a point that make 1. rows: of the result, those with a place.

    rest: per row, in thousandths of a step, what the total has beside the sum (entries and bounds of the whole, rounding).
    held: node and sentence of everything that a draw leaves as it was scored. why_not: why nothing can be drawn, "" if it can.
    """

    units: tuple[Unit, ...] = ()
    root: Summed = Summed((), (), False)
    rest: Any = None
    step: int = 1
    rows: Any = None
    held: tuple[tuple[str, str], ...] = ()
    why_not: str = ""

    @property
    def size(self) -> int:
        return len(self.rows)

    def stacked(self, name: str) -> Any:
        """points, maximum or mark of all units: (units, rows)."""
        return np.stack([getattr(unit, name) for unit in self.units])


@dataclass
class _Reader:
    """Takes a result apart."""

    result: Result
    rows: Any
    found: list[tuple[str, Quantity, Quantity, Quantity]] = field(default_factory=list)
    held: list[tuple[str, str]] = field(default_factory=list)

    def node(self, node: Node) -> tuple[list[int], list[Summed]]:
        """The units and scaled nodes that add up to the node; the node itself as one unit, where it is no sum."""
        if not node.parts or node.over is not None:
            return self.unit(node), []
        start, told = len(self.found), len(self.held)
        why = _no_sum(node)
        if not why:
            units, inner = self.children(node)
            if self._adds_up(node):
                return ([], [Summed(tuple(units), tuple(inner), True)]) if node.rescale else (units, inner)
            why = "điểm của nhóm không chỉ là tổng điểm bên trong"
        del self.found[start:], self.held[told:]
        self.held.append((node.id, why))
        return self.unit(node), []

    def children(self, branch: Branch) -> tuple[list[int], list[Summed]]:
        units: list[int] = []
        inner: list[Summed] = []
        for child in _parts(branch):
            more, scaled = self.node(child)
            units += more
            inner += scaled
        return units, inner

    def unit(self, node: Node) -> list[int]:
        made = self.result.root.result(node.id)
        self.found.append((node.id, made.points, made.maximum, made.mark))
        return [len(self.found) - 1]

    def _adds_up(self, node: Node) -> bool:
        """Whether the engine's points are those of the sum, on every row: conditions, bounds and entries may say otherwise."""
        made = self.result.root.result(node.id)
        inside = [self.result.root.result(child.id) for child in node.parts]
        points, maximum, mark = (constant(0) for _ in range(3))
        for one in inside:
            points, maximum, mark = points + one.points, maximum + one.maximum, mark + one.mark
        if node.rescale:
            nothing = np.broadcast_to(np.asarray(maximum.compare(np.less_equal, constant(0))), (self.result.size,))
            points = choose(nothing, constant(0), points * mark / choose(nothing, constant(1), maximum))
            maximum = choose(nothing, constant(0), mark)
            exact = self.result.set.declaration.points
            points = round_to(points, exact.places, exact.rounding) if exact.round_at == "leaf" else points
        pairs = ((points, made.points), (maximum, made.maximum), (mark, made.mark))
        return all(bool(np.all(np.asarray(one.compare(np.equal, other)))) for one, other in pairs)


def weighted_total(result: Result) -> WeightedTotal:
    """The total of everybody who has a place, as a draw can change it."""
    rows = np.flatnonzero(np.asarray(result.ranks) > 0)
    rank = result.set.declaration.rank
    by = "".join(str(rank.by.source).split()) if rank is not None else ""
    if by not in ("total", "share"):
        return WeightedTotal(rows=rows, why_not="Xếp hạng không theo tổng điểm hay tỷ lệ đạt, nên không thử trọng số.")
    how = result.set.declaration.combine.how
    if how not in ("sum", "weighted", "mean"):
        return WeightedTotal(rows=rows, why_not="Tổng điểm không phải là tổng có trọng số, nên không thử trọng số.")
    if not len(rows):
        return WeightedTotal(rows=rows, why_not="Chưa đối tượng nào có thứ hạng.")
    reader = _Reader(result, rows)
    units, inner = reader.children(result.set.declaration) if how == "sum" else (_shares(reader, how), [])
    scaled = result.set.declaration.rescale or how != "sum" or by == "share"
    made, step = _in_steps(reader.found, rows, result.size)
    if step == 0:
        return WeightedTotal(rows=rows, why_not="Điểm là phân số không có mẫu số chung nhỏ, nên không thử trọng số.")
    if len(made) < 2:
        why = "Chỉ có một điểm thành phần cộng vào tổng, nên thay đổi trọng số không đổi được gì."
        return WeightedTotal(rows=rows, held=tuple(reader.held), why_not=why)
    root = Summed(tuple(units), tuple(inner), scaled)
    bare = WeightedTotal(made, root, np.zeros(len(rows), dtype=np.int64), step, rows, tuple(reader.held))
    return _with_rest(bare, result, by)


def summands(result: Result) -> list[tuple[str, Quantity, Quantity, Quantity]]:
    """What adds up to the total: id, points, maximum in force, mark of every criterion, or of a node that is no sum."""
    reader = _Reader(result, np.arange(result.size))
    how = result.set.declaration.combine.how
    if how in ("weighted", "mean"):
        _shares(reader, how)
    else:
        reader.children(result.set.declaration)
    return reader.found


def drawn(total: WeightedTotal, factors: Any) -> Any:
    """What every row of a draw has: int64 of shape (draws, rows), larger is better; whole numbers of one scale inside a draw.

    factors: int64 (draws, units) in thousandths. A scaled node is rounded half up to a thousandth of a step. The sum is brought
    back to the mark of the whole, so that what is held counts as much as before.
    """
    points, maxima, marks = total.stacked("points"), *(_uniform(total.stacked(one)) for one in ("maximum", "mark"))
    if _bound(total, factors) >= LARGEST:
        points, maxima, marks, factors = (one.astype(object) for one in (points, maxima, marks, factors))
    value, mark, _ = _value(total.root, points, maxima, marks, factors)
    whole = marks.sum(axis=0, keepdims=True)
    if mark.shape[1] == 1:
        return value * whole * ONE + total.rest[None, :] * mark
    return _quotient(value * whole * ONE, mark) + total.rest[None, :]


def _value(node: Summed, points: Any, maxima: Any, marks: Any, factors: Any) -> tuple[Any, Any, Any]:
    """Points, mark and maximum in force of a node: (draws, rows), or (draws, 1) where all rows have the same."""
    own = list(node.units)
    value, mark, maximum = (factors[:, own] @ one[own] for one in (points, marks, maxima))
    for child in node.inner:
        more = _value(child, points, maxima, marks, factors)
        value, mark, maximum = value + more[0], mark + more[1], maximum + more[2]
    if not node.scaled:
        return value, mark, maximum
    if maximum.shape == mark.shape and np.array_equal(maximum, mark):
        return value, mark, mark
    nothing = maximum <= 0
    scaled = _quotient(value * mark, np.where(nothing, 1, maximum))
    return np.where(nothing, 0, scaled), mark, np.where(nothing, 0, mark)


def _quotient(num: Any, den: Any) -> Any:
    """Rounded half up."""
    return (2 * num + den) // (2 * den)


def _uniform(values: Any) -> Any:
    """One column where all rows are alike: most marks and maxima are."""
    return values[:, :1] if (values == values[:, :1]).all() else values


def _bound(total: WeightedTotal, factors: Any) -> int:
    """More than any number on the way can be."""
    if any((np.abs(unit.points) > unit.maximum).any() for unit in total.units) and (
        total.root.scaled or total.root.inner
    ):
        return LARGEST  # scaling back may make such points as large as it likes
    most = int(np.max(factors, initial=ONE))
    points = int(np.abs(total.stacked("points")).sum(axis=0).max(initial=1))
    mark = int(np.abs(total.stacked("mark")).sum(axis=0).max(initial=1))
    value = max(points, mark, 1) * most  # a scaled node has at most its mark, where points stay below the maximum
    scaled = 4 * value * max(mark, 1) * most
    rest = int(np.abs(total.rest).max(initial=0)) * mark * most
    return max(scaled, 4 * value * mark * ONE + rest)


def _with_rest(total: WeightedTotal, result: Result, by: str) -> WeightedTotal:
    """The same with what the total has beside the sum: with no noise at all the places are those of the result."""
    ones = np.full((1, len(total.units)), ONE, dtype=np.int64)
    points, maxima, marks = total.stacked("points"), *(_uniform(total.stacked(one)) for one in ("maximum", "mark"))
    if _bound(total, ones) >= LARGEST:
        points, maxima, marks, ones = (one.astype(object) for one in (points, maxima, marks, ones))
    value = _value(total.root, points, maxima, marks, ones)[0][0]
    whole = np.broadcast_to(marks.sum(axis=0), (total.size,))
    root = result.root.result("")
    rest = []
    for place, row in enumerate(total.rows.tolist()):
        has = root.points.at(row) or Fraction(0)
        most = root.maximum.at(row) or Fraction(0)
        wanted = has * total.step if by == "total" else has / most * int(whole[place]) if most else Fraction(0)
        rest.append(math.floor(wanted * ONE + Fraction(1, 2)) - int(value[place]))
    held = list(total.held)
    declared = result.set.declaration
    if any((declared.less, declared.plus, declared.ceiling, declared.zero, declared.coefficient)):
        held.append(("", "điểm trừ, điểm cộng, mức trần và điều kiện của cả bộ"))
    if any(rest):
        held.append(("", "phần lẻ do làm tròn"))
    return WeightedTotal(total.units, total.root, np.array(rest, dtype=np.int64), total.step, total.rows, tuple(held))


def _no_sum(node: Node) -> str:
    """Why a node is no plain or scaled sum of its children; "" when it may be one."""
    if node.combine.how != "sum":
        return "điểm của nhóm không cộng từ các tiêu chí bên trong"
    if node.coefficient is not None or node.grid is not None:
        return "nhóm có hệ số hoặc lưới điểm"
    if node.less is not None or node.plus is not None:
        return "nhóm có điểm trừ, điểm cộng"
    return "nhóm có mức trần" if node.ceiling is not None else ""


def _parts(branch: Branch) -> list[Node]:
    return branch.parts if isinstance(branch, Node | SetDeclaration) else []


def _shares(reader: _Reader, how: str) -> list[int]:
    """The parts of a weighted whole, each with its weight of the whole's mark; of a mean, each with the same."""
    result = reader.result
    mark = result.root.result("").mark
    parts = result.set.declaration.parts
    weights = [
        constant(1) if how == "mean" or part.weight is None else part.weight.number(result.root) for part in parts
    ]
    whole = weights[0]
    for weight in weights[1:]:
        whole = whole + weight
    units = []
    for part, weight in zip(parts, weights, strict=True):
        made = result.root.result(part.id)
        own = mark * weight / whole
        out = np.broadcast_to(np.asarray(made.maximum.compare(np.less_equal, constant(0))), (result.size,))
        share = made.points / (choose(out, constant(1), made.maximum) if how == "weighted" else mark)
        reader.found.append((part.id, choose(out, constant(0), own * share), choose(out, constant(0), own), own))
        if part.parts:
            reader.held.append((part.id, "điểm của nhóm đứng trong một tổng có trọng số hoặc trung bình"))
        units.append(len(reader.found) - 1)
    return units


def _in_steps(
    found: list[tuple[str, Quantity, Quantity, Quantity]], rows: Any, size: int
) -> tuple[tuple[Unit, ...], int]:
    """Units as whole numbers of one step; step 0 when there is none that is large enough."""
    step = 1
    for _, *columns in found:
        for column in columns:
            dens = [column.den] if isinstance(column.den, int) else np.unique(np.asarray(column.den)[rows]).tolist()
            step = math.lcm(step, *(int(den) for den in dens))
            if step * max(column.size // max(column.den_high, 1), 1) > _MOST_STEPS:
                return (), 0
    return tuple(Unit(ident, *(_steps(one, rows, size, step) for one in columns)) for ident, *columns in found), step


def _steps(column: Quantity, rows: Any, size: int, step: int) -> Any:
    values = column_of(column, size)
    den = values.den if isinstance(values.den, int) else values.den[rows]
    return (values.num[rows] * (step // den)).astype(np.int64)
