"""What a case of an occasion says of the award it leads to: form, days of the achievement, rounds, achievement, initiative."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nominations.awards.declarations import Award
from nominations.awards.reading import AwardFile
from nominations.eligibility.context import Context
from nominations.eligibility.duplicates import counts_from
from nominations.eligibility.facts import NomineeFacts, nominee_facts
from nominations.history.held import HeldAward
from nominations.history.holders import Holders
from nominations.nominees import Nominee, Standing
from nominations.occasions import AwardOccasion
from nominations.proposals.proposal import proposals
from records.rounds import read_window
from records.workspace.folder import Workspace
from records.years.lineage import award_holders


def case_values(
    workspace: Workspace,
    file: AwardFile,
    occasion: AwardOccasion,
    award: Award,
    nominee: str,
    known: Sequence[HeldAward],
    holders: Holders,
) -> dict[str, str]:
    """Fields of held:N but decision, day and status. from, to: the days of the achievement that counted; rounds: those within."""
    facts = nominee_facts(workspace, occasion.id).get(nominee, NomineeFacts(nominee))
    rows = [row for one in proposals(workspace, occasion.id) for row in one.rows if row.nominee == nominee]
    rows.sort(key=lambda row: row.award != award.id)  # what was written for this award comes first
    first = _first_day(workspace, file, occasion, award, nominee, known, holders, facts)
    movement = workspace.movement
    achievement = next((text for row in rows for text in (row.achievement, row.merit) if text), "")
    own = f"Thành tích trong Phong trào thi đua “{movement.name}”, {occasion.words}"
    decides = file.awards.authority(award.authority)
    return {
        "holder": nominee,
        "award": award.id,
        "award_name": award.name,
        "category": award.category,
        "level": award.level,
        "authority": decides.name if decides is not None else award.authority,
        "movement": movement.id,
        "occasion": occasion.id,
        "from": first.isoformat(),
        "to": occasion.last.isoformat(),
        "rounds": ", ".join(_rounds(workspace, occasion, first)),
        "achievement": achievement or own,
        "initiative": facts.initiative or next((row.initiative for row in rows if row.initiative), ""),
    }


def _first_day(
    workspace: Workspace,
    file: AwardFile,
    occasion: AwardOccasion,
    award: Award,
    nominee: str,
    known: Sequence[HeldAward],
    holders: Holders,
    facts: NomineeFacts,
) -> date:
    """The day from which the achievement counted: the occasion's, or after an earlier award or a discipline."""
    roster, movement = holders.roster, workspace.movement
    whose = tuple(award_holders(roster, movement.inheritance, nominee, occasion.day))
    context = Context(movement.id, file, occasion, Standing(roster, {}, {}), tuple(known), {nominee: whose})
    since, _ = counts_from(context, Nominee(nominee, nominee, None, facts=facts), award)
    return max(since or occasion.first, occasion.first)


def _rounds(workspace: Workspace, occasion: AwardOccasion, first: date) -> list[str]:
    """Rounds of the occasion that counted: all, or those that begin after what cut the achievement off."""
    if first == occasion.first:
        return list(occasion.rounds)
    found = []
    for name in occasion.rounds:
        window = read_window(workspace.movement, name)
        if window is not None and window.first >= first:
            found.append(name)
    return found
