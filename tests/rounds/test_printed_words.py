"""What people read on prints: nothing runs into the page number, stages and days are not mistaken, answers that came late count."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from records.debts import Debt
from records.ledger.entries import Entry
from records.life.rights import FINAL, SELF, STAGES
from records.publication.open_points import Wish
from records.publication.published import DRAFT
from records.publication.publishing import prepare
from records.rounds import close_roster
from reports.ledger_words import about, said
from reports.letters.reminder import _about
from reports.ranking.front import _going_by
from reports.workbook_styles import new_book, paper
from tests.rounds.life_support import communes
from tests.rounds.support import enter_body


@pytest.mark.parametrize(("landscape", "room"), [(True, 120), (False, 70)])
def test_stamps_at_the_foot_are_broken_before_the_page_number(landscape: bool, room: int) -> None:
    stamps = [
        "điểm thử, chưa được cấp có thẩm quyền quyết định",
        "SỐ LIỆU MINH HỌA",
        "CHÍNH THỨC – 05/QĐ-UBND & nơi khác, lần 2",
    ]
    book, stream = new_book("x", stamps)
    paper(book.add_worksheet("a"), stamps, landscape=landscape)
    book.close()
    foot = openpyxl.load_workbook(io.BytesIO(stream.getvalue()))["a"].oddFooter
    lines = str(foot.left.text).split("\n")
    assert len(lines) > 1 or landscape
    assert max(len(line) for line in lines) <= room + 2  # a doubled &
    assert " ".join(lines).replace("&&", "&").strip() == "; ".join(stamps)
    assert foot.right.text == "Trang &P/&N"


def test_the_final_result_is_not_read_as_one_of_the_end_of_the_year() -> None:
    assert _going_by(STAGES[SELF]) == "theo điểm tự chấm"
    assert _going_by(STAGES[FINAL]) == "theo kết quả cuối cùng,"


def test_the_log_says_how_a_complaint_ended() -> None:
    entry = Entry("complaint:2026/1", "decision", "rejected", date(2026, 11, 21))
    assert said(entry, entry.value) == "không đúng"
    assert about(entry).subject == "số 1"


def test_a_letter_says_what_a_task_is_about() -> None:
    debt = Debt("B", "b", "task", "B", "b", "12", text="Xây dựng  kế hoạch " + "rất dài " * 30)
    assert _about(debt).startswith("Hoàn thành nhiệm vụ số 12: Xây dựng kế hoạch rất dài")
    assert _about(debt).endswith("…")
    assert len(_about(debt)) <= len("Hoàn thành nhiệm vụ số 12: ") + 90
    assert _about(Debt("B", "b", "form", "B", "b")) == "Gửi biểu tự chấm"


def test_who_a_closed_roster_is_unsure_about_is_settled_by_a_later_answer(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 2)
    day = date(2026, 11, 20)

    def refused() -> str:
        made, problems = prepare(workspace, "2026", "c", Wish(DRAFT, day))
        assert made is None
        return " ".join(problem.message for problem in problems)

    enter_body(workspace, "X9", name="Xã Cũ", kind="xã", successor_proposed="Xã Mới")
    assert close_roster(workspace, "2026", "c", day) == []
    assert "1 nơi trong danh sách chưa rõ có phải đối tượng không: X9 " in refused()
    assert ".." not in refused()
    enter_body(workspace, "X9", to="2025-12-31")
    assert "chưa rõ có phải đối tượng" not in refused()
