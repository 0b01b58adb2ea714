"""Pieces of formulas as texts that Excel 2010 and LibreOffice read: literals, conditions, limits.

Formulas are written as they stand in a file: English names, commas between arguments, a decimal point.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

TRUE, FALSE = "TRUE", "FALSE"
KAD = '"KAD"'  # what a cell holds that does not apply
EMPTY = '""'
LONGEST, DEEPEST = 8192, 64  # what Excel takes: characters of a formula, functions inside functions
LONGEST_TEXT, LARGEST, MOST_ARGUMENTS = 255, 10**15, 255


class Unsayable(Exception):
    """A spreadsheet cannot say this. The reason is for tests and for people who write criteria."""


def text(value: str) -> str:
    """A text literal. Raises Unsayable where Excel would not read it."""
    if len(value) > LONGEST_TEXT:
        raise Unsayable("a text of more than 255 characters")
    return '"' + value.replace('"', '""') + '"'


def decimals_of(value: Fraction) -> int | None:
    """Decimals of a number; None if they do not end."""
    left, twos, fives = value.denominator, 0, 0
    while left % 2 == 0:
        left, twos = left // 2, twos + 1
    while left % 5 == 0:
        left, fives = left // 5, fives + 1
    return max(twos, fives) if left == 1 else None


def literal(value: Fraction | int) -> str:
    """A number whose decimals end. Raises Unsayable beyond 15 digits."""
    exact = Fraction(value)
    places = decimals_of(exact)
    if places is None:
        raise Unsayable("decimals that do not end")
    digits = abs(exact.numerator) * (10**places // exact.denominator)
    if digits >= LARGEST:
        raise Unsayable("a number of more than 15 digits")
    sign = "-" if exact < 0 else ""
    whole = str(digits).rjust(places + 1, "0")
    return sign + (whole if not places else f"{whole[:-places]}.{whole[-places:]}")


def either(parts: Iterable[str]) -> str:
    """OR of conditions, constants folded."""
    kept = [part for part in dict.fromkeys(parts) if part != FALSE]
    if TRUE in kept:
        return TRUE
    return FALSE if not kept else kept[0] if len(kept) == 1 else called("OR", kept)


def both(parts: Iterable[str]) -> str:
    """AND of conditions, constants folded."""
    kept = [part for part in dict.fromkeys(parts) if part != TRUE]
    if FALSE in kept:
        return FALSE
    return TRUE if not kept else kept[0] if len(kept) == 1 else called("AND", kept)


def no(condition: str) -> str:
    """NOT, constants folded."""
    return {TRUE: FALSE, FALSE: TRUE}.get(condition, f"NOT({condition})")


def when(condition: str, then: str, otherwise: str) -> str:
    """IF, constants folded. Only the branch taken is computed: what is unknown in the other does no harm."""
    if condition == TRUE or then == otherwise:
        return then
    if condition == FALSE:
        return otherwise
    if then == TRUE and otherwise == FALSE:
        return condition
    return f"IF({condition},{then},{otherwise})"


def called(name: str, arguments: list[str]) -> str:
    """A function of many arguments, nested where Excel would not take them all. The function must be associative."""
    while len(arguments) > MOST_ARGUMENTS:
        arguments = [called(name, arguments[:MOST_ARGUMENTS]), *arguments[MOST_ARGUMENTS:]]
    return f"{name}({','.join(arguments)})"


def counted(cells: Sequence[str]) -> str:
    """How many cells hold a number."""
    groups = [cells[place : place + MOST_ARGUMENTS] for place in range(0, len(cells), MOST_ARGUMENTS)]
    return "+".join(f"COUNT({','.join(group)})" for group in groups)


def finished(body: str) -> str:
    """The formula with its leading "=". Raises Unsayable where it is longer or deeper than Excel takes."""
    if len(body) + 1 > LONGEST:
        raise Unsayable("a formula of more than 8192 characters")
    if _depth(body) > DEEPEST:
        raise Unsayable("functions nested more than 64 deep")
    return "=" + body


def _depth(body: str) -> int:
    """How deep parentheses stand inside each other, texts left out."""
    deepest = depth = 0
    quoted = False
    for letter in body:
        if letter == '"':
            quoted = not quoted
        elif not quoted and letter == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif not quoted and letter == ")":
            depth -= 1
    return deepest
