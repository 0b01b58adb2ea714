"""The columns of a verification workbook and the words of its input cells: writer and reader both go by them."""

from __future__ import annotations

COLUMNS: tuple[tuple[str, float], ...] = (  # head, width in letters; the first stands in column B
    ("Mã tiêu chí", 9),
    ("Nội dung tiêu chí", 30),
    ("Mã đối tượng", 9),
    ("Tên đối tượng", 22),
    ("Chỉ tiêu", 28),
    ("Đơn vị tính", 11),
    ("Số liệu đơn vị khai", 16),
    ("Kỳ trước", 10),
    ("Điểm tự chấm", 8),
    ("Điểm tối đa", 8),
    ("Đề nghị không áp dụng, giải trình", 24),
    ("Minh chứng", 38),
    ("Lưu ý", 34),
    ("KẾT LUẬN", 12),
    ("Số liệu thẩm định", 13),
    ("LÝ DO", 26),
    ("Văn bản (số, ngày)", 16),
)
HEADS = tuple(head for head, _ in COLUMNS)
WIDTHS = tuple(width for _, width in COLUMNS)
CONCLUSION, FIGURE, REASON, DOCUMENT = (HEADS.index(name) + 1 for name in HEADS[13:])  # from 0, column A is 0
PREVIOUS = HEADS.index("Kỳ trước") + 1
INPUTS = (CONCLUSION, FIGURE, REASON, DOCUMENT)

ACCEPT, CORRECT, SEND_BACK, LEAVE_OUT = "chấp nhận", "sửa", "trả lại", "không áp dụng"
WORDS = {ACCEPT: "accept", CORRECT: "correct", SEND_BACK: "send_back", LEAVE_OUT: "leave_out"}
BY_REGISTER, BY_UNIT = "theo sổ", "theo đơn vị"  # how a dispute about the task register is settled

ALL_KEY = "all"  # the row with the cell that accepts whatever is left blank
ALL_LABEL = "Chấp nhận mọi tiêu chí còn để trống (đánh x)"
ALL_COLUMN = 4  # from 0: column E
