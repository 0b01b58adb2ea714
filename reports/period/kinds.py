"""The Word templates of reports of a period, with sample fields of the shape that the builder gives (a test holds that)."""

from __future__ import annotations

from typing import Any

from reports.letters.kinds import TemplateKind
from reports.period.columns import CHARTS, KINDS, SUMMARY, YEAR
from scoring.result import ILLUSTRATION

_TEXTS = (
    "co_quan co_quan_in_hoa co_quan_chu_quan_in_hoa so_ky_hieu dia_danh luu kinh_gui phong_trao giai_doan loai_bao_cao loai_bao_cao_thuong ky ky_in_hoa tu_ngay "
    "den_ngay tam_tinh nguoi_ky phu_luc_ket_qua phu_luc_khen"
)
_LISTS = (
    "quyen_han_in_hoa noi_nhan tham_gia con_thieu ket_qua noi_dung so_sanh nhiem_vu tu_cham mo_hinh khen ton_tai chu_giai "
    "dan_phu_luc_ket_qua dan_phu_luc_khen"
)


def _sample() -> dict[str, Any]:
    made: dict[str, Any] = {
        "dau_trang": ["SỐ LIỆU TẠM TÍNH", ILLUSTRATION],
        "ngay_ban_hanh": "ngày 05 tháng 02 năm 2027",
        **{name: f"[{name}]" for name in _TEXTS.split()},
        **{name: [f"[{name}]"] for name in _LISTS.split()},
        **{f"bieu_do_{ident.replace('-', '_')}": "[biểu đồ]" for ident in CHARTS},
    }
    for kind in KINDS:
        if not kind.word:
            continue
        row: dict[str, Any] = {one.key: ["1"] if one.lines else "1" for one in kind.columns}
        made[f"bang_{kind.id}"] = [{"ten": "Nhóm a", "danh_sach": [row]}] if kind.grouped else [row]
        made |= {f"ten_bang_{kind.id}": "Bảng 1", f"nguon_{kind.id}": "Nguồn: sổ ghi."}
    return made


PERIOD_REPORTS: tuple[TemplateKind, ...] = (
    TemplateKind(YEAR, "Báo cáo năm", "Báo cáo kết quả Phong trào thi đua của một kỳ (thidua report year).", _sample),
    TemplateKind(SUMMARY, "Báo cáo sơ kết, tổng kết", "Báo cáo của một dịp (thidua report summary).", _sample),
)
