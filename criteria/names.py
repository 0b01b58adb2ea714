"""Binding names: measures, settings, quantities, tables, and the inputs they make. What shapes ask is answered here."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from criteria.criteria_set import CriteriaSet
from criteria.declarations.measures import Measure, NamedQuantity, TableDeclaration
from criteria.exact import NumeralError, Truth, constant, read_decimal, show_vietnamese
from criteria.expressions import kinds
from criteria.expressions.binding import YES, Binder, Scope, TableScope
from criteria.expressions.formula import Formula, Number
from criteria.expressions.kinds import Kind
from criteria.expressions.rows import Rows
from criteria.expressions.syntax import ExpressionError, Name
from criteria.expressions.terms import Constant, Measured, Named, Term
from criteria.inputs import Input, TableInputs
from criteria.problems import Problem
from criteria.shapes.base import Bindery, Declaration

RESERVED = frozenset(
    "abs and any ceil count days default every floor grade if in known max maximum mean min not on or over parts pick points pool prev round"
    " share sum total workdays yes no true false none all where by".split()
)
RESULT_WORDS = frozenset(
    {"grade", "total", "share", "maximum", "points", "rank"}
)  # columns of another set's results may be called so


class Derived(Measured):
    """A measure with `is`: its own name outside, its expression inside."""

    def __init__(self, name: str, label: str, inner: Term) -> None:
        super().__init__(name, label, inner.kind)
        self.parts = (inner,)

    def filled(self, rows: Rows) -> str:
        return self.parts[0].filled(rows)


class NameBindery(Bindery):
    """Knows the names of one set; collects problems."""

    def __init__(self, bound: CriteriaSet, problems: list[Problem]) -> None:
        self.set, self.problems = bound, problems
        self.declaration = bound.declaration
        self.owner = ""
        self.pending: set[str] = set()
        self.root = Scope({}, nodes=frozenset(self._ids()), used=set())
        self.scope = self.root

    def _ids(self) -> list[str]:
        ids = [node.id for node in self.set.nodes()]
        entries = [entry.id for _, entry in self.set.printed_entries() if entry.id]
        return ids + entries

    # --- what shapes ask ---------------------------------------------------------------------------------------

    def bind(self, formula: Formula | None, wanted: Kind | None = None) -> Term | None:
        if formula is None:
            return None
        try:
            return formula.bind(self.scope, wanted)
        except ExpressionError as error:
            self.report(formula, error)
        except RecursionError:
            self.report(formula, ExpressionError("expression-syntax", 0, "Biểu thức lồng nhau quá sâu."))
        return None

    def report(self, formula: Formula, error: ExpressionError) -> None:
        source = formula.source
        self.problems.append(
            Problem(
                source.file or self.set.file,
                source.line,
                source.column + error.offset,
                error.code,
                error.message,
                error.hint,
            )
        )

    def comparable(self, first: Formula | Term, other: Formula) -> None:
        """The edge `other` must be of the kind and unit of `first`."""
        term = first.term if isinstance(first, Formula) else first
        binder = Binder(self.scope)
        try:
            if term.kind.name != other.term.kind.name:
                raise ExpressionError(
                    "type-mismatch",
                    0,
                    f"Cần {term.kind.vietnamese}, gặp {other.term.kind.vietnamese}: {other.term.formula()}.",
                )
            if term.kind.name == kinds.NUMBER:
                binder.check_units(Name(0, ""), term, other.term)
        except ExpressionError as error:
            self.report(other, error)

    def judged(self, panel: str | None) -> Term | None:
        """The column in which the criterion being bound is judged."""
        name, label = self.owner, self.set.labels.get(self.owner, self.owner)
        return Measured(name, label, kinds.number("điểm")) if panel is None or panel in self.root.tables else None

    def body(self, body: str | None) -> str:
        """The name of a verifying body, where the movement declares it."""
        return self.set.bodies.get(body or "", body or "người thẩm định")

    def problem(
        self, code: str, where: Declaration, key: str, message: str, hint: str = "", severity: str = "error"
    ) -> None:
        self.problems.append(self._at(where, key, code, message, hint, severity))

    def _at(
        self, where: Declaration, key: str, code: str, message: str, hint: str = "", severity: str = "error"
    ) -> Problem:
        path = where._path + ((key,) if key else ())
        return self.set.source.problem(code, path, message, hint, severity)

    # --- names -------------------------------------------------------------------------------------------------

    def declare_names(self) -> None:
        names: dict[str, Callable[[], Term]] = {}
        taken: dict[str, str] = {}
        declared = self.declaration
        groups: list[tuple[str, dict[str, object]]] = [
            ("attributes", dict(declared.attributes)),
            ("measures", dict(declared.measures)),
            ("settings", dict(declared.settings)),
            ("quantities", dict(declared.quantities)),
            ("tables", dict(declared.tables)),
        ]
        for group, members in groups:
            for name in members:
                self._check_name(group, name, taken)
        for name, measure in [*declared.attributes.items(), *declared.measures.items()]:
            self.set.labels[name] = measure.label or name
            names[name] = self._measure_name(name, measure)
        for name in declared.settings:
            names[name] = self._setting_name(name)
        for name, quantity in declared.quantities.items():
            self.set.labels[name] = quantity.label
            names[name] = self._quantity_name(name, quantity)
        for node in self.set.nodes():
            self.set.labels[node.id] = node.text
        tables: dict[str, TableScope] = {}
        self.root = replace(self.root, names=names, tables=tables)
        self.scope = self.root
        for name, table in declared.tables.items():
            tables[name] = TableScope(table.label, {}, {}, table.key is not None, table.single)
        for name, table in declared.tables.items():
            tables[name] = self._table_scope(name, table)
        self.set.attributes = tuple(declared.attributes)
        for name, measure in [*declared.attributes.items(), *declared.measures.items()]:
            if measure.is_ is None:
                self.set.inputs[name] = self._input(name, measure)
            else:
                names[name]()

    def _check_name(self, group: str, name: str, taken: dict[str, str]) -> None:
        at = (group, name)
        if not name.isascii() or not name.isidentifier():
            self.problems.append(
                self.set.source.problem(
                    "bad-name", at, f"Tên “{name}” không hợp lệ.", "Chữ không dấu, số và _, bắt đầu bằng chữ."
                )
            )
        elif name in RESERVED:
            self.problems.append(
                self.set.source.problem(
                    "reserved-name", at, f"“{name}” là từ của ngôn ngữ.", "Chọn tên khác, ví dụ " + name + "_1."
                )
            )
        elif name in taken:
            self.problems.append(
                self.set.source.problem(
                    "duplicate-id", at, f"Tên “{name}” đã dùng ở {taken[name]}.", "Mỗi tên chỉ dùng cho một thứ."
                )
            )
        taken[name] = group

    def _measure_name(self, name: str, measure: Measure) -> Callable[[], Term]:
        if measure.is_ is None:
            return lambda: self._measured(name, measure)
        return lambda: self._derived(name, measure, self.root, self.set.derived)

    def _measured(self, name: str, measure: Measure) -> Measured:
        lowest = (
            measure.at_least if measure.at_least is not None else "0" if measure.kind.name == kinds.NUMBER else None
        )
        return Measured(
            name,
            measure.label or name,
            measure.kind,
            self._bound(measure, "at_least", lowest),
            self._bound(measure, "at_most", measure.at_most),
        )

    def _derived(self, name: str, measure: Measure, scope: Scope, store: dict[str, Term]) -> Term:
        """Bind a measure with `is` once; a circle is an error at the name that closes it."""
        assert measure.is_ is not None
        if name not in store:
            if name in self.pending:
                raise ExpressionError("circular", 0, f"“{name}” được định nghĩa qua chính nó.")
            self.pending.add(name)
            outer, self.scope = self.scope, scope
            try:
                term = self.bind(measure.is_)
            finally:
                self.scope = outer
                self.pending.discard(name)
            store[name] = term if term is not None else Constant(constant(0), kinds.PURE, "?")
        return Derived(name, measure.label or store[name].formula(), store[name])

    def _setting_name(self, name: str) -> Callable[[], Term]:
        def build() -> Term:
            setting = self.declaration.settings[name]
            text = self.set.settings.get(name, setting.value)
            if setting.choices and not all(_is_number(choice) for choice in setting.choices):
                kind = Kind(kinds.LEVEL, levels=tuple(setting.choices))
                return Constant(
                    constant(setting.choices.index(text) if text in setting.choices else 0),
                    kind,
                    f"“{setting.shown(text)}” ({setting.label})",
                )
            if text.lower() in YES:
                return Constant(Truth(YES[text.lower()]), kinds.TRUTHS, f"{text} ({setting.label})")
            try:
                number = Number(text)
                number.bind(Scope({}))
                value = number.term.constant_value
            except ExpressionError:
                value = None
            if value is None:
                return Constant(constant(0), kinds.TEXTS, text)
            shown = f"{show_vietnamese(value * 100)} %" if text.endswith("%") else show_vietnamese(value)
            return Constant(constant(value), Kind(kinds.NUMBER, percent=text.endswith("%"), literal=True), shown)

        return build

    def _quantity_name(self, name: str, quantity: NamedQuantity) -> Callable[[], Term]:
        def build() -> Term:
            key = f"={name}"
            if key in self.pending:
                raise ExpressionError("circular", 0, f"“{name}” được định nghĩa qua chính nó.")
            if quantity._kind is None:
                self.pending.add(key)
                outer = self.scope
                self.scope = replace(self.root, graded=True, grades=tuple(reversed(self.set.grade_names)))
                try:
                    quantity._kind = self._bind_quantity(name, quantity)
                finally:
                    self.scope = outer
                    self.pending.discard(key)
            return Named(name, quantity.label, quantity._kind)

        return build

    def _bind_quantity(self, name: str, quantity: NamedQuantity) -> Kind:
        ways = len(quantity.written_shapes) + (quantity.of is not None)
        if ways != 1:
            self.problem(
                "shape-missing" if not ways else "shape-several",
                quantity,
                "",
                f"Đại lượng {name} cần đúng một trong: of, hoặc một cách cho điểm.",
            )
        if quantity.given is not None:
            self.problem(
                "wrong-value",
                quantity,
                "given",
                "given không đứng trong một đại lượng.",
                "Tách thành một tiêu chí được chấm, rồi đọc points(mã).",
            )
        if quantity.max is not None:
            self.bind(quantity.max)
        if quantity.of is not None:
            term = self.bind(quantity.of)
            return term.kind if term is not None else kinds.PURE
        self.owner = name
        if quantity.shape is not None:
            quantity.shape.bind(self)
        return kinds.PURE

    def _table_scope(self, name: str, table: TableDeclaration) -> TableScope:
        columns: dict[str, Term] = {}
        store = self.set.table_derived.setdefault(name, {})
        plain = {column: measure for column, measure in table.columns.items() if measure.is_ is None}
        for column in table.columns:
            if not column.isascii() or not column.isidentifier() or column in RESERVED - RESULT_WORDS:
                code = "reserved-name" if column in RESERVED else "bad-name"
                self.problems.append(
                    self.set.source.problem(
                        code, ("tables", name, "columns", column), f"Tên cột “{column}” không dùng được."
                    )
                )
        for column, measure in plain.items():
            columns[column] = self._measured(column, measure)
        if table.key is not None and table.key not in columns:
            columns[table.key] = Measured(table.key, table.key, kinds.TEXTS)
        rolls = {column: measure.roll for column, measure in table.columns.items() if measure.roll}
        scope = TableScope(table.label, columns, rolls, table.key is not None, table.single)
        tables = {**self.root.tables, name: scope}
        for column, measure in table.columns.items():
            if measure.is_ is not None:
                inside = replace(self.root, tables=tables).inside(name)
                columns[column] = self._derived(column, measure, inside, store)
        inputs = {column: self._input(column, measure) for column, measure in plain.items()}
        self.set.tables[name] = TableInputs(
            name, table.label, table.key, inputs, tuple(table.keys), table.link, table.single
        )
        return scope

    def _input(self, name: str, measure: Measure) -> Input:
        kind = measure.kind
        lowest = measure.at_least if measure.at_least is not None else "0" if kind.name == kinds.NUMBER else None
        result = Input(
            name=name,
            label=measure.label or name,
            kind=kind,
            decimals=measure.decimals,
            at_least=self._bound(measure, "at_least", lowest),
            at_most=self._bound(measure, "at_most", measure.at_most),
            blank_not_applicable=measure.blank == "not_applicable",
        )
        return replace(
            result, default=self._filling(measure, "default", result), silent=self._filling(measure, "silent", result)
        )

    def _bound(self, measure: Measure, key: str, text: str | None) -> Fraction | str | None:
        if text is None or text == "none":
            return None
        if text.isidentifier():
            if text not in {**self.declaration.measures, **self.declaration.attributes}:
                self.problem("unknown-name", measure, key, f"Chỉ tiêu “{text}” không được khai báo.")
                return None
            return text
        try:
            digits, decimals = read_decimal(text.rstrip("%"))
        except NumeralError as error:
            self.problem(
                error.code,
                measure,
                key,
                f"“{text}” không phải là số viết đúng.",
                "Viết một số không kèm chữ (100, 0.5), hoặc tên một chỉ tiêu khác.",
            )
            return None
        return Fraction(digits, 10**decimals) / (100 if measure.kind.percent else 1)

    def _filling(self, measure: Measure, key: str, column: Input) -> int | bool | None:
        """The stored value of default or silent."""
        text: str | None = getattr(measure, key)
        if text is None:
            return None
        if column.kind.name == kinds.TRUTH:
            if text.lower() in YES:
                return YES[text.lower()]
        elif column.kind.name == kinds.LEVEL:
            if text in column.kind.levels:
                return column.kind.levels.index(text)
        elif column.kind.name == kinds.DAY:
            try:
                return int(np.datetime64(text, "D").astype(int))
            except ValueError:
                pass
        elif column.kind.name == kinds.NUMBER:
            try:
                digits, decimals = read_decimal(text.rstrip("%"))
                if decimals <= column.decimals:
                    return int(digits * 10 ** (column.decimals - decimals))
            except NumeralError:
                pass
        self.problem("wrong-value", measure, key, f"“{text}” không phải là giá trị của chỉ tiêu này.")
        return None


def near(name: str, known: object) -> str:
    close = difflib.get_close_matches(name, [str(k) for k in known], 2, 0.5)  # type: ignore[attr-defined]
    return f"Có phải là “{close[0]}”?" if close else ""


def _is_number(text: str) -> bool:
    try:
        read_decimal(text.rstrip("%"))
    except NumeralError:
        return False
    return True
