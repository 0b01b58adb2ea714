"""Kinds of evidence (loại minh chứng): what people choose from, and what a criterion asks for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from criteria.criteria_set import CriteriaSet
from criteria.declarations.common import Evidence
from criteria.declarations.movement import Movement


@dataclass(frozen=True)
class EvidenceKinds:
    """names: what people read, by id, in the order of the movement file."""

    names: Mapping[str, str]

    def find(self, text: str) -> str | None:
        """The id of the kind with this name or id; None when there is none."""
        wanted = _spelled(text)
        named = (ident for ident, name in self.names.items() if wanted in (_spelled(name), _spelled(ident)))
        return next(named, None)

    def name(self, ident: str) -> str:
        """The name people read; the id itself when the movement does not know it (any more)."""
        return self.names.get(ident, ident)

    def list_of(self, idents: Iterable[str]) -> str:
        """“Tờ trình” hoặc “Quyết định”."""
        return " hoặc ".join(f"“{self.name(ident)}”" for ident in dict.fromkeys(idents))


def evidence_kinds(movement: Movement, sets: Iterable[CriteriaSet] = ()) -> EvidenceKinds:
    """Those the movement declares; where it declares none, the words the criteria sets use."""
    if movement.evidence_kinds:
        return EvidenceKinds({kind.id: " ".join(kind.name.split()) for kind in movement.evidence_kinds})
    used = [item.kind for criteria in sets for carried in criteria.carried.values() for item in carried.evidence]
    return EvidenceKinds({kind: kind for kind in used})


def asked_of(criteria: CriteriaSet, criterion: str) -> tuple[Evidence, ...]:
    """The evidence a criterion asks for, its own or inherited."""
    carried = criteria.carried.get(criterion)
    return carried.evidence if carried is not None else ()


def only_kind(criteria: CriteriaSet, criterion: str) -> str:
    """The kind a criterion asks for when there is exactly one, else ""."""
    kinds = {item.kind for item in asked_of(criteria, criterion)}
    return kinds.pop() if len(kinds) == 1 else ""


def _spelled(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
