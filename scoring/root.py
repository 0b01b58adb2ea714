"""The root frame: the whole table, its item tables, the round before, the pools."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from criteria.criteria_set import CriteriaSet
from criteria.exact import KNOWN, MISSING, Quantity, Truth, constant
from criteria.expressions import kinds
from criteria.expressions.functions_pool import PoolAggregate
from scoring.columns import empty_column, read_column
from scoring.frame import BlockFrame
from scoring.items import Items
from scoring.outline import Outline, outline
from scoring.tables import Column, ItemTable, Period, Table, natural_key


class RootFrame(BlockFrame):
    """The whole table, with the item tables, the round before and the pool."""

    def __init__(
        self,
        bound: CriteriaSet,
        table: Table,
        items: Mapping[str, ItemTable],
        previous: RootFrame | None,
        closed: bool,
        period: Period | None,
        pool: str | None,
        scorer: Callable[[Any], Any],
        left_out: Callable[[Any], Any],
    ) -> None:
        self.make_scorer, self._left_out = scorer, left_out
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
        self.pool_memo: dict[int, list[PoolAggregate]] = {}  # see node_result.pool_terms

    @cached_property
    def outline(self) -> Outline:
        """The tree of the set."""
        return outline(self.set)

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
            return empty_column(declared, size, self.closed)
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
                inner = np.broadcast_to(
                    np.asarray(value.value if isinstance(value, Truth) else value.num), (self.size,)
                ).astype(np.int64)
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
                codes = (
                    values - low
                    if values.max(initial=0) - low < 4 * self.size + 64
                    else np.unique(values, return_inverse=True)[1].astype(np.int64)
                )
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
        return (
            texts
            if column.absent is None
            else [t if a == KNOWN else "" for t, a in zip(texts, column.absent, strict=True)]
        )

    def competing(self) -> Any:
        """Those no gate or stop leaves out; gates that read the pool themselves are not looked at."""
        if self._competing is None:
            self._competing = ~self._left_out(self)
        return self._competing
