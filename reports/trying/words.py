"""What a trial says in words and in figures, the same on the screen and in the workbook."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.differences.changes import KINDS, Change, Differences
from criteria.exact import show_vietnamese
from records.roster.layouts import LABELS
from records.scored.trying import Lack, Trial
from scoring.analysis.advantage import POOL, Advantage, Comparison, Side
from scoring.analysis.distribution import GRADE_OPEN, NO_GRADE
from scoring.analysis.fitting import ABSENT, DECIMALS, KIND, LEVELS, MARKS, Misfit
from scoring.analysis.moves import Move

INTERNAL = "Chỉ dùng nội bộ"
NOTHING = "Hai bộ tiêu chí không có gì khác nhau."
_MISFITS = {
    ABSENT: "không có trong số liệu của kỳ",
    KIND: "đổi kiểu hoặc đơn vị tính, không đọc được số liệu cũ",
    LEVELS: "có mức không còn trong bộ mới",
    DECIMALS: "có giá trị nhiều số lẻ hơn bộ mới cho phép",
    MARKS: "khung điểm chấm thay đổi, điểm đã chấm được quy theo tỷ lệ",
}
_SLIGHT = Fraction(1, 100)  # below one point of a hundred nobody would speak of an advantage


def percent(value: Fraction | None, places: int = 2) -> str:
    """87,25 %"""
    return "–" if value is None else f"{show_vietnamese(value * 100, places)} %"


def points(value: Fraction, places: int) -> str:
    return show_vietnamese(value, places)


def signed(value: Fraction, places: int) -> str:
    """+1,50, -0,25, 0"""
    text = show_vietnamese(value, places)
    return "0" if not value else text if value < 0 else f"+{text}"


def subject_words(change: Change, most: int = 70) -> str:
    """A1.1 Hoàn thành các nhiệm vụ…"""
    title = change.title if len(change.title) <= most else change.title[: most - 1].rstrip() + "…"
    return f"{change.subject} {title}".strip()


def summary(found: Differences) -> str:
    """How many changes of each kind in one line."""
    if not found.changes:
        return NOTHING
    told = "; ".join(f"{KINDS[kind].lower()}: {number}" for kind, number in found.counts.items())
    return f"{len(found.changes)} thay đổi ({told})."


def edition(criteria: CriteriaSet) -> str:
    """One set in one line."""
    declared = criteria.declaration
    until = f" đến {declared.valid_to:%d/%m/%Y}" if declared.valid_to else ""
    trial = "bộ thử" if criteria.trial else "điểm đã được quyết định"
    leaves = len(criteria.leaves())
    return f"{criteria.id}, hiệu lực từ {declared.valid_from:%d/%m/%Y}{until}, {leaves} tiêu chí, {trial}"


def grade_words(name: str) -> str:
    return {NO_GRADE: "Không xếp loại", GRADE_OPEN: "Chưa xếp loại được (còn thiếu số liệu)"}.get(name, name)


def lack_words(lack: Lack, size: int) -> str:
    """Of one measure that somebody lacks under the new set."""
    if lack.new:
        return f"{lack.label} ({lack.name}): chỉ tiêu mới, {lack.missing}/{size} đối tượng chưa có số liệu."
    same = f", trong đó {lack.before} đối tượng cũng thiếu theo bộ cũ" if lack.before else ""
    return f"{lack.label} ({lack.name}): {lack.missing}/{size} đối tượng chưa có số liệu{same}."


def misfit_words(misfit: Misfit) -> str:
    return f"{misfit.label} ({misfit.name}): {_MISFITS[misfit.why]} ({misfit.count} giá trị)."


def gains(moved: tuple[Move, ...]) -> tuple[list[Move], list[Move]]:
    """Who gains, who loses: by share of the maximum, largest first; equal shares stand in neither list."""
    told = [(share_change(one), one) for one in moved]
    up = sorted((one for one in told if one[0] is not None and one[0] > 0), key=lambda one: -(one[0] or 0))
    down = sorted((one for one in told if one[0] is not None and one[0] < 0), key=lambda one: one[0] or 0)
    return [one for _, one in up], [one for _, one in down]


def share_change(move: Move) -> Fraction | None:
    """New share of the maximum minus the old one."""
    if move.before is None or move.after is None or move.before.share is None or move.after.share is None:
        return None
    return move.after.share - move.before.share


def pulls(move: Move) -> list[tuple[str, Fraction]]:
    """By criterion how much it moves the share, the largest first: how far it pulled above or below the old share then and now.

    Of a plain sum they add up to the change of the share; a criterion that only one of the sets has counts, too.
    """
    if move.before is None or move.after is None:
        return []
    sides = [{c.id: c for c in one.criteria.values() if c.kind == "leaf"} for one in (move.before, move.after)]
    wholes = [sum((c.maximum for c in one.values()), Fraction(0)) for one in sides]
    if not all(wholes):
        return []
    share = sum((c.points for c in sides[0].values()), Fraction(0)) / wholes[0]
    found = []
    for ident in dict.fromkeys([*sides[1], *sides[0]]):
        was, now = (
            (one[ident].points - share * one[ident].maximum) / whole if ident in one else Fraction(0)
            for one, whole in zip(sides, wholes, strict=True)
        )
        found.append((ident, now - was))
    return sorted((one for one in found if one[1]), key=lambda one: (-abs(one[1]), one[0]))


def side_label(comparison: Comparison) -> str:
    if comparison.by == POOL:
        return "cụm"
    return comparison.label or LABELS.get(comparison.by, comparison.by)


def advantage_sentence(comparison: Comparison, found: Advantage) -> str:
    """What separates the first side from the last, and how much of it comes with what applies to whom."""
    first, last = comparison.sides[0], comparison.sides[-1]
    told = (
        f"Tính mọi tiêu chí áp dụng thì “{first.name}” đạt trung bình {percent(first.everything)}, “{last.name}” {percent(last.everything)}: "
        f"chênh {_gap(comparison.gap)}."
    )
    if len(found.common) == found.of:
        told += " Mọi đối tượng đều có đủ các tiêu chí, nên không có lợi thế do tiêu chí không áp dụng."
        return f"{told} {_reach(comparison)}".strip()
    if comparison.common_gap is None or comparison.explained is None:
        return f"{told} Không có tiêu chí nào mà mọi đối tượng đều có, nên không tách được phần do tiêu chí không áp dụng. {_reach(comparison)}".strip()
    sign = "chênh" if comparison.common_gap >= 0 else "ngược lại, chênh"
    told += (
        f" Chỉ tính {len(found.common)}/{found.of} tiêu chí mà mọi đối tượng đều có: {percent(first.common)} và {percent(last.common)}, "
        f"{sign} {_gap(abs(comparison.common_gap))}."
    )
    explained = comparison.explained
    if abs(explained) < _SLIGHT:
        told += " Tiêu chí không áp dụng và mức tối đa hầu như không giải thích chênh lệch này."
    elif explained > 0:
        told += f" Khoảng {_gap(explained)} của chênh lệch đi cùng tiêu chí không áp dụng và tiêu chí chỉ một số đối tượng có: nên xem lại."
    else:
        told += f" Ở các tiêu chí không phải ai cũng có, “{first.name}” mất {_gap(-explained)} so với “{last.name}”: nên xem lại."
    return f"{told} {_reach(comparison)}".strip()


def _reach(comparison: Comparison) -> str:
    lowest = min(comparison.sides, key=lambda side: side.reachable)
    highest = max(comparison.sides, key=lambda side: side.reachable)
    if highest.reachable - lowest.reachable >= _SLIGHT:
        return (
            f"“{lowest.name}” chỉ có thể đạt trung bình {percent(lowest.reachable)} tổng điểm của bộ, “{highest.name}” "
            f"{percent(highest.reachable)}: mức tối đa khác nhau và không được quy đổi."
        )
    most = max(comparison.sides, key=lambda side: side.factor)
    least = min(comparison.sides, key=lambda side: side.factor)
    if most.factor - least.factor >= _SLIGHT:
        return (
            f"Quy đổi nhân điểm của “{most.name}” trung bình với {show_vietnamese(most.factor, 3)}, của “{least.name}” với "
            f"{show_vietnamese(least.factor, 3)}."
        )
    return ""


def _gap(value: Fraction) -> str:
    return f"{show_vietnamese(value * 100, 2)} điểm phần trăm"


def not_applied_words(side: Side) -> str:
    return "; ".join(f"{node} ({count}/{side.size})" for node, count in side.not_applied)


def held_words(held: tuple[tuple[str, str], ...]) -> list[str]:
    """What a draw left as it was."""
    groups: dict[str, list[str]] = {}
    for node, why in held:
        groups.setdefault(why, []).append(node)
    told = []
    for why, nodes in groups.items():
        named = ", ".join(node for node in nodes if node)
        told.append(f"{named}: cả nhóm chung một hệ số, vì {why}" if named else f"Giữ như khi chấm: {why}")
    return told


def frequency(count: int | None, draws: int) -> str:
    return "–" if count is None else percent(Fraction(count, draws), 1)


def basis_rows(trial: Trial | None, found: Differences, old: CriteriaSet, new: CriteriaSet) -> list[tuple[str, str]]:
    """What the numbers rest on."""
    rows = [
        ("Bộ cũ", edition(old)),
        ("Tệp của bộ cũ", f"{Path(old.file).name}; sha256 {old.sha256}"),
        ("Bộ mới", edition(new)),
        ("Tệp của bộ mới", f"{Path(new.file).name}; sha256 {new.sha256}"),
    ]
    if trial is None:
        return rows
    rows += [
        (name, value)
        for name, value in trial.base.receipt.items()
        if not name.startswith("sha256 ") or "số liệu" in name
    ]
    if trial.firmness is not None:
        rows.append(("Thử độ vững", trial.firmness.why_not or trial.firmness.noise.words()))
        if not trial.firmness.why_not:
            rows.append(("Số khởi đầu", str(trial.firmness.noise.seed)))
            rows.append(("Số lần thử", str(trial.firmness.noise.draws)))
            rows.append(("Trọng số được thay đổi", ", ".join(trial.firmness.drawn)))
        rows += [("Không thay đổi riêng", text) for text in held_words(trial.firmness.held)]
    else:
        rows.append(("Thử độ vững", trial.why_firm))
    return rows + [("Lưu ý", note) for note in trial.notes]
