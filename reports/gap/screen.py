"""The gap report on the screen: what a round comes to, the largest gaps, wording to look at, bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from criteria.exact import show_vietnamese
from records.life.rights import FINAL, VERIFIED
from reports.gap.content import PeriodGap, over_years
from reports.ledger_pages.header import INTERNAL
from reports.wording.days import period_words
from scoring.analysis.gaps import LEFT_OUT, Gap

_LISTED = 5


def gap_lines(found: Sequence[PeriodGap], share: Fraction, least: int) -> Iterator[str]:
    yield f"{INTERNAL}. Chênh lệch = tự chấm - thẩm định, phần trăm điểm tối đa; số dương: đơn vị tự chấm cao hơn."
    for one in found:
        yield from _period(one, share, least)
    if len(found) > 1:
        habits = [unit for unit, always in over_years(found).items() if always]
        names = {unit: name for one in found for part in one.sets for unit, name in part.names.items()}
        yield f"Kỳ nào cũng tự chấm cao: {len(habits)} đơn vị." + (" Gồm:" if habits else "")
        yield from (f"  {unit} {names[unit]}" for unit in habits[:_LISTED])
        if len(habits) > _LISTED:
            yield f"  … và {len(habits) - _LISTED} đơn vị khác (xem trang Qua cac ky)."


def _period(one: PeriodGap, share: Fraction, least: int) -> Iterator[str]:
    words = period_words(one.period)
    yield from (f"*** {stamp} ***" for stamp in one.stamps)
    yield f"{words.upper()}: {_words(one.total(VERIFIED))}; kết quả cuối: {_words(one.total(FINAL))}."
    left = one.total(VERIFIED).left_out
    if left:
        yield "  Không so ở lần thẩm định đầu: " + "; ".join(f"{LEFT_OUT[key]}: {n}" for key, n in left.items()) + "."
    units = [(gap, unit, part.names[unit]) for part in one.sets for unit, gap in part.by_unit(FINAL).items()]
    top = sorted((u for u in units if u[0].mean and u[0].mean > 0), key=lambda u: -(u[0].mean or 0))
    yield "  Tự chấm cao nhất:" if top else "  Không đơn vị nào tự chấm cao hơn kết quả cuối."
    for gap, unit, name in top[:_LISTED]:
        yield f"    {unit} {name}: {shown(gap.mean)}, {gap.over} tiêu chí tự chấm cao, {gap.under} tự chấm thấp trên {gap.compared}."
    for part in one.sets:
        for criterion in part.misleading(share, least):
            gap = part.by_criterion(FINAL)[criterion]
            yield f"  Câu chữ cần xem: nhóm {part.letter}, {criterion}: {gap.over}/{gap.compared} đơn vị tự chấm cao, {shown(gap.mean)}."
    for body in one.bodies():
        it = body.verified
        yield f"  {body.name}: giảm {it.over}, tăng {it.under}, giữ {it.equal} trên {it.compared} tiêu chí; trả lại {body.returned} lần."


def _words(one: Gap) -> str:
    return f"so {one.compared} tiêu chí, tự chấm cao {one.over}, tự chấm thấp {one.under}, khớp {one.equal}, {shown(one.mean)}"


def shown(mean: Fraction | None) -> str:
    """chênh lệch trung bình 1,25 %"""
    return f"chênh lệch trung bình {show_vietnamese(mean * 100, 2)} %" if mean is not None else "chưa so được"
