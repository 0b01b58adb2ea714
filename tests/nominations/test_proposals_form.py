"""Blank proposal workbooks: whom a body may propose, what may be chosen; the same ledger gives the same bytes."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from nominations.proposals.columns import COLUMN, GUIDE, LISTED, REPORT
from nominations.proposals.content import content_of
from nominations.proposals.form import proposal_form, proposal_workbook
from nominations.proposals.issue import issue_proposals
from nominations.results import Ranked, Results
from records.workspace.folder import Workspace
from tests.nominations.proposals_support import OCCASION, award_file, bench, issued, occasion_of, province
from tests.rounds.support import enter_body
from tests.rounds.workbook_support import rows


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return province(tmp_path / "w")


def listed(path: Path) -> list[str]:
    return [key.partition(":")[2] for key in rows(path) if key.startswith("candidate:")]


def test_everybody_who_may_propose_gets_a_workbook(workspace: Workspace) -> None:
    found, problems = issue_proposals(workspace, OCCASION)
    assert problems == []
    assert [(one.proposer, one.rows) for one in found] == [("B002", 4), ("B041", 3), ("C1", 1), ("D1", 1)]
    assert {one.path.parent for one in found} == {workspace.issued(OCCASION) / "de-nghi"}
    again, _ = issue_proposals(workspace, OCCASION)
    assert [one.written for one in again] == [False] * 4


def test_an_office_lists_itself_its_units_and_its_persons(workspace: Workspace) -> None:
    assert listed(issued(workspace, "B002")) == ["B002", "D1", "P1", "P2"]
    assert listed(issued(workspace, "D1")) == ["D1"]


def test_the_association_lists_enterprises_and_people_of_business(workspace: Workspace) -> None:
    enter_body(workspace, "P3", name="Bà Chủ", kind="cá nhân", parent="F1", sub_type="doanh nhân")
    assert listed(issued(workspace, "B041")) == ["B041", "F1", "F2", "P3"]
    assert listed(issued(workspace, "F1")) == ["P3"]  # the managing body may propose her, too


def test_the_association_may_not_push(workspace: Workspace) -> None:
    assert listed(issued(workspace, "B041", "thuc-day-2026-11-21")) == ["B041"]


def test_who_has_ended_is_not_listed(workspace: Workspace) -> None:
    enter_body(workspace, "D2", name="Trung tâm Hai", kind="đơn vị trực thuộc", parent="B002", to="2026-01-01")
    assert "D2" not in listed(issued(workspace, "B002"))


def test_the_successor_of_the_managing_body_proposes(workspace: Workspace) -> None:
    enter_body(workspace, "B050", name="Sở Cũ", kind="sở/ban/ngành", to="2025-12-31", successor="B002")
    enter_body(workspace, "P4", name="Người Bốn", kind="cá nhân", parent="B050", sub_type="nhà khoa học")
    assert "P4" in listed(issued(workspace, "B002"))


def test_a_form_offers_what_leads_to_the_subject(workspace: Workspace) -> None:
    content = content_of(bench(workspace), Results(), "B002")
    by_id = {row.nominee.id: row.awards for row in content.rows}
    names = {one.id: one.name for one in award_file(workspace).awards.awards}
    assert by_id["P1"] == tuple(names[ident] for ident in ("hcld-ba", "bk-ttg", "bk-tinh", "giay-khen"))
    assert names["co-tinh"] not in by_id["D1"]  # the province's flag only at tổng kết
    assert all(names[ident] not in by_id["D1"] for ident in ("hcld-nhat", "hcld-nhi", "co-chinh-phu"))


def test_the_guide_refuses_what_the_movement_cannot_lead_to(workspace: Workspace) -> None:
    sheet = openpyxl.load_workbook(issued(workspace))[GUIDE]
    told = {str(row[1].value): str(row[2].value) for row in sheet.iter_rows() if row[1].value and row[2].value}
    said = told["Huân chương Lao động hạng Nhất"]
    assert said.startswith("Điểm c khoản 4 Điều 42 Luật Thi đua, khen thưởng")
    assert said.endswith("chỉ xét trong phong trào do Chủ tịch nước, Thủ tướng Chính phủ phát động.")


def test_official_results_are_shown_others_are_not_invented(workspace: Workspace) -> None:
    ranked = Ranked("D1", "Trung tâm Một", "d", "d", "", Fraction(175, 2), "87,5 %", rank=2)
    waits = Ranked("P1", "Nguyễn Thị Én", "e", "e", "", Fraction(80), "80 %", unplaced="dưới nửa năm; lý do khác")
    results = Results({"D1": ranked, "P1": waits})
    raw = proposal_form(workspace, award_file(workspace), occasion_of(workspace), "B002", results)
    book = openpyxl.load_workbook(io.BytesIO(raw))
    told = {
        key: book[LISTED].cell(row, COLUMN["result"] + 1).value for key, (_, row) in rows(book).items() if ":" in key
    }
    assert told["candidate:D1"] == "87,5 %; hạng 2"
    assert told["candidate:P1"] == "80 %; dưới nửa năm"
    assert told["candidate:P2"] == "chưa có kết quả chính thức"


def test_the_same_content_gives_the_same_bytes(workspace: Workspace) -> None:
    first, second = (proposal_workbook(content_of(bench(workspace), Results(), "B002")) for _ in range(2))
    assert first == second
    enter_body(workspace, "D3", name="Trung tâm Ba", kind="đơn vị trực thuộc", parent="B002")
    assert proposal_workbook(content_of(bench(workspace), Results(), "B002")) != first


def test_only_what_applies_is_open(workspace: Workspace) -> None:
    book = openpyxl.load_workbook(issued(workspace))
    sheet, places = book[LISTED], rows(book)

    def locked(key: str, field: str) -> bool:
        return bool(sheet.cell(places[key][1], COLUMN[field] + 1).protection.locked)

    assert [locked("candidate:P1", field) for field in ("gender", "people", "women", "merit")] == [
        False,
        True,
        True,
        False,
    ]
    assert [locked("candidate:D1", field) for field in ("gender", "people", "women", "name")] == [
        True,
        False,
        False,
        True,
    ]
    assert [locked("new:1", field) for field in ("name", "gender", "people", "result")] == [False, False, False, True]
    assert book[REPORT].protection.sheet


def test_whoever_cannot_be_meant_is_told(workspace: Workspace) -> None:
    found, problems = issue_proposals(workspace, OCCASION, ("Sở Ma",))
    assert found == [] and [(one.code, one.file) for one in problems] == [("name-match", "--by")]
    found, problems = issue_proposals(workspace, "so-ket-1999")
    assert found == [] and [one.code for one in problems] == ["occasion"]
