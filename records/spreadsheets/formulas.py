"""The arithmetic of a criteria set as formulas for Excel 2010 or later and LibreOffice.

Every function returns a formula with its leading "=", or None where a spreadsheet cannot say it (pools, the round before without a
cell, item tables, panels, more than 8192 characters): then the caller writes the engine's value, empty text while something waits.
"""

from __future__ import annotations

from collections.abc import Callable

import records.spreadsheets.functions  # noqa: F401 - registers what expressions may call
from criteria.criteria_set import CriteriaSet
from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Node
from criteria.expressions.formula import Formula
from records.spreadsheets.branches import branch_maximum_text, branch_text, mark_of
from records.spreadsheets.cells import Cells, Sheet
from records.spreadsheets.entries import entry_text
from records.spreadsheets.leaves import leaf_maximum_text, leaf_text
from records.spreadsheets.opening import open_text
from records.spreadsheets.ranks import Ranked, key_text, rank_formula, share_formula
from records.spreadsheets.writing import Unsayable, finished
from scoring.tables import Period


def leaf_points(
    criteria: CriteriaSet, node: Node, cells: Cells, closed: bool = False, period: Period | None = None
) -> str | None:
    """The points of a criterion: a number, "KAD", or "" while a figure is missing or a division by 0 waits for a person.

    A criterion whose own figures are there but an entry of whose less or plus is open shows the points so far, as the engine does.
    """
    return _said(lambda: leaf_text(Sheet(criteria, cells, closed, period), node))


def leaf_maximum(
    criteria: CriteriaSet, node: Node, cells: Cells, closed: bool = False, period: Period | None = None
) -> str | None:
    """The maximum in force of a criterion."""
    return _said(lambda: leaf_maximum_text(Sheet(criteria, cells, closed, period), node))


def branch_points(
    criteria: CriteriaSet,
    branch: Node | SetDeclaration,
    cells: Cells,
    closed: bool = False,
    period: Period | None = None,
    decided: bool = False,
) -> str | None:
    """The points so far of a part or of the whole; "KAD" where nothing in it applies. decided: see Sheet."""
    return _said(lambda: branch_text(Sheet(criteria, cells, closed, period, decided=decided), branch))


def branch_maximum(
    criteria: CriteriaSet,
    branch: Node | SetDeclaration,
    cells: Cells,
    closed: bool = False,
    period: Period | None = None,
    decided: bool = False,
) -> str | None:
    """The maximum in force of a part or of the whole."""
    return _said(lambda: branch_maximum_text(Sheet(criteria, cells, closed, period, decided=decided), branch))


def points_formula(
    criteria: CriteriaSet, node: str, cells: Cells, closed: bool = False, period: Period | None = None
) -> str | None:
    """The points of any node by id, "" the whole."""
    found = _found(criteria, node)
    if isinstance(found, Node) and (not found.parts or found.over is not None):
        return leaf_points(criteria, found, cells, closed, period)
    return None if found is None else branch_points(criteria, found, cells, closed, period)


def maximum_formula(
    criteria: CriteriaSet, node: str, cells: Cells, closed: bool = False, period: Period | None = None
) -> str | None:
    """The maximum in force of any node by id, "" the whole."""
    found = _found(criteria, node)
    if isinstance(found, Node) and (not found.parts or found.over is not None):
        return leaf_maximum(criteria, found, cells, closed, period)
    return None if found is None else branch_maximum(criteria, found, cells, closed, period)


def entry_points(
    criteria: CriteriaSet, entry: str, cells: Cells, closed: bool = False, period: Period | None = None
) -> str | None:
    """What an entry of less or plus with an id gives, before the cap of its group. None for one that another entry may make idle."""
    sheet = Sheet(criteria, cells, closed, period)

    def made() -> str:
        for owner, found in criteria.printed_entries():
            if found.id == entry:
                branch = criteria.declaration if owner == "" else sheet.tree.nodes[owner]
                if branch.less is not None and any(e is found for e in branch.less.walk()):
                    raise Unsayable("an entry of less may depend on what was earned")
                if branch.plus is None or not any(e is found for e in branch.plus.items):
                    raise Unsayable("an entry inside a group")
                return entry_text(sheet, found, mark_of(sheet, branch).number)
        raise Unsayable("no such entry")

    return _said(made)


def open_condition(
    criteria: CriteriaSet, node: str, cells: Cells, closed: bool = False, period: Period | None = None
) -> str | None:
    """TRUE while something of a node ("" the whole) is still to come."""
    return _said(lambda: open_text(Sheet(criteria, cells, closed, period), node))


def rank_key(
    criteria: CriteriaSet,
    formula: Formula,
    cells: Cells,
    closed: bool = False,
    period: Period | None = None,
    decided: bool = False,
) -> str | None:
    """A key of `rank` (its `by` or one of `then`) for one candidate: larger first, "" where it is absent. total and share are so far."""
    return _said(lambda: key_text(Sheet(criteria, cells, closed, period, so_far=True, decided=decided), formula))


def _found(criteria: CriteriaSet, node: str) -> Node | SetDeclaration | None:
    return criteria.declaration if node == "" else criteria.node(node)


def _said(make: Callable[[], str]) -> str | None:
    try:
        return finished(make())
    except Unsayable:
        return None


__all__ = [
    "Cells",
    "Ranked",
    "branch_maximum",
    "branch_points",
    "entry_points",
    "leaf_maximum",
    "leaf_points",
    "maximum_formula",
    "open_condition",
    "points_formula",
    "rank_formula",
    "rank_key",
    "share_formula",
]
