"""What is scored: columns of integers, with what is absent beside them. No file, no person, no day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Column:
    """values: int64 (or Python ints, dtype object) of shape (n,), scaled by the input's `scale`; text columns hold str.

    absent: uint8 of shape (n,), criteria.exact KNOWN … NOT_APPLICABLE, or None when everything is known.
    A yes/no is 0 or 1, a level its place in the declared list, a day the days since 1970-01-01.
    """

    values: Any
    absent: Any = None

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True)
class Decision:
    """What people have settled, or not yet settled, about one node (leaf, part, node with `over`), beside the figures.

    state: uint8 of shape (n,), codes of scoring.states.DECIDED; SCORED: nothing is said, the figures decide.
    reasons: by row, what explanations say (the claim, who has not concluded, the decision behind it).
    Raises ValueError for any other code.
    """

    state: Any
    reasons: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        import numpy as np

        from scoring import states

        given = np.asarray(self.state)
        if given.ndim != 1 or not np.isin(given, states.DECIDED).all():
            raise ValueError("a decision is an array of codes of scoring.states.DECIDED")
        object.__setattr__(self, "state", given.astype(np.uint8))

    @property
    def out(self) -> Any:
        """Bool of shape (n,): to whom the node does not apply."""
        from scoring import states

        return self.state == states.DOES_NOT_APPLY

    @classmethod
    def left_out(cls, rows: Any, reasons: Mapping[int, str] | None = None) -> Decision:
        """The node does not apply to the candidates of a mask (bool of shape (n,))."""
        import numpy as np

        from scoring import states

        out = np.where(np.asarray(rows, dtype=bool), np.uint8(states.DOES_NOT_APPLY), np.uint8(states.SCORED))
        return cls(out, reasons or {})


@dataclass(frozen=True)
class Table:
    """One row per candidate. ids are unique; names and other texts are for people. decisions: by id of node.

    unplaced: by row, why a candidate is scored and shown but takes no place (has not handed anything in).
    """

    ids: Sequence[str]
    columns: Mapping[str, Column]
    names: Sequence[str] = ()
    extra: Mapping[str, Sequence[str]] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    unplaced: Mapping[int, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class ItemTable:
    """Several rows per candidate. owners: the candidate's id (or what the table's `link` names) of every row."""

    owners: Sequence[str]
    columns: Mapping[str, Column]
    keys: Sequence[str] = ()

    @property
    def size(self) -> int:
        return len(self.owners)


@dataclass(frozen=True)
class Period:
    """A round. year; month when it is one month; first and last day."""

    name: str
    year: int
    month: int | None
    first: Any
    last: Any


def natural_key(text: str) -> tuple[int, int, str]:
    """Numbers before words, 2 before 10."""
    return (0, int(text), "") if text.isascii() and text.isdecimal() else (1, 0, text)
