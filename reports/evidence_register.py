"""The evidence register as lines and as a workbook: internal, for those who verify. Texts are never formulas."""

from __future__ import annotations

from typing import Any

from records.evidence.flags import FLAGS, Flag
from records.evidence.listing import Listed, Listing
from reports.workbook_styles import heading_row, new_book, paper, styles, write_texts

_ITEMS = (
    ("Mã", 9.0),
    ("Đối tượng", 24.0),
    ("Tiêu chí", 12.0),
    ("Loại minh chứng", 24.0),
    ("Số, ký hiệu", 15.0),
    ("Ngày", 11.5),
    ("Cơ quan ban hành", 20.0),
    ("Trích yếu", 32.0),
    ("Tệp", 17.0),
    ("Hạn chế", 8.0),
    ("Cần xem", 46.0),
)
_FLAGS = (("Mã", 9.0), ("Đối tượng", 28.0), ("Tiêu chí", 12.0), ("Điều cần xem", 30.0), ("Nội dung", 83.0))
_INTERNAL = "Tài liệu nội bộ, không công bố: có văn bản hạn chế và tên tệp."


def register_lines(listing: Listing) -> list[str]:
    """A line per item and per missing kind, its flags below it."""
    lines = []
    for line in listing.lines:
        lines.append(_line(listing, line))
        lines += [f"    ! {FLAGS[flag.code]}: {flag.text}" for flag in line.flags]
    return lines


def summary(listing: Listing) -> str:
    """How many items, and how many flags of each kind."""
    counts = dict.fromkeys(FLAGS, 0)
    for flag in _flags(listing):
        counts[flag.code] += 1
    said = "; ".join(f"{FLAGS[code]}: {count}" for code, count in counts.items() if count)
    flags = f"{listing.flags} điều cần xem ({said})" if said else "không có điều cần xem"
    return f"Kỳ {listing.round.period}: {listing.items} minh chứng, {flags}."


def register_workbook(listing: Listing) -> bytes:
    """xlsx bytes: items, then flags; the same register gives the same bytes."""
    title = f"SỔ MINH CHỨNG KỲ {listing.round.period}"
    book, stream = new_book(f"{title} – {listing.movement}", listing.stamps)
    looks = styles(book, 2)
    sheet, row = _sheet(book, looks, listing, "Minh chung", title, _ITEMS)
    for line in listing.lines:
        if line.item is not None:
            write_texts(sheet, row, _cells(listing, line), [width for _, width in _ITEMS], looks["text"])
            row += 1
    sheet, row = _sheet(book, looks, listing, "Can xem", f"ĐIỀU CẦN XEM Ở {title}", _FLAGS)
    for flag in _flags(listing):
        texts = [flag.candidate, listing.names[flag.candidate], flag.criterion, FLAGS[flag.code], flag.text]
        write_texts(sheet, row, texts, [width for _, width in _FLAGS], looks["text"])
        row += 1
    book.close()
    return stream.getvalue()


def _sheet(
    book: Any, looks: dict[str, Any], listing: Listing, name: str, title: str, columns: tuple[tuple[str, float], ...]
) -> tuple[Any, int]:
    sheet = book.add_worksheet(name)
    paper(sheet, listing.stamps)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, title, looks["title"])
    row = 1
    for text, look in ((listing.movement, "plain"), (_INTERNAL, "plain"), *((s, "stamp") for s in listing.stamps)):
        sheet.write_string(row, 0, text, looks[look])
        row += 1
    row = heading_row(sheet, row + 1, columns, looks["head"], 3)
    return sheet, row


def _cells(listing: Listing, line: Listed) -> list[str]:
    item = line.item
    assert item is not None
    flags = "; ".join(dict.fromkeys(FLAGS[flag.code] for flag in line.flags))
    return [
        item.candidate,
        listing.names[item.candidate],
        item.criterion,
        listing.kinds.name(item.kind),
        item.number,
        f"{item.date:%d/%m/%Y}" if item.date is not None else "",
        item.issuer,
        item.summary,
        item.file,
        "x" if item.restricted else "",
        flags,
    ]


def _line(listing: Listing, line: Listed) -> str:
    who = f"{line.candidate} {listing.names[line.candidate]}".rstrip()
    item = line.item
    if item is None:
        return f"{who} · {line.criterion}"
    day = f"{item.date:%d/%m/%Y}" if item.date is not None else ""
    restricted = "hạn chế" if item.restricted else ""
    parts = [who, item.criterion, listing.kinds.name(item.kind), item.number, day, item.issuer, item.summary, item.file]
    return " · ".join(part for part in (*parts, restricted) if part)


def _flags(listing: Listing) -> list[Flag]:
    return [flag for line in listing.lines for flag in line.flags]
