"""Native charts in a Word file, in place of the paragraphs that hold their markers; each with the workbook that "Edit data" opens."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from reports.charts.chart import NO_FIGURES, Chart
from reports.charts.drawing import chart_xml, height_of, table_workbook
from reports.charts.native_xml import FONT, C, put_chart_data
from reports.letters.word import same_every_time

# Private-use characters: letters.templates.printed takes them out of every text that comes from outside.
_OPEN, _CLOSE = "\ue0c0", "\ue0c1"
_MARKER = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EMU = 36000  # of a millimetre
_TWIPS = 1440 / 25.4  # of a millimetre
_LEFT_FREE = 30  # mm of a page that a chart leaves to its source and a line before it
_TEXT = 13  # points


def chart_marker(ident: str) -> str:
    """What a template's field gets so that the chart comes to stand in its paragraph."""
    return f"{_OPEN}{ident}{_CLOSE}"


def charts_in_word(docx: bytes, charts: Mapping[str, Chart]) -> bytes:
    """The document with its charts; one whose marker nobody asks for is left out. Raises ValueError for a marker without a chart."""
    import docx as python_docx

    document = python_docx.Document(io.BytesIO(docx))
    asked = [paragraph for paragraph in document.element.body.iter(f"{_W}p") if _MARKER.search(_text(paragraph))]
    idents = {ident for paragraph in asked for ident in _MARKER.findall(_text(paragraph))}
    unknown = sorted(idents - set(charts))
    if unknown:
        raise ValueError(f"no chart for: {', '.join(unknown)}")
    if not asked:
        return docx
    drawing = _Drawing(document)
    for paragraph in asked:
        width, height = _room(paragraph, document)
        made = [
            element
            for ident in _MARKER.findall(_text(paragraph))
            for element in drawing.paragraphs(charts[ident], width, height)
        ]
        for element in reversed(made):
            paragraph.addnext(element)
        _clear(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return same_every_time(stream.getvalue())


def _text(paragraph: Any) -> str:
    return "".join(one.text or "" for one in paragraph.iter(f"{_W}t"))


def _clear(paragraph: Any) -> None:
    """Take the markers out; a paragraph in which nothing else stands goes with them."""
    rest = _MARKER.sub("", _text(paragraph))
    if not rest.strip() and paragraph.find(f".//{_W}sectPr") is None:
        paragraph.getparent().remove(paragraph)
        return
    pieces = list(paragraph.iter(f"{_W}t"))
    for number, piece in enumerate(pieces):
        piece.text = rest if number == 0 else ""
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _room(paragraph: Any, document: Any) -> tuple[float, float]:
    """mm that a chart may take: of its cell, else of the page."""
    owner = next((one for one in paragraph.xpath("following::w:sectPr | .//w:sectPr")), None)
    sections = [one for one in document.sections if one._sectPr is owner] or [document.sections[-1]]
    section = sections[0]
    width = (section.page_width - section.left_margin - section.right_margin) / _EMU
    height = (section.page_height - section.top_margin - section.bottom_margin) / _EMU
    cell = next(paragraph.iterancestors(f"{_W}tc"), None)
    size = cell.find(f"{_W}tcPr/{_W}tcW") if cell is not None else None
    if size is not None and size.get(f"{_W}type") == "dxa" and str(size.get(f"{_W}w")).isdecimal():
        width = min(width, int(size.get(f"{_W}w")) / _TWIPS - 4)
    return max(width, 20), max(height - _LEFT_FREE, 60)


class _Drawing:
    """Charts as parts of one package."""

    def __init__(self, document: Any) -> None:
        self.part = document.part
        numbers = [int(one.get("id")) for one in document.element.iter(f"{{{_WP}}}docPr") if one.get("id").isdecimal()]
        self.last = max(numbers, default=0)

    def paragraphs(self, chart: Chart, width: float, height: float) -> list[Any]:
        """The chart, in parts where it is long, then its source; without figures the title and the sentence that says so."""
        if chart.empty:
            shown = [_paragraph(chart.heading, bold=True, kept=True), _paragraph(NO_FIGURES, kept=True)]
        else:
            shown = [
                self._inline(part, chart, width, min(height_of(part), height)) for part in chart.parts(round(height))
            ]
        return [*shown, _paragraph(chart.source_sentence, italic=True)]

    def _inline(self, part: Chart, whole: Chart, width: float, height: float) -> Any:
        self.last += 1
        relation = self._add(part, whole)
        inline = etree.fromstring(
            f'<w:p xmlns:w="{_W[1:-1]}" xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:c="{C[1:-1]}" xmlns:r="{_R}">'
            '<w:pPr><w:keepNext/><w:spacing w:before="120" w:after="0"/><w:ind w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f'<wp:docPr id="{self.last}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{C[1:-1]}">'
            f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
        )
        named = inline.find(f".//{{{_WP}}}docPr")
        named.set("name", f"Biểu đồ {self.last}")
        named.set("descr", part.words())
        return _of_document(inline)

    def _add(self, part: Chart, whole: Chart) -> str:
        """The chart and its workbook as parts of the package; the relation of the document to the chart."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        package = self.part.package
        uri = package.next_partname("/word/charts/chart%d.xml")
        number = re.findall(r"\d+", str(uri))[-1]
        book = Part(PackURI(f"/word/embeddings/Bieu_do_{number}.xlsx"), _BOOK_TYPE, table_workbook(part), package)
        chart = Part(uri, _CHART_TYPE, b"", package)
        relation = chart.relate_to(book, f"{_R}/package")
        chart._blob = put_chart_data(chart_xml(part, whole), relation)
        return str(self.part.relate_to(chart, f"{_R}/chart"))


def _paragraph(text: str, *, bold: bool = False, italic: bool = False, kept: bool = False) -> Any:
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    made = etree.fromstring(
        f'<w:p xmlns:w="{_W[1:-1]}"><w:pPr>{"<w:keepNext/>" if kept else ""}<w:spacing w:before="60" w:after="120"/>'
        '<w:ind w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>{look}<w:sz w:val="{_TEXT * 2}"/>'
        f'<w:szCs w:val="{_TEXT * 2}"/></w:rPr><w:t xml:space="preserve"/></w:r></w:p>'
    )
    made.find(f".//{_W}t").text = text
    return _of_document(made)


def _of_document(element: Any) -> Any:
    """The element as python-docx knows its own."""
    from docx.oxml.parser import parse_xml

    return parse_xml(etree.tostring(element))
