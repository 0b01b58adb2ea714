"""A batch form (biểu tổng hợp): a sheet per criteria set, a row per candidate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from criteria.exact import show_vietnamese
from records.forms.issuing.content import FormContent, SetContent, Starting
from records.forms.issuing.figure_cells import known_note, look_of, write_known
from records.forms.issuing.rules import input_rule
from records.forms.issuing.running_score import FormCells, locked_maximum, locked_points, node_formulas, read_before
from records.forms.issuing.sheets import Book, a1, as_cell, height, write_number, write_score, write_text
from records.forms.issuing.tables import claim_rows, first_claim_row
from records.forms.issuing.texts import period_words, unit_of
from records.forms.layout import SHEETS, Line
from records.roster.roster import Candidate

_KEY, _CODE, _NAME, _FIRST = range(4)
_CODE_WIDTH, _NAME_WIDTH, _TOTAL_WIDTH = 11.0, 36.0, 11.0
_SCALE = 70  # per cent, of a sheet that does not fit on one page
_PAGE = 10.3 * 96 * 100 / _SCALE  # pixels of a line on A4, across, at that scale
_LAST_ROW = 1_048_576  # no form has this row: it stands for "this row" in the pattern of a formula
_PATTERN_ROW = re.compile(rf"(?<=[A-Z]){_LAST_ROW}\b")


@dataclass(frozen=True)
class _Column:
    """A column of figures. width: in letters."""

    line: Line
    width: float

    @property
    def input(self) -> bool:
        return self.line.kind in ("figure", "judged")

    @property
    def name(self) -> str:
        return self.line.key.partition(":")[2]

    @property
    def head(self) -> str:
        column = self.line.input
        unit = unit_of(column) if column is not None else ""
        return f"{self.line.text}\n({unit})" if unit else self.line.text


class SetSheet:
    """The sheet of one criteria set while it is written. totals: the cells of the totals, as a range."""

    def __init__(self, book: Book, form: FormContent, content: SetContent) -> None:
        self.book, self.form, self.content = book, form, content
        self.layout, self.criteria = content.layout, content.layout.criteria
        self.columns = _columns(content)
        self.nodes = ["", *(node.id for node in self.criteria.printed_nodes())]
        self.total = _FIRST + len(self.columns)
        self.hidden = self.total + 1  # points of nodes, then maxima, then claims, then figures of the round before
        self.before = read_before(self.criteria)
        self.first = 0
        self.totals = ""

    def write(self) -> None:
        """The whole sheet."""
        widths = [_CODE_WIDTH, _NAME_WIDTH, *(column.width for column in self.columns), _TOTAL_WIDTH]
        narrow = _pixels(widths) <= 10.8 * 96 / 0.72
        self.sheet = self.book.sheet(self.criteria.id[:31], widths, landscape=True, one_page_wide=narrow)
        last = self._before_column(len(self.before)) - 1
        self.sheet.set_column(self.hidden, last, 9, None, {"hidden": True})
        if not narrow:
            self.sheet.set_print_scale(_SCALE)
            self.sheet.repeat_columns(_CODE, _NAME)
            self.sheet.set_v_pagebreaks(list(self._breaks(widths)))
        for place, column in enumerate(self.columns, _FIRST):
            if column.input:
                write_text(self.sheet, 0, place, column.line.key, self.book.style())
        self.sheet.set_row(0, None, None, {"hidden": True})
        who = f"{self.form.owner_name} (mã {self.form.owner}), {period_words(self.form.round.window)}"
        row = self.book.opening(self.sheet, self.form.title, [who, self.criteria.title], 1)
        self._heads(row, widths)
        self.first = row + 2
        self._rules()
        patterns = self._patterns()
        for number, candidate in enumerate(self.content.candidates):
            self._row(self.first + number, candidate, patterns)
        end = self.first + len(self.content.candidates) - 1
        self.totals = f"'{self.criteria.id[:31]}'!{a1(self.first, self.total)}:{a1(end, self.total)}"

    # --- headings ----------------------------------------------------------------------------------------------

    def _heads(self, row: int, widths: list[float]) -> None:
        """The criterion above, the figures below; both are repeated on every page."""
        style = self.book.style("cell", "head")
        tallest = 20.0
        for start, end, text in self._bands():
            if end > start:
                self.sheet.merge_range(row, start, row, end, "", style)
            self.sheet.write_string(row, start, text, style)
            tallest = max(tallest, height([text], [sum(widths[start - 1 : end])], bold=True) + 4)
        self.sheet.set_row(row, tallest)
        heads = ["Mã", "Tên", *(column.head for column in self.columns), "Điểm tự chấm"]
        self.book.heading(self.sheet, row + 1, heads, widths, _FIRST)
        self.sheet.repeat_rows(row, row + 1)

    def _bands(self) -> Iterator[tuple[int, int, str]]:
        """First and last column of every criterion, and what stands above them."""
        yield _CODE, _NAME, "Đối tượng"
        starting = next(iter(self.content.starting.values()), None)
        texts = {
            line.node: " ".join(line.text.split()) for line in self.layout.lines if line.key == f"node:{line.node}"
        }
        start = _FIRST
        while start < self.total:
            band = self._band_of(start)
            end = start
            while end + 1 < self.total and self._band_of(end + 1) == band:
                end += 1
            attribute, node = band
            mark = starting.marks.get(node) if starting is not None else None
            points = f" ({show_vietnamese(mark)} điểm)" if mark else ""
            text = f"{node}. {_short(texts.get(node, ''), 110 * (end - start + 1))}{points}" if node else "Khác"
            yield start, end, "Thuộc tính" if attribute else text
            start = end + 1
        yield self.total, self.total, "Tổng"

    def _band_of(self, place: int) -> tuple[bool, str]:
        """Whether a column shows an attribute, else under which criterion it stands."""
        column = self.columns[place - _FIRST]
        attribute = column.name in self.criteria.attributes
        return attribute, "" if attribute else column.line.node

    def _breaks(self, widths: list[float]) -> Iterator[int]:
        """Columns before which a page begins, so that no criterion is cut unless it is wider than a page, and the total is not alone."""
        repeated = _pixels(widths[:2])
        pages: list[list[int]] = [[]]
        used = repeated
        for start, end, _ in self._bands():
            if start == _CODE:
                continue
            wide = _pixels(widths[start - 1 : end])
            if used + wide > _PAGE and pages[-1]:
                pages.append([])
                used = repeated
            pages[-1].append(start)
            used += wide
        if len(pages) > 1 and len(pages[-1]) == 1 and len(pages[-2]) > 1:
            pages[-1].insert(0, pages[-2].pop())
        yield from (page[0] for page in pages[1:])

    # --- rows --------------------------------------------------------------------------------------------------

    def _rules(self) -> None:
        """Validations over whole columns, written for the first row."""
        last = self.first + len(self.content.candidates) - 1
        cells = {c.name: a1(self.first, place) for place, c in enumerate(self.columns, _FIRST)}
        labels = {name: column.label for name, column in self.criteria.inputs.items()}
        for place, column in enumerate(self.columns, _FIRST):
            if column.input and column.line.input is not None:
                rule = input_rule(self.book, column.line.input, a1(self.first, place), labels, cells.get)
                self.sheet.data_validation(self.first, place, last, place, rule)

    def _row(self, row: int, candidate: Candidate, patterns: dict[int, str]) -> None:
        write_text(self.sheet, row, _KEY, f"candidate:{candidate.id}", self.book.style())
        write_text(self.sheet, row, _CODE, candidate.id, self.book.style("cell", "bold"))
        write_text(self.sheet, row, _NAME, candidate.name, self.book.style("cell"))
        known = self.content.known.get(candidate.id, {})
        for place, column in enumerate(self.columns, _FIRST):
            declared = column.line.input
            assert declared is not None
            if column.input:
                self.sheet.write_blank(row, place, None, self.book.style("cell", "input", *look_of(declared)))
            else:
                text, _ = known_note(self.form.movement, self.layout, candidate, column.name, known.get(column.name))
                style = self.book.style("cell", "known", *look_of(declared))
                write_known(self.sheet, row, place, text, declared, style)
        self._scores(row, self.content.starting[candidate.id], patterns)
        self._previous(row, candidate)
        self.sheet.set_row(row, height([candidate.name], [_NAME_WIDTH]) + 3)

    def _scores(self, row: int, starting: Starting, patterns: dict[int, str]) -> None:
        places = self.criteria.places
        number = self.book.style("cell", "part", f"n:{places}", "right")
        points, maxima, claims = self._score_columns()
        for node in self.nodes:
            found = starting.points.get(node)
            shown: float | str = as_cell(found, places) if found is not None else ""
            if found is None and starting.states.get(node) == "not_applicable":
                shown = "KAD"
            most = as_cell(starting.maximum.get(node, Fraction(0)), places)
            here, there = points[node], maxima[node]
            claim = a1(row, claims[node]) if node in claims else None
            formula = _of_row(patterns, here, row) or locked_points(claim, shown)
            write_score(self.sheet, row, here, formula, number, shown)
            formula = _of_row(patterns, there, row) or locked_maximum(a1(row, here), claim, most)
            write_score(self.sheet, row, there, formula, number, most)
        for place in claims.values():
            write_score(self.sheet, row, place, _of_row(patterns, place, row), number, "")

    def _before_column(self, number: int) -> int:
        return self.hidden + 2 * len(self.nodes) + len(self.layout.criterion_ids) + number

    def _previous(self, row: int, candidate: Candidate) -> None:
        """Figures of the round a year earlier, for formulas that read them."""
        figures = self.content.previous.get(candidate.id, {})
        for number, name in enumerate(self.before):
            decimals = self.criteria.inputs[name].decimals
            write_number(
                self.sheet, row, self._before_column(number), figures.get(name), decimals, self.book.style("cell")
            )

    def _score_columns(self) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        """Where points, maxima and claims stand. The total is seen, the rest is hidden."""
        points = {node: self.hidden + number for number, node in enumerate(self.nodes)}
        points[""] = self.total
        maxima = {node: self.hidden + len(self.nodes) + number for number, node in enumerate(self.nodes)}
        start = self.hidden + 2 * len(self.nodes)
        return points, maxima, {criterion: start + n for n, criterion in enumerate(self.layout.criterion_ids)}

    def _patterns(self) -> dict[int, str]:
        """The formula of every column that has one, for a row that stands for any."""
        points, maxima, claims = self._score_columns()
        row = _LAST_ROW - 1
        here = {column.name: a1(row, place) for place, column in enumerate(self.columns, _FIRST)}
        cells = FormCells(
            {c.name: here[c.name] for c in self.columns if c.line.kind != "judged"},
            {c.name: here[c.name] for c in self.columns if c.line.kind == "judged"},
            {criterion: a1(row, place) for criterion, place in claims.items()},
            {node: a1(row, place) for node, place in points.items()},
            {node: a1(row, place) for node, place in maxima.items()},
            {name: a1(row, self._before_column(number)) for number, name in enumerate(self.before)},
        )
        found = {place: self._claim(criterion, a1(row, _CODE)) for criterion, place in claims.items()}
        for node in self.nodes:
            own, whole = node_formulas(self.criteria, node, cells, self.form.round.period)
            found.update({place: text for place, text in ((points[node], own), (maxima[node], whole)) if text})
        return found

    def _claim(self, criterion: str, code: str) -> str:
        """x where the sheet of claims has a row of this candidate and criterion."""
        first = first_claim_row(self.form) + 1
        last = first + claim_rows(self.form) - 1
        sheet = f"'{SHEETS['claims']}'!"
        return f'IF(COUNTIFS({sheet}$B${first}:$B${last},{code},{sheet}$C${first}:$C${last},"{criterion}")>0,"x","")'


def _columns(content: SetContent) -> list[_Column]:
    """Attributes first, then figures and marks in the order of the form."""
    attributes = content.layout.criteria.attributes
    lines = [line for line in content.layout.lines if line.kind in ("figure", "judged", "known") and line.input]
    lines.sort(key=lambda line: line.key.partition(":")[2] not in attributes)
    return [_Column(line, _width(line)) for line in lines]


def _width(line: Line) -> float:
    """Wide enough for its heading, and for thousands of billions of đồng."""
    assert line.input is not None
    if line.input.kind.unit and line.input.kind.unit[0][0] == "đồng":
        return 19.0
    return 15.0 if len(line.text) > 60 else 13.0


def _of_row(patterns: dict[int, str], place: int, row: int) -> str | None:
    """The formula of a column in one row."""
    return _PATTERN_ROW.sub(str(row + 1), patterns[place]) if place in patterns else None


def _pixels(widths: list[float]) -> float:
    return sum(width * 7 + 5 for width in widths)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
