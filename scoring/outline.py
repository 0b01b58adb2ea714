"""The tree of a set as tables, worked out once: who stands where, which stops come before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from criteria.declarations.node import Node


@dataclass(frozen=True)
class Outline:
    """The tree as tables: order counts nodes from 1 in document order, 0 is the root; ends: the last node below."""

    nodes: dict[str, Node]
    parents: dict[str, str]
    order: dict[str, int]
    ends: dict[str, int]
    owners: dict[str, str]
    stops: list[tuple[int, Any]]


def outline(bound: Any) -> Outline:
    """Worked out once for a set."""
    memo = bound.__dict__.get("_outline")
    if memo is None:
        memo = Outline({}, {}, {"": 0}, {}, {entry.id or "": owner for owner, entry in bound.printed_entries()}, [])
        memo.stops.extend((0, control) for control in bound.declaration.stop)

        def visit(node: Node, parent: str) -> None:
            place = len(memo.order)
            memo.nodes[node.id], memo.parents[node.id], memo.order[node.id] = node, parent, place
            memo.stops.extend((place, control) for control in node.stop)
            for child in node.parts:
                visit(child, node.id)
            memo.ends[node.id] = len(memo.order) - 1

        for part in bound.declaration.parts:
            visit(part, "")
        memo.ends[""] = len(memo.order) - 1
        bound.__dict__["_outline"] = memo
    return memo  # type: ignore[no-any-return]
