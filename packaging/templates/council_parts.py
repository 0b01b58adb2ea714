"""Parts of the documents of a meeting (Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.9): heading without number or day, boxes, labelled lines."""

from __future__ import annotations

from typing import Any

import named
import official as page
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT

BOX = 6  # mm: side of a box that is ticked


def new_document(*, pages: bool = True) -> Any:
    """pages: False for a file of sheets that go to one person each; they are no pages of one document."""
    return named.new_document(pages=pages)


def heading(document: Any, *, numbered: bool) -> None:
    """Names of the authority, number if there is one; Quốc hiệu, Tiêu ngữ. Mẫu 1.9 has neither place nor day here."""
    left, right = page.columns(document, 64, 96).rows[0].cells
    page.add(left, "{%p if co_quan_chu_quan_in_hoa %}", size=12)
    page.add(left, "{{ co_quan_chu_quan_in_hoa }}", size=12, align=page.CENTRE)
    page.add(left, "{%p endif %}", size=12)
    page.add(left, "{{ co_quan_in_hoa }}", size=12, align=page.CENTRE, bold=True)
    page.rule(left, 21)
    if numbered:
        page.add(left, "Số: {{ so_ky_hieu }}", size=13, align=page.CENTRE)
    page.add(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, align=page.CENTRE, bold=True)
    page.add(right, "Độc lập - Tự do - Hạnh phúc", size=13, align=page.CENTRE, bold=True)
    page.rule(right, 18)


def labelled(document: Any, label: str, text: str) -> Any:
    """Địa điểm: …, the label upright and bold."""
    paragraph = page.body_text(document, "")
    for part, bold in ((f"{label}: ", True), (text, False)):
        run = paragraph.add_run(part)
        run.bold, run.font.size = bold, page.Pt(14)
    return paragraph


def when(document: Any, name: str) -> None:
    page.add(document, f"{{%p if {name} %}}")


def otherwise(document: Any) -> None:
    page.add(document, "{%p else %}")


def end(document: Any) -> None:
    page.add(document, "{%p endif %}")


def box(cell: Any) -> None:
    """A square drawn by the borders of a table: no font has to hold one."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    inner = cell.add_table(rows=1, cols=1)
    inner.style, inner.autofit, inner.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    inner.columns[0].width = inner.rows[0].cells[0].width = page.Mm(BOX)
    inner.rows[0].height = page.Mm(BOX)
    inner.rows[0].cells[0].paragraphs[0].add_run("").font.size = page.Pt(8)
    cell._tc.remove(cell.paragraphs[0]._p)
    cell.paragraphs[-1].paragraph_format.line_spacing = page.Pt(3)  # Word wants a paragraph after a table in a cell


def listed(document: Any, columns: tuple[named.Column, ...], rows: str, *, size: float = 12) -> Any:
    """A table for a field's rows that stays with the line before it."""
    document.paragraphs[-1].paragraph_format.space_after = page.Pt(6)
    table = named.grid(document, columns, rows, size=size, spaced=False)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    return table


def head_hash(document: Any) -> None:
    """The ledger's head before the meeting: what the signed paper can be held against."""
    page.body_text(document, "Mã băm cuối sổ ghi trước phiên họp: {{ ma_bam }}.").alignment = page.LEFT


def signers(document: Any, *pairs: tuple[str, str], room: int = 4) -> None:
    """Who signs, side by side: title, field of the name; room: lines between them."""
    page.add(document, "", size=6).paragraph_format.keep_with_next = True
    width = 160 / len(pairs)
    for cell, (title, name) in zip(page.columns(document, *(width for _ in pairs)).rows[0].cells, pairs, strict=True):
        page.add(cell, title, bold=True, align=page.CENTRE)
        for _ in range(room):
            page.add(cell, "", align=page.CENTRE)
        page.add(cell, name, bold=True, align=page.CENTRE)


def new_page(document: Any) -> None:
    """What follows begins on a page of its own; on the first page it takes no room."""
    paragraph = page.add(document, "", size=2)
    paragraph.paragraph_format.page_break_before = True
    paragraph.paragraph_format.line_spacing = page.Pt(1)
