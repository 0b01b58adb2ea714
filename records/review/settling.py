"""Disputes about the task register (ý kiến về sổ nhiệm vụ), settled by the body that verifies what reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from records.forms.answers import Dispute
from records.forms.collecting.cells import Findings
from records.ledger.entries import Entry, changed, gather
from records.life.rights import VERIFIER
from records.review.bench import DISPUTE, Bench
from records.review.columns import BY_UNIT, CONCLUSION
from records.review.reading import ReadReview, TypedCase
from records.tasks.changes import Book
from records.tasks.holders import Held, held
from records.tasks.register import Result


class Settling:
    """Makes the entries of one workbook's settled disputes: the decision, and for the unit's word its day and document.

    They go into the transaction of the acts: the register must not say what no collected workbook says, nor the other way round.
    """

    def __init__(self, bench: Bench, read: ReadReview) -> None:
        assert read.identity is not None
        self.bench, self.read, self.body = bench, read, read.identity.owner
        self._book: Book | None = None

    @property
    def findings(self) -> Findings:
        return self.read.findings

    def entries(self, settled: list[tuple[TypedCase, str]]) -> list[Entry]:
        """What is new; mistakes go to the findings."""
        period = self.bench.scope.round.period
        found: list[Entry] = []
        for case, task in settled:
            choice, row, document, reason = case.disputes[task]
            known = self.bench.settled(case.candidate, task)
            if known is not None and known.value == choice:
                continue
            if known is not None and known.value == BY_UNIT:
                said = f"Ý kiến về nhiệm vụ {task} đã giải quyết “{BY_UNIT}” và ghi vào sổ nhiệm vụ."
                hint = "Muốn khác: sửa kết quả ở sổ (thidua tasks update)."
                self.findings.at(case.sheet, row, CONCLUSION + 1, "review-cell", said, hint)
                continue
            place = case.place(CONCLUSION, row)
            source = document or self.read.form.letter
            entry = Entry(f"review:{period}/{self.body}", f"{DISPUTE}:{case.candidate}/{task}", choice, source=source)
            told = replace(entry, place=place, reason=reason, author=self.body, role=VERIFIER)
            found.append(replace(told, evidence=self.read.form.sha256))
            if choice == BY_UNIT:
                found += self._result(case, task, row, document, reason)
        return found

    def _result(self, case: TypedCase, task: str, row: int, document: str, reason: str) -> list[Entry]:
        """The unit's day and document as a result in the register."""

        def wrong(name: str, message: str, hint: str = "", code: str = "") -> None:
            self.findings.at(case.sheet, row, CONCLUSION + 1, code or "task-field", message, hint)

        told: Dispute = next(d for d in self.bench.disputes(case.candidate, case.criterion) if d.task == task)
        here = self._held(case.candidate).get(task)
        if here is None:
            wrong("no", f"Sổ nhiệm vụ không còn dòng {task} của {case.candidate}.", "Chọn “theo sổ”.")
            return []
        if not told.finished:
            message = f"Đơn vị không nêu ngày hoàn thành nhiệm vụ {here.task.number}: không có gì để ghi vào sổ."
            wrong("finished", message, "Sửa ở sổ (thidua tasks update), rồi chọn “theo sổ”.")
            return []
        book = self.book
        result = Result(finished=date.fromisoformat(told.finished), document=told.document or document)
        start = len(book.entries)
        place = case.place(CONCLUSION, row)
        book.finish(here.task.number, here.body, result, here.instance.name, wrong, place)
        known = gather(self.bench.scope.workspace.database.entries(f"result:{here.task.number}/{here.body}/"))
        return [
            replace(entry, author=self.body, role=VERIFIER, reason=reason or told.why, evidence=self.read.form.sha256)
            for entry in book.entries[start:]
            if changed(known.get(entry.subject), entry)
        ]

    @property
    def book(self) -> Book:
        if self._book is None:
            self._book = Book.open(self.bench.scope.workspace)
        return self._book

    def _held(self, candidate: str) -> Mapping[str, Held]:
        """Rows of the register by key, as the candidate's form shows them."""
        scope = self.bench.scope
        one, window = scope.candidates[candidate], scope.round.window
        has = held(self.book.register, self.book.roster, window.first, window.last)
        found = {row.key: row for row in has.get(one.manager, ()) if one.id in row.task.units} if one.manager else {}
        return {**found, **{row.key: row for row in has.get(candidate, ())}}
