"""pool.max min mean sum count rank, and prev: values taken from other candidates and from the round before."""

from __future__ import annotations

from typing import Any

import numpy as np

from criteria.exact import KNOWN, MISSING, UNDEFINED, Quantity, Truth
from criteria.exact.groups import column_of, count_by, extreme_by, larger_by, sum_by
from criteria.expressions import kinds, syntax
from criteria.expressions.binding import Binder, closest
from criteria.expressions.kinds import PURE, Kind
from criteria.expressions.rows import Rows
from criteria.expressions.syntax import ExpressionError
from criteria.expressions.terms import Column, Term
from criteria.expressions.words import MEMBERS, function

_WORDS = {
    "max": "cao nhất",
    "min": "thấp nhất",
    "mean": "trung bình",
    "sum": "tổng",
    "count": "số đối tượng có",
    "rank": "thứ hạng theo",
}


class NotDecidedOut(Term):
    """Nobody has decided that a criterion does not apply, or closed it; unknown while it is not verified."""

    kind = kinds.TRUTHS

    def __init__(self, node: str) -> None:
        self.node = node

    def evaluate(self, rows: Rows) -> Truth:
        out: Truth | None = rows.decided_out(self.node)
        return Truth(True) if out is None else ~out

    def formula(self) -> str:
        return f"{self.node} áp dụng"


class PoolAggregate(Term):
    """A value over the candidates of the pool that compete, for whom the node applies and the part is known."""

    def __init__(self, method: str, part: Term, narrow: Term | None, applies: tuple[Term, ...], kind: Kind) -> None:
        self.method, self.part, self.narrow, self.applies, self.kind = method, part, narrow, applies, kind
        self.parts = (part, *applies) if narrow is None else (part, narrow, *applies)

    def evaluate(self, rows: Rows) -> Quantity:
        value: Quantity = rows.gathered(self, self._compute)[0]
        return value

    def unsettled(self, rows: Rows) -> Any:
        """Bool per row: a member of its pool has not reported yet, so the value is provisional."""
        return rows.gathered(self, self._compute)[1]

    def _compute(self, rows: Rows) -> tuple[Quantity, Any]:
        size = rows.size
        groups, count = rows.pools(self.narrow)
        column = self.part.evaluate(rows)
        absent = np.broadcast_to(np.asarray(column.absent if column.absent is not None else KNOWN), (size,))
        member = np.broadcast_to(rows.competing(), (size,)).copy()
        doubtful = None  # who may be a member: nobody knows yet whether the node applies
        for condition in self.applies:
            truth = condition.evaluate(rows)
            member &= ~np.broadcast_to(truth.fails(), (size,))
            if truth.absent is not None:
                lacks = np.broadcast_to(np.asarray(truth.absent), (size,))
                member &= (lacks == KNOWN) | (lacks == MISSING)
                doubtful = lacks == MISSING if doubtful is None else doubtful | (lacks == MISSING)
        keep, lacking = member & (absent == KNOWN), member & (absent == MISSING)
        if doubtful is not None:
            keep, lacking = keep & ~doubtful, lacking | (member & doubtful)
        waiting = count_by(groups, count, lacking) > 0
        return self._fold(column, groups, count, keep), waiting[groups]

    def _fold(self, column: Column, groups: Any, count: int, keep: Any) -> Quantity:
        if isinstance(column, Truth):
            return Quantity.measured(
                count_by(groups, count, keep & np.broadcast_to(column.holds(), keep.shape))[groups]
            )
        if self.method == "rank":
            return Quantity.measured(larger_by(column, groups, keep) + 1, 1, column.absent)
        if self.method == "sum":
            return sum_by(column_of(column, len(groups)), groups, count, keep).take(groups)
        if self.method == "mean":
            result = sum_by(column, groups, count, keep) / Quantity.measured(count_by(groups, count, keep))
            return result.take(groups)
        found, present = extreme_by(column, groups, count, keep, self.method == "max")
        return found.with_absent(np.where(present, np.uint8(KNOWN), np.uint8(UNDEFINED))).take(groups)

    def formula(self) -> str:
        where = f" cùng {self.narrow.formula()}" if self.narrow else " trong cụm"
        return f"{_WORDS[self.method]} {self.part.formula()}{where}"

    def filled(self, rows: Rows) -> str:
        return f"{self.shown(rows)} [{self.formula()}]"


def _pool(binder: Binder, call: syntax.Call) -> Term:
    if call.name not in _WORDS:
        raise ExpressionError(
            "unknown-function", call.offset, f"pool không có hàm “{call.name}”.", closest(call.name, _WORDS)
        )
    scope = binder.scope.outside or binder.scope  # a pool is made of candidates, never of item rows
    outer = binder.within(scope)
    narrow = outer.term(call.narrow) if call.narrow is not None else None
    if narrow is not None and narrow.kind.name not in (kinds.LEVEL, kinds.TEXT, kinds.TRUTH):
        raise ExpressionError(
            "type-mismatch", call.offset, "pool(…) thu hẹp theo một thuộc tính mức, chữ hoặc có/không."
        )
    argument = outer.plain(call, 1)[0]
    part = outer.truth(argument) if call.name == "count" else outer.number(argument)
    kind = PURE if call.name in ("count", "rank") else part.kind
    return PoolAggregate(call.name, part, narrow, scope.applies, kind)


MEMBERS["pool"] = _pool


class Previous(Term):
    """prev(a): the same expression in the round before, for the same candidate."""

    def __init__(self, part: Term) -> None:
        self.parts, self.kind = (part,), part.kind

    def evaluate(self, rows: Rows) -> Column:
        return rows.gathered(self, lambda whole: whole.previous(self.parts[0]))  # type: ignore[no-any-return]

    def formula(self) -> str:
        return f"{self.parts[0].formula()} kỳ trước"

    def filled(self, rows: Rows) -> str:
        return f"{self.shown(rows)} (kỳ trước)"


@function("prev")
def _prev(binder: Binder, call: syntax.Call) -> Term:
    outer = binder.within(binder.scope.outside or binder.scope)
    return Previous(outer.term(outer.plain(call, 1)[0]))
