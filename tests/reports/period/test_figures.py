"""Figures by themselves: spreads against statistics, trends that break, tags that parts hand down, counts that leave out."""

from __future__ import annotations

import statistics
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import load_text
from records.rounds import Window
from reports.period.cells import Number, shown
from reports.period.content_tables import last_change
from reports.period.gathering import told_on
from reports.period.results import counts, set_result, spread
from reports.period.sets import PeriodSet, Row, signature, tags_of
from reports.period.trends import trends
from tests.reports.period.oracle import percent
from tests.reports.period.oracle import shown as slowly

SHARES = st.fractions(min_value=0, max_value=1, max_denominator=10**6)
SET = """
criteria_set: thu
title: Bộ thử
group: a
valid_from: 2025-01-01
bases: [{id: vb, document: "Văn bản thử", number: "1/QĐ", date: 2025-01-01}]
clause: {basis: vb}
verified_by: [so-noi-vu]
points: {max: 20}
measures:
  x: {label: "Số việc", unit: việc}
tree:
  - id: P
    text: Phần
    max: 20
    tags: [noi-dung-1]
    children:
      - {id: P1, text: Một, max: 10, tags: [vua-xay-dung], count: {of: x, each: 1}}
      - {id: P2, text: Hai, max: 10, count: {of: x, each: 1}}
"""


def row(ident: str, share: Fraction | None, rank: int | None = None, **more: object) -> Row:
    told = {"pool": "", "grade": "", "tied": False, "unplaced": "", "provisional": False, **more}
    total = share * 100 if share is not None else Fraction(0)
    return Row(
        ident,
        ident,
        str(told["pool"]),
        total,
        Fraction(100),
        share,
        str(told["grade"]),
        rank,
        bool(told["tied"]),
        str(told["unplaced"]),
        bool(told["provisional"]),
        {},
    )


def period_set(
    period: str, rows: list[Row], *, mark: str = "x", persons: bool = False, levels: tuple[str, ...] = ()
) -> PeriodSet:
    pooled = any(one.pool for one in rows)
    return PeriodSet(
        period,
        "a",
        "a.yaml",
        "thu",
        "Bộ thử",
        2,
        ("Tốt", "Khá"),
        {},
        pooled,
        persons,
        mark,
        (),
        tuple(rows),
        None,
        False,
        levels,
    )


@given(st.lists(SHARES, max_size=30))
def test_spread_is_that_of_statistics(values: list[Fraction]) -> None:
    told = spread(values)
    assert told.counted == len(values)
    if values:
        figures = told.mean, told.median, told.highest, told.lowest
        assert figures == (statistics.mean(values), statistics.median(values), max(values), min(values))
    else:
        assert told.mean is told.median is told.highest is told.lowest is None


@given(st.fractions(min_value=-100, max_value=10**9), st.integers(0, 4))
def test_numbers_are_rounded_once_half_up(value: Fraction, places: int) -> None:
    assert shown(Number(value, places)) == slowly(value, places)
    assert shown(Number(value, percent=True)) == f"{slowly(value * 100)} %"


def test_who_has_handed_nothing_in_is_counted_but_not_in_means() -> None:
    rows = [row("A1", Fraction(1, 2), 2, grade="Khá"), row("A2", Fraction(1), 1, grade="Tốt")]
    rows += [row("A3", Fraction(0), None, unplaced="Không nộp biểu"), row("A4", None)]
    told = set_result(period_set("2026", rows))
    assert (told.listed, told.unplaced, told.spread.counted) == (4, 1, 2)
    assert told.grades == (("Tốt", 1), ("Khá", 1), ("", 1))
    assert told.spread.mean == Fraction(3, 4) and [one.id for one in told.heads] == ["A2", "A1"]


def test_pools_stand_as_they_are_declared_and_persons_have_no_heads() -> None:
    rows = [row(f"A{n}", Fraction(n, 10), 1, pool=pool) for n, pool in enumerate(("lớn", "nhỏ", "vừa"), 1)]
    told = set_result(period_set("2026", rows, levels=("nhỏ", "vừa", "lớn")))
    assert [name for name, _, _ in told.pools] == ["nhỏ", "vừa", "lớn"] == [one.pool for one in told.heads]
    named = [row("A1", Fraction(1), 1, pool="Cụm 10"), row("A2", Fraction(1), 1, pool="Cụm 2")]
    assert [one.pool for one in set_result(period_set("2026", named)).heads] == ["Cụm 2", "Cụm 10"]
    assert set_result(period_set("2026", rows, persons=True)).heads == ()


def test_everybody_on_a_shared_place_is_a_head() -> None:
    rows = [row(f"A{n}", Fraction(1), 1, tied=True) for n in range(1, 6)] + [row("A6", Fraction(1, 2), 6)]
    assert [one.id for one in set_result(period_set("2026", rows)).heads] == ["A1", "A2", "A3", "A4", "A5"]


def test_a_line_breaks_where_the_set_was_changed() -> None:
    told = {"2025": ("x", "1/2"), "2026": ("x", "3/4"), "2028": ("y", "1/4")}
    sets = [period_set(period, [row("A1", Fraction(share))], mark=mark) for period, (mark, share) in told.items()]
    [one] = trends(["2025", "2026", "2027", "2028"], sets)
    assert one.stretches == (0, 3) and one.points[2] is None
    assert last_change(one.points, one.stretches) is None  # 2028 has no year that may be compared with it
    [two] = trends(["2025", "2026"], sets[:2])
    assert last_change(two.points, two.stretches) == Number(Fraction(25))


def test_other_words_are_the_same_set_other_points_are_not() -> None:
    own = signature(load_text(SET))
    assert signature(load_text(SET.replace("text: Một", "text: Lời khác").replace("Bộ thử", "Tên khác"))) == own
    assert signature(load_text(SET.replace("each: 1}}\n      - {id: P2", "each: 2}}\n      - {id: P2"))) != own


def test_leaves_carry_the_tags_of_their_parts() -> None:
    assert tags_of(load_text(SET)) == {"P1": ("noi-dung-1", "vua-xay-dung"), "P2": ("noi-dung-1",)}


@pytest.mark.parametrize(
    ("maximum", "state", "kept"),
    [
        (10, "scored", True),
        (10, "closed", True),
        (0, "not_applicable", False),
        (10, "no_evidence", False),
        (0, "scored", False),
    ],
)
def test_what_counts_in_contents(maximum: int, state: str, kept: bool) -> None:
    assert counts(Fraction(maximum), state) is kept


def test_the_day_everything_is_told_for() -> None:
    window = Window("2026", date(2026, 1, 1), date(2026, 12, 31))
    assert told_on(window, False, date(2026, 5, 5)) == date(2026, 5, 5)
    assert told_on(window, True, date(2026, 5, 5)) == told_on(window, False, date(2027, 5, 5)) == date(2026, 12, 31)
    assert told_on(window, False, date(2025, 5, 5)) == date(2026, 1, 1)


def test_percent_of_the_oracle() -> None:
    assert (
        percent(Fraction(1, 3)) == "33,33 %"
        and slowly(Fraction(-1, 8)) == "−0,13"
        and slowly(Fraction(1234567, 100)) == "12.345,67"
    )
