"""What stands in the Word documents of a dossier: read aloud once (golden), then pointed at."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from nominations.dossier.state import PEOPLE, Missing
from nominations.steps.progress import PASSED, Done
from reports.dossier.documents import nominee_folder
from reports.dossier.fields import counted, long_days, number_words, signer_lines
from reports.dossier.fields_check import checklist_fields
from reports.dossier.fields_evidence import evidence_fields
from reports.dossier.fields_list import list_fields
from reports.dossier.fields_report import official, report_fields, summary_fields
from reports.dossier.fields_submission import punctuated, submission_fields
from reports.dossier.wording import DRAFT
from scoring.result import ILLUSTRATION
from tests.nominations.document_support import (
    assert_golden,
    commune,
    household,
    lines_of,
    made,
    material_of,
    notice_of,
    person,
    text_of,
)

MIXED = [commune(1), commune(2, pool="Cụm 2"), person(), household()]
STAMP = "điểm thử, chưa được cấp có thẩm quyền quyết định"


@pytest.mark.parametrize("name", ["to-trinh", "danh-sach", "kiem-tra-ho-so"])
def test_golden_draft_of_an_award(name: str) -> None:
    assert_golden(f"{name}-du-thao", made(material_of(MIXED, stamps=(STAMP,)), name))


@pytest.mark.parametrize("name", ["bao-cao-thanh-tich", "tom-tat-thanh-tich", "danh-muc-minh-chung", "kiem-tra-ho-so"])
def test_golden_of_a_nominee(name: str) -> None:
    assert_golden(f"{name}-xa", made(material_of(MIXED, stamps=(STAMP,)), name, 0))


def test_golden_final_submission() -> None:
    assert_golden(
        "to-trinh-chinh-thuc", made(material_of([commune(1), commune(2)], "bk-ttg", final=True, number="5"), "to-trinh")
    )


def test_golden_notice() -> None:
    assert_golden("cong-khai", notice_of(material_of(MIXED, "hcld-ba")))


def test_one_authority_and_one_category_in_a_submission() -> None:
    """Who decides, through whom, by which clause: each award's own."""
    order = submission_fields(material_of([commune(1)], "hcld-ba"))
    premier = submission_fields(material_of([commune(1)], "bk-ttg"))
    province = submission_fields(material_of([commune(1)], "bk-tinh"))
    assert (order["kinh_gui"], order["trinh"]) == ("Thủ tướng Chính phủ", "trình Chủ tịch nước")
    assert (premier["kinh_gui"], premier["trinh"]) == ("Thủ tướng Chính phủ", "quyết định")
    assert (province["kinh_gui"], province["trinh"]) == ("Chủ tịch Ủy ban nhân dân tỉnh", "quyết định")
    assert "điểm c khoản 4 Điều 44" in order["can_cu"][0] and "điểm d khoản 4 Điều 73" in premier["can_cu"][0]
    assert "điểm a khoản 3 Điều 74" in province["can_cu"][0]
    assert order["quyen_han_in_hoa"] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    assert province["quyen_han_in_hoa"] == ["GIÁM ĐỐC"]
    assert order["so_ky_hieu"].endswith("/TTr-UBND") and province["so_ky_hieu"].endswith("/TTr-SNV")
    assert {order["loai_hinh"], premier["loai_hinh"]} == {"khen thưởng phong trào thi đua theo chuyên đề"}


def test_grounds_that_no_longer_hold_are_not_cited_but_told() -> None:
    """NĐ 152/2025 is registered to end on 28/02/2027: no ground of a submission of August 2027; a note on the draft."""
    fields = submission_fields(material_of([commune(1)]))
    assert not any("152/2025" in line for line in fields["can_cu"])
    notes = " ".join(fields["ghi_chu_du_thao"])
    assert (
        "Căn cứ chưa xác minh" in notes and "152/2025/NĐ-CP" in notes and "hết hiệu lực từ sau ngày 28/02/2027" in notes
    )
    assert [line[-1] for line in fields["can_cu"]] == [";"] * (len(fields["can_cu"]) - 1) + ["."]


def test_both_readings_of_the_duration_stand_in_the_submission() -> None:
    told = submission_fields(material_of([commune(1)], "bk-ttg"))["thoi_gian"]
    assert len(told) == 1 and "theo thời gian kế hoạch" in told[0] and "theo thời gian đã thực hiện" in told[0]
    assert told[0].startswith("Về thời gian thực hiện Phong trào (điều kiện: từ 03 năm trở lên): ")
    assert "đến hết ngày 31 tháng 12 năm 2030): đủ" in told[0] and "đến ngày 05 tháng 8 năm 2027): chưa đủ" in told[0]
    assert told[0].endswith("Tờ trình này tính theo thời gian kế hoạch.") and "chưa xác minh" not in told[0]
    assert submission_fields(material_of([commune(1)], "bk-tinh"))["thoi_gian"] == []  # Điều 74 asks for no length


def test_each_clause_with_whom_it_is_for() -> None:
    """One clause for all: the grounds say it. Several: who is proposed by which."""
    assert submission_fields(material_of([commune(1), commune(2)]))["theo_dieu_khoan"] == []
    assert submission_fields(material_of(MIXED))["theo_dieu_khoan"] == [
        "02 tập thể: điểm a khoản 3 Điều 74 Luật số 06/2022/QH15;",
        "01 cá nhân: điểm a khoản 1 Điều 74 Luật số 06/2022/QH15;",
        "01 hộ gia đình: khoản 5 Điều 74 Luật số 06/2022/QH15.",
    ]


def test_a_document_is_named_once_with_one_day() -> None:
    """Minutes recorded as people write them: no “Biên bản họp Biên bản số …”, no day twice; the earliest first."""
    material = material_of([commune(1), commune(2)], final=True)
    cases = list(material.dossier.cases)
    for place, (text, day) in enumerate(
        (("Biên bản số 9/BB-X ngày 03/07/2027", date(2027, 7, 3)), ("8/BB-X", date(2027, 7, 2)))
    ):
        done = dict(cases[place].progress.done) | {"xet-chon": Done("xet-chon", PASSED, text, day)}
        cases[place] = replace(cases[place], progress=replace(cases[place].progress, done=done))
    told = submission_fields(replace(material, dossier=replace(material.dossier, cases=tuple(cases))))["cac_buoc"][0]
    assert told == (
        "Xét, chọn: Biên bản họp tổ xét chọn số 8/BB-X ngày 02 tháng 7 năm 2027, "
        "Biên bản họp tổ xét chọn số 9/BB-X ngày 03 tháng 7 năm 2027;"
    )


def test_who_asks_for_it() -> None:
    """The office that has appraised; where it is itself the one that submits, the one that has selected."""
    final = material_of([commune(1)], "hcld-ba", final=True)
    assert submission_fields(final)["can_cu"][-1] == "Theo đề nghị của Giám đốc Sở Nội vụ."
    province = material_of([commune(1)], "bk-tinh", final=True)
    assert submission_fields(province)["can_cu"][-1] == "Theo đề nghị của Giám đốc Sở Khoa học và Công nghệ."
    assert not any(
        line.startswith("Theo") for line in submission_fields(material_of([commune(1)], "giay-khen"))["can_cu"]
    )


def test_steps_and_enclosures() -> None:
    fields = submission_fields(material_of([commune(1), commune(2)], "hcld-ba", final=True))
    assert fields["cac_buoc"] == [
        "Xét, chọn: Biên bản họp tổ xét chọn số 01/BB-TXC ngày 02 tháng 7 năm 2027;",
        "Công khai danh sách: từ ngày 12 tháng 7 năm 2027, tại Cổng Thông tin điện tử tỉnh;",
        "Hội đồng Thi đua - Khen thưởng tỉnh xét: Biên bản họp Hội đồng Thi đua - Khen thưởng tỉnh số 05/BB-HĐTĐKT "
        "ngày 02 tháng 8 năm 2027.",
    ]
    assert "Báo cáo thành tích (02 bản);" in fields["ho_so"] and not any("Tờ trình" in one for one in fields["ho_so"])


def test_a_list_keeps_groups_apart_and_says_who_has_no_score() -> None:
    groups = list_fields(material_of(list(reversed(MIXED))))["cac_nhom"]
    assert [one["ten"] for one in groups] == [
        "I. Xã, phường, thị trấn; Cụm 1 (01 tập thể)",
        "II. Xã, phường, thị trấn; Cụm 2 (01 tập thể)",
        "III. Cá nhân (01 cá nhân)",
        "IV. Trường hợp đề nghị không chấm điểm (01 hộ gia đình)",
    ]
    rows = [row for one in groups for row in one["danh_sach"]]
    assert [row["stt"] for row in rows] == ["1", "2", "3", "4"]
    assert [row["hang"] for row in rows] == ["1", "2", "1", ""]
    assert (rows[3]["diem"], rows[3]["ghi_chu"]) == ("Không chấm điểm", "Không chấm điểm")
    assert rows[2]["chuc_vu_don_vi"] == "Phó Trưởng phòng, Sở Tư pháp"
    assert rows[0]["ket_qua"].startswith("Năm 2025: 99,00/100,00 điểm, Xuất sắc, tiêu biểu, hạng 1; Năm 2026:")


def test_awards_held_stand_in_two_tables_with_their_category() -> None:
    fields = report_fields(material_of([commune(1)]), material_of([commune(1)]).dossier.cases[0])
    assert fields["danh_hieu"] == [
        {
            "nam": "2022",
            "ten": "Tập thể lao động xuất sắc",
            "quyet_dinh": "2/QĐ-UBND, ngày 05 tháng 3 năm 2022, Chủ tịch UBND tỉnh",
        }
    ]
    assert [row["ten"] for row in fields["hinh_thuc_da_khen"]] == ["Bằng khen của Bộ trưởng (công trạng)"]
    other = material_of([commune(1), commune(2)])
    assert report_fields(other, other.dossier.cases[1])["danh_hieu"][0]["nam"] == "……"


def test_the_units_prose_stays_under_its_headings() -> None:
    material = material_of([commune(1)])
    fields = report_fields(material, material.dossier.cases[0])
    sections = {one["tieu_de"]: one["cac_doan"] for one in [*fields["dac_diem"], *fields["thanh_tich"]]}
    assert sections["1. Đặc điểm, tình hình"] == ["Xã có 12 thôn, 9.800 nhân khẩu; 24 cán bộ, công chức."]
    assert sections["2. Biện pháp, giải pháp, sáng kiến đã thực hiện"] == [
        "Xã thành lập 12 tổ công nghệ số cộng đồng.",
        "Bố trí kinh phí mua sắm thiết bị.",
    ]
    assert sections["2. Chức năng, nhiệm vụ được giao"] == [] and sections["6. Nội dung khác"] == [
        "Nội dung ở đề mục lạ."
    ]
    content = made(material, "bao-cao-thanh-tich", 0)
    lines = docx.Document(io.BytesIO(content)).paragraphs
    dotted = [one for one in lines if one.text == "\t"]
    assert len(dotted) == 3 * sum(not texts for texts in sections.values())


def test_figures_stand_once_under_results() -> None:
    material = material_of([commune(1), household()])
    fields = report_fields(material, material.dossier.cases[0])
    assert [one["so_lieu"] for one in fields["thanh_tich"]] == ["", "", "có", "", "", ""]
    assert [row["ky"] for row in fields["cac_ky"]] == ["Năm 2025", "Năm 2026"]
    assert [row["ma"] for row in fields["bang_diem"][0]["danh_sach"]] == ["A", "A.2", "A.4"]
    assert text_of(made(material, "bao-cao-thanh-tich", 0)).count("Kết quả chấm điểm dịp") == 1
    assert [official(one) for one in ("A.1.2", "C2", "3.1", "C2.van-ban", "x")] == ["A.1.2", "C2", "3.1", "", ""]
    without = report_fields(material, material.dossier.cases[1])
    assert (without["ket_qua"], without["cac_ky"], without["bang_diem"]) == ("", [], [])
    assert "đề nghị khen thưởng không kèm điểm" in text_of(made(material, "bao-cao-thanh-tich", 1))


def test_the_form_that_nobody_has_seen_is_told_on_drafts() -> None:
    draft = material_of([commune(1)])
    told = " ".join(report_fields(draft, draft.dossier.cases[0])["ghi_chu_du_thao"])
    assert "Số thứ tự và nội dung mẫu chưa có" in told and "152/2025/NĐ-CP" in told
    final = material_of([commune(1)], final=True)
    assert report_fields(final, final.dossier.cases[0])["ghi_chu_du_thao"] == []


def test_checklist_of_an_award_and_its_money() -> None:
    fields = checklist_fields(material_of(MIXED))
    assert fields["ket_luan"] == "chưa đủ" and fields["tong_tien"] == "24.667.500 đồng"
    assert [row["so_tien"] for row in fields["tien"]] == ["7.590.000", "7.590.000", "3.795.000", "5.692.500"]
    assert fields["cach_tinh_tien"] == "Mức lương cơ sở 2.530.000 đồng từ ngày 01/07/2026."
    assert [row["tinh_trang"] for row in fields["cac_truong_hop"]] == ["Thiếu 01"] * 4
    assert fields["giay_to"] == fields["kiem_tra"] == []
    complete = checklist_fields(material_of([commune(1)], final=True))
    assert complete["ket_luan"] == "đủ thành phần, đủ điều kiện trình" and complete["con_thieu"] == []


def test_checklist_of_a_nominee() -> None:
    material = material_of(MIXED)
    fields = checklist_fields(material, material.dossier.cases[0])
    assert [row["ket_luan"] for row in fields["kiem_tra"]] == ["Đạt", "Cần người xem"]
    assert fields["kiem_tra"][1]["noi_dung"].endswith("Dữ liệu: ngày đầu phong trào chưa rõ.")
    assert fields["kiem_tra"][1]["can_cu"] == "khoản 2 Điều 26 (căn cứ chưa xác minh, xem cuối phiếu)"
    assert fields["can_cu_chua_xac_minh"][0] == "chưa đối chiếu nội dung mới;"
    assert any("06/2026/QH16" in one for one in fields["can_cu_chua_xac_minh"])
    open_ = Missing(PEOPLE, "E2 cần người xem: thời gian", "C001")
    more = material_of(MIXED, missing=(open_, replace(open_, text="E6 cần người xem: đơn thư")))
    told = checklist_fields(more, more.dossier.cases[0])["con_thieu"]
    assert told == ["Điều kiện: 02 nội dung cần người xem (E2, E6), xem bảng dưới đây."]
    assert next(row["ten"] for row in fields["giay_to"]) == "Báo cáo thành tích" and fields["giay_to_chung"] == []
    assert fields["con_thieu"] == ["Thành phần hồ sơ: Báo cáo thành tích: chưa có bản ký, đóng dấu (PDF)."]


def test_evidence_by_period_with_its_archive() -> None:
    material = material_of([commune(1), household()])
    fields = evidence_fields(material, material.dossier.cases[0])
    assert fields["cac_ky"][0]["ten"] == "Kết quả năm 2026 (biên nhận abababababab)"
    assert next(row["minh_chung"] for row in fields["cac_ky"][0]["danh_sach"]) == "Báo cáo số 01/BC-UBND"
    assert evidence_fields(material, material.dossier.cases[1])["cac_ky"] == []


def test_a_notice_holds_nothing_but_what_may_be_published() -> None:
    text = text_of(notice_of(material_of(MIXED, "hcld-ba")))
    for word in ("Xã Số 1", "Trần Thị Hoa", "Phó Trưởng phòng, Sở Tư pháp", "10 ngày làm việc"):
        assert word in text
    for word in ("99,00", "hạng 1", "C001", "Bằng khen của Bộ trưởng", "95,00", DRAFT):
        assert word not in text


def test_draft_and_stamps_on_every_page() -> None:
    """DỰ THẢO as long as something is missing, also when the dossier was asked for as final; stamps of results always."""
    material = material_of(MIXED, stamps=(STAMP,))
    for name, place in (("to-trinh", None), ("danh-sach", None), ("bao-cao-thanh-tich", 0), ("danh-muc-minh-chung", 0)):
        section = docx.Document(io.BytesIO(made(material, name, place))).sections[0]
        for header in (section.header, section.first_page_header):
            texts = [one.text for one in header.paragraphs if one.text]
            assert texts == [f"{DRAFT} - {ILLUSTRATION}", STAMP[0].upper() + STAMP[1:]], (name, texts)
    asked = material_of([commune(1)], final=True, missing=(Missing("các bước xét", "chưa qua bước"),))
    assert asked.draft and asked.stamps == [DRAFT]
    assert not material_of([commune(1)], final=True).draft
    assert DRAFT not in text_of(made(material_of([commune(1)], final=True), "to-trinh"))


def test_a_household_is_no_body_with_a_seal() -> None:
    material = material_of([household()])
    fields = report_fields(material, material.dossier.cases[0])
    assert (fields["nhan_ten"], fields["nguoi_bao_cao_in_hoa"]) == ("Hộ gia đình", "ĐẠI DIỆN HỘ GIA ĐÌNH")
    assert (fields["co_quan_in_hoa"], fields["co_quan_chu_quan_in_hoa"]) == ("XÃ\u00a0SỐ\u00a01", "")
    assert fields["cach_ky"] == "Ký, ghi rõ họ tên"
    told = {row["ten"]: row["noi_dung"] for row in summary_fields(material, material.dossier.cases[0])["thong_tin"]}
    assert (told["Hộ gia đình"], told["Nơi quản lý"]) == ("Hộ ông Nguyễn Văn Bình", "Xã Số 1")


def test_summary_is_one_table() -> None:
    material = material_of([person()])
    fields = summary_fields(material, material.dossier.cases[0])
    told = {row["ten"]: row["noi_dung"] for row in fields["thong_tin"]}
    assert told["Họ và tên"] == "Trần Thị Hoa" and told["Chức vụ, đơn vị"] == "Phó Trưởng phòng, Sở Tư pháp"
    assert told["Thứ hạng"] == "1" and "Đơn vị cấp trên" not in told


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("5/TTr-UBND", "05/TTr-UBND"),
        ("15/TTr-UBND", "15/TTr-UBND"),
        ("5", "05/TTr-UBND"),
        ("", "\u00a0" * 8 + "/TTr-UBND"),
    ],
)
def test_numbers(number: str, shown: str) -> None:
    assert number_words(number, "TTr", "UBND") == shown


def test_prose_proposed_twice_stands_once() -> None:
    nominee = commune(1)
    twice = replace(nominee, proposed=(*nominee.proposed, replace(nominee.proposed[0], proposal=7)))
    material = material_of([twice])
    sections = {
        one["tieu_de"]: one["cac_doan"] for one in report_fields(material, material.dossier.cases[0])["thanh_tich"]
    }
    assert sections["2. Biện pháp, giải pháp, sáng kiến đã thực hiện"] == [
        "Xã thành lập 12 tổ công nghệ số cộng đồng.",
        "Bố trí kinh phí mua sắm thiết bị.",
    ]


def test_small_words() -> None:
    assert punctuated(["một.", "hai;", " "]) == ["một;", "hai."]
    assert long_days("số 06/2022/QH15 ngày 05/02/2022") == "số 06/2022/QH15 ngày 05 tháng 02 năm 2022"
    assert signer_lines("TM. Ủy ban nhân dân / Chủ tịch") == signer_lines("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")
    assert counted(material_of(MIXED).dossier.cases) == "02 tập thể, 01 hộ gia đình, 01 cá nhân"


def test_folder_names_are_plain_whatever_names_are() -> None:
    assert nominee_folder(commune(3, "Xã Đông Hưng")) == "C003-xa-dong-hung"
    hostile = [
        nominee_folder(replace(commune(1), id=ident, name=name))
        for ident, name in (
            ("../../x", "../etc"),
            ("..", ".."),
            ("", "日本"),
            ("a/b", "a"),
            ("a?b", "a"),
            ("x" * 400, "y" * 400),
        )
    ]
    assert len(set(hostile)) == len(hostile)
    for name in hostile:
        assert name.replace("-", "").replace("_", "").replace(".", "").isalnum() and len(name) <= 120 and name[0] != "."


def test_the_same_bytes_every_time() -> None:
    first, second = material_of(MIXED), material_of(MIXED)
    for name, place in (("to-trinh", None), ("danh-sach", None), ("bao-cao-thanh-tich", 0), ("kiem-tra-ho-so", None)):
        assert made(first, name, place) == made(second, name, place)
    other = replace(first.printing, day=date(2027, 8, 6))
    assert made(replace(first, printing=other), "to-trinh") != made(first, "to-trinh")


def test_lists_of_many_rows() -> None:
    content = made(material_of([commune(number) for number in range(1, 61)]), "danh-sach")
    numbers = [line.split(": ")[1] for line in lines_of(content) if line.startswith("table: ") and line[7:].isdigit()]
    assert [str(number) for number in range(1, 61)] == [one for place, one in enumerate(numbers) if place % 2 == 0]
    assert docx.Document(io.BytesIO(content)).tables[0].rows[0]._tr.xml.count("tblHeader") == 1
