"""Models as workbooks: the list for its addressee, and the counts of units beside what they reported (internal)."""

from __future__ import annotations

from criteria.declarations.movement import Movement
from reports.ledger_pages.header import INTERNAL, LedgerHeader, report_header
from reports.ledger_pages.workbook import Line, Page, ledger_workbook
from reports.models.content import ADDRESSEES, ModelReport
from reports.wording.days import period_words
from reports.wording.texts import capital

_LIST = (
    ("TT", 5.0, True),
    ("Tên", 28.0, False),
    ("Loại", 16.0, False),
    ("Đơn vị", 24.0, False),
    ("Nội dung", 24.0, False),
    ("Tóm tắt", 42.0, False),
    ("Kết quả", 32.0, False),
    ("Văn bản giới thiệu", 24.0, False),
    ("Từ ngày", 12.0, True),
)
_COUNTS = (
    ("TT", 5.0, True),
    ("Mã", 9.0, True),
    ("Đơn vị", 40.0, False),
    ("Có trong sổ", 10.0, True),
    ("Đơn vị báo cáo", 10.0, True),
    ("Chênh lệch", 10.0, True),
    ("Nhận xét", 46.0, False),
)


def list_workbook(movement: Movement, report: ModelReport) -> bytes:
    """What may be made known, for one addressee; nothing else."""
    lines = [
        Line(
            [
                place,
                one.name,
                one.model.kind_words,
                one.unit,
                "; ".join(one.contents),
                one.model.summary,
                one.model.result,
                one.model.introduced_by,
                f"{one.model.since:%d/%m/%Y}",
            ]
        )
        for place, one in enumerate(report.shown, 1)
    ]
    title = "DANH SÁCH MÔ HÌNH, CÁCH LÀM HAY, GƯƠNG ĐIỂN HÌNH"
    notes = (f"Gửi: {ADDRESSEES[report.addressee]}.", "Chỉ gồm nội dung đơn vị đồng ý tuyên truyền.")
    page = Page("Danh sach", title, _LIST, lines, notes, 2)
    return ledger_workbook(title.capitalize(), _header(movement, report), [page])


def counts_workbook(movement: Movement, report: ModelReport) -> bytes:
    """The register beside the numbers that units reported in their forms."""
    lines = [
        Line(
            [
                place,
                one.unit,
                one.name,
                one.listed,
                "–" if one.reported is None else one.reported,
                "–" if one.difference is None else one.difference,
                capital(one.words),
            ]
        )
        for place, one in enumerate(report.counted, 1)
    ]
    title = "ĐỐI CHIẾU SỐ MÔ HÌNH, GƯƠNG ĐIỂN HÌNH VỚI SỐ ĐƠN VỊ BÁO CÁO"
    notes = (
        "Có trong sổ: mô hình, gương điển hình có văn bản giới thiệu trong kỳ.",
        "Đơn vị báo cáo: số đơn vị tự ghi ở biểu nộp mới nhất của kỳ; “–”: biểu không hỏi hoặc chưa ghi.",
    )
    page = Page("Doi chieu", title, _COUNTS, lines, notes, 3)
    return ledger_workbook(title.capitalize(), _header(movement, report, INTERNAL), [page])


def _header(movement: Movement, report: ModelReport, *stamps: str) -> LedgerHeader:
    words = period_words(report.period) if report.period else ""
    return report_header(movement, words, report.told, report.entry, bool(report.stamps), stamps)
