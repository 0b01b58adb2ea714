"""The sheet of a criteria set in a verification workbook: a row per criterion and candidate, a row per figure below it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from criteria.expressions import kinds
from criteria.inputs import Input
from records.forms.issuing.figure_cells import look_of, write_known
from records.forms.issuing.rules import choice, cross_rule, input_rule, note
from records.forms.issuing.sheets import Book, a1, height, write_number, write_text
from records.forms.issuing.texts import hints, period_words
from records.life.rights import EXPLAINED, SELF
from records.review.columns import (
    ACCEPT,
    ALL_COLUMN,
    ALL_KEY,
    ALL_LABEL,
    BY_REGISTER,
    BY_UNIT,
    CONCLUSION,
    CORRECT,
    DOCUMENT,
    FIGURE,
    HEADS,
    LEAVE_OUT,
    PREVIOUS,
    REASON,
    SEND_BACK,
    WIDTHS,
)
from records.review.content import Case, ReviewContent, ReviewSheet, ShownFigure
from records.review.showing import joined

_A3 = 8
_FROZEN = 5  # columns A to E stay on the screen
_ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "objects": False, "scenarios": False}
_CELLS = 200  # cells of one validation
_MORE = "…\n(còn nữa, xem biểu của đơn vị)"
_LONGEST = 2500  # letters of a list of documents in one cell


class CaseSheet:
    """The sheet of one criteria set while it is written."""

    def __init__(self, book: Book, review: ReviewContent, content: ReviewSheet) -> None:
        self.book, self.review, self.content = book, review, content
        self.places = content.criteria.places
        self._ruled: dict[str, tuple[dict[str, Any], list[tuple[int, int]]]] = {}

    def write(self) -> None:
        """The whole sheet."""
        book = self.book
        sheet = self.sheet = book.sheet(self.content.name, WIDTHS, landscape=True)
        sheet.set_paper(_A3)
        sheet.protect("", _ALLOWED)
        if not any(figure.before is not None for case in self.content.cases for figure in case.figures):
            sheet.set_column(PREVIOUS, PREVIOUS, WIDTHS[PREVIOUS - 1], None, {"hidden": True})
        who = f"{self.review.body_name}, {period_words(self.review.round.window)}"
        row = book.opening(sheet, "BIỂU THẨM ĐỊNH", [who, " ".join(self.content.criteria.title.split())])
        row = self._all(row)
        book.heading(sheet, row, HEADS, WIDTHS, _FROZEN)
        first = row + 1
        row = first
        for case in self.content.cases:
            row = self._case(row, case)
        sheet.autofilter(first - 1, 1, max(row - 1, first), len(HEADS))
        for rule, cells in self._ruled.values():
            for start in range(0, len(cells), _CELLS):
                piece = cells[start : start + _CELLS]
                (top, left), rest = piece[0], [[r, c, r, c] for r, c in piece[1:]]
                sheet.data_validation(top, left, top, left, {**rule, **({"other_cells": rest} if rest else {})})

    def _all(self, row: int) -> int:
        write_text(self.sheet, row, 0, ALL_KEY, self.book.style())
        write_text(self.sheet, row, 1, ALL_LABEL, self.book.style("bold"))
        self.sheet.write_blank(row, ALL_COLUMN, None, self.book.style("cell", "input", "center"))
        said = "Tiêu chí thiếu số liệu, có đề nghị không áp dụng hoặc có ý kiến về sổ nhiệm vụ vẫn để ngỏ."
        write_text(self.sheet, row, ALL_COLUMN + 1, said, self.book.style("italic"))
        rule = cross_rule("Chấp nhận", "Đánh x: chấp nhận mọi tiêu chí ở trang này còn để trống ô KẾT LUẬN. " + said)
        self.sheet.data_validation(row, ALL_COLUMN, row, ALL_COLUMN, rule)
        return row + 1

    # --- rows --------------------------------------------------------------------------------------------------

    def _case(self, row: int, case: Case) -> int:
        sheet, book = self.sheet, self.book
        plain, code = book.style("cell", "leaf"), book.style("cell", "leaf", "bold")
        number = book.style("cell", "leaf", f"n:{self.places}", "right")
        text = " ".join(case.criterion.text.split())
        said, documents = joined(case.said), _cut(joined(case.evidence))
        warnings = _cut(joined(case.warnings))
        write_text(sheet, row, 0, case.key, book.style())
        write_text(sheet, row, 1, case.criterion.id, code)
        write_text(sheet, row, 2, text, plain)
        write_text(sheet, row, 3, case.candidate.id, code)
        write_text(sheet, row, 4, case.candidate.name, plain)
        for column in (5, 6, 7, PREVIOUS):
            write_text(sheet, row, column, "", plain)
        write_number(sheet, row, 9, case.points, self.places, number)
        write_number(sheet, row, 10, case.maximum, self.places, number)
        for column, value in ((11, said), (12, documents), (13, warnings)):
            write_text(sheet, row, column, value, plain)
        for column, look in ((CONCLUSION, ("center",)), (REASON, ("text",)), (DOCUMENT, ("text",))):
            sheet.write_blank(row, column, None, book.style("cell", "input", *look))
        write_text(sheet, row, FIGURE, "", plain)
        sheet.set_row(row, self._height({2: text, 4: case.candidate.name, 11: said, 12: documents, 13: warnings}))
        words = _words(case)
        self._rule(",".join(words), row, CONCLUSION, lambda: self._conclusion(words))
        self._rule("reason", row, REASON, lambda: note("Lý do", "Bắt buộc khi sửa, trả lại, không áp dụng."))
        self._rule("document", row, DOCUMENT, lambda: note("Văn bản", "Số, ngày. Bắt buộc khi không áp dụng."))
        for figure in case.figures:
            row += 1
            self._figure(row, case, figure)
        return row + 1

    def _figure(self, row: int, case: Case, figure: ShownFigure) -> None:
        sheet, book = self.sheet, self.book
        plain, locked = book.style("cell"), book.style("cell", "known")
        write_text(sheet, row, 0, f"{case.key}/{figure.key}", book.style())
        for column, value in ((1, case.criterion.id), (2, ""), (3, case.candidate.id), (4, case.candidate.name)):
            write_text(sheet, row, column, value, plain)
        write_text(sheet, row, 5, figure.label, plain)
        write_text(sheet, row, 6, figure.unit, plain)
        self._value(row, 7, figure, plain if figure.open else locked)
        before = book.style("cell", *(look_of(figure.declared) if figure.declared is not None else ()))
        decimals = figure.declared.decimals if figure.declared is not None else 0
        write_number(sheet, row, PREVIOUS, figure.before, decimals, before)
        for column, value in ((9, ""), (10, ""), (11, figure.said), (12, ""), (13, figure.note)):
            write_text(sheet, row, column, value, plain)
        self._inputs(row, case, figure)
        texts = {
            4: case.candidate.name,
            5: figure.label,
            6: figure.unit,
            7: figure.value,
            11: figure.said,
            13: figure.note,
        }
        sheet.set_row(row, self._height(texts))

    def _value(self, row: int, column: int, figure: ShownFigure, style: Any) -> None:
        if figure.declared is None:
            write_text(self.sheet, row, column, figure.value, style)
            return
        look = look_of(figure.declared)
        shown = self.book.style("cell", *(() if figure.open else ("known",)), *look)
        write_known(self.sheet, row, column, figure.value, figure.declared, shown)

    def _inputs(self, row: int, case: Case, figure: ShownFigure) -> None:
        sheet, book = self.sheet, self.book
        dispute = figure.key.startswith("dispute:")
        opened = {CONCLUSION, REASON, DOCUMENT} if dispute else {FIGURE} if figure.open else set()
        for column in (CONCLUSION, FIGURE, REASON, DOCUMENT):
            if column not in opened:
                write_text(sheet, row, column, "", book.style("cell"))
                continue
            look = look_of(figure.declared) if figure.declared is not None else ("text",)
            sheet.write_blank(row, column, None, book.style("cell", "input", *look))
        if dispute:
            message = "Theo sổ: giữ như sổ nhiệm vụ. Theo đơn vị: ghi ngày, văn bản của đơn vị vào sổ."
            self._rule(
                "dispute", row, CONCLUSION, lambda: choice(book, [BY_REGISTER, BY_UNIT], "Ý kiến về sổ", message)
            )
        elif figure.open and figure.declared is not None:
            declared = figure.declared
            name = f"{case.criterion.id}/{figure.key}"
            self._rule(name, row, FIGURE, lambda: self._figure_rule(declared, a1(row, FIGURE)))

    # --- validations and heights -------------------------------------------------------------------------------

    def _rule(self, name: str, row: int, column: int, make: Any) -> None:
        """One validation for all cells that ask the same: a sheet has thousands of cells."""
        if name not in self._ruled:
            self._ruled[name] = make(), []
        self._ruled[name][1].append((row, column))

    def _conclusion(self, words: list[str]) -> dict[str, Any]:
        message = "Để trống: chưa kết luận. Sửa: ghi số liệu ở dòng dưới và lý do. Trả lại: nêu lý do. Không áp dụng: lý do, văn bản."
        return choice(self.book, words, "Kết luận", message)

    def _figure_rule(self, column: Input, cell: str) -> dict[str, Any]:
        labels = {name: one.label for name, one in self.content.criteria.inputs.items()}
        said = hints(replace(column, default=None, silent=None), labels)
        message = f"{column.label}: {said}. " if said else f"{column.label}. "
        message += "Chỉ ghi khi kết luận của tiêu chí là “sửa”."
        if column.kind.name == kinds.TRUTH:
            return choice(self.book, ["có", "không"], "Số liệu thẩm định", message)
        if column.kind.name == kinds.LEVEL:
            return choice(self.book, list(column.kind.levels), "Số liệu thẩm định", message)
        rule = input_rule(self.book, column, cell, labels, lambda _: None)
        return {**rule, "input_title": "Số liệu thẩm định", "input_message": message[:255]}

    def _height(self, texts: dict[int, str]) -> float:
        return height(list(texts.values()), [WIDTHS[column - 1] for column in texts]) + 3


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition("\n")[0] + _MORE


def _words(case: Case) -> list[str]:
    """What may be chosen; the reader holds it against the table of rights. A panel's points are not accepted here."""
    if case.state not in (SELF, EXPLAINED):
        return [ACCEPT, CORRECT, LEAVE_OUT]
    return [SEND_BACK, LEAVE_OUT] if case.criterion.panel and not case.said else [ACCEPT, CORRECT, SEND_BACK, LEAVE_OUT]
