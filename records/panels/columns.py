"""The columns of a marking workbook (phiếu chấm): writer and reader both go by them."""

from __future__ import annotations

COLUMNS: tuple[tuple[str, float], ...] = (  # head, width in letters; the first stands in column B
    ("Mã tiêu chí", 10),
    ("Mã đối tượng", 10),
    ("Tên đối tượng", 24),
    ("Số liệu đơn vị báo cáo", 30),
    ("Minh chứng", 36),
    ("Đề nghị, giải trình của đơn vị", 24),
    ("Đã chấm", 9),
    ("ĐIỂM", 9),
    ("KHÔNG CHẤM (x)", 9),
    ("LÝ DO", 30),
)
HEADS = tuple(head for head, _ in COLUMNS)
WIDTHS = tuple(width for _, width in COLUMNS)
MARK, OUT, REASON = (HEADS.index(name) + 1 for name in ("ĐIỂM", "KHÔNG CHẤM (x)", "LÝ DO"))  # from 0, column A is 0
INPUTS = (MARK, OUT, REASON)
SIGNED = ("sign:version", "sign:date", "sign:name")
SIGN_VALUE = 2  # from 0: column C of the sheet Ky
