"""Tables of contents and of periods: what was earned of every tag, and how mean shares moved from period to period."""

from __future__ import annotations

from collections.abc import Sequence

from criteria.exact import show_vietnamese
from reports.period.cells import COUNTED, ROUNDED, Cell, Number, Table, percent
from reports.period.columns import one
from reports.period.gathering import PeriodReport
from reports.period.trends import Point
from reports.period.words import compared_source, results_source, short_name, short_set


def contents_table(report: PeriodReport) -> Table:
    rows: list[dict[str, Cell]] = []
    for tag in report.tags:
        if not tag.groups:
            continue
        lines = tuple(f"Nhóm {g.letter}: {p.shown if (p := percent(g.share)) else '–'}" for g in tag.groups)
        rows.append(
            {
                "ten": tag.name,
                "tieu_chi": sum(g.criteria for g in tag.groups),
                "diem": f"{show_vietnamese(tag.earned, report_places(report))}/"
                f"{show_vietnamese(tag.maximum, report_places(report))}",
                "ty_le": percent(tag.share),
                "theo_nhom": lines,
            }
        )
    notes = (
        "Cộng điểm của mọi đối tượng ở các tiêu chí mang nhãn nội dung, chia cho điểm tối đa đang áp dụng của chính các tiêu chí đó; "
        "chưa tính hệ số, quy đổi, điểm cộng, điểm trừ của phần chứa tiêu chí.",
        "Tiêu chí mang hai nhãn được tính ở cả hai. Tiêu chí không áp dụng, chưa có điểm không tính. " + ROUNDED,
    )
    return one("noi_dung", rows, results_source(report), *notes)


def report_places(report: PeriodReport) -> int:
    return max((one.places for one in report.sets), default=2)


def periods_table(report: PeriodReport) -> Table:
    rows: list[dict[str, Cell]] = []
    for trend in report.trends:
        lines, changes = [], []
        for place, point in enumerate(trend.points):
            if point is None or point.spread.mean is None:
                lines.append(f"{report.compared[place]}: chưa có")
                continue
            mark = "; tạm tính" if point.provisional else ""
            shown = show_vietnamese(point.spread.mean * 100, 2)
            lines.append(f"{report.compared[place]}: {shown} % ({point.spread.counted}{mark})")
            if place in trend.stretches[1:]:
                changes.append(report.compared[place])
        note = f"Bộ tiêu chí thay đổi từ kỳ {', '.join(changes)}: không so sánh với kỳ trước đó." if changes else ""
        own = [one for one in report.sets if (one.letter, one.set_id) == (trend.letter, trend.set_id)]
        name = short_set(report, own[-1]) if own else f"{short_name(report, trend.letter)}: {trend.title}"
        rows.append(
            {"ten": name, "ky": tuple(lines), "thay_doi": last_change(trend.points, trend.stretches), "ghi_chu": note}
        )
    rows = rows if len(report.compared) > 1 else []
    notes = (
        "Kỳ trước: kỳ liền trước trong bảng có kết quả theo cùng bộ tiêu chí. " + COUNTED,
        "Chỉ so sánh các kỳ chấm theo cùng bộ tiêu chí (giống nhau trừ lời văn). Tăng, giảm tính trên số chưa làm tròn.",
    )
    return one("cac_ky", rows, compared_source(report), *notes)


def last_change(points: Sequence[Point | None], stretches: Sequence[int]) -> Number | None:
    """Of the last two periods that may be compared, in percent points; None when there are no two."""
    start = stretches[-1] if stretches else 0
    known = [one for one in points[start:] if one is not None and one.spread.mean is not None]
    if len(known) < 2 or known[-1] is not points[-1]:
        return None
    before, now = known[-2].spread.mean, known[-1].spread.mean
    assert before is not None and now is not None
    return Number((now - before) * 100)
