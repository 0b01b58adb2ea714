"""Of which pending criteria it is proven, from the set alone, that more points can only help their candidate and nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Node
from scoring.analysis.climbing import CONTROLS, Climb
from scoring.analysis.outcomes import Outcomes, Pending
from scoring.analysis.readings import Token, own_formulas
from scoring.result import Result
from scoring.states import DOES_NOT_APPLY


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
    climb: Climb = field(init=False)

    def __post_init__(self) -> None:
        self.climb = Climb(self.criteria)
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
        inside = [formula for node in self.climb.outline.nodes[one.node].walk() for _, formula in own_formulas(node)]
        return any(name in names for formula in inside for _, name in self.climb.reader.tokens(formula.term))

    def _steady(self, one: Pending) -> bool:
        """Whether its figures are read by its own points alone, and these only raise what stands above."""
        if one.node not in self.printed or one.id in self.lost:
            return False
        if any(getattr(self.climb.outline.nodes[one.node], key) for key in CONTROLS):
            return False
        return self.climb.raises(one.node, _figures(one), sided=one.id in self.sided)

    def _graded(self, one: Pending) -> bool:
        return self.climb.raises_grades(one.node, _figures(one), sided=one.id in self.sided)

    def _pooled(self) -> bool:
        """Whether a value over a pool reads what is pending, or who belongs to the pool does."""
        climb, reader = self.climb, self.climb.reader
        read = [pool for _, _, formula in climb.consumers for pool in reader.pools(formula.term)]
        if not read:
            return False
        moving = frozenset().union(*(_figures(one) | climb.points(one.node) for one in self.pending))
        if any(reader.tokens(pool) & moving for pool in read):
            return True
        touched = {node for one in self.pending for node in climb.chain(one.node) if one.node} - {""}
        for key, branch, formula in climb.consumers:
            if key not in ("gate", "stop"):
                continue
            where = branch.id if isinstance(branch, Node) else ""
            if where in touched or reader.tokens(formula.term) & moving:
                return True
        return False


def _figures(one: Pending) -> frozenset[Token]:
    """What the decision itself changes."""
    own: set[Token] = {("column", name) for name in one.columns} | {("table", name) for name in one.tables}
    return frozenset(own | ({("decided", one.node)} if one.node else set()))


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
