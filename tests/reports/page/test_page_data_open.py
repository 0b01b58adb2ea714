"""What is still open on the page: whose turn it is, since when; complaints without who complained; nobody twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from records.publication.complaints import Complaint, add_complaint
from records.workspace.folder import Workspace
from reports.page import waiting
from reports.page.ground import OpenThing
from tests.reports.page.page_data_support import everything, page, unit
from tests.rounds.life_support import act, communes, scope_of, verify_all
from tests.rounds.publication_support import draft, official, ready
from tests.rounds.support import enter_body

CASE = "C2.mot-cua"


def complain(workspace: Workspace, candidate: str) -> None:
    told = Complaint(candidate, date(2026, 11, 10), "Ông BÍ MẬT", "Lời BÍ MẬT", CASE)
    made, problems = add_complaint(scope_of(workspace), told, date(2026, 11, 20))
    assert made is not None, problems


def test_who_owes_what_since_when(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 2)
    enter_body(workspace, "X4", name="Xã 4", kind="xã", pool="Cụm 1")
    enter_body(workspace, "X5", name="Xã 5", kind="xã", pool="Cụm 1", successor_proposed="X4")
    verify_all(workspace, "X1")
    assert act(workspace, "X2", CASE, "send_back", reason="thiếu sổ") == []
    complain(workspace, "X1")
    made = page(workspace)
    (one,) = made["groups"]
    told = {(each["unit"], each["criterion"]): each for each in one["open"]}
    assert len(told) == len(one["open"])
    assert [who for who, _ in told] == ["X1", "X1", "X2", "X2", "X2", "X2", "X2", "X4", "X5"]
    complaint = told["X1", CASE]
    assert complaint["what"] == "Kiến nghị, phản ánh số 1 chưa giải quyết (hạn 24/11/2026)"
    assert (complaint["who"], complaint["since"]) == ("Cơ quan thường trực", "10/11/2026")
    assert "BÍ MẬT" not in everything(made)
    missing = told["X1", "C3.place"]  # verified, but no figure has come from the index yet
    assert (missing["what"], missing["who"]) == ("Chưa có số liệu", "Sở Khoa học và Công nghệ")
    waits = told["X2", "C1"]
    assert (waits["what"], waits["who"]) == (
        "Thẩm định tiêu chí C1 (chưa giao biểu thẩm định)",
        "Sở Khoa học và Công nghệ",
    )
    returned = told["X2", CASE]
    assert returned["what"].startswith(f"Giải trình tiêu chí {CASE} (hạn ") and returned["who"] == "Xã 2"
    assert returned["since"]
    assert told["X4", ""]["what"] == "Chưa nộp biểu tự chấm"
    doubt = told["X5", ""]
    assert doubt["name"] == "Xã 5" and doubt["what"].startswith("Chưa rõ Xã 5 còn hoạt động hay không")
    assert {each["id"]: each["open"] for each in one["units"]} == {"X1": 2, "X2": 5, "X4": 1}
    assert unit(one, "X2")["states"].count("r") == 1 and unit(one, "X4")["note"] == "chưa nộp biểu, chưa xếp hạng"
    workspace.close()


def test_of_an_official_group_only_complaints_are_open(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w", 2)
    (one,) = page(workspace)["groups"]
    assert one["open"] == []
    draft(workspace)
    official(workspace)
    complain(workspace, "X2")
    (one,) = page(workspace)["groups"]
    assert [(each["unit"], each["criterion"]) for each in one["open"]] == [("X2", CASE)] and unit(one, "X2")[
        "open"
    ] == 1
    (one,) = page(workspace, public=True)["groups"]
    assert one["open"] == [] and unit(one, "X2")["open"] == 0
    workspace.close()


def test_too_many_things_are_told_together() -> None:
    things = [
        OpenThing("X1", f"C{n}", f"Thẩm định tiêu chí C{n} (hạn 01/02/2027)", "Sở A", "01/01/2027") for n in range(3)
    ]
    things += [OpenThing("X1", "C9", "Thẩm định tiêu chí C9 (hạn 01/02/2027)", "Sở B", "01/01/2027")]
    things += [OpenThing("X2", f"C{n}", "Chưa có số liệu", "Sở A") for n in range(2)]
    found = waiting.summed(things)
    assert [(one.unit, one.criterion, one.what, one.count) for one in found] == [
        ("X1", "", "Thẩm định 3 tiêu chí (hạn 01/02/2027)", 3),
        ("X1", "C9", "Thẩm định tiêu chí C9 (hạn 01/02/2027)", 1),
        ("X2", "", "Chưa có số liệu: 2 tiêu chí", 2),
    ]
