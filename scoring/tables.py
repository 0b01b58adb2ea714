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
    """What people have settled about one criterion, beside the figures: it does not apply to some candidates.

    out: bool of shape (n,). reasons: by row, what explanations say (the claim or the decision behind it).
    """

    out: Any
    reasons: Mapping[int, str] = field(default_factory=dict)


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
