"""Variants of candidates scored in batches through the engine: the same rows with some cells changed.

What a unit's own figures cannot move (rows of item tables, panels, the round before, pools that read no changed figure) is taken
from the scored table; everything else is computed anew. Where points rest on a pool that the unit's own figures move, each
variant is scored in a pool of its own: its peers as they are, itself changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Node
from criteria.exact import KNOWN, MISSING
from criteria.expressions.functions_pool import PoolAggregate, Previous
from criteria.expressions.functions_tables import SingleField, TableAggregate
from criteria.expressions.terms import Measured, Term
from criteria.shapes.given import Given
from scoring import states
from scoring.controls import left_out_before_pools
from scoring.engine import settle
from scoring.frame import taken
from scoring.node_result import deep_terms
from scoring.nodes import Scorer
from scoring.result import Result
from scoring.root import RootFrame
from scoring.states import CLOSED, SCORED, waiting
from scoring.tables import Column, Decision, ItemTable, Table

Cells = Mapping[str, tuple[Any, Any]]  # column → (rows of the batch, stored integers)
_OWN_POOL = "\x00variant"  # an extra column that no file can have
MOST_ROWS = 1 << 17  # of one call of the engine


def without_quotas(criteria: CriteriaSet) -> CriteriaSet:
    """The set whose grades are what a unit's own points and conditions give: no quota, no rank."""
    declared = criteria.declaration
    grades = [grade.model_copy(update={"quota": None}) for grade in declared.grades]
    return replace(criteria, declaration=declared.model_copy(update={"grades": grades, "rank": None}))


class Variants:
    """Batches of changed rows of a scored table. moved: names of the measures that may change.

    What still waits for people counts nothing in a variant: its criterion stands as closed.
    """

    def __init__(self, result: Result, moved: Collection[str], blanks: Mapping[str, int]) -> None:
        self.base = result.root
        self.set = without_quotas(result.set)
        self.moved = frozenset(moved)
        self.own = _filled(self.base.table, blanks)
        self._terms = [t for f in self.set.formulas if f.bound for t in deep_terms(self.set, f.term, set())]
        self._shared: dict[int, bool] = {}
        over = [node for node in self.set.nodes() if node.over is not None]
        gathering = [t for t in self._terms if isinstance(t, TableAggregate | SingleField)]
        self._same_items = all(self._can_share(key) for key in (*over, *gathering))
        self.by_pool = not all(self._can_share(term) for term in self._terms if isinstance(term, PoolAggregate))
        self.pool_memo: dict[int, list[PoolAggregate]] = {}
        self.scored = 0  # variants so far
        self._codes = self.base.pool_codes()
        self._members = {int(code): np.flatnonzero(self._codes == code) for code in np.unique(self._codes)}
        self.decisions: dict[str, Any] = {
            node: np.where(waiting(decision.state), np.uint8(CLOSED), decision.state)
            for node, decision in self.base.table.decisions.items()
        }
        self.start = self._closed()

    def score(self, source: Any, cells: Cells) -> Result:
        """source: the row of the scored table that every variant changes. The variants stand in the rows `own` of the result."""
        self.scored += len(source)
        return settle(self._rows(source, cells))

    @property
    def most(self) -> int:
        """How many variants fit into one call."""
        widest = max((len(rows) for rows in self._members.values()), default=1) if self.by_pool else 1
        return max(1, MOST_ROWS // widest)

    # --- rows --------------------------------------------------------------------------------------------------

    def _rows(self, source: Any, cells: Cells) -> VariantFrame:
        size = len(source)
        own = np.arange(size)
        rows, pool = source, None
        extra: dict[str, list[str]] = {}
        if self.by_pool:
            blocks = [self._members[int(self._codes[row])] for row in source]
            starts = np.cumsum([0, *(len(block) for block in blocks)])[:-1]
            rows = np.concatenate(blocks) if size else source
            own = starts + np.array(
                [int(np.searchsorted(b, r)) for b, r in zip(blocks, source, strict=True)], dtype=np.int64
            )
            labels = [str(number) for number, block in enumerate(blocks) for _ in block]
            pool, extra = _OWN_POOL, {_OWN_POOL: labels}
        mine = np.zeros(len(rows), dtype=bool)
        mine[own] = True
        columns = {name: self._column(name, rows, mine, own, cells.get(name)) for name in self.base.table.columns}
        decisions = {
            node: Decision(np.where(mine, state[rows], self._said(node)[rows]))
            for node, state in self.decisions.items()
        }
        ids = [str(number) for number in range(len(rows))]
        table = Table(ids, columns, (), extra, decisions)
        return VariantFrame(self, table, rows, own, pool, self._items(rows, ids))

    def _column(self, name: str, rows: Any, mine: Any, own: Any, changed: tuple[Any, Any] | None) -> Column:
        theirs, ours = self.base.table.columns[name], self.own[name]
        values, absent = ours.values[rows], None if ours.absent is None else ours.absent[rows]
        if theirs is not ours and not mine.all():
            values = np.where(mine, values, theirs.values[rows])
            before = theirs.absent[rows] if theirs.absent is not None else np.uint8(KNOWN)
            absent = np.where(mine, absent if absent is not None else np.uint8(KNOWN), before)
        if changed is not None:
            at, stored = changed
            values[own[at]] = stored
            if absent is not None:
                absent[own[at]] = KNOWN
        return Column(values, absent)

    def _said(self, node: str) -> Any:
        decision = self.base.table.decisions.get(node)
        return decision.state if decision is not None else np.zeros(self.base.size, dtype=np.uint8)

    def _items(self, rows: Any, ids: list[str]) -> dict[str, ItemTable]:
        """The rows of item tables again for every variant, where something in them reads a changed figure."""
        if self._same_items:
            return dict(self.base.item_tables)
        found = {}
        for name, items in self.base.item_tables.items():
            if self.set.tables[name].link is not None:
                found[name] = items
                continue
            of: dict[str, list[int]] = {}
            for place, owner in enumerate(items.owners):
                of.setdefault(owner, []).append(place)
            pairs = [
                (i, place) for i, row in zip(ids, rows, strict=True) for place in of.get(self.base.table.ids[row], ())
            ]
            places = np.array([place for _, place in pairs], dtype=np.int64)
            columns = {
                n: Column(np.asarray(c.values)[places], None if c.absent is None else np.asarray(c.absent)[places])
                for n, c in items.columns.items()
            }
            keys = [items.keys[place] for place in places] if items.keys else []
            found[name] = ItemTable([i for i, _ in pairs], columns, keys)
        return found

    def _closed(self) -> Result:
        """Every candidate as it stands, criteria that lack figures closed too, so that the total is known."""
        everybody = np.arange(self.base.size)
        found = self.score(everybody, {})
        for node in self.set.leaves():
            state = found.state(node.id)
            if state is None or not np.any(states.waiting(state)):
                continue
            said = self.decisions.get(node.id, np.zeros(self.base.size, dtype=np.uint8))
            own = found.root.own if isinstance(found.root, VariantFrame) else everybody
            lacks = np.broadcast_to(np.asarray(waiting(state)), (found.size,))[own]
            self.decisions[node.id] = np.where(lacks & (said == SCORED), np.uint8(CLOSED), said)
        return self.score(everybody, {})

    # --- what is shared ----------------------------------------------------------------------------------------

    def _can_share(self, key: Any) -> bool:
        if id(key) not in self._shared:
            self._shared[id(key)] = self._sharing(key)
        return self._shared[id(key)]

    def _sharing(self, key: Any) -> bool:
        """Whether a value gathered across rows is the same in every variant as in the scored table."""
        if isinstance(key, Previous | Given):
            return True
        if isinstance(key, TableAggregate | SingleField):
            return not self._reads_moved(list(key.parts), key.table)
        if isinstance(key, Node) and key.over is not None:
            terms = [f.term for node in key.walk() for f in node.formulas() if f.bound]
            return not self._reads_moved(terms, key.over.table)
        if isinstance(key, PoolAggregate):  # its own place does not count the candidate itself, other values do
            return not self._reads_moved(list(key.parts), None) and (key.method == "rank" or not self._gates_move())
        return False

    def _gates_move(self) -> bool:
        branches = [*self.set.printed_nodes(), self.set.declaration]
        controls = [control for branch in branches for control in (*branch.gate, *branch.stop)]
        return any(self._reads_moved([c.need.term], None) for c in controls if c.need.bound)

    def _reads_moved(self, terms: list[Term], table: str | None) -> bool:
        columns = self.set.table_derived.get(table or "", {})
        seen: set[str] = set()
        queue = list(terms)
        while queue:
            for part in deep_terms(self.set, queue.pop(), set()):
                if not isinstance(part, Measured):
                    if type(part).__name__ in ("NodeTerm", "ResultTerm", "Quantified"):
                        return True
                    continue
                if part.name in self.moved:
                    return True
                if part.name in columns and part.name not in seen:
                    seen.add(part.name)
                    queue.append(columns[part.name])
        return False


class VariantFrame(RootFrame):
    """The rows of a batch as a table of their own. own: the place of every variant among them."""

    def __init__(
        self, variants: Variants, table: Table, source: Any, own: Any, pool: str | None, items: Mapping[str, ItemTable]
    ) -> None:
        base = variants.base
        pool = pool if pool is not None else base.pool_name
        super().__init__(
            variants.set, table, items, base.before, base.closed, base.round, pool, Scorer, left_out_before_pools
        )
        self.variants, self.source, self.own = variants, source, own
        self.vocabulary, self.words = base.vocabulary, base.words  # codes of texts that are shared
        self.pool_memo = variants.pool_memo
        self.__dict__["outline"] = base.outline  # the same tree

    def gathered(self, term: Any, compute: Callable[[Any], Any]) -> Any:
        if not self.variants._can_share(term):
            return super().gathered(term, compute)
        if id(term) not in self.gathering:
            self.gathering[id(term)] = (term, taken(self.variants.base.gathered(term, compute), self.source))
        return self.gathering[id(term)][1]


def _filled(table: Table, blanks: Mapping[str, int]) -> dict[str, Column]:
    """The columns with what an empty cell of a lever counts as written in."""
    found = dict(table.columns)
    for name, blank in blanks.items():
        column = found.get(name)
        if column is not None and column.absent is not None and (np.asarray(column.absent) == MISSING).any():
            empty = np.asarray(column.absent) == MISSING
            found[name] = Column(np.where(empty, blank, column.values), np.where(empty, np.uint8(KNOWN), column.absent))
    return found
