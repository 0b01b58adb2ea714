"""DrawingML as Word, Excel and LibreOffice read it alike: what xlsxwriter leaves out is said, what it guesses is put right."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from reports.letters.word import same_every_time

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FONT = "Times New Roman"
# What xlsxwriter leaves out where its default is meant; Word and LibreOffice take another one. Parent, name, value, what it stands before.
_SAID = (
    ("dLbls", "showLegendKey", "0", ("showVal",)),
    ("dLbls", "showCatName", "0", ()),
    ("dLbls", "showSerName", "0", ()),
    ("dLbls", "showPercent", "0", ()),
    ("dLbls", "showBubbleSize", "0", ()),
    ("barChart", "varyColors", "0", ("ser",)),
    ("lineChart", "varyColors", "0", ("ser",)),
    ("title", "overlay", "0", ("spPr", "txPr")),
    ("legend", "overlay", "0", ("spPr", "txPr")),
    ("catAx", "delete", "0", ("axPos",)),
    ("valAx", "delete", "0", ("axPos",)),
    ("chart", "autoTitleDeleted", "0", ("plotArea",)),
    ("chart", "dispBlanksAs", "gap", ()),
)


def _say_all(root: etree._Element) -> None:
    for parent, name, value, before in _SAID:
        for element in root.iter(f"{C}{parent}"):
            if element.find(f"{C}{name}") is not None:
                continue
            said = etree.Element(f"{C}{name}", {"val": value})
            after = next((one for one in element if one.tag in {f"{C}{tag}" for tag in before}), None)
            if after is not None:
                after.addprevious(said)
            else:
                element.append(said)
    for series in root.iterfind(f".//{C}lineChart/{C}ser"):
        etree.SubElement(series, f"{C}smooth", {"val": "0"})
    for series in root.iterfind(f".//{C}barChart/{C}ser"):
        if series.find(f"{C}invertIfNegative") is None:  # a negative bar would lose its colour
            look = series.find(f"{C}spPr")
            (look if look is not None else series.find(f"{C}tx")).addnext(
                etree.Element(f"{C}invertIfNegative", {"val": "0"})
            )


def put_right(xml: bytes) -> etree._Element:
    """What xlsxwriter leaves: English, categories that look like numbers taken for numbers, no font where nothing was said."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    for language in root.iter(f"{C}lang"):
        language.set("val", "vi-VN")
        corners = etree.Element(f"{C}roundedCorners", {"val": "0"})
        language.addnext(corners)
    for run in root.iter(f"{_A}defRPr", f"{_A}rPr", f"{_A}endParaRPr"):
        run.set("lang", "vi-VN")
    for categories in root.iter(f"{C}cat"):
        for numbers in categories.findall(f"{C}numRef"):
            numbers.tag = f"{C}strRef"
            for cache in numbers.findall(f"{C}numCache"):
                cache.tag = f"{C}strCache"
                for code in cache.findall(f"{C}formatCode"):
                    cache.remove(code)
    _say_all(root)
    area = root.find(f"{C}spPr")
    text = etree.fromstring(
        f'<c:txPr xmlns:c="{C[1:-1]}" xmlns:a="{_A[1:-1]}"><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000">'
        f'<a:latin typeface="{FONT}"/><a:cs typeface="{FONT}"/></a:defRPr></a:pPr><a:endParaRPr lang="vi-VN"/></a:p></c:txPr>'
    )
    (area if area is not None else root.find(f"{C}chart")).addnext(text)
    return root


def written(root: etree._Element) -> bytes:
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def with_charts_put_right(book: bytes) -> bytes:
    """A workbook whose charts all went through put_right."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, written(put_right(content)) if name.startswith("xl/charts/chart") else content)
    return same_every_time(packed.getvalue())


def put_chart_data(xml: bytes, relation: str) -> bytes:
    """A chart that says in which part its workbook lies. relation: of the chart's part to the workbook."""
    root = etree.fromstring(xml)
    data = etree.SubElement(root, f"{C}externalData", {f"{{{_R}}}id": relation})
    etree.SubElement(data, f"{C}autoUpdate", {"val": "0"})
    return written(root)
