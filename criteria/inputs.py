"""Inputs: the columns a table must bring, worked out from the declarations."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from criteria.expressions import kinds
from criteria.expressions.kinds import Kind


@dataclass(frozen=True)
class Input:
    """One column of a table.

    decimals: decimals allowed; scale: 10**decimals, times 100 for a measure in %. at_least, at_most: a bound (Fraction) or the
    name of another column. default, silent: what an empty cell means always, or once the check is closed.
    """

    name: str
    label: str
    kind: Kind
    decimals: int = 0
    at_least: Fraction | str | None = None
    at_most: Fraction | str | None = None
    default: int | bool | None = None
    silent: int | bool | None = None
    blank_not_applicable: bool = False
    grid: Fraction | None = None
    judged: bool = False
    required: bool = True

    @property
    def scale(self) -> int:
        """The integer stored for 1."""
        return 10**self.decimals * (100 if self.kind.percent else 1) if self.kind.name == kinds.NUMBER else 1


@dataclass(frozen=True)
class TableInputs:
    """The columns of an item table."""

    name: str
    label: str
    key: str | None
    columns: dict[str, Input] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    link: str | None = None
    single: bool = False
    required: bool = True
