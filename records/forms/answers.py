"""What one candidate answered: the same whether it came from a single form or from a row of a batch form.

All texts are NFC and stripped. A figure is text as the table reader reads it: a number with a decimal point, có / không, 2026-06-30, a level.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class EvidenceItem:
    """One document. date: ISO or "". file: name inside minh-chung/, "" if none; sha256 of its content. restricted: a reference only.

    kind: id of one of the movement's kinds; "" in what was handed in before forms asked for it."""

    criterion: str
    number: str
    date: str
    issuer: str
    summary: str
    file: str = ""
    sha256: str = ""
    restricted: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Dispute:
    """A unit says that a row of the task register is wrong. finished: ISO or ""."""

    task: str
    finished: str
    document: str
    why: str


@dataclass
class Answers:
    """values: by measure name, judged marks by criterion. claims: criterion → why it does not apply. items: by item table, a row a dict.

    signed: version, number, date, compiled_by, head.
    """

    values: dict[str, str] = field(default_factory=dict)
    judged: dict[str, str] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    evidence: list[EvidenceItem] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    items: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)

    def figure(self, key: str) -> str:
        """What was handed in under a key: measure:NAME, judged:ID, or row:TABLE/NUMBER/COLUMN of an item table; "" if nothing."""
        kind, _, name = key.partition(":")
        if kind == "row":
            table, number, column = name.split("/", 2)
            rows = self.items.get(table, [])
            place = int(number) - 1
            return rows[place].get(column, "") if 0 <= place < len(rows) else ""
        return (self.judged if kind == "judged" else self.values).get(name, "")

    def as_dict(self) -> dict[str, Any]:
        """For canonical JSON."""
        return asdict(self)

    @classmethod
    def of_dict(cls, data: dict[str, Any]) -> Answers:
        return cls(
            dict(data["values"]),
            dict(data["judged"]),
            dict(data["claims"]),
            [EvidenceItem(**item) for item in data["evidence"]],
            [Dispute(**item) for item in data["disputes"]],
            {name: [dict(row) for row in rows] for name, rows in data["items"].items()},
            dict(data["signed"]),
        )
