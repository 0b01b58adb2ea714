"""Makes the Word template of a meeting's agenda with the list of cases: python packaging/templates/council_agenda.py OUT.docx."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import council_parts as part
import named
import official as page

from reports.letters.word import word_bytes

TITLE = "Mẫu chương trình họp xét khen thưởng"
CASES: tuple[named.Column, ...] = (
    ("STT", "stt", 12, page.CENTRE),
    ("Đối tượng", "doi_tuong", 36, page.LEFT),
    ("Kết quả", "ket_qua", 19, page.LEFT),
    ("Trạng thái, lý do", "ly_do", 39, page.LEFT),
    ("Điều cần xem", "can_xem", 54, page.LEFT),
)
MEMBERS: tuple[named.Column, ...] = (
    ("Số", "so", 11, page.CENTRE),
    ("Họ và tên", "ho_ten", 45, page.LEFT),
    ("Chức vụ, cơ quan", "chuc_vu", 74, page.LEFT),
    ("Vai trò", "vai_tro", 30, page.LEFT),
)


def main(out: Path) -> None:
    document = part.new_document()
    part.heading(document, numbered=False)
    named.title(document, "CHƯƠNG TRÌNH", "{{ ten_cuoc_hop }}")
    part.labelled(document, "Thời gian", "{{ thoi_gian }}.")
    part.labelled(document, "Địa điểm", "{{ dia_diem }}.")
    part.labelled(document, "Thành phần", "{{ so_thanh_vien }} thành viên theo danh sách tại Mục IV.")
    named.part_title(document, "I. NỘI DUNG")
    named.lines(document, "noi_dung")
    named.part_title(document, "II. CÁCH BIỂU QUYẾT")
    named.lines(document, "cach_bieu_quyet")
    named.part_title(document, "III. DANH SÁCH TRÌNH")
    page.add(document, "{%p for nhom in cac_hinh_thuc %}")
    named.part_title(document, "{{ nhom.ten }}", level=2)
    page.body_text(document, "{{ nhom.nguong }}").paragraph_format.keep_with_next = True
    part.listed(document, CASES, "nhom.danh_sach", size=11)
    page.add(document, "{%p for dong in nhom.bang_nhau %}")
    page.body_text(document, "{{ dong }}")
    page.add(document, "{%p endfor %}")
    page.add(document, "{%p endfor %}")
    named.part_title(document, "IV. THÀNH VIÊN")
    part.listed(document, MEMBERS, "thanh_vien")
    named.part_title(document, "V. THÀNH VIÊN KHÔNG ĐƯỢC BIỂU QUYẾT")
    named.lines(document, "xung_dot")
    part.head_hash(document)
    out.write_bytes(word_bytes(document, TITLE, "", date(2026, 1, 1)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
