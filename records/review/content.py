"""What stands in a verification workbook (biểu thẩm định), worked out before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from criteria.criteria_set import CriteriaSet
from criteria.declarations.movement import Movement
from criteria.inputs import Input
from records.forms.layout import Layout
from records.forms.tokens import token
from records.life.criteria import Reviewed
from records.roster.roster import Candidate
from records.rounds import Round
from scoring.result import ILLUSTRATION

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
        found = [stamp for sheet in self.sheets for stamp in sheet.criteria.stamps]
        if any(case.candidate.attributes.get("illustration") for case in self.cases):
            found.append(ILLUSTRATION)
        return list(dict.fromkeys(found))

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
    def token(self) -> str:
        return review_token(
            self.secret, self.round.period, self.body, self.sets, self.digest, lines_digest(self.lines), self.entry
        )

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Keys and values of the hidden sheet; then the key of every row."""
        return [
            ("format", FORMAT),
            ("kind", REVIEW),
            ("period", self.round.period),
            ("owner", self.body),
            ("sets", self.sets),
            ("digest", self.digest),
            ("entry", str(self.entry)),
            ("token", self.token),
            *(("line", line) for line in self.lines),
        ]


def lines_digest(lines: Sequence[str]) -> str:
    """What rows a workbook has: none can be put in or taken out without its token being wrong."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def review_token(secret: bytes, period: str, body: str, sets: str, digest: str, lines: str, entry: int) -> str:
    return token(secret, REVIEW, period, body, sets, f"{digest}|{lines}|{entry}")
