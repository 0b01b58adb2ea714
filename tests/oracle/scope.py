"""What a name means where an expression stands: the candidate, the row, the leaf, the node."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from . import nodes, shapes, tables
from .aggregates import over_table
from .expressions import evaluate, walk
from .tree import Node
from .values import MISSING, NOT_APPLICABLE, UNDEFINED, Absent, Result, Seen


class PoolRead(Exception):
    """A pool was read where only what stands on its own counts."""


@dataclass(frozen=True)
class Scope:
    candidate: Any  # rounds.Candidate
    node: Node | None = None
    rows: tuple = ()  # (table, row), the innermost last
    groups: tuple = ()  # (table, rows, column, value)
    repeating: tuple[Node, ...] = ()  # nodes being evaluated once per key
    leaf: Result | None = None  # inside every, any, count
    ranking: bool = False  # rank reads the total so far

    @property
    def round(self) -> Any:
        return self.candidate.round

    # --- moving -----------------------------------------------------------------------------

    def at(self, node: Node | None) -> Scope:
        return replace(self, node=node)

    def in_row(self, table: str, row: dict) -> Scope:
        return replace(self, rows=(*self.rows, (table, row)))

    def in_group(self, table: str, rows: list, column: str, value: Any) -> Scope:
        return replace(self, groups=(*self.groups, (table, rows, column, value)))

    def outside(self) -> Scope:
        return replace(self, rows=(), groups=())

    def repeat(self, node: Node) -> Scope:
        return replace(self, repeating=(*self.repeating, node))

    def of_leaf(self, leaf: Result) -> Scope:
        return replace(self, leaf=leaf)

    def before(self) -> Scope | None:
        """The same candidate in the round before."""
        previous = self.round.previous
        candidate = previous.by_id.get(self.candidate.id) if previous else None
        return Scope(candidate) if candidate else None

    # --- names ------------------------------------------------------------------------------

    def name(self, name: str) -> Seen:
        if name in ("yes", "true", "no", "false"):
            return Seen(name in ("yes", "true"))
        if self.leaf and name in ("points", "share", "maximum"):
            return self.read(self.leaf, name)
        for table, row in reversed(self.rows):
            spec = self.round.tables[table]
            if name in (spec.get("columns") or {}):
                return tables.measure(name, spec["columns"][name], row, self, self.round.closed)
            if name == spec.get("key"):
                return Seen(tables.untyped(row.get(name) or ""))
        for _, _, column, value in reversed(self.groups):
            if name == column:
                return Seen(value)
        if name in ("total", "share", "maximum"):
            return self.read(self.candidate.total(), name, so_far=self.ranking)
        if name == "grade":
            return Seen(self.candidate.grade_level())
        if name in self.round.measures:
            spec = self.round.measures[name]
            plain = self.outside()
            return tables.measure(name, spec, self.candidate.row, plain, self.round.closed)
        if name in self.round.settings:
            return Seen(tables.untyped(self.round.settings[name]))
        if name in self.round.quantities:
            return self.quantity(name)
        return self.rolled(name)

    def rolled(self, name: str) -> Seen:
        """A column of an item table read as a bare name for the candidate."""
        for table, spec in self.round.tables.items():
            column = (spec.get("columns") or {}).get(name)
            if column and "roll" in column:
                return over_table(table, column["roll"], [("name", name)], {}, self, walk)
        raise ValueError(f"unknown name {name}")

    def single(self, table: str, column: str) -> Seen:
        rows = self.rows_of(table)
        return self.in_row(table, rows[0]).name(column) if rows else Seen(MISSING)

    def quantity(self, name: str) -> Seen:
        spec = self.round.quantities[name]
        scope = replace(self.outside(), leaf=None)
        if "of" in spec:
            return evaluate(spec["of"], scope)
        frame = evaluate(spec.get("max", "1"), scope)
        if isinstance(frame.value, Absent):
            return frame
        result = shapes.earned(spec, shapes.Place(frame.value, scope, name))
        if result.state in ("scored", "open"):
            return Seen(result.points, frame.open or result.state == "open")
        return Seen({"undefined": UNDEFINED, "not_applicable": NOT_APPLICABLE}.get(result.state, MISSING))

    # --- points -----------------------------------------------------------------------------

    def read(self, result: Result, what: str, so_far: bool = False) -> Seen:
        """What an expression sees of a result: an open one is missing, save where it ranks."""
        if what == "maximum":
            return Seen(result.maximum)
        if result.state == "not_applicable":
            return Seen(NOT_APPLICABLE)
        if result.state == "not_assessed" or not (result.settled or so_far):
            return Seen(MISSING)
        if what != "share":
            return Seen(result.points)
        return Seen(result.points / result.maximum if result.maximum else UNDEFINED)

    def of_node(self, what: str, identifier: str) -> Seen:
        return self.read(self.candidate.result_of(identifier), what)

    def result(self, node: Node) -> Result:
        """A child's result, here and now if some node above it is evaluated once per key."""
        return nodes.assess(node, self, {}) if self.repeating else self.candidate.result(node)

    def criteria(self, parts: bool) -> list[Result]:
        """The leaves in force that have a mark, or such top nodes."""
        wanted = [
            node
            for node in self.round.nodes
            if (node.parent is self.round.root if parts else is_leaf(node)) and not node.repeated
        ]
        results = [self.candidate.result(node) for node in wanted]
        return [result for result in results if result.in_force and result.maximum > 0]

    # --- tables, pools, the calendar --------------------------------------------------------

    def cell(self, header: str | None) -> str:
        """A mark under the id of its criterion; in a row of a table the row is asked first."""
        for _, row in reversed(self.rows):
            if header in row:
                return row[header] or ""
        return self.candidate.row.get(header) or ""

    def rows_of(self, table: str) -> list[dict] | None:
        for name, rows, _, _ in reversed(self.groups):
            if name == table:
                return rows
        return self.candidate.rows_of(table)

    def lacking_keys(self, table: str) -> bool:
        spec = self.round.tables[table]
        rows = self.candidate.rows_of(table)
        present = {str(row.get(spec.get("key")) or "").strip() for row in rows or []}
        return any(str(key) not in present for key in spec.get("keys") or [])

    def pool_members(self) -> tuple[list[Scope], list[Scope]]:
        """The members for whom the node applies; those of whom nobody knows it yet."""
        if not self.round.pools_allowed:
            raise PoolRead
        members, unknown = [], []
        for candidate in self.candidate.pool_mates():
            if candidate.out_of_pools():
                continue
            scope = Scope(candidate, self.node)
            chain = [*self.node.above, self.node] if self.node else []
            applying = [nodes.when(node, scope) for node in chain]
            if all(one == "holds" for one in applying):
                members.append(scope)
            elif any(nodes.fails(one) for one in applying):
                continue
            elif any(one == MISSING or one in nodes.NOT_CONCLUDED for one in applying):
                unknown.append(scope)
        return members, unknown

    def day_of_round(self, day: int, month: int | None = None) -> date | Absent:
        """on(22), on(31, 1)."""
        period = self.round.period or ""
        year, _, rest = period.partition("-")
        if month is None:
            month = int(rest) if rest.isdigit() else None
        try:
            return date(int(year), month, day)
        except (TypeError, ValueError):
            return UNDEFINED  # no such day, or a period without a month

    def holidays(self) -> set[date]:
        return self.round.holidays

    # --- rounding ---------------------------------------------------------------------------

    @property
    def round_at(self) -> str:
        return self.round.round_at

    def round_line(self, points: Fraction) -> Fraction:
        return self.round_print(points) if self.round_at == "leaf" else points

    def round_print(self, points: Fraction) -> Fraction:
        return self.round.printed(points)

    def stopped_below(self, node: Node) -> bool:
        stop = self.candidate.stop
        return stop is not None and node in stop.above


def is_leaf(node: Node) -> bool:
    return (not node.children and node.parent is not None) or "over" in node.spec
