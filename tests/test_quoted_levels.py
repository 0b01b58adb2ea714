"""Names of levels with quotes inside, at either end."""

from __future__ import annotations

import numpy as np
import pytest

from criteria import load_text
from criteria.expressions import syntax
from scoring import score
from scoring.tables import Column, Table

TEXT = """
criteria_set: quoted
group: a
valid_from: 2025-01-01
bases: [{id: kh, document: "Kế hoạch", number: "1/KH", date: 2025-01-01}]
clause: kh
verified_by: so
attributes: {area: {label: "Địa bàn", levels: ['đồng "bằng"', '"núi" cao', "xã 'đảo'"]}}
tree:
  - id: A
    text: "Một"
    max: none
    value: >-
      pick(area, 'đồng "bằng"'=1, '"núi" cao'=2, "xã 'đảo'"=3)
"""


def test_pick_by_a_name_that_ends_in_a_quote() -> None:
    result = score(load_text(TEXT), Table(["X1", "X2", "X3"], {"area": Column(np.array([0, 1, 2]))}))
    assert [result.at(row).total for row in range(3)] == [1, 2, 3]


@pytest.mark.parametrize("level", ['đồng "bằng"', '"', '""', '"a', "'", "a'"])
def test_only_the_outer_quotes_go(level: str) -> None:
    mark = "'" if '"' in level else '"'
    tree = syntax.parse(f"pick(x, {mark}{level}{mark}=1)")
    assert isinstance(tree, syntax.Call) and tree.arguments is not None
    assert tree.arguments[1].label == level
