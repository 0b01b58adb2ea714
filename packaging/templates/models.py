"""Danh sách mô hình, cách làm hay, gương điển hình: the annex to a letter to those who make them known."""

from __future__ import annotations

from typing import Any

import named
import official as page

COLUMNS: tuple[named.Column, ...] = (
    ("TT", "stt", 11, page.CENTRE),
    ("Tên", "ten", 40, page.LEFT),
    ("Đơn vị", "don_vi", 32, page.LEFT),
    ("Nội dung", "", 34, page.LEFT),
    ("Tóm tắt", "tom_tat", 52, page.LEFT),
    ("Kết quả", "ket_qua", 30, page.LEFT),
    ("Văn bản giới thiệu", "van_ban", 25, page.LEFT),
    ("Từ ngày", "tu_ngay", 23, page.CENTRE),
)
CONTENTS = 3  # the column filled line by line


def models() -> Any:
    document = named.new_document(landscape=True)
    named.annex(document, "{{ ten_in_hoa }}", "{{ kem_theo }}", width=named.WIDE)
    page.body_text(document, "Gửi: {{ kinh_gui }}.")
    page.body_text(document, "Phong trào thi đua “{{ phong_trao }}” giai đoạn {{ giai_doan }}. {{ thoi_gian }}")
    table = named.grouped(document, COLUMNS, "cac_loai", "danh_sach", size=11)
    named.many(table.rows[4].cells[CONTENTS], "dong.noi_dung", size=11)
    page.body_text(document, "Danh sách gồm {{ so_muc }} mục, là nội dung các đơn vị đồng ý tuyên truyền./.")
    return document
