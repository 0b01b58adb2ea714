"""A criterion that people decided does not apply: the same as one whose scope (`when`) leaves the candidate out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from criteria import load_text
from scoring import explain, score
from scoring.tables import Column, Decision, Table

TEXT = """
criteria_set: decisions
group: a
valid_from: 2025-01-01
bases: [{{id: kh, document: "Kế hoạch", number: "1/KH", date: 2025-01-01}}]
clause: kh
verified_by: so
points: {{max: 100}}
rescale: {rescale}
{attributes}
measures:
  done: {{label: "Hoàn thành", unit: việc}}
  asked: {{label: "Được giao", unit: việc}}
tree:
  - id: P
    text: "Phần"
    max: 60
    rescale: {rescale}
    {when_p}
    children:
      - {{id: C1, text: "Một", max: 20, linear: {{of: done / asked}}{when_c}}}
      - {{id: C2, text: "Hai", max: 40, count: {{of: done, each: 10}}}}
  - {{id: Q, text: "Ba", max: 40, full: done >= 2}}
rank: {{by: total}}
"""
IDS = ["X1", "X2", "X3"]
OUT = [True, False, True]


def table(decisions: dict[str, list[bool]], out: list[bool] | None = None) -> Table:
    columns = {"done": Column(np.array([3, 2, 1])), "asked": Column(np.array([4, 4, 4]))}
    if out is not None:
        columns["out"] = Column(np.array(out, dtype=np.int64))
    return Table(
        IDS, columns, decisions={k: Decision(np.array(v), {0: "không có thủ tục"}) for k, v in decisions.items()}
    )


@pytest.mark.parametrize("rescale", ["true", "false"])
@pytest.mark.parametrize("node", ["C1", "P"])
def test_a_decision_does_what_a_scope_does(rescale: str, node: str) -> None:
    plain = load_text(TEXT.format(rescale=rescale, when_c="", when_p="", attributes=""))
    scoped = load_text(
        TEXT.format(
            rescale=rescale,
            when_c=", when: not out" if node == "C1" else "",
            when_p="when: not out" if node == "P" else "",
            attributes="attributes: {out: {label: Ngoài, type: yes_no}}",
        )
    )
    decided = score(plain, table({node: OUT}))
    expected = score(scoped, table({}, OUT))
    for row in range(3):
        one, other = decided.at(row), expected.at(row)
        assert (one.total, one.maximum, one.rank, one.provisional) == (
            other.total,
            other.maximum,
            other.rank,
            other.provisional,
        )
        assert {k: (c.points, c.maximum, c.state) for k, c in one.criteria.items()} == {
            k: (c.points, c.maximum, c.state) for k, c in other.criteria.items()
        }


def test_nothing_decided_changes_nothing() -> None:
    plain = load_text(TEXT.format(rescale="true", when_c="", when_p="", attributes=""))
    same = score(plain, table({"C1": [False, False, False]}))
    assert [same.at(r).total for r in range(3)] == [score(plain, table({})).at(r).total for r in range(3)]


def test_a_decided_criterion_needs_no_figures_and_says_why() -> None:
    plain = load_text(TEXT.format(rescale="true", when_c="", when_p="", attributes=""))
    given = table({"C1": OUT})
    given = replace(given, columns={"done": given.columns["done"]})  # nobody reports `asked`
    result = score(plain, given)
    assert result.at(0).criteria["C1"].state == "not_applicable"
    assert result.at(1).criteria["C1"].state == "no_evidence"
    assert "không có thủ tục" in str(explain(result, "X1", "C1"))
    assert not result.at(0).provisional


def test_who_takes_no_place_leaves_the_others_theirs() -> None:
    plain = load_text(TEXT.format(rescale="true", when_c="", when_p="", attributes=""))
    everybody = score(plain, table({}))
    without = score(plain, replace(table({}), unplaced={0: "chưa nộp biểu"}))
    assert [everybody.at(r).rank for r in range(3)] == [1, 2, 3]
    assert [without.at(r).rank for r in range(3)] == [None, 1, 2]
    assert without.at(0).total == everybody.at(0).total
    assert "chưa nộp biểu" in without.at(0).notes
    assert "không xếp hạng: chưa nộp biểu" in str(explain(without, "X1"))
