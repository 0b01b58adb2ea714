"""The sheets "Huong dan" and "Ky" of a marking workbook: who marks, whom he may not, how to fill in; what is signed."""

from __future__ import annotations

from records.forms.issuing.rules import whole_rule
from records.forms.issuing.sheets import Book, height, write_text
from records.forms.issuing.texts import period_words
from records.forms.layout import SHEETS
from records.panels.columns import SIGN_VALUE
from records.panels.content import MarkContent
from records.workbooks.pages import (
    GUIDE_WIDTHS,
    SIGN_WIDTHS,
    Asked,
    facts,
    how_to_fill,
    opening,
    paragraph,
    sign_cells,
)

_TITLE = "PHIẾU CHẤM CỦA THÀNH VIÊN HỘI ĐỒNG"
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
    sheet = book.sheet(SHEETS["guide"], GUIDE_WIDTHS, landscape=False)
    member = content.member
    row = opening(book, sheet, 0, _TITLE, content.movement, content.stamps, spare=6)
    period = period_words(content.round.window)
    told = [
        ("Người chấm", f"{member.name} (mã {member.id})"),
        ("Hội đồng", f"{content.panel} (mã {member.table}); {member.document}"),
        ("Kỳ", f"{period[:1].upper()}{period[1:]}"),
        ("Số dòng cần chấm", str(len(content.cases))),
        ("Lần gửi lần này", str(content.version)),
    ]
    row = facts(book, sheet, row + 1, told)
    if content.excluded:
        row = paragraph(book, sheet, row + 1, "KHÔNG ĐƯỢC CHẤM (đã bỏ khỏi phiếu)", "heading")
        row = facts(book, sheet, row, [(who.id, f"{who.name}: {why}") for who, why in content.excluded])
    row = how_to_fill(book, sheet, row + 1, [text.format(**SHEETS) for text in _HOW])
    sheet.print_area(0, 1, row, 2)


def write_signature(book: Book, content: MarkContent) -> None:
    """The sheet "Ky", on A4 upright."""
    sheet = book.sheet(SHEETS["sign"], SIGN_WIDTHS, landscape=False)
    row = opening(book, sheet, 0, _TITLE, content.movement, content.stamps, SIGN_WIDTHS, spare=6) + 1
    version = f"Lần này là {content.version}; gửi lại thì tăng 1."
    asked: list[Asked] = [
        ("sign:version", "Lần gửi", ("n:0", "center"), whole_rule("Lần gửi", version)),
        ("sign:date", "Ngày ký", ("date",), None),
    ]
    row += len(sign_cells(book, sheet, row, asked, "Ngày ký"))
    write_text(sheet, row, 0, "sign:name", book.style())
    write_text(sheet, row, 1, "Người chấm", book.style("cell", "middle"))
    write_text(sheet, row, SIGN_VALUE, content.member.name, book.style("cell", "center"))
    sheet.set_row(row, height([content.member.name], [SIGN_WIDTHS[1]]) + 3)
    row += 2
    write_text(sheet, row, SIGN_VALUE, "NGƯỜI CHẤM", book.style("bold", "center", "wrap"))
    write_text(sheet, row + 1, SIGN_VALUE, "(Ký, ghi rõ họ tên)", book.style("italic", "center"))
    write_text(sheet, row + 6, SIGN_VALUE, content.member.name, book.style("bold", "center", "wrap"))
    sheet.print_area(0, 1, row + 7, 2)
