"""Whether expressions and shapes of a set can only rise when what they read rises: the one place that works it out.

A proof holds for all figures that the set lets through, whatever else stands in the row; a value that is there stays there. A guess
takes every number to be 0 or more, a condition to be worth something, a straight line to rise: it says what a measure is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from criteria.expressions.formula import Formula, Mark, static_value
from criteria.expressions.functions_numbers import Conditional, Defaulted, Extreme, Known, Picked, Rounded
from criteria.expressions.functions_pool import PoolAggregate, Previous
from criteria.expressions.functions_results import NodeTerm, Quantified, ResultTerm
from criteria.expressions.terms import Arithmetic, Comparison, Junction, Measured, Named, Negated, Negation, Term
from criteria.shapes.bands import Bands
from criteria.shapes.base import Shape
from criteria.shapes.count import Count
from criteria.shapes.full import Full
from criteria.shapes.levels import Levels
from criteria.shapes.linear import Linear
from criteria.shapes.steps import Steps
from criteria.shapes.table import Table
from criteria.shapes.value import Value
from scoring.analysis.directions import FALLS, RISES, Direction, both, ordered, times, turned
from scoring.analysis.readings import Reader, Token, formulas_in


@dataclass(frozen=True)
class Rising:
    """own: what moves are figures of one candidate while everybody else stays; else they are points, of anybody.

    guessing: guesses where nothing is proven. before: columns in which nobody had less than 0 the round before.

    A truth rises from false over unknown to true.
    """

    reader: Reader
    own: bool = False
    guessing: bool = False
    before: frozenset[str] = frozenset()

    def formula(self, formula: Formula | None, moving: frozenset[Token]) -> Direction:
        return self.term(formula.term, moving) if formula is not None and formula.bound else 0

    def term(self, term: Term, moving: frozenset[Token]) -> Direction:
        """Where what is in `moving` can only rise: how the term moves."""
        if not self.reader.tokens(term) & moving:
            return 0
        rule = next((rule for kind, rule in _RULES.items() if isinstance(term, kind)), None)
        return rule(self, term, moving) if rule is not None else None

    # --- terms -------------------------------------------------------------------------------------------------

    def _result(self, term: Any, _: frozenset[Token]) -> Direction:
        return None if isinstance(term, ResultTerm) and "maximum" in term.method else RISES

    def _measured(self, term: Any, moving: frozenset[Token]) -> Direction:
        if ("column", term.name) in moving:
            return RISES
        derived = self.reader.criteria.derived.get(term.name)
        return self.term(derived, moving) if derived is not None else None

    def _named(self, term: Any, moving: frozenset[Token]) -> Direction:
        quantity = self.reader.criteria.declaration.quantities[term.name]
        return both(self.formula(quantity.of, moving), self.shape(quantity.shape, moving))

    def _comparison(self, term: Any, moving: frozenset[Token]) -> Direction:
        left, right = (self.term(part, moving) for part in term.parts)
        if term.sign in (">", ">="):
            return both(left, turned(right))
        return both(turned(left), right) if term.sign in ("<", "<=") else None

    def _alike(self, term: Any, moving: frozenset[Token]) -> Direction:
        return both(*(self.term(part, moving) for part in term.parts))

    def _against(self, term: Any, moving: frozenset[Token]) -> Direction:
        return turned(self.term(term.parts[0], moving))

    def _quantified(self, term: Any, moving: frozenset[Token]) -> Direction:
        return self.term(term.parts[0], moving | {("result", "leaf_points"), ("result", "leaf_share")})

    def _rounded(self, term: Any, moving: frozenset[Token]) -> Direction:
        return None if term.name == "abs" else self.term(term.parts[0], moving)

    def _known(self, term: Any, moving: frozenset[Token]) -> Direction:
        return 0 if self.own else None

    def _pool(self, term: Any, moving: frozenset[Token]) -> Direction:
        """One's own place falls as one's own value rises; what else a pool gives is guessed to belong to the others."""
        if not self.own:
            return None
        if term.method == "rank" and (self.guessing or not self._reads(term.parts[1:], moving)):
            return turned(self.term(term.part, moving))
        return 0 if self.guessing else None

    def _reads(self, terms: Iterable[Term], moving: frozenset[Token]) -> bool:
        return any(self.reader.tokens(term) & moving for term in terms)

    def _arithmetic(self, term: Any, moving: frozenset[Token]) -> Direction:
        first, second = term.parts
        left, right = self.term(first, moving), self.term(second, moving)
        if term.sign == "+":
            return both(left, right)
        if term.sign == "-":
            return both(left, turned(right))
        if term.sign == "/":
            if right != 0 and not self.guessing:
                return None  # it may divide by 0 on the way
            return both(times(self.sign(second), left), turned(right))
        return both(times(self.sign(second), left), times(self.sign(first), right))

    def _conditional(self, term: Any, moving: frozenset[Token]) -> Direction:
        """if(c, a, b) rises with c where a is never less than b."""
        condition, first, second = term.parts
        return both(
            times(self._above(first, second), self.term(condition, moving)),
            self.term(first, moving),
            self.term(second, moving),
        )

    def _above(self, first: Term, second: Term) -> Direction:
        """RISES: first is never less than second, FALLS: never more."""
        a, b = first.constant_value, second.constant_value
        if a is not None and b is not None:
            return RISES if a >= b else FALLS
        if b is not None and b == 0 and self.sign(first) == RISES:
            return RISES
        return FALLS if a is not None and a == 0 and self.sign(second) == RISES else None

    def _picked(self, term: Any, moving: frozenset[Token]) -> Direction:
        attribute, *numbers = term.parts
        order = ordered([static_value(number, {}) for number in numbers])
        return both(times(order, self.term(attribute, moving)), *(self.term(number, moving) for number in numbers))

    # --- shapes ------------------------------------------------------------------------------------------------

    def shape(self, shape: Shape | None, moving: frozenset[Token], mark: Mark | None = None) -> Direction:
        """The points a shape gives. mark: full marks, the frame of its shares."""
        if shape is None:
            return 0
        frame = static_value(mark.term, {}) if mark is not None and mark.bound else None
        found: list[Direction] = []
        if shape._of is not None:
            found.append(times(self._gives(shape, mark, frame), self.term(shape._of, moving)))
        if isinstance(shape, Table):
            for formula, across in ((shape.rows, False), (shape.columns, True)):
                found.append(times(self._margin(shape, across, frame), self.formula(formula, moving)))
        for name in type(shape).model_fields:
            if name not in ("of", "rows", "columns"):
                rest = formulas_in(getattr(shape, name))  # edges, points: nobody knows what moving them does
                found.append(0 if all(self.formula(one, moving) == 0 for one in rest) else None)
        return both(*found)

    def _gives(self, shape: Shape, mark: Mark | None, frame: Fraction | None) -> Direction:
        """How what a shape gives moves with its quantity."""
        if isinstance(shape, Bands):
            return self._bands(shape, frame)
        if isinstance(shape, Levels):
            return self._levels(shape, frame)
        if isinstance(shape, Linear):
            start, end = (static_value(edge.term, {}) if edge.bound else None for edge in (shape.from_, shape.to))
            if start is not None and end is not None:
                return times(self._frame(mark, frame), RISES if end >= start else FALLS)
            return RISES if self.guessing or (start == 0 and self.sign(shape.to.term) == RISES) else None
        if isinstance(shape, Full):
            return self._frame(mark, frame)
        if isinstance(shape, Count | Steps):
            each = shape.each if isinstance(shape, Count) else shape.points
            return self._mark(each, mark, frame)
        return RISES if self.guessing or isinstance(shape, Value) else None

    def _frame(self, mark: Mark | None, frame: Fraction | None) -> Direction:
        """RISES where full marks are no less than 0."""
        if self.guessing or (frame is not None and frame >= 0):
            return RISES
        return self.sign(mark.term) if mark is not None and mark.bound and mark.share is None else None

    def _mark(self, each: Mark, mark: Mark | None, frame: Fraction | None) -> Direction:
        if self.guessing:
            return RISES
        return self._frame(mark, frame) if each.share is not None else self.sign(each.term) if each.bound else None

    def _bands(self, shape: Bands, frame: Fraction | None) -> Direction:
        """By the points at the lower end of every band; a shape inside a band is guessed to end below the next band."""
        if shape.locator.steps is None:
            return None
        entries = [shape.at[int(place)] for place in shape.locator.order]
        for entry in entries:
            if entry.ask is not None:
                return None
            if entry.shape is not None and (not self.guessing or self._gives(entry.shape, None, frame) != RISES):
                return None
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

    def _levels(self, shape: Levels, frame: Fraction | None) -> Direction:
        marks = [mark.static(frame, {}) for mark in shape._marks]
        if self.guessing:
            return ordered(marks)
        more = shape.then.static(frame, {}) if shape.then is not None else Fraction(0)
        if more is None or None in marks or not marks:
            return None
        if shape.nth:  # every occurrence adds its own points
            return RISES if more >= 0 and all(mark is not None and mark >= 0 for mark in marks) else None
        order = ordered(marks)
        return order if more == 0 or (order == RISES and more > 0) else None

    def _margin(self, shape: Table, across: bool, frame: Fraction | None) -> Direction:
        """Along the rows or the columns of a table of points, which are guessed to be listed from the least to the most."""
        lines = shape.points if across else [list(column) for column in zip(*shape.points, strict=True)]
        signs = {ordered([mark.static(frame, {}) for mark in line]) for line in lines}
        formula, bands = (shape.columns, shape.column_bands) if across else (shape.rows, shape.row_bands)
        listed = self.guessing or (formula.bound and all(isinstance(band, str) for band in bands))
        return signs.pop() if len(signs) == 1 and listed else None

    # --- signs -------------------------------------------------------------------------------------------------

    def sign(self, term: Term) -> Direction:
        """RISES: it is never less than 0, FALLS: never more; None where nobody can say, which a guess takes for RISES."""
        value = term.constant_value
        if value is not None:
            return RISES if value > 0 else FALLS if value < 0 else 0
        return RISES if self.guessing or self._never_negative(term) else None

    def _never_negative(self, term: Term) -> bool:
        if term.constant_value is not None:
            return term.constant_value >= 0
        if isinstance(term, Measured):
            derived = self.reader.criteria.derived.get(term.name)
            return self._never_negative(derived) if derived is not None else self._column_never_negative(term.name)
        if isinstance(term, Previous):
            return isinstance(term.parts[0], Measured) and term.parts[0].name in self.before
        if isinstance(term, Arithmetic):
            return term.sign != "-" and all(self._never_negative(part) for part in term.parts)
        if isinstance(term, Extreme):
            each = [self._never_negative(part) for part in term.parts]
            return any(each) if term.name == "max" else all(each)
        if isinstance(term, Rounded):
            return term.name == "abs" or self._never_negative(term.parts[0])
        if isinstance(term, Conditional | Picked):
            return all(self._never_negative(part) for part in term.parts[1:])
        return isinstance(term, Defaulted) and all(self._never_negative(part) for part in term.parts)

    def _column_never_negative(self, name: str, met: frozenset[str] = frozenset()) -> bool:
        column = self.reader.criteria.inputs.get(name)
        if column is None or name in met:
            return False
        if isinstance(column.at_least, str):
            return self._column_never_negative(column.at_least, met | {name})
        return column.at_least is not None and column.at_least >= 0


_RULES: dict[Any, Callable[[Rising, Any, frozenset[Token]], Direction]] = {
    ResultTerm: Rising._result,
    NodeTerm: Rising._result,
    Measured: Rising._measured,
    Named: Rising._named,
    Comparison: Rising._comparison,
    Junction: Rising._alike,
    Extreme: Rising._alike,
    Defaulted: Rising._alike,
    Negation: Rising._against,
    Negated: Rising._against,
    Quantified: Rising._quantified,
    Rounded: Rising._rounded,
    Arithmetic: Rising._arithmetic,
    Conditional: Rising._conditional,
    Picked: Rising._picked,
    PoolAggregate: Rising._pool,
    Known: Rising._known,
    Previous: lambda self, term, moving: 0,
}
