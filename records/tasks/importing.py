"""Registers taken in: rows become entries; importing the same file twice appends nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from criteria.problems import WARNING, Problem, errors, of_file
from records.ledger.entries import Entry, changed
from records.roster.roster import Roster, load_roster
from records.tasks.contradictions import report_contradictions
from records.tasks.reading import Stated, TaskLine, read_register, truth
from records.tasks.register import SEPARATOR, Register, load_register
from records.workspace.folder import Workspace


@dataclass(frozen=True)
class Imported:
    """How many rows were read, and what they did."""

    read: int = 0
    new: int = 0
    changed: int = 0


@dataclass(frozen=True)
class Origin:
    """Where tasks come from. text: which register or body. document: number and date. on: the day from which they count."""

    text: str = ""
    document: str = ""
    on: date | None = None
    own: bool = False


def starting_registers(workspace: Workspace) -> list[Path]:
    """The registers that come with the movement."""
    return [workspace.movement_folder / name for name in workspace.movement.data.tasks]


def import_tasks(
    workspace: Workspace, files: Iterable[Path], origin: Origin | None = None, prefix: str = ""
) -> tuple[Imported, list[Problem]]:
    """Read registers and enter what is new or different. With an error in any row nothing is entered."""
    origin = origin or Origin()
    roster, register = load_roster(workspace), load_register(workspace)
    problems: list[Problem] = []
    if not roster.bodies:  # one sentence instead of one for every lead of every task
        lists = " ".join(f"phong-trao/{name}" for name in workspace.movement.data.rosters) or "TỆP"
        hint = f"Nhập danh sách trước: thidua roster import {lists}."
        message = "Chưa có danh sách nên không biết ai chủ trì nhiệm vụ."
        return Imported(), [of_file(workspace.root, "roster-open", message, hint)]
    lines: list[TaskLine] = []
    told: list[list[Problem]] = []  # of every file; they grow while rows are looked at
    for file in files:
        found, wrong = read_register(file, roster, prefix, origin.on)
        report_contradictions(found, roster)
        for line in found:
            _number_taken(line, lines, register, origin)
        told.append(wrong)
        lines += found
    if not lines and not any(told):
        problems.append(of_file(workspace.root, "table-empty", "Không có sổ nhiệm vụ nào để nhập.", "Nêu tên tệp."))
    for line in lines:
        for ident in line.units:
            _check_unit(line, ident, roster)
    _check_parents(lines, register)
    problems += [problem for wrong in told for problem in wrong]
    if errors(problems):
        return Imported(len(lines)), problems
    return _store(workspace, register, lines, origin), problems


def _number_taken(line: TaskLine, others: list[TaskLine], register: Register, origin: Origin) -> None:
    """Numbers of another register or of another file are not taken over in silence."""
    other = next((one for one in others if one.number == line.number), None)
    if other is not None:
        line.row.wrong("no", f"Số {line.number} đã có ở {other.row.place('no')}.", "Nhập từng sổ, thêm --prefix.")
    known = register.tasks.get(line.number)
    if known is None:
        return
    before, now = known.facts.value("origin"), line.origin or origin.text
    if before != now:
        shown = before or "sổ nhập lần đầu"
        line.row.wrong(
            "no", f"Số {line.number} đã là nhiệm vụ của “{shown}”.", "Thêm --prefix, ví dụ 2026., hoặc đúng --origin."
        )
    elif known.content != line.content:
        message = f"Nội dung nhiệm vụ {line.number} khác bản đã nhập; bản mới thay bản cũ."
        line.row.wrong("content", message, "Nếu là nhiệm vụ khác: nhập với --prefix.", severity=WARNING)


def _check_unit(line: TaskLine, unit: str, roster: Roster) -> None:
    why = unit_problem(roster, line.leads, unit, line.deadline.due or date.max)
    if why:
        line.row.wrong("units", why, "Điền cơ quan quản lý của đơn vị vào danh sách, hoặc sửa ô này.")


def _check_parents(lines: list[TaskLine], register: Register) -> None:
    """A part belongs to a task that is known, and to no part of itself."""
    parents = {number: task.parent for number, task in register.tasks.items()}
    parents |= {
        line.number: line.parent or "" for line in lines if line.parent is not None or line.number not in parents
    }
    for line in lines:
        if line.parent and line.parent not in parents:
            line.row.wrong(
                "parent", f"Không có nhiệm vụ số “{line.parent}”.", "Ghi số của nhiệm vụ cha đã có trong sổ."
            )
        seen, above = {line.number}, parents.get(line.number)
        while above and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above and line.parent and line.parent != line.number:
            line.row.wrong("parent", f"Nhiệm vụ {line.number} thuộc chính nó qua {line.parent}.")


def unit_problem(roster: Roster, leads: list[str], unit: str, day: date) -> str:
    """Why a unit cannot take part in a task with these leads; "" when it can."""
    body = roster.bodies[unit]
    parent = body.value("parent")
    if not parent:
        return f"Chưa biết {body.name()} thuộc cơ quan nào."
    given = {member for lead in leads for member in roster.members(lead, day)} | set(leads)
    if parent not in given:
        manager = roster.bodies[parent].name() if parent in roster.bodies else parent
        return f"{body.name()} thuộc {manager}, không phải cơ quan chủ trì nhiệm vụ này."
    return ""


def _store(workspace: Workspace, register: Register, lines: list[TaskLine], origin: Origin) -> Imported:
    entries: list[Entry] = []
    new = different = 0
    for line in lines:
        known = register.tasks.get(line.number)
        told = [
            entry
            for entry in entries_of(line, origin, line.row.place)
            if changed(known.facts if known is not None else None, entry)
        ]
        entries += told
        new += bool(told) and known is None
        different += bool(told) and known is not None
    if entries:
        with workspace.database.writing() as writer:
            writer.append(entries)
    return Imported(len(lines), new, different)


def entries_of(line: Stated, origin: Origin, place: Callable[[str], str]) -> list[Entry]:
    """What is stated of a task. place: where a field stands. Without a day of validity: later changes of the officer carry one, and stand whatever is imported again."""
    document = line.document or origin.document
    added = line.added or origin.on
    deadline = line.deadline
    values = {
        "content": ("content", line.content),
        "leads": ("lead", SEPARATOR.join(line.leads)),
        "deadline": ("deadline_text", deadline.due.isoformat() if deadline.due else ""),
        "deadline_text": ("deadline_text", line.deadline_text),
        "kind": ("deadline_text", deadline.kind),
        "span": ("deadline_text", deadline.span),
        "coordinating": ("coordinating", line.coordinating),
        "source_note": ("source_note", line.source_note),
        "origin": ("origin", line.origin or origin.text),
        "document": ("document", document),
        "added": ("added", added.isoformat() if added else ""),
        "own": ("own", truth(line.own or origin.own)),
    }
    if line.units:
        values["units"] = ("units", SEPARATOR.join(line.units))
    if line.parent is not None:
        values["parent"] = ("parent", line.parent)
    values |= {name: (name, value) for name, value in line.plan.items()}
    source = document or line.source_note
    return [
        Entry(f"task:{line.number}", name, value, source=source, place=place(cell))
        for name, (cell, value) in values.items()
    ]
