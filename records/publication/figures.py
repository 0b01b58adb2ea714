"""The tables that were scored, as they stand in an archive: written, and read again without a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from records.assembly import Assembled
from records.forms.layout import Layout
from scoring import states
from scoring.tables import Column, Decision, ItemTable, Table, natural_key

_DTYPES = {"text": object, "wide": object, "whole": np.int64}


@dataclass(frozen=True)
class Figures:
    """What scoring.score() takes beside the criteria."""

    table: Table
    items: Mapping[str, ItemTable] = field(default_factory=dict)
    previous: Table | None = None
    previous_items: Mapping[str, ItemTable] = field(default_factory=dict)


def figures_of(made: Assembled) -> Figures:
    return Figures(made.table, made.items, made.previous, made.previous_items)


def public(made: Assembled) -> Figures:
    """The same figures without what people wrote: reasons of decisions, names of assessors."""
    panels = Layout(made.criteria).panel_tables
    items = {name: _nameless(one) if name in panels else one for name, one in made.items.items()}
    before = {name: _nameless(one) if name in panels else one for name, one in made.previous_items.items()}
    return Figures(_wordless(made.table), items, _wordless(made.previous) if made.previous else None, before)


def document(figures: Figures) -> dict[str, Any]:
    """Figures as JSON. values: scaled whole numbers, or texts; absent: codes of criteria.exact, null when all is known."""
    before = None if figures.previous is None else _table(figures.previous)
    return {
        "table": _table(figures.table),
        "items": {name: _items(one) for name, one in figures.items.items()},
        "previous": before,
        "previous_items": {name: _items(one) for name, one in figures.previous_items.items()},
    }


def read_document(data: Mapping[str, Any]) -> Figures:
    """Raises KeyError, TypeError, ValueError, OverflowError for what document() cannot have written."""
    before = data["previous"]
    return Figures(
        _read_table(data["table"]),
        {name: _read_items(one) for name, one in data["items"].items()},
        None if before is None else _read_table(before),
        {name: _read_items(one) for name, one in data["previous_items"].items()},
    )


def _table(table: Table) -> dict[str, Any]:
    return {
        "ids": list(table.ids),
        "names": list(table.names),
        "extra": {name: list(texts) for name, texts in table.extra.items()},
        "columns": {name: _column(one) for name, one in table.columns.items()},
        "decisions": {name: _decision(one) for name, one in table.decisions.items()},
        "unplaced": {str(row): why for row, why in table.unplaced.items()},
    }


def _items(items: ItemTable) -> dict[str, Any]:
    return {
        "owners": list(items.owners),
        "keys": list(items.keys),
        "columns": {name: _column(one) for name, one in items.columns.items()},
    }


def _column(column: Column) -> dict[str, Any]:
    values = np.asarray(column.values)
    text = values.dtype == object and any(isinstance(value, str) for value in values)
    kind = (
        "text"
        if text or (values.dtype == object and not len(values))
        else "wide"
        if values.dtype == object
        else "whole"
    )
    return {
        "kind": kind,
        "values": [str(v) for v in values] if kind == "text" else [int(v) for v in values.tolist()],
        "absent": None if column.absent is None else np.asarray(column.absent).tolist(),
    }


def _decision(decision: Decision) -> dict[str, Any]:
    """By row, the state and its reason; rows of which nothing is said are left out."""
    return {
        str(row): [states.NAMES[int(decision.state[row])], decision.reasons.get(int(row), "")]
        for row in np.flatnonzero(decision.state)
    }


def _read_table(data: Mapping[str, Any]) -> Table:
    size = len(data["ids"])
    if len(set(data["ids"])) != size:
        raise ValueError("ids")
    found = Table(
        list(data["ids"]),
        {name: _read_column(one, size) for name, one in data["columns"].items()},
        list(data["names"]),
        {name: list(texts) for name, texts in data["extra"].items()},
        {name: _read_decision(one, size) for name, one in data["decisions"].items()},
        {int(row): str(why) for row, why in data["unplaced"].items()},
    )
    if any(len(texts) != size for texts in [found.names or found.ids, *found.extra.values()]):
        raise ValueError("extra")
    return found


def _read_items(data: Mapping[str, Any]) -> ItemTable:
    owners = list(data["owners"])
    columns = {name: _read_column(one, len(owners)) for name, one in data["columns"].items()}
    return ItemTable(owners, columns, list(data["keys"]))


def _read_column(data: Mapping[str, Any], size: int) -> Column:
    wanted = str if data["kind"] == "text" else int
    if len(data["values"]) != size or not all(type(value) is wanted for value in data["values"]):
        raise ValueError("values")
    values = np.array(data["values"], dtype=_DTYPES[data["kind"]])
    absent = data["absent"]
    if absent is not None and (len(absent) != size or not all(code in range(4) for code in absent)):
        raise ValueError("absent")
    return Column(values, None if absent is None else np.array(absent, dtype=np.uint8))


def _read_decision(data: Mapping[str, Any], size: int) -> Decision:
    codes, reasons = np.full(size, states.SCORED, dtype=np.uint8), {}
    for row, (state, why) in data.items():
        codes[int(row)] = states.NAMES.index(state)
        if why:
            reasons[int(row)] = str(why)
    return Decision(codes, reasons)


def _wordless(table: Table) -> Table:
    said = {name: Decision(one.state) for name, one in table.decisions.items()}
    return Table(table.ids, table.columns, table.names, table.extra, said, table.unplaced)


def _nameless(items: ItemTable) -> ItemTable:
    """Assessors by number instead of name, in the order of their names."""
    numbers = {name: str(n) for n, name in enumerate(sorted(set(items.keys), key=natural_key), 1)}
    return ItemTable(items.owners, items.columns, [numbers[name] for name in items.keys])
