"""Words that the documents of awards share: stamps, names in capitals, clauses gathered, what counts and since when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nominations.dossier.days import drawn_up
from reports.dossier.counting import counted_parts, counted_since, for_award
from reports.dossier.fields import held_by
from reports.dossier.wording import DRAFT, capitals, cited, gathered, places, stamp_lines
from scoring.result import ILLUSTRATION
from tests.nominations.document_support import DAY, award_file, commune, made, material_of, sheet_of, text_of


def test_names_are_broken_between_their_words() -> None:
    for name, shown in (
        ("Ủy ban nhân dân tỉnh Hưng Yên", "ỦY~BAN~NHÂN~DÂN TỈNH~HƯNG~YÊN"),
        ("Sở Khoa học và Công nghệ", "SỞ~KHOA~HỌC VÀ~CÔNG~NGHỆ"),
        ("Hội đồng Thi đua - Khen thưởng", "HỘI~ĐỒNG THI~ĐUA~-~KHEN~THƯỞNG"),
        ("Doanh nghiệp minh họa 10", "DOANH~NGHIỆP MINH~HỌA~10"),
        ("Sở Nội vụ", "SỞ NỘI VỤ"),
        ("X" * 80, "X" * 80),
        ("", ""),
    ):
        assert capitals(name) == shown.replace("~", "\u00a0")
    long = "Trung tâm " * 40
    assert capitals(long.strip()).replace("\u00a0", " ") == long.strip().upper()


def test_stamps_stand_in_two_lines() -> None:
    told = ["điểm theo 01/QĐ-UBND", ILLUSTRATION, "cách gộp đề xuất", "cách gộp đề xuất"]
    assert stamp_lines(told, draft=True) == [
        f"{DRAFT} - {ILLUSTRATION}",
        "Điểm theo văn bản số 01/QĐ-UBND; cách gộp đề xuất",
    ]
    assert stamp_lines([], draft=True) == [DRAFT] and stamp_lines([], draft=False) == []


def test_clauses_and_reasons_are_gathered() -> None:
    law = award_file().law
    ids = ["luat-75-1-c", "luat-75-1-b", "luat-75-2", "luat-80-1", "nd129-59"]
    assert cited(law, ids) == [
        "điểm b, điểm c khoản 1, khoản 2 Điều 75, khoản 1 Điều 80 Luật số 06/2022/QH15",
        "Điều 59 Nghị định số 129/2025/NĐ-CP",
    ]
    assert places([]) == ""
    assert gathered(["A Luật số 1: x", "B Luật số 1: x", "C Luật số 2: x", "D", "Tờ trình: y", "Danh sách: y"]) == [
        "A, B Luật số 1; C Luật số 2: x",
        "D",
        "Tờ trình, Danh sách: y",
    ]


def test_what_was_awarded_before_does_not_count_again() -> None:
    """The report shows the periods since the last award only, and says that the figure is not that of the occasion."""
    nominee = commune(1)
    assert nominee.ranked is not None
    since = replace(nominee.ranked, since=date(2026, 1, 1), periods=nominee.ranked.periods[1:])
    sheet = sheet_of(nominee)
    assert sheet is not None
    sheet = replace(sheet, periods=(replace(sheet.periods[0], period="2025", title="năm 2025"), *sheet.periods))
    assert [one.period for one in counted_parts(sheet, since)] == ["2026"]
    assert [one.period for one in counted_parts(sheet, nominee.ranked)] == ["2025", "2026"]
    assert counted_since(nominee.ranked, sheet) == "" and for_award(sheet, nominee.ranked) is sheet
    assert counted_since(since, sheet) == "Thành tích tính từ ngày 01/01/2026"
    assert for_award(sheet, since).about[-1] == (
        "Kết quả dùng để xét khen thưởng",
        "99,00 %; thứ hạng 1, trong Cụm 1 (thành tích tính từ ngày 01/01/2026, 01 kỳ)",
    )


def test_awards_granted_after_the_day_of_the_papers_are_not_listed() -> None:
    material = material_of([commune(1)])
    early = replace(material, printing=replace(material.printing, day=date(2021, 12, 31)))
    assert len(held_by(material, material.dossier.cases[0])) == 2
    assert [one.day for one in held_by(early, early.dossier.cases[0])] == [date(2021, 3, 5)]
    assert "2/QĐ-UBND" not in text_of(made(early, "danh-sach"))


def test_papers_are_not_older_than_the_meeting_they_name() -> None:
    material = material_of([commune(1)], final=True)
    assert drawn_up(award_file().awards, material.dossier, date(2027, 7, 1)) == date(2027, 8, 2)
    assert drawn_up(award_file().awards, material.dossier, DAY) == DAY
    assert drawn_up(award_file().awards, material_of([commune(1)]).dossier, date(2027, 7, 1)) == date(2027, 7, 1)
