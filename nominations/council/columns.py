"""The columns of a tally (phiếu kiểm): writer and reader both go by them. The first stands in column B."""

from __future__ import annotations

KIND, FORMAT = "council", "1"
TALLY, MEMBERS = "Kiem phieu", "Thanh vien"  # names of the sheets
COLUMNS: tuple[tuple[str, float], ...] = (  # head, width in letters
    ("STT", 5),
    ("Mã", 9),
    ("Đối tượng", 29),
    ("Trạng thái", 19),
    ("Thành viên không được biểu quyết", 12),
    ("PHIẾU PHÁT RA", 7.5),
    ("PHIẾU THU VỀ", 7.5),
    ("PHIẾU HỢP LỆ", 7.5),
    ("ĐỒNG Ý", 7.5),
    ("KHÔNG ĐỒNG Ý", 7.5),
    ("PHIẾU TRẮNG", 7.5),
    ("VĂN BẢN ĐỒNG Ý", 8.5),
    ("VĂN BẢN KHÔNG ĐỒNG Ý", 8.5),
    ("KHÔNG BỎ PHIẾU (xung đột)", 9),
    ("CHỌN (x)", 7.5),
    ("THEO PHÍA CHỦ TỌA (x)", 8.5),
    ("LÝ DO", 18),
    ("Kết quả", 9),
    ("Kiểm tra", 22),
)
HEADS = tuple(head for head, _ in COLUMNS)
WIDTHS = tuple(width for _, width in COLUMNS)


def _place(head: str) -> int:
    return HEADS.index(head) + 1  # from 0; column A is 0


STATE, RECUSED = _place("Trạng thái"), _place("Thành viên không được biểu quyết")
ISSUED, COLLECTED, VALID = _place("PHIẾU PHÁT RA"), _place("PHIẾU THU VỀ"), _place("PHIẾU HỢP LỆ")
YES, NO, BLANK = _place("ĐỒNG Ý"), _place("KHÔNG ĐỒNG Ý"), _place("PHIẾU TRẮNG")
WRITTEN_YES, WRITTEN_NO = _place("VĂN BẢN ĐỒNG Ý"), _place("VĂN BẢN KHÔNG ĐỒNG Ý")
OUT = _place("KHÔNG BỎ PHIẾU (xung đột)")
CHOSEN, CHAIRS_SIDE, REASON = _place("CHỌN (x)"), _place("THEO PHÍA CHỦ TỌA (x)"), _place("LÝ DO")
RESULT, CHECK = _place("Kết quả"), _place("Kiểm tra")
COUNTS = (ISSUED, COLLECTED, VALID, YES, NO, BLANK, WRITTEN_YES, WRITTEN_NO, OUT)
INPUTS = (*COUNTS, CHOSEN, CHAIRS_SIDE, REASON)

MEMBER_COLUMNS: tuple[tuple[str, float], ...] = (
    ("Số", 5),
    ("Họ và tên", 24),
    ("Chức vụ", 24),
    ("Cơ quan", 27),
    ("Vai trò", 11),
    ("Không được biểu quyết về", 24),
    ("CÓ MẶT (x)", 8),
    ("VẮNG, CÓ Ý KIẾN BẰNG VĂN BẢN (x)", 12),
    ("KHAI XUNG ĐỘT VỚI (mã đối tượng; mã …)", 19),
    ("LÝ DO XUNG ĐỘT", 24),
    ("Kiểm tra", 15),
)
MEMBER_HEADS = tuple(head for head, _ in MEMBER_COLUMNS)
MEMBER_WIDTHS = tuple(width for _, width in MEMBER_COLUMNS)
HERE, WROTE, DECLARED, WHY, MEMBER_CHECK = (place + 1 for place in (6, 7, 8, 9, 10))
MEMBER_INPUTS = (HERE, WROTE, DECLARED, WHY)

SIGNED = ("sign:date", "sign:start", "sign:end", "sign:place", "sign:secretary", "sign:tellers", "sign:discussion")
SIGN_VALUE = 2  # from 0: column C of the sheet Ky
MATCHES = "khớp"
