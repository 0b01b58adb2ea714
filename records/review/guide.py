"""The sheets "Huong dan" and "Ky" of a verification workbook: which body, until when, how to fill in; what is signed."""

from __future__ import annotations

from typing import Any

from records.forms.issuing.rules import day_rule, note, whole_rule
from records.forms.issuing.sheets import Book, a1, height, write_formula, write_text
from records.forms.issuing.texts import period_words
from records.forms.layout import SHEETS
from records.review.content import ReviewContent

_WIDTHS = (24.0, 66.0)
_SIGN_WIDTHS = (43.0, 47.0)
_LABEL, _VALUE = 1, 2
_DOTS = "……………………, ngày …… tháng …… năm …………"
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
    sheet = book.sheet(SHEETS["guide"], _WIDTHS, landscape=False)
    movement = " ".join((review.movement.full_name or review.movement.name).split())
    row = 0
    for text, look in (("BIỂU THẨM ĐỊNH", "title"), (movement, "bold"), *((one, "stamp") for one in review.stamps)):
        row = _paragraph(book, sheet, row, text, book.style(look, "center", "wrap"), bold=True)
    row += 1
    period = period_words(review.round.window)
    facts = [
        ("Cơ quan thẩm định", f"{review.body_name} (mã {review.body})"),
        ("Kỳ", f"{period[:1].upper()}{period[1:]}"),
        ("Ngày giao biểu", f"{review.day:%d/%m/%Y}"),
        ("Hạn gửi lại", f"{review.deadline:%d/%m/%Y}" if review.deadline else "theo văn bản giao biểu"),
        ("Số tiêu chí cần xem", str(len(review.cases))),
        ("Số đối tượng", str(len({case.candidate.id for case in review.cases}))),
    ]
    for name, value in facts:
        write_text(sheet, row, 1, name, book.style("cell", "bold"))
        write_text(sheet, row, 2, value, book.style("cell"))
        sheet.set_row(row, height([name, value], _WIDTHS) + 3)
        row += 1
    row = _paragraph(book, sheet, row + 1, "CÁCH ĐIỀN", book.style("heading", "wrap"), bold=True)
    for number, text in enumerate(_HOW, 1):
        row = _paragraph(book, sheet, row, f"{number}. {text.format(**SHEETS)}", book.style("wrap"))
    sheet.print_area(0, 1, row, 2)


def _paragraph(book: Book, sheet: Any, row: int, text: str, style: Any, *, bold: bool = False) -> int:
    sheet.merge_range(row, 1, row, 2, "", style)
    sheet.write_string(row, 1, text, style)
    sheet.set_row(row, height([text], [sum(_WIDTHS)], bold=bold) + 5)
    return row + 1


def write_signature(book: Book, review: ReviewContent) -> None:
    """The sheet "Ky", on A4 upright, with the keys of the forms' own."""
    sheet = book.sheet(SHEETS["sign"], _SIGN_WIDTHS, landscape=False)
    name = review.body_name.upper()
    centred, bold = book.style("center", "wrap"), book.style("bold", "center", "wrap")
    write_text(sheet, 0, _LABEL, name, bold)
    write_text(sheet, 0, _VALUE, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", book.style("bold", "center"))
    write_text(sheet, 1, _VALUE, "Độc lập - Tự do - Hạnh phúc", book.style("bold", "center", "underline"))
    sheet.set_row(0, height([name], [_SIGN_WIDTHS[0] * 0.85], bold=True) + 3)
    place, row = 3, 5
    movement = " ".join((review.movement.full_name or review.movement.name).split())
    lines = [
        ("KẾT QUẢ THẨM ĐỊNH", "title"),
        (movement, "bold"),
        (f"Kỳ: {period_words(review.round.window)}", "bold"),
        *((stamp, "stamp") for stamp in review.stamps),
    ]
    for text, look in lines:
        style = book.style(look, "center", "wrap")
        sheet.merge_range(row, _LABEL, row, _VALUE, "", style)
        sheet.write_string(row, _LABEL, text, style)
        sheet.set_row(row, height([text], [sum(_SIGN_WIDTHS)], bold=True) + 6)
        row += 1
    cells = _inputs(book, sheet, row + 1)
    day, number = cells["sign:date"], cells["sign:number"]
    dated = (
        f'IF(ISNUMBER({day}),"……………………, ngày "&TEXT(DAY({day}),"00")&" tháng "&'
        f'IF(MONTH({day})<3,"0","")&MONTH({day})&" năm "&YEAR({day}),"{_DOTS}")'
    )
    numbered = f'IF({number}="","Số: ……………",CONCATENATE("Số: ",{number}))'
    write_formula(sheet, place, _LABEL, numbered, centred, "Số: ……………")
    write_formula(sheet, place, _VALUE, dated, book.style("italic", "center"), _DOTS)
    row += len(cells) + 3
    for column, who, how, key in (
        (_LABEL, "NGƯỜI THẨM ĐỊNH", "(Ký, ghi rõ họ tên)", "sign:compiled_by"),
        (_VALUE, "THỦ TRƯỞNG CƠ QUAN THẨM ĐỊNH", "(Ký, ghi rõ họ tên, đóng dấu)", "sign:head"),
    ):
        write_text(sheet, row, column, who, bold)
        write_text(sheet, row + 1, column, how, book.style("italic", "center"))
        write_formula(sheet, row + 6, column, f'IF({cells[key]}="","",{cells[key]})', bold, "")
    sheet.print_area(0, 1, row + 7, 2)


def _inputs(book: Book, sheet: Any, row: int) -> dict[str, str]:
    """The input cells by key; column A holds the keys."""
    message = "Lần đầu là 1; gửi lại thì tăng 1."
    asked: list[tuple[str, str, tuple[str, ...], Any]] = [
        ("sign:version", "Lần gửi", ("n:0", "center"), whole_rule("Lần gửi", message)),
        ("sign:number", "Số văn bản gửi", ("text", "center"), note("Số văn bản gửi", "Số, ký hiệu của văn bản.")),
        ("sign:date", "Ngày văn bản gửi", ("date",), None),
        ("sign:compiled_by", "Người thẩm định (họ và tên)", ("text", "center"), note("Người thẩm định", "Họ và tên.")),
        ("sign:head", "Thủ trưởng (họ và tên)", ("text", "center"), note("Thủ trưởng", "Họ và tên người ký.")),
    ]
    cells: dict[str, str] = {}
    for place, (key, label, look, rule) in enumerate(asked, row):
        cells[key] = a1(place, _VALUE)
        write_text(sheet, place, 0, key, book.style())
        write_text(sheet, place, _LABEL, label, book.style("cell", "middle"))
        sheet.write_blank(place, _VALUE, None, book.style("cell", "input", *look))
        sheet.set_row(place, 18)
        dated = day_rule(cells[key], "Ngày văn bản gửi", "Gõ dạng 30/06/2026.")
        sheet.data_validation(place, _VALUE, place, _VALUE, rule or dated)
    return cells
