"""Working days and time limits: the movement's calendar against the arrangements as announced, and against a day-by-day oracle."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from criteria.movements.reading import read_movement
from criteria.problems import ProblemsFound, errors
from records.calendar import LIMITS, Calendar, calendar_of, due, limit, limit_problems
from tests.rounds.support import MOVEMENT, SECOND, new_workspace

DAY = timedelta(days=1)
DECLARED, _FOUND = read_movement(MOVEMENT / "movement.yaml")
assert DECLARED is not None, _FOUND
OTHER, _FOUND = read_movement(SECOND / "movement.yaml")
assert OTHER is not None, _FOUND
CALENDAR = calendar_of(DECLARED)
assert CALENDAR is not None

# Days off on weekdays as the Government arranged them, written down here a second time; Saturdays worked.
OFF_2025_2026 = (
    "2025-01-01 2025-01-27 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-04-07 2025-04-30 2025-05-01 2025-05-02 2025-09-01 "
    "2025-09-02 2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-04-27 2026-04-30 2026-05-01 "
    "2026-08-31 2026-09-01 2026-09-02"
)
WORKED = "2025-04-26 2026-01-10 2026-08-22"


def days(text: str) -> set[date]:
    return {date.fromisoformat(word) for word in text.split()}


def test_every_day_of_the_announced_years() -> None:
    off, worked = days(OFF_2025_2026), days(WORKED)
    for number in range((date(2026, 12, 31) - date(2025, 1, 1)).days + 1):
        day = date(2025, 1, 1) + number * DAY
        assert CALENDAR.is_working(day) == (day in worked or (day.weekday() < 5 and day not in off)), day


@pytest.mark.parametrize(
    ("new_year", "ancestors"),
    [
        ("2025-01-29", "2025-04-07"),
        ("2026-02-17", "2026-04-26"),
        ("2027-02-06", "2027-04-16"),
        ("2028-01-26", "2028-04-04"),
        ("2029-02-13", "2029-04-23"),
        ("2030-02-02", "2030-04-12"),
    ],
)
def test_lunar_days(new_year: str, ancestors: str) -> None:
    """1/1 and 10/3 of the lunar year at UTC+7; in 2030 the new moon is before midnight here and after it in China."""
    first = date.fromisoformat(new_year)
    assert [CALENDAR.holidays.get(first + n * DAY) for n in range(3)] == ["Tết Âm lịch"] * 3
    assert CALENDAR.holidays[date.fromisoformat(ancestors)] == "Giỗ Tổ Hùng Vương"
    assert sum(name == "Tết Âm lịch" and day.year == first.year for day, name in CALENDAR.holidays.items()) == 5


def test_days_made_up_for_holidays_at_weekends() -> None:
    assert {day for day in CALENDAR.made_up if day.year < 2030} == days(
        "2026-04-27 2027-02-10 2027-02-11 2027-05-03 2028-01-03 2028-05-02 2028-09-04 2029-09-04"
    )


def test_limits_by_hand() -> None:
    # returned on Thursday before Tết 2026: Friday 13/2 is day 1, then 23, 24, 25, 26/2
    assert due(DECLARED, "explanation", date(2026, 2, 12)) == date(2026, 2, 26)
    # across the worked Saturday 22/8 and the long Quốc khánh: 20, 21, 22 (Sat), 24, 25, then ten days end on 3/9
    assert CALENDAR.add_working_days(date(2026, 8, 19), 5) == date(2026, 8, 25)
    assert CALENDAR.add_working_days(date(2026, 8, 19), 9) == date(2026, 9, 3)
    assert CALENDAR.working_days_between(date(2026, 8, 28), date(2026, 9, 3)) == 1
    assert CALENDAR.working_days_between(date(2026, 9, 3), date(2026, 8, 28)) == -1
    assert CALENDAR.next_working_day(date(2026, 8, 29)) == date(2026, 9, 3)


def test_days_of_the_calendar_end_on_a_working_day() -> None:
    limits = DECLARED.time_limits.model_copy(
        update={"comments": limit(DECLARED, "comments").model_copy(update={"working": False})}
    )
    plain = DECLARED.model_copy(update={"time_limits": limits})
    assert due(plain, "comments", date(2026, 8, 20)) == date(2026, 9, 3)  # day 10 is Sunday 30/8
    assert due(plain, "comments", date(2026, 8, 17)) == date(2026, 8, 27)


@some.composite
def calendars(draw: some.DrawFn) -> Calendar:
    day = some.dates(date(2026, 1, 1), date(2026, 12, 31))
    holidays = dict.fromkeys(draw(some.lists(day, max_size=40)), "lễ")
    saturdays = [date(2026, 1, 3) + 7 * n * DAY for n in range(52)]
    worked = frozenset(draw(some.sets(some.sampled_from(saturdays), max_size=5))) - set(holidays)
    swapped = frozenset(one for one in draw(some.sets(day, max_size=5)) if one.weekday() < 5 and one not in holidays)
    return Calendar(holidays, worked, swapped)


def oracle(calendar: Calendar) -> set[date]:
    """Working days of 2026 and around, found by crossing out day after day."""
    all_days = [date(2025, 6, 1) + n * DAY for n in range(1000)]
    worked = [
        day for day in all_days if day.weekday() < 5 and day not in calendar.holidays and day not in calendar.swapped
    ]
    for holiday in sorted(calendar.holidays):
        if holiday.isoweekday() in (6, 7):
            worked.remove(next(day for day in worked if day > holiday))
    return {*worked, *calendar.working}


@given(calendars(), some.dates(date(2026, 1, 1), date(2026, 12, 31)), some.integers(1, 60))
def test_against_the_oracle(calendar: Calendar, start: date, count: int) -> None:
    worked = sorted(oracle(calendar))
    after = [day for day in worked if day > start]
    end = calendar.add_working_days(start, count)
    assert end == after[count - 1]
    assert calendar.working_days_between(start, end) == count
    assert calendar.working_days_between(end, start) == -count
    assert calendar.working_days_between(start, start + 30 * DAY) == sum(day <= start + 30 * DAY for day in after)
    assert calendar.next_working_day(start) == next(day for day in worked if day >= start)


def test_no_limit_of_no_days() -> None:
    with pytest.raises(ValueError):
        CALENDAR.add_working_days(date(2026, 1, 1), 0)


def test_what_is_not_announced_is_said() -> None:
    assert CALENDAR.uncertain(date(2026, 3, 2), date(2026, 11, 23)) == ()
    assert "24/11/2026" in "".join(CALENDAR.uncertain(date(2026, 11, 23), date(2026, 11, 30)))
    assert CALENDAR.is_working(date(2026, 11, 24))  # proposed is not yet a holiday
    assert any("2027" in text for text in CALENDAR.uncertain(date(2026, 12, 28), date(2027, 1, 8)))
    assert any("2031" in text for text in CALENDAR.uncertain(date(2031, 1, 6), date(2031, 1, 8)))


def test_limits_are_stated_as_proposals() -> None:
    assert limit_problems(DECLARED, *LIMITS) == []
    assert {name: limit(DECLARED, name).days for name in LIMITS} == {
        "verification": 15,
        "explanation": 5,
        "comments": 10,
        "complaint": 10,
    }
    assert all(limit(DECLARED, name).status == "proposal" for name in LIMITS)


def test_a_movement_that_states_none(tmp_path: Path) -> None:
    found = limit_problems(OTHER, "explanation", "comments")
    assert [problem.code for problem in found] == ["calendar", "time-limit", "time-limit"]
    assert "giải trình" in found[1].message and "góp ý" in found[2].message
    with pytest.raises(ProblemsFound):
        due(OTHER, "explanation", date(2026, 1, 5))
    with pytest.raises(ProblemsFound):
        limit(OTHER, "complaint")
    workspace = new_workspace(tmp_path / "w", MOVEMENT)
    assert due(workspace, "explanation", date(2026, 11, 2)) == date(2026, 11, 9)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{off: 2025-05-02, work: 2025-04-26}", "{off: 2025-05-01, work: 2025-04-26}", "wrong-value"),
        ("{off: 2025-05-02, work: 2025-04-26}", "{off: 2025-05-02, work: 2025-04-25}", "wrong-value"),
        ("from: 2025-01-27, to: 2025-01-31", "from: 2025-01-27, to: 2025-01-26", "wrong-value"),
        ("from: 2025-04-07}", "from: 2024-04-07}", "wrong-value"),
        ("- year: 2026", "- year: 2025", "duplicate-id"),
        ("explanation: {days: 5,", "explanation: {days: 0,", "wrong-value"),
        ("explanation: {days: 5,", "explanations: {days: 5,", "unknown-key"),
        ("  - from: 2025-07-01\n    authority", "  - authority", "duplicate-id"),
    ],
)
def test_check_refuses(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = (MOVEMENT / "movement.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    for path in MOVEMENT.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "movement.yaml").write_text(text.replace(old, new), encoding="utf-8")
    found = errors(read_movement(tmp_path / "movement.yaml")[1])
    assert code in {problem.code for problem in found} and all(problem.line for problem in found)
