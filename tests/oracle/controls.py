"""Gates, stops and the limits on a grade: does one hold, fail, or does nobody know?"""

from __future__ import annotations

from typing import Any

from . import nodes
from .expressions import condition, evaluate
from .scope import PoolRead
from .tree import Node
from .values import NOT_APPLICABLE, Absent


def outcomes(node: Node, kind: str, candidate: Any) -> list[bool | None]:
    return [outcome(node, one, candidate) for one in nodes.controls(node.spec.get(kind))]


def outcome(node: Node, control: dict, candidate: Any) -> bool | None:
    """True: passed, or it does not stand. False: failed. None: nobody knows."""
    scope = candidate.scope.at(node)
    truth = condition(control["need"], scope) if "need" in control else False
    if truth == NOT_APPLICABLE:
        return True
    if node.parent and not node.repeated:
        state = nodes.standing(node, scope)
        if state == "not_applicable":
            return True  # it stands on nothing
        if state and state != "closed":
            return True if truth is True else None
        try:
            result = candidate.result(node)
            if result.state == "not_applicable":
                return None if result.nothing else True
        except PoolRead:
            pass  # whatever the pool says, the node applies
    return None if isinstance(truth, Absent) else truth


def eligible(candidate: Any) -> bool | None:
    """No gate and no stop fails. None if one of them is open."""
    found = [
        one for node in candidate.round.nodes for kind in ("gate", "stop") for one in outcomes(node, kind, candidate)
    ]
    return False if False in found else None if None in found else True


def limited(grade: str, candidate: Any) -> str | None:
    """The grade after every cap_grade and demote, from the leaves to the root; None if open."""
    ladder = candidate.round.ladder
    place = ladder.index(grade)
    for node in from_leaves(candidate.round.root):
        for kind in [key for key in node.spec if key in ("cap_grade", "demote")]:
            for control in nodes.controls(node.spec[kind]):
                holds = outcome(node, control, candidate)
                if holds is None:
                    return None
                if holds:
                    continue
                lowest = lowered(place, control, ladder, candidate)
                if lowest is None:
                    return None
                place = max(place, lowest)
    return ladder[min(place, len(ladder) - 1)]


def lowered(place: int, control: dict, ladder: list[str], candidate: Any) -> int | None:
    """The place in the ladder a control that fails leaves open at best."""
    limit = control.get("at_most", control.get("to"))
    if limit is None:
        return place + int(evaluate(control.get("by", "1"), candidate.scope).value)
    if limit in ladder:
        return ladder.index(limit)
    value = evaluate(limit, candidate.scope).value
    return None if isinstance(value, Absent) else ladder.index(getattr(value, "name", value))


def from_leaves(node: Node) -> list[Node]:
    return [one for child in node.children for one in from_leaves(child)] + [node]
