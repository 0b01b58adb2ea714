"""The appraisal workbook: a guide, a row per case with its papers, the page to sign."""

from __future__ import annotations

from typing import Any

from criteria.declarations.movement import Movement
from nominations.appraisal.content import (
    FORMAT,
    HEADS,
    KIND,
    NOBODY,
    REASON,
    RESULT,
    RESULTS,
    SHEET,
    WIDTHS,
    WORDS,
    Appraisal,
    AppraisedCase,
)
from nominations.occasions import AwardOccasion
from records.forms.issuing.rules import choice, note, whole_rule
from records.forms.issuing.sheets import Book, height, write_text
from records.forms.layout import SHEETS
from records.workbooks.hidden import ENTRY, hidden_rows, row_token
from records.workbooks.pages import (
    GUIDE_WIDTHS,
    SIGN_WIDTHS,
    Asked,
    facts,
    how_to_fill,
    number_and_day,
    opening,
    sign_cells,
    signers,
)

_ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "objects": False, "scenarios": False}
_HOW = (
    "Trang “{sheet}”: mỗi trường hợp đề nghị một dòng. Chỉ điền vào ô nền vàng.",
    "KẾT QUẢ: chọn “đủ”, “thiếu” hoặc “trả lại”. LÝ DO: bắt buộc khi thiếu hoặc trả lại; nêu rõ thiếu gì, trả lại vì sao.",
    "“thiếu” và “trả lại”: hồ sơ được bổ sung rồi thẩm định lại; chưa “đủ” thì không qua bước sau.",
    "Để trống là chưa thẩm định; có thể gửi nhiều lần, mỗi lần điền thêm và tăng lần gửi.",
    "Cột “Điều kiện cần xem” là điều phần mềm không tự kết luận; kết luận ở biểu xét điều kiện, không ở đây.",
    "Trang “{sign}”: số, ngày văn bản thẩm định, người lập, thủ trưởng. Không đổi tên trang, không xóa dòng, cột. Lưu tệp dạng .xlsx.",
)
_TITLE = "BIỂU THẨM ĐỊNH HỒ SƠ KHEN THƯỞNG"
SIGNED = ("sign:version", "sign:number", "sign:date", "sign:compiled_by", "sign:head")


def appraisal_workbook(
    movement: Movement,
    occasion: AwardOccasion,
    content: Appraisal,
    stamps: list[str],
    secret: bytes,
    entry: int,
    version: int,
) -> bytes:
    """xlsx bytes; the same content gives the same bytes. Texts are written as texts, never as formulas."""
    footer = f"Thẩm định hồ sơ – {occasion.id}"
    book = Book(f"Thẩm định hồ sơ – {occasion.id}", stamps, footer)
    _guide(book, movement, occasion, content, stamps, version)
    _cases(book, occasion, content)
    _signature(book, movement, content, stamps, version)
    return book.finish(hidden(occasion, content, secret, entry))


def hidden(occasion: AwardOccasion, content: Appraisal, secret: bytes, entry: int) -> list[tuple[str, str]]:
    """The hidden sheet: whose workbook it is and which rows it has."""
    lines = [one.key for one in content.cases]
    owner = content.body or NOBODY
    mark = row_token(secret, KIND, occasion.id, owner, content.step.id, FORMAT, lines, entry)
    return hidden_rows(KIND, FORMAT, occasion.id, owner, content.step.id, FORMAT, mark, lines, **{ENTRY: str(entry)})


def _guide(
    book: Book, movement: Movement, occasion: AwardOccasion, content: Appraisal, stamps: list[str], version: int
) -> None:
    sheet = book.sheet(SHEETS["guide"], GUIDE_WIDTHS, landscape=False)
    row = opening(book, sheet, 0, _TITLE, movement, stamps, spare=6)
    told = [
        ("Cơ quan thẩm định", content.body_name),
        ("Dịp", f"{occasion.name} ({occasion.id})"),
        ("Bước", content.step.name),
        ("Số trường hợp", str(len(content.cases))),
        ("Lần gửi lần này", str(version)),
    ]
    row = facts(book, sheet, row + 1, told)
    row = how_to_fill(book, sheet, row + 1, [text.format(sheet=SHEET, **SHEETS) for text in _HOW])
    sheet.print_area(0, 1, row, 2)


def _cases(book: Book, occasion: AwardOccasion, content: Appraisal) -> None:
    sheet = book.sheet(SHEET, WIDTHS, landscape=True)
    sheet.protect("", _ALLOWED)
    row = book.opening(sheet, "THẨM ĐỊNH HỒ SƠ", [f"{content.body_name}; {occasion.name} ({occasion.id})"])
    book.heading(sheet, row, HEADS, WIDTHS, 4)
    row += 1
    first = row
    for one in content.cases:
        _case(book, sheet, row, one, content.step.id)
        row += 1
    if content.cases:
        last = row - 1
        told = choice(
            book, list(RESULTS), "Kết quả thẩm định", "Chọn đủ, thiếu hoặc trả lại. Để trống: chưa thẩm định."
        )
        sheet.data_validation(first, RESULT, last, RESULT, told)
        sheet.data_validation(first, REASON, last, REASON, note("Lý do", "Bắt buộc khi thiếu hoặc trả lại."))
        sheet.autofilter(first - 1, 1, last, len(HEADS))
    sheet.print_area(0, 1, max(row - 1, 1), len(HEADS))


def _case(book: Book, sheet: Any, row: int, one: AppraisedCase, step: str) -> None:
    plain, code = book.style("cell"), book.style("cell", "bold")
    nominee = one.case.nominee
    where = ", ".join(part for part in (nominee.post, nominee.unit) if part) if nominee.person else ""
    name = f"{nominee.name}\n{where}" if where else nominee.name
    told = one.case.progress.done.get(step)
    before = WORDS.get(told.value, "") if told is not None else ""
    texts = [one.case.award.name, nominee.id, name, one.papers_text, one.open_text, before]
    write_text(sheet, row, 0, one.key, book.style())
    for place, text in enumerate(texts, 1):
        write_text(sheet, row, place, text, code if place == 2 else plain)
    sheet.write_blank(row, RESULT, None, book.style("cell", "input", "center"))
    sheet.write_blank(row, REASON, None, book.style("cell", "input", "text"))
    sheet.set_row(row, height(texts, list(WIDTHS[: len(texts)])) + 3)


def _signature(book: Book, movement: Movement, content: Appraisal, stamps: list[str], version: int) -> None:
    sheet = book.sheet(SHEETS["sign"], SIGN_WIDTHS, landscape=False)
    row = opening(book, sheet, 0, _TITLE, movement, stamps, SIGN_WIDTHS, spare=6) + 1
    said = f"Lần này là {version}; gửi lại thì tăng 1."
    asked: list[Asked] = [
        ("sign:version", "Lần gửi", ("n:0", "center"), whole_rule("Lần gửi", said)),
        ("sign:number", "Số, ký hiệu văn bản thẩm định", ("text",), note("Số, ký hiệu", "Ví dụ 25/BC-SNV.")),
        ("sign:date", "Ngày văn bản", ("date",), None),
        ("sign:compiled_by", "Người thẩm định", ("text",), note("Người thẩm định", "Họ và tên.")),
        ("sign:head", "Thủ trưởng cơ quan thẩm định", ("text",), note("Thủ trưởng", "Họ và tên.")),
    ]
    cells = sign_cells(book, sheet, row, asked, "Ngày văn bản")
    row += len(asked) + 1
    number_and_day(book, sheet, row, cells, book.style("center"))
    signers(book, sheet, row + 2, cells, "NGƯỜI THẨM ĐỊNH", "THỦ TRƯỞNG", 6, book.style("bold", "center", "wrap"))
    sheet.print_area(0, 1, row + 9, 2)
