"""What stands above the pages of a report from the ledger: whose it is, which movement and period, how far the ledger was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from criteria.declarations.movement import Movement
from records.rounds import Window
from reports.wording.days import period_words
from reports.wording.issuers import province_words
from reports.wording.texts import line
from scoring.result import ILLUSTRATION

INTERNAL = "CHỈ DÙNG NỘI BỘ"


@dataclass(frozen=True)
class LedgerHeader:
    """What stands above every page. told: "tính đến ngày …". entry: the last one of the ledger the report rests on; source: what is read
    of it. more: stamps besides the one of illustrative data."""

    movement: str
    province: str
    body: str
    period: str
    told: date
    entry: int
    illustration: bool = False
    more: tuple[str, ...] = ()
    source: str = "sổ"

    @property
    def stamps(self) -> list[str]:
        return list(dict.fromkeys([*self.more, *([ILLUSTRATION] if self.illustration else [])]))

    @property
    def dated(self) -> str:
        return f"Tính đến ngày {self.told:%d/%m/%Y}; theo {self.source} đến mục nhập số {self.entry} của so-lieu.sqlite"


def task_header(
    movement: Movement, window: Window | None, told: date, entry: int, body: str, illustration: bool
) -> LedgerHeader:
    """Of a report about tasks. window: None for what is of no period."""
    words = ""
    if window is not None:
        words = (window.name or period_words(window.period)) + f" ({window.first:%d/%m/%Y} - {window.last:%d/%m/%Y})"
    title, province = line(movement.full_name or movement.name), province_words(movement, told)
    return LedgerHeader(title, province, body, words, told, entry, illustration, source="sổ nhiệm vụ")


def report_header(
    movement: Movement, period: str, told: date, entry: int, illustration: bool, stamps: tuple[str, ...] = ()
) -> LedgerHeader:
    """period: in words."""
    title, province = line(movement.full_name or movement.name), province_words(movement, told)
    return LedgerHeader(title, province, "", period, told, entry, illustration, stamps)
