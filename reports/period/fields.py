"""The fields of the Word template of a report: texts, tables and the places of charts. Texts from units are made harmless here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from nominations.occasions import NAMES
from reports.charts.chart import Chart
from reports.charts.word import chart_marker
from reports.dossier.fields import BLANK, heading_fields
from reports.dossier.fields_submission import punctuated
from reports.dossier.wording import stamp_lines
from reports.letters.templates import printed_all
from reports.period import sentences
from reports.period.cells import Cell, Table, shown
from reports.period.charts import legend
from reports.period.columns import CHARTS, KINDS
from reports.period.gathering import PeriodReport
from reports.period.words import TENTATIVE
from reports.wording.days import period_name, written_day
from reports.wording.issuers import head_on

Fields = dict[str, Any]
ANNEXES = {
    "ket_qua": "phu_luc_ket_qua",
    "danh_sach_khen": "phu_luc_khen",
}  # tables that are annexes, and where their word stands


def report_fields(report: PeriodReport, tables: Sequence[Table], charts: Sequence[Chart]) -> Fields:
    """What the template of a year or of an occasion may ask for."""
    by_id = {table.id: table for table in tables}
    annexes = {ident: by_id[ident] for ident in ANNEXES if ident in by_id and by_id[ident].size and by_id[ident].short}
    texts: Fields = printed_all({**_heading(report), **_texts(report), **_annexes(report, by_id, annexes)})
    number = 0
    for kind in KINDS:
        table = by_id.get(kind.id)
        if not kind.word:
            continue
        printed = table is not None and table.size > 0 and table.short
        if printed and kind.id not in ANNEXES:
            number += 1
        texts |= printed_all(_table_fields(kind.id, table if printed else None, number, report.provisional))
    drawn = {chart.id for chart in charts}
    return texts | {  # markers last: cleaned texts hold none
        f"bieu_do_{ident.replace('-', '_')}": chart_marker(ident) if ident in drawn else "" for ident in CHARTS
    }


def _table_fields(ident: str, table: Table | None, number: int, provisional: bool) -> Fields:
    if table is None:
        return {f"bang_{ident}": [], f"ten_bang_{ident}": "", f"nguon_{ident}": ""}
    groups = [{"ten": group.name, "danh_sach": [_row(table, row) for row in group.rows]} for group in table.groups]
    mark = " (tạm tính)" if provisional else ""
    source = " ".join([f"Nguồn: {table.source.rstrip('.')}.", *table.notes])
    return {
        f"bang_{ident}": groups if table.kind.grouped else groups[0]["danh_sach"],
        f"ten_bang_{ident}": f"{table.kind.title if ident in ANNEXES else f'Bảng {number}. {table.kind.title}'}{mark}",
        f"nguon_{ident}": source,
    }


def _row(table: Table, row: Mapping[str, Cell]) -> Fields:
    return {
        column.key: _lines(row[column.key]) if column.lines else shown(row[column.key]) for column in table.kind.columns
    }


def _lines(cell: Cell) -> list[str]:
    return list(cell) if isinstance(cell, tuple) else [shown(cell)]


def drawn_up(report: PeriodReport) -> date:
    """A day on which the report may be issued at the earliest: the last one of anything it says. Its year stands on the report."""
    days = [one.official.day for one in report.sets if one.official is not None]
    return max([report.on, *days])


def _heading(report: PeriodReport) -> Fields:
    day = drawn_up(report)
    head = head_on(report.movement.letterhead, day)
    made = heading_fields(head, "BC", day)
    # of a named document the symbol is that of the authority alone; that of the unit that drafts belongs to letters (Phụ lục I, II.3)
    symbol = head.symbol.partition("-")[0] if head is not None else ""
    movement, parent = report.movement, head.parent if head is not None else ""
    title = head.signer_title if head is not None else ""
    return {
        **made,
        "dau_trang": stamps(report),
        "so_ky_hieu": f"{BLANK}/BC-{symbol}" if symbol else f"{BLANK}/BC",
        "ngay_ban_hanh": f"ngày {BLANK[:5]} tháng {BLANK[:5]} năm {day.year}",
        "kinh_gui": parent.replace("UBND", "Ủy ban nhân dân"),
        "phong_trao": movement.name,
        "giai_doan": f"{movement.period.from_}\u2011{movement.period.to}",
        "loai_bao_cao": _kind(report),
        "loai_bao_cao_thuong": _kind(report).lower(),
        "ky": _period(report),
        "ky_in_hoa": _period(report).upper(),
        "tu_ngay": written_day(report.window.first),
        "den_ngay": written_day(report.on),
        "tam_tinh": "(số liệu tạm tính)" if report.provisional else "",
        "quyen_han_in_hoa": [title.upper()] if title else [],
        "nguoi_ky": "",
        "noi_nhan": ["Như trên", "Các cơ quan, đơn vị, địa phương tham gia Phong trào thi đua"],
    }


def stamps(report: PeriodReport) -> list[str]:
    """The lines at the top of every page: provisional figures, illustrative data, trial points, proposed rules."""
    return [*([TENTATIVE] if report.provisional else []), *stamp_lines(report.stamps, draft=False)]


def _kind(report: PeriodReport) -> str:
    """Sơ kết, Tổng kết; Kết quả thực hiện."""
    kind = report.occasion.kind if report.occasion is not None else None
    return NAMES[kind].capitalize() if kind is not None else "Kết quả thực hiện"


def _period(report: PeriodReport) -> str:
    """năm 2026; từ tháng 4 năm 2025 đến tháng 6 năm 2027"""
    if report.occasion is None:
        return period_name(report.movement, report.window.period)
    first, last = report.window.first, report.window.last
    return f"từ tháng {first.month} năm {first.year} đến tháng {last.month} năm {last.year}"


def _texts(report: PeriodReport) -> Fields:
    return {
        "tham_gia": sentences.taken_part(report),
        "con_thieu": sentences.lacking(report),
        "ket_qua": sentences.results(report),
        "noi_dung": sentences.contents(report),
        "so_sanh": sentences.years(report),
        "nhiem_vu": sentences.tasks(report),
        "tu_cham": [*sentences.self_scores(report), *sentences.verification(report)],
        "mo_hinh": sentences.models(report),
        "khen": sentences.awards(report),
        "ton_tai": sentences.shortcomings(report),
        "chu_giai": punctuated(legend(report)),
    }


def _annexes(report: PeriodReport, by_id: Mapping[str, Table], annexes: Mapping[str, Table]) -> Fields:
    """The words over the annexes (numbered when there are two), and the sentences that point to them or to the workbook."""
    numbered = len(annexes) > 1
    words = {ident: f"Phụ lục {'I' * place}" if numbered else "Phụ lục" for place, ident in enumerate(annexes, 1)}
    found: Fields = {field: words.get(ident, "") for ident, field in ANNEXES.items()}
    for ident, field in ANNEXES.items():
        table = by_id.get(ident)
        name = table.kind.title.lower() if table is not None else ""
        if ident in annexes:
            told = f"({table.kind.title if table else ''}: xem {words[ident]} kèm theo)"
        elif table is not None and table.size:
            told = f"(Danh sách {name} dài {table.size} dòng: xem tệp số liệu kèm theo)"
        else:
            told = ""
        found[f"dan_{field}"] = [told] if told else []
    return found
