"""Working days (ngày làm việc) and time limits (thời hạn), by the calendar of the movement file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from criteria.declarations.calendar import TimeLimit, TimeLimits
from criteria.declarations.movement import Movement
from criteria.movements.calendar import WEEKLY_REST, days_of
from criteria.movements.reading import MOVEMENT
from criteria.problems import Problem, ProblemsFound, of_file
from records.workspace.folder import Workspace

LIMITS = {
    "verification": "thẩm định",
    "explanation": "giải trình",
    "comments": "góp ý kết quả dự kiến",
    "complaint": "giải quyết kiến nghị, phản ánh",
}
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Which days are worked.

    holidays: names by day. working: weekly rest days that are worked. swapped: days off for them. announced: years whose
    arrangement is known. doubtful: days that may turn out otherwise, with the sentence that says why.
    """

    holidays: Mapping[date, str]
    working: frozenset[date] = frozenset()
    swapped: frozenset[date] = frozenset()
    announced: frozenset[int] = frozenset()
    doubtful: Mapping[date, str] = field(default_factory=dict)

    @cached_property
    def made_up(self) -> frozenset[date]:
        """Working days off for holidays that fall on a weekly rest day (Bộ luật Lao động 2019, Điều 111 khoản 3)."""
        taken: set[date] = set()
        for holiday in sorted(self.holidays):
            if holiday.weekday() not in WEEKLY_REST:
                continue
            day = holiday + _DAY
            while day.weekday() in WEEKLY_REST or day in self.holidays or day in self.swapped or day in taken:
                day += _DAY
            taken.add(day)
        return frozenset(taken)

    def is_working(self, day: date) -> bool:
        """Whether officials work on a day."""
        if day in self.holidays or day in self.swapped or day in self.made_up:
            return False
        return day.weekday() not in WEEKLY_REST or day in self.working

    def next_working_day(self, day: date) -> date:
        """The day itself if it is worked, else the next one that is (Bộ luật Dân sự 2015, Điều 148 khoản 5)."""
        while not self.is_working(day):
            day += _DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The last day of a time limit: the day after the start is day 1 (Bộ luật Dân sự 2015, Điều 147 khoản 2). count ≥ 1."""
        if count < 1:
            raise ValueError(count)
        while count:
            day += _DAY
            count -= self.is_working(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after start up to and including end; negative when end is before start."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def uncertain(self, first: date, last: date) -> tuple[str, ...]:
        """Why a count of days from one day to another may still change; Vietnamese sentences, empty when it cannot."""
        years = [year for year in range(first.year, last.year + 1) if year not in self.announced]
        found = [f"Lịch nghỉ lễ, Tết năm {year} chưa có thông báo chính thức." for year in years]
        return (*found, *(self.doubtful[day] for day in sorted(self.doubtful) if first <= day <= last))


def calendar_of(movement: Movement) -> Calendar | None:
    """The calendar of a movement; None when its file states none."""
    declared = movement.calendar
    if declared is None:
        return None
    holidays: dict[date, str] = {}
    doubtful: dict[date, str] = {}
    for year in declared.years:
        for holiday in year.holidays:
            status = holiday.status or year.status
            for day in days_of(holiday):
                if status != "proposed":
                    holidays[day] = holiday.name
                if status == "announced" or (status == "computed" and year.status == "computed"):
                    continue  # said once, for the whole year
                why = (
                    "chưa có luật quy định nghỉ, đang tính là ngày làm việc" if status == "proposed" else "chưa công bố"
                )
                doubtful[day] = f"{holiday.name} {day:%d/%m/%Y}: {why}."
    swaps = [swap for year in declared.years for swap in year.swaps]
    return Calendar(
        dict(sorted(holidays.items())),
        frozenset(swap.work for swap in swaps),
        frozenset(swap.off for swap in swaps),
        frozenset(year.year for year in declared.years if year.status == "announced"),
        dict(sorted(doubtful.items())),
    )


def limit_problems(movement: Movement, *names: str) -> list[Problem]:
    """Why time limits cannot be worked out: no calendar, or no such limit in the movement file. names: keys of LIMITS."""
    problems = []
    if movement.calendar is None:
        message = "Phong trào chưa ghi lịch ngày nghỉ nên không tính được ngày làm việc."
        problems.append(of_file(MOVEMENT, "calendar", message, "Ghi calendar: years: … trong movement.yaml."))
    for name in names:
        if name not in TimeLimits.model_fields or getattr(movement.time_limits, name) is None:
            message = f"Phong trào chưa ghi thời hạn {LIMITS.get(name, name)}."
            hint = f"Ghi time_limits: {name}: {{days: …}} trong movement.yaml."
            problems.append(of_file(MOVEMENT, "time-limit", message, hint))
    return problems


def limit(movement: Movement, name: str) -> TimeLimit:
    """A time limit of the movement. Raises ProblemsFound when it is not stated; ask limit_problems first."""
    found: TimeLimit | None = getattr(movement.time_limits, name, None)
    if found is None:
        raise ProblemsFound(problem for problem in limit_problems(movement, name) if problem.code == "time-limit")
    return found


def due(where: Workspace | Movement, name: str, start: date) -> date:
    """The last day of a time limit that starts with what happened on a day. Raises ProblemsFound as limit does.

    A limit in days of the calendar that ends on a day off ends on the next working day.
    """
    movement = where.movement if isinstance(where, Workspace) else where
    calendar = calendar_of(movement)
    if calendar is None:
        raise ProblemsFound(limit_problems(movement, name))
    found = limit(movement, name)
    if found.working:
        return calendar.add_working_days(start, found.days)
    return calendar.next_working_day(start + timedelta(days=found.days))
