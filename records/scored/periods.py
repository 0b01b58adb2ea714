"""Whether a set can be scored in a period: in force, and the days it asks for are days of it."""

from __future__ import annotations

from calendar import monthrange

from criteria.criteria_set import CriteriaSet
from criteria.expressions.functions_time import OnDay
from criteria.problems import Problem, of_file
from scoring.periods import PeriodError, read_period


def period_problems(criteria: CriteriaSet, period: str | None) -> list[Problem]:
    """A period that is none, one in which the set is not in force, or none where on(…) needs one."""
    declared = criteria.declaration
    found = [
        (formula.source, term)
        for formula in criteria.formulas
        if formula.bound
        for term in formula.term.walk()
        if isinstance(term, OnDay)
    ]
    days = [term for _, term in found]
    if period is None:
        return (
            [
                of_file(
                    criteria.file,
                    "period",
                    "Bộ tiêu chí dùng on(…), cần biết kỳ chấm.",
                    "Thêm --period 2026 hoặc --period 2026-03.",
                )
            ]
            if days
            else []
        )
    try:
        round_ = read_period(period)
    except PeriodError:
        return [
            of_file(
                period,
                "period",
                f"“{period}” không phải tên kỳ.",
                "Viết 2026, 2026-03, 2026-q2, 2027-h1 hoặc 2030-9m.",
            )
        ]
    problems = []
    if any(term.month is None for term in days) and round_.month is None:
        problems.append(
            of_file(criteria.file, "period", f"on(ngày) cần kỳ là một tháng, gặp {period}.", "Viết --period 2026-03.")
        )
    for source, term in found:
        month = term.month or round_.month
        if month is not None and term.day > monthrange(round_.year, month)[1]:
            message = f"Kỳ {period}: tháng {month}/{round_.year} không có ngày {term.day}."
            problems.append(
                Problem(
                    source.file or criteria.file, source.line, source.column, "date", message, "Sửa ngày trong on(…)."
                )
            )
    if round_.last < declared.valid_from or (declared.valid_to is not None and round_.first > declared.valid_to):
        until = f" đến {declared.valid_to:%d/%m/%Y}" if declared.valid_to else ""
        message = f"Bộ tiêu chí có hiệu lực từ {declared.valid_from:%d/%m/%Y}{until}, không dùng cho kỳ {period}."
        problems.append(
            criteria.source.problem("not-in-force", ("valid_from",), message, "Dùng bộ tiêu chí của kỳ đó.")
        )
    return problems
