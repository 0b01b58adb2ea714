"""Points of the self-score (tự chấm) that workbooks show: sets are scored once, when the first of their criteria is asked for."""

from __future__ import annotations

from fractions import Fraction

from criteria.problems import Problem, errors
from records.assembly import Assembled, assemble
from records.life.criteria import Reviewed
from records.life.scope import Scope
from records.roster.roster import Candidate
from scoring import states
from scoring.engine import score
from scoring.result import Result


class SelfPoints:
    """problems: why a set cannot be scored; its points are then not shown."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._results: dict[tuple[str, str], Result | None] = {}
        self.problems: list[Problem] = []

    def of(self, candidate: Candidate, criterion: Reviewed) -> tuple[Fraction | None, Fraction | None]:
        """(points, maximum in force); None where nothing is known, or where the criterion earns none itself."""
        key = candidate.group, candidate.set
        if key not in self._results:
            made, problems = assemble(self._scope.workspace, self._scope.round, candidate.group, candidate.set)
            self.problems += errors(problems)
            self._results[key] = scored(made) if made is not None else None
        result = self._results[key]
        return points_of(result, candidate.id, criterion) if result is not None else (None, None)


def scored(made: Assembled) -> Result:
    """The result of one criteria set."""
    return score(
        made.criteria,
        made.table,
        made.items,
        made.previous,
        previous_items=made.previous_items or None,
        period=made.window.period,
    )


def points_of(result: Result, candidate: str, criterion: Reviewed) -> tuple[Fraction | None, Fraction | None]:
    """Points and the maximum in force of a leaf; None for what earns none itself."""
    if not criterion.leaf or candidate not in result.rows:
        return None, None
    found, row = result.root.result(criterion.id), result.rows[candidate]
    known = state_of(result, candidate, criterion) == "scored"
    return (found.points.at(row) if known else None), found.maximum.at(row)


def state_of(result: Result, candidate: str, criterion: Reviewed) -> str:
    """The engine's state of a leaf (scoring.states.NAMES)."""
    found = result.root.result(criterion.id).state if criterion.leaf else None
    return "scored" if found is None else states.NAMES[int(found[result.rows[candidate]])]
