"""What a node has earned, and how conditions and pools are read beside it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from criteria.declarations.node import Branch, Node
from criteria.exact import KNOWN, MISSING, Quantity, Truth, constant, read_decimal
from criteria.exact.truth import choose
from criteria.expressions.formula import Condition, Formula
from criteria.expressions.functions_pool import PoolAggregate
from criteria.expressions.terms import Named, Term
from criteria.shapes.base import Shape
from scoring import states
from scoring.states import DOES_NOT_APPLY, State

ZERO = constant(0)


@dataclass(frozen=True)
class NodeResult:
    """points: known on every row, 0 where nothing is settled. maximum: in force. mark: the full mark.

    state: see scoring.states. code: the branch of the shape. nothing: rows that do not apply because there was nothing to measure.
    before, lost, gained: the points before less and plus, and what these made, where a node has them.
    """

    points: Quantity
    maximum: Quantity
    mark: Quantity
    state: State = None
    code: Any = None
    nothing: Any = None
    before: Quantity | None = None
    lost: Quantity | None = None
    gained: Quantity | None = None


def over_mark(frame: Any, node: Node) -> Quantity:
    """The mark of a node repeated and summed: its cap, or none."""
    assert node.over is not None
    return node.over.cap.points(frame, ZERO) if node.over.cap is not None else ZERO


def floor_of(branch: Branch) -> Quantity:
    digits, decimals = read_decimal(branch.floor) if branch.floor is not None else (0, 0)
    return constant(Fraction(digits, 10**decimals))


def settled(points: Quantity, state: State) -> Quantity:
    """Points that are known on every row: 0 where something is lacking."""
    if points.absent is None:
        return points
    value = points.with_absent(None)
    return (
        value
        if state is None
        else choose(np.broadcast_to(np.asarray(points.absent), np.shape(state)) != KNOWN, ZERO, value)
    )


def held(condition: Condition, frame: Any) -> Truth:
    """A condition as controls read it: missing while a pool it reads is provisional."""
    truth = condition.truth(frame)
    for term in pool_terms(frame, condition):
        rows = term.unsettled(frame)
        if rows.any():
            absent = truth.absent if truth.absent is not None else np.uint8(KNOWN)
            truth = Truth(truth.value, np.where(rows, np.maximum(absent, np.uint8(MISSING)), absent))
    return truth


def unknown(truth: Truth, size: int) -> Any:
    """Bool per row: neither true nor false, and not decided not applicable."""
    if truth.absent is None:
        return np.zeros(size, dtype=bool)
    absent = np.broadcast_to(np.asarray(truth.absent), (size,))
    return (absent != KNOWN) & (states.of_absence(absent, size) != DOES_NOT_APPLY)


def pool_terms(frame: Any, reader: Formula | Shape) -> list[PoolAggregate]:
    """The pool functions that an expression or a shape reads, through measures and named quantities too."""
    memo: dict[int, list[PoolAggregate]] = frame.root.pool_memo
    key = id(reader)
    if key not in memo:
        found: list[PoolAggregate] = []
        for formula in reader.formulas() if isinstance(reader, Shape) else [reader]:
            if formula.bound:
                found += [t for t in deep_terms(frame.root.set, formula.term, set()) if isinstance(t, PoolAggregate)]
        memo[key] = found
    return memo[key]


def deep_terms(bound: Any, term: Term, seen: set[str]) -> list[Term]:
    """A term, its parts, and those of the named quantities it reads."""
    found = []
    for part in term.walk():
        found.append(part)
        if isinstance(part, Named) and part.name not in seen:
            seen.add(part.name)
            for formula in bound.declaration.quantities[part.name].formulas():
                if formula.bound:
                    found += deep_terms(bound, formula.term, seen)
    return found
