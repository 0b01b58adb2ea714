"""A result as a workbook: the ranking, the points, the states; prints on A4 without cutting columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from criteria.exact import show_vietnamese
from reports.workbook_styles import (
    SHORT,
    WORDS,
    cell_number,
    heading_row,
    new_book,
    order,
    paper,
    reasons,
    situation,
    styles,
    write_texts,
)
from scoring import states
from scoring.result import Result

WIDEST = 14  # columns that can still be read on one A4 page


def result_workbook(result: Result, receipt: Mapping[str, str]) -> bytes:
    """xlsx bytes, the same for the same result. Texts are written as texts, never as formulas."""
    book, stream = new_book(result.set.title, result.stamps)
    looks = styles(book, result.set.places)
    _ranking(book, result, looks)
    _points(book, result, looks)
    _criteria(book, result, looks)
    _receipt(book, result, receipt, looks)
    book.close()
    return stream.getvalue()


def _sheet(
    book: Any, name: str, title: str, result: Result, looks: dict[str, Any], columns: Sequence[tuple[str, float]]
) -> tuple[Any, int]:
    """A sheet with its title, its stamps and its heading row; the row after it."""
    sheet = book.add_worksheet(name)
    paper(sheet, result.stamps)
    if len(columns) <= WIDEST:
        sheet.fit_to_pages(1, 0)
    else:  # too wide to be read on one page: break between columns, say on each page who it is about
        sheet.set_print_scale(75)
        sheet.repeat_columns(0, 2)
    sheet.write_string(0, 0, title, looks["title"])
    line = 1
    for text in result.stamps:
        sheet.write_string(line, 0, text, looks["stamp"])
        line += 1
    line += 1
    return sheet, heading_row(sheet, line, columns, looks["head"], 3)


def _ranking(book: Any, result: Result, looks: dict[str, Any]) -> None:
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
    sheet, line = _sheet(book, "Xếp hạng", f"BẢNG XẾP HẠNG — {result.set.title}", result, looks, columns)
    for row in order(result):
        c = result.at(row)
        rank = "" if c.rank is None else f"{c.rank} (đồng hạng)" if c.tied else str(c.rank)
        sheet.write_string(line, 0, rank, looks["center"])
        for place, text in ((1, c.id), (2, c.name), (3, c.pool)):
            sheet.write_string(line, place, text, looks["text"])
        sheet.write_number(line, 4, cell_number(c.total, result.set.places), looks["points"])
        sheet.write_number(line, 5, cell_number(c.maximum, result.set.places), looks["points"])
        if c.share is None:
            sheet.write_string(line, 6, "", looks["share"])
        else:
            sheet.write_number(line, 6, cell_number(c.share, 6), looks["share"])
        write_texts(sheet, line, [c.grade or "", situation(c), reasons(c)], [22, 17, 44], looks["text"], 7)
        line += 1


def _points(book: Any, result: Result, looks: dict[str, Any]) -> None:
    ids = [node_id for node_id, _ in result.printed]
    columns = [("Mã", 9), ("Tên", 30), ("Tổng", 9), *((node_id, 8.5) for node_id in ids)]
    sheet, line = _sheet(book, "Điểm", f"ĐIỂM TỪNG TIÊU CHÍ — {result.set.title}", result, looks, columns)
    for row in order(result):
        c = result.at(row)
        sheet.write_string(line, 0, c.id, looks["text"])
        sheet.write_string(line, 1, c.name, looks["text"])
        sheet.write_number(line, 2, cell_number(c.total, result.set.places), looks["points"])
        for place, node_id in enumerate(ids, 3):
            criterion = c.criteria[node_id]
            if criterion.state in ("scored", "open") or criterion.points:
                sheet.write_number(line, place, cell_number(criterion.points, result.set.places), looks["points"])
            else:
                sheet.write_string(line, place, SHORT[criterion.state], looks["faint"])
        line += 1


def _criteria(book: Any, result: Result, looks: dict[str, Any]) -> None:
    columns = [("Mã", 10), ("Nội dung", 56), ("Loại", 11), ("Tối đa", 8), ("Cách chấm", 66), ("Căn cứ", 34)]
    sheet, line = _sheet(book, "Tiêu chí", f"TIÊU CHÍ — {result.set.title}", result, looks, columns)
    for texts in criteria_rows(result):
        write_texts(sheet, line, texts, [width for _, width in columns], looks["text"])
        line += 1
    for state in states.NAMES[1:]:
        line += 1
        sheet.write_string(line, 0, SHORT[state], looks["plain"])
        sheet.write_string(line, 1, WORDS[state], looks["plain"])


def criteria_rows(result: Result, bases: Mapping[str, str] | None = None) -> list[list[str]]:
    """Every node and entry: id, text, kind, full mark, rule, clause. bases: other words for the ids of bases."""
    said = bases or {}
    kinds = {"part": "nhóm", "leaf": "tiêu chí", "less": "điểm trừ", "plus": "điểm cộng"}
    shapes = {entry.id: entry.shape for _, entry in result.set.printed_entries()}
    nodes = {node.id: node for node in result.set.printed_nodes()}
    rows = []
    for node_id, kind in result.printed:
        carried = result.set.carried.get(node_id)
        mark = result.root.result(node_id).mark.scalar
        shape = nodes[node_id].shape if node_id in nodes else shapes.get(node_id)
        clauses = (
            "; ".join(f"{said.get(c.basis, c.basis)} {c.place or ''}".strip() for c in carried.clauses)
            if carried
            else ""
        )
        rows.append(
            [
                node_id,
                result.set.labels.get(node_id, ""),
                kinds[kind],
                show_vietnamese(mark) if mark and kind in ("part", "leaf") else "",
                shape.rule() if shape else "",
                clauses,
            ]
        )
    return rows


def basis_numbers(result: Result) -> dict[str, str]:
    """Short names of the bases that criteria rest on: [1], [2]."""
    used = {clause.basis for carried in result.set.carried.values() for clause in carried.clauses}
    return {basis: f"[{place}]" for place, basis in enumerate((b for b in result.set.bases if b in used), 1)}


def _receipt(book: Any, result: Result, receipt: Mapping[str, str], looks: dict[str, Any]) -> None:
    sheet, line = _sheet(
        book, "Biên nhận", "BIÊN NHẬN TÍNH ĐIỂM", result, looks, [("Mục", 34), ("Giá trị", 80), ("", 4)]
    )
    rows = [
        ("Bộ tiêu chí", result.set.id),
        ("Kỳ", result.period),
        *receipt.items(),
        *((problem.code, problem.message) for problem in result.problems),
    ]
    for name, value in rows:
        write_texts(sheet, line, [name, value], [34, 80], looks["text"])
        line += 1
