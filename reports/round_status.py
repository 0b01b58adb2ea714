"""The state of a round as lines of text: who owes what."""

from __future__ import annotations

from datetime import date

from criteria.declarations.movement import Movement
from records.progress import GroupProgress
from records.rounds import Round


def round_status(
    movement: Movement, round_: Round, groups: list[GroupProgress], today: date, *, names: bool = False
) -> tuple[list[str], str]:
    """Lines to print, and what to do next. names: every candidate that has not handed in."""
    window = round_.window
    lines = [f"KỲ {window.period} — {movement.name}"]
    lines.append(f"Thời gian {window.first:%d/%m/%Y} - {window.last:%d/%m/%Y}; {_deadline(round_, today)}")
    if window.occasion:
        combined = next(o.rounds for o in movement.occasions if o.id == window.period)
        return [
            *lines,
            f"{window.name}: gộp các kỳ {', '.join(combined)}; không có biểu riêng.",
            "",
        ], "thidua milestone list"
    lines.append(
        f"{'Nhóm':<5}{'Đối tượng':>10}{'Đã giao':>9}{'Đã nộp':>8}{'Chưa nộp':>10}{'KAD':>6}{'Ý kiến':>8}  Tình trạng"
    )
    for group in groups:
        lines.append(
            f"{group.letter:<5}{len(group.candidates):>10}{group.issued:>9}{len(group.handed_in):>8}{len(group.missing):>10}"
            f"{group.claims:>6}{group.disputes:>8}  {_state(group)}"
        )
    lines.append(
        "KAD: tiêu chí đơn vị đề nghị không áp dụng, chờ thẩm định. Ý kiến: dòng nhiệm vụ đơn vị không đồng ý."
    )
    for group in groups:
        for doubt in group.doubts:
            lines.append(f"Nhóm {group.letter}, chưa giao biểu: {doubt.body} {doubt.message} {doubt.hint}")
        if names and group.missing:
            lines.append(f"Nhóm {group.letter}, chưa nộp:")
            lines += [f"  {candidate.id} {candidate.name}" for candidate in group.missing]
    return [*lines, ""], _next(round_, groups)


def _deadline(round_: Round, today: date) -> str:
    if round_.deadline is None:
        return "chưa đặt hạn nộp biểu"
    days = (round_.deadline - today).days
    when = f"còn {days} ngày" if days > 0 else "hôm nay" if days == 0 else f"quá hạn {-days} ngày"
    return f"hạn nộp biểu {round_.deadline:%d/%m/%Y} ({when})"


def _state(group: GroupProgress) -> str:
    state = group.state
    if state.closed is not None:
        return f"đã khóa {state.closed:%d/%m/%Y} ({state.decision})"
    words = [f"danh sách chốt {state.roster_closed:%d/%m/%Y}" if state.roster_closed else "danh sách chưa chốt"]
    if state.reopened:
        words.append(f"mở lại: {state.reopened}")
    if group.superseded:
        words.append(f"{group.superseded} biểu đã được thay")
    return "; ".join(words)


def _next(round_: Round, groups: list[GroupProgress]) -> str:
    period = round_.period
    here = [group for group in groups if group.candidates]
    if not here:
        return "nhập danh sách: thidua roster import TỆP"
    unissued = [group for group in here if group.state.closed is None and group.issued < len(group.candidates)]
    if unissued:
        return f"giao biểu: thidua forms issue {period}" + (
            f" --group {unissued[0].letter}" if len(unissued) == 1 else ""
        )
    if any(group.missing for group in here if group.state.closed is None):
        return f"thu biểu: thidua forms collect {period} THƯ-MỤC; ai chưa nộp: thidua round status {period} --missing"
    return f"xếp hạng: thidua rank {period}; lập bảng: thidua report ranking {period}"
