"""Whether something of a node is still to come, so that its points are those so far."""

from __future__ import annotations

from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Branch, Node
from criteria.expressions.functions_pool import PoolAggregate
from records.spreadsheets.applying import mark_text
from records.spreadsheets.cells import Sheet
from records.spreadsheets.expressions import truth
from records.spreadsheets.numbers import NOUGHT
from records.spreadsheets.writing import FALSE, KAD, Unsayable, both, called, either, no, when
from scoring.node_result import deep_terms


def open_text(sheet: Sheet, node_id: str) -> str:
    """The condition that a node, an entry with an id or the whole ("") waits. It can be asked whatever the cells hold."""
    if node_id == "":
        _stops_tell_nothing(sheet)
        waits, cell = _unmarked(sheet, sheet.criteria.declaration), sheet.cells.points("")
        return waits if cell is None else both([f"{cell}<>{KAD}", waits])
    if node_id not in sheet.tree.nodes:
        return sheet.waits(sheet.points(node_id))
    _stops_tell_nothing(sheet)
    node = sheet.tree.nodes[node_id]
    cell = sheet.points(node_id)
    if node.parts and node.over is None:
        return both([f"{cell}<>{KAD}", either([sheet.waits(cell), _unmarked(sheet, node)])])
    inside = _leaf_waits(sheet, node)
    return either([sheet.waits(cell), both([f"{cell}<>{KAD}", inside])])


def _stops_tell_nothing(sheet: Sheet) -> None:
    """What comes after a stop that fails waits for nothing, which its cell does not say."""
    if sheet.tree.stops and not sheet.decided:
        raise Unsayable("whether something waits after a stop")


def _leaf_waits(sheet: Sheet, node: Node) -> str:
    """What waits in a criterion whose cell holds a number."""
    from records.spreadsheets.entries import after_entries
    from records.spreadsheets.leaves import base, shows_so_far, so_far

    if sheet.decided:
        return FALSE
    if node.over is not None or node.shape is None or _reads_pool(sheet, node):
        raise Unsayable("whether a number is provisional")
    if not (node.less or node.plus or node.zero):
        return FALSE
    if node.when is not None and node.when.else_ != "exclude":
        raise Unsayable("entries of a criterion that may be settled by its `when`")
    found, full = base(sheet, node)
    _, waits = after_entries(sheet, node, so_far(sheet, found), full)
    first = found.absence.open_text() if shows_so_far(node) else FALSE
    return _zeroed(sheet, node, either([first, waits]))


def _reads_pool(sheet: Sheet, node: Node) -> bool:
    """Points that rest on a pool may be provisional although a number stands there."""
    formulas = [*node.shape.formulas()] if node.shape is not None else []
    terms = [term for f in formulas if f.bound for term in deep_terms(sheet.criteria, f.term, set())]
    return any(isinstance(term, PoolAggregate) for term in terms)


def _zeroed(sheet: Sheet, branch: Branch, waits: str) -> str:
    """A `zero` that fails settles the node; one that cannot be decided leaves it open."""
    for control in branch.zero if not sheet.decided else ():
        condition = truth(control.need, sheet)
        waits = when(condition.no, FALSE, either([waits, condition.missing]))
    return waits


def _unmarked(sheet: Sheet, branch: Node | SetDeclaration) -> str:
    """What waits in a branch: its children and its entries."""
    from records.spreadsheets.entries import after_entries

    _, entries = after_entries(sheet, branch, NOUGHT, NOUGHT)
    return _zeroed(sheet, branch, either([children_wait(sheet, branch), entries]))


def children_wait(sheet: Sheet, branch: Node | SetDeclaration) -> str:
    """What waits among the children, by the rule of their combination."""
    waits = {child.id: open_text(sheet, child.id) for child in branch.parts}
    some = either(waits.values())
    how = branch.combine.how
    if how in ("best", "any_of"):
        own = mark_text(sheet, branch) if how == "best" and isinstance(branch, Node) else None
        full = [
            both(
                [
                    f"ISNUMBER({sheet.points(c.id)})",
                    f"N({sheet.points(c.id)})>={own or mark_text(sheet, c)}",
                    no(waits[c.id]),
                ]
            )
            for c in branch.parts
        ]
        enough = either(full) if how == "best" or branch.combine.least == 1 else _counted(full, branch.combine.least)
        some = both([some, no(enough)])
    elif how == "one_of" and not sheet.decided:
        raise Unsayable("which alternative is open")
    return some


def _counted(conditions: list[str], least: int) -> str:
    return f"{called('SUM', [f'N({condition})' for condition in conditions])}>={least}"
