"""Marks that assessors have given, as rows of the panel's item table."""

from __future__ import annotations

from collections.abc import Collection

from records.ledger.entries import gather
from records.workspace.folder import Workspace

ABSTAIN = "abstain"


def marks(
    workspace: Workspace, period: str, table: str, candidates: Collection[str]
) -> list[tuple[str, str, dict[str, str]]]:
    """Candidate, assessor, mark by criterion: what was given last. An abstention is no mark and no zero."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for subject, facts in gather(workspace.database.entries(f"mark:{period}/")).items():
        candidate = subject.partition("/")[2]
        if candidate not in candidates:
            continue
        for name in facts.fields:
            where, _, rest = name.partition("/")
            criterion, _, assessor = rest.partition("/")
            value = facts.value(name)
            if where == table and value and value != ABSTAIN:
                found.setdefault((candidate, assessor), {})[criterion] = value
    return [(candidate, assessor, given) for (candidate, assessor), given in sorted(found.items())]
