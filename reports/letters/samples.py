"""Sample fields of templates that are not of dossiers: the reminder, the papers of a meeting. Of the shape that their builders give."""

from __future__ import annotations

from typing import Any

from reports.letters.kinds import TemplateKind
from scoring.result import ILLUSTRATION

Fields = dict[str, Any]

_MEETING: Fields = {
    "co_quan": "Hội đồng",
    "co_quan_in_hoa": "HỘI ĐỒNG",
    "co_quan_chu_quan_in_hoa": "CƠ QUAN CẤP TRÊN",
    "so_ky_hieu": "05/BB-HĐ",
    "dia_danh": "Thủ phủ",
    "ngay_ban_hanh": "ngày 05 tháng 02 năm 2027",
    "luu": "VT",
    "dau_trang": ["DỰ THẢO", ILLUSTRATION],
    "ten_cuoc_hop": "xét khen thưởng dịp sơ kết",
    "dip": "dịp sơ kết",
    "phong_trao": "Đổi mới sáng tạo",
    "so_thanh_vien": "15",
    "ma_bam": "0123456789ab",
}
_MEMBER: Fields = {"so": "1", "ho_ten": "Nguyễn Văn A", "chuc_vu": "Giám đốc", "vai_tro": "Ủy viên"}


def _reminder() -> Fields:
    names = (
        "co_quan_chu_quan_in_hoa co_quan_in_hoa co_quan so_ky_hieu dia_danh ngay_ban_hanh trich_yeu kinh_gui phong_trao giai_doan "
        "ky van_ban_giao ngay_van_ban_giao han_nop den_ngay so_viec so_viec_qua_han chuc_vu_in_hoa luu"
    )
    rows = [dict.fromkeys(("stt", "noi_dung", "doi_tuong", "han", "tinh_trang"), "1")]
    return {**{name: f"[{name}]" for name in names.split()}, "minh_hoa": ILLUSTRATION, "danh_sach": rows}


def _agenda() -> Fields:
    row = {"stt": "1", "doi_tuong": "Xã Một", "ket_qua": "90,00 %", "ly_do": "Trong chỉ tiêu.", "can_xem": "Không"}
    group = {"ten": "1. Bằng khen", "nguong": "Số phiếu: 80 %.", "bang_nhau": ["Xã Một, Xã Hai"], "danh_sach": [row]}
    return {
        **_MEETING,
        "thoi_gian": "8 giờ 00, ngày 05 tháng 02 năm 2027",
        "dia_diem": "Phòng họp",
        "noi_dung": ["1. Tuyên bố lý do."],
        "cach_bieu_quyet": ["Bỏ phiếu kín."],
        "cac_hinh_thuc": [group],
        "thanh_vien": [_MEMBER],
        "xung_dot": ["Thành viên số 1: Xã Một."],
    }


def _declarations() -> Fields:
    return {**_MEETING, "thanh_vien": [{**_MEMBER, "xung_dot": ["Xã Một (C1): công tác tại xã;"]}]}


def _ballot() -> Fields:
    row = {"stt": "1", "doi_tuong": "Xã Một", "ghi_chu": "Bằng nhau"}
    return {**_MEETING, "cac_hinh_thuc": [{"ten": "Bằng khen", "danh_sach": [row], "bang_nhau": ["Xã Một, Xã Hai"]}]}


def _minutes() -> Fields:
    texts = (
        "bat_dau ket_thuc dia_diem so_co_mat so_van_ban so_vang chu_tri ten_chu_tri chuc_vu_chu_tri_in_hoa thu_ky ten_thu_ky "
        "ban_kiem_phieu"
    )
    lists = "co_mat vang_co_y_kien vang_khong_y_kien cach_bieu_quyet xung_dot thao_luan ket_luan"
    row = dict.fromkeys(("stt", "doi_tuong", "phieu", "van_ban", "ket_qua"), "1")
    group = {"ten": "4.1. Bằng khen", "nguong": "80 %.", "bang_nhau": ["Xã Một"], "danh_sach": [row]}
    return {
        **_MEETING,
        **{name: f"[{name}]" for name in texts.split()},
        **{name: [f"[{name}]"] for name in lists.split()},
        "cac_hinh_thuc": [group],
    }


REMINDER = TemplateKind(
    "cong-van-don-doc", "Công văn đôn đốc", "Đôn đốc cơ quan còn nợ việc (thidua remind).", _reminder, ("minh_hoa",)
)
COUNCIL = (
    TemplateKind("chuong-trinh-hop", "Chương trình họp", "Chương trình và danh sách trình cuộc họp xét.", _agenda),
    TemplateKind("khai-xung-dot", "Bản khai xung đột lợi ích", "Mỗi thành viên một trang.", _declarations),
    TemplateKind("phieu-bieu-quyet", "Phiếu biểu quyết", "Phiếu kín, mỗi hình thức một trang.", _ballot),
    TemplateKind("bien-ban-hop", "Biên bản họp", "Biên bản xét khen thưởng, bình xét thi đua.", _minutes),
)
