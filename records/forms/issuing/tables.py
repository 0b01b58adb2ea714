"""Sheets of a form with one row per thing: tasks of the register, other item tables, evidence, claims of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from criteria.inputs import TableInputs
from records.evidence.kinds import evidence_kinds
from records.forms.issuing.content import FormContent
from records.forms.issuing.figure_cells import look_of
from records.forms.issuing.rules import choice, cross_rule, day_rule, input_rule, note
from records.forms.issuing.sheets import Book, a1, height, write_text
from records.forms.issuing.texts import period_words, unit_of
from records.forms.layout import ITEM_ROWS, SHEETS
from records.forms.tokens import BATCH

if TYPE_CHECKING:
    from records.tasks.rows import TaskRow

_TASK_HEADS = (
    "Số",
    "Nội dung nhiệm vụ",
    "Hạn hoàn thành",
    "Hạn đầu tiên (nếu gia hạn)",
    "Ngày hoàn thành",
    "Sản phẩm",
    "Được chấp nhận",
    "Ý kiến của đơn vị",
    "Ngày hoàn thành theo đơn vị",
    "Văn bản (số, ngày)",
    "Lý do",
)
_TASK_WIDTHS = (6, 46, 12, 12, 12, 22, 10, 11, 13, 20, 24)
_FIRST_DISPUTE = 8  # column I: from here on the unit writes
_EVIDENCE = (
    ("Mã tiêu chí", 11),
    ("Loại minh chứng", 24),
    ("Số, ký hiệu", 18),
    ("Ngày", 12),
    ("Cơ quan ban hành", 24),
    ("Trích yếu nội dung", 42),
    ("Tệp trong thư mục minh-chung", 24),
    ("Hạn chế (x)", 9),
)
_CLAIMS = (("Mã đối tượng", 14), ("Mã tiêu chí", 12), ("Lý do không áp dụng, văn bản làm căn cứ", 60))
_OWNER = ("Mã đối tượng", 14)


def write_tasks(book: Book, form: FormContent, name: str, label: str, rows: Sequence[TaskRow]) -> None:
    """The rows of the task register: locked, with input cells to dispute one."""
    sheet = book.sheet(name, _TASK_WIDTHS, landscape=True)
    said = "Số liệu lấy từ sổ nhiệm vụ. Dòng nào không đúng thì chọn “không đúng” ở cột Ý kiến và nêu ngày, văn bản, lý do."
    row = _opening(book, sheet, form, label, said)
    book.heading(sheet, row, _TASK_HEADS, _TASK_WIDTHS, 3)
    plain, shown = book.style("cell"), book.style("cell", "center")
    inputs = (("center",), ("date",), ("text",), ("text",))
    first = row + 1
    for row, task in enumerate(rows, first):
        write_text(sheet, row, 0, f"task:{task.key}", book.style())
        write_text(sheet, row, 1, task.number, shown)
        content = f"{task.content}\n({task.note})" if task.note else task.content
        write_text(sheet, row, 2, content, plain)
        if task.due is not None and task.before:
            write_text(sheet, row, 3, f"trước {task.due:%d/%m/%Y}", shown)
        else:
            _day(sheet, row, 3, task.due, book.style("cell", "date"), shown, "thường xuyên" if task.regular else "")
        extended = task.first_due if task.first_due != task.due else None
        _day(sheet, row, 4, extended, book.style("cell", "date"), shown, "")
        _day(sheet, row, 5, task.finished, book.style("cell", "date"), shown, "")
        write_text(sheet, row, 6, task.document, plain)
        write_text(sheet, row, 7, {True: "có", False: "không", None: ""}[task.accepted], shown)
        for column, look in enumerate(inputs, _FIRST_DISPUTE):
            sheet.write_blank(row, column, None, book.style("cell", "input", *look))
        sheet.set_row(row, height([content, task.document], [_TASK_WIDTHS[1], _TASK_WIDTHS[5]]) + 3)
    if not rows:
        message = "Sổ nhiệm vụ không có nhiệm vụ nào của đơn vị trong kỳ này."
        sheet.write_string(first, 1, message, book.style("italic"))
        return
    last = first + len(rows) - 1
    message = "Chọn đúng hoặc không đúng. Để trống nghĩa là đơn vị không có ý kiến."
    _rule(sheet, first, last, 8, choice(book, ["đúng", "không đúng"], "Ý kiến của đơn vị", message))
    message = "Điền khi chọn “không đúng”: ngày hoàn thành thực tế, gõ dạng 30/06/2026."
    _rule(sheet, first, last, 9, day_rule(a1(first, 9), "Ngày hoàn thành", message))
    _rule(sheet, first, last, 10, note("Văn bản", "Số, ngày của văn bản sản phẩm hoặc văn bản xác nhận."))
    _rule(sheet, first, last, 11, note("Lý do", "Vì sao dòng này chưa đúng. Bắt buộc khi chọn “không đúng”."))


def write_items(book: Book, form: FormContent, name: str, table: TableInputs) -> None:
    """Empty rows of an item table that the unit fills in itself."""
    columns = list(table.columns.values())
    heads = ["Mã dòng", *(_headed(column.label, unit_of(column)) for column in columns)]
    widths = [14.0, *(max(13.0, min(34.0, len(column.label) * 0.7)) for column in columns)]
    sheet = book.sheet(name, widths, landscape=True)
    row = _opening(book, sheet, form, table.label, "Mỗi dòng một mục; điền lần lượt từ trên xuống, bỏ trống dòng thừa.")
    book.heading(sheet, row, heads, widths, 2)
    first, last = row + 1, row + ITEM_ROWS
    for row in range(first, last + 1):
        write_text(sheet, row, 0, f"row:{row - first + 1}", book.style())
        sheet.write_blank(row, 1, None, book.style("cell", "input", "text"))
        for place, column in enumerate(columns, 2):
            sheet.write_blank(row, place, None, book.style("cell", "input", *look_of(column)))
    message = "Mã hoặc tên riêng của dòng; mỗi dòng một mã khác nhau."
    rule = choice(book, list(table.keys), "Mã dòng", message) if table.keys else note("Mã dòng", message)
    _rule(sheet, first, last, 1, rule)
    cells = {name: a1(first, place) for place, name in enumerate(table.columns, 2)}
    labels = {name: column.label for name, column in table.columns.items()}
    for place, column in enumerate(columns, 2):
        _rule(sheet, first, last, place, input_rule(book, column, cells[column.name], labels, cells.get))


def write_evidence(book: Book, form: FormContent) -> None:
    """Rows for documents: which criterion, kind, number, day, issuer, summary, file."""
    batch = form.kind == BATCH
    columns = ((_OWNER,) if batch else ()) + _EVIDENCE
    widths = [width for _, width in columns]
    sheet = book.sheet(SHEETS["evidence"], widths, landscape=True)
    said = (
        "Mỗi văn bản một dòng, loại chọn trong danh sách. Tệp đặt trong thư mục “minh-chung” cạnh tệp biểu; chỉ ghi tên tệp. "
        "Văn bản mật, hạn chế: đánh x, không gửi tệp."
    )
    row = _opening(book, sheet, form, "DANH MỤC MINH CHỨNG", said)
    book.heading(sheet, row, [head for head, _ in columns], widths, 2)
    first, last = row + 1, row + form.evidence_rows
    looks = [("text",), (), ("text",), ("date",), (), (), (), ("center",)]
    styles = [book.style("cell", "input", *look) for look in ([("text",)] if batch else []) + looks]
    for row in range(first, last + 1):
        write_text(sheet, row, 0, f"evidence:{row - first + 1}", book.style())
        for place, style in enumerate(styles, 1):
            sheet.write_blank(row, place, None, style)
    place = 1
    if batch:
        _rule(sheet, first, last, 1, _owner_rule(book, form))
        place = 2
    _rule(sheet, first, last, place, _criterion_rule(book, form.evidence_criteria))
    _rule(sheet, first, last, place + 1, _kind_rule(book, form))
    _rule(sheet, first, last, place + 2, note("Số, ký hiệu", "Như in trên văn bản: 15/QĐ-SNV."))
    message = "Ngày của văn bản, gõ dạng 30/06/2026."
    _rule(sheet, first, last, place + 3, day_rule(a1(first, place + 3), "Ngày", message))
    message = "Tên tệp nằm trong thư mục minh-chung, đúng từng chữ, có đuôi tệp; không ghi đường dẫn. Không có tệp thì để trống."
    _rule(sheet, first, last, place + 6, note("Tệp minh chứng", message))
    message = "Đánh x nếu văn bản mật hoặc hạn chế: chỉ ghi số, ngày, không ghi nội dung, không gửi tệp."
    _rule(sheet, first, last, place + 7, cross_rule("Hạn chế", message))


def write_claims(book: Book, form: FormContent) -> None:
    """Rows of a batch in which a criterion is said not to apply to somebody."""
    widths = [width for _, width in _CLAIMS]
    sheet = book.sheet(SHEETS["claims"], widths, landscape=False)
    said = "Mỗi đề nghị một dòng. Đây là đề nghị; cơ quan thẩm định quyết định."
    row = _opening(book, sheet, form, "ĐỀ NGHỊ KHÔNG ÁP DỤNG TIÊU CHÍ", said)
    book.heading(sheet, row, [head for head, _ in _CLAIMS], widths, 3)
    first, last = row + 1, row + claim_rows(form)
    style = book.style("cell", "input", "text")
    for row in range(first, last + 1):
        write_text(sheet, row, 0, f"claim:{row - first + 1}", book.style())
        for place in range(1, 4):
            sheet.write_blank(row, place, None, style)
    _rule(sheet, first, last, 1, _owner_rule(book, form))
    _rule(sheet, first, last, 2, _criterion_rule(book, form.evidence_criteria))
    _rule(sheet, first, last, 3, note("Lý do", "Vì sao tiêu chí không áp dụng, theo văn bản nào. Bắt buộc."))


def claim_rows(form: FormContent) -> int:
    """How many rows a batch has for claims."""
    return max(ITEM_ROWS, 2 * len(form.candidates))


def first_claim_row(form: FormContent) -> int:
    """The row of the first claim, from 0: title, two lines below it, stamps, heading."""
    return 4 + len(form.stamps)


def _opening(book: Book, sheet: Any, form: FormContent, title: str, said: str) -> int:
    who = f"{form.owner_name} (mã {form.owner}), {period_words(form.round.window)}"
    return book.opening(sheet, title.upper() if len(title) < 40 else title, [who, said])


def _headed(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit else label


def _rule(sheet: Any, first: int, last: int, column: int, rule: dict[str, Any]) -> None:
    sheet.data_validation(first, column, last, column, rule)


def _owner_rule(book: Book, form: FormContent) -> dict[str, Any]:
    ids = [candidate.id for candidate in form.candidates]
    return choice(book, ids, "Mã đối tượng", "Chọn mã của đối tượng, như ở cột Mã của trang chấm.")


def _criterion_rule(book: Book, ids: list[str]) -> dict[str, Any]:
    return choice(book, ids, "Mã tiêu chí", "Chọn mã tiêu chí, như ở cột Mã: mỗi dòng gắn với một tiêu chí.")


def _kind_rule(book: Book, form: FormContent) -> dict[str, Any]:
    kinds = evidence_kinds(form.movement, [one.layout.criteria for one in form.sets])
    if not kinds.names:
        return note("Loại minh chứng", "Phong trào không khai loại minh chứng: để trống.")
    message = "Chọn loại văn bản. Tiêu chí chỉ cần một loại minh chứng thì có thể để trống: hiểu là loại đó."
    return choice(book, list(kinds.names.values()), "Loại minh chứng", message)


def _day(sheet: Any, row: int, column: int, day: date | None, style: Any, plain: Any, otherwise: str) -> None:
    if day is None:
        write_text(sheet, row, column, otherwise, plain)
    else:
        sheet.write_datetime(row, column, day, style)
