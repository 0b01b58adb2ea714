"""What every workbook shares: how a book is opened, its styles, its pages, its words for states."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from criteria.exact import show_decimal
from records.spreadsheets.footers import plain_footer
from reports.wording.texts import capital
from scoring import states
from scoring.result import CandidateResult, Result

LINE = 15  # points of height of a line of text
TALLEST = 27  # lines of the highest row Excel allows
WORDS = dict(zip(states.NAMES, states.VIETNAMESE, strict=True))
SHORT = {
    "scored": "",
    "not_applicable": "KAD",
    "no_evidence": "chưa có",
    "undefined": "chưa rõ",
    "needs_judgement": "chờ chấm",
    "not_assessed": "không xét",
    "open": "còn mở",
    "not_verified": "chưa TĐ",
    "returned": "trả lại",
    "closed": "đóng",
}
_FOOT_ACROSS, _FOOT_UPRIGHT = 120, 70  # letters of a line at the foot of a page, beside its number
_MOST_STAMPED = 180  # letters: Excel takes 255 at the foot, with what sets the type
_LISTED = 5  # criteria named one by one in a note


def new_book(title: str, stamps: Iterable[str]) -> tuple[Any, io.BytesIO]:
    """An empty workbook and where its bytes go. Texts stay texts; the same content gives the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            # widths of columns count digits of this font; the same in every program, where every program has it
            "default_format_properties": {"font_name": "Times New Roman", "font_size": 11},
        },
    )
    book.set_properties({"title": title, "comments": "; ".join(stamps), "created": dt.datetime(2025, 1, 1)})
    return book, stream


def number_format(places: int) -> str:
    return "0" if places == 0 else "0." + "0" * places


def styles(book: Any, places: int) -> dict[str, Any]:
    """places: decimals of a point."""
    base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    cell = {**base, "border": 1, "text_wrap": True}
    number = number_format(places)
    points = {**cell, "num_format": number, "align": "right"}
    middle = {**base, "align": "center", "valign": "vcenter", "text_wrap": True}
    looks: dict[str, dict[str, Any]] = {
        "title": {**base, "bold": True, "font_size": 14},
        "plain": base,
        "wrapped": {**base, "text_wrap": True},
        "plain wrapped": {**base, "text_wrap": True},
        "title wrapped": {**base, "bold": True, "font_size": 14, "text_wrap": True},
        "stamp wrapped": {**base, "bold": True, "font_color": "#B00020", "text_wrap": True},
        "stamp": {**base, "bold": True, "font_color": "#B00020"},
        "head": {**cell, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E8EEF4"},
        "text": cell,
        "center": {**cell, "align": "center"},
        "points": points,
        "share": {**cell, "num_format": "0.00%", "align": "right"},
        "faint": {**cell, "font_color": "#8A5A00", "align": "center", "italic": True},
        "bold": {**base, "bold": True},
        "bold text": {**cell, "bold": True},
        "bold center": {**cell, "bold": True, "align": "center"},
        "part text": {**cell, "bold": True, "bg_color": "#F3F6F9"},
        "part points": {**points, "bold": True, "bg_color": "#F3F6F9"},
        "part given": {**points, "bold": True, "italic": True, "bg_color": "#FFF6E0"},
        "total": {**points, "bold": True},
        "maximum": {**points, "num_format": f'{number};-{number};"–"'},
        "part maximum": {**points, "num_format": f'{number};-{number};"–"', "bold": True, "bg_color": "#F3F6F9"},
        "key": {**points, "num_format": f'{number};"chờ";{number}', "font_color": "#555555"},
        "order": {**cell, "num_format": "0", "align": "center", "font_color": "#555555"},
        "rank": {**cell, "num_format": "0", "align": "center", "bold": True},
        "pool": {**cell, "bold": True, "bg_color": "#FFFFFF", "text_wrap": False},
        "body": {**middle, "font_size": 12, "valign": "top"},
        "body bold": {**middle, "font_size": 12, "bold": True, "valign": "top"},
        "heading": {**middle, "font_size": 14, "bold": True},
        "subject": {**middle, "font_size": 13, "bold": True},
        "line": {**middle, "font_size": 12},
        "dated": {**middle, "font_size": 12, "italic": True},
        "stamp line": {**middle, "font_size": 12, "bold": True, "font_color": "#B00020"},
        "sign": {**middle, "font_size": 12, "valign": "top"},
        "strong": {"font_name": "Times New Roman", "font_size": 12, "bold": True},
        "slanted": {"font_name": "Times New Roman", "font_size": 12, "italic": True},
        "link": {**cell, "font_color": "#1F4E9E", "underline": 1},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def paper(sheet: Any, stamps: Sequence[str], *, landscape: bool = True) -> None:
    """A4, official margins (20 mm left, 15 mm elsewhere), the stamps and the page number at the foot."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(left=0.8, right=0.6, top=0.6, bottom=0.7)
    stamp = plain_footer(_on_lines("; ".join(stamps)[:_MOST_STAMPED], _FOOT_ACROSS if landscape else _FOOT_UPRIGHT))
    sheet.set_footer(f'&L&"Times New Roman,Regular"&9 {stamp}&R&"Times New Roman,Regular"&9Trang &P/&N')


def _on_lines(text: str, room: int) -> str:
    """Broken between words, so that it does not run into the page number. room: letters of a line."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def lines_of(text: str, width: float, size: float = 11) -> int:
    """How many lines a wrapped text takes. width: of the column, in Excel's unit. size: points of the letters."""
    room = max(width * 1.12 * 11 / size, 1)
    return sum(_wrapped(part, room) for part in text.split("\n"))


def _wrapped(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in text.split(" "):
        length = sum(1.3 if letter.isupper() else 1 for letter in word)
        if used and used + 1 + length > room:
            lines, used = lines + 1, 0.0
        lines += int(length / room) if length > room else 0
        used += (1 if used else 0) + (length % room if length > room else length)
    return lines


def write_texts(sheet: Any, line: int, texts: list[str], widths: Sequence[float], style: Any, start: int = 0) -> None:
    """A row of wrapped texts, as high as its longest one needs."""
    lines = 1
    for place, (text, width) in enumerate(zip(texts, widths, strict=True), start):
        sheet.write_string(line, place, text, style)
        lines = max(lines, lines_of(text, width))
    sheet.set_row(line, LINE * min(lines, TALLEST))


def order(result: Result) -> list[int]:
    """Rows by pool, then rank, those without a rank last; equal ones by id."""
    declared = result.set.inputs.get(result.root.pool_name or "")
    levels = {name: place for place, name in enumerate(declared.kind.levels if declared is not None else ())}

    def key(row: int) -> Any:
        pool = result.pools[row]
        place = levels.get(pool, len(levels))
        return place, _by_numbers(pool), int(result.ranks[row]) or 10**9, _by_numbers(result.ids[row])

    return sorted(range(result.size), key=key)


def _by_numbers(text: str) -> list[tuple[int, str]]:
    """Cụm 2 before Cụm 10."""
    parts = [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split("([0-9]+)", text)]
    return [*parts, (-2, text)]


def cell_number(value: Fraction, places: int) -> float:
    """A printed number for a spreadsheet cell, which holds no other kind."""
    if 10**places % value.denominator == 0:
        return value.numerator / value.denominator  # the same nearest number, found faster
    return float(show_decimal(value, places))  # a cell of a workbook; no score is computed from it


def situation(candidate: CandidateResult) -> str:
    if candidate.eligible is False:
        return "không đủ điều kiện"
    if candidate.eligible is None:
        return "chưa kết luận điều kiện"
    return "tạm tính" if candidate.provisional else "đủ số liệu"


def reasons(candidate: CandidateResult) -> str:
    """Failed gates, what is open, notes; one by one."""
    texts = [f"{node}: {say}" if node else say for node, say in candidate.gates]
    texts += [f"{node}: {what}" if node else what for node, what in candidate.open]
    return "; ".join([*texts, *candidate.notes])


def waiting_words(candidate: CandidateResult, listed: int = 1000) -> list[str]:
    """What is open, criteria in the same state together: "Chưa có số liệu: A1.1, A1.2". listed: how many are named."""
    texts: list[str] = []
    groups: dict[str, list[str]] = {}
    for node, what in candidate.open:
        if what in states.VIETNAMESE and node:
            groups.setdefault(what, []).append(node)
        else:
            texts.append(f"{node}: {what}" if node else capital(what))
    for what, nodes in groups.items():
        more = f" và {len(nodes) - listed} tiêu chí khác" if len(nodes) > listed + 1 else ""
        texts.append(f"{capital(what)}: {', '.join(nodes[: listed if more else None])}{more}")
    return texts


def short_reasons(candidate: CandidateResult) -> str:
    """Failed gates, what is open, notes; short enough for a column."""
    texts = [f"{node}: {say}" if node else say for node, say in candidate.gates]
    texts += waiting_words(candidate, _LISTED)
    waits = "Chưa xếp loại được"  # who is provisional waits for a grade, too: said once
    notes = [note for note in candidate.notes if not (candidate.provisional and note.startswith(waits))]
    return "; ".join([*texts, *notes])


def heading_row(sheet: Any, line: int, columns: Sequence[tuple[str, float]], style: Any, stays: int) -> int:
    """A row of headings, repeated on every page, with the widths of their columns; the line after it. stays: columns that do not scroll."""
    for place, (head, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(line, place, head, style)
    sheet.repeat_rows(line)
    sheet.freeze_panes(line + 1, stays)
    return line + 1
