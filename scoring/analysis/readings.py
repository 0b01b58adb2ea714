"""What expressions of a set read, and whether they can only rise when what they read rises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Branch, Node
from criteria.expressions.formula import Formula
from criteria.expressions.functions_numbers import Extreme
from criteria.expressions.functions_pool import NotDecidedOut, PoolAggregate, Previous
from criteria.expressions.functions_results import GradeTerm, NodeTerm, Quantified, ResultTerm
from criteria.expressions.functions_tables import SingleField, TableAggregate
from criteria.expressions.terms import Arithmetic, Comparison, Junction, Measured, Named, Negated, Negation, Term
from criteria.shapes.base import Declaration

Token = tuple[
    str, str
]  # (column | table | node | decided, id), (result, total | share | maximum), (leaves | grade, "")
_ELSEWHERE = frozenset({"tree", "children", "measures", "attributes", "tables", "settings", "quantities", "flag"})


class Reader:
    """Reads the expressions of one set, through derived measures and named quantities."""

    def __init__(self, criteria: CriteriaSet) -> None:
        self.criteria = criteria
        self._tokens: dict[int, frozenset[Token]] = {}
        self._pools: dict[int, tuple[PoolAggregate, ...]] = {}

    def tokens(self, term: Term) -> frozenset[Token]:
        """Everything of this round that a term reads, pools included. The round before is settled: prev(…) reads nothing."""
        if id(term) not in self._tokens:
            self._tokens[id(term)] = frozenset(token for part in self._deep(term, set()) for token in _token(part))
        return self._tokens[id(term)]

    def pools(self, term: Term) -> tuple[PoolAggregate, ...]:
        """The pool functions a term reads."""
        if id(term) not in self._pools:
            self._pools[id(term)] = tuple(p for p in self._deep(term, set()) if isinstance(p, PoolAggregate))
        return self._pools[id(term)]

    def _deep(self, term: Term, met: set[str]) -> Iterator[Term]:
        yield term
        if isinstance(term, Previous):
            return
        for part in term.parts:
            yield from self._deep(part, met)
        for other in self._behind(term):
            name = f"{id(other)}"
            if name not in met:
                met.add(name)
                yield from self._deep(other, met)

    def _behind(self, term: Term) -> Iterable[Term]:
        """Terms that stand behind a name."""
        if isinstance(term, Named):
            return [f.term for f in self.criteria.declaration.quantities[term.name].formulas() if f.bound]
        if isinstance(term, Measured):
            own = [self.criteria.derived[term.name]] if term.name in self.criteria.derived else []
            return own + [one[term.name] for one in self.criteria.table_derived.values() if term.name in one]
        return []

    def direction(self, term: Term, moving: frozenset[Token]) -> int | None:
        """Where the points in `moving` can only rise: 1 the term does not fall, −1 it does not rise, 0 it stays; None: not known.

        A truth rises from false over unknown to true.
        """
        if not self.tokens(term) & moving:
            return 0
        if isinstance(term, ResultTerm | NodeTerm):
            return None if isinstance(term, ResultTerm) and "maximum" in term.method else 1
        if isinstance(term, Comparison):
            left, right = (self.direction(part, moving) for part in term.parts)
            if term.sign in (">", ">="):
                return _both(left, _turned(right))
            return _both(_turned(left), right) if term.sign in ("<", "<=") else None
        if isinstance(term, Junction):
            return _both(*(self.direction(part, moving) for part in term.parts))
        if isinstance(term, Negation | Negated):
            return _turned(self.direction(term.parts[0], moving))
        if isinstance(term, Quantified):
            return self.direction(term.parts[0], moving | {("result", "leaf_points"), ("result", "leaf_share")})
        if isinstance(term, Extreme):
            return _all([self.direction(part, moving) for part in term.parts])
        return self._of_arithmetic(term, moving) if isinstance(term, Arithmetic) else None

    def _of_arithmetic(self, term: Arithmetic, moving: frozenset[Token]) -> int | None:
        left, right = (self.direction(part, moving) for part in term.parts)
        if term.sign == "+":
            return _both(left, right)
        if term.sign == "-":
            return _both(left, _turned(right))
        factor = term.parts[1].constant_value
        other = left
        if factor is None and term.sign == "*":
            factor, other = term.parts[0].constant_value, right
        if factor is None or (term.sign == "/" and factor == 0):
            return None
        return other if factor > 0 else _turned(other) if factor < 0 else 0


def _token(part: Term) -> Iterator[Token]:
    if isinstance(part, Measured):
        yield "column", part.name
    elif isinstance(part, TableAggregate | SingleField):
        yield "table", part.table
    elif isinstance(part, NodeTerm):
        yield "node", part.node
    elif isinstance(part, NotDecidedOut):
        yield "decided", part.node
    elif isinstance(part, ResultTerm):
        yield "result", part.method
    elif isinstance(part, Quantified):
        yield "leaves", ""
    elif isinstance(part, GradeTerm):
        yield "grade", ""


def _turned(direction: int | None) -> int | None:
    return None if direction is None else -direction


def _both(first: int | None, second: int | None) -> int | None:
    if first is None or second is None or first * second < 0:
        return None
    return first or second


def _all(directions: list[int | None]) -> int | None:
    found: int | None = 0
    for one in directions:
        found = _both(found, one)
    return found


def own_formulas(branch: Branch) -> Iterator[tuple[str, Formula]]:
    """The bound expressions of a node or of the root, without those of its children: (key, expression)."""
    for name in type(branch).model_fields:
        if name not in _ELSEWHERE:
            for formula in _formulas(getattr(branch, name)):
                if formula.bound:
                    yield name, formula


def _formulas(value: Any) -> Iterator[Formula]:
    if isinstance(value, Formula):
        yield value
    elif isinstance(value, Declaration):
        yield from value.formulas()
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _formulas(item)


def branches(criteria: CriteriaSet) -> list[Node | SetDeclaration]:
    """Every node in force and the root."""
    return [*criteria.nodes(), criteria.declaration]
