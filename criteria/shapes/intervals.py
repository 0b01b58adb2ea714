"""Intervals with open and closed ends, as bands and two-way tables use them."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from criteria.exact import Quantity, constant
from criteria.expressions.formula import static_value
from criteria.expressions.functions_pool import PoolAggregate
from criteria.expressions.functions_tables import TableAggregate
from criteria.expressions.rows import Rows
from criteria.expressions.terms import Arithmetic, Measured, Term, show_value
from criteria.shapes.base import BandEdges, Bindery


@dataclass(frozen=True)
class Edge:
    """value None: no bound. closed: the value itself belongs to the interval."""

    value: Fraction | None
    closed: bool


def bind_edges(edges: BandEdges, of: Term | None, bindery: Bindery) -> None:
    for formula in (edges.from_, edges.above, edges.below, edges.up_to):
        if formula is not None:
            bindery.bind(formula)
            if of is not None and formula.bound:
                bindery.comparable(of, formula)
    if (edges.from_ and edges.above) or (edges.below and edges.up_to):
        bindery.problem(
            "wrong-value",
            edges,
            "",
            "Một khoảng chỉ có một đầu dưới (from hoặc above) và một đầu trên (below hoặc up_to).",
        )


def lower(edges: BandEdges, levels: dict[str, int]) -> Edge:
    formula = edges.from_ or edges.above
    return Edge(static_value(formula.term, levels) if formula and formula.bound else None, edges.from_ is not None)


def upper(edges: BandEdges, levels: dict[str, int]) -> Edge:
    formula = edges.up_to or edges.below
    return Edge(static_value(formula.term, levels) if formula and formula.bound else None, edges.up_to is not None)


def constant_edges(entries: list[Any]) -> bool:
    return all(
        formula is None or (formula.bound and formula.term.constant_value is not None)
        for entry in entries
        for formula in (entry.from_, entry.above, entry.below, entry.up_to)
    )


class Locator:
    """Finds the entry of every row. Built once from entries whose intervals cover everything without overlap."""

    def __init__(self, entries: list[Any]) -> None:
        self.entries = entries
        self.steps: list[tuple[Fraction, bool]] | None = None
        self.scaled: dict[int, list[int]] = {}
        self.order = np.arange(len(entries))
        if constant_edges(entries):
            keyed = sorted(range(len(entries)), key=lambda i: _lower_key(lower(entries[i], {})))
            self.order = np.array(keyed)
            self.steps = [
                (edge.value or Fraction(0), edge.closed) for i in keyed[1:] for edge in [lower(entries[i], {})]
            ]

    def _reached(self, value: Quantity) -> Iterator[Any]:
        """For every lower edge but the first: value ≥ edge (closed) or > edge."""
        assert self.steps is not None
        if type(value.den) is not int:
            for threshold, closed in self.steps:
                yield value.compare(operator.ge if closed else operator.gt, constant(threshold))
            return
        if value.den not in self.scaled:  # over one denominator an edge is an integer: ≥ ⌈edge⌉, or > ⌊edge⌋
            self.scaled[value.den] = [
                math.ceil(t * value.den) if closed else math.floor(t * value.den) + 1 for t, closed in self.steps
            ]
        for edge in self.scaled[value.den]:
            yield value.num >= edge

    def find(self, value: Quantity, rows: Rows) -> Any:
        """int8 index of the entry per row."""
        if self.steps is not None:
            place: Any = np.int8(0)
            for reached in self._reached(value):
                place = place + np.asarray(reached).view(np.int8) if np.ndim(reached) else place + np.int8(reached)
            place = np.broadcast_to(place, (rows.size,))
            return place if (self.order == np.arange(len(self.order))).all() else self.order[place].astype(np.int8)
        index = np.zeros(rows.size, dtype=np.int8)
        for number, entry in reversed(list(enumerate(self.entries))):
            inside: Any = np.True_
            for formula, compare in (
                (entry.from_, operator.ge),
                (entry.above, operator.gt),
                (entry.below, operator.lt),
                (entry.up_to, operator.le),
            ):
                if formula is not None:
                    inside = inside & value.compare(compare, formula.evaluate(rows))
            index = np.where(inside, np.int8(number), index)
        return index


def _lower_key(edge: Edge) -> tuple[int, Fraction, int]:
    return (0, Fraction(0), 0) if edge.value is None else (1, edge.value, 0 if edge.closed else 1)


def check_cover(bindery: Bindery, entries: list[Any], levels: dict[str, int], show: Any, whole: Any = None) -> None:
    """Refuse gaps, overlaps and empty intervals. show: an edge's value as text. whole: least and greatest possible value, if known."""
    spans = [(lower(entry, levels), upper(entry, levels), entry) for entry in entries]
    for entry in entries:
        for formula in (entry.from_, entry.above, entry.below, entry.up_to):
            if formula is not None and (not formula.bound or static_value(formula.term, levels) is None):
                return  # edges that depend on the candidates cannot be proved here
    spans.sort(key=lambda span: _lower_key(span[0]))
    kept = []
    for low, high, entry in spans:
        if (
            low.value is not None
            and high.value is not None
            and (low.value > high.value or (low.value == high.value and not (low.closed and high.closed)))
        ):
            bindery.problem(
                "bands-unreachable",
                entry,
                "",
                f"Khoảng {_words(low, high, show)} không chứa giá trị nào.",
                "Kiểm tra hai đầu của khoảng.",
            )
        else:
            kept.append((low, high, entry))
    _check_neighbours(bindery, kept, show)
    if kept:
        _check_ends(bindery, kept, show, whole or (None, None))


def _check_neighbours(bindery: Bindery, kept: list[tuple[Edge, Edge, Any]], show: Any) -> None:
    """Refuse overlaps and gaps between neighbouring intervals."""
    for (low, high, _), (next_low, next_high, entry) in pairwise(kept):
        if (
            high.value is None
            or next_low.value is None
            or next_low.value < high.value
            or (next_low.value == high.value and high.closed and next_low.closed)
        ):
            bindery.problem(
                "bands-overlap",
                entry,
                "",
                f"Khoảng {_words(next_low, next_high, show)} chồng lên khoảng {_words(low, high, show)}.",
                "Dùng from/above và below/up_to để mỗi giá trị chỉ thuộc một khoảng.",
            )
        elif next_low.value > high.value or not (high.closed or next_low.closed):
            where = (
                f"đúng bằng {show(high.value)}"
                if next_low.value == high.value
                else f"từ {show(high.value)} đến {show(next_low.value)}"
            )
            bindery.problem(
                "bands-gap",
                entry,
                "",
                f"Không khoảng nào nói về giá trị {where}.",
                "Nối hai khoảng, hoặc thêm khoảng có ask hay reading.",
            )


def _check_ends(
    bindery: Bindery, kept: list[tuple[Edge, Edge, Any]], show: Any, whole: tuple[Fraction | None, Fraction | None]
) -> None:
    """Refuse values below the first interval and above the last, if they can occur."""
    first, last = kept[0], kept[-1]
    least, most = whole
    if first[0].value is not None and not (
        least is not None and (least > first[0].value or (least == first[0].value and first[0].closed))
    ):
        bindery.problem(
            "bands-gap",
            first[2],
            "",
            f"Không khoảng nào nói về giá trị dưới {show(first[0].value)}.",
            "Bỏ đầu dưới của khoảng thấp nhất.",
        )
    if last[1].value is not None and not (
        most is not None and (most < last[1].value or (most == last[1].value and last[1].closed))
    ):
        bindery.problem(
            "bands-gap",
            last[2],
            "",
            f"Không khoảng nào nói về giá trị trên {show(last[1].value)}.",
            "Bỏ đầu trên của khoảng cao nhất.",
        )


def _words(low: Edge, high: Edge, show: Any) -> str:
    parts = []
    if low.value is not None:
        parts.append(f"{'từ' if low.closed else 'trên'} {show(low.value)}")
    if high.value is not None:
        parts.append(f"{'đến' if high.closed else 'đến dưới' if parts else 'dưới'} {show(high.value)}")
    return " ".join(parts) or "mọi giá trị"


def interval_words(entry: BandEdges, rows: Rows | None = None) -> str:
    """từ 60 % đến dưới 85 %; with the numbers of one row, where they depend on it."""
    parts = []
    low = entry.from_ is not None or entry.above is not None
    for formula, word in (
        (entry.from_, "từ"),
        (entry.above, "trên"),
        (entry.below, "đến dưới" if low else "dưới"),
        (entry.up_to, "đến"),
    ):
        if formula is not None:
            fixed = rows is None or formula.term.constant_value is not None
            parts.append(f"{word} {formula.term.formula() if fixed or rows is None else formula.term.shown(rows)}")
    return " ".join(parts) or "còn lại"


def shower(of: Term | None) -> Any:
    """How an edge is written: as the quantity it is compared with."""

    def show(value: Fraction) -> str:
        if of is None:
            return str(value)
        return show_value(constant(value), of.kind)

    return show


def reach(of: Term | None) -> tuple[Fraction | None, Fraction | None]:
    """Least and greatest value of a term as far as declarations and arithmetic tell; None where they do not."""
    if of is None:
        return None, None
    if of.constant_value is not None:
        return of.constant_value, of.constant_value
    if isinstance(of, TableAggregate | PoolAggregate):
        inside = reach(of.value if isinstance(of, TableAggregate) else of.part)[0]
        counted = of.method in ("count", "rank")
        return Fraction(0) if counted or (inside is not None and inside >= 0) else None, None
    if isinstance(of, Measured):
        if of.parts:  # a derived measure reaches as far as its expression
            return reach(of.parts[0])
        return (of.at_least if isinstance(of.at_least, Fraction) else None), (
            of.at_most if isinstance(of.at_most, Fraction) else None
        )
    if isinstance(of, Arithmetic):
        (low, high), (other_low, other_high) = (reach(part) for part in of.parts)
        if of.sign == "+":
            return _plus(low, other_low), _plus(high, other_high)
        if of.sign == "-":
            return _plus(low, None if other_high is None else -other_high), _plus(
                high, None if other_low is None else -other_low
            )
        if low is not None and other_low is not None and low >= 0 and other_low >= 0:
            return Fraction(0), _most(of, high, other_low, other_high)
    return None, None


def _plus(first: Fraction | None, second: Fraction | None) -> Fraction | None:
    return None if first is None or second is None else first + second


def _most(
    of: Arithmetic, high: Fraction | None, other_low: Fraction | None, other_high: Fraction | None
) -> Fraction | None:
    """The greatest product or quotient of two numbers that are not negative."""
    left, right = of.parts
    if of.sign == "*":
        return None if high is None or other_high is None else high * other_high
    if isinstance(left, Measured) and isinstance(right, Measured) and left.at_most == right.name:
        return Fraction(1)
    return high / other_low if high is not None and other_low is not None and other_low > 0 else None
