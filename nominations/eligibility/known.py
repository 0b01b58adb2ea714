"""What the ledger says of facts, decisions and legal facts, as the eligibility workbook shows it: now, or as it was issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from nominations.eligibility.columns import CONCLUSIONS, FactColumn
from nominations.eligibility.gathering import CHECKED
from records.ledger.entries import Entry, Facts, gather
from records.workspace.folder import Workspace

_WORDS = {value: word for word, value in CONCLUSIONS.items()}


@dataclass(frozen=True)
class KnownDecision:
    """word: as it is chosen in the workbook, "" none."""

    word: str = ""
    reason: str = ""
    document: str = ""


@dataclass(frozen=True)
class Known:
    """Entries by subject, as they stood at some entry of the ledger."""

    occasion: str
    subjects: Mapping[str, Facts] = field(default_factory=dict)

    def last(self, subject: str, name: str) -> Entry | None:
        """The last word on a field."""
        facts = self.subjects.get(subject)
        told = facts.history(name) if facts is not None else []
        return told[-1] if told else None

    def fact(self, nominee: str, column: FactColumn) -> str | int | date | None:
        """What stands in an input cell of the facts."""
        entry = self.last(fact_subject(self.occasion, nominee), column.field)
        if entry is None or not entry.value:
            return None
        if column.part == "document":
            return entry.source
        if column.part == "day":
            return entry.valid_from
        if column.kind == "day":
            return date.fromisoformat(entry.value)
        return int(entry.value) if column.kind == "number" else entry.value

    def decision(self, award: str, nominee: str, check: str) -> KnownDecision:
        entry = self.last(check_subject(self.occasion, award, nominee), check)
        if entry is None or entry.value not in _WORDS:
            return KnownDecision()
        return KnownDecision(_WORDS[entry.value], entry.reason, entry.source)


def known_at(workspace: Workspace, occasion: str, entry: int | None = None) -> Known:
    """What is known now, or was at an entry."""
    kinds = (f"nominee:{occasion}/", f"{CHECKED}:{occasion}/", "basis")
    return Known(occasion, gather(workspace.database.entries(*kinds, until=entry)))


def fact_subject(occasion: str, nominee: str) -> str:
    return f"nominee:{occasion}/{nominee}"


def check_subject(occasion: str, award: str, nominee: str) -> str:
    return f"{CHECKED}:{occasion}/{award}/{nominee}"


def law_subject(fact: str) -> str:
    return f"basis:{fact}"
