"""Polarity: whether points and conditions rise or fall with a measure, read off the expressions of a set.

Numbers are taken to be 0 or more, as measures are unless they say otherwise. What cannot be told is MIXED.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.declarations.controls import CapGrade, Control, Demote
from criteria.declarations.node import Branch, Entry, Node
from criteria.expressions.formula import Formula, Mark, static_value
from criteria.expressions.functions_numbers import Conditional, Defaulted, Extreme, Known, Picked, Rounded
from criteria.expressions.functions_pool import PoolAggregate, Previous
from criteria.expressions.terms import Arithmetic, Comparison, Junction, Measured, Named, Negated, Negation, Term
from criteria.shapes.bands import Bands
from criteria.shapes.base import Shape
from criteria.shapes.levels import Levels
from criteria.shapes.linear import Linear
from criteria.shapes.table import Table

RISES, FALLS, MIXED = 1, -1, 0
_SIDES = {">": (1, -1), ">=": (1, -1), "<": (-1, 1), "<=": (-1, 1)}


def polarity(criteria: CriteriaSet) -> dict[str, set[int]]:
    """By name of a measure: how what reads it rises or falls with it, over all that is in force."""
    reader = _Reader(criteria)
    for branch in [*criteria.nodes(), criteria.declaration]:
        reader.branch(branch)
    for grade in criteria.declaration.grades:
        reader.formula(grade.need, RISES)
    return reader.found


def ordered(points: list[Fraction | None]) -> int:
    """Whether numbers rise, fall, or neither."""
    if None in points:
        return MIXED
    steps = [b - a for a, b in pairwise(points) if a is not None and b is not None]
    return RISES if all(step >= 0 for step in steps) else FALLS if all(step <= 0 for step in steps) else MIXED


class _Reader:
    def __init__(self, criteria: CriteriaSet) -> None:
        self.set = criteria
        self.found: dict[str, set[int]] = {}
        self.open: set[str] = set()  # named quantities being read: a circle ends here

    # --- blocks ------------------------------------------------------------------------------------------------

    def branch(self, branch: Branch) -> None:
        if isinstance(branch, Node):
            self.shape(branch.shape, RISES, branch.max)
            for mark in (branch.max, branch.weight):
                self.formula(mark, MIXED)
            if branch.when is not None:
                self.formula(branch.when.need, MIXED)
        for factor in (branch.coefficient, branch.ceiling):
            self.formula(factor, RISES)
        controls: list[Control | CapGrade | Demote] = [*branch.gate, *branch.stop, *branch.zero]
        controls += [*branch.cap_grade, *branch.demote]
        for control in controls:
            self.formula(control.need, RISES)
        for group, sign in ((branch.less, FALLS), (branch.plus, RISES)):
            if group is not None:
                for formula in (group.cap, group.floor):
                    self.formula(formula, sign)
                for entry in group.walk():
                    self.entry(entry, sign)

    def entry(self, entry: Entry, sign: int) -> None:
        self.shape(entry.shape, sign)
        for formula in (entry.max, entry.cap, entry.floor, entry.coefficient):
            self.formula(formula, sign)
        if entry.when is not None:
            self.formula(entry.when.need, MIXED)

    def shape(self, shape: Shape | None, sign: int, mark: Mark | None = None) -> None:
        if shape is None:
            return
        frame = static_value(mark.term, {}) if mark is not None and mark.bound else None
        if shape._of is not None:
            self.term(shape._of, sign * _rising(shape, frame))
        if isinstance(shape, Table):
            for formula, across in ((shape.rows, False), (shape.columns, True)):
                self.formula(formula, sign * _margin(shape, across, frame))
        for name in type(shape).model_fields:
            if name not in ("of", "rows", "columns"):
                for formula in _formulas_of(getattr(shape, name)):
                    self.formula(formula, MIXED)

    def formula(self, formula: Formula | None, sign: int) -> None:
        if formula is not None and formula.bound:
            self.term(formula.term, sign)

    # --- terms -------------------------------------------------------------------------------------------------

    def term(self, term: Term, sign: int) -> None:
        for kind, read in _READ.items():
            if isinstance(term, kind):
                read(self, term, sign)
                return
        for part in term.parts:  # nothing is known of it
            self.term(part, MIXED)

    def measured(self, term: Any, sign: int) -> None:
        if term.name in self.set.derived:
            self.term(self.set.derived[term.name], sign)
        else:
            self.found.setdefault(term.name, set()).add(sign)

    def named(self, term: Any, sign: int) -> None:
        if term.name in self.open:
            return
        self.open.add(term.name)
        quantity = self.set.declaration.quantities[term.name]
        self.formula(quantity.of, sign)
        self.shape(quantity.shape, sign)
        self.open.discard(term.name)

    def arithmetic(self, term: Any, sign: int) -> None:
        left, right = term.parts
        if term.sign == "*":
            for part, other in ((left, right), (right, left)):
                value = other.constant_value
                self.term(part, sign if value is None else sign * (value > 0) - sign * (value < 0))
            return
        self.term(left, sign)
        self.term(right, sign if term.sign == "+" else -sign)

    def comparison(self, term: Any, sign: int) -> None:
        for part, side in zip(term.parts, _SIDES.get(term.sign, (MIXED, MIXED)), strict=True):
            self.term(part, sign * side)

    def conditional(self, term: Any, sign: int) -> None:
        """if(c, a, 0) and if(c, 0, b) are as good as c, or as bad; of other branches nothing is known."""
        condition, first, second = term.parts
        side = RISES if second.constant_value == 0 else FALLS if first.constant_value == 0 else MIXED
        self.term(condition, sign * side)
        self.term(first, sign)
        self.term(second, sign)

    def picked(self, term: Any, sign: int) -> None:
        attribute, *numbers = term.parts
        self.term(attribute, sign * ordered([static_value(number, {}) for number in numbers]))
        for number in numbers:
            self.term(number, sign)

    def pool(self, term: Any, sign: int) -> None:
        """One's own place falls as one's own value rises; what else a pool gives belongs to the others."""
        if term.method == "rank":
            self.term(term.part, -sign)

    def alike(self, term: Any, sign: int) -> None:
        for part in term.parts:
            self.term(part, sign)

    def against(self, term: Any, sign: int) -> None:
        for part in term.parts:
            self.term(part, -sign)

    def rounded(self, term: Any, sign: int) -> None:
        for part in term.parts:
            self.term(part, MIXED if term.name == "abs" else sign)

    def nothing(self, term: Any, sign: int) -> None:
        """What a unit's own figures of this round do not move."""


_READ: dict[type[Term], Callable[[_Reader, Any, int], None]] = {
    Measured: _Reader.measured,
    Named: _Reader.named,
    Arithmetic: _Reader.arithmetic,
    Comparison: _Reader.comparison,
    Conditional: _Reader.conditional,
    Picked: _Reader.picked,
    PoolAggregate: _Reader.pool,
    Junction: _Reader.alike,
    Extreme: _Reader.alike,
    Defaulted: _Reader.alike,
    Negation: _Reader.against,
    Negated: _Reader.against,
    Rounded: _Reader.rounded,
    Known: _Reader.nothing,
    Previous: _Reader.nothing,
}


def _formulas_of(value: Any) -> Iterator[Formula]:
    if isinstance(value, Formula):
        yield value
    elif isinstance(value, Shape):
        return
    elif isinstance(value, list):
        for item in value:
            yield from _formulas_of(item)
    elif hasattr(value, "formulas"):
        yield from value.formulas()


def _rising(shape: Shape, frame: Fraction | None) -> int:
    """Whether what a shape gives rises with its quantity. frame: the full mark, where the file alone tells."""
    if isinstance(shape, Linear):
        start, end = (static_value(edge.term, {}) if edge.bound else None for edge in (shape.from_, shape.to))
        return RISES if start is None or end is None or end >= start else FALLS
    if isinstance(shape, Bands):
        return _rising_bands(shape, frame)
    if isinstance(shape, Levels):
        return ordered([mark.static(frame, {}) for mark in shape._marks])
    return RISES


def _rising_bands(shape: Bands, frame: Fraction | None) -> int:
    """By the points at the lower end of every band; a shape inside a band has to rise, too."""
    if shape.locator.steps is None:
        return MIXED
    entries = [shape.at[int(place)] for place in shape.locator.order]
    if any(
        entry.ask is not None or (entry.shape is not None and _rising(entry.shape, frame) != RISES) for entry in entries
    ):
        return MIXED
    ends = [None, *(edge for edge, _ in shape.locator.steps)]
    points = [
        entry.points_at(end, frame or Fraction(0), {})
        if frame is not None or entry.points is None or entry.points.share is None
        else None
        for entry, end in zip(entries, ends, strict=True)
    ]
    if points[0] is None and entries[0].shape is not None:
        points = points[1:]
    return ordered(points)


def _margin(shape: Table, across: bool, frame: Fraction | None) -> int:
    lines = shape.points if across else [list(column) for column in zip(*shape.points, strict=True)]
    signs = {ordered([mark.static(frame, {}) for mark in line]) for line in lines}
    return signs.pop() if len(signs) == 1 else MIXED
