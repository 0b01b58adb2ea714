"""Makes the Word template of a meeting's minutes (mẫu 1.9): python packaging/templates/council_minutes.py OUT.docx."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import council_parts as part
import named
import official as page

from reports.letters.word import word_bytes

TITLE = "Mẫu biên bản họp xét khen thưởng"
RESULTS: tuple[named.Column, ...] = (
    ("STT", "stt", 13, page.CENTRE),
    ("Đối tượng", "doi_tuong", 39, page.LEFT),
    ("Phiếu", "phieu", 36, page.LEFT),
    ("Ý kiến bằng văn bản", "van_ban", 26, page.LEFT),
    ("Kết quả", "ket_qua", 46, page.LEFT),
)


def main(out: Path) -> None:
    document = part.new_document()
    part.heading(document, numbered=True)
    named.title(document, "BIÊN BẢN", "{{ ten_cuoc_hop }}")
    part.labelled(document, "Thời gian bắt đầu", "{{ bat_dau }}.")
    part.labelled(document, "Địa điểm", "{{ dia_diem }}.")
    part.labelled(document, "Thành phần tham dự", "có mặt {{ so_co_mat }}/{{ so_thanh_vien }} thành viên:")
    _people(document, "co_mat")
    part.when(document, "vang_co_y_kien")
    part.labelled(document, "Vắng mặt, có ý kiến bằng văn bản", "{{ so_van_ban }} thành viên:")
    part.end(document)
    _people(document, "vang_co_y_kien")
    part.when(document, "vang_khong_y_kien")
    part.labelled(document, "Vắng mặt, không có ý kiến bằng văn bản", "{{ so_vang }} thành viên:")
    part.end(document)
    _people(document, "vang_khong_y_kien")
    part.labelled(document, "Chủ trì (chủ tọa)", "{{ chu_tri }}.")
    part.labelled(document, "Thư ký (người ghi biên bản)", "{{ thu_ky }}.")
    part.labelled(document, "Ban kiểm phiếu", "{{ ban_kiem_phieu }}.")
    part.labelled(document, "Nội dung", "").paragraph_format.keep_with_next = True
    named.part_title(document, "1. Điều kiện họp, cách biểu quyết", level=2)
    named.lines(document, "cach_bieu_quyet")
    named.part_title(document, "2. Xung đột lợi ích", level=2)
    named.lines(document, "xung_dot")
    named.part_title(document, "3. Thảo luận", level=2)
    named.lines(document, "thao_luan")
    named.part_title(document, "4. Kết quả biểu quyết bằng phiếu kín", level=2)
    page.add(document, "{%p for nhom in cac_hinh_thuc %}")
    page.body_text(document, "").add_run("{{ nhom.ten }}: {{ nhom.nguong }}").bold = True
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    part.listed(document, RESULTS, "nhom.danh_sach")
    page.add(document, "{%p for dong in nhom.bang_nhau %}")
    page.body_text(document, "{{ dong }}")
    page.add(document, "{%p endfor %}")
    page.add(document, "{%p endfor %}")
    named.part_title(document, "5. Kết luận", level=2)
    named.lines(document, "ket_luan")
    part.head_hash(document)
    last = page.body_text(document, "Cuộc họp kết thúc vào {{ ket_thuc }}./.")
    last.paragraph_format.keep_with_next = True
    part.signers(document, ("THƯ KÝ", "{{ ten_thu_ky }}"), ("CHỦ TỌA", "{{ ten_chu_tri }}"))
    page.add(document, "Nơi nhận:", size=12, bold=True, italic=True, before=6)
    page.add(document, "- Lưu: {{ luu }}, Hồ sơ.", size=11)
    out.write_bytes(word_bytes(document, TITLE, "", date(2026, 1, 1)))


def _people(document: Any, field: str) -> None:
    page.add(document, f"{{%p for dong in {field} %}}")
    page.body_text(document, "- {{ dong }}")
    page.add(document, "{%p endfor %}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
