"""What is published attacked: later entries, edited files, two who publish or settle at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from records.forms.answers import Answers
from records.ledger import tables as ledger
from records.ledger.chain import HASHED
from records.ledger.database import Submission
from records.ledger.entries import Entry
from records.ledger.submission import SEALED
from records.publication.changes import stored_archive
from records.publication.complaints import UPHELD, Complaint, Correction, add_complaint, resolve_complaint
from records.publication.in_force import published_changes
from records.publication.open_points import Wish
from records.publication.published import OFFICIAL, publications
from records.publication.publishing import prepare
from records.rounds import open_round
from records.scored.rounds import score_round
from records.workspace.folder import Workspace
from tests.rounds import publication_support
from tests.rounds.life_support import C, act, hand_in, scope_of
from tests.rounds.publication_support import FROZEN, draft, official, ready
from tests.rounds.support import enter_body
from tests.rounds.test_attack_life import DOCUMENT, edited, figure, of_code, tables
from thidua.publishing import publish_with_lists

# --- what is published -----------------------------------------------------------------------------------------------


def test_what_is_entered_after_publication_changes_nothing_of_it(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    draft(workspace)
    official(workspace)
    before = tables(workspace).sha256
    with workspace.database.writing() as writer:
        writer.append([Entry("index:dx_index/2026", "X1", "99"), Entry("index:dx_index/2026", "X2", "")])
    enter_body(workspace, "X1", name="Xã đổi tên", pool="Cụm 2", to="2025-12-31")
    enter_body(workspace, "X9", name="Xã 9", kind="xã", pool="Cụm 1", province="Thái Bình")
    enter_task(workspace)
    hand_in(workspace, "X3", "tb-c-xa-phuong", {"files": "1"}, version=9)
    assert tables(workspace).sha256 == before
    scored, problems = score_round(workspace, "2026", ("c",), "final")
    assert of_code(problems, "published") == [] and scored[0].result.ids == ["X1", "X2", "X3"]


def enter_task(workspace: Workspace) -> None:
    told = {"content": "Việc mới", "leads": "X1", "kind": "day", "deadline": "2026-06-30"}
    with workspace.database.writing() as writer:
        writer.append(Entry("task:999", name, value) for name, value in told.items())


@pytest.mark.parametrize(
    ("file", "change", "words"),
    [
        (
            C,
            ("Hoàn thành 100% nhiệm vụ được giao trong", "Làm xong nhiệm vụ trong"),
            ["Bộ tiêu chí c-xa-phuong.yaml đã bị sửa"],
        ),
        (
            C,
            ("value: 60}", "value: 70}"),
            ["Bộ tiêu chí c-xa-phuong.yaml đã bị sửa", "Thiết lập “pass_mark” đã đổi từ “60” sang “70”"],
        ),
        (
            "../thidua.yaml",
            ("settings: {}", "settings: {pass_mark: '75'}"),
            ["Thiết lập “pass_mark” đã đổi từ “60” sang “75”"],
        ),
        ("movement.yaml", ("name: ", "name: "), []),
    ],
)
def test_criteria_edited_after_publication_are_noticed(
    tmp_path: Path, file: str, change: tuple[str, str], words: list[str]
) -> None:
    workspace = ready(tmp_path / "w")
    draft(workspace)
    official(workspace)
    workspace = edited(workspace, file, change)
    found = published_changes(workspace, "2026")
    assert len(found) == len(words) and all(one.severity == "warning" for one in found)
    for one, word in zip(found, words, strict=True):
        assert one.message.startswith(word) and one.message.endswith(
            "từ khi công bố chính thức lần 1, ngày 05/01/2027."
        )
    told = of_code(score_round(workspace, "2026", ("c",))[1], "published")
    assert told == [one.message for one in found]
    assert published_changes(workspace, "2026", ("a",)) == []


def test_a_lost_archive_is_noticed(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    draft(workspace)
    official(workspace)
    publication_support.archive(workspace).unlink()
    (found,) = published_changes(workspace, "2026")
    assert found.severity == "warning"


def test_a_revision_that_is_not_published_yet_is_told(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    draft(workspace)
    official(workspace)

    def told() -> list[str]:
        return of_code(score_round(workspace, "2026", ("c",), "final")[1], "published")

    assert told() == []
    assert act(workspace, "X1", "C1", "revise", figures={"measure:dx_done": "10"}, **DOCUMENT) == []
    assert told() == ["Kết quả cuối nay khác bản đã công bố chính thức lần 1, ngày 05/01/2027."]
    official(workspace, day=date(2027, 2, 1), reason="Kết luận kiểm tra")
    assert told() == []


def test_the_round_before_does_not_move_what_is_published(tmp_path: Path) -> None:
    """The year before is read as it stood when this one was frozen, be it official or not."""
    workspace = ready(tmp_path / "w")
    open_round(workspace, "2025", date(2025, 11, 1))

    def year_before(online: str, index: str) -> None:
        answers = Answers(values={"files": "100", "files_online": online}).as_dict()
        with workspace.database.writing() as writer:
            writer.submit(Submission("2025", "X1", "tb-c-xa-phuong", int(online), "", "", online, "x.xlsx", answers))
            writer.append([Entry("index:dx_index/2025", "X1", index)])

    year_before("50", "70")
    draft(workspace)
    official(workspace)
    before = tables(workspace)
    assert before.previous is not None and [int(one) for one in before.previous.columns["dx_value"].values] == [
        7000,
        0,
        0,
    ]
    year_before("90", "75")
    assert tables(workspace).sha256 == before.sha256


def test_every_column_is_under_a_hash() -> None:
    assert set(ledger.entries.c.keys()) == {*HASHED, "hash"}
    assert set(ledger.submissions.c.keys()) == {*SEALED, "number", "entry", "salt"}


# --- two at once -----------------------------------------------------------------------------------------------------


def test_who_publishes_second_does_not_touch_the_files_of_the_first(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    draft(workspace)
    wishes = [Wish(OFFICIAL, FROZEN, decision, publication_support.POINTS) for decision in ("9/QĐ", "10/QĐ")]
    made = [prepare(workspace, "2026", "c", wish)[0] for wish in wishes]
    assert made[0] is not None and made[1] is not None
    assert publish_with_lists(made[0])[1] == []
    assert [problem.code for problem in publish_with_lists(made[1])[1]] == ["publish-moved"]
    (one,) = [one for one in publications(workspace, "2026")["c"] if one.stage == OFFICIAL]
    assert one.decision == "9/QĐ" and stored_archive(workspace, one)[1] == []
    folders = sorted(path.name for path in (workspace.results("2026") / "cong-bo").iterdir())
    assert folders == ["c-chinh-thuc-v1", "c-du-kien-v1"]


def test_a_complaint_is_settled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else settles it between the look and the entry."""
    workspace = ready(tmp_path / "w")
    scope = scope_of(workspace)
    told = Complaint("X1", date(2026, 12, 22), "Ông A", "Số liệu sai", "C1", date(2026, 12, 30))
    assert add_complaint(scope, told, date(2026, 12, 23))[1] == []
    import records.publication.complaints as module

    look, first = module.complaints, [True]

    def interrupted(*args: Any) -> list[Complaint]:
        found = look(*args)
        if first:
            first.clear()
            assert resolve_complaint(scope, 1, "rejected", "1/QĐ", "Thường trực", date(2026, 12, 29))[1] == []
        return found

    monkeypatch.setattr(module, "complaints", interrupted)
    correction = Correction("C1", {"dx_done": "3"})
    found, problems = resolve_complaint(scope, 1, UPHELD, "2/QĐ", "Thường trực", date(2026, 12, 29), correction)
    assert found is None and [problem.code for problem in problems] == ["complaint"]
    decisions = [entry.value for entry in workspace.database.entries("complaint") if entry.field == "decision"]
    assert decisions == ["rejected"] and figure(tables(workspace), "X1", "dx_done") == 15
