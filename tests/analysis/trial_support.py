"""Small standards whose criteria are the numbers that were typed, to be tried and tried again by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from criteria.criteria_set import CriteriaSet
from criteria.exact import KNOWN, NOT_APPLICABLE
from criteria.loading import load_text
from scoring import Column, Table, score
from scoring.result import Result
from tests.strategies import to_yaml
from tests.strategies.sets import HEADER

OUT = None  # does not apply


def leaf(ident: str, most: str, **more: Any) -> dict[str, Any]:
    """points = the number in the column of the same name, in hundredths; KAD makes it not applicable."""
    return {"id": ident, "text": f"Tiêu chí {ident}", "max": most, "value": f"m_{ident}", **more}


def part(ident: str, *children: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": ident, "text": f"Phần {ident}", "children": list(children), **more}


def standard(tree: Sequence[dict[str, Any]], **more: Any) -> CriteriaSet:
    """A trial set with a measure for every leaf."""
    leaves = [one for top in tree for one in _leaves(top)]
    measures = {f"m_{one['id']}": {"label": f"Điểm {one['id']}", "decimals": "2"} for one in leaves}
    measures |= more.pop("measures", {})
    return load_text(to_yaml({**HEADER, "status": "trial", "measures": measures, "tree": list(tree), **more}))


def _leaves(node: dict[str, Any]) -> list[dict[str, Any]]:
    inside = [one for child in node.get("children", []) for one in _leaves(child)]
    return inside or [node]


def scored(criteria: CriteriaSet, columns: dict[str, Sequence[int | None]], **extra: Sequence[str]) -> Result:
    """columns: by criterion, hundredths; OUT where it does not apply. extra: other columns of the roster."""
    size = len(next(iter(columns.values())))
    made = {
        (f"m_{name}" if f"m_{name}" in criteria.inputs else name): Column(
            np.array([0 if v is OUT else v for v in values], dtype=np.int64),
            np.array([NOT_APPLICABLE if v is OUT else KNOWN for v in values], dtype=np.uint8),
        )
        for name, values in columns.items()
    }
    table = Table([f"X{row:03}" for row in range(size)], made, extra=extra)
    return score(criteria, table, period="2026", pool="pool" if "pool" in extra else None)
