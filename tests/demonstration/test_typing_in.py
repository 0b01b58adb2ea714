"""Typing into an issued form: what openpyxl reads afterwards is what was typed, and nothing else has changed."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from thidua.demonstration.typing_in import Book

HOSTILE = ["A & B <b>", "“{{ x }}”", "#import", "Hòa".replace("ò", "o\u0300"), "a\x07b", "  đầu cuối  ", "x" * 10_000]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.xlsx"
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd/mm/yyyy", "locked": False})
    free = book.add_format({"locked": False})
    sheet = book.add_worksheet("Một & hai")
    sheet.write_string("A1", "key:one")
    sheet.write_string("B1", "chữ <gốc> & giữ")
    for row in range(1, 12):
        sheet.write_blank(row, 1, None, free)
    sheet.write_blank("C2", None, day)
    sheet.write_number("D1", 12)
    sheet.write_number("D2", 0.5)
    sheet.write_formula("E1", "=D1*2", None, 24)
    book.add_worksheet("Ba").write_string("A3", "key:three")
    book.close()
    return path


def opened(raw: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(raw))


def test_reads_what_the_form_says(form: Path) -> None:
    book = Book(form)
    assert list(book.sheets) == ["Một & hai", "Ba"]
    sheet = book.sheets["Một & hai"]
    assert sheet.keys == {1: "key:one"} and book.sheets["Ba"].keys == {3: "key:three"}
    assert [sheet.value(1, column) for column in (2, 4, 5, 9)] == ["chữ <gốc> & giữ", 12, 24, None]
    assert sheet.value(2, 4) == 0.5 and list(sheet.columns(1)) == [1, 2, 4, 5]
    assert sheet.locked(1, 2) and not sheet.locked(2, 2) and sheet.locked(40, 40)


def test_what_is_typed_is_read_again_and_the_rest_stays(form: Path) -> None:
    book = Book(form)
    sheet = book.sheets["Một & hai"]
    for row, text in enumerate(HOSTILE, 2):
        sheet.put(row, 2, text)
    sheet.put(10, 2, -7)
    sheet.put(11, 2, 12.25)
    sheet.put(12, 2, date(2026, 6, 30))
    sheet.put(2, 3, date(2026, 6, 30))
    read = opened(book.saved())["Một & hai"]
    assert [read.cell(row, 2).value for row in range(2, 9)] == [text.replace("\x07", "_x0007_") for text in HOSTILE]
    assert (read["B10"].value, read["B11"].value, read["B12"].value) == (-7, 12.25, "30/06/2026")
    assert read["C2"].value == datetime(2026, 6, 30)
    assert (read["B1"].value, read["D1"].value, read["E1"].value) == ("chữ <gốc> & giữ", 12, "=D1*2")
    assert not read["B2"].protection.locked and read["B1"].protection.locked


def test_an_equals_sign_makes_a_formula_as_in_excel(form: Path) -> None:
    book = Book(form)
    book.sheets["Một & hai"].put(2, 2, "=1+1")
    assert opened(book.saved())["Một & hai"]["B2"].data_type == "f"


def test_what_formulas_came_to_is_not_kept(form: Path) -> None:
    book = Book(form)
    book.sheets["Một & hai"].put(2, 2, 1)
    raw = book.saved()
    assert openpyxl.load_workbook(io.BytesIO(raw), data_only=True)["Một & hai"]["E1"].value is None


def test_nothing_can_be_typed_where_the_form_has_no_cell(form: Path) -> None:
    with pytest.raises(KeyError, match="Z99"):
        Book(form).sheets["Ba"].put(99, 26, "x")


def test_same_bytes_every_time(form: Path) -> None:
    def filled() -> bytes:
        book = Book(form)
        book.sheets["Một & hai"].put(2, 2, "x")
        book.sheets["Một & hai"].put(3, 2, None)
        return book.saved()

    assert filled() == filled()
    with zipfile.ZipFile(io.BytesIO(filled())) as package:
        assert {info.date_time[0] for info in package.infolist()} == {1980}
