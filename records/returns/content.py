"""What stands in a return form (biểu giải trình), worked out before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from criteria.inputs import Input
from records.forms.answers import Answers
from records.forms.issuing.content import FormContent, digest_of
from records.forms.issuing.texts import unit_of
from records.forms.tokens import BATCH, token
from records.life.criteria import Reviewed
from records.returns.columns import case_key
from records.returns.returned import Returned, last_said
from records.review.bench import Bench
from records.workbooks.hidden import hidden_rows, lines_digest

RETURN = "return"
FORMAT = "1"
_EVIDENCE_ROWS, _PER_CASE = 20, 5


@dataclass(frozen=True)
class ReturnedFigure:
    """A figure that may be given anew. value: what stands: explained before, else handed in. first: what the form said, if other."""

    key: str
    label: str
    unit: str
    value: str
    first: str
    declared: Input


@dataclass(frozen=True)
class ReturnedCase:
    """One criterion. points: of the self-score. claimed: the unit still says that it does not apply, with this reason.
    before: the explanation that was not accepted."""

    returned: Returned
    body_name: str
    points: Fraction | None
    maximum: Fraction | None
    figures: Sequence[ReturnedFigure] = ()
    claimed: str = ""
    before: str = ""

    @property
    def key(self) -> str:
        return case_key(self.returned.candidate.id, self.returned.criterion.id)


@dataclass(frozen=True)
class ReturnContent(FormContent):
    """One return form. kind: of the form whose criteria were sent back; its signature page and evidence look the same."""

    cases: Sequence[ReturnedCase] = field(default_factory=tuple)

    @property
    def title(self) -> str:
        return "BIỂU GIẢI TRÌNH"

    @property
    def sum_places(self) -> int:
        return 0

    @property
    def batch(self) -> bool:
        return self.kind == BATCH

    @property
    def evidence_criteria(self) -> list[str]:
        return list(dict.fromkeys(case.returned.criterion.id for case in self.cases))

    @property
    def evidence_rows(self) -> int:
        return max(_EVIDENCE_ROWS, _PER_CASE * len(self.cases))

    @property
    def deadlines(self) -> list[date]:
        """The different last days, the first one first."""
        return sorted({case.returned.deadline for case in self.cases if case.returned.deadline is not None})

    @property
    def digest(self) -> str:
        return return_digest(digest_of([one.layout for one in self.sets]), self.lines)

    @property
    def lines(self) -> list[str]:
        """The number of what sent it back, and the key of its row."""
        return [f"{case.returned.number}|{case.key}" for case in self.cases]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        told = (RETURN, FORMAT, self.round.period, self.owner, self.set_ids, self.digest, self.token)
        return hidden_rows(*told, self.lines)


def return_digest(layouts: str, lines: Sequence[str]) -> str:
    """What is asked and what was sent back: no row can be put in or taken out without its token being wrong."""
    return f"{layouts}|{lines_digest(lines)}"


def return_token(secret: bytes, period: str, owner: str, sets: str, digest: str) -> str:
    return token(secret, RETURN, period, owner, sets, digest)


def figures_of(bench: Bench, candidate: str, criterion: Reviewed) -> Iterator[ReturnedFigure]:
    """What a unit may correct: the figures of a criterion, and the rows it has filled in itself."""
    answers = bench.answers.get(candidate, Answers())
    said = last_said(bench.standings.of(candidate, criterion.id)).figures

    def one(key: str, label: str, column: Input) -> ReturnedFigure:
        first = answers.figure(key)
        value = said.get(key, first)
        return ReturnedFigure(key, label, unit_of(column), value, first if first != value else "", column)

    for line in criterion.figures:
        assert line.input is not None
        yield one(line.key, line.text, line.input)
    tables = bench.scope.layout(candidate).item_tables
    for table in criterion.owns:
        declared = tables[table]
        for number, row in enumerate(answers.items.get(table, []), 1):
            called = row.get(declared.key or "", "") or str(number)
            for name, column in declared.columns.items():
                yield one(f"row:{table}/{number}/{name}", f"{declared.label}, {called}: {column.label}", column)


def claim_of(bench: Bench, candidate: str, criterion: str) -> str:
    """Why the unit says that a criterion does not apply, unless it has withdrawn that."""
    claim = bench.answers.get(candidate, Answers()).claims.get(criterion, "")
    return "" if last_said(bench.standings.of(candidate, criterion)).withdrawn else claim


def current_figures(bench: Bench, candidate: str) -> Mapping[str, str]:
    """Everything the unit says of itself by key of the form, explanations included."""
    answers = bench.answers.get(candidate, Answers())
    found = {f"measure:{name}": text for name, text in answers.values.items()}
    found |= {f"judged:{name}": text for name, text in answers.judged.items()}
    for criterion in bench.scope.of(candidate):
        if (candidate, criterion) in bench.standings.found:
            found |= last_said(bench.standings.of(candidate, criterion)).figures
    return found
