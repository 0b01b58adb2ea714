"""The sheets "Huong dan" and "Ky" of a verification workbook: which body, until when, how to fill in; what is signed."""

from __future__ import annotations

from records.forms.issuing.rules import note, whole_rule
from records.forms.issuing.sheets import Book, height, write_text
from records.forms.issuing.texts import period_words
from records.forms.layout import SHEETS
from records.review.content import ReviewContent
from records.workbooks.pages import (
    GUIDE_WIDTHS,
    LABEL,
    SIGN_WIDTHS,
    VALUE,
    Asked,
    facts,
    how_to_fill,
    number_and_day,
    opening,
    sign_cells,
    signers,
)

_HOW = (
    "Mỗi bộ tiêu chí một trang; chỉ có tiêu chí và đối tượng do cơ quan này thẩm định. Dòng nền xanh nhạt là một tiêu chí của một "
    "đối tượng; các dòng ngay dưới là số liệu của tiêu chí đó. Lọc theo mã tiêu chí hoặc mã đối tượng ở dòng tiêu đề.",
    "Chỉ điền vào ô nền vàng. Ô khác đã khóa; sửa ô khóa không có tác dụng. Ô nền xám là số liệu do nơi khác thẩm định hoặc lấy từ "
    "bộ chỉ số, mốc, sổ nhiệm vụ: sai thì báo thường trực sửa ở nơi đã nhập.",
    "Cột KẾT LUẬN, chọn một: “chấp nhận” – đúng như đơn vị khai, kể cả đề nghị không áp dụng; “sửa” – ghi số liệu thẩm định ở dòng "
    "số liệu bên dưới và lý do; “trả lại” – đơn vị phải giải trình, nêu lý do; “không áp dụng” – nêu lý do và văn bản.",
    "Để trống là chưa kết luận: không có gì thay đổi, có thể gửi biểu nhiều lần, mỗi lần điền thêm và tăng lần gửi.",
    "Ô “Chấp nhận mọi tiêu chí còn để trống” ở đầu mỗi trang: đánh x thì không phải chọn từng dòng. Tiêu chí thiếu số liệu, có đề "
    "nghị không áp dụng hoặc có ý kiến về sổ nhiệm vụ chưa giải quyết không được tính theo ô này, phải kết luận riêng.",
    "Số liệu thẩm định gõ như trong biểu tự chấm: số viết liền, 87,25 không gõ dấu %, ngày 30/06/2026; ô có, không và ô mức chọn "
    "trong danh sách. Chỉ ghi số nào khác số đơn vị khai.",
    "Dòng ý kiến về sổ nhiệm vụ: chọn “theo sổ” hoặc “theo đơn vị”. “Theo đơn vị” thì ngày hoàn thành và văn bản đơn vị nêu được ghi "
    "vào sổ nhiệm vụ, cơ quan thẩm định chịu trách nhiệm.",
    "Minh chứng hạn chế chỉ có số, ngày: xem tại đơn vị. Tệp minh chứng khác hỏi cơ quan gửi biểu này.",
    "Kết luận rồi mà sửa lại: chọn kết luận mới, nêu lý do, tăng lần gửi. Đã trả lại thì chờ đơn vị giải trình.",
    "Trang “{sign}”: lần gửi (lần đầu là 1), số và ngày văn bản, người thẩm định, thủ trưởng; in ra để ký, đóng dấu.",
    "Không đổi tên trang, không xóa dòng, cột. Lưu tệp dạng .xlsx.",
)


def write_guide(book: Book, review: ReviewContent) -> None:
    """The whole sheet, on A4 upright."""
    sheet = book.sheet(SHEETS["guide"], GUIDE_WIDTHS, landscape=False)
    row = opening(book, sheet, 0, "BIỂU THẨM ĐỊNH", review.movement, review.stamps)
    period = period_words(review.round.window)
    told = [
        ("Cơ quan thẩm định", f"{review.body_name} (mã {review.body})"),
        ("Kỳ", f"{period[:1].upper()}{period[1:]}"),
        ("Ngày giao biểu", f"{review.day:%d/%m/%Y}"),
        ("Hạn gửi lại", f"{review.deadline:%d/%m/%Y}" if review.deadline else "theo văn bản giao biểu"),
        ("Số tiêu chí cần xem", str(len(review.cases))),
        ("Số đối tượng", str(len({case.candidate.id for case in review.cases}))),
    ]
    row = facts(book, sheet, row + 1, told)
    row = how_to_fill(book, sheet, row + 1, [text.format(**SHEETS) for text in _HOW])
    sheet.print_area(0, 1, row, 2)


def write_signature(book: Book, review: ReviewContent) -> None:
    """The sheet "Ky", on A4 upright, with the keys of the forms' own."""
    sheet = book.sheet(SHEETS["sign"], SIGN_WIDTHS, landscape=False)
    name = review.body_name.upper()
    bold = book.style("bold", "center", "wrap")
    write_text(sheet, 0, LABEL, name, bold)
    write_text(sheet, 0, VALUE, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", book.style("bold", "center"))
    write_text(sheet, 1, VALUE, "Độc lập - Tự do - Hạnh phúc", book.style("bold", "center", "underline"))
    sheet.set_row(0, height([name], [SIGN_WIDTHS[0] * 0.85], bold=True) + 3)
    also = [f"Kỳ: {period_words(review.round.window)}"]
    row = opening(book, sheet, 5, "KẾT QUẢ THẨM ĐỊNH", review.movement, review.stamps, SIGN_WIDTHS, spare=6, also=also)
    cells = sign_cells(book, sheet, row + 1, _asked())
    number_and_day(book, sheet, 3, cells, book.style("center", "wrap"))
    row += len(cells) + 3
    signers(book, sheet, row, cells, "NGƯỜI THẨM ĐỊNH", "THỦ TRƯỞNG CƠ QUAN THẨM ĐỊNH", 6, bold)
    sheet.print_area(0, 1, row + 7, 2)


def _asked() -> list[Asked]:
    """What is typed in before it is signed."""
    message = "Lần đầu là 1; gửi lại thì tăng 1."
    return [
        ("sign:version", "Lần gửi", ("n:0", "center"), whole_rule("Lần gửi", message)),
        ("sign:number", "Số văn bản gửi", ("text", "center"), note("Số văn bản gửi", "Số, ký hiệu của văn bản.")),
        ("sign:date", "Ngày văn bản gửi", ("date",), None),
        ("sign:compiled_by", "Người thẩm định (họ và tên)", ("text", "center"), note("Người thẩm định", "Họ và tên.")),
        ("sign:head", "Thủ trưởng (họ và tên)", ("text", "center"), note("Thủ trưởng", "Họ và tên người ký.")),
    ]
