"""Where a tag of a Word template stands: part, paragraph or cell, and the text around it, as an official finds it in Word."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = (
    (re.compile(r"word/document\.xml"), "thân văn bản"),
    (re.compile(r"word/header[0-9]*\.xml"), "đầu trang"),
    (re.compile(r"word/footer[0-9]*\.xml"), "chân trang"),
    (re.compile(r"word/footnotes\.xml"), "chú thích cuối trang"),
)
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_SHOWN = 90  # letters of the text around a tag


@dataclass(frozen=True)
class Passage:
    """One paragraph with tags. part: of the package. place: "bảng 2, dòng 3, ô 1"; words: its text, cut."""

    part: str
    place: str
    text: str

    @property
    def words(self) -> str:
        text = " ".join(self.text.split())
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

    @property
    def where(self) -> str:
        return f"{self.place}: “{self.words}”"

    @property
    def tags(self) -> list[str]:
        return TAG.findall(self.text)

    @property
    def rest(self) -> str:
        """The text without its tags."""
        return TAG.sub("", self.text)


def passages(template: bytes) -> Iterator[Passage]:
    """Every paragraph that holds a part of a tag, part by part, in the order of the document. Raises lxml's and zipfile's errors."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(BytesIO(template)) as package:
        for name in sorted(package.namelist(), key=lambda one: (not one.endswith("document.xml"), one)):
            label = next((words for pattern, words in _PARTS if pattern.fullmatch(name)), None)
            if label is not None:
                yield from _of_part(name, label, etree.fromstring(package.read(name), parser))


def _of_part(part: str, label: str, root: etree._Element) -> Iterator[Passage]:
    tables = {table: number for number, table in enumerate(root.iter(f"{_W}tbl"), 1)}
    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        text = "".join(_texts(paragraph))
        if any(mark in text for mark in ("{{", "}}", "{%", "%}", "{#", "#}")):
            yield Passage(part, _place(paragraph, tables, label, number), text)


def _texts(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        owner = next(element.iterancestors(f"{_W}p"), None)
        if owner is paragraph:
            yield element.text or "" if element.tag == f"{_W}t" else " "


def _place(paragraph: etree._Element, tables: dict[etree._Element, int], label: str, number: int) -> str:
    cell = next(paragraph.iterancestors(f"{_W}tc"), None)
    if cell is None:
        return f"{label}, đoạn {number}"
    row = next(cell.iterancestors(f"{_W}tr"))
    table = next(row.iterancestors(f"{_W}tbl"))
    rows = table.findall(f"{_W}tr")
    line = rows.index(row) + 1 if row in rows else 0
    column = row.findall(f"{_W}tc").index(cell) + 1 if cell in row.findall(f"{_W}tc") else 0
    return f"{label}, bảng {tables[table]}, dòng {line}, ô {column}"
