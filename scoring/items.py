"""Item tables: their rows as frames, grouped by the candidate they belong to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from criteria.expressions import kinds
from criteria.inputs import Input
from scoring.columns import empty_column, read_column
from scoring.frame import Frame
from scoring.tables import Column, ItemTable, natural_key

if TYPE_CHECKING:
    from scoring.root import RootFrame


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
                return empty_column(declared.columns[name], self.size, self.root.closed)
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
        self.table_name, self._group_items = (
            table,
            Items(items.rows, groups, items.size, True, np.zeros(len(owners), dtype=bool)),
        )
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
            empty = ItemFrame(
                root, table, ItemTable([], {}, []), np.array([], dtype=np.int64), np.array([], dtype=np.int64)
            )
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
            lacking = np.array(
                [not set(declared.keys) <= have.get(place, set()) for place in range(root.size)], dtype=bool
            )
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
        return cls(
            ItemFrame(root, table, source, order, owners), owners, len(pairs), True, np.zeros(root.size, dtype=bool)
        )
