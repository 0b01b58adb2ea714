"""What a score sheet (phiếu giải trình điểm) says, as plain values: read from official archives, printed by pdf.py, reused in Word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from criteria.exact import show_vietnamese
from reports.reasons.receipt import Receipt
from reports.reasons.row import CriterionRow, Line


@dataclass(frozen=True)
class PeriodPart:
    """One official period. candidate, name: whose result it is, at an occasion maybe a body before the candidate.

    title: "năm 2026". bases: short name and document. result: total, grade, rank, what decided them. general: evidence and
    verification that belong to no single criterion.
    """

    period: str
    title: str
    candidate: str
    name: str
    set_title: str
    places: int
    total: Fraction
    maximum: Fraction
    share: Fraction | None
    grade: str
    rank: int | None
    rank_words: str
    rows: tuple[CriterionRow, ...]
    result: tuple[Line, ...]
    bases: tuple[Line, ...]
    receipt: Receipt
    general: tuple[Line, ...] = ()
    stamps: tuple[str, ...] = ()

    @property
    def shown_total(self) -> str:
        return show_vietnamese(self.total, self.places)

    @property
    def shown_maximum(self) -> str:
        return show_vietnamese(self.maximum, self.places)

    @property
    def summary(self) -> str:
        """100,00/100,00 điểm, đạt 100 %; xếp loại Xuất sắc; thứ hạng 1 trên 5"""
        share = f", đạt {show_vietnamese(self.share * 100, 2)} %" if self.share is not None else ""
        parts = [f"{self.shown_total}/{self.shown_maximum} điểm{share}"]
        parts += [f"xếp loại “{self.grade}”"] if self.grade else ["không xếp loại"]
        rank = self.rank_words
        parts += [f"thứ hạng {rank}" if self.rank is not None else rank] if rank else []
        return "; ".join(parts)


@dataclass(frozen=True)
class PeriodLine:
    """One period of an occasion. title: for people. grade: "" without one. note: why there is no figure, or whose it is. receipts: short
    hashes."""

    period: str
    title: str
    points: str
    share: str
    grade: str
    rank: str
    note: str
    receipts: tuple[str, ...] = ()


@dataclass(frozen=True)
class OccasionPart:
    """An occasion (sơ kết, tổng kết). lines: how periods are combined, the arithmetic, the result, the rank."""

    id: str
    name: str
    first: date
    last: date
    periods: tuple[PeriodLine, ...]
    lines: tuple[Line, ...]
    summary: str


@dataclass(frozen=True)
class ScoreSheet:
    """A whole sheet. day: of the (last) publication it rests on. about: who the candidate is. stamps: on every page.

    parent, authority, place: of the letterhead of that day, "" when the movement states none. receipts: of every archive used.
    """

    candidate: str
    name: str
    day: date
    movement: str
    about: tuple[Line, ...]
    periods: tuple[PeriodPart, ...]
    receipts: tuple[Receipt, ...]
    stamps: tuple[str, ...]
    occasion: OccasionPart | None = None
    parent: str = ""
    authority: str = ""
    place: str = ""

    @property
    def title(self) -> str:
        """What it is about: KẾT QUẢ NĂM 2026, or the occasion."""
        if self.occasion is not None:
            return f"Kết quả {self.occasion.name}"
        return f"Kết quả thi đua {self.periods[0].title}" if self.periods else "Kết quả thi đua"

    @property
    def summary(self) -> str:
        return self.occasion.summary if self.occasion is not None else self.periods[0].summary
