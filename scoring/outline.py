"""The tree of a set as tables, worked out once: who stands where, which stops come before."""

from __future__ import annotations

from dataclasses import dataclass

from criteria.criteria_set import CriteriaSet
from criteria.declarations.controls import Control
from criteria.declarations.node import Node


@dataclass(frozen=True)
class Outline:
    """The tree as tables: order counts nodes from 1 in document order, 0 is the root; ends: the last node below."""

    nodes: dict[str, Node]
    parents: dict[str, str]
    order: dict[str, int]
    ends: dict[str, int]
    owners: dict[str, str]
    stops: list[tuple[int, Control]]

    def at(self, place: int) -> str:
        """The id of the node that stands at a place of the document; "" is the root."""
        return next(node_id for node_id, order in self.order.items() if order == place)


def outline(bound: CriteriaSet) -> Outline:
    """The outline of a set."""
    made = Outline({}, {}, {"": 0}, {}, {entry.id or "": owner for owner, entry in bound.printed_entries()}, [])
    made.stops.extend((0, control) for control in bound.declaration.stop)

    def visit(node: Node, parent: str) -> None:
        place = len(made.order)
        made.nodes[node.id], made.parents[node.id], made.order[node.id] = node, parent, place
        made.stops.extend((place, control) for control in node.stop)
        for child in node.parts:
            visit(child, node.id)
        made.ends[node.id] = len(made.order) - 1

    for part in bound.declaration.parts:
        visit(part, "")
    made.ends[""] = len(made.order) - 1
    return made
