"""Parts and the whole as formulas over the cells of their children."""

from __future__ import annotations

from collections.abc import Callable

from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Node
from records.spreadsheets.absence import Absence, Quantity, kept
from records.spreadsheets.applying import applied, fails_with, full_mark, mark_text, repeated_mark, stopped
from records.spreadsheets.cells import Sheet
from records.spreadsheets.entries import after_entries
from records.spreadsheets.expressions import quantity, truth
from records.spreadsheets.leaves import bounded, ended, floor_of, scaled, so_far, zeroed
from records.spreadsheets.numbers import NOUGHT, Number, atom, number
from records.spreadsheets.opening import open_text
from records.spreadsheets.rounding import point_decimals, rounded
from records.spreadsheets.writing import EMPTY, FALSE, KAD, Unsayable, both, called, counted, no, when

Branching = Node | SetDeclaration


def branch_text(sheet: Sheet, branch: Branching) -> str:
    """The points of a part or of the whole."""
    if not branch.parts:
        raise Unsayable("no children")
    made = _applied(sheet, branch, lambda: _own(sheet, branch), own_points=True)
    place = sheet.tree.order[branch.id] if isinstance(branch, Node) else 0
    return when(stopped(sheet, place), "0", made)


def branch_maximum_text(sheet: Sheet, branch: Branching) -> str:
    """The maximum in force of a part or of the whole."""
    if not branch.parts:
        raise Unsayable("no children")
    return _applied(sheet, branch, lambda: _own_maximum(sheet, branch), own_points=False)


def _applied(sheet: Sheet, branch: Branching, body: Callable[[], str], own_points: bool) -> str:
    """The body where the branch applies. Where the sheet lacks what a `when` reads, the children's cells tell."""
    if sheet.decided or not isinstance(branch, Node):
        return body()
    try:
        if own_points:
            return applied(sheet, branch, body, lambda: fails_with(sheet, branch))
        full = mark_text(sheet, branch)
        return applied(sheet, branch, body, lambda: full, "0", full)
    except Unsayable:
        settled = branch.when is not None and branch.when.else_ != "exclude"
        if settled or (own_points and (branch.less or branch.plus or branch.floor)):
            raise
        return body()


def mark_of(sheet: Sheet, branch: Branching) -> Quantity:
    """The full mark of a part or of the whole."""
    if isinstance(branch, Node):
        return full_mark(sheet, branch)
    if branch.points.max is not None and branch.combine.how != "sum":
        return quantity(branch.points.max, sheet)
    total = Quantity(NOUGHT)
    for part in branch.parts:
        own = repeated_mark(sheet, part)
        total = Quantity(total.number + own.number, total.absence | own.absence)
    return total


def _cells(sheet: Sheet, branch: Branching) -> list[str]:
    return [sheet.points(child.id) for child in branch.parts]


def _points(sheet: Sheet, made: str, bare: bool = True, not_negative: bool = False) -> Number:
    return atom(made, point_decimals(sheet) if sheet.rounds_leaves else None, bare=bare, not_negative=not_negative)


def _own_maximum(sheet: Sheet, branch: Branching) -> str:
    """Of a branch that applies."""
    made = _own_maximum_text(sheet, branch)
    cell = sheet.cells.points(branch.id if isinstance(branch, Node) else "")
    if branch.coefficient is None or cell is None:
        return made
    return when(f"{cell}={KAD}", "0", made)  # a coefficient that does not apply takes the branch out


def _own_maximum_text(sheet: Sheet, branch: Branching) -> str:
    """The same where no coefficient takes it out."""
    if branch.combine.how != "sum":
        out = both(f"{cell}={KAD}" for cell in _cells(sheet, branch))
        full = mark_of(sheet, branch)
        return when(out, "0", full.absence.known(full.number.text(), "0"))
    total = _maxima(sheet, branch)
    if not branch.rescale:
        return total.text()
    full = mark_of(sheet, branch)
    return when(f"{total.text()}>0", full.absence.known(full.number.text(), "0"), "0")


def _maxima(sheet: Sheet, branch: Branching) -> Number:
    """The children's maxima in force together."""
    cells = [sheet.maximum(child.id) for child in branch.parts]
    return atom(called("SUM", cells), point_decimals(sheet), not_negative=True)


def _own(sheet: Sheet, branch: Branching) -> str:
    """The points of a branch that applies: children → rescale → coefficient → places → 0 … max → less → plus → zero → floor, ceiling."""
    points = sheet.criteria.declaration.points
    cells = _cells(sheet, branch)
    out = both(f"{cell}={KAD}" for cell in cells)
    found = _COMBINE[branch.combine.how](sheet, branch, cells)
    if isinstance(found, tuple):
        found, out = found
    framed = branch.rescale or branch.combine.how != "sum" or branch.plus is not None or branch.ceiling is not None
    full = mark_of(sheet, branch).number if framed else NOUGHT  # a plain sum can be said whatever its mark depends on
    absence = Absence()
    if branch.rescale and branch.combine.how == "sum":
        total = _maxima(sheet, branch)
        found, out = found * full / total, f"{total.text()}<=0"
    grid = isinstance(branch, Node) and branch.grid is not None
    if branch.combine.how != "sum" or branch.rescale or branch.coefficient is not None or grid:
        found, absence = scaled(sheet, branch, Quantity(found), grid)
    if branch.combine.how != "sum" and not (isinstance(branch, Node) and branch.unbounded):
        found = bounded(sheet, branch, found, full)
    if not absence.never and (branch.less is not None or branch.plus is not None):
        found = so_far(sheet, Quantity(found, absence))
        absence = Absence(nothing=kept(absence.nothing_text()))
    if branch.less is not None or branch.plus is not None:
        found, _ = after_entries(sheet, branch, found, full)
    result = ended(sheet, branch, found, full)
    if not isinstance(branch, Node) and points.round_at == "total":
        result = rounded(result, points.places, points.rounding)
    made = absence.layers(result.text(), EMPTY)
    fails = zeroed(sheet, branch.zero)
    if fails != FALSE:
        made = when(fails, ended(sheet, branch, NOUGHT, full).text(), made)
    return when(out, KAD, made)


# --- combinations ------------------------------------------------------------------------------------------------


def _sum(sheet: Sheet, branch: Branching, cells: list[str]) -> Number:
    return _points(sheet, called("SUM", cells), bare=False, not_negative=_no_debts(branch))


def _no_debts(branch: Branching) -> bool:
    """No child can have less than 0."""
    return all((floor_of(child) or 0) >= 0 and child.floor != "none" for child in branch.parts)


def _in_force(cells: list[str]) -> Number:
    """How many children apply; asked when some do."""
    made = "+".join(f"({cell}<>{KAD})" for cell in cells)
    return atom(made, 0, loose=True, not_negative=True)


def _mean(sheet: Sheet, branch: Branching, cells: list[str]) -> Number:
    return _sum(sheet, branch, cells) / _in_force(cells)


def _weighted(sheet: Sheet, branch: Branching, cells: list[str]) -> Number:
    total, weights = NOUGHT, NOUGHT
    for child, cell in zip(branch.parts, cells, strict=True):
        assert child.weight is not None
        weight = quantity(child.weight, sheet)
        full = full_mark(sheet, child)
        if not weight.absence.never or not full.absence.never:
            raise Unsayable("a weight or a mark that may be absent")
        leaf = not child.parts or child.combine.how != "sum" or child.rescale
        if not leaf:
            maximum = sheet.maximum(child.id)
            below = atom(when(f"N({maximum})>0", f"N({maximum})", "1"), point_decimals(sheet), not_negative=True)
        elif full.number.constant is not None:
            below = full.number if full.number.constant > 0 else number(1)
        else:
            below = full.number
        total = total + weight.number * _points(sheet, f"N({cell})") / below
        weights = weights + weight.number * atom(f"({cell}<>{KAD})", 0, not_negative=True)
    return mark_of(sheet, branch).number * total / weights


def _best(sheet: Sheet, branch: Branching, cells: list[str]) -> Number:
    return _points(sheet, called("MAX", [f"N({cell})" for cell in cells]), not_negative=_no_debts(branch))


def _any_of(sheet: Sheet, branch: Branching, cells: list[str]) -> Number:
    full, best = mark_of(sheet, branch).number, _best(sheet, branch, cells)
    reached = [
        both([f"ISNUMBER({cell})", f"N({cell})>={mark_text(sheet, child)}", no(_settled(sheet, child, cell))])
        for child, cell in zip(branch.parts, cells, strict=True)
    ]
    enough = f"{'+'.join(f'N({each})' for each in reached)}>={branch.combine.least}"
    return _points(sheet, when(enough, full.text(), best.text()), not_negative=_no_debts(branch))


def _settled(sheet: Sheet, child: Node, cell: str) -> str:
    """That a child that shows a number still waits."""
    waits = open_text(sheet, child.id)
    return FALSE if waits == sheet.waits(cell) else waits


def _one_of(sheet: Sheet, branch: Branching, cells: list[str]) -> tuple[Number, str] | Number:
    """The one child whose `when` surely holds; nothing where several do."""
    if any(child.over is not None for child in branch.parts):
        raise Unsayable("an alternative repeated for every row of an item table")
    try:
        sure = [truth(child.when.need, sheet).yes if child.when is not None else "TRUE" for child in branch.parts]
    except Unsayable:  # the sheet lacks what they read: cells of children that do not apply say so
        made = when(f"{counted(cells)}>1", "0", called("SUM", cells))
        return _points(sheet, made)
    certain = [place for place, condition in enumerate(sure) if condition != FALSE]
    if all(sure[place] == "TRUE" for place in certain):
        if len(certain) != 1:
            return NOUGHT
        return _points(sheet, f"N({cells[certain[0]]})"), f"{cells[certain[0]]}={KAD}"
    chosen = "0"
    for place in reversed(certain):
        chosen = when(sure[place], cells[place], chosen)
    one = f"{'+'.join(f'N({sure[place]})' for place in certain)}=1"
    out = both(f"{cell}={KAD}" for cell in cells)
    gone = when(one, f"{chosen}={KAD}", out)
    return _points(sheet, when(one, f"SUM({chosen})" if chosen.startswith("IF(") else f"N({chosen})", "0")), gone


def _product(sheet: Sheet, branch: Branching, cells: list[str]) -> Number:
    made = number(1)
    for cell in cells:
        made = made * _points(sheet, when(f"{cell}={KAD}", "1", f"N({cell})"))
    return made


_COMBINE = {
    "sum": _sum,
    "mean": _mean,
    "weighted": _weighted,
    "best": _best,
    "any_of": _any_of,
    "one_of": _one_of,
    "product": _product,
}
