"""The figures of one standard read by another: the same names, the other's units, decimals, levels and scales of marks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from criteria.criteria_set import CriteriaSet
from criteria.exact import KNOWN, MISSING
from criteria.expressions import kinds
from criteria.expressions.terms import Measured
from criteria.inputs import Input
from scoring import states
from scoring.node_result import deep_terms
from scoring.result import Result
from scoring.tables import Column, ItemTable, Table

ABSENT, KIND, LEVELS, DECIMALS, MARKS = "absent", "kind", "levels", "decimals", "marks"


@dataclass(frozen=True)
class Misfit:
    """A column that the new set reads otherwise than the old one, or does not find. name: of a measure, or table.column.

    why: ABSENT nobody was asked; KIND another kind of value, nothing is read; LEVELS, DECIMALS some values do not fit and are
    missing; MARKS points somebody gave in another range, taken in proportion. count: values concerned.
    """

    name: str
    label: str
    why: str
    count: int


@dataclass(frozen=True)
class Fitted:
    """Tables as the new set reads them, and what did not fit."""

    table: Table
    items: dict[str, ItemTable]
    misfits: tuple[Misfit, ...]


def fitted(table: Table, items: Mapping[str, ItemTable], old: CriteriaSet, new: CriteriaSet) -> Fitted:
    """Columns by equal names. What the new set declares and nobody reported is missing, never zero."""
    found: list[Misfit] = []
    columns = _columns(table.columns, old.inputs, new.inputs, "", table.size, found)
    lists = {}
    for name, declared in new.tables.items():
        source = items.get(name)
        if source is None:
            found.append(Misfit(name, declared.label, ABSENT, table.size))
            continue
        before = old.tables[name].columns if name in old.tables else {}
        inside = _columns(source.columns, before, declared.columns, f"{name}.", source.size, found)
        lists[name] = replace(source, columns=inside)
    decisions = {node: one for node, one in table.decisions.items() if new.node(node) is not None}
    return Fitted(replace(table, columns=columns, decisions=decisions), lists, tuple(found))


def lacking(result: Result) -> dict[str, list[int]]:
    """Rows that wait for a value nobody reported, by input: nothing stands in for it, and a criterion that reads it is not settled.

    An input that no criterion reads (a grade, a gate does) counts wherever it is missing.
    """
    table, found = result.root.table, {}
    readers = _readers(result.set)
    for name, declared in result.set.inputs.items():
        if not declared.required or declared.default is not None or declared.blank_not_applicable:
            continue
        column = table.columns.get(name)
        gone = np.ones(table.size, dtype=bool)
        if column is not None:
            gone = (
                np.asarray(column.absent) == MISSING if column.absent is not None else np.zeros(table.size, dtype=bool)
            )
        if name in readers:
            waits = np.zeros(table.size, dtype=bool)
            for node in readers[name]:
                waits |= np.broadcast_to(np.asarray(states.waiting(result.state(node))), (table.size,))
            gone = gone & waits
        if gone.any():
            found[name] = np.flatnonzero(gone).tolist()
    return found


def _readers(criteria: CriteriaSet) -> dict[str, list[str]]:
    """The criteria that read an input, through measures and quantities that are worked out, too; a mark is read by its criterion."""
    found: dict[str, list[str]] = {}
    for node in criteria.leaves():
        names = {
            term.name
            for formula in node.formulas()
            if formula.bound
            for term in deep_terms(criteria, formula.term, set())
            if isinstance(term, Measured)
        }
        for name in sorted(names) + ([node.id] if node.id in criteria.inputs else []):
            found.setdefault(name, []).append(node.id)
    return found


def _columns(
    columns: Mapping[str, Column],
    old: Mapping[str, Input],
    new: Mapping[str, Input],
    prefix: str,
    size: int,
    found: list[Misfit],
) -> dict[str, Column]:
    made = {name: column for name, column in columns.items() if name not in old}  # what pools are made of, and the like
    for name, declared in new.items():
        was, column = old.get(name), columns.get(name)
        if was is None or column is None:
            if declared.required and name not in columns:
                found.append(Misfit(prefix + name, declared.label, ABSENT, size))
            continue
        column, why, count = _column(column, was, declared)
        made[name] = column
        if count:
            found.append(Misfit(prefix + name, declared.label, why, count))
    return made


def _column(column: Column, was: Input, declared: Input) -> tuple[Column, str, int]:
    """The column as the new declaration counts it; why and how many values do not fit."""
    known = np.ones(len(column), dtype=bool) if column.absent is None else np.asarray(column.absent) == KNOWN
    if was.kind.name != declared.kind.name or was.kind.unit != declared.kind.unit:
        return _without(column, known), KIND, int(known.sum())
    if declared.kind.name == kinds.LEVEL:
        if was.kind.levels == declared.kind.levels:
            return column, "", 0
        there = {level: place for place, level in enumerate(declared.kind.levels)}
        place = np.array([there.get(level, -1) for level in was.kind.levels], dtype=np.int64)
        values = place[np.where(known, column.values, 0)]
        return (
            _without(Column(np.maximum(values, 0), column.absent), known & (values < 0)),
            LEVELS,
            int((known & (values < 0)).sum()),
        )
    if declared.kind.name != kinds.NUMBER:
        return column, "", 0
    if was.judged and declared.judged and (was.at_least, was.at_most) != (declared.at_least, declared.at_most):
        return _in_proportion(column, known, was, declared)
    if was.scale == declared.scale:
        return column, "", 0
    common = math.gcd(was.scale, declared.scale)
    values = np.asarray(column.values) * (declared.scale // common)
    odd = known & (values % (was.scale // common) != 0)
    fit = Column(values // (was.scale // common), column.absent)
    return _without(fit, odd), DECIMALS, int(odd.sum())


def _in_proportion(column: Column, known: Any, was: Input, declared: Input) -> tuple[Column, str, int]:
    """Points given in one range, as the same share of another; rounded half up to the decimals of the new column."""
    low, high = was.at_least, was.at_most
    start, end = declared.at_least, declared.at_most
    bounds = (low, high, start, end)
    if not all(isinstance(one, Fraction) for one in bounds) or low == high:
        return _without(column, known), KIND, int(known.sum())
    assert isinstance(low, Fraction) and isinstance(high, Fraction)
    assert isinstance(start, Fraction) and isinstance(end, Fraction)
    values = [
        math.floor(
            (start + (Fraction(int(v), was.scale) - low) * (end - start) / (high - low)) * declared.scale
            + Fraction(1, 2)
        )
        if k
        else 0
        for v, k in zip(column.values, known, strict=True)
    ]
    return Column(np.array(values, dtype=np.int64), column.absent), MARKS, int(known.sum())


def _without(column: Column, rows: Any) -> Column:
    """Missing on some rows."""
    if not rows.any():
        return column
    absent = np.zeros(len(column), dtype=np.uint8) if column.absent is None else np.asarray(column.absent)
    return Column(column.values, np.where(rows, np.uint8(MISSING), absent))
