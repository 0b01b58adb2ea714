"""Makes the Word template of the secret ballot, a page per award, nobody named on it: python packaging/templates/council_ballot.py OUT.docx."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import council_parts as part
import named
import official as page

from reports.letters.word import word_bytes

TITLE = "Mẫu phiếu biểu quyết"
WIDTHS = (14, 76, 32, 38)
HEADS = ("STT", "Đối tượng", "Đồng ý", "Không đồng ý")


def main(out: Path) -> None:
    document = part.new_document(pages=False)
    page.add(document, "{%p for nhom in cac_hinh_thuc %}", size=6)
    part.new_page(document)
    part.heading(document, numbered=False)
    named.title(document, "PHIẾU BIỂU QUYẾT", "{{ nhom.ten }}", "{{ dip }}")
    page.body_text(
        document,
        "Đánh dấu X vào một trong hai ô của từng dòng. Đánh cả hai ô là không hợp lệ; để trống cả hai ô là phiếu trắng. Không ghi tên, "
        "không ký, không đánh dấu riêng vào phiếu.",
    )
    page.body_text(
        document,
        "Người không được biểu quyết về một đối tượng gạch ngang cả dòng của đối tượng đó; dòng đã gạch không tính.",
    )
    page.add(document, "", size=6)
    table = page.columns(document, *WIDTHS, rows=4, grid=True)
    page.repeat(table.rows[0])
    page.add(table.rows[1].cells[0], "{%tr for dong in nhom.danh_sach %}", size=13)
    page.add(table.rows[3].cells[0], "{%tr endfor %}", size=13)
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        page.add(cell, head, size=13, bold=True, align=page.CENTRE)
    table.rows[2].height = page.Mm(part.BOX + 4)
    number, name, yes, no = table.rows[2].cells
    page.add(number, "{{ dong.stt }}", size=13, align=page.CENTRE)
    page.add(name, "{{ dong.doi_tuong }}", size=13)
    page.add(name, "{%p if dong.ghi_chu %}", size=11)
    page.add(name, "{{ dong.ghi_chu }}", size=11, italic=True)
    page.add(name, "{%p endif %}", size=11)
    part.box(yes)
    part.box(no)
    page.add(document, "{%p for dong in nhom.bang_nhau %}")
    page.body_text(document, "{{ dong }}")
    page.add(document, "{%p endfor %}")
    page.add(document, "{%p endfor %}", size=6)
    out.write_bytes(word_bytes(document, TITLE, "", date(2026, 1, 1)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
