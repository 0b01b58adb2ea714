"""A score sheet as PDF (PDF/A-2a), by typst. Every text goes in as data; the same sheet gives the same bytes.

Layout: Nghị định 30/2020/NĐ-CP, Phụ lục I (A4, margins, sizes, header table, page numbers at the top from the second page on).
"""

from __future__ import annotations

import json
import re
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from records.forms.collecting.cells import clean
from reports.reasons.receipt import Receipt
from reports.reasons.row import CriterionRow, Line
from reports.score_sheet.content import OccasionPart, PeriodPart, ScoreSheet
from reports.wording.days import written_day
from reports.wording.texts import capital

FONTS = Path(__file__).parents[1] / "fonts"
TEMPLATE = Path(__file__).with_name("sheet.typ")
STANDARD: Literal["a-2a"] = "a-2a"
BREAK = "\u200b"  # where the template may break a line; no other text has it
LACKING = "\ufffd"  # printed for a sign the font has not
_LONG_WORD, _PIECE = 28, 10  # letters: what fits the narrowest column of text, and where a longer word is broken
_LONG_ROW = 900  # letters: a row that may run over to the next page
_LINE, _LINES, _HEIGHT = (
    92,
    2,
    4.2,
)  # letters of a line of stamps, lines the margin has room for, millimetres of each further one


class Printer:
    """A compiler with the fonts loaded, for many sheets."""

    def __init__(self) -> None:
        import typst

        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
        self._compiler = typst.Compiler(
            str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts, ignore_system_fonts=True
        )

    def pdf(self, sheet: ScoreSheet) -> bytes:
        """The bytes of a sheet. The day in the file is that of the publication, never today."""
        midnight = datetime(sheet.day.year, sheet.day.month, sheet.day.day, tzinfo=UTC)
        made = self._compiler.compile(
            sys_inputs={"sheet": json.dumps(document(sheet), ensure_ascii=False, sort_keys=True)},
            format="pdf",
            pdf_standards=[STANDARD],
            timestamp=int(midnight.timestamp()),
        )
        assert isinstance(made, bytes)
        return made


# --- texts ---------------------------------------------------------------------------------------------------------


def shown(text: str) -> str:
    """A text as it can be printed: on one line, composed, long words breakable, what the font lacks replaced."""
    known = _glyphs()
    plain = "".join(sign if ord(sign) in known else LACKING for sign in clean(text))
    return " ".join(_breakable(word) for word in plain.split(" "))


def _breakable(word: str) -> str:
    if len(word) <= _LONG_WORD:
        return word
    pieces = [""]
    for sign in word:
        if len(pieces[-1]) >= _PIECE and not unicodedata.combining(sign):
            pieces.append("")
        pieces[-1] += sign
    return BREAK.join(pieces)


def _ident(text: str) -> str:
    """An id in a narrow column: C2.văn-bản may be broken behind a dot or a hyphen."""
    return re.sub(r"(?<=[.\-/_])(?=\w)", BREAK, shown(text).replace(BREAK, ""))


@cache
def _glyphs() -> frozenset[int]:
    """Characters the font has, from its table cmap (format 4). All four faces have the same."""
    raw = (FONTS / "Tinos-Regular.ttf").read_bytes()
    tables = {raw[at : at + 4]: struct.unpack_from(">I", raw, at + 8)[0] for at in range(12, 12 + 16 * raw[5], 16)}
    start = tables[b"cmap"]
    count = struct.unpack_from(">H", raw, start + 2)[0]
    for number in range(count):
        at = start + struct.unpack_from(">I", raw, start + 4 + 8 * number + 4)[0]
        if struct.unpack_from(">H", raw, at)[0] == 4:
            segments = struct.unpack_from(">H", raw, at + 6)[0] // 2
            ends = struct.unpack_from(f">{segments}H", raw, at + 14)
            starts = struct.unpack_from(f">{segments}H", raw, at + 16 + 2 * segments)
            ranges = zip(starts, ends, strict=True)
            return frozenset(code for first, last in ranges for code in range(first, last + 1) if code != 0xFFFF)
    return frozenset()


# --- data of the template ------------------------------------------------------------------------------------------


def document(sheet: ScoreSheet) -> dict[str, Any]:
    """The sheet as the template reads it: texts, lists and truths only."""
    numbered = len(sheet.periods) > 1 or sheet.occasion is not None
    stamps = [shown(capital(stamp)) for stamp in sheet.stamps]
    foot = [_receipt_short(one) for one in sheet.receipts]
    return {
        "title": shown(f"Phiếu giải trình điểm: {sheet.name} – {sheet.title}"),
        "day": [sheet.day.year, sheet.day.month, sheet.day.day],
        "parent": shown(sheet.parent.upper()),
        "authority": shown(sheet.authority.upper()),
        "place": shown(
            f"{sheet.place}, {written_day(sheet.day)}" if sheet.place else written_day(sheet.day).capitalize()
        ),
        "subject": shown(sheet.title),
        "movement": shown(sheet.movement),
        "about": _lines([*sheet.about, *_published(sheet), ("Kết quả", sheet.summary)]),
        "stamps": stamps,
        "top": 20 + max(0, _lines_of(stamps) - _LINES) * _HEIGHT,
        "foot": foot,
        "bottom": 20 + max(0, _lines_of([_FOOT, *("".join(one) for one in foot)]) - 3) * _HEIGHT,
        "foot_words": _FOOT,
        "occasion": _occasion(sheet.occasion) if sheet.occasion is not None else None,
        "periods": [_period(part, sheet, numbered) for part in sheet.periods],
        "receipts": [_receipt(one) for one in sheet.receipts],
        "check": [
            "Điểm, xếp loại, thứ hạng từng kỳ lấy từ gói công bố nội bộ nêu trên; minh chứng, cơ quan và ngày thẩm định lấy từ sổ tại thời "
            "điểm công bố. Dòng ở chân trang là 12 ký tự đầu của mã SHA-256 của gói.",
            "Cách soát: chạy lệnh “thidua verify GÓI --against THƯ-MỤC-LÀM-VIỆC”; kết quả phải là GIỐNG HỆT và mã băm của gói "
            "phải đúng mã trên đây, là mã đã ghi vào sổ khi công bố.",
            "Phiếu do phần mềm lập từ gói công bố, không sửa tay; phiếu khác với gói thì gói là bản đúng.",
        ],
    }


_FOOT = "Biên nhận (12 ký tự đầu của mã SHA-256 của gói công bố nội bộ; soát: thidua verify):"


def _published(sheet: ScoreSheet) -> list[Line]:
    if sheet.occasion is not None:
        return [("Thời gian", f"từ ngày {sheet.occasion.first:%d/%m/%Y} đến ngày {sheet.occasion.last:%d/%m/%Y}")]
    one = sheet.receipts[0]
    return [("Bộ tiêu chí", sheet.periods[0].set_title), ("Công bố", _publication(one))]


def _publication(one: Receipt) -> str:
    by = f", theo {one.decision}" if one.decision else ""
    return f"chính thức lần {one.version}, ngày {one.published:%d/%m/%Y}{by}"


def _receipt_short(one: Receipt) -> list[str]:
    return [shown(one.short), shown(one.archive)]


def _receipt(one: Receipt) -> dict[str, str]:
    told = f"Kỳ {one.period}, nhóm {one.group}: công bố {_publication(one)}. Phần mềm: {one.software}."
    return {"archive": shown(one.archive), "sha256": one.sha256, "told": shown(told)}


def _occasion(part: OccasionPart) -> dict[str, Any]:
    return {
        "heading": "KẾT QUẢ GỘP CÁC KỲ",
        "periods": [
            {
                "name": shown(one.title),
                "points": shown(one.points),
                "share": shown(one.share),
                "grade": shown(one.grade),
                "rank": shown(one.rank),
                "note": shown(one.note),
                "receipts": [shown(text) for text in one.receipts] or ["–"],
                "whole": len(one.note) < _LONG_ROW,
            }
            for one in part.periods
        ],
        "lines": _lines(part.lines),
    }


def _period(part: PeriodPart, sheet: ScoreSheet, numbered: bool) -> dict[str, Any]:
    whose = f": kết quả của {part.name} (mã {part.candidate})" if part.candidate != sheet.candidate else ""
    return {
        "heading": shown(f"KỲ {part.title.upper()}{whose}") if numbered else "",
        "about": _lines([("Bộ tiêu chí", part.set_title), ("Công bố", _publication(part.receipt))]) if numbered else [],
        "rows": [_row(row) for row in part.rows],
        "total": shown(part.shown_total),
        "maximum": shown(part.shown_maximum),
        "result": _lines(part.result),
        "general": _lines(part.general),
        "bases": _lines(part.bases),
    }


def _row(row: CriterionRow) -> dict[str, Any]:
    lines: list[Line] = [*row.reasons]
    lines += [("Căn cứ", "; ".join(row.clauses))] if row.clauses else []
    lines += [("Minh chứng", "; ".join(row.evidence))] if row.evidence else []
    verified = [text.partition(": ") for text in row.verified]
    lines += [(heading, text) for heading, _, text in verified]
    return {
        "id": _ident(row.id),
        "text": shown(row.text),
        "depth": row.depth,
        "part": row.part,
        "lines": _lines(lines),
        "maximum": shown(row.shown_maximum) if row.maximum or row.counts else "–",
        "points": shown(row.shown_points),
        "number": row.counts,
        "whole": len(row.text) + sum(len(heading) + len(text) for heading, text in lines) < _LONG_ROW,
    }


def _lines(lines: Sequence[Line]) -> list[list[str]]:
    return [[shown(heading), shown(text)] for heading, text in lines]


def _lines_of(texts: Iterable[str]) -> int:
    """Lines that texts one after another take at the top or the foot of a page."""
    return -(-sum(len(text) + 2 for text in texts) // _LINE)
