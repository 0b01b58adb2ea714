"""What one candidate handed in with one file, as it is stored and sealed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

SEALED: tuple[str, ...] = ("at", "by", "period", "candidate", "set_id", "version", "letter_number", "letter_date")
SEALED += ("file_sha256", "file_name", "answers", "reason")  # columns that its hash is over


@dataclass(frozen=True)
class Submission:
    """answers: see records.forms.answers. letter_date: ISO, "" if none. entry: the number of the ledger entry that holds its hash."""

    period: str
    candidate: str
    set_id: str
    version: int
    letter_number: str
    letter_date: str
    file_sha256: str
    file_name: str
    answers: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    number: int = 0
    at: str = ""
    by: str = ""
    entry: int = 0
    salt: str = ""

    def columns(self) -> dict[str, Any]:
        """What is stored of it, answers as canonical JSON."""
        return {
            "at": self.at,
            "by": self.by,
            "period": self.period,
            "candidate": self.candidate,
            "set_id": self.set_id,
            "version": self.version,
            "letter_number": self.letter_number,
            "letter_date": self.letter_date,
            "file_sha256": self.file_sha256,
            "file_name": self.file_name,
            "answers": canonical(self.answers),
            "reason": self.reason,
        }

    def content(self) -> str:
        """What its hash is over."""
        return canonical(self.columns())


def canonical(content: Any) -> str:
    """JSON that is the same for the same content."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
