"""Tables that are no text, made from the text table of an example."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import openpyxl


def utf16_table(source: Path, target: Path) -> None:
    """What “Unicode Text” of Excel writes."""
    target.write_bytes(source.read_text(encoding="utf-8").replace(",", "\t").encode("utf-16"))


def workbook(source: Path) -> openpyxl.Workbook:
    """The text table as a workbook; whole numbers are numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    with source.open(encoding="utf-8", newline="") as stream:
        for line in csv.reader(stream):
            sheet.append([int(cell) if cell.isdecimal() else cell for cell in line])
    return book


def with_formula(source: Path, target: Path) -> None:
    """A formula that nobody has calculated in E2."""
    book = workbook(source)
    book.worksheets[0]["E2"] = "=D2-3"
    book.save(target)


def percent_workbook(source: Path, target: Path) -> None:
    """E2 is shown as a percentage."""
    book = workbook(source)
    book.worksheets[0]["E2"] = 0.8
    book.worksheets[0]["E2"].number_format = "0%"
    book.save(target)


def with_macro(source: Path, target: Path) -> None:
    """A workbook with macros that was given the ending .xlsx."""
    workbook(source).save(target)
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
