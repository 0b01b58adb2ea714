"""Publishing is refused with everything that is open, and asks for what it needs, step by step."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from records.life.rights import STEWARD
from records.publication.complaints import (
    REJECTED,
    UPHELD,
    Complaint,
    Correction,
    add_complaint,
    complaints,
    held_candidates,
    resolve_complaint,
    scope_of_round,
)
from records.publication.open_points import MOST_EXAMPLES, Wish
from records.publication.published import DRAFT, OFFICIAL, publications
from records.publication.publishing import prepare, unconfirmed
from records.workspace.folder import Workspace
from tests.rounds.life_support import act, communes
from tests.rounds.publication_support import (
    DECISION,
    FROZEN,
    POINTS,
    SHOWN,
    UNTIL,
    draft,
    official,
    published,
    ready,
)


def said(workspace: Workspace, wish: Wish, letter: str = "c") -> str:
    made, problems = prepare(workspace, "2026", letter, wish)
    assert made is None
    return "\n".join(problem.message for problem in problems)


def test_everything_that_is_open_is_said_at_once(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 12)
    before = workspace.database.head()
    text = said(workspace, Wish(OFFICIAL, FROZEN))
    for words in (
        "Danh sách đối tượng của nhóm chưa chốt",
        "Nhóm chưa khóa",
        "24 tiêu chí chưa kết luận – Sở Khoa học và Công nghệ: X1 C1 (chưa thẩm định); ",
        "36 tiêu chí chưa kết luận – Văn phòng Ủy ban nhân dân tỉnh",
        "phải có văn bản",
        "điểm thử",
        "chưa công bố dự kiến",
    ):
        assert words in text
    assert f"và {24 - MOST_EXAMPLES} mục khác" in text and f"và {36 - MOST_EXAMPLES} mục khác" in text
    assert workspace.database.head() == before
    workspace.close()


def test_concluded_without_a_figure_is_open(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    with workspace.database.writing() as writer:
        from records.ledger.entries import Entry

        writer.append([Entry("index:dx_index/2026", "X2", "")])
    text = said(workspace, Wish(DRAFT, SHOWN))
    assert text == "1 mục chưa có số liệu: X2 C3.place."
    workspace.close()


def test_official_needs_a_draft_of_the_same_result_whose_time_is_over(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    wish = Wish(OFFICIAL, FROZEN, DECISION, POINTS)
    assert said(workspace, wish) == "Kết quả này chưa công bố dự kiến."
    draft(workspace)
    assert said(workspace, Wish(OFFICIAL, UNTIL, DECISION, POINTS)).startswith("Thời hạn góp ý chưa hết")
    assert said(workspace, Wish(OFFICIAL, FROZEN, DECISION)).startswith("Điểm đang là điểm thử")
    assert said(workspace, Wish(DRAFT, SHOWN, comments_until=UNTIL)).startswith("Kết quả này đã công bố dự kiến")
    assert act(workspace, "X1", "C2.mot-cua", "correct", figures={"measure:files_online": "700"}, reason="x") == []
    assert said(workspace, wish) == "Kết quả này khác bản dự kiến lần 1."
    assert draft(workspace).version == 2
    assert official(workspace).version == 1
    assert [(one.stage, one.version) for one in publications(workspace, "2026")["c"]] == [
        (DRAFT, 1),
        (DRAFT, 2),
        (OFFICIAL, 1),
    ]
    assert "Nhóm đã công bố chính thức" in said(workspace, Wish(DRAFT, FROZEN))
    workspace.close()


def test_the_comment_period_is_counted_in_working_days(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    found, problems = published(workspace, Wish(DRAFT, date(2026, 12, 21)))
    assert problems == [] and found is not None
    assert found.comments_until == date(2027, 1, 5)  # ten working days; 1 January is a holiday
    workspace.close()


@pytest.mark.parametrize("letter", ["z", "a"])
def test_a_group_that_is_none_or_has_nobody(tmp_path: Path, letter: str) -> None:
    workspace = communes(tmp_path / "w")
    assert "nhóm" in said(workspace, Wish(DRAFT, SHOWN), letter).lower()
    assert "Không có bước công bố" in said(workspace, Wish("nháp", SHOWN))
    workspace.close()


def test_the_confirmation_names_round_group_and_stage(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    made, _ = prepare(workspace, "2026", "c", Wish(DRAFT, SHOWN, comments_until=UNTIL))
    assert made is not None and made.confirmation == "2026 c du-kien"
    assert unconfirmed(made, ["2026 c du-kien"]) == []
    for words in ([], ["có"], ["2026 d du-kien"], ["2026 c chinh-thuc"]):
        assert [problem.code for problem in unconfirmed(made, words)] == ["publish-confirm"]
    workspace.close()


def told(number: int = 1, day: date = date(2026, 12, 24)) -> Complaint:
    return Complaint(f"X{number}", day, "Bà Trần Thị B", "Số hồ sơ trực tuyến sai", "C2.mot-cua")


def test_a_complaint_in_time_holds_the_result_and_a_later_one_the_dossier(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    draft(workspace)
    scope, _ = scope_of_round(workspace, "2026")
    assert scope is not None
    first, problems = add_complaint(scope, told(), FROZEN)
    assert problems == [] and first is not None
    assert (first.number, first.deadline) == (1, date(2027, 1, 8))
    again, _ = add_complaint(scope, told(), FROZEN)
    assert again is not None and again.number == 1 and len(complaints(workspace, "2026")) == 1
    late, _ = add_complaint(scope, told(2, date(2027, 1, 4)), FROZEN)
    assert late is not None and late.number == 2
    assert held_candidates(workspace, "2026") == {"X1": [1], "X2": [2]}
    assert said(workspace, Wish(OFFICIAL, FROZEN, DECISION, POINTS)) == (
        "1 kiến nghị, phản ánh chưa giải quyết: số 1 (X1)."
    )
    _, problems = resolve_complaint(scope, 1, REJECTED, "5/SNV", STEWARD, date(2026, 12, 30))
    assert problems == []
    official(workspace)
    assert held_candidates(workspace, "2026") == {"X2": [2]}
    with workspace.database.reading() as connection:
        stored = "\n".join(str(row) for row in connection.exec_driver_sql("SELECT * FROM entries"))
    assert "Trần Thị B" not in stored and "hồ sơ trực tuyến sai" not in stored
    workspace.close()


def test_an_upheld_complaint_corrects_and_a_wrong_one_enters_nothing(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    scope, _ = scope_of_round(workspace, "2026")
    assert scope is not None
    add_complaint(scope, told(), FROZEN)
    before = workspace.database.head()
    day = date(2026, 12, 30)
    for outcome, decision, correction, words in (
        (REJECTED, "5/SNV", Correction("C2.mot-cua", {"files_online": "800"}), "không điều chỉnh"),
        (UPHELD, " ", None, "Thiếu văn bản"),
        (UPHELD, "5/SNV", Correction("C2.mot-cua", {"ducks": "1"}), "không phải số liệu"),
        (UPHELD, "5/SNV", Correction("C2.mot-cua", {"files_online": "nhiều"}), ""),
        (UPHELD, "5/SNV", Correction("Z", {"files_online": "1"}), "không có tiêu chí"),
        (UPHELD, "5/SNV", Correction("C2.mot-cua", {}), "Chưa nói điều chỉnh gì"),
    ):
        _, problems = resolve_complaint(scope, 1, outcome, decision, "Sở", day, correction)
        assert problems and words in problems[0].message
    assert workspace.database.head() == before
    done, problems = resolve_complaint(
        scope, 1, UPHELD, "5/SNV", "Sở", day, Correction("C2.mot-cua", {"files_online": "800"})
    )
    assert problems == [] and done is not None and not done.open
    revised = [e for e in workspace.database.entries("score:2026/") if e.stage == "final"]
    assert [(e.field, e.value, e.source, e.old) for e in revised] == [
        ("C2.mot-cua/measure:files_online", "800", "5/SNV", "733")
    ]
    _, problems = resolve_complaint(scope, 1, REJECTED, "6/SNV", "Sở", day)
    assert "đã giải quyết" in problems[0].message
    workspace.close()


def test_a_complaint_about_nobody_in_the_future_without_words(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w")
    scope, _ = scope_of_round(workspace, "2026")
    assert scope is not None
    wrong = Complaint("X9", date(2027, 9, 9), " ", "", "")
    found, problems = add_complaint(scope, wrong, FROZEN)
    assert found is None and len(problems) == 4
    assert complaints(workspace, "2026") == []
    workspace.close()
