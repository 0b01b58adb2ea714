"""Publishing a list: ten working days counted by hand, never a day less; a complaint keeps one nominee back and nobody else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from criteria.problems import WARNING, Problem, errors
from nominations.steps.announcing import Notice, announce, conclude, earliest
from nominations.steps.progress import PASSED
from records.calendar import calendar_of
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from tests.nominations.document_support import movement
from tests.nominations.occasion_support import (
    TODAY,
    case_of,
    enter,
    nominated,
    occasion_workspace,
    pass_steps,
    say,
)
from tests.support.command import thidua

AWARD = "hcld-ba"
FIRST, LAST = date(2027, 7, 23), date(2027, 8, 6)
NOTICE = Notice(AWARD, FIRST, "Cổng Thông tin điện tử tỉnh", "30/TB-SNV ngày 23/07/2027")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        # Tết 2026: 16-20/2 off; 10, 11, 12, 13, 23, 24, 25, 26, 27/2, 2/3
        (date(2026, 2, 9), date(2026, 3, 2)),
        # 26/4/2026 is a Sunday, so 27/4 is off, and 30/4, 1/5: 24, 28, 29/4, 4, 5, 6, 7, 8, 11, 12/5
        (date(2026, 4, 23), date(2026, 5, 12)),
        # Tết 2027: 5-9/2, the Saturday and Sunday of it made up for on 10 and 11/2: 12, 15-19, 22-25/2
        (date(2027, 2, 4), date(2027, 2, 25)),
        # 30/4/2027 a Friday, 1/5 a Saturday made up for on Monday 3/5: 28, 29/4, 4-7, 10-13/5
        (date(2027, 4, 27), date(2027, 5, 13)),
        # no holiday: 26-30/7, 2-6/8
        (FIRST, LAST),
        # Saturday 10/1/2026 is worked for Friday 2/1: 5-9, 10, 12-15/1
        (date(2026, 1, 1), date(2026, 1, 15)),
    ],
)
def test_ten_working_days_by_hand(first: date, last: date) -> None:
    calendar = calendar_of(movement())
    assert calendar is not None
    assert earliest(calendar, first, 10) == last


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """B001 and C1 stand before publishing; C2 has a lower award."""
    made = occasion_workspace(tmp_path, monkeypatch, {"B001": 95, "B002": 90, "C1": 91, "C2": 90})
    pass_steps(made, AWARD, ["B001", "C1"], ("xet-chon", date(2027, 7, 20)), ("tham-dinh", date(2027, 7, 22)))
    return made


def published(workspace: Workspace, notice: Notice = NOTICE, today: date = TODAY) -> tuple[list[str], list[Problem]]:
    cases, problems = announce(workspace, nominated(workspace), notice, today)
    return [one.nominee.id for one in cases], problems


def closed(
    workspace: Workspace, day: date, held_back: tuple[str, ...] = (), today: date = TODAY, document: str = "31/XN-SNV"
) -> tuple[list[str], list[Problem]]:
    cases, problems = conclude(workspace, nominated(workspace), AWARD, document, day, today, held_back)
    return [one.nominee.id for one in cases], problems


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(one.code, one.file) for one in errors(problems)]


def test_publishing_runs_its_days_and_opens_the_council(workspace: Workspace) -> None:
    assert published(workspace) == (["B001", "C1"], [])
    for ident in ("B001", "C1"):
        known = case_of(workspace, AWARD, ident).progress
        assert known.announced is not None and known.announced.first == FIRST
        assert "cong-khai" not in known.done
        assert say(workspace, AWARD, ident, "hoi-dong", PASSED, LAST) != []  # publishing is a step like any other
    assert closed(workspace, LAST)[0] == ["B001", "C1"]
    step = case_of(workspace, AWARD, "B001").progress.done["cong-khai"]
    assert (step.value, step.document, step.day) == (PASSED, "31/XN-SNV", LAST)
    assert say(workspace, AWARD, "B001", "hoi-dong", PASSED, date(2027, 8, 5)) != []  # the meeting a day too early
    assert say(workspace, AWARD, "B001", "hoi-dong", PASSED, LAST) == []


def test_a_day_early_is_refused_with_the_day(workspace: Workspace) -> None:
    published(workspace)
    head = workspace.database.head()
    done, problems = closed(workspace, date(2027, 8, 5))
    assert done == [] and told(problems) == [("step", AWARD), ("step", AWARD)]
    assert problems[0].message == "B001: công khai từ 23/07/2027, đủ 10 ngày làm việc vào ngày 06/08/2027."
    assert any(one.severity == WARNING and "2027" in one.message for one in problems)  # not yet announced holidays
    assert workspace.database.head() == head


def test_a_complaint_keeps_back_only_its_nominee(workspace: Workspace) -> None:
    published(workspace)
    done, problems = closed(workspace, LAST, ("C1",))
    assert done == ["B001"] and errors(problems) == []
    assert [(one.code, one.severity) for one in problems] == [("complaint", WARNING)]
    assert "cong-khai" not in case_of(workspace, AWARD, "C1").progress.done
    assert closed(workspace, LAST)[0] == ["B001", "C1"]  # the complaint is settled
    assert case_of(workspace, AWARD, "C1").progress.done["cong-khai"].passed


def test_twice_enters_nothing(workspace: Workspace) -> None:
    published(workspace)
    head = workspace.database.head()
    assert published(workspace)[0] == ["B001", "C1"] and workspace.database.head() == head
    closed(workspace, LAST)
    head = workspace.database.head()
    assert closed(workspace, LAST)[0] == ["B001", "C1"] and workspace.database.head() == head
    done, problems = published(workspace)
    assert done == [] and problems[0].message == "HCLĐ hạng Ba: danh sách đã kết thúc công khai."
    assert workspace.database.head() == head


def test_another_day_starts_the_count_anew(workspace: Workspace) -> None:
    published(workspace)
    published(workspace, Notice(AWARD, date(2027, 7, 26), "Cổng", "32/TB"))
    assert closed(workspace, LAST)[0] == []
    assert closed(workspace, date(2027, 8, 9))[0] == ["B001", "C1"]


@pytest.mark.parametrize(
    ("notice", "today", "code", "file"),
    [
        (Notice("khong-co", FIRST, "Cổng", "1/TB"), TODAY, "award-unknown", "--award"),
        (Notice("bk-tinh", FIRST, "Cổng", "1/TB"), TODAY, "step", "bk-tinh"),  # its list is not published
        (Notice(AWARD, FIRST, "Cổng", "1/TB"), date(2027, 7, 22), "step", "--from"),
        (Notice(AWARD, FIRST, " \t", "1/TB"), TODAY, "reason", "--where"),
        (Notice(AWARD, FIRST, "Cổng", "\u200b"), TODAY, "reason", "--document"),
    ],
)
def test_what_is_wrong_with_a_notice(workspace: Workspace, notice: Notice, today: date, code: str, file: str) -> None:
    head = workspace.database.head()
    done, problems = published(workspace, notice, today)
    assert done == [] and told(problems) == [(code, file)] and workspace.database.head() == head


def test_a_list_is_not_published_before_it_was_appraised(workspace: Workspace) -> None:
    done, problems = published(workspace, Notice(AWARD, date(2027, 7, 21), "Cổng", "1/TB"))
    assert done == [] and len(problems) == 2
    assert "bước “Thẩm định hồ sơ” xong ngày 22/07/2027, sau ngày 21/07/2027" in problems[0].message


def test_who_has_not_passed_the_steps_before_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = occasion_workspace(tmp_path, monkeypatch, {"B001": 95, "C1": 91})
    assert told(published(made)[1]) == [("step", AWARD)]
    pass_steps(made, AWARD, ["B001"], ("xet-chon", date(2027, 7, 20)), ("tham-dinh", date(2027, 7, 22)))
    assert published(made)[0] == ["B001"]


def test_closing_says_what_is_missing(workspace: Workspace) -> None:
    assert told(closed(workspace, LAST)[1]) == [("step", AWARD)]  # not published at all
    published(workspace)
    assert told(closed(workspace, LAST, document=" ")[1]) == [("reason", "--document")]
    assert told(closed(workspace, LAST, today=date(2027, 8, 5))[1]) == [("step", "--on")]


def test_the_proof_is_kept_under_its_hash_whatever_it_is_called(workspace: Workspace, tmp_path: Path) -> None:
    import hashlib

    proof = tmp_path / "..;rm -rf $HOME.PDF.sh"
    proof.write_bytes(b"x")
    assert published(workspace, Notice(AWARD, FIRST, "Cổng", "1/TB", proof))[1] == []
    digest = hashlib.sha256(b"x").hexdigest()
    assert [one.name for one in (workspace.root / "ho-so" / "so-ket-2027").iterdir()] == [digest]
    known = case_of(workspace, AWARD, "B001").progress.announced
    assert known is not None and known.proof == digest
    missing = published(workspace, Notice(AWARD, FIRST, "Cổng", "1/TB", tmp_path / "khong-co.pdf"))[1]
    assert [one.code for one in missing] == ["step"] and "khong-co.pdf" in missing[0].file
    assert missing[0].message.startswith("Không có tệp này")


def test_the_command_counts_and_holds_back(workspace: Workspace) -> None:
    """As an officer runs it: the complaint is one of a round of the occasion."""
    root = workspace.root
    words = ("announce", "start", "so-ket-2027", "--award", AWARD, "--from", "01/07/2026", "--where", "Cổng")
    early = thidua("-C", root, *words, "--document", "30/TB")
    assert early.code == 1 and "sau ngày 01/07/2026" in early.err
    enter(workspace, *_published_long_ago())
    enter(
        workspace,
        Entry("complaint:2026/1", "candidate", "C1"),
        Entry("complaint:2026/1", "date", "2026-09-01"),
    )
    closing = thidua("-C", root, "announce", "close", "so-ket-2027", "--award", AWARD, "--document", "31/XN", "--on")
    assert closing.code == 2
    done = thidua(
        "-C", root, "announce", "close", "so-ket-2027", "--award", AWARD, "--document", "31/XN", "--on", "20/08/2026"
    )
    assert done.code == 0, done.err
    assert "Đã kết thúc công khai 1 trường hợp." in done.out
    assert "C1, HCLĐ hạng Ba: đã qua 2 bước, nay không đủ. E6: Chưa xét: kiến nghị, phản ánh số 1 kỳ 2026" in done.err
    assert "cong-khai" not in case_of(workspace, AWARD, "C1").progress.done
    assert done.out.splitlines()[-1].startswith("Tiếp theo: ")


def _published_long_ago() -> list[Entry]:
    """The same steps a year before: on days that are past whenever this runs."""
    told = []
    for ident in ("B001", "C1"):
        subject = f"case:so-ket-2027/{AWARD}/{ident}"
        told += [
            Entry(subject, "step:xet-chon", PASSED, date(2026, 7, 20), source="1/BB"),
            Entry(subject, "step:tham-dinh", PASSED, date(2026, 7, 22), source="2/BB"),
            Entry(subject, "announced", "2026-07-23", source="30/TB", reason="Cổng"),
        ]
    return told
