"""The ranking sheet: pool by pool the rank, points of the parts, total, maximum in force, share, grade, state, notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from criteria.exact import show_vietnamese
from records.life.rights import FINAL, STAGES
from records.spreadsheets.formulas import Ranked, rank_formula, share_formula
from records.spreadsheets.writing import Unsayable
from reports.ranking.grid import Figure, Grid
from reports.ranking.live import MAXIMA, POINTS
from reports.result_rows import SHARE_PLACES
from reports.wording.texts import capital
from reports.workbook_header import RankingHeader, all_stamps
from reports.workbook_pages import Rows, fitted_scale, page_starts
from reports.workbook_styles import LINE, TALLEST, cell_number, lines_of, paper, short_reasons, situation

RANKING = "Xep hang"
RANK, NUMBER, IDENT, NAME = range(4)
USUAL_PARTS, MOST_PARTS = 6, 7  # parts a page is made for; parts that stand on the same page as everything else
PART_WIDTH, WIDE_SCALE, WIDE_ROOM = 8, 78, 155
_FIXED = [("Thứ hạng", 13), ("Hạng (số)", 6), ("Mã", 8), ("Đối tượng", 26)]
_REST = [
    ("Tổng điểm", 8.5),
    ("Tối đa đang áp dụng", 8.5),
    ("Tỷ lệ đạt", 8.5),
    ("Xếp loại", 13),
    ("Tình trạng", 13),
    ("Lý do, ghi chú", 31),
]
_POOL_WORDS = {"pool": "Cụm, khối", "parent": "Cơ quan quản lý", "area": "Địa bàn", "kind": "Loại cơ quan"}


@dataclass(frozen=True)
class Columns:
    """Where the columns stand. parts: by id of the top node. wide: the parts have pages of their own."""

    heads: list[tuple[str, float]]
    parts: dict[str, int]
    rest: int
    wide: bool

    @property
    def shared(self) -> int:
        """How many columns the first page has."""
        return self.rest + len(_REST) if self.wide else len(self.heads)

    @property
    def first(self) -> int:
        """Where texts across the page begin: what every page repeats must not be cut."""
        return NAME + 1 if self.wide else 0

    @property
    def width(self) -> float:
        """Of texts across the first page, in Excel's unit of columns."""
        return sum(width for _, width in self.heads[self.first : self.shared])


def columns_of(grid: Grid) -> Columns:
    parts = [part.id for part in grid.criteria.declaration.parts]
    heads = [(_part_head(grid, part), float(PART_WIDTH)) for part in parts]
    fixed, rest = [(h, float(w)) for h, w in _FIXED], [(h, float(w)) for h, w in _REST]
    wide = len(parts) > MOST_PARTS
    spare = 0 if wide else (USUAL_PARTS - len(parts)) * PART_WIDTH
    rest[-1] = rest[-1][0], rest[-1][1] + spare  # reasons take what the parts leave
    if wide:
        start = len(fixed) + len(rest)
        return Columns([*fixed, *rest, *heads], {p: start + n for n, p in enumerate(parts)}, len(fixed), True)
    places = {p: len(fixed) + n for n, p in enumerate(parts)}
    return Columns([*fixed, *heads, *rest], places, len(fixed) + len(parts), False)


def write_ranking(book: Any, grid: Grid, header: RankingHeader, looks: dict[str, Any]) -> Any:
    """The sheet, to be written before or after those it refers to."""
    sheet = Rows(book.get_worksheet_by_name(RANKING) or book.add_worksheet(RANKING))
    columns = columns_of(grid)
    stamps = all_stamps(grid.result, header)
    paper(sheet, stamps)
    for column, (_, width) in enumerate(columns.heads):
        sheet.set_column(column, column, width)
    line = _top(sheet, grid, header, columns, looks, stamps)
    lines = 1
    for column, (text, width) in enumerate(columns.heads):
        sheet.write_string(line, column, text, looks["head"])
        lines = max(lines, lines_of(text, width * 0.88))
    sheet.set_row(line, LINE * lines)
    sheet.repeat_rows(line)
    sheet.repeat_columns(0, NAME)
    sheet.freeze_panes(line + 1, NAME + 1)
    _breaks(sheet, columns)
    head = line
    line, headings = _pools(sheet, grid, columns, looks, line + 1)
    last = line - 1
    line = _legend(sheet, grid, header, columns, looks, line + 1)
    _signatures(sheet, header, columns, looks, line + 1)
    scale = WIDE_SCALE if columns.wide else fitted_scale([width for _, width in columns.heads])
    sheet.set_h_pagebreaks(page_starts(sheet.heights(line + 2), head, headings, last, scale))
    return sheet


def _breaks(sheet: Any, columns: Columns) -> None:
    if not columns.wide:
        sheet.fit_to_pages(1, 0)
        return
    sheet.set_print_scale(WIDE_SCALE)
    sheet.print_across()
    fixed = sum(width for _, width in columns.heads[: NAME + 1])
    each = int((WIDE_ROOM - fixed) // PART_WIDTH)
    count = len(columns.parts)
    pages = -(-count // each)
    sheet.set_v_pagebreaks([columns.shared + -(-count * page // pages) for page in range(pages)])


def _top(
    sheet: Any, grid: Grid, header: RankingHeader, columns: Columns, looks: dict[str, Any], stamps: list[str]
) -> int:
    """Name of the body, title, movement, group, round, letters, stamps; the line of the heading row."""
    last, line = columns.shared - 1, 0
    for text, look in ((header.province, "body"), (header.body.upper(), "body bold")):
        if text:
            sheet.merge_range(line, 0, line, NAME, text, looks[look])
            sheet.set_row(line, 16 * lines_of(text, _width(columns, 0, NAME), 14))
            line += 1
    title = "BẢNG XẾP HẠNG" + (f" {_going_by(header.stage).upper()}" if header.stage else "")
    texts = [
        (f"{title} {header.period.upper()}".strip(), "heading", 14),
        (header.movement, "subject", 13),
        (header.group, "subject", 13),
        (f"Bộ tiêu chí: {grid.result.set.title}", "line", 12),
        ("; ".join(header.letters), "dated", 12),
        *((capital(stamp), "stamp line", 12) for stamp in stamps),
    ]
    for text, look, size in texts:
        if text:
            sheet.merge_range(line, columns.first, line, last, text, looks[look])
            sheet.set_row(line, (size + 5) * lines_of(text, columns.width, size + 1))
            line += 1
    return line + 1


def _going_by(stage: str) -> str:
    """“kết quả cuối năm 2026” would be read as the result of the end of the year."""
    return "theo kết quả cuối cùng," if stage == STAGES[FINAL] else f"theo điểm {stage}"


def _width(columns: Columns, first: int, last: int) -> float:
    return sum(width for _, width in columns.heads[first : last + 1])


def _pools(sheet: Any, grid: Grid, columns: Columns, looks: dict[str, Any], line: int) -> tuple[int, list[int]]:
    """The candidates, a heading above every pool; the line after the last one, and the lines of the headings."""
    named = any(grid.pools)
    lines: dict[int, int] = {}
    headings: list[tuple[int, str]] = []
    bounds: dict[str, tuple[int, int]] = {}
    pool: str | None = None
    for row in grid.rows:
        if named and grid.result.pools[row] != pool:
            headings.append((line, grid.result.pools[row]))
            line += 1
        pool = grid.result.pools[row]
        lines[row] = line
        bounds[pool] = (bounds.get(pool, (line,))[0], line)
        line += 1
    for place, name in headings:
        _pool_heading(sheet, grid, columns, looks, place, name)
    for row in grid.rows:
        _candidate(sheet, grid, columns, looks, row, lines[row], bounds[grid.result.pools[row]])
    return line, [place for place, _ in headings]


def _pool_heading(sheet: Any, grid: Grid, columns: Columns, looks: dict[str, Any], line: int, pool: str) -> None:
    rows = [row for row in grid.rows if grid.result.pools[row] == pool]
    ranked = sum(bool(grid.result.ranks[row]) for row in rows)
    column = grid.result.root.pool_name or ""
    label = grid.criteria.inputs[column].label if column in grid.criteria.inputs else _POOL_WORDS.get(column, "Cụm")
    name = pool or "chưa ghi"
    text = name if name.lower().startswith(label.lower()) else f"{label}: {name}"
    text += f" ({len(rows)} đối tượng, xếp hạng {ranked})"
    for place in range(len(columns.heads)):
        sheet.write_blank(line, place, None, looks["pool"])
    sheet.merge_range(line, 0, line, columns.shared - 1, text, looks["pool"])
    sheet.set_row(line, LINE * 1.2)


def _candidate(
    sheet: Any, grid: Grid, columns: Columns, looks: dict[str, Any], row: int, line: int, pool: tuple[int, int]
) -> None:
    c = grid.candidates[row]
    here, first, last = f"B{line + 1}", f"B${pool[0] + 1}", f"B${pool[1] + 1}"
    if grid.keys:
        place = _place_formula(grid, row)
        if place is not None:
            sheet.write_formula(line, NUMBER, place, looks["order"], c.rank or "")
        else:
            sheet.write(line, NUMBER, c.rank or "", looks["order"])
        shown = "–" if c.rank is None else f"{c.rank} (đồng hạng)" if c.tied else str(c.rank)
        words = f'=IF({here}="","–",{here}&IF(COUNTIF({first}:{last},{here})>1," (đồng hạng)",""))'
        sheet.write_formula(line, RANK, words, looks["rank"], shown)
    else:
        sheet.write_string(line, NUMBER, "", looks["order"])
        sheet.write_string(line, RANK, "–", looks["rank"])
    sheet.write_string(line, IDENT, c.id, looks["text"])
    sheet.write_string(line, NAME, c.name, looks["text"])
    for part, column in columns.parts.items():
        source = grid.cell(row, grid.column[part], POINTS)
        _copied(sheet, line, column, source, grid.points(row, part), grid, looks)
    places = grid.criteria.places
    total, maximum, share, grade, state, notes = range(columns.rest, columns.rest + len(_REST))
    cells = {"total": grid.cell(row, grid.column[""], POINTS), "maximum": grid.cell(row, grid.column[""], MAXIMA)}
    sheet.write_formula(line, total, f"={cells['total']}", looks["total"], cell_number(c.total, places))
    sheet.write_formula(line, maximum, f"={cells['maximum']}", looks["points"], cell_number(c.maximum, places))
    formula = share_formula(cells["total"], cells["maximum"], SHARE_PLACES)
    value = "" if c.share is None else cell_number(c.share, SHARE_PLACES)
    sheet.write_formula(line, share, formula, looks["share"], value)
    texts = {grade: c.grade or "", state: situation(c), notes: short_reasons(c)}
    for column, text in texts.items():
        sheet.write_string(line, column, text, looks["text" if column == notes else "center"])
    texts |= {IDENT: c.id, NAME: c.name, RANK: "10 (đồng hạng)" if c.tied else ""}
    most = max(lines_of(text, columns.heads[column][1]) for column, text in texts.items())
    sheet.set_row(line, LINE * min(most, TALLEST))


def _place_formula(grid: Grid, row: int) -> str | None:
    """The place among those of the pool, whose lines follow each other; None for more keys than a formula takes."""
    columns = [*(key.column for key in grid.keys), grid.ranked]
    *keys, ranked = (Ranked(grid.cell(row, column, POINTS), grid.pool_range(row, column)) for column in columns)
    try:
        return rank_formula(keys[0], keys[1:], eligible=ranked)
    except Unsayable:
        return None


def _copied(sheet: Any, line: int, column: int, source: str, figure: Figure, grid: Grid, looks: dict[str, Any]) -> None:
    if isinstance(figure.value, str):
        sheet.write_formula(line, column, f"={source}", looks["faint"], figure.value)
    else:
        value = cell_number(figure.value, grid.criteria.places)
        sheet.write_formula(line, column, f"={source}", looks["points"], value)


def _part_head(grid: Grid, part: str) -> str:
    mark = grid.common_mark(part)
    return part + (f"\n({show_vietnamese(mark)})" if mark else "")


def _legend(sheet: Any, grid: Grid, header: RankingHeader, columns: Columns, looks: dict[str, Any], line: int) -> int:
    """What the letters of the parts mean, how the ranking is made; the line after."""
    last = columns.shared - 1
    texts = []
    for part in grid.criteria.declaration.parts:
        mark = grid.common_mark(part.id)
        most = f" (tối đa {show_vietnamese(mark)} điểm)" if mark else ""
        texts.append(f"{part.id}: {' '.join(part.text.split())}{most}.")
    if grid.keys:
        texts.append(
            "Xếp hạng theo " + ", rồi ".join(key.title for key in grid.keys) + "; bằng nhau ở mọi mục thì đồng hạng."
        )
    provisional = sum(c.provisional for c in grid.candidates.values())
    refused = sum(c.eligible is False for c in grid.candidates.values())
    counts = [f"{grid.result.size} đối tượng", f"{provisional} tạm tính"] + (
        [f"{refused} không đủ điều kiện"] if refused else []
    )
    texts.append(
        f"Trong bảng có {', '.join(counts)}. Tạm tính: còn mục chưa có số liệu hoặc chờ quyết định, điểm là điểm đến nay."
    )
    texts.append(
        "Tổng điểm, tối đa, tỷ lệ, thứ hạng là công thức lấy từ các trang Diem và Toi da, tính lại được trong Excel."
    )
    for text in texts:
        sheet.merge_range(line, columns.first, line, last, text, looks["wrapped"])
        sheet.set_row(line, LINE * lines_of(text, columns.width))
        line += 1
    return line


def _signatures(sheet: Any, header: RankingHeader, columns: Columns, looks: dict[str, Any], line: int) -> None:
    """Who has made it, who leads; one high row, which no page break cuts."""
    last, blank = columns.shared - 1, " "
    half = (columns.first + last) // 2
    blocks = [
        (columns.first, half, blank, "NGƯỜI LẬP BẢNG", "(Ký, ghi rõ họ tên)"),
        (half + 1, last, f"………………, {header.day}", "LÃNH ĐẠO CƠ QUAN", "(Ký, đóng dấu, ghi rõ họ tên)"),
    ]
    strong, slanted, look = looks["strong"], looks["slanted"], looks["sign"]
    for first, end, above, who, how in blocks:
        sheet.merge_range(line, first, line, end, "", look)
        sheet.write_rich_string(line, first, slanted, f"\n{above}\n", strong, who + "\n", slanted, how, look)
    sheet.set_row(line, 125)
