"""What a movement says about reports and plans of tasks: the calendar of reports (chế độ báo cáo), "5 rõ" and "6 rõ"."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from criteria.shapes.base import Declaration

CYCLES: dict[str, list[str]] = {
    "month": [f"-{month:02d}" for month in range(1, 13)],
    "quarter": ["-q1", "-q2", "-q3", "-q4"],
    "half_year": ["-h1", "-h2"],
    "year": [""],
}  # suffixes of the names of the rounds a year has


class Reporting(Declaration):
    """A report that is due again and again, or once.

    by: who owes it, in words. to: id of the body that receives it. due: printed days, one for each period of a year in their order
    (MM-DD; DD for every month; + before it: in the year or month after the period; once: a whole date); none where the documents
    print none. before: printed as "trước ngày"; strict: whether that leaves the day itself out, None: as the settings say.
    from, to_date: in force between.
    """

    id: str
    name: str
    by: str = ""
    to: str
    every: Literal["month", "quarter", "half_year", "year", "once"]
    due: list[str] = Field(default_factory=list)
    before: bool = False
    strict: bool | None = None
    from_: dt.date | None = Field(default=None, alias="from")
    to_date: dt.date | None = None
    place: str | None = None
    note: str | None = None


class ClearPlans(Declaration):
    """Plans of tasks say five things clearly; those dated from six_from on say six. six_from: None while nobody knows the day."""

    six_from: dt.date | None = None
    basis: str | None = None
    place: str | None = None
    open_question: str | None = None
    note: str | None = None
