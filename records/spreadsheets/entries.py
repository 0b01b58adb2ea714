"""Entries of less and plus as formulas. What an entry gives can always be computed: 0 where it is absent or does not count."""

from __future__ import annotations

from dataclasses import dataclass, replace

from criteria.declarations.node import Branch, Entry, EntryGroup
from records.spreadsheets.absence import Quantity
from records.spreadsheets.bounds import clipped, extreme
from records.spreadsheets.cells import Sheet
from records.spreadsheets.expressions import mark, quantity, truth
from records.spreadsheets.numbers import NOUGHT, Number, atom
from records.spreadsheets.rounding import on_grid, point_decimals, rounded
from records.spreadsheets.shapes import earned
from records.spreadsheets.writing import FALSE, both, either, when


@dataclass(frozen=True)
class Amount:
    """number: what an entry gives. waits: the condition that something of it is still to come. out: that it does not apply."""

    number: Number
    waits: str = FALSE
    out: str = FALSE


def after_entries(sheet: Sheet, branch: Branch, number: Number, full: Number) -> tuple[Number, str]:
    """Points after less and plus, and the condition that an entry waits. number: what was earned; full: the full mark."""
    waits = []
    for group, sign in ((branch.less, -1), (branch.plus, 1)):
        if group is None:
            continue
        amount = _group(sheet, group, number if sign < 0 else full)
        number = number + (amount.number if sign > 0 else -amount.number)
        waits.append(amount.waits)
    return number, either(waits)


def _group(sheet: Sheet, group: EntryGroup, frame: Number) -> Amount:
    amount = _together(sheet, "items", group.items, frame)
    number = amount.number
    if group.cap is not None:
        number = clipped(number, None, _always(mark(group.cap, sheet, frame)))
    if group.floor is not None:
        number = clipped(number, _always(mark(group.floor, sheet, frame)), None)
    return replace(amount, number=number)


def _always(of: Quantity) -> Number:
    """A bound, 0 where it is absent."""
    return of.number if of.absence.never else atom(of.absence.known(of.number.text(), "0"), of.number.ends, bare=True)


def _together(sheet: Sheet, how: str, entries: list[Entry], frame: Number) -> Amount:
    """Entries summed, the best of them, or the first whose `when` holds."""
    amounts = [entry_amount(sheet, entry, frame, alone=how != "one_of") for entry in entries]
    if how == "best":
        return Amount(extreme("MAX", [amount.number for amount in amounts]), either(amount.waits for amount in amounts))
    if how == "items":
        total = NOUGHT
        for amount in amounts:
            total = total + amount.number
        return Amount(total, either(amount.waits for amount in amounts))
    made, waits = "0", FALSE
    for amount in reversed(amounts):
        made, waits = when(amount.out, made, amount.number.text()), when(amount.out, waits, amount.waits)
    return Amount(_atom(sheet, made, all(amount.number.at_least_zero for amount in amounts)), waits)


def _atom(sheet: Sheet, made: str, not_negative: bool) -> Number:
    return atom(made, point_decimals(sheet) if sheet.rounds_leaves else None, bare=True, not_negative=not_negative)


def entry_amount(sheet: Sheet, entry: Entry, frame: Number, alone: bool = True) -> Amount:
    """What one entry gives. alone: no other entry can make it idle, so its own cell may be read, if the sheet has one."""
    cell = sheet.cells.points(entry.id) if entry.id and alone else None
    if cell is not None:
        return Amount(_atom(sheet, f"N({cell})", _never_negative(entry)), sheet.waits(cell))
    found, waits = _inside(sheet, entry, frame)
    absence = found.absence
    if entry.when is None:
        made = absence.known(found.number.text(), "0")
        out = absence.nothing_text()
        open_text = either([waits, absence.open_text()])
    else:
        condition = truth(entry.when.need, sheet)
        made = condition.choose(absence.known(found.number.text(), "0"), "0", "0", "0", "0")
        out = either([condition.no, condition.nothing, both([condition.yes, absence.nothing_text()])])
        open_text = either([condition.missing, both([condition.yes, either([waits, absence.open_text()])])])
    if made == found.number.text():
        return Amount(found.number, open_text, out)
    return Amount(_atom(sheet, made, found.number.at_least_zero), open_text, out)


def entry_text(sheet: Sheet, entry: Entry, frame: Number) -> str:
    """The cell of an entry that has a line of its own: a number, KAD, or empty while something is missing."""
    found, _ = _inside(sheet, entry, frame)
    inner = found.absence.layers(found.number.text())
    return inner if entry.when is None else truth(entry.when.need, sheet).choose(inner, '"KAD"')


def _never_negative(entry: Entry) -> bool:
    return entry.floor is None and not entry.grouped


def _inside(sheet: Sheet, entry: Entry, frame: Number) -> tuple[Quantity, str]:
    """Points of an entry whose `when` holds, and the condition that something inside a group waits."""
    points = sheet.criteria.declaration.points
    own = mark(entry.max, sheet, frame) if entry.max is not None else Quantity(frame)
    frame, absence, waits = own.number, own.absence, FALSE
    if entry.grouped:
        how = "items" if entry.items else "best" if entry.best else "one_of"
        amount = _together(sheet, how, entry.grouped, frame)
        number, waits = amount.number, amount.waits
    else:
        assert entry.shape is not None
        found = earned(entry.shape, sheet, frame)
        number, absence = found.number, absence | found.absence
    if entry.coefficient is not None:
        by = quantity(entry.coefficient, sheet)
        number, absence = number * by.number, absence | by.absence
    if entry.grid is not None:
        number = on_grid(number, quantity(entry.grid, sheet).number)
    if sheet.rounds_leaves:
        number = rounded(number, points.places, points.rounding)
    if entry.max is not None:
        number = clipped(number, None, frame)
    if entry.cap is not None:
        number = clipped(number, None, _always(mark(entry.cap, sheet, frame)))
    if entry.floor is not None:
        number = clipped(number, _always(mark(entry.floor, sheet, frame)), None)
    elif not entry.grouped:
        number = clipped(number, NOUGHT, None)
    return Quantity(number, absence), waits
