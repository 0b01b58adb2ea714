"""The picture of a round: criteria by state, who owes what and how late, on the screen and as a workbook."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
from click.testing import CliRunner

from criteria.movements.reading import read_movement
from records.debts import Debt, debts, picture, summed
from records.forms.issuing.issue import issue
from records.ledger.entries import Entry
from records.progress import CriteriaCount
from records.review.deciding import close_criteria
from records.rounds import Round, Window, close_group, find_round
from records.workspace.folder import Workspace
from reports.round_status import owed_by_body, round_status
from reports.round_status_workbook import status_workbook
from tests.rounds.life_support import act, communes
from tests.rounds.returns_support import CASE, DEADLINE, OTHER, bench, send_back, sent_back
from tests.rounds.support import MOVEMENT, enter_body
from thidua.calling import Called
from thidua.commands.round import round_ as command

LATE = date(2026, 12, 17)
MOVED = read_movement(MOVEMENT / "movement.yaml")[0]
assert MOVED is not None
WINDOW = Window("2026", date(2026, 1, 1), date(2026, 12, 31))
HOSTILE = "=1+1 <b>\x07 Sở"


def opened(workspace: Workspace) -> Round:
    found, problems = find_round(workspace, "2026")
    assert found is not None, problems
    return found


def judged(root: Path) -> Workspace:
    """X1: two returned. X2: one explained, one returned, one closed, one accepted. X3 handed in nothing, but no form was sent."""
    workspace = sent_back(root, 2)
    assert act(workspace, "X2", CASE, "explain", explanation="đã rà", figures={}) == []
    assert act(workspace, "X2", "C1", "accept") == []
    assert act(workspace, "X2", "C2.van-ban", "close", reason="rút", source="1/QĐ") == []
    enter_body(workspace, "X3", name="Xã Ba", kind="xã", pool="Cụm 1")
    return workspace


def test_criteria_are_counted_by_state(tmp_path: Path) -> None:
    workspace = judged(tmp_path / "w")
    groups, _ = picture(workspace, opened(workspace), LATE)
    commune = next(group for group in groups if group.letter == "c")
    assert commune.criteria == CriteriaCount(verified=1, waiting=4, returned=3, explained=1, closed=1)
    assert commune.criteria.all == 10 and [one.id for one in commune.missing] == ["X3"]
    workspace.close()


def test_explanations_are_owed_by_the_unit_in_working_days(tmp_path: Path) -> None:
    workspace = judged(tmp_path / "w")
    found = [debt for debt in debts(workspace, opened(workspace), LATE) if debt.what == "explanation"]
    assert [(d.body, d.criterion, d.due, d.days_late, d.working) for d in found] == [
        ("X1", OTHER, DEADLINE, 2, True),
        ("X1", CASE, DEADLINE, 2, True),
        ("X2", OTHER, DEADLINE, 2, True),
    ]
    assert {d.late_words for d in found} == {"Quá hạn 2\u00a0ngày làm việc"}
    workspace.close()


def test_verification_is_owed_from_closing_or_from_the_workbook(tmp_path: Path) -> None:
    """Open: it waits, nobody is reminded. Closed on Friday 11/12/2026: fifteen working days later, 1/1/2027 is off. A workbook
    with its own deadline goes before."""
    workspace = communes(tmp_path / "w", 1)
    assert debts(workspace, opened(workspace), LATE) == []
    waiting = picture(workspace, opened(workspace), LATE)[1]
    assert len(waiting) == 5 and not any(debt.asked or debt.due for debt in waiting)
    assert close_group(workspace, "2026", "c", date(2026, 12, 11), "1/QĐ") == []
    found = debts(workspace, opened(workspace), date(2027, 1, 6))
    assert {(debt.due, debt.days_late) for debt in found} == {(date(2027, 1, 4), 2)} and len(found) == 5
    here = bench(workspace)
    body = here.scope.verifier("X1", CASE)
    since = date.fromisoformat(here.submissions["X1"].at[:10]).isoformat()
    told = f"token=x; day={since}; deadline=2026-12-14"
    with workspace.database.writing() as writer:
        writer.append([Entry(f"review:2026/{body}", "issued", told)])
    mine = {debt.due for debt in debts(workspace, opened(workspace), LATE) if debt.criterion == CASE}
    assert mine == {date(2026, 12, 14)}
    workspace.close()


def test_overdue_tasks_are_owed(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 1)
    enter_body(workspace, "B001", name="Sở Nội vụ", kind="sở/ban/ngành")
    for number, deadline in (("7", "2026-06-30"), ("8", "2027-06-30")):
        told = {"content": "Việc", "leads": "B001", "kind": "by_day", "deadline": deadline}
        with workspace.database.writing() as writer:
            writer.append([Entry(f"task:{number}", name, value) for name, value in told.items()])
    found = [debt for debt in debts(workspace, opened(workspace), LATE) if debt.what == "task"]
    assert [(d.body, d.criterion, d.due, d.days_late) for d in found] == [("B001", "7", date(2026, 6, 30), 170)]
    assert not [d for d in picture(workspace, opened(workspace), LATE, ("c",))[1] if d.what == "task"]
    workspace.close()


def test_the_screen(tmp_path: Path) -> None:
    workspace = judged(tmp_path / "w")
    groups, owed = picture(workspace, opened(workspace), LATE)
    lines, _ = round_status(workspace.movement, opened(workspace), groups, LATE, debts=owed)
    row = next(line for line in lines if line.startswith("c ") and line.endswith("chưa"))
    assert row.split() == ["c", "10", "4", "3", "1", "1", "1", "chưa"]
    assert "AI CÒN NỢ (đến 17/12/2026)" in lines
    assert "Giải trình: 3 việc của 2 cơ quan, đơn vị; 3 việc quá hạn." in lines
    mine = next(line for line in lines if line.startswith("  X1 Xã 1: 2 việc"))
    assert mine.endswith("hạn 15/12/2026; 2 quá hạn, lâu nhất 2\u00a0ngày làm việc.")
    named, _ = round_status(workspace.movement, opened(workspace), groups, LATE, names=True, debts=owed)
    said = f"    Giải trình tiêu chí {CASE}: X1 Xã 1, hạn 15/12/2026, quá hạn 2\u00a0ngày làm việc"
    assert said in named and len(named) > len(lines)
    workspace.close()


def test_many_bodies_fit_on_one_screen() -> None:
    many = [Debt(f"X{n}", f"Xã {n}", "form", f"X{n}", f"Xã {n}", due=DEADLINE, days_late=n) for n in range(40)]
    worst = owed_by_body(many)[0]
    assert (worst.body, worst.late, worst.due) == ("X39", 1, DEADLINE)
    lines, _ = round_status(MOVED, Round(WINDOW, None), [], DEADLINE, debts=many)
    assert lines[-2] == "  … và 34 nơi khác: thêm --missing hoặc --out TỆP.xlsx."
    assert lines[-9].startswith("Gửi biểu tự chấm: 40 việc của 40 cơ quan, đơn vị; 39 việc quá hạn.")
    assert lines[-8].startswith("  X39 Xã 39: 1 việc, hạn 15/12/2026; 1 quá hạn, lâu nhất 39")


def test_what_is_to_be_verified_is_summed_for_letters() -> None:
    one = Debt("B", "b", "verification", "X1", "Xã 1", "C1", DEADLINE, 3, True, "c")
    other = Debt("B", "b", "verification", "X2", "Xã 2", "C1", DEADLINE, 3, True, "c")
    task = Debt("B", "b", "task", "B", "b", "1")
    found = summed([one, other, task, task])
    assert [(debt.candidate_name, debt.count) for debt in found] == [("2 đối tượng: Xã 1; Xã 2", 2), ("b", 1), ("b", 1)]


def test_the_workbook(tmp_path: Path) -> None:
    workspace = judged(tmp_path / "w")
    enter_body(workspace, "X1", name=HOSTILE)
    assert send_back(workspace, "X1", "C1") == []
    groups, owed = picture(workspace, opened(workspace), LATE)
    raw = status_workbook(workspace.movement, opened(workspace), groups, owed, LATE)
    assert raw == status_workbook(workspace.movement, opened(workspace), groups, owed, LATE)
    book = openpyxl.load_workbook(io.BytesIO(raw))
    assert book.sheetnames == ["Tinh hinh", "Con no", "Chi tiet"]
    rows = [[cell.value for cell in row] for row in book["Chi tiet"].iter_rows()]
    listed = [row for row in rows if row[2] and str(row[2]).startswith(("Giải trình", "Thẩm định"))]
    assert len(listed) == len(owed) and [row[7] for row in listed if row[4] == "X1" and row[8]] == ["15/12/2026"] * 3
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    workspace.close()


def test_the_command(tmp_path: Path) -> None:
    workspace = judged(tmp_path / "w")
    root, out = workspace.root, tmp_path / "ra.xlsx"
    workspace.close()

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(command, ["status", *words], obj=Called(root))
        return done.exit_code, done.output

    code, said = run("2026", "--on", "17/12/2026", "--out", str(out))
    assert code == 0 and f"Đã ghi {out}." in said and out.is_file() and "Tiếp theo: " in said
    assert run("2026", "--group", "zz")[0] == 1 and run("--out", str(out))[0] == 2
    assert run("2026", "--out", str(tmp_path / "a.txt"))[0] == 2


def test_who_was_closed_altogether_owes_no_form(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 0)
    for ident in ("X1", "X2"):
        enter_body(workspace, ident, name=f"Xã {ident}", kind="xã", pool="Cụm 1")
    issued, _ = issue(workspace, "2026")
    assert issued
    done, problems = close_criteria(workspace, "2026", "X1", (), "9/QĐ", "không nộp")
    assert done and problems == []
    owed = [one.candidate for one in debts(workspace, opened(workspace), date(2027, 1, 5)) if one.what == "form"]
    assert owed == ["X2"]
    workspace.close()
