"""What has been published of a round, group by group: worked out from the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from records.ledger.entries import gather
from records.workspace.folder import Workspace

DRAFT, OFFICIAL = "du-kien", "chinh-thuc"
STAGES = {DRAFT: "dự kiến", OFFICIAL: "chính thức"}


@dataclass(frozen=True)
class Publication:
    """One publication. entry: its number in the ledger; everything before it is what was published. archive: SHA-256 of the
    internal archive. decision: number and date of the document. reason: of a correction (version above 1)."""

    period: str
    group: str
    stage: str
    version: int
    day: date
    entry: int
    archive: str
    decision: str = ""
    reason: str = ""
    comments_until: date | None = None


def publications(workspace: Workspace, period: str) -> dict[str, list[Publication]]:
    """Every publication of a round, by group, oldest first."""
    found: dict[str, list[Publication]] = {}
    for subject, facts in gather(workspace.database.entries(f"publication:{period}/")).items():
        group = subject.partition("/")[2]
        entries = sorted((e for stage in STAGES for e in facts.history(stage)), key=lambda entry: entry.number)
        found[group] = [
            Publication(
                period,
                group,
                entry.field,
                int(entry.value),
                entry.valid_from or date.fromisoformat(entry.at[:10]),
                entry.number,
                entry.evidence,
                entry.source,
                entry.reason,
                entry.valid_to,
            )
            for entry in entries
        ]
    return found


def frozen_groups(workspace: Workspace, period: str) -> dict[str, int]:
    """Groups whose result is official, each with the entry of the first official publication: what was known then counts."""
    return {
        group: next(one.entry for one in found if one.stage == OFFICIAL)
        for group, found in publications(workspace, period).items()
        if any(one.stage == OFFICIAL for one in found)
    }
