"""Intervals on small sets of which every number can be followed: grants, figures that go, what is proven and what is not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from criteria.criteria_set import CriteriaSet
from criteria.loading import load_text
from scoring import states
from scoring.analysis.intervals import End, Interval, intervals
from scoring.analysis.outcomes import AGAINST, FOR, WAITS, Outcomes, Pending, Stakes, Tables, mixed
from scoring.analysis.singles import singles
from scoring.analysis.steady import examine
from scoring.result import Result
from scoring.tables import Column, Decision, ItemTable, Table

HEAD = """\
criteria_set: t
title: "Bộ thử"
group: a
valid_from: 2025-01-01
bases: [{id: qd, document: "Quyết định", number: "1/QĐ", date: 2025-01-01, issuer: "Sở"}]
clause: {basis: qd, place: "Điều 1"}
verified_by: s
points: {places: 2, max: 100}
measures: {a: {label: "A"}, b: {label: "B"}, c: {label: "C"}}
"""
TREE = """\
tree:
  - {id: A, text: "A", max: 50, count: a, each: 1, cap: 50}
  - {id: B, text: "B", max: 30, count: b, each: 1, cap: 30}
  - {id: C, text: "C", max: 20, count: c, each: 1, cap: 20}
"""
GRADES = 'grades: [{name: "Tốt", need: total >= 80}, {name: "Khá", need: total >= 50}, {otherwise: "Thường"}]\n'
RANK = "rank: {by: total}\n"


def column(values: list[int | None]) -> Column:
    absent = np.array([0 if value is not None else 2 for value in values], dtype=np.uint8)
    return Column(np.array([value or 0 for value in values]), absent if absent.any() else None)


def stakes(
    criteria: CriteriaSet,
    figures: dict[str, list[int | None]],
    pending: dict[str, list[int]],
    owned: dict[str, tuple[str, ...]] | None = None,
    holds: dict[str, tuple[str, ...]] | None = None,
    node: bool = True,
) -> Stakes:
    """figures: as claimed, by input. pending: rows by criterion. owned: inputs that go with a criterion."""
    size = len(next(iter(figures.values())))
    table = Table([f"X{n}" for n in range(1, size + 1)], {name: column(values) for name, values in figures.items()})
    waiting, closed = dict(table.columns), dict(table.columns)
    decisions: dict[str, dict[str, Decision]] = {"now": {}, "closed": {}}
    listed = []
    for name, rows in pending.items():
        mask = np.isin(np.arange(size), rows)
        own = (owned or {}).get(name, ())
        listed.append(Pending(name, mask, name if node else "", own, (), (holds or {}).get(name, ())))
        for each in own:
            gone: list[int | None] = [None if mask[row] else value for row, value in enumerate(figures[each])]
            waiting[each] = closed[each] = column(gone)
        for word, code in (("now", states.NOT_VERIFIED), ("closed", states.CLOSED)):
            decisions[word][name] = Decision(np.where(mask, np.uint8(code), np.uint8(0)))
        for other in (holds or {}).get(name, ()):
            decisions["now"][other] = Decision(np.where(mask, np.uint8(states.NOT_VERIFIED), np.uint8(0)))
    return Stakes(
        criteria,
        Tables(replace(table, columns=waiting, decisions=decisions["now"])),
        Tables(table),
        Tables(replace(table, columns=closed, decisions=decisions["closed"])),
        tuple(listed),
    )


def points(result: Result, node: str = "") -> list[Fraction | None]:
    return [result.points(node).at(row) for row in range(result.size)]


def ends(one: Interval) -> tuple[Any, ...]:
    return one.candidate, one.now.rank, one.best.rank, one.worst.rank, one.own_best, one.own_worst


def test_best_row_against_the_others_worst_rows() -> None:
    criteria = load_text(HEAD + TREE + GRADES + RANK)
    made = stakes(criteria, {"a": [50, 40, 45], "b": [30, 20, 0], "c": [0, 15, 10]}, {"B": [0, 1], "C": [1]})
    outcomes = Outcomes(made)
    assert examine(outcomes).loose == frozenset()
    found = intervals(outcomes)
    assert [ends(one) for one in found] == [
        ("X1", 2, 1, 3, 1, 2),  # 50 … 80
        ("X2", 3, 1, 3, 1, 3),  # 40 … 75
        ("X3", 1, 1, 3, 1, 1),  # 55
    ]
    assert [(one.best.grade, one.worst.grade) for one in found] == [("Tốt", "Khá"), ("Khá", "Thường"), ("Khá", "Khá")]
    assert all(one.ranked and one.graded for one in found)
    assert [tuple(map(int, one.totals)) for one in found] == [(50, 80), (40, 75), (55, 55)]
    assert [one.firm for one in found] == [False, False, False]


def test_which_criterion_decides_by_itself_and_for_whom() -> None:
    criteria = load_text(HEAD + TREE + RANK)
    made = stakes(criteria, {"a": [50, 40, 45], "b": [30, 20, 0], "c": [0, 15, 10]}, {"B": [0, 1], "C": [1]})
    found = singles(Outcomes(made))
    assert found is not None
    assert [(one.candidate, one.criterion, one.ranks, one.moved) for one in found] == [
        ("X2", "B", (1, 3), ("X1", "X2", "X3")),
        ("X2", "C", (1, 3), ("X1", "X2")),
        ("X1", "B", (1, 2), ("X1", "X3")),
    ]


def test_nothing_claimed_is_the_full_mark_and_only_where_the_criterion_applies() -> None:
    tree = TREE.replace("max: 30, count: b", "max: 30, when: c > 0, count: b")
    criteria = load_text(HEAD + tree + RANK)
    made = stakes(criteria, {"a": [10, 10], "b": [None, None], "c": [1, 0]}, {"B": [0, 1]})
    outcomes = Outcomes(made)
    assert points(outcomes.claimed, "B") == [30, 0]
    assert points(outcomes.claimed) == [41, 10]
    assert points(outcomes.closed) == [11, 10]
    assert [tuple(map(int, one.totals)) for one in intervals(outcomes)] == [(11, 41), (10, 10)]


def test_a_figure_that_goes_takes_the_points_of_others_that_read_it() -> None:
    tree = TREE.replace("max: 20, count: c", "max: 20, count: a")
    criteria = load_text(HEAD + tree + RANK)
    made = stakes(criteria, {"a": [15, 12], "b": [10, 4]}, {"A": [0]}, {"A": ("a",)}, {"A": ("C",)})
    outcomes = Outcomes(made)
    assert points(outcomes.claimed) == [40, 28]
    assert points(outcomes.closed) == [10, 28]
    assert outcomes.score({"A": np.array([WAITS, WAITS])}).state("C").tolist() == [states.NOT_VERIFIED, states.SCORED]
    assert examine(outcomes).loose == {"A"}
    assert [ends(one) for one in intervals(outcomes)] == [("X1", 2, 1, 2, 1, 2), ("X2", 1, 1, 2, 1, 1)]


def test_fewer_points_by_a_loss_go_the_other_way() -> None:
    tree = TREE.replace("each: 1, cap: 30}", "each: 1, cap: 30, floor: none, less: [{count: c, each: 5}]}")
    criteria = load_text(HEAD + tree + RANK)
    made = stakes(criteria, {"a": [10, 10], "b": [5, 5], "c": [3, 3]}, {"B": [0]})
    found = intervals(Outcomes(made))  # B of X1: 5 − 15 as claimed, 0 when closed; X2 has 10 − 10 + 3 in any case
    assert [ends(one)[2:4] for one in found] == [(1, 1), (1, 2)]
    assert [tuple(map(int, one.totals)) for one in found] == [(13, 3), (3, 3)]


def test_all_against_takes_the_place_where_the_movement_says_so() -> None:
    criteria = load_text(HEAD + TREE + RANK)
    made = stakes(criteria, {"a": [50, 40], "b": [0, 0], "c": [0, 0]}, {"A": [0], "B": [0], "C": [0]})
    out = replace(made, closed=Tables(replace(made.closed.table, unplaced={0: "đóng, không xếp hạng"})))
    assert [ends(one)[2:] for one in intervals(Outcomes(made))] == [(1, 2, 1, 2), (1, 2, 1, 1)]
    assert [ends(one)[2:] for one in intervals(Outcomes(out))] == [(1, None, 1, None), (1, 2, 1, 1)]


def test_pools_are_apart() -> None:
    criteria = load_text(HEAD + "attributes: {cum: {label: Cụm}}\npool: cum\n" + TREE + RANK)
    made = stakes(criteria, {"a": [50, 40, 30, 20], "b": [0, 30, 0, 30], "c": [0] * 4, "cum": [1, 1, 2, 2]}, {"B": [1]})
    assert [ends(one)[2:4] for one in intervals(Outcomes(made))] == [(1, 2), (1, 2), (2, 2), (1, 1)]


def test_points_relative_to_the_pool_are_scored_in_whole_tables_and_not_called_proven() -> None:
    tree = TREE.replace("count: a, each: 1, cap: 50", "linear: {of: a / pool.max(a), when_zero: zero}")
    criteria = load_text(HEAD + tree + RANK)
    rows = [0, 1, 2, 3]
    made = stakes(
        criteria, {"a": [50, 40, 30, 20], "b": [0, 9, 18, 27], "c": [1] * 4}, {"A": rows, "B": rows, "C": [0]}
    )
    outcomes = Outcomes(made)
    assert examine(outcomes).pooled
    quick = intervals(outcomes)
    assert {one.ranked for one in quick} == {False}
    whole = intervals(outcomes, most_of_pool=9)
    assert {one.ranked for one in whole} == {True}
    for one, true in zip(quick, whole, strict=True):
        assert (true.best.rank or 99) <= (one.best.rank or 99) <= (one.worst.rank or 99) <= (true.worst.rank or 99)


@pytest.mark.parametrize(
    ("change", "loose"),
    [
        ("", set()),
        ("rank: {by: total, then: [points(B)]}\n", set()),
        ("rank: {by: total, then: [-points(B)]}\n", {"B"}),
        ("rank: {by: total, then: [-b]}\n", {"B"}),
        ('gate: {need: points(B) >= 3, say: "x"}\n', set()),
        ('gate: {need: points(B) < 3, say: "x"}\n', {"B"}),
        ('stop: {need: b >= 3, say: "x"}\n', {"B"}),
        ('gate: {need: every(points >= 1), say: "x"}\n', set()),
        ('gate: {need: "count(points < 1) <= 1", say: "x"}\n', set()),
        ('gate: {need: "count(points < 1) >= 1", say: "x"}\n', {"A", "B", "C"}),
        ('less: [{count: c, each: "10%"}]\n', {"A", "B", "C"}),
        ("less: [{count: c, each: 1}]\n", {"C"}),
    ],
)
def test_what_is_steady(change: str, loose: set[str]) -> None:
    criteria = load_text(HEAD + TREE + (change if change.startswith("rank") else change + RANK))
    made = stakes(
        criteria,
        {"a": [1, 2], "b": [3, 4], "c": [5, 6]},
        {"A": [0], "B": [0], "C": [0]},
        {"A": ("a",), "B": ("b",), "C": ("c",)},
    )
    assert examine(Outcomes(made)).loose == loose


def test_a_grade_that_asks_for_few_points_is_proven_only_by_trying() -> None:
    odd = 'grades: [{name: "Lạ", need: points(A) < 30 and total >= 40}, {otherwise: "Thường"}]\n'
    criteria = load_text(HEAD + TREE + odd + RANK)
    made = stakes(criteria, {"a": [50], "b": [30], "c": [20]}, {"A": [0], "B": [0], "C": [0]})
    outcomes = Outcomes(made)
    assert not examine(outcomes).graded
    by_set = intervals(outcomes, most=0)[0]
    assert (by_set.best, by_set.worst, by_set.graded) == (End(1, "Thường"), End(1, "Thường"), False)
    tried = intervals(outcomes)[0]  # B and C for, A against: 50 points and none of A
    assert (tried.best, tried.worst, tried.graded) == (End(1, "Lạ"), End(1, "Thường"), True)


def test_the_same_candidates_in_another_order_have_the_same_intervals() -> None:
    criteria = load_text(HEAD + TREE + GRADES + RANK)
    one = stakes(criteria, {"a": [50, 40, 45], "b": [30, 20, 0], "c": [0, 15, 10]}, {"B": [0, 1], "C": [1]})
    two = stakes(criteria, {"a": [45, 40, 50], "b": [0, 20, 30], "c": [10, 15, 0]}, {"C": [1], "B": [2, 1]})
    ranks = [[ends(each)[1:] for each in intervals(Outcomes(made))] for made in (one, two)]
    assert ranks[0] == ranks[1][::-1]


def test_every_choice_is_scored_as_it_says() -> None:
    criteria = load_text(HEAD + TREE + RANK)
    outcomes = Outcomes(stakes(criteria, {"a": [5, 6], "b": [7, 8], "c": [1, 1]}, {"A": [0, 1], "B": [0, 1]}))
    result = outcomes.score({"A": np.array([FOR, AGAINST]), "B": np.array([AGAINST, FOR])})
    assert points(result) == [6, 9]
    assert result.state("A").tolist() == [states.SCORED, states.CLOSED]


def test_rows_of_an_item_table_go_with_the_criterion_that_owns_them() -> None:
    head = HEAD.replace("measures:", "tables: {t: {label: Bảng, key: k, columns: {n: {label: Số}}}}\nmeasures:")
    tree = TREE.replace("max: 30, count: b", "max: 30, count: t.sum(n)")
    criteria = load_text(head + tree + RANK)
    made = stakes(criteria, {"a": [1, 2], "c": [0, 0]}, {"B": [0, 1]})
    rows = ItemTable(["X1", "X2", "X1"], {"n": column([4, 5, 6])}, ["1", "1", "2"])
    none = ItemTable([], {"n": Column(np.array([], dtype=np.int64))}, [])
    made = replace(
        made,
        now=replace(made.now, items={"t": none}),
        claimed=replace(made.claimed, items={"t": rows}),
        closed=replace(made.closed, items={"t": none}),
        pending=(replace(made.pending[0], tables=("t",)),),
    )
    outcomes = Outcomes(made)
    assert (points(outcomes.claimed), points(outcomes.closed)) == ([11, 7], [1, 2])
    one = mixed(made, {"B": np.array([FOR, AGAINST])})
    assert (one.items["t"].owners, one.items["t"].keys) == (["X1", "X1"], ["1", "2"])
    assert one.items["t"].columns["n"].values.tolist() == [4, 6]
    assert examine(outcomes).loose == frozenset()
    assert [ends(each)[2:] for each in intervals(outcomes)] == [(1, 2, 1, 2), (1, 2, 1, 1)]
