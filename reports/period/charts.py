"""The charts of a report, made of the same figures as its tables."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from reports.charts.chart import Chart, Series
from reports.period.gathering import PeriodReport
from reports.period.results import set_result
from reports.period.trends import Trend
from reports.period.words import compared_source, group_name, results_source, short_name
from reports.wording.days import period_name
from scoring.analysis.gaps import ShareGap, together

_FEW = 3  # periods that stand side by side as columns
_STATES = (
    ("done", "Hoàn thành đúng hạn"),
    ("late", "Hoàn thành quá hạn"),
    ("open", "Đang thực hiện, trong hạn"),
    ("overdue", "Quá hạn, chưa hoàn thành"),
)


def charts_of(report: PeriodReport) -> list[Chart]:
    """Those that have something to show, in the order of the document."""
    made = [_grades(report), _contents(report), _years(report), _tasks(report), _gaps(report)]
    return [chart for chart in made if not chart.empty and chart.categories]


def _mark(report: PeriodReport) -> str:
    return " (tạm tính)" if report.provisional else ""


def _grades(report: PeriodReport) -> Chart:
    """Of an occasion: of its last period with results."""
    last = next((part for part in reversed(report.parts) if part.sets), None)
    told = [set_result(one) for one in last.sets] if last is not None else []
    names = list(dict.fromkeys(grade for one in told for grade, _ in one.grades))
    names.sort(key=lambda name: not name)  # those without a grade last
    series = tuple(
        Series(name or "Chưa hoặc không xếp loại", tuple(dict(one.grades).get(name, 0) for one in told))
        for name in names
    )
    period = period_name(report.movement, last.period) if last is not None else ""
    return Chart(
        "xep-loai",
        f"Số đối tượng theo mức xếp loại, {period}{_mark(report)}",
        "stacked",
        tuple(short_name(report, one.set.letter, one.set.file) for one in told),
        series,
        "đối tượng",
        0,
        results_source(report),
    )


def _contents(report: PeriodReport) -> Chart:
    told = [tag for tag in report.tags if tag.share is not None]
    return Chart(
        "noi-dung",
        f"Tỷ lệ đạt theo nội dung thi đua và mục tiêu kép{_mark(report)}",
        "bar",
        tuple(tag.name for tag in told),
        (Series("Tỷ lệ đạt", tuple(tag.share * 100 for tag in told if tag.share is not None)),),
        "%",
        2,
        results_source(report),
    )


def _years(report: PeriodReport) -> Chart:
    """Lines with a series for every stretch of a set that may be compared: where a set was changed, its line breaks. Of few periods
    columns, set by set: of those that may be compared with the last one."""
    few = len(report.compared) <= _FEW
    series = tuple(_by_period(report) if few else [one for t in report.trends for one in _stretches(report, t)])
    categories = [_trend_name(report, trend) for trend in report.trends] if few else report.compared
    several = len(report.compared) > 1
    return Chart(
        "cac-ky",
        f"Tỷ lệ đạt trung bình qua các kỳ{_mark(report)}",
        "column" if few else "line",
        tuple(categories) if several else (),
        series if several else (),
        "%",
        2,
        compared_source(report),
    )


def _by_period(report: PeriodReport) -> Iterable[Series]:
    for place, period in enumerate(report.compared):
        yield Series(period, tuple(_mean(trend, place, trend.stretches[-1]) for trend in report.trends))


def _mean(trend: Trend, place: int, start: int, end: int | None = None) -> Fraction | None:
    """The mean share in percent of a period from start to before end; None outside, and where there is no result."""
    point = trend.points[place] if start <= place < (len(trend.points) if end is None else end) else None
    return point.spread.mean * 100 if point is not None and point.spread.mean is not None else None


def _trend_name(report: PeriodReport, trend: Trend) -> str:
    file = next((one.file for one in report.sets if (one.letter, one.set_id) == (trend.letter, trend.set_id)), "")
    return short_name(report, trend.letter, file)


def _stretches(report: PeriodReport, trend: Trend) -> Iterable[Series]:
    name = _trend_name(report, trend)
    ends = [*trend.stretches[1:], len(trend.points)]
    for start, end in zip(trend.stretches, ends, strict=True):
        values = tuple(_mean(trend, place, start, end) for place in range(len(trend.points)))
        told = f" (bộ tiêu chí từ kỳ {report.compared[start]})" if start != trend.stretches[0] else ""
        yield Series(name + told, values)


def _tasks(report: PeriodReport) -> Chart:
    bodies = [body for body in report.tasks.bodies if body.tally.asked]
    series = tuple(Series(words, tuple(body.tally.of(state) for body in bodies)) for state, words in _STATES)
    return Chart(
        "nhiem-vu",
        "Nhiệm vụ có hạn trong kỳ theo cơ quan chủ trì",
        "stacked",
        tuple(body.name for body in bodies),
        series if bodies else (),
        "nhiệm vụ",
        0,
        f"Sổ nhiệm vụ, tính đến ngày {report.on:%d/%m/%Y}",
    )


def _gaps(report: PeriodReport) -> Chart:
    """By group in a year, by period at an occasion."""
    if report.occasion is None:
        found = [(f"Nhóm {letter}", gap) for part in report.parts for letter, gap in part.gaps.items()]
    else:
        found = [(part.period, together(part.gaps.values())) for part in report.parts if part.gaps]
    told: list[tuple[str, ShareGap]] = [(name, gap) for name, gap in found if gap.compared]
    own = tuple(gap.own * 100 if gap.own is not None else None for _, gap in told)
    final = tuple(gap.final * 100 if gap.final is not None else None for _, gap in told)
    return Chart(
        "tu-cham",
        f"Tỷ lệ đạt trung bình: tự chấm và kết quả{_mark(report)}",
        "column",
        tuple(name for name, _ in told),
        (Series("Tự chấm", own), Series("Kết quả", final)) if told else (),
        "%",
        2,
        f"Sổ ghi của phong trào, đến mục nhập số {report.entry}",
    )


def legend(report: PeriodReport) -> list[str]:
    """What the short names of groups in charts stand for."""
    letters = list(dict.fromkeys(one.letter for one in report.sets))
    lines = []
    for letter in letters:
        own = [one for one in report.sets if one.letter == letter]
        files = dict.fromkeys(one.file for one in own)
        if len(files) < 2:
            lines.append(group_name(report.movement, letter))
        for file in files if len(files) > 1 else ():
            title = next(one.title for one in reversed(own) if one.file == file)
            lines.append(f"{short_name(report, letter, file)}: {title}")
    return lines
