"""Not verified, returned, closed without result: points, maximum, what waits, what stands above and below. By hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from criteria import load_text
from scoring import explain, score, states
from scoring.result import CandidateResult, Result
from scoring.tables import Column, Decision, ItemTable, Table

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
PARTS = """
tree:
  - id: P
    text: "Phần"
    max: 60
    children:
      - {id: C1, text: "Một", max: 20, linear: {of: done / asked}}
      - {id: C2, text: "Hai", max: 40, count: {of: done, each: 10}}
  - {id: Q, text: "Ba", max: 40, full: done >= 2}
rank: {by: total}
"""
WAITS = ("not_verified", "returned")
CODE = {name: code for code, name in enumerate(states.NAMES)}


def scored(
    tree: str, decisions: dict[str, list[str]], there: Column | None = None, items: Any = None, **columns: Column
) -> Result:
    """Three candidates with 3, 2, 1 tasks done of 4."""
    given = {
        "done": Column(np.array([3, 2, 1])),
        "asked": Column(np.array([4, 4, 4])),
        "there": there or Column(np.array([1, 1, 1])),
        **columns,
    }
    said = {
        node: Decision(np.array([CODE[name or "scored"] for name in names]), {0: "Công văn 7 chưa trả lời"})
        for node, names in decisions.items()
    }
    return score(load_text(HEAD + tree), Table(["X1", "X2", "X3"], given, decisions=said), items)


def points(one: CandidateResult) -> dict[str, tuple[Fraction, Fraction, str]]:
    return {node: (c.points, c.maximum, c.state) for node, c in one.criteria.items()}


def test_a_leaf_that_is_not_verified_waits_with_its_mark_in_force() -> None:
    one = scored(PARTS, {"C1": ["not_verified", "", ""]}).at(0)
    assert points(one) == {
        "P": (30, 60, "open"),
        "C1": (0, 20, "not_verified"),
        "C2": (30, 40, "scored"),
        "Q": (40, 40, "scored"),
    }
    assert (one.total, one.maximum, one.provisional) == (70, 100, True)
    assert one.open == [("C1", "chưa thẩm định")]


def test_a_leaf_that_is_closed_is_settled_with_nothing() -> None:
    one = scored(PARTS, {"C1": ["closed", "", ""]}).at(0)
    assert points(one)["P"] == (30, 60, "scored")
    assert points(one)["C1"] == (0, 20, "closed")
    assert (one.total, one.maximum, one.provisional, one.open) == (70, 100, False, [])


@pytest.mark.parametrize("state", [*WAITS, "closed"])
def test_a_part_gives_its_state_to_everything_inside(state: str) -> None:
    one = scored(PARTS, {"P": [state, "", ""]}).at(0)
    assert points(one) == {
        "P": (0, 60, state),
        "C1": (0, 20, state),
        "C2": (0, 40, state),
        "Q": (40, 40, "scored"),
    }
    assert (one.total, one.maximum, one.provisional) == (40, 100, state != "closed")


@pytest.mark.parametrize("state", [*WAITS, "closed"])
def test_figures_that_are_not_there_do_not_matter(state: str) -> None:
    gone = Column(np.zeros(3, dtype=np.int64), np.array([2, 0, 0], dtype=np.uint8))
    one = scored(PARTS, {"C1": [state, "", ""]}, asked=gone).at(0)
    assert points(one)["C1"] == (0, 20, state)
    assert one.provisional == (state != "closed")


SCOPED = """
tree:
  - id: P
    text: "Phần"
    max: 60
    when: WHEN_P
    children:
      - {id: C1, text: "Một", max: 20, when: WHEN_C, linear: {of: done / asked}}
      - {id: C2, text: "Hai", max: 40, count: {of: done, each: 10}}
  - {id: Q, text: "Ba", max: 40, full: done >= 2}
"""
NO, UNKNOWN = [0, 0, 0], [2, 2, 2]


def standing(decisions: dict[str, str], when_p: str, when_c: str, there: int, absent: int) -> tuple[str, str]:
    """The states of P and C1 where `there` is 0, 1 or absent."""
    tree = SCOPED.replace("WHEN_P", when_p).replace("WHEN_C", when_c)
    column = Column(np.array([there] * 3), np.array([absent] * 3, dtype=np.uint8))
    found = scored(tree, {node: [state] * 3 for node, state in decisions.items()}, column).at(0).criteria
    return found["P"].state, found["C1"].state


ALWAYS = "asked > 0"


@pytest.mark.parametrize(
    ("decisions", "when_p", "when_c", "there", "absent", "expected"),
    [
        # one node: who surely does not belong is out, then the decision, then a `when` that is unknown
        ({"C1": "not_verified"}, ALWAYS, "there", 0, 0, ("scored", "not_applicable")),
        ({"C1": "closed"}, ALWAYS, "there", 0, 0, ("scored", "not_applicable")),
        ({"C1": "not_verified"}, ALWAYS, "there", 0, 2, ("open", "not_verified")),
        ({"C1": "closed"}, ALWAYS, "there", 0, 2, ("scored", "closed")),
        ({"C1": "not_verified"}, ALWAYS, "{need: there, else: full}", 0, 0, ("open", "not_verified")),
        ({"C1": "closed"}, ALWAYS, "{need: there, else: full}", 0, 0, ("scored", "closed")),
        # out above: out below
        ({"P": "not_applicable", "C1": "not_verified"}, ALWAYS, ALWAYS, 1, 0, ("not_applicable", "not_applicable")),
        ({"P": "not_applicable", "C1": "closed"}, ALWAYS, ALWAYS, 1, 0, ("not_applicable", "not_applicable")),
        ({"C1": "closed"}, "there", ALWAYS, 0, 0, ("not_applicable", "not_applicable")),
        # out below what waits: out; below what is closed: nothing is looked at
        ({"P": "returned", "C1": "not_applicable"}, ALWAYS, ALWAYS, 1, 0, ("returned", "not_applicable")),
        ({"P": "returned"}, ALWAYS, "there", 0, 0, ("returned", "not_applicable")),
        ({"P": "closed", "C1": "not_applicable"}, ALWAYS, ALWAYS, 1, 0, ("closed", "closed")),
        ({"P": "closed"}, ALWAYS, "there", 0, 0, ("closed", "closed")),
        # of what waits and what is closed the upper one has the word
        ({"P": "returned", "C1": "not_verified"}, ALWAYS, ALWAYS, 1, 0, ("returned", "returned")),
        ({"P": "not_verified", "C1": "closed"}, ALWAYS, ALWAYS, 1, 0, ("not_verified", "not_verified")),
        ({"P": "closed", "C1": "not_verified"}, ALWAYS, ALWAYS, 1, 0, ("closed", "closed")),
        ({"C1": "closed"}, "there", ALWAYS, 1, 2, ("no_evidence", "no_evidence")),
        ({"P": "closed"}, "there", ALWAYS, 1, 2, ("closed", "closed")),
    ],
)
def test_what_has_the_word(
    decisions: dict[str, str], when_p: str, when_c: str, there: int, absent: int, expected: tuple[str, str]
) -> None:
    assert standing(decisions, when_p, when_c, there, absent) == expected


CONTROLS = """
tree:
  - {id: A, text: "Một", max: 10, linear: {of: done / asked}, CONTROL}
  - {id: B, text: "Hai", max: 10, full: asked > 0}
ROOT
grades: [{name: "Tốt", need: total >= 15}, {otherwise: "Còn lại"}]
rank: {by: total}
"""


def controlled(control: str, root: str, state: str) -> CandidateResult:
    tree = CONTROLS.replace(", CONTROL", f", {control}" if control else "").replace("ROOT", root)
    return scored(tree, {"A": [state, "", ""]}).at(0)


@pytest.mark.parametrize(
    ("state", "eligible"), [("", True), ("not_verified", None), ("returned", None), ("closed", False)]
)
@pytest.mark.parametrize(
    ("control", "root"),
    [
        ("gate: {need: points(A) >= 5, say: Dưới nửa}", ""),
        ("", "gate: {need: points(A) >= 5, say: Dưới nửa}"),
        ("", "gate: {need: share(A) >= 50%, say: Dưới nửa}"),
        ("", "gate: {need: every(share >= 50%), say: Dưới nửa}"),
    ],
)
def test_a_gate_on_points(control: str, root: str, state: str, eligible: bool | None) -> None:
    assert controlled(control, root, state).eligible is eligible


@pytest.mark.parametrize(
    ("state", "eligible", "grade"),
    [
        ("", False, None),
        ("not_verified", None, None),
        ("closed", False, None),
        ("not_applicable", True, "Còn lại"),
    ],
)
@pytest.mark.parametrize("control", ["gate", "stop"])
def test_a_control_that_fails_on_other_figures(
    control: str, state: str, eligible: bool | None, grade: str | None
) -> None:
    one = controlled(f"{control}: {{need: done >= 4, say: Ít việc}}", "", state)
    assert (one.eligible, one.grade) == (eligible, grade)


@pytest.mark.parametrize(
    ("state", "grade"), [("", "Còn lại"), ("not_verified", None), ("closed", "Còn lại"), ("not_applicable", "Tốt")]
)
@pytest.mark.parametrize("control", ["cap_grade: {at_most: Còn lại, ", "demote: {by: 1, "])
def test_what_lowers_the_grade(control: str, state: str, grade: str | None) -> None:
    tree = CONTROLS.replace("total >= 15", "asked > 0").replace("ROOT", "")
    control += "need: done >= 4, say: Ít việc}"
    assert scored(tree.replace("CONTROL", control), {"A": [state, "", ""]}).at(0).grade == grade


def test_a_stop_comes_before_what_people_settled() -> None:
    tree = CONTROLS.replace("CONTROL", "stop: {need: done >= 2, say: Ít việc}").replace("ROOT", "")
    result = scored(tree, {"B": ["not_verified", "closed", "not_verified"]})
    assert [result.at(row).criteria["B"].state for row in range(3)] == ["not_verified", "closed", "not_assessed"]
    assert (result.at(2).total, result.at(2).maximum, result.at(2).provisional) == (0, 20, False)


POOLED = """
tree:
  - {id: A, text: "So với cao nhất", max: 12, linear: {of: done / pool.max(done)}}
  - {id: Z, text: "Khác", max: 1, full: asked > 0}
"""


def test_a_pool_waits_for_who_is_not_verified_and_not_for_who_is_closed() -> None:
    waits = scored(POOLED, {"A": ["not_verified", "", ""]})
    assert [waits.at(row).criteria["A"].points for row in range(3)] == [0, 12, 6]
    assert [waits.at(row).criteria["A"].state for row in range(3)] == ["not_verified", "open", "open"]
    closed = scored(POOLED, {"A": ["closed", "", ""]}, done=Column(np.array([0, 2, 1]), np.array([2, 0, 0])))
    assert [closed.at(row).criteria["A"].points for row in range(3)] == [0, 12, 6]
    assert [closed.at(row).criteria["A"].state for row in range(3)] == ["closed", "scored", "scored"]


@pytest.mark.parametrize(
    ("how", "points_", "state"),
    [
        ("mean", {"closed": 5, "not_verified": 5}, "scored"),
        ("best", {"closed": 10, "not_verified": 10}, "scored"),
        ("{any_of: 1}", {"closed": 10, "not_verified": 10}, "scored"),
        ("{any_of: 2}", {"closed": 10, "not_verified": 10}, "scored"),
        ("product", {"closed": 0, "not_verified": 0}, "scored"),
    ],
)
def test_combined_otherwise_than_by_sum(how: str, points_: dict[str, int], state: str) -> None:
    tree = f"""
tree:
  - id: P
    text: "Gộp"
    max: 10
    combine: {how}
    children:
      - {{id: P.1, text: "Một", max: {5 if how == "product" else 10}, full: asked > 0}}
      - {{id: P.2, text: "Hai", max: {2 if how == "product" else 10}, full: asked > 0}}
"""
    for decided, expected in points_.items():
        one = scored(tree, {"P.1": [decided] * 3}).at(0)
        settled = decided == "closed" or how in ("best", "{any_of: 1}")
        assert (one.total, one.maximum, one.provisional) == (expected, 10, not settled)
        assert one.criteria["P"].state == (state if settled else "open")


ALTERNATIVES = """
tree:
  - id: P
    text: "Một trong hai"
    max: 10
    combine: one_of
    children:
      - {id: P.1, text: "Một", max: 10, when: there, full: asked > 0}
      - {id: P.2, text: "Hai", max: 10, when: not there, full: asked > 0}
"""


@pytest.mark.parametrize(
    ("decisions", "there", "expected"),
    [
        ({"P.1": "closed"}, 1, (0, 10, "scored")),
        ({"P.1": "not_verified"}, 1, (0, 10, "open")),
        ({"P.2": "not_verified"}, 1, (10, 10, "scored")),
        ({"P.1": "closed"}, None, (0, 10, "open")),
        ({"P.1": "closed", "P.2": "closed"}, None, (0, 10, "scored")),
        ({"P.1": "not_applicable"}, 1, (0, 0, "not_applicable")),
    ],
)
def test_alternatives(decisions: dict[str, str], there: int | None, expected: tuple[int, int, str]) -> None:
    column = Column(np.array([there or 0] * 3), np.array([2 if there is None else 0] * 3, dtype=np.uint8))
    one = scored(ALTERNATIVES, {node: [state] * 3 for node, state in decisions.items()}, column).at(0)
    assert points(one)["P"] == expected
    assert one.provisional == (expected[2] == "open")


REPEATED = """
tables: {m: {label: "Tháng", key: k, columns: {s: {label: "Điểm tháng"}}}}
tree:
  - {id: A, text: "Theo tháng", max: 10, over: m, value: s, less: [{value: 1}]}
  - {id: B, text: "Hai", max: 10, full: asked > 0}
"""


@pytest.mark.parametrize("state", [*WAITS, "closed"])
def test_a_repeated_node_is_settled_as_a_whole(state: str) -> None:
    missing = Column(np.array([4, 0]), np.array([0, 2], dtype=np.uint8))
    rows = {"m": ItemTable(["X1", "X1"], {"s": missing}, ["1", "2"])}
    one = scored(REPEATED, {"A": [state, "", ""]}, items=rows).at(0)
    assert points(one)["A"] == (0, 10, state)
    assert (one.total, one.maximum, one.provisional) == (10, 20, state != "closed")


BONUS = """
tree:
  - id: A
    text: "Một"
    max: 10
    full: asked > 0
    less: [{id: L, text: "Trừ", value: 1}]
    plus:
      - one_of: [{id: T1, text: "Cộng", when: asked > 0, value: 2}, {id: T2, text: "Cộng", when: asked > 1, value: 3}]
    zero: {need: done < 3, say: "Vi phạm"}
  - {id: B, text: "Hai", max: 10, full: asked > 0}
plus: [{id: R, text: "Thưởng", count: done, each: 1}]
"""


@pytest.mark.parametrize("state", [*WAITS, "closed"])
def test_entries_go_with_their_node_and_the_bonus_of_the_root_stays(state: str) -> None:
    one = scored(BONUS, {"A": [state, "", ""]}).at(0)
    assert points(one) == {
        "A": (0, 10, state),
        "L": (0, 0, state),
        "T1": (0, 0, state),
        "T2": (0, 0, state),
        "B": (10, 10, "scored"),
        "R": (3, 0, "scored"),
    }
    assert (one.total, one.provisional) == (13, state != "closed")


def test_everything_closed_is_a_settled_zero() -> None:
    one = scored(PARTS, {node: ["closed"] * 3 for node in ("C1", "C2", "Q")}).at(0)
    assert (one.total, one.maximum, one.share, one.provisional, one.rank) == (0, 100, 0, False, 1)


def test_explanations_say_who_has_not_concluded() -> None:
    result = scored(PARTS, {"P": ["not_verified", "", ""], "Q": ["closed", "closed", ""]})
    told = str(explain(result, "X1", "C1"))
    assert "Chưa thẩm định: P: Công văn 7 chưa trả lời" in told
    assert "Trạng thái: chưa thẩm định" in told
    assert "Số liệu" not in told
    assert "Công văn 7 chưa trả lời" in str(explain(result, "X1", "P"))
    assert "Đóng không có kết quả: Công văn 7 chưa trả lời" in str(explain(result, "X1", "Q"))
    assert "Đóng không có kết quả: theo quyết định" in str(explain(result, "X2", "Q"))
    assert "Còn chờ: P: chưa thẩm định" in str(explain(result, "X1"))


def test_a_decision_is_one_of_what_people_may_decide() -> None:
    for code in range(len(states.NAMES)):
        if code in states.DECIDED:
            assert Decision(np.array([code])).state.tolist() == [code]
        else:
            with pytest.raises(ValueError, match="codes"):
                Decision(np.array([0, code]))
    assert Decision.left_out([True, False]).out.tolist() == [True, False]
    assert Decision(np.array([states.CLOSED])).out.tolist() == [False]


WEIGHED = """
tree:
  - id: P
    text: "Gộp theo hệ số"
    max: 10
    combine: weighted
    children:
      - id: P.1
        text: "Một"
        max: 10
        weight: 1
        children:
          - {id: P.1.1, text: "Trong", max: 10, full: asked > 0}
          - {id: P.1.2, text: "Thưởng", max: none, count: done, each: 1}
      - {id: P.2, text: "Hai", max: 10, weight: 3, full: done >= 2}
"""


@pytest.mark.parametrize(("state", "total"), [("closed", Fraction("8.25")), ("not_applicable", 10)])
def test_what_has_no_maximum_in_force_has_no_share_to_weigh(state: str, total: Fraction) -> None:
    assert scored(WEIGHED, {"P.1.1": [state, "", ""]}).at(0).total == total  # closed: 10 × (1 × 3/10 + 3) ÷ 4
