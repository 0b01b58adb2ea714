"""Milestones (mốc) of units: their own plan, their own reviews. Dated inputs; a window is moved with a reason and a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from criteria.declarations.movement import Milestone
from criteria.problems import Problem, errors, of_file
from records.dated_lists import import_days
from records.indices import stored
from records.ledger.entries import Entry
from records.roster.roster import load_roster
from records.workspace.folder import Workspace

STATES = {"done": "đã làm đúng mốc", "late": "làm sau mốc", "missing": "quá mốc, chưa có", "waiting": "chưa đến mốc"}


@dataclass(frozen=True)
class Window:
    """The days of a milestone. printed: as the movement has them. reason, document: what moved them."""

    id: str
    name: str
    first: date
    last: date
    printed: tuple[date, date]
    reason: str = ""
    document: str = ""

    @property
    def moved(self) -> bool:
        return (self.first, self.last) != self.printed


@dataclass(frozen=True)
class Reached:
    """How a body stands at a milestone. state: a key of STATES."""

    body: str
    name: str
    group: str
    state: str
    date: date | None = None
    document: str = ""


def windows(workspace: Workspace) -> dict[str, Window]:
    """Every milestone of the movement, as it stands."""
    found = {}
    for milestone in workspace.movement.milestones:
        facts = stored(workspace).get(f"milestone-window:{milestone.id}")
        first, last = (facts.day("from"), facts.day("to")) if facts is not None else (None, None)
        entry = (facts.entry("to") or facts.entry("from")) if facts is not None else None
        printed = (milestone.from_, milestone.to)
        found[milestone.id] = Window(
            milestone.id,
            milestone.name,
            first or milestone.from_,
            last or milestone.to,
            printed,
            entry.reason if entry is not None else "",
            entry.source if entry is not None else "",
        )
    return found


def _find(workspace: Workspace, ident: str) -> tuple[Milestone | None, list[Problem]]:
    for milestone in workspace.movement.milestones:
        if milestone.id == ident:
            return milestone, []
    known = ", ".join(milestone.id for milestone in workspace.movement.milestones) or "chưa khai"
    return None, [of_file(ident, "milestone", f"Phong trào không có mốc “{ident}”.", f"Các mốc: {known}.")]


def import_milestone(workspace: Workspace, ident: str, path: Path, today: date) -> tuple[int, int, list[Problem]]:
    """Dates on which bodies did it: rows read, entries appended, findings. With an error nothing is entered."""
    milestone, problems = _find(workspace, ident)
    if milestone is None:
        return 0, 0, problems
    lacking = ("Mốc phải kèm văn bản.", "Ghi số, ký hiệu văn bản.")
    return import_days(workspace, path, f"milestone:{ident}", "milestone", milestone.to, today, lacking)


def move_milestone(
    workspace: Workspace, ident: str, first: date | None, last: date | None, document: str, reason: str
) -> list[Problem]:
    """Other days for a milestone; those printed stay known."""
    milestone, problems = _find(workspace, ident)
    if milestone is None:
        return problems
    now = windows(workspace)[ident]
    first, last = first or now.first, last or now.last
    if first > last:
        problems.append(of_file(ident, "milestone", f"Mốc từ {first:%d/%m/%Y} đến {last:%d/%m/%Y} là ngược."))
    if not document.strip() or not reason.strip():
        problems.append(of_file(ident, "milestone", "Dời mốc phải có văn bản và lý do.", "Thêm --document, --reason."))
    if errors(problems):
        return problems
    subject = f"milestone-window:{ident}"
    days = {"from": first, "to": last}
    entries = [Entry(subject, name, day.isoformat(), source=document, reason=reason) for name, day in days.items()]
    workspace.database.enter(entries)
    return []


def reached(workspace: Workspace, ident: str, on: date) -> tuple[list[Reached], list[Problem]]:
    """Every unit that owes a milestone, as it stands on a day: candidates of the groups whose members hand in for themselves."""
    milestone, problems = _find(workspace, ident)
    if milestone is None:
        return [], problems
    window, roster = windows(workspace)[ident], load_roster(workspace)
    facts = stored(workspace).get(f"milestone:{ident}")
    found = []
    for group in workspace.movement.groups:
        if group.batch is not None:
            continue
        for candidate in roster.candidates(group.letter, window.first, window.last)[0]:
            entry = facts.entry(candidate.id) if facts is not None else None
            done = date.fromisoformat(entry.value) if entry is not None and entry.value else None
            if done is not None and done > on:
                done, entry = None, None
            state = _state(done, window, on)
            document = entry.source if entry is not None and done is not None else ""
            found.append(Reached(candidate.id, candidate.name, group.letter, state, done, document))
    return found, []


def _state(done: date | None, window: Window, on: date) -> str:
    if done is not None:
        return "done" if done <= window.last else "late"
    return "missing" if on > window.last else "waiting"
