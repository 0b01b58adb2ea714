"""The sheet "Ky": what is signed, on A4 upright, laid out as Nghị định 30/2020/NĐ-CP lays out a document."""

from __future__ import annotations

from typing import Any

from records.forms.issuing.content import FormContent
from records.forms.issuing.rules import note, whole_rule
from records.forms.issuing.sheets import Book, height, write_formula, write_text
from records.forms.issuing.texts import period_words
from records.forms.layout import SHEETS
from records.forms.tokens import BATCH
from records.workbooks.pages import LABEL, VALUE, Asked, number_and_day, sign_cells, signers

_WIDTHS = (43, 47)


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
    number_and_day(book, sheet, place, cells, book.style("center"))
    head = "THỦ TRƯỞNG CƠ QUAN, TỔ CHỨC LẬP BIỂU" if form.kind == BATCH else "THỦ TRƯỞNG ĐƠN VỊ"
    below, bold = row + len(cells) + 1, book.style("bold", "center")
    signers(book, sheet, below, cells, "NGƯỜI LẬP BIỂU", head, 7, bold)
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
    asked: list[Asked] = [
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
    return sign_cells(book, sheet, row, asked)
