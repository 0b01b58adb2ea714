"""Occasions of awarding (dịp khen thưởng): a sơ kết or tổng kết of the movement file, or any day to push the movement (thúc đẩy)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from criteria.problems import Problem, of_file
from nominations.awards.declarations import Kind
from records.workspace.folder import Workspace

PUSH: Kind = "thuc-day"
NAMES: dict[Kind, str] = {"so-ket": "sơ kết", "tong-ket": "tổng kết", "thuc-day": "thúc đẩy phong trào"}


@dataclass(frozen=True)
class AwardOccasion:
    """An occasion. day: by which the law and the facts about nominees are judged. first, last: days of the achievements."""

    id: str
    kind: Kind
    name: str
    day: date
    first: date
    last: date
    rounds: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """dịp sơ kết (so-ket-2027)"""
        return f"dịp {NAMES[self.kind]} ({self.id})"


def find_occasion(
    workspace: Workspace, name: str, on: date | None = None
) -> tuple[AwardOccasion | None, list[Problem]]:
    """The occasion of this name: one of the movement file, or thuc-day-2026-11-21. on: the day it is judged on, when it is not the
    first day on which the movement holds it (a push: the day in its name)."""
    movement = workspace.movement
    for one in movement.occasions:
        if one.id != name:
            continue
        if one.kind is None:
            message = f"Dịp {name} chưa ghi là sơ kết hay tổng kết."
            return None, [
                of_file(name, "occasion", message, "Ghi kind: so-ket hoặc tong-ket ở phong-trao/movement.yaml.")
            ]
        held = on or one.held_from or one.to
        return AwardOccasion(name, one.kind, one.name, held, one.from_, one.to, tuple(one.rounds)), []
    start, _, rest = name.partition(f"{PUSH}-")
    if not start and rest:
        day = _day(rest)
        if day is not None:
            first = date(movement.period.from_, 1, 1)
            return AwardOccasion(name, PUSH, "Thúc đẩy Phong trào", on or day, first, day), []
    known = ", ".join(one.id for one in movement.occasions)
    hint = f"Các dịp: {known + ', ' if known else ''}hoặc {PUSH}-NĂM-THÁNG-NGÀY (ví dụ {PUSH}-2026-11-21)."
    return None, [of_file(name, "occasion", f"Không có dịp khen thưởng “{name}”.", hint)]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None  # one day has one name
