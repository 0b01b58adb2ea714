"""Phiếu kiểm tra hồ sơ (checklist of a dossier) and danh mục minh chứng (evidence of a nominee)."""

from __future__ import annotations

from typing import Any

import named
import official as page

PAPERS: tuple[named.Column, ...] = (
    ("STT", "stt", 12, page.CENTRE),
    ("Giấy tờ", "ten", 50, page.LEFT),
    ("Tình trạng", "tinh_trang", 40, page.LEFT),
    ("Số, ngày văn bản", "van_ban", 27, page.LEFT),
    ("Mã băm (SHA-256)", "ma_bam", 31, page.LEFT),
)
CHECKS: tuple[named.Column, ...] = (
    ("Mã", "ma", 13, page.CENTRE),
    ("Kết luận", "ket_luan", 22, page.CENTRE),
    ("Nội dung, dữ liệu đã dùng", "noi_dung", 78, page.LEFT),
    ("Căn cứ", "can_cu", 47, page.LEFT),
)
CONFIRMED: tuple[named.Column, ...] = (
    ("STT", "stt", 14, page.CENTRE),
    ("Nội dung cần xác nhận", "ten", 52, page.LEFT),
    ("Cơ quan xác nhận", "co_quan", 44, page.LEFT),
    ("Tình trạng, văn bản", "tinh_trang", 50, page.LEFT),
)
CASES: tuple[named.Column, ...] = (
    ("STT", "stt", 14, page.CENTRE),
    ("Tên", "ten", 52, page.LEFT),
    ("Kết luận", "tinh_trang", 24, page.CENTRE),
    ("Còn thiếu, cần xem", "noi_dung", 70, page.LEFT),
)
MONEY: tuple[named.Column, ...] = (
    ("STT", "stt", 14, page.CENTRE),
    ("Tên", "ten", 54, page.LEFT),
    ("Cách tính", "cach_tinh", 56, page.LEFT),
    ("Số tiền (đồng)", "so_tien", 36, page.RIGHT),
)
EVIDENCE: tuple[named.Column, ...] = (
    ("STT", "stt", 14, page.CENTRE),
    ("Tiêu chí", "tieu_chi", 46, page.LEFT),
    ("Minh chứng", "minh_chung", 50, page.LEFT),
    ("Thẩm định", "tham_dinh", 50, page.LEFT),
)


def checklist() -> Any:
    document = named.new_document()
    named.heading(document, numbered=False)
    named.title(document, "PHIẾU KIỂM TRA HỒ SƠ", "Đề nghị tặng {{ hinh_thuc }} {{ dip }}", "{{ ve }}")
    page.body_text(document, "Kết luận: hồ sơ {{ ket_luan }}.").paragraph_format.space_before = page.Pt(12)
    named.lines(document, "con_thieu", "- {{ dong }}", when="Còn thiếu:")
    _table(document, "Giấy tờ chung của hồ sơ", "giay_to_chung", PAPERS)
    _table(document, "Các trường hợp đề nghị", "cac_truong_hop", CASES)
    _table(document, "Giấy tờ của trường hợp đề nghị", "giay_to", PAPERS)
    _table(document, "Điều kiện khen thưởng", "kiem_tra", CHECKS)
    _table(document, "Xác nhận của cơ quan có thẩm quyền", "xac_nhan", CONFIRMED)
    _table(document, "Dự kiến tiền thưởng", "tien", MONEY)
    page.add(document, "{%p if tong_tien %}")
    page.body_text(document, "Tổng cộng: {{ tong_tien }}. {{ cach_tinh_tien }}")
    page.add(document, "{%p endif %}")
    named.lines(document, "can_cu_chua_xac_minh", "- {{ dong }}", when="Căn cứ chưa xác minh:", kept=True)
    named.two_signatures(
        document, ("NGƯỜI KIỂM TRA", "(Ký, ghi rõ họ tên)"), ("NGƯỜI PHỤ TRÁCH", "(Ký, ghi rõ họ tên)")
    )
    return document


def _table(document: Any, title: str, field: str, columns: tuple[named.Column, ...]) -> None:
    page.add(document, f"{{%p if {field} %}}")
    named.part_title(document, title, level=2)
    named.grid(document, columns, field, size=12, spaced=False)
    page.add(document, "{%p endif %}")


def evidence() -> Any:
    document = named.new_document()
    named.annex(
        document,
        "DANH MỤC MINH CHỨNG",
        "(Kèm theo Báo cáo thành tích của {{ ten }} đề nghị tặng {{ hinh_thuc }} {{ dip }})",
    )
    page.body_text(document, "{{ mo_dau }}")
    named.grouped(document, EVIDENCE, "cac_ky", "danh_sach", size=12)
    named.draft_notes(document)
    return document
