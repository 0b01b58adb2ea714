"""Makes the Word templates of reports of a period (báo cáo năm, báo cáo sơ kết, tổng kết): python packaging/templates/period.py FOLDER.

The files in the catalogue are what this makes; an official changes the copies in the workspace with Word (phong-trao/mau).
"""

from __future__ import annotations

import copy
import sys
from datetime import date
from pathlib import Path
from typing import Any

import named
import official as page
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from reports.letters.word import word_bytes
from reports.period.columns import kind

MOVEMENT = "Phong trào thi đua “{{ phong_trao }}” giai đoạn {{ giai_doan }}"
SMALL = 11.5  # points, of tables


def year() -> Any:
    document = named.new_document()
    opening(document, "{{ loai_bao_cao }} {{ ky }}", MOVEMENT)
    page.body_text(
        document,
        f"Thực hiện {MOVEMENT}, {{{{ co_quan }}}} báo cáo kết quả thực hiện {{{{ ky }}}} (số liệu tính đến {{{{ den_ngay }}}}) như sau:",
    )
    deployment(document, "tham_gia")
    named.part_title(document, "II. KẾT QUẢ THỰC HIỆN")
    named.part_title(document, "1. Kết quả chấm điểm, xếp loại", level=2)
    named.lines(document, "ket_qua")
    table(document, "xep_loai")
    chart(document, "xep_loai")
    table(document, "ty_le")
    table(document, "dan_dau")
    table(document, "cum")
    named.lines(document, "dan_phu_luc_ket_qua", italic=True)
    prose(document, "nhận xét chung về mặt bằng kết quả, những nhóm có chuyển biến rõ")
    contents(document, "So sánh với các năm trước")
    awards(document)
    shortcomings(document)
    closing(document, f"{{{{ loai_bao_cao_thuong }}}} {{{{ ky }}}} {MOVEMENT}")
    return document


def summary() -> Any:
    document = named.new_document()
    opening(document, f"{{{{ loai_bao_cao }}}} {MOVEMENT}", "({{ ky }})")
    page.body_text(
        document,
        f"Thực hiện {MOVEMENT}, {{{{ co_quan }}}} báo cáo {{{{ loai_bao_cao_thuong }}}} Phong trào thi đua {{{{ ky }}}} (số liệu tính đến {{{{ den_ngay }}}}) như sau:",
    )
    deployment(document, "tham_gia_ky")
    named.part_title(document, "II. KẾT QUẢ THỰC HIỆN")
    named.part_title(document, "1. Kết quả chung của các kỳ", level=2)
    named.lines(document, "ket_qua")
    table(document, "gop")
    table(document, "dan_dau")
    chart(document, "xep_loai")
    named.lines(document, "dan_phu_luc_ket_qua", italic=True)
    prose(document, "đánh giá chung mức độ đạt mục đích, yêu cầu của Phong trào thi đua; những chuyển biến nổi bật")
    contents(document, "Kết quả qua các kỳ")
    awards(document)
    shortcomings(document)
    closing(document, f"{{{{ loai_bao_cao_thuong }}}} {MOVEMENT} {{{{ ky }}}}")
    return document


def opening(document: Any, *subject: str) -> None:
    named.heading(document)
    named.title(document, "BÁO CÁO", *subject, "{{ tam_tinh }}")
    drop_empty(document)
    named.addressed(document)


def drop_empty(document: Any) -> None:
    """The last line of the subject goes when its field is empty: the paragraph stands between its own condition."""
    line = next(one for one in reversed(document.paragraphs) if one.text == "{{ tam_tinh }}")
    for text, put in (("{%p if tam_tinh %}", line._p.addprevious), ("{%p endif %}", line._p.addnext)):
        tag = page.add(document, text, align=page.CENTRE, bold=True)
        put(tag._p)


def prose(document: Any, what: str) -> None:
    """A place for the words of an official."""
    page.body_text(document, f"[Cán bộ viết: {what}]").runs[0].italic = True


def deployment(document: Any, taken: str) -> None:
    named.part_title(document, "I. TÌNH HÌNH TRIỂN KHAI")
    named.part_title(document, "1. Công tác lãnh đạo, chỉ đạo", level=2)
    prose(document, "văn bản chỉ đạo, hướng dẫn đã ban hành (số, ngày); việc phát động, ký giao ước; kiểm tra, đôn đốc")
    named.part_title(document, "2. Công tác tuyên truyền", level=2)
    prose(document, "hình thức, số tin bài, hội nghị; kết quả tuyên truyền của cơ quan báo chí, các tổ chức")
    named.part_title(document, "3. Tổ chức chấm điểm", level=2)
    named.lines(document, "tham_gia")
    named.lines(document, "con_thieu", "- {{ dong }}", when="Chưa có kết quả chính thức:")
    table(document, taken)
    named.lines(document, "chu_giai", "- {{ dong }}", when="Trong báo cáo này, các nhóm đối tượng gọi tắt như sau:")
    table(document, "moc")


def contents(document: Any, compared: str) -> None:
    """II.2-II.6: contents, periods, tasks, self-scores, models."""
    named.part_title(document, "2. Kết quả theo nội dung thi đua và mục tiêu kép", level=2)
    named.lines(document, "noi_dung")
    chart(document, "noi_dung")
    table(document, "noi_dung")
    prose(document, "kết quả nổi bật của từng nội dung thi đua, dẫn chứng cụ thể")
    named.part_title(document, f"3. {compared}", level=2)
    named.lines(document, "so_sanh")
    chart(document, "cac_ky")
    table(document, "cac_ky")
    named.part_title(document, "4. Thực hiện nhiệm vụ được giao", level=2)
    named.lines(document, "nhiem_vu")
    chart(document, "nhiem_vu")
    table(document, "nhiem_vu")
    named.part_title(document, "5. Tự chấm, thẩm định; kiến nghị, phản ánh", level=2)
    named.lines(document, "tu_cham")
    chart(document, "tu_cham")
    table(document, "tu_cham")
    table(document, "tu_cham_ky")
    named.part_title(document, "6. Nhân tố mới, mô hình, cách làm hay, gương điển hình", level=2)
    named.lines(document, "mo_hinh")
    table(document, "mo_hinh_loai")
    table(document, "mo_hinh_ten")
    table(document, "mo_hinh")
    prose(document, "một số mô hình, cách làm hay, gương điển hình tiêu biểu: tên, nơi thực hiện, hiệu quả")


def awards(document: Any) -> None:
    named.part_title(document, "III. CÔNG TÁC KHEN THƯỞNG")
    named.lines(document, "khen")
    table(document, "khen")
    named.lines(document, "dan_phu_luc_khen", italic=True)
    prose(document, "đánh giá công tác khen thưởng; khen thưởng của cơ quan, đơn vị chưa ghi trong sổ")


def shortcomings(document: Any) -> None:
    named.part_title(document, "IV. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN")
    named.part_title(document, "1. Tồn tại, hạn chế", level=2)
    named.lines(document, "ton_tai", "- {{ dong }}")
    table(document, "chua_nop")
    table(document, "bao_cao")
    prose(document, "báo cáo nào chưa gửi, gửi chậm; tồn tại, hạn chế khác")
    named.part_title(document, "2. Nguyên nhân", level=2)
    prose(document, "nguyên nhân khách quan, chủ quan; trách nhiệm của người đứng đầu")
    named.part_title(document, "V. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI")
    named.part_title(document, "1. Phương hướng, nhiệm vụ", level=2)
    prose(document, "nhiệm vụ trọng tâm, chỉ tiêu phấn đấu, giải pháp của thời gian tới")
    named.part_title(document, "2. Đề xuất, kiến nghị", level=2)
    prose(document, "đề xuất, kiến nghị với cấp có thẩm quyền; không có thì bỏ mục này")


def closing(document: Any, what: str) -> None:
    last = page.body_text(
        document,
        f"Trên đây là báo cáo {what}, {{{{ co_quan }}}} kính báo cáo {{{{ kinh_gui }}}} xem xét, chỉ đạo./.",
    )
    last.paragraph_format.keep_with_next = True
    named.signature(document)
    annex(document, "phu_luc_ket_qua", "ket_qua", "KẾT QUẢ CỦA CÁC TẬP THỂ {{ ky_in_hoa }}")
    annex(document, "phu_luc_khen", "danh_sach_khen", "DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC ĐỀ NGHỊ, ĐƯỢC KHEN THƯỞNG")
    for properties in document.element.body.iter(qn("w:sectPr")):
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")  # pages of an annex are numbered by themselves (Phụ lục I, III.1.đ)
        margins = properties.find(qn("w:pgMar"))
        margins.addnext(start)


def annex(document: Any, field: str, ident: str, name: str) -> None:
    """An annex on pages of its own, with the header of the document; gone with its pages when its field is empty."""
    page.add(document, f"{{%p if {field} %}}")
    end = page.add(document, "", size=2)
    end._p.get_or_add_pPr().append(copy.deepcopy(document.element.body.sectPr))
    page.add(document, f"{{{{ {field} }}}}", align=page.CENTRE, bold=True)
    page.add(document, name, align=page.CENTRE, bold=True, size=13)
    note = page.add(
        document,
        "(Kèm theo Báo cáo số {{ so_ky_hieu }} {{ ngay_ban_hanh }} của {{ co_quan }})",
        align=page.CENTRE,
        italic=True,
        size=13,
    )
    note.paragraph_format.space_after = page.Pt(3)
    page.rule(document, 55)
    table(document, ident, titled=False)
    page.add(document, "{%p endif %}")


def chart(document: Any, ident: str) -> None:
    """The place of a chart; nothing stands there when the report has none."""
    page.add(document, f"{{%p if bieu_do_{ident} %}}")
    page.add(document, f"{{{{ bieu_do_{ident} }}}}", align=page.CENTRE, before=6)
    page.add(document, "{%p endif %}")


def table(document: Any, ident: str, *, titled: bool = True) -> None:
    """A table with its name above it and its source below; all of it only when it has rows."""
    told = kind(ident)
    columns = tuple(
        (one.heading, "" if one.lines else one.key, one.width, page.LEFT if one.align == "left" else page.CENTRE)
        for one in told.columns
    )
    page.add(document, f"{{%p if bang_{ident} %}}")
    if titled:
        name = page.add(document, f"{{{{ ten_bang_{ident} }}}}", size=13, bold=True, align=page.CENTRE, before=8)
        name.paragraph_format.keep_with_next = True
    rows = named.grouped if told.grouped else named.grid
    options: dict[str, Any] = {} if told.grouped else {"spaced": False}
    given = (f"bang_{ident}", "danh_sach") if told.grouped else (f"bang_{ident}",)
    made = rows(document, columns, *given, size=SMALL, **options)
    together(document, made)
    line = 4 if told.grouped else 2
    for place, one in enumerate(told.columns):
        if one.lines:
            cell = made.rows[line].cells[place]
            clear(cell)
            named.many(cell, f"dong.{one.key}", SMALL)
    source = page.add(document, f"{{{{ nguon_{ident} }}}}", size=13, italic=True, align=page.BOTH, before=3)
    source.paragraph_format.space_after = page.Pt(6)
    page.add(document, "{%p endif %}")


def together(document: Any, made: Any) -> None:
    """The heading row stays with what comes before and after it: no title alone at the foot of a page."""
    before = made._tbl.getprevious()
    paragraphs = [one._p for cell in made.rows[0].cells for one in cell.paragraphs]
    for paragraph in [*paragraphs, *([before] if before is not None and before.tag == qn("w:p") else [])]:
        Paragraph(paragraph, document).paragraph_format.keep_with_next = True


def clear(cell: Any) -> None:
    """The cell with one empty paragraph, as a new one has."""
    for run in list(cell.paragraphs[0].runs):
        run._r.getparent().remove(run._r)


TEMPLATES = {
    "bao-cao-nam": ("Mẫu báo cáo năm", year),
    "bao-cao-so-ket": ("Mẫu báo cáo sơ kết, tổng kết", summary),
}


def main(folder: Path) -> None:
    for name, (title, make) in TEMPLATES.items():
        (folder / f"{name}.docx").write_bytes(word_bytes(make(), title, "", date(2026, 1, 1)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
