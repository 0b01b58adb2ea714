"""The roll-up of a period: states, shares, what is late and near, early warning, the workbook."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from criteria.problems import errors
from records.ledger.entries import Entry
from records.roster.roster import load_roster
from records.tasks.changes import Book
from records.tasks.explaining import explain
from records.tasks.register import Result, load_register
from records.tasks.results_file import update_from
from records.tasks.rollup import RollUp, Share, early_warning, report_period, roll_up
from records.tasks.standing import Period, standings
from records.workspace.folder import Workspace
from reports.tasks.files import write_report
from reports.tasks.rollup import rollup_workbook, warning_workbook
from tests.rounds.task_support import day, rows, taken_in, window, workspace_of_few, workspace_with_register
from thidua.main import application

HEADER = "số;nội dung;chủ trì;hạn;tự bổ sung;nhiệm vụ cha"


def told(workspace: Workspace, period: str, on: str, body: str | None = None) -> RollUp:
    return roll_up(workspace, window(workspace, period), day(on), body)


def states(workspace: Workspace, period: str, on: str, **named: bool) -> dict[str, str]:
    days = window(workspace, period)
    found = standings(load_register(workspace), load_roster(workspace), Period(days.first, days.last, day(on)), **named)
    return {f"{one.held.key} {one.body}": one.state for one in found}


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """Every state once."""
    workspace = workspace_of_few(tmp_path)
    taken_in(
        workspace,
        tmp_path,
        "1;Một;S1;Tháng 3/2026;;",
        "2;Hai;S1;Tháng 4/2026;;",
        "3;Ba;S1;Tháng 5/2026;có;",
        "4;Bốn;S2;Tháng 12/2026;;",
        "5;Năm;S2;Thường xuyên;;",
        "6;Sáu;S2;Thường xuyên;;",
        "7;Bảy;S3;Khi có hướng dẫn;;",
        "8;Tám;S3;Năm 2027 (2025-2027);;",
        "9;Chín;S3;Năm 2028 (2025-2028);;",
        "10;Mười;S2;Tháng 6/2026;;",
        "11;Mười một;S3;Tháng 11/2025;;",
        "12;Mười hai;S3;Tháng 10/2025;;",
        "13;Mười ba;S1;Tháng 9/2025;;",
        "14;Mười bốn;S1;Tháng 3/2027;;",
        "1a;Phần của một;S1;Tháng 2/2026;;1",
        header=HEADER,
    )
    book = Book.open(workspace)
    for number, finished in (
        ("1", "2026-03-31"),
        ("2", "2026-05-04"),
        ("12", "2026-01-15"),
        ("13", "2025-09-30"),
        ("14", "2026-06-01"),
    ):
        book.finish(number, None, Result(day(finished), f"{number}/VB"))
    book.finish("5", None, Result(day("2026-05-05"), "5/BC"), "2026")
    book.report_progress("8", None, 2026, "đạt 40 %")
    book.cancel("10", day("2026-02-01"), "9/TB", "không còn")
    saved, problems = book.save()
    assert saved and errors(problems) == []
    return workspace


def test_every_state_of_a_year(year: Workspace) -> None:
    assert states(year, "2026", "2026-07-01") == {
        "1 S1": "done",
        "2 S1": "late",
        "3 S1": "overdue",
        "4 S2": "open",
        "5/2026 S2": "regular_done",
        "6/2026 S2": "regular",
        "7 S3": "event",
        "8 S3": "span_told",
        "9 S3": "span",
        "10 S2": "cancelled",
        "11 S3": "carried",
        "12 S3": "carried_done",
        "14 S1": "early",
    }  # 13 was finished before the year began; 1a is a part of 1
    assert states(year, "2026", "2026-07-01", parts=True)["1a S1"] == "overdue"
    before = states(year, "2026", "2026-01-10")  # as it stood then
    assert (before["1 S1"], before["12 S3"], before["5/2026 S2"], before["10 S2"]) == (
        "open",
        "carried",
        "regular",
        "open",
    )
    assert "14 S1" not in before
    may = states(year, "2026-05", "2026-05-31")
    assert (may["3 S1"], may["2 S1"]) == ("open", "carried_done")
    assert not {"1 S1", "4 S2", "10 S2"} & set(may)
    year.close()


def test_counts_and_shares_are_exact(year: Workspace) -> None:
    found = told(year, "2026", "2026-07-01")
    tallies = {body: tally for body, _, tally in found.bodies}
    assert [body for body, _, _ in found.bodies] == ["S3", "S2", "S1"]  # by name: Ba, Hai, Một
    assert (tallies["S1"].completed, tallies["S1"].on_time) == (Share(2, 3), Share(1, 3))
    assert (tallies["S1"].completed.text(), tallies["S1"].completed.percent) == ("2/3", "66,67 %")
    assert (tallies["S2"].completed, tallies["S2"].on_time) == (Share(0, 1), Share(0, 0))  # nothing has fallen due
    assert tallies["S2"].on_time.percent == "–" and tallies["S2"].regular == Share(1, 2)
    assert (found.total.completed, found.total.on_time) == (Share(2, 4), Share(1, 3))
    assert found.total.own is not None and found.total.own.completed == Share(0, 1)
    assert found.numbers == 13 and sum(found.total.counts.values()) == 13
    assert [one.task.number for one in found.late] == ["11", "12", "2", "3"]
    assert found.entry == year.database.last_entry()
    assert Share(1, 800).percent == "0,13 %"  # 0,125 half up
    year.close()


def test_a_report_is_that_of_its_entry(year: Workspace) -> None:
    entry = year.database.last_entry()
    year.database.enter([Entry("result:3/S1/once", "finished", "2026-05-31")])
    old = roll_up(year, window(year, "2026"), day("2026-07-01"), entry=entry)
    assert old.total.of("overdue") == 1 and told(year, "2026", "2026-07-01").total.of("overdue") == 0
    year.close()


def test_the_real_register_when_nobody_reports(tmp_path: Path) -> None:
    """Rows 1–52 without 19, then 54, 55, 56 and 60 fell due before 31/12/2025, and of 96 the plan for 2026: 56 tasks. Due on the
    very day: 53, 57–59, 61–65, 67, 68, 72, 86; 66 has nobody, since districts ended."""
    workspace = workspace_with_register(tmp_path)
    found = told(workspace, "2025", "2025-12-31")
    overdue = {one.task.number for one in found.standings if one.state == "overdue"}
    wanted = {str(number) for number in range(1, 53) if number != 19} | {"54", "55", "56", "60", "96"}
    assert overdue == wanted and len(overdue) == 56
    near = {one.task.number for one in found.standings if one.state == "open"}
    assert near == {"53", "57", "58", "59", "61", "62", "63", "64", "65", "67", "68", "72", "86"}
    assert [one.task.number for one in found.standings if one.state == "orphan"] == ["66"]
    assert {one.task.number for one in found.standings if one.state == "regular"} == {
        *("19", "89", "90", "91", "92", "94", "95", "97", "98")
    }
    spans = {one.task.number for one in found.standings if one.state == "span"}
    assert spans == {*(str(n) for n in range(69, 89) if n not in (72, 86))}
    # four leads of 52 count four times, fifteen offices have row 4, two have 86: 56 + 13 + 3 + 14 + 1
    assert found.total.asked == 87 and found.total.completed == Share(0, 87)
    own = found.total.own
    assert own is not None and (own.of("overdue"), own.of("open")) == (1, 1)  # 51 and 67 of Công an tỉnh
    later = told(workspace, "2026-q1", "2026-03-31")
    assert {one.task.number for one in later.standings if one.state == "carried"} == wanted | near
    workspace.close()


def test_extensions_and_hand_overs_show(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;S1;Tháng 3/2026", "2;Hai;S1;Tháng 3/2026")
    book = Book.open(workspace)
    book.extend("1", day("2026-05-31"), "1/CV", "chờ", day("2026-03-01"))
    book.hand_over("2", "S1", "S2", day("2026-03-10"))
    assert errors(book.save()[1]) == []
    assert states(workspace, "2026-q1", "2026-04-02") == {"2 S2": "overdue"}
    second = told(workspace, "2026-q2", "2026-05-20")
    (one,) = [one for one in second.standings if one.state == "open"]
    assert (one.held.instance.first_due, one.days(second.period.on)) == (day("2026-03-31"), 11)
    assert [item.task.number for item in second.near] == ["1"]
    workspace.close()


def test_early_warning_opens_classes_and_names_heads(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;Các sở, ban, ngành;Tháng 3/2026", "2;Hai;S2;Tháng 4/2026")
    workspace.database.enter(
        [
            Entry("body:S2", "head", "Thủ trưởng A", date(2025, 1, 1)),
            Entry("body:S2", "head", "Thủ trưởng B", date(2026, 4, 5)),
        ]
    )
    found = early_warning(workspace, day("2026-04-10"), 20)
    assert [(one.body, one.head, one.days(found.on)) for one in found.late] == [
        ("S3", "", -10),
        ("S2", "Thủ trưởng A", -10),
        ("S1", "", -10),
    ]
    assert [(one.body, one.head, one.days(found.on)) for one in found.near] == [("S2", "Thủ trưởng B", 20)]
    assert early_warning(workspace, day("2026-04-10"), 19).near == []
    book = openpyxl.load_workbook(io.BytesIO(warning_workbook(workspace.movement, found)))
    texts = [str(cell.value) for row in book["Qua han"].iter_rows() for cell in row if cell.value]
    assert "Sở Hai – Quá hạn (1)" in texts and texts.count("quá 10 ngày") == 3
    workspace.close()


def test_explanations(year: Workspace, tmp_path: Path) -> None:
    """Only what is late can be explained; a table may carry them, too."""
    book = Book.open(year)
    explain(book, "1", None, "vì sao", day("2026-07-01"))
    explain(book, "2", None, "  ", day("2026-07-01"))
    explain(book, "6", None, "chưa hết năm", day("2026-07-01"), "2026")
    assert [problem.message[:14] for problem in errors(book.problems)] == [
        "Nhiệm vụ 1 khô",
        "Giải trình của",
        "Nhiệm vụ 6 khô",
    ]
    book = Book.open(year)
    explain(book, "2", None, "Chờ  góp ý", day("2026-07-01"))
    explain(book, "6", None, "thiếu người", day("2027-01-05"), "2026")
    assert book.save()[0] == 2
    table = tmp_path / "kq.csv"
    table.write_text(
        "số;cơ quan;ngày hoàn thành;văn bản;giải trình\n3;S1;02/06/2026;3/VB;=1+1 thiếu vốn\n", encoding="utf-8"
    )
    assert update_from(year, table, day("2026-07-01"))[:2] == (1, 3)
    found = {one.task.number: one.explanation for one in told(year, "2026", "2026-07-01").standings}
    assert (found["2"], found["3"], found["6"]) == ("Chờ góp ý", "=1+1 thiếu vốn", "thiếu người")
    year.close()


def test_the_workbook(year: Workspace) -> None:
    year.database.enter([Entry("result:3/S1/once", "explanation", '=HYPERLINK("http://x")')])
    found = told(year, "2026", "2026-07-01")
    content = rollup_workbook(year.movement, found)
    assert content == rollup_workbook(year.movement, told(year, "2026", "2026-07-01"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Tong hop", "Danh sach", "Cham va sap den han", "Tu bo sung"]
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    sheet = book["Tong hop"]
    values = {row[0]: row for row in sheet.iter_rows(values_only=True) if row[0]}
    assert values["Sở Một"][1:6] == (3, 1, 1, 0, 1) and values["Sở Một"][16:18] == ("2/3\n66,67 %", "1/3\n33,33 %")
    assert values["Cộng theo cơ quan"][1:6] == (4, 1, 1, 1, 1)
    heads = [str(row[0]) for row in sheet.iter_rows(max_row=6, values_only=True) if row[0]]
    assert heads[1] == "BÁO CÁO TỔNG HỢP TÌNH HÌNH THỰC HIỆN NHIỆM VỤ NĂM 2026 (01/01/2026 - 31/12/2026)"
    assert any(f"Tính đến ngày 01/07/2026; theo sổ nhiệm vụ đến mục nhập số {found.entry} " in text for text in heads)
    texts = [str(cell.value) for row in book["Cham va sap den han"].iter_rows() for cell in row if cell.value]
    assert '=HYPERLINK("http://x")' in texts and "chậm 4 ngày" in texts and "quá 31 ngày" in texts
    assert all(sheet.print_title_rows for sheet in book) and "MINH HỌA" not in str(heads)
    made_up = openpyxl.load_workbook(io.BytesIO(rollup_workbook(year.movement, replace(found, illustration=True))))
    for sheet in made_up:
        assert "SỐ LIỆU MINH HỌA" in str(sheet.oddFooter.left.text)
        assert any(cell.value == "SỐ LIỆU MINH HỌA" for row in sheet.iter_rows(max_row=8) for cell in row)
    year.close()


def test_made_up_bodies_stamp_the_report(year: Workspace) -> None:
    assert not told(year, "2026", "2026-07-01").illustration
    year.database.enter([Entry("body:S3", "illustration", "có")])
    assert told(year, "2026", "2026-07-01").illustration
    assert not told(year, "2026", "2026-07-01", "S1").illustration
    year.close()


def test_periods_of_reports(year: Workspace) -> None:
    today = day("2026-05-10")
    assert report_period(year.movement, "2026-q1", None, today)[1] == day("2026-03-31")
    assert report_period(year.movement, "2026", None, today)[1] == today
    occasion = year.movement.occasions[0].id
    assert report_period(year.movement, occasion, None, today)[2] == []
    for text, on in (("2026-13", None), ("2026", "2026-05-11"), ("2026-q2", "2026-03-31"), ("2026-q3", None)):
        found = report_period(year.movement, text, day(on) if on else None, today)[2]
        assert [problem.code for problem in found] == ["period"], text
    year.close()


def test_parts_are_no_rows_of_their_own_in_scoring(year: Workspace) -> None:
    assert set(rows(year, "S1", "2026")) == {"1", "2", "3"}
    year.close()


def test_the_commands(year: Workspace, tmp_path: Path) -> None:
    root, out = str(year.root), tmp_path / "ra"
    year.close()

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(application, ["-C", root, "tasks", *arguments])
        return result.exit_code, result.output

    code, text = run("report", "--period", "2026-q1")
    assert code == 0 and "hoàn thành 1/1 (100,00 %)" in text and "Tiếp theo:" in text
    assert (Path(root) / "ket-qua" / "2026-q1" / "nhiem-vu-2026-q1.xlsx").is_file()
    code, text = run("report", "--period", "2026-q1", "--body", "Sở Hai", "--out", str(out / "hai.xlsx"))
    assert code == 0 and (out / "hai.xlsx").is_file() and "Sở Một" not in text
    assert run("report", "--period", "2026-q1", "--out", str(out / "x.doc"))[0] == 1
    assert not (out / "x.doc").exists()
    assert (
        run("report", "--period", "năm nay")[0] == 1 and run("report", "--period", "2026-q1", "--body", "Sở X")[0] == 1
    )
    code, text = run("due", "--on", "2026-05-20", "--body", "S1", "--out", str(out / "due.xlsx"))
    assert code == 0 and "3 · 31/05/2026 · còn 11 ngày · chưa đến hạn" in text and (out / "due.xlsx").is_file()
    assert "Sở Ba" not in text
    code, text = run("update", "3", "--explanation", "chờ vốn", "--on", "2026-06-05")
    assert code == 0 and "Đã ghi 1 điều mới" in text
    assert run("update", "1", "--explanation", "gì đó", "--on", "2026-06-05")[0] == 1


def test_names_of_files_stay_in_their_folder(tmp_path: Path) -> None:
    written, problems = write_report(None, tmp_path / "kq", "nhiem-vu-2026-../../x", b"x")
    assert problems == [] and written == [tmp_path / "kq" / "nhiem-vu-2026--x.xlsx"]
