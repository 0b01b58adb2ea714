"""Makes the Word template of a unit's section about the movement: python packaging/templates/section.py OUT.docx.

The file in the catalogue is what this makes; an official changes the copy in the workspace with Word (phong-trao/mau).
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import named
import official as page

from reports.letters.word import word_bytes

TITLE = "Mẫu phần báo cáo của đơn vị"
POINTS: tuple[named.Column, ...] = (
    ("Mã", "ma", 16, page.CENTRE),
    ("Nội dung", "noi_dung", 72, page.LEFT),
    ("Điểm tối đa", "toi_da", 22, page.CENTRE),
    ("Tự chấm", "tu_cham", 25, page.CENTRE),
    ("Kết quả", "ket_qua", 25, page.CENTRE),
)
PERIODS: tuple[named.Column, ...] = (
    ("Kỳ", "ky", 34, page.LEFT),
    ("Điểm", "diem", 30, page.CENTRE),
    ("Tỷ lệ đạt", "ty_le", 22, page.CENTRE),
    ("Xếp loại", "xep_loai", 26, page.LEFT),
    ("Hạng", "hang", 17, page.CENTRE),
    ("Ghi chú", "ghi_chu", 31, page.LEFT),
)
TASKS: tuple[named.Column, ...] = (
    ("Số", "so", 20, page.CENTRE),
    ("Nhiệm vụ", "noi_dung", 60, page.LEFT),
    ("Hạn", "han", 25, page.CENTRE),
    ("Tình trạng", "tinh_trang", 32, page.LEFT),
    ("Sản phẩm, tiến độ", "san_pham", 23, page.LEFT),
)


def main(out: Path) -> None:
    document = named.new_document()
    page.add(document, "PHẦN BÁO CÁO VỀ PHONG TRÀO THI ĐUA", align=page.CENTRE, bold=True)
    page.add(document, "“{{ phong_trao }}”", align=page.CENTRE, bold=True)
    page.add(document, "giai đoạn {{ giai_doan }}", align=page.CENTRE, bold=True)
    page.add(document, "(Đưa vào {{ ten_bao_cao }} của {{ co_quan }})", align=page.CENTRE, italic=True)
    page.rule(document, 55)
    page.body_text(
        document,
        "Số liệu của {{ ky }} (từ ngày {{ tu_ngay }} đến ngày {{ den_ngay }}), tính đến {{ tinh_den }}.",
    )
    named.part_title(document, "1. Xây dựng kế hoạch, tổ chức triển khai")
    named.lines(document, "cac_moc", "- {{ dong.ten }}: {{ dong.ket_qua }}.")
    to_write(document, "việc quán triệt, tuyên truyền, phân công, kiểm tra thực hiện Phong trào")
    named.part_title(document, "2. Nhiệm vụ được giao và kết quả thực hiện")
    tasks(document)
    to_write(document, "kết quả nổi bật theo từng nội dung thi đua; nguyên nhân nhiệm vụ chậm, chưa hoàn thành")
    named.part_title(document, "3. Kết quả tự chấm và kết quả thẩm định")
    results(document)
    to_write(document, "nội dung còn mất điểm và biện pháp khắc phục")
    named.part_title(document, "4. Khen thưởng")
    awards(document)
    named.part_title(document, "5. Mô hình, cách làm hay, điển hình tiên tiến")
    named.lines(document, "mo_hinh", "- {{ dong }}")
    to_write(document, "mô hình, cách làm hay, gương điển hình; kết quả, khả năng nhân rộng")
    named.part_title(document, "6. Việc còn chậm, còn thiếu")
    listed(document, "con_cham", "Không có việc quá hạn, còn nợ trong số liệu theo dõi.")
    named.part_title(document, "7. Khó khăn, vướng mắc; phương hướng; đề xuất, kiến nghị")
    to_write(document, "khó khăn, vướng mắc; phương hướng thời gian tới; đề xuất, kiến nghị")
    out.write_bytes(word_bytes(document, TITLE, "", date(2026, 1, 1)))


def to_write(document: Any, what: str) -> None:
    """A place for the unit's own words."""
    page.body_text(document, f"[Đơn vị viết: {what}]").runs[0].italic = True


def tasks(document: Any) -> None:
    page.add(document, "{%p if nhiem_vu_chung %}")
    page.body_text(document, "Đơn vị chủ trì {{ nhiem_vu_chung }}.")
    page.add(document, "{%p else %}")
    page.body_text(document, "Sổ nhiệm vụ không có nhiệm vụ nào giao cho đơn vị trong thời gian này.")
    page.add(document, "{%p endif %}")
    page.add(document, "{%p if nhiem_vu %}")
    named.grid(document, TASKS, "nhiem_vu", size=12)
    page.add(document, "{%p endif %}")


def results(document: Any) -> None:
    page.add(document, "{%p if bang_ky %}")
    page.body_text(document, "Kết quả gộp các kỳ: {{ ket_qua_gop }}.").paragraph_format.keep_with_next = True
    named.grid(document, PERIODS, "bang_ky", size=12)
    page.add(document, "{%p endif %}")
    page.add(document, "{%p if chua_co_diem %}")
    page.body_text(document, "{{ chua_co_diem }}")
    page.add(document, "{%p endif %}")
    page.add(document, "{%p for ky_cham in cac_ky %}")
    told = page.body_text(document, "Kết quả {{ ky_cham.ky }} ({{ ky_cham.nguon }}): {{ ky_cham.ket_luan }}.")
    told.paragraph_format.keep_with_next = True
    named.grid(document, POINTS, "ky_cham.danh_sach", size=12)
    page.add(document, "", size=6)
    page.add(document, "{%p endfor %}")


def awards(document: Any) -> None:
    named.part_title(document, "a) Đơn vị khen thưởng theo thẩm quyền", level=2)
    listed(document, "da_khen", "Chưa ghi nhận quyết định khen thưởng nào của đơn vị.")
    named.part_title(document, "b) Đơn vị đề nghị khen thưởng", level=2)
    listed(document, "de_nghi", "Chưa ghi nhận đề nghị khen thưởng nào của đơn vị.")
    named.part_title(document, "c) Đơn vị được khen thưởng", level=2)
    listed(document, "duoc_khen", "Chưa ghi nhận.")


def listed(document: Any, name: str, nothing: str) -> None:
    """A line for every item, or that there is none."""
    page.add(document, f"{{%p if not {name} %}}")
    page.body_text(document, nothing)
    page.add(document, "{%p endif %}")
    named.lines(document, name, "- {{ dong }}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
