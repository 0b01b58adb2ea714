"""What expressions of a set read, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Branch, Node
from criteria.expressions.formula import Formula
from criteria.expressions.functions_pool import NotDecidedOut, PoolAggregate, Previous
from criteria.expressions.functions_results import GradeTerm, NodeTerm, Quantified, ResultTerm
from criteria.expressions.functions_tables import SingleField, TableAggregate
from criteria.expressions.terms import Measured, Named, Term
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


def own_formulas(branch: Branch) -> Iterator[tuple[str, Formula]]:
    """The bound expressions of a node or of the root, without those of its children: (key, expression)."""
    for name in type(branch).model_fields:
        if name not in _ELSEWHERE:
            for formula in formulas_in(getattr(branch, name)):
                if formula.bound:
                    yield name, formula


def formulas_in(value: Any) -> Iterator[Formula]:
    """The expressions of a field of a declaration, and of what stands in it."""
    if isinstance(value, Formula):
        yield value
    elif isinstance(value, Declaration):
        yield from value.formulas()
    elif isinstance(value, list | tuple):
        for item in value:
            yield from formulas_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from formulas_in(item)


def branches(criteria: CriteriaSet) -> list[Node | SetDeclaration]:
    """Every node in force and the root."""
    return [*criteria.nodes(), criteria.declaration]
