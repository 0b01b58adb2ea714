"""Places under noise against the same draws recomputed with exact fractions, row by row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.problems import ProblemsFound
from scoring.analysis.firmness import Noise, firmness, place_draws
from scoring.analysis.weights import weighted_total
from scoring.result import Result
from tests.analysis.trial_support import OUT, leaf, part, scored, standard
from tests.strategies import cases, rank_cases
from tests.support.agreement import engine

FEW = Noise(percent=30, draws=60, seed=7)
PLAIN = [leaf("A", "10"), part("B", leaf("B1", "5"), leaf("B2", "15")), leaf("C", "20")]
SCALED = [
    part("P", leaf("P1", "3"), leaf("P2", "5.5"), leaf("P3", "8"), rescale="true"),
    part("Q", leaf("Q1", "10"), leaf("Q2", "2.25"), rescale="true"),
    leaf("R", "7"),
]


def half_up(value: Fraction) -> int:
    return math.floor(value + Fraction(1, 2))


def expected_plain(columns: dict[str, Sequence[int | None]], factors: Any) -> list[list[Fraction]]:
    """The total of every draw and row: nothing but products and sums."""
    rows = list(zip(*columns.values(), strict=True))
    return [
        [sum(Fraction(int(f)) * (v or 0) for f, v in zip(draw, row, strict=True)) for row in rows] for draw in factors
    ]


def expected_scaled(columns: dict[str, Sequence[int | None]], factors: Any) -> list[list[Fraction]]:
    """Parts scaled back to their drawn mark, then the whole, each rounded to a thousandth of a step; rest as scored."""
    marks = {"P1": 300, "P2": 550, "P3": 800, "Q1": 1000, "Q2": 225, "R": 700}
    parts = [("P1", "P2", "P3"), ("Q1", "Q2"), ("R",)]
    names = list(columns)

    def total(row: dict[str, int | None], f: dict[str, int]) -> int:
        points = applies = 0
        for group in parts:
            mark = sum(f[n] * marks[n] for n in group)
            inside = sum(f[n] * marks[n] for n in group if row[n] is not None)
            own = sum(f[n] * (row[n] or 0) for n in group)
            if not inside:
                continue
            points += half_up(Fraction(own * mark, inside)) if len(group) > 1 else own
            applies += mark
        mark = sum(f[n] * marks[n] for n in names)
        return half_up(Fraction(points * mark, applies))

    whole = sum(marks.values())
    ones = dict.fromkeys(names, 1000)
    found = []
    for draw in factors:
        f = dict(zip(names, map(int, draw), strict=True))
        mark = Fraction(sum(f[n] * marks[n] for n in names))
        line = []
        for values in zip(*columns.values(), strict=True):
            row = dict(zip(names, values, strict=True))
            scored_total = _engine_total(row, marks, parts)
            rest = scored_total * 1000 - total(row, ones)
            line.append(Fraction(total(row, f)) * whole * 1000 / mark + rest)
        found.append(line)
    return found


def _engine_total(row: dict[str, int | None], marks: dict[str, int], parts: list[tuple[str, ...]]) -> int:
    """In hundredths, each part and the whole rounded half up as the set says."""
    points = applies = 0
    for group in parts:
        inside = sum(marks[n] for n in group if row[n] is not None)
        own = sum(row[n] or 0 for n in group)
        if inside:
            points += half_up(Fraction(own * sum(marks[n] for n in group), inside))
            applies += sum(marks[n] for n in group)
    return half_up(Fraction(points * sum(marks.values()), applies))


def places(values: list[Fraction], pools: Sequence[str]) -> list[int]:
    return [
        1 + sum(1 for j, other in enumerate(values) if pools[j] == pools[i] and other > value)
        for i, value in enumerate(values)
    ]


def spreads_of(result: Result, noise: Noise, drawn: list[list[int]]) -> dict[str, tuple[int, int, int, int]]:
    """5 %, median, 95 % and times first of every row, from all its places sorted."""
    found = {}
    for row, ident in enumerate(result.ids):
        mine = sorted(line[row] for line in drawn)
        low, median, high = (mine[math.ceil(Fraction(p * noise.draws, 100)) - 1] for p in (5, 50, 95))
        found[ident] = (low, median, high, mine.count(1))
    return found


def check(result: Result, expected: list[list[Fraction]], pools: Sequence[str], noise: Noise = FEW) -> None:
    wanted = [places(line, pools) for line in expected]
    total = weighted_total(result)
    assert total.why_not == ""
    mine = np.concatenate(list(place_draws(result, total, noise)))
    assert mine.tolist() == wanted
    spreads = {one.id: (one.low, one.median, one.high, one.first) for one in firmness(result, noise).spreads}
    assert spreads == spreads_of(result, noise, wanted)


NUMBERS = st.lists(st.lists(st.sampled_from([0, 100, 150, 200, 500]), min_size=4, max_size=4), min_size=1, max_size=9)


@settings(max_examples=40, deadline=None)
@given(NUMBERS, st.booleans())
def test_a_plain_sum_is_redrawn_exactly(rows: list[list[int]], pooled: bool) -> None:
    columns = dict(zip(("A", "B1", "B2", "C"), zip(*rows, strict=True), strict=True))
    pools = ["Cụm 1" if row % 2 else "Cụm 2" for row in range(len(rows))]
    result = scored(standard(PLAIN), columns, **({"pool": pools} if pooled else {}))
    check(result, expected_plain(columns, FEW.factors(4)), pools if pooled else [""] * len(rows))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([0, 100, 150, 200, 225, OUT]), min_size=6, max_size=6).filter(
            lambda row: any(v is not OUT for v in row)
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_is_scaled_back_is_redrawn_with_its_own_rounding(rows: list[list[int | None]]) -> None:
    columns = dict(zip(("P1", "P2", "P3", "Q1", "Q2", "R"), zip(*rows, strict=True), strict=True))
    result = scored(standard(SCALED, rescale="true"), columns)
    check(result, expected_scaled(columns, FEW.factors(6)), [""] * len(rows))


def test_weights_of_a_weighted_whole_are_drawn() -> None:
    tree = [leaf("A", "10", weight="3"), leaf("B", "4", weight="1")]
    columns: dict[str, Sequence[int | None]] = {"A": [1000, 0, 500], "B": [0, 400, 200]}
    result = scored(standard(tree, combine="weighted", points={"max": "100"}), columns)
    shares = [[Fraction(a or 0, 1000) * 3 * f + Fraction(b or 0, 400) * g for a, b in zip(*columns.values(), strict=True)]
              for f, g in FEW.factors(2).tolist()]  # fmt: skip
    check(result, shares, [""] * 3)


def test_equal_totals_share_the_place_in_every_draw_unless_the_set_says_what_decides() -> None:
    twins = {"A": [500, 500, 100], "B": [300, 300, 100]}
    tree = [leaf("A", "10"), leaf("B", "10")]
    tied = firmness(scored(standard(tree), twins), FEW)
    assert [(one.id, one.low, one.high, one.first) for one in tied.spreads] == [
        ("X000", 1, 1, 60),
        ("X001", 1, 1, 60),
        ("X002", 3, 3, 0),
    ]
    later = {**twins, "age": [1, 2, 9]}
    decided = standard(tree, rank={"by": "total", "then": ["age"]}, measures={"age": {"label": "Năm"}})
    result = firmness(scored(decided, later), FEW)
    assert [(one.id, one.place, one.low, one.high) for one in result.spreads] == [
        ("X001", 1, 1, 1),
        ("X000", 2, 2, 2),
        ("X002", 3, 3, 3),
    ]


def test_what_is_no_sum_is_drawn_as_a_whole_and_said() -> None:
    tree = [leaf("A", "10"), part("B", leaf("B1", "10"), leaf("B2", "10"), combine="best", max="10")]
    columns = {"A": [100, 400], "B1": [900, 0], "B2": [0, 500]}
    found = firmness(scored(standard(tree), columns), FEW)
    assert found.drawn == ("A", "B")
    assert found.held == (("B", "điểm của nhóm không cộng từ các tiêu chí bên trong"),)
    two = [[Fraction(100 * f + 900 * g), Fraction(400 * f + 500 * g)] for f, g in FEW.factors(2).tolist()]
    check(scored(standard(tree), columns), two, ["", ""])


def test_points_of_the_whole_stay_as_they_were_scored() -> None:
    criteria = standard(
        [leaf("A", "10"), leaf("B", "10")],
        plus={"cap": "5", "items": [{"id": "T", "text": "Thưởng", "value": "bonus"}]},
        measures={"bonus": {"label": "Điểm thưởng"}},
    )
    columns: dict[str, Sequence[int | None]] = {"A": [500, 400], "B": [500, 550], "bonus": [0, 1]}
    result = scored(criteria, columns)
    assert [int(rank) for rank in result.ranks] == [2, 1]
    wanted = [
        [Fraction((a or 0) * f + (b or 0) * g) * 2000 / (1000 * f + 1000 * g) + 100 * (t or 0) for a, b, t in zip(*columns.values(), strict=True)]
        for f, g in FEW.factors(2).tolist()
    ]  # fmt: skip
    check(result, wanted, ["", ""])
    assert any("điểm trừ, điểm cộng" in why for _, why in weighted_total(result).held)


@settings(max_examples=60, deadline=None)
@given(st.one_of(cases(), rank_cases()))
def test_without_noise_every_draw_gives_the_places_of_the_result(case: Any) -> None:
    try:
        result = engine(case)
    except ProblemsFound:  # a set that the checks refuse has no result
        return
    if result.set.declaration.rank is None:
        return
    found = firmness(result, Noise(percent=0, draws=2, seed=1))
    if found.why_not:
        assert found.spreads == ()
        return
    assert {one.id: (one.low, one.high) for one in found.spreads} == {
        ident: (int(rank), int(rank)) for ident, rank in zip(result.ids, result.ranks, strict=True) if rank
    }


def test_numbers_too_large_for_a_machine_word_stay_exact() -> None:
    most = str(10**9)
    tree = [leaf("A", most), leaf("B", most), leaf("C", most)]
    columns = {"A": [10**11, 10**11 - 1, 7], "B": [10**11 - 1, 10**11, 7], "C": [5, 5, 10**11]}
    criteria = standard(tree, points={"places": "2"})
    check(scored(criteria, columns), expected_plain(columns, FEW.factors(3)), ["", "", ""])


def test_a_seed_gives_the_same_draws_and_stays_inside_the_noise() -> None:
    noise = Noise(percent=10, draws=500, seed=3)
    factors = noise.factors(4)
    assert factors.shape == (500, 4) and factors.min() == 900 and factors.max() == 1100
    assert np.array_equal(factors, Noise(percent=10, draws=500, seed=3).factors(4))
    assert not np.array_equal(factors, Noise(percent=10, draws=500, seed=4).factors(4))
    assert Noise(draws=1, seed=20260101).factors(3).tolist() == FIRST
    with pytest.raises(ValueError):
        Noise(percent=100).factors(2)


FIRST = [[1072, 997, 972]]


def test_keeping_the_place_of_a_grade_counts_draws_inside_the_grade() -> None:
    grades = [{"name": "Tốt", "need": "total >= 15"}, {"name": "Khá", "need": "total < 15"}]
    columns = {"A": [1000, 600, 100], "B": [700, 950, 300]}
    result = scored(standard([leaf("A", "10"), leaf("B", "10")], grades=grades), columns)
    spreads = {one.id: one for one in firmness(result, FEW).spreads}
    assert [spreads[i].keeps for i in ("X000", "X001", "X002")] == [60, 60, 60]
    assert 0 < spreads["X000"].first < 60 and spreads["X000"].first + spreads["X001"].first >= 60
    alone = scored(standard([leaf("A", "10"), leaf("B", "10")], grades=[{"name": "Tốt", "need": "total >= 17"}, {"name": "Khá", "need": "total < 17"}]), columns)  # fmt: skip
    keeps = {one.id: one.keeps for one in firmness(alone, FEW).spreads}
    assert keeps["X000"] == sum(1 for line in _two(columns) if line[0] == 1) and keeps["X002"] == 60


def _two(columns: dict[str, list[int]]) -> list[list[int]]:
    return [places(line, ["", "", ""]) for line in expected_plain(columns, FEW.factors(2))]  # type: ignore[arg-type]


def test_a_ranking_by_something_else_is_not_drawn() -> None:
    criteria = standard([leaf("A", "10"), leaf("B", "10")], rank={"by": "points(A)"})
    found = firmness(scored(criteria, {"A": [100, 200], "B": [0, 0]}), FEW)
    assert "không theo tổng điểm" in found.why_not and found.spreads == ()
