"""Which rows a candidate has in a round: kinds of deadlines, classes, several leads, hand-overs, extensions, tags."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from criteria.problems import errors
from records.tasks.changes import Book
from records.tasks.importing import Origin
from records.tasks.register import Result
from records.tasks.rows import as_cells
from records.workspace.folder import Workspace
from tests.rounds.support import enter_body
from tests.rounds.task_support import day, rows, taken_in, workspace_of_few, workspace_with_register


def changed(workspace: Workspace, operation: str, *told: object, **named: object) -> list[str]:
    """One change, saved; the messages of what was wrong."""
    book = Book.open(workspace)
    getattr(book, operation)(*told, **named)
    return [problem.message for problem in errors(book.save()[1])]


def finished(workspace: Workspace, number: str, body: str | None, on: str, instance: str = "") -> list[str]:
    return changed(workspace, "finish", number, body, Result(day(on), "1/VB"), instance)


def test_a_dated_task_belongs_to_the_round_it_is_due_in(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;S1;Tháng 3/2026", "2;Hai;S1;Quý IV/2026", "3;Ba;S1;Năm 2027 (2025-2027)")
    assert list(rows(workspace, "S1", "2026")) == ["1", "2"]
    assert list(rows(workspace, "S1", "2026-q1")) == ["1"]
    assert list(rows(workspace, "S1", "2027")) == ["3"]  # on time is judged at the end date only
    assert rows(workspace, "S2", "2026") == {}


def test_before_a_day_is_kept_as_a_flag(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;S1;Trước 20/4/2026")
    row = rows(workspace, "S1", "2026")["1"]
    assert (row.before, row.due) == (True, day("2026-04-20"))
    assert as_cells(row) == {
        "due": "2026-04-20",
        "before": "có",
        "finished": "",
        "accepted": "",
        "leads": "1",
        "by_class": "không",
        "regular": "không",
        "own": "không",
    }


def test_regular_work_has_a_result_each_year(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;S1;Thường xuyên")
    assert finished(workspace, "1", None, "2026-12-01") == []
    assert rows(workspace, "S1", "2026")["1/2026"].finished == day("2026-12-01")
    next_year = rows(workspace, "S1", "2027")["1/2027"]
    assert (next_year.finished, next_year.due, next_year.regular) == (None, None, True)


def test_an_event_opens_an_instance_each_time(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;S1;Khi Trung ương có quy định mới")
    assert rows(workspace, "S1", "2026") == {}
    for happened, due in (("2026-02-01", "2026-05-01"), ("2026-07-01", "2026-09-30"), ("2026-12-01", "2027-03-01")):
        assert changed(workspace, "event", "1", day(happened), day(due), "NQ") == []
    assert finished(workspace, "1", None, "2026-04-30", "2026-02-01") == []
    found = rows(workspace, "S1", "2026")
    assert {key: (row.due, row.finished) for key, row in found.items()} == {
        "1/2026-02-01": (day("2026-05-01"), day("2026-04-30")),
        "1/2026-07-01": (day("2026-09-30"), None),
    }
    assert changed(workspace, "event", "1", day("2026-02-01"), day("2026-01-01"))  # due before it happened


def test_yearly_work_is_due_in_the_year_before(tmp_path: Path) -> None:
    """Row 96: the plan for 2026 is due on 30 November 2025; none for a year after the movement."""
    workspace = workspace_with_register(tmp_path)
    assert rows(workspace, "B002", "2025")["96/2026"].due == day("2025-11-30")
    assert "96/2027" in rows(workspace, "B002", "2026") and "96/2026" not in rows(workspace, "B002", "2026")
    assert not [key for key in rows(workspace, "B002", "2030") if key.startswith("96/")]
    assert finished(workspace, "96", None, "2025-11-20") != []  # which plan year is not said
    assert finished(workspace, "96", None, "2025-11-20", "2026") == []
    assert rows(workspace, "B002", "2025")["96/2026"].finished == day("2025-11-20")


def test_a_class_has_one_result_per_member_in_force(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    enter_body(workspace, "S4", name="Sở Bốn", kind="sở/ban/ngành", to="2026-03-31")
    enter_body(workspace, "S5", name="Sở Năm", kind="sở/ban/ngành", from_="2026-09-01")
    taken_in(workspace, tmp_path, "1;Một;Các sở, ban, ngành;Quý II/2026")
    assert finished(workspace, "1", None, "2026-05-01") != []  # whose?
    assert finished(workspace, "1", "S2", "2026-05-01") == []
    found = {body: rows(workspace, body, "2026") for body in ("S1", "S2", "S3", "S4", "S5")}
    assert {body: list(one) for body, one in found.items()} == {
        "S1": ["1"],
        "S2": ["1"],
        "S3": ["1"],
        "S4": [],
        "S5": [],
    }
    assert found["S2"]["1"].finished == day("2026-05-01") and found["S1"]["1"].finished is None
    assert (found["S1"]["1"].by_class, found["S1"]["1"].leads) == (True, 1)


def test_several_leads_and_a_class_beside_them(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(
        workspace,
        tmp_path,
        '1;Một;"S1; S2; S3";Năm 2026',
        '2;Hai;"S1; Các sở, ban, ngành";Năm 2026',
    )
    one, two = rows(workspace, "S1", "2026").values()
    assert (one.leads, one.by_class, two.leads, two.by_class) == (3, False, 1, False)
    assert rows(workspace, "S2", "2026")["2"].by_class is True


def test_handed_over_with_its_first_deadline(tmp_path: Path) -> None:
    """Task 23: from Sở Tư pháp to Công an tỉnh. Extended or not, the first deadline goes along; other tasks stay."""
    workspace = workspace_with_register(tmp_path)
    taken_in(workspace, tmp_path, "000.7g;Lý lịch tư pháp;Sở Tư pháp;Tháng 5/2025")
    assert (
        changed(workspace, "extend", "000.7g", day("2025-08-31"), "9/CV", "chờ chuyển hệ thống", day("2025-04-10"))
        == []
    )
    assert changed(workspace, "hand_over", "000.7g", "Sở Tư pháp", "Công an tỉnh", day("2025-04-25"), "10/QĐ") == []
    row = rows(workspace, "B017", "2025")["000.7g"]
    assert (row.due, row.first_due) == (day("2025-08-31"), day("2025-05-31"))
    assert row.note == "Nhận từ Sở Tư pháp từ ngày 25/04/2025; gia hạn theo 9/CV"
    assert "000.7g" not in rows(workspace, "B008", "2025")
    assert "80" in rows(workspace, "B008", "2030")
    assert finished(workspace, "000.7g", "B008", "2025-05-20") != []  # no longer theirs
    assert changed(workspace, "hand_over", "000.7g", "B008", "B001", day("2025-06-01")) != []


def test_what_was_finished_before_stays_with_who_finished_it(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;S1;Quý II/2026", "2;Hai;S1;Quý II/2026")
    assert finished(workspace, "1", None, "2026-03-01") == []
    for number in ("1", "2"):
        assert changed(workspace, "hand_over", number, "S1", "S2", day("2026-04-01")) == []
    assert list(rows(workspace, "S1", "2026")) == ["1"] and list(rows(workspace, "S2", "2026")) == ["2"]


def test_the_task_of_a_body_that_has_ended_goes_to_its_successor(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    enter_body(workspace, "S4", name="Sở Bốn", kind="sở/ban/ngành", to="2026-02-28", successor="S3")
    enter_body(workspace, "S6", name="Sở Sáu", kind="sở/ban/ngành", to="2026-02-28")
    taken_in(workspace, tmp_path, "1;Một;S4;Quý II/2026", "2;Hai;S6;Quý II/2026", "3;Ba;S6;Tháng 1/2026")
    assert rows(workspace, "S3", "2026")["1"].note == "Nhận từ Sở Bốn từ ngày 01/03/2026"
    assert rows(workspace, "S4", "2026") == {}
    assert list(rows(workspace, "S6", "2026")) == ["3"]  # not marked down for what was due after it had ceased


def test_extended_into_the_next_year(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;S1;Quý IV/2026")
    assert changed(workspace, "extend", "1", day("2027-03-31"), "", "", day("2026-12-01")) != []
    assert changed(workspace, "extend", "1", day("2027-03-31"), "9/CV", "vướng vốn", day("2026-12-01")) == []
    assert rows(workspace, "S1", "2026") == {}
    row = rows(workspace, "S1", "2027")["1"]
    assert (row.due, row.first_due) == (day("2027-03-31"), day("2026-12-31"))


def test_importing_again_keeps_what_was_changed_since(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;S1;Quý II/2026")
    assert changed(workspace, "extend", "1", day("2026-09-30"), "9/CV", "vướng vốn", day("2026-06-01")) == []
    assert changed(workspace, "tag", "1", ["U1"], day("2026-06-01")) == []
    from records.tasks.importing import import_tasks

    done, _ = import_tasks(workspace, [tmp_path / "so.csv"])
    assert (done.new, done.changed) == (0, 0)
    assert rows(workspace, "S1", "2026")["1"].due == day("2026-09-30")
    assert list(rows(workspace, "U1", "2026")) == ["1"]


def test_units_have_the_tasks_of_their_parent_they_are_named_on(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;S1;Quý II/2026", "2;Hai;S1;Quý III/2026", "3;Ba;U1;Quý III/2026")
    assert finished(workspace, "1", None, "2026-06-01") == []
    assert changed(workspace, "tag", "1", ["Trung tâm Một"], day("2026-01-01")) == []
    assert changed(workspace, "tag", "2", ["U2"], day("2026-01-01")) == [
        "Trung tâm Hai thuộc Sở Hai, không phải cơ quan chủ trì nhiệm vụ này."
    ]
    found = rows(workspace, "U1", "2026")
    assert list(found) == ["1", "3"] and found["1"].finished == day("2026-06-01")
    assert changed(workspace, "tag", "1", [], day("2026-02-01"), without=["U1"]) == []
    assert list(rows(workspace, "U1", "2026")) == ["3"]


def test_a_task_added_in_the_year_counts_from_then(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    origin = Origin("Thông báo kết luận", "7/TB", day("2026-05-01"), own=True)
    assert changed(workspace, "add", "9", "Việc bổ sung", ["Sở Một"], "Thường xuyên", origin) == []
    assert changed(workspace, "add", "10", "Việc cũ", ["S1"], "Quý I/2026", origin) != []  # due before it was added
    assert list(rows(workspace, "S1", "2025")) == []
    assert rows(workspace, "S1", "2026")["9/2026"].own is True


def test_cancelled_work_is_not_asked_for(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;S1;Quý I/2026", "2;Hai;S1;Quý III/2026")
    for number in ("1", "2"):
        assert changed(workspace, "cancel", number, day("2026-05-01"), "8/QĐ", "sáp nhập") == []
    assert list(rows(workspace, "S1", "2026")) == ["1"]  # due before it was cancelled


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (Result(day("2026-05-01")), "ngày hoàn thành phải kèm văn bản"),
        (Result(accepted=True), "chưa có ngày hoàn thành"),
        (Result(day("2026-05-01"), "1/VB", accepted=True, accepted_on=day("2026-04-01")), "trước ngày hoàn thành"),
    ],
)
def test_results_that_cannot_be(tmp_path: Path, result: Result, message: str) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;S1;Quý II/2026")
    assert [m for m in changed(workspace, "finish", "1", None, result) if message in m]
    assert rows(workspace, "S1", "2026")["1"].finished is None


def test_a_result_told_twice_is_entered_once(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;S1;Quý II/2026")
    book = Book.open(workspace)
    book.finish("1", "S1", Result(date(2026, 5, 1), "1/VB", date(2026, 5, 1), True, date(2026, 5, 9)))
    assert book.save()[0] == 5
    last = workspace.database.last_entry()
    book = Book.open(workspace)
    book.finish("1", "S1", Result(date(2026, 5, 1), "1/VB", date(2026, 5, 1), True, date(2026, 5, 9)))
    assert book.save()[0] == 0 and workspace.database.last_entry() == last
