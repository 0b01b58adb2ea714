"""A few kills of the commands of a round, as benchmarks.kills makes hundreds: the old state, the new one, or whole files between."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from benchmarks.kill_round import COMMANDS, FORMS, PUBLISH, RETURNS, REVIEWS, opened, prepare_round
from benchmarks.kills import BETWEEN, NEW, OLD, attack, digest, held_against, undisturbed
from records.ledger.entries import Entry

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
KILLS = 2


def test_killed_commands_leave_whole_states(tmp_path: Path) -> None:
    assert COMMANDS == (FORMS, REVIEWS, RETURNS, PUBLISH)
    found = list(attack(tmp_path, KILLS, seed=5, commands=(RETURNS, PUBLISH)))
    assert [one.command for one in found] == [RETURNS, PUBLISH]
    for one in found:
        assert one.left.total() == KILLS and one.left[BETWEEN] == 0  # each enters one thing: old or new
    assert sum(one.killed for one in found) >= 1


def test_what_is_neither_old_nor_new_is_found(tmp_path: Path) -> None:
    """The check itself can fail: a half-entered run, a lost file, a file that was changed."""
    prepared = next(iter(prepare_round(tmp_path / "round")))
    whole = undisturbed(prepared, tmp_path / "whole")
    assert len(whole.states) == 5 and held_against(prepared.root, whole) == OLD
    workspace = opened(prepared.root)
    assert prepared.call(workspace) == [] and digest(workspace) == whole.states[-1]
    workspace.close()
    assert held_against(prepared.root, whole) == NEW
    kept = next((prepared.root / "bieu-thu" / "2026" / "minh-chung").iterdir())
    raw = kept.read_bytes()
    for hand in (kept.unlink, lambda: kept.write_bytes(raw[:-1])):
        hand()
        with pytest.raises(AssertionError, match="files"):
            held_against(prepared.root, whole)
        kept.write_bytes(raw)
    workspace = opened(prepared.root)
    with workspace.database.writing() as writer:
        writer.append([Entry("score:2026/X1", "C1", "verified")])
    workspace.close()
    with pytest.raises(AssertionError, match="no undisturbed run"):
        held_against(prepared.root, whole)
