"""Binding a whole declaration: every name found or reported, every inherited thing handed down."""

from __future__ import annotations

from dataclasses import replace

from criteria.criteria_set import Carried
from criteria.declarations.common import Carried as CarriedDeclaration
from criteria.declarations.controls import CapGrade
from criteria.declarations.node import Branch, Entry, EntryGroup, Node
from criteria.expressions import kinds
from criteria.expressions.binding import Scope
from criteria.expressions.formula import static_value
from criteria.expressions.functions_pool import NotDecidedOut
from criteria.expressions.kinds import Kind
from criteria.expressions.syntax import ExpressionError, Name, Text
from criteria.inputs import Input
from criteria.names import NameBindery, near


class SetBindery(NameBindery):
    """Binds one set."""

    def bind_all(self) -> None:
        self.declare_names()
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
        blocks += [
            (entry.id or "", entry) for branch in [*self.set.nodes(), self.declaration] for entry in branch.entries()
        ]
        for owner, block in blocks:
            given = block.given
            if given is None or not owner:
                continue
            most = given.to or block.max
            grid = static_value(given.grid.term, {}) if given.grid is not None and given.grid.bound else None
            grid = grid if grid is None or grid > 0 else None  # reported by the checks
            places = self.declaration.points.places if given.panel is None else 6
            column = Input(
                name=owner,
                label=self.set.labels.get(owner, owner),
                kind=kinds.number("điểm"),
                decimals=places,
                grid=grid,
                judged=True,
                at_least=static_value(given.from_.term, {}) if given.from_.bound else None,
                at_most=static_value(most.term, {}) if most is not None and most.bound else None,
            )
            if given.panel is None:
                self.set.inputs[owner] = column
            elif given.panel in self.set.tables:
                table = self.set.tables[given.panel]
                self.set.tables[given.panel] = replace(table, columns={**table.columns, owner: column})

    # --- nodes -------------------------------------------------------------------------------------------------

    def _bind_node(self, node: Node, scope: Scope, inherited: Carried) -> None:
        self.owner = node.id
        self.scope = scope
        carried = _carried(node, inherited)
        self.set.carried[node.id] = carried
        outer = scope = self.scope = replace(scope, applies=(*scope.applies, NotDecidedOut(node.id)))
        if node.over is not None:
            scope = self.scope = self._over_scope(node, scope)
        if node.when is not None:
            term = self.bind(node.when.need)
            if term is not None and node.over is None:
                outer = scope = replace(scope, applies=(*scope.applies, term))
        self.scope = scope
        for formula in (node.max, node.weight, node.grid, node.coefficient, node.ceiling):
            self.bind(formula)
        if node.shape is not None:
            node.shape.bind(self)
        for child in node.parts:
            self._bind_node(child, scope, carried)
        self._bind_branch(node, scope, carried, outer)

    def _over_scope(self, node: Node, scope: Scope) -> Scope:
        assert node.over is not None
        if node.over.cap is not None:
            self.bind(node.over.cap)
        table = self.declaration.tables.get(node.over.table)
        if table is None:
            self.problem(
                "unknown-name",
                node.over,
                "table",
                f"Bảng “{node.over.table}” không được khai báo.",
                near(node.over.table, self.declaration.tables),
            )
            return scope
        if node.over.by is not None:
            if node.over.by not in self.root.tables[node.over.table].columns:
                self.problem(
                    "unknown-name",
                    node.over,
                    "by",
                    f"Bảng {node.over.table} không có cột “{node.over.by}”.",
                    near(node.over.by, table.columns),
                )
            return replace(scope, outside=scope)
        return scope.inside(node.over.table)

    def _bind_branch(self, branch: Branch, scope: Scope, carried: Carried, outer: Scope) -> None:
        """Entries and controls of a node or of the root. outer: the candidate's scope; a repeated node's gates and grade controls stand there."""
        owner = branch.id if isinstance(branch, Node) else ""
        self.scope, self.owner = scope, owner
        for group in (branch.less, branch.plus):
            if group is not None:
                self._bind_group(group, scope, carried)
        self.scope = scope
        for control in branch.zero:
            self.bind(control.need)
        self.scope = outer
        for control in (*branch.gate, *branch.stop, *branch.flag):
            self.bind(control.need)
        self._bind_grade_controls(branch)

    def _bind_grade_controls(self, branch: Branch) -> None:
        ladder = tuple(reversed(self.set.grade_names))
        for cap in branch.cap_grade:
            self.bind(cap.need)
            self._bind_at_most(cap, ladder)
        for demotion in branch.demote:
            self.bind(demotion.need)
            if demotion.to is not None and demotion.to not in ladder:
                self.problem(
                    "unknown-grade", demotion, "to", f"Không có mức “{demotion.to}”.", near(demotion.to, ladder)
                )
        if (branch.cap_grade or branch.demote) and not ladder:
            self.problem(
                "unknown-grade",
                branch,
                "cap_grade" if branch.cap_grade else "demote",
                "Bộ tiêu chí không có grades để hạ mức.",
            )

    def _bind_at_most(self, cap: CapGrade, ladder: tuple[str, ...]) -> None:
        if not ladder:
            return
        tree = cap.at_most.tree
        if isinstance(tree, Name) and tree.name in ladder and tree.name not in self.root.names:  # at_most: B
            cap.at_most.tree = Text(tree.offset, tree.name)
        try:
            term = cap.at_most.bind(self.scope, Kind(kinds.LEVEL, levels=ladder))
        except ExpressionError as error:
            error.code = "unknown-grade" if error.code == "unknown-level" else error.code
            self.report(cap.at_most, error)
            return
        if not set(term.kind.levels) <= set(ladder):
            unknown = sorted(set(term.kind.levels) - set(ladder))
            self.problem(
                "unknown-grade",
                cap,
                "at_most",
                "Các mức không có trong grades: " + ", ".join(unknown) + ".",
                "Các mức: " + ", ".join(ladder) + ".",
            )

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
            self.problem(
                "shape-missing" if not ways else "shape-several",
                entry,
                "",
                "Mỗi mục trừ, cộng cần đúng một cách cho điểm, hoặc một nhóm items, best, one_of.",
            )
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
        self._bind_branch(declared, self.root, _carried(declared, None), self.root)

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
                    self.report(
                        formula,
                        ExpressionError("type-mismatch", 0, f"Không xếp hạng được theo {term.kind.vietnamese}."),
                    )


def _carried(block: CarriedDeclaration, parent: Carried | None) -> Carried:
    """A block's own clause, evidence and verifying bodies, or its parent's."""
    return Carried(
        tuple(block.clause) or (parent.clauses if parent else ()),
        tuple(block.evidence) or (parent.evidence if parent else ()),
        tuple(block.verified_by) or (parent.verified_by if parent else ()),
    )
