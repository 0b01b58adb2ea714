"""A single form (biểu tự chấm): the sheet "Tu cham", a line per part, criterion and figure."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from records.forms.issuing.content import FormContent, SetContent, Starting
from records.forms.issuing.figure_cells import known_note, look_of, write_known
from records.forms.issuing.rules import cross_rule, input_rule, note
from records.forms.issuing.running_score import FormCells, Formulas, locked_maximum, locked_points, node_formulas
from records.forms.issuing.sheets import (
    Book,
    a1,
    as_cell,
    height,
    small_height,
    write_formula,
    write_number,
    write_score,
    write_text,
)
from records.forms.issuing.texts import hints, period_words, unit_of
from records.forms.layout import SHEETS, Line

HEADS = (
    "Mã",
    "Nội dung, chỉ tiêu",
    "Đơn vị tính",
    "Số liệu",
    "Điểm tối đa",
    "Điểm tự chấm",
    "Không áp dụng (x)",
    "Lý do không áp dụng",
    "Cách chấm, căn cứ, minh chứng cần có",
)
WIDTHS = (11, 40, 11, 18, 8, 8.5, 8, 20, 54)
KEY, CODE, TEXT, UNIT, FIGURE, MARK, POINTS, OUT, WHY, HOW, MAXIMUM, BEFORE = range(12)
_STAYS = 3  # columns that stay when one scrolls to the right


class SelfSheet:
    """The sheet "Tu cham" while it is written. total, maximum: where the running total and the maximum in force stand."""

    def __init__(self, book: Book, form: FormContent) -> None:
        self.book, self.form = book, form
        self.content: SetContent = form.sets[0]
        self.candidate = self.content.candidates[0]
        self.layout = self.content.layout
        self.criteria = self.layout.criteria
        self.starting: Starting = self.content.starting[self.candidate.id]
        self.places = self.criteria.places
        self.labels = {name: column.label for name, column in self.criteria.inputs.items()}
        self.sheet = book.sheet(SHEETS["self"], WIDTHS, landscape=True)
        self.sheet.set_column(MAXIMUM, BEFORE, 10, None, {"hidden": True})
        self.cells = FormCells({}, {}, {}, {}, {})
        self.total = self.maximum = ""
        self.first = 0

    def write(self) -> None:
        """The whole sheet."""
        lines = [
            f"{self.form.owner_name} (mã {self.form.owner}), {period_words(self.form.round.window)}",
            self.criteria.title,
        ]
        row = self.book.opening(self.sheet, self.form.title, lines)
        self.book.heading(self.sheet, row, HEADS, WIDTHS, _STAYS)
        write_text(self.sheet, row, MAXIMUM, "Điểm tối đa đang áp dụng", self.book.style("cell", "head"))
        write_text(self.sheet, row, BEFORE, "Số liệu kỳ trước", self.book.style("cell", "head"))
        first = self.first = row + 1
        self._place(first)
        claims: list[tuple[int, int]] = []
        for number, line in enumerate(self.layout.lines, first):
            if line.kind in ("part", "criterion"):
                self._node(number, line)
                if line.kind == "criterion":
                    claims.append((number, number))
            else:
                self._figure(number, line)
        self._claims([number for number, _ in claims])
        self._total(first + len(self.layout.lines))

    def _place(self, first: int) -> None:
        """Where everything stands: every line has one row."""
        for row, line in enumerate(self.layout.lines, first):
            kind, _, name = line.key.partition(":")
            if line.kind in ("figure", "known"):
                self.cells.figures[name] = a1(row, FIGURE)
                if name in self.content.texts.before:
                    self.cells.before[name] = a1(row, BEFORE)
            elif line.kind == "judged":
                self.cells.marks[name] = a1(row, FIGURE)
            elif kind == "node":
                self.cells.scores[name] = a1(row, POINTS)
                self.cells.maxima[name] = a1(row, MAXIMUM)
                if line.kind == "criterion":
                    self.cells.claims[name] = a1(row, OUT)
        row = first + len(self.layout.lines)
        self.total, self.maximum = a1(row, POINTS), a1(row, MAXIMUM)
        self.cells.scores[""], self.cells.maxima[""] = self.total, self.maximum

    # --- one line --------------------------------------------------------------------------------------------------

    def _node(self, row: int, line: Line) -> None:
        look = ("part",) if line.kind == "part" else ("leaf",)
        plain = self.book.style("cell", *look)
        how = self.content.texts.how(line.node)
        write_text(self.sheet, row, KEY, line.key, self.book.style())
        write_text(self.sheet, row, CODE, line.node, self.book.style("cell", *look, "bold"))
        write_text(self.sheet, row, TEXT, " ".join(line.text.split()), plain)
        for column in (UNIT, FIGURE, OUT, WHY):
            self.sheet.write_blank(row, column, None, plain)
        write_text(self.sheet, row, HOW, how, self.book.style("cell", "leaf", "small"))
        self._scores(row, line.node, look)
        tall = height([line.text], WIDTHS[1:2], bold=line.kind == "part")
        self.sheet.set_row(row, max(tall, small_height(how, WIDTHS[8])) + 4)

    def _scores(self, row: int, node: str, look: tuple[str, ...]) -> None:
        number = self.book.style("cell", *look, f"n:{self.places}", "right")
        write_number(self.sheet, row, MARK, self.starting.marks.get(node), self.places, number)
        points, maximum, claim = self._points(node), self._maximum(node), self.cells.claim(node)
        own, whole = self._formulas(node)
        write_score(self.sheet, row, POINTS, own or locked_points(claim, points), number, points)
        whole = whole or locked_maximum(a1(row, POINTS), claim, maximum)
        write_score(self.sheet, row, MAXIMUM, whole, number, maximum)

    def _formulas(self, node: str) -> Formulas:
        """Made once for all forms whose lines stand in the same rows."""
        made, key = self.content.texts.formulas, (self.first, node)
        if key not in made:
            made[key] = node_formulas(self.criteria, node, self.cells, self.form.round.period)
        return made[key]

    def _points(self, node: str) -> float | str:
        value = self.starting.points.get(node)
        if value is None:
            return "KAD" if self.starting.states.get(node) == "not_applicable" else ""
        return as_cell(value, self.places)

    def _maximum(self, node: str) -> float:
        return as_cell(self.starting.maximum.get(node, Fraction(0)), self.places)

    def _figure(self, row: int, line: Line) -> None:
        cell = self.book.style("cell")
        write_text(self.sheet, row, KEY, "" if line.kind == "repeated" else line.key, self.book.style())
        write_text(self.sheet, row, CODE, "", cell)
        write_text(self.sheet, row, TEXT, line.text, self.book.style("cell", "indent"))
        for column in (MARK, POINTS, OUT, WHY):
            self.sheet.write_blank(row, column, None, cell)
        write_text(self.sheet, row, UNIT, unit_of(line.input) if line.input is not None else "", cell)
        said = self._figure_cell(row, line)
        write_text(self.sheet, row, HOW, said, self.book.style("cell", "small"))
        self.sheet.set_row(row, max(height([line.text], [WIDTHS[1] - 2]), small_height(said, WIDTHS[8])) + 4)

    def _figure_cell(self, row: int, line: Line) -> str:
        """Write the cell of a figure; what is said about it in the last column."""
        column = line.input
        name = line.key.partition(":")[2]
        if column is None:  # an item table
            self.sheet.write_blank(row, FIGURE, None, self.book.style("cell", "known"))
            return self._items_note(line.text)
        before = self.content.previous.get(self.candidate.id, {}).get(name)
        if before is not None and line.kind != "repeated" and name in self.cells.before:
            write_number(self.sheet, row, BEFORE, before, column.decimals, self.book.style("cell"))
        if line.kind == "repeated":
            first = self.cells.figures.get(name)
            formula = f'IF({first}="","",{first})' if first else '""'
            write_formula(self.sheet, row, FIGURE, formula, self.book.style("cell", "known", *look_of(column)), "")
            return "Số liệu đã hỏi ở dòng trên, không phải điền lại."
        if line.kind == "known":
            text, source = known_note(self.form.movement, self.layout, self.candidate, name, self._known(name))
            write_known(self.sheet, row, FIGURE, text, column, self.book.style("cell", "known", *look_of(column)))
            return source
        self.sheet.write_blank(row, FIGURE, None, self.book.style("cell", "input", *look_of(column)))
        rule = input_rule(self.book, column, a1(row, FIGURE), self.labels, self.cells.figures.get)
        self.sheet.data_validation(row, FIGURE, row, FIGURE, rule)
        said = hints(column, self.labels)
        return f"{said[:1].upper()}{said[1:]}." if said else ""

    def _known(self, name: str) -> Any:
        return self.content.known.get(self.candidate.id, {}).get(name)

    def _items_note(self, label: str) -> str:
        name = next((n for n, table in self.criteria.tables.items() if table.label == label), "")
        sheet = self.layout.item_sheets.get(name)
        if sheet is None:
            return "Do hội đồng chấm, đơn vị không điền."
        if name in self.layout.register_tables:
            return f"Lấy từ sổ nhiệm vụ, xem trang “{sheet}”; đơn vị không gõ số tổng."
        return f"Điền từng dòng ở trang “{sheet}”."

    def _claims(self, rows: list[int]) -> None:
        """Input cells of what a unit says does not apply to it."""
        if not rows:
            return
        out, why = self.book.style("cell", "input", "center"), self.book.style("cell", "input", "text")
        for row in rows:
            self.sheet.write_blank(row, OUT, None, out)
            self.sheet.write_blank(row, WHY, None, why)
        message = "Đánh x nếu tiêu chí không áp dụng với đơn vị, rồi nêu lý do ở ô bên phải. Đây là đề nghị của đơn vị."
        rule = {**cross_rule("Không áp dụng", message), "other_cells": [[row, OUT, row, OUT] for row in rows[1:]]}
        self.sheet.data_validation(rows[0], OUT, rows[0], OUT, rule)
        said = note("Lý do không áp dụng", "Nêu lý do và văn bản làm căn cứ. Bắt buộc khi đã đánh x.")
        said["other_cells"] = [[row, WHY, row, WHY] for row in rows[1:]]
        self.sheet.data_validation(rows[0], WHY, rows[0], WHY, said)

    def _total(self, row: int) -> None:
        look = ("part",)
        style = self.book.style("cell", *look)
        for column in (CODE, UNIT, FIGURE, OUT, WHY):
            self.sheet.write_blank(row, column, None, style)
        write_text(self.sheet, row, TEXT, "TỔNG ĐIỂM TỰ CHẤM", style)
        said = "Điểm tạm tính để đơn vị tự theo dõi; khi thu biểu, điểm được tính lại từ số liệu đã điền."
        write_text(self.sheet, row, HOW, said, self.book.style("cell", "leaf", "small"))
        self._scores(row, "", look)
        self.sheet.set_row(row, small_height(said, WIDTHS[8]) + 6)
