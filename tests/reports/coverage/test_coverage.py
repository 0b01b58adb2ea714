"""Coverage agrees with `round status` and `review status`, unit by unit and body by body, also half-way through a round."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from criteria.problems import errors
from records.debts import picture
from records.ledger.entries import Entry
from records.milestones import import_milestone
from records.reports_received import asked_for, import_received, received
from records.review.owed import review_status
from records.rounds import Window, close_group, find_round
from records.workspace.folder import Workspace
from reports.coverage.content import Coverage, coverage
from reports.coverage.pages import BODIES, GROUPS, MANAGERS, OWED, UNITS, coverage_workbook
from tests.rounds.life_support import act, communes, verify_all
from tests.rounds.publication_support import draft, official, ready
from tests.rounds.returns_support import persons, send_back
from tests.rounds.support import enter_body
from tests.support.command import thidua
from tests.support.years_workspace import years_workspace

CASE, ON = "C2.mot-cua", date(2027, 1, 10)


def seen(workspace: Workspace, *letters: str, on: date = ON, period: str = "2026") -> Coverage:
    round_, _ = find_round(workspace, period)
    assert round_ is not None
    found, problems = coverage(workspace, round_, on, letters)
    assert problems == []
    return found


def agrees(workspace: Workspace, on: date = ON, period: str = "2026") -> None:
    """Every count that `round status` and `review status` print is the one of this report."""
    round_, _ = find_round(workspace, period)
    assert round_ is not None
    found = seen(workspace, on=on, period=period)
    groups, debts = picture(workspace, round_, on)
    told = {group.letter: group for group in groups if group.candidates}
    assert {one.letter for one in found.groups} == set(told)
    for one in found.groups:
        status, tally = told[one.letter], one.tally
        assert (tally.all, tally.issued.part, tally.handed_in.part) == (
            len(status.candidates),
            status.issued,
            len(status.handed_in),
        )
        assert tally.criteria == status.criteria and one.published == status.published
    bodies = {one.body: one for one in found.bodies}
    lines, problems = review_status(workspace, period)
    assert errors(problems) == []
    for line in lines:
        here = bodies[line.body]
        assert (here.concluded, here.to_verify, here.explained, here.returned) == (
            line.concluded,
            line.to_verify,
            line.explained,
            line.returned,
        )
        assert (here.units, here.issued, here.deadline) == (len(line.candidates), line.issued, line.deadline)
    owed = sum(debt.count for one in found.bodies for debt in one.owed)
    assert owed == sum(debt.what == "verification" for debt in debts)
    assert owed == sum(one.to_verify + one.explained for one in found.bodies)


@pytest.fixture
def half_way(tmp_path: Path) -> Workspace:
    """Of four communes X1 is verified, X2 has one criterion sent back, X3 one explained, X4 handed nothing in."""
    workspace = communes(tmp_path / "w", 3)
    enter_body(workspace, "X4", name="Xã 4", kind="xã", pool="Cụm 1", province="Thái Bình")
    with workspace.database.writing() as writer:
        writer.append([Entry("index:dx_index/2026", "X1", "80", source="Bộ chỉ số")])
    verify_all(workspace, "X1")
    for unit in ("X2", "X3"):
        assert send_back(workspace, unit, CASE) == []
    assert act(workspace, "X3", CASE, "explain", figures={"measure:files_online": "700"}, reason="Rà lại") == []
    return workspace


def test_it_agrees_with_both_status_commands(half_way: Workspace) -> None:
    agrees(half_way)
    assert close_group(half_way, "2026", "c", date(2027, 1, 5), "8/QĐ-SNV") == []
    agrees(half_way)


def test_units_and_their_tally(half_way: Workspace) -> None:
    found = seen(half_way, "c")
    units = {one.id: one for one in found.units}
    assert [(one.final, one.sent_back, one.explained) for one in units.values()] == [
        (True, 0, 0),
        (False, 1, 0),
        (False, 1, 1),
        (False, 0, 0),
    ]
    assert (units["X1"].criteria.all, units["X4"].criteria.all) == (5, 0)
    tally = found.groups[0].tally
    assert (tally.handed_in.text(), tally.handed_in.percent) == ("3/4", "75,00 %")
    assert (tally.verified.text(), tally.explained.text(), tally.final.text()) == ("5/15", "1/2", "1/4")
    assert tally.official.text() == "0/4" and not any(one.reports for one in found.units)


def test_forms_late_in_time_and_nobody_can_say(half_way: Workspace) -> None:
    """The day is the one on which the form was taken in: the workspace's deadline is 01/12/2026, its clock today's."""
    today = date.fromisoformat(half_way.database.submissions("2026")[0].at[:10])
    expected = today > date(2026, 12, 1)
    assert [one.late for one in seen(half_way, "c").units] == [expected, expected, expected, None]
    assert close_group(half_way, "2026", "c", date(2026, 1, 5), "8/QĐ-SNV") == []
    assert next(one.late for one in seen(half_way, "c").units) is None  # entered after the group was closed


def test_published_groups_count_as_they_stood(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w", 2)
    draft(workspace)
    assert seen(workspace).groups[0].tally.official.part == 0
    official(workspace)
    found = seen(workspace)
    agrees_with = {one.body: one.concluded for one in found.bodies}
    assert found.groups[0].tally.official.text() == "2/2" and found.groups[0].tally.final.text() == "2/2"
    assert sum(agrees_with.values()) == 10 and all(not one.owed for one in found.bodies)


def test_persons_stand_under_who_hands_in_for_them(tmp_path: Path) -> None:
    found = seen(persons(tmp_path / "w"))
    [manager] = found.managers
    assert (manager.body, manager.name, manager.letter, manager.tally.handed_in.text()) == (
        "B001",
        "Sở Nội vụ",
        "e",
        "2/2",
    )
    assert not any(one.own or one.milestones or one.reports for one in found.units if one.letter == "e")


def test_milestones_and_reports(half_way: Workspace, tmp_path: Path) -> None:
    enter_body(half_way, "A1", name="Sở Một", kind="sở/ban/ngành")
    table = tmp_path / "ngay.csv"
    table.write_text("mã,ngày,văn bản\nA1,20/06/2025,1/KH\n", encoding="utf-8")
    assert import_milestone(half_way, "ke-hoach-don-vi", table, ON)[1] == 1
    table.write_text("mã,ngày,văn bản\nX1,05/01/2027,9/BC\nA1,09/01/2027,8/BC\n", encoding="utf-8")
    assert import_received(half_way, "nam-phong-trao", "2026", table, ON)[:2] == (2, 2)
    assert import_received(half_way, "nam-phong-trao", "2026", table, ON)[:2] == (2, 0)
    found = seen(half_way)
    assert found.total.milestone("ke-hoach-don-vi").text() == "1/1"  # communes began after it
    assert found.total.report("nam-phong-trao/2026").text() == "2/5"
    assert found.total.report("nam-57/2026").text() == "0/5"
    assert seen(half_way, on=date(2027, 1, 6)).total.report("nam-phong-trao/2026").text() == "1/5"
    unit = next(one for one in found.units if one.id == "X1")
    assert unit.reports["nam-phong-trao/2026"].document == "9/BC"


def test_reports_that_are_wrong_are_refused_cell_by_cell(half_way: Workspace, tmp_path: Path) -> None:
    table = tmp_path / "ngay.csv"
    table.write_text(
        "mã,ngày,văn bản\nX1,05/02/2027,9/BC\nX2,05/01/2027,\nZ9,05/01/2027,7/BC\nX1,1/1/2027,8/BC\n", encoding="utf-8"
    )
    count, saved, problems = import_received(half_way, "nam-phong-trao", "2026", table, ON)
    assert (count, saved) == (4, 0) and len(errors(problems)) == 4
    assert all("ngay.csv" in problem.file for problem in problems)
    for duty, period in (
        ("la", "2026"),
        ("nam-phong-trao", "2026-03"),
        ("nam-phong-trao", "x"),
        ("ke-hoach-don-vi-26", "2026"),
    ):
        assert errors(import_received(half_way, duty, period, table, ON)[2]), (duty, period)
    assert not half_way.database.entries("report")


def test_what_is_asked_of_a_period(half_way: Workspace) -> None:
    def keys(period: str, first: date, last: date) -> set[str]:
        return {
            f"{one.duty.id}/{one.period}" for one in asked_for(half_way.movement, Window(period, first, last), False)
        }

    assert keys("2026", date(2026, 1, 1), date(2026, 12, 31)) == {"nam-57/2026", "nam-phong-trao/2026"}
    half = keys("2027-h1", date(2027, 1, 1), date(2027, 6, 30))
    assert half == {"sau-thang-26/2027-h1", "sau-thang-57/2027-h1", "nam-57/2027", "nam-phong-trao/2027"}
    [dated] = [
        one
        for one in asked_for(half_way.movement, Window("2027-h1", date(2027, 1, 1), date(2027, 6, 30)), True)
        if one.due
    ]
    assert (dated.duty.id, dated.due) == ("sau-thang-26", date(2027, 6, 9))  # “trước ngày 10 tháng 6”, strict
    assert received(half_way, dated) == {}


def test_the_workbook(half_way: Workspace) -> None:
    found = seen(half_way)
    content = coverage_workbook(half_way.movement, found)
    assert content == coverage_workbook(half_way.movement, found)
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames == [GROUPS, UNITS, BODIES, OWED] and MANAGERS not in book.sheetnames
    rows = {row[0]: row for row in book[GROUPS].iter_rows(values_only=True)}
    assert "3/4\n75,00 %" in rows["c"] and "5/15\n33,33 %" in rows["c"]
    owed = [row for row in book[OWED].iter_rows(values_only=True) if row[1] == CASE]
    assert len(owed) == 1 and owed[0][3] == "Xã 3"
    units = {row[0]: row for row in book[UNITS].iter_rows(values_only=True)}
    assert "chưa giao biểu" in units["X4"]


def test_the_commands(half_way: Workspace, tmp_path: Path) -> None:
    root = half_way.root
    half_way.close()
    table = tmp_path / "ngay.csv"
    table.write_text("mã,ngày,văn bản\nX1,05/01/2026,9/BC\n", encoding="utf-8")
    assert thidua("-C", root, "report", "received", "nam-phong-trao", "2026", table).code == 0
    done = thidua("-C", root, "report", "coverage", "2026", "--on", "2027-01-10")
    assert done.code == 0, done.err
    assert "3/4 (75,00 %)" in done.out and "1/4 (25,00 %) đơn vị đã gửi" in done.out
    assert (root / "ket-qua" / "2026" / "muc-do-thuc-hien-2026.xlsx").is_file()
    assert thidua("-C", root, "report", "coverage", "2026", "--group", "x").code == 1


def test_it_agrees_in_a_whole_round(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Six groups, published: `review status` no longer tells of them, so every criterion is held against the other one."""
    from records.workspace.folder import open_workspace

    workspace, _ = open_workspace(years_workspace(tmp_path_factory, tmp_path))
    assert workspace is not None
    agrees(workspace, date(2027, 1, 15))
    found = seen(workspace, on=date(2027, 1, 15))
    assert sum(one.concluded for one in found.bodies) + sum(one.tally.criteria.closed for one in found.groups) == (
        found.total.criteria.all
    )
    workspace.close()
