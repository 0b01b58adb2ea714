"""The list of a council: what it takes, what it refuses, names sealed; who may not vote on whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nominations.awards.reading import AwardFile
from nominations.council.conflicts import same_names, worked_out
from nominations.council.members import Member, council_subject, import_members, load_members
from nominations.council.voting_steps import voting_step
from nominations.nominees import Standing
from nominations.proposals.proposal import Proposal
from records.roster.roster import load_roster
from records.workspace.folder import Workspace
from tests.nominations.council_support import (  # noqa: F401
    MEMBERS,
    OCCASION,
    STEP,
    file,
    members_file,
    nominee,
    workspace,
)

DECISION = "12/QĐ-SKHCN ngày 01/07/2027"


def imported(workspace: Workspace, path: Path, rows: object = MEMBERS) -> tuple[list[Member], list[str]]:  # noqa: F811
    found, problems = import_members(workspace, OCCASION.id, STEP, members_file(path, rows), DECISION)  # type: ignore[arg-type]
    return found, [one.text() for one in problems]


def test_a_list_is_taken_in(workspace: Workspace, tmp_path: Path) -> None:  # noqa: F811
    found, problems = imported(workspace, tmp_path / "m.xlsx")
    assert problems == []
    assert [(one.number, one.role, one.body) for one in found] == [
        (1, "chair", "B002"),
        (2, "deputy", "B005"),
        (3, "member", "B041"),
        (4, "member", "B004"),
        (5, "member", ""),
        (6, "secretary", "B005"),
    ]
    assert found[4].body_name == "Viện Thử" and found[0].source == DECISION
    assert load_members(workspace, OCCASION.id, STEP) == found


def test_names_stand_outside_the_chain(workspace: Workspace, tmp_path: Path) -> None:  # noqa: F811
    imported(workspace, tmp_path / "m.xlsx")
    entries = workspace.database.entries(council_subject(OCCASION.id, STEP))
    assert len(entries) == len(MEMBERS) and all(one.personal for one in entries)
    raw = (workspace.root / "so-lieu.sqlite").read_bytes()
    with workspace.database.reading() as connection:
        stored = connection.exec_driver_sql("select value from entries where subject like 'council:%'").scalars().all()
    assert raw and not any("Nguyễn" in value for value in stored)


def test_again_enters_nothing_and_a_change_keeps_numbers(workspace: Workspace, tmp_path: Path) -> None:  # noqa: F811
    imported(workspace, tmp_path / "m.xlsx")
    before = workspace.database.last_entry()
    imported(workspace, tmp_path / "m.xlsx")
    assert workspace.database.last_entry() == before
    changed = [MEMBERS[0], MEMBERS[2], ("Đỗ Văn Mới", "Phó Giám đốc", "B004", "Tổ phó"), MEMBERS[5]]
    found, _ = imported(workspace, tmp_path / "n.xlsx", changed)
    assert [(one.number, one.name) for one in found] == [
        (1, "Nguyễn Văn An"),
        (7, "Đỗ Văn Mới"),
        (3, "Lê Văn Cường"),
        (6, "Vũ Thị Giang"),
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (MEMBERS[1:], "Danh sách có 0 chủ tịch"),
        ([*MEMBERS, ("Người Hai", "", "B004", "chủ tịch")], "Danh sách có 2 chủ tịch"),
        (MEMBERS[:5], "Danh sách có 0 thư ký"),
        ([*MEMBERS, MEMBERS[3]], "đã có trong danh sách"),
        ([*MEMBERS, ("Người Ba", "", "B004", "khách mời")], "Không rõ vai trò “khách mời”"),
        ([*MEMBERS, ("Người Ba", "", "Sở Chưa Có", "ủy viên")], "Không chắc “Sở Chưa Có”"),
        ([*MEMBERS, ("", "x", "B004", "ủy viên")], "Thiếu họ tên"),
    ],
)
def test_what_is_refused(workspace: Workspace, tmp_path: Path, rows: object, said: str) -> None:  # noqa: F811
    found, problems = imported(workspace, tmp_path / "m.xlsx", rows)
    assert found == [] and any(said in one for one in problems), problems
    assert load_members(workspace, OCCASION.id, STEP) == []


def test_which_steps_vote(file: AwardFile) -> None:  # noqa: F811
    assert voting_step(file.awards, STEP)[1] == [] and voting_step(file.awards, "hoi-dong")[1] == []
    for step in ("tham-dinh", "ubnd"):
        found, problems = voting_step(file.awards, step)
        assert found is None and "không biểu quyết" in problems[0].message
    assert "Không có bước" in voting_step(file.awards, "x")[1][0].message


# --- conflicts -----------------------------------------------------------------------------------------------------


def test_who_may_not_vote_on_whom(workspace: Workspace) -> None:  # noqa: F811
    """The chair's office is a candidate and manages one; the association proposes and is one; the province above all is no conflict."""
    roster = load_roster(workspace)
    chair = Member(1, "An", "", "B002", "", "chair")
    association = Member(2, "Cường", "", "B041", "", "member")
    province = Member(3, "Chủ", "", "UB", "", "deputy")
    outside = Member(4, "Em", "", "", "Viện", "member")
    handed = {1: Proposal(OCCASION.id, 1, "B041", "B002", "", "", "")}
    people = [
        nominee("B002", "Sở", "UB"),
        nominee("B020", "Trung tâm", "B002"),
        nominee("B041", "Hiệp hội"),
        nominee("DN1", "Công ty", proposed=1),
        nominee("P1", "Ông P", "B020", person=True),
    ]
    found = worked_out([chair, association, province, outside], people, Standing(roster, {}, handed), OCCASION.day)
    assert [(one.member, one.nominee) for one in found] == [
        (1, "B002"),
        (1, "B020"),
        (2, "B041"),
        (2, "DN1"),
        (1, "P1"),
    ]
    assert found[3].reason == "cơ quan của thành viên đề nghị khen thưởng đối tượng này"


def test_of_a_person_the_nearest_body_counts_whatever_it_is(workspace: Workspace) -> None:  # noqa: F811
    roster = load_roster(workspace)
    member = Member(1, "Trần  Văn  P", "", "UB", "", "chair")
    person = nominee("P1", "Trần Văn P", "UB", person=True)
    found = worked_out([member], [person], Standing(roster, {}, {}), OCCASION.day)
    assert found[0].reason == "thành viên cùng họ tên, cùng cơ quan với cá nhân được xét"
    stranger = Member(2, "Trần Văn P", "", "", "", "member")
    assert same_names([member, stranger], [person], found) == [(stranger, person)]


def test_a_body_that_has_ended_stands_for_its_successor(workspace: Workspace) -> None:  # noqa: F811
    from tests.rounds.support import enter_body

    enter_body(workspace, "B012", name="Sở Cũ", kind="sở/ban/ngành", to="2025-06-30", successor="B002")
    member = Member(1, "An", "", "B012", "", "chair")
    found = worked_out(
        [member], [nominee("B002", "Sở", "")], Standing(load_roster(workspace), {}, {}), date(2027, 7, 1)
    )
    assert [(one.member, one.nominee) for one in found] == [(1, "B002")]
