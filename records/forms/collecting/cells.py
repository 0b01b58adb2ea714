"""One input cell of a form as the text that is stored, or what is wrong with it. Formulas count by their number only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

from criteria.exact import KNOWN, NOT_APPLICABLE
from criteria.expressions import kinds
from criteria.expressions.kinds import DAYS
from criteria.inputs import Input
from criteria.problems import NOTE, Problem, errors, of_file
from records.forms.collecting.workbook import FormSheet
from records.tables.cells import CellError, read_cell
from records.tables.sheets import Cell, is_error

KAD = "KAD"
LONGEST = 3000  # letters of a text that somebody types
MOST_DIGITS = 18  # of a figure, those after the point included; Excel keeps 15
MOST_FINDINGS = 5000  # in one file: whoever has more has not filled in a form
_EPOCH = date(1970, 1, 1)
_DAY = Input("ngày", "Ngày", DAYS)
_MARKS = {"x", "✓", "✔", "☑", "☒", "có"}
_TURNING = re.compile("[\u202d\u202e]")  # signs that show text the other way round
_FIRST_DAY, _LAST_DAY = date(1945, 9, 2), date(2100, 12, 31)
_ELSEWHERE = re.compile(
    r"[\[|]|WEBSERVICE|HYPERLINK|FILTERXML|INDIRECT|\b(?:RTD|DDE|CALL|REGISTER|CUBE\w+|IMPORT\w+)\s*\(", re.I
)
_Read = TypeVar("_Read")


@dataclass
class Findings:
    """What is found while a form is read. Nothing stops at the first mistake."""

    problems: list[Problem] = field(default_factory=list)

    def at(self, sheet: FormSheet, row: int, column: int, code: str, message: str, hint: str = "") -> None:
        self.problems.append(sheet.problem(code, row, column, message, hint))

    def note(self, sheet: FormSheet, row: int, column: int, code: str, message: str, hint: str = "") -> None:
        self.problems.append(sheet.problem(code, row, column, message, hint, NOTE))

    def read(
        self, sheet: FormSheet, row: int, column: int, reader: Callable[[Cell], _Read], otherwise: _Read, code: str = ""
    ) -> _Read:
        """What the reader makes of a cell. code: stands for the reader's own, which is kept for formulas."""
        try:
            return reader(sheet.cell(row, column))
        except CellError as error:
            kept = error.code if error.code == "formula-cell" or not code else code
            self.at(sheet, row, column, kept, error.message, error.hint)
            return otherwise

    def need(
        self,
        sheet: FormSheet,
        row: int,
        column: int,
        reader: Callable[[Cell], _Read],
        otherwise: _Read,
        code: str,
        what: str,
    ) -> _Read:
        """The same of a cell that must not be empty. what: the thing that is missing, in Vietnamese."""
        before = len(self.problems)
        value = self.read(sheet, row, column, reader, otherwise, code)
        if not value and len(self.problems) == before:
            self.at(sheet, row, column, code, f"Thiếu {what}.", f"Ghi {what}.")
        return value

    def shorten(self) -> None:
        """Leave the first of very many findings, and how many more there are."""
        more = len(self.problems) - MOST_FINDINGS
        if more > 0:
            message = f"Còn {more} lỗi khác trong tệp này."
            last = of_file(self.problems[0].file, "form-unsafe", message, "Điền lại vào biểu gốc đã giao.")
            self.problems[MOST_FINDINGS:] = [last]

    @property
    def wrong(self) -> bool:
        return bool(errors(self.problems))


def clean(text: str) -> str:
    """Composed, on one line, without control characters and marks that turn the direction of text."""
    composed = unicodedata.normalize("NFC", text)
    kept = (" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in composed)
    return " ".join("".join(sign for sign in kept if unicodedata.category(sign) not in ("Cf", "Cs")).split())


def short(text: str) -> str:
    """What was found, for a message."""
    text = clean(text[:200])
    return text if len(text) <= 60 else f"{text[:60]}…"


def settled(cell: Cell) -> Cell:
    """The cell without its formula, when the formula has given a number. Raises CellError."""
    if is_error(cell):
        found = short(str(cell.value if cell.value is not None else cell.formula))
        raise CellError(
            "formula-cell",
            f"Ô có “{found}”, không có giá trị.",
            "Mở bằng Excel, tính lại và lưu; hoặc gõ thẳng giá trị.",
        )
    if cell.formula:
        if _ELSEWHERE.search(cell.formula):
            raise CellError(
                "formula-cell", f"Ô có công thức lấy từ nơi khác: “{short(cell.formula)}”.", "Gõ thẳng giá trị."
            )
        if cell.value is None or isinstance(cell.value, str):
            raise CellError(
                "formula-cell", f"Ô có công thức không cho ra một số: “{short(cell.formula)}”.", "Gõ thẳng giá trị."
            )
        return replace(cell, formula="")
    if isinstance(cell.value, str):
        if len(cell.value) > LONGEST:
            raise CellError(
                "form-cell", f"Ô có {len(cell.value)} chữ, tối đa {LONGEST}.", "Viết gọn; chi tiết để ở tệp minh chứng."
            )
        return replace(cell, value=clean(cell.value))
    return cell


def figure(cell: Cell, declared: Input) -> str:
    """A figure as the table reader reads it again: "" when empty, KAD, a number with a decimal point, có/không, 2026-06-30, a level.

    Raises CellError.
    """
    if isinstance(cell.value, str) and _TURNING.search(cell.value[:LONGEST]):
        message = f"“{short(cell.value)}” có ký tự đảo chiều chữ, không rõ là số nào."
        raise CellError("form-cell", message, "Xóa ô rồi gõ lại.")
    try:
        value, absence = read_cell(settled(cell), declared)
    except CellError:
        raise
    except (ValueError, ArithmeticError):  # numbers nobody writes
        raise CellError("number", f"“{short(cell.text)}” không đọc được.", f"“{declared.label}”.") from None
    if absence != KNOWN:
        return KAD if absence == NOT_APPLICABLE else ""
    if declared.kind.name == kinds.TEXT:
        return str(value)
    number = int(value)
    if declared.kind.name == kinds.TRUTH:
        return "có" if number else "không"
    if declared.kind.name == kinds.DAY:
        found = _EPOCH + timedelta(days=number)
        if not _FIRST_DAY <= found <= _LAST_DAY:  # 2026 typed where Excel shows days is 18/07/1905
            raise CellError("date", f"Ngày {found:%d/%m/%Y} không hợp lý.", "Kiểm tra lại năm.")
        return found.isoformat()
    if declared.kind.name == kinds.LEVEL:
        return declared.kind.levels[number]
    if abs(number) >= 10**MOST_DIGITS:
        message = f"“{short(cell.text)}” có hơn {MOST_DIGITS} chữ số."
        raise CellError("number", message, f"Kiểm tra lại “{declared.label}”.")
    whole, part = divmod(abs(number), 10**declared.decimals)
    digits = f"{part:0{declared.decimals}d}".rstrip("0") if declared.decimals else ""
    return f"{'-' if number < 0 else ''}{whole}{'.' if digits else ''}{digits}"


def words(cell: Cell) -> str:
    """A text; a number typed into its cell is its digits. Raises CellError."""
    return clean(settled(cell).text)


def day(cell: Cell) -> date | None:
    """A day that exists and that people now alive write; None when empty. Raises CellError."""
    text = figure(cell, _DAY)
    if not text:
        return None
    if text == KAD:
        raise CellError("date", "“KAD” không phải là một ngày có thật.", "Viết 30/06/2026 hoặc 2026-06-30.")
    return date.fromisoformat(text)


def mark(cell: Cell) -> bool:
    """A cell that is marked with an x, or empty. Raises CellError."""
    text = words(cell)
    if not text:
        return False
    if text.casefold() in _MARKS:
        return True
    raise CellError("form-cell", f"Ô có “{short(text)}”.", "Đánh dấu x, hoặc để trống.")


def whole(cell: Cell) -> int | None:
    """A whole number from 1 to 999; None when empty. Raises CellError."""
    text = words(cell)
    if not text:
        return None
    if isinstance(cell.value, bool) or not (text.isascii() and text.isdecimal() and len(text) <= 3 and int(text) >= 1):
        raise CellError(
            "form-cell", f"“{short(text)}” không phải số nguyên từ 1.", "Lần gửi đầu là 1, gửi lại là 2, 3…"
        )
    return int(text)
