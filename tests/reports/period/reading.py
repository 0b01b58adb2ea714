"""A report read back: tables of a Word file by the name above them, its whole text, tables of a workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
import openpyxl
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_tables(content: bytes) -> dict[str, list[list[str]]]:
    """Rows of texts by what the name above the table says after "Bảng 3. "; the heading row first. A line across is one cell."""
    document = docx.Document(io.BytesIO(content))
    found: dict[str, list[list[str]]] = {}
    name = ""
    for element in document.element.body.iterchildren():
        if element.tag == f"{_W}p":
            text = Paragraph(element, document).text.strip()
            name = text if text and not text.startswith("Nguồn:") else name
        elif element.tag == f"{_W}tbl":
            rows = []
            for row in WordTable(element, document).rows:
                cells = list(dict.fromkeys(cell._tc for cell in row.cells))
                rows.append(
                    ["\n".join(Paragraph(p, document).text for p in cell.iterchildren(f"{_W}p")) for cell in cells]
                )
            found[name.partition(". ")[2].removesuffix(" (tạm tính)") if name.startswith("Bảng ") else name] = rows
    return found


def word_text(content: bytes) -> str:
    """Everything that is printed, headers and footers, charts and what is told of them, too."""
    told = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            if name.endswith(".xml") and name.startswith(("word/", "docProps/")):
                root = etree.fromstring(package.read(name))
                told += [element.text or "" for element in root.iter() if isinstance(element.tag, str)]
                told += [element.get("descr", "") for element in root.iter() if isinstance(element.tag, str)]
            elif name.endswith(".xlsx"):
                told.append(book_text(package.read(name)))
    return "\n".join(text for text in told if text.strip())


def paragraphs(content: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]


def book_tables(content: bytes) -> Mapping[str, list[list[object]]]:
    """Cells by the title of each sheet; the heading row first, down to the line before the source."""
    found = {}
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        start = next((n for n, row in enumerate(rows) if sum(value is not None for value in row) > 2), None)
        end = next((n for n, row in enumerate(rows) if str(row[0] or "").startswith("Nguồn:")), len(rows))
        if start is not None:
            found[str(rows[0][0])] = [row for row in rows[start:end] if any(value is not None for value in row)]
    return found


def book_text(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(
        str(c.value) for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value is not None
    )
