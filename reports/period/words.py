"""Names that tables, charts and sentences of a report share: periods, groups, sets, where results come from."""

from __future__ import annotations

from criteria.declarations.movement import Movement
from reports.period.gathering import PeriodReport
from reports.period.sets import PeriodSet

TENTATIVE = "SỐ LIỆU TẠM TÍNH"


def group_name(movement: Movement, letter: str) -> str:
    """Nhóm a: Sở, ban, ngành …; of who stands without a score: Ngoài các nhóm."""
    found = next((group for group in movement.groups if group.letter == letter), None)
    return f"Nhóm {letter}: {' '.join(found.name.split())}" if found is not None else "Ngoài các nhóm"


def set_name(report: PeriodReport, one: PeriodSet) -> str:
    """The group; where it is scored by several sets, also what the set is called."""
    name = group_name(report.movement, one.letter)
    group = next((each for each in report.movement.groups if each.letter == one.letter), None)
    return f"{name} – {one.title}" if group is not None and len(group.sets) > 1 else name


def short_name(report: PeriodReport, letter: str, file: str = "") -> str:
    """Nhóm a; Nhóm e (2): the second set of a group. For charts."""
    group = next((each for each in report.movement.groups if each.letter == letter), None)
    if group is None or len(group.sets) < 2 or file not in group.sets:
        return f"Nhóm {letter}" if letter else "Ngoài nhóm"
    return f"Nhóm {letter} ({group.sets.index(file) + 1})"


def short_set(report: PeriodReport, one: PeriodSet) -> str:
    """Nhóm a; Nhóm e (2)."""
    return short_name(report, one.letter, one.file)


def results_source(report: PeriodReport) -> str:
    """One sentence: archives by period, what is only provisional."""
    official = sorted({(one.period, one.letter) for one in report.sets if one.official is not None})
    live = sorted({(one.period, one.letter) for one in report.sets if one.official is None})
    told = []
    periods = list(dict.fromkeys(period for period, _ in official))
    if periods:
        told.append(f"gói công bố chính thức {_listed(report, periods)}")
    for period in dict.fromkeys(period for period, _ in live):
        letters = ", ".join(letter for each, letter in live if each == period)
        told.append(f"số liệu hiện có {_listed(report, [period])}, nhóm {letters} (tạm tính)")
    return "; ".join(told) or "chưa có kết quả"


def compared_source(report: PeriodReport) -> str:
    """The same for what compares periods: those before a year have official results only."""
    own = {part.period for part in report.parts}
    before = [period for period in report.compared if period not in own]
    told = results_source(report)
    return f"gói công bố chính thức {_listed(report, before)}; {told}" if before else told


def _listed(report: PeriodReport, periods: list[str]) -> str:
    return "kỳ " + ", ".join(f"{period}{_versions(report, period)}" for period in periods)


def _versions(report: PeriodReport, period: str) -> str:
    """(bản 2 của nhóm a): only where a result was corrected."""
    found = {
        one.letter: one.official.version
        for one in report.sets
        if one.period == period and one.official is not None and one.official.version > 1
    }
    told = ", ".join(f"bản {version} của nhóm {letter}" for letter, version in sorted(found.items()))
    return f" ({told})" if told else ""
