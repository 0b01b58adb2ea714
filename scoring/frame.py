"""Frames: rows on which expressions are evaluated. The whole table, a block of it, the rows of an item table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from criteria.criteria_set import CriteriaSet
from criteria.declarations.measures import NamedQuantity
from criteria.exact import KNOWN, MISSING, NOT_APPLICABLE, Quantity, Truth, constant
from scoring import states
from scoring.node_result import NodeResult
from scoring.tables import Period

if TYPE_CHECKING:
    from scoring.nodes import Scorer
    from scoring.root import RootFrame


class Frame:
    """Some rows of a parent frame. pick: which (slice or index array)."""

    def __init__(self, bound: CriteriaSet, size: int, parent: Frame | None, pick: Any) -> None:
        self.set, self.size, self.parent, self.pick = bound, size, parent, pick
        self.root: RootFrame = parent.root if parent is not None else self  # type: ignore[assignment]
        self.cache: dict[str, Any] = {}
        self.scorer: Scorer = self.root.make_scorer(self)
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

    def decision(self, node: str) -> Any:
        """The state per row that people have put on a node (SCORED: none); None when they say nothing of these rows."""
        found = self.parent.decision(node) if self.parent is not None else None
        return None if found is None else _said(found[self.pick])

    def decided_out(self, node: str) -> Truth | None:
        """Whether people took a candidate out of what a node measures; unknown while they have not concluded."""
        state = self.decision(node)
        if state is None:
            return None
        out = (state == states.DOES_NOT_APPLY) | (state == states.CLOSED)
        return Truth(out, np.where(states.waiting(state), np.uint8(MISSING), np.uint8(KNOWN)))

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
        absent = np.where(
            states.waiting(result.state) | (result.state == states.NOT_ASSESSED),
            np.uint8(MISSING),
            np.where(result.state == states.DOES_NOT_APPLY, np.uint8(NOT_APPLICABLE), np.uint8(KNOWN)),
        )
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


def _said(state: Any) -> Any:
    return state if state.any() else None


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

    def decision(self, node: str) -> Any:
        decision = self.root.table.decisions.get(node)
        return None if decision is None else _said(decision.state[self.pick])

    def row(self, number: int) -> Frame:
        return BlockFrame(self.set, 1, self.root, slice(self.pick.start + number, self.pick.start + number + 1))
