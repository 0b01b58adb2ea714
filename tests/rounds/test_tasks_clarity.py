"""Plans that are clear ("5 rõ", "6 rõ"), parts of tasks, completion at three layers, the calendar of reports."""

from __future__ import annotations

import io
import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from criteria.declarations.reporting import ClearPlans, Reporting
from criteria.movements.reading import read_movement
from criteria.problems import errors
from records.ledger.entries import Entry
from records.roster.roster import load_roster
from records.tasks.changes import Book
from records.tasks.clarity import clarity_counts, plans
from records.tasks.completion import Answering, completion
from records.tasks.duties import reports_due
from records.tasks.importing import import_tasks
from records.tasks.plans import enter_plan, plans_from
from records.tasks.register import Result, load_register
from records.tasks.rollup import Share
from records.workspace.folder import Workspace
from reports.tasks.completion import completion_workbook
from tests.rounds.support import MOVEMENT, enter_body
from tests.rounds.task_support import candidate, day, register_file, taken_in, window, workspace_of_few
from thidua.main import application

PLANNED = "số;nội dung;chủ trì;hạn;rõ người;rõ trách nhiệm;rõ kết quả;rõ thẩm quyền;ngày kế hoạch"


def six(workspace: Workspace, text: str) -> None:
    workspace.movement.clear_plans = ClearPlans(six_from=day(text))


def counted(workspace: Workspace, body: str, period: str = "2026") -> tuple[int, int]:
    roster = load_roster(workspace)
    return clarity_counts(load_register(workspace), roster, candidate(roster, body), window(workspace, period))


def missing(workspace: Workspace) -> dict[str, tuple[str, ...]]:
    found = plans(load_register(workspace), load_roster(workspace), day("2026-01-01"), day("2026-12-31"))
    return {f"{plan.number} {plan.body}": plan.missing for plan in found if plan.planned}


@pytest.fixture
def planned(tmp_path: Path) -> Workspace:
    workspace = workspace_of_few(tmp_path)
    taken_in(
        workspace,
        tmp_path,
        "1;Một;S1;Tháng 3/2026;Trưởng phòng A;theo dõi, báo cáo;đề án được duyệt;;01/02/2026",
        "2;Hai;S1;Tháng 4/2026;Trưởng phòng A;theo dõi;;;01/03/2026",
        "3;Ba;S1;Tháng 5/2026;Trưởng phòng B;theo dõi;quyết định;ký thay;05/03/2026",
        "4;Bốn;S1;Tháng 6/2026;;;;;",
        "5;Năm;S2;Thường xuyên;Chánh văn phòng;chủ trì;báo cáo;;",
        header=PLANNED,
    )
    return workspace


def test_five_while_the_day_of_the_sixth_is_unknown(planned: Workspace) -> None:
    assert planned.movement.clear_plans is not None and planned.movement.clear_plans.six_from is None
    assert missing(planned) == {"1 S1": (), "2 S1": ("result",), "3 S1": (), "5 S2": ()}
    assert counted(planned, "S1") == (3, 2)  # of four tasks three are planned, two of them clear
    assert counted(planned, "S2") == (1, 1)
    assert counted(planned, "S1", "2026-q1") == (1, 1)
    planned.close()


def test_six_from_its_day_on(planned: Workspace) -> None:
    """The plan of the very day names six; an older one five; one without a date cannot be judged, so the date is missing."""
    six(planned, "2026-03-01")
    assert missing(planned) == {"1 S1": (), "2 S1": ("result", "authority"), "3 S1": (), "5 S2": ("date",)}
    six(planned, "2026-03-02")
    assert missing(planned)["2 S1"] == ("result",)
    assert counted(planned, "S2") == (1, 0)
    planned.close()


def test_a_body_has_its_own_plan_of_a_shared_task(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    for ident, name in (("P1", "Người Thử Một"), ("P2", "Người Thử Hai"), ("P3", "Người Thử Hai")):
        enter_body(workspace, ident, name=name, kind="cá nhân", parent="S1")
    taken_in(
        workspace, tmp_path, "1;Một;Các sở, ban, ngành;Tháng 3/2026;", "2;Hai;S1;Tháng 4/2026;U1",
        header="số;nội dung;chủ trì;hạn;đơn vị tham gia",
    )  # fmt: skip
    full = {"plan_person": "Người Thử Một", "plan_responsibility": "a", "plan_result": "b"}
    book = Book.open(workspace)
    enter_plan(book, "1", "S1", full, day("2026-01-05"))
    enter_plan(book, "2", "U1", {"plan_result": "c"}, day("2026-01-05"))
    assert errors(book.problems) == [] and book.save()[0] == 6
    stored = {entry.value for entry in workspace.database.entries("task") if entry.field.startswith("plan_person")}
    assert stored == {"P1"}  # never a name
    assert (counted(workspace, "S1"), counted(workspace, "S2"), counted(workspace, "U1")) == ((1, 1), (0, 0), (1, 0))
    enter_plan(book, "1", None, full, day("2026-01-05"))
    enter_plan(book, "2", "S2", full, day("2026-01-05"))
    enter_plan(book, "2", "S1", {"plan_person": "Sở Hai"}, day("2026-01-05"))
    enter_plan(book, "2", "S1", {"plan_person": "Người Thử Hai"}, day("2026-01-05"))
    enter_plan(book, "9", "S1", full, day("2026-01-05"))
    assert [problem.code for problem in errors(book.problems)] == [*["task-field"] * 4, "task-unknown"]
    assert "“Sở Hai” là cơ quan" in book.problems[2].message and "P2, P3" in book.problems[3].message
    workspace.close()


def test_plans_out_of_a_table(planned: Workspace, tmp_path: Path) -> None:
    table = tmp_path / "ke-hoach.csv"
    heads = "số;cơ quan;ngày kế hoạch;rõ người;rõ kết quả"
    table.write_text(f"{heads}\n2;S1;02/04/2026;;quyết định\n4;;01/04/2026;Phó phòng;\n", encoding="utf-8")
    assert plans_from(planned, table, day("2026-06-01"))[:2] == (2, 4)
    assert plans_from(planned, table, day("2026-06-01"))[:2] == (2, 0)  # twice the same
    assert missing(planned)["2 S1"] == () and missing(planned)["4 S1"] == ("responsibility", "result")
    last = planned.database.last_entry()
    table.write_text(f"{heads}\n2;S1;;x;\n4;S3;01/04/2026;x;\n77;;01/04/2026;x;\n1;;02/06/2026;x;\n", encoding="utf-8")
    problems = plans_from(planned, table, day("2026-06-01"))[2]
    assert sorted(problem.cell for problem in errors(problems)) == ["A4", "B3", "C2", "C5"]
    assert planned.database.last_entry() == last
    planned.close()


def test_parts_belong_to_a_known_task(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    header = "số;nội dung;chủ trì;hạn;thuộc nhiệm vụ"
    rows = ["1;Một;S1;Quý I/2026;2", "2;Hai;S1;Quý I/2026;1", "3;Ba;S1;Quý I/2026;3", "4;Bốn;S1;Quý I/2026;8"]
    problems = import_tasks(workspace, [register_file(tmp_path, *rows, header=header)])[1]
    assert sorted(problem.cell for problem in errors(problems)) == ["E2", "E3", "E4", "E5"]
    rows = ["1;Một;S1;Quý I/2026;", "1.1;Phần;S1;Tháng 2/2026;1"]
    assert errors(import_tasks(workspace, [register_file(tmp_path, *rows, header=header)])[1]) == []
    assert load_register(workspace).tasks["1.1"].parent == "1"
    workspace.close()


def test_a_unit_of_another_office_is_refused_when_it_is_imported(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    path = register_file(tmp_path, "1;Một;S1;Quý I/2026;U2", header="số;nội dung;chủ trì;hạn;đơn vị tham gia")
    done, problems = import_tasks(workspace, [path])
    assert [problem.cell for problem in errors(problems)] == ["E2"] and done.new == 0
    workspace.close()


# --- three layers ---------------------------------------------------------------------------------------------------


@pytest.fixture
def led(tmp_path: Path) -> Workspace:
    """S1 changes its head on 1/5/2026; S2 has none."""
    workspace = workspace_of_few(tmp_path)
    enter_body(workspace, "P1", name="Người Thử Một", kind="cá nhân", parent="S1")
    taken_in(
        workspace,
        tmp_path,
        "1;Một;S1;Tháng 3/2026;P1;",
        "2;Hai;S1;Tháng 4/2026;Trưởng phòng A;",
        "3;Ba;S1;Tháng 5/2026;Trưởng phòng A;",
        "4;Bốn;S1;Tháng 6/2026;;",
        "5;Năm;S1;Thường xuyên;P1;",
        "6;Sáu;S2;Tháng 2/2026;Trưởng phòng A;",
        "1.1;Phần;S1;Tháng 2/2026;P1;1",
        header="số;nội dung;chủ trì;hạn;người thực hiện;nhiệm vụ cha",
    )
    heads = ("Thủ trưởng A", None), ("Thủ trưởng B", day("2026-05-01"))
    workspace.database.enter([Entry("body:S1", "head", name, start) for name, start in heads])
    book = Book.open(workspace)
    for number, finished in (("1", "2026-03-31"), ("2", "2026-05-10"), ("1.1", "2026-02-10"), ("6", "2026-02-28")):
        book.finish(number, None, Result(day(finished), "VB"))
    book.finish("5", None, Result(day("2026-06-30"), "BC"), "2026")
    assert errors(book.save()[1]) == []
    return workspace


def layer(workspace: Workspace, name: str, on: str = "2026-12-31") -> dict[tuple[str, str], Answering]:
    found = completion(workspace, window(workspace, "2026"), day(on), name)
    return {(row.body, row.who): row for row in found.rows}


def test_a_head_answers_for_what_fell_due_in_his_days(led: Workspace) -> None:
    bodies, heads = layer(led, "body"), layer(led, "head")
    assert bodies["S1", ""].tally.completed == Share(2, 4) and bodies["S1", ""].tally.on_time == Share(1, 4)
    first, second = heads["S1", "Thủ trưởng A"], heads["S1", "Thủ trưởng B"]
    assert (first.tally.completed, first.tally.on_time) == (
        Share(2, 2),
        Share(1, 2),
    )  # 2 was finished late, by B, but due under A
    assert (second.tally.completed, second.tally.regular) == (Share(0, 2), Share(1, 1))
    assert (first.days, second.days) == ("từ 01/01/2026 đến 30/04/2026", "từ 01/05/2026 đến 31/12/2026")
    assert heads["S2", "(chưa ghi thủ trưởng)"].tally.completed == Share(1, 1)
    assert layer(led, "head", "2026-04-15")["S1", "Thủ trưởng A"].tally.asked == 4  # B is not there yet
    led.close()


def test_persons_answer_for_tasks_and_parts_that_name_them(led: Workspace) -> None:
    persons = layer(led, "person")
    assert list(persons) == [
        ("S2", "Trưởng phòng A"),
        ("S1", "(chưa ghi người thực hiện)"),
        ("S1", "Người Thử Một"),
        ("S1", "Trưởng phòng A"),
    ]
    one = persons["S1", "Người Thử Một"].tally
    assert (one.completed, one.on_time, one.regular) == (Share(2, 2), Share(2, 2), Share(1, 1))
    post = persons["S1", "Trưởng phòng A"].tally  # the same post in another office is another person
    assert post.on_time == Share(0, 2) and post.completed.fraction == Fraction(1, 2)
    led.close()


def test_the_workbook_of_a_layer(led: Workspace) -> None:
    found = completion(led, window(led, "2026"), day("2026-12-31"), "head")
    book = openpyxl.load_workbook(io.BytesIO(completion_workbook(led.movement, found)))
    rows = {row[1]: row for row in book["Nguoi dung dau"].iter_rows(values_only=True) if row[1]}
    assert rows["Thủ trưởng A"][2:9] == (2, 1, 1, 0, 0, "2/2\n100,00 %", "1/2\n50,00 %")
    assert rows["Thủ trưởng B"][9:11] == ("1/1\n100,00 %", "từ 01/05/2026 đến 31/12/2026")
    led.close()


# --- the calendar of reports ----------------------------------------------------------------------------------------


def test_the_calendar_of_the_movement() -> None:
    movement, problems = read_movement(MOVEMENT / "movement.yaml")
    assert movement is not None and errors(problems) == []
    found = {one.duty.id: one for one in reports_due(movement, day("2025-06-10"), strict=False)}
    half = found["sau-thang-26"]
    assert (half.period, half.due, half.printed, half.to) == (
        "2025-h1",
        day("2025-06-10"),
        day("2025-06-10"),
        "Sở Khoa học và Công nghệ",
    )
    strict = {one.duty.id: one for one in reports_due(movement, day("2025-06-10"), strict=True)}
    assert (strict["sau-thang-26"].period, strict["sau-thang-26"].due) == ("2025-h2", day("2025-11-24"))
    assert (found["thang-57"].period, found["thang-57"].due, found["thang-57"].printed) == (
        "2025-06",
        day("2025-06-30"),
        None,
    )
    assert found["nam-phong-trao"].to == "Sở Nội vụ" and "ke-hoach-don-vi-26" not in found
    early = {one.duty.id: one.due for one in reports_due(movement, day("2025-03-01"), strict=True)}
    assert early["ke-hoach-don-vi-26"] == day("2025-03-30")
    assert "thang-57" not in {i for i, due in early.items() if due < date(2025, 5, 20)}


@pytest.mark.parametrize(
    ("every", "due", "on", "period", "expected"),
    [
        ("month", ["+05"], "2026-01-03", "2025-12", "2026-01-05"),
        ("month", ["+05"], "2026-01-06", "2026-01", "2026-02-05"),
        ("month", ["31"], "2026-02-10", "2026-02", "2026-02-28"),
        ("year", ["+01-15"], "2026-01-10", "2025", "2026-01-15"),
        ("quarter", ["03-20", "06-20", "09-20", "12-20"], "2026-06-21", "2026-q3", "2026-09-20"),
        ("half_year", [], "2026-07-01", "2026-h2", "2026-12-31"),
    ],
)
def test_days_of_cycles(every: str, due: list[str], on: str, period: str, expected: str) -> None:
    movement, _ = read_movement(MOVEMENT / "movement.yaml")
    assert movement is not None
    movement.reporting = [
        Reporting.model_validate({"id": "x", "name": "X", "to": "so-khcn", "every": every, "due": due})
    ]
    (found,) = reports_due(movement, day(on), strict=True)  # not printed as "trước ngày": the day counts
    assert (found.period, found.due) == (period, day(expected))
    movement.reporting[0].to_date = day(expected).replace(day=1)
    assert all(one.due <= movement.reporting[0].to_date for one in reports_due(movement, day(on), strict=True))


def test_a_wrong_calendar_is_refused(tmp_path: Path) -> None:
    text = (MOVEMENT / "movement.yaml").read_text(encoding="utf-8")
    block = 'reporting:\n  - {id: a, name: "A", to: nobody, every: half_year, due: ["06-10"]}\n'
    block += '  - {id: a, name: "B", to: so-khcn, every: month, due: ["32"]}\n'
    block += '  - {id: c, name: "C", to: so-khcn, every: year, due: ["02-30"]}\n'
    block += '  - {id: d, name: "D", to: so-khcn, every: once}\n'
    shutil.copytree(MOVEMENT, tmp_path, dirs_exist_ok=True)
    (tmp_path / "movement.yaml").write_text(text.replace("reporting:\n", block, 1), encoding="utf-8")
    found = [problem.code for problem in read_movement(tmp_path / "movement.yaml")[1] if problem.line]
    assert sorted(found) == ["duplicate-id", "unknown-name", *["wrong-value"] * 4]


def test_the_commands(planned: Workspace, tmp_path: Path) -> None:
    root = str(planned.root)
    planned.close()

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(application, ["-C", root, "tasks", *arguments])
        return result.exit_code, result.output

    code, text = run("clarity", "--period", "2026")
    assert code == 0 and "Sở Một: đủ 2/3 kế hoạch; 3/4 nhiệm vụ có kế hoạch" in text
    assert run("clarity", "--period", "2030")[0] == 0 and run("clarity", "--period", "x")[0] == 1
    assert "2 · thiếu kết quả · Hai" in text and "chưa có kế hoạch: 4" in text and "5 rõ" in text
    assert run("plan", "2", "--result", "quyết định", "--on", "2026-03-01")[0] == 0
    assert "Sở Một: đủ 3/3" in run("clarity", "--period", "2026", "--body", "Sở Một")[1]
    assert run("plan")[0] == 2 and run("plan", "2")[0] == 1 and run("plan", "2", "--on", "2099-01-01")[0] == 2
    code, text = run("completion", "--period", "2026-q1", "--layer", "person", "--out", str(tmp_path / "c.xlsx"))
    assert code == 0 and "Sở Một – Trưởng phòng A: có hạn 1, chưa đến hạn 1; tỷ lệ hoàn thành 0/1 (0,00 %)" in text
    assert (tmp_path / "c.xlsx").is_file()
    code, text = run("reports-due", "--on", "2026-06-01")
    assert code == 0 and "10/06/2026 (còn 9 ngày) · 6 tháng đầu năm 2026" in text and "→ Sở Nội vụ" in text
    assert "Tiếp theo: lập báo cáo: thidua tasks report --period 2026-h1." in text
