"""Awards that somebody holds or was proposed for: worked out from the ledger, numbered as they were entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from records.ledger.entries import Facts, gather
from records.workspace.folder import Workspace

Status = Literal["granted", "submitted", "refused", "returned", "revoked"]
STATUS: dict[str, str] = {
    "granted": "đã tặng",
    "submitted": "đã trình",
    "refused": "không tặng",
    "returned": "trả lại",
    "revoked": "đã hủy bỏ",
}
FIELDS = (
    "holder",
    "holder_name",
    "award",
    "award_name",
    "category",
    "level",
    "decision",
    "authority",
    "movement",
    "occasion",
    "achievement",
    "initiative",
    "rounds",
    "status",
)


@dataclass(frozen=True)
class HeldAward:
    """One award of one holder. award: id in the award file, "" when it is none of them. category: id of a loại hình of the
    award file (Category), "" not said.

    decision, day: số, ngày of the decision. first, last: days of the achievement it was given for. movement: id of this movement, or
    the name of another. rounds: those that counted for it, with commas. reason, source, since: of its status (refused, returned,
    revoked), and the day of it.
    """

    number: int
    holder: str
    holder_name: str
    award: str
    award_name: str
    category: str
    level: str
    decision: str
    authority: str
    movement: str
    occasion: str
    achievement: str
    initiative: str
    status: str
    rounds: str = ""
    day: date | None = None
    first: date | None = None
    last: date | None = None
    reason: str = ""
    source: str = ""
    since: date | None = None
    illustration: bool = False

    @property
    def counts(self) -> bool:
        """Whether the holder has it."""
        return self.status == "granted"

    @property
    def pending(self) -> bool:
        """Whether it is still to be decided."""
        return self.status == "submitted"

    @property
    def words(self) -> str:
        """Bằng khen của Chủ tịch UBND tỉnh (Quyết định số 12/QĐ-UBND ngày 05/08/2027)"""
        number = f"Quyết định số {self.decision}" if self.decision[:1].isdigit() else self.decision
        told = " ".join(part for part in (number, f"ngày {self.day:%d/%m/%Y}" if self.day else "") if part)
        return self.award_name + (f" ({told})" if told else "")


def history(workspace: Workspace) -> list[HeldAward]:
    """Every award entered, in the order of their numbers."""
    subjects = gather(workspace.database.entries("held"))
    return [_held(int(subject.partition(":")[2]), facts) for subject, facts in sorted(subjects.items(), key=_number)]


def _number(item: tuple[str, Facts]) -> int:
    return int(item[0].partition(":")[2])


def _held(number: int, facts: Facts) -> HeldAward:
    told: Mapping[str, str] = {name: facts.value(name) for name in FIELDS}
    status = facts.entry("status")
    return HeldAward(
        number,
        **told,
        day=facts.day("day"),
        first=facts.day("from"),
        last=facts.day("to"),
        reason=status.reason if status is not None else "",
        source=status.source if status is not None else "",
        since=status.valid_from if status is not None else None,
        illustration=bool(facts.value("illustration")),
    )
