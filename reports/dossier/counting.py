"""What counts of a nominee's results when it was awarded before: the periods since then, and how that stands beside the whole occasion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nominations.results import Ranked
from reports.score_sheet.content import PeriodPart, ScoreSheet
from scoring.placing import pool_words

_TIED = ", đồng hạng với "


def placed(ranked: Ranked | None) -> str:
    """1, trong Cụm 3"""
    if ranked is None or ranked.rank is None:
        return ""
    return f"{ranked.rank}" + (f", trong {pool_words(ranked.pool)}" if ranked.pool else "")


def counted_parts(sheet: ScoreSheet | None, ranked: Ranked | None) -> Sequence[PeriodPart]:
    """The periods that count for the award: what was rewarded once is not shown as a merit again."""
    if sheet is None:
        return ()
    counted = {one.period for one in ranked.periods} if ranked is not None else set()
    return [part for part in sheet.periods if part.period in counted or not counted]


def counted_since(ranked: Ranked | None, sheet: ScoreSheet | None) -> str:
    """Why the figure of the dossier is not that of the occasion; "" when it is."""
    if ranked is None or ranked.since is None:
        return ""
    told = f"Thành tích tính từ ngày {ranked.since:%d/%m/%Y}"
    whole = sheet.occasion.summary.partition(_TIED)[0] if sheet is not None and sheet.occasion is not None else ""
    return told + (f"; kết quả của toàn dịp: {whole}" if whole else "")


def for_award(sheet: ScoreSheet, ranked: Ranked | None) -> ScoreSheet:
    """The sheet of a dossier: with the figure that the award rests on, where that is not the one of the whole occasion."""
    if ranked is None or ranked.since is None or not ranked.words:
        return sheet
    place = f"; thứ hạng {placed(ranked)}" if ranked.rank is not None else ""
    told = f"{ranked.words}{place} (thành tích tính từ ngày {ranked.since:%d/%m/%Y}, {len(ranked.periods):02d} kỳ)"
    return replace(sheet, about=(*sheet.about, ("Kết quả dùng để xét khen thưởng", told)))
