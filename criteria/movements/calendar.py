"""Checks of the calendar and the letterhead of a movement file: days inside their year, swaps that move what can be moved."""

from __future__ import annotations

from datetime import date, timedelta

from criteria.declarations.calendar import CalendarYear, Holiday, HolidayCalendar, Swap
from criteria.declarations.movement import Movement
from criteria.problems import Problem
from criteria.source import Path, Source

WEEKLY_REST = (5, 6)  # Saturday and Sunday; Quyết định 188/1999/QĐ-TTg: the week of officials has five days
_LONGEST = 14  # days of one holiday


def calendar_problems(source: Source, movement: Movement) -> list[Problem]:
    """What is wrong with the calendar and with the days from which a letterhead holds."""
    problems = _calendar(source, movement.calendar) if movement.calendar is not None else []
    seen: set[date | None] = set()
    for index, head in enumerate(movement.letterhead):
        if head.from_ in seen:
            message = "Hai cơ quan ban hành văn bản cùng một ngày bắt đầu."
            hint = "Mỗi cơ quan một ngày from; chỉ một cơ quan để trống from."
            problems.append(source.problem("duplicate-id", ("letterhead", index), message, hint))
        seen.add(head.from_)
    return problems


def days_of(holiday: Holiday) -> list[date]:
    """Every day of a holiday, also those on weekly rest days."""
    last = holiday.to or holiday.from_
    return [holiday.from_ + timedelta(days=n) for n in range((last - holiday.from_).days + 1)]


def _calendar(source: Source, calendar: HolidayCalendar) -> list[Problem]:
    problems: list[Problem] = []
    years: set[int] = set()
    for index, year in enumerate(calendar.years):
        path: Path = ("calendar", "years", index)
        if year.year in years:
            problems.append(
                source.problem("duplicate-id", (*path, "year"), f"Năm {year.year} khai hai lần trong calendar.")
            )
        years.add(year.year)
        problems += [problem for n, h in enumerate(year.holidays) for problem in _holiday(source, path, year, n, h)]
        off = {day for h in year.holidays if h.status != "proposed" and _length(h) <= _LONGEST for day in days_of(h)}
        problems += [problem for n, swap in enumerate(year.swaps) for problem in _swap(source, path, n, swap, off)]
    return problems


def _length(holiday: Holiday) -> int:
    return ((holiday.to or holiday.from_) - holiday.from_).days + 1


def _holiday(source: Source, path: Path, year: CalendarYear, index: int, holiday: Holiday) -> list[Problem]:
    place: Path = (*path, "holidays", index)
    if not 1 <= _length(holiday) <= _LONGEST:
        message = f"“{holiday.name}”: từ {holiday.from_:%d/%m/%Y} đến {holiday.to:%d/%m/%Y} không phải một đợt nghỉ."
        return [source.problem("wrong-value", place, message, f"Ngày to không trước from, không quá {_LONGEST} ngày.")]
    if any(day.year != year.year for day in (holiday.from_, holiday.to or holiday.from_)):
        message = f"“{holiday.name}” ngày {holiday.from_:%d/%m/%Y} nằm ngoài năm {year.year}."
        return [source.problem("wrong-value", place, message, "Đợt nghỉ vắt qua hai năm thì chia làm hai.")]
    return []


def _swap(source: Source, path: Path, index: int, swap: Swap, off: set[date]) -> list[Problem]:
    problems = []
    place: Path = (*path, "swaps", index)
    if swap.off.weekday() in WEEKLY_REST or swap.off in off:
        message = f"Ngày nghỉ hoán đổi {swap.off:%d/%m/%Y} vốn đã là ngày nghỉ."
        problems.append(source.problem("wrong-value", (*place, "off"), message, "off phải là một ngày làm việc."))
    if swap.work.weekday() not in WEEKLY_REST or swap.work in off:
        message = f"Ngày làm việc hoán đổi {swap.work:%d/%m/%Y} không phải ngày nghỉ hằng tuần."
        hint = "work phải là thứ Bảy hoặc Chủ nhật, không trùng ngày lễ."
        problems.append(source.problem("wrong-value", (*place, "work"), message, hint))
    return problems
