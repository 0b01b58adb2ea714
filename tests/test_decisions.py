"""A criterion that people decided does not apply: the same as one whose scope (`when`) leaves the candidate out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from criteria import load_text
from criteria.problems import ProblemsFound
from scoring import explain, score
from scoring.result import Result
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
        IDS, columns, decisions={k: Decision.left_out(v, {0: "không có thủ tục"}) for k, v in decisions.items()}
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


HEAD = """
criteria_set: decisions
group: a
valid_from: 2025-01-01
bases: [{id: kh, document: "Kế hoạch", number: "1/KH", date: 2025-01-01}]
clause: kh
verified_by: so
attributes: {there: {label: "Có mặt", type: yes_no}}
measures:
  done: {label: "Hoàn thành", unit: việc}
  asked: {label: "Được giao", unit: việc}
"""


def decided(tree: str, decisions: dict[str, list[bool]], there: Column | None = None) -> Result:
    given = table(decisions)
    return score(load_text(HEAD + tree), replace(given, columns={**given.columns, "there": there or here([1, 1, 1])}))


def here(values: list[int], absent: list[int] | None = None) -> Column:
    return Column(np.array(values), np.array(absent, dtype=np.uint8) if absent is not None else None)


POOLED = """
tree:
  - {id: A, text: "So với cao nhất", max: 12, linear: {of: done / pool.max(done)}}
  - {id: Z, text: "Khác", max: 1, full: asked > 0}
"""


def test_whom_a_criterion_does_not_apply_to_is_not_in_its_pool() -> None:
    assert [decided(POOLED, {}).at(r).criteria["A"].points for r in range(3)] == [12, 8, 4]
    assert [decided(POOLED, {"A": [True, False, False]}).at(r).criteria["A"].points for r in range(3)] == [0, 12, 6]


STOPPED = """
tree:
  - id: P
    text: "Phần"
    stop: {need: done >= 3, say: "Dưới ba việc"}
    children:
      - {id: P.1, text: "Một", max: 5, full: asked > 0}
      - {id: P.2, text: "Hai", max: 5, when: there, full: asked > 0}
  - {id: Q, text: "Ba", max: 10, full: asked > 0}
"""


@pytest.mark.parametrize(("decisions", "there"), [({"P": [False, True, False]}, 1), ({"P.1": [False, True, False]}, 0)])
def test_a_stop_on_what_does_not_apply_does_not_stand(decisions: dict[str, list[bool]], there: int) -> None:
    result = decided(STOPPED, decisions, here([1, there, 1]))
    assert [result.at(r).total for r in range(3)] == [20, 10, 0]
    assert [result.at(r).eligible for r in range(3)] == [True, True, False]
    assert [result.at(r).criteria["P"].state for r in range(3)] == ["scored", "not_applicable", "not_assessed"]


def test_a_decision_holds_below_a_part_that_waits() -> None:
    result = decided(STOPPED.replace("    stop:", "    when: there\n    stop:"), {"P.1": OUT}, here([1] * 3, [2, 2, 0]))
    assert [result.at(r).criteria["P"].state for r in range(2)] == ["no_evidence", "no_evidence"]
    assert [result.at(r).criteria["P.1"].state for r in range(2)] == ["not_applicable", "no_evidence"]


ALL_OUT = """
tree: [{id: A, text: "Một", max: 5, full: asked > 0}]
plus: [{id: T, text: "Cộng", count: done, each: 1}]
grades: [{name: "Tốt", need: total >= 5}, {otherwise: "Còn lại"}]
rank: {by: total}
"""


def test_who_has_nothing_in_force_has_no_bonus_no_grade_no_place() -> None:
    result = decided(ALL_OUT, {"A": [True, False, False]})
    one, other = result.at(0), result.at(1)
    assert (one.criteria["T"].state, one.criteria["T"].points, one.total) == ("not_applicable", 0, 0)
    assert (one.grade, one.rank) == (None, None)
    assert (other.criteria["T"].points, other.grade, other.rank) == (2, "Tốt", 1)


ONLY_UNMARKED = """
points: {max: 5}
tree:
  - {id: A, text: "Một", max: 5, full: asked > 0}
  - {id: B, text: "Thưởng", max: none, count: done, each: 1}
rank: {by: total}
"""


def test_a_bonus_alone_gives_no_place() -> None:
    result = decided(ONLY_UNMARKED, {"A": [True, False, False]})
    assert [(result.at(r).total, result.at(r).rank) for r in range(3)] == [(3, None), (7, 1), (6, 2)]


def test_whether_a_stop_stands_may_not_depend_on_what_it_stops() -> None:
    with pytest.raises(ProblemsFound, match="circular"):
        load_text(HEAD + STOPPED.replace("when: there", "when: points(P.1) > 1"))


EITHER = """
tree:
  - id: P
    text: "Một trong hai"
    max: 5
    combine: {any_of: 1}
    children:
      - {id: P.1, text: "Một", max: 5, full: asked > 0}
      - {id: P.2, text: "Hai", max: 5, full: asked > 0}
  - {id: Q, text: "Ba", max: 10, full: asked > 0}
stop: {need: there, say: "Vắng"}
"""


def test_a_stop_leaves_the_maximum_in_force_what_it_was() -> None:
    out = [True, True, False]
    result = decided(EITHER, {"P.1": out, "P.2": out}, here([0, 1, 0]))
    assert [(result.at(r).total, result.at(r).maximum) for r in range(3)] == [(0, 10), (10, 10), (0, 15)]
