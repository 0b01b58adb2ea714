"""No step is skipped, whatever the award and the pair of steps; what a step has said stays what it has said."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nominations.awards.declarations import Award
from nominations.awards.procedure import Step
from nominations.selection.choosing import State
from nominations.steps.progress import (
    FAILED,
    MISSING,
    PASSED,
    RETURNED,
    Done,
    Progress,
    enter_steps,
    progress,
    step_entries,
    unready,
    untimely,
)
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from tests.nominations.occasion_support import (
    OCCASION,
    case_of,
    enter,
    file_of,
    nominated,
    occasion_workspace,
    say,
)
from tests.nominations.support import catalogue

D = [date(2027, 7, day) for day in range(1, 32)]
PAIRS = [
    (award, first, second)
    for award in catalogue().awards
    for first in catalogue().steps_of(award)
    for second in catalogue().steps_of(award)
]


def done(*steps: str, value: str = PASSED, day: date | None = None) -> Progress:
    return Progress({one: Done(one, value, "1/BB", day) for one in steps})


@pytest.mark.parametrize(("award", "first", "second"), PAIRS, ids=lambda one: one.id)
def test_a_step_needs_every_step_before_it_and_nothing_else(award: Award, first: Step, second: Step) -> None:
    """first is the only step before second that is not passed."""
    steps = catalogue().steps_of(award)
    before = [one.id for one in steps[: steps.index(second)]]
    for value in (None, FAILED, RETURNED, MISSING):
        known = done(*(one for one in before if one != first.id))
        if value is not None:
            known = Progress({**known.done, first.id: Done(first.id, value, "2/BB")})
        wrong = unready(catalogue(), award, "A1", known, second)
        if first.id in before:
            assert wrong is not None and wrong.code == "step" and f"chưa qua bước “{first.name}”" in wrong.message
        else:
            assert wrong is None
    assert unready(catalogue(), award, "A1", done(*before), second) is None


@pytest.mark.parametrize("award", catalogue().awards, ids=lambda one: one.id)
def test_a_step_of_another_award_is_none_of_this_one(award: Award) -> None:
    own = {one.id for one in catalogue().steps_of(award)}
    for step in catalogue().steps:
        if step.id not in own:
            wrong = unready(catalogue(), award, "A1", done(*own), step)
            assert wrong is not None and f"không qua bước “{step.name}”" in wrong.message


def test_publishing_is_a_step_only_where_the_award_asks_for_it() -> None:
    asked = {one.id: one.announcement is not None for one in catalogue().awards if not one.steps or len(one.steps) > 2}
    told = {
        one.id: any(step.kind == "publication" for step in catalogue().steps_of(one))
        for one in catalogue().awards
        if one.id in asked
    }
    assert told == asked and told["hcld-ba"] and not told["bk-tinh"]


def test_no_step_before_the_day_of_the_one_before_and_none_under_the_one_after() -> None:
    award = catalogue().award("bk-tinh")
    step = catalogue().step("tham-dinh")
    assert award is not None and step is not None
    known = done("xet-chon", day=D[9])
    assert untimely(catalogue(), award, "A1", known, step, D[9]) is None
    early = untimely(catalogue(), award, "A1", known, step, D[8])
    assert early is not None and "xong ngày 10/07/2027, sau ngày 09/07/2027" in early.message
    late = Progress({**known.done, "hoi-dong": Done("hoi-dong", FAILED, "9/BB", D[20])})
    after = untimely(catalogue(), award, "A1", late, step, D[25])
    assert after is not None and "đã có kết quả (không thông qua)" in after.message


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return occasion_workspace(tmp_path, monkeypatch, {"B001": 95, "B002": 90, "B015": 85})


def codes(problems: list[Any]) -> list[str]:
    return [one.code for one in problems]


def test_steps_are_entered_in_order_or_not_at_all(workspace: Workspace) -> None:
    head = workspace.database.head()
    for step in ("tham-dinh", "hoi-dong", "ubnd-tinh"):
        assert codes(say(workspace, "bk-ttg", "B002", step, PASSED, D[20])) == ["step"]
    assert codes(say(workspace, "bk-ttg", "B002", "cong-khai", PASSED, D[20])) == ["step"]  # no step of this award
    assert workspace.database.head() == head
    assert say(workspace, "bk-ttg", "B002", "xet-chon", PASSED, D[1]) == []
    assert codes(say(workspace, "bk-ttg", "B002", "hoi-dong", PASSED, D[2])) == ["step"]
    assert say(workspace, "bk-ttg", "B002", "tham-dinh", PASSED, D[2]) == []
    assert say(workspace, "bk-ttg", "B002", "hoi-dong", PASSED, D[3]) == []
    assert codes(say(workspace, "bk-ttg", "B002", "tham-dinh", FAILED, D[4])) == ["step"]  # the council rests on it
    assert set(case_of(workspace, "bk-ttg", "B002").progress.done) == {"xet-chon", "tham-dinh", "hoi-dong"}


def test_one_bad_case_keeps_the_whole_meeting_out(workspace: Workspace) -> None:
    assert say(workspace, "bk-ttg", "B002", "xet-chon", PASSED, D[1]) == []
    told = [
        ("bk-ttg", one, step_entries(OCCASION, "bk-ttg", one, Done("tham-dinh", PASSED, "2/BB", D[2]), "x", "y"))
        for one in ("B002", "B015")
    ]
    with workspace.database.writing() as writer:
        problems = enter_steps(writer, file_of(workspace).awards, progress(workspace, OCCASION), told)
    assert codes(problems) == ["step"] and "B015" in problems[0].message
    assert "tham-dinh" not in case_of(workspace, "bk-ttg", "B002").progress.done


def test_an_award_or_step_that_the_file_does_not_know_is_a_finding(workspace: Workspace) -> None:
    for award, step in (("bk-la", "xet-chon"), ("bk-ttg", "buoc-la")):
        told = [(award, "B002", step_entries(OCCASION, award, "B002", Done(step, PASSED, "2/BB", D[2]), "x", "y"))]
        with workspace.database.writing() as writer:
            assert codes(enter_steps(writer, file_of(workspace).awards, {}, told)) == ["step"]


def test_a_failed_step_refuses_for_good_and_a_returned_one_can_come_again(workspace: Workspace) -> None:
    for ident in ("B002", "B015"):
        assert say(workspace, "bk-ttg", ident, "xet-chon", PASSED, D[1]) == []
    for number, value in enumerate((RETURNED, MISSING, PASSED)):
        assert say(workspace, "bk-ttg", "B002", "tham-dinh", value, D[5 + number], reason="thiếu biên bản") == []
        known = case_of(workspace, "bk-ttg", "B002")
        assert known.state is State.PROPOSED and known.progress.done["tham-dinh"].value == value
    assert say(workspace, "bk-ttg", "B002", "hoi-dong", PASSED, D[9]) == []
    assert say(workspace, "bk-ttg", "B015", "tham-dinh", FAILED, D[6], reason="kê khai sai") == []
    refused = case_of(workspace, "bk-ttg", "B015")
    assert refused.state is State.NOT
    assert refused.chosen.reason == "Thẩm định hồ sơ không thông qua (tham-dinh/BB): kê khai sai."
    assert case_of(workspace, "bk-tinh", "B015").state is State.PROPOSED  # free for a lower one


def test_votes_belong_to_the_last_meeting(workspace: Workspace) -> None:
    """A meeting that is entered again without votes does not keep those of the meeting before."""
    assert say(workspace, "bk-ttg", "B002", "xet-chon", FAILED, D[9], votes="3/9/0/0/0/0") == []
    assert case_of(workspace, "bk-ttg", "B002").progress.done["xet-chon"].votes == "3/9/0/0/0/0"
    subject = f"case:{OCCASION}/bk-ttg/B002"
    enter(workspace, Entry(subject, "step:xet-chon", PASSED, D[1], source="8/BB"))
    told = case_of(workspace, "bk-ttg", "B002").progress.done["xet-chon"]
    assert (told.value, told.document, told.day, told.votes) == (PASSED, "8/BB", D[1], "")


def test_the_next_step_is_the_first_that_is_not_passed() -> None:
    steps = catalogue().steps_of(next(one for one in catalogue().awards if one.id == "bk-tinh"))
    names = [one.id for one in steps]
    assert names == ["xet-chon", "tham-dinh", "hoi-dong", "ubnd-tinh"]
    for count in range(len(steps)):
        found = done(*names[:count]).next(steps)
        assert found is not None and found.id == names[count]
    assert done(*names).next(steps) is None
    returned = Progress({**done("xet-chon").done, "tham-dinh": Done("tham-dinh", RETURNED, "3/BB")})
    assert (returned.next(steps) or steps[0]).id == "tham-dinh" and returned.stopped(steps) is None


def test_cases_of_other_occasions_stay_apart(workspace: Workspace) -> None:
    enter(workspace, Entry("case:tong-ket-2030/bk-ttg/B002", "step:xet-chon", PASSED, D[1], source="8/BB"))
    assert progress(workspace, OCCASION) == {}
    assert set(progress(workspace, "tong-ket-2030")) == {("bk-ttg", "B002")}
    assert not any(one.progress.done for one in nominated(workspace).cases)
