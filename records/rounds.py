"""Rounds: opened, their rosters closed, groups closed and reopened; what holds is worked out from the entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from criteria.declarations.movement import Movement
from criteria.problems import Problem, of_file
from records.ledger.entries import Entry, Facts, gather
from records.workspace.folder import Workspace
from scoring.periods import PeriodError, read_period


@dataclass(frozen=True)
class Window:
    """The days a round is about. occasion: it combines other rounds and has no forms of its own."""

    period: str
    first: date
    last: date
    occasion: bool = False
    name: str = ""


@dataclass(frozen=True)
class GroupState:
    """A group in a round. roster_until: the entry at which its roster was closed. decision: number and date of the closing one."""

    letter: str
    roster_closed: date | None = None
    roster_until: int | None = None
    closed: date | None = None
    decision: str = ""
    reopened: str = ""


@dataclass(frozen=True)
class Round:
    """An opened round. letter: number of the covering letter."""

    window: Window
    opened: date | None
    deadline: date | None = None
    letter: str = ""
    letter_date: date | None = None
    groups: Mapping[str, GroupState] = field(default_factory=dict)

    @property
    def period(self) -> str:
        return self.window.period

    def group(self, letter: str) -> GroupState:
        return self.groups.get(letter, GroupState(letter))


def read_window(movement: Movement, period: str) -> Window | None:
    """The days of a period or of an occasion of the movement; None when the name is neither."""
    for occasion in movement.occasions:
        if occasion.id == period:
            return Window(period, occasion.from_, occasion.to, True, occasion.name)
    try:
        found = read_period(period)
    except PeriodError:
        return None
    return Window(found.name, found.first, found.last)


def load_rounds(workspace: Workspace) -> dict[str, Round]:
    """Every opened round of the workspace, by period, oldest window first."""
    subjects = gather(workspace.database.entries("round"))
    found: dict[str, Round] = {}
    for subject, facts in subjects.items():
        period = subject.partition(":")[2]
        window = read_window(workspace.movement, period)
        if "/" in period or window is None:
            continue
        groups = {
            letter: _group(letter, subjects[f"round:{period}/{letter}"])
            for letter in (group.letter for group in workspace.movement.groups)
            if f"round:{period}/{letter}" in subjects
        }
        opened, deadline, letter_date = facts.day("opened"), facts.day("deadline"), facts.day("letter_date")
        found[period] = Round(window, opened, deadline, facts.value("letter"), letter_date, groups)
    return dict(sorted(found.items(), key=lambda item: (item[1].window.last, item[0])))


def _group(letter: str, facts: Facts) -> GroupState:
    roster, closed, again = facts.entry("roster_closed"), facts.entry("closed"), facts.entry("reopened")
    if closed is not None and (not closed.value or (again is not None and again.number > closed.number)):
        return GroupState(letter, *_roster(roster), None, "", again.reason if again is not None else "")
    return GroupState(
        letter,
        *_roster(roster),
        date.fromisoformat(closed.value) if closed is not None else None,
        closed.source if closed is not None else "",
    )


def _roster(entry: Entry | None) -> tuple[date | None, int | None]:
    if entry is None or not entry.value:
        return None, None
    return date.fromisoformat(entry.value), entry.number


def find_round(workspace: Workspace, period: str) -> tuple[Round | None, list[Problem]]:
    """An opened round, or why there is none."""
    rounds = load_rounds(workspace)
    if period in rounds:
        return rounds[period], []
    problems = [_unknown(workspace, period)] if read_window(workspace.movement, period) is None else []
    opened = ", ".join(rounds) or "chưa có kỳ nào"
    return None, problems or [
        of_file(period, "round", f"Kỳ {period} chưa mở.", f"Mở bằng: thidua round open {period}. Đã mở: {opened}.")
    ]


def find_scored_round(workspace: Workspace, period: str) -> tuple[Round | None, list[Problem]]:
    """An opened round that has figures of its own: an occasion, open or not, has none."""
    occasion = next((one for one in workspace.movement.occasions if one.id == period), None)
    if occasion is None:
        return find_round(workspace, period)
    message = f"{occasion.name} gộp kết quả đã chốt của các kỳ {', '.join(occasion.rounds)}, không chấm từ biểu."
    return None, [of_file(period, "stage", message, "Nêu từng kỳ đó.")]


def _unknown(workspace: Workspace, period: str) -> Problem:
    occasions = "".join(f", {occasion.id}" for occasion in workspace.movement.occasions)
    return of_file(
        period, "period", f"“{period}” không phải tên kỳ.", f"Viết 2026, 2026-q2, 2027-h1, 2030-9m{occasions}."
    )


def open_round(
    workspace: Workspace,
    period: str,
    on: date,
    deadline: date | None = None,
    letter: str = "",
    letter_date: date | None = None,
) -> tuple[Round | None, list[Problem]]:
    """Open a round, or change the deadline and the covering letter of one that is open."""
    window = read_window(workspace.movement, period)
    if window is None:
        return None, [_unknown(workspace, period)]
    years = workspace.movement.period
    if window.last.year < years.from_ or window.first.year > years.to:
        message = f"Kỳ {period} nằm ngoài giai đoạn {years.from_}-{years.to} của phong trào."
        return None, [of_file(period, "period", message, "Mở kỳ trong giai đoạn đó.")]
    known = load_rounds(workspace).get(window.period)
    said = {
        "opened": on.isoformat() if known is None or known.opened is None else "",
        "deadline": deadline.isoformat() if deadline else "",
        "letter": letter,
        "letter_date": letter_date.isoformat() if letter_date else "",
    }
    entries = [Entry(f"round:{window.period}", name, value) for name, value in said.items() if value]
    if entries:
        with workspace.database.writing() as writer:
            writer.append(entries)
    return load_rounds(workspace)[window.period], []


def known_group(workspace: Workspace, letter: str) -> list[Problem]:
    """Why a letter is no group of the movement; nothing when it is one."""
    if workspace.group(letter) is not None:
        return []
    letters = ", ".join(group.letter for group in workspace.movement.groups)
    return [of_file(letter, "group", f"Không có nhóm “{letter}”.", f"Các nhóm: {letters}.")]


def close_group(workspace: Workspace, period: str, letter: str, on: date, decision: str) -> list[Problem]:
    """Close a group of a round by decision: no form is taken in any more."""
    found, problems = find_round(workspace, period)
    problems += known_group(workspace, letter)
    if found is None or problems:
        return problems
    if found.group(letter).closed is not None:
        message = f"Nhóm {letter} kỳ {period} đã khóa ngày {found.group(letter).closed:%d/%m/%Y}."
        return [of_file(period, "closed", message, "Muốn nhận thêm biểu: thidua round reopen.")]
    if not decision.strip():
        return [of_file(period, "closed", "Khóa nhóm phải có số quyết định.", 'Thêm --decision "số, ngày quyết định".')]
    with workspace.database.writing() as writer:
        writer.append([Entry(f"round:{period}/{letter}", "closed", on.isoformat(), source=decision)])
    return []


def reopen_group(
    workspace: Workspace, period: str, letter: str, on: date, why: str, decision: str = ""
) -> list[Problem]:
    """Take forms in again after closing, with a reason that stays in the record."""
    found, problems = find_round(workspace, period)
    problems += known_group(workspace, letter)
    if found is None or problems:
        return problems
    if found.group(letter).closed is None:
        return [of_file(period, "closed", f"Nhóm {letter} kỳ {period} chưa khóa.", "Không cần mở lại.")]
    if not why.strip():
        return [of_file(period, "closed", "Mở lại phải nêu lý do.", 'Thêm --reason "lý do".')]
    entry = Entry(f"round:{period}/{letter}", "reopened", on.isoformat(), source=decision, reason=why)
    with workspace.database.writing() as writer:
        writer.append([entry])
    return []


def close_roster(workspace: Workspace, period: str, letter: str, on: date, decision: str = "") -> list[Problem]:
    """Fix who takes part: later imports change later rounds only."""
    found, problems = find_round(workspace, period)
    problems += known_group(workspace, letter)
    if found is None or problems:
        return problems
    if found.group(letter).roster_closed is not None:
        message = f"Danh sách nhóm {letter} kỳ {period} đã chốt ngày {found.group(letter).roster_closed:%d/%m/%Y}."
        return [of_file(period, "closed", message)]
    with workspace.database.writing() as writer:
        writer.append([Entry(f"round:{period}/{letter}", "roster_closed", on.isoformat(), source=decision)])
    return []


def reopen_roster(workspace: Workspace, period: str, letter: str, why: str) -> list[Problem]:
    """Take back the closing of a roster, with a reason: until it is closed again the round reads the roster of today."""
    found, problems = find_round(workspace, period)
    problems += known_group(workspace, letter)
    if found is None or problems:
        return problems
    if found.group(letter).roster_closed is None:
        return [of_file(period, "closed", f"Danh sách nhóm {letter} kỳ {period} chưa chốt.", "Không cần mở lại.")]
    if not why.strip():
        return [of_file(period, "closed", "Mở lại danh sách phải nêu lý do.", 'Thêm --reason "lý do".')]
    if any(e.field == "chinh-thuc" for e in workspace.database.entries(f"publication:{period}/{letter}")):
        message = f"Nhóm {letter} kỳ {period} đã công bố chính thức, danh sách không mở lại được."
        return [of_file(period, "closed", message, "Thay đổi chỉ qua kiểm tra hoặc kiến nghị, phản ánh.")]
    with workspace.database.writing() as writer:
        writer.append([Entry(f"round:{period}/{letter}", "roster_closed", "", reason=why)])
    return []
