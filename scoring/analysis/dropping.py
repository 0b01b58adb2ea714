"""Places without each criterion in turn: which criterion alone decides who stands where. For trial standards only."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scoring.engine import score
from scoring.result import Result
from scoring.tables import Decision, natural_key


@dataclass(frozen=True)
class PlaceMove:
    """A candidate whose place is another. None: without a place."""

    id: str
    name: str
    before: int | None
    after: int | None

    @property
    def places(self) -> int:
        """How many places it goes up (below 0: down); 0 where one of the two has none."""
        return self.before - self.after if self.before is not None and self.after is not None else 0


@dataclass(frozen=True)
class Dropped:
    """A criterion left out. moves: everybody with another place, the farthest first. ranked: who had a place. leaders: others are first."""

    id: str
    text: str
    moves: tuple[PlaceMove, ...]
    ranked: int
    leaders: bool

    @property
    def farthest(self) -> int:
        return max((abs(one.places) for one in self.moves), default=0)


def drop_each(result: Result) -> list[Dropped]:
    """The set scored once without each criterion, in document order.

    Left out is what applies to nobody: its points go where the standard itself sends those of a criterion that does not apply
    (out of the maximum, or to the others of its part where that is scaled back).
    """
    return [_compared(result, without(result, node.id), node.id, node.text) for node in result.set.leaves()]


def without(result: Result, *criteria: str) -> Result:
    """The same figures scored as if some criteria applied to nobody."""
    root = result.root
    out = Decision.left_out(np.ones(result.size, dtype=bool))
    table = replace(root.table, decisions={**root.table.decisions, **dict.fromkeys(criteria, out)})
    before = root.before
    return score(
        result.set,
        table,
        root.item_tables,
        before.table if before is not None else None,
        previous_items=before.item_tables if before is not None else None,
        closed=root.closed,
        period=result.period or None,
        pool=root.pool_name,
    )


def _compared(result: Result, other: Result, ident: str, text: str) -> Dropped:
    moved = [
        PlaceMove(result.ids[row], result.names[row], int(result.ranks[row]) or None, int(other.ranks[row]) or None)
        for row in np.flatnonzero(np.asarray(result.ranks) != np.asarray(other.ranks)).tolist()
    ]
    moved.sort(key=lambda one: (-abs(one.places), natural_key(one.id)))
    first = (np.asarray(result.ranks) == 1) != (np.asarray(other.ranks) == 1)
    ranked = int((np.asarray(result.ranks) > 0).sum())
    return Dropped(ident, " ".join(text.split()), tuple(moved), ranked, bool(first.any()))
