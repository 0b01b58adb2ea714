"""Grades: named once, reachable, nobody left out; quotas."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from criteria.checks.frames import assignments
from criteria.criteria_set import CriteriaSet
from criteria.declarations.grades import Grade
from criteria.exact import show_vietnamese
from criteria.expressions.formula import static_value
from criteria.expressions.terms import Comparison, Constant
from criteria.problems import Problem


@dataclass(frozen=True)
class Span:
    """A need that is one comparison of one quantity with one number."""

    subject: str
    sign: str
    value: Fraction


def check(bound: CriteriaSet) -> list[Problem]:
    problems: list[Problem] = []
    seen: set[str] = set()
    grades = bound.declaration.grades
    for index, grade in enumerate(grades):
        at = ("grades", index)
        if grade.otherwise is None and (grade.name is None or grade.need is None):
            lacking = "name" if grade.name is None else "need"
            problems.append(
                bound.source.problem(
                    "missing-key",
                    at,
                    f"Mức xếp loại thiếu {lacking}.",
                    "Mỗi mức cần name và need; mức cuối có thể là otherwise.",
                )
            )
        if grade.otherwise is not None and index != len(grades) - 1:
            problems.append(bound.source.problem("grade-unreachable", at, "otherwise phải đứng cuối danh sách grades."))
        if grade.name is not None and grade.name in seen:
            problems.append(bound.source.problem("duplicate-id", (*at, "name"), f"Mức “{grade.name}” khai hai lần."))
        seen.add(grade.name or "")
        problems += _quota(bound, grade, index)
    if grades:
        for levels in assignments(bound):
            problems += _cover(bound, grades, levels)
    return problems


def _quota(bound: CriteriaSet, grade: Grade, index: int) -> list[Problem]:
    quota = grade.quota
    if quota is None:
        return []
    at = ("grades", index, "quota")
    problems = []
    if (quota.share is None) == (quota.number is None):
        problems.append(
            bound.source.problem("quota", at, "quota cần đúng một trong share (tỷ lệ) và number (số lượng).")
        )
    for name in quota.of:
        if name != "evaluated" and name not in bound.grade_names:
            problems.append(
                bound.source.problem(
                    "unknown-grade",
                    (*at, "of"),
                    f"Không có mức “{name}”.",
                    "Dùng evaluated hoặc: " + ", ".join(bound.grade_names) + ".",
                )
            )
        elif quota.counted == "after" and name != "evaluated" and bound.grade_names.index(name) < index:
            problems.append(
                bound.source.problem("quota", (*at, "of"), f"counted: after không dùng được với mức cao hơn “{name}”.")
            )
    share = static_value(quota.share.term, {}) if quota.share is not None and quota.share.bound else None
    if share is not None and not 0 <= share <= 1:
        problems.append(
            bound.source.problem(
                "quota",
                (*at, "share"),
                f"Tỷ lệ {show_vietnamese(share * 100)} % không nằm giữa 0 % và 100 %.",
                "Viết share: 20%.",
            )
        )
    if bound.declaration.rank is None:
        problems.append(
            bound.source.problem("quota", at, "quota cần rank để biết ai đứng trước.", "Thêm rank: {by: total}.")
        )
    return problems


def _cover(bound: CriteriaSet, grades: list[Grade], levels: dict[str, int]) -> list[Problem]:
    """Refuse needs that leave somebody out, as far as they are plain thresholds, and thresholds in the wrong order."""
    if any(grade.need is not None and not grade.need.bound for grade in grades):
        return []
    problems: list[Problem] = []
    spans: list[tuple[Span, bool]] = []
    for index, grade in enumerate(grades):
        if grade.otherwise is not None or (grade.need is not None and isinstance(grade.need.term, Constant)):
            return problems
        span = _span(grade, levels)
        if span is None:
            continue
        if _covered(span, [s for s, limited in spans if not limited and s.subject == span.subject]):
            problems.append(
                bound.source.problem(
                    "grade-unreachable",
                    ("grades", index, "need"),
                    f"Mức “{grade.name}” không bao giờ tới: các mức trên đã nhận hết.",
                    "Xếp mức cao nhất lên đầu.",
                )
            )
        spans.append((span, grade.quota is not None))
    for subject in {span.subject for span, _ in spans}:
        mine = [span for span, _ in spans if span.subject == subject]
        highest_low = [s for s in mine if s.sign in (">=", ">")]
        lowest_high = [s for s in mine if s.sign in ("<", "<=")]
        if highest_low and lowest_high:
            low, high = min(highest_low, key=lambda s: s.value), max(lowest_high, key=lambda s: s.value)
            if low.value < high.value or (low.value == high.value and not (low.sign == ">" and high.sign == "<")):
                return problems
            return [
                *problems,
                bound.source.problem(
                    "grade-hole",
                    ("grades",),
                    f"Không mức nào nhận {subject} từ {show_vietnamese(high.value)} đến {show_vietnamese(low.value)}.",
                    "Nối các ngưỡng, hoặc thêm {otherwise: …, decided_by: …} ở cuối.",
                ),
            ]
    return [
        *problems,
        bound.source.problem(
            "grade-hole",
            ("grades", len(grades) - 1),
            "Có đối tượng không đạt mức nào: mức cuối không nhận hết số còn lại.",
            'Thêm ở cuối {otherwise: "tên mức", decided_by: "…"} hoặc {otherwise: human}.',
        ),
    ]


def _span(grade: Grade, levels: dict[str, int]) -> Span | None:
    term = grade.need.term if grade.need is not None else None
    if not isinstance(term, Comparison) or term.sign not in (">=", ">", "<", "<="):
        return None
    value = static_value(term.parts[1], levels)
    return None if value is None else Span(term.parts[0].formula(), term.sign, value)


def _covered(span: Span, before: list[Span]) -> bool:
    for other in before:
        upward = span.sign in (">=", ">") and other.sign in (">=", ">")
        downward = span.sign in ("<", "<=") and other.sign in ("<", "<=")
        if upward and (
            other.value < span.value or (other.value == span.value and (other.sign == ">=" or span.sign == ">"))
        ):
            return True
        if downward and (
            other.value > span.value or (other.value == span.value and (other.sign == "<=" or span.sign == "<"))
        ):
            return True
    return False
