"""Whether a node applies at all: stops, the `when` of everything above it, claims."""

from __future__ import annotations

from collections.abc import Callable

from criteria.declarations.node import Node
from records.spreadsheets.absence import Quantity, Truth
from records.spreadsheets.cells import CLAIMED, Sheet
from records.spreadsheets.expressions import mark, truth
from records.spreadsheets.numbers import NOUGHT
from records.spreadsheets.writing import EMPTY, FALSE, KAD, TRUE, both, either, no, when


def full_mark(sheet: Sheet, node: Node) -> Quantity:
    """The full mark of a node: written, or the sum of its children's; 0 for max: none."""
    if node.max is not None:
        return mark(node.max, sheet, NOUGHT)
    total = Quantity(NOUGHT)
    for child in node.parts if not node.unbounded else ():
        own = repeated_mark(sheet, child)
        total = Quantity(total.number + own.number, total.absence | own.absence)
    return total


def repeated_mark(sheet: Sheet, node: Node) -> Quantity:
    """The mark of a node as its parent counts it: that of a node repeated and summed is its cap."""
    if node.over is None or node.over.take != "sum":
        return full_mark(sheet, node)
    return mark(node.over.cap, sheet, NOUGHT) if node.over.cap is not None else Quantity(NOUGHT)


def mark_text(sheet: Sheet, node: Node) -> str:
    """The full mark, 0 where it depends on something absent."""
    own = full_mark(sheet, node)
    return own.absence.known(own.number.text(), "0")


def path(sheet: Sheet, node: Node) -> list[Node]:
    """The node and everything above it, the root left out, from above."""
    found, current = [node], sheet.tree.parents[node.id]
    while current:
        found.insert(0, sheet.tree.nodes[current])
        current = sheet.tree.parents[current]
    return found


def stopped(sheet: Sheet, place: int) -> str:
    """A stop standing at or before a place in document order fails."""
    if sheet.decided:
        return FALSE
    before = [(sheet.tree.at(at), control) for at, control in sheet.tree.stops if at <= place]
    return either(both([truth(control.need, sheet).no, _stands(sheet, node_id)]) for node_id, control in before)


def _stands(sheet: Sheet, node_id: str) -> str:
    """That a node on which a stop is written surely applies, itself and at least one of its children."""
    if node_id == "":
        return TRUE
    node, conditions = sheet.tree.nodes[node_id], []
    for step in path(sheet, node):
        claim = sheet.cells.claim(step.id)
        conditions += [f"{claim}<>{CLAIMED}"] if claim is not None else []
        if step.when is not None:
            applies = truth(step.when.need, sheet)
            settled = step is node and step.when.else_ != "exclude"
            conditions.append(either([applies.yes, applies.no]) if settled else applies.yes)
    return both([*conditions, *([no(both(_out(sheet, child) for child in node.parts))] if node.parts else [])])


def _left_out(sheet: Sheet, node: Node, own: bool = True) -> str:
    """That a claim or its `when` surely leaves a node out; not own: that it leaves out what stands inside."""
    claim = sheet.cells.claim(node.id)
    found = [f"{claim}={CLAIMED}"] if claim is not None else []
    if node.when is not None and node.over is None:
        applies = truth(node.when.need, sheet)
        found += [applies.nothing] if own and node.when.else_ != "exclude" else [applies.no, applies.nothing]
    return either(found)


def _out(sheet: Sheet, node: Node) -> str:
    """That a claim or a `when` leaves a node out, or all its children."""
    below = [both(_out(sheet, child) for child in node.parts)] if node.parts and node.over is None else []
    return either([_left_out(sheet, node), *below])


def applied(
    sheet: Sheet,
    node: Node,
    body: Callable[[], str],
    failing: Callable[[], str] | None = None,
    nothing: str = KAD,
    missing: str = EMPTY,
) -> str:
    """The body where the node applies. failing: what it gives where its own `when` fails and says `else: full` or `zero`."""

    def inside(steps: list[Node]) -> str:
        if not steps:
            return body()
        step, rest = steps[0], steps[1:]
        made = _when(step, rest)
        claim = sheet.cells.claim(step.id)
        return made if claim is None else when(f"{claim}={CLAIMED}", nothing, made)

    def _when(step: Node, rest: list[Node]) -> str:
        if step.when is None:
            return inside(rest)
        own = step is node and step.when.else_ != "exclude" and failing is not None
        otherwise = failing() if own and failing is not None else nothing
        condition = truth(step.when.need, sheet)
        if surely(condition) == FALSE:
            return otherwise  # what stands inside need not be sayable
        body_text = inside(rest)
        waits = when(either(_left_out(sheet, each, each is node) for each in rest), nothing, missing)
        return condition.choose(body_text, otherwise, waits, nothing, waits)

    return inside(path(sheet, node))


def surely(condition: Truth) -> str | None:
    """TRUE or FALSE for a condition that settings decide."""
    known = condition.strict is not None and condition.strict.never and condition.plain in (TRUE, FALSE)
    return condition.plain if known else None


def fails_with(sheet: Sheet, node: Node) -> str:
    """The points of a node whose own `when` fails with `else: full` or `zero`."""
    assert node.when is not None
    return mark_text(sheet, node) if node.when.else_ == "full" else "0"
