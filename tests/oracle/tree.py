"""The nodes of a set in the order of the document, without those that are out of force."""

from __future__ import annotations

from typing import Any

from .values import read_truth


class Node:
    def __init__(self, spec: dict, parent: Node | None, order: list[Node]):
        self.spec = spec
        self.parent = parent
        self.id = spec.get("id")
        self.index = len(order)  # its place in the document
        order.append(self)
        below = spec.get("tree" if parent is None else "children")
        below = below if isinstance(below, list) else []  # tree: null
        self.children = [Node(one, self, order) for one in below if in_force(one)]

    @property
    def above(self) -> list[Node]:
        """Its ancestors, the root first."""
        return [*self.parent.above, self.parent] if self.parent else []

    @property
    def repeated(self) -> bool:
        """Whether it stands below a node that is evaluated once per key."""
        return any("over" in node.spec for node in self.above)

    @property
    def sums(self) -> bool:
        """Whether it adds up its children. The root of a set without a tree adds up nothing."""
        adds = self.spec.get("combine", "sum") == "sum"
        return adds and (bool(self.children) or self.parent is None)

    @property
    def markless(self) -> bool:
        """Whether no mark is declared in it: every leaf says `max: none`."""
        over = self.spec.get("over")
        if isinstance(over, dict) and over.get("take") == "sum":
            return "cap" not in over
        if self.parent and not self.sums:
            return self.spec.get("max", "none") == "none"
        return all(child.markless for child in self.children)

    @property
    def entries(self) -> list[dict]:
        """Every entry of less and plus, nested ones too."""
        return [one for side in ("less", "plus") for one in nested(self.spec.get(side))]


def in_force(spec: dict) -> bool:
    return read_truth(str(spec.get("enabled", "true"))) is not False


def group_of(entries: Any) -> dict:
    """`less: [...]` is short for `less: {items: [...]}`."""
    return {"items": entries} if isinstance(entries, list) else entries


def parts_of(entry: dict) -> tuple[str | None, list]:
    """How a group takes its entries, and those entries."""
    how = next((key for key in ("items", "best", "one_of") if key in entry), None)
    return how, entry[how] if how else []


def nested(entries: Any) -> list[dict]:
    if not entries:
        return []
    found = []
    for one in parts_of(group_of(entries))[1]:
        found += [one, *(nested(one) if parts_of(one)[0] else [])]
    return found


def in_document_order(criteria: dict) -> list[Node]:
    """All nodes, the root first, every node before its children."""
    order: list[Node] = []
    Node(criteria, None, order)
    return order
