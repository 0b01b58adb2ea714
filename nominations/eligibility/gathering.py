"""What the checks look at, gathered once from the ledger: history, lineage, open complaints, decisions, cases elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nominations.awards.reading import AwardFile
from nominations.eligibility.context import Context, Decided
from nominations.history.held import HeldAward, history
from nominations.nominees import Standing
from nominations.occasions import AwardOccasion
from nominations.steps.progress import Progress, progress
from records.ledger.entries import gather
from records.publication.complaints import held_candidates
from records.roster.roster import order
from records.rounds import load_rounds
from records.workspace.folder import Workspace
from records.years.lineage import Families

PASS, FAIL = "pass", "fail"  # values of check:OCC/AWARD/ID
CHECKED = "check"


def context_of(workspace: Workspace, file: AwardFile, occasion: AwardOccasion, standing: Standing) -> Context:
    """Everything but facts and results, which the nominees themselves hold."""
    awards = tuple(history(workspace))
    return Context(
        workspace.movement.id,
        file,
        occasion,
        standing,
        awards,
        _holders(workspace, standing, occasion.day),
        held_back(workspace, occasion),
        decisions(workspace, occasion.id),
        _elsewhere(workspace, file, occasion, awards),
    )


def held_back(workspace: Workspace, occasion: AwardOccasion) -> dict[str, str]:
    """About whom a complaint is open in a round of the occasion: kiến nghị, phản ánh số 1, 2 kỳ 2026."""
    found: dict[str, list[str]] = {}
    for name in rounds_of(workspace, occasion):
        for candidate, numbers in held_candidates(workspace, name).items():
            told = f"kiến nghị, phản ánh số {', '.join(map(str, numbers))} kỳ {name}"
            found.setdefault(candidate, []).append(told)
    return {ident: "; ".join(found[ident]) for ident in sorted(found, key=order)}


def rounds_of(workspace: Workspace, occasion: AwardOccasion) -> list[str]:
    """The rounds an occasion rests on: its own, else every round that was opened; and the occasion, where it was one."""
    opened = list(load_rounds(workspace))
    names = [*occasion.rounds, occasion.id] if occasion.rounds else opened
    return list(dict.fromkeys(names))


def decisions(workspace: Workspace, occasion: str) -> dict[tuple[str, str, str], Decided]:
    """What people have decided of checks, by award, nominee and check: the last word on each."""
    found = {}
    for subject, facts in gather(workspace.database.entries(f"{CHECKED}:{occasion}/")).items():
        award, _, nominee = subject.partition("/")[2].partition("/")
        for check in facts.fields:
            entry = facts.history(check)[-1]
            if entry.value in (PASS, FAIL):
                day = entry.valid_from or date.fromisoformat(entry.at[:10])
                by = entry.author or entry.by
                found[award, nominee, check] = Decided(entry.value == PASS, entry.source, by, entry.reason, day)
    return found


def _holders(workspace: Workspace, standing: Standing, day: date) -> dict[str, tuple[str, ...]]:
    """Ids whose awards count for each nominee; the families of the roster are worked out once."""
    rule = workspace.movement.inheritance
    if rule is None or rule.awards == "none":
        return {ident: (ident,) for ident in standing.nominees}
    families = Families(standing.roster)
    return {ident: (ident, *(one.id for one in families.lineage(ident, day))) for ident in standing.nominees}


def _elsewhere(
    workspace: Workspace, file: AwardFile, occasion: AwardOccasion, awards: tuple[HeldAward, ...]
) -> dict[str, tuple[str, ...]]:
    """Cases of other occasions that have begun and have no end yet. What was submitted stands in the history, and is left to it."""
    settled = {(one.occasion, one.award, one.holder) for one in awards}
    names = {entry.subject.partition(":")[2].partition("/")[0] for entry in workspace.database.entries("case")}
    found: dict[str, list[str]] = {}
    for name in sorted(names - {occasion.id}):
        for (award, nominee), known in sorted(progress(workspace, name).items()):
            if (name, award, nominee) not in settled and _open(file, award, known):
                declared = file.awards.award(award)
                words = declared.name if declared is not None else award
                found.setdefault(nominee, []).append(f"{words}, dịp {name}")
    return _frozen(found)


def _open(file: AwardFile, award: str, known: Progress) -> bool:
    """Whether a case has begun and no step has refused it. What the last step passes stays open until the award is recorded."""
    declared = file.awards.award(award)
    steps = file.awards.steps_of(declared) if declared is not None else []
    begun = bool(known.submitted) or any(one.passed for one in known.done.values())
    return begun and known.stopped(steps) is None


def _frozen(found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {ident: tuple(found[ident]) for ident in sorted(found, key=order)}
