"""Functions of expressions as formulas: min max abs floor ceil round if default known pick days workdays on prev points share total."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from criteria.expressions.functions_numbers import Conditional, Defaulted, Extreme, Known, Picked, Rounded
from criteria.expressions.functions_pool import Previous
from criteria.expressions.functions_results import NodeTerm, ResultTerm
from criteria.expressions.functions_time import DaysBetween, OnDay, WorkdaysBetween
from records.spreadsheets.absence import NEVER, Absence, Quantity, Truth, chosen, strict
from records.spreadsheets.bounds import denoised, extreme
from records.spreadsheets.cells import Before, Sheet
from records.spreadsheets.expressions import Level, Said, levels_are, quantity, say, truth
from records.spreadsheets.numbers import atom, number
from records.spreadsheets.writing import FALSE, KAD, Unsayable, both, either, literal, no, when

_EPOCH = dt.date(1899, 12, 30)


@say.register
def _(term: Extreme, sheet: Sheet) -> Said:
    parts = [quantity(part, sheet) for part in term.parts]
    absence = NEVER
    for part in parts:
        absence = absence | part.absence
    return Quantity(extreme(term.name.upper(), [part.number for part in parts]), absence)


@say.register
def _(term: Rounded, sheet: Sheet) -> Said:
    part = quantity(term.parts[0], sheet)
    value = part.number
    not_negative = value.at_least_zero
    if term.name == "abs":
        made = atom(f"ABS({value.text()})", value.ends, not_negative=True, sharp=value.exact, bare=True)
    elif term.name == "floor":
        made = atom(f"INT({denoised(value)})", 0, not_negative=not_negative)
    elif term.name == "ceil":
        made = atom(f"-INT(-({denoised(value)}))", 0, not_negative=not_negative, loose=True)
    else:
        made = atom(f"ROUND({denoised(value)},{term.places})", term.places, not_negative=not_negative, bare=True)
    return Quantity(made, part.absence)


@say.register
def _(term: Conditional, sheet: Sheet) -> Said:
    condition = truth(term.parts[0], sheet)
    first, second = (quantity(part, sheet) for part in term.parts[1:])
    return chosen(condition.absence, [(condition.plain, first)], second)


@say.register
def _(term: Defaulted, sheet: Sheet) -> Said:
    part, other = (say(each, sheet) for each in term.parts)
    if isinstance(part, Truth) and isinstance(other, Truth):
        return _defaulted_truth(part, other)
    if not (isinstance(part, Quantity) and isinstance(other, Quantity)):
        raise Unsayable("default(…) of a text")
    absence = part.absence
    lacks = absence.missing_text()  # what does not apply is found before this is asked
    if lacks == FALSE:
        return part
    value = chosen(NEVER, [(lacks, Quantity(other.number))], Quantity(part.number)).number
    other_lacks = other.absence.missing_text()
    undefined = when(lacks, other.absence.undefined_text(), absence.undefined_text())
    nothing = [absence.nothing_text()]
    if other.absence.nothing_text() != FALSE:
        nothing.append(both([lacks, no(absence.nothing_text()), other.absence.nothing_text()]))
    result = Quantity(
        value,
        Absence(
            (),
            tuple(text for text in nothing if text != FALSE),
            () if other_lacks == FALSE else (both([lacks, other_lacks]),),
            () if undefined == FALSE else (undefined,),
        ),
    )
    return Level(result.number, result.absence, "", part.words) if isinstance(part, Level) else result


def _defaulted_truth(part: Truth, other: Truth) -> Truth:
    missing = no(either([part.yes, part.no, part.nothing, part.undefined]))
    pick = {
        name: either([getattr(part, name), both([missing, getattr(other, name)])])
        for name in ("yes", "no", "nothing", "undefined")
    }
    return Truth(pick["yes"], pick["no"], pick["nothing"], pick["undefined"], pick["yes"])


@say.register
def _(term: Known, sheet: Sheet) -> Said:
    part = say(term.parts[0], sheet)
    if isinstance(part, Truth):
        return strict(either([part.yes, part.no]), NEVER)
    return strict(no(part.absence.known(FALSE, "TRUE")), NEVER)


@say.register
def _(term: Picked, sheet: Sheet) -> Said:
    options = [quantity(part, sheet) for part in term.parts[1:]]
    attribute = say(term.parts[0], sheet)
    if isinstance(attribute, Truth):
        return chosen(attribute.absence, [(attribute.plain, options[1])], options[0])
    assert isinstance(attribute, Level)
    return chosen(attribute.absence, list(zip(levels_are(attribute), options[:-1], strict=True)), options[-1])


@say.register
def _(term: DaysBetween, sheet: Sheet) -> Said:
    first, second = (quantity(part, sheet) for part in term.parts)
    return Quantity(second.number - first.number, first.absence | second.absence)


@say.register
def _(term: WorkdaysBetween, sheet: Sheet) -> Said:
    first, second = (quantity(part, sheet) for part in term.parts)
    a, b = first.number.text(), second.number.text()
    days = sorted((day - _EPOCH).days for day in sheet.criteria.declaration.holidays)
    holidays = f",{{{','.join(literal(day) for day in days)}}}" if days else ""
    forward, backward = f"NETWORKDAYS({a}+1,{b}{holidays})", f"-NETWORKDAYS({b}+1,{a}{holidays})"
    made = atom(when(f"{a}<{b}", forward, when(f"{b}<{a}", backward, "0")), 0)
    return Quantity(made, first.absence | second.absence)


@say.register
def _(term: OnDay, sheet: Sheet) -> Said:
    if sheet.period is None or not (term.month or sheet.period.month):
        raise Unsayable("a day of a round that is not known")
    day = dt.date(sheet.period.year, term.month or sheet.period.month or 1, term.day)
    return Quantity(number((day - _EPOCH).days))


@say.register
def _(term: Previous, sheet: Sheet) -> Said:
    part = term.parts[0]
    for inner in part.walk():
        name = getattr(inner, "name", "")
        if name in sheet.criteria.inputs and sheet.filling(sheet.criteria.inputs[name]) is not None:
            raise Unsayable("an empty cell of the round before may mean that the candidate was not there")
        if isinstance(inner, NodeTerm | ResultTerm | Previous):
            raise Unsayable("points of the round before")
    return say(part, replace(sheet, cells=Before(sheet.cells)))


@say.register
def _(term: NodeTerm, sheet: Sheet) -> Said:
    return node_quantity(term.node, term.method == "share", sheet)


@say.register
def _(term: ResultTerm, sheet: Sheet) -> Said:
    if term.leaf:
        raise Unsayable("points of every criterion in turn")
    if term.method == "maximum":
        return Quantity(atom(f"N({sheet.maximum('')})", sheet_places(sheet), bare=True, not_negative=True))
    return node_quantity("", term.method == "share", sheet)


def node_quantity(node: str, share: bool, sheet: Sheet) -> Quantity:
    """points(ID), share(ID), total, share: missing while something is open, unless ranks ask."""
    from records.spreadsheets.opening import open_text

    cell = sheet.points(node)
    so_far = sheet.so_far and node == ""
    absence = (
        NEVER if so_far else Absence((), (f"{cell}={KAD}",), tuple(t for t in (open_text(sheet, node),) if t != FALSE))
    )
    points = atom(f"N({cell})", sheet_places(sheet), bare=True)
    if not share:
        return Quantity(points, absence)
    maximum = atom(f"N({sheet.maximum(node)})", sheet_places(sheet), bare=True, not_negative=True)
    return Quantity(points / maximum, absence | Absence(undefined=(maximum.zero,)))


def sheet_places(sheet: Sheet) -> int | None:
    """Decimals of the points on the sheet; None where they are not rounded."""
    from records.spreadsheets.rounding import point_decimals

    return point_decimals(sheet) if sheet.rounds_leaves else None
