"""Tables of a set as they would be if criteria had been decided otherwise than the ledger says. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from criteria.problems import Problem, errors
from records.assembly import Assembled, assemble
from records.life.at_stage import AtStage
from records.life.rights import AWAITED, CLOSED, EXPLAINED, FINAL, REVERIFIED, VERIFIED
from records.life.standing import Standing, Standings
from records.scored.sets import ScoredSet


def waits(standing: Standing) -> bool:
    """Figures were handed in, and nobody has concluded what counts in the end."""
    return standing.state != AWAITED and not standing.closed and not standing.has(FINAL)


def as_claimed(standing: Standing) -> Standing:
    """Accepted as it stands: what the unit explained, else what it handed in."""
    if standing.state == EXPLAINED:
        figures = {stage: of for stage, of in standing.figures.items() if stage == EXPLAINED}
        applies = {stage: of for stage, of in standing.applies.items() if stage == EXPLAINED}
        return replace(standing, state=REVERIFIED, passed=[EXPLAINED, REVERIFIED], figures=figures, applies=applies)
    return replace(standing, state=VERIFIED, passed=[VERIFIED], figures={}, applies={})


def as_closed(standing: Standing) -> Standing:
    """Closed without result."""
    return replace(standing, state=CLOSED, figures={}, applies={}, passed=[], before=standing.state)


def supposed(
    scored: ScoredSet, here: AtStage, changed: Mapping[tuple[str, str], Standing]
) -> tuple[Assembled | None, list[Problem]]:
    """The tables of the final stage with some standings changed, by candidate and criterion; only what is wrong, no warnings."""
    standings = Standings(here.standings.period, {**here.standings.found, **changed}, here.standings.handed_in)
    made, problems = assemble(scored.workspace, scored.round, scored.letter, scored.file, FINAL, supposed=standings)
    return made, errors(problems)
