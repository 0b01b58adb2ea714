"""Awards of a period: proposed at its occasions, case by case state, and what was given, refused, given by units themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from criteria.problems import Problem, errors
from nominations.awards.reading import AWARDS, AwardFile, load_awards
from nominations.case import Nominated
from nominations.history.held import HeldAward, history
from nominations.nominating import nominate
from nominations.proposals.proposal import outsiders
from nominations.selection.choosing import State
from records.roster.roster import Roster, load_roster
from records.workspace.folder import Workspace
from scoring.result import ILLUSTRATION

OWN_LEVEL = "co-so"  # of awards that a unit gives by itself
NO_GROUP = ""  # letter of who stands without a score


@dataclass(frozen=True)
class AwardCount:
    """One form of award and one group. states: of the cases of the occasions, by the words of State. given …: decisions of the ledger."""

    award: str
    name: str
    letter: str
    states: Mapping[str, int] = field(default_factory=dict)
    submitted: int = 0
    granted: int = 0
    refused: int = 0


@dataclass(frozen=True)
class Named:
    """Who was proposed or awarded: of persons, too, these may be named. state: đề nghị, đã trình, đã tặng, không tặng."""

    award: str
    id: str
    name: str
    person: bool
    unit: str
    letter: str
    state: str
    decision: str


@dataclass(frozen=True)
class Awards:
    """occasions: names of those whose cases are counted. counts: by award as the file lists them, then group. own: awards that units
    gave by themselves, by form. problem: why cases could not be counted, "" when they could. stamps: of the results behind them."""

    occasions: tuple[str, ...] = ()
    counts: tuple[AwardCount, ...] = ()
    own: tuple[tuple[str, int], ...] = ()
    named: tuple[Named, ...] = ()
    problem: str = ""
    stamps: tuple[str, ...] = ()
    waiting: int = 0
    receipts: Mapping[str, str] = field(default_factory=dict)


def awards_of(
    workspace: Workspace, occasions: Sequence[str], first: date, last: date, *, whole: bool
) -> tuple[Awards, list[Problem]]:
    """Cases of the occasions, and every award of the ledger that is of one of them or, of this movement, was decided between two days.

    whole: an occasion's own report: only what belongs to it, whenever it was decided, and own awards of units within its days.
    """
    file, wrong = load_awards(workspace) if (workspace.movement_folder / AWARDS).is_file() else (None, [])
    problems = errors(wrong)
    nominated: list[Nominated] = []
    for name in occasions if file is not None else ():
        made, wrong = nominate(workspace, name, None)
        problems += errors(wrong)
        nominated += [made] if made is not None else []
    if problems:
        return Awards(), problems
    held = [one for one in history(workspace) if _ours(workspace, one, occasions, first, last, whole)]
    roster = load_roster(workspace)
    people = _People(workspace, roster, nominated)
    own = Counter(one.award_name for one in held if _own(one) and one.counts)
    marked = any(one.illustration for one in held) or any(people.illustration(one.holder) for one in held)
    stamps = [stamp for one in nominated for stamp in one.stamps] + ([ILLUSTRATION] if marked else [])
    return Awards(
        tuple(" ".join(one.occasion.name.split()) for one in nominated),
        tuple(_counts(file, nominated, held, people)),
        tuple(sorted(own.items())),
        tuple(_named(nominated, held, people)),
        "" if file is not None else "Phong trào chưa có tệp khen thưởng.",
        tuple(dict.fromkeys(stamps)),
        sum(case.state is State.WAITS for one in nominated for case in one.cases),
        {name: text for one in nominated for name, text in one.results.receipts.items()},
    ), []


def _own(one: HeldAward) -> bool:
    """Given by a unit outside the occasions of the movement."""
    return one.level == OWN_LEVEL and not one.occasion


def _ours(workspace: Workspace, one: HeldAward, occasions: Sequence[str], first: date, last: date, whole: bool) -> bool:
    if one.movement != workspace.movement.id or one.status in ("revoked", "returned"):
        return False
    if one.occasion in occasions and one.occasion:
        return whole or one.day is None or first <= one.day <= last
    if whole and one.occasion:
        return False
    return one.day is not None and first <= one.day <= last


class _People:
    """Names, groups and kinds of those who stand for awards or hold them."""

    def __init__(self, workspace: Workspace, roster: Roster, nominated: Sequence[Nominated]) -> None:
        self.roster, self.outside = roster, outsiders(workspace)
        self.nominees = {ident: one for made in nominated for ident, one in made.standing.nominees.items()}
        self.letters = {group.letter for group in workspace.movement.groups}

    def letter(self, ident: str) -> str:
        nominee, body = self.nominees.get(ident), self.roster.bodies.get(ident)
        if nominee is not None and nominee.group:
            return nominee.group
        letter = self.roster.group_of(body) if body is not None else ""
        return letter if letter in self.letters else NO_GROUP

    def person(self, ident: str) -> bool:
        nominee, body = self.nominees.get(ident), self.roster.bodies.get(ident)
        return nominee.person if nominee is not None else body is not None and body.person

    def name(self, ident: str) -> str:
        nominee, body, outside = self.nominees.get(ident), self.roster.bodies.get(ident), self.outside.get(ident)
        if nominee is not None:
            return nominee.name
        return body.name() if body is not None else outside.name if outside is not None else ident

    def unit(self, ident: str) -> str:
        """Post and unit of a person, "" of an organisation."""
        nominee, body, outside = self.nominees.get(ident), self.roster.bodies.get(ident), self.outside.get(ident)
        if not self.person(ident):
            return ""
        if nominee is not None:
            told = [nominee.post, nominee.unit]
        elif outside is not None:
            told = [outside.post, outside.unit]
        else:
            above = self.roster.bodies.get(body.value("parent")) if body is not None else None
            told = [body.value("post") if body is not None else "", above.name() if above is not None else ""]
        return ", ".join(dict.fromkeys(part for part in told if part))

    def illustration(self, ident: str) -> bool:
        return self.roster.illustrated([ident])


def _counts(
    file: AwardFile | None, nominated: Sequence[Nominated], held: Sequence[HeldAward], people: _People
) -> list[AwardCount]:
    names = {one.id: one.name for one in file.awards.awards} if file is not None else {}
    cases = Counter(
        (case.award.id, people.letter(case.nominee.id), case.state.value) for one in nominated for case in one.cases
    )
    told = Counter(
        (one.award or one.award_name, people.letter(one.holder), one.status) for one in held if not _own(one)
    )
    names |= {one.award or one.award_name: one.award_name for one in held if (one.award or one.award_name) not in names}
    groups = [*(group.letter for group in people.roster.movement.groups), NO_GROUP]
    found = []
    for award, name in names.items():
        for letter in groups:
            states = {state.value: cases[award, letter, state.value] for state in State}
            given = {status: told[award, letter, status] for status in ("submitted", "granted", "refused")}
            if any(states.values()) or any(given.values()):
                found.append(AwardCount(award, " ".join(name.split()), letter, states, **given))
    return found


def _named(nominated: Sequence[Nominated], held: Sequence[HeldAward], people: _People) -> list[Named]:
    """Everybody proposed or awarded, each once per award: what was decided speaks before what is proposed."""
    decided = [one for one in held if not _own(one) and one.status in ("granted", "submitted")]
    known = {(one.award, one.holder) for one in held}
    words = {"granted": "đã tặng", "submitted": "đã trình"}
    found = [
        Named(
            one.award_name,
            one.holder,
            people.name(one.holder),
            people.person(one.holder),
            people.unit(one.holder),
            people.letter(one.holder),
            words[one.status],
            " ".join(part for part in (one.decision, f"ngày {one.day:%d/%m/%Y}" if one.day else "") if part),
        )
        for one in decided
    ]
    found += [
        Named(
            case.award.name,
            case.nominee.id,
            case.nominee.name,
            case.nominee.person,
            people.unit(case.nominee.id),
            people.letter(case.nominee.id),
            State.PROPOSED.value,
            "",
        )
        for one in nominated
        for case in one.cases
        if case.state is State.PROPOSED and (case.award.id, case.nominee.id) not in known
    ]
    awards = [case.award.name for one in nominated for case in one.cases]
    order = {name: place for place, name in enumerate(dict.fromkeys([*awards, *(one.award for one in found)]))}
    letters = [*(group.letter for group in people.roster.movement.groups), NO_GROUP]
    from scoring.tables import natural_key

    return sorted(found, key=lambda one: (order[one.award], letters.index(one.letter), natural_key(one.id)))
