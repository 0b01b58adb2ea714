"""The sheet of a criteria set in a marking workbook: a block per criterion with its levels, a row per candidate."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from records.forms.issuing.rules import cross_rule, input_rule, note
from records.forms.issuing.sheets import Book, a1, height, write_text
from records.forms.issuing.texts import period_words
from records.panels.columns import HEADS, MARK, OUT, REASON, WIDTHS
from records.panels.content import Case, MarkContent, MarkSheet, levels_of

_FROZEN = 5  # columns A to E stay on the screen
_ALLOWED = {"format_columns": True, "format_rows": True, "objects": False, "scenarios": False}
_LONGEST = 2500  # letters of a list of documents in one cell
_WIDE = sum(WIDTHS)


def write_marks(book: Book, content: MarkContent, part: MarkSheet) -> None:
    """The whole sheet."""
    sheet = book.sheet(part.name, WIDTHS, landscape=True)
    sheet.protect("", _ALLOWED)
    member = content.member
    who = f"Người chấm {member.name} (mã {member.id}); {content.panel}; {period_words(content.round.window)}"
    row = book.opening(sheet, "PHIẾU CHẤM", [who, " ".join(part.criteria.title.split())])
    book.heading(sheet, row, HEADS, WIDTHS, _FROZEN)
    row += 1
    for _, block in groupby(part.cases, key=lambda case: case.judged.id):
        cases = list(block)
        row = _levels(book, sheet, row, cases[0])
        _rules(book, sheet, row, row + len(cases) - 1, cases[0])
        for case in cases:
            _case(book, sheet, row, case)
            row += 1
    sheet.print_area(0, 1, max(row - 1, 1), len(HEADS))


def _levels(book: Book, sheet: Any, row: int, case: Case) -> int:
    """What is judged, how, and what each level means."""
    told = levels_of(case.judged)
    row = _across(book, sheet, row, f"{told.text} ({told.steps})", ("cell", "part"))
    for level, text in told.levels:
        row = _across(book, sheet, row, f"Mức {level}: {text}", ("cell", "leaf"))
    return row


def _rules(book: Book, sheet: Any, first: int, last: int, case: Case) -> None:
    """What may be typed in the rows of one criterion."""
    told = levels_of(case.judged).steps
    rule = input_rule(book, case.judged.column, a1(first, MARK), {}, lambda _: None)
    message = f"{told[:1].upper()}{told[1:]}. Để trống: chưa chấm."
    sheet.data_validation(first, MARK, last, MARK, {**rule, "input_title": "Điểm", "input_message": message[:255]})
    sheet.data_validation(first, OUT, last, OUT, cross_rule("Không chấm", "Đánh x nếu xin không chấm; nêu lý do."))
    asked = note("Lý do", "Bắt buộc khi không chấm và khi đổi điểm đã chấm.")
    sheet.data_validation(first, REASON, last, REASON, asked)


def _across(book: Book, sheet: Any, row: int, text: str, look: tuple[str, ...]) -> int:
    style = book.style(*look)
    sheet.merge_range(row, 1, row, len(HEADS), "", style)
    sheet.write_string(row, 1, text, style)
    sheet.set_row(row, height([text], [_WIDE], bold="part" in look) + 3)
    return row + 1


def _case(book: Book, sheet: Any, row: int, case: Case) -> None:
    plain, code = book.style("cell"), book.style("cell", "bold")
    texts = {4: _joined(case.figures), 5: _joined(case.documents), 6: _joined(case.said)}
    write_text(sheet, row, 0, case.key, book.style())
    write_text(sheet, row, 1, case.judged.id, code)
    write_text(sheet, row, 2, case.candidate.id, code)
    write_text(sheet, row, 3, case.candidate.name, plain)
    for place, text in texts.items():
        write_text(sheet, row, place, text, plain)
    write_text(sheet, row, 7, case.before, book.style("cell", "known", "right"))
    sheet.write_blank(row, MARK, None, book.style("cell", "input", "n:", "right"))
    sheet.write_blank(row, OUT, None, book.style("cell", "input", "center"))
    sheet.write_blank(row, REASON, None, book.style("cell", "input", "text"))
    shown = {3: case.candidate.name, **texts}
    sheet.set_row(row, height(list(shown.values()), [WIDTHS[place - 1] for place in shown]) + 3)


def _joined(lines: Any) -> str:
    text = "\n".join(lines)
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition("\n")[0] + "…\n(còn nữa, xem hồ sơ của đơn vị)"
