"""The tables of a report: which columns each has, in the Word template, in the workbook and in the sample of the template alike."""

from __future__ import annotations

from collections.abc import Iterable

from reports.period.cells import Cell, Column, Rows, Table, TableKind

YEAR, SUMMARY = "bao-cao-nam", "bao-cao-so-ket"  # Word templates
CHARTS = ("xep-loai", "noi-dung", "cac-ky", "nhiem-vu", "tu-cham")  # in the order of the document


def _numbers(*told: tuple[str, str, float]) -> tuple[Column, ...]:
    return tuple(Column(key, heading, width) for key, heading, width in told)


_STT = Column("stt", "STT", 12)
_GROUP = Column("ten", "Nhóm", 30, "left")
_WIDE = Column("ten", "Nhóm đối tượng", 60, "left")
_SPREAD = _numbers(
    ("trung_binh", "Trung bình", 26),
    ("trung_vi", "Trung vị", 26),
    ("cao_nhat", "Cao nhất", 26),
    ("thap_nhat", "Thấp nhất", 26),
)
_TAKEN = _numbers(
    ("doi_tuong", "Đối tượng dự thi đua", 28),
    ("da_nop", "Đã nộp biểu", 24),
    ("ty_le", "Tỷ lệ nộp", 24),
    ("tham_dinh", "Thẩm định xong", 26),
    ("chinh_thuc", "Kết quả chính thức", 28),
)
_GAP = _numbers(
    ("so", "Số so sánh", 16),
    ("tu_cham", "Tự chấm", 21),
    ("ket_qua", "Kết quả", 21),
    ("chenh", "Chênh lệch", 20),
    ("giam", "Bị giảm", 16),
    ("tang", "Được tăng", 18),
    ("bang", "Giữ nguyên", 18),
)

KINDS: tuple[TableKind, ...] = (
    TableKind("tham_gia", "Tham gia chấm điểm", (_GROUP, *_TAKEN)),
    TableKind("tham_gia_ky", "Tham gia chấm điểm các kỳ", (Column("ten", "Kỳ", 30, "left"), *_TAKEN)),
    TableKind(
        "moc",
        "Mốc của đơn vị",
        (
            Column("ten", "Mốc", 56, "left"),
            Column("han", "Hạn", 26),
            *_numbers(
                ("dung", "Đúng mốc", 18),
                ("sau", "Sau mốc", 18),
                ("chua", "Quá mốc, chưa có", 22),
                ("cho", "Chưa đến", 20),
            ),
        ),
    ),
    TableKind(
        "xep_loai",
        "Kết quả xếp loại",
        (
            _GROUP,
            Column("so", "Có kết quả", 22),
            Column("muc", "Số đối tượng theo mức xếp loại", 84, "left", True),
            Column("khong_xep", "Không xếp hạng", 24),
        ),
    ),
    TableKind("ty_le", "Tỷ lệ đạt so với điểm tối đa đang áp dụng", (_GROUP, Column("so", "Số tính", 26), *_SPREAD)),
    TableKind(
        "gop",
        "Kết quả chung của các kỳ",
        (
            Column("ten", "Nhóm", 26, "left"),
            *_numbers(("so", "Đối tượng", 22), ("xep_hang", "Được xếp hạng", 24)),
            *_numbers(
                ("trung_binh", "Trung bình", 22),
                ("trung_vi", "Trung vị", 22),
                ("cao_nhat", "Cao nhất", 22),
                ("thap_nhat", "Thấp nhất", 22),
            ),
        ),
    ),
    TableKind(
        "dan_dau",
        "Các tập thể dẫn đầu",
        (
            Column("hang", "Hạng", 26),
            Column("ten", "Tập thể", 46, "left"),
            Column("cum", "Cụm, khối", 20, "left"),
            Column("ket_qua", "Kết quả", 32),
            Column("xep_loai", "Xếp loại", 36, "left"),
        ),
        grouped=True,
    ),
    TableKind(
        "cum",
        "So sánh giữa các cụm, khối",
        (Column("ten", "Cụm, khối", 34, "left"), Column("so", "Đối tượng", 22), *_SPREAD),
        grouped=True,
    ),
    TableKind(
        "noi_dung",
        "Kết quả theo nội dung thi đua và mục tiêu kép",
        (
            Column("ten", "Nội dung thi đua", 46, "left"),
            Column("tieu_chi", "Số tiêu chí", 15),
            Column("diem", "Điểm đạt/tối đa", 43),
            Column("ty_le", "Tỷ lệ đạt", 21),
            Column("theo_nhom", "Theo nhóm", 35, "left", True),
        ),
    ),
    TableKind(
        "cac_ky",
        "Tỷ lệ đạt trung bình qua các kỳ",
        (
            Column("ten", "Nhóm", 26, "left"),
            Column("ky", "Tỷ lệ đạt trung bình (số đối tượng)", 60, "left", True),
            Column("thay_doi", "Tăng, giảm so với kỳ trước (điểm phần trăm)", 38),
            Column("ghi_chu", "Ghi chú", 36, "left"),
        ),
    ),
    TableKind(
        "nhiem_vu",
        "Thực hiện nhiệm vụ theo cơ quan chủ trì",
        (
            Column("ten", "Cơ quan chủ trì", 43, "left"),
            *_numbers(
                ("co_han", "Có hạn trong kỳ", 15),
                ("dung_han", "Xong đúng hạn", 15),
                ("qua_han_xong", "Xong quá hạn", 15),
                ("trong_han", "Còn trong hạn", 14),
                ("qua_han", "Quá hạn chưa xong", 15),
                ("hoan_thanh", "Tỷ lệ hoàn thành", 22),
                ("ty_le_dung_han", "Tỷ lệ đúng hạn", 21),
            ),
        ),
    ),
    TableKind("tu_cham", "Điểm tự chấm và kết quả", (Column("ten", "Nhóm", 30, "left"), *_GAP)),
    TableKind("tu_cham_ky", "Điểm tự chấm và kết quả các kỳ", (Column("ten", "Kỳ", 30, "left"), *_GAP)),
    TableKind(
        "mo_hinh_loai",
        "Nhân tố mới, mô hình, cách làm hay, gương điển hình đã ghi nhận",
        (
            Column("ten", "Loại", 64, "left"),
            *_numbers(("so", "Số lượng", 32), ("don_vi", "Số đơn vị", 32), ("cong_khai", "Được tuyên truyền", 32)),
        ),
    ),
    TableKind(
        "mo_hinh_ten",
        "Mô hình, cách làm hay, gương điển hình tập thể được tuyên truyền",
        (
            _STT,
            Column("ten", "Tên", 54, "left"),
            Column("loai", "Loại", 26, "left"),
            Column("don_vi", "Đơn vị", 32, "left"),
            Column("van_ban", "Văn bản giới thiệu", 36, "left"),
        ),
    ),
    TableKind(
        "mo_hinh",
        "Nhân tố mới, cách làm hay, gương điển hình do đơn vị báo cáo",
        (
            _GROUP,
            *_numbers(
                ("hoi", "Lượt đơn vị được hỏi", 30), ("co", "Lượt có giới thiệu", 30), ("so", "Số đã giới thiệu", 40)
            ),
        ),
    ),
    TableKind(
        "khen",
        "Đề nghị và kết quả khen thưởng",
        (
            Column("ten", "Nhóm", 28, "left"),
            *_numbers(
                ("de_nghi", "Đề nghị", 17),
                ("cho", "Chờ hội đồng", 18),
                ("ngoai", "Đủ điều kiện, ngoài chỉ tiêu", 26),
                ("khong_du", "Không đủ điều kiện", 22),
                ("da_trinh", "Đã trình", 16),
                ("da_tang", "Đã tặng", 16),
                ("khong_tang", "Không tặng", 17),
            ),
        ),
        grouped=True,
    ),
    TableKind(
        "chua_nop",
        "Chưa nộp biểu tự chấm",
        (
            _STT,
            Column("ten", "Cơ quan, đơn vị", 80, "left"),
            Column("nhom", "Nhóm", 18),
            Column("ky", "Kỳ", 22),
            Column("so", "Số biểu còn thiếu", 28),
        ),
    ),
    TableKind(
        "bao_cao",
        "Báo cáo định kỳ đến hạn trong kỳ",
        (
            _STT,
            Column("ten", "Báo cáo", 46, "left"),
            Column("ai", "Cơ quan báo cáo", 32, "left"),
            Column("gui", "Nơi nhận", 22, "left"),
            *_numbers(("so", "Số lần đến hạn", 18), ("nhan", "Đã nhận", 15), ("cham", "Nhận chậm", 15)),
        ),
    ),
    TableKind(
        "ket_qua",
        "Kết quả của các tập thể",
        (
            _STT,
            Column("ten", "Tập thể", 48, "left"),
            Column("cum", "Cụm, khối", 17, "left"),
            Column("ket_qua", "Kết quả", 28),
            Column("xep_loai", "Xếp loại", 30, "left"),
            Column("hang", "Hạng", 25),
        ),
        grouped=True,
    ),
    TableKind(
        "danh_sach_khen",
        "Tập thể, cá nhân được đề nghị, được khen thưởng",
        (
            _STT,
            Column("ten", "Tên tập thể, họ và tên cá nhân", 48, "left"),
            Column("don_vi", "Chức vụ, đơn vị", 36, "left"),
            Column("tinh_trang", "Tình trạng", 20),
            Column("quyet_dinh", "Số, ngày quyết định", 44, "left"),
        ),
        grouped=True,
    ),
    # --- of the workbook only: one number to a cell ---
    TableKind(
        "tham_gia_nhom", "Tham gia chấm điểm theo kỳ và nhóm", (Column("ky", "Kỳ", 22), _WIDE, *_TAKEN), word=False
    ),
    TableKind(
        "xep_loai_so",
        "Số đối tượng theo mức xếp loại",
        (
            Column("ky", "Kỳ", 22),
            _WIDE,
            Column("muc", "Mức xếp loại", 50, "left"),
            *_numbers(("so", "Số đối tượng", 22), ("ty_le", "Tỷ lệ", 22)),
        ),
        word=False,
    ),
    TableKind(
        "noi_dung_nhom",
        "Kết quả theo nội dung thi đua, mục tiêu kép và nhóm",
        (
            Column("ten", "Nội dung thi đua", 80, "left"),
            Column("nhom", "Nhóm", 16),
            *_numbers(
                ("tieu_chi", "Số tiêu chí", 20),
                ("doi_tuong", "Đối tượng", 20),
                ("diem", "Điểm đạt", 24),
                ("toi_da", "Điểm tối đa", 24),
                ("ty_le", "Tỷ lệ đạt", 22),
                ("bo_qua", "Kết quả không tính", 26),
            ),
        ),
        word=False,
    ),
    TableKind(
        "cac_ky_so",
        "Tỷ lệ đạt qua các kỳ",
        (
            _WIDE,
            Column("ky", "Kỳ", 22),
            Column("doan", "Đoạn so sánh được", 24),
            Column("so", "Số tính", 18),
            *_SPREAD,
        ),
        word=False,
    ),
)


def kind(ident: str) -> TableKind:
    """Raises StopIteration for a table that no report has."""
    return next(one for one in KINDS if one.id == ident)


def one(ident: str, rows: Iterable[dict[str, Cell]], source: str, *notes: str, short: bool = True) -> Table:
    """A table without groups."""
    return Table(kind(ident), (Rows("", tuple(rows)),), source, notes, short)
