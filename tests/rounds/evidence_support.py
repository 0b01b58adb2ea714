"""Evidence handed in without a form, for tests of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from records.forms.answers import EvidenceItem
from records.workspace.folder import Workspace
from tests.rounds.life_support import hand_in as submit
from tests.rounds.support import enter_body

SET_A = "tb-a-so-nganh"
SHA = "ab" * 32


def document(criterion: str, number: str = "1/QĐ", **told: str | bool) -> EvidenceItem:
    """A document without faults of its own, except that it comes without a file."""
    said = {"date": "2026-03-02", "issuer": "Sở Y tế", "summary": "Về việc thử", "kind": "van-ban", **told}
    return EvidenceItem(criterion, number, **said)  # type: ignore[arg-type]


def hand_in(
    workspace: Workspace,
    candidate: str,
    evidence: Sequence[EvidenceItem],
    values: Mapping[str, str] | None = None,
    claims: Mapping[str, str] | None = None,
    *,
    period: str = "2026",
    letter_date: str = "2026-11-20",
    version: int = 1,
) -> None:
    told = {"claims": dict(claims or {}), "evidence": list(evidence)}
    submit(workspace, candidate, SET_A, values or {}, version, period=period, letter_date=letter_date, **told)


def enter_units(workspace: Workspace, *idents: str) -> None:
    for ident in idents:
        enter_body(workspace, ident, name=f"Sở {ident}", kind="cơ quan nhà nước", group="a")


def day(text: str) -> date:
    return date.fromisoformat(text)
