"""Gaps against a row-by-row reckoning in whole numbers: units, criteria, bodies, wording that misleads, habits."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoring.analysis.gaps import LEFT_OUT, Compared, Gap, Pair, gap, gaps_by, habitual, misleading

UNITS, CRITERIA, BODIES = ("X1", "X2", "X3", "X4"), ("C1", "C2", "C3"), {"C1": "so-a", "C2": "so-b", "C3": "so-a"}
CELL = st.one_of(
    st.sampled_from(sorted(LEFT_OUT)),
    st.tuples(st.integers(1, 400), st.integers(0, 400), st.integers(0, 400)),  # hundredths: maximum, claimed, found
)
GRID = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=4, max_size=4)


def compared(grid: list[list[object]]) -> Compared:
    pairs, out = [], []
    for unit, row in zip(UNITS, grid):
        for criterion, cell in zip(CRITERIA, row):
            if isinstance(cell, str):
                out.append((unit, criterion, cell))
            else:
                most, claimed, found = cell  # type: ignore[misc]
                pairs.append(Pair(unit, criterion, Fraction(most, 100), Fraction(claimed, 100), Fraction(found, 100)))
    return Compared(tuple(pairs), tuple(out))


def reckoned(cells: list[object]) -> tuple[int, int, int, int, Fraction | None]:
    """over, under, equal, left out, mean; the mean over one common denominator, in whole numbers."""
    numbers = [cell for cell in cells if not isinstance(cell, str)]
    over = sum(1 for _, claimed, found in numbers if claimed > found)
    under = sum(1 for _, claimed, found in numbers if claimed < found)
    common = 1
    for most, _, _ in numbers:
        common *= most
    summed = sum((claimed - found) * (common // most) for most, claimed, found in numbers)
    mean = Fraction(summed, common * len(numbers)) if numbers else None
    return over, under, len(numbers) - over - under, len(cells) - len(numbers), mean


def told(one: Gap) -> tuple[int, int, int, int, Fraction | None]:
    return one.over, one.under, one.equal, one.not_compared, one.mean


@given(GRID)
def test_every_gap_is_that_of_its_rows(grid: list[list[object]]) -> None:
    here = compared(grid)
    by_unit = gaps_by(here, lambda unit, _: unit, UNITS)
    by_criterion = gaps_by(here, lambda _, criterion: criterion, CRITERIA)
    by_body = gaps_by(here, lambda _, criterion: BODIES[criterion])
    assert {unit: told(one) for unit, one in by_unit.items()} == {u: reckoned(row) for u, row in zip(UNITS, grid)}
    columns = {criterion: [row[place] for row in grid] for place, criterion in enumerate(CRITERIA)}
    assert {name: told(one) for name, one in by_criterion.items()} == {n: reckoned(c) for n, c in columns.items()}
    assert told(by_body["so-a"]) == reckoned([*columns["C1"], *columns["C3"]])
    whole = gap(here.pairs, (why for _, _, why in here.left_out))
    assert told(whole) == reckoned([cell for row in grid for cell in row])
    assert whole.points == sum(
        (Fraction(c - f, 100) for row in grid for cell in row if not isinstance(cell, str) for _, c, f in [cell]),
        Fraction(0),
    )  # type: ignore[misc]
    assert sum(whole.left_out.values()) == sum(isinstance(cell, str) for row in grid for cell in row)


@given(GRID, st.integers(1, 100), st.integers(1, 4))
def test_wording_is_named_by_its_stated_share(grid: list[list[object]], percent: int, least: int) -> None:
    by_criterion = gaps_by(compared(grid), lambda _, criterion: criterion, CRITERIA)
    expected = set()
    for place, criterion in enumerate(CRITERIA):
        over, under, equal, _, _ = reckoned([row[place] for row in grid])
        if over + under + equal >= least and over and over * 100 >= percent * (over + under + equal):
            expected.add(criterion)
    found = misleading(by_criterion, Fraction(percent, 100), least)
    assert set(found) == expected and len(found) == len(expected)
    shares = [by_criterion[name].over_share for name in found]
    assert shares == sorted(shares, reverse=True)  # type: ignore[type-var]


@given(st.lists(GRID, min_size=1, max_size=3))
def test_a_habit_is_every_period_compared_and_at_least_two(grids: list[list[list[object]]]) -> None:
    periods = [gaps_by(compared(grid), lambda unit, _: unit, UNITS) for grid in grids]
    found = habitual(periods)
    for place, unit in enumerate(UNITS):
        means = [mean for grid in grids if (mean := reckoned(grid[place])[4]) is not None]
        if len(means) < 2:
            assert unit not in found
        else:
            assert found[unit] == all(mean > 0 for mean in means)


def test_what_was_not_compared_is_counted_by_reason_and_never_zero() -> None:
    here = Compared((), (("X1", "C1", "waiting"), ("X1", "C2", "not_applicable"), ("X1", "C3", "waiting")))
    one = gaps_by(here, lambda unit, _: unit)["X1"]
    assert one.mean is None and one.over_share is None and one.moved_share is None
    assert one.left_out == {"not_applicable": 1, "waiting": 2}
