"""Reports about tasks as lines of text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from records.tasks.clarity import WORDS, Plan, counts
from records.tasks.completion import LAYERS, Completion
from records.tasks.duties import ReportDue
from records.tasks.rollup import RollUp, Tally
from reports.tasks.rollup import days_words
from reports.wording.days import period_words

_LONGEST = 90


def rollup_lines(found: RollUp) -> list[str]:
    """A line for every body, then the sum."""
    first = f"Kỳ {found.window.period}, tính đến {found.period.on:%d/%m/%Y}, mục nhập số {found.entry}: "
    lines = [first + f"{found.numbers} nhiệm vụ, {len(found.bodies)} cơ quan."]
    lines += [f"  {name}: {counted(tally)}" for _, name, tally in found.bodies]
    if found.bodies:
        lines.append(f"  Cộng theo cơ quan: {counted(found.total)}")
    if found.total.own is not None and any(found.total.own.counts.values()):
        lines.append(f"  Trong đó tự bổ sung: {counted(found.total.own)}")
    lines.append(f"Chậm: {len(found.late)}; đến hạn đến hết {found.until:%d/%m/%Y}: {len(found.near)}.")
    return lines


def completion_lines(found: Completion) -> list[str]:
    """A line for whoever answers."""
    lines = [
        f"Mức độ hoàn thành của {LAYERS[found.layer]}, kỳ {found.window.period}, tính đến {found.period.on:%d/%m/%Y}:"
    ]
    for row in found.rows:
        who = f" – {row.who}" if row.who else ""
        days = f" ({row.days})" if row.days else ""
        lines.append(f"  {row.name}{who}{days}: {counted(row.tally)}")
    return lines


def counted(tally: Tally) -> str:
    """có hạn 5, đúng hạn 3, … and both shares; regular work apart."""
    words = {
        "đúng hạn": ("done",),
        "xong quá hạn": ("late",),
        "quá hạn chưa xong": ("overdue",),
        "chưa đến hạn": ("open",),
        "tồn kỳ trước": ("carried", "carried_done"),
        "theo sự kiện chưa mở": ("event",),
        "đã hủy": ("cancelled",),
        "chưa rõ kế thừa": ("orphan",),
    }
    parts = [f"có hạn {tally.asked}", *(f"{w} {tally.of(*s)}" for w, s in words.items() if tally.of(*s))]
    shares = {
        "hoàn thành": tally.completed,
        "đúng hạn": tally.on_time,
        "thường xuyên có kết quả": tally.regular,
    }
    told = [f"{word} {share.text()} ({share.percent})" for word, share in shares.items() if share.whole]
    return ", ".join(parts) + ("; tỷ lệ " + ", ".join(told) if told else "")


def clarity_lines(found: Iterable[Plan], six: date | None) -> list[str]:
    """Body by body: how many plans are clear, and what the others lack."""
    lines = []
    if six is None:
        lines.append('Chưa biết ngày kế hoạch thay thế (clear_plans của movement.yaml): mọi kế hoạch xét theo "5 rõ".')
    else:
        lines.append(f'Kế hoạch từ ngày {six:%d/%m/%Y} xét theo "6 rõ", trước đó theo "5 rõ".')
    for name, group in groupby(found, key=lambda plan: (plan.name, plan.body)):
        every = list(group)
        planned, clear, asked = counts(every)
        lines.append(f"  {name[0]}: đủ {clear}/{planned} kế hoạch; {planned}/{asked} nhiệm vụ có kế hoạch")
        for plan in every:
            if plan.planned and plan.missing:
                lacking = ", ".join(WORDS[key] for key in plan.missing)
                lines.append(f"    {plan.number} · thiếu {lacking} · {short(plan.content)}")
        without = [plan.number for plan in every if not plan.planned]
        if without:
            lines.append(f"    chưa có kế hoạch: {', '.join(without)}")
    return lines


def duty_lines(found: Iterable[ReportDue], on: date) -> list[str]:
    """Every report that comes next: last day in time, how many days, which, by whom, to whom, where it is written."""
    lines = []
    for one in found:
        when = f"{one.due:%d/%m/%Y} ({days_words((one.due - on).days)})"
        if one.printed is None:
            when += ", ngày cuối kỳ vì văn bản không in ngày nộp"
        elif one.printed != one.due:
            when += f", in: trước {one.printed:%d/%m/%Y}"
        about = f" · {period_words(one.period)}" if one.period else ""
        place = f" · {one.duty.place}" if one.duty.place else ""
        lines.append(f"  {when}{about} · {one.duty.name}")
        lines.append(f"    {one.duty.by or 'đơn vị'} → {one.to}{place}")
    return lines


def short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
