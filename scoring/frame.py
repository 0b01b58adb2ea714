"""Frames: rows on which expressions are evaluated. The whole table, a block of it, the rows of an item table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from criteria.criteria_set import CriteriaSet
from criteria.declarations.measures import NamedQuantity
from criteria.exact import KNOWN, MISSING, NOT_APPLICABLE, Quantity, Truth, constant
from criteria.expressions import kinds
from criteria.inputs import Input
from scoring import states
from scoring.nodes import NodeResult, Scorer
from scoring.tables import Column, ItemTable, Period, Table, natural_key


class Frame:
    """Some rows of a parent frame. pick: which (slice or index array)."""

    def __init__(self, bound: CriteriaSet, size: int, parent: Frame | None, pick: Any) -> None:
        self.set, self.size, self.parent, self.pick = bound, size, parent, pick
        self.root: RootFrame = parent.root if parent is not None else self  # type: ignore[assignment]
        self.cache: dict[str, Any] = {}
        self.scorer = Scorer(self)
        self.repeating = ""  # the node with `over` that is being repeated on these rows

    def clear(self) -> None:
        """Let go of everything computed on these rows."""
        self.cache.clear()
        self.scorer.results.clear()
        self.scorer.blocks.clear()
        self.scorer.stops.clear()

    @property
    def period(self) -> Period | None:
        return self.root.round

    @property
    def holidays(self) -> tuple[date, ...]:
        return tuple(self.set.declaration.holidays)

    # --- measures ----------------------------------------------------------------------------------------------

    def measure(self, name: str) -> Any:
        if name not in self.cache:
            self.cache[name] = self._measure(name)
        return self.cache[name]

    def _measure(self, name: str) -> Any:
        derived = self.set.derived.get(name)
        if derived is not None:
            return derived.evaluate(self)
        return self.parent.measure(name).take(self.pick) if self.parent is not None else None

    def text_code(self, text: str) -> int:
        return self.root.vocabulary.get(text, -1)

    def text_at(self, name: str, row: int) -> str:
        code = self.measure(name).at(row)
        return "" if code is None else self.root.words[int(code)]

    def quantity(self, name: str) -> Any:
        key = "=" + name
        if key not in self.cache:
            declared: NamedQuantity = self.set.declaration.quantities[name]
            if declared.of is not None:
                value = declared.of.evaluate(self)
            else:
                assert declared.shape is not None
                frame = declared.max.evaluate(self) if declared.max is not None else constant(1)
                value = declared.shape.earned(self, frame).points
            self.cache[key] = value
        return self.cache[key]

    # --- across rows -------------------------------------------------------------------------------------------

    def gathered(self, term: Any, compute: Callable[[Any], Any]) -> Any:
        assert self.parent is not None
        return taken(self.parent.gathered(term, compute), self.pick)

    def items(self, table: str) -> Any:
        return self.root.items(table)

    def previous(self, part: Any) -> Any:
        return self.root.previous(part)

    def pools(self, narrow: Any) -> tuple[Any, int]:
        return self.root.pools(narrow)

    def competing(self) -> Any:
        return self.root.competing()

    # --- results -----------------------------------------------------------------------------------------------

    def result(self, node: str) -> NodeResult:
        """The result of a node or of an entry that has an id; "" is the root."""
        return self.scorer.result(node)

    def _strict(self, result: NodeResult, value: Quantity) -> Quantity:
        """Points as conditions read them: missing while something is open."""
        if result.state is None:
            return value
        absent = np.where(states.waiting(result.state) | (result.state == states.NOT_ASSESSED), np.uint8(MISSING), np.where(result.state == states.DOES_NOT_APPLY, np.uint8(NOT_APPLICABLE), np.uint8(KNOWN)))
        return value.with_absent(absent)

    def node_points(self, node: str) -> Quantity:
        result = self.result(node)
        return self._strict(result, result.points)

    def node_share(self, node: str) -> Quantity:
        result = self.result(node)
        return self._strict(result, result.points) / result.maximum

    def total(self) -> Quantity:
        return self.node_points("")

    def share(self) -> Quantity:
        return self.node_share("")

    def maximum(self) -> Quantity:
        return self.result("").maximum

    def grade(self) -> Quantity:
        return taken(self.root.grades, self.pick) if self.parent is not None else self.root.grades

    def leaves(self, parts: bool) -> list[tuple[LeafFrame, Truth]]:
        nodes = self.set.declaration.parts if parts else self.set.leaves()
        found = []
        for node in nodes:
            result = self.result(node.id)
            in_force = np.broadcast_to(np.asarray(result.maximum.compare(np.greater, constant(0))), (self.size,))
            if result.state is not None:
                in_force = in_force & (result.state != states.DOES_NOT_APPLY) & (result.state != states.NOT_ASSESSED)
            found.append((LeafFrame(self, result), Truth(in_force)))
        return found

    def row(self, number: int) -> Frame:
        """One row alone, for explanations."""
        return Frame(self.set, 1, self, slice(number, number + 1))


class LeafFrame:
    """A frame seen from one leaf, inside every(…)."""

    def __init__(self, frame: Frame, result: NodeResult) -> None:
        self._frame, self._result = frame, result

    def __getattr__(self, name: str) -> Any:
        return getattr(self._frame, name)

    def leaf_points(self) -> Quantity:
        return self._frame._strict(self._result, self._result.points)

    def leaf_share(self) -> Quantity:
        return self.leaf_points() / self._result.maximum

    def leaf_maximum(self) -> Quantity:
        return self._result.maximum


def taken(value: Any, pick: Any) -> Any:
    """Rows of a quantity, a truth, an array, or a tuple of them."""
    if isinstance(value, tuple):
        return tuple(taken(part, pick) for part in value)
    return value.take(pick) if isinstance(value, Quantity | Truth) else value[pick]


class BlockFrame(Frame):
    """A slice of the whole table: columns are read from the table itself."""

    def _measure(self, name: str) -> Any:
        derived = self.set.derived.get(name)
        if derived is not None:
            return derived.evaluate(self)
        return self.root.read(name, self.pick)

    def row(self, number: int) -> Frame:
        return BlockFrame(self.set, 1, self.root, slice(self.pick.start + number, self.pick.start + number + 1))


class RootFrame(BlockFrame):
    """The whole table, with the item tables, the round before and the pool."""

    def __init__(self, bound: CriteriaSet, table: Table, items: Mapping[str, ItemTable], previous: RootFrame | None, closed: bool,
                 period: Period | None, pool: str | None) -> None:
        super().__init__(bound, table.size, None, slice(0, table.size))
        self.table, self.item_tables, self.before, self.closed, self.round = table, items, previous, closed, period
        self.pool_name = pool if pool is not None else bound.declaration.pool
        self.gathering: dict[int, tuple[Any, Any]] = {}
        self.vocabulary: dict[str, int] = previous.vocabulary if previous is not None else {}
        self.words: list[str] = previous.words if previous is not None else []
        self.codes: dict[str, Any] = {}
        self.grades: Quantity = constant(0, MISSING)
        self._items: dict[str, Items] = {}
        self._pools: dict[int, tuple[Any, tuple[Any, int]]] = {}
        self._competing: Any = None

    @cached_property
    def places(self) -> dict[str, int]:
        """The row of every candidate."""
        return {candidate: row for row, candidate in enumerate(self.table.ids)}

    def read(self, name: str, rows: Any) -> Any:
        """A column of the table on some rows, as a quantity or a truth."""
        column = self.table.columns.get(name)
        declared = self.set.inputs[name]
        if column is None:
            size = len(range(*rows.indices(self.size))) if isinstance(rows, slice) else len(rows)
            return _nothing(declared, size, self.closed)
        if declared.kind.name == kinds.TEXT:
            if name not in self.codes:
                self.codes[name] = self.encode(column)
            column = self.codes[name]
        return read_column(declared, column, rows, self.closed)

    def encode(self, column: Column) -> Column:
        """Texts as numbers of the common vocabulary."""
        codes = np.empty(len(column), dtype=np.int64)
        for row, text in enumerate(column.values):
            if text not in self.vocabulary:
                self.vocabulary[text] = len(self.words)
                self.words.append(text)
            codes[row] = self.vocabulary[text]
        return Column(codes, column.absent)

    def text_code(self, text: str) -> int:
        for name, column in self.table.columns.items():  # the vocabulary is complete only when all texts were met
            if name in self.set.inputs and self.set.inputs[name].kind.name == kinds.TEXT and name not in self.codes:
                self.codes[name] = self.encode(column)
        return self.vocabulary.get(text, -1)

    def gathered(self, term: Any, compute: Callable[[Any], Any]) -> Any:
        key = id(term)
        if key not in self.gathering:
            self.gathering[key] = (term, compute(self))
        return self.gathering[key][1]

    def items(self, table: str) -> Items:
        if table not in self._items:
            self._items[table] = Items.of(self, table)
        return self._items[table]

    def previous(self, part: Any) -> Any:
        number = part.kind.name != kinds.TRUTH
        if self.before is None or not self.before.size:
            return constant(0, MISSING) if number else Truth(False, np.full(self.size, MISSING, dtype=np.uint8))
        value = part.evaluate(self.before)
        index = np.array([self.before.places.get(candidate, -1) for candidate in self.table.ids], dtype=np.int64)
        there = index >= 0
        found = value.take(np.where(there, index, 0))
        absent = np.where(there, found.absent if found.absent is not None else np.uint8(KNOWN), np.uint8(MISSING))
        return found.with_absent(absent) if number else Truth(found.value, absent)

    def pools(self, narrow: Any) -> tuple[Any, int]:
        key = id(narrow)
        if key not in self._pools:
            groups = self.pool_codes()
            if narrow is not None:
                value = narrow.evaluate(self)
                inner = np.broadcast_to(np.asarray(value.value if isinstance(value, Truth) else value.num), (self.size,)).astype(np.int64)
                absent = np.broadcast_to(np.asarray(value.absent if value.absent is not None else KNOWN), (self.size,))
                inner = np.where(absent == KNOWN, inner, -1 - absent.astype(np.int64))
                groups = np.unique(np.stack([groups, inner]), axis=1, return_inverse=True)[1].reshape(-1)
            self._pools[key] = (narrow, (groups, int(groups.max(initial=-1)) + 1))
        return self._pools[key][1]

    def pool_codes(self) -> Any:
        """The number of every candidate's pool; 0 for all without a pool."""
        name = self.pool_name
        if name is None:
            return np.zeros(self.size, dtype=np.int64)
        if name in self.table.columns:
            column = self.table.columns[name]
            values = np.asarray(column.values)
            if values.dtype == object:
                labels = sorted({str(v) for v in values}, key=natural_key)
                number = {label: code for code, label in enumerate(labels)}
                codes = np.array([number[str(v)] for v in values], dtype=np.int64)
            else:
                low = values.min(initial=0)
                codes = values - low if values.max(initial=0) - low < 4 * self.size + 64 else np.unique(values, return_inverse=True)[1].astype(np.int64)
            if column.absent is not None:
                codes = np.where(np.asarray(column.absent) == KNOWN, codes, codes.max(initial=0) + 1)
            return codes
        texts = self.table.extra[name]
        number = {label: code for code, label in enumerate(sorted(set(texts), key=natural_key))}
        return np.array([number[text] for text in texts], dtype=np.int64)

    def pool_names(self) -> list[str]:
        """The pool of every candidate as people read it; "" where unknown or without pools."""
        name = self.pool_name
        if name is None:
            return [""] * self.size
        if name not in self.table.columns:
            return [str(text) for text in self.table.extra[name]]
        column = self.table.columns[name]
        levels = self.set.inputs[name].kind.levels if name in self.set.inputs else ()
        texts = [levels[int(v)] if levels else str(v) for v in column.values]
        return texts if column.absent is None else [t if a == KNOWN else "" for t, a in zip(texts, column.absent, strict=True)]

    def competing(self) -> Any:
        """Those no gate or stop leaves out; gates that read the pool themselves are not looked at."""
        if self._competing is None:
            from scoring.controls import left_out_before_pools

            self._competing = ~left_out_before_pools(self)
        return self._competing


def read_column(declared: Input, column: Column, rows: Any, closed: bool) -> Any:
    """An input as a quantity or a truth, what is empty filled in as its declaration says."""
    values, absent = column.values[rows], None if column.absent is None else column.absent[rows]
    if absent is not None:
        values, absent = _filled(declared, values, absent, closed)
    if declared.kind.name == kinds.TRUTH:
        return Truth(np.asarray(values).astype(bool), absent)
    return Quantity.measured(values, declared.scale, absent)


def _filled(declared: Input, values: Any, absent: Any, closed: bool) -> tuple[Any, Any]:
    filling = declared.default if declared.default is not None else declared.silent if closed else None
    missing = absent == MISSING
    if filling is not None:
        values, absent = np.where(missing, int(filling), values), np.where(missing, np.uint8(KNOWN), absent)
    elif declared.blank_not_applicable:
        absent = np.where(missing, np.uint8(NOT_APPLICABLE), absent)
    values = np.where(absent == KNOWN, values, 0)
    return values, absent if absent.any() else None


def _nothing(declared: Input, size: int, closed: bool) -> Any:
    empty = Column(np.zeros(size, dtype=np.int64), np.full(size, MISSING, dtype=np.uint8))
    return read_column(declared, empty, slice(None), closed)


class ItemFrame(Frame):
    """The rows of an item table: its own columns first, then those of the candidate."""

    def __init__(self, parent: Frame, table: str, source: ItemTable, order: Any, owners: Any) -> None:
        super().__init__(parent.set, len(owners), parent, owners)
        self.table_name, self.source, self.order = table, source, order

    def _measure(self, name: str) -> Any:
        declared = self.set.tables[self.table_name]
        derived = self.set.table_derived[self.table_name].get(name)
        if derived is not None:
            return derived.evaluate(self)
        column = self.source.columns.get(name)
        if name in declared.columns:
            if column is None:
                return _nothing(declared.columns[name], self.size, self.root.closed)
            if declared.columns[name].kind.name == kinds.TEXT:
                column = self.root.encode(column)
            return read_column(declared.columns[name], column, self.order, self.root.closed)
        if name == declared.key:
            keys = np.array(self.source.keys, dtype=object)
            return read_column(Input(name, name, kinds.TEXTS), self.root.encode(Column(keys)), self.order, False)
        return super()._measure(name)


class GroupFrame(Frame):
    """Groups of rows of an item table with the same value, for `over` with `by`."""

    def __init__(self, parent: Frame, table: str, items: Items, owners: Any, groups: Any) -> None:
        super().__init__(parent.set, len(owners), parent, owners)
        self.table_name, self._group_items = table, Items(items.rows, groups, items.size, True, np.zeros(len(owners), dtype=bool))
        self.own: dict[int, Any] = {}

    def gathered(self, term: Any, compute: Callable[[Any], Any]) -> Any:
        if getattr(term, "table", None) != self.table_name:
            return super().gathered(term, compute)
        if id(term) not in self.own:
            self.own[id(term)] = compute(self)
        return self.own[id(term)]

    def items(self, table: str) -> Any:
        return self._group_items if table == self.table_name else super().items(table)


class Items:
    """The rows of an item table in key order, grouped by owner."""

    def __init__(self, rows: Any, owners: Any, size: int, handed_in: bool, lacking: Any) -> None:
        self.rows, self.owners, self.size, self.handed_in, self._lacking = rows, owners, size, handed_in, lacking

    def lacking(self) -> Any:
        """Bool per candidate: an expected key is not there."""
        return self._lacking

    @classmethod
    def of(cls, root: RootFrame, table: str) -> Items:
        declared = root.set.tables[table]
        source = root.item_tables.get(table)
        if source is None:
            empty = ItemFrame(root, table, ItemTable([], {}, []), np.array([], dtype=np.int64), np.array([], dtype=np.int64))
            return cls(empty, empty.pick, 0, False, np.zeros(root.size, dtype=bool))
        if declared.link is not None:
            return cls._linked(root, table, source, declared.link)
        rows = [row for row, owner in enumerate(source.owners) if owner in root.places]
        keys = source.keys or [""] * source.size
        rows.sort(key=lambda row: (root.places[source.owners[row]], natural_key(keys[row])))
        order = np.array(rows, dtype=np.int64)
        owners = np.array([root.places[source.owners[row]] for row in rows], dtype=np.int64)
        lacking = np.zeros(root.size, dtype=bool)
        if declared.keys:
            have: dict[int, set[str]] = {}
            for row, owner in zip(rows, owners, strict=True):
                have.setdefault(int(owner), set()).add(keys[row])
            lacking = np.array([not set(declared.keys) <= have.get(place, set()) for place in range(root.size)], dtype=bool)
        return cls(ItemFrame(root, table, source, order, owners), owners, len(rows), True, lacking)

    @classmethod
    def _linked(cls, root: RootFrame, table: str, source: ItemTable, link: str) -> Items:
        """Rows that belong to whoever names their id in the attribute `link`."""
        wanted = root.measure(link)
        by_owner: dict[str, list[int]] = {}
        for row, owner in enumerate(source.owners):
            by_owner.setdefault(owner, []).append(row)
        keys = source.keys or [""] * source.size
        pairs = []
        for place in range(root.size):
            code = wanted.at(place)
            text = root.words[int(code)] if code is not None and root.set.inputs[link].kind.name == kinds.TEXT else ""
            pairs += [(place, row) for row in sorted(by_owner.get(text, ()), key=lambda r: natural_key(keys[r]))]
        owners = np.array([place for place, _ in pairs], dtype=np.int64)
        order = np.array([row for _, row in pairs], dtype=np.int64)
        return cls(ItemFrame(root, table, source, order, owners), owners, len(pairs), True, np.zeros(root.size, dtype=bool))


