"""Revoking an award (hủy bỏ, Luật 06/2022/QH15 Điều 93): it stays in the history, marked; what came after is looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from criteria.problems import Problem, errors, of_file
from nominations.awards.declarations import Awards
from nominations.awards.reading import AWARDS, AwardFile, load_awards
from nominations.history.comparing import decision_number
from nominations.history.held import STATUS, HeldAward, history
from nominations.history.recording import CODE
from nominations.history.wanted import rests_on
from records.forms.collecting.cells import clean
from records.ledger.entries import Entry, gather
from records.life.rights import STEWARD
from records.roster.roster import Roster, load_roster, order
from records.workspace.folder import Workspace
from records.years.lineage import Families

RULE = "revoked"  # key of the award file's rules: by which clauses


@dataclass(frozen=True)
class Again:
    """Something that has to be looked at again. number: of a held award, 0 of a case. rested: its route may have wanted the award."""

    holder: str
    award: str
    occasion: str
    words: str
    number: int = 0
    rested: bool = False


@dataclass(frozen=True)
class Revoked:
    """The award as it stands now, and what has to be looked at again: later awards first. citations: of the award file's rule."""

    held: HeldAward
    again: tuple[Again, ...]
    citations: tuple[str, ...] = ()


def revoke(
    workspace: Workspace,
    number: int,
    reason: str,
    document: str,
    day: date,
    today: date,
    file: AwardFile | None = None,
) -> tuple[Revoked | None, list[Problem]]:
    """Mark an award as revoked by a decision; it does not count from now on, wherever eligibility is worked out. Raises OSError."""
    problems: list[Problem] = []
    if file is None and (workspace.movement_folder / AWARDS).is_file():
        file, problems = load_awards(workspace)
    reason, document = clean(reason), clean(document)
    problems = [*problems, *_missing(reason, document, day, today)]
    with workspace.database.writing() as writer:
        one = next((held for held in history(workspace) if held.number == number), None)
        problems += _refused(one, number, day)
        if one is None or errors(problems):
            return None, problems
        told = Entry(f"held:{number}", "status", "revoked", day, source=document, reason=reason, role=STEWARD)
        writer.append([told])
    known = history(workspace)
    now = next(held for held in known if held.number == number)
    awards = file.awards if file is not None else None
    citations = file.citations(file.awards.rules.get(RULE, [])) if file is not None else ()
    return Revoked(now, tuple(look_again(workspace, awards, now, known)), citations), problems


def _missing(reason: str, document: str, day: date, today: date) -> list[Problem]:
    found = []
    if not reason:
        found.append(of_file("--reason", "reason", "Chưa nêu lý do hủy bỏ.", "Ghi lý do như ở quyết định."))
    if not decision_number(document):
        found.append(of_file("--document", CODE, "Chưa nêu quyết định hủy bỏ.", "Ghi số, ký hiệu quyết định."))
    if day > today:
        found.append(of_file("--on", "date", f"Ngày {day:%d/%m/%Y} chưa đến.", "Ghi ngày ký quyết định."))
    return found


def _refused(one: HeldAward | None, number: int, day: date) -> list[Problem]:
    if one is None:
        return [of_file(str(number), CODE, f"Không có khen thưởng số {number}.", "Xem số: thidua award list.")]
    if not one.counts:
        message = f"Khen thưởng số {number} {STATUS[one.status]}, không hủy bỏ được."
        return [of_file(str(number), CODE, message, "Chỉ hủy bỏ khen thưởng đã tặng.")]
    if one.day is not None and day < one.day:
        message = f"Ngày {day:%d/%m/%Y} trước quyết định tặng ngày {one.day:%d/%m/%Y}."
        return [of_file("--on", "date", message, "Ghi ngày ký quyết định hủy bỏ.")]
    return []


def look_again(
    workspace: Workspace, awards: Awards | None, revoked: HeldAward, known: Iterable[HeldAward]
) -> Iterator[Again]:
    """Later awards of the holder and of bodies to which it counts, then what is on its way for them."""
    everything = list(known)
    if not revoked.holder:
        return
    cases = _cases(workspace)
    ids = {one.holder for one in everything} | {nominee for _, _, nominee in cases}
    wanted = _heirs(workspace, load_roster(workspace), revoked.holder, ids)
    settled = {(one.occasion, one.award, one.holder) for one in everything if one.status != "returned"}
    for one in sorted(everything, key=lambda held: (held.day or date.max, held.number)):
        if one.number == revoked.number or one.holder not in wanted or not (one.counts or one.pending):
            continue
        if one.counts and revoked.day is not None and one.day is not None and one.day < revoked.day:
            continue
        rested = awards is not None and rests_on(awards, one, revoked)
        yield Again(one.holder, one.award, one.occasion, f"{one.words}, {STATUS[one.status]}", one.number, rested)
    for occasion, ident, nominee in cases:
        if nominee not in wanted or (occasion, ident, nominee) in settled:
            continue
        award = awards.award(ident) if awards is not None else None
        name = award.name if award is not None else ident or "chưa rõ hình thức"
        rested = award is not None and any(held.award == revoked.award for r in award.routes for held in r.held)
        yield Again(nominee, ident, occasion, f"{name}, đang đề nghị ở {occasion}", 0, rested)


def _cases(workspace: Workspace) -> list[tuple[str, str, str]]:
    """Occasion, award and nominee of everything that is on its way: proposed by somebody, or past a step."""
    found = set()
    for subject, facts in gather(workspace.database.entries("case")).items():
        occasion, award, nominee = subject.partition(":")[2].split("/", 2)
        if any(facts.value(name) for name in facts.fields):
            found.add((occasion, award, nominee))
    handed = gather(workspace.database.entries("proposal"))
    for subject, facts in gather(workspace.database.entries("proposed")).items():
        occasion, number, _ = subject.partition(":")[2].split("/", 2)
        proposal = handed.get(f"proposal:{occasion}/{number}")
        if facts.value("nominee") and (proposal is None or not proposal.value("replaced")):
            found.add((occasion, facts.value("award"), facts.value("nominee")))
    return sorted(found, key=lambda one: (one[0], one[1], order(one[2])))


def _heirs(workspace: Workspace, roster: Roster, holder: str, ids: Iterable[str]) -> set[str]:
    """The holder, and of these ids the bodies to which its awards count."""
    rule = workspace.movement.inheritance
    found = {holder}
    if rule is not None and rule.awards != "none":
        families = Families(roster)
        found |= {one for one in ids if any(before.id == holder for before in families.lineage(one, date.max))}
    return found
