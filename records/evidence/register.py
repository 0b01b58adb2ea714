"""The register: every piece of evidence in force of a round, and of the rounds that were over before it began."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from criteria.criteria_set import CriteriaSet
from criteria.problems import Problem, of_file
from records.forms.answers import Answers, EvidenceItem
from records.forms.submissions import latest_submissions
from records.ledger.database import Submission
from records.life.standing import Standings, load_standings
from records.roster.roster import Roster, load_roster, order
from records.rounds import Round, load_rounds
from records.workspace.folder import Workspace


@dataclass(frozen=True)
class Item:
    """One document named as proof of one criterion. kind: id of the movement's kind, "" if not known. submission: its number, 0 when
    it came with an explanation (giải trình).

    Of a restricted document there is a reference only: no file, no hash.
    """

    period: str
    candidate: str
    criterion: str
    kind: str
    number: str
    date: dt.date | None
    issuer: str
    summary: str
    file: str = ""
    sha256: str = ""
    restricted: bool = False
    submission: int = 0


@dataclass(frozen=True)
class Handed:
    """What is in force of one candidate of the round. letter_date: of the letter it came with. items: as they stand in the form."""

    answers: Answers
    criteria: CriteriaSet | None
    letter_date: dt.date | None
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Register:
    """handed: by candidate, in natural order. earlier: items of earlier rounds, oldest round first."""

    round: Round
    roster: Roster
    handed: Mapping[str, Handed] = field(default_factory=dict)
    earlier: tuple[Item, ...] = ()

    @property
    def items(self) -> list[Item]:
        """Those of the round: by candidate, then as they stand in the form."""
        return [item for handed in self.handed.values() for item in handed.items]

    def name(self, candidate: str) -> str:
        """The name of a candidate in the round, "" when the roster does not know it."""
        body = self.roster.bodies.get(candidate)
        return body.name(self.round.window.last) if body is not None else ""


def load_register(workspace: Workspace, round_: Round) -> Register:
    """The register of a round. Rounds whose days overlap with it ask for the same documents and are not held against it."""
    handed, explained = {}, _explained(workspace, round_.period)
    latest = _latest(workspace, round_.period)
    sets = _sets(workspace, {submission.set_id for submission in latest})
    for submission in latest:
        day = dt.date.fromisoformat(submission.letter_date) if submission.letter_date else None
        answers = Answers.of_dict(submission.answers)
        items = (*_items(submission, answers), *explained.get(submission.candidate, ()))
        handed[submission.candidate] = Handed(answers, sets.get(submission.set_id), day, items)
    earlier: list[Item] = []
    for period, other in load_rounds(workspace).items():
        if other.window.last < round_.window.first:
            earlier += items_of(workspace, period)
    return Register(round_, load_roster(workspace), handed, tuple(earlier))


def items_of(workspace: Workspace, period: str, standings: Standings | None = None) -> list[Item]:
    """Everything in force of one round: by candidate in natural order, then as it stands in the form. standings: when at hand."""
    explained = _explained(workspace, period, standings)
    found: list[Item] = []
    for one in _latest(workspace, period):
        found += [*_items(one, Answers.of_dict(one.answers)), *explained.get(one.candidate, ())]
    return found


def select(items: Iterable[Item], candidate: str = "", criterion: str = "") -> list[Item]:
    """Those of a candidate, of a criterion or of those below a part."""
    return [
        item
        for item in items
        if (not candidate or item.candidate == candidate) and (not criterion or within(item.criterion, criterion))
    ]


def within(criterion: str, part: str) -> bool:
    """Whether a criterion is this one or stands below it by its id."""
    return criterion == part or criterion.startswith(f"{part}.")


def unknown_filters(workspace: Workspace, register: Register, candidate: str, criterion: str) -> list[Problem]:
    """Why nothing can be listed: nobody or no criterion of this name."""
    problems = []
    if candidate and candidate not in register.roster.bodies:
        message = f"Không có đối tượng “{candidate}” trong danh sách."
        problems.append(of_file("--candidate", "unknown-candidate", message, "Xem mã: thidua roster list."))
    known = [node.id for one in _sets(workspace).values() for node in one.nodes()]
    if criterion and criterion not in known:
        message = f"Không có tiêu chí “{criterion}” trong các bộ tiêu chí."
        problems.append(of_file("--criterion", "unknown-candidate", message, "Xem mã: thidua criteria show."))
    return problems


def _latest(workspace: Workspace, period: str) -> list[Submission]:
    found = latest_submissions(workspace, period)
    return [found[ident] for ident in sorted(found, key=order)]


def _explained(workspace: Workspace, period: str, standings: Standings | None = None) -> dict[str, list[Item]]:
    """What units added when a criterion was sent back to them, by candidate."""
    found: dict[str, list[Item]] = {}
    known = standings if standings is not None else load_standings(workspace, period)
    for (candidate, _), standing in known.found.items():
        found.setdefault(candidate, []).extend(_item(period, candidate, one, 0) for one in standing.evidence)
    return found


def _items(submission: Submission, answers: Answers) -> tuple[Item, ...]:
    return tuple(_item(submission.period, submission.candidate, one, submission.number) for one in answers.evidence)


def _item(period: str, candidate: str, one: EvidenceItem, submission: int) -> Item:
    return Item(
        period,
        candidate,
        one.criterion,
        one.kind,
        one.number,
        dt.date.fromisoformat(one.date) if one.date else None,
        one.issuer,
        one.summary,
        one.file,
        one.sha256,
        one.restricted,
        submission,
    )


def _sets(workspace: Workspace, wanted: Collection[str] | None = None) -> dict[str, CriteriaSet]:
    """The criteria sets of the movement, by their id. wanted: reads no further than to these."""
    found: dict[str, CriteriaSet] = {}
    for group in workspace.movement.groups:
        for file in group.sets:
            if wanted is not None and found.keys() >= set(wanted):
                return found
            criteria, _ = workspace.read_set(file)
            if criteria is not None:
                found[criteria.id] = criteria
    return found
