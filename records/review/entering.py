"""Entering a verification workbook that was read: its file, its acts, what it settles, its receipt, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from criteria.problems import WARNING, Problem, of_file
from criteria.problems import reason as why
from records.calendar import due, limit_problems
from records.forms.collecting.form import open_form
from records.ledger.entries import Entry
from records.life.acts import LedgerMoved, perform, refusals
from records.life.rights import VERIFIER
from records.review.bench import Bench, load_bench, look
from records.review.columns import CONCLUSION, SEND_BACK
from records.review.concluding import Concluding, Conclusions
from records.review.issue import FOLDER
from records.review.reading import ReadReview, TypedCase
from records.review.run import ReviewRun
from records.review.settling import Settling
from records.workspace.whole_files import write_whole

_WRITABLE = "Đợi lệnh khác xong, kiểm tra ổ đĩa và quyền ghi, rồi thu lại."
_TRIES = 5  # times a workbook is decided again because somebody else has written


@dataclass
class Entering:
    """Takes in one workbook after another, each held against what stands by then."""

    run: ReviewRun
    bench: Bench
    on: date
    reason: str

    def take(self, read: ReadReview) -> None:
        """Everything is decided on one state of the ledger; when somebody else writes meanwhile, it is decided again."""
        if read.identity is None or not read.cases:
            return
        known = len(read.findings.problems)
        for _ in range(_TRIES):
            try:
                self._take(read)
                return
            except LedgerMoved:
                del read.findings.problems[known:]
                scope = self.bench.scope
                self.bench = load_bench(scope.workspace, scope.round)[0]
        read.findings.problems.append(of_file(read.name, "output", "Có lệnh khác ghi số liệu liên tục.", _WRITABLE))

    def _take(self, read: ReadReview) -> None:
        if any(entry.evidence == read.form.sha256 for _, entry in self.bench.collected()):
            self.run.same_files.append(read.name)
            return
        older = self._older(read)
        found = Concluding(self.bench, read, self._deadline(read), self.reason).conclude()
        settled = Settling(self.bench, read).entries(found.settled)
        places = {case.place(): case for case in read.cases}
        if older is not None and (found.acts or settled or read.findings.wrong):
            read.findings.problems.append(older)
        if read.findings.wrong:
            self._told(read, places, refusals(self.bench.scope, found.acts))
            read.findings.shorten()
        elif older is not None:
            self.run.same_files.append(read.name)
        else:
            self._enter(read, found, settled, places)

    def _enter(self, read: ReadReview, found: Conclusions, settled: list[Entry], places: dict[str, TypedCase]) -> None:
        """The file first, under its hash; then everything of it in one transaction."""
        assert read.identity is not None
        scope, body = self.bench.scope, read.identity.body
        try:
            raw, again = open_form(read.form.file)
            if again.sha256 != read.form.sha256:
                message = "Tệp thay đổi trong khi thu."
                read.findings.problems.append(of_file(read.name, "file-unreadable", message, "Đóng tệp rồi thu lại."))
                return
            home = scope.workspace.received(scope.round.period) / FOLDER
            home.mkdir(parents=True, exist_ok=True)
            kept = home / f"{read.form.sha256}.xlsx"
            if not kept.is_file() or kept.read_bytes() != raw:
                write_whole(kept, raw)
            also = [*settled, *_receipt(read, scope.round.period, self.reason)]
            _, problems = perform(scope, found.acts, also, self.bench.entry)
        except OSError as error:
            message = f"Không ghi được kết quả thẩm định: {why(error)}."
            read.findings.problems.append(of_file(read.name, "output", message, _WRITABLE))
            return
        self._told(read, places, problems)
        if not problems:
            count = self.run.of(body)
            count.count(found.acts)
            count.settled += len(found.settled)
            count.open = found.open
            self.bench = look(scope)

    def _told(self, read: ReadReview, places: dict[str, TypedCase], problems: list[Problem]) -> None:
        """What the table of rights says, at the cell of the conclusion."""
        for one in problems:
            case = places.get(one.file)
            told = (
                one if case is None else case.sheet.problem(one.code, case.row, CONCLUSION + 1, one.message, one.hint)
            )
            read.findings.problems.append(told)

    def _older(self, read: ReadReview) -> Problem | None:
        """Why an edition is not newer than the one of the same workbook that was taken in."""
        assert read.identity is not None
        mine = [
            e
            for body, e in self.bench.collected()
            if body == read.identity.body and e.place.endswith(read.identity.token)
        ]
        if not mine or read.form.version > max(int(entry.value) for entry in mine) or not read.form.version:
            return None
        last = max(int(entry.value) for entry in mine)
        message = f"Đã thu lần gửi {last} của biểu thẩm định này; tệp này là lần {read.form.version} với nội dung khác."
        return of_file(read.name, "form-older", message, "Bản sửa phải tăng lần gửi ở trang Ky, rồi gửi lại.")

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
    collected = Entry(
        f"review:{period}/{read.identity.body}",
        "collected",
        str(read.form.version),
        source=read.letter,
        place=f"{read.name} {read.identity.token}",
        reason=reason,
        author=read.identity.body,
        role=VERIFIER,
        evidence=read.form.sha256,
    )
    return [collected, replace(collected, field="signed", value=names, reason="", personal=True)]
