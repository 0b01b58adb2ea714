"""A round: a criteria set and its tables. A candidate: a row of it, and what became of its nodes."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from . import controls, entries, nodes, tables
from .scope import PoolRead, Scope
from .tree import Node, in_document_order
from .values import MISSING, Absent, Level, Result, read_date, rounded


class Round:
    def __init__(
        self,
        criteria: dict,
        rows: list[dict[str, str]],
        items: dict[str, list[dict[str, str]]],
        previous: list[dict[str, str]] | None,
        closed: bool = False,
        period: str | None = None,
        pool: str | None = None,
        settings: dict[str, str] | None = None,
        pools_allowed: bool = True,
        decisions: dict[str, dict[str, str]] | None = None,
    ):
        self.given = (criteria, rows, items, previous, closed, period, pool, settings)
        self.criteria, self.items, self.closed, self.period = criteria, items, closed, period
        self.pools_allowed = pools_allowed
        self.decisions = decisions or {}
        self.pool = pool or criteria.get("pool")
        self.measures = (criteria.get("attributes") or {}) | (criteria.get("measures") or {})
        self.tables = criteria.get("tables") or {}
        self.quantities = criteria.get("quantities") or {}
        declared = criteria.get("settings") or {}
        self.settings = {name: spec["value"] for name, spec in declared.items()} | (settings or {})
        self.holidays = {read_date(str(day)) for day in criteria.get("holidays") or []}
        points = criteria.get("points") or {}
        self.step = Fraction(1, 10 ** int(points.get("places", 2)))
        self.rounding = points.get("rounding", "half_up")
        self.round_at = points.get("round_at", "leaf")
        self.nodes = in_document_order(criteria)
        self.root = self.nodes[0]
        self.node_of = {node.id: node for node in self.nodes[1:]}
        self.owner_of = {e["id"]: n for n in self.nodes for e in n.entries if "id" in e}
        self.candidates = [Candidate(self, row) for row in rows]
        self.by_id = {candidate.id: candidate for candidate in self.candidates}
        self.previous = None
        if previous is not None:
            before = (criteria, previous, {}, None, closed, period, pool, settings)
            self.previous = Round(*before, pools_allowed=pools_allowed)

    @cached_property
    def without_pools(self) -> Round:
        """The same round where nothing can be compared with others."""
        return Round(*self.given, pools_allowed=False, decisions=self.decisions)

    def printed(self, points: Fraction) -> Fraction:
        return rounded(points, self.step, self.rounding)

    @property
    def has_tree(self) -> bool:
        tree = self.criteria.get("tree")
        return isinstance(tree, list) and bool(tree)  # `tree: null` is read as a word

    @property
    def ladder(self) -> list[str]:
        """The names of the grades, best first."""
        names = [one.get("name", one.get("otherwise")) for one in self.criteria.get("grades") or []]
        return [name for name in names if name != "human"]


class Candidate:
    def __init__(self, round_: Round, row: dict[str, str]):
        self.round, self.row = round_, row
        self.id = row["id"].strip()
        self.results: dict[Node, Result] = {}
        self.unstopped: dict[Node, Result] = {}  # as it was before a stop took effect
        self.book: dict[str, Result] = {}  # entries that have an id
        self.stop: Node | None = None
        self.grade: str | None = None

    @property
    def scope(self) -> Scope:
        return Scope(self)

    # --- results ----------------------------------------------------------------------------

    def result(self, node: Node) -> Result:
        if node not in self.results:
            if self.stop is not None and node.index >= self.stop.index:
                self.results[node] = self.not_assessed(node)
            else:
                self.results[node] = nodes.assess(node, self.scope, self.book)
        return self.results[node]

    def not_assessed(self, node: Node) -> Result:
        for one in node.entries:
            entries.leave_out(one, self.book, "not_assessed")
        before = self.unstopped[node]
        return Result("not_assessed", maximum=before.maximum, mark=before.mark)

    def total(self) -> Result:
        return self.result(self.round.root)

    def result_of(self, identifier: str) -> Result:
        """A node by its id, or an entry of less or plus by its own."""
        if identifier in self.round.node_of:
            return self.result(self.round.node_of[identifier])
        self.result(self.round.owner_of[identifier])
        return self.book[identifier]

    def assess_all(self) -> None:
        for node in self.round.nodes:
            if not node.repeated:
                self.result(node)

    def take_stop(self) -> None:
        """The first stop that fails: its node and everything after it is not assessed."""
        stops = [n for n in self.round.nodes if False in controls.outcomes(n, "stop", self)]
        if stops:
            self.unstopped, self.results, self.book = self.results, {}, {}
            self.stop = stops[0]
            self.assess_all()

    # --- tables and pools -------------------------------------------------------------------

    def rows_of(self, table: str) -> list[dict] | None:
        """Its rows of an item table; None if the table was not handed in."""
        if table not in self.round.items:
            return None
        key = self.id
        if link := self.round.tables[table].get("link"):
            value = self.scope.name(link).value
            if isinstance(value, Absent):
                return None
            key = tables.cell_of(self.row, link, self.round.measures[link]) or str(value)
        rows = [row for row in self.round.items[table] if row["id"].strip() == key]
        name = self.round.tables[table].get("key")
        return sorted(rows, key=lambda row: tables.natural(row.get(name) or "")) if name else rows

    @cached_property
    def pool(self) -> Any:
        name = self.round.pool
        if name is None:
            return None
        spec = self.round.measures.get(name, {})
        return self.scope.name(name).value if "is" in spec else tables.cell_of(self.row, name, spec)

    def pool_mates(self) -> list[Candidate]:
        return [other for other in self.round.candidates if other.pool == self.pool]

    @cached_property
    def gate_failed(self) -> bool:
        """Whether a gate or stop that reads no pool fails. Asked in the round without pools."""
        for node in self.round.nodes:
            for kind in ("gate", "stop"):
                for control in nodes.controls(node.spec.get(kind)):
                    try:
                        if controls.outcome(node, control, self) is False:
                            return True
                    except PoolRead:
                        pass
        return False

    def out_of_pools(self) -> bool:
        return self.round.without_pools.by_id[self.id].gate_failed

    # --- grades -----------------------------------------------------------------------------

    def grade_level(self) -> Level | Absent:
        if self.grade is None:
            return MISSING
        return Level(self.grade, tuple(reversed(self.round.ladder)))
