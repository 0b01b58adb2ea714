"""Parts of named documents (văn bản có tên loại, mẫu 1.4 of Nghị định 30/2020/NĐ-CP, Phụ lục III): stamps, title, grounds, lists."""

from __future__ import annotations

from typing import Any

import official as page
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER

Column = tuple[str, str, float, Any]  # heading, field, mm, alignment
WIDE = 247  # mm: A4 lengthwise less 30 and 20


def new_document(landscape: bool = False, *, pages: bool = True) -> Any:
    """A page with the lines that have to stand on every page in both headers. pages: with page numbers."""
    return page.new_document(landscape, stamps, pages)


def stamps(header: Any) -> None:
    """dau_trang: DỰ THẢO - SỐ LIỆU MINH HỌA; the stamps of results."""
    page.add(header, "{%p for dong in dau_trang %}", size=13)
    page.add(header, "{{ dong }}", size=11, bold=True, align=page.CENTRE)
    page.add(header, "{%p endfor %}", size=13)
    page.add(header, "{%p if dau_trang %}", size=13)
    page.add(header, "", size=6)
    page.add(header, "{%p endif %}", size=13)


def heading(document: Any, *, numbered: bool = True, day: str = "{{ ngay_ban_hanh }}", width: float = 160) -> None:
    """Ô 1-4 of Phụ lục I: names of the authority and number on the left; Quốc hiệu, Tiêu ngữ, place and day on the right."""
    names, issued = page.columns(document, width * 0.4, width * 0.6, rows=2).rows
    left, right = names.cells
    page.add(left, "{%p if co_quan_chu_quan_in_hoa %}", size=12)
    page.add(left, "{{ co_quan_chu_quan_in_hoa }}", size=12, align=page.CENTRE)
    page.add(left, "{%p endif %}", size=12)
    page.add(left, "{{ co_quan_in_hoa }}", size=12, align=page.CENTRE, bold=True)
    page.rule(left, width * 0.4 / 2 - 11)
    if numbered:
        page.add(issued.cells[0], "Số: {{ so_ky_hieu }}", size=13, align=page.CENTRE)
    page.add(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, align=page.CENTRE, bold=True)
    page.add(right, "Độc lập - Tự do - Hạnh phúc", size=13, align=page.CENTRE, bold=True)
    page.rule(right, width * 0.6 / 2 - 30)
    page.add(issued.cells[1], f"{{{{ dia_danh }}}}, {day}", size=13, align=page.CENTRE, italic=True)


def title(document: Any, kind: str, *subject: str, width: float = 160) -> None:
    """Ô 5a: the kind of document, what it is about, a rule below."""
    page.add(document, kind, align=page.CENTRE, bold=True, before=18)
    for line in subject:
        page.add(document, line, align=page.CENTRE, bold=True)
    page.rule(document, width / 2 - 25)


def addressed(document: Any, name: str = "kinh_gui") -> None:
    """Ô 9a."""
    page.add(
        document, f"Kính gửi: {{{{ {name} }}}}", align=page.CENTRE, before=12
    ).paragraph_format.space_after = page.Pt(6)


def grounds(document: Any, name: str = "can_cu") -> None:
    """Căn cứ: italic, one to a paragraph; the field's lines carry their own ";" and "."."""
    page.add(document, f"{{%p for dong in {name} %}}")
    page.body_text(document, "{{ dong }}").runs[0].italic = True
    page.add(document, "{%p endfor %}")


def lines(
    document: Any, name: str, text: str = "{{ dong }}", *, when: str = "", italic: bool = False, kept: bool = False
) -> None:
    """A paragraph of the content for every line of a field. when: a sentence before them, printed with them only. kept: they stay with
    what comes after them (a signature never stands alone on a page)."""
    if when:
        page.add(document, f"{{%p if {name} %}}")
        told = page.body_text(document, when)
        told.runs[0].italic = italic or None
        told.paragraph_format.keep_with_next = True
        page.add(document, "{%p endif %}")
    page.add(document, f"{{%p for dong in {name} %}}")
    line = page.body_text(document, text)
    line.runs[0].italic = italic or None
    line.paragraph_format.keep_with_next = kept or None
    page.add(document, "{%p endfor %}")


def part_title(document: Any, text: str, *, level: int = 1) -> Any:
    """I. … (level 1), 1. … (level 2): bold, on a line of its own, never alone at the foot of a page."""
    paragraph = page.add(document, text, bold=True, align=page.BOTH, before=10 if level == 1 else 6)
    paragraph.paragraph_format.first_line_indent = page.Mm(12.7)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = page.Pt(0 if level == 1 else 3)
    return paragraph


def dotted(document: Any, count: int = 3, width: float = 160) -> None:
    """Lines to write on."""
    for _ in range(count):
        paragraph = page.add(document, "\t", before=6)
        paragraph.paragraph_format.tab_stops.add_tab_stop(page.Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def grid(
    document: Any,
    columns: tuple[Column, ...],
    rows: str,
    *,
    one: str = "dong",
    size: float = 13,
    spaced: bool = True,
    whole: bool = False,
    last: bool = False,
) -> Any:
    """A table with a row for every item of a field. The heading row stands on every page. whole: a short one, not torn apart. last: it
    stays with the signatures below it."""
    if spaced:
        page.add(document, "", size=6).paragraph_format.keep_with_next = whole or last
    table = page.columns(document, *(width for _, _, width, _ in columns), rows=4, grid=True)
    page.repeat(table.rows[0])
    page.add(table.rows[1].cells[0], f"{{%tr for {one} in {rows} %}}", size=size)
    page.add(table.rows[3].cells[0], "{%tr endfor %}", size=size)
    for number, (name, field, _, align) in enumerate(columns):
        head = _cell(table.rows[0].cells[number], name, size, page.CENTRE, bold=True)
        cell = _cell(table.rows[2].cells[number], f"{{{{ {one}.{field} }}}}", size, align)
        head.paragraph_format.keep_with_next = cell.paragraph_format.keep_with_next = whole or last or None
    if whole:
        page.add(document, "", size=2)  # the last row keeps with this, not with what comes next
    return table


def grouped(
    document: Any,
    columns: tuple[Column, ...],
    groups: str,
    rows: str,
    *,
    group: str = "nhom",
    one: str = "dong",
    size: float = 13,
) -> Any:
    """A table of groups: a line across with the group's name (ten), then its rows."""
    page.add(document, "", size=6)
    table = page.columns(document, *(width for _, _, width, _ in columns), rows=7, grid=True)
    page.repeat(table.rows[0])
    page.add(table.rows[1].cells[0], f"{{%tr for {group} in {groups} %}}", size=size)
    across = table.rows[2].cells[0].merge(table.rows[2].cells[-1])
    _cell(across, f"{{{{ {group}.ten }}}}", size, page.LEFT, bold=True).paragraph_format.keep_with_next = True
    page.add(table.rows[3].cells[0], f"{{%tr for {one} in {group}.{rows} %}}", size=size)
    page.add(table.rows[5].cells[0], "{%tr endfor %}", size=size)
    page.add(table.rows[6].cells[0], "{%tr endfor %}", size=size)
    for number, (name, field, _, align) in enumerate(columns):
        _cell(table.rows[0].cells[number], name, size, page.CENTRE, bold=True)
        if field:  # one without a field is filled by many()
            _cell(table.rows[4].cells[number], f"{{{{ {one}.{field} }}}}", size, align)
    return table


def many(cell: Any, name: str, size: float) -> None:
    """A line of a cell for every item of a field."""
    page.add(cell, f"{{%p for muc in {name} %}}", size=size)
    page.add(cell, "{{ muc }}", size=size, before=2)
    page.add(cell, "{%p endfor %}", size=size)


def _cell(cell: Any, text: str, size: float, align: Any, *, bold: bool = False) -> Any:
    paragraph = page.add(cell, text, size=size, align=align, before=2, bold=bold)
    paragraph.paragraph_format.space_after = page.Pt(2)
    return paragraph


def signature(document: Any, width: float = 160) -> None:
    """Ô 7 and 9b: receivers on the left, the signer on the right, with room for the signature and the name."""
    page.add(document, "", size=6).paragraph_format.keep_with_next = True
    left, right = page.columns(document, width / 2, width / 2).rows[0].cells
    page.add(left, "Nơi nhận:", size=12, bold=True, italic=True)
    page.add(left, "{%p for dong in noi_nhan %}", size=11)
    page.add(left, "- {{ dong }};", size=11)
    page.add(left, "{%p endfor %}", size=11)
    page.add(left, "- Lưu: {{ luu }}.", size=11)
    page.add(right, "{%p for dong in quyen_han_in_hoa %}")
    page.add(right, "{{ dong }}", align=page.CENTRE, bold=True)
    page.add(right, "{%p endfor %}")
    _room(right)
    page.add(right, "{{ nguoi_ky }}", align=page.CENTRE, bold=True)


def two_signatures(document: Any, left: tuple[str, str], right: tuple[str, str], width: float = 160) -> None:
    """Two blocks beside each other: title in capitals, the line in brackets below it."""
    page.add(document, "", size=6).paragraph_format.keep_with_next = True
    for cell, (name, note) in zip(
        page.columns(document, width / 2, width / 2).rows[0].cells, (left, right), strict=True
    ):
        page.add(cell, name, align=page.CENTRE, bold=True)
        page.add(cell, note, size=13, align=page.CENTRE, italic=True)
        _room(cell)


def _room(cell: Any) -> None:
    for _ in range(4):
        page.add(cell, "", align=page.CENTRE)


def annex(document: Any, name: str, note: str, width: float = 160) -> None:
    """Phụ lục: the word, its name, the document it goes with, a rule. A single one has no number."""
    page.add(document, "Phụ lục", align=page.CENTRE, bold=True)
    page.add(document, name, align=page.CENTRE, bold=True)
    page.add(document, note, align=page.CENTRE, italic=True).paragraph_format.space_after = page.Pt(3)
    page.rule(document, width / 2 - 25)


def draft_notes(document: Any) -> None:
    """What only a draft says, after the text: grounds nobody has verified, what is missing."""
    page.add(document, "{%p if ghi_chu_du_thao %}")
    page.add(
        document, "Ghi chú của dự thảo (không có trên bản trình ký)", bold=True, size=13, before=18
    ).paragraph_format.keep_with_next = True
    page.add(document, "{%p for dong in ghi_chu_du_thao %}")
    page.add(document, "- {{ dong }}", size=13, align=page.BOTH, before=6)
    page.add(document, "{%p endfor %}")
    page.add(document, "{%p endif %}")
