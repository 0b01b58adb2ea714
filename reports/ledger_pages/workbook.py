"""A workbook of a report from the ledger: titles, a table with its heading row on every page, the signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from reports.ledger_pages.header import LedgerHeader
from reports.wording.days import header_day
from reports.workbook_pages import Rows, fitted_scale, page_starts
from reports.workbook_styles import LINE, TALLEST, cell_number, lines_of, new_book, paper, styles

Cells = Sequence["str | int | Fraction"]
PLACES = 2  # decimals of a fraction in a cell


@dataclass(frozen=True)
class Line:
    """A row of a table: cells of one look, or one text across ("heading"). looks: of single columns."""

    cells: Cells
    look: str = "text"
    across: bool = False


@dataclass(frozen=True)
class Page:
    """A sheet. columns: heading, width, and whether it is centred. notes: below the table."""

    name: str
    title: str
    columns: Sequence[tuple[str, float, bool]]
    lines: Sequence[Line]
    notes: Sequence[str] = field(default_factory=tuple)
    stays: int = 1
    signed: bool = False


def ledger_workbook(title: str, header: LedgerHeader, pages: Sequence[Page]) -> bytes:
    """xlsx bytes, the same for the same content. Texts are written as texts, never as formulas."""
    book, stream = new_book(f"{header.movement}: {title}", header.stamps)
    looks = styles(book, PLACES)
    for page in pages:
        _page(book, page, header, looks)
    book.close()
    return stream.getvalue()


def _page(book: Any, page: Page, header: LedgerHeader, looks: dict[str, Any]) -> None:
    sheet = Rows(book.add_worksheet(page.name))
    paper(sheet, header.stamps)
    sheet.fit_to_pages(1, 0)
    widths = [width for _, width, _ in page.columns]
    line = _top(sheet, page, header, widths, looks)
    for column, (text, width, _) in enumerate(page.columns):
        sheet.set_column(column, column, width)
        sheet.write_string(line, column, text, looks["head"])
    most = max(lines_of(text, width * 0.85) for text, width, _ in page.columns)
    sheet.set_row(line, LINE * (most + 0.4))
    sheet.repeat_rows(line)
    sheet.freeze_panes(line + 1, page.stays)
    head, line = line, line + 1
    for row in page.lines:
        _line(sheet, line, row, page, widths, looks)
        line += 1
    if not page.lines:
        sheet.merge_range(line, 0, line, len(widths) - 1, "Không có.", looks["center"])
        line += 1
    last, line = line - 1, line + 1
    for note in page.notes:
        sheet.merge_range(line, 0, line, len(widths) - 1, note, looks["wrapped"])
        sheet.set_row(line, LINE * lines_of(note, sum(widths)))
        line += 1
    if page.signed:
        line += 1
        _signatures(sheet, line, header, widths, looks)
        line += 1
    headings = [head + 1 + place for place, row in enumerate(page.lines) if row.across]
    sheet.set_h_pagebreaks(page_starts(sheet.heights(line), head, headings, last, fitted_scale(widths)))


def _top(sheet: Any, page: Page, header: LedgerHeader, widths: Sequence[float], looks: dict[str, Any]) -> int:
    """Province, title, period, movement, day, stamps; the line of the heading row."""
    last, whole, line = len(widths) - 1, sum(widths), 0
    texts = [
        (header.province, "body", 12),
        (page.title + (f" {header.period.upper()}" if header.period else ""), "heading", 14),
        (header.body, "subject", 13),
        (header.movement, "line", 12),
        (header.dated, "dated", 12),
        *((stamp, "stamp line", 12) for stamp in header.stamps),
    ]
    for text, look, size in texts:
        if text:
            sheet.merge_range(line, 0, line, last, text, looks[look])
            sheet.set_row(line, (size + 5) * lines_of(text, whole, size + 1))
            line += 1
    return line + 1


def _line(sheet: Any, line: int, row: Line, page: Page, widths: Sequence[float], looks: dict[str, Any]) -> None:
    last = len(widths) - 1
    if row.across:
        text = str(row.cells[0])
        sheet.merge_range(line, 0, line, last, text, looks["part text"])
        sheet.set_row(line, LINE * lines_of(text, sum(widths) * 0.95) + 3)
        return
    most = 1
    for column, value in enumerate(row.cells):
        middle = page.columns[column][2]
        look = looks[("bold center" if row.look == "bold text" else "center") if middle else row.look]
        if isinstance(value, int):
            sheet.write_number(line, column, value, look)
        elif isinstance(value, Fraction):
            look = looks["total" if row.look == "bold text" else "points"]
            sheet.write_number(line, column, cell_number(value, PLACES), look)
        else:
            sheet.write_string(line, column, value, look)
            most = max(most, lines_of(value, widths[column]))
    sheet.set_row(line, LINE * min(most, TALLEST))


def _signatures(sheet: Any, line: int, header: LedgerHeader, widths: Sequence[float], looks: dict[str, Any]) -> None:
    """Who has made it, who leads; one high row, which no page break cuts."""
    last, total, middle, used = len(widths) - 1, sum(widths), 0, 0.0
    for column, width in enumerate(widths):
        used += width
        if used <= total / 2:
            middle = column
    blocks = [
        (0, middle, " ", "NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)"),
        (middle + 1, last, f"………………, {header_day(None)}", "THỦ TRƯỞNG CƠ QUAN", "(Ký, đóng dấu, ghi rõ họ tên)"),
    ]
    strong, slanted, look = looks["strong"], looks["slanted"], looks["sign"]
    for first, end, above, who, how in blocks:
        if first == end:
            sheet.write_blank(line, first, None, look)
        else:
            sheet.merge_range(line, first, line, end, "", look)
        sheet.write_rich_string(line, first, slanted, f"\n{above}\n", strong, who + "\n", slanted, how, look)
    sheet.set_row(line, 125)
