"""The eligibility workbook out and in, as the officer fills it in: cells, every mistake with its cell, nothing entered by halves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from criteria.problems import Problem, errors
from nominations.awards.reading import load_awards
from nominations.case import Case, Nominated
from nominations.eligibility.checks import check_case
from nominations.eligibility.collect import Collected, collect_eligibility
from nominations.eligibility.confirming import confirm_fact
from nominations.eligibility.content import content_of
from nominations.eligibility.facts import nominee_facts
from nominations.eligibility.finding import Outcome
from nominations.eligibility.gathering import context_of, decisions
from nominations.eligibility.issue import issue_eligibility
from nominations.eligibility.reasons import BY_FACTS, BY_LAW
from nominations.eligibility.selecting import select_cases
from nominations.eligibility.telling import finding_lines
from nominations.nominees import Nominee, Standing
from nominations.occasions import AwardOccasion, find_occasion
from nominations.results import Results
from nominations.selection.choosing import Chosen, State
from nominations.steps.progress import Progress
from records.ledger.entries import Entry
from records.roster.roster import load_roster
from records.workspace.folder import Workspace, create_workspace, open_workspace
from tests.nominations.eligibility_support import ranked
from tests.rounds.support import MOVEMENT, new_workspace

TODAY = date(2027, 10, 1)
FACTS, DECISIONS, LAW = "Dữ kiện", "Cần người xem", "Căn cứ"
AWARD = "bk-tinh"
HOSTILE = '=HYPERLINK("http://x","A & B <b>") {{ x }} #import'


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return new_workspace(tmp_path / "kỳ", period=None)


def nominated(workspace: Workspace, name: str = "thuc-day-2026-09-15", ident_of_award: str = AWARD) -> Nominated:
    """A1 a collective, P1 a person, F1 an enterprise with results, X1 a household without: all for one award."""
    file, problems = load_awards(workspace)
    assert file is not None, problems
    occasion, _ = find_occasion(workspace, name)
    assert occasion is not None
    told = nominee_facts(workspace, occasion.id)
    made = {}
    for ident, called, group, subject in (
        ("A1", HOSTILE, "a", "tap-the"),
        ("P1", "Bà P", "e", "ca-nhan"),
        ("F1", "Công ty F", "đ", "doanh-nghiep"),
        ("X1", "Hộ ông X", "", "ho-gia-dinh"),
    ):
        kind = file.awards.subject(subject)
        assert kind is not None
        facts = {"facts": told[ident]} if ident in told else {}
        result = ranked("90") if group else None
        made[ident] = Nominee(ident, called, kind, group, person=kind.person, ranked=result, **facts)
    standing = Standing(load_roster(workspace), made, {})
    context = context_of(workspace, file, occasion, standing)
    award = file.awards.award(ident_of_award)
    assert award is not None
    cases = []
    for one in made.values():
        route, findings = check_case(context, one, award)
        chosen = Chosen(one.id, State.NOT, "")
        cases.append(Case(award, one, route, findings, chosen, Progress()))
    return Nominated(occasion, file, standing, Results(), tuple(cases))


def issued(workspace: Workspace) -> Path:
    made, problems = issue_eligibility(workspace, nominated(workspace), everybody=True)
    assert made is not None and problems == []
    return made.path


def place(sheet: Any, key: str, head: str) -> Any:
    """The cell of a row by its key and of a column by its heading."""
    row = next(cell.row for cell in sheet["A"] if cell.value == key)
    column = next(cell.column for line in sheet.iter_rows() for cell in line if cell.value == head)
    return sheet.cell(row, column)


def fill(path: Path, typed: Mapping[tuple[str, str, str], Any], name: str = "in.xlsx") -> Path:
    """A copy with values typed in. typed: (sheet, key, heading) → value."""
    book = openpyxl.load_workbook(path)
    for (sheet, key, head), value in typed.items():
        cell = place(book[sheet], key, head)
        cell.value = value
        if value == HOSTILE:
            cell.data_type = "s"  # typed as a text
    target = path.with_name(name)
    book.save(target)
    return target


def collected(workspace: Workspace, path: Path) -> tuple[Collected | None, list[Problem]]:
    return collect_eligibility(workspace, nominated(workspace), path, TODAY, "Chị Thường trực")


def wrong(problems: Sequence[Problem]) -> list[tuple[str, str, str]]:
    return sorted((one.code, one.sheet, one.cell) for one in errors(list(problems)))


def entries(workspace: Workspace) -> int:
    return workspace.database.last_entry()


GOOD: dict[tuple[str, str, str], Any] = {
    (FACTS, "A1", "Tổng số người"): 10,
    (FACTS, "A1", "Số nữ"): 7,
    (FACTS, "A1", "Đang xem xét kỷ luật"): "KHÔNG",
    (FACTS, "A1", "Kỷ luật đến hết ngày"): date(2026, 1, 31),
    (FACTS, "A1", "Sáng kiến"): HOSTILE,
    (FACTS, "A1", "Văn bản, nguồn của dữ kiện mới"): "12/CV-TTr ngày 01/09/2026",
    (FACTS, "P1", "Giới tính"): "nữ",
    (FACTS, "P1", "Diện Ban Thường vụ Tỉnh ủy quản lý"): "có",
    (FACTS, "P1", "Ý kiến của Ban Thường vụ Tỉnh ủy"): "đồng ý",
    (FACTS, "F1", "Thuế tỉnh: số"): "5/XN-CT",
    (FACTS, "F1", "Thuế tỉnh: ngày"): "30/08/2026",
    (FACTS, "F1", "Thuế tỉnh: kết quả"): "đạt",
    (DECISIONS, f"{AWARD}/X1/TC", "KẾT LUẬN"): "đạt",
    (DECISIONS, f"{AWARD}/X1/TC", "LÝ DO"): "Hiến 2.000 m² đất",
    (DECISIONS, f"{AWARD}/X1/TC", "Văn bản (số, ngày)"): "3/BB ngày 10/09/2026",
    (LAW, "nd152-4-4", "ĐỐI CHIẾU"): "không thay đổi",
    (LAW, "nd152-4-4", "Văn bản đã đối chiếu"): "NĐ 152/2025/NĐ-CP, Công báo",
    (LAW, "nd152-4-4", "Ngày đối chiếu"): date(2026, 9, 1),
}  # fmt: skip


def test_what_is_typed_comes_into_the_ledger_and_changes_the_findings(workspace: Workspace) -> None:
    path = fill(issued(workspace), GOOD)
    done, problems = collected(workspace, path)
    assert (done, wrong(problems)) == (Collected(9, 1, 1), [])
    told = nominee_facts(workspace, "thuc-day-2026-09-15")
    assert (told["A1"].people, told["A1"].women, told["A1"].women_at_least(Fraction(70))) == (10, 7, True)
    assert told["A1"].blocks == {"discipline": "không"} and told["A1"].discipline_until == date(2026, 1, 31)
    assert told["A1"].initiative == HOSTILE and told["A1"].sources["discipline"] == "12/CV-TTr ngày 01/09/2026"
    assert (told["P1"].gender, told["P1"].managed, told["P1"].opinion) == ("nữ", "có", "đồng ý")
    tax = told["F1"].confirmations["thue"]
    assert (tax.finding, tax.document, tax.day) == ("đạt", "5/XN-CT", date(2026, 8, 30))
    said = decisions(workspace, "thuc-day-2026-09-15")[AWARD, "X1", "TC"]
    assert (said.passes, said.document, said.by, said.reason) == (
        True, "3/BB ngày 10/09/2026", "Chị Thường trực", "Hiến 2.000 m² đất",
    )  # fmt: skip
    now = nominated(workspace)
    found = {(case.nominee.id, one.check): one for case in now.cases for one in case.findings}
    assert found["P1", "E13"].code == "opinion-given"
    assert found["X1", "TC"].outcome is Outcome.PASS and "3/BB" in found["X1", "TC"].decided
    assert not now.file.law.holding("nd152-4-4", now.occasion.day).doubts


def test_facts_of_persons_are_sealed_those_of_bodies_stay_open(workspace: Workspace) -> None:
    collected(workspace, fill(issued(workspace), {**GOOD, (FACTS, "X1", "Báo chí nêu, đang xác minh"): "không"}))
    with workspace.database.reading() as connection:
        rows = connection.exec_driver_sql("select subject, field, value from entries where subject like 'nominee:%'")
        stored = {(row[0].rpartition("/")[2], row[1]): row[2] for row in rows}
    assert stored["A1", "women"] == "7" and stored["X1", "press"] != "không"
    assert nominee_facts(workspace, "thuc-day-2026-09-15")["X1"].blocks == {"press": "không"}
    assert all(value not in ("nữ", "có", "đồng ý") for (who, _), value in stored.items() if who == "P1")


def test_the_same_again_appends_nothing(workspace: Workspace) -> None:
    first = issued(workspace)
    path = fill(first, GOOD)
    collected(workspace, path)
    before = entries(workspace)
    assert collected(workspace, path) == (Collected(same=True), [])
    assert entries(workspace) == before
    again = fill(path, {(FACTS, "F1", "Tổng số người"): None}, "again.xlsx")  # other bytes, the same cells
    done, problems = collected(workspace, again)
    assert (done, errors(problems)) == (Collected(), [])
    assert entries(workspace) == before + 1  # only that it came in


def test_the_workbook_shows_what_is_known_and_is_the_same_every_time(workspace: Workspace) -> None:
    collected(workspace, fill(issued(workspace), GOOD))
    path = issued(workspace)
    raw = path.read_bytes()
    book = openpyxl.load_workbook(path)
    assert place(book[FACTS], "A1", "Tổng số người").value == 10
    assert place(book[FACTS], "A1", "Tên").value == HOSTILE and place(book[FACTS], "A1", "Tên").data_type == "s"
    assert place(book[FACTS], "F1", "Thuế tỉnh: ngày").value.date() == date(2026, 8, 30)
    assert place(book[DECISIONS], f"{AWARD}/X1/TC", "KẾT LUẬN").value == "đạt"
    assert "nd152-4-4" not in [cell.value for cell in book[LAW]["A"]]
    assert not place(book[FACTS], "A1", "Giới tính").fill.fgColor.rgb.endswith("FFF9C4")
    path.unlink()
    assert issued(workspace).read_bytes() == raw


def test_an_emptied_cell_takes_a_fact_back_and_a_wrong_day_can_be_put_right(workspace: Workspace) -> None:
    collected(workspace, fill(issued(workspace), GOOD))
    typed = {(FACTS, "P1", "Giới tính"): None, (FACTS, "F1", "Thuế tỉnh: ngày"): date(2026, 8, 3)}
    done, problems = collected(workspace, fill(issued(workspace), typed, "hai.xlsx"))
    assert (done, errors(problems)) == (Collected(facts=2), [])
    told = nominee_facts(workspace, "thuc-day-2026-09-15")
    assert told["P1"].gender == "" and told["F1"].confirmations["thue"].day == date(2026, 8, 3)


def test_what_somebody_else_has_entered_meanwhile_is_not_overwritten(workspace: Workspace) -> None:
    path = issued(workspace)
    with workspace.database.writing() as writer:
        writer.append([Entry("nominee:thuc-day-2026-09-15/A1", "people", "12"), Entry("basis:x", "note", "1")])
    untouched = fill(path, {(FACTS, "A1", "Đang xem xét kỷ luật"): "không"}, "mot.xlsx")
    assert collected(workspace, untouched)[0] == Collected(facts=1)
    told, problems = collected(workspace, fill(path, {(FACTS, "A1", "Tổng số người"): 10, (FACTS, "A1", "Số nữ"): 7}, "hai.xlsx"))  # fmt: skip
    assert told is None and wrong(problems) == [
        ("eligibility", FACTS, place(openpyxl.load_workbook(path)[FACTS], "A1", "Tổng số người").coordinate)
    ]
    assert nominee_facts(workspace, "thuc-day-2026-09-15")["A1"].women is None


def test_every_mistake_is_named_with_its_cell_and_nothing_is_entered(workspace: Workspace) -> None:
    path = issued(workspace)
    book = openpyxl.load_workbook(path)
    typed: list[tuple[str, str, str, Any, str]] = [
        (FACTS, "A1", "Giới tính", "nữ", "eligibility"),  # of a collective
        (FACTS, "A1", "Đang xem xét kỷ luật", "chắc không", "eligibility"),
        (FACTS, "A1", "Kỷ luật đến hết ngày", "31/02/2026", "eligibility"),
        (FACTS, "F1", "Tổng số người", "7,5", "eligibility"),
        (FACTS, "P1", "Nghỉ thai sản", "=1/0", "formula-cell"),
        (DECISIONS, f"{AWARD}/X1/TC", "KẾT LUẬN", "duyệt", "eligibility"),
        (LAW, "nd152-4-4", "Ngày đối chiếu", date(2026, 9, 1), "eligibility"),
        (LAW, "nd152-4-5", "ĐỐI CHIẾU", "không thay đổi", "reason"),
    ]
    cells = []
    for sheet, key, head, value, code in typed:
        cell = place(book[sheet], key, head)
        cell.value = value
        where = cell.coordinate
        if (sheet, head) == (LAW, "Ngày đối chiếu"):
            where = place(book[sheet], key, "ĐỐI CHIẾU").coordinate  # a day without a result
        if code == "reason":
            cells.append(("eligibility", sheet, place(book[sheet], key, "Ngày đối chiếu").coordinate))
            where = place(book[sheet], key, "Văn bản đã đối chiếu").coordinate
        cells.append((code, sheet, where))
    target = path.with_name("sai.xlsx")
    book.save(target)
    before = entries(workspace)
    done, problems = collected(workspace, target)
    assert done is None and wrong(problems) == sorted(cells)
    assert entries(workspace) == before


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"Tổng số người": 10}, "Số nữ"),
        ({"Tổng số người": 10, "Số nữ": 11}, "Số nữ"),
        ({"Giấy chứng nhận sáng kiến": "3/CN"}, "Sáng kiến"),
        ({"Thuế tỉnh: số": "5/XN"}, "Thuế tỉnh: kết quả"),
        ({"Thuế tỉnh: số": "5/XN", "Thuế tỉnh: kết quả": "đạt"}, "Thuế tỉnh: ngày"),
        ({"Thuế tỉnh: ngày": "1/8/2026", "Thuế tỉnh: kết quả": "đạt"}, "Thuế tỉnh: số"),
    ],
)
def test_cells_of_a_row_have_to_agree(workspace: Workspace, typed: dict[str, Any], at: str) -> None:
    path = issued(workspace)
    done, problems = collected(workspace, fill(path, {(FACTS, "F1", head): value for head, value in typed.items()}))
    cell = place(openpyxl.load_workbook(path)[FACTS], "F1", at).coordinate
    assert done is None and wrong(problems) == [("eligibility", FACTS, cell)]


@pytest.mark.parametrize(
    ("typed", "at", "code"),
    [
        ({"KẾT LUẬN": "đạt", "Văn bản (số, ngày)": "3/BB"}, "LÝ DO", "reason"),
        ({"KẾT LUẬN": "đạt", "LÝ DO": "Vì"}, "Văn bản (số, ngày)", "reason"),
        ({"LÝ DO": "Vì"}, "KẾT LUẬN", "eligibility"),
    ],
)
def test_a_decision_needs_reason_and_document(workspace: Workspace, typed: dict[str, Any], at: str, code: str) -> None:
    path, key = issued(workspace), f"{AWARD}/X1/TC"
    done, problems = collected(workspace, fill(path, {(DECISIONS, key, head): value for head, value in typed.items()}))
    cell = place(openpyxl.load_workbook(path)[DECISIONS], key, at).coordinate
    assert done is None and wrong(problems) == [(code, DECISIONS, cell)]


def test_an_opinion_belongs_to_whom_the_committee_manages(workspace: Workspace) -> None:
    path = issued(workspace)
    done, problems = collected(workspace, fill(path, {(FACTS, "P1", "Ý kiến của Ban Thường vụ Tỉnh ủy"): "đồng ý"}))
    managed = place(openpyxl.load_workbook(path)[FACTS], "P1", "Diện Ban Thường vụ Tỉnh ủy quản lý").coordinate
    assert done is None and wrong(problems) == [("eligibility", FACTS, managed)]


def test_another_file_row_or_day_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = issued(workspace)
    assert create_workspace(tmp_path / "khác", MOVEMENT, secret=b"another workspace") == []
    other, _ = open_workspace(tmp_path / "khác")
    assert other is not None
    done, problems = collected(other, path)
    assert done is None and [one.code for one in problems] == ["form-foreign"]
    book = openpyxl.load_workbook(path)
    book[FACTS].delete_rows(place(book[FACTS], "A1", "Tên").row)
    book.save(tmp_path / "thieu.xlsx")
    done, problems = collected(workspace, tmp_path / "thieu.xlsx")
    assert done is None and "form-line" in [one.code for one in problems]
    late = {(LAW, "nd152-4-4", "ĐỐI CHIẾU"): "đã thay đổi", (LAW, "nd152-4-4", "Văn bản đã đối chiếu"): "NĐ mới"}
    future = fill(path, {**late, (LAW, "nd152-4-4", "Ngày đối chiếu"): date(2027, 10, 2)}, "mai.xlsx")
    done, problems = collected(workspace, future)
    assert done is None and [one.code for one in errors(problems)] == ["eligibility"]
    (tmp_path / "hong.xlsx").write_bytes(b"PK not a workbook")
    done, problems = collected(workspace, tmp_path / "hong.xlsx")
    assert done is None and [one.code for one in problems] == ["form-unsafe"]
    done, problems = collected(workspace, tmp_path / "không có.xlsx")
    assert done is None and [one.code for one in problems] == ["file-not-found"]


def test_only_what_a_person_can_settle_is_asked(workspace: Workspace) -> None:
    made = nominated(workspace)
    content = content_of(workspace, made, everybody=True)
    asked = {(row.nominee, row.finding.check): row.finding.code for row in content.decisions}
    assert asked["X1", "TC"] == "unscored" and ("X1", "E6") not in asked
    assert not set(asked.values()) & (BY_FACTS | BY_LAW)
    assert [one.id for one in content.confirmations] == [one.id for one in made.file.awards.confirmations]
    assert [row.key for row in content.facts] == ["A1", "F1", "P1", "X1"]  # in the order of the movement's groups
    used = [bool(row.used) for row in content.law]
    assert used == sorted(used, reverse=True) and any(used)


def test_findings_are_told_with_the_law_said_once(workspace: Workspace) -> None:
    made = nominated(workspace)
    lines = list(finding_lines(made, made.cases))
    assert "  cần người xem: E6 chưa có thông tin về việc phải dừng xét: 4 (A1, F1, P1, X1)" in lines
    assert sum(line.startswith("    nd152-4-4: khoản 4 Điều 4 [152/2025/NĐ-CP] (E6)") for line in lines) == 1
    one, problems = select_cases(made, "X1", AWARD)
    assert problems == [] and len(one) == 1
    told = list(finding_lines(made, one))
    assert "    TC Tiêu chuẩn của tỉnh: Đề nghị không chấm điểm: hội đồng xem thành tích." in told
    assert [p.code for p in select_cases(made, "Z9", "vàng")[1]] == ["unknown-candidate", "award-unknown"]


def test_a_fact_is_confirmed_on_a_document(workspace: Workspace) -> None:
    day = date(2026, 9, 1)
    said, problems = confirm_fact(workspace, "nd152-4-4", "unchanged", "Công báo", day, TODAY, "Chị T")
    assert problems == [] and said.startswith("khoản 4 Điều 4 Nghị định số 152/2025/NĐ-CP")
    before = entries(workspace)
    confirm_fact(workspace, "nd152-4-4", "unchanged", "Công báo", day, TODAY, "Chị T")
    assert entries(workspace) == before
    _, problems = confirm_fact(workspace, "không-có", "changed", " ", date(2027, 10, 2), TODAY, "Chị T")
    assert [one.code for one in problems] == ["eligibility", "reason", "eligibility"]
    assert entries(workspace) == before


def test_a_comparison_after_the_day_of_the_occasion_counts_too(workspace: Workspace) -> None:
    typed = {
        (LAW, "nd152-4-4", "ĐỐI CHIẾU"): "không thay đổi",
        (LAW, "nd152-4-4", "Văn bản đã đối chiếu"): "NĐ 152",
        (LAW, "nd152-4-4", "Ngày đối chiếu"): "16/09/2026",
    }
    done, problems = collected(workspace, fill(issued(workspace), typed))
    assert done == Collected(law=1) and problems == []
    now = nominated(workspace)
    assert now.file.law.holding("nd152-4-4", now.occasion.day).sure


def test_a_comparison_before_the_text_changed_is_told_not_to_count(workspace: Workspace) -> None:
    """NĐ 152 is registered to end on 1/3/2027: who has read it in 2026 has not read what holds at the sơ kết of 2027."""
    where = ("so-ket-2027", "bk-ttg")
    made, _ = issue_eligibility(workspace, nominated(workspace, *where), everybody=True)
    assert made is not None
    typed = {"ĐỐI CHIẾU": "không thay đổi", "Văn bản đã đối chiếu": "NĐ 152", "Ngày đối chiếu": "28/02/2027"}
    path = fill(made.path, {(LAW, "nd152-4-4", head): value for head, value in typed.items()})
    done, problems = collect_eligibility(workspace, nominated(workspace, *where), path, TODAY, "Hội đồng")
    assert done == Collected(law=1) and [one.severity for one in problems] == ["warning"]
    assert "hết hiệu lực từ sau ngày 28/02/2027" in problems[0].message
    now = nominated(workspace, *where)
    assert now.file.law.holding("nd152-4-4", now.occasion.day).doubts == ("hết hiệu lực từ sau ngày 28/02/2027",)


def test_how_long_the_movement_lasts_is_decided_once_for_everybody(workspace: Workspace) -> None:
    where = ("so-ket-2027", "bk-ttg")
    made, problems = issue_eligibility(workspace, nominated(workspace, *where), everybody=True)
    assert made is not None and problems == []
    key = "bk-ttg/*/E2"
    sheet = openpyxl.load_workbook(made.path)[DECISIONS]
    assert [cell.value for cell in sheet["A"] if str(cell.value).endswith("/E2")] == [key]
    assert place(sheet, key, "Tên").value == "mọi đối tượng" and place(sheet, key, "Mã").value is None
    typed = {"KẾT LUẬN": "đạt", "LÝ DO": "Tính thời gian kế hoạch", "Văn bản (số, ngày)": "8/TB ngày 01/08/2027"}
    path = fill(made.path, {(DECISIONS, key, head): value for head, value in typed.items()})
    done, problems = collect_eligibility(workspace, nominated(workspace, *where), path, TODAY, "Hội đồng")
    assert (done, errors(problems)) == (Collected(decisions=1), [])
    found = {
        case.nominee.id: one
        for case in nominated(workspace, *where).cases
        for one in case.findings
        if one.check == "E2"
    }
    assert {ident for ident, one in found.items() if one.decided} == {"A1", "F1"}
    assert found["A1"].outcome is Outcome.PASS and "theo 8/TB ngày 01/08/2027" in found["A1"].decided


def test_other_occasions_and_complaints_are_gathered(workspace: Workspace) -> None:
    with workspace.database.writing() as writer:
        step = "xet-chon"
        told = [
            Entry("case:so-ket-2027/bk-tinh/A1", f"step:{step}", "passed", source="1/BB"),
            Entry("case:so-ket-2027/bk-tinh/P1", f"step:{step}", "failed", source="1/BB"),
            Entry("case:so-ket-2027/bk-tinh/F1", f"step:{step}", "passed", source="1/BB"),
            Entry("held:1", "holder", "F1"),
            Entry("held:1", "award", "bk-tinh"),
            Entry("held:1", "occasion", "so-ket-2027"),
            Entry("held:1", "status", "granted"),
        ]
        writer.append(told)
    made = nominated(workspace)
    occasion: AwardOccasion = made.occasion
    context = context_of(workspace, made.file, occasion, made.standing)
    assert context.elsewhere == {"A1": ("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh, dịp so-ket-2027",)}
