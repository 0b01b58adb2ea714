"""A comparison of two sets, and a trial on figures, as short text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from criteria.criteria_set import CriteriaSet
from criteria.differences.changes import KINDS, Differences
from records.scored.trying import Trial
from reports.trying.words import (
    INTERNAL,
    NOTHING,
    advantage_sentence,
    edition,
    frequency,
    gains,
    grade_words,
    held_words,
    lack_words,
    misfit_words,
    percent,
    points,
    share_change,
    side_label,
    signed,
    subject_words,
    summary,
)
from scoring.analysis.distribution import CriterionSpread, Distribution
from scoring.analysis.fitting import ABSENT
from scoring.analysis.moves import Move

_LISTED = 5


def difference_lines(found: Differences, old: CriteriaSet, new: CriteriaSet) -> Iterator[str]:
    """Every change under the heading of its kind, with its lines in both files."""
    yield f"Cũ: {old.file} ({edition(old)})"
    yield f"Mới: {new.file} ({edition(new)})"
    for stamp in dict.fromkeys([INTERNAL, *old.stamps, *new.stamps]):
        yield f"*** {stamp} ***"
    yield ""
    if not found.changes:
        yield NOTHING
        return
    yield summary(found)
    for kind, number in found.counts.items():
        yield f"{KINDS[kind]} ({number})"
        for change in found.of_kind(kind):
            told = "" if kind in ("text", "added", "removed") else subject_words(change)
            head = ": ".join(part for part in (told or change.subject, change.field) if part)
            yield f"  {head}: {change.shown}  ({change.lines})"


def trial_lines(trial: Trial) -> Iterator[str]:
    """What the new set does to the figures; the workbook says it in full."""
    places = trial.new.set.places
    yield ""
    yield f"Thử trên số liệu kỳ {trial.base.round.period} ({trial.new.size} đối tượng)"
    for stamp in dict.fromkeys([INTERNAL, *trial.stamps]):
        yield f"*** {stamp} ***"
    for note in trial.notes:
        yield f"  Lưu ý: {note}"
    for lack in trial.lacks:
        yield f"  Thiếu: {lack_words(lack, trial.new.size)}"
    for misfit in trial.misfits:
        if misfit.why != ABSENT:
            yield f"  Số liệu: {misfit_words(misfit)}"
    yield from _spreads(trial.old_spread, trial.new_spread, places)
    yield from _telling(trial.new_spread)
    yield from _moves(trial)
    yield from _firmness(trial)
    yield from _advantage(trial)


def _spreads(old: Distribution, new: Distribution, places: int) -> Iterator[str]:
    yield "Phân bố tổng điểm (cũ → mới)"
    names = {0: "thấp nhất", 25: "một phần tư", 50: "trung vị", 75: "ba phần tư", 100: "cao nhất"}
    told = [
        f"{word} {points(old.quantiles[p], places)} → {points(new.quantiles[p], places)}"
        for p, word in names.items()
        if p in old.quantiles and p in new.quantiles
    ]
    yield f"  {'; '.join(told)}"
    names_of_grades = dict.fromkeys([*new.grades, *old.grades])
    told = [
        f"{grade_words(name)}: {old.grades.get(name, 0)} → {new.grades.get(name, 0)}"
        for name in names_of_grades
        if old.grades.get(name) or new.grades.get(name)
    ]
    if told:
        yield f"  {'; '.join(told)}"
    yield f"  Đồng hạng: {old.tied} → {new.tied}; đạt trọn điểm cả bộ: {old.whole.full} → {new.whole.full}"
    if new.provisional:
        yield f"  Điểm theo bộ mới của {new.provisional} đối tượng còn tạm tính: phần thiếu số liệu chưa có điểm."


def _telling(new: Distribution) -> Iterator[str]:
    leaves = [one for one in new.criteria if one.kind == "leaf"]
    for title, some in (
        ("Mọi đối tượng đều trọn điểm", [one for one in leaves if one.everybody]),
        ("Không đối tượng nào có điểm", [one for one in leaves if one.nobody]),
        ("Chưa có số liệu của ai", [one for one in leaves if one.without_data]),
    ):
        if some:
            yield f"{title}: {_ids(some)}"
    if any(one.without_data for one in leaves):
        yield "  Thêm --leave-out để coi các tiêu chí đó là không áp dụng khi so."


def _ids(some: list[CriterionSpread]) -> str:
    return ", ".join(one.id for one in some)


def _moves(trial: Trial) -> Iterator[str]:
    up, down = gains(trial.moved)
    ranks = sum(1 for one in trial.moved if "rank" in one.fields)
    grades = sum(1 for one in trial.moved if "grade" in one.fields)
    yield (
        f"Tỷ lệ đạt tăng: {len(up)} đối tượng; giảm: {len(down)}; không đổi: {trial.new.size - len(up) - len(down)}. "
        f"Đổi thứ hạng: {ranks}; đổi xếp loại: {grades}."
        + (" Gồm cả phần chưa có số liệu." if trial.new_spread.provisional else "")
    )
    for title, some in (("Tăng nhiều nhất", up), ("Giảm nhiều nhất", down)):
        for one in some[:_LISTED]:
            yield f"  {title}: {_move(one)}"


def _move(one: Move) -> str:
    assert one.before is not None and one.after is not None
    before, after = one.before.rank or "–", one.after.rank or "–"
    change = share_change(one)
    gap = "" if change is None else f" ({signed(change * 100, 2)} điểm phần trăm)"
    name = f"{one.candidate} {one.name}".strip()
    return f"{name}: {percent(one.before.share)} → {percent(one.after.share)}{gap}, hạng {before} → {after}"


def _firmness(trial: Trial) -> Iterator[str]:
    found = trial.firmness
    yield "Độ vững của thứ hạng"
    if found is None:
        yield f"  {trial.why_firm}"
        return
    if found.why_not:
        yield f"  {found.why_not}"
    else:
        yield f"  {found.noise.words()}"
        draws = found.noise.draws
        firm = sum(1 for one in found.spreads if one.low == one.high)
        yield f"  {firm}/{len(found.spreads)} đối tượng giữ đúng một hạng ở 90 % số lần (từ mức 5 % đến 95 %)."
        for one in sorted(found.spreads, key=lambda one: -one.first)[:_LISTED]:
            if one.first:
                pool = f" ({one.pool})" if one.pool else ""
                span = f"từ hạng {one.low} đến hạng {one.high}" if one.low != one.high else f"vẫn hạng {one.low}"
                yield f"  {one.id}{pool}: hạng {one.place}, đứng đầu {frequency(one.first, draws)} số lần, {span}"
    for text in held_words(found.held):
        yield f"  {text}."
    far = sorted(trial.dropped, key=lambda one: (-one.farthest, -len(one.moves)))[:_LISTED]
    for dropped in far:
        if dropped.moves:
            most = dropped.moves[0]
            yield (
                f"  Bỏ {dropped.id}: {len(dropped.moves)}/{dropped.ranked} đối tượng đổi hạng, xa nhất {most.id} "
                f"({most.before or '–'} → {most.after or '–'})"
            )


def _advantage(trial: Trial) -> Iterator[str]:
    found = trial.advantage
    if not found.comparisons:
        yield "Lợi thế có sẵn: không có cụm hay thuộc tính nào chia các đối tượng làm nhiều bên."
        return
    yield f"Lợi thế có sẵn (so {found.candidates} đối tượng đã đủ kết quả)"
    for comparison in found.comparisons:
        yield f"  Theo {side_label(comparison)}. {advantage_sentence(comparison, found)}"
