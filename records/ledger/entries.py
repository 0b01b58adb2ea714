"""Entries: what was entered, by whom, when, from which document. Only appended; what holds on a day is worked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing entered. number, at, by, hash are given when it is stored.

    subject: "body:B001". valid_from, valid_to: the days between which the value holds, None without limit.
    source: the document it rests on. place: file, sheet and cell it was read from. stage: of a score; author, role: whose act
    it is, and in which role (docs/life.md). old: what stood there before; when empty, the store looks it up. evidence: hash or
    number of what proves it. personal: the value stands outside the chain, which holds a salted commitment to it.
    """

    subject: str
    field: str
    value: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    place: str = ""
    reason: str = ""
    number: int = 0
    at: str = ""
    by: str = ""
    author: str = ""
    role: str = ""
    stage: str = ""
    old: str = ""
    evidence: str = ""
    personal: bool = False
    hash: str = ""


def day_of(entry: Entry) -> date:
    """The day on which something happened: as it was told, else on which it was entered."""
    return entry.valid_from or date.fromisoformat(entry.at[:10])


@dataclass
class Facts:
    """All entries of one subject, by field, in the order in which they were entered."""

    subject: str
    fields: dict[str, list[Entry]] = field(default_factory=dict)

    def entry(self, name: str, day: date | None = None) -> Entry | None:
        """The entry that holds on a day; without a day the latest one."""
        best: Entry | None = None
        for entry in self.fields.get(name, ()):
            if day is not None and entry.valid_from is not None and entry.valid_from > day:
                continue
            if best is None or (entry.valid_from or date.min) >= (best.valid_from or date.min):
                best = entry
        if best is not None and day is not None and best.valid_to is not None and best.valid_to < day:
            return None
        return best

    def value(self, name: str, day: date | None = None) -> str:
        """The value that holds on a day, "" when it is not known."""
        entry = self.entry(name, day)
        return entry.value if entry is not None else ""

    def day(self, name: str) -> date | None:
        """A field that holds a day."""
        text = self.value(name)
        return date.fromisoformat(text) if text else None

    def history(self, name: str) -> list[Entry]:
        """Every entry of a field, oldest first."""
        return list(self.fields.get(name, ()))


def gather(entries: Iterable[Entry]) -> dict[str, Facts]:
    """Entries by subject."""
    found: dict[str, Facts] = {}
    for entry in entries:
        facts = found.setdefault(entry.subject, Facts(entry.subject))
        facts.fields.setdefault(entry.field, []).append(entry)
    return found


def changed(facts: Facts | None, entry: Entry) -> bool:
    """Whether an entry says anything that is not said already: importing the same file twice appends nothing."""
    if facts is None:
        return bool(entry.value)
    same = [known for known in facts.fields.get(entry.field, ()) if known.valid_from == entry.valid_from]
    if not same:
        return bool(entry.value) or bool(facts.value(entry.field, entry.valid_from))
    last = same[-1]
    return (last.value, last.valid_to, last.source) != (entry.value, entry.valid_to, entry.source)
