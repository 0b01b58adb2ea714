"""A result as a workbook: the ranking, the points, the states; prints on A4 without cutting columns."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from criteria.exact import show_decimal, show_vietnamese
from scoring import states
from scoring.result import CandidateResult, Result

_WORDS = dict(zip(states.NAMES, states.VIETNAMESE, strict=True))
WIDEST = 14  # columns that can still be read on one A4 page
LINE = 15  # points of height of a line of text
_SHORT = {
    "scored": "",
    "not_applicable": "KAD",
    "no_evidence": "chưa có",
    "undefined": "chưa rõ",
    "needs_judgement": "chờ chấm",
    "not_assessed": "không xét",
    "open": "còn mở",
}


def result_workbook(result: Result, receipt: Mapping[str, str]) -> bytes:
    """xlsx bytes, the same for the same result. Texts are written as texts, never as formulas."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties(
        {"title": result.set.title, "comments": "; ".join(result.stamps), "created": dt.datetime(2025, 1, 1)}
    )
    styles = _styles(book, result.set.places)
    _ranking(book, result, styles)
    _points(book, result, styles)
    _criteria(book, result, styles)
    _receipt(book, result, receipt, styles)
    book.close()
    return stream.getvalue()


def _styles(book: Any, places: int) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    cell = {**base, "border": 1, "text_wrap": True}
    number = "0" if places == 0 else "0." + "0" * places
    return {
        "title": book.add_format({**base, "bold": True, "font_size": 14}),
        "plain": book.add_format(base),
        "stamp": book.add_format({**base, "bold": True, "font_color": "#B00020"}),
        "head": book.add_format({**cell, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E8EEF4"}),
        "text": book.add_format(cell),
        "center": book.add_format({**cell, "align": "center"}),
        "points": book.add_format({**cell, "num_format": number.replace(".", "."), "align": "right"}),
        "share": book.add_format({**cell, "num_format": "0.00%", "align": "right"}),
        "faint": book.add_format({**cell, "font_color": "#8A5A00", "align": "center", "italic": True}),
    }


def _sheet(
    book: Any, name: str, title: str, result: Result, styles: dict[str, Any], columns: Sequence[tuple[str, float]]
) -> tuple[Any, int]:
    """A sheet with its title, its stamps and its heading row; the row after it."""
    sheet = book.add_worksheet(name)
    sheet.set_paper(9)
    sheet.set_landscape()
    if len(columns) <= WIDEST:
        sheet.fit_to_pages(1, 0)
    else:  # too wide to be read on one page: break between columns, say on each page who it is about
        sheet.set_print_scale(75)
        sheet.repeat_columns(0, 2)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    stamp = "; ".join(result.stamps)
    sheet.set_footer(f"&L{stamp.replace('&', '&&')}&RTrang &P/&N")
    sheet.write_string(0, 0, title, styles["title"])
    line = 1
    for text in result.stamps:
        sheet.write_string(line, 0, text, styles["stamp"])
        line += 1
    line += 1
    for place, (head, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(line, place, head, styles["head"])
    sheet.repeat_rows(line)
    sheet.freeze_panes(line + 1, 3)
    return sheet, line + 1


def _texts(sheet: Any, line: int, texts: list[str], widths: Sequence[float], style: Any, start: int = 0) -> None:
    """A row of wrapped texts, as high as its longest one needs."""
    lines = 1
    for place, (text, width) in enumerate(zip(texts, widths, strict=True), start):
        sheet.write_string(line, place, text, style)
        lines = max(lines, sum(1 + int(len(part) / (width * 1.12)) for part in text.split("\n")))
    sheet.set_row(line, LINE * min(lines, 27))


def _order(result: Result) -> list[int]:
    """By pool, then rank, those without a rank last; equal ones by id."""
    return sorted(range(result.size), key=lambda i: (result.pools[i], int(result.ranks[i]) or 10**9, result.ids[i]))


def _value(value: Fraction, places: int) -> float:
    """A printed number for a spreadsheet cell, which holds no other kind."""
    return float(show_decimal(value, places))  # a cell of a workbook; no score is computed from it


def _ranking(book: Any, result: Result, styles: dict[str, Any]) -> None:
    columns = [
        ("Hạng", 14),
        ("Mã", 9),
        ("Tên", 30),
        ("Cụm", 10),
        ("Tổng điểm", 10),
        ("Tối đa", 9),
        ("Tỷ lệ", 9),
        ("Xếp loại", 22),
        ("Tình trạng", 17),
        ("Lý do, ghi chú", 44),
    ]
    sheet, line = _sheet(book, "Xếp hạng", f"BẢNG XẾP HẠNG — {result.set.title}", result, styles, columns)
    for row in _order(result):
        c = result.at(row)
        rank = "" if c.rank is None else f"{c.rank} (đồng hạng)" if c.tied else str(c.rank)
        sheet.write_string(line, 0, rank, styles["center"])
        for place, text in ((1, c.id), (2, c.name), (3, c.pool)):
            sheet.write_string(line, place, text, styles["text"])
        sheet.write_number(line, 4, _value(c.total, result.set.places), styles["points"])
        sheet.write_number(line, 5, _value(c.maximum, result.set.places), styles["points"])
        if c.share is None:
            sheet.write_string(line, 6, "", styles["share"])
        else:
            sheet.write_number(line, 6, _value(c.share, 6), styles["share"])
        _texts(sheet, line, [c.grade or "", _situation(c), _reasons(c)], [22, 17, 44], styles["text"], 7)
        line += 1


def _situation(candidate: CandidateResult) -> str:
    if candidate.eligible is False:
        return "không đủ điều kiện"
    if candidate.eligible is None:
        return "chưa kết luận điều kiện"
    return "tạm tính" if candidate.provisional else "đủ số liệu"


def _reasons(candidate: CandidateResult) -> str:
    texts = [f"{node}: {say}" if node else say for node, say in candidate.gates]
    texts += [f"{node}: {what}" if node else what for node, what in candidate.open]
    return "; ".join([*texts, *candidate.notes])


def _points(book: Any, result: Result, styles: dict[str, Any]) -> None:
    ids = [node_id for node_id, _ in result.printed]
    columns = [("Mã", 9), ("Tên", 30), ("Tổng", 9), *((node_id, 8.5) for node_id in ids)]
    sheet, line = _sheet(book, "Điểm", f"ĐIỂM TỪNG TIÊU CHÍ — {result.set.title}", result, styles, columns)
    for row in _order(result):
        c = result.at(row)
        sheet.write_string(line, 0, c.id, styles["text"])
        sheet.write_string(line, 1, c.name, styles["text"])
        sheet.write_number(line, 2, _value(c.total, result.set.places), styles["points"])
        for place, node_id in enumerate(ids, 3):
            criterion = c.criteria[node_id]
            if criterion.state in ("scored", "open") or criterion.points:
                sheet.write_number(line, place, _value(criterion.points, result.set.places), styles["points"])
            else:
                sheet.write_string(line, place, _SHORT[criterion.state], styles["faint"])
        line += 1


def _criteria(book: Any, result: Result, styles: dict[str, Any]) -> None:
    columns = [("Mã", 10), ("Nội dung", 56), ("Loại", 11), ("Tối đa", 8), ("Cách chấm", 66), ("Căn cứ", 34)]
    sheet, line = _sheet(book, "Tiêu chí", f"TIÊU CHÍ — {result.set.title}", result, styles, columns)
    kinds = {"part": "nhóm", "leaf": "tiêu chí", "less": "điểm trừ", "plus": "điểm cộng"}
    for node_id, kind in result.printed:
        node = result.set.node(node_id)
        carried = result.set.carried.get(node_id)
        mark = result.root.result(node_id).mark.scalar
        shape = (
            node.shape
            if node is not None
            else next((e.shape for _, e in result.set.printed_entries() if e.id == node_id), None)
        )
        clauses = "; ".join(f"{c.basis} {c.place or ''}".strip() for c in carried.clauses) if carried else ""
        texts = [
            node_id,
            result.set.labels.get(node_id, ""),
            kinds[kind],
            show_vietnamese(mark) if mark and kind in ("part", "leaf") else "",
            shape.rule() if shape else "",
            clauses,
        ]
        _texts(sheet, line, texts, [width for _, width in columns], styles["text"])
        line += 1
    for state in states.NAMES[1:]:
        line += 1
        sheet.write_string(line, 0, _SHORT[state], styles["plain"])
        sheet.write_string(line, 1, _WORDS[state], styles["plain"])


def _receipt(book: Any, result: Result, receipt: Mapping[str, str], styles: dict[str, Any]) -> None:
    sheet, line = _sheet(
        book, "Biên nhận", "BIÊN NHẬN TÍNH ĐIỂM", result, styles, [("Mục", 34), ("Giá trị", 80), ("", 4)]
    )
    rows = [
        ("Bộ tiêu chí", result.set.id),
        ("Kỳ", result.period),
        *receipt.items(),
        *((problem.code, problem.message) for problem in result.problems),
    ]
    for name, value in rows:
        _texts(sheet, line, [name, value], [34, 80], styles["text"])
        line += 1
