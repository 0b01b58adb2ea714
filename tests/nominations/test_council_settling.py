"""A nominee that waits for a higher award: what its vote on the lower one comes to, whatever the council makes of the higher one."""

from __future__ import annotations

from pathlib import Path

import pytest

from criteria.problems import errors
from nominations.awards.reading import AwardFile
from nominations.case import Nominated
from nominations.council.members import Member
from nominations.council.pack import Pack
from nominations.council.preparing import pack_of
from nominations.council.settling import Decision, settle
from nominations.council.tally import Counted
from nominations.council.votes import Votes
from nominations.nominees import Standing
from nominations.results import Results
from nominations.selection.choosing import Chosen, State
from nominations.steps.progress import Done, Progress
from records.forms.collecting.workbook import FormSheet
from records.roster.roster import load_roster
from records.workspace.folder import Workspace
from tests.nominations.council_support import OCCASION, STEP, case, file, nominee, workspace_of  # noqa: F401

PEOPLE = [
    Member(1, "An", "", "", "", "chair"),
    Member(2, "Bình", "", "", "", "secretary"),
    Member(3, "Ca", "", "", "", "member"),
]
YES, NO = Votes(3, 3, 0, 0, 3, 0, 0, 0, 0), Votes(3, 3, 0, 0, 0, 3, 0, 0, 0)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_of(tmp_path / "w")


def waiting(workspace: Workspace, file: AwardFile, known: Progress | None = None) -> Nominated:  # noqa: F811
    """B004 and B005 tied for one seat of Bằng khen TTg; both keep a seat of Bằng khen tỉnh meanwhile."""
    cases = []
    for award, tie in (("bk-ttg", ("B004", "B005")), ("bk-tinh", ())):
        for ident in ("B004", "B005"):
            chosen = Chosen(ident, State.WAITS, "Chờ.", bool(tie), tie, 1 if tie else 0)
            cases.append(case(file, award, nominee(ident, ident), chosen, known))
    people = {one.nominee.id: one.nominee for one in cases}
    return Nominated(OCCASION, file, Standing(load_roster(workspace), people, {}), Results(), tuple(cases))


def decided(pack: Pack, votes: dict[str, Votes], *chosen: str) -> dict[str, Decision]:
    rows = [
        Counted(line, FormSheet("f", "s"), place, {}, line.key in chosen, False, "")
        for place, line in enumerate(pack.lines, 1)
    ]
    told = {line.key: votes.get(line.key, YES) for line in pack.lines}
    outcomes, problems = settle(pack, rows, told)
    assert errors(problems) == [], problems
    return {one.line.key: one.decision for one in outcomes}


def made(workspace: Workspace, file: AwardFile) -> Pack:  # noqa: F811
    pack, problems = pack_of(waiting(workspace, file), STEP, PEOPLE, (1, "a"))
    assert pack is not None and problems == []
    assert [one.after for one in pack.lines] == ["", "", *["Bằng khen của Thủ tướng Chính phủ"] * 2]
    return pack


def test_who_gets_the_higher_one_does_not_get_the_lower_one(workspace: Workspace, file: AwardFile) -> None:  # noqa: F811
    found = decided(made(workspace, file), {"bk-ttg/B005": NO}, "bk-ttg/B004")
    assert found == {
        "bk-ttg/B004": Decision.PASSED,
        "bk-ttg/B005": Decision.FAILED,
        "bk-tinh/B004": Decision.HIGHER,
        "bk-tinh/B005": Decision.PASSED,
    }


def test_while_the_higher_one_is_open_the_lower_one_waits(workspace: Workspace, file: AwardFile) -> None:  # noqa: F811
    found = decided(made(workspace, file), {"bk-tinh/B005": NO}, "bk-ttg/B004")  # equal votes: the tie stays
    assert found == {
        "bk-ttg/B004": Decision.WAITS,
        "bk-ttg/B005": Decision.WAITS,
        "bk-tinh/B004": Decision.WAITS,
        "bk-tinh/B005": Decision.FAILED,
    }


def test_only_what_stands_before_the_step_is_voted_on(workspace: Workspace, file: AwardFile) -> None:  # noqa: F811
    passed = Progress({STEP: Done(STEP, "passed", "1/BB")})
    pack, problems = pack_of(waiting(workspace, file, passed), STEP, PEOPLE, (1, "a"))
    assert pack is None and "Không có trường hợp nào chờ bước" in problems[0].message
    pack, problems = pack_of(waiting(workspace, file), "hoi-dong", PEOPLE, (1, "a"))
    assert pack is None and "4 trường hợp chưa qua bước “Xét, chọn”" in problems[0].message
    assert pack_of(waiting(workspace, file), "tham-dinh", PEOPLE, (1, "a"))[1][0].code == "step"
    assert "Chưa có danh sách thành viên" in pack_of(waiting(workspace, file), STEP, [], (1, "a"))[1][0].message


def test_an_award_without_a_threshold_is_not_voted_on(workspace: Workspace, file: AwardFile) -> None:  # noqa: F811
    file.awards.award("bk-tinh").votes.clear()  # type: ignore[union-attr]
    pack, problems = pack_of(waiting(workspace, file), STEP, PEOPLE, (1, "a"))
    assert pack is None and "chưa khai tỷ lệ phiếu" in errors(problems)[0].message
