"""Proposals taken in: what is entered, entered once, replaced, closed; people without a score; awards a unit has given."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nominations.eligibility.facts import nominee_facts
from nominations.history.held import history
from nominations.proposals.entering import Entering
from nominations.proposals.listing import missing_line, proposal_lines
from nominations.proposals.proposal import outsiders
from nominations.steps.progress import PASSED, Done, step_entries
from records.ledger.entries import Entry
from records.ledger.stored_files import check_files
from records.ledger.verifying import prove
from records.workspace.folder import Workspace
from tests.nominations.proposals_support import (
    OCCASION,
    PRIME,
    PROVINCE,
    award_name,
    bench,
    collected,
    fill,
    found,
    handed,
    issued,
    province,
)

HOUSE = {"name": "Gia đình ông Tám", "subject": "hộ gia đình", "place": "xã Một"}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return province(tmp_path / "w")


def bk(workspace: Workspace) -> str:
    return award_name(workspace, PROVINCE)


def whole(workspace: Workspace) -> dict[str, object]:
    """A list of everybody a unit can name, with prose and an award of its own."""
    return {
        "candidate:P1": {
            "award": bk(workspace),
            "merit": "Đi đầu số hóa hồ sơ.",
            "gender": "Nữ",
            "initiative": "SK-07",
            "certificate": "12/GCN ngày 02/03/2026 của Sở Khoa học và Công nghệ",
        },
        "candidate:D1": {"award": bk(workspace), "people": 10, "women": 7},
        "new:3": {**HOUSE, "award": bk(workspace), "merit": "Hiến đất."},
        "report:1": ("P1", "II.3", "Đoạn một.\nĐoạn hai."),
        "report:2": ("M3", "II.3", "Hiến 200 m2 đất."),
        "report:5": ("P1", "II.3", "Đoạn ba."),
        "report:6": ("P1", "I.1", "Chuyên viên."),
        "award:1": ("P2", "", "Giấy khen", "5/QĐ-SKHCN", "02/03/2026"),
        "award:2": ("", "Tổ Công nghệ số", "Giấy khen", "6/QĐ-SKHCN", "02/03/2026"),
    }


def send(workspace: Workspace, folder: Path, cells: dict[str, object], name: str = "a.xlsx", **signed: object) -> Path:
    return fill(issued(workspace), folder / name, cells, **signed)


def test_a_proposal_is_entered_whole(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "in", whole(workspace))
    run = collected(workspace, tmp_path / "in")
    assert run.problems == []
    taken = run.taken[0]
    assert (taken.number, taken.proposer, taken.rows, taken.outsiders, taken.given, taken.replaced) == (
        1,
        "B002",
        3,
        ("X1",),
        2,
        0,
    )
    (one,) = handed(workspace)
    assert (one.proposer, one.letter, one.minutes, one.through) == ("B002", "15/TTr-SKHCN", "3/BB", "")
    assert (one.letter_day, one.minutes_day) == (date(2027, 7, 10), date(2027, 7, 8))
    assert [(row.nominee, row.award) for row in one.rows] == [("D1", PROVINCE), ("P1", PROVINCE), ("X1", PROVINCE)]
    person = one.rows[1]
    assert (person.merit, person.initiative) == ("Đi đầu số hóa hồ sơ.", "SK-07")
    assert person.certificate.startswith("12/GCN")
    assert dict(person.report) == {"I.1": ("Chuyên viên.",), "II.3": ("Đoạn một.", "Đoạn hai.", "Đoạn ba.")}
    assert dict(one.rows[2].report) == {"II.3": ("Hiến 200 m2 đất.",)}


def test_facts_and_outsiders_are_entered(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "in", whole(workspace))
    collected(workspace, tmp_path / "in")
    facts = nominee_facts(workspace, OCCASION)
    assert facts["P1"].gender == "nữ" and (facts["D1"].people, facts["D1"].women) == (10, 7)
    house = outsiders(workspace)["X1"]
    assert (house.name, house.subject, house.place, house.manager) == (
        "Gia đình ông Tám",
        "ho-gia-dinh",
        "xã Một",
        "B002",
    )


def test_awards_a_unit_has_given_are_recorded(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "in", whole(workspace))
    collected(workspace, tmp_path / "in")
    first, second = history(workspace)
    assert (first.holder, first.holder_name, first.award, first.award_name) == ("P2", "", "giay-khen", "Giấy khen")
    assert (second.holder, second.holder_name, second.decision) == ("", "Tổ Công nghệ số", "6/QĐ-SKHCN")
    assert {(one.status, one.authority, one.category, one.movement) for one in (first, second)} == {
        ("granted", "Sở Khoa học và Công nghệ", "chuyen-de", workspace.movement.id)
    }


def test_what_tells_of_people_is_sealed(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "in", whole(workspace))
    collected(workspace, tmp_path / "in")
    entries = workspace.database.entries()
    hidden = {(one.subject.partition(":")[0], one.field.partition(":")[0]) for one in entries if one.personal}
    assert {("proposed", "merit"), ("proposed", "report"), ("outsider", "name"), ("outsider", "place")} <= hidden
    assert {("nominee", "gender"), ("held", "holder_name"), ("proposal", "signed")} <= hidden
    assert ("nominee", "people") not in hidden and ("proposal", "letter") not in hidden


def test_twice_appends_nothing(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "in", whole(workspace))
    collected(workspace, tmp_path / "in")
    before = workspace.database.head()
    again = collected(workspace, tmp_path / "in")
    assert (again.same_files, again.taken, again.problems) == (["a.xlsx"], [], [])
    assert workspace.database.head() == before


def test_the_same_saved_anew_is_the_same(workspace: Workspace, tmp_path: Path) -> None:
    path = send(workspace, tmp_path / "in", whole(workspace))
    collected(workspace, tmp_path / "in")
    fill(path, tmp_path / "anew" / "b.xlsx", {}, head="Lê Văn C ")
    before = workspace.database.head()
    again = collected(workspace, tmp_path / "anew")
    assert (again.same_files, again.problems) == (["b.xlsx"], [])
    assert workspace.database.head() == before


def test_the_file_is_kept_and_the_chain_holds(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "in", whole(workspace))
    collected(workspace, tmp_path / "in")
    stored = check_files(workspace.database, workspace.root / "bieu-thu")
    assert (stored.forms, stored.unnamed, stored.breaks) == (1, [], [])
    assert prove(workspace.database).breaks == []
    next((workspace.received(OCCASION) / "de-nghi").glob("*.xlsx")).unlink()
    assert "biểu đề nghị của B002" in check_files(workspace.database, workspace.root / "bieu-thu").breaks[0].message


def test_a_newer_one_takes_the_place(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "1", whole(workspace))
    collected(workspace, tmp_path / "1")
    send(workspace, tmp_path / "2", {"candidate:P2": {"award": bk(workspace)}}, version=2)
    run = collected(workspace, tmp_path / "2")
    assert [(one.number, one.replaced, one.given) for one in run.taken] == [(2, 1, 0)]
    (one,) = handed(workspace)
    assert (one.number, [row.nominee for row in one.rows]) == (2, ["P2"])
    replaced = [
        entry.value for entry in workspace.database.entries(f"proposal:{OCCASION}/1") if entry.field == "replaced"
    ]
    assert replaced == ["2"]


def test_an_older_one_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "2", {"candidate:P2": {"award": bk(workspace)}}, version=2)
    collected(workspace, tmp_path / "2")
    send(workspace, tmp_path / "1", {"candidate:P1": {"award": bk(workspace)}}, version=1)
    assert [one.code for one in collected(workspace, tmp_path / "1").problems] == ["form-older"]
    send(workspace, tmp_path / "3", {"candidate:P1": {"award": bk(workspace)}}, version=3, date="09/07/2027")
    assert found(collected(workspace, tmp_path / "3")) == [("form-older", "Ký", "C14")]


def test_two_editions_of_one_run_are_taken_in_order(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "in", {"candidate:P1": {"award": bk(workspace)}}, "z.xlsx", version=1)
    send(workspace, tmp_path / "in", {"candidate:P2": {"award": bk(workspace)}}, "a.xlsx", version=2)
    run = collected(workspace, tmp_path / "in")
    assert [(one.number, one.replaced) for one in run.taken] == [(1, 0), (2, 1)]


def test_two_files_of_one_edition_are_both_refused(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "in", {"candidate:P1": {"award": bk(workspace)}}, "a.xlsx")
    send(workspace, tmp_path / "in", {"candidate:P2": {"award": bk(workspace)}}, "b.xlsx")
    run = collected(workspace, tmp_path / "in")
    assert sorted((one.code, one.file) for one in run.problems) == [("form-twice", "a.xlsx"), ("form-twice", "b.xlsx")]
    assert handed(workspace) == []


def test_closed_once_a_council_has_looked_at_one_of_them(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "1", whole(workspace))
    collected(workspace, tmp_path / "1")
    done = Done("xet-chon", PASSED, "Biên bản số 8/BB-TXC")
    with workspace.database.writing() as writer:
        writer.append(step_entries(OCCASION, PROVINCE, "P1", done, "council", "so-khcn"))
    send(workspace, tmp_path / "2", {"candidate:P2": {"award": bk(workspace)}}, version=2)
    run = collected(workspace, tmp_path / "2")
    assert [one.code for one in run.problems] == ["closed"]
    assert "P1 theo Biên bản số 8/BB-TXC" in run.problems[0].message
    assert [one.number for one in handed(workspace)] == [1]


def test_a_step_of_somebody_else_closes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "1", {"candidate:P2": {"award": bk(workspace)}})
    collected(workspace, tmp_path / "1")
    done = Done("xet-chon", PASSED, "Biên bản số 8/BB-TXC")
    with workspace.database.writing() as writer:
        writer.append(step_entries(OCCASION, PRIME, "P2", done, "council", "so-khcn"))
        writer.append(step_entries(OCCASION, PROVINCE, "P1", done, "council", "so-khcn"))
    send(workspace, tmp_path / "2", {"candidate:P1": {"award": bk(workspace)}}, version=2)
    assert collected(workspace, tmp_path / "2").problems == []


def test_the_same_outsider_keeps_its_id(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "1", {"new:1": {**HOUSE, "award": bk(workspace)}})
    collected(workspace, tmp_path / "1")
    again = {**HOUSE, "name": "Gia  đình ông TÁM", "award": bk(workspace)}
    other = {**HOUSE, "name": "Gia đình bà Chín", "award": bk(workspace)}
    prime = {**again, "award": award_name(workspace, PRIME)}
    send(workspace, tmp_path / "2", {"new:1": other, "new:2": again, "new:9": prime}, version=2)
    run = collected(workspace, tmp_path / "2")
    assert run.taken[0].outsiders == ("X2",)
    assert [(row.nominee, row.award) for row in handed(workspace)[0].rows] == [
        ("X2", PROVINCE),
        ("X1", PROVINCE),
        ("X1", PRIME),
    ]


def test_an_outsider_never_takes_an_id_of_the_roster(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.database.writing() as writer:
        writer.append([Entry("body:X1", "name", "Xóm Một"), Entry("body:X1", "kind", "xã")])
    send(workspace, tmp_path / "in", {"new:1": {**HOUSE, "award": bk(workspace)}})
    assert collected(workspace, tmp_path / "in").taken[0].outsiders == ("X2",)


def test_what_an_office_has_stated_is_not_written_over(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.database.writing() as writer:
        writer.append([Entry(f"nominee:{OCCASION}/D1", "women", "6", role="steward", source="công văn số 1")])
    send(workspace, tmp_path / "in", whole(workspace))
    run = collected(workspace, tmp_path / "in")
    assert [(one.severity, one.code, one.cell) for one in run.problems] == [("warning", "proposal", "M6")]
    facts = nominee_facts(workspace, OCCASION)["D1"]
    assert (facts.people, facts.women) == (10, 6)


def test_of_a_ranking_merits_may_come_without_an_award(workspace: Workspace, tmp_path: Path) -> None:
    cells = {"candidate:D1": {"merit": "Trung tâm mạnh."}, "report:1": ("D1", "II.3", "Kết quả.")}
    send(workspace, tmp_path / "in", cells)
    assert collected(workspace, tmp_path / "in").problems == []
    (row,) = handed(workspace)[0].rows
    assert (row.nominee, row.award, row.merit, dict(row.report)) == (
        "D1",
        "",
        "Trung tâm mạnh.",
        {"II.3": ("Kết quả.",)},
    )


def test_an_enterprise_is_proposed_by_the_association_through_the_office(workspace: Workspace, tmp_path: Path) -> None:
    cells = {"candidate:F1": {"award": bk(workspace)}}
    fill(issued(workspace, "B041"), tmp_path / "in" / "a.xlsx", cells, through="công văn số 9/SKHCN ngày 12/07/2027")
    assert collected(workspace, tmp_path / "in").problems == []
    assert (handed(workspace)[0].proposer, handed(workspace)[0].through) == ("B041", "B002")


def test_somebody_who_writes_meanwhile_makes_it_decide_again(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(workspace, tmp_path / "in", whole(workspace))
    decide, moved = Entering._enter, []

    def interrupted(self: Entering, *told: object) -> None:
        if not moved:
            moved.append(1)
            with workspace.database.writing() as writer:
                writer.append([Entry("body:D9", "name", "Người khác ghi")])
        decide(self, *told)  # type: ignore[arg-type]

    monkeypatch.setattr(Entering, "_enter", interrupted)
    run = collected(workspace, tmp_path / "in")
    assert (run.problems, [one.number for one in run.taken], moved) == ([], [1], [1])
    assert len(handed(workspace)) == 1 and len(history(workspace)) == 2


def test_the_list_of_an_officer(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, tmp_path / "in", whole(workspace))
    collected(workspace, tmp_path / "in")
    told = list(proposal_lines(bench(workspace)))
    assert told[0] == (
        "1. B002 Sở Khoa học và Công nghệ: tờ trình số 15/TTr-SKHCN ngày 10/07/2027, biên bản số 3/BB ngày 08/07/2027; 3 dòng"
    )
    assert told[3].startswith("   X1 Gia đình ông Tám: ") and told[3].endswith(
        "(không chấm điểm; có lời báo cáo ở mục II.3)"
    )
    assert missing_line(bench(workspace)) == "Chưa gửi đề nghị (3): B041, C1, D1."
