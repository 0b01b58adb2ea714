"""Nghị định 30/2020/NĐ-CP: what our templates make passes; each thing broken on purpose is found."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.dossier.kinds import OF_AWARD, OF_NOMINEE
from reports.layout.nghi_dinh_30 import LAYOUTS, layout_problems
from reports.letters.samples import REMINDER
from reports.letters.templates import fill
from reports.models.document import MODELS
from reports.standard.annex import STANDARD
from tests.nominations.document_support import DAY, MAU, commune, household, made, material_of, notice_of, person

MANY = [commune(number) for number in range(1, 61)]
FEW = [commune(1), person(), household()]


@pytest.mark.parametrize("final", [False, True])
@pytest.mark.parametrize("nominees", [[commune(1)], FEW, MANY], ids=["1", "3", "60"])
@pytest.mark.parametrize("award", ["hcld-ba", "bk-ttg", "bk-tinh"])
def test_documents_of_an_award(award: str, nominees: list[Any], final: bool) -> None:
    material = material_of(nominees, award, final=final, number="5", stamps=("điểm thử",))
    for name in OF_AWARD:
        assert layout_problems(made(material, name), name) == [], name
    for name in OF_NOMINEE:
        assert layout_problems(made(material, name, 0), name) == [], name


def test_a_notice() -> None:
    assert layout_problems(notice_of(material_of(FEW, "hcld-ba")), "cong-khai") == []


def test_the_reminder() -> None:
    path = MAU / REMINDER.file
    fields = {
        **REMINDER.sample(),
        "co_quan_in_hoa": "SỞ NỘI VỤ",
        "co_quan_chu_quan_in_hoa": "UBND TỈNH",
        "so_ky_hieu": "25/SNV-TĐKT",
        "dia_danh": "Thủ phủ",
        "ngay_ban_hanh": "ngày 05 tháng 02 năm 2027",
        "chuc_vu_in_hoa": "GIÁM ĐỐC",
        "luu": "VT, TĐKT",
    }
    content, problems = fill(path.read_bytes(), fields, path, "Thử", "", DAY)
    assert problems == [] and layout_problems(content, "cong-van-don-doc") == []


def _broken(change: Callable[[Any], object], name: str = "to-trinh") -> list[str]:
    document = docx.Document(io.BytesIO(made(material_of(FEW, "bk-ttg", final=True, number="5"), name)))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return layout_problems(out.getvalue(), name)


def _with(document: Any, text: str) -> Any:
    """The first paragraph that begins with a text, also in tables."""
    for paragraph in document.element.body.iter(qn("w:p")):
        found = docx.text.paragraph.Paragraph(paragraph, document)
        if found.text.startswith(text):
            return found
    raise AssertionError(text)


def _size(text: str, points: float) -> Callable[[Any], object]:
    return lambda document: [setattr(run.font, "size", Pt(points)) for run in _with(document, text).runs]


def _look(text: str, **look: bool) -> Callable[[Any], object]:
    return lambda document: [
        setattr(run, name, value) for run in _with(document, text).runs for name, value in look.items()
    ]


def _say(text: str, other: str) -> Callable[[Any], object]:
    def change(document: Any) -> None:
        for place, run in enumerate(_with(document, text).runs[::-1]):
            run.text = "" if place else other

    return change


def _font(document: Any) -> None:
    _with(document, "Loại hình").runs[0].font.name = "Arial"


def _theme(document: Any) -> None:
    fonts = document.styles["Normal"].element.rPr.rFonts
    fonts.set(qn("w:asciiTheme"), "minorHAnsi")


def _section(**sides: float) -> Callable[[Any], object]:
    return lambda document: [setattr(document.sections[0], name, Mm(value)) for name, value in sides.items()]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (_section(left_margin=25), "lề trái 25"),
        (_section(right_margin=25), "lề phải 25"),
        (_section(top_margin=15), "lề trên 15"),
        (_section(page_width=216), "khổ giấy 216"),
        (_font, "phông chữ “Arial”"),
        (_theme, "theo chủ đề"),
        (_size("CỘNG HÒA", 14), "Quốc hiệu “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”: cỡ chữ 14"),
        (_look("Độc lập", bold=False), "Tiêu ngữ “Độc lập - Tự do - Hạnh phúc”: không đậm"),
        (_say("Độc lập", "Độc lập-Tự do-Hạnh phúc"), "Quốc hiệu, Tiêu ngữ không đúng"),
        (_look("Số:", bold=True), "số, ký hiệu “Số: 05/TTr-UBND”: đậm"),
        (_say("Số:", "Số: 5/TTr-UBND"), "số, ký hiệu viết sai: “Số: 5/TTr-UBND”"),
        (_say("Số:", "Số: 05 / TTr - UBND"), "số, ký hiệu viết sai"),
        (_say("Hưng Yên,", "Hưng Yên, ngày 5 tháng 8 năm 2027"), "phải thêm số 0"),
        (_say("Hưng Yên,", "Hưng Yên, ngày 05 tháng 2 năm 2027"), "phải thêm số 0"),
        (_say("Hưng Yên,", "Hưng Yên, ngày   tháng   năm 2027"), "để trống ngày tháng"),
        (_look("Hưng Yên,", italic=False), "địa danh, ngày tháng “Hưng Yên, ngày 05 tháng 8 năm 2027”: không nghiêng"),
        (_size("TỜ TRÌNH", 16), "tên loại “TỜ TRÌNH”: cỡ chữ 16"),
        (_say("TỜ TRÌNH", "Tờ trình"), "không có tên loại"),
        (_look("Về việc", bold=False), "trích yếu"),
        (_look("Kính gửi", bold=True), "Kính gửi “Kính gửi: Thủ tướng Chính phủ”: đậm"),
        (_look("Căn cứ Luật sửa", italic=False), "căn cứ “Căn cứ Luật sửa đổi, bổ sung một số điều”: không nghiêng"),
        (_say("Theo đề nghị", "Theo đề nghị của Giám đốc;"), "căn cứ không kết thúc bằng “.”"),
        (_say("Căn cứ Luật sửa", "Căn cứ Luật."), "căn cứ không kết thúc bằng “;”"),
        (
            lambda document: setattr(_with(document, "Loại hình"), "alignment", WD_ALIGN_PARAGRAPH.LEFT),
            "không canh đều",
        ),
        (lambda document: setattr(_with(document, "Loại hình").paragraph_format, "first_line_indent", Mm(5)), "lùi 5"),
        (lambda document: setattr(_with(document, "Loại hình").paragraph_format, "space_before", Pt(2)), "dưới 6 pt"),
        (lambda document: setattr(_with(document, "Loại hình").paragraph_format, "line_spacing", 2.0), "dòng 2"),
        (_size("Loại hình", 12), "cỡ chữ nội dung"),
        (_size("Nơi nhận", 14), "Nơi nhận “Nơi nhận:”: cỡ chữ 14"),
        (_say("- Lưu", "- Lưu: TĐKT."), "không kết thúc bằng dòng Lưu: VT"),
        (_say("- Bộ Nội vụ", "- Bộ Nội vụ"), "dòng nơi nhận viết sai"),
        (_say("CHỦ TỊCH", "TS. Nguyễn Văn A"), "học hàm, học vị"),
        (_look("CHỦ TỊCH", bold=False), "người ký “CHỦ TỊCH”: không đậm"),
        (lambda document: setattr(document.sections[0], "different_first_page_header_footer", False), "trang thứ nhất"),
        (lambda document: document.sections[0].header.paragraphs[0].clear(), "không có số trang"),
        (_say("Ủy ban nhân dân tỉnh Hưng Yên kính đề nghị", "Kính đề nghị xem xét."), "“./.”"),
    ],
)
def test_what_breaks_the_decree_is_found(change: Callable[[Any], object], word: str) -> None:
    told = _broken(change)
    assert any(word in one for one in told), told


def test_an_annex_without_its_word_and_upright() -> None:
    assert any("Phụ lục" in one for one in _broken(_say("Phụ lục", "Danh sách"), "danh-sach"))
    assert any("chỉ dẫn kèm theo" in one for one in _broken(_say("(Kèm theo", "Kèm theo"), "danh-sach"))
    turned = _broken(_section(page_width=210, page_height=297), "danh-sach")
    assert any("khổ giấy" in one for one in turned)


def test_every_kind_of_ours_has_a_layout() -> None:
    assert {*OF_AWARD, *OF_NOMINEE, "cong-khai", REMINDER.name, STANDARD.name, MODELS.name} == set(LAYOUTS)
