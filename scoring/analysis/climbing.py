"""Whether more points of a node can only help its candidate, proven from the set alone: with eligibility and rank, with the grade."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from criteria.criteria_set import CriteriaSet
from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Branch, EntryGroup, Node
from criteria.expressions.formula import Formula, Mark
from scoring.analysis.directions import RISES
from scoring.analysis.readings import Reader, Token, branches, own_formulas
from scoring.analysis.rising import Rising
from scoring.outline import outline

CONTROLS = ("gate", "stop", "zero", "cap_grade", "demote")
_MONOTONE = ("sum", "mean", "weighted", "best", "any_of", "product")
_OF_GRADES = ("grades", "cap_grade", "demote")


class Climb:
    """The proofs of one set. A node: its id, "" for the root. figures: what else moves with its points, which nothing else may read.

    sided: it may also come not to apply. ranked: what decides ranks counts too.
    """

    def __init__(self, criteria: CriteriaSet) -> None:
        self.criteria, self.reader = criteria, Reader(criteria)
        self.rising = Rising(self.reader)
        self.outline = outline(criteria)

    def chain(self, node: str) -> list[str]:
        """A node and those it stands in, the root ("") last."""
        found = [node]
        while found[-1]:
            found.append(self.outline.parents[found[-1]])
        return found

    def points(self, node: str) -> frozenset[Token]:
        """Results that move with the points of a node."""
        chain = set(self.chain(node))
        entries = {entry.id for owner, entry in self.criteria.printed_entries() if owner in chain and entry.id}
        moved: set[Token] = {("node", one) for one in (*chain, *entries) if one}
        return frozenset(moved | {("result", "total"), ("result", "share"), ("result", "maximum"), ("leaves", "")})

    @cached_property
    def consumers(self) -> list[tuple[str, Branch, Formula]]:
        """Every expression on which points, eligibility, grades or ranks rest: its key, where it stands."""
        return [(key, branch, formula) for branch in branches(self.criteria) for key, formula in own_formulas(branch)]

    def raises(
        self, node: str, figures: frozenset[Token] = frozenset(), *, sided: bool = False, ranked: bool = True
    ) -> bool:
        """Whether figures are read by the node alone, and its points only raise what stands above."""
        here = self.outline.nodes[node] if node else None
        inside = {id(each) for each in here.walk()} if here is not None else set()
        points, up = self.points(node), ("gate", "zero", "rank") if ranked else ("gate", "zero")
        for key, branch, formula in self.consumers:
            tokens = self.reader.tokens(formula.term)
            own = id(branch) in inside and not (branch is here and key == "when")
            if tokens & figures and not own and key not in _OF_GRADES:
                return False
            if not tokens & points or key in _OF_GRADES or (key == "rank" and not ranked):
                continue
            if key not in up or self.rising.term(formula.term, points) != RISES:
                return False
            if sided and any(token[0] == "node" for token in tokens & points):
                return False  # points of what does not apply are no number
        return all(self._passes_on(branch, sided) for branch in self._above(node))

    def raises_grades(self, node: str, figures: frozenset[Token] = frozenset(), *, sided: bool = False) -> bool:
        """Whether more points never mean a worse grade."""
        points = self.points(node)
        for key, _, formula in self.consumers:
            if key not in _OF_GRADES:
                continue
            tokens = self.reader.tokens(formula.term)
            if tokens & figures:
                return False
            if formula is not self._last_need and self.rising.term(formula.term, points) not in (0, RISES):
                return False
            if sided and any(token[0] == "node" for token in tokens & points):
                return False
        return True

    def _above(self, node: str) -> Iterator[Node | SetDeclaration]:
        for ident in self.chain(node)[1:]:
            yield self.outline.nodes[ident] if ident else self.criteria.declaration

    def _passes_on(self, branch: Node | SetDeclaration, sided: bool) -> bool:
        """Whether a node above gives no fewer points when one below it has more."""
        if branch.combine.how not in _MONOTONE or (isinstance(branch, Node) and branch.over is not None):
            return False
        factors = [branch.coefficient] if branch.coefficient is not None else []
        factors += [child.weight for child in branch.parts if child.weight is not None]
        if any(self.rising.sign(factor.term) not in (0, RISES) for factor in factors):
            return False
        if branch.less is not None and not of_fixed_amounts(branch.less):
            return False
        if isinstance(branch, Node) and branch.when is not None and branch.when.else_ != "exclude":
            return False
        plain = branch.combine.how == "sum" and not branch.rescale
        if not plain and not self._never_negative:
            return False
        if not sided:
            return True
        if isinstance(branch, Node) and (branch.plus is not None or any(getattr(branch, key) for key in CONTROLS)):
            return False  # they do not count where nothing below applies
        return self._never_negative

    @cached_property
    def _never_negative(self) -> bool:
        """Whether no node can have fewer than 0 points."""
        return not any(
            branch.floor is not None and (branch.floor == "none" or branch.floor.strip().startswith(("-", "−")))
            for branch in branches(self.criteria)
        )

    @cached_property
    def _last_need(self) -> Formula | None:
        """Of the last grade, which takes everybody whom the others refuse (checks.grades: grade-hole)."""
        grades = self.criteria.declaration.grades
        return grades[-1].need if grades else None


def of_fixed_amounts(group: EntryGroup) -> bool:
    """Whether every loss is a fixed number of points for what happened, never a share of the points there are."""
    for entry in group.walk():
        if not entry.grouped and (entry.shape is None or entry.shape.word not in ("count", "value")):
            return False
    return not any(isinstance(formula, Mark) and formula.share is not None for formula in group.formulas())
