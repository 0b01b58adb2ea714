"""Deadlines (hạn) as registers print them: read, given a kind, turned into days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

DATED = ("end_of_month", "end_of_quarter", "end_of_year", "before_day", "day")
REGULAR, ON_EVENT = "regular", "on_event"
_YEARLY = re.compile(r"yearly_month_([1-9]|1[0-2])_of_previous_year")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SPAN = re.compile(r"\(?\s*(20[0-9]{2})\s*[-–]\s*(20[0-9]{2})\s*\)?")
_DAY = re.compile(r"([0-9]{1,2})\s*[/.\-]\s*([0-9]{1,2})\s*[/.\-]\s*(20[0-9]{2})")
_ISO = re.compile(r"(20[0-9]{2})-([0-9]{2})-([0-9]{2})")
_MONTH = re.compile(r"tháng\s*([0-9]{1,2})\s*(?:/|năm|-)\s*(20[0-9]{2})")
_QUARTER = re.compile(r"quý\s*(iv|iii|ii|i|[1-4])\s*(?:/|năm|-)?\s*(20[0-9]{2})")
_YEAR = re.compile(r"(?:năm|^)\s*(20[0-9]{2})")
_MONTH_BEFORE = re.compile(r"tháng\s*([0-9]{1,2}).*năm trước")

HINT = (
    "Viết như sổ in: Tháng 3/2025; Quý II/2025; Năm 2026 (2025-2026); Trước 20/4/2025; 30/06/2025; Thường xuyên; "
    "Khi Trung ương có quy định mới; Tháng 11 của năm trước."
)


@dataclass(frozen=True)
class Deadline:
    """kind: one of DATED, regular, on_event, yearly_month_M_of_previous_year. due: None where the kind has no day of its own.

    span: "2025-2027" of a task that takes several years, "" else.
    """

    kind: str
    due: date | None = None
    span: str = ""


def read_deadline(text: str) -> Deadline | None:
    """A deadline as printed; None when it cannot be read."""
    lowered = " ".join(text.casefold().split())
    found = _SPAN.search(lowered)
    span = f"{found[1]}-{found[2]}" if found else ""
    plain = _SPAN.sub(" ", lowered).strip()
    if found := _MONTH_BEFORE.search(plain):
        return Deadline(f"yearly_month_{int(found[1])}_of_previous_year") if 1 <= int(found[1]) <= 12 else None
    if "thường xuyên" in plain or plain in ("hằng năm", "hàng năm"):
        return Deadline(REGULAR, span=span)
    try:
        return _dated(plain, span)
    except ValueError:
        return None


def _dated(plain: str, span: str) -> Deadline | None:
    """Raises ValueError on a day or month that does not exist."""
    if found := _DAY.search(plain):
        due = date(int(found[3]), int(found[2]), int(found[1]))
        return Deadline("before_day" if "trước" in plain else "day", due, span)
    if found := _ISO.search(plain):
        return Deadline(
            "before_day" if "trước" in plain else "day", date(int(found[1]), int(found[2]), int(found[3])), span
        )
    if found := _MONTH.search(plain):
        return Deadline("end_of_month", end_of_month(int(found[2]), int(found[1])), span)
    if found := _QUARTER.search(plain):
        return Deadline("end_of_quarter", end_of_month(int(found[2]), 3 * _QUARTERS[found[1]]), span)
    if found := _YEAR.search(plain):
        return Deadline("end_of_year", date(int(found[1]), 12, 31), span)
    if plain.startswith("khi "):
        return Deadline(ON_EVENT, span=span)
    return None


def end_of_month(year: int, month: int) -> date:
    """The last day of a month. Raises ValueError."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])


def known_kind(kind: str) -> bool:
    """Whether a register may name this kind."""
    return kind in (*DATED, REGULAR, ON_EVENT) or _YEARLY.fullmatch(kind) is not None


def yearly_month(kind: str) -> int | None:
    """The month of the year before in which every year's work is due; None for other kinds."""
    found = _YEARLY.fullmatch(kind)
    return int(found[1]) if found else None


def span_years(span: str) -> tuple[int, int] | None:
    """First and last year of a span; None when there is none."""
    found = _SPAN.search(span)
    return (int(found[1]), int(found[2])) if found else None
