"""What ranks are decided by: the keys of every candidate, in order, as numbers to sort by and as words."""

from __future__ import annotations

from typing import Any

import numpy as np

from criteria.expressions.terms import show_value
from scoring.ranking import SoFar, rank_keys
from scoring.result import Result

Key = tuple[int | None, str]  # its place among the values of the key, larger is better; as it is shown


def key_labels(result: Result) -> list[str]:
    """điểm C3; the grade first where ranks are within grades."""
    rank = result.set.declaration.rank
    if rank is None:
        return []
    formulas = [formula.term.formula() for formula in (rank.by, *rank.then)]
    return [*(["mức xếp loại"] if rank.within == "grade" else []), *formulas]


def keys(result: Result) -> list[list[Key]]:
    """Per key, in the order of the table's rows."""
    rank = result.set.declaration.rank
    if rank is None:
        return []
    codes, _ = rank_keys(result.root)
    found: list[list[Key]] = []
    if rank.within == "grade":
        names = result.set.grade_names
        levels = [int(level) for level in result.graded.level]
        found.append(_numbered(codes[0], [names[level] if level >= 0 else None for level in levels]))
    rows: Any = SoFar(result.root)
    for formula, code in zip((rank.by, *rank.then), codes[len(found) :], strict=True):
        column, kind = formula.evaluate(rows), formula.term.kind
        places = result.set.places if kind.unit == (("điểm", 1),) else None
        shown = [
            None if column.absence_at(row) else show_value(column, kind, row, places) for row in range(result.size)
        ]
        found.append(_numbered(code, shown))
    return found


def _numbered(codes: Any, shown: list[str | None]) -> list[Key]:
    """Codes made small: how many smaller values there are."""
    places = np.unique(np.asarray(codes), return_inverse=True)[1].reshape(-1).tolist()
    return [(None, "") if text is None else (int(place), text) for place, text in zip(places, shown, strict=True)]
