"""The sheets "Huong dan" and "Ky" of a workbook, on A4 upright: lines over both columns, facts, input cells, who signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from criteria.declarations.movement import Movement
from records.forms.issuing.rules import day_rule
from records.forms.issuing.sheets import Book, a1, height, write_formula, write_text

GUIDE_WIDTHS = (24.0, 66.0)
SIGN_WIDTHS = (43.0, 47.0)
LABEL, VALUE = 1, 2  # columns B and C, from 0; the inputs stand in C
_DOTS = "……………………, ngày …… tháng …… năm …………"
_NUMBER = "Số: ……………"
_BOLD = {"title", "bold", "stamp", "heading"}
Asked = tuple[str, str, tuple[str, ...], Any]  # key, label, look of the cell, rule of a validation (None: a day)


def paragraph(
    book: Book,
    sheet: Any,
    row: int,
    text: str,
    *looks: str,
    widths: Sequence[float] = GUIDE_WIDTHS,
    spare: int = 5,
) -> int:
    """A text over both columns; the row after it. spare: points of height besides the lines."""
    style = book.style(*looks, "wrap")
    sheet.merge_range(row, LABEL, row, VALUE, "", style)
    sheet.write_string(row, LABEL, text, style)
    sheet.set_row(row, height([text], [sum(widths)], bold=not _BOLD.isdisjoint(looks)) + spare)
    return row + 1


def opening(
    book: Book,
    sheet: Any,
    row: int,
    title: str,
    movement: Movement,
    stamps: Iterable[str],
    widths: Sequence[float] = GUIDE_WIDTHS,
    spare: int = 5,
    also: Iterable[str] = (),
) -> int:
    """What the workbook is, of which movement, and its stamps; the row after them. also: bold lines before the stamps."""
    named = " ".join((movement.full_name or movement.name).split())
    lines = [(title, "title"), (named, "bold"), *((one, "bold") for one in also), *((one, "stamp") for one in stamps)]
    for text, look in lines:
        row = paragraph(book, sheet, row, text, look, "center", widths=widths, spare=spare)
    return row


def facts(book: Book, sheet: Any, row: int, told: Iterable[tuple[str, str]]) -> int:
    """Names and values of the guide, a row each; the row after them."""
    for name, value in told:
        write_text(sheet, row, LABEL, name, book.style("cell", "bold"))
        write_text(sheet, row, VALUE, value, book.style("cell"))
        sheet.set_row(row, height([name, value], GUIDE_WIDTHS) + 3)
        row += 1
    return row


def how_to_fill(book: Book, sheet: Any, row: int, texts: Iterable[str]) -> int:
    """The numbered rules of the guide; the row after them."""
    row = paragraph(book, sheet, row, "CÁCH ĐIỀN", "heading")
    for number, text in enumerate(texts, 1):
        row = paragraph(book, sheet, row, f"{number}. {text}")
    return row


def sign_cells(
    book: Book, sheet: Any, row: int, asked: Iterable[Asked], day_called: str = "Ngày văn bản gửi"
) -> dict[str, str]:
    """Input cells of the signature page, a row each; their addresses by key. Column A holds the keys."""
    cells: dict[str, str] = {}
    for place, (key, label, look, rule) in enumerate(asked, row):
        cells[key] = a1(place, VALUE)
        write_text(sheet, place, 0, key, book.style())
        write_text(sheet, place, LABEL, label, book.style("cell", "middle"))
        sheet.write_blank(place, VALUE, None, book.style("cell", "input", *look))
        sheet.set_row(place, 18)
        dated = day_rule(cells[key], day_called, "Gõ dạng 30/06/2026.")
        sheet.data_validation(place, VALUE, place, VALUE, rule or dated)
    return cells


def number_and_day(book: Book, sheet: Any, row: int, cells: Mapping[str, str], number_style: Any) -> None:
    """Số: …, ngày … tháng … năm …, from the cells typed into below (Nghị định 30/2020/NĐ-CP)."""
    day, number = cells["sign:date"], cells["sign:number"]
    dated = (
        f'IF(ISNUMBER({day}),"……………………, ngày "&TEXT(DAY({day}),"00")&" tháng "&'
        f'IF(MONTH({day})<3,"0","")&MONTH({day})&" năm "&YEAR({day}),"{_DOTS}")'
    )
    numbered = f'IF({number}="","{_NUMBER}",CONCATENATE("Số: ",{number}))'
    write_formula(sheet, row, LABEL, numbered, number_style, _NUMBER)
    write_formula(sheet, row, VALUE, dated, book.style("italic", "center"), _DOTS)


def signers(
    book: Book, sheet: Any, row: int, cells: Mapping[str, str], compiler: str, head: str, below: int, style: Any
) -> None:
    """Who signs, side by side; the names typed into their cells stand `below` rows further down."""
    for column, who, how, key in (
        (LABEL, compiler, "(Ký, ghi rõ họ tên)", "sign:compiled_by"),
        (VALUE, head, "(Ký, ghi rõ họ tên, đóng dấu)", "sign:head"),
    ):
        write_text(sheet, row, column, who, style)
        write_text(sheet, row + 1, column, how, book.style("italic", "center"))
        write_formula(sheet, row + below, column, f'IF({cells[key]}="","",{cells[key]})', style, "")
