"""The Word templates of dossiers: what each is for, and sample fields of the shape that the builders give (a test holds that)."""

from __future__ import annotations

from reports.dossier.fields import Fields
from reports.dossier.wording import DRAFT
from reports.letters.kinds import TemplateKind
from scoring.result import ILLUSTRATION

OF_AWARD = ("to-trinh", "danh-sach", "kiem-tra-ho-so")
OF_NOMINEE = ("bao-cao-thanh-tich", "tom-tat-thanh-tich", "danh-muc-minh-chung", "kiem-tra-ho-so")
NOTICE = "cong-khai"

_COMMON: Fields = {
    "dau_trang": [f"{DRAFT} - {ILLUSTRATION}", "Cách gộp đề xuất, chưa được cấp có thẩm quyền quyết định"],
    "phong_trao": "Đổi mới sáng tạo",
    "giai_doan": "2025-2030",
    "dip": "dịp sơ kết Phong trào thi đua",
    "hinh_thuc": "Bằng khen",
    "hinh_thuc_in_hoa": "BẰNG KHEN",
    "loai_hinh": "khen thưởng phong trào thi đua theo chuyên đề",
    "doi_tuong": "01 tập thể, 01 cá nhân",
    "doi_tuong_chung": "tập thể, cá nhân",
    "doi_tuong_chung_in_hoa": "TẬP THỂ, CÁ NHÂN",
}
_HEADING: Fields = {
    "co_quan": "Ủy ban nhân dân tỉnh",
    "co_quan_in_hoa": "ỦY BAN NHÂN DÂN TỈNH",
    "co_quan_chu_quan_in_hoa": "CƠ QUAN CẤP TRÊN",
    "so_ky_hieu": "05/TTr-UBND",
    "dia_danh": "Thủ phủ",
    "ngay_ban_hanh": "ngày 05 tháng 02 năm 2027",
    "luu": "VT, TĐKT",
}
_OFFICE: Fields = {name: text for name, text in _HEADING.items() if name not in ("so_ky_hieu", "luu")}
_SIGNED: Fields = {
    "noi_nhan": ["Như trên", "Sở Nội vụ"],
    "quyen_han_in_hoa": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    "nguoi_ky": "Nguyễn Văn A",
}
_NOTES: Fields = {"ghi_chu_du_thao": ["Căn cứ chưa xác minh: điểm a khoản 1 Điều 1."]}
_PAPER = {
    "stt": "1",
    "ten": "Tờ trình",
    "tinh_trang": "Đủ",
    "van_ban": "05/TTr ngày 05/02/2027",
    "ma_bam": "0123456789ab",
}


def _submission() -> Fields:
    return {
        **_COMMON,
        **_HEADING,
        **_SIGNED,
        **_NOTES,
        "kinh_gui": "Thủ tướng Chính phủ",
        "can_cu": ["Căn cứ Luật;", "Căn cứ Nghị định."],
        "trinh": "quyết định",
        "theo_dieu_khoan": ["01 tập thể: khoản 1 Điều 1 Luật."],
        "thoi_gian": ["Thời gian thực hiện Phong trào: 05 năm 8 tháng."],
        "cac_buoc": ["Hội đồng xét: số 01/BB-HĐ."],
        "ho_so": ["Danh sách trích ngang."],
    }


def _list() -> Fields:
    row = {
        "stt": "1",
        "ten": "Xã Một",
        "chuc_vu_don_vi": "",
        "ket_qua": "Năm 2026: 90,00/100,00 điểm, hạng 1",
        "cac_ky": ["Năm 2026: 90,00/100,00 điểm, hạng 1"],
        "diem": "90,00 %",
        "hang": "1",
        "thanh_tich": "Dẫn đầu chuyển đổi số",
        "da_khen": "Bằng khen (chuyên đề)",
        "ghi_chu": "",
    }
    return {**_COMMON, **_HEADING, **_NOTES, "cac_nhom": [{"ten": "I. Xã, phường", "danh_sach": [row]}]}


def _notice() -> Fields:
    names = ("stt", "ten", "chuc_vu_don_vi", "hinh_thuc", "thanh_tich")
    return {
        **_COMMON,
        **_HEADING,
        **_SIGNED,
        **_NOTES,
        "can_cu": ["Căn cứ Luật."],
        "danh_sach": [dict.fromkeys(names, "1")],
        "so_ngay": "10",
        "tu_ngay": "ngày 05 tháng 02 năm 2027",
        "den_ngay": "ngày 19 tháng 02 năm 2027",
        "noi_dang": "Cổng Thông tin điện tử",
    }


def _report() -> Fields:
    section = {
        "tieu_de": "1. Đặc điểm, tình hình",
        "so_lieu": "có",
        "tuan_thu": "có",
        "cac_doan": ["Đoạn văn của đơn vị."],
    }
    held = {"nam": "2026", "ten": "Bằng khen", "quyet_dinh": "Số 12/QĐ-UBND"}
    content = {"ma": "A1", "noi_dung": "Nội dung một", "toi_da": "10,00", "diem": "9,00"}
    return {
        **_COMMON,
        **_NOTES,
        **{name: _HEADING[name] for name in ("co_quan_in_hoa", "co_quan_chu_quan_in_hoa", "dia_danh")},
        "nam": "2027",
        "nhan_ten": "Tên đơn vị",
        "ten": "Xã Một",
        "nhan_don_vi": "Chức vụ, đơn vị",
        "chuc_vu_don_vi": "Chủ tịch, Xã Một",
        "dac_diem": [section],
        "thanh_tich": [section],
        "ket_qua": "90,00 %",
        "khong_cham_diem": "Không chấm điểm.",
        "cac_ky": [{"stt": "1", "ky": "Năm 2026", "ket_qua": "90,00/100,00 điểm", "xep_loai": "Xuất sắc", "hang": "1"}],
        "xac_nhan": ["Nộp ngân sách: Thuế tỉnh xác nhận tại văn bản số 01/XN ngày 05 tháng 02 năm 2027"],
        "tinh_tu": "Thành tích tính từ ngày 01/07/2027; kết quả của toàn dịp: 90,00 %",
        "bang_diem": [{"ky": "năm 2026", "tong": "90,00/100,00 điểm", "danh_sach": [content]}],
        "danh_hieu": [held],
        "hinh_thuc_da_khen": [held],
        "nguoi_bao_cao_in_hoa": "THỦ TRƯỞNG ĐƠN VỊ",
        "cach_ky": "Ký, ghi rõ họ tên, đóng dấu",
    }


def _summary() -> Fields:
    return {
        **_COMMON,
        **_OFFICE,
        **_SIGNED,
        **_NOTES,
        "luu": "VT",
        "thong_tin": [{"ten": "Tên đơn vị", "noi_dung": "Xã Một"}],
        "thanh_tich": "Dẫn đầu chuyển đổi số.",
    }


def _checklist() -> Fields:
    return {
        **_COMMON,
        **_OFFICE,
        "ve": "cho 01 tập thể",
        "ket_luan": "chưa đủ",
        "con_thieu": ["Tờ trình: chưa có bản ký"],
        "giay_to_chung": [_PAPER],
        "cac_truong_hop": [{"stt": "1", "ten": "Xã Một", "tinh_trang": "Đủ", "noi_dung": ""}],
        "giay_to": [_PAPER],
        "kiem_tra": [{"ma": "E1", "ket_luan": "Đạt", "noi_dung": "Được xét.", "can_cu": "Điều 44"}],
        "xac_nhan": [{"stt": "1", "ten": "Thuế", "co_quan": "Thuế tỉnh", "tinh_trang": "Đạt"}],
        "tien": [{"stt": "1", "ten": "Xã Một", "cach_tinh": "3 × 2.530.000 đồng", "so_tien": "7.590.000"}],
        "tong_tien": "7.590.000 đồng",
        "cach_tinh_tien": "Mức lương cơ sở 2.530.000 đồng từ ngày 01/07/2026.",
        "can_cu_chua_xac_minh": ["Điều 50: nguồn thứ cấp"],
    }


def _evidence() -> Fields:
    row = {"stt": "1", "tieu_chi": "A1. Nội dung", "minh_chung": "Báo cáo số 01", "tham_dinh": "Sở Nội vụ: chấp nhận"}
    return {
        **_COMMON,
        **_NOTES,
        "ten": "Xã Một",
        "mo_dau": "Minh chứng của 01 tiêu chí:",
        "cac_ky": [{"ten": "Kết quả năm 2026", "danh_sach": [row]}],
    }


KINDS: tuple[TemplateKind, ...] = (
    TemplateKind("to-trinh", "Tờ trình", "Tờ trình đề nghị khen thưởng, mỗi hình thức một tờ trình.", _submission),
    TemplateKind("danh-sach", "Danh sách trích ngang", "Danh sách kèm theo tờ trình.", _list),
    TemplateKind("cong-khai", "Thông báo công khai", "Thông báo công khai danh sách đề nghị khen thưởng.", _notice),
    TemplateKind(
        "bao-cao-thanh-tich",
        "Báo cáo thành tích",
        "Báo cáo thành tích của một trường hợp, có số liệu chấm điểm.",
        _report,
    ),
    TemplateKind("tom-tat-thanh-tich", "Tóm tắt thành tích", "Một trang về một trường hợp.", _summary),
    TemplateKind("danh-muc-minh-chung", "Danh mục minh chứng", "Minh chứng của kết quả chính thức.", _evidence),
    TemplateKind("kiem-tra-ho-so", "Phiếu kiểm tra hồ sơ", "Giấy tờ, điều kiện, xác nhận, tiền thưởng.", _checklist),
)


def kind_named(name: str) -> TemplateKind:
    """Raises StopIteration for a name that is no template of a dossier."""
    return next(one for one in KINDS if one.name == name)
