"""What stands in a marking workbook (phiếu chấm) of one assessor, worked out before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from criteria.criteria_set import CriteriaSet
from criteria.declarations.movement import Movement
from records.panels.board import Judged
from records.panels.members import Member
from records.panels.proof import steps
from records.roster.roster import Candidate
from records.rounds import Round
from records.workbooks.going_out import stamps_of
from records.workbooks.hidden import hidden_rows, row_token

PANEL = "panel"
FORMAT = "1"


@dataclass(frozen=True)
class Case:
    """One criterion of one candidate as it is shown. before: what this assessor has said, "" when nothing."""

    candidate: Candidate
    judged: Judged
    figures: Sequence[str] = ()
    documents: Sequence[str] = ()
    said: Sequence[str] = ()
    before: str = ""
    changed_at: int = 0

    @property
    def key(self) -> str:
        return f"{self.candidate.id}/{self.judged.id}"


@dataclass(frozen=True)
class MarkSheet:
    """Cases of one criteria set: by criterion, then by candidate."""

    criteria: CriteriaSet
    cases: Sequence[Case]

    @property
    def name(self) -> str:
        return self.criteria.id[:31]


@dataclass(frozen=True)
class MarkContent:
    """One workbook. excluded: (candidate, why) of whom the assessor may not judge. version: of the next edition he hands in."""

    movement: Movement
    round: Round
    member: Member
    judged: Sequence[Judged]
    sheets: Sequence[MarkSheet]
    secret: bytes
    excluded: Sequence[tuple[Candidate, str]] = ()
    version: int = 1

    @property
    def cases(self) -> list[Case]:
        return [case for sheet in self.sheets for case in sheet.cases]

    @property
    def stamps(self) -> list[str]:
        """What every printed sheet says."""
        return stamps_of([sheet.criteria for sheet in self.sheets], [case.candidate for case in self.cases])

    @property
    def panel(self) -> str:
        """The panel as the set calls it."""
        table = self.member.table
        return next((sheet.criteria.tables[table].label for sheet in self.sheets), table)

    @property
    def owner(self) -> str:
        """TABLE/ASSESSOR."""
        return f"{self.member.table}/{self.member.id}"

    @property
    def sets(self) -> str:
        return ",".join(sheet.criteria.id for sheet in self.sheets)

    @property
    def entry(self) -> int:
        """The last entry of the ledger that changed anything a unit says here."""
        return max((case.changed_at for case in self.cases), default=0)

    @property
    def lines(self) -> list[str]:
        return [f"{sheet.name}|{case.key}" for sheet in self.sheets for case in sheet.cases]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Keys and values of the hidden sheet; then the key of every row."""
        asked = (self.round.period, self.owner, self.sets, panel_digest(self.judged))
        return hidden_rows(PANEL, FORMAT, *asked, self.token, self.lines, entry=str(self.entry))

    @property
    def token(self) -> str:
        asked = (self.round.period, self.owner, self.sets, panel_digest(self.judged))
        return row_token(self.secret, PANEL, *asked, self.lines, self.entry)


@dataclass(frozen=True)
class Levels:
    """What a criterion's block is headed with. levels: (mark, description), highest first."""

    text: str
    steps: str
    levels: Sequence[tuple[str, str]] = field(default_factory=tuple)


def levels_of(one: Judged) -> Levels:
    """The levels as the set gives them."""
    lowest, highest = (
        bound if isinstance(bound, Fraction) else None for bound in (one.column.at_least, one.column.at_most)
    )
    numbered = [(level.replace(".", ","), " ".join(text.split())) for level, text in one.given.described.items()]
    return Levels(
        f"{one.id}. {' '.join(one.criterion.text.split())}",
        steps(lowest, highest, one.column.grid),
        tuple(reversed(numbered)),
    )


def panel_digest(judged: Sequence[Judged]) -> str:
    """What may be given: two editions of the sets with the same digest take the same marks."""
    told = [
        f"{one.file}|{one.id}|{one.column.grid}|{one.column.at_least}|{one.column.at_most}|{one.column.decimals}|{one.given.described}"
        for one in judged
    ]
    return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()[:16]
