"""Where a sheet keeps what formulas read, and what formulas know beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from criteria.criteria_set import CriteriaSet
from criteria.inputs import Input
from records.spreadsheets.writing import EMPTY, KAD, Unsayable
from scoring.outline import Outline, outline
from scoring.tables import Period

CLAIMED = '"x"'


class Cells(Protocol):
    """References such as E5 or 'Tu cham'!$E$5; None where the sheet has no such cell.

    Input cells: a number (a measure in % as 87,25), có / không, the word of a level, a real date, a text; KAD; empty means missing.
    """

    def figure(self, name: str) -> str | None:
        """A measure or an attribute."""
        ...

    def previous(self, name: str) -> str | None:
        """The same of the round before."""
        ...

    def judged(self, criterion: str) -> str | None:
        """The mark a person gives to a criterion or an entry."""
        ...

    def claim(self, criterion: str) -> str | None:
        """x: the criterion is claimed not to apply."""
        ...

    def points(self, node: str) -> str | None:
        """Points of a node or of an entry with an id; "" is the whole. A number, KAD, or empty while figures are missing."""
        ...

    def maximum(self, node: str) -> str | None:
        """The maximum in force of a node; "" is the whole."""
        ...


@dataclass(frozen=True)
class Before:
    """The cells of the round before, read as if they were this round's."""

    cells: Cells

    def figure(self, name: str) -> str | None:
        return self.cells.previous(name)

    def previous(self, name: str) -> str | None:
        return None

    def judged(self, criterion: str) -> str | None:
        return None

    claim = points = maximum = judged


@dataclass
class Sheet:
    """What a formula is made from. closed: the verifying bodies have closed their checks, `silent` counts. so_far: total and share are
    those so far, as ranks read them.

    decided: the sheet has points and no figures. What stops, `when` and `zero` say is in the cells of the criteria already, and one that
    waits shows a word of its own ("chưa có") instead of the empty text. Such a formula is right for the rows whose conditions hold;
    who writes it holds what it gives against the engine (see reading.py).
    """

    criteria: CriteriaSet
    cells: Cells
    closed: bool = False
    period: Period | None = None
    so_far: bool = False
    decided: bool = False
    _outline: list[Outline] = field(default_factory=list)

    @property
    def tree(self) -> Outline:
        if not self._outline:
            self._outline.append(outline(self.criteria))
        return self._outline[0]

    @property
    def rounds_leaves(self) -> bool:
        return self.criteria.declaration.points.round_at == "leaf"

    def figure(self, name: str) -> tuple[str, Input]:
        """The cell of an input. Raises Unsayable."""
        cell = self.cells.figure(name)
        if cell is None:
            raise Unsayable(f"no cell for {name}")
        return cell, self.criteria.inputs[name]

    def points(self, node: str) -> str:
        cell = self.cells.points(node)
        if cell is None:
            raise Unsayable(f"no cell for the points of {node or 'the whole'}")
        return cell

    def maximum(self, node: str) -> str:
        cell = self.cells.maximum(node)
        if cell is None:
            raise Unsayable(f"no cell for the maximum of {node or 'the whole'}")
        return cell

    def waits(self, cell: str) -> str:
        """The condition that a cell of points says that something is still to come."""
        return f"AND(ISTEXT({cell}),{cell}<>{KAD})" if self.decided else f"{cell}={EMPTY}"

    def filling(self, declared: Input) -> int | bool | None:
        """What an empty cell means."""
        return declared.default if declared.default is not None else declared.silent if self.closed else None
