"""Validations of input cells: as strict as the reader, never stricter (a figure may be KAD, a date may be text)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from criteria.exact import show_decimal
from criteria.expressions import kinds
from criteria.inputs import Input
from records.forms.issuing.sheets import Book
from records.forms.issuing.texts import hints

_TITLE, _MESSAGE, _LITERAL = 32, 255, 255  # Excel's limits
_TITLES = {
    kinds.NUMBER: "Số liệu",
    kinds.TRUTH: "Có hoặc không",
    kinds.DAY: "Ngày",
    kinds.LEVEL: "Chọn một mức",
    kinds.TEXT: "Chữ",
}
_KAD = "KAD"
_WHEN_NONE = "gõ KAD nếu không áp dụng và nêu lý do"


def input_rule(
    book: Book, column: Input, cell: str, labels: dict[str, str], cell_of: Callable[[str], str | None]
) -> dict[str, Any]:
    """The validation of the input cell of a figure or a judged mark. cell_of: the cell of another measure."""
    said = hints(column, labels)
    message = f"{column.label}: {said}. " if said else f"{column.label}. "
    message += "Để trống nếu chưa có số liệu" + ("." if column.judged else f"; {_WHEN_NONE}.")
    title = "Điểm đơn vị tự chấm" if column.judged else _TITLES[column.kind.name]
    wanted = f"Cần {said}." if said else "Giá trị không đúng."
    if column.kind.name == kinds.TRUTH:
        return choice(book, ["có", "không", _KAD], title, message)
    if column.kind.name == kinds.LEVEL:
        return choice(book, [*column.kind.levels, _KAD], title, message)
    if column.kind.name == kinds.DAY:
        return _custom(_day(cell, kad=True), title, message, wanted)
    if column.kind.name == kinds.NUMBER:
        return _custom(_number(column, cell, cell_of), title, message, wanted)
    return _messages({"validate": "any"}, title, message, "")


def choice(book: Book, values: list[str], title: str, message: str) -> dict[str, Any]:
    """One of a list."""
    short = len(",".join(values)) <= _LITERAL and not any("," in value or '"' in value for value in values)
    options = {"validate": "list", "source": values if short else book.list_of(values)}
    return _messages(options, title, message, "Chọn một giá trị trong danh sách.")


def day_rule(cell: str, title: str, message: str) -> dict[str, Any]:
    """A day."""
    return _custom(_day(cell, kad=False), title, message, "Cần một ngày có thật, gõ dạng 30/06/2026.")


def whole_rule(title: str, message: str) -> dict[str, Any]:
    """A whole number from 1."""
    options = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 999}
    return _messages(options, title, message, "Cần một số nguyên, từ 1.")


def cross_rule(title: str, message: str) -> dict[str, Any]:
    """x or nothing."""
    return _messages({"validate": "list", "source": ["x"]}, title, message, "Đánh x hoặc để trống.")


def note(title: str, message: str) -> dict[str, Any]:
    """A message beside a cell that takes any text."""
    return _messages({"validate": "any"}, title, message, "")


def _custom(formula: str, title: str, message: str, wanted: str) -> dict[str, Any]:
    return _messages({"validate": "custom", "value": formula}, title, message, wanted)


def _messages(options: dict[str, Any], title: str, message: str, wanted: str) -> dict[str, Any]:
    return {
        **options,
        "ignore_blank": True,
        "input_title": _cut(title, _TITLE),
        "input_message": _cut(message, _MESSAGE),
        "error_title": "Giá trị chưa đúng",
        "error_message": _cut(wanted, _MESSAGE),
    }


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _number(column: Input, cell: str, cell_of: Callable[[str], str | None]) -> str:
    """A truth about the cell. Other cells bound it only once they hold a number."""
    factor = 100 if column.kind.percent else 1
    tests = [f"ROUND({cell},{column.decimals})={cell}"]
    for bound, sign in ((column.at_least, ">="), (column.at_most, "<=")):
        if isinstance(bound, Fraction):
            tests.append(f"{cell}{sign}{_literal(bound * factor)}")
        elif bound is not None and (other := cell_of(bound)) is not None:
            tests.append(f"IF(ISNUMBER({other}),{cell}{sign}{other},TRUE)")
    if column.grid is not None:
        steps = f"{cell}*{column.grid.denominator}/{column.grid.numerator}"
        tests.append(f"ABS({steps}-ROUND({steps},0))<0.000001")
    return f"=IF(ISNUMBER({cell}),AND({','.join(tests)}),{'FALSE' if column.judged else _is_kad(cell)})"


def _day(cell: str, *, kad: bool) -> str:
    """A date, or what a machine set to another country has left as text; the reader checks the text."""
    typed = f"AND(LEN({cell})>=8,LEN({cell})<=10)"
    other = f"OR({_is_kad(cell)},{typed})" if kad else typed
    return f"=IF(ISNUMBER({cell}),AND({cell}>=DATE(1945,9,2),{cell}<=DATE(2100,12,31)),{other})"


def _is_kad(cell: str) -> str:
    return f'UPPER(TRIM({cell}))="{_KAD}"'


def _literal(value: Fraction) -> str:
    return show_decimal(value, 9).rstrip("0").rstrip(".") or "0"
