"""Evidence that may be published: of unrestricted documents number, day, issuer and summary; never a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from records.evidence.register import Item


@dataclass(frozen=True)
class PublicItem:
    """One document as anybody may read it."""

    period: str
    candidate: str
    criterion: str
    kind: str
    number: str
    date: dt.date | None
    issuer: str
    summary: str


def public_items(items: Iterable[Item]) -> list[PublicItem]:
    """Without restricted documents, and without names and hashes of files."""
    return [
        PublicItem(
            item.period,
            item.candidate,
            item.criterion,
            item.kind,
            item.number,
            item.date,
            item.issuer,
            item.summary,
        )
        for item in items
        if not item.restricted
    ]
