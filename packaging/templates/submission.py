"""Tờ trình and its list (danh sách trích ngang), and the list that is published (thông báo công khai)."""

from __future__ import annotations

from typing import Any

import named
import official as page

MOVEMENT = "Phong trào thi đua “{{ phong_trao }}” giai đoạn {{ giai_doan }}"
LISTED: tuple[named.Column, ...] = (
    ("STT", "stt", 12, page.CENTRE),
    ("Tên tập thể, họ và tên cá nhân", "ten", 33, page.LEFT),
    ("Chức vụ, đơn vị", "chuc_vu_don_vi", 28, page.LEFT),
    ("Kết quả các kỳ", "", 53, page.LEFT),
    ("Điểm, tỷ lệ", "diem", 20, page.CENTRE),
    ("Hạng", "hang", 14, page.CENTRE),
    ("Tóm tắt thành tích", "thanh_tich", 35, page.LEFT),
    ("Hình thức đã được khen (loại hình)", "da_khen", 34, page.LEFT),
    ("Ghi chú", "ghi_chu", 18, page.LEFT),
)
RESULTS = 3  # the column with a line for every period
PUBLISHED: tuple[named.Column, ...] = (
    ("STT", "stt", 14, page.CENTRE),
    ("Tên tập thể, họ và tên cá nhân", "ten", 40, page.LEFT),
    ("Chức vụ, đơn vị", "chuc_vu_don_vi", 36, page.LEFT),
    ("Hình thức đề nghị", "hinh_thuc", 30, page.LEFT),
    ("Tóm tắt thành tích", "thanh_tich", 40, page.LEFT),
)


def submission() -> Any:
    document = named.new_document()
    named.heading(document)
    named.title(
        document,
        "TỜ TRÌNH",
        "Về việc đề nghị tặng {{ hinh_thuc }} cho {{ doi_tuong_chung }} có thành tích xuất sắc trong Phong trào thi đua "
        "“{{ phong_trao }}” giai đoạn {{ giai_doan }}",
    )
    named.addressed(document)
    named.grounds(document)
    page.body_text(
        document,
        f"Thực hiện {MOVEMENT}, trên cơ sở kết quả chấm điểm, xếp hạng chính thức và kết quả bình xét {{{{ dip }}}}, "
        "{{ co_quan }} kính trình {{ kinh_gui }} xem xét, {{ trinh }} tặng {{ hinh_thuc }} cho {{ doi_tuong }} đã có thành tích "
        "xuất sắc trong Phong trào thi đua (có danh sách kèm theo).",
    )
    named.lines(document, "theo_dieu_khoan", "- {{ dong }}", when="Điều khoản đề nghị của từng đối tượng:")
    page.body_text(document, "Loại hình khen thưởng: {{ loai_hinh }}.")
    named.lines(document, "thoi_gian")
    named.lines(document, "cac_buoc", "- {{ dong }}", when="Việc xét chọn đã thực hiện qua các bước:")
    named.lines(document, "ho_so", "- {{ dong }}", when="Hồ sơ kèm theo gồm:")
    last = page.body_text(document, "{{ co_quan }} kính đề nghị {{ kinh_gui }} quan tâm, xem xét./.")
    last.paragraph_format.keep_with_next = True
    named.signature(document)
    named.draft_notes(document)
    return document


def list_of_cases() -> Any:
    document = named.new_document(landscape=True)
    named.annex(
        document,
        "DANH SÁCH {{ doi_tuong_chung_in_hoa }} \nĐỀ NGHỊ TẶNG {{ hinh_thuc_in_hoa }}",
        "(Kèm theo Tờ trình số {{ so_ky_hieu }} {{ ngay_ban_hanh }} của {{ co_quan }})",
        width=named.WIDE,
    )
    table = named.grouped(document, LISTED, "cac_nhom", "danh_sach", size=11)
    named.many(table.rows[4].cells[RESULTS], "dong.cac_ky", size=11)
    page.body_text(document, "Danh sách gồm {{ doi_tuong }}./.")
    named.draft_notes(document)
    return document


def published_list() -> Any:
    document = named.new_document()
    named.heading(document)
    named.title(
        document,
        "THÔNG BÁO",
        "Công khai danh sách {{ doi_tuong_chung }} được đề nghị tặng {{ hinh_thuc }}",
        f"trong {MOVEMENT}",
    )
    page.add(document, "", size=6)
    named.grounds(document)
    page.body_text(
        document,
        f"{{{{ co_quan }}}} công khai danh sách {{{{ doi_tuong }}}} được đề nghị tặng {{{{ hinh_thuc }}}} trong {MOVEMENT} "
        "({{ dip }}) như sau:",
    )
    named.grid(document, PUBLISHED, "danh_sach")
    page.body_text(
        document,
        "Thời gian công khai: {{ so_ngay }} ngày làm việc, từ {{ tu_ngay }} đến hết {{ den_ngay }}{% if noi_dang %}, tại "
        "{{ noi_dang }}{% endif %}.",
    )
    page.body_text(
        document,
        "Trong thời gian công khai, tổ chức, cá nhân có ý kiến đề nghị gửi bằng văn bản về {{ co_quan }}, ghi rõ họ tên, địa chỉ "
        "để được xem xét, giải quyết theo quy định.",
    )
    last = page.body_text(document, "{{ co_quan }} thông báo để các cơ quan, đơn vị, tổ chức, cá nhân biết./.")
    last.paragraph_format.keep_with_next = True
    named.signature(document)
    named.draft_notes(document)
    return document
