"""Intervals against every outcome scored by the oracle, on random sets: proven ends are exactly the extremes, others lie within."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from criteria.problems import ProblemsFound
from scoring.analysis.intervals import Interval, intervals
from scoring.analysis.outcomes import Outcomes
from scoring.analysis.singles import singles
from tests import strategies
from tests.analysis.interval_support import Drawn, Span, brute, draw

SOME = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
PROVEN: Counter[str] = Counter()


def place(rank: int | None) -> int:
    return rank if rank is not None else 10**9


def grade(name: str | None, names: tuple[str, ...]) -> int:
    return names.index(name) if name is not None else 10**9


def hold(found: list[Interval], whole: dict[str, Span], own: dict[str, Span], names: tuple[str, ...]) -> None:
    for one in found:
        true, mine = whole[one.candidate], own[one.candidate]
        ranks, grades = true.ranks, true.ends(names)
        shown = (one.best.rank, one.worst.rank)
        PROVEN["ranked" if one.ranked else "not ranked"] += 1
        PROVEN["graded" if one.graded else "not graded"] += 1
        if one.ranked:
            assert (shown, (one.own_best, one.own_worst)) == (ranks, mine.ranks), one
        assert all(rank in true.places for rank in shown), one  # every end is reached by some outcome
        assert place(ranks[0]) <= place(shown[0]) <= place(shown[1]) <= place(ranks[1]), one
        if one.graded:
            assert (one.best.grade, one.worst.grade) == grades, one
        assert {one.best.grade, one.worst.grade} <= set(true.grades), one
        assert grade(grades[0], names) <= grade(one.best.grade, names) <= grade(one.worst.grade, names), one


def check(case: Any, data: Any) -> None:
    try:
        drawn: Drawn | None = draw(case, data)
    except ProblemsFound:
        return
    if drawn is None:
        return
    whole, own = brute(drawn)
    outcomes = Outcomes(drawn.stakes)
    names = drawn.result.set.grade_names
    hold(intervals(outcomes), whole, own, names)
    hold(intervals(outcomes, most=0, most_of_pool=0), whole, own, names)  # by what is proven of the set alone
    alone(drawn, outcomes)


def alone(drawn: Drawn, outcomes: Outcomes) -> None:
    """Which single criterion matters, and for whom, against the oracle."""
    found = singles(outcomes)
    assert found is not None
    told = {(one.candidate, one.criterion): one for one in found}
    for pair in drawn.pairs:
        rest = {other: "waits" for other in drawn.pairs if other != pair}
        for_, against = (drawn.oracle({**rest, pair: word}) for word in ("for", "against"))
        moved = {who for who in for_ if any(for_[who][key] != against[who][key] for key in ("rank", "grade"))}
        one = told.get(pair)
        assert set(one.moved if one is not None else ()) == moved, pair
        if one is not None:
            assert one.ranks == (for_[pair[0]]["rank"], against[pair[0]]["rank"])
            assert one.grades == (for_[pair[0]]["grade"], against[pair[0]]["grade"])
            PROVEN["matters"] += 1


@pytest.mark.parametrize("kind", ["cases", "rank_cases", "pool_cases", "quota_cases", "over_cases"])
def test_against_every_outcome(kind: str) -> None:
    PROVEN.clear()

    @SOME
    @given(getattr(strategies, kind)(), st.data())
    def run(case: Any, data: Any) -> None:
        if len(case.rows) <= 6:
            check(case, data)

    run()
    assert PROVEN["ranked"] > 20 and PROVEN["graded"] > 20 and PROVEN["matters"] > 0, PROVEN
