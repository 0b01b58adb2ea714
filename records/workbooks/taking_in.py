"""Taking one workbook in: decided again when the ledger moved, kept under its hash, with a receipt of who sent and signed it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from criteria.problems import Problem, of_file, reason
from records.forms.collecting.form import ReadForm, open_form
from records.forms.collecting.receiving import keep_files
from records.forms.collecting.workbook import FormSheet
from records.ledger.database import Database
from records.ledger.entries import Entry
from records.life.acts import LedgerMoved

WRITABLE = "Đợi lệnh khác xong, kiểm tra ổ đĩa và quyền ghi, rồi thu lại."
_TRIES = 5  # times a workbook is decided again because somebody else has written


def until_settled(form: ReadForm, decide: Callable[[], None], look_again: Callable[[], None], what: str) -> None:
    """Everything is decided on one state of the ledger; when somebody else writes meanwhile, it is decided again.
    what: is entered, in Vietnamese."""
    name, problems = form.file.name, form.problems
    known = len(problems)
    for _ in range(_TRIES):
        try:
            decide()
            return
        except LedgerMoved:
            del problems[known:]
            look_again()
        except OSError as error:
            problems.append(of_file(name, "output", f"Không ghi được {what}: {reason(error)}.", WRITABLE))
            return
    problems.append(of_file(name, "output", "Có lệnh khác ghi số liệu liên tục.", WRITABLE))


def keep_again(form: ReadForm, database: Database, home: Path, folder: str) -> bool:
    """Write the file that was read below the home of the round, and its evidence, each under its hash; False when it cannot be
    kept: the findings say why. Raises OSError."""
    raw, again = open_form(form.file)
    if again.sha256 != form.sha256:
        form.problems.append(changed_meanwhile(form.file.name))
        return False
    with database.writing():  # nobody clears away what is being written
        problems = keep_files(form, raw, home, home / folder)
    form.problems.extend(problems)
    return not problems


def changed_meanwhile(name: str) -> Problem:
    """That a file is no longer what was read."""
    return of_file(name, "file-unreadable", "Tệp thay đổi trong khi thu.", "Đóng tệp ở Excel rồi thu lại.")


def at_cells(problems: Iterable[Problem], cells: Iterable[tuple[FormSheet, int, int]]) -> list[Problem]:
    """What the table of rights says of an act, at the cell it came from. cells: sheet, row and column from 1."""
    places = {cell_place(*cell): cell for cell in cells}
    found = []
    for one in problems:
        cell = places.get(one.file)
        found.append(one if cell is None else cell[0].problem(one.code, *cell[1:], one.message, one.hint))
    return found


def cell_place(sheet: FormSheet, row: int, column: int) -> str:
    """File, sheet and cell, as problems print them. row, column: from 1."""
    return sheet.problem("", row, column, "").place


def last_edition(receipts: Iterable[Entry], token: str) -> int:
    """The latest edition of one workbook that was taken in; 0 when none was. receipts: their places end with the token."""
    return max((int(entry.value) for entry in receipts if entry.place.endswith(token)), default=0)


def older_edition(form: ReadForm, last: int, called: str) -> Problem | None:
    """Why an edition is not newer than the last one of the same workbook that was taken in. called: such a workbook."""
    if not form.version or form.version > last:
        return None
    message = f"Đã thu lần gửi {last} của {called} này; tệp này là lần {form.version} với nội dung khác."
    return of_file(form.file.name, "form-older", message, "Bản sửa phải tăng lần gửi ở trang Ky, rồi gửi lại.")


def receipt(subject: str, form: ReadForm, place: str, reason: str, author: str, role: str, signed: str) -> list[Entry]:
    """That a workbook was taken in, and who signed it: names are personal."""
    collected = Entry(
        subject,
        "collected",
        str(form.version),
        source=form.letter,
        place=place,
        reason=reason,
        author=author,
        role=role,
        evidence=form.sha256,
    )
    return [collected, replace(collected, field="signed", value=signed, reason="", personal=True)]
