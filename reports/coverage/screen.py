"""Coverage on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from records.tasks.rollup import Share
from reports.coverage.content import Coverage
from reports.coverage.lines import Tally
from reports.coverage.pages import published
from reports.wording.days import period_words


def coverage_lines(found: Coverage) -> Iterator[str]:
    yield f"MỨC ĐỘ THỰC HIỆN {period_words(found.round.period).upper()}"
    yield f"Việc đã làm: theo sổ đến mục {found.entry}. Hạn, mốc, quá hạn: tính đến ngày {found.on:%d/%m/%Y}."
    yield from (f"*** {stamp} ***" for stamp in found.stamps)
    heads = ("Đối tượng", "Đã giao", "Đã nộp", "Quá hạn", "Đã kết luận", "Xong", "Chính thức")
    yield f"{'Nhóm':<6}" + "".join(f"{head:>{width}}" for head, width in zip(heads, _WIDTHS, strict=True)) + "  Công bố"
    for group in found.groups:
        yield _line(group.letter, group.tally) + f"  {published(group)}"
    if len(found.groups) > 1:
        yield _line("Cộng", found.total)
    total = found.total
    for name, window in found.milestones.items():
        done = total.milestone(name)
        if done.whole:
            yield f"Mốc “{window.name}”: {_words(done)} đơn vị đã làm."
    if total.planned.whole:
        yield f"Nhiệm vụ trong kỳ có kế hoạch: {_words(total.planned)}."
    for key, one in found.asked.items():
        yield f"{one.duty.name} ({key}): {_words(total.report(key))} đơn vị đã gửi."
    if total.explained.whole:
        yield f"Tiêu chí bị trả lại đã giải trình: {_words(total.explained)}."
    for body in found.bodies:
        late = f", {body.late} việc quá hạn" if body.late else ""
        waits = f"; còn {body.to_verify + body.explained} tiêu chí của {body.units} đơn vị{late}" if body.units else ""
        yield f"{body.name}: đã kết luận {_words(body.done)}{waits}."


_WIDTHS = (11, 18, 18, 9, 22, 18, 18)


def _line(name: str, one: Tally) -> str:
    cells = [str(one.all), _words(one.issued), _words(one.handed_in), str(one.late), _words(one.verified)]
    cells += [_words(one.final), _words(one.official)]
    return f"{name:<6}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True))


def _words(one: Share) -> str:
    """12/15 (80,00 %)"""
    return f"{one.text()} ({one.percent})" if one.whole else "–"
