"""days workdays on: days are counted from 1970-01-01."""

from __future__ import annotations

from datetime import date

import numpy as np

from criteria.exact import Quantity, constant, strongest
from criteria.expressions import kinds, syntax
from criteria.expressions.binding import Binder
from criteria.expressions.kinds import number
from criteria.expressions.rows import Rows
from criteria.expressions.syntax import ExpressionError
from criteria.expressions.terms import Term
from criteria.expressions.words import function


class DaysBetween(Term):
    """days(a, b) = b − a."""

    def __init__(self, first: Term, second: Term) -> None:
        self.parts, self.kind = (first, second), number("ngày")

    def evaluate(self, rows: Rows) -> Quantity:
        first, second = (part.evaluate(rows) for part in self.parts)
        return second - first  # type: ignore[no-any-return]

    def formula(self) -> str:
        return f"số ngày từ {self.parts[0].formula()} đến {self.parts[1].formula()}"

    def filled(self, rows: Rows) -> str:
        return f"số ngày từ {self.parts[0].filled(rows)} đến {self.parts[1].filled(rows)} = {self.shown(rows)}"


class WorkdaysBetween(DaysBetween):
    """workdays(a, b): working days after a up to b, negative when b comes first."""

    def evaluate(self, rows: Rows) -> Quantity:
        first, second = (part.evaluate(rows) for part in self.parts)
        begin, end = (np.broadcast_to(np.asarray(q.num, dtype="datetime64[D]"), (rows.size,)) for q in (first, second))
        holidays = np.array(rows.holidays, dtype="datetime64[D]")
        forward = end >= begin
        low, high = np.where(forward, begin, end) + 1, np.where(forward, end, begin) + 1
        counted = np.busday_count(low, high, holidays=holidays).astype(np.int64)
        return Quantity.measured(np.where(forward, counted, -counted), 1, strongest(first.absent, second.absent))

    def filled(self, rows: Rows) -> str:
        return f"số ngày làm việc từ {self.parts[0].filled(rows)} đến {self.parts[1].filled(rows)} = {self.shown(rows)}"

    def formula(self) -> str:
        return f"số ngày làm việc từ {self.parts[0].formula()} đến {self.parts[1].formula()}"


@function("days")
@function("workdays")
def _days(binder: Binder, call: syntax.Call) -> Term:
    first, second = (binder.of_kind(a, kinds.DAY) for a in binder.plain(call, 2))
    return (DaysBetween if call.name == "days" else WorkdaysBetween)(first, second)


class OnDay(Term):
    """on(day) of the round's month, on(day, month) of the round's year."""

    kind = kinds.DAYS

    def __init__(self, day: int, month: int | None) -> None:
        self.day, self.month = day, month

    def evaluate(self, rows: Rows) -> Quantity:
        year, month = rows.period.year, self.month or rows.period.month
        return constant(int(np.datetime64(date(year, month, self.day), "D").astype(int)))

    def formula(self) -> str:
        return f"ngày {self.day}" + (f"/{self.month}" if self.month else " của tháng")

    def filled(self, rows: Rows) -> str:
        return self.shown(rows)


@function("on")
def _on(binder: Binder, call: syntax.Call) -> Term:
    numbers = [binder.number(a).constant_value for a in binder.plain(call, 1, 2)]
    try:
        if any(n is None or n.denominator != 1 for n in numbers):
            raise ValueError
        day, month = int(numbers[0] or 0), int(numbers[1] or 0) if len(numbers) == 2 else None
        date(2024, 1 if month is None else month, day)
    except (ValueError, OverflowError):
        raise ExpressionError(
            "date", call.offset, "on(…) không nêu một ngày có thật.", "Viết on(22) hoặc on(31, 1)."
        ) from None
    return OnDay(day, month)
