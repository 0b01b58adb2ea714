"""The result of a scoring: columns of points and states, and one candidate at a time."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from criteria.criteria_set import TRIAL_STAMP, CriteriaSet
from criteria.exact import Quantity, show_decimal
from criteria.problems import Problem
from scoring import states
from scoring.controls import Outcome
from scoring.grades import Graded
from scoring.root import RootFrame

if TYPE_CHECKING:
    import pandas


ILLUSTRATION = "SỐ LIỆU MINH HỌA"  # a column headed so marks a table as illustrative


@dataclass(frozen=True)
class CriterionResult:
    """One criterion of one candidate. points, maximum: exact, in points. kind: leaf, part, less, plus or total."""

    id: str
    points: Fraction
    maximum: Fraction
    state: str
    kind: str


@dataclass(frozen=True)
class CandidateResult:
    """Everything about one candidate.

    share: points / maximum in force, None when nothing is in force. rank: None when not ranked. eligible: None while a gate is unclear.
    gates: (criterion, sentence) of every gate and stop that fails; open: what is not settled; notes: flags, caps, quotas.
    """

    id: str
    name: str
    pool: str
    criteria: dict[str, CriterionResult]
    total: Fraction
    maximum: Fraction
    share: Fraction | None
    grade: str | None
    rank: int | None
    tied: bool | None
    eligible: bool | None
    provisional: bool
    quota: str | None
    gates: list[tuple[str, str]]
    open: list[tuple[str, str]]
    notes: list[str]
    quantities: dict[str, Fraction | None]


@dataclass
class Result:
    """A scored table. Arrays have one row per candidate, in the order of the table.

    eligible: int8, 1 may be graded and ranked, 0 fails a gate or stop, -1 unclear. ranks: 0 without a place. tied: shares its place.
    Points, states and branch codes are asked for by id of node or entry; "" is the whole.
    """

    set: CriteriaSet
    root: RootFrame
    eligible: Any
    graded: Graded
    ranks: Any
    tied: Any
    outcomes: list[Outcome]
    problems: tuple[Problem, ...] = ()
    period: str = ""
    points_decision: str = ""

    @cached_property
    def ids(self) -> list[str]:
        return list(self.root.table.ids)

    @cached_property
    def names(self) -> list[str]:
        return list(self.root.table.names) if self.root.table.names else [""] * self.size

    @cached_property
    def pools(self) -> list[str]:
        """The pool of every candidate as people read it."""
        return self.root.pool_names()

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of every candidate."""
        return self.root.places

    @property
    def stamps(self) -> list[str]:
        """What every print of this result says: trial points or the document that decided them, illustrative data."""
        found = list(self.set.stamps)
        if self.points_decision:
            found = [f"điểm theo {self.points_decision}" if stamp == TRIAL_STAMP else stamp for stamp in found]
        return found if ILLUSTRATION in found or ILLUSTRATION not in self.root.table.extra else [*found, ILLUSTRATION]

    @property
    def size(self) -> int:
        return self.root.size

    def points(self, node_id: str = "") -> Quantity:
        """Exact points of a node, an entry or the total ("")."""
        return self.root.result(node_id).points

    def state(self, node_id: str = "") -> Any:
        """uint8 states (scoring.states), None when all are scored."""
        return self.root.result(node_id).state

    def code(self, node_id: str) -> Any:
        """The branch the shape took on every row, or None."""
        return self.root.result(node_id).code

    @property
    def printed(self) -> list[tuple[str, str]]:
        """Ids of nodes and entries in document order, with their kind."""
        entries = self.set.printed_entries()
        found: list[tuple[str, str]] = []
        for node in self.set.printed_nodes():
            found.append((node.id, "part" if node.parts and node.over is None else "leaf"))
            found += [(entry.id or "", _sign(node, entry)) for owner, entry in entries if owner == node.id]
        return found + [(entry.id or "", _sign(self.set.declaration, entry)) for owner, entry in entries if owner == ""]

    def candidate(self, candidate: str) -> CandidateResult:
        """One candidate by id. Raises KeyError."""
        return self.at(self.rows[candidate])

    def at(self, row: int) -> CandidateResult:
        root = self.root.result("")
        criteria = {node_id: self._criterion(node_id, kind, row) for node_id, kind in self.printed}
        maximum = root.maximum.at(row) or Fraction(0)
        total = root.points.at(row) or Fraction(0)
        level = int(self.graded.level[row])
        eligible = int(self.eligible[row])
        waits = bool(root.state is not None and states.waiting(root.state)[row])
        return CandidateResult(
            id=self.ids[row],
            name=self.names[row],
            pool=self.pools[row],
            criteria=criteria,
            total=total,
            maximum=maximum,
            share=total / maximum if maximum else None,
            grade=self.set.grade_names[level] if level >= 0 else None,
            rank=int(self.ranks[row]) or None,
            tied=bool(self.tied[row]) if self.ranks[row] else None,
            eligible={1: True, 0: False, -1: None}[eligible],
            provisional=waits,
            quota=(None, "outside", "tied_at_line")[int(self.graded.quota[row])],
            gates=[(o.node, o.control.say) for o in self.outcomes if o.kind != "flag" and o.fails[row]],
            open=self._open(row, criteria),
            notes=self._notes(row),
            quantities=self._quantities(row),
        )

    def _criterion(self, node_id: str, kind: str, row: int) -> CriterionResult:
        result = self.root.result(node_id)
        state = states.NAMES[int(result.state[row])] if result.state is not None else "scored"
        return CriterionResult(
            node_id, result.points.at(row) or Fraction(0), result.maximum.at(row) or Fraction(0), state, kind
        )

    def _open(self, row: int, criteria: dict[str, CriterionResult]) -> list[tuple[str, str]]:
        """What still waits: criteria, entries, gates that cannot be decided, an open grade."""
        words = dict(zip(states.NAMES, states.VIETNAMESE, strict=True))
        waits = {states.NAMES[s] for s in range(len(states.NAMES)) if states._WAITING[s]}
        found = [
            (c.id, words[c.state])
            for c in criteria.values()
            if c.state in waits and not (c.kind == "part" and c.state == "open")
        ]
        found += [
            (o.node, f"điều kiện chưa kết luận được: {o.control.say}")
            for o in self.outcomes
            if o.kind != "flag" and o.unclear[row]
        ]
        if self.root.result("").state is not None and states.waiting(self.root.result("").state)[row] and not found:
            found = [(c.id, words[c.state]) for c in criteria.values() if c.state in waits]
        return found

    def _notes(self, row: int) -> list[str]:
        flags = [o.control.say for o in self.outcomes if o.kind == "flag" and o.fails[row]]
        asked = (
            ["Đồng hạng: chờ quyết định"]
            if self.set.declaration.rank and self.set.declaration.rank.ties == "ask" and self.tied[row]
            else []
        )
        unplaced = self.root.table.unplaced.get(row)
        return [*([unplaced] if unplaced else []), *flags, *self.graded.reasons.get(row, []), *asked]

    def _quantities(self, row: int) -> dict[str, Fraction | None]:
        found: dict[str, Fraction | None] = {}
        for name in self.set.declaration.quantities:
            value = self.root.quantity(name)
            if isinstance(value, Quantity):
                found[name] = value.at(row)
        return found

    def shown_quantity(self, name: str, value: Fraction | None) -> str:
        """A named quantity in the unit it is shown in."""
        if value is None:
            return ""
        declared = self.set.declaration.quantities[name]
        return show_decimal(value * 100 if declared.show == "percent" else value, declared.places)

    def to_frame(self) -> pandas.DataFrame:
        """A pandas table: id, name, pool, one column of Decimal per criterion, total, maximum, grade, rank, tied."""
        import pandas as pd

        from criteria.exact import as_decimal

        places = self.set.places
        data: dict[str, Any] = {"id": self.ids, "name": self.names, "pool": self.pools}
        for node_id in [*(node_id for node_id, _ in self.printed), ""]:
            values = self.root.result(node_id).points
            data[node_id or "total"] = [as_decimal(values.at(row) or Fraction(0), places) for row in range(self.size)]
        maximum = self.root.result("").maximum
        data["maximum"] = [as_decimal(maximum.at(row) or Fraction(0), places) for row in range(self.size)]
        names = self.set.grade_names
        data["grade"] = [names[level] if level >= 0 else None for level in self.graded.level]
        data["rank"] = [int(rank) or None for rank in self.ranks]
        data["tied"] = self.tied
        return pd.DataFrame(data)


def _sign(branch: Any, entry: Any) -> str:
    return "less" if branch.less is not None and any(e is entry for e in branch.less.walk()) else "plus"


def same_printed_different_rank(result: Result) -> list[tuple[int, int]]:
    """Rows whose printed totals are equal and whose ranks are not, where ranks use the exact fraction."""
    if result.set.declaration.points.round_at != "print":
        return []
    places, seen, found = result.set.places, {}, []  # type: ignore[var-annotated]
    for row in np.argsort(result.ranks, kind="stable"):
        if not result.ranks[row]:
            continue
        key = (result.pools[row], show_decimal(result.points().at(int(row)) or Fraction(0), places))
        if key in seen and result.ranks[seen[key]] != result.ranks[row]:
            found.append((seen[key], int(row)))
        seen.setdefault(key, int(row))
    return found
