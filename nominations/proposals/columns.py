"""Sheets, columns and keys of a proposal workbook (biểu đề nghị khen thưởng): writer and reader both go by them."""

from __future__ import annotations

PROPOSAL = "proposal"
FORMAT = "1"
FOLDER = "de-nghi"
CALLED = "biểu đề nghị khen thưởng"
GUIDE, LISTED, REPORT, OWN, SIGN = (
    "Giao",
    "Danh sách đề nghị",
    "Báo cáo thành tích",
    "Khen thưởng của đơn vị",
    "Ký",
)
CANDIDATE, NEW, PROSE, GIVEN = "candidate", "new", "report", "award"  # kinds of keys in column A
NEW_ROWS, GIVEN_ROWS = 20, 30
PROSE_ROWS, PROSE_PER_NOMINEE, MOST_PROSE = 60, 4, 600
NEW_MARK = "M"  # M1, M2 …: how a row of somebody new is named on the other sheets

# field of a row, head, width in letters; the first stands in column B
LIST: tuple[tuple[str, str, float], ...] = (
    ("mark", "Ký hiệu", 9),
    ("name", "Tên tập thể, cá nhân, hộ gia đình", 27),
    ("subject", "Đối tượng", 17),
    ("post", "Chức vụ", 14),
    ("unit", "Đơn vị", 20),
    ("place", "Địa bàn (xã, phường)", 13),
    ("result", "Kết quả chính thức", 16),
    ("award", "HÌNH THỨC ĐỀ NGHỊ", 22),
    ("merit", "THÀNH TÍCH TÓM TẮT", 40),
    ("gender", "Giới tính (cá nhân)", 9),
    ("people", "Tổng số người (tập thể)", 9),
    ("women", "Số nữ", 7),
    ("initiative", "Sáng kiến (mã hoặc tên)", 20),
    ("certificate", "Giấy chứng nhận sáng kiến (số, ngày, nơi cấp)", 20),
)
LIST_HEADS = tuple(head for _, head, _ in LIST)
LIST_WIDTHS = tuple(width for _, _, width in LIST)
COLUMN = {field: place for place, (field, _, _) in enumerate(LIST, 1)}  # from 0: column A is 0
IDENTITY = ("name", "subject", "post", "unit", "place")  # inputs of rows for somebody new only
INPUTS = ("award", "merit", "gender", "people", "women", "initiative", "certificate")

REPORT_COLUMNS = (("Ký hiệu", 10.0), ("Mục", 8.0), ("Nội dung (mỗi dòng một đoạn, một mục có thể nhiều dòng)", 76.0))
OWN_COLUMNS = (
    ("Ký hiệu (nếu có)", 10.0),
    ("Tập thể, cá nhân được khen", 32.0),
    ("Hình thức", 20.0),
    ("Số quyết định", 18.0),
    ("Ngày quyết định", 13.0),
)
REPORT_HEADS, REPORT_WIDTHS = tuple(head for head, _ in REPORT_COLUMNS), tuple(width for _, width in REPORT_COLUMNS)
OWN_HEADS, OWN_WIDTHS = tuple(head for head, _ in OWN_COLUMNS), tuple(width for _, width in OWN_COLUMNS)
# key of the signature page → what is asked
SIGNED: dict[str, str] = {
    "sign:version": "Lần gửi",
    "sign:number": "Số tờ trình",
    "sign:date": "Ngày tờ trình",
    "sign:minutes": "Số biên bản xét khen thưởng",
    "sign:minutes_day": "Ngày biên bản",
    "sign:through": "Văn bản chuyển (số, ngày)",
    "sign:compiled_by": "Người lập (họ và tên)",
    "sign:head": "Thủ trưởng (họ và tên)",
}
SIGN_VALUE = 3  # from 1: column C
