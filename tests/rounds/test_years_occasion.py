"""So-ket-2027 from frozen results: what counts, what waits, who stands where, and what is said about it."""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction

import openpyxl
import pytest

from criteria.declarations.years import Consecutive, Inheritance, InheritedResults, MinimumGrade
from records.years.combined import CombinedSet
from records.years.combining import INHERITED, PROPOSAL, combine_occasion
from records.years.explaining import explain_years, rule_lines, step, why_words
from records.years.frozen import in_force
from reports.years.files import occasion_file
from reports.years.text import occasion_explained, occasion_standings
from tests.rounds.year_support import GRADES, SO_KET, YEARS, combined, movement, places, result, roster, row_of

PLAIN = {"rule": {"weigh_by": "periods", "then": []}}


def simple(rows: dict[str, tuple[object, ...]], **rule: object) -> CombinedSet:
    """Three years of a few bodies; None: no row."""
    of = movement(rule={**PLAIN["rule"], **rule})
    results = [
        result(year, {ident: given[place] for ident, given in rows.items() if given[place] is not None})
        for place, year in enumerate(YEARS)
    ]
    return combined(of, roster(of, {ident: {} for ident in rows}), results)


def test_the_catalogue_weighs_by_days_and_says_that_it_is_a_proposal() -> None:
    of = movement()
    results = [result("2025", {"S1": 90}), result("2026", {"S1": 80}), result("2027-h1", {"S1": 60})]
    made = combined(of, roster(of, {"S1": {}}), results)
    row = row_of(made, "S1")
    assert row.combined.exact == Fraction(365 * 90 + 365 * 80 + 181 * 60, 911)
    assert places(made) == {"S1": ("8003/100", 1)}
    assert made.stamps == (PROPOSAL,)
    assert step(made, row) == "(365 × 90 + 365 × 80 + 181 × 60) / 911 ≈ 80,0329 %, làm tròn 80,03 %"
    assert PROPOSAL in occasion_standings(made) and PROPOSAL in occasion_explained(made, "S1")
    assert ("Trọng số", "số ngày của kỳ: 2025: 365; 2026: 365; 2027-h1: 181") in rule_lines(made)


def test_every_period_stands_beside_the_others_with_its_receipt() -> None:
    made = simple({"S1": ((88.5, 95), {"of": 92, "rank": 1}, 97.25)})
    told = dict(explain_years(made, "S1"))
    assert told["Kỳ 2025"] == "88,50/95,00 ≈ 93,1579 %; xếp loại Xuất sắc, tiêu biểu; biên nhận sha-2025"
    assert told["Kỳ 2026"] == "92,00/100,00 = 92 %; xếp loại Xuất sắc, tiêu biểu; hạng 1; biên nhận sha-2026"
    assert told["Tính"] == "(≈ 93,1579 + 92 + 97,25) / 3 ≈ 94,1360 %, làm tròn 94,14 %"
    assert (told["Kết quả"], told["Thứ hạng"]) == ("94,14 %", "1 trên 1")


def test_a_period_that_is_not_published_waits() -> None:
    of = movement(**PLAIN)
    made = combined(of, roster(of, {"S1": {}}), [result("2025", {"S1": 90}), result("2026", {"S1": 80})])
    row = row_of(made, "S1")
    assert (row.combined.value, row.combined.rank, row.combined.provisional) == (85, None, True)
    assert why_words(made, row) == ["Tạm tính, chờ kỳ 2027-h1: chưa có kết quả công bố chính thức"]


def test_ties_share_the_place_and_the_last_year_decides_where_that_is_said() -> None:
    rows = {"S2": (80, 90, 70), "S1": (90, 80, 70), "S3": (70, 70, 70)}
    assert {ident: rank for ident, (_, rank) in places(simple(rows)).items()} == {"S1": 1, "S2": 1, "S3": 3}
    rows["S1"] = (70, 80, 90)
    told = places(simple(rows, then=["share_of_last"]))
    assert {ident: rank for ident, (_, rank) in told.items()} == {"S1": 1, "S2": 2, "S3": 3}


def test_order_of_results_and_rows_never_decides() -> None:
    of = movement()
    rows = {"S1": 90, "S10": 70, "S2": 90}
    results = [result(year, rows) for year in YEARS]
    who = roster(of, {"S2": {}, "S10": {}, "S1": {}})
    back = [result(year, dict(reversed(rows.items()))) for year in reversed(YEARS)]
    one, two = combined(of, who, results), combined(of, who, back)
    assert [row.candidate for row in one.rows] == ["S1", "S2", "S10"]
    assert [(row.candidate, row.combined) for row in one.rows] == [(row.candidate, row.combined) for row in two.rows]
    assert occasion_file(of, [one]).content == occasion_file(of, [two]).content


def test_the_cut_off_takes_the_version_that_was_published_by_then() -> None:
    first = result("2026", {"S1": 80}, published=date(2027, 1, 20))
    second = result("2026", {"S1": 90}, version=2, published=date(2027, 8, 1))
    assert [one.version for one in in_force([second, first])] == [2]
    assert [one.version for one in in_force([second, first], date(2027, 7, 31))] == [1]
    assert in_force([first], date(2027, 1, 19)) == []
    assert in_force([result("2026", {"S1": 80})], date(2027, 1, 19)) == []  # no day of publication: nobody can say
    of = movement(rule={**PLAIN["rule"], "rounds": ["2026"], "until": date(2027, 7, 31)})
    assert places(combined(of, roster(of, {"S1": {}}), [first, second])) == {"S1": ("80", 1)}


def test_each_edition_by_its_own_rules_and_totals_of_other_maxima_are_warned_about() -> None:
    rows = {"S1": ((45, 50), 80, 90)}
    assert places(simple(rows)) == {"S1": ("8667/100", 1)}  # (90 % + 80 % + 90 %) / 3
    of = movement(rule={**PLAIN["rule"], "of": "total"})
    results = [result(year, {"S1": given}) for year, given in zip(YEARS, rows["S1"], strict=True)]
    found, problems = combine_occasion(of, SO_KET, roster(of, {"S1": {}}), results, ("a",))
    assert found[0].rows[0].combined.exact == Fraction(45 + 80 + 90, 3)
    assert [(p.code, p.severity) for p in problems] == [("years", "warning")] and "S1" in problems[0].message


def test_minimum_grade_and_years_in_a_row() -> None:
    rows = {"S1": (95, 65, 95), "S2": (70, 70, 70), "S3": (95, 50, 95)}
    made = simple(rows, minimum_grade=MinimumGrade(grade=GRADES[1]))
    assert [row.combined.rank for row in made.rows] == [1, 2, None]
    assert why_words(made, row_of(made, "S3")) == [
        "Mức “Đạt tiêu chuẩn thi đua” trở lên ở 2 kỳ, cần 3 kỳ (chưa đạt: 2026)"
    ]
    made = simple({**rows, "S4": (95, 95, 50)}, consecutive=Consecutive(grade=GRADES[0], periods=2))
    assert [row.candidate for row in made.rows if row.combined.rank] == ["S4"]
    assert why_words(made, row_of(made, "S1")) == ["Mức “Xuất sắc, tiêu biểu” trở lên ở 1 kỳ liên tiếp, cần 2 kỳ"]
    gap = simple({"S1": (95, 95, 95)}, consecutive=Consecutive(grade=GRADES[0], periods=2), rounds=["2025", "2027-h1"])
    assert gap.rows[0].combined.rank is None  # 2026 lies between


def test_a_grade_that_an_edition_does_not_have_is_not_guessed() -> None:
    of = movement(rule={**PLAIN["rule"], "minimum_grade": MinimumGrade(grade=GRADES[0])})
    results = [result(year, {"S1": 95}, grades=("Tốt", "Khá") if year == "2025" else GRADES) for year in YEARS]
    made = combined(of, roster(of, {"S1": {}}), results)
    assert why_words(made, made.rows[0]) == [
        "Chưa kết luận được mức “Xuất sắc, tiêu biểu”: bộ tiêu chí của kỳ 2025 không có mức này"
    ]


def test_pools_are_those_of_the_last_year() -> None:
    rows = {"S1": (90, 90, {"of": 90, "pool": "Cụm 2"}), "S2": (80, 80, {"of": 80, "pool": "Cụm 1"})}
    made = simple(rows)
    assert [(row.pool, row.candidate, row.combined.rank) for row in made.rows] == [
        ("Cụm 1", "S2", 1),
        ("Cụm 2", "S1", 1),
    ]


def test_who_went_to_another_group_is_combined_there() -> None:
    of = movement(**PLAIN)
    who = roster(of, {"S1": {}, "S2": {"group": "d", "set": "d-don-vi-truc-thuoc.yaml"}})
    results = [result("2025", {"S1": 90, "S2": 80}), result("2026", {"S1": 90}), result("2027-h1", {"S1": 90})]
    results.append(result("2026", {"S2": 85}, group="d"))
    found, _ = combine_occasion(of, SO_KET, who, results, ("a", "d"))
    assert [[row.candidate for row in made.rows] for made in found] == [["S1"], ["S2"]]
    told = why_words(found[1], found[1].rows[0])[0]
    assert "kỳ 2025: có kết quả ở nhóm a, không gộp với nhóm này" in told


@pytest.mark.parametrize(
    ("occasion", "letters", "code"),
    [("so-ket-2028", (), "period"), (SO_KET, ("z",), "group"), (SO_KET, ("a",), "years")],
)
def test_what_cannot_be_combined(occasion: str, letters: tuple[str, ...], code: str) -> None:
    of = movement()
    if code == "years":
        of = of.model_copy(update={"occasions": [one.model_copy(update={"combine": []}) for one in of.occasions]})
    found, problems = combine_occasion(of, occasion, roster(of, {}), [], letters)
    assert found == [] and [problem.code for problem in problems] == [code]


def test_the_workbook_shows_all_of_it_and_no_formula() -> None:
    of = movement()
    evil = '=HYPERLINK("http://x","y")'
    who = roster(
        of, {"S1": {"name": evil}, "S2": {"to": "2026-06-30", "successor": "S3"}, "S3": {"from_": "2026-07-01"}}
    )
    results = [
        result("2025", {"S1": 90, "S2": 80}, stamps=("SỐ LIỆU MINH HỌA",)),
        result("2026", {"S1": (85.5, 95), "S3": 70}),
        result("2027-h1", {"S1": 95, "S3": 75}),
    ]
    found, _ = combine_occasion(of, SO_KET, who, results, ("a",))
    file = occasion_file(of, found, {"Phần mềm": "thidua 0"})
    assert file.name == "ket-qua-so-ket-2027.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    assert book.sheetnames == ["Nhom a", "Cach gop"]
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    for stamp in (PROPOSAL, INHERITED, "SỐ LIỆU MINH HỌA"):
        assert any(stamp.lower() == text.lower() for text in texts), stamp
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert evil in texts and "85,50 / 95,00" in texts and "80,00 / 100,00 (*)" in texts
    assert "SỐ LIỆU MINH HỌA" in str(book["Nhom a"].oddFooter.left.text)
    values = {row[1].value: row for row in book["Nhom a"].iter_rows() if row[1].value in ("S1", "S3")}
    assert [cell.value for cell in values["S1"][3:12]] == [
        "90,00 / 100,00", 0.9, GRADES[0], "85,50 / 95,00", 0.9, GRADES[0], "95,00 / 100,00", 0.95, GRADES[0],
    ]  # fmt: skip
    assert values["S1"][12].value == 90.99  # (365 × 90 + 365 × 90 + 181 × 95) / 911
    assert values["S3"][12].value == 75.0  # (365 × 80 + 365 × 70 + 181 × 75) / 911
    assert any("biên nhận sha-2026" in text for text in texts)


def test_six_years_print_on_pages_of_their_own() -> None:
    of = movement(inheritance=Inheritance(results=InheritedResults()))
    years = ("2025", "2026", "2027", "2028", "2029", "2030-9m")
    results = [result(year, {"S1": 90, "S2": 80}) for year in years]
    found, problems = combine_occasion(of, "tong-ket-2030", roster(of, {"S1": {}, "S2": {}}), results, ("a",))
    assert problems == [] and [row.combined.rank for row in found[0].rows] == [1, 2]
    sheet = openpyxl.load_workbook(io.BytesIO(occasion_file(of, found).content))["Nhom a"]
    assert [one.id for one in sheet.col_breaks.brk] == [7, 16] and sheet.print_title_cols == "$A:$C"


def test_who_failed_a_gate_in_a_period_takes_no_place_at_the_occasion() -> None:
    """Others of its pool have ranks, it has none, and nothing was said of it: a gate was not met. The figure counts, the place does not."""
    of = movement(rule=PLAIN["rule"])
    ranks = {"S1": {"of": 95}, "S2": {"of": 90, "rank": 1}, "S3": {"of": 80, "rank": 2}}
    plain = {"S1": 95, "S2": 90, "S3": 80}  # no rank at all: the set gives none
    results = [result("2025", ranks), result("2026", plain), result("2027-h1", plain)]
    made = combined(of, roster(of, {ident: {} for ident in plain}), results)
    assert places(made) == {"S1": ("95", None), "S2": ("90", 1), "S3": ("80", 2)}
    assert row_of(made, "S1").cells[0].unplaced == "không đủ điều kiện xếp hạng của kỳ"
    assert why_words(made, row_of(made, "S1"))
