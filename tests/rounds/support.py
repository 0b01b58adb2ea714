"""A workspace for tests, made in a temporary folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from criteria.movements.reading import CATALOG
from records.ledger.entries import Entry
from records.rounds import open_round
from records.workspace.folder import Workspace, create_workspace, open_workspace

MOVEMENT = CATALOG / "thai-binh-2025-2030"
SECOND = Path(__file__).resolve().parents[1] / "movements" / "hoa-sen-2026"


def new_workspace(root: Path, movement: Path = MOVEMENT, period: str | None = "2026") -> Workspace:
    """An open workspace with one open round."""
    assert create_workspace(root, movement, secret=b"0123456789abcdef") == []
    workspace, problems = open_workspace(root, "người thử")
    assert workspace is not None, problems
    if period:
        round_, found = open_round(
            workspace, period, date(2026, 11, 1), date(2026, 12, 1), "12/SNV-TĐKT", date(2026, 11, 1)
        )
        assert round_ is not None, found
    return workspace


def enter_body(workspace: Workspace, ident: str, **fields: str) -> None:
    """Put a body into the roster without a file; from_ stands for from."""
    entries = [Entry(f"body:{ident}", name.rstrip("_"), value, source="thử") for name, value in fields.items()]
    with workspace.database.writing() as writer:
        writer.append(entries)
