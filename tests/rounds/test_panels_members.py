"""Members of panels: ids, conflicts, names that ask, days; and the commands."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

from click.testing import CliRunner, Result

from criteria.problems import Problem
from records.panels.conclude import conclude_panel
from records.panels.issue import issue_marks
from records.panels.members import remove_member
from records.scored.rounds import score_round
from records.workspace.folder import Workspace
from tests.rounds.life_support import hand_in
from tests.rounds.panel_support import DAY, board, collected, fill, found, issued, join, streets
from tests.rounds.support import enter_body
from tests.rounds.workbook_support import rows as places
from thidua.calling import Called
from thidua.commands.panel import panel


def run(workspace: Workspace, *words: str) -> Result:
    return CliRunner().invoke(panel, list(words), obj=Called(workspace.root, "người thử"))


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_ids_are_never_given_twice(tmp_path: Path) -> None:
    workspace = streets(tmp_path / "w")
    assert remove_member(workspace, "2026", "jury", "gk-04", "13/QĐ-CE", "Nghỉ")[1] == []
    assert join(workspace, "Người mới") == []
    assert [member.id for member in board(workspace).sitting("jury")] == ["gk-01", "gk-02", "gk-03", "gk-05"]
    assert codes(remove_member(workspace, "2026", "jury", "gk-04", "13/QĐ-CE", "Nghỉ")[1]) == ["panel"]


def test_names_stand_outside_the_chain(tmp_path: Path) -> None:
    workspace = streets(tmp_path / "w")
    with workspace.database.reading() as connection:
        told = connection.exec_driver_sql("select value from entries where subject like 'panel:%'").scalars().all()
    assert told and not any("Người chấm" in value or value == "X1" for value in told)
    assert board(workspace).sitting("jury")[0].name == "Người chấm 1"


def test_everything_wrong_with_a_member_is_told(tmp_path: Path) -> None:
    workspace = streets(tmp_path / "w")
    wrong = join(workspace, " ", body="Sở Không Có", first=date(2026, 2, 1), last=date(2026, 1, 1))
    assert codes(wrong) == ["panel"] * 3
    assert codes(join(workspace, "Ai đó", table="juri")) == ["panel"]
    assert codes(join(workspace, "người  CHẤM 2")) == ["panel"]  # the same person once more
    assert len(board(workspace).sitting("jury")) == 4


def test_a_namesake_of_a_candidate_is_asked_about(tmp_path: Path) -> None:
    workspace = streets(tmp_path / "w")
    assert codes(join(workspace, "Bà Én", table="elders")) == ["panel"]
    assert join(workspace, "Bà Én", table="elders", person="P1") == []
    assert board(workspace).excluded(board(workspace).sitting("elders")[0]) == {"P1": "chính người chấm"}
    assert join(workspace, "Bà Én", table="elders", person="không", body="Phố Hai") == []
    assert board(workspace).excluded(board(workspace).sitting("elders")[1]) == {}


def test_only_who_sits_on_the_day_marks(tmp_path: Path) -> None:
    workspace = streets(tmp_path / "w", members=False)
    join(workspace, "Trước", last=date(2026, 12, 9))
    join(workspace, "Trong", first=date(2026, 12, 10), last=date(2026, 12, 11))
    paths = issued(workspace)
    assert list(paths) == ["gk-02"]
    fill(paths["gk-02"], tmp_path / "in" / "a.xlsx", {"X2/H1": (1,)}, signed="12/12/2026")
    assert [code for code, _ in found(collected(workspace, tmp_path / "in").problems)] == ["rights"]
    fill(paths["gk-02"], tmp_path / "in" / "a.xlsx", {"X2/H1": (1,)}, signed="11/12/2026")
    assert collected(workspace, tmp_path / "in").problems == []
    assert codes(issue_marks(workspace, "2026", DAY, "jury", ("gk-01",))[1]) == ["panel"]


def test_a_trimmed_mean_needs_three_marks_to_keep_one(tmp_path: Path) -> None:
    workspace = streets(tmp_path / "w")
    for number in range(1, 5):
        join(workspace, f"Bô lão {number}", table="elders")
    paths = issued(workspace, "elders")
    for (assessor, path), mark in zip(paths.items(), (0.5, 5, 3, 4)):
        fill(path, tmp_path / "in" / f"{assessor}.xlsx", {"P1/P1": (mark,)})
        if assessor == "gk-02":
            assert collected(workspace, tmp_path / "in").problems == []
            assert "cần ít nhất 3, còn thiếu 1" in conclude_panel(workspace, "2026", "elders")[1][0].message
    assert collected(workspace, tmp_path / "in").problems == []
    assert conclude_panel(workspace, "2026", "elders")[1] == []
    scored, _ = score_round(workspace, "2026", ("b",), "verified")
    # 0,5 and 5 fall away: (3 + 4) ÷ 2
    assert scored[0].result.candidate("P1").criteria["P1"].points == Fraction(7, 2)


def test_what_is_not_handed_in_is_not_judged(tmp_path: Path) -> None:
    workspace = streets(tmp_path / "w")
    enter_body(workspace, "X3", name="Phố Ba", kind="phố")
    path = issued(workspace)["gk-02"]
    assert "X3/H1" not in places(path)
    assert not board(workspace).given_all("jury")
    conclusion, problems = conclude_panel(workspace, "2026", "jury", ("X3",))
    assert conclusion is None and codes(problems) == ["panel-marks"] * 2
    hand_in(workspace, "X3", "chim-en-pho", {})
    assert "X3/H1" in places(issued(workspace)["gk-02"])


def test_the_commands_from_members_to_points(tmp_path: Path) -> None:
    workspace = streets(tmp_path / "w", members=False)
    for number in range(1, 4):
        made = run(
            workspace,
            "add",
            "2026",
            "--table",
            "jury",
            "--name",
            f"Cô {number}",
            "--document",
            "12/QĐ-CE",
            "--body",
            "X1",
        )
        assert made.exit_code == 0 and f"gk-0{number}" in made.output
    listed = run(workspace, "list", "2026")
    assert "Hội đồng jury: 3 người chấm." in listed.output and "không được chấm T1 Tổ Một" in listed.output
    done = run(workspace, "issue", "2026", "--table", "jury", "--on", "10/12/2026")
    assert done.exit_code == 0 and "jury gk-01: 2 dòng, không được chấm T1, X1" in done.output.replace(
        "X1, T1", "T1, X1"
    )
    folder = workspace.issued("2026") / "hoi-dong"
    for number in range(1, 4):
        fill(
            folder / f"jury-gk-0{number}.xlsx", tmp_path / "in" / f"{number}.xlsx", {"X2/H1": (number,), "X2/H2": (2,)}
        )
    taken = run(workspace, "collect", "2026", str(tmp_path / "in"))
    assert taken.exit_code == 0 and "jury gk-02: nhận 2 điểm, xin không chấm 0." in taken.output
    refused = run(workspace, "conclude", "2026", "--table", "jury")
    assert refused.exit_code == 1 and refused.output.count("còn thiếu") == 4
    ended = run(workspace, "conclude", "2026", "--table", "jury", "--candidate", "X2", "--document", "5/BB-HĐ")
    assert ended.exit_code == 0 and "đã kết luận 2 việc chấm" in ended.output
    shown = run(workspace, "show", "2026", "--table", "jury")
    assert "X2 Phố Hai, H1: gk-01 1*; gk-02 2*; gk-03 3*" in shown.output
    gone = run(
        workspace, "remove", "2026", "--table", "jury", "--assessor", "gk-09", "--document", "1", "--reason", "thử"
    )
    assert gone.exit_code == 1 and "gk-09" in gone.output
