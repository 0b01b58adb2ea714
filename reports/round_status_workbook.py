"""The picture of a round as a workbook: groups, who owes what, and every single thing that is owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from criteria.declarations.movement import Movement
from records.debts import Debt, summed
from records.progress import GroupProgress
from records.rounds import Round
from reports.round_status import late_days, owed_by_body, published_words, state_words
from reports.workbook_styles import heading_row, new_book, paper, styles, write_texts
from scoring.result import ILLUSTRATION

SINGLY = 20_000  # things owed that are listed one by one; of more, what is to be verified stands criterion by criterion
_GROUPS = (
    ("Nhóm", 7),
    ("Đối tượng", 10),
    ("Đã giao", 9),
    ("Đã nộp", 9),
    ("Chưa nộp", 9),
    ("KAD", 7),
    ("Ý kiến", 8),
    ("Chờ thẩm định", 10),
    ("Trả lại", 9),
    ("Đã giải trình", 10),
    ("Đã thẩm định", 10),
    ("Đóng", 8),
    ("Công bố", 22),
    ("Tình trạng", 34),
)
_BODIES = (
    ("Mã", 10),
    ("Cơ quan, đơn vị", 40),
    ("Việc còn nợ", 34),
    ("Số việc", 9),
    ("Chờ từ ngày", 12),
    ("Hạn sớm nhất", 12),
    ("Số việc quá hạn", 11),
    ("Quá hạn lâu nhất", 18),
)
_DEBTS = (
    ("Mã", 10),
    ("Cơ quan, đơn vị", 34),
    ("Việc còn nợ", 30),
    ("Nhóm", 7),
    ("Mã đối tượng", 12),
    ("Đối tượng", 34),
    ("Chờ từ ngày", 12),
    ("Hạn", 12),
    ("Quá hạn", 18),
)


def status_workbook(
    movement: Movement, round_: Round, groups: Sequence[GroupProgress], debts: Sequence[Debt], day: date
) -> bytes:
    """xlsx bytes; the same picture gives the same bytes. Texts are written as texts."""
    illustrated = any(one.attributes.get("illustration") for group in groups for one in group.candidates)
    stamps = [ILLUSTRATION] if illustrated else []
    book, stream = new_book(f"Tình hình kỳ {round_.period}", stamps)
    looks = styles(book, 0)
    said = f"{movement.name}; kỳ {round_.period}; tính đến ngày {day:%d/%m/%Y}"
    sheet, line = _sheet(book, looks, "Tinh hinh", "TÌNH HÌNH KỲ", [said], stamps, _GROUPS)
    for group in groups:
        _write(sheet, line, _group(group), _GROUPS, looks)
        line += 1
    sheet, line = _sheet(book, looks, "Con no", "AI CÒN NỢ", [said], stamps, _BODIES)
    for one in owed_by_body(debts):
        told = (one.body, one.body_name, one.words, len(one.debts), one.since, one.due, one.late)
        _write(sheet, line, (*told, late_days(one.worst)), _BODIES, looks)
        line += 1
    listed = debts if len(debts) <= SINGLY else summed(debts)
    notes = [said] if len(listed) == len(debts) else [said, "Việc thẩm định gộp theo tiêu chí vì quá nhiều dòng."]
    sheet, line = _sheet(book, looks, "Chi tiet", "TỪNG VIỆC CÒN NỢ", notes, stamps, _DEBTS)
    for debt in listed:
        candidate = debt.candidate if debt.count == 1 else ""
        cells = (debt.body, debt.body_name, debt.words, debt.group, candidate, debt.candidate_name)
        _write(sheet, line, (*cells, debt.since, debt.due, late_days(debt)), _DEBTS, looks)
        line += 1
    sheet.autofilter(line - len(listed) - 1, 0, max(line - 1, line - len(listed)), len(_DEBTS) - 1)
    book.close()
    content: bytes = stream.getvalue()
    return content


def _group(group: GroupProgress) -> tuple[object, ...]:
    one = group.criteria
    forms = (
        len(group.candidates),
        group.issued,
        len(group.handed_in),
        len(group.missing),
        group.claims,
        group.disputes,
    )
    states = (one.waiting, one.returned, one.explained, one.verified, one.closed)
    return (group.letter, *forms, *states, published_words(group), state_words(group))


def _sheet(
    book: Any,
    looks: dict[str, Any],
    name: str,
    title: str,
    notes: Sequence[str],
    stamps: Sequence[str],
    columns: Sequence[tuple[str, float]],
) -> tuple[Any, int]:
    """A sheet with its heading; the line after it."""
    sheet = book.add_worksheet(name)
    paper(sheet, stamps)
    sheet.fit_to_pages(1, 0)
    texts = [("title", title), *(("plain", note) for note in notes), *(("stamp", stamp) for stamp in stamps)]
    for line, (look, text) in enumerate(texts):
        sheet.write_string(line, 0, text, looks[look])
    line = heading_row(sheet, len(texts) + 1, columns, looks["head"], 2)
    sheet.set_row(line - 1, 32)
    return sheet, line


def _write(
    sheet: Any, line: int, cells: Sequence[object], columns: Sequence[tuple[str, float]], looks: dict[str, Any]
) -> None:
    texts = [f"{cell:%d/%m/%Y}" if isinstance(cell, date) else "" if cell is None else str(cell) for cell in cells]
    write_texts(sheet, line, texts, [width for _, width in columns], looks["text"])
    for column, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(line, column, cell, looks["order"])
