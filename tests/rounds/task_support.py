"""Workspaces for tests of the task register: the real bodies of the movement, or a few made up for one test."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from records.ledger.entries import Entry
from records.roster.roster import Candidate, Roster, load_roster
from records.rounds import Window, read_window
from records.tasks.importing import import_tasks, starting_registers
from records.tasks.register import load_register
from records.tasks.rows import TaskRow, rows_for
from records.workspace.folder import Workspace
from tests.rounds.support import MOVEMENT, enter_body, new_workspace

_FIELDS = {
    "name": "name",
    "group": "kind",
    "province": "province",
    "alternative_spellings": "alias",
    "group_002": "group",
}


def workspace_with_bodies(root: Path) -> Workspace:
    """The bodies of bodies.csv, as they stand there."""
    workspace = new_workspace(root / "w", period=None)
    with (MOVEMENT / "bodies.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    entries = [
        Entry(f"body:{row['id']}", name, row[column]) for row in rows for column, name in _FIELDS.items() if row[column]
    ]
    proposed = "successor_inferred_from_tasks"
    entries += [Entry(f"body:{row['id']}", "successor_proposed", row[proposed]) for row in rows if row[proposed]]
    with workspace.database.writing() as writer:
        writer.append(entries)
    return workspace


def workspace_with_register(root: Path) -> Workspace:
    """The 98 tasks, too."""
    workspace = workspace_with_bodies(root)
    done, problems = import_tasks(workspace, starting_registers(workspace))
    assert done.new == 98, problems
    return workspace


def workspace_of_few(root: Path) -> Workspace:
    """Three offices (S1, S2, S3), a class of offices, a unit of S1 and one of S2."""
    workspace = new_workspace(root / "w", period=None)
    for ident, name in (("S1", "Sở Một"), ("S2", "Sở Hai"), ("S3", "Sở Ba")):
        enter_body(workspace, ident, name=name, kind="sở/ban/ngành")
    enter_body(workspace, "B025", name="Các sở, ban, ngành", kind="nhóm chung (không phải một tổ chức)")
    enter_body(workspace, "U1", name="Trung tâm Một", kind="đơn vị trực thuộc", parent="S1")
    enter_body(workspace, "U2", name="Trung tâm Hai", kind="đơn vị trực thuộc", parent="S2")
    return workspace


def register_file(root: Path, *rows: str, header: str = "số;nội dung;chủ trì;hạn") -> Path:
    """A csv with semicolons between columns."""
    path = root / "so.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def taken_in(workspace: Workspace, root: Path, *rows: str, header: str = "số;nội dung;chủ trì;hạn") -> None:
    """Import rows that must be free of errors."""
    done, problems = import_tasks(workspace, [register_file(root, *rows, header=header)])
    assert done.new == len(rows), [problem.text() for problem in problems]


def rows(workspace: Workspace, body: str, period: str) -> dict[str, TaskRow]:
    """The rows of a candidate in a round, by key."""
    roster, register = load_roster(workspace), load_register(workspace)
    return {row.key: row for row in rows_for(register, roster, candidate(roster, body), window(workspace, period))}


def candidate(roster: Roster, body: str) -> Candidate:
    found = roster.bodies[body]
    return Candidate(body, found.name(), "a", "a-so-nganh.yaml", found.value("parent"), "", {})


def window(workspace: Workspace, period: str) -> Window:
    found = read_window(workspace.movement, period)
    assert found is not None
    return found


def day(text: str) -> date:
    return date.fromisoformat(text)
