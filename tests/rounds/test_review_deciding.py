"""What bodies owe, closing, reopening, more time; the commands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from records.life.standing import load_standings
from records.review.deciding import close_criteria, reopen_criteria
from records.review.owed import review_deadlines, review_debts, review_status
from records.rounds import find_round
from records.workspace.folder import Workspace
from tests.rounds.review_filling import collected, fill, issued, round_to_review, state
from thidua.calling import Called
from thidua.commands.review import review

TODAY = datetime.now(UTC).date()  # entries carry the day on which they are made


def returned(tmp_path: Path) -> Workspace:
    """A2.6 of B010 sent back, A4.1 accepted."""
    workspace = round_to_review(tmp_path)
    typed = {"B010/A2.6": ["trả lại", "", "thiếu"], "B010/A4.1": ["chấp nhận"]}
    fill(issued(workspace, "so-khcn")["so-khcn"].path, tmp_path / "in" / "a.xlsx", typed)
    assert not collected(workspace, tmp_path / "in").wrong
    return workspace


def run(workspace: Workspace, *words: str) -> Result:
    workspace.close()
    return CliRunner().invoke(review, words, obj=Called(workspace.root, "người thử"))


def test_debts_are_what_waits_for_a_body_since_the_day_it_came(tmp_path: Path) -> None:
    workspace = returned(tmp_path)
    round_, _ = find_round(workspace, "2026")
    assert round_ is not None
    owed = review_debts(workspace, round_, date(2099, 1, 1))
    counted = {body: sum(debt.body == body for debt in owed) for body in dict.fromkeys(debt.body for debt in owed)}
    assert counted == {"so-noi-vu": 9, "so-khcn": 31, "so-tai-chinh": 33, "van-phong-ubnd": 50, "mttq-tinh": 2}
    assert tuple(owed[0])[:3] == ("so-noi-vu", "B002", "A2.3") and abs((owed[0].since - TODAY).days) <= 1
    assert review_debts(workspace, round_, date(2020, 1, 1)) == []
    assert review_deadlines(workspace, "2026") == {"so-khcn": date(2026, 12, 23)}


def test_the_picture_by_body(tmp_path: Path) -> None:
    workspace = returned(tmp_path)
    lines, problems = review_status(workspace, "2026", "so-khcn")
    assert problems == [] and len(lines) == 1
    one = lines[0]
    assert (one.to_verify, one.concluded, one.returned, one.explained) == (31, 1, 1, 0)
    assert (one.issued, one.deadline, one.candidates["B010"]) == (date(2026, 12, 2), date(2026, 12, 23), 10)
    found = run(workspace, "status", "2026", "--body", "Sở Khoa học và Công nghệ")
    assert found.exit_code == 0 and "chờ thẩm định 31, đã kết luận 1, chờ giải trình 1; chờ từ" in found.output
    assert run(workspace, "status", "2026", "--body", "ai đó").exit_code == 1


def test_closing_is_by_decision_and_may_be_taken_back(tmp_path: Path) -> None:
    workspace = returned(tmp_path)
    done, problems = close_criteria(workspace, "2026", "B010", ["A2.6"], "9/QĐ ngày 5/1/2027", "không giải trình")
    assert (done, problems) == (1, []) and state(workspace, "B010", "A2.6") == "closed"
    entry = load_standings(workspace, "2026").of("B010", "A2.6").acts[-1]
    assert (entry.author, entry.role, entry.source, entry.reason) == (
        "người thử",
        "steward",
        "9/QĐ ngày 5/1/2027",
        "không giải trình",
    )
    done, problems = close_criteria(workspace, "2026", "B010", ["A4.1"], "9/QĐ", "rút")
    assert done == 0 and [problem.code for problem in problems] == ["rights"]  # concluded: not closed any more
    done, problems = close_criteria(workspace, "2026", "X1", [], "9/QĐ", "rút")
    assert (done, problems) == (5, []) and state(workspace, "X1", "C1") == "closed"
    assert [p.code for p in close_criteria(workspace, "2026", "X1", [], "9/QĐ", "rút")[1]] == ["review"]
    assert reopen_criteria(workspace, "2026", "X1", [], "10/QĐ", "nộp lại") == (5, [])
    assert state(workspace, "X1", "C1") == "self"
    assert [p.code for p in close_criteria(workspace, "2026", "X1", ["C1"], " ", " ")[1]] == ["reason", "reason"]
    assert [p.code for p in close_criteria(workspace, "2026", "ai", [], "9/QĐ", "rút")[1]] == ["unknown-candidate"]


def test_the_commands(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    found = run(workspace, "issue", "2026", "--on", "2/12/2026")
    assert (
        found.exit_code == 0 and "Sở Khoa học và Công nghệ: 33 tiêu chí của 6 đối tượng, hạn 23/12/2026" in found.output
    )
    path = workspace.issued("2026") / "tham-dinh" / "so-khcn-so-khoa-hoc-va-cong-nghe.xlsx"
    fill(path, tmp_path / "in" / "a.xlsx", {"B010/A2.6": ["trả lại"]})
    found = run(workspace, "collect", "2026", str(tmp_path / "in"), "--on", "2/12/2026")
    assert found.exit_code == 1 and "LỖI reason" in found.output
    assert (workspace.results("2026") / "loi-thu-tham-dinh.xlsx").is_file()
    fill(path, tmp_path / "in" / "a.xlsx", {"B010/A2.6": ["trả lại", "", "thiếu"]})
    found = run(workspace, "collect", "2026", str(tmp_path / "in"), "--on", "2/12/2026")
    assert found.exit_code == 0 and "hạn 09/12/2026" in found.output
    who = ("--candidate", "B010", "--criterion", "A2.6", "--reason", "bão")
    assert "Đã đóng 1 tiêu chí" in run(workspace, "close", "2026", *who, "--decision", "9/QĐ").output
    assert "Đã mở lại 1 tiêu chí" in run(workspace, "reopen", "2026", *who, "--decision", "10/QĐ").output
    assert run(workspace, "close", "2026", *who, "--all", "--decision", "9/QĐ").exit_code == 2
