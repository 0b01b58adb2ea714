"""One cell of a table as the integer the engine stores, or the problem that says why not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from criteria.exact import KNOWN, MISSING, NOT_APPLICABLE, NumeralError, read_decimal, show_vietnamese
from criteria.expressions import kinds
from criteria.inputs import Input
from records.tables.sheets import Cell, is_error

KAD = {"kad", "không áp dụng"}
YES = {"có", "co", "yes", "true", "đúng", "x", "1"}
NO = {"không", "khong", "no", "false", "sai", "0"}
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_EPOCH = date(1970, 1, 1)
_VIETNAMESE_DAY = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")


class CellError(ValueError):
    """code, message and hint of a problem; the reader adds the place."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def read_cell(cell: Cell, declared: Input) -> tuple[int | str, int]:
    """The stored value and its absence. Raises CellError."""
    if is_error(cell):
        found = cell.value if cell.value is not None else cell.formula
        raise CellError(
            "formula-cell",
            f"Ô có “{found}”, không có giá trị.",
            "Mở bằng Excel, tính lại và lưu; hoặc gõ thẳng giá trị.",
        )
    if cell.empty:
        return ("" if declared.kind.name == kinds.TEXT else 0), MISSING
    text = cell.text
    if text.lower() in KAD:
        return ("" if declared.kind.name == kinds.TEXT else 0), NOT_APPLICABLE
    value: int | str = _READERS[declared.kind.name](cell, text, declared)
    return value, KNOWN


def _number(cell: Cell, text: str, declared: Input) -> int:
    percent = declared.kind.percent
    if isinstance(cell.value, bool):
        raise CellError("number", f"“{text}” không phải là số.", f"“{declared.label}” cần một số.")
    written = text.replace("−", "-")
    if cell.percent:
        if not percent:
            raise CellError(
                "percent-cell",
                f"Ô hiển thị phần trăm, “{declared.label}” không tính bằng %.",
                "Đổi định dạng ô thành số.",
            )
        written = _shifted(written)
    elif written.endswith("%"):
        if not percent:
            raise CellError(
                "percent-cell", f"“{text}” có dấu %, “{declared.label}” không tính bằng %.", "Gõ số không có dấu %."
            )
        written = written[:-1].strip()
    if isinstance(cell.value, float) and re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]+", written):
        written = format(Fraction(written).numerator, "d") if Fraction(written).denominator == 1 else written
    try:
        digits, decimals = read_decimal(written, comma=True)
    except NumeralError as error:
        hint = (
            "Viết liền các chữ số, không dấu ngăn cách hàng nghìn: 25000000000."
            if error.code == "number-grouping"
            else f"“{declared.label}” cần một số."
        )
        raise CellError(error.code, f"“{text}” không phải là số viết đúng.", hint) from None
    doubtful = decimals > declared.decimals and _THOUSANDS.fullmatch(written)
    while decimals > declared.decimals and digits % 10 == 0:
        digits, decimals = digits // 10, decimals - 1
    if decimals > declared.decimals:
        allowed = f"nhiều nhất {declared.decimals} chữ số" if declared.decimals else "số nguyên"
        raise CellError(
            "decimals",
            f"“{text}” có {decimals} chữ số thập phân, “{declared.label}” chỉ nhận {allowed}.",
            "Không tự làm tròn: hỏi lại đơn vị."
            + (
                " Nếu dấu chấm ngăn cách hàng nghìn thì viết liền."
                if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", written)
                else ""
            ),
        )
    if doubtful:
        whole = re.sub("[.,]", "", written)
        raise CellError(
            "number-grouping",
            f"“{text}” có thể là {whole} hoặc {show_vietnamese(Fraction(int(whole), 1000))}.",
            f"Viết liền {whole} nếu là số hàng nghìn; bỏ các số 0 ở cuối nếu là số lẻ.",
        )
    value = int(digits * 10 ** (declared.decimals - decimals))
    _check_range(Fraction(value, declared.scale), text, declared)
    return value


def _shifted(text: str) -> str:
    """0.8725 shown as 87,25 % is 87.25."""
    value = Fraction(text) * 100
    digits = show_vietnamese(value).replace(".", "").replace(",", ".").replace("−", "-")
    return digits.removeprefix("≈ ")


def _check_range(value: Fraction, text: str, declared: Input) -> None:
    factor = 100 if declared.kind.percent else 1
    if isinstance(declared.at_least, Fraction) and value < declared.at_least:
        raise CellError(
            "out-of-range",
            f"“{text}” nhỏ hơn mức thấp nhất {show_vietnamese(declared.at_least * factor)} của “{declared.label}”.",
            "Kiểm tra lại số liệu với đơn vị.",
        )
    if isinstance(declared.at_most, Fraction) and value > declared.at_most:
        raise CellError(
            "out-of-range",
            f"“{text}” lớn hơn mức cao nhất {show_vietnamese(declared.at_most * factor)} của “{declared.label}”.",
            "Kiểm tra lại số liệu với đơn vị.",
        )
    if declared.grid is not None and (value / declared.grid).denominator != 1:
        raise CellError(
            "off-grid",
            f"“{text}” không đúng bước {show_vietnamese(declared.grid)} điểm của “{declared.label}”.",
            f"Ghi 0 hoặc một bội số của {show_vietnamese(declared.grid)}.",
        )


def _yes_no(cell: Cell, text: str, declared: Input) -> int:
    word = text.lower()
    if word in YES or word in NO:
        return int(word in YES)
    raise CellError(
        "not-yes-no",
        f"“{text}” không phải có hoặc không.",
        "Viết: có, không; bỏ trống nếu chưa biết; KAD nếu không áp dụng.",
    )


def _day(cell: Cell, text: str, declared: Input) -> int:
    if isinstance(cell.value, date):
        return (cell.value - _EPOCH).days
    try:
        match = _VIETNAMESE_DAY.fullmatch(text)
        if match:
            return (date(int(match[3]), int(match[2]), int(match[1])) - _EPOCH).days
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return (date.fromisoformat(text) - _EPOCH).days
    except ValueError:
        pass
    raise CellError("date", f"“{text}” không phải là một ngày có thật.", "Viết 30/06/2026 hoặc 2026-06-30.")


def _level(cell: Cell, text: str, declared: Input) -> int:
    levels = declared.kind.levels
    if text in levels:
        return levels.index(text)
    folded = [level.casefold() for level in levels]
    if text.casefold() in folded and folded.count(text.casefold()) == 1:
        return folded.index(text.casefold())
    raise CellError(
        "unknown-level", f"“{text}” không phải mức của “{declared.label}”.", "Các mức: " + ", ".join(levels) + "."
    )


def _text(cell: Cell, text: str, declared: Input) -> str:
    return text


_READERS: dict[str, Callable[[Cell, str, Input], int | str]] = {
    kinds.NUMBER: _number,
    kinds.TRUTH: _yes_no,
    kinds.DAY: _day,
    kinds.LEVEL: _level,
    kinds.TEXT: _text,
}
