"""Where the reasons of a group's points come from: its official archive (frozen.py), or the ledger as it stands (live.py)."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from criteria.declarations.movement import Movement
from records.evidence.kinds import EvidenceKinds
from records.forms.answers import EvidenceItem
from records.forms.layout import Layout
from records.indices import known_for
from records.life.criteria import Reviewed, reviewed
from records.life.standing import Standing
from records.workspace.folder import Workspace
from reports.reasons.row import Line
from scoring.result import Result


@dataclass(frozen=True)
class SourceSet:
    """A criteria set of a group, scored. reviewed: what was verified. known: by measure, where figures from outside come from, by candidate."""

    result: Result
    stamps: tuple[str, ...]
    reviewed: Mapping[str, Reviewed]
    known: Mapping[str, Mapping[str, str]]


def source_set(ledger: Workspace, movement: Movement, period: str, result: Result, stamps: Sequence[str]) -> SourceSet:
    """ledger: up to what counts of figures from outside."""
    layout = Layout(result.set, tuple(movement.registers))
    known: dict[str, dict[str, str]] = {}
    for ident, own in known_for(ledger, layout, result.ids, period).items():
        for measure, entry in own.items():
            known.setdefault(measure, {})[ident] = sys.intern(entry.source)
    return SourceSet(result, tuple(stamps), reviewed(layout), known)


@dataclass(frozen=True)
class Told:
    """What the ledger says of one candidate. evidence: documents of the form; explained: those that came with an explanation."""

    standings: Mapping[str, Standing]
    evidence: tuple[EvidenceItem, ...]
    explained: tuple[EvidenceItem, ...]


class Source(Protocol):
    """A group whose points have reasons."""

    @property
    def kinds(self) -> EvidenceKinds:
        """Kinds of evidence by the names people read."""

    def told(self, candidate: str) -> Told:
        """What people did about one candidate."""

    def body_name(self, ident: str) -> str:
        """Who manages or verifies, as the movement calls it, else as the roster does."""

    def about(self, candidate: str, name: str) -> tuple[Line, ...]:
        """Who a candidate is; of a person name, post and unit, nothing else that is personal. name: as it is printed."""
