"""The sheets "Huong dan" and "Ky" of a tally: how it is filled in; when and where the meeting was, who counted."""

from __future__ import annotations

from criteria.declarations.movement import Movement
from nominations.council import columns as c
from nominations.council.pack import Pack, source_of
from nominations.council.voting_steps import chair_words
from records.forms.issuing.rules import note
from records.forms.issuing.sheets import Book, height, write_text
from records.forms.layout import SHEETS
from records.workbooks.pages import GUIDE_WIDTHS, SIGN_WIDTHS, Asked, facts, how_to_fill, opening, paragraph, sign_cells

_HOW = (
    "Chỉ điền vào ô nền vàng. Trang Thanh vien: đánh x ai có mặt, ai vắng nhưng đã gửi ý kiến bằng văn bản; chép các bản khai xung "
    "đột lợi ích (mã đối tượng và lý do).",
    "Trang Kiem phieu, mỗi trường hợp một dòng. PHIẾU PHÁT RA là số phiếu mà dòng đó được đánh dấu: số người có mặt trừ người không "
    "được biểu quyết về đối tượng đó. HỢP LỆ = ĐỒNG Ý + KHÔNG ĐỒNG Ý + TRẮNG; phiếu thu về còn lại là không hợp lệ.",
    "Ý kiến bằng văn bản của người vắng ghi ở hai cột VĂN BẢN, không cộng vào phiếu. Ý kiến không ghi rõ là đồng ý thì ghi vào không "
    "đồng ý.",
    "KHÔNG BỎ PHIẾU là số thành viên (cả có mặt và vắng) không được biểu quyết về đối tượng: do phần mềm xác định và do tự khai.",
    "Nhóm bằng nhau: đánh x ở CHỌN cho người được chọn, lấy từ phiếu cao xuống thấp, không quá số còn lại. Số phiếu bằng nhau thì chưa "
    "quyết định được; nếu quyết theo phía chủ tọa thì đánh x cả cột đó và nêu lý do.",
    "Cột Kiểm tra phải là “khớp” ở mọi dòng. Lưu tệp, ký trang Ky, rồi ghi vào sổ: thidua council record.",
)


def write_guide(book: Book, pack: Pack, movement: Movement) -> None:
    sheet = book.sheet(SHEETS["guide"], GUIDE_WIDTHS, landscape=False)
    row = opening(book, sheet, 0, "PHIẾU KIỂM CỦA PHIÊN HỌP", movement, book.stamps)
    body, _ = chair_words(pack.step)
    rule, day = pack.rule, pack.nominated.occasion.day
    told = [
        ("Dịp", pack.nominated.occasion.words),
        ("Bước", pack.step.name),
        ("Số thành viên", str(len(pack.members))),
        ("Số trường hợp", str(len(pack.lines))),
        ("Mẫu số tính tỷ lệ", "tổng số thành viên" if rule.denominator == "members" else "số phiếu thu về"),
        ("Người không được biểu quyết", recusal_words(pack)),
        ("Ý kiến bằng văn bản", "được tính như phiếu" if rule.written else "ghi vào biên bản, không tính vào tỷ lệ"),
        (f"Căn cứ cách họp của {body}", source_of(pack.nominated.file, rule, day) or "không nêu"),
        ("Mã băm cuối sổ ghi", pack.head_words),
    ]
    row = facts(book, sheet, row + 1, told)
    how_to_fill(book, sheet, row + 1, _HOW)


def recusal_words(pack: Pack) -> str:
    """What recusals do to what a share is of."""
    if pack.rule.denominator == "votes":
        return "không có phiếu về đối tượng đó"
    return "trừ khỏi mẫu số" if pack.rule.recusal_lowers else "vẫn tính trong mẫu số"


def write_signature(book: Book, pack: Pack, movement: Movement) -> None:
    sheet = book.sheet(SHEETS["sign"], SIGN_WIDTHS, landscape=False)
    _, chair = chair_words(pack.step)
    row = opening(book, sheet, 0, "KẾT QUẢ KIỂM PHIẾU", movement, book.stamps, widths=SIGN_WIDTHS)
    row = paragraph(
        book, sheet, row, f"{pack.step.name}; {pack.nominated.occasion.words}", "center", widths=SIGN_WIDTHS
    )
    hour = note("Giờ", "Gõ dạng 08 giờ 30.")
    asked: list[Asked] = [
        ("sign:date", "Ngày họp", ("date",), None),
        ("sign:start", "Bắt đầu lúc (08 giờ 30)", ("text",), hour),
        ("sign:end", "Kết thúc lúc (11 giờ 00)", ("text",), hour),
        ("sign:place", "Địa điểm", ("text",), note("Địa điểm", "Nơi họp.")),
        ("sign:secretary", "Người ghi biên bản (chỉ khi thư ký vắng)", ("text",), note("Thư ký", "Họ và tên.")),
        (
            "sign:tellers",
            "Ban kiểm phiếu (họ tên, cách nhau dấu chấm phẩy)",
            ("text",),
            note("Ban kiểm phiếu", "Họ tên."),
        ),
        ("sign:discussion", "Ý kiến thảo luận (nếu ghi vào biên bản)", ("text",), note("Ý kiến", "Không bắt buộc.")),
    ]
    row += 1
    sign_cells(book, sheet, row, asked, "Ngày họp")
    for place in range(row, row + len(asked)):
        sheet.set_row(place, 20)
    sheet.set_row(row + len(asked) - 1, 90)
    if pack.place:
        write_text(sheet, row + 3, c.SIGN_VALUE, pack.place, book.style("cell", "input", "text"))
    if pack.day is not None:
        sheet.write_datetime(row, c.SIGN_VALUE, pack.day, book.style("cell", "input", "date"))
    row += len(asked) + 1
    centred = book.style("bold", "center")
    for column, who in ((1, "BAN KIỂM PHIẾU"), (2, chair.upper())):
        write_text(sheet, row, column, who, centred)
        write_text(sheet, row + 1, column, "(Ký, ghi rõ họ tên)", book.style("italic", "center"))
    head = f"Mã băm cuối sổ ghi trước phiên họp: {pack.head_words}"
    row = paragraph(book, sheet, row + 8, head, "small", widths=SIGN_WIDTHS)
    sheet.set_row(row - 1, height([head], [sum(SIGN_WIDTHS)]) + 5)
