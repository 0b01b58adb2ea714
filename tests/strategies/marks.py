"""Marks given by a person or a panel."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .items import declare_table
from .world import SURE, Absent, Scope, text_of


@dataclass
class Shape:
    keys: dict[str, Any]
    absent: Absent = SURE
    negative: bool = False  # may give less than 0


def given(s: Scope, mark: str, top: Fraction, low: Fraction = Fraction(0)) -> Shape:
    """The column of marks is headed by the id; an empty cell waits for a person."""
    w = s.w
    grid = w.step * w.choice((1, 2)) if (top / w.step) % 2 == 0 and (low / w.step) % 2 == 0 else w.step
    body: dict[str, Any] = {"by": "so-noi-vu", "grid": text_of(grid), "to": text_of(top)}
    if low or w.chance(2):
        body["from"] = text_of(low)
    n = int((top - low) / grid)
    marks = [text_of(low + grid * w.between(0, n)) for _ in range(3)] + [text_of(top), text_of(low)]
    if w.chance(3):
        body["described"] = {marks[3]: "xuất sắc", marks[0]: "đạt yêu cầu"}
    absent = SURE
    if w.absence and s.allows(frozenset({"judge"})) and w.chance(2):
        marks.append("")
        absent = frozenset({"judge"})
    w.cells[mark] = [m.replace(".", ",") if i % 2 else m for i, m in enumerate((marks * 2)[:8])]
    return Shape({"given": body}, absent)


def panel(s: Scope, mark: str, top: Fraction) -> Shape:
    w = s.w
    w.tag("panel")
    declare_table(w, "council")
    take = w.choice(("mean", "median", "trimmed"))
    n = w.between(3, 4) if take == "trimmed" else w.between(1, 2)
    waits = s.allows(frozenset({"judge"})) and w.absence
    if not waits:
        n = min(n, 3)
    steps_ = int(top / w.step)
    marks = [text_of(w.step * w.between(0, steps_)) for _ in range(4)] + [text_of(top), "0"]
    w.item_cells["council"][mark] = (marks + (["", ""] if waits else marks))[:8]
    return Shape(
        {"given": {"panel": "council", "take": take, "at_least": str(n)}}, frozenset({"judge"}) if waits else SURE
    )
