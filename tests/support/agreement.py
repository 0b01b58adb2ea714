"""A generated case scored by the engine and by the oracle, and where they differ."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from criteria.loading import load_text
from criteria.problems import errors
from records.tables.table_files import read_items, read_table
from scoring import score, states
from scoring.result import Result
from scoring.tables import Decision
from tests import oracle


def engine(case: Any) -> Result:
    """The case through the public functions, files and all."""
    criteria = load_text(case.yaml)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        table, problems = read_table(_write(home / "table.csv", case.rows), criteria)
        assert table is not None, "\n".join(p.text() for p in errors(problems))
        items = {}
        for name, rows in case.items.items():
            declared = criteria.tables[name]
            titles = ["id", *([declared.key] if declared.key else []), *declared.columns]
            found, problems = read_items(_write(home / f"{name}.csv", rows, titles), criteria, name, table.ids)
            assert found is not None, "\n".join(p.text() for p in errors(problems))
            items[name] = found
        previous = None
        if case.previous is not None:
            previous = _previous(home, case, criteria)
    table = replace(
        table,
        decisions={
            node: Decision(np.array([states.NAMES.index(said.get(candidate, "scored")) for candidate in table.ids]))
            for node, said in case.decisions.items()
        },
        unplaced={row: "chưa nộp biểu" for row, candidate in enumerate(table.ids) if candidate in case.unplaced},
    )
    return score(criteria, table, items, previous, closed=case.closed, period=case.period)


def _previous(home: Path, case: Any, criteria: Any) -> Any:
    if not case.previous:
        return None
    previous, problems = read_table(_write(home / "previous.csv", case.previous), criteria, only=())
    assert previous is not None, "\n".join(p.text() for p in errors(problems))
    return previous


def _write(path: Path, rows: list[dict[str, str]], titles: list[str] | None = None) -> Path:
    names = list(dict.fromkeys([*(titles or []), *(name for row in rows for name in row)]))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        writer.writerows(rows)
    return path


def expected(case: Any) -> dict[str, dict[str, Any]]:
    return oracle.score(
        case.criteria,
        case.rows,
        case.items,
        case.previous or None,
        case.closed,
        case.period,
        decisions=case.decisions,
        unplaced=set(case.unplaced),
    )


def disagreements(case: Any) -> list[str]:
    """One line for every value on which the two differ."""
    result = engine(case)
    wrong = []
    for candidate, wanted in expected(case).items():
        c = result.candidate(candidate)
        found: dict[str, Any] = {
            "points": {k: printed(v.points, result) for k, v in c.criteria.items()},
            "state": {k: v.state for k, v in c.criteria.items()},
            "total": printed(c.total, result),
            "maximum": c.maximum,
            "grade": c.grade,
            "rank": c.rank,
            "tied": c.tied,
            "eligible": c.eligible,
            "provisional": c.provisional,
            "quota": c.quota,
            "quantities": c.quantities,
        }
        for key, value in found.items():
            if isinstance(value, dict):
                wrong += [
                    f"{candidate}.{key}[{name}]: engine {value[name]!r}, oracle {wanted[key][name]!r}"
                    for name in value
                    if name in wanted[key] and value[name] != wanted[key][name]
                ]
            elif key == "total":
                if value != printed(wanted["total"], result):
                    wrong.append(f"{candidate}.total: engine {value}, oracle {wanted['total']}")
            elif value != wanted[key]:
                wrong.append(f"{candidate}.{key}: engine {value!r}, oracle {wanted[key]!r}")
    return wrong


def printed(value: Fraction, result: Result) -> Fraction:
    """Rounded for print, as the oracle returns points in every mode."""
    from tests.oracle.values import rounded

    return rounded(value, Fraction(1, 10**result.set.places), result.set.declaration.points.rounding)
