"""Binding: names of a syntax tree become typed terms; every misuse is an ExpressionError with its place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from criteria.exact import Truth, constant, show_vietnamese
from criteria.expressions import kinds, syntax
from criteria.expressions.kinds import Kind, combine_units, same_unit, show_unit
from criteria.expressions.syntax import ExpressionError, Syntax
from criteria.expressions.terms import (
    Among,
    Arithmetic,
    Comparison,
    Constant,
    Junction,
    Negated,
    Negation,
    Term,
    WrittenText,
)
from criteria.expressions.words import FUNCTIONS, GRADE, MEMBERS, RESULTS

SURELY_PERCENT = 20  # a ratio of equal units compared with 20 or more was meant in percent
YES = {"yes": True, "có": True, "no": False, "không": False, "true": True, "false": False}


@dataclass(frozen=True)
class TableScope:
    """What an item table offers to expressions."""

    label: str
    columns: Mapping[str, Term]
    rolls: Mapping[str, str]
    keyed: bool
    single: bool


@dataclass(frozen=True)
class Scope:
    """The names an expression may use. applies: the conditions under which the enclosing node applies."""

    names: Mapping[str, Callable[[], Term]]
    tables: Mapping[str, TableScope] = field(default_factory=dict)
    nodes: frozenset[str] = frozenset()
    grades: tuple[str, ...] = ()
    leaf: bool = False
    graded: bool = False
    table: str = ""
    outside: Scope | None = None
    applies: tuple[Term, ...] = ()
    used: set[str] = field(default_factory=set)

    def inside(self, table: str, reached: bool = False) -> Scope:
        """The scope of one row of a table: its columns first, then the candidate's names."""
        columns = self.tables[table].columns
        names = {**self.names, **{name: _giver(term) for name, term in columns.items()}}
        return replace(self, names=names, table=table, outside=self if not reached else self.outside)


def _giver(term: Term) -> Callable[[], Term]:
    return lambda: term


def bind(tree: Syntax, scope: Scope, wanted: Kind | None = None) -> Term:
    """The term of a syntax tree. wanted: the kind it must have. Raises ExpressionError."""
    term = Binder(scope).term(tree, wanted)
    if wanted is not None and term.kind.name != wanted.name:
        raise ExpressionError(
            "type-mismatch", tree.offset, f"Cần {wanted.vietnamese}, gặp {term.kind.vietnamese}: {term.formula()}."
        )
    return term


def closest(name: str, known: Iterable[str]) -> str:
    """A hint with the nearest known names."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, 3, 0.6)
    if near:
        return "Có phải là " + " hoặc ".join(f"“{n}”" for n in near) + "?"
    return "Các tên có: " + ", ".join(names[:12]) + ("…" if len(names) > 12 else "") + "." if names else ""


def _forgotten_percent(share: Term, plain: Term) -> bool:
    """A measure in % beside a bare number above 1: 90 was meant to be 90%."""
    value = plain.constant_value
    bare = plain.kind.literal and not plain.kind.percent and value is not None and abs(value) > 1
    return bare and share.kind.percent and not share.kind.literal


class Binder:
    """Turns syntax into terms under one scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def within(self, scope: Scope) -> Binder:
        return Binder(scope)

    def term(self, tree: Syntax, wanted: Kind | None = None) -> Term:
        """wanted: a level, truth or text kind lets a bare literal be read as one."""
        match tree:
            case syntax.Number(_, value, percent):
                if wanted and wanted.name in (kinds.LEVEL, kinds.TEXT):
                    return self.literal(
                        tree, str(int(value)) if value.denominator == 1 else show_vietnamese(value), wanted
                    )
                kind = Kind(kinds.NUMBER, percent=percent, literal=True)
                text = f"{show_vietnamese(value * 100)} %" if percent else show_vietnamese(value)
                return Constant(constant(value), kind, text)
            case syntax.Text(_, value):
                return self.literal(tree, value, wanted or kinds.TEXTS)
            case syntax.Logical(_, value):
                return Constant(Truth(value), kinds.TRUTHS, "có" if value else "không")
            case syntax.Day(_, value):
                days = int(np.datetime64(value, "D").astype(int))
                return Constant(constant(days), kinds.DAYS, value.strftime("%d/%m/%Y"))
            case syntax.Name(_, name):
                return self.name(tree, name)
            case syntax.Operation(_, sign, operands):
                return self.operation(tree, sign, operands)
            case syntax.Call():
                return self.call(tree)
        raise ExpressionError("expression-syntax", tree.offset, "Không hiểu biểu thức.")

    def literal(self, tree: Syntax, text: str, wanted: Kind) -> Term:
        if wanted.name == kinds.LEVEL:
            if text not in wanted.levels:
                raise ExpressionError(
                    "unknown-level",
                    tree.offset,
                    f"Không có mức “{text}”.",
                    "Các mức: " + ", ".join(wanted.levels) + ".",
                )
            return Constant(constant(wanted.levels.index(text)), wanted, f"“{text}”")
        if wanted.name == kinds.TRUTH and text.lower() in YES:
            return Constant(Truth(YES[text.lower()]), kinds.TRUTHS, text)
        return WrittenText(text)

    def name(self, tree: Syntax, name: str) -> Term:
        if name in self.scope.names:
            self.scope.used.add(name)
            return self.scope.names[name]()
        if self.scope.leaf and name in ("points", "share", "maximum"):
            return RESULTS["leaf-" + name]()
        if name in RESULTS:
            return RESULTS[name]()
        if name == "grade" and self.scope.graded:
            if not self.scope.grades:
                raise ExpressionError(
                    "unknown-grade",
                    tree.offset,
                    "Bộ tiêu chí không có grades nên không có mức xếp loại để đọc.",
                    "Khai grades, hoặc bỏ grade.",
                )
            return GRADE["grade"](self.scope.grades)
        if name in ("yes", "no"):
            return Constant(Truth(name == "yes"), kinds.TRUTHS, "có" if name == "yes" else "không")
        for table, offered in self.scope.tables.items():
            if name in offered.rolls:
                call = syntax.Call(
                    tree.offset, offered.rolls[name], (syntax.Argument("", syntax.Name(tree.offset, name)),), table
                )
                return self.call(call)
        for table, offered in self.scope.tables.items():
            if name in offered.columns:
                raise ExpressionError(
                    "roll-missing",
                    tree.offset,
                    f"“{name}” là cột của bảng {table}, mỗi đối tượng có nhiều giá trị.",
                    f"Viết {table}.sum({name}), {table}.mean({name})…, hoặc khai roll cho cột.",
                )
        if name in FUNCTIONS:
            raise ExpressionError(
                "unknown-name", tree.offset, f"“{name}” là hàm, cần ngoặc sau tên.", f"Viết {name}(…)."
            )
        raise ExpressionError(
            "unknown-name", tree.offset, f"Tên “{name}” không được khai báo.", closest(name, self.scope.names)
        )

    def number(self, tree: Syntax) -> Term:
        return self.of_kind(tree, kinds.NUMBER)

    def truth(self, tree: Syntax) -> Term:
        return self.of_kind(tree, kinds.TRUTH)

    def of_kind(self, tree: Syntax, name: str) -> Term:
        term = self.term(tree, Kind(name) if name == kinds.TRUTH else None)
        if term.kind.name != name:
            raise ExpressionError(
                "type-mismatch",
                tree.offset,
                f"Cần {Kind(name).vietnamese}, gặp {term.kind.vietnamese}: {term.formula()}.",
            )
        return term

    def operation(self, tree: Syntax, sign: str, operands: tuple[Syntax, ...]) -> Term:
        if sign in ("and", "or"):
            return Junction(sign, self.truth(operands[0]), self.truth(operands[1]))
        if sign == "not":
            return Negation(self.truth(operands[0]))
        if sign == "negate":
            return Negated(self.number(operands[0]))
        if sign == "in":
            first = self.term(operands[0])
            choices = tuple(self.compared(tree, first, option)[1] for option in operands[1:])
            return Among(first, choices)
        if sign in "+-*/":
            return self.arithmetic(tree, sign, self.number(operands[0]), self.number(operands[1]))
        if isinstance(operands[0], syntax.Text | syntax.Number) and not isinstance(
            operands[1], syntax.Text | syntax.Number
        ):
            right, left = self.compared(tree, self.term(operands[1]), operands[0])
        else:
            left, right = self.compared(tree, self.term(operands[0]), operands[1])
        if left.kind.name in (kinds.TRUTH, kinds.TEXT) and sign not in ("=", "!="):
            raise ExpressionError(
                "type-mismatch",
                tree.offset,
                f"Không so lớn hơn, nhỏ hơn được với {left.kind.vietnamese}.",
                "Dùng = hoặc !=.",
            )
        return Comparison(sign, left, right)

    def compared(self, tree: Syntax, first: Term, other: Syntax) -> tuple[Term, Term]:
        """Both sides of a comparison, the second one read in the light of the first."""
        wanted = first.kind if first.kind.name in (kinds.LEVEL, kinds.TEXT, kinds.TRUTH) else None
        second = self.term(other, wanted)
        if first.kind.name != second.kind.name or (first.kind.levels != second.kind.levels):
            raise ExpressionError(
                "type-mismatch",
                tree.offset,
                f"Không so được {first.kind.vietnamese} “{first.formula()}” với {second.kind.vietnamese} “{second.formula()}”.",
            )
        if first.kind.name == kinds.NUMBER:
            self.check_units(tree, first, second)
        return first, second

    def check_units(self, tree: Syntax, first: Term, second: Term) -> None:
        if not same_unit(first.kind, second.kind):
            raise ExpressionError(
                "unit-mismatch",
                tree.offset,
                f"Đơn vị không khớp: “{first.formula()}” tính bằng {show_unit(first.kind.unit) or 'số thuần'}, “{second.formula()}” tính bằng {show_unit(second.kind.unit) or 'số thuần'}.",
                "Sửa unit của chỉ tiêu cho khớp, hoặc sửa biểu thức.",
            )
        for share, plain in ((first, second), (second, first)):
            value = plain.constant_value
            if _forgotten_percent(share, plain):
                raise ExpressionError(
                    "percent-literal",
                    tree.offset,
                    f"“{share.formula()}” là tỷ lệ phần trăm, so với {plain.formula()} không có dấu %.",
                    f"Viết {plain.formula().replace(',', '.')}%.",
                )
            if (
                share.kind.unit == ()
                and not share.kind.percent
                and plain.kind.literal
                and not plain.kind.percent
                and value is not None
                and abs(value) >= SURELY_PERCENT
            ):
                raise ExpressionError(
                    "percent-literal",
                    tree.offset,
                    f"“{share.formula()}” là tỷ số của hai số cùng đơn vị (1 là 100 %), so với {show_vietnamese(value)}.",
                    f"Viết {show_vietnamese(value).replace(',', '.')}% nếu đó là phần trăm; nếu không, nhân tỷ số với một chỉ tiêu có đơn vị.",
                )
            if share.kind.unit and plain.kind.literal and plain.kind.percent:
                raise ExpressionError(
                    "percent-literal",
                    tree.offset,
                    f"“{share.formula()}” tính bằng {show_unit(share.kind.unit)}, so với {plain.formula()}.",
                    "Bỏ dấu %, hoặc so một tỷ lệ (share, a / b).",
                )

    def arithmetic(self, tree: Syntax, sign: str, left: Term, right: Term) -> Term:
        literal = left.kind.literal and right.kind.literal
        if sign in "+-":
            self.check_units_of_sum(tree, left, right)
            unit = left.kind.unit if left.kind.unit is not None else right.kind.unit
            if (left.kind.unit is None and not left.kind.literal) or (
                right.kind.unit is None and not right.kind.literal
            ):
                unit = None
            percent = (
                (left.kind.percent and right.kind.percent)
                or (left.kind.percent and right.kind.literal and right.constant_value in (0, 1))
                or (right.kind.percent and left.kind.literal and left.constant_value in (0, 1))
            )
            return Arithmetic(sign, left, right, Kind(kinds.NUMBER, unit, percent, literal))
        if sign == "/" and right.constant_value == Fraction(0):
            raise ExpressionError("arguments", tree.offset, "Chia cho 0.")
        unit = None if literal else combine_units(left.kind, right.kind, 1 if sign == "*" else -1)
        return Arithmetic(sign, left, right, Kind(kinds.NUMBER, unit, literal=literal))

    def check_units_of_sum(self, tree: Syntax, left: Term, right: Term) -> None:
        if not same_unit(left.kind, right.kind):
            raise ExpressionError(
                "unit-mismatch",
                tree.offset,
                f"Không cộng trừ được “{left.formula()}” ({show_unit(left.kind.unit) or 'số thuần'}) với “{right.formula()}” ({show_unit(right.kind.unit) or 'số thuần'}).",
                "Sửa unit của chỉ tiêu cho khớp, hoặc sửa biểu thức.",
            )
        for share, plain in ((left, right), (right, left)):
            if _forgotten_percent(share, plain):
                raise ExpressionError(
                    "percent-literal",
                    tree.offset,
                    f"“{share.formula()}” là tỷ lệ phần trăm, cộng trừ với {plain.formula()} không có dấu %.",
                    f"Viết {plain.formula().replace(',', '.')}%.",
                )

    def call(self, tree: syntax.Call) -> Term:
        if tree.owner:
            if tree.owner != "pool" and tree.owner not in self.scope.tables:
                raise ExpressionError(
                    "unknown-name",
                    tree.offset,
                    f"Không có bảng “{tree.owner}”.",
                    closest(tree.owner, [*self.scope.tables, "pool"]),
                )
            return MEMBERS["pool" if tree.owner == "pool" else "table"](self, tree)
        if tree.name not in FUNCTIONS:
            raise ExpressionError(
                "unknown-function", tree.offset, f"Không có hàm “{tree.name}”.", closest(tree.name, FUNCTIONS)
            )
        return FUNCTIONS[tree.name](self, tree)

    def plain(self, tree: syntax.Call, least: int, most: int | None = None) -> list[Syntax]:
        """The unlabelled arguments, counted."""
        arguments = tree.arguments or ()
        most = least if most is None else most
        labelled = [a for a in arguments if a.label]
        if labelled or not least <= len(arguments) <= most:
            wanted = f"{least}" if least == most else f"{least} đến {most}" if most < 99 else f"ít nhất {least}"
            raise ExpressionError(
                "arguments",
                tree.offset,
                f"{tree.name}(…) cần {wanted} đối số, gặp {len(arguments)}.",
                "Các đối số cách nhau bằng dấu phẩy.",
            )
        return [a.value for a in arguments]
