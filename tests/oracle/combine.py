"""Children to one result; one node over the rows of a table."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from . import nodes
from .aggregates import take
from .expressions import evaluate
from .tree import Node
from .values import NOT_APPLICABLE, Absent, Result

ZERO = Fraction(0)


def children(node: Node, scope: Any, mark: Fraction) -> Result:
    """What the children give together, before the node's own steps."""
    pairs = [(child, scope.result(child)) for child in node.children]
    if not pairs and node.parent:  # every child is out of force
        return Result("not_applicable")
    if pairs and all(result.state == "not_applicable" for _, result in pairs):
        return Result("not_applicable", nothing=any(result.nothing for _, result in pairs))
    if pairs and all(result.state == "not_assessed" for _, result in pairs):
        return Result("not_assessed", maximum=sum((r.maximum for _, r in pairs), ZERO), mark=mark)
    counting = [(child, one) for child, one in pairs if one.state != "not_applicable"]
    open_ = any(not one.settled for _, one in counting)
    how = node.spec.get("combine", "sum")
    at_least = None
    if isinstance(how, dict):  # {any_of: 2}
        how, at_least = next(iter(how.items()))
    points = [one.points for _, one in counting]
    maximum = mark

    if how == "sum":
        maximum = sum((one.maximum for _, one in counting), ZERO)
        result = sum(points, ZERO)
    elif how == "mean":
        result = sum(points, ZERO) / len(points)
    elif how == "weighted":
        result = mark * weighted_share(counting, scope)
    elif how == "product":
        result = Fraction(1)
        for one in points:
            result *= one
    elif how == "best":
        result = max(points)
        if any(one.settled and one.points >= mark for _, one in counting):
            open_ = False
    elif how == "any_of":
        full = [one for _, one in counting if one.settled and one.points >= one.mark]
        enough = len(full) >= evaluate(at_least, scope).value
        result = mark if enough else max(points)
        open_ = open_ and not enough
    elif how == "one_of":
        chosen = the_one(pairs, scope)
        if chosen.state == "not_applicable":
            return chosen
        result, open_ = chosen.points, not chosen.settled
    else:
        raise ValueError(f"unknown combination {how}")
    return Result("open" if open_ else "scored", result, maximum, mark)


def the_one(pairs: list[tuple[Node, Result]], scope: Any) -> Result:
    """The one child whose `when` surely holds; several, or none for sure, wait for a human."""
    said = [
        ("exclude" if nodes.decision(child, scope) == "not_applicable" else nodes.own_when(child, scope), one)
        for child, one in pairs
    ]
    chosen = [one for holds, one in said if holds == "holds"]
    if len(chosen) == 1:
        return chosen[0]
    possible = [one for holds, one in said if isinstance(holds, Absent) and holds != NOT_APPLICABLE]
    if chosen or any(one.state != "closed" for one in possible):
        return Result("open")
    return Result("scored" if possible else "not_applicable")


def weighted_share(counting: list[tuple[Node, Result]], scope: Any) -> Fraction:
    """Σ weight × share / Σ weight."""
    top = bottom = ZERO
    for child, one in counting:
        if one.maximum == 0:  # no share to weigh
            continue
        weight = evaluate(child.spec["weight"], scope).value
        top += weight * one.points / one.maximum
        bottom += weight
    return top / bottom if bottom else ZERO


def over_keys(node: Node, scope: Any, mark: Fraction) -> Result:
    """The node once for every row (or group of rows) of a table, then one result of them all."""
    over = node.spec["over"]
    if not isinstance(over, dict):
        over = {"table": over}
    rows = scope.rows_of(over["table"])
    if rows is None:
        return Result("no_evidence", ZERO, mark, mark)
    rounds, unplaced = repetitions(node, over, rows, scope)
    results = [nodes.assess(node, one, {}) for one in rounds]
    counting = [one for one in results if one.in_force]
    lacking = unplaced or scope.lacking_keys(over["table"])
    if rows and not counting and not lacking:
        return Result("not_applicable", mark=mark, nothing=any(one.nothing for one in results))
    points = take(over.get("take", "mean"), [one.points for one in counting])
    if isinstance(points, Absent):  # a mean of no rows
        return Result("no_evidence" if lacking else points.state, ZERO, mark, mark)
    points = scope.round_line(points)
    open_ = lacking or any(not one.settled for one in counting)
    if "cap" in over:
        cap = evaluate(over["cap"], scope)
        if isinstance(cap.value, Absent):
            return Result(cap.value.state, ZERO, mark, mark)
        points, open_ = min(points, cap.value), open_ or cap.open
    return Result("open" if open_ else "scored", points, mark, mark)


def repetitions(node: Node, over: dict, rows: list, scope: Any) -> tuple[list, bool]:
    """The scopes in which the node is evaluated; whether a row belongs nobody knows where."""
    inside = [scope.in_row(over["table"], row) for row in rows]
    if "by" not in over:
        return [one.repeat(node) for one in inside], False
    groups: dict[Any, list] = {}
    unplaced = False
    for row, one in zip(rows, inside, strict=True):
        key = evaluate(over["by"], one).value
        if isinstance(key, Absent):
            unplaced = unplaced or key != NOT_APPLICABLE
        else:
            groups.setdefault(key, []).append(row)
    scopes = [scope.in_group(over["table"], group, over["by"], key).repeat(node) for key, group in groups.items()]
    return scopes, unplaced
