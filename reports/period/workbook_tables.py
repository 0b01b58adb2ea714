"""Tables that stand in the workbook only, one number to a cell: grades, contents by group, periods."""

from __future__ import annotations

from fractions import Fraction

from reports.period.cells import Cell, Number, Table, percent
from reports.period.columns import one
from reports.period.content_tables import report_places
from reports.period.gathering import PeriodReport
from reports.period.result_tables import spread_cells
from reports.period.results import set_result
from reports.period.words import compared_source, group_name, results_source, set_name


def workbook_tables(report: PeriodReport) -> list[Table]:
    return [_grade_counts(report), _content_groups(report), _year_numbers(report)]


def _grade_counts(report: PeriodReport) -> Table:
    rows: list[dict[str, Cell]] = []
    for each in report.sets:
        told = set_result(each)
        whole = told.listed - told.unplaced
        for grade, many in told.grades:
            rows.append(
                {
                    "ky": each.period,
                    "ten": set_name(report, each),
                    "muc": grade or "Chưa hoặc không xếp loại",
                    "so": many,
                    "ty_le": percent(_part(many, whole)),
                }
            )
    return one("xep_loai_so", rows, results_source(report))


def _part(many: int, whole: int) -> Fraction | None:
    return Fraction(many, whole) if whole else None


def _content_groups(report: PeriodReport) -> Table:
    places = report_places(report)
    rows: list[dict[str, Cell]] = [
        {
            "ten": tag.name,
            "nhom": told.letter,
            "tieu_chi": told.criteria,
            "doi_tuong": told.candidates,
            "diem": Number(told.earned, places),
            "toi_da": Number(told.maximum, places),
            "ty_le": percent(told.share),
            "bo_qua": told.left_out,
        }
        for tag in report.tags
        for told in tag.groups
    ]
    note = "Kết quả không tính: tiêu chí của đối tượng không áp dụng hoặc chưa có điểm."
    return one("noi_dung_nhom", rows, results_source(report), note)


def _year_numbers(report: PeriodReport) -> Table:
    rows: list[dict[str, Cell]] = []
    for trend in report.trends:
        own = [each for each in report.sets if (each.letter, each.set_id) == (trend.letter, trend.set_id)]
        name = set_name(report, own[-1]) if own else f"{group_name(report.movement, trend.letter)}: {trend.title}"
        for place, point in enumerate(trend.points):
            if point is not None:
                stretch = sum(start <= place for start in trend.stretches)
                told = spread_cells(point.spread)
                rows.append({"ten": name, "ky": point.period, "doan": stretch, "so": point.spread.counted, **told})
    note = "Đoạn so sánh được: các kỳ cùng số đoạn chấm theo cùng bộ tiêu chí."
    return one("cac_ky_so", rows, compared_source(report), note)
