"""The ranking workbook of a criteria set: ranking, points, maxima, criteria, receipt. Whoever opens it can recompute it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.ranking.front import RANKING, write_ranking
from reports.ranking.grid import Grid
from reports.ranking.sheets import first_line, meanings, write_maxima, write_points
from reports.workbook import basis_numbers, criteria_rows
from reports.workbook_header import RankingHeader, all_stamps
from reports.workbook_styles import LINE, heading_row, lines_of, new_book, paper, styles, write_texts
from scoring.result import CandidateResult, Result, same_printed_different_rank

CRITERIA, RECEIPT = "Tieu chi", "Bien nhan"
_SETTING = "Thiết lập "


def ranking_workbook(result: Result, header: RankingHeader, receipt: Mapping[str, str]) -> bytes:
    """xlsx bytes, the same for the same result, header and receipt. Texts are written as texts, never as formulas."""
    book, stream = new_book(f"{header.movement}: {result.set.title}", [*result.stamps, *header.stamps])
    looks = styles(book, result.set.places)
    grid = Grid(result, first_line(result, header))
    book.add_worksheet(RANKING)
    write_points(book, grid, header, looks)
    write_maxima(book, grid, header, looks)
    write_ranking(book, grid, header, looks)
    _criteria(book, grid, header, looks)
    _receipt(book, grid, header, receipt, looks)
    book.close()
    return stream.getvalue()


def _page(
    book: Any,
    name: str,
    title: str,
    result: Result,
    header: RankingHeader,
    looks: dict[str, Any],
    columns: list[tuple[str, float]],
    landscape: bool,
) -> tuple[Any, int]:
    """A sheet with its title, stamps and heading row; the line after it."""
    sheet = book.add_worksheet(name)
    stamps = all_stamps(result, header)
    paper(sheet, stamps, landscape=landscape)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, title, looks["title"])
    sheet.write_string(1, 0, result.set.title, looks["plain"])
    line = 2
    for stamp in stamps:
        sheet.write_string(line, 0, stamp, looks["stamp"])
        line += 1
    line += 1
    return sheet, heading_row(sheet, line, columns, looks["head"], 1)


def _criteria(book: Any, grid: Grid, header: RankingHeader, looks: dict[str, Any]) -> None:
    result = grid.result
    columns = [("Mã", 11.0), ("Nội dung", 54.0), ("Loại", 9.0), ("Tối đa", 8.0), ("Cách chấm", 58.0), ("Căn cứ", 30.0)]
    sheet, line = _page(book, CRITERIA, "TIÊU CHÍ VÀ CÁCH CHẤM", result, header, looks, columns, True)
    widths = [width for _, width in columns]
    numbers = basis_numbers(result)
    for texts in criteria_rows(result, numbers):
        write_texts(sheet, line, texts, widths, looks["part text" if texts[2] == "nhóm" else "text"])
        line += 1
    line += 1
    for basis, number in numbers.items():
        text = f"{number} {' '.join(result.set.bases[basis].words().split())}"
        sheet.merge_range(line, 0, line, 5, text, looks["wrapped"])
        sheet.set_row(line, LINE * lines_of(text, sum(widths)))
        line += 1
    line += 1
    sheet.write_string(line, 0, "Chữ và màu trong ô điểm", looks["bold"])
    for place, text in enumerate(meanings(grid), line + 1):
        sheet.write_string(place, 0, text, looks["plain"])


def _receipt(book: Any, grid: Grid, header: RankingHeader, receipt: Mapping[str, str], looks: dict[str, Any]) -> None:
    result = grid.result
    columns = [("Mục", 34.0), ("Giá trị", 70.0)]
    sheet, line = _page(book, RECEIPT, "BIÊN NHẬN TÍNH ĐIỂM", result, header, looks, columns, False)
    for name, value in receipt_rows(result, list(grid.candidates.values()), receipt):
        write_texts(sheet, line, [name, value], [34.0, 70.0], looks["text"])
        line += 1


def receipt_rows(
    result: Result, candidates: Sequence[CandidateResult], receipt: Mapping[str, str]
) -> list[tuple[str, str]]:
    """What the numbers rest on: files, settings, counts, what check and scoring had to say."""
    counts = [
        ("Số đối tượng", len(candidates)),
        ("Được xếp hạng", sum(c.rank is not None for c in candidates)),
        ("Đồng hạng", sum(bool(c.tied) for c in candidates)),
        ("Tạm tính", sum(c.provisional for c in candidates)),
        ("Không đủ điều kiện", sum(c.eligible is False for c in candidates)),
        ("Chưa kết luận điều kiện", sum(c.eligible is None for c in candidates)),
    ]
    declared = result.set.declaration
    rounding = {"half_up": "nửa thì lên", "half_even": "nửa thì về số chẵn", "down": "bỏ phần lẻ", "up": "lên"}
    where = {"leaf": "từng tiêu chí", "total": "tổng điểm", "print": "chỉ khi in"}
    rows = [
        ("Bộ tiêu chí", result.set.id),
        ("Kỳ chấm", result.period or "không nêu"),
        (
            "Làm tròn",
            f"{declared.points.places} số lẻ, {rounding[declared.points.rounding]}, {where[declared.points.round_at]}",
        ),
    ]
    settings = dict(result.set.settings)
    for name, value in receipt.items():
        if name.startswith(_SETTING):
            settings[name.removeprefix(_SETTING)] = value
        elif (name, value) != ("Kỳ", result.period):
            rows.append((name, value))
    labels = {name: f"{setting.label} ({name})" for name, setting in declared.settings.items()}
    rows += [(_SETTING + labels.get(name, name), value) for name, value in sorted(settings.items())]
    rows += [(name, str(count)) for name, count in counts]
    for first, second in same_printed_different_rank(result):
        text = f"{result.ids[first]} và {result.ids[second]}: tổng in bằng nhau, hạng khác nhau vì xếp theo điểm chưa làm tròn"
        rows.append(("Lưu ý", text))
    return rows + [(f"Cảnh báo {problem.code}", problem.message) for problem in result.problems]
