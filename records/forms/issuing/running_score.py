"""The running self-score of a form: formulas over its cells, where a criterion can be said as one."""

from __future__ import annotations

from dataclasses import dataclass, field

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Node
from criteria.expressions.functions_pool import Previous
from criteria.expressions.terms import Measured, Term
from records.spreadsheets.formulas import maximum_formula, points_formula
from scoring.periods import read_period


@dataclass
class FormCells:
    """Where a form keeps figures, marks and claims of the unit, and the points and maxima of nodes: A1 references.

    before: figures of the round a year earlier."""

    figures: dict[str, str]
    marks: dict[str, str]
    claims: dict[str, str]
    scores: dict[str, str]
    maxima: dict[str, str]
    before: dict[str, str] = field(default_factory=dict)

    def figure(self, name: str) -> str | None:
        return self.figures.get(name)

    def previous(self, name: str) -> str | None:
        return self.before.get(name)

    def judged(self, criterion: str) -> str | None:
        return self.marks.get(criterion)

    def claim(self, criterion: str) -> str | None:
        return self.claims.get(criterion)

    def points(self, node: str) -> str | None:
        return self.scores.get(node)

    def maximum(self, node: str) -> str | None:
        return self.maxima.get(node)


Formulas = tuple[str | None, str | None]  # of the points and of the maximum in force


def node_formulas(criteria: CriteriaSet, node: str, cells: FormCells, period: str) -> Formulas:
    """The formulas of a node, "" the whole; None where only the engine can say. period: the name of the round."""
    round_ = read_period(period)
    points = points_formula(criteria, node, cells, period=round_)
    return _once_known(criteria, node, cells, points), maximum_formula(criteria, node, cells, period=round_)


def _once_known(criteria: CriteriaSet, node: str, cells: FormCells, formula: str | None) -> str | None:
    """A part of which nothing is known yet stays empty: a form nobody has filled in says nothing, not 0."""
    branch = criteria.node(node) if node else criteria.declaration
    if formula is None or branch is None or not branch.parts or branch.plus is not None or branch.floor is not None:
        return formula
    if isinstance(branch, Node) and branch.over is not None:
        return formula
    inside = [cells.points(child.id) for child in branch.parts]
    if not all(inside):
        return formula
    waits = ",".join(f'{cell}=""' for cell in inside)
    return f'IF(AND(COUNT({",".join(cell for cell in inside if cell)})=0,OR({waits})),"",{formula.removeprefix("=")})'


def read_before(criteria: CriteriaSet) -> list[str]:
    """The inputs of which the set reads the round before, in the order of the set."""
    found: set[str] = set()

    def visit(term: Term, before: bool) -> None:
        before = before or isinstance(term, Previous)
        if isinstance(term, Measured) and term.name in criteria.derived:
            visit(criteria.derived[term.name], before)
        elif isinstance(term, Measured) and before:
            found.add(term.name)
        for part in term.parts:
            visit(part, before)

    for formula in criteria.formulas:
        if formula.bound:
            visit(formula.term, False)
    return [name for name in criteria.inputs if name in found]


def locked_points(claim: str | None, value: float | str) -> str | None:
    """The engine's value, which a claim takes away. claim: the cell of the claim."""
    return f'IF({claim}="x","KAD",{_literal(value)})' if claim is not None else None


def locked_maximum(points: str, claim: str | None, value: float | str) -> str | None:
    """The maximum in force where the points are the engine's."""
    return f'IF({points}="KAD",0,{_literal(value)})' if claim is not None else None


def _literal(value: float | str) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)
