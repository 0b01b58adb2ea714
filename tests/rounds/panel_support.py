"""A made-up round with panels: streets with forms handed in, four assessors, a hand that fills marking workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from criteria.problems import Problem, errors
from records.panels.board import Board, load_board
from records.panels.collect import PanelRun, collect_marks
from records.panels.issue import issue_marks
from records.panels.members import Wish, add_member
from records.workspace.folder import Workspace
from tests.rounds.life_support import hand_in
from tests.rounds.support import SECOND, enter_body, new_workspace
from tests.rounds.workbook_support import save, sign, type_in

SWALLOWS = SECOND.parent / "chim-en-2026"
DAY = date(2026, 12, 10)
MARK, OUT, REASON = 9, 10, 11  # columns I, J, K
FIGURES = {"nests": "6", "eaves": "8"}
Typed = Mapping[str, tuple[Any, ...]]


def streets(root: Path, members: bool = True) -> Workspace:
    """X1, X2, T1 below X1 (set pho), P1 below X1 (set nguoi): all handed in. gk-01 works at X1, gk-02 … gk-04 nowhere here."""
    workspace = new_workspace(root, SWALLOWS)
    enter_body(workspace, "X1", name="Phố Một", kind="phố")
    enter_body(workspace, "X2", name="Phố Hai", kind="phố")
    enter_body(workspace, "T1", name="Tổ Một", kind="tổ", parent="X1")
    enter_body(workspace, "P1", name="Bà Én", kind="người", parent="X1")
    for candidate in ("X1", "X2", "T1"):
        hand_in(workspace, candidate, "chim-en-pho", FIGURES, judged={"J1": "2.5"})
    hand_in(workspace, "P1", "chim-en-nguoi", {"vigils": "5"})
    for number in range(1, 5) if members else ():
        join(workspace, f"Người chấm {number}", body="X1" if number == 1 else "")
    return workspace


def join(workspace: Workspace, name: str, table: str = "jury", **more: Any) -> list[Problem]:
    _, problems = add_member(workspace, "2026", table, Wish(name, "12/QĐ-CE ngày 01/12/2026", **more))
    return problems


def issued(workspace: Workspace, table: str = "jury", on: date = DAY) -> dict[str, Path]:
    """Workbooks by assessor."""
    found, problems = issue_marks(workspace, "2026", on, table)
    assert errors(problems) == [], problems
    return {one.member.id: one.path for one in found}


def fill(source: Path, target: Path, typed: Typed, version: Any = 1, signed: Any = "12/12/2026") -> Path:
    """A filled copy. typed: CANDIDATE/CRITERION → mark, x, reason."""
    book = openpyxl.load_workbook(source)
    type_in(book, typed, MARK)
    sign(book, {"version": version, "date": signed})
    return save(book, target)


def given(workspace: Workspace, folder: Path, marks: Mapping[str, Typed], version: int = 1) -> PanelRun:
    """Every assessor's workbook issued, filled, collected."""
    paths = issued(workspace)
    for assessor, typed in marks.items():
        fill(paths[assessor], folder / f"{assessor}.xlsx", typed, version)
    return collected(workspace, folder)


def collected(workspace: Workspace, folder: Path) -> PanelRun:
    return collect_marks(workspace, "2026", folder)


def found(problems: list[Problem]) -> list[tuple[str, str]]:
    """(code, cell) of the errors, in order."""
    return [(problem.code, problem.cell) for problem in sorted(errors(problems))]


def board(workspace: Workspace) -> Board:
    made, problems = load_board(workspace, "2026")
    assert made is not None, problems
    return made


def marks(workspace: Workspace) -> dict[str, str]:
    """What was said last: CANDIDATE TABLE/CRITERION/ASSESSOR → mark."""
    return {
        f"{entry.subject.partition('/')[2]} {entry.field}": entry.value
        for entry in workspace.database.entries("mark:2026/")
    }
