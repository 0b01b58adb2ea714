"""What the movement file says about days: holidays (ngày nghỉ lễ, Tết) of each year, working days moved, time limits (thời hạn)."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from criteria.shapes.base import Declaration

Announced = Literal["announced", "computed"]


class Holiday(Declaration):
    """A public holiday: one day, or all days from a first to a last one (to).

    status: announced by the authority; computed (from the law and the lunar calendar) and to be confirmed; proposed: no law says
    it yet, it counts as a working day and makes every limit across it uncertain. None: as the year.
    """

    name: str
    from_: dt.date = Field(alias="from")
    to: dt.date | None = None
    status: Literal["announced", "computed", "proposed"] | None = None
    source: str | None = None
    note: str | None = None


class Swap(Declaration):
    """A working day that is off because a weekly rest day is worked instead (hoán đổi ngày làm việc)."""

    off: dt.date
    work: dt.date
    source: str | None = None


class CalendarYear(Declaration):
    """The holidays of one year. status: whether the arrangement of this year has been announced."""

    year: int
    status: Announced
    source: str | None = None
    holidays: list[Holiday] = Field(default_factory=list)
    swaps: list[Swap] = Field(default_factory=list)


class HolidayCalendar(Declaration):
    """The calendar of a movement, by year. Days made up for holidays on weekly rest days (nghỉ bù) are worked out, not written."""

    source: str | None = None
    note: str | None = None
    years: list[CalendarYear] = Field(default_factory=list)


class TimeLimit(Declaration):
    """How long somebody has. working: working days, else days of the calendar."""

    days: int = Field(ge=1, le=3650)
    working: bool = True
    status: Literal["proposal", "decided"] = "proposal"
    place: str | None = None
    source: str | None = None
    note: str | None = None


class TimeLimits(Declaration):
    """How long one has to verify (thẩm định), to explain (giải trình), to comment on what was published (góp ý), to answer a complaint."""

    verification: TimeLimit | None = None
    explanation: TimeLimit | None = None
    comments: TimeLimit | None = None
    complaint: TimeLimit | None = None


class Letterhead(Declaration):
    """Who issues letters, from a day on. parent: the body above it. place: written before the date. symbol: after the number.

    filing: the last line of the list of receivers (Lưu).
    """

    authority: str
    parent: str
    place: str
    signer_title: str
    symbol: str = ""
    filing: str = "VT"
    from_: dt.date | None = Field(default=None, alias="from")
    source: str | None = None
