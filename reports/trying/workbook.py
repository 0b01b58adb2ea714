"""A trial as a workbook: changes, distribution, criteria, who gains and loses, firmness, built-in advantage, what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.differences.changes import KINDS, Differences
from records.scored.trying import Trial
from reports.trying.pages import PAGES, Page
from reports.trying.words import INTERNAL, NOTHING, basis_rows, edition, summary
from reports.workbook_styles import LINE, TALLEST, cell_number, heading_row, lines_of, new_book, paper, styles

_NUMBERS = ("points", "share", "order", "rank")


def trying_workbook(found: Differences, old: CriteriaSet, new: CriteriaSet, trial: Trial | None = None) -> bytes:
    """xlsx bytes, the same for the same sets and figures. Texts are texts, never formulas."""
    own = [*old.stamps, *new.stamps] if trial is None else trial.stamps
    stamps = [INTERNAL, *dict.fromkeys(own)]
    book, stream = new_book(f"So hai bộ tiêu chí: {old.id}, {new.id}", stamps)
    looks = styles(book, new.places)
    pages = [changes_page(found, old, new), *((make(trial) for make in PAGES) if trial is not None else ())]
    basis = basis_rows(trial, found, old, new)
    pages.append(Page("Co so", "CƠ SỞ CỦA CÁC SỐ", (), (("Mục", 26, "text"), ("Nội dung", 96, "text")), basis))
    for page in pages:
        _write(book, page, stamps, looks)
    book.close()
    return stream.getvalue()


def changes_page(found: Differences, old: CriteriaSet, new: CriteriaSet) -> Page:
    """Every change with its lines."""
    columns = (
        ("Loại thay đổi", 20, "text"),
        ("Mã", 12, "text"),
        ("Tiêu chí, chỉ tiêu, văn bản", 30, "text"),
        ("Điều thay đổi", 20, "text"),
        ("Cũ", 32, "text"),
        ("Mới", 32, "text"),
        ("Từng chữ: [-bỏ-] {+thêm+}", 40, "text"),
        ("Dòng cũ", 7, "order"),
        ("Dòng mới", 7, "order"),
    )
    rows = [
        (
            KINDS[kind],
            one.subject,
            one.title,
            one.field,
            one.old,
            one.new,
            one.shown if one.by_words else "",
            one.old_at.line if one.old_at else "",
            one.new_at.line if one.new_at else "",
        )
        for kind in KINDS
        for one in found.of_kind(kind)
    ]
    notes = (f"Bộ cũ: {edition(old)}.", f"Bộ mới: {edition(new)}.", summary(found) if rows else NOTHING)
    return Page("Thay doi", "THAY ĐỔI GIỮA HAI BỘ TIÊU CHÍ", notes, columns, rows)


def _write(book: Any, page: Page, stamps: Sequence[str], looks: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(page.name)
    paper(sheet, stamps)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, page.title, looks["title"])
    line = 1
    for stamp in stamps:
        sheet.write_string(line, 0, stamp, looks["stamp"])
        line += 1
    width = sum(wide for _, wide, _ in page.columns)
    for note in page.notes:
        sheet.merge_range(line, 0, line, len(page.columns) - 1, "", looks["wrapped"])
        sheet.write_string(line, 0, note, looks["wrapped"])
        sheet.set_row(line, LINE * min(lines_of(note, width), TALLEST))
        line += 1
    columns = [(head, wide) for head, wide, _ in page.columns]
    line = heading_row(sheet, line + 1, columns, looks["head"], page.stays)
    sheet.set_row(line - 1, LINE * max(lines_of(head, wide) for head, wide in columns))
    for row in page.rows:
        _row(sheet, line, page, row, looks)
        line += 1


def _row(sheet: Any, line: int, page: Page, row: Sequence[Any], looks: Mapping[str, Any]) -> None:
    tallest = 1
    for place, (value, (_, wide, look)) in enumerate(zip(row, page.columns, strict=True)):
        if value is None or value == "":
            sheet.write_string(line, place, "", looks["text"])
        elif look in _NUMBERS and not isinstance(value, str):
            sheet.write_number(line, place, cell_number(value * 1, page.places(look)), looks[look])
        else:
            sheet.write_string(line, place, str(value), looks["center" if look in _NUMBERS else look])
            tallest = max(tallest, lines_of(str(value), wide))
    sheet.set_row(line, LINE * min(tallest, TALLEST))
