"""The sheet "Ky": what is signed, on A4 upright, laid out as Nghị định 30/2020/NĐ-CP lays out a document."""

from __future__ import annotations

from typing import Any

from records.forms.issuing.content import FormContent
from records.forms.issuing.rules import day_rule, note, whole_rule
from records.forms.issuing.sheets import Book, a1, height, write_formula, write_text
from records.forms.issuing.texts import period_words
from records.forms.layout import SHEETS
from records.forms.tokens import BATCH

_WIDTHS = (43, 47)
LABEL, VALUE = 1, 2  # columns B and C; the inputs stand in C
_DOTS = "……………………, ngày …… tháng …… năm …………"


def write_signature(book: Book, form: FormContent, sums: list[tuple[str, str, float | str]]) -> None:
    """The whole sheet. sums: label, formula and present value of what is summed up on it."""
    sheet = book.sheet(SHEETS["sign"], _WIDTHS, landscape=False)
    row = _letterhead(book, sheet, form)
    place = row  # place and date stand below the letterhead, and need the cell of the date
    row = _title(book, sheet, form, row + 2)
    number = book.style("cell", f"n:{form.sum_places}", "center", "middle", "bold")
    for label, formula, value in sums:
        write_text(sheet, row, LABEL, label, book.style("cell", "middle"))
        write_formula(sheet, row, VALUE, formula, number, value)
        sheet.set_row(row, height([label], _WIDTHS[:1]) + 3)
        row += 1
    cells = _inputs(book, sheet, row)
    day = cells["sign:date"]
    dated = (
        f'IF(ISNUMBER({day}),"……………………, ngày "&TEXT(DAY({day}),"00")&" tháng "&'
        f'IF(MONTH({day})<3,"0","")&MONTH({day})&" năm "&YEAR({day}),"{_DOTS}")'
    )
    number_cell = cells["sign:number"]
    numbered = f'IF({number_cell}="","Số: ……………",CONCATENATE("Số: ",{number_cell}))'
    write_formula(sheet, place, LABEL, numbered, book.style("center"), "Số: ……………")
    write_formula(sheet, place, VALUE, dated, book.style("italic", "center"), _DOTS)
    _signatures(book, sheet, row + len(cells) + 1, cells, batch=form.kind == BATCH)
    sheet.print_area(0, 1, row + len(cells) + 9, 2)


def _letterhead(book: Book, sheet: Any, form: FormContent) -> int:
    left = [form.manager.upper()] if form.manager else []
    left.append(form.owner_name.upper())
    upper, lower = (left[0], left[1]) if len(left) == 2 else (left[0], "")
    plain, bold = book.style("center", "wrap"), book.style("bold", "center", "wrap")
    write_text(sheet, 0, LABEL, upper, plain if lower else bold)
    write_text(sheet, 1, LABEL, lower, bold)
    write_text(sheet, 0, VALUE, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", book.style("bold", "center"))
    write_text(sheet, 1, VALUE, "Độc lập - Tự do - Hạnh phúc", book.style("bold", "center", "underline"))
    capitals = [_WIDTHS[0] * 0.85]  # capital letters are wider than the letters that heights are counted with
    sheet.set_row(0, height([upper], capitals, bold=True) + 3)
    sheet.set_row(1, height([lower], capitals, bold=True) + 3)
    return 3


def _title(book: Book, sheet: Any, form: FormContent, row: int) -> int:
    movement = " ".join((form.movement.full_name or f"Phong trào thi đua “{form.movement.name}”").split())
    criteria = "; ".join(one.layout.criteria.title for one in form.sets)
    period = period_words(form.round.window)
    lines = [
        (form.title, "title"),
        (movement, "bold"),
        (f"Kỳ: {period}", "bold"),
        (criteria, "italic"),
        *((stamp, "stamp") for stamp in form.stamps),
    ]
    for text, look in lines:
        style = book.style(look, "center", "wrap")
        sheet.merge_range(row, LABEL, row, VALUE, "", style)
        sheet.write_string(row, LABEL, text, style)
        sheet.set_row(row, 22 if look == "title" else height([text], [sum(_WIDTHS)], bold=True) + 3)
        row += 1
    return row + 1


def _inputs(book: Book, sheet: Any, row: int) -> dict[str, str]:
    """The input cells by key; column A holds the keys."""
    asked: list[tuple[str, str, tuple[str, ...], Any]] = [
        (
            "sign:version",
            "Lần gửi",
            ("n:0", "center"),
            whole_rule("Lần gửi", "Lần đầu là 1; gửi lại bản sửa thì tăng 1."),
        ),
        (
            "sign:number",
            "Số văn bản gửi",
            ("text", "center"),
            note("Số văn bản gửi", "Số, ký hiệu của văn bản gửi biểu này."),
        ),
        ("sign:date", "Ngày văn bản gửi", ("date",), None),
        ("sign:compiled_by", "Người lập biểu (họ và tên)", ("text", "center"), note("Người lập biểu", "Họ và tên.")),
        ("sign:head", "Thủ trưởng (họ và tên)", ("text", "center"), note("Thủ trưởng", "Họ và tên người ký.")),
    ]
    cells: dict[str, str] = {}
    for place, (key, label, look, rule) in enumerate(asked, row):
        cells[key] = a1(place, VALUE)
        write_text(sheet, place, 0, key, book.style())
        write_text(sheet, place, LABEL, label, book.style("cell", "middle"))
        sheet.write_blank(place, VALUE, None, book.style("cell", "input", *look))
        sheet.set_row(place, 18)
        dated = day_rule(cells[key], "Ngày văn bản gửi", "Gõ dạng 30/06/2026.")
        sheet.data_validation(place, VALUE, place, VALUE, rule or dated)
    return cells


def _signatures(book: Book, sheet: Any, row: int, cells: dict[str, str], *, batch: bool) -> None:
    head = "THỦ TRƯỞNG CƠ QUAN, TỔ CHỨC LẬP BIỂU" if batch else "THỦ TRƯỞNG ĐƠN VỊ"
    for column, who, how, key in (
        (LABEL, "NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)", "sign:compiled_by"),
        (VALUE, head, "(Ký, ghi rõ họ tên, đóng dấu)", "sign:head"),
    ):
        write_text(sheet, row, column, who, book.style("bold", "center"))
        write_text(sheet, row + 1, column, how, book.style("italic", "center"))
        cell = cells[key]
        write_formula(sheet, row + 7, column, f'IF({cell}="","",{cell})', book.style("bold", "center"), "")
