"""Entering a verification workbook that was read: its file, its acts, what it settles, its receipt, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from criteria.problems import WARNING, Problem, of_file
from records.calendar import due, limit_problems
from records.ledger.entries import Entry
from records.life.acts import perform, refusals
from records.life.rights import VERIFIER
from records.review.bench import Bench, load_bench, look
from records.review.columns import CONCLUSION, SEND_BACK
from records.review.concluding import Concluding, Conclusions
from records.review.issue import FOLDER
from records.review.reading import ReadReview
from records.review.run import ReviewRun
from records.review.settling import Settling
from records.workbooks.taking_in import at_cells, keep_again, last_edition, older_edition, receipt, until_settled


@dataclass
class Entering:
    """Takes in one workbook after another, each held against what stands by then."""

    run: ReviewRun
    bench: Bench
    on: date
    reason: str

    def take(self, read: ReadReview) -> None:
        if read.identity is not None and read.cases:
            until_settled(read.form, lambda: self._take(read), self._look_again, "kết quả thẩm định")

    def _look_again(self) -> None:
        scope = self.bench.scope
        self.bench = load_bench(scope.workspace, scope.round)[0]

    def _take(self, read: ReadReview) -> None:
        if any(entry.evidence == read.form.sha256 for _, entry in self.bench.collected()):
            self.run.same_files.append(read.name)
            return
        older = self._older(read)
        found = Concluding(self.bench, read, self._deadline(read), self.reason).conclude()
        settled = Settling(self.bench, read).entries(found.settled)
        if older is not None and (found.acts or settled or read.findings.wrong):
            read.findings.problems.append(older)
        if read.findings.wrong:
            _told(read, refusals(self.bench.scope, found.acts))
            read.findings.shorten()
        elif older is not None:
            self.run.same_files.append(read.name)
        else:
            self._enter(read, found, settled)

    def _enter(self, read: ReadReview, found: Conclusions, settled: list[Entry]) -> None:
        """The file first, under its hash; then everything of it in one transaction. Raises LedgerMoved, OSError."""
        assert read.identity is not None
        scope, body = self.bench.scope, read.identity.owner
        home = scope.workspace.received(scope.round.period)
        if not keep_again(read.form, scope.workspace.database, home, FOLDER):
            return
        also = [*settled, *_receipt(read, scope.round.period, self.reason)]
        _, problems = perform(scope, found.acts, also, self.bench.entry, self.on)
        _told(read, problems)
        if not problems:
            count = self.run.of(body)
            count.count(found.acts)
            count.settled += len(found.settled)
            count.open = found.open
            self.bench = look(scope)

    def _older(self, read: ReadReview) -> Problem | None:
        """Why an edition is not newer than the one of the same workbook that was taken in."""
        assert read.identity is not None
        mine = [entry for body, entry in self.bench.collected() if body == read.identity.owner]
        return older_edition(read.form, last_edition(mine, read.identity.token), "biểu thẩm định")

    def _deadline(self, read: ReadReview) -> date | None:
        """Until when units explain what this workbook sends back; None, and a warning, when the movement states no limit."""
        if not any(case.word == SEND_BACK for case in read.cases):
            return None
        movement = self.bench.scope.workspace.movement
        lacking = limit_problems(movement, "explanation")
        if lacking:
            self.run.problems += [of_file(p.file, p.code, p.message, p.hint, WARNING) for p in lacking]
            return None
        self.run.deadline = due(movement, "explanation", self.on)
        return self.run.deadline


def _receipt(read: ReadReview, period: str, reason: str) -> list[Entry]:
    """That the workbook was taken in, and who signed it: names are personal."""
    assert read.identity is not None
    names = f"Người thẩm định: {read.signed.get('compiled_by', '')}; thủ trưởng: {read.signed.get('head', '')}"
    body = read.identity.owner
    place = f"{read.name} {read.identity.token}"
    return receipt(f"review:{period}/{body}", read.form, place, reason, body, VERIFIER, names)


def _told(read: ReadReview, problems: list[Problem]) -> None:
    """What the table of rights says, at the cell of the conclusion."""
    read.findings.problems += at_cells(problems, [(case.sheet, case.row, CONCLUSION + 1) for case in read.cases])
