"""Awards that were looked up, as lines and as a workbook to print. Of persons name, post and unit, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nominations.history.held import STATUS
from nominations.history.looking import Listing, Seen
from nominations.history.revoking import Again
from reports.wording.texts import capital
from reports.workbook_styles import heading_row, new_book, paper, styles, write_texts

LONGEST = 2000  # letters of a text in a cell; Excel takes 32767, a page does not
_COLUMNS = (
    ("Số", 5.0),
    ("Mã", 7.0),
    ("Tập thể, cá nhân", 23.0),
    ("Chức vụ, đơn vị", 18.0),
    ("Hình thức khen thưởng", 22.0),
    ("Loại hình", 13.0),
    ("Số quyết định", 13.0),
    ("Ngày", 10.5),
    ("Nơi quyết định", 15.0),
    ("Thành tích", 12.0),
    ("Tình trạng", 14.0),
    ("Ghi chú", 20.0),
)


def held_workbook(listing: Listing) -> bytes:
    """xlsx bytes, the same for the same listing; texts are written as texts."""
    title = "LỊCH SỬ KHEN THƯỞNG"
    book, stream = new_book(f"{title} – {listing.movement}", listing.stamps)
    looks = styles(book, 0)
    sheet = book.add_worksheet("Lich su khen thuong")
    paper(sheet, listing.stamps)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, title, looks["title"])
    row = 1
    told = [(text, "plain") for text in (f"Phong trào thi đua “{listing.movement}”", *listing.about)]
    for text, look in (*told, *((stamp, "stamp") for stamp in listing.stamps)):
        sheet.write_string(row, 0, text[:LONGEST], looks[look])
        row += 1
    row = heading_row(sheet, row + 1, _COLUMNS, looks["head"], 3)
    for line in listing.lines:
        write_texts(sheet, row, _cells(line), [width for _, width in _COLUMNS], looks["text"])
        row += 1
    sheet.write_string(row + 1, 0, summary(listing), looks["plain"])
    book.close()
    return stream.getvalue()


def held_lines(listing: Listing) -> list[str]:
    """A line per award; what to know of it below."""
    lines = []
    for one in listing.lines:
        held = one.held
        who = " ".join(part for part in (held.holder, one.name if one.name != held.holder else "") if part)
        told = (str(held.number), who, held.words, held.authority, one.category, _state(one))
        lines.append(" · ".join(part for part in told if part))
        lines += [f"    {text}" for text in (one.before, one.note) if text]
    return lines


def summary(listing: Listing) -> str:
    """How many awards, and in which states."""
    counts = {status: sum(1 for one in listing.lines if one.held.status == status) for status in STATUS}
    said = "; ".join(f"{STATUS[status]} {count}" for status, count in counts.items() if count)
    return f"{len(listing.lines)} lần khen thưởng" + (f": {said}." if said else ".")


def again_lines(again: Iterable[Again]) -> list[str]:
    """What has to be looked at again after an award was revoked."""
    lines = []
    for one in again:
        what = f"khen thưởng số {one.number}" if one.number else "hồ sơ đang đề nghị"
        why = " (điều kiện xét có đòi hình thức đã hủy bỏ)" if one.rested else ""
        lines.append(f"{one.holder} · {what} · {one.words}{why}")
    return lines


def _cells(one: Seen) -> list[str]:
    held = one.held
    texts = [
        str(held.number),
        held.holder,
        one.name,
        ", ".join(part for part in (one.post, one.unit) if part),
        held.award_name,
        one.category,
        held.decision,
        _day(held.day),
        held.authority,
        f"{_day(held.first)} –\n{_day(held.last)}" if held.first or held.last else "",
        _state(one),
        " ".join(part for part in (_sentence(one.before), one.note) if part),
    ]
    return [text[:LONGEST] for text in texts]


def _state(one: Seen) -> str:
    """đã trình (12/TTr-UBND ngày 05/08/2027)"""
    held = one.held
    word = STATUS.get(held.status, held.status)
    if held.status == "granted":
        return word
    told = " ".join(part for part in (held.source, f"ngày {_day(held.since)}" if held.since else "") if part)
    return f"{word} ({told})" if told else word


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day is not None else ""


def _sentence(text: str) -> str:
    return f"{capital(text)}." if text else ""
