"""Entering one marking workbook: what it says anew, held against what stands, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field

from criteria.problems import Problem, of_file
from records.forms.collecting.cells import short
from records.ledger.entries import Entry
from records.life.acts import Act, perform, refusals
from records.life.rights import ASSESSOR, VERIFIED
from records.panels.board import COLLECTED, Board, board_of
from records.panels.columns import MARK, REASON
from records.panels.issue import FOLDER, last_version
from records.panels.members import Member
from records.panels.reading import ReadMarks, TypedMark
from records.workbooks.hidden import Hidden
from records.workbooks.taking_in import at_cells, keep_again, older_edition, until_settled


@dataclass
class Taking:
    """One workbook being taken in. board: as it stands, afterwards as it stands then. same: everything in it was said before."""

    board: Board
    read: ReadMarks
    changed: list[TypedMark] = field(default_factory=list)
    done: bool = False
    same: bool = False

    @property
    def identity(self) -> Hidden:
        assert self.read.identity is not None
        return self.read.identity

    def take(self) -> Taking:
        """What is wrong goes to the findings of the file."""
        if self.read.identity is not None:
            until_settled(self.read.form, self._once, self._look_again, "phiếu chấm")
        return self

    def _look_again(self) -> None:
        self.board = board_of(self.board.scope)

    def _once(self) -> None:
        """Raises LedgerMoved, OSError."""
        findings, scope = self.read.findings, self.board.scope
        member = self._member()
        self.changed = self._says_anew(member)
        older = self._older(member) if member is not None else None
        if older is not None and (self.changed or findings.wrong):
            findings.problems.append(older)
        acts = [
            Act(one.candidate, one.criterion, "mark", ASSESSOR, self.read.whose[1], place=one.place())
            for one in self.changed
        ]
        if findings.wrong:
            self._told(refusals(scope, acts))
        elif older is not None:
            self.same = True
        elif self._keep():
            _, problems = perform(scope, acts, self._entries(), self.board.at)
            self._told(problems)
            self.done = not problems
            self.board = board_of(scope)

    def _member(self) -> Member | None:
        """Who marks; a member who did not sit on the panel when he signed is none."""
        (table, assessor), signed = self.read.whose, self.read.on
        member = next((one for one in self.board.sitting(table) if one.id == assessor), None)
        if member is not None and (signed is None or member.serves(signed)):
            return member
        when = f" ngày {signed:%d/%m/%Y}" if member is not None and signed is not None else ""
        message = f"{assessor} không thuộc hội đồng {table}{when}."
        self.read.findings.problems.append(of_file(self.read.name, "rights", message, "Xem: thidua panel list."))
        return None

    def _says_anew(self, member: Member | None) -> list[TypedMark]:
        """What says something new. What may not be said goes to the findings."""
        board, (table, assessor) = self.board, self.read.whose
        found = []
        for one in self.read.marks:
            if one.candidate not in board.scope.candidates or one.criterion not in board.scope.of(one.candidate):
                message = f"{short(one.candidate)} không còn là đối tượng của kỳ {board.scope.round.period}."
                self._wrong(one, MARK, "unknown-candidate", message, "Xem: thidua roster list.")
                continue
            before = board.said(table, one.candidate, one.criterion, assessor)
            if before is not None and before.value == one.value:
                continue
            form = board.bench.submissions.get(one.candidate)
            conflict = board.conflict(member, one.candidate) if member is not None else ""
            if form is not None and form.entry > self.identity.entry:
                message = f"{one.candidate} đã gửi biểu mới (lần {form.version}) sau khi giao phiếu chấm này."
                self._wrong(one, MARK, "panel-stale", message, "Giao lại: thidua panel issue, chấm trên hồ sơ mới.")
            elif conflict:
                message = f"{assessor} không được chấm {one.candidate}: {conflict}."
                self._wrong(one, MARK, "rights", message, "Xóa điểm ở dòng này.")
            elif before is not None and not one.reason:
                message = f"Đổi điểm đã chấm của {one.candidate} mà không nêu lý do."
                self._wrong(one, REASON, "reason", message, "Ghi lý do.")
            else:
                found.append(one)
        return found

    def _older(self, member: Member) -> Problem | None:
        """Why an edition is not newer than the one of the same workbook that was taken in."""
        last = last_version(self.board, member, self.identity.token)
        return older_edition(self.read.form, last, "phiếu chấm")

    def _entries(self) -> list[Entry]:
        """Marks, and that the workbook was taken in."""
        read, (table, assessor) = self.read, self.read.whose
        period = self.board.scope.round.period
        assert read.on is not None
        source = f"phiếu chấm lần {read.form.version} ngày {read.on:%d/%m/%Y}"
        marks = [
            Entry(
                f"mark:{period}/{one.candidate}",
                f"{table}/{one.criterion}/{assessor}",
                one.value,
                source=source,
                place=one.place(),
                reason=one.reason,
                author=assessor,
                role=ASSESSOR,
                stage=VERIFIED,
                evidence=read.form.sha256,
            )
            for one in self.changed
        ]
        receipt = Entry(
            f"panel:{period}/{table}",
            f"{assessor}/{COLLECTED}",
            str(read.form.version),
            source=source,
            place=f"{read.name} {self.identity.token}",
            author=assessor,
            role=ASSESSOR,
            evidence=read.form.sha256,
        )
        return [*marks, receipt]

    def _keep(self) -> bool:
        """The file under its hash, before anything is entered. Raises OSError."""
        scope = self.board.scope
        home = scope.workspace.received(scope.round.period)
        return keep_again(self.read.form, scope.workspace.database, home, FOLDER)

    def _wrong(self, one: TypedMark, column: int, code: str, message: str, hint: str) -> None:
        self.read.findings.problems.append(one.sheet.problem(code, one.row, column + 1, message, hint))

    def _told(self, problems: list[Problem]) -> None:
        """What the table of rights says, at the cell of the mark."""
        cells = [(one.sheet, one.row, MARK + 1) for one in self.changed]
        self.read.findings.problems += at_cells(problems, cells)
