"""The workbook of an occasion: a sheet per list with all periods side by side, and the rule with its status and its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from criteria.exact import show_vietnamese
from records.years.combined import CombinedRow, CombinedSet
from records.years.explaining import rule_lines, step, unit, why_words
from records.years.periods import PeriodCell
from reports.unit_sheet import sheet_name
from reports.wording.days import period_words
from reports.wording.texts import capital
from reports.workbook_header import RankingHeader
from reports.workbook_pages import Rows, fitted_scale, page_starts
from reports.workbook_styles import (
    LINE,
    TALLEST,
    cell_number,
    heading_row,
    lines_of,
    new_book,
    number_format,
    paper,
    styles,
    write_texts,
)
from scoring.years import Figure, Lack

RULE = "Cach gop"
FOOT = 90  # letters
NAME = 2  # last of the columns that every page repeats
FITTING, SCALE, ON_A_PAGE = 3, 75, 4  # periods beside the result on one page; percent and periods of pages of their own
_FIXED = [("Thứ hạng", 12.0), ("Mã", 8.0), ("Đối tượng", 26.0)]
_REST = [("Kết quả gộp", 9.0), ("Số kỳ tính", 6.0), ("Cách tính", 30.0), ("Lý do không xếp hạng, ghi chú", 36.0)]
_PERIOD = [("điểm / tối đa", 10.5), ("tỷ lệ đạt", 8.0), ("xếp loại; hạng", 13.0)]


def occasion_workbook(
    found: Sequence[CombinedSet], headers: Sequence[RankingHeader], receipt: Mapping[str, str] | None = None
) -> bytes:
    """xlsx bytes, the same for the same lists. headers: one per list. receipt: what else the numbers rest on, by name."""
    stamps = list(dict.fromkeys(stamp for made in found for stamp in made.stamps))
    book, stream = new_book(f"{headers[0].movement}: {found[0].occasion.name}", stamps)
    looks = styles(book, 2)
    taken = {RULE.lower()}
    for made, header in zip(found, headers, strict=True):
        sheets = [one for one in found if one.group == made.group]
        title = f"Nhom {made.group}" + (f" {made.set_id}" if len(sheets) > 1 else "")
        number = book.add_format(
            {**_CELL, "num_format": number_format(made.rule.places), "bold": True, "align": "right"}
        )
        _List(Rows(book.add_worksheet(sheet_name(title, taken))), made, header, looks, number).write()
    _rule(book, found, looks, stamps, receipt or {})
    book.close()
    return stream.getvalue()


_CELL = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "border": 1}


class _List:
    """One sheet."""

    def __init__(
        self, sheet: Any, made: CombinedSet, header: RankingHeader, looks: dict[str, Any], number: Any
    ) -> None:
        self.sheet, self.made, self.header, self.looks, self.number = sheet, made, header, looks, number
        self.stamps = list(dict.fromkeys([*made.stamps, *header.stamps]))
        self.wide = len(made.periods) > FITTING
        periods = [(f"{period.name}: {head}", width) for period in made.periods for head, width in _PERIOD]
        rest = [(f"{head} ({unit(made.rule)})" if head == "Kết quả gộp" else head, width) for head, width in _REST]
        if self.wide:  # the first page has room beside the result
            rest[2] = (rest[2][0], 54.0)
        self.heads = [*_FIXED, *rest, *periods] if self.wide else [*_FIXED, *periods, *rest]
        self.rest = len(_FIXED) if self.wide else len(_FIXED) + len(periods)
        self.period = len(_FIXED) + (len(_REST) if self.wide else 0)
        self.shared = len(_FIXED) + len(_REST) if self.wide else len(self.heads)
        self.first = NAME + 1 if self.wide else 0
        self.width = sum(width for _, width in self.heads[self.first : self.shared])

    def write(self) -> None:
        paper(self.sheet, _foot(self.stamps))
        line = self._top()
        self._heads(line)
        head, line = line, line + 1
        headings = []
        pooled = any(row.pool for row in self.made.rows)
        pool: str | None = None
        for row in self.made.rows:
            if pooled and row.pool != pool:
                headings.append(line)
                line = self._pool(line, row.pool)
            pool = row.pool
            line = self._row(line, row)
        last = line - 1
        line = self._legend(line + 1)
        self._signatures(line + 1)
        scale = SCALE if self.wide else fitted_scale([width for _, width in self.heads])
        self.sheet.set_h_pagebreaks(page_starts(self.sheet.heights(line + 2), head, headings, last, scale))
        self._pages()

    def _pages(self) -> None:
        if not self.wide:
            self.sheet.fit_to_pages(1, 0)
            return
        self.sheet.set_print_scale(SCALE)
        self.sheet.print_across()
        count, each = len(self.made.periods), len(_PERIOD)
        pages = -(-count // ON_A_PAGE)
        starts = [self.shared + each * -(-count * page // pages) for page in range(pages)]
        self.sheet.set_v_pagebreaks(starts)

    def _across(self, line: int, text: str, look: str, size: int = 11) -> int:
        self.sheet.merge_range(line, self.first, line, self.shared - 1, text, self.looks[look])
        self.sheet.set_row(line, (size + 5) * lines_of(text, self.width, size + 1))
        return line + 1

    def _top(self) -> int:
        line = 0
        for text, look in ((self.header.province, "body"), (self.header.body.upper(), "body bold")):
            if text:
                self.sheet.merge_range(line, 0, line, NAME, text, self.looks[look])
                self.sheet.set_row(line, 16 * lines_of(text, sum(width for _, width in self.heads[:3]), 14))
                line += 1
        occasion = self.made.occasion
        window = f"Từ ngày {occasion.from_:%d/%m/%Y} đến ngày {occasion.to:%d/%m/%Y}"
        texts = [
            (f"KẾT QUẢ {occasion.name.upper()}", "heading", 14),
            (self.header.movement, "subject", 13),
            (self.header.group, "subject", 13),
            (window, "dated", 12),
            *((capital(stamp), "stamp line", 12) for stamp in self.stamps),
        ]
        for text, look, size in texts:
            if text:
                line = self._across(line, text, look, size)
        return line + 1

    def _heads(self, line: int) -> None:
        lines = 1
        for column, (text, width) in enumerate(self.heads):
            self.sheet.set_column(column, column, width)
            self.sheet.write_string(line, column, text, self.looks["head"])
            lines = max(lines, lines_of(text, width * 0.88))
        self.sheet.set_row(line, LINE * lines)
        self.sheet.repeat_rows(line)
        self.sheet.repeat_columns(0, NAME)
        self.sheet.freeze_panes(line + 1, NAME + 1)

    def _pool(self, line: int, pool: str) -> int:
        rows = [row for row in self.made.rows if row.pool == pool]
        ranked = sum(row.combined.rank is not None for row in rows)
        for place in range(len(self.heads)):
            self.sheet.write_blank(line, place, None, self.looks["pool"])
        text = f"{pool or 'Chưa ghi cụm'} ({len(rows)} đối tượng, xếp hạng {ranked})"
        self.sheet.merge_range(line, 0, line, self.shared - 1, text, self.looks["pool"])
        self.sheet.set_row(line, LINE * 1.2)
        return line + 1

    def _row(self, line: int, row: CombinedRow) -> int:
        combined, looks = row.combined, self.looks
        rank = "–" if combined.rank is None else f"{combined.rank} (đồng hạng)" if combined.tied else str(combined.rank)
        texts = {0: (rank, "center"), 1: (row.candidate, "text"), 2: (row.name, "text")}
        value, count, how, notes = range(self.rest, self.rest + len(_REST))
        if combined.value is None:
            texts[value] = ("chưa có", "faint")
        else:
            self.sheet.write_number(line, value, cell_number(combined.value, self.made.rule.places), self.number)
        self.sheet.write_number(line, count, len(combined.counted), looks["order"])
        texts[how] = (step(self.made, row), "text")
        texts[notes] = ("; ".join([*why_words(self.made, row), *self._sources(row), *row.notes]), "text")
        for place, cell in enumerate(row.cells):
            column = self.period + place * len(_PERIOD)
            if isinstance(cell.cell, Figure) and cell.cell.share is not None:
                self.sheet.write_number(line, column + 1, cell_number(cell.cell.share, 6), looks["share"])
            else:
                texts[column + 1] = ("–", "faint")
            texts[column] = (_points(cell), "center" if isinstance(cell.cell, Figure) else "faint")
            texts[column + 2] = (_grade(cell), "center")
        most = 1
        for column, (text, look) in texts.items():
            self.sheet.write_string(line, column, text, looks[look])
            most = max(most, lines_of(text, self.heads[column][1] * 0.95))
        self.sheet.set_row(line, LINE * min(most, TALLEST))
        return line + 1

    def _sources(self, row: CombinedRow) -> list[str]:
        """Where inherited figures come from, and why a period does not count."""
        waits = set(row.combined.waits)
        return [
            f"Kỳ {period.name}: {cell.say}"
            for place, (period, cell) in enumerate(zip(self.made.periods, row.cells, strict=True))
            if cell.say and place not in waits and not (row.barred and cell.cell is Lack.ABSENT)
        ]

    def _legend(self, line: int) -> int:
        made, provisional = self.made, sum(row.combined.provisional for row in self.made.rows)
        ranked = sum(row.combined.rank is not None for row in made.rows)
        texts = [
            "; ".join(f"{period.name}: {period_words(period.name)}" for period in made.periods) + ".",
            f"Trong bảng có {len(made.rows)} đối tượng, xếp hạng {ranked}, tạm tính {provisional}.",
            "Điểm từng kỳ là kết quả đã công bố chính thức, theo bộ tiêu chí của kỳ đó; cách gộp và biên nhận: xem trang Cach gop.",
        ]
        if any(cell.inherited for row in made.rows for cell in row.cells):
            texts.append("(*): kết quả của cơ quan trước khi sắp xếp, theo quy tắc kế thừa.")
        for text in texts:
            line = self._across(line, text, "wrapped")
        return line

    def _signatures(self, line: int) -> None:
        last, blank = self.shared - 1, " "
        half = (self.first + last) // 2
        blocks = [
            (self.first, half, blank, "NGƯỜI LẬP BẢNG", "(Ký, ghi rõ họ tên)"),
            (half + 1, last, f"………………, {self.header.day}", "LÃNH ĐẠO CƠ QUAN", "(Ký, đóng dấu, ghi rõ họ tên)"),
        ]
        strong, slanted, look = self.looks["strong"], self.looks["slanted"], self.looks["sign"]
        for first, end, above, who, how in blocks:
            self.sheet.merge_range(line, first, line, end, "", look)
            self.sheet.write_rich_string(line, first, slanted, f"\n{above}\n", strong, who + "\n", slanted, how, look)
        self.sheet.set_row(line, 125)


def _foot(stamps: Sequence[str]) -> list[str]:
    """As many stamps as stand beside the page number; all of them stand above the table."""
    found: list[str] = []
    for stamp in stamps:
        if found and len("; ".join([*found, stamp])) > FOOT:
            break
        found.append(stamp)
    return found


def _points(cell: PeriodCell) -> str:
    if not isinstance(cell.cell, Figure):
        return "–"
    places = cell.result.places if cell.result is not None else None
    text = f"{show_vietnamese(cell.cell.total, places)} / {show_vietnamese(cell.cell.maximum, places)}"
    return text + (" (*)" if cell.inherited else "")


def _grade(cell: PeriodCell) -> str:
    if not isinstance(cell.cell, Figure):
        return ""
    rank = f"hạng {cell.cell.rank}" if cell.cell.rank is not None else ""
    return "; ".join(text for text in (cell.grade, rank) if text)


def _rule(
    book: Any, found: Sequence[CombinedSet], looks: dict[str, Any], stamps: Sequence[str], receipt: Mapping[str, str]
) -> None:
    """The rule of every list, then the frozen results it was made of."""
    sheet, widths = book.add_worksheet(RULE), [34.0, 74.0]
    paper(sheet, _foot(stamps), landscape=False)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, "CÁCH GỘP KẾT QUẢ CÁC KỲ", looks["title"])
    line = 1
    for stamp in stamps:
        sheet.merge_range(line, 0, line, 1, capital(stamp), looks["stamp wrapped"])
        sheet.set_row(line, LINE * lines_of(stamp, sum(widths) * 0.9))
        line += 1
    line = heading_row(sheet, line + 1, [("Mục", widths[0]), ("Nội dung", widths[1])], looks["head"], 0)
    for made in found:
        about = f"Nhóm {made.group}" + (f", bộ tiêu chí {made.set_id}" if made.set_id else "")
        write_texts(sheet, line, [about, made.occasion.name], widths, looks["part text"])
        line += 1
        for name, text in [*rule_lines(made), *_receipts(made)]:
            write_texts(sheet, line, [name, text], widths, looks["text"])
            line += 1
    for name, text in receipt.items():
        write_texts(sheet, line, [name, text], widths, looks["text"])
        line += 1


def _receipts(made: CombinedSet) -> list[tuple[str, str]]:
    """Which frozen results were read, by period."""
    told = []
    for period in made.periods:
        results = [one for one in period.results if not made.set_id or one.set_id == made.set_id]
        for one in results:
            day = f", công bố ngày {one.published:%d/%m/%Y}" if one.published is not None else ""
            text = f"bộ tiêu chí {one.set_id}, bản {one.version}{day}; biên nhận {one.receipt or 'không ghi'}"
            told.append((f"Kết quả kỳ {period.name}", text))
        if not results:
            told.append((f"Kết quả kỳ {period.name}", "chưa có kết quả công bố chính thức"))
    return told
