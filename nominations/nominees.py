"""Who stands for awards at an occasion: candidates with their results, and those proposed without a score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nominations.awards.declarations import Proposing, Subject
from nominations.awards.reading import AwardFile
from nominations.eligibility.facts import NomineeFacts, nominee_facts
from nominations.occasions import AwardOccasion
from nominations.proposals.proposal import Proposal, Proposed, outsiders, proposals
from nominations.results import Ranked, Results
from records.roster.roster import Candidate, Roster, load_roster, order
from records.workspace.folder import Workspace


@dataclass(frozen=True)
class Nominee:
    """Somebody who stands for awards. subject: how the law names it, None when the file does not. group, set_id, pool: "" without a
    criteria group. ranked: its result, None: without a score. manager: id of the body above it. proposed: the rows about it.
    """

    id: str
    name: str
    subject: Subject | None
    group: str = ""
    set_id: str = ""
    pool: str = ""
    person: bool = False
    manager: str = ""
    post: str = ""
    unit: str = ""
    ranked: Ranked | None = None
    proposed: tuple[Proposed, ...] = ()
    facts: NomineeFacts = field(default_factory=lambda: NomineeFacts(""))
    illustration: bool = False

    @property
    def scored(self) -> bool:
        return self.ranked is not None

    @property
    def initiatives(self) -> tuple[str, ...]:
        """The initiatives (sáng kiến) it is proposed with, each once, as they are written."""
        told = [self.facts.initiative, *(row.initiative for row in self.proposed)]
        return tuple(dict.fromkeys(text for text in told if text))


@dataclass(frozen=True)
class Standing:
    """Everything a selection asks about people. handed: proposals by number."""

    roster: Roster
    nominees: Mapping[str, Nominee]
    handed: Mapping[int, Proposal]

    def name(self, ident: str) -> str:
        """The name of a body, its id when nobody knows it."""
        body = self.roster.bodies.get(ident)
        return body.name() if body is not None else ident


def standing_of(workspace: Workspace, file: AwardFile, occasion: AwardOccasion, results: Results) -> Standing:
    """All nominees of an occasion, in natural order of ids, those without a score last."""
    roster = load_roster(workspace)
    handed = {one.number: one for one in proposals(workspace, occasion.id)}
    rows: dict[str, list[Proposed]] = {}
    for proposal in handed.values():
        for row in proposal.rows:
            rows.setdefault(row.nominee, []).append(row)
    facts = nominee_facts(workspace, occasion.id)
    candidates: dict[str, Candidate] = {}
    for group in workspace.movement.groups:
        found, _ = roster.candidates(group.letter, occasion.first, occasion.last)
        candidates |= {one.id: one for one in found}
    nominees: dict[str, Nominee] = {}
    for ident in sorted({*results.ranked, *(one for one in rows if one in roster.bodies)}, key=order):
        nominees[ident] = _of_roster(file, roster, ident, candidates.get(ident), results.ranked.get(ident), rows, facts)
    for ident, one in outsiders(workspace).items():
        if ident in rows:
            subject = file.awards.subject(one.subject)
            person = subject is not None and subject.person
            nominees[ident] = Nominee(
                ident,
                one.name,
                subject,
                person=person,
                manager=one.manager,
                post=one.post,
                unit=one.unit,
                proposed=tuple(rows[ident]),
                facts=facts.get(ident, NomineeFacts(ident)),
            )
    return Standing(roster, nominees, handed)


def _of_roster(
    file: AwardFile,
    roster: Roster,
    ident: str,
    candidate: Candidate | None,
    ranked: Ranked | None,
    rows: Mapping[str, list[Proposed]],
    facts: Mapping[str, NomineeFacts],
) -> Nominee:
    body = roster.bodies.get(ident)
    manager = candidate.manager if candidate is not None else body.value("parent") if body is not None else ""
    above = roster.bodies.get(manager)
    return Nominee(
        ident,
        ranked.name if ranked is not None else body.name() if body is not None else ident,
        file.subject_of(candidate, body.value("sub_type") if body is not None else "")
        if candidate is not None
        else None,
        ranked.group if ranked is not None else candidate.group if candidate is not None else "",
        ranked.set_id if ranked is not None else "",
        ranked.pool if ranked is not None else candidate.pool if candidate is not None else "",
        body is not None and body.person,
        manager,
        body.value("post") if body is not None else "",
        above.name() if above is not None else "",
        ranked,
        tuple(rows.get(ident, ())),
        facts.get(ident, NomineeFacts(ident)),
        body is not None and bool(body.value("illustration")),
    )


def proposing_of(file: AwardFile, nominee: Nominee) -> Proposing | None:
    """Who may put this nominee forward; None when the file says nothing about it."""
    for rule in file.awards.proposing:
        if nominee.group and nominee.group in rule.groups:
            return rule
        if nominee.subject is not None and nominee.subject.id in rule.subjects:
            return rule
    return None
