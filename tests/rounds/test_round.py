"""Opening and closing a round; names of periods; what each command says next."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from records.ledger.entries import Entry
from records.roster.roster import load_roster
from records.rounds import (
    close_group,
    close_roster,
    find_round,
    load_rounds,
    open_round,
    read_window,
    reopen_group,
    reopen_roster,
)
from tests.rounds.support import enter_body, new_workspace
from tests.support.command import thidua

DAY = date(2026, 12, 9)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-q2", "2026-04-01", "2026-06-30"),
        ("2027-h1", "2027-01-01", "2027-06-30"),
        ("2030-9m", "2030-01-01", "2030-09-30"),
        ("so-ket-2027", "2025-04-01", "2027-06-30"),
        ("tong-ket-2030", "2025-04-01", "2030-09-30"),
    ],
)
def test_windows(tmp_path: Path, name: str, first: str, last: str) -> None:
    workspace = new_workspace(tmp_path / "w", period=None)
    window = read_window(workspace.movement, name)
    assert window is not None
    assert (window.first.isoformat(), window.last.isoformat()) == (first, last)
    assert window.occasion == name.startswith(("so-", "tong-"))
    assert read_window(workspace.movement, "2026-13") is None
    workspace.close()


def test_a_round_is_opened_once_and_can_change_its_deadline(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    open_round(workspace, "2026", date(2026, 11, 20), deadline=date(2026, 12, 15))
    found, _ = find_round(workspace, "2026")
    assert found is not None
    assert (found.opened, found.deadline, found.letter) == (date(2026, 11, 1), date(2026, 12, 15), "12/SNV-TĐKT")
    workspace.close()


def test_closing_needs_a_decision_and_reopening_a_reason(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    assert [p.code for p in close_group(workspace, "2026", "a", DAY, " ")] == ["closed"]
    assert [p.code for p in reopen_group(workspace, "2026", "a", DAY, "thêm")] == ["closed"]
    assert close_group(workspace, "2026", "a", DAY, "15/QĐ-SNV") == []
    assert load_rounds(workspace)["2026"].group("a").closed == DAY
    assert [p.code for p in close_group(workspace, "2026", "a", DAY, "16/QĐ-SNV")] == ["closed"]
    assert [p.code for p in reopen_group(workspace, "2026", "a", DAY, "  ")] == ["closed"]
    assert reopen_group(workspace, "2026", "a", DAY, "nhận bổ sung") == []
    state = load_rounds(workspace)["2026"].group("a")
    assert (state.closed, state.reopened) == (None, "nhận bổ sung")
    assert close_group(workspace, "2026", "a", DAY, "17/QĐ-SNV") == []
    assert load_rounds(workspace)["2026"].group("a").decision == "17/QĐ-SNV"
    assert [p.code for p in close_group(workspace, "2027", "a", DAY, "1")] == ["round"]
    assert [p.code for p in close_group(workspace, "2026", "z", DAY, "1")] == ["group"]
    workspace.close()


def test_a_closed_roster_does_not_change(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    enter_body(workspace, "B1", name="Sở Một", kind="sở/ban/ngành")
    assert close_roster(workspace, "2026", "a", DAY) == []
    enter_body(workspace, "B2", name="Sở Hai", kind="sở/ban/ngành")
    enter_body(workspace, "B1", name="Sở Một đổi tên")
    until = load_rounds(workspace)["2026"].group("a").roster_until
    window = load_rounds(workspace)["2026"].window
    closed, _ = load_roster(workspace, until=until).candidates("a", window.first, window.last)
    today, _ = load_roster(workspace).candidates("a", window.first, window.last)
    assert [(c.id, c.name) for c in closed] == [("B1", "Sở Một")]
    assert [(c.id, c.name) for c in today] == [("B1", "Sở Một đổi tên"), ("B2", "Sở Hai")]
    workspace.close()


def test_commands_say_what_comes_next(tmp_path: Path) -> None:
    root = str(tmp_path / "w")
    for words in (
        ["new", root],
        ["-C", root, "round", "open", "2026", "--deadline", "1/12/2026", "--letter", "12/SNV"],
        ["-C", root, "round", "status"],
        ["-C", root, "round", "close-roster", "2026", "--group", "a"],
        ["-C", root, "round", "close", "2026", "--group", "a", "--decision", "15/QĐ-SNV ngày 9/12/2026"],
        ["-C", root, "round", "reopen", "2026", "--group", "a", "--reason", "nhận bổ sung"],
        ["-C", root, "round", "open", "so-ket-2027"],
    ):
        done = thidua(*words)
        assert done.code == 0, (words, done.err)
        assert "Tiếp theo: " in done.out, words
    assert thidua("-C", root, "round", "open", "2031").code == 1
    assert thidua("-C", root, "round", "open", "2026", "--deadline", "31/2/2026").code == 2
    assert thidua("new", root).code == 1


def test_a_closed_roster_is_opened_again_only_before_the_official_publication(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    assert [p.code for p in reopen_roster(workspace, "2026", "a", "nhầm")] == ["closed"]
    assert close_roster(workspace, "2026", "a", DAY) == []
    assert [p.code for p in reopen_roster(workspace, "2026", "a", " ")] == ["closed"]
    assert reopen_roster(workspace, "2026", "a", "trả lời điều chưa rõ") == []
    state = load_rounds(workspace)["2026"].group("a")
    assert (state.roster_closed, state.roster_until) == (None, None)
    assert close_roster(workspace, "2026", "a", DAY) == []
    with workspace.database.writing() as writer:
        writer.append([Entry("publication:2026/a", "chinh-thuc", "1")])
    assert [p.code for p in reopen_roster(workspace, "2026", "a", "muộn")] == ["closed"]
    workspace.close()
