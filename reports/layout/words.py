"""A Word file as its reader sees it: every paragraph with its text, its place and its effective look (styles and defaults resolved)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.oxml.ns import qn

_SCRIPTS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
_THEME = ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme")


@dataclass(frozen=True)
class Look:
    """How a run of text looks. size: points. font: "" where a theme decides it."""

    size: float
    bold: bool
    italic: bool
    font: str
    colour: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph. where: body, table (number from 1), header, first-header. align: left, center, both, right. indents: mm; spacing:
    points before, after; line: multiple of a single line (0: exact). rule: a border above or below it."""

    text: str
    where: str
    table: int = 0
    row: int = 0
    column: int = 0
    looks: tuple[Look, ...] = ()
    align: str = "left"
    first_indent: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    rule: bool = False
    page_number: bool = False
    left: float = 0
    right: float = 0

    def sizes(self) -> set[float]:
        return {look.size for look in self.looks}

    def all_italic(self) -> bool:
        return bool(self.looks) and all(look.italic for look in self.looks)


@dataclass
class Page:
    """The first section. Lengths in mm. themed: parts in which a theme still decides a font."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    first_differs: bool
    lines: list[Line] = field(default_factory=list)
    themed: list[str] = field(default_factory=list)

    def of(self, where: str) -> list[Line]:
        return [one for one in self.lines if one.where == where]


def read_page(content: bytes) -> Page:
    document = docx.Document(io.BytesIO(content))
    section = document.sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    width, height, top, bottom = (_mm(one) for one in sides)
    page = Page(
        width,
        height,
        top,
        bottom,
        _mm(section.left_margin),
        _mm(section.right_margin),
        bool(section.different_first_page_header_footer),
    )
    reader = _Reader(document)
    page.lines += reader.block(document.element.body, "body")
    page.lines += reader.block(section.header._element, "header")
    page.lines += reader.block(section.first_page_header._element, "first-header")
    page.themed = list(_themed(content))
    return page


def _mm(length: Any) -> float:
    return round(length.mm, 1) if length is not None else 0


def _themed(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            if not name.endswith(".xml"):
                continue
            text = package.read(name).decode("utf-8", "replace")
            if re.search(r"w:(?:asciiTheme|hAnsiTheme|cstheme|eastAsiaTheme)=", text):
                yield name
            if "/theme/" in name and set(re.findall(r'typeface="([^"]+)"', text)) - {"Times New Roman"}:
                yield name


class _Reader:
    def __init__(self, document: Any) -> None:
        self.styles = {one.style_id: one.element for one in document.styles}
        normal = next((one for one in document.styles if one.name == "Normal"), None)
        self.normal = normal.style_id if normal is not None else ""
        self.defaults = document.styles.element.find(qn("w:docDefaults"))
        self.tables = 0

    def block(self, root: Any, where: str) -> list[Line]:
        found: list[Line] = []
        for element in root:
            if element.tag == qn("w:p"):
                found.append(self.paragraph(element, where))
            elif element.tag == qn("w:tbl"):
                self.tables += 1
                found += self._table(element, self.tables)
        return found

    def _table(self, table: Any, number: int) -> list[Line]:
        found = []
        for row, line in enumerate(table.findall(qn("w:tr")), 1):
            for column, cell in enumerate(line.findall(qn("w:tc")), 1):
                for paragraph in cell.findall(qn("w:p")):
                    found.append(self.paragraph(paragraph, "table", number, row, column))
        return found

    def paragraph(self, element: Any, where: str, table: int = 0, row: int = 0, column: int = 0) -> Line:
        chain = self._chain(element)
        border = next((one for one in self._all(chain, "w:pBdr")), None)
        looks = []
        texts = []
        for run in element.iter(qn("w:r")):
            text = "".join(one.text or "" for one in run.findall(qn("w:t")))
            texts.append(text)
            if text.strip() or run.find(qn("w:instrText")) is not None:
                looks.append(self._look(run, chain))
        spacing = list(self._all(chain, "w:spacing"))
        indents = list(self._all(chain, "w:ind"))
        align = next((one.get(qn("w:val")) for one in self._all(chain, "w:jc")), "left")
        rule = _of(spacing, "w:lineRule", "auto")
        height = _number(_of(spacing, "w:line", "240"))
        return Line(
            "".join(texts),
            where,
            table,
            row,
            column,
            tuple(looks),
            align,
            _number(_of(indents, "w:firstLine", "0")) / 20 / 72 * 25.4,
            _number(_of(spacing, "w:before", "0")) / 20,
            _number(_of(spacing, "w:after", "0")) / 20,
            height / 240 if rule == "auto" else 0,
            border is not None,
            any("PAGE" in (one.text or "") for one in element.iter(qn("w:instrText"))),
            _number(_of(indents, "w:left", "0")) / 20 / 72 * 25.4,
            _number(_of(indents, "w:right", "0")) / 20 / 72 * 25.4,
        )

    def _chain(self, paragraph: Any) -> list[Any]:
        """Paragraph properties, then styles up to the defaults: the nearest first."""
        own = paragraph.find(qn("w:pPr"))
        named = own.find(qn("w:pStyle")) if own is not None else None
        chain = [own] if own is not None else []
        ident = named.get(qn("w:val")) if named is not None else self.normal
        while ident and ident in self.styles:
            style = self.styles[ident]
            chain.append(style)
            based = style.find(qn("w:basedOn"))
            ident = based.get(qn("w:val")) if based is not None else ""
        return [*chain, self.defaults] if self.defaults is not None else chain

    @staticmethod
    def _all(chain: list[Any], name: str) -> Iterator[Any]:
        for element in chain:
            place = element if element.tag == qn("w:pPr") else element.find(f".//{qn('w:pPr')}")
            found = place.find(qn(name)) if place is not None else None
            if found is not None:
                yield found

    def _look(self, run: Any, chain: list[Any]) -> Look:
        properties = [run.find(qn("w:rPr"))]
        properties += [one.find(f".//{qn('w:rPr')}") for one in chain if one.tag != qn("w:pPr")]
        known = [one for one in properties if one is not None]
        size = _number(_of(_found(known, "w:sz"), "w:val", "20")) / 2
        fonts = _found(known, "w:rFonts")
        names = {_of(fonts, script, "") for script in _SCRIPTS[:2]}
        themed = any(fonts and fonts[0].get(qn(name)) for name in _THEME[:2])
        font = names.pop() if len(names) == 1 and not themed else ""
        colours = _found(known, "w:color")
        return Look(size, _on(known, "w:b"), _on(known, "w:i"), font, _of(colours, "w:val", ""))


def _found(properties: list[Any], name: str) -> list[Any]:
    return [one for one in (place.find(qn(name)) for place in properties) if one is not None]


def _of(elements: list[Any], name: str, otherwise: str) -> str:
    """The value of the nearest element that states it."""
    return next((str(one.get(qn(name))) for one in elements if one.get(qn(name)) is not None), otherwise)


def _on(properties: list[Any], name: str) -> bool:
    found = _found(properties, name)
    return bool(found) and found[0].get(qn("w:val"), "1") not in ("0", "false", "off")


def _number(text: str) -> float:
    return float(text)
