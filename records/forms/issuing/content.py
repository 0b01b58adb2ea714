"""What goes into a form, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from criteria.declarations.movement import Group, Movement
from records.forms.issuing.texts import CriteriaTexts
from records.forms.layout import EVIDENCE_ROWS, Layout
from records.forms.tokens import BATCH, SINGLE
from records.ledger.entries import Entry
from records.roster.roster import Candidate
from records.rounds import Round
from scoring.result import ILLUSTRATION

if TYPE_CHECKING:
    from records.tasks.rows import TaskRow

FORMAT = "2"


@dataclass(frozen=True)
class Starting:
    """What the engine gives one candidate for the form as it is issued, by node, "" the whole.

    points: None where nothing is known yet. states: codes of scoring.states.
    """

    marks: Mapping[str, Fraction]
    points: Mapping[str, Fraction | None]
    maximum: Mapping[str, Fraction]
    states: Mapping[str, str]


@dataclass(frozen=True)
class SetContent:
    """A criteria set with the candidates of one form. known: figures that are there already, by candidate and measure.
    tasks: rows of the register. previous: numbers of the round a year earlier."""

    layout: Layout
    texts: CriteriaTexts
    candidates: Sequence[Candidate]
    known: Mapping[str, Mapping[str, Entry]]
    starting: Mapping[str, Starting]
    tasks: Mapping[str, Sequence[TaskRow]] = field(default_factory=dict)
    previous: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)

    def of(self, candidates: Sequence[Candidate]) -> SetContent:
        """The same for some of the candidates."""
        return replace(self, candidates=candidates)


@dataclass(frozen=True)
class FormContent:
    """One form. owner: id of the candidate, or of the managing body of a batch; owner_name, manager: names people read."""

    kind: str
    movement: Movement
    group: Group
    round: Round
    owner: str
    owner_name: str
    manager: str
    sets: Sequence[SetContent]
    token: str

    @property
    def candidates(self) -> list[Candidate]:
        return [candidate for one in self.sets for candidate in one.candidates]

    @property
    def stamps(self) -> list[str]:
        """What every printed sheet says."""
        found = [stamp for one in self.sets for stamp in one.layout.criteria.stamps]
        if any(candidate.attributes.get("illustration") for candidate in self.candidates):
            found.append(ILLUSTRATION)
        return list(dict.fromkeys(found))

    @property
    def title(self) -> str:
        return "BIỂU TỰ CHẤM ĐIỂM" if self.kind == SINGLE else "BIỂU TỔNG HỢP TỰ CHẤM ĐIỂM"

    @property
    def footer(self) -> str:
        return f"{self.owner} – {self.owner_name[:80]} – kỳ {self.round.period}"

    @property
    def sum_places(self) -> int:
        """Decimals of what the signature page sums up: points, or counts of a batch."""
        return 0 if self.kind == BATCH else self.sets[0].layout.criteria.places

    @property
    def evidence_criteria(self) -> list[str]:
        """Criteria to which a document may be tied."""
        return [criterion for one in self.sets for criterion in one.layout.criterion_ids]

    @property
    def evidence_rows(self) -> int:
        """How many rows there are for documents."""
        return max(EVIDENCE_ROWS, 3 * len(self.candidates)) if self.kind == BATCH else EVIDENCE_ROWS

    @property
    def set_ids(self) -> str:
        return ",".join(one.layout.criteria.id for one in self.sets)

    @property
    def digest(self) -> str:
        return digest_of([one.layout for one in self.sets])

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Keys and values of the hidden sheet; then the key of every line or row."""
        pairs = [
            ("format", FORMAT),
            ("kind", self.kind),
            ("period", self.round.period),
            ("owner", self.owner),
            ("sets", self.set_ids),
            ("digest", self.digest),
            ("token", self.token),
            ("letter", self.round.letter),
            ("letter_date", _iso(self.round.letter_date)),
        ]
        if self.kind == BATCH:
            return pairs + [("line", f"candidate:{candidate.id}") for candidate in self.candidates]
        return pairs + [("line", key) for one in self.sets for key in one.layout.inputs]


def digest_of(layouts: Sequence[Layout]) -> str:
    """The digest of a form: those of its layouts joined by commas."""
    return ",".join(layout.digest for layout in layouts)


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
