"""points share total maximum grade every any count: expressions over what the criteria have earned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from criteria.exact import MISSING, Quantity, Truth, constant, strongest
from criteria.expressions import kinds, syntax
from criteria.expressions.binding import Binder, closest
from criteria.expressions.kinds import PURE, Kind, number
from criteria.expressions.rows import Rows
from criteria.expressions.syntax import ExpressionError
from criteria.expressions.terms import ABSENT_WORDS, Term
from criteria.expressions.words import GRADE, RESULTS, function

POINTS, SHARE = number("điểm"), Kind(kinds.NUMBER, (), percent=True)


def _or_open(shown: str) -> str:
    """Points that are missing are points that still wait for something."""
    return "còn tạm tính" if shown == ABSENT_WORDS[MISSING] else shown


class ResultTerm(Term):
    """total, share, maximum of the set; points, share, maximum of the leaf inside every(…)."""

    def __init__(self, method: str, label: str, kind: Kind, leaf: bool = False) -> None:
        self.method, self.label, self.kind, self.leaf = method, label, kind, leaf

    def evaluate(self, rows: Rows) -> Quantity:
        return getattr(rows, self.method)()  # type: ignore[no-any-return]

    def formula(self) -> str:
        return self.label

    def filled(self, rows: Rows) -> str:
        return f"{self.label} {_or_open(self.shown(rows))}"


RESULTS.update(
    {
        "total": lambda: ResultTerm("total", "tổng điểm", POINTS),
        "maximum": lambda: ResultTerm("maximum", "điểm tối đa đang áp dụng", POINTS),
        "share": lambda: ResultTerm("share", "tỷ lệ điểm", SHARE),
        "leaf-points": lambda: ResultTerm("leaf_points", "điểm tiêu chí", POINTS, leaf=True),
        "leaf-maximum": lambda: ResultTerm("leaf_maximum", "điểm tối đa tiêu chí", POINTS, leaf=True),
        "leaf-share": lambda: ResultTerm("leaf_share", "tỷ lệ điểm tiêu chí", SHARE, leaf=True),
    }
)


class NodeTerm(Term):
    """points(ID), share(ID)."""

    def __init__(self, method: str, node: str) -> None:
        self.method, self.node = method, node
        self.kind = POINTS if method == "points" else SHARE

    def evaluate(self, rows: Rows) -> Quantity:
        return rows.node_points(self.node) if self.method == "points" else rows.node_share(self.node)

    def formula(self) -> str:
        return f"{'điểm' if self.method == 'points' else 'tỷ lệ điểm'} {self.node}"

    def filled(self, rows: Rows) -> str:
        return f"{self.formula()} {_or_open(self.shown(rows))}"


@function("points")
@function("share")
def _node(binder: Binder, call: syntax.Call) -> Term:
    value = binder.plain(call, 1)[0]
    if not isinstance(value, syntax.NodeId | syntax.Name | syntax.Text):
        raise ExpressionError(
            "arguments", call.offset, f"{call.name}(…) cần mã của một tiêu chí.", f"Viết {call.name}(C1)."
        )
    node = (
        value.id if isinstance(value, syntax.NodeId) else value.name if isinstance(value, syntax.Name) else value.value
    )
    if node not in binder.scope.nodes:
        raise ExpressionError(
            "unknown-name", value.offset, f"Không có tiêu chí “{node}”.", closest(node, binder.scope.nodes)
        )
    return NodeTerm(call.name, node)


class GradeTerm(Term):
    """The grade, best last, so that a better grade is larger."""

    def __init__(self, grades: tuple[str, ...]) -> None:
        self.kind = Kind(kinds.LEVEL, levels=grades)

    def evaluate(self, rows: Rows) -> Quantity:
        return rows.grade()

    def formula(self) -> str:
        return "mức xếp loại"

    def filled(self, rows: Rows) -> str:
        return f"xếp loại {self.shown(rows)}"


GRADE["grade"] = GradeTerm


class Quantified(Term):
    """every(c), any(c), count(c) over the leaves in force; every(parts, c) over the top nodes."""

    def __init__(self, method: str, parts_only: bool, condition: Term) -> None:
        self.method, self.parts_only, self.parts = method, parts_only, (condition,)
        self.kind = PURE if method == "count" else kinds.TRUTHS

    def evaluate(self, rows: Rows) -> Quantity | Truth:
        truths = [(leaf.size, self.parts[0].evaluate(leaf), applies) for leaf, applies in rows.leaves(self.parts_only)]
        if self.method == "count":
            total, absent = constant(0), None
            for size, truth, applies in truths:
                holds = np.broadcast_to(truth.holds() & applies.holds(), (size,)).astype(np.int64)
                total = total + Quantity.measured(holds)
                unclear = np.where(
                    applies.holds(), truth.absent if truth.absent is not None else np.uint8(0), np.uint8(0)
                )
                absent = strongest(absent, unclear)
            return total.with_absent(absent)
        result = Truth(self.method == "every")
        for _, truth, applies in truths:
            result = result & (truth | ~applies) if self.method == "every" else result | (truth & applies)
        return result

    def formula(self) -> str:
        what = "phần" if self.parts_only else "tiêu chí"
        words = {"every": f"mọi {what} có", "any": f"có {what} có", "count": f"số {what} có"}
        return f"{words[self.method]} {self.parts[0].formula()}"

    def filled(self, rows: Rows) -> str:
        return f"{self.formula()}: {self.shown(rows)}"


@function("every")
@function("any")
@function("count")
def _quantified(binder: Binder, call: syntax.Call) -> Term:
    arguments = binder.plain(call, 1, 2)
    parts_only = len(arguments) == 2
    if parts_only and not (isinstance(arguments[0], syntax.Name) and arguments[0].name == "parts"):
        raise ExpressionError(
            "arguments",
            call.offset,
            f"{call.name}(…) nhận một điều kiện, hoặc parts và một điều kiện.",
            f"Viết {call.name}(parts, share >= 50%).",
        )
    leaf = binder.within(replace(binder.scope, leaf=True))
    return Quantified(call.name, parts_only, leaf.truth(arguments[-1]))
