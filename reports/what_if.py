"""A supposition on the screen: what was supposed, who moves and why, which proposals move; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from criteria.exact import show_vietnamese
from nominations.case import Case
from nominations.what_if import CaseMove, ProposalMoves
from records.life.rights import STAGES
from records.scored.what_if import ChangedSet, WhatIf
from reports.workbook_styles import WORDS
from scoring.analysis.moves import CriterionMove, Move
from scoring.result import CandidateResult

_REASONS = 6  # criteria named for one candidate
_OFFICIAL = (
    "Kết quả đã công bố chính thức lần {version}, ngày {day:%d/%m/%Y}: không có gì thay đổi trong kết quả đã công bố; "
    "chỉ văn bản điều chỉnh và một lần công bố mới thay được."
)


def what_if_lines(found: WhatIf) -> Iterator[str]:
    """The sets in which something was supposed."""
    yield f"GIẢ ĐỊNH, không lưu gì. Kỳ {found.period}, bước {STAGES[found.stage]}."
    for one in found.sets:
        yield ""
        yield one.after.set.title
        yield from (f"*** {stamp} ***" for stamp in one.after.stamps)
        if one.official is not None:
            yield _OFFICIAL.format(version=one.official.version, day=one.official.day)
        yield from _applied(one)
        yield from _moved(one)


def _applied(one: ChangedSet) -> Iterator[str]:
    yield "Giả định:"
    for each in one.applied:
        who = f"{each.unit} {each.unit_name}".strip()
        note = f" ({'; '.join(each.notes)})" if each.notes else ""
        yield f"  {who}: {each.what}: {each.before or 'chưa báo cáo'} → {each.after or 'chưa báo cáo'}{note}"


def _moved(one: ChangedSet) -> Iterator[str]:
    if not one.moves:
        yield f"Không ai thay đổi điểm, hạng hay xếp loại ({one.untouched} đối tượng)."
        return
    places = one.after.set.places
    yield f"Thay đổi ({len(one.moves)} đối tượng, nhiều nhất trước):"
    for move in one.moves:
        yield from move_lines(move, places)
    yield f"Không đổi: {one.untouched} đối tượng."


def move_lines(move: Move, places: int) -> Iterator[str]:
    """One candidate: what moves from where to where; then why."""
    who = f"{move.candidate} {move.name}".strip()
    if move.before is None or move.after is None:
        yield f"  {who}: {'mới có' if move.before is None else 'không còn'} trong bảng"
        return
    yield f"  {who}: " + "; ".join(_fields(move, move.before, move.after, places))
    reasons = [_reason(one, places) for one in move.reasons]
    if reasons:
        more = len(reasons) - _REASONS
        yield "      vì " + "; ".join(reasons[:_REASONS]) + (f"; và {more} tiêu chí khác" if more > 0 else "")
    elif "total" not in move.fields and "maximum" not in move.fields:
        yield "      vì đối tượng khác thay đổi"


def _fields(move: Move, before: CandidateResult, after: CandidateResult, places: int) -> Iterator[str]:
    if move.points:
        sign = "+" if move.points > 0 else "−"
        gap = f"{sign}{show_vietnamese(abs(move.points), places)}"
        yield f"điểm {show_vietnamese(before.total, places)} → {show_vietnamese(after.total, places)} ({gap})"
    if "maximum" in move.fields:
        most = (show_vietnamese(one.maximum, places) for one in (before, after))
        yield "điểm tối đa " + " → ".join(most)
    if "rank" in move.fields:
        moved = f" (lên {move.places})" if (move.places or 0) > 0 else f" (xuống {-(move.places or 0)})"
        yield f"{_rank(before)} → {_rank(after)}" + (moved if move.places else "")
    elif "tied" in move.fields:
        yield f"{_rank(before)} → {_rank(after)}"
    if "grade" in move.fields:
        yield f"xếp loại {before.grade or 'chưa có'} → {after.grade or 'chưa có'}"
    if "eligible" in move.fields:
        words = {True: "đủ điều kiện", False: "không đủ điều kiện", None: "chưa kết luận điều kiện"}
        why = (
            f" ({after.gates[0][1]})" if after.gates else f" (không còn: {before.gates[0][1]})" if before.gates else ""
        )
        yield f"{words[before.eligible]} → {words[after.eligible]}{why}"
    if "quota" in move.fields:
        words_of = {None: "trong số suất", "outside": "ngoài số suất", "tied_at_line": "đồng hạng ở ranh giới số suất"}
        yield f"{words_of[before.quota]} → {words_of[after.quota]}"
    if "pool" in move.fields:
        yield f"cụm {before.pool or '–'} → {after.pool or '–'}"
    if "provisional" in move.fields:
        yield "còn tạm tính" if after.provisional else "không còn tạm tính"
    if not move.fields:
        yield "tổng điểm giữ nguyên"


def _rank(one: CandidateResult) -> str:
    if one.rank is None:
        return "không xếp hạng"
    return f"hạng {one.rank} (đồng hạng)" if one.tied else f"hạng {one.rank}"


def _reason(one: CriterionMove, places: int) -> str:
    """A2.1: 4,20 → 5,60"""
    shown = []
    for each in (one.before, one.after):
        if each is None:
            shown.append("không có")
        elif each.state in ("scored", "open"):
            shown.append(show_vietnamese(each.points, places))
        else:
            shown.append(WORDS[each.state])
    return f"{one.id} {shown[0]} → {shown[1]}"


def proposal_lines(found: Sequence[ProposalMoves], known: bool, counted: bool) -> Iterator[str]:
    """known: some of what was supposed has an official result. counted: the round counts for an occasion with awards."""
    if not counted:
        return
    yield ""
    if not known:
        yield "Đề nghị khen thưởng: kỳ này chưa công bố chính thức nên chưa biết được."
        return
    for one in found:
        yield f"Đề nghị khen thưởng, {one.name} ({one.occasion}):"
        if not one.moves:
            yield f"  không trường hợp nào thay đổi ({one.cases} trường hợp)."
        for move in one.moves:
            yield from _case_lines(move)


def _case_lines(move: CaseMove) -> Iterator[str]:
    yield f"  {move.nominee} {move.name}, {move.award}: {_state(move.before)} → {_state(move.after)}"
    if move.after is not None and move.after.chosen.reason:
        yield f"      {move.after.chosen.reason}"


def _state(case: Case | None) -> str:
    return case.state.value if case is not None else "không được xét"
