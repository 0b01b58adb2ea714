"""Everything a proposal is held against, as it stands at one entry of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from nominations.awards.reading import AwardFile
from nominations.eligibility.facts import NomineeFacts
from nominations.history.held import HeldAward, history
from nominations.nominees import Nominee
from nominations.occasions import AwardOccasion
from nominations.proposals.proposal import Outsider, Proposal, outsiders, proposals
from nominations.proposals.proposers import Proposers
from nominations.steps.progress import Progress, progress
from records.ledger.entries import Entry, Facts, gather
from records.roster.roster import Roster, load_roster, order
from records.workspace.folder import Workspace


@dataclass(frozen=True)
class Bench:
    """candidates: nominees of the roster without their results, by id. at: the last entry when it was read. handed: what counts of the
    occasion. stated: what is entered about nominees (nominee:OCC/ID). taken: the entry `file` of every proposal, replaced ones too.
    roster_at: the last entry of the roster."""

    workspace: Workspace
    file: AwardFile
    occasion: AwardOccasion
    roster: Roster
    candidates: Mapping[str, Nominee]
    at: int
    handed: Mapping[int, Proposal]
    taken: Mapping[int, Entry]
    outsiders: Mapping[str, Outsider]
    stated: Mapping[str, Facts]
    held: tuple[HeldAward, ...]
    progress: Mapping[tuple[str, str], Progress]
    roster_at: int = 0

    @cached_property
    def listed(self) -> Mapping[str, list[Nominee]]:
        """Whom a form of each body lists: who exists on the occasion's day, or of whom nobody has said otherwise."""
        found: dict[str, list[Nominee]] = {}
        day, proposers = self.occasion.day, self.proposers
        for one in self.candidates.values():
            if self.roster.bodies[one.id].exists(day, day) is not False:
                for ident in proposers.listed_for(one):
                    found.setdefault(ident, []).append(one)
        return found

    @property
    def proposers(self) -> Proposers:
        return Proposers(self.file, self.occasion, self.roster)

    def standing(self, proposer: str) -> Proposal | None:
        """What counts now of a proposer."""
        return next((one for one in reversed(list(self.handed.values())) if one.proposer == proposer), None)

    def outsider(self, one: Outsider) -> Nominee:
        """Somebody without a criteria group as a nominee."""
        subject = self.file.awards.subject(one.subject)
        person = subject is not None and subject.person
        told = NomineeFacts(one.id)
        return Nominee(
            one.id, one.name, subject, person=person, manager=one.manager, post=one.post, unit=one.unit, facts=told
        )


def load_bench(workspace: Workspace, file: AwardFile, occasion: AwardOccasion, before: Bench | None = None) -> Bench:
    """Read it; who has written meanwhile shows at the end, when `at` is no longer the last entry. before: read earlier, of the same
    occasion; its roster is taken over while nothing of the roster has changed."""
    database = workspace.database
    at = database.last_entry()
    roster_at = max((entry.number for entry in database.entries("body")), default=0)
    if before is not None and before.roster_at == roster_at:
        roster, candidates = before.roster, before.candidates
    else:
        roster = load_roster(workspace)
        candidates = candidates_of(workspace, file, occasion, roster)
    prefix = f"proposal:{occasion.id}/"
    taken = {}
    for subject, facts in gather(database.entries(prefix)).items():
        entry = facts.entry("file")
        if entry is not None:
            taken[int(subject.removeprefix(prefix))] = entry
    facts_of = f"nominee:{occasion.id}/"
    stated = {subject.removeprefix(facts_of): facts for subject, facts in gather(database.entries(facts_of)).items()}
    return Bench(
        workspace,
        file,
        occasion,
        roster,
        candidates,
        at,
        {one.number: one for one in proposals(workspace, occasion.id)},
        dict(sorted(taken.items())),
        outsiders(workspace),
        stated,
        tuple(history(workspace)),
        progress(workspace, occasion.id),
        roster_at,
    )


def candidates_of(workspace: Workspace, file: AwardFile, occasion: AwardOccasion, roster: Roster) -> dict[str, Nominee]:
    """Everybody of the criteria groups between the occasion's days, in natural order of ids."""
    found: dict[str, Nominee] = {}
    for group in workspace.movement.groups:
        candidates, _ = roster.candidates(group.letter, occasion.first, occasion.last)
        for one in candidates:
            body, above = roster.bodies[one.id], roster.bodies.get(one.manager)
            found[one.id] = Nominee(
                one.id,
                one.name,
                file.subject_of(one, body.value("sub_type")),
                one.group,
                pool=one.pool,
                person=body.person,
                manager=one.manager,
                post=body.value("post"),
                unit=above.name(occasion.day) if above is not None else "",
                illustration=bool(body.value("illustration")),
            )
    return dict(sorted(found.items(), key=lambda item: order(item[0])))
