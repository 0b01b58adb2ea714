"""What a corrected publication changed, as a workbook: whose points, rank and grade, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from criteria.exact import show_vietnamese
from records.publication.publishing import Prepared
from reports.workbook_styles import WORDS, heading_row, new_book, paper, styles, write_texts

_COLUMNS = [("Mã", 11.0), ("Tên", 34.0), ("Mục", 22.0), ("Trước", 26.0), ("Nay", 26.0)]
_WORDS = {
    "total": "Tổng điểm",
    "maximum": "Điểm tối đa",
    "share": "Tỷ lệ đạt",
    "grade": "Xếp loại",
    "rank": "Thứ hạng",
    "tied": "Đồng hạng",
    "eligible": "Đủ điều kiện",
}


def changes_workbook(made: Prepared) -> bytes:
    """xlsx bytes, the same for the same changes."""
    assert made.changes is not None and made.replaces is not None
    book, stream = new_book("Thay đổi kết quả đã công bố", [])
    looks = styles(book, 2)
    sheet = book.add_worksheet("Thay doi")
    paper(sheet, [], landscape=True)
    sheet.fit_to_pages(1, 0)
    title = f"THAY ĐỔI KẾT QUẢ CHÍNH THỨC KỲ {made.round.period}, NHÓM {made.letter}: LẦN {made.version} THAY LẦN {made.replaces.version}"
    sheet.write_string(0, 0, title, looks["title"])
    sheet.write_string(1, 0, f"Lý do: {made.wish.reason}. Văn bản: {made.wish.decision}", looks["plain"])
    line = heading_row(sheet, 3, _COLUMNS, looks["head"], 2)
    widths = [width for _, width in _COLUMNS]
    for texts in _lines(made):
        write_texts(sheet, line, texts, widths, looks["text"])
        line += 1
    line += 1
    sheet.write_string(line, 0, "Các tệp bị thay (SHA-256)", looks["bold"])
    for number, (name, mark) in enumerate(sorted(made.replaces.files.items()), line + 1):
        sheet.write_string(number, 0, f"{name}: {mark}", looks["plain"])
    book.close()
    content: bytes = stream.getvalue()
    return content


def _lines(made: Prepared) -> Iterator[list[str]]:
    names = {one.id: one.name for scored in made.scored for one in scored.made.candidates}
    assert made.changes is not None
    for scored in made.scored:
        places = scored.result.set.places
        moved: Mapping[str, Any] = made.changes["sets"][scored.file]
        for who, fields in moved.items():
            for name, word in _WORDS.items():
                if name in fields:
                    shown = [_shown(name, value, places) for value in fields[name]]
                    yield [who, names.get(who, ""), word, *shown]
            for node, (old, new) in fields.get("criteria", {}).items():
                yield [who, names.get(who, ""), node, _points(old, places), _points(new, places)]


def _shown(name: str, value: Any, places: int) -> str:
    if value is None or isinstance(value, bool):
        return {None: "–", True: "có", False: "không"}[value]
    if name == "share":
        return show_vietnamese(Fraction(value) * 100, 2) + " %"
    return show_vietnamese(Fraction(value), places) if name in ("total", "maximum") else str(value)


def _points(cell: Any, places: int) -> str:
    if cell is None:
        return "–"
    points, maximum, state = cell
    shown = f"{show_vietnamese(Fraction(points), places)} / {show_vietnamese(Fraction(maximum), places)}"
    return shown if state == "scored" else f"{shown} ({WORDS[state]})"
