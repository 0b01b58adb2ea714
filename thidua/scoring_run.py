"""One scoring from files to a result: what `score` and `demo` both do."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.expressions.functions_time import OnDay
from criteria.loading import read_set
from criteria.problems import Problem, errors, of_file
from records.tables.round_files import read_round
from scoring.engine import score
from scoring.periods import PeriodError, read_period
from scoring.result import Result
from thidua import __version__


@dataclass(frozen=True)
class Run:
    """The files and options of one scoring."""

    criteria: Path
    table: Path
    items: Mapping[str, str] = field(default_factory=dict)
    previous: Path | None = None
    previous_items: Mapping[str, str] = field(default_factory=dict)
    pool: str | None = None
    period: str | None = None
    closed: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)


def carry_out(run: Run) -> tuple[Result | None, list[Problem], dict[str, str]]:
    """The result and its receipt, or None with all problems of all files."""
    criteria, problems = read_set(run.criteria, run.settings)
    if criteria is None:
        return None, problems, {}
    problems += period_problems(criteria, run.period)
    tables, found = read_round(criteria, run.table, run.items, run.previous, run.previous_items, run.pool)
    problems += found
    if tables is None or errors(problems):
        return None, problems, {}
    result = score(
        criteria,
        tables.table,
        tables.items,
        tables.previous,
        previous_items=tables.previous_items,
        closed=run.closed,
        period=run.period,
        pool=run.pool,
    )
    result.problems = tuple(sorted({*result.problems, *problems}))
    receipt = {"Phần mềm": f"thidua {__version__}", f"sha256 {run.criteria.name}": criteria.sha256}
    files: list[str | Path] = [
        run.table,
        *run.items.values(),
        *([run.previous] if run.previous else []),
        *run.previous_items.values(),
    ]
    for path in files:
        receipt[f"sha256 {Path(path).name}"] = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    return result, problems, receipt


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
