"""Mutated copies of every workbook that comes back: no exception, nothing stored of a bad one, every finding with its place."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from criteria.problems import errors
from records.workspace.folder import Workspace
from tests.nominations.attack_support import WORKBOOKS, Incoming, kept, occasion_at
from tests.nominations.award_mutations import bomb, spoiled

COUNT, SEED = 40, 3


@pytest.mark.parametrize("make", WORKBOOKS, ids=[one.__name__ for one in WORKBOOKS])
def test_mutated_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Workspace, Path], Incoming]
) -> None:
    monkeypatch.setenv("THIDUA_DEBUG", "1")  # exceptions are not turned into findings
    workspace = occasion_at(tmp_path, monkeypatch)
    here = make(workspace, tmp_path)
    folder = tmp_path / "nộp"
    folder.mkdir()
    path, refused = folder / "f.xlsx", 0
    for what, raw in [*spoiled(here.good, COUNT, SEED), ("bomb", bomb(here.good, random.Random(1)))]:
        path.write_bytes(raw)
        before, files = workspace.database.head(), sorted(kept(workspace))
        problems, stored = here.take(path)
        wrong = errors(problems)
        assert (workspace.database.head() == before) == (not stored) and not (stored and wrong), what
        assert not wrong or sorted(kept(workspace)) == files, what
        assert len(problems) < 60 and all(one.file and len(one.text()) < 3000 for one in problems), what
        refused += bool(wrong)
    assert COUNT // 4 < refused <= COUNT + 1


@pytest.mark.parametrize("make", WORKBOOKS, ids=[one.__name__ for one in WORKBOOKS])
def test_what_was_mutated_is_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Workspace, Path], Incoming]
) -> None:
    here = make(occasion_at(tmp_path, monkeypatch), tmp_path)
    (tmp_path / "nộp").mkdir()
    path = tmp_path / "nộp" / "f.xlsx"
    path.write_bytes(here.good)
    problems, stored = here.take(path)
    assert stored and errors(problems) == [], [one.text() for one in problems]
