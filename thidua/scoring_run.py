"""One scoring from files to a result: what `score` and `demo` both do."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from criteria.loading import read_set
from criteria.problems import Problem, errors
from records.scored.periods import period_problems
from records.software import SOFTWARE
from records.tables.round_files import read_round
from scoring.engine import score
from scoring.result import Result


@dataclass(frozen=True)
class Run:
    """The files and options of one scoring."""

    criteria: Path
    table: Path
    items: Mapping[str, str] = field(default_factory=dict)
    previous: Path | None = None
    previous_items: Mapping[str, str] = field(default_factory=dict)
    pool: str | None = None
    period: str | None = None
    closed: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)


def carry_out(run: Run) -> tuple[Result | None, list[Problem], dict[str, str]]:
    """The result and its receipt, or None with all problems of all files."""
    criteria, problems = read_set(run.criteria, run.settings)
    if criteria is None:
        return None, problems, {}
    problems += period_problems(criteria, run.period)
    tables, found = read_round(criteria, run.table, run.items, run.previous, run.previous_items, run.pool)
    problems += found
    if tables is None or errors(problems):
        return None, problems, {}
    result = score(
        criteria,
        tables.table,
        tables.items,
        tables.previous,
        previous_items=tables.previous_items,
        closed=run.closed,
        period=run.period,
        pool=run.pool,
    )
    result.problems = tuple(sorted({*result.problems, *problems}))
    receipt = {"Phần mềm": SOFTWARE, f"sha256 {run.criteria.name}": criteria.sha256}
    files: list[str | Path] = [
        run.table,
        *run.items.values(),
        *([run.previous] if run.previous else []),
        *run.previous_items.values(),
    ]
    for path in files:
        receipt[f"sha256 {Path(path).name}"] = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    return result, problems, receipt
