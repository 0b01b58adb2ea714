"""What is refused in a proposal workbook: every finding with its code, sheet and cell; nothing is stored then."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from criteria.problems import Problem, errors
from nominations.proposals.columns import COLUMN, LISTED, OWN, REPORT, SIGN
from records.workspace.folder import Workspace
from tests.nominations.proposals_support import (
    OCCASION,
    PROVINCE,
    award_name,
    collected,
    fill,
    handed,
    issued,
    province,
)
from tests.rounds.mutations import mutations
from tests.rounds.support import enter_body
from tests.rounds.workbook_support import rows, save

HOUSE = {"name": "Gia đình ông Tám", "subject": "hộ gia đình"}
LETTERS = {field: chr(ord("A") + place) for field, place in COLUMN.items()}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return province(tmp_path / "w")


def refused(
    workspace: Workspace, tmp_path: Path, cells: dict[str, Any], body: str = "B002", **signed: Any
) -> list[Problem]:
    """Errors of one workbook, which leaves nothing behind."""
    before = workspace.database.head()
    fill(issued(workspace, body), tmp_path / "in" / "a.xlsx", cells, **signed)
    run = collected(workspace, tmp_path / "in")
    assert run.taken == [] and workspace.database.head() == before
    assert not (workspace.received(OCCASION) / "de-nghi").exists()
    return sorted(errors(run.problems))


def at(workspace: Workspace, key: str, field: str, body: str = "B002") -> str:
    """The cell of a field in a row of the list."""
    return f"{LETTERS[field]}{rows(issued(workspace, body))[key][1]}"


def bk(workspace: Workspace) -> str:
    return award_name(workspace, PROVINCE)


@pytest.mark.parametrize(
    ("key", "told", "code", "field"),
    [
        ("candidate:P1", {"award": "Huân chương Sao vàng"}, "award-unknown", "award"),
        ("candidate:P1", {"award": "BK", "gender": "nữ giới"}, "form-cell", "gender"),
        ("candidate:D1", {"award": "BK", "people": "mười"}, "form-cell", "people"),
        ("candidate:D1", {"award": "BK", "people": 7, "women": 8}, "proposal", "women"),
        ("candidate:D1", {"award": "BK", "women": 8}, "proposal", "people"),
        ("candidate:D1", {"award": "BK", "people": 0}, "proposal", "people"),
        ("candidate:D1", {"award": "BK", "people": 2.5}, "form-cell", "people"),
        ("candidate:D1", {"award": "BK", "people": -3}, "form-cell", "people"),
        ("candidate:D1", {"award": "BK", "people": "KAD"}, "form-cell", "people"),
        ("candidate:D1", {"award": "BK", "gender": "nữ"}, "proposal", "gender"),
        ("candidate:P1", {"award": "BK", "people": 5}, "proposal", "people"),
        ("candidate:P1", {"award": "BK", "certificate": "12/GCN"}, "proposal", "initiative"),
        ("candidate:P1", {"merit": "Không chọn hình thức"}, "proposal", "award"),
        ("new:1", {"award": "BK", "subject": "hộ gia đình"}, "proposal", "name"),
        ("new:1", {"award": "BK", "name": "Ai đó"}, "proposal", "subject"),
        ("new:1", {"award": "BK", "name": "Ai đó", "subject": "người ngoài hành tinh"}, "proposal", "subject"),
        ("new:1", {**HOUSE, "merit": "Không chọn"}, "proposal", "award"),
        ("new:1", {"name": "F1", "award": "BK"}, "proposal", "mark"),
        ("new:1", {"name": "Công ty 1", "award": "BK"}, "proposal", "mark"),
        ("candidate:P1", {"award": '=HYPERLINK("http://x","y")'}, "formula-cell", "award"),
    ],
)
def test_a_wrong_cell(
    workspace: Workspace, tmp_path: Path, key: str, told: dict[str, Any], code: str, field: str
) -> None:
    cells = {key: {name: bk(workspace) if value == "BK" else value for name, value in told.items()}}
    found = refused(workspace, tmp_path, cells)
    assert [(one.code, one.sheet, one.cell) for one in found] == [(code, LISTED, at(workspace, key, field))]
    assert found[0].message.strip() and found[0].hint.strip()


@pytest.mark.parametrize("ident", ["hcld-nhat", "hcld-nhi", "co-chinh-phu"])
def test_what_the_movement_cannot_lead_to_is_refused_with_its_clause(
    workspace: Workspace, tmp_path: Path, ident: str
) -> None:
    (one,) = refused(workspace, tmp_path, {"candidate:D1": {"award": award_name(workspace, ident)}})
    assert (one.code, one.sheet, one.cell) == ("proposal", LISTED, at(workspace, "candidate:D1", "award"))
    assert one.message == f"{award_name(workspace, ident)} không đề nghị được từ phong trào này."
    article = {"hcld-nhat": "Điều 42", "hcld-nhi": "Điều 43", "co-chinh-phu": "Điều 25"}[ident]
    assert article in one.hint and "Thủ tướng Chính phủ phát động" in one.hint


def test_one_row_per_nominee_and_award(workspace: Workspace, tmp_path: Path) -> None:
    cells = {"candidate:P1": {"award": bk(workspace)}, "new:1": {"name": "P1", "award": bk(workspace)}}
    (one,) = refused(workspace, tmp_path, cells)
    assert (one.code, one.cell) == ("proposal", at(workspace, "new:1", "award"))
    assert "đã có ở dòng P1" in one.message


def test_who_may_propose_is_named(workspace: Workspace, tmp_path: Path) -> None:
    (one,) = refused(workspace, tmp_path, {"new:1": {"name": "F1", "award": bk(workspace)}})
    assert one.message == "B002 Sở Khoa học và Công nghệ không được đề nghị F1 Công ty 1."
    assert one.hint == "Cơ quan được đề nghị: B041 Hiệp hội Doanh nghiệp tỉnh."


def test_a_unit_of_a_ranking_speaks_for_itself_only(workspace: Workspace, tmp_path: Path) -> None:
    (one,) = refused(workspace, tmp_path, {"new:1": {"name": "C1", "award": bk(workspace)}}, "D1")
    assert (one.code, one.cell) == ("proposal", at(workspace, "new:1", "mark", "D1"))
    assert one.hint == "Cơ quan được đề nghị: C1 Xã Một hoặc B002 Sở Khoa học và Công nghệ."


def test_nobody_is_named_where_the_manager_is_unknown(workspace: Workspace, tmp_path: Path) -> None:
    enter_body(workspace, "P9", name="Người Chín", kind="cá nhân", sub_type="nhà khoa học")
    (one,) = refused(workspace, tmp_path, {"new:1": {"name": "P9", "award": bk(workspace)}})
    assert one.code == "proposal" and one.hint.startswith("Chưa rõ cơ quan quản lý")


def test_the_association_proposes_only_at_its_occasions(workspace: Workspace, tmp_path: Path) -> None:
    push = "thuc-day-2027-07-15"
    cells = {"new:1": {"name": "F1", "award": bk(workspace)}}
    fill(issued(workspace, "B041", push), tmp_path / "in" / "a.xlsx", cells)
    (one,) = errors(collected(workspace, tmp_path / "in", push).problems)
    assert one.code == "proposal" and one.cell == f"B{rows(issued(workspace, 'B041', push))['new:1'][1]}"
    assert "vào dịp sơ kết, tổng kết; đây là dịp thúc đẩy phong trào" in one.message and one.hint


def test_a_body_that_is_no_candidate_is_named(workspace: Workspace, tmp_path: Path) -> None:
    enter_body(workspace, "B090", name="Trường Chín", kind="trường")
    (one,) = refused(workspace, tmp_path, {"new:1": {"name": "B090", "award": bk(workspace)}})
    assert (one.code, one.cell) == ("unknown-candidate", at(workspace, "new:1", "name"))


def test_a_name_that_a_person_of_the_office_has_is_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    told = {"name": "Nguyễn Thị Én", "subject": "công nhân, nông dân", "award": bk(workspace)}
    fill(issued(workspace), tmp_path / "in" / "a.xlsx", {"new:1": told})
    run = collected(workspace, tmp_path / "in")
    assert [(one.severity, one.code, one.cell) for one in run.problems] == [
        ("warning", "name-match", at(workspace, "new:1", "name"))
    ]
    assert run.taken[0].outsiders == ("X1",)


@pytest.mark.parametrize(
    ("signed", "code", "key"),
    [
        ({"number": None}, "signature", "sign:number"),
        ({"date": None}, "signature", "sign:date"),
        ({"minutes": None}, "signature", "sign:minutes"),
        ({"minutes_day": None}, "signature", "sign:minutes_day"),
        ({"head": None}, "signature", "sign:head"),
        ({"compiled_by": " "}, "signature", "sign:compiled_by"),
        ({"version": 0}, "signature", "sign:version"),
        ({"date": "21/07/2027"}, "signature", "sign:date"),
        ({"minutes_day": "21/07/2027", "date": "21/07/2027"}, "signature", "sign:date"),
        ({"minutes_day": "11/07/2027"}, "signature", "sign:minutes_day"),
        ({"date": "31/02/2027"}, "signature", "sign:date"),
    ],
)
def test_a_wrong_signature(workspace: Workspace, tmp_path: Path, signed: dict[str, Any], code: str, key: str) -> None:
    found = refused(workspace, tmp_path, {"candidate:P1": {"award": bk(workspace)}}, **signed)
    cell = f"C{rows(issued(workspace))[key][1]}"
    assert (found[0].code, found[0].sheet, found[0].cell) == (code, SIGN, cell)


def test_a_letter_of_today_is_taken_one_of_tomorrow_is_not(workspace: Workspace, tmp_path: Path) -> None:
    cells = {"candidate:P1": {"award": bk(workspace)}}
    fill(issued(workspace), tmp_path / "in" / "a.xlsx", cells, date="20/07/2027")
    assert errors(collected(workspace, tmp_path / "in", today=date(2027, 7, 19)).problems) != []
    assert collected(workspace, tmp_path / "in", today=date(2027, 7, 20)).problems == []


def test_through_somebody_only_where_the_file_says_so(workspace: Workspace, tmp_path: Path) -> None:
    (one,) = refused(
        workspace, tmp_path, {"candidate:B041": {"award": bk(workspace)}}, "B041", through="số 9 ngày 1/7/2027"
    )
    assert (one.code, one.sheet, one.cell) == (
        "signature",
        SIGN,
        f"C{rows(issued(workspace, 'B041'))['sign:through'][1]}",
    )


def test_an_empty_workbook_proposes_nobody(workspace: Workspace, tmp_path: Path) -> None:
    (one,) = refused(workspace, tmp_path, {})
    assert (one.code, one.sheet) == ("proposal", SIGN) and "không đề nghị ai" in one.message


@pytest.mark.parametrize(
    ("told", "code", "column"),
    [
        (("P2", "II.3", "Ai"), "proposal", "B"),
        (("P1", "IX.9", "Ai"), "proposal", "C"),
        (("P1", "II.3", None), "proposal", "D"),
        (("P1", None, "Ai"), "proposal", "C"),
        ((None, "II.3", "Ai"), "proposal", "B"),
    ],
)
def test_wrong_prose(workspace: Workspace, tmp_path: Path, told: tuple[Any, ...], code: str, column: str) -> None:
    (one,) = refused(workspace, tmp_path, {"candidate:P1": {"award": bk(workspace)}, "report:4": told})
    assert (one.code, one.sheet, one.cell) == (code, REPORT, f"{column}{rows(issued(workspace))['report:4'][1]}")


@pytest.mark.parametrize(
    ("told", "column"),
    [
        (("", "", "Giấy khen", "5/QĐ", "02/03/2026"), "C"),
        (("Q9", "", "Giấy khen", "5/QĐ", "02/03/2026"), "B"),
        (("P1", "", "", "5/QĐ", "02/03/2026"), "D"),
        (("P1", "", "Giấy khen", "", "02/03/2026"), "E"),
        (("P1", "", "Giấy khen", "5/QĐ", ""), "F"),
        (("P1", "", "Giấy khen", "5/QĐ", "21/07/2027"), "F"),
    ],
)
def test_wrong_awards_of_the_unit(workspace: Workspace, tmp_path: Path, told: tuple[Any, ...], column: str) -> None:
    (one,) = refused(workspace, tmp_path, {"candidate:P1": {"award": bk(workspace)}, "award:2": told})
    assert (one.code, one.sheet, one.cell) == ("award-held", OWN, f"{column}{rows(issued(workspace))['award:2'][1]}")


def test_everything_wrong_is_told_at_once(workspace: Workspace, tmp_path: Path) -> None:
    cells = {
        "candidate:P1": {"award": "không có", "gender": "x"},
        "candidate:D1": {"award": bk(workspace), "women": 3},
        "new:2": {"award": bk(workspace)},
        "report:1": ("P1", "X", ""),
        "award:1": ("", "", "", "", ""),
        "award:2": ("P1", "", "", "5/QĐ", "02/03/2026"),
    }
    found = refused(workspace, tmp_path, cells, number=None)
    assert {(one.code, one.sheet) for one in found} == {
        ("award-unknown", LISTED),
        ("form-cell", LISTED),
        ("proposal", LISTED),
        ("proposal", REPORT),
        ("award-held", OWN),
        ("signature", SIGN),
    }


def test_one_bad_file_keeps_no_other_out(workspace: Workspace, tmp_path: Path) -> None:
    fill(issued(workspace, "B002"), tmp_path / "in" / "a.xlsx", {"candidate:P1": {"award": "không có"}})
    fill(issued(workspace, "C1"), tmp_path / "in" / "b.xlsx", {"candidate:C1": {"award": bk(workspace)}})
    (tmp_path / "in" / "c.xlsx").write_bytes(b"PK nothing")
    run = collected(workspace, tmp_path / "in")
    assert [one.proposer for one in run.taken] == ["C1"] and run.wrong
    assert {one.file for one in errors(run.problems)} == {"a.xlsx", "c.xlsx"}


def test_a_workbook_of_another_occasion_or_workspace_is_foreign(workspace: Workspace, tmp_path: Path) -> None:
    other = fill(issued(workspace, "C1", "tong-ket-2030"), tmp_path / "in" / "a.xlsx", {"candidate:C1": {"award": "x"}})
    assert [one.code for one in collected(workspace, other.parent).problems] == ["form-period"]
    book = openpyxl.load_workbook(issued(workspace, "C1"))
    hidden = book["_thidua"]
    for row in hidden.iter_rows(max_col=2):
        if row[0].value == "owner":
            row[1].value = "B002"
    save(book, tmp_path / "forged" / "a.xlsx")
    assert [one.code for one in collected(workspace, tmp_path / "forged").problems] == ["form-foreign"]


def test_a_changed_award_file_asks_for_a_new_form(workspace: Workspace, tmp_path: Path) -> None:
    path = fill(issued(workspace, "C1"), tmp_path / "in" / "a.xlsx", {"candidate:C1": {"award": bk(workspace)}})
    file = workspace.movement_folder / "awards.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('name: "Giấy khen"', 'name: "Giấy khen mới"', 1), encoding="utf-8")
    assert [one.code for one in errors(collected(workspace, path.parent).problems)] == ["form-changed"]


def test_rows_are_found_by_their_keys(workspace: Workspace, tmp_path: Path) -> None:
    source = fill(issued(workspace), tmp_path / "x.xlsx", {"candidate:P1": {"award": bk(workspace)}})
    book = openpyxl.load_workbook(source)
    sheet, place = book[LISTED], rows(book)["candidate:P1"][1]
    sheet.cell(place, 1).value = "candidate:F1"
    sheet.cell(sheet.max_row + 2, COLUMN["award"] + 1).value = bk(workspace)
    save(book, tmp_path / "in" / "a.xlsx")
    found = sorted(errors(collected(workspace, tmp_path / "in").problems))
    assert {one.code for one in found} == {"form-line"} and len(found) == 3


def test_a_moved_column_is_noticed(workspace: Workspace, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(issued(workspace))
    book[LISTED].insert_cols(5)
    save(book, tmp_path / "in" / "a.xlsx")
    found = errors(collected(workspace, tmp_path / "in").problems)
    assert ("form-line", LISTED) in {(one.code, one.sheet) for one in found}


def test_nobody_of_the_roster_any_more(workspace: Workspace, tmp_path: Path) -> None:
    path = fill(issued(workspace), tmp_path / "in" / "a.xlsx", {"candidate:D1": {"award": bk(workspace)}})
    cell = at(workspace, "candidate:D1", "mark")
    enter_body(workspace, "D1", to="2024-12-31")
    (one,) = errors(collected(workspace, path.parent).problems)
    assert (one.code, one.sheet, one.cell) == ("unknown-candidate", LISTED, cell)


def test_no_folder(workspace: Workspace, tmp_path: Path) -> None:
    assert [one.code for one in collected(workspace, tmp_path / "none").problems] == ["file-not-found"]


def test_broken_copies_bring_no_traceback_and_store_nothing_wrong(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THIDUA_DEBUG", raising=False)
    cells = {"candidate:P1": {"award": bk(workspace), "merit": "Tốt"}, "report:1": ("P1", "II.3", "Kết quả")}
    raw = fill(issued(workspace), tmp_path / "good.xlsx", cells).read_bytes()
    (tmp_path / "in").mkdir()
    for number, (_, broken) in enumerate(mutations(raw, 45)):
        (tmp_path / "in" / f"{number:02}.xlsx").write_bytes(broken)
    run = collected(workspace, tmp_path / "in")
    assert run.files == 45 and not [one for one in run.problems if "Phần mềm không đọc được" in one.message]
    for one in handed(workspace):
        assert {row.nominee for row in one.rows} <= {"P1"}
