"""Báo cáo thành tích by the headings of movements with a theme (chuyên đề), and tóm tắt thành tích on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import named
import official as page

PERIODS: tuple[named.Column, ...] = (
    ("STT", "stt", 13, page.CENTRE),
    ("Kỳ", "ky", 45, page.LEFT),
    ("Kết quả chính thức", "ket_qua", 42, page.LEFT),
    ("Xếp loại", "xep_loai", 44, page.LEFT),
    ("Hạng", "hang", 16, page.CENTRE),
)
CONTENTS: tuple[named.Column, ...] = (
    ("Mã số", "ma", 18, page.CENTRE),
    ("Nội dung", "noi_dung", 84, page.LEFT),
    ("Điểm tối đa", "toi_da", 29, page.CENTRE),
    ("Điểm đạt", "diem", 29, page.CENTRE),
)
DECISION = "Số, ngày, tháng, năm của quyết định; cơ quan ban hành quyết định"
TITLES: tuple[named.Column, ...] = (
    ("Năm", "nam", 18, page.CENTRE),
    ("Danh hiệu thi đua", "ten", 62, page.LEFT),
    (DECISION, "quyet_dinh", 80, page.LEFT),
)
FORMS: tuple[named.Column, ...] = (
    ("Năm", "nam", 18, page.CENTRE),
    ("Hình thức khen thưởng (loại hình)", "ten", 62, page.LEFT),
    (DECISION, "quyet_dinh", 80, page.LEFT),
)
SUMMARY: tuple[named.Column, ...] = (
    ("Nội dung", "ten", 45, page.LEFT),
    ("Thông tin", "noi_dung", 115, page.LEFT),
)
BLANK = "\u00a0" * 5
BLANK_DAY = f"ngày {BLANK} tháng {BLANK} năm {{{{ nam }}}}"


def report() -> Any:
    document = named.new_document()
    named.heading(document, numbered=False, day=BLANK_DAY)
    named.title(
        document,
        "BÁO CÁO THÀNH TÍCH",
        "ĐỀ NGHỊ TẶNG {{ hinh_thuc_in_hoa }}",
        "(Thành tích trong Phong trào thi đua “{{ phong_trao }}” giai đoạn {{ giai_doan }})",
    )
    page.add(document, "{{ nhan_ten }}: {{ ten }}", align=page.CENTRE, bold=True, before=6)
    page.add(document, "{%p if chuc_vu_don_vi %}")
    page.add(document, "{{ nhan_don_vi }}: {{ chuc_vu_don_vi }}", align=page.CENTRE)
    page.add(document, "{%p endif %}")
    named.part_title(document, "I. SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH")
    prose(document, "dac_diem")
    named.part_title(document, "II. THÀNH TÍCH ĐẠT ĐƯỢC")
    prose(document, "thanh_tich", figures)
    named.part_title(document, "III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG")
    named.part_title(document, "1. Danh hiệu thi đua", level=2)
    named.grid(document, TITLES, "danh_hieu", spaced=False)
    named.part_title(document, "2. Hình thức khen thưởng", level=2)
    named.grid(document, FORMS, "hinh_thuc_da_khen", spaced=False, last=True)
    named.two_signatures(
        document,
        ("THỦ TRƯỞNG ĐƠN VỊ \nCẤP TRÊN TRỰC TIẾP \nXÁC NHẬN", "(Ký, ghi rõ họ tên, đóng dấu)"),
        ("{{ nguoi_bao_cao_in_hoa }}", "({{ cach_ky }})"),
    )
    named.draft_notes(document)
    return document


def prose(document: Any, name: str, inside: Callable[[Any], None] | None = None) -> None:
    """What the unit has written, heading by heading; lines to write on where it has written nothing. inside: what the program writes
    under the heading of results."""
    page.add(document, f"{{%p for muc in {name} %}}")
    named.part_title(document, "{{ muc.tieu_de }}", level=2)
    if inside is not None:
        page.add(document, "{%p if muc.so_lieu %}")
        inside(document)
        page.add(document, "{%p endif %}")
    page.add(document, "{%p if muc.tuan_thu %}")
    named.lines(document, "xac_nhan", "- {{ dong }}", when="Xác nhận của cơ quan có thẩm quyền:")
    page.add(document, "{%p endif %}")
    page.add(document, "{%p for doan in muc.cac_doan %}")
    page.body_text(document, "{{ doan }}")
    page.add(document, "{%p else %}")
    named.dotted(document)
    page.add(document, "{%p endfor %}")
    page.add(document, "{%p endfor %}")


def figures(document: Any) -> None:
    """The figures of the score: the occasion, its periods, the points of each content."""
    page.add(document, "{%p if ket_qua %}")
    page.body_text(document, "Kết quả chấm điểm {{ dip }}: {{ ket_qua }}.")
    page.add(document, "{%p if tinh_tu %}")
    page.body_text(document, "{{ tinh_tu }}.")
    page.add(document, "{%p endif %}")
    page.add(document, "{%p else %}")
    page.body_text(document, "{{ khong_cham_diem }}")
    page.add(document, "{%p endif %}")
    page.add(document, "{%p if cac_ky %}")
    named.grid(document, PERIODS, "cac_ky", whole=True)
    page.add(document, "{%p endif %}")
    page.add(document, "{%p for bang in bang_diem %}")
    told = page.body_text(document, "Điểm theo nội dung {{ bang.ky }}: {{ bang.tong }}.")
    told.paragraph_format.keep_with_next = True
    named.grid(document, CONTENTS, "bang.danh_sach", whole=True)
    page.add(document, "{%p endfor %}")


def summary() -> Any:
    document = named.new_document()
    named.heading(document, numbered=False)
    named.title(document, "TÓM TẮT THÀNH TÍCH", "Đề nghị tặng {{ hinh_thuc }}")
    named.grid(document, SUMMARY, "thong_tin")
    page.body_text(document, "Tóm tắt thành tích: {{ thanh_tich }}")
    named.signature(document)
    named.draft_notes(document)
    return document
