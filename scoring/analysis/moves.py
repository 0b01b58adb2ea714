"""Moves (thay đổi): two results held against each other, candidate by candidate. Exact; the two may have different sets and rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from criteria.exact import Quantity
from scoring.result import CandidateResult, CriterionResult, Result
from scoring.states import SCORED
from scoring.tables import natural_key

FIELDS = ("total", "maximum", "share", "rank", "tied", "grade", "eligible", "quota", "provisional", "pool")


@dataclass(frozen=True)
class CriterionMove:
    """One criterion or entry of one candidate that is not the same. None: that set does not have it."""

    id: str
    kind: str
    before: CriterionResult | None
    after: CriterionResult | None

    @property
    def points(self) -> Fraction:
        """By how many points it moves; what a set does not have counts 0."""
        return _points(self.after) - _points(self.before)


@dataclass(frozen=True)
class Move:
    """One candidate that moves. before, after: None for who is new, who is gone. fields: which of FIELDS differ.

    criteria: what differs in points, maximum or state (parts too), in document order of `after`, then of `before`.
    """

    candidate: str
    name: str
    before: CandidateResult | None
    after: CandidateResult | None
    fields: tuple[str, ...] = ()
    criteria: tuple[CriterionMove, ...] = ()

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_gone(self) -> bool:
        return self.after is None

    @property
    def points(self) -> Fraction | None:
        """By how many points the total moves; None for who is new or gone."""
        return self.after.total - self.before.total if self.before is not None and self.after is not None else None

    @property
    def places(self) -> int | None:
        """How many places it goes up (below 0: down); None where one of the two has no place."""
        if self.before is None or self.after is None or self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank - self.after.rank

    @cached_property
    def reasons(self) -> tuple[CriterionMove, ...]:
        """The criteria and entries (no parts) that make the difference, the largest first."""
        own = [one for one in self.criteria if one.kind != "part"]
        return tuple(sorted(own, key=lambda one: -abs(one.points)))


def moves(before: Result, after: Result) -> list[Move]:
    """Everyone of whom something differs: FIELDS, or points, maximum or state of a criterion; who is new, who is gone.

    Largest change of points first, then of places, then by id; who is new or gone last. A criterion that only one of the sets has
    counts as different where it has points or a maximum in force.
    """
    shared = [candidate for candidate in after.ids if candidate in before.rows]
    found = list(_moved(before, after, shared))
    found.sort(key=_largest_first)
    new = sorted((one for one in after.ids if one not in before.rows), key=natural_key)
    gone = sorted((one for one in before.ids if one not in after.rows), key=natural_key)
    found += [_alone(None, after.candidate(one)) for one in new]
    return found + [_alone(before.candidate(one), None) for one in gone]


def untouched(before: Result, after: Result, found: list[Move]) -> int:
    """How many are in both results and in no move."""
    touched = {one.candidate for one in found}
    return sum(1 for one in after.ids if one in before.rows and one not in touched)


def _moved(before: Result, after: Result, shared: list[str]) -> Iterator[Move]:
    if not shared:
        return
    old = np.array([before.rows[one] for one in shared], dtype=np.int64)
    new = np.array([after.rows[one] for one in shared], dtype=np.int64)
    nodes = _node_moves(before, after, old, new)
    touched = _fields_moved(before, after, old, new)
    for rows in nodes.values():
        touched = touched | rows
    kinds = {**dict(before.printed), **dict(after.printed)}
    for place in np.flatnonzero(touched):
        was, now = before.at(int(old[place])), after.at(int(new[place]))
        yield Move(
            shared[place],
            now.name or was.name,
            was,
            now,
            tuple(name for name in FIELDS if getattr(was, name) != getattr(now, name)),
            tuple(
                CriterionMove(node, kinds[node], was.criteria.get(node), now.criteria.get(node))
                for node, rows in nodes.items()
                if rows[place]
            ),
        )


def _node_moves(before: Result, after: Result, old: Any, new: Any) -> dict[str, Any]:
    """By node or entry a bool per shared candidate: points, maximum or state differ."""
    mine, theirs = {node for node, _ in after.printed}, {node for node, _ in before.printed}
    order = [node for node, _ in after.printed]
    order += [node for node, _ in before.printed if node not in mine]
    found: dict[str, Any] = {}
    for node in order:
        if node in mine and node in theirs:
            rows = _node_differs(before, after, node, old, new)
        else:
            result, pick = (after, new) if node in mine else (before, old)
            whole = result.root.result(node)
            rows = _is_not(whole.points, pick) | _is_not(whole.maximum, pick)
        if rows.any():
            found[node] = rows
    return found


def _node_differs(before: Result, after: Result, node: str, old: Any, new: Any) -> Any:
    was, now = before.root.result(node), after.root.result(node)
    rows = _differs(was.points, now.points, old, new) | _differs(was.maximum, now.maximum, old, new)
    return rows | (_codes(was.state, before.size)[old] != _codes(now.state, after.size)[new])


def _fields_moved(before: Result, after: Result, old: Any, new: Any) -> Any:
    rows = _node_differs(before, after, "", old, new)
    for a, b in ((before.ranks, after.ranks), (before.tied, after.tied), (before.eligible, after.eligible)):
        rows = rows | (a[old] != b[new])
    rows = rows | (before.graded.quota[old] != after.graded.quota[new])
    for a, b in ((_grades(before), _grades(after)), (before.pools, after.pools)):
        texts = np.array(a, dtype=object)[old] != np.array(b, dtype=object)[new]
        rows = rows | texts
    return rows


def _grades(result: Result) -> list[str]:
    """The grade of every row, "" where it has none."""
    names = result.set.grade_names
    return [names[level] if level >= 0 else "" for level in result.graded.level.tolist()]


def _differs(one: Quantity, other: Quantity, old: Any, new: Any) -> Any:
    found = one.take(old).compare(np.not_equal, other.take(new))
    return np.broadcast_to(np.asarray(found, dtype=bool), (len(old),))


def _is_not(quantity: Quantity, rows: Any) -> Any:
    """Where a quantity is not 0."""
    num = quantity.take(rows).num
    return np.broadcast_to(np.asarray(num != 0, dtype=bool), (len(rows),))


def _codes(state: Any, size: int) -> Any:
    return np.full(size, SCORED, dtype=np.uint8) if state is None else np.broadcast_to(state, (size,))


def _points(one: CriterionResult | None) -> Fraction:
    return one.points if one is not None else Fraction(0)


def _largest_first(one: Move) -> tuple[Fraction, int, tuple[int, int, str]]:
    return -abs(one.points or Fraction(0)), -abs(one.places or 0), natural_key(one.candidate)


def _alone(before: CandidateResult | None, after: CandidateResult | None) -> Move:
    known = after or before
    assert known is not None
    return Move(known.id, known.name, before, after)
