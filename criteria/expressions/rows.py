"""What a term may ask of the rows it is evaluated on. scoring/ provides them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from criteria.exact import Quantity, Truth


class Items(Protocol):
    """The rows of an item table, grouped by the candidate they belong to."""

    handed_in: bool
    rows: Rows
    owners: Any
    size: int

    def lacking(self) -> Any: ...


class Rows(Protocol):
    """Candidates (or item rows) as columns. size: how many."""

    size: int

    @property
    def period(self) -> Any: ...

    @property
    def holidays(self) -> tuple[date, ...]: ...

    def measure(self, name: str) -> Any: ...

    def quantity(self, name: str) -> Any: ...

    def text_code(self, text: str) -> int: ...

    def text_at(self, name: str, row: int) -> str: ...

    def items(self, table: str) -> Items: ...

    def gathered(self, term: Any, compute: Callable[[Any], Any]) -> Any:
        """The value of a term that looks across rows, computed once for all of them."""
        ...

    def previous(self, part: Any) -> Any: ...

    def pools(self, narrow: Any) -> tuple[Any, int]: ...

    def competing(self) -> Any: ...

    def decided_out(self, node: str) -> Any:
        """A truth: whether people took a criterion out of what is measured (does not apply, closed), unknown while they
        have not concluded; None when they say nothing."""
        ...

    def total(self) -> Quantity: ...

    def maximum(self) -> Quantity: ...

    def share(self) -> Quantity: ...

    def node_points(self, node: str) -> Quantity: ...

    def node_share(self, node: str) -> Quantity: ...

    def grade(self) -> Quantity: ...

    def leaves(self, parts: bool) -> list[tuple[Any, Truth]]:
        """(rows bound to one leaf, whether the leaf is in force) for every leaf, or every top node."""
        ...
