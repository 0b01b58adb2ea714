"""The sheet "Giai trinh": a row per criterion that was sent back, a row per figure below it; and the whole workbook."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from criteria.expressions import kinds
from criteria.inputs import Input
from records.forms.issuing.figure_cells import look_of, write_known
from records.forms.issuing.rules import choice, cross_rule, input_rule, note
from records.forms.issuing.sheets import Book, a1, height, write_number, write_text
from records.forms.issuing.signature import write_signature
from records.forms.issuing.tables import write_evidence
from records.forms.issuing.texts import hints, period_words
from records.returns import columns
from records.returns.columns import HEADS, SHEET, WIDTHS
from records.returns.content import ReturnContent, ReturnedCase, ReturnedFigure
from records.returns.guide import write_guide
from records.workbooks.going_out import shown_text

_STAYS = 5  # columns A to E stay on the screen
_KEPT = "Để trống: giữ số đã khai."


def return_workbook(content: ReturnContent) -> bytes:
    """xlsx bytes; the same content gives the same bytes. Texts are written as texts, never as formulas."""
    book = Book(f"{content.title} – {content.owner_name}", content.stamps, content.footer)
    write_guide(book, content)
    sheet = CaseSheet(book, content)
    sheet.write()
    write_evidence(book, content)
    answered = f"COUNTA('{SHEET}'!{a1(sheet.first, columns.WHY)}:{a1(sheet.last, columns.WHY)})"
    write_signature(
        book,
        content,
        [
            ("Số tiêu chí trả lại", f"{len(content.cases)}", len(content.cases)),
            ("Số tiêu chí giải trình lần này", answered, 0),
        ],
    )
    return book.finish(content.hidden)


class CaseSheet:
    """The sheet while it is written. first, last: its rows, from 0."""

    def __init__(self, book: Book, content: ReturnContent) -> None:
        self.book, self.content = book, content
        self.first = self.last = 0
        self._labels = {
            name: column.label for one in content.sets for name, column in one.layout.criteria.inputs.items()
        }
        self._places = {
            candidate.id: one.layout.criteria.places for one in content.sets for candidate in one.candidates
        }

    def write(self) -> None:
        """The whole sheet, on A4 across."""
        book = self.book
        self.sheet = book.sheet(SHEET, WIDTHS, landscape=True)
        if not self.content.batch:  # the reader finds every column where it always is
            for column in (columns.CANDIDATE, columns.NAME):
                self.sheet.set_column(column, column, WIDTHS[column - 1], None, {"hidden": True})
        who = f"{self.content.owner_name} (mã {self.content.owner}), {period_words(self.content.round.window)}"
        said = "Chỉ gồm tiêu chí bị trả lại. Điền ô nền vàng; giải trình là bắt buộc ở tiêu chí có trả lời."
        row = book.opening(self.sheet, self.content.title, [who, said])
        book.heading(self.sheet, row, HEADS, WIDTHS, _STAYS)
        self.first = row = row + 1
        for case in self.content.cases:
            row = self._case(row, case)
        self.last = max(row - 1, self.first)

    def _case(self, row: int, case: ReturnedCase) -> int:
        book, sheet, asked = self.book, self.sheet, case.returned
        places = self._places[asked.candidate.id]
        one = asked.criterion
        plain, code = book.style("cell", "leaf"), book.style("cell", "leaf", "bold")
        number = book.style("cell", "leaf", f"n:{places}", "right")
        who = f"{case.body_name}, {asked.day:%d/%m/%Y}" + (f" ({asked.document})" if asked.document else "")
        text = " ".join(one.text.split())
        why = asked.reason + (f"\nGiải trình lần trước: {case.before}" if case.before else "")
        texts = {columns.NAME: asked.candidate.name, columns.TEXT: text, columns.ASKED_BY: who, columns.ASKED_WHY: why}
        if case.claimed:
            texts[columns.TEXT] = f"{text}\nĐề nghị không áp dụng: {case.claimed}"
        write_text(sheet, row, 0, case.key, book.style())
        write_text(sheet, row, columns.CANDIDATE, asked.candidate.id, code)
        write_text(sheet, row, columns.CRITERION, one.id, code)
        for column, value in texts.items():
            write_text(sheet, row, column, value, plain)
        for column in (columns.UNIT, columns.KNOWN, columns.NEW):
            write_text(sheet, row, column, "", plain)
        write_number(sheet, row, columns.POINTS, case.points, places, number)
        write_number(sheet, row, columns.MAXIMUM, case.maximum, places, number)
        self._deadline(row, case)
        self._withdraw(row, case)
        cell = (row, columns.WHY)
        sheet.write_blank(*cell, None, book.style("cell", "input", "text"))
        sheet.data_validation(*cell, *cell, note("Giải trình", "Bắt buộc khi trả lời. Nêu văn bản làm căn cứ."))
        tall = height(list(texts.values()), [WIDTHS[column - 1] for column in texts], least=3)
        sheet.set_row(row, tall + 3)
        for figure in case.figures:
            row += 1
            self._figure(row, case, figure)
        return row + 1

    def _deadline(self, row: int, case: ReturnedCase) -> None:
        day = case.returned.deadline
        if day is None:
            write_text(self.sheet, row, columns.DEADLINE, "", self.book.style("cell", "leaf"))
        else:
            self.sheet.write_datetime(row, columns.DEADLINE, day, self.book.style("cell", "leaf", "bold", "date"))

    def _withdraw(self, row: int, case: ReturnedCase) -> None:
        cell = (row, columns.WITHDRAW)
        if not case.claimed:
            write_text(self.sheet, *cell, "", self.book.style("cell", "leaf"))
            return
        self.sheet.write_blank(*cell, None, self.book.style("cell", "input", "center"))
        message = "Đánh x nếu đơn vị rút đề nghị không áp dụng; khi đó ghi đủ số liệu ở các dòng dưới."
        self.sheet.data_validation(*cell, *cell, cross_rule("Rút đề nghị", message))

    def _figure(self, row: int, case: ReturnedCase, figure: ReturnedFigure) -> None:
        book, sheet = self.book, self.sheet
        plain, look = book.style("cell"), look_of(figure.declared)
        one = case.returned
        write_text(sheet, row, 0, f"{case.key}/{figure.key}", book.style())
        for column, value in (
            (columns.CANDIDATE, one.candidate.id),
            (columns.NAME, one.candidate.name),
            (columns.CRITERION, ""),
            (columns.UNIT, figure.unit),
            (columns.ASKED_BY, ""),
            (columns.DEADLINE, ""),
            (columns.WITHDRAW, ""),
            (columns.WHY, ""),
        ):
            write_text(sheet, row, column, value, plain)
        write_text(sheet, row, columns.TEXT, figure.label, book.style("cell", "indent"))
        before = f"Biểu tự chấm ghi: {shown_text(figure.first, figure.declared)}" if figure.first else ""
        write_text(sheet, row, columns.ASKED_WHY, before, plain)
        for column in (columns.POINTS, columns.MAXIMUM):
            write_text(sheet, row, column, "", plain)
        write_known(sheet, row, columns.KNOWN, figure.value, figure.declared, book.style("cell", "known", *look))
        cell = (row, columns.NEW)
        sheet.write_blank(*cell, None, book.style("cell", "input", *look))
        sheet.data_validation(*cell, *cell, self._rule(figure.declared, a1(*cell)))
        shown = [figure.label, before, one.candidate.name if self.content.batch else ""]
        widths = [WIDTHS[columns.TEXT - 1] - 2, WIDTHS[columns.ASKED_WHY - 1], WIDTHS[columns.NAME - 1]]
        sheet.set_row(row, height(shown, widths) + 3)

    def _rule(self, column: Input, cell: str) -> dict[str, Any]:
        said = hints(replace(column, default=None, silent=None), self._labels)
        message = f"{column.label}{f': {said}' if said else ''}. {_KEPT}"
        if column.kind.name == kinds.TRUTH:
            return choice(self.book, ["có", "không"], "Số liệu mới", message)
        if column.kind.name == kinds.LEVEL:
            return choice(self.book, list(column.kind.levels), "Số liệu mới", message)
        rule = input_rule(self.book, column, cell, self._labels, lambda _: None)
        return {**rule, "input_title": "Số liệu mới", "input_message": message[:255]}
