"""What is known of a nominee beside its score, as people have stated it: discipline, complaints, women, confirmations, opinions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from nominations.awards.principles import TAKEN
from records.ledger.entries import Facts, gather
from records.workspace.folder import Workspace

YES, NO = "có", "không"
CONFIRM = "confirm:"
GOOD, BAD = "đạt", "vi phạm"


@dataclass(frozen=True)
class Confirmation:
    """What a body has confirmed. finding: GOOD or BAD. document, day: số, ngày of its paper."""

    id: str
    finding: str
    document: str
    day: date | None = None


@dataclass(frozen=True)
class NomineeFacts:
    """Facts of one nominee at one occasion. "" and None: nobody has said. sources: the document of a field, for data shown beside
    findings. blocks: every other field → có, không; the award file says which of them stop a nominee (Block)."""

    nominee: str
    gender: str = ""
    people: int | None = None
    women: int | None = None
    blocks: Mapping[str, str] = field(default_factory=dict)
    discipline_until: date | None = None
    maternity: str = ""
    managed: str = ""
    opinion: str = ""
    initiative: str = ""
    certificate: str = ""
    confirmations: Mapping[str, Confirmation] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def women_at_least(self, percent: Fraction) -> bool | None:
        """Whether at least so many of a hundred are women, in whole people; None when it is not known."""
        if self.people is None or self.women is None or self.people <= 0:
            return None
        return 100 * self.women >= percent * self.people


def nominee_facts(workspace: Workspace, occasion: str) -> dict[str, NomineeFacts]:
    """Everything stated at an occasion, by nominee."""
    found = {}
    for subject, facts in gather(workspace.database.entries(f"nominee:{occasion}/")).items():
        ident = subject.partition("/")[2]
        found[ident] = _read(ident, facts)
    return found


def _read(ident: str, facts: Facts) -> NomineeFacts:
    # the last word on each: a confirmation entered with a wrong day is put right by one with an earlier day
    entries = {name: facts.history(name)[-1] for name in facts.fields}
    confirmations = {
        name.removeprefix(CONFIRM): Confirmation(
            name.removeprefix(CONFIRM), entry.value, entry.source, entry.valid_from
        )
        for name, entry in sorted(entries.items())
        if name.startswith(CONFIRM) and entry.value
    }
    people, women = facts.value("people"), facts.value("women")
    return NomineeFacts(
        ident,
        facts.value("gender"),
        int(people) if people else None,
        int(women) if women else None,
        {name: facts.value(name) for name in sorted(facts.fields) if _is_block(name) and facts.value(name)},
        facts.day("discipline_until"),
        facts.value("maternity"),
        facts.value("managed"),
        facts.value("opinion"),
        facts.value("initiative"),
        facts.value("certificate"),
        confirmations,
        {name: entry.source for name, entry in sorted(entries.items()) if entry.source},
    )


def _is_block(name: str) -> bool:
    return name not in TAKEN and not name.startswith(CONFIRM)
