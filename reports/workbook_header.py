"""What stands above and below a ranking: whose it is, which movement, which round, which stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from criteria.declarations.movement import Movement
from records.life.rights import STAGES
from records.rounds import Round
from reports.wording.days import header_day, period_words
from reports.wording.issuers import province_words
from scoring.result import Result


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


def all_stamps(result: Result, header: RankingHeader) -> list[str]:
    """What every page says, of the result first."""
    return list(dict.fromkeys([*result.stamps, *header.stamps]))
