"""Makes the Word template of the reminder (công văn đôn đốc): python packaging/templates/reminder.py OUT.docx.

The file in the catalogue is what this makes; an official changes the copy in the workspace with Word (phong-trao/mau).
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import official as page

from reports.letters.word import word_bytes

TITLE = "Mẫu công văn đôn đốc"
COLUMNS = (("STT", "stt", 14), ("Nội dung", "noi_dung", 42), ("Đối tượng", "doi_tuong", 45))
COLUMNS += (("Thời hạn", "han", 25), ("Tình trạng", "tinh_trang", 34))
CENTRED = ("stt", "han", "tinh_trang")


def main(out: Path) -> None:
    document = page.new_document()
    page.heading(document, "{{ trich_yeu }}")
    page.add(document, "Kính gửi: {{ kinh_gui }}", align=page.CENTRE, before=18).paragraph_format.space_after = page.Pt(
        6
    )
    page.body_text(
        document,
        "Thực hiện Phong trào thi đua “{{ phong_trao }}” giai đoạn {{ giai_doan }}, {{ co_quan }} tổ chức chấm điểm thi đua "
        "{{ ky }}{% if van_ban_giao %} và đã giao biểu tự chấm kèm theo Văn bản số {{ van_ban_giao }}"
        "{% if ngay_van_ban_giao %} {{ ngay_van_ban_giao }}{% endif %}{% endif %}"
        "{% if han_nop %}. Thời hạn gửi biểu tự chấm là {{ han_nop }}{% endif %}.",
    )
    page.body_text(
        document,
        "Qua theo dõi, tính đến {{ den_ngay }}, {{ kinh_gui }} còn {{ so_viec }} nội dung chưa hoàn thành"
        "{% if so_viec_qua_han %}, trong đó {{ so_viec_qua_han }} nội dung đã quá hạn{% endif %}, cụ thể như sau:",
    )
    page.add(document, "", size=6)
    listed(document)
    page.body_text(
        document,
        "{{ co_quan }} đề nghị {{ kinh_gui }} khẩn trương hoàn thành các nội dung nêu trên{% if so_viec_qua_han %}; nội dung "
        "đã quá hạn, đề nghị thực hiện ngay sau khi nhận được Công văn này{% endif %}. Nội dung nào đã thực hiện hoặc "
        "số liệu theo dõi chưa chính xác, đề nghị thông tin về {{ co_quan }} để đối chiếu, cập nhật.",
    )
    last = page.body_text(document, "{{ co_quan }} đề nghị {{ kinh_gui }} quan tâm, phối hợp thực hiện./.")
    last.paragraph_format.keep_with_next = True  # a signature does not stand alone on a page
    page.signature(document)
    out.write_bytes(word_bytes(document, TITLE, "", date(2026, 1, 1)))


def listed(document: Any) -> None:
    """What is owed, a row each; the heading row stands on every page."""
    table = page.columns(document, *(width for _, _, width in COLUMNS), rows=4, grid=True)
    page.repeat(table.rows[0])
    table.rows[1].cells[0].paragraphs[0].add_run("{%tr for viec in danh_sach %}")
    table.rows[3].cells[0].paragraphs[0].add_run("{%tr endfor %}")
    for number, (title, name, _) in enumerate(COLUMNS):
        page.add(table.rows[0].cells[number], title, size=13, align=page.CENTRE, bold=True)
        align = page.CENTRE if name in CENTRED else page.LEFT
        page.add(table.rows[2].cells[number], f"{{{{ viec.{name} }}}}", size=13, align=align)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
