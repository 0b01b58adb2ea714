"""Verification workbooks out: who appears in whose, cell by cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from criteria.problems import errors
from records.forms.answers import Dispute, EvidenceItem
from records.review.issue import issue_reviews
from records.roster.importing import import_roster
from tests.rounds.review_filling import (
    A_FIGURES,
    C_FIGURES,
    DAY,
    JUDGED,
    collected,
    enter_task,
    fill,
    hand_in,
    issued,
    round_to_review,
    rows,
    shown,
)
from tests.rounds.support import enter_body

CANDIDATE, CONCLUSION, POINTS, MOST, SAID, EVIDENCE, WARNINGS = "D", "O", "J", "K", "L", "M", "N"


def cases(path: Path) -> set[str]:
    return {key for key in rows(path) if key.count("/") == 1}


def test_nobody_finds_itself_its_units_or_its_alternate_in_its_workbook(tmp_path: Path) -> None:
    found = {body: cases(one.path) for body, one in issued(round_to_review(tmp_path)).items()}
    by = {body: {key.partition("/")[0] for key in keys} for body, keys in found.items()}
    assert by == {
        "so-noi-vu": {"B002", "B010", "B035"},
        "so-khcn": {
            "B001",
            "B010",
            "B035",
            "X1",
            "X2",
            "P1",
        },  # not B002, not B015 which verifies B002, not its unit D1
        "so-tai-chinh": {"B002", "B010", "B015", "P1"},
        "van-phong-ubnd": {"B001", "B002", "B010", "X1", "X2", "D1"},
        "mttq-tinh": {"B035"},
    }
    assert "B001/A2.3" in found["van-phong-ubnd"] and "B010/A2.3" in found["so-noi-vu"]
    assert {key for key in found["so-tai-chinh"] if key.startswith("B002")} == {"B002/A2.4", "B002/A5.2", "B002/A5.3"}
    every = [key for keys in found.values() for key in keys]
    assert len(every) == len(set(every)) == 127


def test_a_row_shows_what_the_unit_says_and_what_the_engine_gives(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    path = issued(workspace)["van-phong-ubnd"].path
    assert path.name == "van-phong-ubnd-van-phong-uy-ban-nhan-dan-tinh.xlsx"
    row = [shown(path, "X1/C2.mot-cua", column) for column in "BCDEJKO"]
    assert row == ["C2.mot-cua", shown(path, "X2/C2.mot-cua", "C"), "X1", "Phường Một", 24.43, 33.33, None]
    figure = [shown(path, "X1/C2.mot-cua/measure:files_online", column) for column in "BDFGH"]
    assert figure == ["C2.mot-cua", "X1", "Hồ sơ tiếp nhận trực tuyến", "hồ sơ", 733]
    shared = [shown(path, "B010/A6.3/shown:procedures", column) for column in "HN"]
    assert shared == [50, "Văn phòng Ủy ban nhân dân tỉnh thẩm định ở tiêu chí A2.5."]
    order = list(rows(path))
    assert order.index("X2/C2.van-ban") < order.index("X1/C2.mot-cua") < order.index("X2/C2.mot-cua")


def test_only_input_cells_are_open_and_the_lists_are_those_of_the_conclusions(tmp_path: Path) -> None:
    path = issued(round_to_review(tmp_path), "van-phong-ubnd")["van-phong-ubnd"].path
    sheet = openpyxl.load_workbook(path)["tb-c-xa-phuong"]
    place = rows(path)
    for key, open_columns in (("X1/C2.mot-cua", "OQR"), ("X1/C2.mot-cua/measure:files", "P"), ("all", "E")):
        row = place[key][1]
        opened = "".join(cell.column_letter for cell in sheet[row] if not cell.protection.locked)
        assert opened == open_columns
    assert (
        sheet.protection.sheet
        and sheet.auto_filter.ref
        and sheet.freeze_panes == "F7"
        and not sheet.protection.autoFilter
    )
    assert sheet.print_title_rows == "$6:$6"
    row = place["X2/C2.mot-cua"][1]
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if f"O{row}" in rule.sqref]
    assert lists == ['"chấp nhận,sửa,trả lại,không áp dụng"']


def test_restricted_documents_are_a_reference_and_hostile_texts_stay_texts(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    evil = '=HYPERLINK("http://x","y")'
    documents = [
        EvidenceItem("A2.1", "12/TTr", "2026-03-04", "+cmd|' /C calc'!A0", evil, "a.pdf", "0" * 64, kind="to-trinh"),
        EvidenceItem("A2.5", "7/M", "2026-03-05", "", "chuyện kín", restricted=True, kind="quyet-dinh"),
    ]
    hand_in(workspace, "B010", "tb-a-so-nganh", A_FIGURES, 2, evidence=documents, claims={"A6.6": evil})
    enter_body(workspace, "B010", name="=1+1")
    path = issued(workspace, "van-phong-ubnd")["van-phong-ubnd"].path
    assert shown(path, "B010/A2.1", EVIDENCE) == (
        f"1. Tờ trình, văn bản tham mưu: 12/TTr ngày 04/03/2026, +cmd|' /C calc'!A0: {evil} [tệp a.pdf]"
    )
    assert shown(path, "B010/A2.5", EVIDENCE) == "1. Quyết định: 7/M ngày 05/03/2026 (hạn chế: xem tại đơn vị)"
    assert shown(path, "B010/A6.6", SAID) == f"Đề nghị không áp dụng: {evil}"
    book = openpyxl.load_workbook(path)
    formulas = [(s.title, c.coordinate) for s in book.worksheets for row in s for c in row if c.data_type == "f"]
    assert {title for title, _ in formulas} == {"Ky"} and len(formulas) == 4
    assert "chuyện kín" not in "".join(str(c.value) for s in book.worksheets for row in s for c in row)


def test_what_is_missing_and_disputed_is_said(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    enter_task(workspace, "5", "B010")
    enter_task(workspace, "6", "B010", "2026-05-01")
    said = {"judged": JUDGED, "disputes": [Dispute("5", "2026-06-20", "9/BC", "đã gửi")]}
    hand_in(workspace, "B010", "tb-a-so-nganh", {**A_FIGURES, "initiatives": ""}, 2, **said)
    path = issued(workspace, "so-khcn")["so-khcn"].path
    assert str(shown(path, "B010/A3.2", WARNINGS)).startswith("Chưa có số liệu: Sáng kiến được công nhận")
    assert shown(path, "B010/A3.2", POINTS) is None
    assert "Bộ chỉ số" in str(shown(path, "X1/C3.place/shown:dx_value", WARNINGS))
    counted = [shown(path, f"B010/A1.1/shown:={name}", "H") for name in ("tasks_done", "tasks_in")]
    assert counted == ["1", "2"]
    assert str(shown(path, "B010/A1.1", WARNINGS)).startswith("Có 1 ý kiến về sổ nhiệm vụ")
    key = "B010/A1.1/dispute:5"
    assert shown(path, key, "L") == "Ý kiến của đơn vị: hoàn thành 20/06/2026; văn bản 9/BC; lý do: đã gửi"
    assert shown(path, key, WARNINGS) == "Sổ: chưa hoàn thành (hạn 30/06/2026)."
    assert "B010/A1.2/dispute:5" not in rows(path)


def test_the_same_again_changes_nothing_and_the_time_limit_does_not_begin_again(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    first = issued(workspace)
    before = workspace.database.last_entry()
    again, problems = issue_reviews(workspace, "2026", date(2026, 12, 9))
    assert [one.written for one in again] == [False] * 5 and problems == []
    assert {one.deadline for one in again} == {first["so-khcn"].deadline} == {date(2026, 12, 23)}
    assert workspace.database.last_entry() == before
    hand_in(workspace, "X1", "tb-c-xa-phuong", {**C_FIGURES, "dx_done": "13"}, 2)
    again, _ = issue_reviews(workspace, "2026", date(2026, 12, 9))
    assert {one.body: one.deadline for one in again if one.written} == {
        "so-khcn": date(2026, 12, 30),
        "van-phong-ubnd": date(2026, 12, 30),
    }


def test_one_body_one_group_and_what_is_concluded(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    some = issued(workspace, "Sở Khoa học và Công nghệ", letters=("c",))
    assert [(body, one.criteria, one.path.name) for body, one in some.items()] == [
        ("so-khcn", 4, "so-khcn-c-so-khoa-hoc-va-cong-nghe.xlsx")
    ]
    fill(some["so-khcn"].path, tmp_path / "in" / "a.xlsx", {"X1/C1": ["chấp nhận"]})
    assert not collected(workspace, tmp_path / "in").wrong
    assert cases(issued(workspace, "so-khcn", letters=("c",))["so-khcn"].path) == {
        "X2/C1",
        "X1/C3.place",
        "X2/C3.place",
    }
    whole = issued(workspace, "so-khcn", letters=("c",), everything=True)["so-khcn"].path
    assert cases(whole) == {"X1/C1", "X2/C1", "X1/C3.place", "X2/C3.place"}
    assert "Đã thẩm định: chấp nhận." in str(shown(whole, "X1/C1", WARNINGS))


def test_who_is_asked_for_and_unknown_is_named(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    found, problems = issue_reviews(workspace, "2026", DAY, ("Sở Y", "so-khcn"), ("z",))
    assert found == [] and [problem.code for problem in errors(problems)] == ["group", "review"]
    assert not (workspace.issued("2026") / "tham-dinh").exists()
    found, problems = issue_reviews(workspace, "2026", DAY, ("hiep-hoi-doanh-nghiep",))
    assert found == [] and [(problem.code, problem.severity) for problem in problems] == [("review", "warning")]


def test_a_criterion_for_which_nobody_remains_is_an_error_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = round_to_review(tmp_path)
    monkeypatch.setattr(workspace.movement, "alternates", [])
    found, problems = issue_reviews(workspace, "2026", DAY)
    assert found == [] and {problem.code for problem in errors(problems)} == {"verifier-loop"}
    assert any("A2.3 của B001 Sở Nội vụ" in problem.message for problem in problems)
    assert not (workspace.issued("2026") / "tham-dinh").exists()


def test_who_has_handed_in_nothing_is_in_nobodys_workbook(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    listed = tmp_path / "d.csv"
    listed.write_text("mã,tên,loại,cụm\nX9,Phường Chín,phường,Cụm 1\n", encoding="utf-8")
    assert errors(import_roster(workspace, [listed])[1]) == []
    every = {key.partition("/")[0] for one in issued(workspace).values() for key in cases(one.path)}
    assert "X9" not in every and "X1" in every
