"""Makes the Word template of the declarations of conflicts, a page per member: python packaging/templates/council_declaration.py OUT.docx."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import council_parts as part
import named
import official as page

from reports.letters.word import word_bytes

TITLE = "Mẫu bản khai xung đột lợi ích"


def main(out: Path) -> None:
    document = part.new_document(pages=False)
    page.add(document, "{%p for nguoi in thanh_vien %}", size=6)
    part.new_page(document)
    part.heading(document, numbered=False)
    named.title(document, "BẢN KHAI XUNG ĐỘT LỢI ÍCH", "{{ dip }}")
    part.labelled(document, "Họ và tên", "{{ nguoi.ho_ten }} (thành viên số {{ nguoi.so }}).")
    part.labelled(document, "Chức vụ, cơ quan", "{{ nguoi.chuc_vu }}.")
    part.labelled(document, "Vai trò", "{{ nguoi.vai_tro }}.")
    page.body_text(
        document,
        "Thành viên không biểu quyết về đối tượng là cơ quan, đơn vị mình, do cơ quan, đơn vị mình quản lý hoặc đề nghị, là bản thân, "
        "người thân thích của mình, hoặc có quan hệ khác làm cho việc biểu quyết không khách quan.",
    )
    part.when(document, "nguoi.xung_dot")
    page.body_text(document, "1. Theo danh sách thành viên và hồ sơ đề nghị, tôi không được biểu quyết về:")
    page.add(document, "{%p for dong in nguoi.xung_dot %}")
    page.body_text(document, "- {{ dong }}")
    page.add(document, "{%p endfor %}")
    part.otherwise(document)
    page.body_text(
        document,
        "1. Theo danh sách thành viên và hồ sơ đề nghị, chưa xác định đối tượng nào tôi không được biểu quyết.",
    )
    part.end(document)
    page.body_text(
        document,
        "2. Ngoài ra, tôi khai có xung đột lợi ích với các đối tượng sau (ghi mã, tên theo danh sách trình và lý do; không có thì ghi “không”):",
    )
    named.dotted(document, 3)
    page.body_text(document, "Tôi cam đoan nội dung khai trên là đúng và chịu trách nhiệm về nội dung đã khai./.")
    page.add(
        document, "{{ dia_danh }}, ngày …… tháng …… năm ………", align=page.RIGHT, before=12, italic=True
    ).paragraph_format.keep_with_next = True
    part.signers(document, ("", ""), ("NGƯỜI KHAI", "{{ nguoi.ho_ten }}"), room=3)
    page.add(document, "{%p endfor %}", size=6)
    out.write_bytes(word_bytes(document, TITLE, "", date(2026, 1, 1)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
