"""The sheets of points and of maxima: a line per candidate, a column per criterion, parts and totals as live formulas."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from reports.ranking.grid import FIRST_NODE, WAITS, Figure, Grid, Key
from reports.ranking.live import MAXIMA, POINTS
from reports.workbook_header import RankingHeader, all_stamps
from reports.workbook_styles import LINE, cell_number, lines_of, paper
from scoring.result import Result

SCALE, SMALLEST = 85, 70  # percent: of pages with breaks between columns; of a whole sheet on one page
PAGE = 920  # pixels of a page across at full size, less a reserve for printers that measure otherwise
ID_WIDTH, NAME_WIDTH, NODE_WIDTH = 9.0, 28.0, 8.5
OWN = "giá trị của phần mềm"
RANKED = "x"  # what records/spreadsheets reads as: may have a place
Heads = Sequence[tuple[str, float]]


def first_line(result: Result, header: RankingHeader) -> int:
    """The line of the first candidate on both sheets: title, subject, a note, stamps, a gap, heading, full marks."""
    return 6 + len(all_stamps(result, header))


def write_points(book: Any, grid: Grid, header: RankingHeader, looks: dict[str, Any]) -> Any:
    """The sheet of points."""
    sheet = book.add_worksheet(POINTS)
    own_keys = [key for key in grid.keys if key.column > grid.column[""]]
    heads = [*_node_heads(grid), ("Tổng điểm", NODE_WIDTH)]
    heads += [(entry, NODE_WIDTH) for entry in grid.entries]
    heads += [(f"{node_id or 'Tổng'}: cộng, trừ, chặn ({OWN})", 12.0) for node_id in grid.extras]
    heads += [(_key_head(grid, key), 13.0) for key in own_keys] + [("Được xếp hạng (x: có)", 9.0)]
    note = "Điểm của phần và tổng điểm là công thức. Chữ và màu trong ô: xem cuối trang Tieu chi."
    _frame(sheet, grid, header, looks, "ĐIỂM TỪNG TIÊU CHÍ", note, heads)
    for row in grid.rows:
        line = grid.line[row]
        _name(sheet, grid, row, looks)
        for node_id, column in grid.column.items():
            look = "total" if not node_id else "part points" if node_id in grid.branches else "points"
            _figure(sheet, line, column, grid.points(row, node_id), grid, looks[look], looks)
        for entry, column in grid.entries.items():
            sheet.write_number(line, column, number(grid, grid.candidates[row].criteria[entry].points), looks["points"])
        for node_id, column in grid.extras.items():
            sheet.write_number(line, column, number(grid, grid.extra(row, node_id)), looks["points"])
        for key in own_keys:
            _key(sheet, grid, row, key, looks)
        sheet.write_string(line, grid.ranked, RANKED if grid.result.ranks[row] else "", looks["order"])
    return sheet


def write_maxima(book: Any, grid: Grid, header: RankingHeader, looks: dict[str, Any]) -> Any:
    """The sheet of maxima in force."""
    sheet = book.add_worksheet(MAXIMA)
    heads = [*_node_heads(grid), ("Tổng tối đa", NODE_WIDTH)]
    note = "Dấu –: không áp dụng với đối tượng, không tính vào điểm tối đa."
    _frame(sheet, grid, header, looks, "ĐIỂM TỐI ĐA ĐANG ÁP DỤNG", note, heads)
    for row in grid.rows:
        _name(sheet, grid, row, looks)
        for node_id, column in grid.column.items():
            look = "part maximum" if not node_id or node_id in grid.branches else "maximum"
            _figure(sheet, grid.line[row], column, grid.maximum(row, node_id), grid, looks[look], looks)
    return sheet


def number(grid: Grid, value: Fraction) -> float:
    """As printed; where the set rounds later, as exact as a cell can hold."""
    return cell_number(value, grid.criteria.places if grid.marked else 12)


# --- the page ------------------------------------------------------------------------------------------------------


def _frame(
    sheet: Any, grid: Grid, header: RankingHeader, looks: dict[str, Any], title: str, note: str, heads: Heads
) -> None:
    """Paper, texts above, heading row, full marks, breaks between pages."""
    every = [("Mã", ID_WIDTH), ("Đối tượng", NAME_WIDTH), *heads]
    pixels = [width * 7 + 5 for _, width in every]  # what the screen and the page are filled with
    stamps = all_stamps(grid.result, header)
    paper(sheet, stamps)
    whole = sum(pixels) <= PAGE * 100 / SMALLEST
    if whole:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(SCALE)
        sheet.print_across()
        sheet.set_v_pagebreaks(_breaks(grid, pixels))
    last = len(every) - 1 if whole else FIRST_NODE - 1  # what every page repeats must not run out of its columns
    width = sum(width for _, width in every[: last + 1])
    stage = f" ({header.stage})" if header.stage else ""
    texts = [("title", title), ("plain", f"{grid.result.set.title}; {header.period}{stage}"), ("plain", note)]
    for line, (look, text) in enumerate([*texts, *(("stamp", stamp) for stamp in stamps)]):
        sheet.merge_range(line, 0, line, last, text, looks[f"{look} wrapped"])
        size = 14 if look == "title" else 11
        sheet.set_row(line, (size + 4) * lines_of(text, width * 0.9, size))
    _heading(sheet, grid, looks, every)
    sheet.repeat_columns(0, FIRST_NODE - 1)


def _heading(sheet: Any, grid: Grid, looks: dict[str, Any], every: Heads) -> None:
    """The heading row, and the row of full marks below it."""
    head = grid.first - 2
    lines = 1
    for column, (text, width) in enumerate(every):
        sheet.set_column(column, column, width)
        sheet.write_string(head, column, text, looks["head"])
        sheet.write_string(head + 1, column, "Điểm tối đa" if column == 1 else "", looks["head"])
        lines = max(lines, lines_of(text, width * 0.88))
    sheet.set_row(head, LINE * max(lines, 2))
    for node_id, column in grid.column.items():
        mark = grid.common_mark(node_id)
        if mark:
            sheet.write_number(head + 1, column, number(grid, mark), looks["total"])
    sheet.repeat_rows(head, head + 1)
    sheet.freeze_panes(grid.first, FIRST_NODE)


def _breaks(grid: Grid, pixels: Sequence[float]) -> list[int]:
    """Columns before which a new page begins: before a part, where its criteria fit on one page."""
    room = PAGE * 100 / SCALE - sum(pixels[:FIRST_NODE])
    tops = {grid.column[part.id] for part in grid.criteria.declaration.parts} | {grid.column[""]}
    found, used, column = [], 0.0, FIRST_NODE
    while column < len(pixels):
        after = range(column + 1, len(pixels))
        end = next((place for place in after if place in tops), len(pixels))
        if used and used + sum(pixels[column:end]) > room:
            found.append(column)
            used = 0.0
        for place in range(column, end):  # a part wider than a page breaks inside
            if used and used + pixels[place] > room:
                found.append(place)
                used = 0.0
            used += pixels[place]
        column = end
    return found


def _node_heads(grid: Grid) -> list[tuple[str, float]]:
    return [(node_id, max(NODE_WIDTH, min(len(node_id) * 1.2, 11.0))) for node_id in grid.column if node_id]


def _key_head(grid: Grid, key: Key) -> str:
    place = grid.keys.index(key)
    when = f"Bằng điểm, xét {place}" if place else "Xếp hạng theo"
    return f"{when}: {key.title}" if key.codes is None else f"{when}: {key.title} (thứ tự, {OWN})"


# --- cells ---------------------------------------------------------------------------------------------------------


def _name(sheet: Any, grid: Grid, row: int, looks: dict[str, Any]) -> None:
    candidate = grid.candidates[row]
    sheet.write_string(grid.line[row], 0, candidate.id, looks["text"])
    sheet.write_string(grid.line[row], 1, candidate.name, looks["text"])
    lines = max(lines_of(candidate.name, NAME_WIDTH), lines_of(candidate.id, ID_WIDTH))
    sheet.set_row(grid.line[row], LINE * min(lines, 8))


def _figure(sheet: Any, line: int, column: int, figure: Figure, grid: Grid, look: Any, looks: dict[str, Any]) -> None:
    if isinstance(figure.value, str):
        if figure.formula is not None:
            sheet.write_formula(line, column, "=" + figure.formula, looks["faint"], figure.value)
        else:
            sheet.write_string(line, column, figure.value, looks["faint"])
    elif figure.formula is not None:
        sheet.write_formula(line, column, "=" + figure.formula, look, number(grid, figure.value))
    else:
        own = column in grid.computed
        sheet.write_number(line, column, number(grid, figure.value), looks["part given"] if own else look)


def _key(sheet: Any, grid: Grid, row: int, key: Key, looks: dict[str, Any]) -> None:
    line = grid.line[row]
    if key.live is None or key.values is None:
        sheet.write_number(line, key.column, int(key.codes[row]), looks["order"])
        return
    value = key.values.at(row)
    if value is None:
        sheet.write_string(line, key.column, WAITS, looks["faint"])
    else:
        sheet.write_formula(line, key.column, f"={key.live.at(line)}", looks["key"], cell_number(value, 12))


def meanings(grid: Grid) -> list[str]:
    """What the words and colours of the sheet of points mean."""
    texts = [
        "KAD: không áp dụng, không tính vào điểm tối đa.",
        "chưa có: chưa có số liệu, không phải điểm 0.",
        "chưa rõ: không xác định được (chia cho 0), cần người quyết định.",
        "chờ chấm: chờ người chấm.",
        "không xét: không xét vì đã dừng trước đó.",
    ]
    if any(key.live for key in grid.keys):
        texts.append("Cột “Bằng điểm, xét”: dùng khi tổng điểm bằng nhau; “chờ” đứng sau mọi điểm đã có.")
    own = [
        node_id or "tổng"
        for node_id, column in grid.column.items()
        if column in grid.computed
        and any(
            f.formula is None and not isinstance(f.value, str) for f in (grid.points(r, node_id) for r in grid.rows)
        )
    ]
    if own:
        texts.append(f"Ô nền vàng ({', '.join(own)}): {OWN}, không tính lại được từ các cột bên cạnh.")
    return texts
