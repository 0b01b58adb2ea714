"""Several periods combined: hand-worked numbers, and random ones against a slow row-by-row oracle of Fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.declarations.years import Combination, Consecutive, MinimumGrade
from scoring.years import Combined, Figure, Lack, Span, combine

MISSING, ABSENT = Lack.MISSING, Lack.ABSENT


def rule(**keys: Any) -> Combination:
    return Combination(**{"group": "a", "how": "mean", **keys})


def fig(total: Any, maximum: int = 100, **keys: Any) -> Figure:
    exact = Fraction(str(total))
    return Figure(exact, Fraction(maximum), exact / maximum if maximum else None, **keys)


def spans(*weights: Any, gaps: tuple[int, ...] = ()) -> list[Span]:
    return [Span(str(n), Fraction(str(weight)), n not in gaps) for n, weight in enumerate(weights)]


def one(made: Combination, cells: list[Any], over: list[Span] | None = None) -> Combined:
    return combine(made, over or spans(*[1] * len(cells)), [cells])[0]


def test_the_mean_is_of_exact_shares_and_rounded_once() -> None:
    """88.5/95, 92/100 and 97.25/100: rounding each to two decimals first would give 94.14."""
    found = one(rule(), [fig("88.5", 95), fig(92), fig("97.25")])
    assert found.exact == (Fraction(8850, 95) + 92 + Fraction("97.25")) / 3
    assert found.value == Fraction("94.14")
    assert one(rule(places=1), [fig("33.35")]).value == Fraction("33.4")  # the half goes up
    assert one(rule(places=1, rounding="half_even"), [fig("33.25")]).value == Fraction("33.2")
    assert one(rule(places=1, rounding="down"), [fig("33.29")]).value == Fraction("33.2")


def test_days_weigh_a_half_year_by_half() -> None:
    found = one(rule(weigh_by="days"), [fig(90), fig(80), fig(60)], spans(365, 365, 181))
    assert found.exact == Fraction(365 * 90 + 365 * 80 + 181 * 60, 911)
    assert found.value == Fraction("80.03")


@pytest.mark.parametrize(
    ("how", "value", "chosen"),
    [("mean", "80", None), ("sum", "240", None), ("last", "70", 2), ("best", "90", 0)],
)
def test_the_other_ways(how: str, value: str, chosen: int | None) -> None:
    found = one(rule(how=how, of="total"), [fig(90), fig(80), fig(70)])
    assert (found.value, found.chosen) == (Fraction(value), chosen)


def test_weights_of_what_counts_only() -> None:
    made = rule(how="weighted", missing="left_out")
    cells = [fig(90), MISSING, fig(60)]
    assert one(made, cells, spans(1, 5, "0.5")).value == Fraction(80)  # (90 + 30) / 1.5


def test_the_share_carries_years_with_other_maxima() -> None:
    cells = [fig(45, 50), fig(80, 100)]
    assert one(rule(of="share"), cells).value == 85
    assert one(rule(of="total"), cells).value == Fraction("62.5")


def test_a_missing_period_waits_is_left_out_or_is_zero() -> None:
    cells = [fig(90), MISSING]
    waits = one(rule(), cells)
    assert (waits.value, waits.provisional, waits.rank, [w.code for w in waits.why]) == (90, True, None, ["waits"])
    left = one(rule(missing="left_out"), cells)
    assert (left.value, left.provisional, left.rank) == (90, False, 1)
    zero = one(rule(missing="zero"), cells)
    assert (zero.value, zero.provisional, zero.rank) == (45, False, 1)


def test_who_was_not_there_is_not_marked_down() -> None:
    for missing in ("wait", "left_out", "zero"):
        found = one(rule(missing=missing), [ABSENT, fig(70)])
        assert (found.value, found.rank) == (70, 1)
    few = one(rule(least_periods=2), [ABSENT, fig(70)])
    assert (few.rank, few.why[0].code, few.why[0].have, few.why[0].need) == (None, "too_few", 1, 2)
    assert one(rule(), [ABSENT, ABSENT]).value is None


def test_a_period_in_which_nothing_applied_does_not_count() -> None:
    assert one(rule(), [fig(0, 0), fig(70)]).value == 70
    assert one(rule(missing="zero"), [fig(0, 0), fig(70)]).counted == (1,)


def test_a_period_without_a_place() -> None:
    cells = [fig(10, placed=False), fig(90)]
    assert [(f.value, f.rank) for f in (one(rule(unplaced=u), cells) for u in ("unplaced", "counts", "left_out"))] == [
        (50, None),
        (50, 1),
        (90, 1),
    ]


def test_minimum_grade() -> None:
    good, bad, unknown = fig(90, minimum=True), fig(50, minimum=False), fig(70, minimum=None)
    every = rule(minimum_grade=MinimumGrade(grade="Đạt"))
    two = rule(minimum_grade=MinimumGrade(grade="Đạt", periods=2))
    assert one(every, [good, good]).rank == 1
    assert one(every, [good, bad]).why[0].code == "grade"
    assert one(two, [good, bad, good]).rank == 1
    assert one(two, [good, bad, unknown]).why[0].code == "grade_open"  # nobody can say
    assert one(two, [bad, bad, unknown]).why[0].code == "grade"
    assert one(every, [good, ABSENT]).rank == 1
    zero = rule(minimum_grade=MinimumGrade(grade="Đạt"), missing="zero")
    assert one(zero, [good, MISSING]).why[0].code == "grade"


def test_consecutive_years_are_broken_by_a_gap() -> None:
    yes, no = fig(90, run=True), fig(90, run=False)
    three = rule(consecutive=Consecutive(grade="Đạt", periods=3), missing="left_out")
    four = spans(1, 1, 1, 1)
    assert one(three, [no, yes, yes, yes], four).rank == 1
    assert one(three, [yes, yes, no, yes], four).why[0].have == 2
    assert one(three, [yes, yes, MISSING, yes], four).why[0].code == "run"  # left out of the mean, not of the years
    assert one(three, [yes, ABSENT, yes, yes], four).why[0].have == 2
    assert one(three, [yes, yes, yes, no], spans(1, 1, 1, 1, gaps=(2,))).why[0].have == 2  # a year nobody combines
    assert one(three, [yes, fig(90, run=None), yes, no], four).why[0].code == "run_open"


def test_ties_share_a_place_and_what_decides_is_declared() -> None:
    rows = [[fig(80), fig(90)], [fig(90), fig(80)], [fig(70), fig(70)]]
    assert [(c.rank, c.tied) for c in combine(rule(), spans(1, 1), rows)] == [(1, True), (1, True), (3, False)]
    made = rule(then=["share_of_last"])
    assert [(c.rank, c.tied) for c in combine(made, spans(1, 1), rows)] == [(1, False), (2, False), (3, False)]
    least = [[fig(60), fig(100)], [fig(80), fig(80)]]
    assert [c.rank for c in combine(rule(then=["least_share"]), spans(1, 1), least)] == [2, 1]
    assert [c.rank for c in combine(rule(then=["best_share"]), spans(1, 1), least)] == [1, 2]
    firsts = [[fig(80, rank=2), fig(80, rank=1)], [fig(80, rank=1), fig(80, rank=1)]]
    assert [c.rank for c in combine(rule(then=["times_first"]), spans(1, 1), firsts)] == [2, 1]
    grades = [[fig(80, level=1)], [fig(80, level=0)], [fig(80)]]
    assert [c.rank for c in combine(rule(then=["grade_of_last"]), spans(1), grades)] == [2, 1, 3]


def test_what_is_printed_equal_is_equal() -> None:
    """Equal once rounded: the printed figure decides, not the digits behind it."""
    rows = [[fig("80.001")], [fig("80.004")]]
    assert [c.rank for c in combine(rule(), spans(1), rows)] == [1, 1]


def test_pools_and_who_is_barred() -> None:
    rows = [[fig(70)], [fig(90)], [fig(80)], [fig(95)]]
    found = combine(rule(), spans(1), rows, ["Cụm 1", "Cụm 2", "Cụm 1", "Cụm 1"], [False, False, False, True])
    assert [c.rank for c in found] == [2, 1, 1, None]
    assert found[3].why[0].code == "barred"
    assert combine(rule(), spans(1), []) == []


# --- against the oracle --------------------------------------------------------------------------------------------

numbers = st.fractions(min_value=0, max_value=100, max_denominator=60)


@st.composite
def figures(draw: Any) -> Figure:
    maximum = draw(st.sampled_from([Fraction(0), Fraction(50), Fraction(95), Fraction(100)]))
    total = draw(numbers) * maximum / 100
    truths = st.sampled_from([True, False, None])
    return Figure(
        total,
        maximum,
        total / maximum if maximum else None,
        draw(st.sampled_from([None, 0, 1, 2])),
        draw(st.sampled_from([None, 1, 2])),
        draw(st.booleans()),
        draw(truths),
        draw(truths),
    )


@st.composite
def cases(draw: Any) -> tuple[Combination, list[Span], list[list[Any]], list[str]]:
    count = draw(st.integers(1, 4))
    how = draw(st.sampled_from(["mean", "weighted", "last", "best", "sum"]))
    over = [
        Span(str(n), draw(st.sampled_from([Fraction(1), Fraction(181), Fraction(1, 2)])), draw(st.booleans()))
        for n in range(count)
    ]
    if how == "sum":
        over = [Span(span.name, Fraction(1), span.follows) for span in over]
    made = rule(
        how=how,
        of=draw(st.sampled_from(["total", "share"])),
        missing=draw(st.sampled_from(["wait", "left_out", "zero"])),
        unplaced=draw(st.sampled_from(["counts", "left_out", "unplaced"])),
        least_periods=draw(st.integers(1, 2)),
        places=draw(st.integers(0, 2)),
        minimum_grade=draw(st.sampled_from([None, MinimumGrade(grade="x"), MinimumGrade(grade="x", periods=2)])),
        consecutive=draw(st.sampled_from([None, Consecutive(grade="x", periods=2)])),
        then=draw(st.lists(st.sampled_from(["share_of_last", "least_share", "times_first"]), max_size=2, unique=True)),
    )
    cells = st.one_of(figures(), st.sampled_from([MISSING, ABSENT]))
    rows = draw(st.lists(st.lists(cells, min_size=count, max_size=count), min_size=1, max_size=5))
    return made, over, rows, draw(st.lists(st.sampled_from("xy"), min_size=len(rows), max_size=len(rows)))


def oracle(made: Combination, over: list[Span], row: list[Any]) -> tuple[Fraction | None, bool, list[Any]]:
    """Figure, whether it may have a place, and the keys; straight from the words of the rule."""
    kept: list[tuple[int, Figure]] = []
    fine = True
    for n, cell in enumerate(row):
        if cell is MISSING:
            fine = fine and made.missing != "wait"
            if made.missing == "zero":
                kept.append((n, Figure(Fraction(0), Fraction(0), Fraction(0))))
        elif cell is ABSENT or (made.of == "share" and cell.share is None):
            continue
        elif cell.placed or made.unplaced != "left_out":
            kept.append((n, cell))
            fine = fine and (cell.placed or made.unplaced == "counts")
    fine = fine and len(kept) >= made.least_periods
    if made.minimum_grade is not None:
        reached = [figure for _, figure in kept if figure.minimum is True]
        fine = fine and len(reached) >= (made.minimum_grade.periods or len(kept))
    if made.consecutive is not None:
        held = {n for n, figure in kept if figure.run is True}
        runs = [
            all(n in held and (n == first or over[n].follows) for n in range(first, first + made.consecutive.periods))
            for first in range(len(over) - made.consecutive.periods + 1)
        ]
        fine = fine and any(runs)
    values = [(figure.total if made.of == "total" else 100 * figure.share) for _, figure in kept]
    if not values:
        return None, False, []
    weights = [over[n].weight for n, _ in kept]
    value = {
        "mean": lambda: sum(v * w for v, w in zip(values, weights)) / sum(weights),
        "weighted": lambda: sum(v * w for v, w in zip(values, weights)) / sum(weights),
        "last": lambda: values[-1],
        "best": lambda: max(values),
        "sum": lambda: sum(values),
    }[made.how]()
    steps = int(value * 10**made.places + Fraction(1, 2))  # half up: nothing is negative here
    rounded = Fraction(steps, 10**made.places)
    shares = [figure.share for _, figure in kept if figure.share is not None]
    last = kept[-1][1]
    keys = {
        "share_of_last": last.share if last.share is not None else Fraction(-1),
        "least_share": min(shares, default=Fraction(-1)),
        "times_first": Fraction(sum(figure.rank == 1 for _, figure in kept)),
    }
    return rounded, fine, [rounded, *(keys[word] for word in made.then)]


@settings(max_examples=400, deadline=None)
@given(cases())
def test_agrees_with_the_oracle(case: tuple[Combination, list[Span], list[list[Any]], list[str]]) -> None:
    made, over, rows, pools = case
    told = [oracle(made, over, row) for row in rows]
    for number, found in enumerate(combine(made, over, rows, pools)):
        value, fine, keys = told[number]
        assert found.value == value
        peers = [other[2] for other, pool in zip(told, pools) if other[1] and pool == pools[number]]
        assert found.rank == (1 + sum(other > keys for other in peers) if fine else None)
        assert found.tied == (fine and peers.count(keys) > 1)


@settings(max_examples=100, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_order_of_rows_never_decides(case: Any, shuffler: Any) -> None:
    made, over, rows, pools = case
    order = list(range(len(rows)))
    shuffler.shuffle(order)
    straight = combine(made, over, rows, pools)
    mixed = combine(made, over, [rows[n] for n in order], [pools[n] for n in order])
    assert mixed == [straight[n] for n in order]
