"""min max abs floor ceil round if default known pick."""

from __future__ import annotations

import numpy as np

from criteria.exact import MISSING, Quantity, Truth, choose, greater, lesser, round_half_up
from criteria.expressions import kinds, syntax
from criteria.expressions.binding import Binder
from criteria.expressions.kinds import Kind
from criteria.expressions.rows import Rows
from criteria.expressions.syntax import ExpressionError
from criteria.expressions.terms import Column, Term, known_truth
from criteria.expressions.words import function

_WORDS = {
    "min": "nhỏ nhất của",
    "max": "lớn nhất của",
    "abs": "trị tuyệt đối của",
    "floor": "làm tròn xuống",
    "ceil": "làm tròn lên",
    "round": "làm tròn",
}


class Applied(Term):
    """A function that reads like name(parts)."""

    def __init__(self, name: str, parts: tuple[Term, ...], kind: Kind) -> None:
        self.name, self.parts, self.kind = name, parts, kind

    def _join(self, texts: list[str]) -> str:
        return f"{_WORDS.get(self.name, self.name)} ({'; '.join(texts)})"

    def formula(self) -> str:
        return self._join([part.formula() for part in self.parts])

    def filled(self, rows: Rows) -> str:
        return self._join([part.filled(rows) for part in self.parts])


class Extreme(Applied):
    """min or max of two or more."""

    def evaluate(self, rows: Rows) -> Quantity:
        pick = lesser if self.name == "min" else greater
        result: Quantity = self.parts[0].evaluate(rows)
        for part in self.parts[1:]:
            result = pick(result, part.evaluate(rows))
        return result


class Rounded(Applied):
    """abs, floor, ceil, round."""

    places = 0

    def evaluate(self, rows: Rows) -> Quantity:
        value: Quantity = self.parts[0].evaluate(rows)
        if self.name == "abs":
            return greater(value, -value)
        if self.name == "floor":
            return value.floor()
        if self.name == "ceil":
            return -(-value).floor()
        return round_half_up(value, self.places)


@function("min")
@function("max")
def _extreme(binder: Binder, call: syntax.Call) -> Term:
    parts = [binder.number(a) for a in binder.plain(call, 2, 99)]
    for part in parts[1:]:
        binder.check_units_of_sum(call, parts[0], part)
    known = next((p.kind for p in parts if not p.kind.literal), parts[0].kind)
    if any(p.kind.unit is None and not p.kind.literal for p in parts):
        known = Kind(kinds.NUMBER)
    return Extreme(call.name, tuple(parts), known)


@function("abs")
@function("floor")
@function("ceil")
def _rounded(binder: Binder, call: syntax.Call) -> Term:
    part = binder.number(binder.plain(call, 1)[0])
    return Rounded(call.name, (part,), part.kind)


@function("round")
def _round(binder: Binder, call: syntax.Call) -> Term:
    arguments = binder.plain(call, 1, 2)
    part = binder.number(arguments[0])
    term = Rounded("round", (part,), part.kind)
    if len(arguments) == 2:
        places = binder.number(arguments[1]).constant_value
        if places is None or places.denominator != 1 or not 0 <= places <= 12:
            raise ExpressionError(
                "arguments", arguments[1].offset, "Số chữ số thập phân của round là số nguyên từ 0 đến 12."
            )
        term.places = int(places)
    return term


class Conditional(Term):
    """if(condition, a, b)."""

    def __init__(self, condition: Term, first: Term, second: Term, kind: Kind) -> None:
        self.parts, self.kind = (condition, first, second), kind

    def evaluate(self, rows: Rows) -> Quantity:
        condition, first, second = (part.evaluate(rows) for part in self.parts)
        value: Quantity = choose(condition.value, first, second)
        if condition.absent is None:
            return value
        branch = value.absent if value.absent is not None else np.uint8(0)
        return value.with_absent(np.where(np.equal(condition.absent, 0), branch, condition.absent))

    def formula(self) -> str:
        condition, first, second = (part.formula() for part in self.parts)
        return f"[nếu {condition}: {first}; nếu không: {second}]"

    def filled(self, rows: Rows) -> str:
        condition, first, second = self.parts
        truth = condition.evaluate(rows).at(0)
        if truth is None:
            return self.shown(rows)
        return first.filled(rows) if truth else second.filled(rows)


@function("if")
def _if(binder: Binder, call: syntax.Call) -> Term:
    condition, first, second = binder.plain(call, 3)
    a, b = binder.number(first), binder.number(second)
    binder.check_units_of_sum(call, a, b)
    kind = b.kind if a.kind.literal else a.kind
    return Conditional(binder.truth(condition), a, b, kind)


class Defaulted(Term):
    """default(a, b): b where a is missing."""

    def __init__(self, part: Term, other: Term) -> None:
        self.parts, self.kind = (part, other), part.kind

    def evaluate(self, rows: Rows) -> Column:
        value: Column = self.parts[0].evaluate(rows)
        other: Column = self.parts[1].evaluate(rows)
        if value.absent is None:
            return value
        missing = np.equal(value.absent, MISSING)
        if isinstance(value, Truth) or isinstance(other, Truth):
            assert isinstance(value, Truth) and isinstance(other, Truth)
            absent = np.where(missing, other.absent if other.absent is not None else np.uint8(0), value.absent)
            return Truth(np.where(missing, other.value, value.value), absent)
        if not np.ndim(missing):
            return other if missing else value
        return choose(missing, other, value)

    def formula(self) -> str:
        return f"{self.parts[0].formula()} (chưa có thì lấy {self.parts[1].formula()})"

    def filled(self, rows: Rows) -> str:
        part, other = self.parts
        if part.evaluate(rows).absence_at(0) == MISSING:
            return f"{other.filled(rows)} (chưa có số liệu, lấy theo quy định)"
        return part.filled(rows)


@function("default")
def _default(binder: Binder, call: syntax.Call) -> Term:
    part, other = binder.plain(call, 2)
    first = binder.term(part)
    second = binder.term(other, first.kind)
    if first.kind.name != second.kind.name:
        raise ExpressionError(
            "type-mismatch", other.offset, f"default(…) cần {first.kind.vietnamese}, gặp {second.kind.vietnamese}."
        )
    return Defaulted(first, second)


class Known(Term):
    """known(a)."""

    kind = kinds.TRUTHS

    def __init__(self, part: Term) -> None:
        self.parts = (part,)

    def evaluate(self, rows: Rows) -> Truth:
        return Truth(known_truth(self.parts[0].evaluate(rows)))

    def formula(self) -> str:
        return f"đã có {self.parts[0].formula()}"

    def filled(self, rows: Rows) -> str:
        return f"đã có {self.parts[0].formula()}: {self.shown(rows)}"


@function("known")
def _known(binder: Binder, call: syntax.Call) -> Term:
    return Known(binder.term(binder.plain(call, 1)[0]))


class Picked(Term):
    """pick(attribute, level=number, …)."""

    def __init__(self, attribute: Term, numbers: tuple[Term, ...], kind: Kind) -> None:
        self.parts, self.kind = (attribute, *numbers), kind

    def evaluate(self, rows: Rows) -> Quantity:
        attribute, *options = (part.evaluate(rows) for part in self.parts)
        result: Quantity = options[0]
        index = attribute.num if isinstance(attribute, Quantity) else np.where(attribute.value, 1, 0)
        for level, option in enumerate(options[1:], 1):
            result = choose(np.equal(index, level), option, result)
        if attribute.absent is None:
            return result
        inner = result.absent if result.absent is not None else np.uint8(0)
        return result.with_absent(np.where(np.equal(attribute.absent, 0), inner, attribute.absent))

    @property
    def levels(self) -> tuple[str, ...]:
        return self.parts[0].kind.levels or ("không", "có")

    def formula(self) -> str:
        return (
            f"[theo {self.parts[0].formula()}: "
            + "; ".join(f"{level} {part.formula()}" for level, part in zip(self.levels, self.parts[1:], strict=True))
            + "]"
        )

    def filled(self, rows: Rows) -> str:
        return f"{self.shown(rows)} ({self.parts[0].filled(rows)})"


@function("pick")
def _pick(binder: Binder, call: syntax.Call) -> Term:
    arguments = call.arguments or ()
    if not arguments or arguments[0].label:
        raise ExpressionError(
            "arguments",
            call.offset,
            "pick(…) bắt đầu bằng một thuộc tính có mức.",
            'Viết pick(area, "miền núi"=60, "đồng bằng"=85).',
        )
    attribute = binder.term(arguments[0].value)
    levels = (
        attribute.kind.levels
        if attribute.kind.name == kinds.LEVEL
        else ("không", "có")
        if attribute.kind.name == kinds.TRUTH
        else ()
    )
    if not levels:
        raise ExpressionError(
            "type-mismatch", call.offset, f"pick(…) cần một thuộc tính có mức, gặp {attribute.kind.vietnamese}."
        )
    given: dict[str, Term] = {}
    for argument in arguments[1:]:
        label = (
            {"yes": "có", "no": "không"}.get(argument.label, argument.label)
            if attribute.kind.name == kinds.TRUTH
            else argument.label
        )
        if not argument.label:
            raise ExpressionError("arguments", argument.value.offset, "Trong pick(…) mỗi số viết sau một mức: mức=số.")
        if label not in levels:
            raise ExpressionError(
                "unknown-level",
                argument.value.offset,
                f"Không có mức “{label}”.",
                "Các mức: " + ", ".join(levels) + ".",
            )
        given[label] = binder.number(argument.value)
    lacking = [level for level in levels if level not in given]
    if lacking:
        raise ExpressionError(
            "pick-incomplete",
            call.offset,
            "pick(…) thiếu mức " + ", ".join(f"“{level}”" for level in lacking) + ".",
            "Nêu đủ mọi mức.",
        )
    numbers = tuple(given[level] for level in levels)
    plain = next((n.kind for n in numbers if not n.kind.literal), numbers[0].kind)
    return Picked(attribute, numbers, plain)
