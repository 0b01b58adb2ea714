"""Columns of the workbook in which bodies tell their models, under any of the names that people write above them."""

from __future__ import annotations

NAMES: dict[str, tuple[str, ...]] = {
    "unit": ("đơn vị", "mã đơn vị", "cơ quan", "tên đơn vị"),
    "kind": ("loại", "phân loại"),
    "name": ("tên", "tên mô hình", "tên mô hình, cách làm"),
    "person": ("mã cá nhân", "cá nhân"),
    "tags": ("nội dung", "nội dung phong trào"),
    "summary": ("tóm tắt", "mô tả tóm tắt"),
    "result": ("kết quả", "hiệu quả"),
    "document": ("số văn bản", "văn bản giới thiệu", "số, ký hiệu"),
    "document_day": ("ngày văn bản",),
    "issuer": ("cơ quan ban hành", "nơi ban hành"),
    "since": ("áp dụng từ", "thực hiện từ", "từ ngày"),
    "public": ("đồng ý tuyên truyền", "đồng ý công khai"),
    "illustration": ("số liệu minh họa",),  # a stamp of the workbook, not a field
}
NEEDED = (*((name,) for name in NAMES if name not in ("person", "name", "illustration")), ("name", "person"))
LONGEST_SUMMARY = 500  # letters
LONGEST_NAME = 200
TITLES: dict[str, tuple[str, float]] = {  # heads of the blank workbook, widths
    "unit": ("Đơn vị (mã hoặc tên)", 24),
    "kind": ("Loại", 20),
    "name": ("Tên mô hình, cách làm (cá nhân để trống)", 34),
    "person": ("Mã cá nhân (chỉ gương cá nhân)", 14),
    "tags": ("Nội dung (mã, cách nhau dấu chấm phẩy)", 20),
    "summary": ("Tóm tắt (nhiều nhất 500 ký tự)", 50),
    "result": ("Kết quả", 34),
    "document": ("Số văn bản", 16),
    "document_day": ("Ngày văn bản", 13),
    "issuer": ("Cơ quan ban hành", 22),
    "since": ("Áp dụng từ", 13),
    "public": ("Đồng ý tuyên truyền (có, không)", 14),
}
