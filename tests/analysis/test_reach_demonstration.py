"""The catalogue's sets on the demonstration: every path, applied through the engine, gives the grade and the points it promises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from records.scored.levers import SetReach, reach_set
from records.scored.rounds import score_round
from records.scored.sets import score_figures
from records.workspace.folder import open_workspace
from scoring.analysis.reach.answers import Path as Way
from scoring.tables import Column
from tests.support.years_workspace import years_workspace


def apply(found: SetReach, candidate: str, path: Way) -> tuple[str | None, object]:
    """Grade and total of the candidate when its cells are changed and the whole set is scored again."""
    scored = found.scored
    row = scored.result.rows[candidate]
    columns = dict(scored.figures.table.columns)
    for step in path.steps:
        column = columns[step.input.name]
        values = np.array(column.values)
        values[row] = int(step.after * step.input.scale)
        absent = None if column.absent is None else np.array(column.absent)
        if absent is not None:
            absent[row] = 0
        columns[step.input.name] = Column(values, absent)
    figures = replace(scored.figures, table=replace(scored.figures.table, columns=columns))
    after = score_figures(scored.criteria, figures, scored.round.period).candidate(candidate)
    return after.grade, after.total


def test_every_path_of_every_set_gives_the_grade(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    workspace, problems = open_workspace(years_workspace(tmp_path_factory, tmp_path))
    assert workspace is not None, problems
    paths = without = 0
    for period in ("2026", "2028"):
        scored, problems = score_round(workspace, period, (), "final")
        assert scored, problems
        for one in scored:
            found = reach_set(one)
            levers = {lever.name for lever in found.levers.levers}
            for unit in found.units:
                assert not unit.limited
                for path in unit.paths:
                    paths += 1
                    assert {step.input.name for step in path.steps} <= levers
                    assert all(step.after > step.before for step in path.steps)
                    assert all(step.limit is None or step.after <= step.limit for step in path.steps)
                    assert apply(found, unit.id, path) == (path.grade, path.total_after)
                    names = one.criteria.grade_names
                    assert names.index(path.grade) <= names.index(unit.target or "")
                without += unit.target is not None and not unit.paths
    assert paths > 60 and without > 10
    workspace.close()
