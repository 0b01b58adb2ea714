"""Expressions of a criteria set as formulas: what a cell says, arithmetic, comparison, and, or, not."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch

from criteria.exact import Truth as TruthColumn
from criteria.expressions import kinds
from criteria.expressions.formula import Formula, Mark
from criteria.expressions.terms import (
    Among,
    Arithmetic,
    Comparison,
    Constant,
    Junction,
    Measured,
    Named,
    Negated,
    Negation,
    Term,
    WrittenText,
)
from criteria.inputs import Input
from records.spreadsheets.absence import NEVER, Absence, Quantity, Truth, conjunction, disjunction, negation, strict
from records.spreadsheets.bounds import compared
from records.spreadsheets.cells import Sheet
from records.spreadsheets.numbers import Number, atom, number
from records.spreadsheets.writing import EMPTY, FALSE, KAD, TRUE, Unsayable, both, either, literal, no, text, when

SERIAL_OF_1970 = 25569  # a spreadsheet counts days from 30/12/1899
YES, NO = '"có"', '"không"'
_SIGNS = {"!=": "<>"}


@dataclass(frozen=True)
class Level(Quantity):
    """The place of a level, from 1 on. cell: the word, where it stands in a cell. words: all of them, lowest first."""

    cell: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """A text: an expression that gives it, and when it is absent."""

    made: str
    absence: Absence = NEVER


Said = Quantity | Truth | Words


@singledispatch
def say(term: Term, sheet: Sheet) -> Said:
    """A term as a formula. Raises Unsayable."""
    raise Unsayable(f"{type(term).__name__}: {term.formula()}")


def quantity(formula: Formula | Term, sheet: Sheet) -> Quantity:
    """A number, a day or a level."""
    said = say(formula.term if isinstance(formula, Formula) else formula, sheet)
    if not isinstance(said, Quantity):
        raise Unsayable("no number")
    return said


def truth(formula: Formula | Term, sheet: Sheet) -> Truth:
    said = say(formula.term if isinstance(formula, Formula) else formula, sheet)
    if not isinstance(said, Truth):
        raise Unsayable("no condition")
    return said


def mark(points: Mark, sheet: Sheet, frame: Number) -> Quantity:
    """Points in a frame."""
    return Quantity(frame * number(points.share)) if points.share is not None else quantity(points, sheet)


def absence_of(said: Said) -> Absence:
    return said.absence


@say.register
def _(term: Constant, sheet: Sheet) -> Said:
    value = term.value
    if isinstance(value, TruthColumn):
        return strict(TRUE if value.at(0) else FALSE, NEVER)
    exact = value.scalar
    if exact is None:
        raise Unsayable("a constant without a value")
    if term.kind.name == kinds.LEVEL:
        return Level(number(exact + 1), NEVER, "", term.kind.levels)
    if term.kind.name == kinds.DAY:
        return Quantity(number(exact + SERIAL_OF_1970))
    return Quantity(number(exact))


@say.register
def _(term: WrittenText, sheet: Sheet) -> Said:
    return Words(text(term.text))


@say.register
def _(term: Measured, sheet: Sheet) -> Said:
    derived = sheet.criteria.derived.get(term.name)
    if derived is not None:
        return say(derived, sheet)
    if term.name not in sheet.criteria.inputs:
        raise Unsayable(f"{term.name} is a column of an item table")
    cell, declared = sheet.figure(term.name)
    return cell_value(cell, declared, sheet.filling(declared))


def cell_value(cell: str, declared: Input, filling: int | bool | None = None) -> Said:
    """What an input cell says. filling: what it means when it is empty."""
    if declared.kind.name == kinds.TRUTH:
        return _yes_no(cell, declared, filling)
    empty, kad = f"{cell}={EMPTY}", f"{cell}={KAD}"
    nothing = either([kad, empty]) if filling is None and declared.blank_not_applicable else kad
    if declared.kind.name == kinds.TEXT:
        return Words(f"{cell}&{EMPTY}", Absence((), (nothing,), (empty,)))
    if declared.kind.name == kinds.LEVEL:
        return _level(cell, declared, filling, nothing)
    places = declared.decimals if declared.kind.name == kinds.NUMBER else 0
    not_negative = isinstance(declared.at_least, Fraction) and declared.at_least >= 0
    if filling is None:
        made = atom(cell, places, bare=True, not_negative=not_negative)
        absence = Absence((cell,)) if nothing == kad else Absence((cell,), (nothing,))
    else:
        scale = 100 if declared.kind.percent else 1
        offset = SERIAL_OF_1970 if declared.kind.name == kinds.DAY else 0
        fallback = literal(Fraction(int(filling), declared.scale) * scale + offset)
        made = atom(when(empty, fallback, cell), places, bare=True, not_negative=not_negative)
        absence = Absence((), (kad,), (both([no(empty), no(f"ISNUMBER({cell})")]),))
    return Quantity(made / number(100) if declared.kind.percent else made, absence)


def _yes_no(cell: str, declared: Input, filling: int | bool | None) -> Truth:
    yes, fails, nothing = f"{cell}={YES}", f"{cell}={NO}", f"{cell}={KAD}"
    empty = f"{cell}={EMPTY}"
    if filling is not None:
        yes, fails = (either([yes, empty]), fails) if filling else (yes, either([fails, empty]))
    elif declared.blank_not_applicable:
        nothing = either([nothing, empty])
    return Truth(yes, fails, nothing, FALSE, yes, Absence((), (nothing,), (no(either([yes, fails])),)))


def _level(cell: str, declared: Input, filling: int | bool | None, nothing: str) -> Level:
    words = declared.kind.levels
    if any(letter in word for word in words for letter in "~*?"):
        raise Unsayable("a level with a wildcard in its name")
    place = f"MATCH({cell}&{EMPTY},{{{','.join(text(word) for word in words)}}},0)"
    unknown = f"ISERROR({place})"
    if filling is not None:
        empty = f"{cell}={EMPTY}"
        unknown = both([no(empty), unknown])
        place = when(empty, str(int(filling) + 1), place)
    low, high = Fraction(1), Fraction(len(words))
    return Level(
        atom(place, 0, bare=True, low=low, high=high),
        Absence((), (nothing,), (unknown,)),
        cell if filling is None else "",
        words,
    )


@say.register
def _(term: Named, sheet: Sheet) -> Said:
    declared = sheet.criteria.declaration.quantities[term.name]
    if declared.of is not None:
        return say(declared.of.term, sheet)
    from records.spreadsheets.shapes import earned

    assert declared.shape is not None
    frame = quantity(declared.max, sheet) if declared.max is not None else Quantity(number(1))
    found = earned(declared.shape, sheet, frame.number)
    return Quantity(found.number, found.absence | frame.absence)


@say.register
def _(term: Arithmetic, sheet: Sheet) -> Said:
    if term.constant_value is not None:
        return Quantity(number(term.constant_value))
    left, right = (quantity(part, sheet) for part in term.parts)
    absence = left.absence | right.absence
    a, b = left.number, right.number
    if term.sign == "/":
        if b.constant == 0:
            raise Unsayable("a division by 0")
        zero = b.zero
        return Quantity(a / b, absence if zero == FALSE else absence | Absence(undefined=(zero,)))
    return Quantity(a + b if term.sign == "+" else a - b if term.sign == "-" else a * b, absence)


@say.register
def _(term: Negated, sheet: Sheet) -> Said:
    part = quantity(term.parts[0], sheet)
    return Quantity(-part.number, part.absence)


@say.register
def _(term: Comparison, sheet: Sheet) -> Said:
    left, right = (say(part, sheet) for part in term.parts)
    absence = left.absence | right.absence
    sign = _SIGNS.get(term.sign, term.sign)
    if isinstance(left, Words) and isinstance(right, Words):
        same = f"EXACT({left.made},{right.made})"
        return strict(same if sign == "=" else no(same), absence)
    if isinstance(left, Truth) and isinstance(right, Truth):
        return strict(f"({left.plain}){sign}({right.plain})", absence)
    assert isinstance(left, Quantity) and isinstance(right, Quantity)
    if isinstance(left, Level) and isinstance(right, Level):
        return strict(levels_compared(sign, left, right), absence)
    return strict(compared(sign, left.number, right.number), absence)


def levels_compared(sign: str, left: Level, right: Level) -> str:
    """By word where that is shorter to read, else by place."""
    for one, other in ((left, right), (right, left)):
        place = other.number.constant
        if one.cell and place is not None and sign in ("=", "<>"):
            return f"{one.cell}&{EMPTY}{sign}{text(other.words[int(place) - 1])}"
    return compared(sign, left.number, right.number)


def levels_are(level: Level) -> list[str]:
    """The conditions that it is the first, the second, … level; the last one is what is left."""
    places = [Level(number(place), NEVER, "", level.words) for place in range(1, len(level.words))]
    return [levels_compared("=", level, place) for place in places]


@say.register
def _(term: Among, sheet: Sheet) -> Said:
    tests = [truth(test, sheet) for test in term.tests]
    found = [test.strict for test in tests]
    if found[0] is not None and all(absence == found[0] for absence in found):  # the same is absent in all of them
        return strict(either(test.plain for test in tests), found[0])
    return disjunction(tests)


@say.register
def _(term: Junction, sheet: Sheet) -> Said:
    parts = [truth(part, sheet) for part in _chain(term, term.word)]
    return conjunction(parts) if term.word == "and" else disjunction(parts)


def _chain(term: Term, word: str) -> list[Term]:
    """a and b and c as one row."""
    if isinstance(term, Junction) and term.word == word:
        return [part for side in term.parts for part in _chain(side, word)]
    return [term]


@say.register
def _(term: Negation, sheet: Sheet) -> Said:
    return negation(truth(term.parts[0], sheet))
