"""The eligibility workbook written: a guide, facts, what people decide, legal facts to compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nominations.eligibility.checks import CHECKS
from nominations.eligibility.columns import (
    COMPARED,
    COMPARISONS,
    CONCLUSION,
    CONCLUSIONS,
    DAY,
    DECIDED,
    DECISIONS,
    DOCUMENT,
    FACTS,
    FINDING,
    LAW,
    NOTE,
    REASON,
    SHOWN,
    SOURCE,
    TEXT,
    FactColumn,
)
from nominations.eligibility.content import EligibilityContent, FactRow
from nominations.eligibility.known import Known
from nominations.eligibility.reasons import EVERYBODY
from nominations.nominees import Nominee
from records.forms.issuing.rules import choice, day_rule, note, whole_rule
from records.forms.issuing.sheets import Book, a1, height, write_text
from records.forms.layout import SHEETS
from records.workbooks.pages import GUIDE_WIDTHS, facts, how_to_fill, opening

_A3 = 8
_ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True}
_ALLOWED |= {"objects": False, "scenarios": False}
_LONGEST = 2500
_TITLE = "BIỂU XÉT ĐIỀU KIỆN KHEN THƯỞNG"
_HOW = (
    "Chỉ điền vào ô nền vàng; ô nền xám không áp dụng cho đối tượng đó. Để trống: chưa biết, chưa kết luận, không có gì thay đổi.",
    "Trang “{facts}”: mỗi đối tượng một dòng. Ô đã có chữ là điều sổ đã ghi; sửa thì ghi đè, xóa chữ thì bỏ điều đã ghi. Cột “{source}” ghi "
    "số, ngày văn bản làm căn cứ cho những ô vừa điền ở dòng đó.",
    "Các cột {blocks} phải có câu trả lời “có” hoặc “không”; chưa trả lời thì trường hợp còn cần người xem.",
    "Trang “{decisions}”: điều phần mềm không tự kết luận. Chọn “đạt” hoặc “không đạt”, ghi LÝ DO và số, ngày văn bản. Điều chỉ thiếu dữ "
    "kiện thì điền ở trang “{facts}”, điều chỉ vì căn cứ chưa xác minh thì đối chiếu ở trang “{law}”; không ghi ở trang này.",
    "Trang “{law}”: mỗi căn cứ pháp luật chưa chắc chắn một dòng. Mở văn bản đang có hiệu lực, đối chiếu, chọn “không thay đổi” hoặc “đã "
    "thay đổi”, ghi tên, số văn bản đã đối chiếu và ngày. Đối chiếu xong thì mọi trường hợp dựa vào căn cứ đó được tính lại.",
    "Không đổi tên trang, không thêm, không xóa dòng, cột. Lưu tệp dạng .xlsx rồi thu: thidua eligibility collect {occasion} TỆP.",
)


def eligibility_workbook(content: EligibilityContent, known: Known) -> bytes:
    """xlsx bytes; the same content gives the same bytes. Texts are written as texts, never as formulas."""
    title = f"Xét điều kiện – {content.occasion.id}"
    book = Book(title, content.stamps, title)
    _guide(book, content)
    _Facts(book, content, known).write()
    _decisions(book, content, known)
    _law(book, content)
    return book.finish(content.hidden)


def _guide(book: Book, content: EligibilityContent) -> None:
    sheet = book.sheet(SHEETS["guide"], GUIDE_WIDTHS, landscape=False)
    row = opening(book, sheet, 0, _TITLE, content.movement, content.stamps)
    occasion = content.occasion
    told = [
        ("Dịp", f"{occasion.name} ({occasion.id})"),
        ("Thành tích từ ngày đến ngày", f"{occasion.first:%d/%m/%Y} – {occasion.last:%d/%m/%Y}"),
        ("Điều kiện và căn cứ xét tại ngày", f"{occasion.day:%d/%m/%Y}"),
        (f"Trang “{FACTS}”", f"{len(content.facts)} đối tượng"),
        (f"Trang “{DECISIONS}”", f"{len(content.decisions)} dòng"),
        (f"Trang “{LAW}”", f"{len(content.law)} căn cứ"),
    ]
    row = facts(book, sheet, row + 1, told)
    names = {"source": SOURCE.head, "facts": FACTS, "decisions": DECISIONS, "law": LAW, "occasion": occasion.id}
    names["blocks"] = ", ".join(f"“{one.head}”" for one in content.awards.blocks)
    how = [text.format(**names) for text in _HOW if content.awards.blocks or "{blocks}" not in text]
    row = how_to_fill(book, sheet, row + 1, how)
    sheet.print_area(0, 1, row, 2)


# --- Dữ kiện -------------------------------------------------------------------------------------------------------


@dataclass
class _Facts:
    """The sheet of the facts while it is written."""

    book: Book
    content: EligibilityContent
    known: Known

    def write(self) -> None:
        book, columns = self.book, self.content.columns
        heads = [*(head for head, _ in SHOWN), *(one.head for one in columns)]
        widths = [*(width for _, width in SHOWN), *(one.width for one in columns)]
        sheet = self.sheet = book.sheet(FACTS, widths, landscape=True, one_page_wide=not self.content.confirmations)
        sheet.set_paper(_A3)
        if self.content.confirmations:
            sheet.fit_to_pages(2, 0)
            sheet.repeat_columns(1, len(SHOWN))
        sheet.protect("", _ALLOWED)
        row = book.opening(
            sheet, "DỮ KIỆN VỀ ĐỐI TƯỢNG", [f"{self.content.occasion.name} ({self.content.occasion.id})"]
        )
        book.heading(sheet, row, heads, widths, len(SHOWN) + 1)
        first = row + 1
        for row, one in enumerate(self.content.facts, first):
            self._row(row, one)
        last = first + len(self.content.facts) - 1
        if self.content.facts:
            for place, column in enumerate(columns, len(SHOWN) + 1):
                sheet.data_validation(first, place, last, place, _rule(book, column, a1(first, place)))
            sheet.autofilter(first - 1, 1, last, len(heads))
        sheet.print_area(0, 1, max(last, first), len(heads))

    def _row(self, row: int, one: FactRow) -> None:
        book, sheet, nominee = self.book, self.sheet, one.nominee
        placed = ", ".join(text for text in (nominee.post, nominee.unit) if text and nominee.person)
        name = f"{nominee.name}\n{placed}".strip()
        texts = [nominee.id, name, _kind(nominee)]
        write_text(sheet, row, 0, one.key, book.style())
        for place, text in enumerate(texts, 1):
            write_text(sheet, row, place, text, book.style("cell", "bold") if place == 1 else book.style("cell"))
        typed: list[tuple[str, float]] = []
        for place, column in enumerate(self.content.columns, len(SHOWN) + 1):
            if not one.takes(column):
                write_text(sheet, row, place, "", book.style("cell", "known"))
                continue
            value = self.known.fact(nominee.id, column)
            _write(book, sheet, row, place, column, value)
            typed.append((value if isinstance(value, str) else "", column.width))
        shown = [*zip(texts, (width for _, width in SHOWN), strict=True), *typed]
        sheet.set_row(row, height([text for text, _ in shown], [width for _, width in shown]) + 3)


def _kind(nominee: Nominee) -> str:
    group = f"nhóm {nominee.group}" if nominee.group else "không có nhóm"
    return f"{group}, {nominee.subject.name}" if nominee.subject is not None else group


def _write(book: Book, sheet: Any, row: int, place: int, column: FactColumn, value: str | int | date | None) -> None:
    look = {"day": ("date",), "number": ("n:0", "right"), "words": ("center",)}.get(column.kind, ("text",))
    style = book.style("cell", "input", *look)
    if value is None or value == "":
        sheet.write_blank(row, place, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, style)
    elif isinstance(value, int):
        sheet.write_number(row, place, value, style)
    else:
        write_text(sheet, row, place, value, style)


def _rule(book: Book, column: FactColumn, cell: str) -> dict[str, Any]:
    head = column.head
    if column.kind == "words":
        said = column.said or f"Chọn: {', '.join(column.words)}. Để trống nếu chưa biết."
        return choice(book, list(column.words), head, said)
    if column.kind == "day":
        return day_rule(cell, head, column.said + " Gõ dạng 30/06/2026.")
    if column.kind == "number":
        rule = whole_rule(head, column.said)
        return {**rule, "minimum": 0, "maximum": 9_999_999, "error_message": "Cần một số nguyên, từ 0."}
    return note(head, column.said)


# --- Cần người xem, Căn cứ -----------------------------------------------------------------------------------------


def _decisions(book: Book, content: EligibilityContent, known: Known) -> None:
    rows = []
    for row in content.decisions:
        one = row.finding
        who = "" if row.nominee == EVERYBODY else row.nominee
        texts = [
            row.award_name,
            who,
            row.name,
            f"{one.check}. {CHECKS.get(one.check, '')}",
            "đã kết luận" if one.decided else one.outcome.value,
            _cut(one.sentence),
            _cut(one.datum),
            _cut("\n".join(one.citations)),
            _cut("\n".join(one.doubts)),
        ]
        before = known.decision(row.award, row.nominee, one.check)
        rows.append((row.key, texts, {CONCLUSION: before.word, REASON: before.reason, DOCUMENT: before.document}))
    rules: dict[int, Callable[[str], dict[str, Any]]] = {
        CONCLUSION: lambda _: choice(book, list(CONCLUSIONS), "Kết luận", "Để trống: chưa kết luận."),
        REASON: lambda _: note("Lý do", "Bắt buộc khi đã kết luận."),
        DOCUMENT: lambda _: note("Văn bản", "Số, ngày văn bản; bắt buộc khi đã kết luận."),
    }
    looks = {CONCLUSION: ("center",), REASON: ("text",), DOCUMENT: ("text",)}
    _table(book, content, DECISIONS, "ĐIỀU CẦN NGƯỜI XEM", DECIDED, rows, rules, looks)


def _law(book: Book, content: EligibilityContent) -> None:
    rows: list[tuple[str, list[str], dict[int, str]]] = []
    for one in content.law:
        used = ", ".join(one.used) or "bước, hồ sơ"
        rows.append((one.key, [one.fact.id, one.citation, _cut(one.told), "\n".join(one.doubts), used], {}))
    rules: dict[int, Callable[[str], dict[str, Any]]] = {
        FINDING: lambda _: choice(book, list(COMPARISONS), "Đối chiếu", "Để trống: chưa đối chiếu."),
        TEXT: lambda _: note("Văn bản đã đối chiếu", "Số, ngày văn bản đang có hiệu lực đã đọc."),
        DAY: lambda cell: day_rule(cell, "Ngày đối chiếu", "Gõ dạng 30/06/2026."),
        NOTE: lambda _: note("Ghi chú", "Nội dung mới, nếu đã thay đổi."),
    }
    looks = {FINDING: ("center",), TEXT: ("text",), DAY: ("date",), NOTE: ("text",)}
    _table(book, content, LAW, "CĂN CỨ CHƯA XÁC MINH", COMPARED, rows, rules, looks)


def _table(
    book: Book,
    content: EligibilityContent,
    name: str,
    title: str,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[tuple[str, list[str], dict[int, str]]],
    rules: Mapping[int, Callable[[str], dict[str, Any]]],
    looks: Mapping[int, tuple[str, ...]],
) -> None:
    """A sheet of shown texts and input cells behind them. rows: key, texts, what stands in the input cells."""
    heads, widths = [head for head, _ in columns], [width for _, width in columns]
    sheet = book.sheet(name, widths, landscape=True)
    sheet.set_paper(_A3)
    sheet.protect("", _ALLOWED)
    row = book.opening(sheet, title, [f"{content.occasion.name} ({content.occasion.id})"])
    book.heading(sheet, row, heads, widths, 4)
    first = row + 1
    for row, (key, texts, before) in enumerate(rows, first):
        write_text(sheet, row, 0, key, book.style())
        for place, text in enumerate(texts, 1):
            write_text(sheet, row, place, text, book.style("cell"))
        for place in rules:
            style = book.style("cell", "input", *looks[place])
            write_text(sheet, row, place, before.get(place, ""), style)
        all_ = [*texts, *(before.get(place, "") for place in rules)]
        sheet.set_row(row, height(all_, widths) + 3)
    last = first + len(rows) - 1
    if rows:
        for place, make in rules.items():
            sheet.data_validation(first, place, last, place, make(a1(first, place)))
        sheet.autofilter(first - 1, 1, last, len(heads))
    else:
        write_text(sheet, first, 1, "Không có dòng nào.", book.style("italic"))
    sheet.print_area(0, 1, max(last, first), len(heads))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
