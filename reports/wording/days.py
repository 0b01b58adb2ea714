"""Days and periods as official papers write them."""

from __future__ import annotations

from datetime import date

from criteria.declarations.movement import Movement
from records.forms.issuing import texts
from records.rounds import Window, read_window
from reports.wording.texts import line
from scoring.periods import PeriodError, read_period

BLANK_DAY = "ngày …… tháng …… năm ………"


def written_day(day: date) -> str:
    """ngày 05 tháng 01 năm 2026; a zero before days below 10 and before months 1 and 2 (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4.b)."""
    month = f"{day.month:02d}" if day.month <= 2 else f"{day.month}"
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def header_day(day: date | None) -> str:
    """None leaves the day to be written by hand."""
    return BLANK_DAY if day is None else written_day(day)


def period_words(period: str) -> str:
    """2026-q2 → quý II năm 2026. A name that is no period stays as it is."""
    try:
        found = read_period(period)
    except PeriodError:
        return period
    return texts.period_words(Window(period.strip().lower(), found.first, found.last))


def period_name(movement: Movement, period: str) -> str:
    """The same; an occasion has the name that its movement gives it."""
    window = read_window(movement, period)
    return line(window.name) if window is not None and window.occasion else period_words(period)
