"""A criterion as a formula: shape → coefficient → grid, places → 0 … max → less → plus → zero → floor, ceiling."""

from __future__ import annotations

from fractions import Fraction

from criteria.declarations.controls import Control
from criteria.declarations.node import Branch, Node
from criteria.exact import read_decimal
from records.spreadsheets.absence import Absence, Quantity, kept
from records.spreadsheets.applying import applied, fails_with, full_mark, mark_text, stopped
from records.spreadsheets.bounds import clipped, extreme
from records.spreadsheets.cells import Sheet
from records.spreadsheets.entries import after_entries
from records.spreadsheets.expressions import mark, quantity, truth
from records.spreadsheets.numbers import NOUGHT, Number, atom, number
from records.spreadsheets.rounding import on_grid, point_decimals, rounded
from records.spreadsheets.shapes import earned
from records.spreadsheets.writing import EMPTY, FALSE, KAD, Unsayable, either, when


def leaf_text(sheet: Sheet, node: Node) -> str:
    """The points of a criterion."""
    made = applied(sheet, node, lambda: _own(sheet, node), lambda: fails_with(sheet, node))
    return when(stopped(sheet, sheet.tree.order[node.id]), "0", made)


def leaf_maximum_text(sheet: Sheet, node: Node) -> str:
    """The maximum in force: 0 where it does not apply."""
    if node.over is not None:
        raise Unsayable("a repeated node")
    full = mark_text(sheet, node)
    if full == "0":
        return full
    cell = sheet.cells.points(node.id)
    if cell is not None and not sheet.tree.stops:
        return when(f"{cell}={KAD}", "0", full)

    def inside() -> str:
        return when(base(sheet, node)[0].absence.nothing_text(), "0", full)

    return applied(sheet, node, inside, lambda: full, "0", full)


def base(sheet: Sheet, node: Node, keep: bool = False) -> tuple[Quantity, Number]:
    """What a criterion that applies earns before less and plus, and its full mark. keep: see shapes.earned()."""
    if node.over is not None or node.shape is None:
        raise Unsayable("a node repeated for every row of an item table")
    full = full_mark(sheet, node)
    found = earned(node.shape, sheet, full.number, keep=keep)
    value, absence = scaled(sheet, node, Quantity(found.number, found.absence | full.absence), node.grid is not None)
    return Quantity(value if node.unbounded else bounded(sheet, node, value, full.number), absence), full.number


def scaled(sheet: Sheet, branch: Branch, found: Quantity, grid: bool) -> tuple[Number, Absence]:
    """coefficient, grid and places. The strongest absence wins: a coefficient that does not apply takes out what is open too."""
    points = sheet.criteria.declaration.points
    value, absence = found.number, found.absence
    if branch.coefficient is not None:
        factor = quantity(branch.coefficient, sheet)
        value, absence = value * factor.number, absence | factor.absence
    if grid and isinstance(branch, Node) and branch.grid is not None:
        value = on_grid(value, quantity(branch.grid, sheet).number)
    return (rounded(value, points.places, points.rounding) if sheet.rounds_leaves else value), absence


def bounded(sheet: Sheet, branch: Branch, value: Number, full: Number) -> Number:
    """0 … max; a floor below 0 lowers the 0, a ceiling above the max raises it."""
    most = full
    if branch.ceiling is not None:
        most = extreme("MAX", [most, mark(branch.ceiling, sheet, full).number])
    value = clipped(value, None, most)
    least = floor_of(branch)
    return value if least is None else clipped(value, number(min(least, Fraction(0))), None)


def floor_of(branch: Branch) -> Fraction | None:
    """The floor, 0 unless written; None for `floor: none`."""
    if branch.floor == "none":
        return None
    digits, places = read_decimal(branch.floor) if branch.floor is not None else (0, 0)
    return Fraction(digits, 10**places)


def ended(sheet: Sheet, branch: Branch, value: Number, full: Number) -> Number:
    """floor and ceiling."""
    least = floor_of(branch)
    if least is not None:
        value = clipped(value, number(least), None)
    return value if branch.ceiling is None else clipped(value, None, mark(branch.ceiling, sheet, full).number)


def zeroed(sheet: Sheet, controls: list[Control]) -> str:
    """The condition that a `zero` control fails."""
    return either(truth(control.need, sheet).no for control in controls if not sheet.decided)


def shows_so_far(branch: Branch) -> bool:
    """Points may stand although nothing was earned: what is gained beside, or a floor that is not 0."""
    return branch.plus is not None or (floor_of(branch) != 0 and (branch.less is not None or branch.floor != "none"))


def _own(sheet: Sheet, node: Node) -> str:
    """The points of a criterion that applies."""
    plain = not (node.less or node.plus or node.zero or node.coefficient)
    keep = plain and node.shape is not None and node.shape.when_zero == "not_applicable"
    found, full = base(sheet, node, keep)
    value, absence = found.number, found.absence
    if shows_so_far(node):
        value, absence = so_far(sheet, found), Absence(nothing=kept(absence.nothing_text()))
    if node.less is not None or node.plus is not None:
        value, _ = after_entries(sheet, node, value, full)
    made = absence.layers(ended(sheet, node, value, full).text(), undefined=KAD if keep else EMPTY)
    fails = zeroed(sheet, node.zero)
    if fails == FALSE:
        return made
    return when(absence.nothing_text(), KAD, when(fails, ended(sheet, node, NOUGHT, full).text(), made))


def so_far(sheet: Sheet, found: Quantity) -> Number:
    """What was earned, 0 while it is absent."""
    if found.absence.never:
        return found.number
    return atom(
        found.absence.known(found.number.text(), "0"),
        point_decimals(sheet) if sheet.rounds_leaves else None,
        bare=True,
        not_negative=found.number.at_least_zero,
    )
