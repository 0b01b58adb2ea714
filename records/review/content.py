"""What stands in a verification workbook (biểu thẩm định), worked out before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from criteria.criteria_set import CriteriaSet
from criteria.declarations.movement import Movement
from criteria.inputs import Input
from records.forms.layout import Layout
from records.life.criteria import Reviewed
from records.roster.roster import Candidate
from records.rounds import Round
from records.workbooks.going_out import stamps_of
from records.workbooks.hidden import hidden_rows, row_token

REVIEW = "review"
FORMAT = "1"
SHOWN = "shown"  # a locked line: settled elsewhere


@dataclass(frozen=True)
class ShownFigure:
    """A figure below a criterion. key: of the form for an input, "shown:…" for what is settled elsewhere, "dispute:TASK".

    value: as the table reader reads it, or a plain text when nothing is declared. before: of the round a year earlier. said: the
    unit's words about it.
    """

    key: str
    label: str
    value: str
    declared: Input | None = None
    unit: str = ""
    before: Fraction | None = None
    note: str = ""
    said: str = ""

    @property
    def open(self) -> bool:
        return not self.key.startswith((f"{SHOWN}:", "dispute:"))


@dataclass(frozen=True)
class Case:
    """One criterion of one candidate. points: None while they are not known. said: what the unit claims and explains.

    evidence, warnings: lines. sends_back: whether it may still be sent back.
    """

    candidate: Candidate
    criterion: Reviewed
    state: str
    points: Fraction | None
    maximum: Fraction | None
    figures: Sequence[ShownFigure] = ()
    said: Sequence[str] = ()
    evidence: Sequence[str] = ()
    warnings: Sequence[str] = ()
    changed_at: int = 0

    @property
    def key(self) -> str:
        return f"{self.candidate.id}/{self.criterion.id}"

    @property
    def keys(self) -> Iterator[str]:
        yield self.key
        yield from (f"{self.key}/{figure.key}" for figure in self.figures)


@dataclass(frozen=True)
class ReviewSheet:
    """Cases of one criteria set: by criterion, then by candidate."""

    layout: Layout
    cases: Sequence[Case]

    @property
    def criteria(self) -> CriteriaSet:
        return self.layout.criteria

    @property
    def name(self) -> str:
        return self.criteria.id[:31]


@dataclass(frozen=True)
class ReviewContent:
    """One workbook. body: id of the verifying body. day, deadline: of issue, and until when it has to be back."""

    movement: Movement
    round: Round
    body: str
    body_name: str
    sheets: Sequence[ReviewSheet] = field(default_factory=tuple)
    secret: bytes = b""
    day: date = date.min
    deadline: date | None = None

    @property
    def cases(self) -> list[Case]:
        return [case for sheet in self.sheets for case in sheet.cases]

    @property
    def stamps(self) -> list[str]:
        """What every printed sheet says."""
        return stamps_of([sheet.criteria for sheet in self.sheets], [case.candidate for case in self.cases])

    @property
    def entry(self) -> int:
        """The last entry of the ledger that changed anything shown here."""
        return max((case.changed_at for case in self.cases), default=0)

    @property
    def lines(self) -> list[str]:
        return [f"{sheet.name}|{key}" for sheet in self.sheets for case in sheet.cases for key in case.keys]

    @property
    def sets(self) -> str:
        return ",".join(sheet.criteria.id for sheet in self.sheets)

    @property
    def digest(self) -> str:
        return ",".join(sheet.layout.digest for sheet in self.sheets)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Keys and values of the hidden sheet; then the key of every row."""
        asked = (self.round.period, self.body, self.sets, self.digest)
        return hidden_rows(REVIEW, FORMAT, *asked, self.token, self.lines, entry=str(self.entry))

    @property
    def token(self) -> str:
        asked = (self.round.period, self.body, self.sets, self.digest)
        return row_token(self.secret, REVIEW, *asked, self.lines, self.entry)
