"""Binding a whole declaration: every name found or reported, every inherited thing handed down."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from criteria.criteria_set import Carried, CriteriaSet
from criteria.declarations.common import Carried as CarriedDeclaration
from criteria.declarations.controls import CapGrade
from criteria.declarations.measures import Measure, NamedQuantity, TableDeclaration
from criteria.declarations.node import Branch, Entry, EntryGroup, Node
from criteria.exact import NumeralError, Truth, constant, read_decimal, show_vietnamese
from criteria.expressions import kinds
from criteria.expressions.binding import YES, Binder, Scope, TableScope
from criteria.expressions.formula import Formula, Number, static_value
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
RESULT_WORDS = frozenset({"grade", "total", "share", "maximum", "points", "rank"})  # columns of another set's results may be called so


class Derived(Measured):
    """A measure with `is`: its own name outside, its expression inside."""

    def __init__(self, name: str, label: str, inner: Term) -> None:
        super().__init__(name, label, inner.kind)
        self.parts = (inner,)

    def filled(self, rows: Rows) -> str:
        return self.parts[0].filled(rows)


class SetBindery(Bindery):
    """Binds one set; collects problems."""

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
        self.problems.append(Problem(source.file or self.set.file, source.line, source.column + error.offset, error.code, error.message, error.hint))

    def comparable(self, first: Formula | Term, other: Formula) -> None:
        """The edge `other` must be of the kind and unit of `first`."""
        term = first.term if isinstance(first, Formula) else first
        binder = Binder(self.scope)
        try:
            if term.kind.name != other.term.kind.name:
                raise ExpressionError("type-mismatch", 0, f"Cần {term.kind.vietnamese}, gặp {other.term.kind.vietnamese}: {other.term.formula()}.")
            if term.kind.name == kinds.NUMBER:
                binder.check_units(Name(0, ""), term, other.term)
        except ExpressionError as error:
            self.report(other, error)

    def judged(self, panel: str | None) -> Term | None:
        """The column in which the criterion being bound is judged."""
        name, label = self.owner, self.set.labels.get(self.owner, self.owner)
        if panel is None:
            return Measured(name, label, kinds.number("điểm"))
        if panel not in self.root.tables:
            self.problems.append(self._at(self.declaration, "tables", "unknown-name", f"Hội đồng “{panel}” của {self.owner} không được khai báo trong tables."))
            return None
        return Measured(name, label, kinds.number("điểm"))

    def body(self, body: str | None) -> str:
        """The name of a verifying body, where the movement declares it."""
        return self.set.bodies.get(body or "", body or "người thẩm định")

    def problem(self, code: str, where: Declaration, key: str, message: str, hint: str = "", severity: str = "error") -> None:
        self.problems.append(self._at(where, key, code, message, hint, severity))

    def _at(self, where: Declaration, key: str, code: str, message: str, hint: str = "", severity: str = "error") -> Problem:
        path = where._path + ((key,) if key else ())
        return self.set.source.problem(code, path, message, hint, severity)

    # --- names -------------------------------------------------------------------------------------------------

    def bind_all(self) -> None:
        self._declare_names()
        for name in self.declaration.quantities:
            self.root.names[name]()
        for part in self.declaration.parts:
            self._bind_node(part, self.root, _carried(self.declaration, None))
        self._bind_root()
        self._bind_results()
        self._declare_judged()
        for name, column in self.set.inputs.items():
            needed = name in self.root.used or column.judged or name == self.declaration.pool
            self.set.inputs[name] = replace(column, required=needed)

    def _declare_judged(self) -> None:
        """The columns in which somebody gives marks: headed by the criterion's id."""
        blocks: list[tuple[str, Node | Entry]] = [(node.id, node) for node in self.set.nodes() if not node.parts]
        blocks += [(entry.id or "", entry) for branch in [*self.set.nodes(), self.declaration] for entry in branch.entries()]
        for owner, block in blocks:
            given = block.given
            if given is None or not owner:
                continue
            most = given.to or block.max
            grid = static_value(given.grid.term, {}) if given.grid is not None and given.grid.bound else None
            places = self.declaration.points.places if given.panel is None else 6
            column = Input(
                name=owner, label=self.set.labels.get(owner, owner), kind=kinds.number("điểm"), decimals=places, grid=grid, judged=True,
                at_least=static_value(given.from_.term, {}) if given.from_.bound else None,
                at_most=static_value(most.term, {}) if most is not None and most.bound else None,
            )
            if given.panel is None:
                self.set.inputs[owner] = column
            elif given.panel in self.set.tables:
                table = self.set.tables[given.panel]
                self.set.tables[given.panel] = replace(table, columns={**table.columns, owner: column})

    def _declare_names(self) -> None:
        names: dict[str, Callable[[], Term]] = {}
        taken: dict[str, str] = {}
        declared = self.declaration
        groups: list[tuple[str, dict[str, object]]] = [
            ("attributes", dict(declared.attributes)), ("measures", dict(declared.measures)),
            ("settings", dict(declared.settings)), ("quantities", dict(declared.quantities)), ("tables", dict(declared.tables)),
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
            self.problems.append(self.set.source.problem("bad-name", at, f"Tên “{name}” không hợp lệ.", "Chữ không dấu, số và _, bắt đầu bằng chữ."))
        elif name in RESERVED:
            self.problems.append(self.set.source.problem("reserved-name", at, f"“{name}” là từ của ngôn ngữ.", "Chọn tên khác, ví dụ " + name + "_1."))
        elif name in taken:
            self.problems.append(self.set.source.problem("duplicate-id", at, f"Tên “{name}” đã dùng ở {taken[name]}."))
        taken[name] = group

    def _measure_name(self, name: str, measure: Measure) -> Callable[[], Term]:
        if measure.is_ is None:
            return lambda: Measured(name, measure.label or name, measure.kind)
        return lambda: self._derived(name, measure, self.root, self.set.derived)

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
                return Constant(constant(setting.choices.index(text) if text in setting.choices else 0), kind, f"“{text}” ({setting.label})")
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
            self.problem("shape-missing" if not ways else "shape-several", quantity, "", f"Đại lượng {name} cần đúng một trong: of, hoặc một cách cho điểm.")
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
                self.problems.append(self.set.source.problem(code, ("tables", name, "columns", column), f"Tên cột “{column}” không dùng được."))
        for column, measure in plain.items():
            columns[column] = Measured(column, measure.label or column, measure.kind)
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
        self.set.tables[name] = TableInputs(name, table.label, table.key, inputs, tuple(table.keys), table.link, table.single)
        return scope

    def _input(self, name: str, measure: Measure) -> Input:
        kind = measure.kind
        lowest = measure.at_least if measure.at_least is not None else "0" if kind.name == kinds.NUMBER else None
        result = Input(
            name=name, label=measure.label or name, kind=kind, decimals=measure.decimals,
            at_least=self._bound(measure, "at_least", lowest), at_most=self._bound(measure, "at_most", measure.at_most),
            blank_not_applicable=measure.blank == "not_applicable",
        )
        return replace(result, default=self._filling(measure, "default", result), silent=self._filling(measure, "silent", result))

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
            self.problem(error.code, measure, key, f"“{text}” không phải là số.")
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

    # --- nodes -------------------------------------------------------------------------------------------------

    def _bind_node(self, node: Node, scope: Scope, inherited: Carried) -> None:
        self.owner = node.id
        self.scope = scope
        carried = _carried(node, inherited)
        self.set.carried[node.id] = carried
        if node.over is not None:
            scope = self.scope = self._over_scope(node, scope)
        if node.when is not None:
            term = self.bind(node.when.need)
            if term is not None and node.over is None:
                scope = replace(scope, applies=(*scope.applies, term))
        self.scope = scope
        for formula in (node.max, node.weight, node.grid, node.coefficient, node.ceiling):
            self.bind(formula)
        if node.shape is not None:
            node.shape.bind(self)
        for child in node.parts:
            self._bind_node(child, scope, carried)
        self._bind_branch(node, scope, carried)

    def _over_scope(self, node: Node, scope: Scope) -> Scope:
        assert node.over is not None
        if node.over.cap is not None:
            self.bind(node.over.cap)
        table = self.declaration.tables.get(node.over.table)
        if table is None:
            self.problem("unknown-name", node.over, "table", f"Bảng “{node.over.table}” không được khai báo.", _near(node.over.table, self.declaration.tables))
            return scope
        if node.over.by is not None:
            if node.over.by not in self.root.tables[node.over.table].columns:
                self.problem("unknown-name", node.over, "by", f"Bảng {node.over.table} không có cột “{node.over.by}”.", _near(node.over.by, table.columns))
            return replace(scope, outside=scope)
        return scope.inside(node.over.table)

    def _bind_branch(self, branch: Branch, scope: Scope, carried: Carried) -> None:
        """Entries and controls of a node or of the root."""
        owner = branch.id if isinstance(branch, Node) else ""
        self.scope, self.owner = scope, owner
        self._check_floor(branch)
        for group in (branch.less, branch.plus):
            if group is not None:
                self._bind_group(group, scope, carried)
        self.scope = scope
        for control in (*branch.gate, *branch.stop, *branch.zero, *branch.flag):
            self.bind(control.need)
        self._bind_grade_controls(branch, scope)

    def _check_floor(self, branch: Branch) -> None:
        """The floor of a node is a plain number, or none."""
        if branch.floor is None or branch.floor == "none":
            return
        try:
            read_decimal(branch.floor)
        except NumeralError as error:
            self.problem(error.code, branch, "floor", f"“{branch.floor}” không phải là số viết đúng.", "Viết floor: 0, floor: -5 hoặc floor: none.")

    def _bind_grade_controls(self, branch: Branch, scope: Scope) -> None:
        ladder = tuple(reversed(self.set.grade_names))
        for cap in branch.cap_grade:
            self.bind(cap.need)
            self._bind_at_most(cap, ladder)
        for demotion in branch.demote:
            self.bind(demotion.need)
            if demotion.to is not None and demotion.to not in ladder:
                self.problem("unknown-grade", demotion, "to", f"Không có mức “{demotion.to}”.", _near(demotion.to, ladder))
        if (branch.cap_grade or branch.demote) and not ladder:
            self.problem("unknown-grade", branch, "cap_grade" if branch.cap_grade else "demote", "Bộ tiêu chí không có grades để hạ mức.")

    def _bind_at_most(self, cap: CapGrade, ladder: tuple[str, ...]) -> None:
        if not ladder:
            return
        term = self.bind(cap.at_most, Kind(kinds.LEVEL, levels=ladder))
        if term is not None and not set(term.kind.levels) <= set(ladder):
            unknown = sorted(set(term.kind.levels) - set(ladder))
            self.problem("unknown-grade", cap, "at_most", "Các mức không có trong grades: " + ", ".join(unknown) + ".", "Các mức: " + ", ".join(ladder) + ".")

    def _bind_group(self, group: EntryGroup, scope: Scope, carried: Carried) -> None:
        self.bind(group.cap)
        self.bind(group.floor)
        for entry in group.items:
            self._bind_entry(entry, scope, carried)

    def _bind_entry(self, entry: Entry, scope: Scope, carried: Carried) -> None:
        owner = self.owner
        self.scope = scope
        inherited = _carried(entry, carried)
        if entry.id:
            self.owner = entry.id
            self.set.labels[entry.id] = entry.text or entry.id
            self.set.carried[entry.id] = inherited
        if entry.when is not None:
            term = self.bind(entry.when.need)
            if term is not None:
                scope = self.scope = replace(scope, applies=(*scope.applies, term))
        for formula in (entry.max, entry.cap, entry.floor, entry.grid, entry.coefficient):
            self.bind(formula)
        ways = len(entry.written_shapes) + sum(bool(g) for g in (entry.items, entry.best, entry.one_of))
        if ways != 1:
            self.problem("shape-missing" if not ways else "shape-several", entry, "", "Mỗi mục trừ, cộng cần đúng một cách cho điểm, hoặc một nhóm items, best, one_of.")
        if entry.given is not None and not entry.id:
            self.problem("missing-key", entry, "", "Mục được chấm cần id để có cột trong bảng.", "Thêm id.")
        if entry.shape is not None:
            entry.shape.bind(self)
        for item in entry.grouped:
            self._bind_entry(item, scope, inherited)
        self.scope, self.owner = scope, owner

    # --- the root and the results ------------------------------------------------------------------------------

    def _bind_root(self) -> None:
        declared = self.declaration
        self.scope, self.owner = self.root, ""
        for formula in (declared.points.max, declared.ceiling, declared.coefficient):
            self.bind(formula)
        self._bind_branch(declared, self.root, _carried(declared, None))

    def _bind_results(self) -> None:
        self.scope = self.root
        declared = self.declaration
        for grade in declared.grades:
            self.bind(grade.need)
            if grade.quota is not None:
                self.bind(grade.quota.share)
        if declared.rank is not None:
            self.scope = replace(self.root, graded=True, grades=tuple(reversed(self.set.grade_names)))
            for formula in (declared.rank.by, *declared.rank.then):
                term = self.bind(formula)
                if term is not None and term.kind.name not in (kinds.NUMBER, kinds.LEVEL, kinds.DAY):
                    self.report(formula, ExpressionError("type-mismatch", 0, f"Không xếp hạng được theo {term.kind.vietnamese}."))


def _carried(block: CarriedDeclaration, parent: Carried | None) -> Carried:
    """A block's own clause, evidence and verifying bodies, or its parent's."""
    return Carried(
        tuple(block.clause) or (parent.clauses if parent else ()),
        tuple(block.evidence) or (parent.evidence if parent else ()),
        tuple(block.verified_by) or (parent.verified_by if parent else ()),
    )


def _near(name: str, known: object) -> str:
    close = difflib.get_close_matches(name, [str(k) for k in known], 2, 0.5)  # type: ignore[attr-defined]
    return f"Có phải là “{close[0]}”?" if close else ""


def _is_number(text: str) -> bool:
    try:
        read_decimal(text.rstrip("%"))
    except NumeralError:
        return False
    return True
