"""Gates, stops and flags: who is left out, who waits, what is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from criteria.declarations.controls import Control
from criteria.declarations.node import Branch, Node
from criteria.expressions.formula import Formula
from criteria.expressions.functions_pool import PoolAggregate
from criteria.expressions.functions_results import NodeTerm, Quantified, ResultTerm
from scoring.node_result import deep_terms, held, unknown
from scoring.root import RootFrame
from scoring.states import CLOSED, DOES_NOT_APPLY, NOT_ASSESSED, SCORED


@dataclass(frozen=True)
class Outcome:
    """One control over all candidates: on which rows it fails, on which it cannot be decided."""

    kind: str
    node: str
    control: Control
    fails: Any
    unclear: Any


def outcomes(root: RootFrame) -> list[Outcome]:
    """All gates, stops and flags, in document order, the root's last."""
    found = []
    for node in [*root.set.printed_nodes(), root.set.declaration]:
        node_id = node.id if isinstance(node, Node) else ""
        for kind in ("gate", "stop", "flag"):
            for control in getattr(node, kind):
                found.append(_outcome(root, kind, node_id, control))
    return found


def _outcome(root: RootFrame, kind: str, node_id: str, control: Control) -> Outcome:
    truth = held(control.need, root)
    fails = np.broadcast_to(truth.fails(), (root.size,))
    unclear = unknown(truth, root.size)
    result = root.result(node_id)
    if node_id and kind != "stop" and result.state is not None:
        stands = (result.state != DOES_NOT_APPLY) & (result.state != NOT_ASSESSED)
        nothing = result.nothing if result.nothing is not None else np.zeros(root.size, dtype=bool)
        nothing = nothing & (result.state == DOES_NOT_APPLY)
        fails, unclear = fails & stands, (unclear & stands) | nothing
        doubtful = root.scorer.doubtful(node_id)
        fails, unclear = fails & ~doubtful, unclear | (fails & doubtful)
    elif node_id and kind == "stop":
        stands, doubtful = root.scorer.stands(node_id)
        fails, unclear = fails & stands, (unclear & stands) | ((fails | unclear) & doubtful)
        before = root.scorer.stopped(root.outline.order[node_id] - 1)
        if before is not None:
            fails, unclear = fails & (before == SCORED), unclear & (before == SCORED)
    return Outcome(kind, node_id, control, fails, unclear)


def left_out_before_pools(root: RootFrame) -> Any:
    """Who fails a gate or a stop that does not itself read the pool: they are no members of it."""
    out = np.zeros(root.size, dtype=bool)
    branches: list[Branch] = [*root.set.printed_nodes(), root.set.declaration]
    for branch in branches:
        node_id = branch.id if isinstance(branch, Node) else ""
        for control in (*branch.gate, *branch.stop):
            if _reads_pool(root, [control.need], {node_id}):
                continue
            fails = np.broadcast_to(held(control.need, root).fails(), (root.size,))
            forced = root.scorer._forced(node_id)[0] if node_id and not _when_reads_pool(root, node_id) else None
            out |= fails if forced is None else fails & ((forced == SCORED) | (forced == CLOSED))
    return out


def _when_reads_pool(root: RootFrame, node_id: str) -> bool:
    index = root.outline
    while node_id:
        node = index.nodes[node_id]
        if node.when is not None and _reads_pool(root, [node.when.need], set()):
            return True
        node_id = index.parents[node_id]
    return any(_reads_pool(root, [control.need], set()) for _, control in index.stops)


def _reads_pool(root: RootFrame, formulas: list[Formula], seen: set[str]) -> bool:
    """Directly, or through points(ID), total, every(…)."""
    index = root.outline
    for formula in formulas:
        if not formula.bound:
            continue
        for term in deep_terms(root.set, formula.term, set()):
            if isinstance(term, PoolAggregate):
                return True
            reached: list[Node] = []
            if isinstance(term, NodeTerm):
                node = index.nodes.get(term.node) or index.nodes.get(index.owners.get(term.node, ""))
                reached = [node] if node is not None else list(root.set.declaration.parts)
            elif isinstance(term, ResultTerm | Quantified):
                reached = list(root.set.declaration.parts)
            for node in reached:
                if node.id not in seen:
                    seen.add(node.id)
                    if _reads_pool(root, list(node.formulas()), seen):
                        return True
    return False
