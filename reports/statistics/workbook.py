"""The statistics forms as a workbook: a page a form with where its headings come from, then what the program counts under its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from criteria.declarations.movement import Movement
from nominations.awards.law import MARKS
from nominations.history.held import STATUS
from nominations.history.naming import LEVELS
from reports.statistics.counting import Count, Counted, cell
from reports.statistics.declarations import Form, Row, Statistics
from reports.wording.issuers import province_words
from reports.wording.texts import capital
from reports.workbook_styles import LINE, TALLEST, lines_of, new_book, paper, styles
from scoring.result import ILLUSTRATION

UNKNOWN = "CHƯA BIẾT"
UNCHECKED = "BIỂU LẤY TỪ NGUỒN THỨ CẤP, CHƯA ĐỐI CHIẾU NGUYÊN VĂN"
NO_FORM = "CHƯA CÓ BIỂU CHÍNH THỨC: phong trào không có tệp thong-ke.yaml"
ABOUT, OWN = "Nguon bieu", "So lieu phan mem co"
_TEXT, _CODE, _UNIT, _NOTE = 44.0, 7.0, 10.0, 44.0


def statistics_workbook(movement: Movement, told: Statistics | None, found: Counted, year: int) -> bytes:
    """xlsx bytes, the same for the same content. told: None when the movement declares no forms."""
    stamps = [ILLUSTRATION] if found.illustration else []
    book, stream = new_book(f"Thống kê thi đua, khen thưởng năm {year}", stamps)
    looks = styles(book, 0)
    for form in told.forms if told is not None else ():
        _form(book, looks, movement, told, form, found, year, stamps)
    _own(book, looks, movement, found, year, stamps, forms=told is not None)
    if told is not None:
        _about(book, looks, told, year, stamps)
    book.close()
    content: bytes = stream.getvalue()
    return content


def sheet_name(form: Form) -> str:
    """0601.N/BNV-TĐKT → Bieu 0601"""
    return f"Bieu {form.number.partition('.')[0]}"[:31]


class _Page:
    """A sheet written from the top, whose columns are known."""

    def __init__(
        self, book: Any, looks: dict[str, Any], name: str, widths: Sequence[float], stamps: Sequence[str]
    ) -> None:
        self.sheet, self.looks, self.widths, self.line = book.add_worksheet(name), looks, widths, 0
        paper(self.sheet, stamps)
        self.sheet.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def across(self, text: str, look: str, size: float = 12) -> None:
        if text:
            self.sheet.merge_range(self.line, 0, self.line, len(self.widths) - 1, text, self.looks[look])
            self.sheet.set_row(self.line, LINE * lines_of(text, sum(self.widths), size) + 2)
            self.line += 1

    def row(self, cells: Sequence[str | int | None], look: str = "text", centred: Sequence[int] = ()) -> None:
        most = 1
        for column, value in enumerate(cells):
            style = self.looks["center" if column in centred and look == "text" else look]
            if isinstance(value, int):
                self.sheet.write_number(
                    self.line, column, value, self.looks["bold center" if look == "bold text" else "center"]
                )
            else:
                self.sheet.write_string(self.line, column, value or "", style)
                most = max(most, lines_of(value or "", self.widths[column]))
        self.sheet.set_row(self.line, LINE * min(most, TALLEST))
        self.line += 1


def _form(
    book: Any,
    looks: dict[str, Any],
    movement: Movement,
    told: Statistics | None,
    form: Form,
    found: Counted,
    year: int,
    stamps: Sequence[str],
) -> None:
    assert told is not None
    said = [*stamps, *([UNCHECKED] if form.mark != "V" else [])]
    columns = form.columns
    widths = [_TEXT, _CODE, _UNIT, *([max(9.0, 70.0 / len(columns))] * len(columns) if columns else [30.0]), _NOTE]
    page = _Page(book, looks, sheet_name(form), widths, said)
    page.across(f"Biểu số: {form.number}", "bold")
    page.across(f"Ban hành theo {told.regime.document}", "plain wrapped")
    page.across(
        f"Đơn vị báo cáo: {province_words(movement, found.last).title() or '……………'}; đơn vị nhận báo cáo: {UNKNOWN if form.mark != 'V' else '……………'}",
        "plain wrapped",
    )
    if told.regime.due is not None:
        page.across(f"Ngày nhận báo cáo: {told.regime.due.text} (nguồn: {told.regime.due.source})", "plain wrapped")
    page.across(form.title.upper(), "heading", 14)
    page.across(f"Năm {year} (từ ngày {found.first:%d/%m/%Y} đến ngày {found.last:%d/%m/%Y})", "dated")
    for stamp in said:
        page.across(stamp, "stamp line")
    for warning in _warnings(told, form, found, year):
        page.across(warning, "wrapped")
    if form.unit:
        page.across(f"Đơn vị tính: {form.unit}", "slanted")
    page.line += 1
    if not columns or not form.rows:
        page.row([f"{UNKNOWN}: {form.unknown or 'tiêu đề của biểu'}", "", "", "", ""])
        return
    _heads(page, form)
    items = found.items(form)
    for row in form.rows:
        page.row(*_row_cells(form, row, items))


def _heads(page: _Page, form: Form) -> None:
    """Two heading rows: those that stand above several columns are merged; then the letters and numbers of the columns."""
    sheet, look, line = page.sheet, page.looks["head"], page.line
    for column, text in ((0, "A"), (1, "Mã số"), (2, "Đơn vị tính"), (len(form.columns) + 3, "Ghi chú của phần mềm")):
        sheet.merge_range(line, column, line + 1, column, "" if text == "A" else text, look)
    column = 3
    for under, many in groupby(form.columns, key=lambda one: one.under or one.text):
        several = list(many)
        if not several[0].under:
            sheet.merge_range(line, column, line + 1, column, several[0].text, look)
        else:
            if len(several) > 1:
                sheet.merge_range(line, column, line, column + len(several) - 1, under, look)
            else:
                sheet.write_string(line, column, under, look)
            for place, one in enumerate(several):
                sheet.write_string(line + 1, column + place, one.text, look)
        column += len(several)
    width = page.widths[3]
    tall = max(lines_of(one.text, width * 0.85) for one in form.columns)
    sheet.set_row(line, LINE * 2)
    sheet.set_row(line + 1, LINE * min(max(tall - 1, 2), TALLEST))
    page.line += 2
    page.row(["A", "B", "C", *(one.id for one in form.columns), ""], "bold center")
    sheet.repeat_rows(line, page.line - 1)
    sheet.freeze_panes(page.line, 2)


def _row_cells(form: Form, row: Row, items: Sequence[Any]) -> tuple[list[str | int | None], str, range]:
    numbers = range(1, len(form.columns) + 3)
    if not row.code:
        return [row.text, "", "", *([""] * len(form.columns)), ""], "bold text", range(0)
    cells = [cell(form, row, column, items) for column in form.columns]
    text = row.text or UNKNOWN
    return (
        [text, row.code, row.unit or form.unit, *(one.number for one in cells), _note(form, row, cells)],
        "text",
        numbers,
    )


def _note(form: Form, row: Row, cells: Sequence[Count]) -> str:
    if row.unknown:
        return f"{UNKNOWN}: {row.unknown}"
    if row.missing or form.counts == "nothing":
        return f"để trống: {row.missing or form.note or 'phần mềm không có số liệu'}"
    doubtful = cells[0].doubtful if cells else 0
    return f"chưa xếp được {doubtful} vì thiếu dữ liệu" if doubtful else ""


def _warnings(told: Statistics, form: Form, found: Counted, year: int) -> Iterator[str]:
    """What somebody has to know before this form is used."""
    regime = told.regime
    source = told.source(form.source)
    yield f"Tiêu đề của biểu: {MARKS[form.mark]}. Nguồn: {source.document}; {source.address}, {form.place}; đọc ngày {source.read:%d/%m/%Y}."
    if regime.later is not None and date(year, 12, 31) >= regime.later.date:
        yield f"Sau đó đã ban hành {regime.later.document}. {UNKNOWN}: {regime.later.unknown} Phải đối chiếu trước khi gửi."
    if regime.valid_from is not None and found.last < regime.valid_from:
        yield f"Năm này trước ngày có hiệu lực của {regime.document}."
    if form.unknown:
        yield f"{UNKNOWN}: {form.unknown}"
    if form.note:
        yield f"Ghi chú: {form.note}"
    empty = [one for one in form.columns if one.missing]
    if empty:
        yield "Cột để trống: " + "; ".join(f"{one.id}. {one.text}: {one.missing}" for one in empty) + "."
    left = found.unplaced(form)
    if left:
        yield "Không thuộc cột nào ngoài cột tổng số: " + "; ".join(f"{name}: {n}" for name, n in left.items()) + "."


def _own(
    book: Any,
    looks: dict[str, Any],
    movement: Movement,
    found: Counted,
    year: int,
    stamps: Sequence[str],
    *,
    forms: bool,
) -> None:
    """What the program counts, under plain headings that are no form of anybody."""
    words = [*STATUS.values()]
    widths = [44.0, 18.0, *([9.0] * (2 * len(words)))]
    page = _Page(book, looks, OWN, widths, stamps)
    page.across(province_words(movement, found.last), "body")
    page.across(f"SỐ LIỆU PHẦN MỀM CÓ, NĂM {year}", "heading", 14)
    page.across(
        f"Từ ngày {found.first:%d/%m/%Y} đến ngày {found.last:%d/%m/%Y}; tiêu đề do phần mềm đặt, không phải biểu của Bộ",
        "dated",
    )
    for stamp in [*stamps, *([] if forms else [NO_FORM])]:
        page.across(stamp, "stamp line")
    page.line += 1
    head, line = looks["head"], page.line
    for column, text in enumerate(("Hình thức khen thưởng", "Cấp")):
        page.sheet.merge_range(line, column, line + 1, column, text, head)
    for place, word in enumerate(words):
        column = 2 + 2 * place
        page.sheet.merge_range(line, column, line, column + 1, capital(word), head)
        page.sheet.write_string(line + 1, column, "Tập thể", head)
        page.sheet.write_string(line + 1, column + 1, "Cá nhân", head)
    page.sheet.repeat_rows(line, line + 1)
    page.line += 2
    for own in found.own:
        numbers = [many[status] for status in STATUS for many in (own.collectives, own.persons)]
        page.row([own.award, LEVELS.get(own.level, own.level), *numbers])
    total = [
        sum(many[status] for own in found.own for many in (getattr(own, who),))
        for status in STATUS
        for who in ("collectives", "persons")
    ]
    page.row(["Cộng", "", *total], "bold text")
    page.line += 1
    page.across(
        "Tập thể gồm cả doanh nghiệp, hộ gia đình. Ngày: ngày quyết định; chưa có quyết định thì ngày của việc ghi gần nhất.",
        "wrapped",
    )
    page.across(f"Số phong trào đang thực hiện: {len(found.movements)} ({movement.name}).", "wrapped")
    for occasion, (documents, collectives, persons) in found.proposals.items():
        name = next((" ".join(one.name.split()) for one in movement.occasions if one.id == occasion), occasion)
        text = f"Đề nghị khen thưởng đã nhận, {name} ({occasion}): {documents} văn bản, {collectives} tập thể, {persons} cá nhân."
        page.across(text, "wrapped")
    if not found.proposals:
        page.across("Không có văn bản đề nghị khen thưởng nào trong thời gian này.", "wrapped")


def _about(book: Any, looks: dict[str, Any], told: Statistics, year: int, stamps: Sequence[str]) -> None:
    page = _Page(book, looks, ABOUT, (18.0, 70.0, 60.0, 13.0, 34.0), stamps)
    page.across("NGUỒN CỦA TIÊU ĐỀ, SỐ HIỆU BIỂU", "heading", 14)
    page.across(f"Năm {year}. {told.regime.document}: {MARKS[told.regime.mark]}.", "dated")
    span = told.regime.window
    page.across(
        f"Kỳ thống kê: từ {span.from_} đến {span.to} (tháng-ngày), {MARKS[span.mark]}, nguồn {span.source}.", "wrapped"
    )
    page.line += 1
    page.row(["Mã nguồn", "Tài liệu", "Địa chỉ", "Ngày đọc", "Ghi chú"], "head")
    for one in told.sources:
        page.row([one.id, one.document, one.address, f"{one.read:%d/%m/%Y}", one.note or ""])
    page.line += 1
    page.row(["Biểu", "Tên", "Chỗ trong nguồn", "Độ chắc", UNKNOWN], "head")
    for form in told.forms:
        page.row(
            [
                form.number,
                form.title,
                f"{form.source}: {form.place}",
                f"{form.mark} ({MARKS[form.mark]})",
                form.unknown or "",
            ]
        )
    if told.regime.later is not None:
        later = told.regime.later
        page.row(
            [
                later.date.strftime("%d/%m/%Y"),
                later.document,
                f"nguồn {later.source}",
                later.mark,
                f"{UNKNOWN}: {later.unknown}",
            ]
        )
