"""What stands above the pages of a report from the ledger: whose it is, which movement and period, how far the ledger was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from criteria.declarations.movement import Movement
from reports.ranking.header import province_words
from reports.tasks.pages import TaskHeader

INTERNAL = "CHỈ DÙNG NỘI BỘ"


@dataclass(frozen=True)
class ReportHeader(TaskHeader):
    """more: stamps besides the one of illustrative data."""

    more: tuple[str, ...] = ()

    @property
    def stamps(self) -> list[str]:
        return list(dict.fromkeys([*self.more, *super().stamps]))

    @property
    def dated(self) -> str:
        return f"Tính đến ngày {self.told:%d/%m/%Y}; theo sổ đến mục nhập số {self.entry} của so-lieu.sqlite"


def report_header(
    movement: Movement, period: str, told: date, entry: int, illustration: bool, stamps: tuple[str, ...] = ()
) -> ReportHeader:
    """period: in words. entry: the last one of the ledger that the report rests on."""
    title = " ".join((movement.full_name or movement.name).split())
    return ReportHeader(title, province_words(movement, told), "", period, told, entry, illustration, stamps)
