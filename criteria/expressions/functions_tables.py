"""NAME.sum mean median max min first last count any every over the rows of an item table, and NAME.column of a single one.

A row whose value or `where` is not applicable is left out; one that is missing makes the result missing.
"""

from __future__ import annotations

from fractions import Fraction
from statistics import median
from typing import Any

import numpy as np

from criteria.exact import KNOWN, MISSING, NOT_APPLICABLE, UNDEFINED, Quantity, Truth, constant
from criteria.exact.groups import count_by, extreme_by, fold_by, sum_by
from criteria.expressions import kinds, syntax
from criteria.expressions.binding import Binder, closest
from criteria.expressions.kinds import PURE, Kind
from criteria.expressions.rows import Items, Rows
from criteria.expressions.syntax import ExpressionError
from criteria.expressions.terms import Column, Term
from criteria.expressions.words import MEMBERS, function

_NUMERIC = ("sum", "mean", "median", "max", "min", "first", "last")
_WORDS = {
    "sum": "tổng",
    "mean": "trung bình",
    "median": "trung vị",
    "max": "lớn nhất",
    "min": "nhỏ nhất",
    "first": "đầu tiên",
    "last": "cuối cùng",
    "count": "số",
    "any": "có ít nhất một",
    "every": "mọi",
}


def _absences(column: Column, size: int) -> Any:
    return np.broadcast_to(np.asarray(column.absent if column.absent is not None else KNOWN, dtype=np.uint8), (size,))


class TableAggregate(Term):
    """One value per candidate out of the rows of a table."""

    def __init__(
        self, table: str, label: str, method: str, value: Term | None, where: Term | None, by: Term | None, kind: Kind
    ) -> None:
        self.table, self.label, self.method, self.kind = table, label, method, kind
        self.value, self.where, self.by = value, where, by
        self.parts = tuple(part for part in (value, where, by) if part is not None)

    def evaluate(self, rows: Rows) -> Column:
        return rows.gathered(self, self._compute)  # type: ignore[no-any-return]

    def _compute(self, rows: Rows) -> Column:
        items = rows.items(self.table)
        if not items.handed_in:
            return (
                constant(0, MISSING)
                if self.kind.name != kinds.TRUTH
                else Truth(False, np.full(rows.size, MISSING, dtype=np.uint8))
            )
        keep, unclear = self._kept(items)
        lacking = items.lacking()
        spoilt = (count_by(items.owners, rows.size, unclear) > 0) | lacking
        result = self._fold(rows, items, keep)
        absent: Any = (
            result.absent
            if isinstance(result.absent, np.ndarray)
            else np.full(rows.size, result.absent or KNOWN, dtype=np.uint8)
        )
        absent = np.where(spoilt, np.maximum(absent, np.uint8(MISSING)), absent)
        if isinstance(result, Truth):  # a known row may decide any and every whatever else is missing
            decided = (result.value if self.method == "any" else ~result.value) & (absent <= MISSING)
            absent = np.where(decided, np.uint8(KNOWN), absent)
        if not absent.any():
            absent = None
        return Truth(result.value, absent) if isinstance(result, Truth) else result.with_absent(absent)

    def _kept(self, items: Items) -> tuple[Any, Any]:
        """Rows that count, and rows of which it is not known whether or with what they count."""
        keep = np.ones(items.size, dtype=bool)
        unclear = np.zeros(items.size, dtype=bool)
        if self.where is not None:
            truth = self.where.evaluate(items.rows)
            absent = _absences(truth, items.size)
            unclear = (absent != KNOWN) & (absent != NOT_APPLICABLE)
            keep = np.broadcast_to(truth.holds(), (items.size,)).copy()
        for part in (self.value, self.by):
            if part is None:
                continue
            absent = _absences(part.evaluate(items.rows), items.size)
            unclear = (unclear & (absent != NOT_APPLICABLE)) | (keep & (absent != KNOWN) & (absent != NOT_APPLICABLE))
            keep = keep & (absent == KNOWN)
        return keep, unclear

    def _fold(self, rows: Rows, items: Items, keep: Any) -> Column:
        groups, size = items.owners, rows.size
        if self.by is not None:
            by = self.by.evaluate(items.rows)
            pairs = {(int(groups[i]), by.at(int(i))) for i in np.flatnonzero(keep)}
            return Quantity.measured(
                np.bincount([g for g, _ in pairs] or [0], minlength=size).astype(np.int64)
                if pairs
                else np.zeros(size, dtype=np.int64)
            )
        if self.method == "count" and self.value is None:
            return Quantity.measured(count_by(groups, size, keep))
        assert self.value is not None
        value = self.value.evaluate(items.rows)
        if isinstance(value, Truth):
            true = count_by(groups, size, keep & np.broadcast_to(value.holds(), (items.size,)))
            if self.method == "count":
                return Quantity.measured(true)
            return Truth(true > 0) if self.method == "any" else Truth(true == count_by(groups, size, keep))
        if self.method == "sum":
            return sum_by(value, groups, size, keep)
        if self.method == "mean":
            return sum_by(value, groups, size, keep) / Quantity.measured(count_by(groups, size, keep))
        if self.method in ("max", "min"):
            found, present = extreme_by(value, groups, size, keep, self.method == "max")
            return found.with_absent(np.where(present, np.uint8(KNOWN), np.uint8(UNDEFINED)))
        folds: dict[str, Any] = {
            "median": lambda v: Fraction(median(v)),
            "first": lambda v: v[0],
            "last": lambda v: v[-1],
        }
        values = fold_by(value, groups, size, keep, lambda v: folds[self.method](v) if v else None)
        return Quantity.of_fractions(values, [UNDEFINED if v is None else KNOWN for v in values])

    def formula(self) -> str:
        where = f", chỉ tính dòng {self.where.formula()}" if self.where else ""
        if self.by:
            return f"số giá trị khác nhau của {self.by.formula()} trong {self.label}{where}"
        what = self.value.formula() if self.value else ""
        if self.kind.name == kinds.TRUTH or self.method == "count":
            return f"{_WORDS[self.method]} dòng {self.label}{' ' + what if what else ''}{where}"
        return f"{_WORDS[self.method]} {what} của {self.label}{where}"

    def filled(self, rows: Rows) -> str:
        return f"{self.shown(rows)} [{self.formula()}]"


class SingleField(Term):
    """NAME.column of a table with one row per candidate."""

    def __init__(self, table: str, label: str, part: Term) -> None:
        self.table, self.label, self.parts, self.kind = table, label, (part,), part.kind

    def evaluate(self, rows: Rows) -> Column:
        return rows.gathered(self, self._compute)  # type: ignore[no-any-return]

    def _compute(self, rows: Rows) -> Column:
        items = rows.items(self.table)
        position = np.full(rows.size, -1)
        position[items.owners] = np.arange(items.size)
        column: Column = self.parts[0].evaluate(items.rows)
        there = position >= 0
        if not items.size:
            return (
                Truth(False, np.full(rows.size, MISSING, dtype=np.uint8))
                if isinstance(column, Truth)
                else constant(0, MISSING)
            )
        index = np.where(there, position, 0)
        if isinstance(column, Truth):
            taken = column.take(index)
            return Truth(
                taken.value,
                np.where(there, taken.absent if taken.absent is not None else np.uint8(KNOWN), np.uint8(MISSING)),
            )
        value = column.take(index)
        return value.with_absent(
            np.where(there, value.absent if value.absent is not None else np.uint8(KNOWN), np.uint8(MISSING))
        )

    def formula(self) -> str:
        return f"{self.parts[0].formula()} ({self.label})"

    def filled(self, rows: Rows) -> str:
        return f"{self.formula()}: {self.shown(rows)}"


def _member(binder: Binder, call: syntax.Call) -> Term:
    offered = binder.scope.tables[call.owner]
    candidate = binder.scope.outside or binder.scope  # a row of one table is not seen from the rows of another
    inside = binder.within(candidate.inside(call.owner))
    if call.arguments is None:
        if not offered.single:
            raise ExpressionError(
                "arguments",
                call.offset,
                f"Bảng {call.owner} có nhiều dòng cho một đối tượng.",
                f"Viết {call.owner}.sum(…), {call.owner}.every(…), hoặc khai single: true.",
            )
        if call.name not in offered.columns:
            raise ExpressionError(
                "unknown-name",
                call.offset,
                f"Bảng {call.owner} không có cột “{call.name}”.",
                closest(call.name, offered.columns),
            )
        return SingleField(call.owner, offered.label, offered.columns[call.name])
    if call.name not in _WORDS:
        raise ExpressionError(
            "unknown-function", call.offset, f"Bảng không có hàm “{call.name}”.", closest(call.name, _WORDS)
        )
    plain = [a.value for a in call.arguments if not a.label]
    labelled = {a.label: a.value for a in call.arguments if a.label}
    if len(plain) > 1 or (not plain and call.name != "count") or ("by" in labelled and (call.name != "count" or plain)):
        raise ExpressionError(
            "arguments",
            call.offset,
            f"{call.owner}.{call.name}(…) nhận một biểu thức và where=điều kiện; by=cột chỉ dùng với count.",
        )
    if call.name in ("first", "last") and not offered.keyed:
        raise ExpressionError(
            "arguments", call.offset, f"{call.name} cần thứ tự dòng: bảng {call.owner} chưa khai key."
        )
    value = None
    if plain:
        value = inside.number(plain[0]) if call.name in _NUMERIC else inside.truth(plain[0])
    where = inside.truth(labelled["where"]) if "where" in labelled else None
    by = inside.term(labelled["by"]) if "by" in labelled else None
    kind = kinds.TRUTHS if call.name in ("any", "every") else value.kind if value and call.name in _NUMERIC else PURE
    return TableAggregate(call.owner, offered.label, call.name, value, where, by, kind)


MEMBERS["table"] = _member


@function("over")
def _over(binder: Binder, call: syntax.Call) -> Term:
    """over(months, mean, x): another way to write months.mean(x)."""
    table, how, value = binder.plain(call, 3)
    if not isinstance(table, syntax.Name) or table.name not in binder.scope.tables or not isinstance(how, syntax.Name):
        raise ExpressionError(
            "arguments", call.offset, "over(…) cần tên bảng, cách gộp và biểu thức.", "Viết over(months, mean, x)."
        )
    return _member(binder, syntax.Call(call.offset, how.name, (syntax.Argument("", value),), table.name))
