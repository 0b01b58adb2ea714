"""What is the same for everybody in a set: its criteria with rule, clauses, verifying body and wanted evidence, once each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from criteria.declarations.common import Evidence
from criteria.declarations.node import Node
from criteria.shapes.base import Shape
from records.evidence.kinds import EvidenceKinds
from records.forms.layout import switched_off
from reports.page.texts import scaled
from reports.reasons.proof import clause_words
from reports.workbook import basis_numbers
from scoring.result import Result


@dataclass(frozen=True)
class PageCriterion:
    """One column of the page. maximum: the full mark, None where it depends on the candidate. rule: said here and not in every row."""

    id: str
    kind: str
    maximum: Fraction | None
    rule: str
    said: dict[str, Any]


def page_criteria(result: Result, kinds: EvidenceKinds) -> list[PageCriterion]:
    """Every node and entry in document order; not what lies inside a part that the settings leave out for everybody."""
    nodes = {node.id: node for node in result.set.printed_nodes()}
    entries = {entry.id or "": (owner, entry) for owner, entry in result.set.printed_entries()}
    parents, short = result.root.outline.parents, basis_numbers(result)
    hidden: set[str] = set()
    found = []
    for ident, kind in result.printed:
        parent = parents.get(ident, "") if ident in nodes else entries[ident][0]
        if parent in hidden or (parent and switched_off(nodes[parent])):
            hidden.add(ident)
            continue
        depth, above = 0, parent
        while above:
            depth, above = depth + 1, parents[above]
        node = nodes.get(ident)
        if node is not None:
            found.append(_of_node(result, node, kind, parent, depth, short, kinds))
        else:
            rule = _rule(entries[ident][1].shape)
            text = entries[ident][1].text or result.set.labels.get(ident, "")
            said = {
                "id": ident,
                "text": text,
                "parent": parent,
                "depth": depth,
                "kind": kind,
                "max": None,
                "rule": rule,
            }
            found.append(PageCriterion(ident, kind, None, rule, {**said, "trial": False}))
    return found


def _of_node(
    result: Result, node: Node, kind: str, parent: str, depth: int, short: dict[str, str], kinds: EvidenceKinds
) -> PageCriterion:
    criteria = result.set
    carried = criteria.carried[node.id]
    around = criteria.carried[parent].clauses if parent else ()
    maximum = result.root.result(node.id).mark.scalar
    rule = _rule(node.shape)
    reading = f"Cách hiểu: {node.reading}" if node.reading else ""
    leaf = kind == "leaf"
    said = {
        "id": node.id,
        "text": node.text,
        "parent": parent,
        "depth": depth,
        "kind": kind,
        "max": scaled(maximum, criteria.places) if maximum is not None else None,
        "rule": "; ".join(part for part in (rule, reading) if part),
        "clauses": list(clause_words(criteria, carried.clauses, around, short)),
        "body": ", ".join(criteria.bodies.get(body, body) for body in carried.verified_by) if leaf else "",
        "needs": [_needed(item, kinds) for item in carried.evidence] if leaf else [],
        "trial": not result.points_decision and (criteria.declaration.status == "trial" or node.status == "trial"),
    }
    return PageCriterion(node.id, kind, maximum, rule, said)


def _rule(shape: Shape | None) -> str:
    return shape.rule() if shape is not None else ""


def _needed(item: Evidence, kinds: EvidenceKinds) -> str:
    """Báo cáo, cơ quan ban hành: Sở Nội vụ (bắt buộc)"""
    issuer = f", cơ quan ban hành: {item.issuer}" if item.issuer else ""
    return (item.label or kinds.name(item.kind)) + issuer + (" (bắt buộc)" if item.required else "")
