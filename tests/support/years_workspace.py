"""The illustrative workspace after all rounds of both occasions: made once in a test run, whichever of its processes asks first."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from criteria.movements.reading import movements
from thidua.commands.demo import SEED
from thidua.demonstration.round import demonstrate

MOVEMENT = movements()[0]
PRINTED = "in-ra.txt"  # what was printed while it was made


def years_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder of `thidua demo --years`, only to be read: the workspace, beside it the folder of the units."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    made = shared / "years-workspace"
    with (shared / "years-workspace.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go by itself when a process ends, however it ends
        if not made.exists():
            making = shared / "years-workspace.making"
            shutil.rmtree(making, ignore_errors=True)
            lines = list(demonstrate(MOVEMENT, making, SEED, years=True))
            (making / PRINTED).write_text("\n".join(lines), encoding="utf-8")
            making.rename(made)
    return made


def years_workspace(factory: pytest.TempPathFactory, to: Path) -> Path:
    """A copy of the workspace in a folder of the test's own; the root of the copy."""
    root = to / MOVEMENT.name
    shutil.copytree(years_folder(factory) / MOVEMENT.name, root)
    return root
