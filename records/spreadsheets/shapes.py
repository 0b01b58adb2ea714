"""The nine shapes as formulas: exact points in a frame, not rounded, and when they are absent."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import singledispatch

from criteria.expressions import kinds
from criteria.expressions.formula import Formula, Mark
from criteria.expressions.terms import Term
from criteria.shapes.bands import Bands
from criteria.shapes.base import BandEdges, Shape
from criteria.shapes.count import Count
from criteria.shapes.full import Full
from criteria.shapes.given import Given
from criteria.shapes.intervals import _lower_key, constant_edges, lower
from criteria.shapes.levels import Levels
from criteria.shapes.linear import Linear
from criteria.shapes.registry import Band
from criteria.shapes.steps import Steps
from criteria.shapes.table import Table, TableBand
from criteria.shapes.value import Value
from records.spreadsheets.absence import ALWAYS_MISSING, NEVER, Absence, Quantity, Truth, chosen
from records.spreadsheets.bounds import clipped, compared, denoised, extreme
from records.spreadsheets.cells import Sheet
from records.spreadsheets.expressions import Level, cell_value, levels_are, mark, quantity, say
from records.spreadsheets.numbers import NOUGHT, Number, atom, number
from records.spreadsheets.rounding import on_grid
from records.spreadsheets.writing import FALSE, TRUE, Unsayable, both, when


def earned(shape: Shape, sheet: Sheet, frame: Number, of: Term | None = None, keep: bool = False) -> Quantity:
    """Points before rounding, `when_zero` and `grid` applied. keep: what does not apply because it is undefined stays undefined: the
    caller says KAD for it. Raises Unsayable."""
    found = points(shape, sheet, frame, shape._of or of)
    undefined = found.absence.undefined_text()
    if shape.when_zero is not None and undefined != FALSE:
        if shape.when_zero == "not_applicable" and keep:
            pass
        elif shape.when_zero == "not_applicable":
            nothing = when(found.absence.lacking_text(), FALSE, undefined)
            found = Quantity(found.number, found.absence.defined() | Absence(nothing=(nothing,)))
        else:
            instead = frame if shape.when_zero == "full" else NOUGHT
            value = chosen(NEVER, [(undefined, Quantity(instead))], Quantity(found.number)).number
            found = Quantity(value, found.absence.defined())
    if shape.grid is not None and shape.rounds_to_grid:
        grid = quantity(shape.grid, sheet)
        found = Quantity(on_grid(found.number, grid.number), found.absence | grid.absence)
    return found


@singledispatch
def points(shape: Shape, sheet: Sheet, frame: Number, of: Term | None) -> Quantity:
    """The shape's own arithmetic."""
    raise Unsayable(type(shape).__name__)


def _of(of: Term | None, sheet: Sheet) -> Quantity:
    if of is None:
        raise Unsayable("no quantity")
    return quantity(of, sheet)


def _optional(value: Mark | None, sheet: Sheet, frame: Number) -> Quantity | None:
    return None if value is None else mark(value, sheet, frame)


def _capped(value: Quantity, cap: Quantity | None) -> Quantity:
    return value if cap is None else Quantity(clipped(value.number, None, cap.number), value.absence | cap.absence)


@points.register
def _(shape: Linear, sheet: Sheet, frame: Number, of: Term | None) -> Quantity:
    value, start, end = _of(of, sheet), quantity(shape.from_, sheet), quantity(shape.to, sheet)
    travelled, whole = value.number - start.number, end.number - start.number
    absence = value.absence | start.absence | end.absence
    length = whole.constant
    if length is not None and length < 0:
        travelled, whole = -travelled, -whole
    if length == 0:
        return Quantity(NOUGHT, absence | Absence(undefined=(TRUE,)))
    if length is None:
        absence = absence | Absence(undefined=(whole.zero,))
    line = clipped(travelled * frame / whole, NOUGHT, frame)
    return Quantity(replace(line, low=Fraction(0)) if frame.constant is not None else line, absence)


@points.register
def _(shape: Value, sheet: Sheet, frame: Number, of: Term | None) -> Quantity:
    return _of(of, sheet)


@points.register
def _(shape: Full, sheet: Sheet, frame: Number, of: Term | None) -> Quantity:
    if shape.always:
        return Quantity(frame)
    if of is None:
        raise Unsayable("no condition")
    condition = say(of, sheet)
    assert isinstance(condition, Truth)
    return chosen(condition.absence, [(condition.plain, Quantity(frame))], Quantity(NOUGHT))


@points.register
def _(shape: Given, sheet: Sheet, frame: Number, of: Term | None) -> Quantity:
    if shape.panel is not None or shape._term is None:
        raise Unsayable("a panel")
    name = getattr(shape._term, "name", "")
    cell = sheet.cells.judged(name)
    if cell is None or name not in sheet.criteria.inputs:
        raise Unsayable(f"no cell for the mark of {name}")
    said = cell_value(cell, sheet.criteria.inputs[name], sheet.filling(sheet.criteria.inputs[name]))
    assert isinstance(said, Quantity)
    return said


@points.register
def _(shape: Count, sheet: Sheet, frame: Number, of: Term | None) -> Quantity:
    value, start, each = _of(of, sheet), quantity(shape.start, sheet), mark(shape.each, sheet, frame)
    above = clipped(value.number - start.number, NOUGHT, None)
    found = Quantity(above * each.number, value.absence | start.absence | each.absence)
    return _capped(found, _optional(shape.cap, sheet, frame))


@points.register
def _(shape: Steps, sheet: Sheet, frame: Number, of: Term | None) -> Quantity:
    value, each, worth = _of(of, sheet), quantity(shape.each, sheet), mark(shape.points, sheet, frame)
    absence = value.absence | each.absence | worth.absence
    if each.number.constant is None:
        absence = absence | Absence(undefined=(each.number.zero,))
    steps = value.number / each.number
    if shape.part == "down":
        steps = atom(f"INT({denoised(steps)})", 0, not_negative=steps.at_least_zero)
    elif shape.part == "up":
        steps = atom(f"-INT(-({denoised(steps)}))", 0, not_negative=steps.at_least_zero, loose=True)
    found = Quantity(clipped(steps, NOUGHT, None) * worth.number, absence)
    return _capped(found, _optional(shape.cap, sheet, frame))


@points.register
def _(shape: Levels, sheet: Sheet, frame: Number, of: Term | None) -> Quantity:
    if of is None:
        raise Unsayable("no quantity")
    value = say(of, sheet)
    marks = [mark(each, sheet, frame) for each in shape._marks]
    if isinstance(value, Truth):
        return chosen(value.absence, [(value.plain, marks[1])], marks[0])
    if isinstance(value, Level):
        return chosen(value.absence, list(zip(levels_are(value), marks[:-1], strict=True)), marks[-1])
    assert isinstance(value, Quantity)
    times, last = value.number, shape._keys[-1]
    reached = [compared(">=", times, number(key)) for key in shape._keys]
    if shape.nth:
        found = Quantity(NOUGHT, value.absence)
        for condition, each in zip(reached, marks[1:], strict=True):
            step = chosen(value.absence, [(condition, each)], Quantity(NOUGHT))
            found = Quantity(found.number + step.number, found.absence | step.absence)
    else:
        cases = list(zip(reversed(reached), reversed(marks[1:]), strict=True))
        found = chosen(value.absence, cases, marks[0])
    extra = mark(shape.then, sheet, frame) if shape.then is not None else marks[-1] if shape.nth else None
    if extra is None:
        return found
    further = extreme("MAX", [NOUGHT, atom(f"INT({denoised(times)})", 0) - number(last)])
    return Quantity(found.number + further * extra.number, found.absence | extra.absence)


@points.register
def _(shape: Bands, sheet: Sheet, frame: Number, of: Term | None) -> Quantity:
    value = _of(of, sheet)
    outer, order = _located(value, list(shape.at), sheet)
    options = [_band(entry, sheet, frame, of) for entry in shape.at]
    cases = [(condition, options[place]) for place, condition in order[:-1]]
    return chosen(outer, cases, options[order[-1][0]])


def _band(entry: Band, sheet: Sheet, frame: Number, of: Term | None) -> Quantity:
    if entry.shape is not None:
        return earned(entry.shape, sheet, frame, of)
    if entry.points is not None:
        return mark(entry.points, sheet, frame)
    return Quantity(NOUGHT, ALWAYS_MISSING)  # a person must be asked


def _located(value: Quantity, entries: list[BandEdges], sheet: Sheet) -> tuple[Absence, list[tuple[int, str]]]:
    """Entries in the order in which to ask for them, each with its condition; the last one is what is left, as in the engine."""
    if constant_edges(entries):
        keyed = sorted(range(len(entries)), key=lambda place: _lower_key(lower(entries[place], {})))
        order = []
        for place in reversed(keyed):
            low = entries[place].from_ or entries[place].above
            sign = ">=" if entries[place].from_ is not None else ">"
            condition = TRUE if low is None else compared(sign, value.number, quantity(low, sheet).number)
            order.append((place, condition))
        return value.absence, order
    order, absence = [], value.absence
    for place, entry in enumerate(entries):
        tests = []
        for edge, sign in ((entry.from_, ">="), (entry.above, ">"), (entry.below, "<"), (entry.up_to, "<=")):
            if edge is not None:
                side = quantity(edge, sheet)
                if not side.absence.without(value.absence).never:
                    raise Unsayable("an edge that may be absent")
                tests.append(compared(sign, value.number, side.number))
        order.append((place, both(tests)))
    return absence, [*order, (0, TRUE)]


@points.register
def _(shape: Table, sheet: Sheet, frame: Number, of: Term | None) -> Quantity:
    (first, rows), (second, columns) = (_margin(formula, bands, sheet) for _, formula, bands in shape.margins)
    outer = first | second
    lines = []
    for line in shape.points:
        marks = [mark(each, sheet, frame) for each in line]
        cases = [(condition, marks[place]) for place, condition in columns[:-1]]
        lines.append(chosen(outer, cases, marks[columns[-1][0]]))
    cases = [(condition, lines[place]) for place, condition in rows[:-1]]
    found = chosen(outer, cases, lines[rows[-1][0]])
    return Quantity(found.number, outer | found.absence)


def _margin(formula: Formula, bands: list[TableBand | str], sheet: Sheet) -> tuple[Absence, list[tuple[int, str]]]:
    """The conditions of a margin of a two-way table."""
    if formula.term.kind.name == kinds.LEVEL:
        level = quantity(formula, sheet)
        if not isinstance(level, Level):
            raise Unsayable("a level")
        return level.absence, [*enumerate([*levels_are(level), TRUE])]
    return _located(quantity(formula, sheet), [band for band in bands if isinstance(band, TableBand)], sheet)
