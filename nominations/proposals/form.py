"""A blank proposal workbook (biểu đề nghị khen thưởng) for one body: whom it may propose is filled in, what it says is not."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from nominations.awards.reading import AwardFile
from nominations.nominees import Nominee
from nominations.occasions import AwardOccasion
from nominations.proposals.bench import load_bench
from nominations.proposals.columns import (
    COLUMN,
    GIVEN,
    GIVEN_ROWS,
    IDENTITY,
    INPUTS,
    LIST,
    LIST_HEADS,
    LIST_WIDTHS,
    LISTED,
    MOST_PROSE,
    NEW,
    NEW_MARK,
    NEW_ROWS,
    OWN,
    OWN_HEADS,
    OWN_WIDTHS,
    PROSE,
    PROSE_PER_NOMINEE,
    PROSE_ROWS,
    REPORT,
    REPORT_HEADS,
    REPORT_WIDTHS,
)
from nominations.proposals.content import ProposalContent, Row, content_of
from nominations.proposals.guide import write_guide, write_signature
from nominations.proposals.headings import PLACES
from nominations.results import Results
from records.forms.issuing.rules import choice, day_rule, note
from records.forms.issuing.sheets import Book, a1, height, write_text
from records.workspace.folder import Workspace

_A3 = 8
_FROZEN = 3  # columns A to C stay on the screen
_LEAST = {"new": 32.0, "prose": 40.0, "given": 20.0}  # points of height of empty rows
_MOST_PEOPLE = 9_999_999


def proposal_form(
    workspace: Workspace, file: AwardFile, occasion: AwardOccasion, proposer: str, results: Results | None = None
) -> bytes:
    """xlsx bytes of the workbook of one body. proposer: its id in the roster. results: official ones of the occasion, where known."""
    return proposal_workbook(content_of(load_bench(workspace, file, occasion), results or Results(), proposer))


def proposal_workbook(content: ProposalContent) -> bytes:
    """xlsx bytes; the same content gives the same bytes. Texts are written as texts, never as formulas."""
    footer = f"Đề nghị khen thưởng {content.proposer} – {content.occasion.id}"
    book = Book(f"Đề nghị khen thưởng – {content.name}", content.stamps, footer)
    write_guide(book, content)
    _ListSheet(book, content).write()
    _write_report(book, content)
    _write_given(book, content)
    write_signature(book, content)
    return book.finish(content.hidden)


class _ListSheet:
    """The sheet of nominees while it is written."""

    def __init__(self, book: Book, content: ProposalContent) -> None:
        self.book, self.content = book, content

    def write(self) -> None:
        book, content = self.book, self.content
        sheet = self.sheet = book.sheet(LISTED, LIST_WIDTHS, landscape=True)
        sheet.set_paper(_A3)
        who = f"{content.name} (mã {content.proposer}); {content.occasion.name} ({content.occasion.id})"
        row = book.opening(sheet, "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG", [who])
        book.heading(sheet, row, LIST_HEADS, LIST_WIDTHS, _FROZEN)
        first = row + 1
        for place, one in enumerate(content.rows):
            self._candidate(first + place, one)
        new = first + len(content.rows)
        for number in range(1, NEW_ROWS + 1):
            self._new(new + number - 1, number)
        last = new + NEW_ROWS - 1
        self._rules(first, new, last)
        sheet.print_area(0, 1, last, len(LIST))

    def _candidate(self, row: int, one: Row) -> None:
        nominee = one.nominee
        told = {
            "mark": nominee.id,
            "name": nominee.name,
            "subject": nominee.subject.name if nominee.subject is not None else "",
            "post": nominee.post,
            "unit": nominee.unit,
            "result": one.result,
        }
        write_text(self.sheet, row, 0, one.key, self.book.style())
        for field, _, _ in LIST:
            if field in INPUTS and _asked_of(nominee, field):
                self._input(row, field)
            else:
                look = ("known",) if field in INPUTS else ("bold",) if field == "mark" else ()
                write_text(self.sheet, row, COLUMN[field], told.get(field, ""), self.book.style("cell", *look))
        widths = [LIST_WIDTHS[COLUMN[field] - 1] for field in told]
        self.sheet.set_row(row, max(height(list(told.values()), widths) + 3, _LEAST["new"]))

    def _new(self, row: int, number: int) -> None:
        write_text(self.sheet, row, 0, f"{NEW}:{number}", self.book.style())
        for field, _, _ in LIST:
            if field in IDENTITY or field in INPUTS:
                self._input(row, field)
            else:
                text = f"{NEW_MARK}{number}" if field == "mark" else ""
                look = ("bold",) if field == "mark" else ("known",)
                write_text(self.sheet, row, COLUMN[field], text, self.book.style("cell", *look))
        self.sheet.set_row(row, _LEAST["new"])

    def _input(self, row: int, field: str) -> None:
        look = {"gender": ("center",), "people": ("n:0", "center"), "women": ("n:0", "center")}.get(field, ("text",))
        self.sheet.write_blank(row, COLUMN[field], None, self.book.style("cell", "input", *look))

    def _rules(self, first: int, new: int, last: int) -> None:
        """What may be typed. Rows that may choose the same awards share a rule."""
        content, book = self.content, self.book
        place = first
        for awards, same in groupby(content.rows, key=lambda one: one.awards):
            end = place + len(list(same)) - 1
            self._rule(place, end, "award", self._award(awards))
            place = end + 1
        self._rule(new, last, "award", self._award(tuple(one.name for one in content.awards)))
        self._rule(new, last, "name", note("Tên", "Tên đầy đủ, không viết tắt; hoặc mã của đối tượng trong danh sách."))
        self._rule(new, last, "subject", choice(book, content.subjects, "Đối tượng", "Chọn đối tượng theo luật."))
        self._rule(new, last, "place", note("Địa bàn", "Xã, phường; không ghi địa chỉ nhà."))
        self._rule(first, last, "merit", note("Thành tích tóm tắt", "Vài câu, sẽ in trong danh sách trích ngang."))
        self._rule(first, last, "gender", choice(book, ["nam", "nữ"], "Giới tính", "Chỉ ghi cho cá nhân."))
        self._rule(first, last, "people", _count("Tổng số người", "Số người của tập thể, ngày xét."))
        self._rule(first, last, "women", _count("Số nữ", "Không quá tổng số người."))
        self._rule(first, last, "initiative", note("Sáng kiến", "Mã hoặc tên; chỉ sáng kiến đã được công nhận."))
        self._rule(first, last, "certificate", note("Giấy chứng nhận", "Số, ngày, nơi cấp."))

    def _award(self, names: tuple[str, ...]) -> dict[str, Any]:
        if not names:
            return note("Hình thức đề nghị", "Không hình thức nào trong dịp này dành cho đối tượng này.")
        return choice(self.book, list(names), "Hình thức đề nghị", "Để trống: không đề nghị.")

    def _rule(self, first: int, last: int, field: str, rule: dict[str, Any]) -> None:
        if first <= last:
            self.sheet.data_validation(first, COLUMN[field], last, COLUMN[field], rule)


def _asked_of(nominee: Nominee, field: str) -> bool:
    """Whether a column is filled in for a nominee: persons have a gender, collectives people."""
    return nominee.person if field == "gender" else not nominee.person if field in ("people", "women") else True


def _count(title: str, message: str) -> dict[str, Any]:
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": _MOST_PEOPLE,
        "ignore_blank": True,
        "input_title": title,
        "input_message": message,
        "error_title": "Giá trị chưa đúng",
        "error_message": "Cần một số nguyên, từ 0.",
    }


def _marks(content: ProposalContent) -> list[str]:
    """How rows are named on the other sheets."""
    return [row.nominee.id for row in content.rows] + [f"{NEW_MARK}{number}" for number in range(1, NEW_ROWS + 1)]


def _write_report(book: Book, content: ProposalContent) -> None:
    """The unit's own prose: rows of mark, heading, text."""
    heads, widths = REPORT_HEADS, REPORT_WIDTHS
    sheet = book.sheet(REPORT, widths, landscape=False)
    texts = ["Mỗi dòng: ký hiệu của đối tượng, mục, nội dung. Các mục ghi ở trang “Giao”."]
    row = book.opening(sheet, "BÁO CÁO THÀNH TÍCH: PHẦN LỜI CỦA ĐƠN VỊ", texts)
    book.heading(sheet, row, heads, widths, 1)
    many = min(PROSE_ROWS + PROSE_PER_NOMINEE * len(content.rows), MOST_PROSE)
    first, last = row + 1, row + many
    for number in range(1, many + 1):
        place = row + number
        write_text(sheet, place, 0, f"{PROSE}:{number}", book.style())
        for column in (1, 2):
            sheet.write_blank(place, column, None, book.style("cell", "input", "text", "center"))
        sheet.write_blank(place, 3, None, book.style("cell", "input", "text"))
        sheet.set_row(place, _LEAST["prose"])
    named = choice(book, _marks(content), "Ký hiệu", f"Ký hiệu ở trang “{LISTED}”.")
    sheet.data_validation(first, 1, last, 1, named)
    sheet.data_validation(first, 2, last, 2, choice(book, list(PLACES), "Mục", "Các mục ghi ở trang “Giao”."))
    sheet.data_validation(first, 3, last, 3, note("Nội dung", "Alt+Enter để xuống dòng; mỗi dòng là một đoạn."))
    sheet.print_area(0, 1, last, len(heads))


def _write_given(book: Book, content: ProposalContent) -> None:
    """Awards that the unit itself has given."""
    heads, widths = OWN_HEADS, OWN_WIDTHS
    sheet = book.sheet(OWN, widths, landscape=False)
    row = book.opening(sheet, "KHEN THƯỞNG CỦA ĐƠN VỊ TRONG PHONG TRÀO", [content.name])
    book.heading(sheet, row, heads, widths, 1)
    first, last = row + 1, row + GIVEN_ROWS
    for number in range(1, GIVEN_ROWS + 1):
        place = row + number
        write_text(sheet, place, 0, f"{GIVEN}:{number}", book.style())
        for column in (1, 2, 3, 4):
            sheet.write_blank(place, column, None, book.style("cell", "input", "text"))
        sheet.write_blank(place, 5, None, book.style("cell", "input", "date"))
        sheet.set_row(place, _LEAST["given"])
    named = note("Ký hiệu", f"Ký hiệu ở trang “{LISTED}”, nếu người được khen có ở đó.")
    sheet.data_validation(first, 1, last, 1, named)
    sheet.data_validation(first, 3, last, 3, note("Hình thức", "Tên hình thức khen thưởng như quyết định ghi."))
    sheet.data_validation(first, 5, last, 5, day_rule(a1(first, 5), "Ngày quyết định", "Gõ dạng 30/06/2026."))
    sheet.print_area(0, 1, last, len(heads))
