"""The illustrative workspace after all rounds of both occasions: made once in a test run, whichever of its processes asks first."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from criteria.movements.reading import movements
from records.workspace.folder import open_workspace
from thidua.commands.demo import SEED
from thidua.demonstration.awards import DOSSIERS, run_awards
from thidua.demonstration.round import PERSON, demonstrate

MOVEMENT = movements()[0]
AWARD_DOSSIERS = f"{MOVEMENT.name}-{DOSSIERS}"
PRINTED = "in-ra.txt"  # what was printed while it was made


def years_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder of `thidua demo --years` before anybody is awarded, only to be read: the workspace, beside it that of the units."""

    def make(making: Path) -> list[str]:
        return list(demonstrate(MOVEMENT, making, SEED, years=True, awards=False))

    return _once(factory, "years-workspace", make)


def awards_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder of `thidua demo --years` with both occasions awarded, only to be read; dossiers in AWARD_DOSSIERS."""
    years = years_folder(factory)

    def make(making: Path) -> list[str]:
        shutil.copytree(years, making)
        workspace, problems = open_workspace(making / MOVEMENT.name, PERSON)
        assert workspace is not None, problems
        try:
            outside = making / f"{MOVEMENT.name}-don-vi"
            return list(run_awards(workspace, outside, making / AWARD_DOSSIERS, SEED))
        finally:
            workspace.close()

    return _once(factory, "awards-workspace", make)


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], list[str]]) -> Path:
    """Made by whichever process of the test run asks first."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    made = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go by itself when a process ends, however it ends
        if not made.exists():
            making = shared / f"{name}.making"
            shutil.rmtree(making, ignore_errors=True)
            lines = make(making)
            (making / PRINTED).write_text("\n".join(lines), encoding="utf-8")
            making.rename(made)
    return made


def years_workspace(factory: pytest.TempPathFactory, to: Path) -> Path:
    """A copy of the workspace in a folder of the test's own; the root of the copy."""
    root = to / MOVEMENT.name
    shutil.copytree(years_folder(factory) / MOVEMENT.name, root)
    return root
