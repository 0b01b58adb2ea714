"""Of which pending criteria it is proven, from the set alone, that more points can only help their candidate and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from criteria.criteria_set import CriteriaSet
from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Branch, EntryGroup, Node
from criteria.expressions.formula import Formula, Mark
from scoring.analysis.outcomes import Outcomes, Pending
from scoring.analysis.readings import Reader, Token, branches, own_formulas
from scoring.outline import outline
from scoring.result import Result
from scoring.states import DOES_NOT_APPLY

_CONTROLS = ("gate", "stop", "zero", "cap_grade", "demote")
_MONOTONE = ("sum", "mean", "weighted", "best", "any_of", "product")
_UP = ("gate", "zero", "rank")  # where an expression that does not fall as points rise can only help
_OF_GRADES = ("grades", "cap_grade", "demote")


@dataclass(frozen=True)
class Steadiness:
    """pooled: points of one candidate may depend on what is pending with another. quotas: grades may.

    loose: ids of pending criteria of which it is not proven that more points can only help with eligibility and rank.
    graded: the same is proven for grades and every criterion that is not loose.
    """

    pooled: bool
    quotas: bool
    loose: frozenset[str]
    graded: bool


@dataclass
class Examiner:
    """sided: ids of pending criteria that do not apply in one of their outcomes; lost: those that do not when they go against."""

    criteria: CriteriaSet
    pending: tuple[Pending, ...]
    sided: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = Reader(self.criteria)
        self.outline = outline(self.criteria)
        self.printed = {node.id for node in self.criteria.leaves()}

    def examine(self) -> Steadiness:
        declared = self.criteria.declaration
        quotas = any(grade.quota is not None for grade in declared.grades)
        loose = frozenset(one.id for one in self.pending if not self._steady(one))
        graded = all(self._graded(one) for one in self.pending if one.id not in loose)
        if declared.rank is not None and declared.rank.within == "grade" and not graded:
            loose = frozenset(one.id for one in self.pending)
        return Steadiness(self._pooled(), quotas, loose, graded)

    def shares(self, one: Pending, names: set[str]) -> bool:
        """Whether its points read inputs or item tables of these names: whether it applies may then depend on them."""
        if one.node not in self.printed:
            return False
        inside = [formula for node in self.outline.nodes[one.node].walk() for _, formula in own_formulas(node)]
        return any(name in names for formula in inside for _, name in self.reader.tokens(formula.term))

    # --- what a criterion moves ------------------------------------------------------------------------------------

    def _chain(self, node: str) -> list[str]:
        """A node and those it stands in, the root ("") last."""
        found = [node]
        while found[-1]:
            found.append(self.outline.parents[found[-1]])
        return found

    def _figures(self, one: Pending) -> frozenset[Token]:
        """What the decision itself changes."""
        own: set[Token] = {("column", name) for name in one.columns} | {("table", name) for name in one.tables}
        return frozenset(own | ({("decided", one.node)} if one.node else set()))

    def _points(self, one: Pending) -> frozenset[Token]:
        """Results that move with its points."""
        chain = set(self._chain(one.node)) if one.node else {""}
        entries = {entry.id for owner, entry in self.criteria.printed_entries() if owner in chain and entry.id}
        moved: set[Token] = {("node", node) for node in (*chain, *entries) if node}
        return frozenset(moved | {("result", "total"), ("result", "share"), ("result", "maximum"), ("leaves", "")})

    @cached_property
    def _consumers(self) -> list[tuple[str, Branch, Formula]]:
        """Every expression on which points, eligibility, grades or ranks rest: its key, where it stands."""
        return [(key, branch, formula) for branch in branches(self.criteria) for key, formula in own_formulas(branch)]

    # --- one criterion ---------------------------------------------------------------------------------------------

    def _steady(self, one: Pending) -> bool:
        """Whether its figures are read by its own points alone, and these only raise what stands above."""
        if one.node not in self.printed or one.id in self.lost:
            return False
        node = self.outline.nodes[one.node]
        if any(getattr(node, key) for key in _CONTROLS):
            return False
        inside = {id(each) for each in node.walk()}
        figures, points = self._figures(one), self._points(one)
        for key, branch, formula in self._consumers:
            tokens = self.reader.tokens(formula.term)
            own = id(branch) in inside and not (branch is node and key == "when")
            if tokens & figures and not own and key not in _OF_GRADES:
                return False
            if not tokens & points or key in _OF_GRADES:
                continue
            if key not in _UP or self.reader.direction(formula.term, points) != 1:
                return False
            if one.id in self.sided and any(token[0] == "node" for token in tokens & points):
                return False  # points of what does not apply are no number
        return all(self._passes_on(branch, one) for branch in self._above(one.node))

    def _above(self, node: str) -> Iterator[Node | SetDeclaration]:
        for ident in self._chain(node)[1:]:
            yield self.outline.nodes[ident] if ident else self.criteria.declaration

    def _passes_on(self, branch: Node | SetDeclaration, one: Pending) -> bool:
        """Whether a node above gives no fewer points when one below it has more."""
        if branch.combine.how not in _MONOTONE or (isinstance(branch, Node) and branch.over is not None):
            return False
        factors = [branch.coefficient] if branch.coefficient is not None else []
        factors += [child.weight for child in branch.parts if child.weight is not None]
        if any(factor.term.constant_value is None or factor.term.constant_value < 0 for factor in factors):
            return False
        if branch.less is not None and not _of_fixed_amounts(branch.less):
            return False
        if isinstance(branch, Node) and branch.when is not None and branch.when.else_ != "exclude":
            return False
        plain = branch.combine.how == "sum" and not branch.rescale
        if not plain and not self._never_negative:
            return False
        if one.id not in self.sided:
            return True
        if isinstance(branch, Node) and (branch.plus is not None or any(getattr(branch, key) for key in _CONTROLS)):
            return False  # they do not count where nothing below applies
        return self._never_negative

    @cached_property
    def _never_negative(self) -> bool:
        """Whether no node can have fewer than 0 points."""
        return not any(
            branch.floor is not None and (branch.floor == "none" or branch.floor.strip().startswith(("-", "−")))
            for branch in branches(self.criteria)
        )

    # --- grades ----------------------------------------------------------------------------------------------------

    def _graded(self, one: Pending) -> bool:
        figures, points = self._figures(one), self._points(one)
        for key, _, formula in self._consumers:
            if key not in _OF_GRADES:
                continue
            tokens = self.reader.tokens(formula.term)
            if tokens & figures:
                return False
            if formula is not self._last_need and self.reader.direction(formula.term, points) not in (0, 1):
                return False
            if one.id in self.sided and any(token[0] == "node" for token in tokens & points):
                return False
        return True

    @cached_property
    def _last_need(self) -> Formula | None:
        """Of the last grade, which takes everybody whom the others refuse (checks.grades: grade-hole)."""
        grades = self.criteria.declaration.grades
        return grades[-1].need if grades else None

    # --- the pool --------------------------------------------------------------------------------------------------

    def _pooled(self) -> bool:
        """Whether a value over a pool reads what is pending, or who belongs to the pool does."""
        read = [pool for _, _, formula in self._consumers for pool in self.reader.pools(formula.term)]
        if not read:
            return False
        moving = frozenset().union(*(self._figures(one) | self._points(one) for one in self.pending))
        if any(self.reader.tokens(pool) & moving for pool in read):
            return True
        touched = {node for one in self.pending for node in self._chain(one.node) if one.node} - {""}
        for key, branch, formula in self._consumers:
            if key not in ("gate", "stop"):
                continue
            where = branch.id if isinstance(branch, Node) else ""
            if where in touched or self.reader.tokens(formula.term) & moving:
                return True
        return False


def _of_fixed_amounts(group: EntryGroup) -> bool:
    """Whether every loss is a fixed number of points for what happened, never a share of the points there are."""
    for entry in group.walk():
        if not entry.grouped and (entry.shape is None or entry.shape.word not in ("count", "value")):
            return False
    return not any(isinstance(formula, Mark) and formula.share is not None for formula in group.formulas())


def examine(outcomes: Outcomes) -> Steadiness:
    """What is proven of the set whose outcomes these are."""
    stakes = outcomes.stakes
    others = {
        one.id: {name for other in stakes.pending if other is not one for name in other.columns + other.tables}
        for one in stakes.pending
    }

    def out(one: Pending, result: Result) -> bool:
        state = result.state(one.node) if one.node else None
        return state is not None and bool((one.rows & (state == DOES_NOT_APPLY)).any())

    examiner = Examiner(stakes.criteria, stakes.pending)
    lost = {one.id for one in stakes.pending if out(one, outcomes.closed)}
    sided = lost | {
        one.id for one in stakes.pending if out(one, outcomes.claimed) or examiner.shares(one, others[one.id])
    }
    examiner.sided, examiner.lost = frozenset(sided), frozenset(lost)
    return examiner.examine()
