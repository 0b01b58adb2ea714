"""Reading charts back out of Word files and workbooks, by the standard's own names."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import Any

import docx
import openpyxl
from docx.shared import Mm
from lxml import etree

from reports.charts.word import chart_marker

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# ECMA-376 Part 1, 21.2: the children of an element, in the order the schema wants.
ORDER = {
    "chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource protection chart spPr txPr externalData printSettings userShapes extLst",
    "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs showDLblsOverMax extLst",
    "title": "tx layout overlay spPr txPr extLst",
    "legend": "legendPos legendEntry layout overlay spPr txPr extLst",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst",
    "lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId extLst",
    "ser": "idx order tx spPr invertIfNegative pictureOptions marker dPt dLbls trendline errBars cat val smooth shape extLst",
    "dLbls": "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator showLeaderLines leaderLines extLst",
    "catAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt auto lblAlgn lblOffset noMultiLvlLbl extLst",
    "valAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt crossBetween majorUnit minorUnit dispUnits extLst",
    "scaling": "logBase orientation max min extLst",
}


def out_of_order(root: Any) -> list[str]:
    """Elements whose children do not stand as the schema wants them."""
    wrong = []
    for element in root.iter():
        wanted = ORDER.get(etree.QName(element).localname)
        if wanted is None:
            continue
        places = [wanted.split().index(etree.QName(child).localname) for child in element]
        if places != sorted(places):
            wrong.append(etree.QName(element).localname)
    return wrong


def cached(root: Any) -> dict[str, dict[str, Decimal | None]]:
    """What a chart's own XML says: series → category → number."""
    found: dict[str, dict[str, Decimal | None]] = {}
    for series in root.iter(f"{C}ser"):
        name = series.findtext(f"{C}tx/{C}strRef/{C}strCache/{C}pt/{C}v") or ""
        count = int(series.find(f"{C}val//{C}ptCount").get("val"))
        names = {int(one.get("idx")): one.findtext(f"{C}v") or "" for one in series.find(f"{C}cat").iter(f"{C}pt")}
        values = {int(one.get("idx")): Decimal(one.findtext(f"{C}v")) for one in series.find(f"{C}val").iter(f"{C}pt")}
        found[name] = {names.get(at, ""): values.get(at) for at in range(count)}
    return found


def in_cells(book: bytes, sheet: str = "Số liệu", line: int = 1) -> dict[str, dict[str, Decimal | None]]:
    """What the table of a workbook says, from its XML: a cell's number as it is written."""
    page = openpyxl.load_workbook(io.BytesIO(book))[sheet]
    rows = list(page.iter_rows(min_row=line, values_only=True))
    heads = [str(one) for one in rows[0][1:] if one is not None]
    found: dict[str, dict[str, Decimal | None]] = {head: {} for head in heads}
    for row in rows[1:]:
        if row[0] is None or str(row[0]).startswith("Nguồn"):
            break
        for head, value in zip(heads, row[1:]):
            found[head][str(row[0])] = None if value is None else Decimal(str(value))
    return found


def document_with(*idents: str) -> bytes:
    """A4 with the margins of Nghị định 30, a marker in a paragraph of its own for each chart."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(30),
        Mm(20),
        Mm(20),
        Mm(20),
    )
    for ident in idents:
        document.add_paragraph(f"Trước {ident}")
        document.add_paragraph(chart_marker(ident))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def parts(content: bytes, folder: str) -> dict[str, bytes]:
    """Members of a package in a folder, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {
            name: package.read(name) for name in package.namelist() if name.startswith(folder) and "_rels" not in name
        }
