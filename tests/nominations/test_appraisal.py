"""The appraisal workbook out and in: who appraises what, every mistake with its cell, nothing twice, nothing under a later step."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from criteria.problems import Problem, errors
from nominations.appraisal.collect import AppraisalRun, collect_appraisals
from nominations.appraisal.content import NOBODY, REASON, RESULT, SHEET, appraisal_step
from nominations.appraisal.issue import FOLDER, IssuedAppraisal, issue_appraisals
from nominations.awards.procedure import Step
from nominations.selection.choosing import State
from nominations.steps.progress import FAILED, MISSING, PASSED, RETURNED
from records.ledger.database import Database
from records.workspace.folder import Workspace
from tests.nominations.occasion_support import (
    HOSTILE_SHOWN,
    OCCASION,
    OFFICES,
    case_of,
    nominated,
    occasion_workspace,
    pass_steps,
    say,
)
from tests.rounds.workbook_support import rows, wrong_cells

DAY, TODAY = date(2027, 7, 25), date(2027, 8, 1)
SELECTED = ("xet-chon", date(2027, 7, 20))
SIGNED = {"version": 1, "number": "25/BC-SNV", "date": "25/07/2027", "compiled_by": "Trần Thị B", "head": "Lê Văn C"}
ROSTER = {**OFFICES, "C2": {**OFFICES["C2"], "name": HOSTILE_SHOWN}}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """B001 (the appraising body itself) and B002 for group a, C1 and C2 for communes: hcld-ba B001, C1; bk-ttg B002, C2."""
    made = occasion_workspace(tmp_path, monkeypatch, {"B001": 95, "B002": 90, "C1": 91, "C2": 90}, ROSTER)
    pass_steps(made, "hcld-ba", ["B001", "C1"], SELECTED)
    pass_steps(made, "bk-ttg", ["B002", "C2"], SELECTED)
    return made


def step_of(workspace: Workspace) -> Step:
    step, problems = appraisal_step(nominated(workspace))
    assert step is not None and not problems
    return step


def issued(workspace: Workspace) -> dict[str, IssuedAppraisal]:
    made, problems = issue_appraisals(workspace, nominated(workspace), step_of(workspace))
    assert not errors(problems)
    return {one.body: one for one in made}


def filled(
    source: Path,
    folder: Path,
    told: Mapping[str, tuple[Any, Any]],
    name: str = "tham-dinh.xlsx",
    **signed: Any,
) -> Path:
    """A copy with results and reasons by row. signed: in place of those of SIGNED; None leaves the cell empty."""
    book = openpyxl.load_workbook(source)
    places = rows(book)
    for key, (result, reason) in told.items():
        sheet, row = places[key]
        book[sheet].cell(row, RESULT + 1).value = result
        book[sheet].cell(row, REASON + 1).value = reason
    for name_, value in {**SIGNED, **signed}.items():
        sheet, row = places[f"sign:{name_}"]
        book[sheet].cell(row, 3).value = value
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / name)
    return folder


def collected(workspace: Workspace, folder: Path, today: date = TODAY) -> AppraisalRun:
    return collect_appraisals(workspace, nominated(workspace), step_of(workspace), folder, today)


def state(workspace: Workspace, award: str, ident: str) -> tuple[str, str, str]:
    told = case_of(workspace, award, ident).progress.done.get("tham-dinh")
    return ("", "", "") if told is None else (told.value, told.document, told.reason)


GOOD: Mapping[str, tuple[Any, Any]] = {
    "hcld-ba/C1": ("đủ", None),
    "bk-ttg/B002": ("thiếu", "thiếu biên bản"),
    "bk-ttg/C2": (" TRẢ  LẠI ", "sai\ntên"),
}


# --- out -----------------------------------------------------------------------------------------------------------


def test_nobody_appraises_its_own_dossier(workspace: Workspace) -> None:
    """Sở Nội vụ stands for hcld-ba itself: Văn phòng UBND has that row, and only that one."""
    made = issued(workspace)
    assert {body: one.cases for body, one in made.items()} == {"so-noi-vu": 3, "van-phong-ubnd": 1}
    assert set(rows(made["van-phong-ubnd"].path)) >= {"hcld-ba/B001"}
    own = set(rows(made["so-noi-vu"].path))
    assert "hcld-ba/B001" not in own and own >= {"hcld-ba/C1", "bk-ttg/B002", "bk-ttg/C2"}
    assert made["so-noi-vu"].path.parent.name == FOLDER


def test_what_a_row_says(workspace: Workspace) -> None:
    book = openpyxl.load_workbook(issued(workspace)["so-noi-vu"].path)
    sheet, row = rows(book)["bk-ttg/C2"]
    told = [book[sheet].cell(row, column).value for column in range(2, 8)]
    assert told[:3] == ["Bằng khen của Thủ tướng Chính phủ", "C2", HOSTILE_SHOWN]
    lines = str(told[3]).splitlines()
    assert lines[0] == "[thiếu] Tờ trình: chưa có bản ký, đóng dấu (PDF)"
    assert lines[-5:] == [
        "[thiếu] Báo cáo thành tích: chưa có bản ký, đóng dấu (PDF)",
        "[có] Tóm tắt thành tích",
        "[thiếu] Văn bản đề nghị của đơn vị, kèm biên bản xét: chưa có (do đơn vị đề nghị cung cấp)",
        "[có] Phiếu giải trình điểm",
        "[có] Danh mục minh chứng",
    ]
    asked = str(told[4]).splitlines()
    assert [one.partition(":")[0] for one in asked] == ["E2", "E6", "Căn cứ chưa xác minh"]
    assert asked[2] == "Căn cứ chưa xác minh: TC, E1, E3, E4, E5, E9, E9b"


def test_the_same_again_and_nothing_that_runs(workspace: Workspace) -> None:
    first = issued(workspace)["so-noi-vu"].path.read_bytes()
    assert issued(workspace)["so-noi-vu"].path.read_bytes() == first
    book = openpyxl.load_workbook(io.BytesIO(first))
    formulas = [
        cell.value
        for sheet in book.worksheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f" and "Ky" not in sheet.title
    ]
    assert formulas == []
    assert book["_thidua"].sheet_state != "visible"


def test_only_cases_that_stand_before_the_step(workspace: Workspace) -> None:
    assert say(workspace, "bk-ttg", "C2", "xet-chon", FAILED, date(2027, 7, 21)) == []
    assert say(workspace, "hcld-ba", "C1", "tham-dinh", PASSED, DAY) == []
    assert say(workspace, "hcld-ba", "C1", "cong-khai", PASSED, date(2027, 8, 10)) == []
    lines = set(rows(issued(workspace)["so-noi-vu"].path))
    assert {"bk-ttg/B002"} == {one for one in lines if "/" in one}


def test_nothing_to_appraise_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = occasion_workspace(tmp_path, monkeypatch, {"B001": 95})
    told, problems = issue_appraisals(made, nominated(made), step_of(made))
    assert told == [] and [one.code for one in problems] == ["appraisal"] and errors(problems) == []


# --- in ------------------------------------------------------------------------------------------------------------


def test_results_are_entered_with_their_document(workspace: Workspace, tmp_path: Path) -> None:
    folder = filled(issued(workspace)["so-noi-vu"].path, tmp_path / "in", GOOD)
    run = collected(workspace, folder)
    assert errors(run.problems) == [] and run.counts == {"đủ": 1, "thiếu": 1, "trả lại": 1}
    document = "25/BC-SNV ngày 25/07/2027"
    assert state(workspace, "hcld-ba", "C1") == (PASSED, document, "")
    assert state(workspace, "bk-ttg", "B002") == (MISSING, document, "thiếu biên bản")
    assert state(workspace, "bk-ttg", "C2") == (RETURNED, document, "sai tên")
    assert case_of(workspace, "bk-ttg", "C2").state is State.PROPOSED
    entry = workspace.database.entries(f"case:{OCCASION}/hcld-ba/C1")[-1]
    assert (entry.author, entry.role, entry.valid_from) == ("so-noi-vu", "appraiser", DAY)


def test_twice_enters_nothing(workspace: Workspace, tmp_path: Path) -> None:
    source = issued(workspace)["so-noi-vu"].path
    folder = filled(source, tmp_path / "in", GOOD)
    collected(workspace, folder)
    head = workspace.database.head()
    again = collected(workspace, folder)
    assert again.same_files == ["tham-dinh.xlsx"] and not errors(again.problems)
    assert workspace.database.head() == head


def test_a_returned_dossier_comes_again_in_the_next_edition(workspace: Workspace, tmp_path: Path) -> None:
    source = issued(workspace)["so-noi-vu"].path
    collected(workspace, filled(source, tmp_path / "in", GOOD))
    mended = {**GOOD, "bk-ttg/C2": ("đủ", None)}
    older = collected(workspace, filled(source, tmp_path / "older", mended))
    assert [one.code for one in errors(older.problems)] == ["form-older"]
    assert state(workspace, "bk-ttg", "C2")[0] == RETURNED
    newer = collected(workspace, filled(source, tmp_path / "newer", mended, version=2, number="40/BC-SNV"))
    assert not errors(newer.problems) and newer.counts == {"đủ": 1}
    assert state(workspace, "bk-ttg", "C2") == (PASSED, "40/BC-SNV ngày 25/07/2027", "")
    assert state(workspace, "hcld-ba", "C1")[1] == "25/BC-SNV ngày 25/07/2027"  # said before, on its own document
    assert "bk-ttg/C2" in rows(issued(workspace)["so-noi-vu"].path)  # nothing after it yet: may still change


def test_nothing_under_a_later_step(workspace: Workspace, tmp_path: Path) -> None:
    source = issued(workspace)["so-noi-vu"].path
    collected(workspace, filled(source, tmp_path / "in", {"bk-ttg/B002": ("đủ", None)}))
    assert say(workspace, "bk-ttg", "B002", "hoi-dong", PASSED, date(2027, 7, 28)) == []
    row = rows(source)["bk-ttg/B002"][1]
    told = {"bk-ttg/B002": ("thiếu", "x"), "hcld-ba/C1": ("đủ", None)}
    run = collected(workspace, filled(source, tmp_path / "late", told, version=2))
    assert wrong_cells(run.problems) == [("appraisal", SHEET, f"H{row}")]
    assert "đã có kết quả" in errors(run.problems)[0].message
    assert state(workspace, "hcld-ba", "C1")[0] == ""  # the file is the atom
    same = {"bk-ttg/B002": ("đủ", None), "hcld-ba/C1": ("đủ", None)}
    assert not errors(collected(workspace, filled(source, tmp_path / "same", same, version=2)).problems)
    assert state(workspace, "hcld-ba", "C1")[0] == PASSED


def test_not_before_the_step_before_it(workspace: Workspace, tmp_path: Path) -> None:
    folder = filled(issued(workspace)["so-noi-vu"].path, tmp_path / "in", GOOD, date="19/07/2027")
    run = collected(workspace, folder)
    assert {one.code for one in errors(run.problems)} == {"step"} and run.counts == {}
    assert "xong ngày 20/07/2027, sau ngày 19/07/2027" in errors(run.problems)[0].message


@pytest.mark.parametrize(
    ("told", "column", "code", "words"),
    [
        (("đạt", None), "H", "appraisal", "“đạt” không phải kết quả thẩm định"),
        (("thiếu", None), "I", "reason", "Kết quả “thiếu” mà không nêu lý do"),
        (("trả lại", "  "), "I", "reason", "Kết quả “trả lại” mà không nêu lý do"),
        ((None, "vì thế"), "H", "appraisal", "Có lý do mà không có kết quả"),
        (("=1+1", None), "H", "formula-cell", "“=1+1”, không có giá trị"),
    ],
)
def test_each_mistake_at_its_cell(
    workspace: Workspace, tmp_path: Path, told: tuple[Any, Any], column: str, code: str, words: str
) -> None:
    source = issued(workspace)["so-noi-vu"].path
    row = rows(source)["bk-ttg/B002"][1]
    head = workspace.database.head()
    run = collected(workspace, filled(source, tmp_path / "in", {**GOOD, "bk-ttg/B002": told}))
    assert wrong_cells(run.problems) == [(code, SHEET, f"{column}{row}")]
    found = errors(run.problems)[0]
    assert words in found.message
    assert run.counts == {} and workspace.database.head() == head


@pytest.mark.parametrize(
    ("signed", "cell", "words"),
    [
        ({"number": None}, "number", "số, ký hiệu văn bản thẩm định"),
        ({"date": None}, "date", "ngày văn bản thẩm định"),
        ({"date": "32/13/2027"}, "date", ""),
        ({"version": None}, "version", "lần gửi"),
        ({"version": "hai"}, "version", ""),
    ],
)
def test_a_page_that_is_not_signed(
    workspace: Workspace, tmp_path: Path, signed: dict[str, Any], cell: str, words: str
) -> None:
    source = issued(workspace)["so-noi-vu"].path
    sheet, row = rows(source)[f"sign:{cell}"]
    run = collected(workspace, filled(source, tmp_path / "in", GOOD, **signed))
    assert wrong_cells(run.problems) == [("signature", sheet, f"C{row}")]
    assert words in errors(run.problems)[0].message and run.counts == {}


def test_a_day_that_has_not_come(workspace: Workspace, tmp_path: Path) -> None:
    folder = filled(issued(workspace)["so-noi-vu"].path, tmp_path / "in", GOOD)
    run = collected(workspace, folder, date(2027, 7, 24))
    assert [(one.code, one.message) for one in errors(run.problems)] == [
        ("signature", "Ngày văn bản 25/07/2027 chưa đến.")
    ]


def test_all_mistakes_of_a_file_and_the_other_files_go_in(workspace: Workspace, tmp_path: Path) -> None:
    made = issued(workspace)
    told = {"hcld-ba/C1": ("đạt", None), "bk-ttg/B002": ("thiếu", None), "bk-ttg/C2": (None, "x")}
    folder = filled(made["so-noi-vu"].path, tmp_path / "in", told, number=None)
    filled(made["van-phong-ubnd"].path, folder, {"hcld-ba/B001": ("đủ", None)}, "khac.xlsx", number="3/VP")
    run = collected(workspace, folder)
    assert sorted(one.code for one in errors(run.problems)) == ["appraisal", "appraisal", "reason", "signature"]
    assert run.counts == {"đủ": 1} and state(workspace, "hcld-ba", "B001")[1] == "3/VP ngày 25/07/2027"


def test_rows_gone_foreign_or_typed_in(workspace: Workspace, tmp_path: Path) -> None:
    source = issued(workspace)["so-noi-vu"].path
    book = openpyxl.load_workbook(filled(source, tmp_path / "one", GOOD) / "tham-dinh.xlsx")
    sheet = book[SHEET]
    row = rows(book)["bk-ttg/B002"][1]
    sheet.cell(row, 1).value = "hcld-ba/B001"
    sheet.cell(sheet.max_row + 3, RESULT + 1).value = "đủ"
    folder = tmp_path / "in"
    folder.mkdir()
    book.save(folder / "x.xlsx")
    run = collected(workspace, folder)
    assert [code for code, _, _ in wrong_cells(run.problems)] == ["form-line"] * 3
    assert run.counts == {}


def test_a_workbook_of_another_place(workspace: Workspace, tmp_path: Path) -> None:
    folder = filled(issued(workspace)["so-noi-vu"].path, tmp_path / "in", GOOD)
    book = openpyxl.load_workbook(folder / "tham-dinh.xlsx")
    hidden = book["_thidua"]
    for row in range(1, hidden.max_row + 1):
        if hidden.cell(row, 1).value == "owner":
            hidden.cell(row, 2).value = "van-phong-ubnd"
    book.save(folder / "tham-dinh.xlsx")
    (folder / "khac.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    run = collected(workspace, folder)
    assert sorted({one.code for one in errors(run.problems)}) == ["form-foreign", "form-unsafe"]
    assert run.counts == {}


def test_an_empty_folder_and_none(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert [one.code for one in collected(workspace, tmp_path / "in").problems] == ["form-foreign"]
    run = collected(workspace, tmp_path / "khong-co")
    assert errors(run.problems) and run.files == 0


def test_killed_between_keeping_and_entering(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file lies under its hash, nothing is entered; the next run clears it away and takes the workbook in."""
    folder = filled(issued(workspace)["so-noi-vu"].path, tmp_path / "in", GOOD)
    head = workspace.database.head()

    class Killed(BaseException):
        pass

    def killed(*_: Any) -> list[Problem]:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("nominations.appraisal.collect.enter_steps", killed)
        with pytest.raises(Killed):
            collected(workspace, folder)
    kept = list((workspace.received(OCCASION) / FOLDER).glob("*.xlsx"))
    assert len(kept) == 1 and workspace.database.head() == head
    assert state(workspace, "hcld-ba", "C1")[0] == ""
    assert collected(workspace, folder).counts == {"đủ": 1, "thiếu": 1, "trả lại": 1}
    assert list((workspace.received(OCCASION) / FOLDER).glob("*.xlsx")) == kept


def test_a_ledger_that_cannot_be_written_is_a_finding(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = filled(issued(workspace)["so-noi-vu"].path, tmp_path / "in", GOOD)
    found, step = nominated(workspace), step_of(workspace)

    def full(self: Database) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Database, "writing", full)
    run = collect_appraisals(workspace, found, step, folder, TODAY)
    assert [one.code for one in errors(run.problems)] == ["output"] and run.counts == {}


def test_a_body_that_the_movement_does_not_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step by somebody else: one workbook for all, and the entry says its name."""
    from tests.nominations.occasion_support import decided_movement

    def elsewhere(told: dict[str, Any]) -> None:
        next(one for one in told["steps"] if one["id"] == "tham-dinh")["by"] = "Ban Thi đua Trung ương"

    movement = decided_movement(tmp_path / "m", elsewhere)
    made = occasion_workspace(tmp_path, monkeypatch, {"B001": 95}, movement=movement)
    pass_steps(made, "hcld-ba", ["B001"], SELECTED)
    only = issued(made)[""]
    assert (only.body_name, only.cases, NOBODY) == ("Ban Thi đua Trung ương", 1, "-")
    collected(made, filled(only.path, tmp_path / "in", {"hcld-ba/B001": ("đủ", None)}))
    entry = made.database.entries(f"case:{OCCASION}/hcld-ba/B001")[-1]
    assert (entry.value, entry.author) == (PASSED, "Ban Thi đua Trung ương")
