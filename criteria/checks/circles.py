"""Circles: points that depend on themselves through points(ID), total or named quantities."""

from __future__ import annotations

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Branch, Node
from criteria.expressions.formula import Formula
from criteria.expressions.functions_results import NodeTerm, Quantified, ResultTerm
from criteria.expressions.terms import Named, Term
from criteria.problems import Problem

_ROOT = "total"


def check(bound: CriteriaSet) -> list[Problem]:
    """One problem for every circle, at the node or quantity where it was entered."""
    edges: dict[str, set[str]] = {_ROOT: {part.id for part in bound.declaration.parts}}
    for node in bound.nodes():
        edges[node.id] = {child.id for child in node.parts} | _earning(node)
    edges[_ROOT] |= _branch(bound.declaration)
    _add_stops(bound, edges)
    for owner, entry in bound.printed_entries():
        if entry.id:
            edges[entry.id] = {owner or _ROOT}
    for name, quantity in bound.declaration.quantities.items():
        edges["=" + name] = set().union(*(_needs(f) for f in quantity.formulas())) if list(quantity.formulas()) else set()
    problems: list[Problem] = []
    done: set[str] = set()
    for start in edges:
        circle = _find(start, edges, done)
        if circle:
            names = " → ".join(step.lstrip("=") for step in circle)
            node_or_none = bound.node(circle[0])
            path = node_or_none._path if node_or_none else ("quantities", circle[0].lstrip("=")) if circle[0].startswith("=") else ("tree",)
            problems.append(bound.source.problem("circular", path, f"Tính vòng quanh: {names}.", "Điểm của một tiêu chí không được phụ thuộc chính nó; stop đọc điểm thì đặt ở tiêu chí kế tiếp."))
            break
    return problems


def _add_stops(bound: CriteriaSet, edges: dict[str, set[str]]) -> None:
    """A stop empties its node and everything after it: their points depend on what its need reads."""
    needs: set[str] = set().union(*(_needs(control.need) for control in bound.declaration.stop), set())
    for node in bound.nodes():
        needs = needs.union(*(_needs(control.need) for control in node.stop))
        edges[node.id] |= needs


def _earning(node: Node) -> set[str]:
    needs = _branch(node)
    for part in (node.shape, node.when, node.over):
        if part is not None:
            for formula in part.formulas():
                needs |= _needs(formula)
    for formula in (node.max, node.weight, node.coefficient):
        if formula is not None:
            needs |= _needs(formula)
    return needs


def _branch(branch: Branch) -> set[str]:
    """What entries and zero controls need; gates and grade controls come after the points."""
    needs: set[str] = set()
    for entry in branch.entries():
        for formula in entry.formulas():
            needs |= _needs(formula)
    for control in branch.zero:
        needs |= _needs(control.need)
    return needs


def _needs(formula: Formula) -> set[str]:
    return _terms(formula.term) if formula.bound else set()


def _terms(term: Term) -> set[str]:
    found: set[str] = set()
    for part in term.walk():
        if isinstance(part, NodeTerm):
            found.add(part.node)
        elif (isinstance(part, ResultTerm) and not part.leaf) or isinstance(part, Quantified):
            found.add(_ROOT)
        elif isinstance(part, Named):
            found.add("=" + part.name)
    return found


def _find(start: str, edges: dict[str, set[str]], done: set[str]) -> list[str]:
    """A circle through depth first search, or nothing."""
    path: list[str] = []

    def visit(name: str) -> list[str]:
        if name in path:
            return [*path[path.index(name):], name]
        if name in done:
            return []
        path.append(name)
        for following in sorted(edges.get(name, ())):
            circle = visit(following)
            if circle:
                return circle
        path.pop()
        done.add(name)
        return []

    return visit(start)
