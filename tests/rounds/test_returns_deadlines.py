"""Until when a unit has to explain: time limits over Tết and 30/4, extensions, days late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from criteria.movements.reading import read_movement
from criteria.problems import errors
from records.ledger.entries import Entry
from records.life.standing import Standing
from records.returns.extending import extend_returns
from records.returns.listing import waiting_returns
from records.returns.returned import days_over, deadline_of, late_words
from tests.rounds.returns_support import CASE, DAY, DEADLINE, OTHER, sent_back
from tests.rounds.support import MOVEMENT, SECOND
from thidua.calling import Called
from thidua.commands.returns import return_

DECLARED = read_movement(MOVEMENT / "movement.yaml")[0]
assert DECLARED is not None


def returned_on(day: str) -> Standing:
    """Sent back on a day without a deadline of its own."""
    standing = Standing()
    sent = Entry("score:2026/X1", CASE, "returned", number=7, at=f"{day}T01:00:00+00:00", role="verifier", author="b")
    standing.take("", sent)
    return standing


def test_the_time_limit_counts_working_days() -> None:
    """Five of them. Tết 2027: 5 to 9 February, the weekend in it made up on 10 and 11. 30/4 and 1/5/2027 are Friday and Saturday:
    Monday 3 May is off instead. The day itself is not counted."""
    assert DECLARED is not None
    expected = {
        "2026-12-08": date(2026, 12, 15),
        "2026-12-30": date(2027, 1, 7),  # 1/1/2027 is a Friday
        "2027-02-03": date(2027, 2, 17),  # 4/2, then 12, 15, 16, 17
        "2027-02-07": date(2027, 2, 18),  # in the middle of Tết
        "2027-04-28": date(2027, 5, 7),  # 29/4, then 4, 5, 6, 7/5
        "2026-04-24": date(2026, 5, 6),  # Giỗ Tổ on Sunday 26/4 is made up on 27
    }
    assert {day: deadline_of(DECLARED, returned_on(day)) for day in expected} == expected


def test_what_was_set_stands_before_the_time_limit_and_is_forgotten_when_it_is_sent_back_again() -> None:
    assert DECLARED is not None
    standing = returned_on("2026-12-08")
    said = Entry("score:2026/X1", f"{CASE}/deadline", "2026-12-31", number=8, role="steward")
    standing.take("deadline", said)
    assert deadline_of(DECLARED, standing) == date(2026, 12, 31)
    again = replace(standing.acts[0], number=9, at="2027-01-04T01:00:00+00:00")
    standing.take("", again)
    assert deadline_of(DECLARED, standing) == date(2027, 1, 11)


def test_a_movement_without_time_limits_sets_no_day() -> None:
    bare, _ = read_movement(SECOND / "movement.yaml")
    assert bare is not None and deadline_of(bare, returned_on("2026-12-08")) is None
    assert days_over(bare, date(2026, 12, 4), date(2026, 12, 7)) == 3 and late_words(bare, 3) == "quá hạn 3 ngày"


def test_days_late_are_working_days() -> None:
    assert DECLARED is not None
    due = date(2027, 2, 4)
    assert [days_over(DECLARED, due, date(2027, 2, day)) for day in (4, 8, 11, 12, 14, 15)] == [0, 0, 0, 1, 1, 2]
    assert days_over(DECLARED, None, date(2027, 2, 20)) == 0
    assert late_words(DECLARED, 2) == "quá hạn 2 ngày làm việc"


def test_extensions(tmp_path: Path) -> None:
    workspace = sent_back(tmp_path / "w")
    wrong = (
        ((CASE,), DEADLINE, "bão", "", "return"),
        ((CASE,), date(2026, 12, 22), " ", "", "reason"),
        (("C1",), date(2026, 12, 22), "bão", "", "return"),
        ((CASE,), date(2026, 12, 22), "bão", "nobody", "review"),
        ((CASE,), date(2026, 12, 22), "bão", "so-noi-vu", "rights"),
    )
    head = workspace.database.head()
    for criteria, until, why, body, code in wrong:
        done, problems = extend_returns(workspace, "2026", "X1", criteria, until, why, body)
        assert done == [] and [one.code for one in errors(problems)] == [code], problems
    assert workspace.database.head() == head
    done, problems = extend_returns(workspace, "2026", "X1", (CASE,), date(2026, 12, 19), "bão lụt")
    assert [one.criterion.id for one in done] == [CASE] and "21/12/2026" in problems[0].hint  # a Saturday, warned
    found, _ = waiting_returns(workspace, "2026", DAY)
    assert [(one.returned.criterion.id, one.returned.deadline) for one in found] == [
        (OTHER, DEADLINE),
        (CASE, date(2026, 12, 19)),
    ]
    asked = found[1].returned.body
    done, problems = extend_returns(workspace, "2026", "X1", (), date(2026, 12, 25), "đơn vị đề nghị", asked)
    assert problems == [] and [one.criterion.id for one in done] == [OTHER, CASE]
    late, _ = waiting_returns(workspace, "2026", date(2026, 12, 28), late=True)
    assert [one.days_over for one in late] == [1, 1]
    last = [entry for entry in workspace.database.entries("score:2026/X1") if entry.field.endswith("/deadline")]
    assert last[2].role == "steward" and last[2].reason == "bão lụt" and last[2].value == "2026-12-19"
    assert [(one.role, one.author) for one in last[3:]] == [("verifier", asked)] * 2
    workspace.close()


def test_the_commands(tmp_path: Path) -> None:
    workspace = sent_back(tmp_path / "w")
    root = workspace.root
    workspace.close()

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(return_, [*words], obj=Called(root))
        return done.exit_code, done.output

    code, said = run("issue", "2026")
    assert code == 0 and "X1 Xã 1: 2 tiêu chí, hạn 15/12/2026; đã ghi" in said and "Tiếp theo: gửi các biểu" in said
    code, said = run("list", "2026", "--on", "17/12/2026", "--late")
    assert code == 0 and "C2.mot-cua, hạn 15/12/2026, quá hạn 2 ngày làm việc" in said and "2 tiêu chí của 1" in said
    words = ("extend", "2026", "--candidate", "X1", "--until", "22/12/2026", "--reason", "bão lụt")
    code, said = run(*words)
    assert code == 0 and "X1 C2.mot-cua: hạn giải trình 22/12/2026 (trước là 15/12/2026)." in said
    assert run(*words)[0] == 1  # it is no extension any more
    (tmp_path / "in").mkdir()
    code, said = run("collect", "2026", str(tmp_path / "in"))
    assert code == 0 and "Không thấy biểu giải trình nào" in said
    assert run("collect", "2027", str(tmp_path / "in"))[0] == 1 and run("issue", "2026", "--candidate", "Z")[0] == 1
