"""Who judges what in a round: criteria of panels, their members, whom each may not judge, what everybody has said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from criteria.inputs import Input
from criteria.problems import Problem
from criteria.shapes.given import Given
from records.ledger.entries import Entry, Facts, gather
from records.life.bodies import superiors
from records.life.criteria import Reviewed
from records.life.rights import ASSESSOR, AWAITED, CLOSED, FROZEN, REVERIFIED, VERIFIED, may
from records.life.scope import Scope
from records.panels.members import Member, load_members, panel_scope
from records.panels.proof import is_mark, least, rests_on
from records.review.bench import Bench, look
from records.workspace.folder import Workspace

COLLECTED = "collected"
DONE = (VERIFIED, REVERIFIED, CLOSED, FROZEN)


@dataclass(frozen=True)
class Judged:
    """One criterion that a panel judges. file: of its set. column: grid and bounds of its marks."""

    file: str
    criterion: Reviewed
    given: Given
    column: Input

    @property
    def id(self) -> str:
        return self.criterion.id

    @property
    def least(self) -> int:
        return least(self.given)


@dataclass
class Board:
    """judged: by table, in the order of the sets. members: by table. told: facts of `mark:PERIOD/CANDIDATE`, by candidate.
    taken: by table, the entries of workbooks that were taken in. at: the last entry of the ledger when it was looked at."""

    bench: Bench
    judged: Mapping[str, list[Judged]]
    members: Mapping[str, list[Member]] = field(default_factory=dict)
    told: Mapping[str, Facts] = field(default_factory=dict)
    taken: Mapping[str, list[Entry]] = field(default_factory=dict)
    at: int = 0
    _above: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        return self.bench.scope

    def sitting(self, table: str) -> list[Member]:
        """Members that nobody has taken out."""
        return [member for member in self.members.get(table, []) if not member.removed]

    def receipts(self, table: str) -> list[Entry]:
        """One entry per workbook taken in: its version; evidence: the hash of the file, place: its name and token."""
        return self.taken.get(table, [])

    def cases(self, table: str) -> Iterator[tuple[str, Judged]]:
        """(candidate, criterion): by set, then by criterion, candidates in order."""
        for one in self.judged.get(table, []):
            for candidate in self.scope.candidates.values():
                if candidate.set == one.file:
                    yield candidate.id, one

    def state(self, candidate: str, criterion: str) -> str:
        return self.bench.state(candidate, criterion)

    def markable(self, candidate: str, criterion: str) -> bool:
        return may(ASSESSOR, self.state(candidate, criterion), "mark")

    def conflict(self, member: Member, candidate: str) -> str:
        """Why a member may not judge a candidate; "" when he may."""
        if member.person and member.person == candidate:
            return "chính người chấm"
        if not member.body:
            return ""
        if candidate not in self._above:
            one = self.scope.candidates[candidate]
            self._above[candidate] = superiors(self.scope.rosters[one.group], one)
        if member.body == candidate:
            return "cơ quan của người chấm"
        return "thuộc cơ quan của người chấm" if member.body in self._above[candidate] else ""

    def excluded(self, member: Member) -> dict[str, str]:
        """Candidates a member may not judge, and why."""
        candidates = dict.fromkeys(candidate for candidate, _ in self.cases(member.table))
        return {candidate: why for candidate in candidates if (why := self.conflict(member, candidate))}

    def last(self, table: str, candidate: str, criterion: str, assessor: str) -> Entry | None:
        """What an assessor has said last, of whatever form."""
        facts = self.told.get(candidate)
        history = facts.history(f"{table}/{criterion}/{assessor}") if facts is not None else []
        return history[-1] if history and history[-1].value else None

    def said(self, table: str, candidate: str, criterion: str, assessor: str) -> Entry | None:
        """What an assessor has said about the form in force: a newer form has to be judged anew."""
        entry, form = self.last(table, candidate, criterion, assessor), self.bench.submissions.get(candidate)
        return entry if entry is not None and form is not None and entry.number > form.entry else None

    def counting(self, table: str, candidate: str, criterion: str) -> list[Entry]:
        """Marks that a conclusion may rest on, by assessor."""
        found = [
            self.said(table, candidate, criterion, member.id)
            for member in self.sitting(table)
            if not self.conflict(member, candidate)
        ]
        return [entry for entry in found if entry is not None and is_mark(entry.value)]

    def owing(self, table: str, candidate: str, criterion: str) -> list[Member]:
        """Members who may judge and have neither marked nor abstained."""
        return [
            member
            for member in self.sitting(table)
            if not self.conflict(member, candidate) and self.said(table, candidate, criterion, member.id) is None
        ]

    def given_all(self, table: str) -> bool:
        """Whether every member has said something of everything; a form that is still awaited has yet to be judged."""
        return all(
            self.state(candidate, one.id) != AWAITED
            and not (self.markable(candidate, one.id) and self.owing(table, candidate, one.id))
            for candidate, one in self.cases(table)
        )

    def standing_on(self, candidate: str, criterion: str) -> frozenset[int]:
        """Numbers of the marks the conclusion rests on."""
        return rests_on(self.bench.standings.of(candidate, criterion))


def load_board(workspace: Workspace, period: str, table: str = "") -> tuple[Board | None, list[Problem]]:
    """The board of a round, or why there is none. table: one that has to exist."""
    scope, problems = panel_scope(workspace, period, table)
    return (None if scope is None else board_of(scope)), problems


def board_of(scope: Scope) -> Board:
    """The board as the ledger stands now."""
    database, period = scope.workspace.database, scope.round.period
    at = database.last_entry()  # first: whoever writes in between is noticed
    judged: dict[str, list[Judged]] = {}
    for file, criteria in scope.sets.items():
        for one in scope.criteria[file].values():
            node = criteria.node(one.id) if one.panel else None
            if node is not None and isinstance(node.shape, Given):
                column = criteria.tables[one.panel].columns[one.id]
                judged.setdefault(one.panel, []).append(Judged(file, one, node.shape, column))
    told = gather(database.entries(f"mark:{period}/"))
    taken: dict[str, list[Entry]] = {}
    for entry in database.entries(f"panel:{period}/"):
        if entry.field.endswith(f"/{COLLECTED}"):
            taken.setdefault(entry.subject.partition("/")[2], []).append(entry)
    return Board(
        look(scope),
        judged,
        load_members(scope.workspace, period),
        {subject.partition("/")[2]: facts for subject, facts in told.items()},
        taken,
        at,
    )
