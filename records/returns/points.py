"""Points of the self-score that a return form shows: sets are scored once, when the first of their criteria is asked for."""

from __future__ import annotations

from fractions import Fraction

from criteria.problems import Problem, errors
from records.assembly import assemble
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
            self._results[key] = self._score(candidate)
        result = self._results[key]
        if result is None or not criterion.leaf or candidate.id not in result.rows:
            return None, None
        found, row = result.root.result(criterion.id), result.rows[candidate.id]
        scored = found.state is None or states.NAMES[int(found.state[row])] == "scored"
        return (found.points.at(row) if scored else None), found.maximum.at(row)

    def _score(self, candidate: Candidate) -> Result | None:
        made, problems = assemble(self._scope.workspace, self._scope.round, candidate.group, candidate.set)
        self.problems += errors(problems)
        if made is None:
            return None
        return score(
            made.criteria,
            made.table,
            made.items,
            made.previous,
            previous_items=made.previous_items or None,
            period=made.window.period,
        )
