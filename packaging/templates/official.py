"""Parts of Word templates laid out as Nghị định 30/2020/NĐ-CP, Phụ lục I wants them: page, heading, tables, signature."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
BOTH = WD_ALIGN_PARAGRAPH.JUSTIFY
TEXT_WIDTH = 160  # mm: A4 less a left margin of 30 and a right margin of 20


def new_document(landscape: bool = False, stamped: Callable[[Any], None] | None = None, pages: bool = True) -> Any:
    """An empty A4 page; page numbers centred at the top from the second page on; Times New Roman 14, also where Word would take the
    font of a theme. stamped: writes into a header what has to stand on every page. pages: with page numbers."""
    document = docx.Document()
    for relations in (document.part.package.rels, document.part.rels):
        for relation in [r for r in relations.values() if r.reltype.endswith(("/thumbnail", "/stylesWithEffects"))]:
            del relations[relation.rId]
    for style in [one for one in document.styles if one.type == WD_STYLE_TYPE.TABLE]:
        if style.name not in (
            "Normal Table",
            "Table Grid",
        ):  # a hundred coloured ones that only make every letter larger
            style.element.getparent().remove(style.element)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    _one_font(document)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    section = document.sections[0]
    sides = (Mm(210), Mm(297))
    section.page_width, section.page_height = sides[::-1] if landscape else sides
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    if pages:
        _field(number, "PAGE")
    else:
        number.add_run("").font.size = Pt(2)
    add(section.first_page_header, "", size=2)  # a header that prints nothing still needs a paragraph
    for header in (section.header, section.first_page_header):
        (stamped or stamp)(header)
    return document


def _one_font(document: Any) -> None:
    """Times New Roman in every style, in the defaults and in the theme."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
    for part in document.part.package.iter_parts():
        if part.partname.endswith("theme1.xml"):
            part._blob = re.sub(rb'(typeface=")[^"]*"', rb"\1" + FONT.encode() + b'"', part.blob)


def stamp(header: Any) -> None:
    """A line at the top of every page that the letter prints only when it has something to say."""
    add(header, "{%p if minh_hoa %}", size=13)
    add(header, "{{ minh_hoa }}", size=13, bold=True, align=CENTRE)
    add(header, "{%p endif %}", size=13)


def add(where: Any, text: str, *, size: float = 14, align: Any = None, before: float = 0, **look: bool) -> Any:
    """A paragraph of the document, of a cell or of a header. before: points above it. look: bold, italic."""
    there = where.paragraphs
    empty = len(there) == 1 and not there[0].runs  # what a new cell or header begins with
    paragraph = there[0] if empty else where.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold, run.italic = look.get("bold"), look.get("italic")
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    return paragraph


def body_text(document: Any, text: str) -> Any:
    """A paragraph of the content: 14 pt, both margins, first line in by 1,27 cm, 6 pt between paragraphs."""
    paragraph = add(document, text, align=BOTH, before=6)
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    return paragraph


def rule(cell: Any, aside: float) -> None:
    """A line below what stands in a cell, shorter than the cell by `aside` mm on either side."""
    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(aside)
    paragraph.paragraph_format.line_spacing, paragraph.paragraph_format.space_before = Pt(4), Pt(2)
    border, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def columns(document: Any, *widths: float, rows: int = 1, grid: bool = False) -> Any:
    """A table with fixed columns in mm."""
    table = document.add_table(rows=rows, cols=len(widths))
    if grid:
        table.style = "Table Grid"
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for number, width in enumerate(widths):
        table.columns[number].width = Mm(width)
        for cell in table.columns[number].cells:
            cell.width = Mm(width)
    for row in table.rows:
        _row_mark(row, "w:cantSplit")
    return table


def repeat(row: Any) -> None:
    """A heading row that Word prints again on every page."""
    _row_mark(row, "w:tblHeader")


def _row_mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _field(paragraph: Any, code: str) -> None:
    for kind in ("begin", code, "end"):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        if kind == code:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = kind
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def heading(document: Any, subject: str) -> None:
    """Ô 1-5b of Phụ lục I: names of the authority, number, subject (V/v) on the left; Quốc hiệu, Tiêu ngữ, place and day on the right."""
    left, right = columns(document, 64, 96).rows[0].cells
    add(left, "{{ co_quan_chu_quan_in_hoa }}", size=12, align=CENTRE)
    add(left, "{{ co_quan_in_hoa }}", size=12, align=CENTRE, bold=True)
    rule(left, 25)
    add(left, "Số: {{ so_ky_hieu }}", size=13, align=CENTRE)
    add(left, f"V/v {subject}", size=12, align=CENTRE, before=6)
    add(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, align=CENTRE, bold=True)
    add(right, "Độc lập - Tự do - Hạnh phúc", size=13, align=CENTRE, bold=True)
    rule(right, 18)
    add(right, "{{ dia_danh }}, {{ ngay_ban_hanh }}", size=13, align=CENTRE, italic=True)


def signature(document: Any) -> None:
    """Ô 7 and 9: receivers on the left, the signer's title on the right; room for signature and name."""
    add(document, "", size=6).paragraph_format.keep_with_next = True
    left, right = columns(document, 80, 80).rows[0].cells
    add(left, "Nơi nhận:", size=12, bold=True, italic=True)
    add(left, "- Như trên;", size=11)
    add(left, "- Lưu: {{ luu }}.", size=11)
    add(right, "{{ chuc_vu_in_hoa }}", align=CENTRE, bold=True)
    for _ in range(5):
        add(right, "", align=CENTRE)
