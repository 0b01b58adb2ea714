"""Disputed evidence for people: between which places a unit can end, and which open criteria have to be settled first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from criteria.exact import show_vietnamese
from records.life.criteria import COMMON
from records.scored.disputed import COMMON_WORDS, Disputed, DisputedSet, grade_words
from reports.ledger_pages.header import INTERNAL
from reports.ranking.files import ReportFile
from reports.workbook_header import RankingHeader, all_stamps, header_of
from reports.workbook_styles import cell_number, heading_row, new_book, order, paper, styles, write_texts
from scoring.analysis.intervals import End
from scoring.analysis.singles import Matter

_MOST_SHOWN = 12  # criteria on the screen
_UNITS = 8  # units named in one cell
_READING = (
    "Có lợi: điều đơn vị khai được tính như đã khai (không khai gì: tính điểm tối đa của tiêu chí). "
    "Bất lợi: đóng không có kết quả. Cao nhất, thấp nhất là hạng của đơn vị trong mọi trường hợp có lợi, bất lợi "
    "của mọi tiêu chí chưa kết luận, của đơn vị và của đơn vị khác. Số liệu được sửa thành giá trị khác thì không nằm trong các trường hợp này."
)
_NOT_PROVEN = "Chưa chứng minh được là không còn trường hợp nào xa hơn."
_COLUMNS: Sequence[tuple[str, float]] = (
    ("Mã", 8),
    ("Đối tượng", 28),
    ("Cụm", 10),
    ("Hạng nay", 9),
    ("Cao nhất", 9),
    ("Thấp nhất", 9),
    ("Riêng mình: cao", 9),
    ("Riêng mình: thấp", 9),
    ("Xếp loại cao nhất", 17),
    ("Xếp loại thấp nhất", 17),
    ("Điểm nếu bất lợi", 10),
    ("Điểm nếu có lợi", 10),
    ("Tiêu chí chưa kết luận", 28),
    ("Ghi chú", 22),
)
_MATTERS: Sequence[tuple[str, float]] = (
    ("Thứ tự", 7),
    ("Mã", 8),
    ("Đối tượng", 26),
    ("Tiêu chí", 11),
    ("Nội dung", 40),
    ("Trạng thái", 18),
    ("Cơ quan thẩm định", 26),
    ("Từ ngày", 11),
    ("Nếu có lợi", 20),
    ("Nếu bất lợi", 20),
    ("Làm đổi hạng, loại của", 34),
)


# --- on the screen -------------------------------------------------------------------------------------------------


def disputed_lines(made: DisputedSet) -> Iterator[str]:
    """One set: what is not firm, then the disputes that matter."""
    result = made.scored.result
    yield result.set.title
    yield from (f"*** {stamp} ***" for stamp in result.stamps)
    waits = sum(len(one.open) for one in made.rows.values())
    units = sum(1 for one in made.rows.values() if one.open)
    if not waits:
        yield f"Không còn tiêu chí nào chưa kết luận ({len(made.rows)} đối tượng)."
    else:
        yield f"{waits} tiêu chí chưa kết luận của {units} trên {len(made.rows)} đối tượng."
    yield from _absent(made)
    for one in _ordered(made):
        if not one.interval.firm:
            yield f"  {one.interval.candidate} {one.name}: hạng nay {_rank(one.interval.now)}. {one.words}"
    firm = sum(1 for one in made.rows.values() if one.interval.firm)
    if waits:
        yield f"Đã chắc hạng và loại: {firm} đối tượng."
        yield from _first(made)


def _first(made: DisputedSet) -> Iterator[str]:
    if made.matters is None:
        yield "Không xét riêng từng tiêu chí chưa kết luận: quá nhiều."
        return
    if not made.matters:
        yield "Không tiêu chí chưa kết luận nào một mình làm đổi hạng hay loại của ai."
        return
    yield "Việc cần giải quyết trước (một mình kết luận đó đã làm đổi hạng hoặc loại):"
    for number, one in enumerate(made.matters[:_MOST_SHOWN], 1):
        yield f"  {number}. {one.candidate} {_criterion(one.criterion)}: nếu có lợi: {_end(one, 0)}; nếu bất lợi: {_end(one, 1)}"
        yield f"      làm đổi của {len(one.moved)}: {_some(one.moved)}"
    if len(made.matters) > _MOST_SHOWN:
        yield f"  … và {len(made.matters) - _MOST_SHOWN} tiêu chí khác, xem tệp Excel."


def _absent(made: DisputedSet) -> Iterator[str]:
    if made.absent:
        yield f"{made.absent} đối tượng chưa nộp biểu: không xếp hạng, không tính vào các trường hợp."


# --- the workbook --------------------------------------------------------------------------------------------------


def disputed_file(made: DisputedSet) -> ReportFile:
    """khoang-hang-SET.xlsx"""
    scored = made.scored
    header = header_of(scored.workspace.movement, scored.round, scored.letter, scored.stage)
    return ReportFile(f"khoang-hang-{PurePath(scored.file).stem}.xlsx", disputed_workbook(made, header))


def disputed_workbook(made: DisputedSet, header: RankingHeader) -> bytes:
    """xlsx bytes, the same for the same round."""
    result = made.scored.result
    stamps = [INTERNAL, *all_stamps(result, header)]
    book, stream = new_book(f"{header.movement}: {result.set.title}", stamps)
    looks = styles(book, result.set.places)
    _intervals(book, made, header, stamps, looks)
    _matters(book, made, header, stamps, looks)
    _receipt(book, made, stamps, looks)
    book.close()
    content: bytes = stream.getvalue()
    return content


def _page(
    book: Any,
    name: str,
    texts: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, float]],
    stamps: Sequence[str],
    looks: Any,
) -> tuple[Any, int]:
    """A sheet with its title, stamps and headings; the line after them."""
    sheet = book.add_worksheet(name)
    paper(sheet, stamps)
    sheet.fit_to_pages(1, 0)
    for line, (look, text) in enumerate(texts):
        sheet.write_string(line, 0, text, looks[look])
    return sheet, heading_row(sheet, len(texts) + 1, columns, looks["head"], 2)


def _intervals(book: Any, made: DisputedSet, header: RankingHeader, stamps: Sequence[str], looks: Any) -> None:
    result = made.scored.result
    sheet, line = _page(
        book,
        "Khoang hang",
        _title("KHOẢNG HẠNG KHI CÒN TIÊU CHÍ CHƯA KẾT LUẬN", result.set.title, header, stamps),
        _COLUMNS,
        stamps,
        looks,
    )
    widths = [width for _, width in _COLUMNS]
    sheet.set_row(line - 1, 45)
    first = line
    for one in _ordered(made):
        write_texts(sheet, line, _row(one, result.set.places), widths, looks["text"])
        for place, rank in enumerate(_places(one), 3):
            if rank is not None:
                sheet.write_number(line, place, rank, looks["order"])
        for place, total in enumerate(one.interval.totals, 10):
            sheet.write_number(line, place, cell_number(total, result.set.places), looks["points"])
        line += 1
    sheet.autofilter(first - 1, 0, max(line - 1, first), len(_COLUMNS) - 1)


def _row(one: Disputed, places: int) -> list[str]:
    interval = one.interval
    against, for_ = (show_vietnamese(total, places) for total in interval.totals)
    own = [f"{_criterion(each.criterion)}{'*' if each.matter is not None else ''}" for each in one.open]
    notes = [] if not interval.firm else ["đã chắc"]
    notes += [] if interval.ranked else ["hạng: chưa chứng minh là hết"]
    notes += [] if interval.graded else ["loại: chưa chứng minh là hết"]
    return [
        interval.candidate,
        one.name,
        one.pool,
        *("–" if rank is None else str(rank) for rank in _places(one)),
        _grade(interval.best),
        _grade(interval.worst),
        against,
        for_,
        ", ".join(own),
        "; ".join(notes),
    ]


def _places(one: Disputed) -> list[int | None]:
    interval = one.interval
    return [interval.now.rank, interval.best.rank, interval.worst.rank, interval.own_best, interval.own_worst]


def _matters(book: Any, made: DisputedSet, header: RankingHeader, stamps: Sequence[str], looks: Any) -> None:
    result = made.scored.result
    title = _title("TIÊU CHÍ CHƯA KẾT LUẬN: VIỆC CẦN GIẢI QUYẾT TRƯỚC", result.set.title, header, stamps)
    sheet, line = _page(book, "Tieu chi treo", title, _MATTERS, stamps, looks)
    widths = [width for _, width in _MATTERS]
    rank = {(one.candidate, one.criterion): number for number, one in enumerate(made.matters or [], 1)}
    opened = [(one, each) for one in _ordered(made) for each in one.open]
    opened.sort(key=lambda pair: rank.get((pair[0].interval.candidate, pair[1].criterion), len(rank) + 1))
    for one, each in opened:
        number = rank.get((one.interval.candidate, each.criterion))
        matter = each.matter
        texts = [
            str(number) if number is not None else "",
            one.interval.candidate,
            one.name,
            _criterion(each.criterion),
            each.text,
            each.state,
            each.body,
            _day(each.since),
            _end(matter, 0) if matter is not None else "",
            _end(matter, 1) if matter is not None else "",
            _some(matter.moved)
            if matter is not None
            else "không ai"
            if made.matters is not None
            else "không xét riêng",
        ]
        write_texts(sheet, line, texts, widths, looks["text"])
        line += 1
    if not opened:
        sheet.write_string(line, 0, "Không còn tiêu chí nào chưa kết luận.", looks["plain"])


def _receipt(book: Any, made: DisputedSet, stamps: Sequence[str], looks: Any) -> None:
    sheet, line = _page(book, "Cach tinh", [("title", "CÁCH TÍNH")], [("Mục", 30), ("Nội dung", 92)], stamps, looks)
    steadiness = made.steadiness
    pooled = (
        "Có: điểm của đơn vị này tùy điều chưa kết luận của đơn vị khác; từng đơn vị được chấm lại cả bảng."
        if steadiness.pooled
        else "Không: điểm của mỗi đơn vị chỉ tùy điều chưa kết luận của chính nó."
    )
    loose = ", ".join(_criterion(one) for one in sorted(steadiness.loose)) or "không có"
    unproven = sum(1 for one in made.rows.values() if not (one.interval.ranked and one.interval.graded))
    rows = [
        ("Cách đọc", _READING),
        ("Riêng mình", "Chỉ các tiêu chí chưa kết luận của đơn vị được quyết định, đơn vị khác giữ như hiện nay."),
        ("Dấu * sau tiêu chí", "Một mình kết quả của tiêu chí đó đã làm đổi hạng hoặc loại của ai đó."),
        ("Điểm so với cụm", pooled),
        ("Tiêu chí phải thử mọi cách", loose),
        (
            "Chưa chứng minh",
            f"{unproven} đối tượng. {_NOT_PROVEN}"
            if unproven
            else "Mọi khoảng hạng, xếp loại đều đã chứng minh là hết mức.",
        ),
        *(("Lưu ý", text) for text in _absent(made)),
        *made.scored.receipt.items(),
    ]
    for name, text in rows:
        write_texts(sheet, line, [name, text], [30, 92], looks["text"])
        line += 1


def _title(title: str, set_title: str, header: RankingHeader, stamps: Sequence[str]) -> list[tuple[str, str]]:
    return [("title", title), ("plain", f"{set_title}; {header.period}"), *(("stamp", stamp) for stamp in stamps)]


# --- words ---------------------------------------------------------------------------------------------------------


def _ordered(made: DisputedSet) -> list[Disputed]:
    result = made.scored.result
    return [made.rows[result.ids[row]] for row in order(result)]


def _criterion(ident: str) -> str:
    return COMMON_WORDS if ident == COMMON else ident


def _rank(end: End) -> str:
    return "chưa có" if end.rank is None else str(end.rank)


def _grade(end: End) -> str:
    return end.grade or grade_words(end)


def _end(one: Matter, place: int) -> str:
    rank, grade = one.ranks[place], one.grades[place]
    where = f"hạng {rank}" if rank is not None else "không xếp hạng"
    return f"{where}, loại “{grade}”" if grade is not None else where


def _some(ids: Sequence[str]) -> str:
    more = len(ids) - _UNITS
    return ", ".join(ids[:_UNITS]) + (f" và {more} đối tượng khác" if more > 0 else "")


def _day(text: str) -> str:
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    return f"{day}/{month}/{year}" if day else ""
