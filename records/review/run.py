"""What came of one run of collecting verification workbooks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from records.life.acts import Act
from records.workbooks.coming_in import Run


@dataclass
class BodyCount:
    """Conclusions of one body in one run. open: rows still left blank. wrong: files."""

    accepted: int = 0
    corrected: int = 0
    returned: int = 0
    left_out: int = 0
    settled: int = 0
    open: int = 0
    wrong: int = 0

    def count(self, acts: list[Act]) -> None:
        for name, action in (
            ("accepted", "accept"),
            ("corrected", "correct"),
            ("returned", "send_back"),
            ("left_out", "leave_out"),
        ):
            setattr(self, name, getattr(self, name) + sum(act.action == action for act in acts))


@dataclass
class ReviewRun(Run):
    """bodies: by id, "" for files of which nobody can say whose they are. deadline: of what was sent back."""

    bodies: dict[str, BodyCount] = field(default_factory=dict)
    deadline: date | None = None

    def of(self, body: str) -> BodyCount:
        return self.bodies.setdefault(body, BodyCount())
