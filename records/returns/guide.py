"""The sheet "Huong dan" of a return form: whose, which round, until when, how to fill in."""

from __future__ import annotations

from records.forms.issuing.sheets import Book
from records.forms.issuing.texts import period_words
from records.forms.layout import SHEETS
from records.returns.columns import SHEET
from records.returns.content import ReturnContent
from records.workbooks.pages import GUIDE_WIDTHS, facts, how_to_fill, opening

_HOW = (
    "Trang “{form}” chỉ có các tiêu chí cơ quan thẩm định trả lại, kèm lý do và hạn giải trình. Dòng nền xanh nhạt là tiêu chí; các "
    "dòng ngay dưới là số liệu của tiêu chí đó. Chỉ điền ô nền vàng; ô khác đã khóa, sửa ô khóa không có tác dụng.",
    "Cột GIẢI TRÌNH: bắt buộc ở mỗi tiêu chí có trả lời. Trả lời thẳng vào lý do trả lại, nêu văn bản làm căn cứ.",
    "Cột SỐ LIỆU MỚI: chỉ ghi khi sửa số liệu; để trống nghĩa là giữ số ở cột Số liệu đã khai. Số gõ liền, 87,25 không gõ dấu %, "
    "ngày 30/06/2026; ô có, không và ô mức chọn trong danh sách.",
    "Tiêu chí đã đề nghị không áp dụng: giữ đề nghị thì chỉ giải trình; rút đề nghị thì đánh x ở cột Rút đề nghị và ghi đủ số liệu. "
    "Muốn đề nghị không áp dụng thì nêu ở ô giải trình, không ghi KAD ở ô số liệu: cơ quan thẩm định quyết định.",
    "Trang “{evidence}”: mỗi văn bản bổ sung một dòng, ghi đúng mã tiêu chí, chọn loại. Tệp đặt trong thư mục minh-chung nằm cạnh tệp "
    "biểu này; cột Tệp chỉ ghi tên tệp. Văn bản mật hoặc hạn chế: đánh x, không ghi nội dung, không gửi tệp.",
    "Không phải trả lời mọi tiêu chí một lần: tiêu chí để trống vẫn chờ giải trình, gửi lần sau thì tăng lần gửi. Tiêu chí đã gửi "
    "giải trình thì không sửa được nữa, trừ khi bị trả lại lần nữa (khi đó có biểu giải trình mới).",
    "Quá hạn vẫn nhận, nhưng ghi rõ số ngày quá hạn. Xin gia hạn: gửi văn bản nêu lý do trước khi hết hạn.",
    "Trang “{sign}”: lần gửi (lần đầu là 1), số và ngày văn bản gửi, người lập, thủ trưởng; in ra để ký, đóng dấu. Không đổi tên "
    "trang, không xóa dòng, cột. Lưu tệp dạng .xlsx.",
)


def write_guide(book: Book, content: ReturnContent) -> None:
    """The whole sheet, on A4 upright."""
    sheet = book.sheet(SHEETS["guide"], GUIDE_WIDTHS, landscape=False)
    row = opening(book, sheet, 0, content.title, content.movement, content.stamps)
    row = facts(book, sheet, row + 1, _facts(content))
    named = {name: SHEETS[name] for name in ("evidence", "sign")}
    row = how_to_fill(book, sheet, row + 1, [text.format(form=SHEET, **named) for text in _HOW])
    sheet.print_area(0, 1, row, 2)


def _facts(content: ReturnContent) -> list[tuple[str, str]]:
    period = period_words(content.round.window)
    days = content.deadlines
    deadline = f"{days[0]:%d/%m/%Y}" if days else "theo văn bản của cơ quan thẩm định"
    if len(days) > 1:
        deadline = f"từ {days[0]:%d/%m/%Y} đến {days[-1]:%d/%m/%Y}, theo từng tiêu chí"
    bodies = list(dict.fromkeys(case.body_name for case in content.cases))
    told = [
        ("Cơ quan lập biểu" if content.batch else "Đơn vị", f"{content.owner_name} (mã {content.owner})"),
        ("Kỳ", f"{period[:1].upper()}{period[1:]}"),
        ("Cơ quan trả lại", "; ".join(bodies)),
        ("Số tiêu chí trả lại", str(len(content.cases))),
        ("Hạn giải trình", deadline),
    ]
    return [*told, ("Số đối tượng", str(len(content.candidates)))] if content.batch else told
