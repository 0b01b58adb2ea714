"""The archive that numbers come from, as prints name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SHORT_HASH = 12  # hex digits


@dataclass(frozen=True)
class Receipt:
    """An archive of a publication. archive: its file name. sha256: its hash, which the ledger holds too."""

    period: str
    group: str
    version: int
    published: date
    archive: str
    sha256: str
    decision: str = ""
    software: str = ""

    @property
    def short(self) -> str:
        return self.sha256[:SHORT_HASH]
