"""Results of many tasks out of one table: a row for what one body handed in for one task."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from criteria.problems import Problem
from records.tasks.changes import Book
from records.tasks.columns import Row, read_headed
from records.tasks.explaining import explain
from records.tasks.register import Result
from records.workspace.folder import Workspace

NAMES: dict[str, tuple[str, ...]] = {
    "no": ("số", "stt", "tt", "số nhiệm vụ", "nhiệm vụ"),
    "body": ("cơ quan", "cơ quan chủ trì", "chủ trì", "mã cơ quan"),
    "instance": ("năm", "năm kế hoạch", "sự kiện"),
    "finished": ("ngày hoàn thành", "hoàn thành", "ngày xong"),
    "document": ("văn bản", "sản phẩm", "số văn bản", "số, ký hiệu"),
    "document_date": ("ngày văn bản",),
    "accepted": ("chấp nhận", "được chấp nhận", "nghiệm thu"),
    "accepted_on": ("ngày chấp nhận", "ngày nghiệm thu"),
    "explanation": ("giải trình", "lý do chậm", "nguyên nhân"),
}


def update_from(workspace: Workspace, path: Path, today: date) -> tuple[int, int, list[Problem]]:
    """Rows read, entries appended, findings. With an error in any row nothing is entered."""
    table, problems = read_headed(path, NAMES, (("no",), ("finished", "accepted", "explanation")), "task-field")
    if table is None:
        return 0, 0, problems
    book = Book.open(workspace)
    seen: dict[tuple[str, str, str], int] = {}
    count = 0
    for row in table:
        count += 1
        _row(book, row, seen, today)
    book.problems = table.problems + book.problems
    saved, found = book.save()
    return count, saved, found


def _row(book: Book, row: Row, seen: dict[tuple[str, str, str], int], today: date) -> None:
    number = row.text("no").strip("().")
    finished = row.day("finished")
    if finished is not None and finished > today:
        row.wrong("finished", f"Ngày hoàn thành {finished:%d/%m/%Y} chưa đến.")
    body: str | None = None
    if row.text("body"):
        body = row.body("body", row.text("body"), book.roster, finished)
        if body is None:
            return
    instance = row.text("instance")
    event = row.cell("instance").value
    if isinstance(event, date) or "/" in instance:
        day = row.day("instance")
        instance = day.isoformat() if day is not None else ""
    if (number, body or "", instance) in seen:
        row.wrong("no", f"Kết quả này đã có ở dòng {seen[number, body or '', instance]}.", "Giữ một dòng.")
        return
    seen[number, body or "", instance] = row.number
    result = Result(
        finished, row.text("document"), row.day("document_date"), row.truth("accepted"), row.day("accepted_on")
    )
    why = row.text("explanation")
    if result != Result() or not why:
        book.finish(number, body, result, instance, Teller(row), row.place("no"))
    if why:
        explain(book, number, body, why, today, instance, finished, Teller(row), row.place("explanation"))


class Teller:
    """Puts findings at the cells of a row."""

    def __init__(self, row: Row) -> None:
        self.row = row

    def __call__(self, name: str, message: str, hint: str = "", code: str = "") -> None:
        self.row.wrong(name if name in self.row.table.places else "no", message, hint, code)
