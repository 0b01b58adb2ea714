"""The sheet "Giai trinh" of a return form: its columns and keys. Writer and reader both go by them."""

from __future__ import annotations

SHEET = "Giai trinh"
COLUMNS: tuple[tuple[str, float], ...] = (  # head, width in letters; the first stands in column B
    ("Mã tiêu chí", 11),
    ("Nội dung tiêu chí, chỉ tiêu", 36),
    ("Mã đối tượng", 9),
    ("Tên đối tượng", 20),
    ("Đơn vị tính", 9),
    ("Điểm tự chấm", 9),
    ("Điểm tối đa", 9),
    ("Cơ quan trả lại, ngày", 21),
    ("Lý do trả lại", 34),
    ("Hạn giải trình", 11),
    ("Số liệu đã khai", 14),
    ("SỐ LIỆU MỚI", 14),
    ("Rút đề nghị không áp dụng (x)", 12),
    ("GIẢI TRÌNH", 44),
)
HEADS = tuple(head for head, _ in COLUMNS)
WIDTHS = tuple(width for _, width in COLUMNS)
(
    CRITERION,
    TEXT,
    CANDIDATE,
    NAME,
    UNIT,
    POINTS,
    MAXIMUM,
    ASKED_BY,
    ASKED_WHY,
    DEADLINE,
    KNOWN,
    NEW,
    WITHDRAW,
    WHY,
) = range(1, len(COLUMNS) + 1)  # from 0, column A is 0
INPUTS = (NEW, WITHDRAW, WHY)


def case_key(candidate: str, criterion: str) -> str:
    """The key of the row of a criterion; its figures stand below it under KEY/measure:NAME."""
    return f"{candidate}/{criterion}"
