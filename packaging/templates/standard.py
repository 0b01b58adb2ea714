"""Phụ lục tiêu chuẩn thi đua: the standard of one group as an annex to sign."""

from __future__ import annotations

from typing import Any

import named
import official as page

COLUMNS: tuple[tuple[str, str, float, Any], ...] = (
    ("TT", "", 23, page.CENTRE),
    ("Tiêu chí", "tieu_chi", 62, page.LEFT),
    ("Điểm tối đa", "diem", 18, page.CENTRE),
    ("Cách chấm", "cach_cham", 64, page.LEFT),
    ("Minh chứng", "minh_chung", 34, page.LEFT),
    ("Cơ quan thẩm định", "tham_dinh", 24, page.LEFT),
    ("Căn cứ", "can_cu", 22, page.LEFT),
)
_SIZE = 11


def standard() -> Any:
    document = named.new_document(landscape=True)
    named.annex(document, "{{ ten_in_hoa }}", "{{ kem_theo }}", width=named.WIDE)
    named.lines(document, "gioi_thieu")
    named.part_title(document, "I. CĂN CỨ")
    named.lines(document, "can_cu")
    named.part_title(document, "II. TIÊU CHÍ, ĐIỂM VÀ CÁCH CHẤM")
    _table(document)
    named.lines(document, "ghi_chu_bang")
    page.add(document, "{%p for muc in cac_muc %}")
    named.part_title(document, "{{ muc.tieu_de }}")
    named.lines(document, "muc.cac_doan")
    page.add(document, "{%p endfor %}")
    named.draft_notes(document)
    page.add(document, "{%p for dong in bien_nhan %}")
    page.add(document, "{{ dong }}", size=13, italic=True, before=6)
    page.add(document, "{%p endfor %}")
    return document


def _table(document: Any) -> None:
    """A row for every part, criterion and entry; parts in bold."""
    page.add(document, "", size=6).paragraph_format.keep_with_next = True
    table = page.columns(document, *(width for _, _, width, _ in COLUMNS), rows=8, grid=True)
    page.repeat(table.rows[0])
    for cell, (head, _, _, _) in zip(table.rows[0].cells, COLUMNS, strict=True):
        _line(cell, head, _SIZE, page.CENTRE, bold=True)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    page.add(table.rows[1].cells[0], "{%tr for dong in danh_sach %}", size=_SIZE)
    page.add(table.rows[2].cells[0], "{%tr if dong.dam %}", size=_SIZE)
    _row(table.rows[3], bold=True)
    page.add(table.rows[4].cells[0], "{%tr else %}", size=_SIZE)
    _row(table.rows[5], bold=False)
    page.add(table.rows[6].cells[0], "{%tr endif %}", size=_SIZE)
    page.add(table.rows[7].cells[0], "{%tr endfor %}", size=_SIZE)


def _line(cell: Any, text: str, size: float, align: Any, *, bold: bool = False) -> None:
    page.add(cell, text, size=size, align=align, before=2, bold=bold).paragraph_format.space_after = page.Pt(2)


def _row(row: Any, *, bold: bool) -> None:
    """bold: of TT, the text and the full mark."""
    for cell, (_, field, _, align) in zip(row.cells, COLUMNS, strict=True):
        if not field:
            _line(cell, "{{ dong.stt }}", _SIZE, align, bold=bold)
            page.add(cell, "{%p if dong.ma %}", size=_SIZE)
            page.add(cell, "({{ dong.ma }})", size=_SIZE, align=align)
            page.add(cell, "{%p endif %}", size=_SIZE)
        elif field == "diem":
            _line(cell, "{{ dong.diem }}", _SIZE, align, bold=bold)
        else:
            page.add(cell, f"{{%p for muc in dong.{field} %}}", size=_SIZE)
            line = page.add(cell, "{{ muc }}", size=_SIZE, before=2)
            line.runs[0].bold = bold and field == "tieu_chi"
            page.add(cell, "{%p endfor %}", size=_SIZE)
            page.add(cell, f"{{%p if not dong.{field} %}}", size=_SIZE)
            page.add(cell, "", size=_SIZE)  # a cell without a paragraph is no cell to Word
            page.add(cell, "{%p endif %}", size=_SIZE)
