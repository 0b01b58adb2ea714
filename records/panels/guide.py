"""The sheets "Huong dan" and "Ky" of a marking workbook: who marks, whom he may not, how to fill in; what is signed."""

from __future__ import annotations

from typing import Any

from records.forms.issuing.rules import day_rule, whole_rule
from records.forms.issuing.sheets import Book, a1, height, write_text
from records.forms.issuing.texts import period_words
from records.forms.layout import SHEETS
from records.panels.columns import SIGN_VALUE
from records.panels.content import MarkContent

_WIDTHS = (24.0, 66.0)
_SIGN_WIDTHS = (43.0, 47.0)
_HOW = (
    "Mỗi bộ tiêu chí một trang; mỗi tiêu chí một khối: nội dung, thang điểm, mô tả từng mức, rồi mỗi đối tượng một dòng.",
    "Chỉ điền vào ô nền vàng. Cột ĐIỂM: số nằm đúng trên bước của thang điểm, viết liền, ví dụ 4,25. Điểm giữa hai mức có mô tả "
    "được phép nếu đúng bước.",
    "Xin không chấm một đối tượng (vì có liên quan, vì không đủ chuyên môn): để trống ĐIỂM, đánh x ở KHÔNG CHẤM, nêu LÝ DO. Không "
    "chấm không phải là 0 điểm.",
    "Để trống cả hai là chưa chấm; có thể gửi nhiều lần, mỗi lần điền thêm và tăng lần gửi.",
    "Đổi điểm đã gửi: ghi điểm mới và LÝ DO, tăng lần gửi; được đến khi kết luận tiêu chí.",
    "Minh chứng hạn chế chỉ có số, ngày: xem tại đơn vị. Tệp minh chứng khác hỏi thường trực.",
    "Điểm của người chấm khác không hiện ở đây và chỉ mở khi mọi người đã chấm xong hoặc đã kết luận.",
    "Trang “{sign}”: lần gửi, ngày, họ tên; in ra để ký. Không đổi tên trang, không xóa dòng, cột. Lưu tệp dạng .xlsx.",
)


def write_guide(book: Book, content: MarkContent) -> None:
    """The whole sheet, on A4 upright."""
    sheet = book.sheet(SHEETS["guide"], _WIDTHS, landscape=False)
    member = content.member
    row = _opening(book, sheet, content, "PHIẾU CHẤM CỦA THÀNH VIÊN HỘI ĐỒNG", _WIDTHS)
    period = period_words(content.round.window)
    facts = [
        ("Người chấm", f"{member.name} (mã {member.id})"),
        ("Hội đồng", f"{content.panel} (mã {member.table}); {member.document}"),
        ("Kỳ", f"{period[:1].upper()}{period[1:]}"),
        ("Số dòng cần chấm", str(len(content.cases))),
        ("Lần gửi lần này", str(content.version)),
    ]
    for name, value in facts:
        row = _pair(book, sheet, row, name, value)
    if content.excluded:
        row = _paragraph(book, sheet, row + 1, "KHÔNG ĐƯỢC CHẤM (đã bỏ khỏi phiếu)", ("heading", "wrap"))
        for candidate, why in content.excluded:
            row = _pair(book, sheet, row, candidate.id, f"{candidate.name}: {why}")
    row = _paragraph(book, sheet, row + 1, "CÁCH ĐIỀN", ("heading", "wrap"))
    for number, text in enumerate(_HOW, 1):
        row = _paragraph(book, sheet, row, f"{number}. {text.format(**SHEETS)}", ("wrap",))
    sheet.print_area(0, 1, row, 2)


def write_signature(book: Book, content: MarkContent) -> None:
    """The sheet "Ky", on A4 upright."""
    sheet = book.sheet(SHEETS["sign"], _SIGN_WIDTHS, landscape=False)
    row = _opening(book, sheet, content, "PHIẾU CHẤM CỦA THÀNH VIÊN HỘI ĐỒNG", _SIGN_WIDTHS)
    version = f"Lần này là {content.version}; gửi lại thì tăng 1."
    asked: list[tuple[str, str, tuple[str, ...], Any]] = [
        ("sign:version", "Lần gửi", ("n:0", "center"), whole_rule("Lần gửi", version)),
        ("sign:date", "Ngày ký", ("date",), None),
    ]
    for key, label, look, rule in asked:
        write_text(sheet, row, 0, key, book.style())
        write_text(sheet, row, 1, label, book.style("cell", "middle"))
        sheet.write_blank(row, SIGN_VALUE, None, book.style("cell", "input", *look))
        dated = day_rule(a1(row, SIGN_VALUE), "Ngày ký", "Gõ dạng 30/06/2026.")
        sheet.data_validation(row, SIGN_VALUE, row, SIGN_VALUE, rule or dated)
        sheet.set_row(row, 18)
        row += 1
    write_text(sheet, row, 0, "sign:name", book.style())
    write_text(sheet, row, 1, "Người chấm", book.style("cell", "middle"))
    write_text(sheet, row, SIGN_VALUE, content.member.name, book.style("cell", "center"))
    sheet.set_row(row, height([content.member.name], [_SIGN_WIDTHS[1]]) + 3)
    row += 2
    write_text(sheet, row, SIGN_VALUE, "NGƯỜI CHẤM", book.style("bold", "center", "wrap"))
    write_text(sheet, row + 1, SIGN_VALUE, "(Ký, ghi rõ họ tên)", book.style("italic", "center"))
    write_text(sheet, row + 6, SIGN_VALUE, content.member.name, book.style("bold", "center", "wrap"))
    sheet.print_area(0, 1, row + 7, 2)


def _opening(book: Book, sheet: Any, content: MarkContent, title: str, widths: tuple[float, ...]) -> int:
    movement = " ".join((content.movement.full_name or content.movement.name).split())
    row = 0
    for text, look in ((title, "title"), (movement, "bold"), *((one, "stamp") for one in content.stamps)):
        style = book.style(look, "center", "wrap")
        sheet.merge_range(row, 1, row, 2, "", style)
        sheet.write_string(row, 1, text, style)
        sheet.set_row(row, height([text], [sum(widths)], bold=True) + 6)
        row += 1
    return row + 1


def _pair(book: Book, sheet: Any, row: int, name: str, value: str) -> int:
    write_text(sheet, row, 1, name, book.style("cell", "bold"))
    write_text(sheet, row, 2, value, book.style("cell"))
    sheet.set_row(row, height([name, value], _WIDTHS) + 3)
    return row + 1


def _paragraph(book: Book, sheet: Any, row: int, text: str, look: tuple[str, ...]) -> int:
    style = book.style(*look)
    sheet.merge_range(row, 1, row, 2, "", style)
    sheet.write_string(row, 1, text, style)
    sheet.set_row(row, height([text], [sum(_WIDTHS)], bold="heading" in look) + 5)
    return row + 1
