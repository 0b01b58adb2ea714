"""What a form asks: lines and fields made from a criteria set. Writer, reader and self-score go by it alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Entry, Node
from criteria.expressions.formula import Formula
from criteria.expressions.functions_numbers import Conditional, Defaulted, Known
from criteria.expressions.functions_tables import SingleField, TableAggregate
from criteria.expressions.terms import Constant, Junction, Measured, Named, Term
from criteria.inputs import Input, TableInputs
from criteria.shapes.given import Given

SHEETS = {
    "guide": "Huong dan",
    "self": "Tu cham",
    "tasks": "Nhiem vu",
    "evidence": "Minh chung",
    "claims": "Khong ap dung",
    "sign": "Ky",
    "hidden": "_thidua",
}
EVIDENCE_ROWS = 80
ITEM_ROWS = 40
KEY_COLUMN = 1  # column A, hidden, on every sheet


@dataclass(frozen=True)
class Line:
    """A line of the form.

    kind: part (a heading), criterion, figure (an input cell), judged (the unit's own mark), repeated (a figure asked further up),
    known (a figure that comes from an index, a milestone or the roster: shown, locked), items (figures come from an item table).
    key: its field key ("" for headings and repetitions). node: the criterion or part it stands in. depth: 0 for the top parts.
    """

    kind: str
    key: str
    node: str
    text: str
    depth: int = 0
    input: Input | None = None


@dataclass(frozen=True)
class Layout:
    """The form of a criteria set. registers: names of item tables that the task register fills."""

    criteria: CriteriaSet
    registers: tuple[str, ...] = ()

    @cached_property
    def lines(self) -> list[Line]:
        """In document order: parts, criteria, and under each criterion the figures it needs."""
        found: list[Line] = []
        asked: set[str] = set()
        for node in self.criteria.declaration.parts:
            self._visit(node, 0, found, asked)
        for entry in self.criteria.declaration.entries():
            self._figures(entry.formulas(), "", 1, found, asked)
            self._judged_entry(entry, "", 1, found)
        read = self._read()
        for name, column in self.criteria.inputs.items():  # what only a gate, a grade or a rank reads
            here = name in read and name not in asked and name not in self.criteria.attributes
            if column.required and not column.judged and here:
                asked.add(name)
                found.append(self._figure(name, "", 0))
        return found

    def _read(self) -> set[str]:
        """What is read anywhere but in criteria that the settings leave out."""
        off = {id(f) for node in self.criteria.nodes() if switched_off(node) for f in node.formulas()}
        bound = [f.term for f in self.criteria.formulas if f.bound and id(f) not in off]
        pool = self.criteria.declaration.pool
        return {name for term in bound for name in self._needed(term)} | ({pool} if pool else set())

    def _visit(self, node: Node, depth: int, found: list[Line], asked: set[str]) -> None:
        leaf = not node.parts or node.over is not None
        found.append(Line("criterion" if leaf else "part", f"node:{node.id}", node.id, node.text, depth))
        if switched_off(node):
            return
        if leaf:
            self._figures(node.formulas(), node.id, depth + 1, found, asked)
            shape = node.shape
            if isinstance(shape, Given) and shape.panel is None:
                found.append(
                    Line(
                        "judged",
                        f"judged:{node.id}",
                        node.id,
                        "Điểm đơn vị tự chấm",
                        depth + 1,
                        self.criteria.inputs[node.id],
                    )
                )
        else:
            for child in node.parts:
                self._visit(child, depth + 1, found, asked)
            own = [f for entry in node.entries() for f in entry.formulas()]
            own += [f for control in (*node.gate, *node.stop, *node.zero, *node.flag) for f in control.formulas()]
            self._figures(iter(own), node.id, depth + 1, found, asked)
        for entry in node.entries():
            self._judged_entry(entry, node.id, depth + 1, found)

    def _judged_entry(self, entry: Entry, node: str, depth: int, found: list[Line]) -> None:
        for item in entry.walk():
            if (
                item.id
                and isinstance(item.shape, Given)
                and item.shape.panel is None
                and item.id in self.criteria.inputs
            ):
                column = self.criteria.inputs[item.id]
                found.append(Line("judged", f"judged:{item.id}", node, item.text or item.id, depth, column))

    def _figures(self, formulas: Iterator[Formula], node: str, depth: int, found: list[Line], asked: set[str]) -> None:
        names: set[str] = set()
        for formula in formulas:
            if formula.bound:
                names.update(self._needed(formula.term))
        order = [*self.criteria.tables, *self.criteria.inputs]  # as declared: what is due before what was done
        for name in sorted(names, key=order.index):
            if name in self.criteria.tables:
                found.append(Line("items", "", node, self.criteria.tables[name].label, depth))
            elif name in asked:
                column = self.criteria.inputs[name]
                found.append(Line("repeated", f"measure:{name}", node, column.label, depth, column))
            else:
                asked.add(name)
                found.append(self._figure(name, node, depth))

    def _figure(self, name: str, node: str, depth: int) -> Line:
        column = self.criteria.inputs[name]
        known = name in self.criteria.attributes or self.source_of(name) is not None
        return Line("known" if known else "figure", f"measure:{name}", node, column.label, depth, column)

    def _needed(self, term: Term) -> Iterator[str]:
        """Names of inputs and item tables that a term reads, derived measures and named quantities opened."""
        if isinstance(term, TableAggregate | SingleField):
            yield term.table
            return
        if isinstance(term, Named):
            for formula in self.criteria.declaration.quantities[term.name].formulas():
                if formula.bound:
                    yield from self._needed(formula.term)
            return
        if isinstance(term, Measured):
            if term.name in self.criteria.derived:
                yield from self._needed(self.criteria.derived[term.name])
            elif term.name in self.criteria.inputs:
                yield term.name
            return
        for part in term.parts:
            yield from self._needed(part)

    def tables_read(self, node: Node) -> tuple[str, ...]:
        """Item tables a criterion reads, in declared order."""
        names = {name for formula in node.formulas() if formula.bound for name in self._needed(formula.term)}
        return tuple(name for name in self.criteria.tables if name in names)

    def can_do_without(self, node: Node | None, name: str) -> bool:
        """Whether a criterion may have points although an input is empty: the input says what empty means, or the criterion
        reads it only where something else may stand for it (default, if, known) or decide alone (and, or)."""
        column = self.criteria.inputs[name]
        if column.default is not None or column.silent is not None or column.blank_not_applicable:
            return True
        if node is None:  # what only conditions of the whole set read
            return False
        return name not in {n for f in node.formulas() if f.bound for n in self._surely(f.term)} and not column.judged

    def _surely(self, term: Term) -> Iterator[str]:
        """Names of inputs without which a term has no value."""
        if isinstance(term, Defaulted | Known | Junction):  # one side of and, or may decide alone
            return
        if isinstance(term, Conditional):
            yield from self._surely(term.parts[0])
        elif isinstance(term, Named):
            for formula in self.criteria.declaration.quantities[term.name].formulas():
                yield from self._surely(formula.term) if formula.bound else ()
        elif isinstance(term, Measured) and term.name in self.criteria.derived:
            yield from self._surely(self.criteria.derived[term.name])
        elif isinstance(term, Measured):
            yield term.name
        else:
            for part in term.parts:
                yield from self._surely(part)

    def source_of(self, name: str) -> str | None:
        """The index or milestone a measure is taken from."""
        measure = self.criteria.declaration.measures.get(name)
        return measure.from_ if measure is not None and measure.from_ != "unit" else None

    @cached_property
    def inputs(self) -> dict[str, Input]:
        """Every field a unit fills in, by key: figures and judged marks."""
        return {
            line.key: line.input for line in self.lines if line.kind in ("figure", "judged") and line.input is not None
        }

    @cached_property
    def criterion_ids(self) -> list[str]:
        """Criteria that may be claimed not applicable, and that evidence may be tied to."""
        return [line.node for line in self.lines if line.kind == "criterion"]

    @cached_property
    def item_tables(self) -> dict[str, TableInputs]:
        """Item tables a unit fills in itself; panels and registers are not among them."""
        return {
            name: table
            for name, table in self.criteria.tables.items()
            if table.required and name not in self.registers and name not in self.panel_tables and table.link is None
        }

    @cached_property
    def panel_tables(self) -> tuple[str, ...]:
        """Item tables that hold the marks of a panel."""
        named = [n.shape.panel for n in self.criteria.nodes() if isinstance(n.shape, Given) and n.shape.panel]
        return tuple(dict.fromkeys(named))

    @cached_property
    def register_tables(self) -> dict[str, TableInputs]:
        """Item tables that the task register fills: shown, locked, open to dispute."""
        return {
            name: table for name, table in self.criteria.tables.items() if name in self.registers and table.required
        }

    @cached_property
    def item_sheets(self) -> dict[str, str]:
        """The sheet of every register table and item table: the first register has the name of SHEETS, others "Bang NAME"."""
        found: dict[str, str] = {}
        for name in (*self.register_tables, *self.item_tables):
            first = name in self.register_tables and not found
            found[name] = SHEETS["tasks"] if first else f"Bang {name}"[:31]
        return found

    @cached_property
    def digest(self) -> str:
        """What the fields are. Two editions of a set with the same digest ask the same."""
        fields = [
            f"{key}|{c.kind.name}|{c.kind.unit}|{','.join(c.kind.levels)}|{c.decimals}"
            for key, c in sorted(self.inputs.items())
        ]
        fields += [f"out:{criterion}" for criterion in sorted(self.criterion_ids)]
        for name, table in sorted(self.item_tables.items()):
            fields += [f"{name}.{n}|{c.kind.name}|{c.kind.unit}|{c.decimals}" for n, c in table.columns.items()]
        return hashlib.sha256("\n".join([self.criteria.id, *fields]).encode()).hexdigest()[:16]


def decided_scope(node: Node) -> bool | None:
    """Whether a node applies, when the settings alone decide it; None when it depends on the candidate."""
    if node.when is None:
        return True
    term = node.when.need.term
    if any(not part.parts and not isinstance(part, Constant) for part in term.walk()):
        return None
    rows: Any = None  # constants look at no row
    truth: bool | None = term.evaluate(rows).at(0)
    return truth


def switched_off(node: Node) -> bool:
    """A criterion that the settings leave out for everybody is not asked for."""
    return node.when is not None and node.when.else_ == "exclude" and decided_scope(node) is False
