"""Circles: points that depend on themselves through points(ID), total or named quantities."""

from __future__ import annotations

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Branch, Node
from criteria.expressions.formula import Formula
from criteria.expressions.functions_results import GradeTerm, NodeTerm, Quantified, ResultTerm
from criteria.expressions.terms import Named, Term
from criteria.problems import Problem

_ROOT, _GRADE = "total", "grade"
_WORDS = {_ROOT: "tổng điểm (total)", _GRADE: "xếp loại (grade)"}


def check(bound: CriteriaSet) -> list[Problem]:
    """One problem for every circle, at the node or quantity where it was entered."""
    declared = bound.declaration
    edges: dict[str, set[str]] = {_ROOT: {part.id for part in declared.parts} | _branch(declared)}
    if declared.points.max is not None:
        edges[_ROOT] |= _needs(declared.points.max)
    for node in bound.nodes():
        edges[node.id] = {child.id for child in node.parts} | _earning(node) | _grouping(bound, node)
    _add_stops(bound, edges)
    for owner, entry in bound.printed_entries():
        if entry.id:
            edges[entry.id] = {owner or _ROOT}
    for name, quantity in bound.declaration.quantities.items():
        edges["=" + name] = (
            set().union(*(_needs(f) for f in quantity.formulas())) if list(quantity.formulas()) else set()
        )
    edges[_GRADE] = _grading(bound)
    problems: list[Problem] = []
    done: set[str] = set()
    for start in edges:
        circle = _find(start, edges, done)
        if circle:
            names = " → ".join(_WORDS.get(step, step.lstrip("=")) for step in circle)
            node_or_none = bound.node(circle[0])
            path = (
                node_or_none._path
                if node_or_none
                else ("quantities", circle[0].lstrip("="))
                if circle[0].startswith("=")
                else ("grades",)
                if circle[0] == _GRADE
                else ("tree",)
            )
            problems.append(
                bound.source.problem(
                    "circular",
                    path,
                    f"Tính vòng quanh: {names}.",
                    "Điểm, xếp loại không được phụ thuộc chính mình; stop đọc điểm thì đặt ở tiêu chí kế tiếp.",
                )
            )
            break
    return problems


def _add_stops(bound: CriteriaSet, edges: dict[str, set[str]]) -> None:
    """A stop empties its node and everything after it: their points depend on what its need reads, and on whether it stands."""
    needs: set[str] = set().union(*(_needs(control.need) for control in bound.declaration.stop), set())

    def visit(node: Node, applying: set[str]) -> None:
        nonlocal needs
        applying = applying | _applying(node)
        if node.stop:
            below = set().union(*(_applying(child) for child in _below(node)), set())
            needs = needs.union(applying, below, *(_needs(control.need) for control in node.stop))
        edges[node.id] |= needs
        for child in node.parts:
            visit(child, applying)

    for part in bound.declaration.parts:
        visit(part, set())


def _applying(node: Node) -> set[str]:
    return set().union(*(_needs(formula) for formula in node.when.formulas())) if node.when is not None else set()


def _below(node: Node) -> list[Node]:
    return [each for child in node.parts for each in (child, *_below(child))]


def _earning(node: Node) -> set[str]:
    needs = _branch(node)
    for part in (node.shape, node.when, node.over):
        if part is not None:
            for formula in part.formulas():
                needs |= _needs(formula)
    for number in (node.max, node.weight, node.grid):
        if number is not None:
            needs |= _needs(number)
    return needs


def _grouping(bound: CriteriaSet, node: Node) -> set[str]:
    """What the derived column needs by whose values a repeated node is grouped."""
    if node.over is None or node.over.by is None:
        return set()
    column = bound.table_derived.get(node.over.table, {}).get(node.over.by)
    return _terms(column) if column is not None else set()


def _grading(bound: CriteriaSet) -> set[str]:
    """What the grade needs: grades, gates and grade controls, and the order if there is a quota."""
    declared = bound.declaration
    found: list[Formula] = [formula for grade in declared.grades for formula in grade.formulas()]
    for branch in (*bound.nodes(), declared):
        for control in (*branch.gate, *branch.stop, *branch.cap_grade, *branch.demote):
            found += control.formulas()
    if declared.rank is not None and any(grade.quota is not None for grade in declared.grades):
        found += declared.rank.formulas()
    return set().union(*(_needs(formula) for formula in found), set())


def _branch(branch: Branch) -> set[str]:
    """What coefficient, ceiling, entries and zero controls need; gates and grade controls come after the points."""
    needs: set[str] = set()
    for number in (branch.coefficient, branch.ceiling):
        if number is not None:
            needs |= _needs(number)
    for group in (branch.less, branch.plus):
        for formula in group.formulas() if group is not None else ():
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
        elif isinstance(part, GradeTerm):
            found.add(_GRADE)
    return found


def _find(start: str, edges: dict[str, set[str]], done: set[str]) -> list[str]:
    """A circle through depth first search, or nothing."""
    path: list[str] = []

    def visit(name: str) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
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
