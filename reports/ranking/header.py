"""What stands above and below a ranking: whose it is, which movement, which round, which stage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from criteria.declarations.movement import Movement
from records.life.rights import STAGES
from records.rounds import Round
from scoring.periods import PeriodError, read_period

_ROMAN = ("", "I", "II", "III", "IV")
BLANK_DAY = "ngày …… tháng …… năm ………"


@dataclass(frozen=True)
class RankingHeader:
    """The words around a ranking. province: "TỈNH …", may be "". group: "Nhóm a: …". stage: "tự chấm".

    date: the day that is printed, None leaves it to be written by hand. letters: documents the ranking goes by.
    stamps: what every page says besides the stamps of the result.
    """

    movement: str
    period: str
    province: str = ""
    body: str = ""
    group: str = ""
    stage: str = ""
    date: date | None = None
    letters: Sequence[str] = field(default_factory=tuple)
    stamps: Sequence[str] = field(default_factory=tuple)

    @property
    def day(self) -> str:
        return header_day(self.date)


def header_day(day: date | None) -> str:
    """Days and the months 1 and 2 have two digits. None leaves the day to be written by hand."""
    if day is None:
        return BLANK_DAY
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def period_words(period: str) -> str:
    """2026-q2 → quý II năm 2026. A name that is no period stays as it is."""
    try:
        found = read_period(period)
    except PeriodError:
        return period
    if match := re.fullmatch(r"[0-9]{4}-q([1-4])", period):
        return f"quý {_ROMAN[int(match[1])]} năm {found.year}"
    if match := re.fullmatch(r"[0-9]{4}-h([12])", period):
        return f"6 tháng {'đầu' if match[1] == '1' else 'cuối'} năm {found.year}"
    if found.month is not None:
        return f"tháng {found.month} năm {found.year}"
    if match := re.fullmatch(r"[0-9]{4}-([0-9]+)m", period):
        return f"{match[1]} tháng đầu năm {found.year}"
    return f"năm {found.year}"


def header_of(movement: Movement, round_: Round, letter: str, stage: str, day: date | None = None) -> RankingHeader:
    """The header of a group's ranking in a round, from the movement's own file."""
    group = next((g for g in movement.groups if g.letter == letter), None)
    letters = []
    if round_.letter:
        on = f" ngày {round_.letter_date:%d/%m/%Y}" if round_.letter_date else ""
        letters.append(f"Văn bản giao biểu số {round_.letter}{on}")
    return RankingHeader(
        movement=" ".join((movement.full_name or movement.name).split()),
        period=round_.window.name or period_words(round_.period),
        province=province_words(movement, round_.window.last),
        group=f"Nhóm {letter}: {' '.join(group.name.split())}" if group is not None else "",
        stage=STAGES.get(stage, stage),
        date=day,
        letters=tuple(letters),
    )


def province_words(movement: Movement, day: date) -> str:
    """The province as it is called on a day: after a merger the one it became part of."""
    province: Any = movement.province
    if province is None:
        return ""
    whole = province.part_of
    name = whole.name if whole is not None and whole.from_ <= day else province.name
    return name.upper() if re.match(r"(?i)(tỉnh|thành phố)\b", name) else f"TỈNH {name.upper()}"
