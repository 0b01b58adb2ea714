"""What is absent, as conditions of a formula: not applicable, missing, undefined. The strongest one wins, as in the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from records.spreadsheets.bounds import common
from records.spreadsheets.numbers import Number, number
from records.spreadsheets.writing import EMPTY, FALSE, KAD, TRUE, both, counted, either, no, when


@dataclass(frozen=True)
class Absence:
    """When a value is absent.

    numbers: cells that must hold a number (KAD in one of them: not applicable). nothing: further conditions of not applicable,
    missing: of missing; both can be asked whatever the cells hold. undefined: can be asked, one after the other, once nothing else is absent.
    """

    numbers: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    undefined: tuple[str, ...] = ()

    def __or__(self, other: Absence) -> Absence:
        """Of a result that needs both."""
        return Absence(
            *(
                tuple(dict.fromkeys((*mine, *theirs)))
                for mine, theirs in zip(self._parts(), other._parts(), strict=True)
            )
        )

    def _parts(self) -> tuple[tuple[str, ...], ...]:
        return self.numbers, self.nothing, self.missing, self.undefined

    @property
    def never(self) -> bool:
        return not any(self._parts())

    def without(self, other: Absence) -> Absence:
        """What this asks beyond the other."""
        return Absence(
            *(
                tuple(part for part in mine if part not in theirs)
                for mine, theirs in zip(self._parts(), other._parts(), strict=True)
            )
        )

    def defined(self) -> Absence:
        return replace(self, undefined=())

    def nothing_text(self) -> str:
        """It does not apply."""
        return either([*(f"{cell}={KAD}" for cell in self.numbers), *self.nothing])

    def missing_text(self) -> str:
        """It is missing, or does not apply."""
        return either([*self._lacking(), *self.missing])

    def _lacking(self) -> list[str]:
        if not self.numbers:
            return []
        if len(self.numbers) == 1:
            return [no(f"ISNUMBER({self.numbers[0]})")]
        return [f"{counted(self.numbers)}<{len(self.numbers)}"]

    def lacking_text(self) -> str:
        """It is missing or does not apply; once this is false `undefined` may be asked."""
        return either([*self._lacking(), *self.missing, *self.nothing])

    def undefined_text(self) -> str:
        """It is undefined; asked when nothing is lacking."""
        found = FALSE
        for condition in reversed(self.undefined):
            found = when(condition, TRUE, found)
        return found

    def known(self, then: str, otherwise: str) -> str:
        """`then` where there is a value."""
        return when(self.lacking_text(), otherwise, when(self.undefined_text(), otherwise, then))

    def open_text(self) -> str:
        """Something is still to come: missing, or undefined with nobody having said what that gives."""
        return when(self.nothing_text(), FALSE, when(self.missing_text(), TRUE, self.undefined_text()))

    def layers(self, then: str, missing: str = EMPTY, undefined: str = EMPTY, nothing: str = KAD) -> str:
        """One text for every kind of absence, `then` where there is a value."""
        rest = when(self.undefined_text(), undefined, then)
        return when(self.nothing_text(), nothing, when(self.missing_text(), missing, rest))


NEVER = Absence()
ALWAYS_MISSING = Absence(missing=(TRUE,))


@dataclass(frozen=True)
class Truth:
    """A condition in Kleene's logic. yes, no, nothing, undefined: surely true, surely false, not applicable, undefined; what is
    left is missing. All four can be asked whatever the cells hold. plain: its value, asked only where it has one.
    strict: its absence, where it is absent exactly when something it reads is."""

    yes: str
    no: str
    nothing: str
    undefined: str
    plain: str
    strict: Absence | None = None

    @property
    def absence(self) -> Absence:
        if self.strict is not None:
            return self.strict
        rest = either([self.yes, self.no, self.undefined])
        return Absence((), kept(self.nothing), kept(no(rest)), kept(self.undefined))

    @property
    def missing(self) -> str:
        """Neither true nor false, and not decided not applicable."""
        return no(either([self.yes, self.no, self.nothing]))

    def choose(
        self, then: str, otherwise: str, missing: str = EMPTY, nothing: str = KAD, undefined: str = EMPTY
    ) -> str:
        """A text for each value and each absence."""
        if self.strict is not None:
            return self.strict.layers(when(self.plain, then, otherwise), missing, undefined, nothing)
        rest = when(self.nothing, nothing, when(self.undefined, undefined, missing))
        return when(self.yes, then, when(self.no, otherwise, rest))


def kept(condition: str) -> tuple[str, ...]:
    """A condition among others, unless it never holds."""
    return () if condition == FALSE else (condition,)


def strict(plain: str, absence: Absence) -> Truth:
    """A condition that has a value exactly when all it reads has one."""
    if absence.never:
        return Truth(plain, no(plain), FALSE, FALSE, plain, absence)
    undefined = absence.undefined_text()
    return Truth(
        absence.known(plain, FALSE),
        absence.known(no(plain), FALSE),
        absence.nothing_text(),
        FALSE if undefined == FALSE else when(absence.lacking_text(), FALSE, undefined),
        plain,
        absence,
    )


def negation(of: Truth) -> Truth:
    return replace(of, yes=of.no, no=of.yes, plain=no(of.plain))


def conjunction(parts: Sequence[Truth]) -> Truth:
    """and: false as soon as one side is false, whatever is unknown of the others."""
    if len(parts) == 1:
        return parts[0]
    yes, fails = both(part.yes for part in parts), either(part.no for part in parts)
    found = [part.absence for part in parts]
    if all(absence.never for absence in found):
        return strict(both(part.plain for part in parts), NEVER)
    nothing = either(part.nothing for part in parts)
    missing = either(absence.missing_text() for absence in found)
    undefined = either(part.undefined for part in parts)
    return Truth(
        yes,
        fails,
        both([no(fails), nothing]) if nothing != FALSE else FALSE,
        both([no(fails), no(nothing), no(missing), undefined]) if undefined != FALSE else FALSE,
        yes,
    )


def disjunction(parts: Sequence[Truth]) -> Truth:
    """or: true as soon as one side is true."""
    return negation(conjunction([negation(part) for part in parts]))


@dataclass(frozen=True)
class Quantity:
    """A number (or a day, or the place of a level from 1 on) and when it is absent."""

    number: Number
    absence: Absence = NEVER


def chosen(outer: Absence, cases: Sequence[tuple[str, Quantity]], otherwise: Quantity) -> Quantity:
    """The first case whose condition holds. outer: what the conditions need; they are asked only when it is known."""
    options = [*(option for _, option in cases), otherwise]
    lows, highs = [option.number.lowest for option in options], [option.number.highest for option in options]
    low = None if None in lows else min(value for value in lows if value is not None)
    high = None if None in highs else max(value for value in highs if value is not None)
    numbers = [option.number for option in options]
    if all(option.number == otherwise.number for option in options):
        value = otherwise.number
    else:
        divisor = _divisor(numbers)
        whole = [_times(each, divisor) for each in numbers]
        made = _select(
            [(condition, each) for (condition, _), each in zip(cases, whole[:-1], strict=True)], Number.text, whole[-1]
        )
        value = _times(common(made, whole), 1 / divisor).bounded(low, high)
    extra = [option.absence.without(outer) for option in options]
    if all(absence.never for absence in extra):
        return Quantity(value, outer)
    beyond = [(condition, absence) for (condition, _), absence in zip(cases, extra[:-1], strict=True)]
    lacking, undefined = outer.lacking_text(), outer.undefined_text()

    def asked(say: Callable[[Absence], str]) -> tuple[str, ...]:
        """Asked of the case that holds, once it is known which one does."""
        return kept(when(lacking, FALSE, when(undefined, FALSE, _select(beyond, say, extra[-1]))))

    inner = kept(_select(beyond, Absence.undefined_text, extra[-1]))
    return Quantity(value, outer | Absence((), asked(Absence.nothing_text), asked(Absence.missing_text), inner))


def _divisor(numbers: Sequence[Number]) -> Fraction:
    """What all of them are divided by (percentages by 100), so that it is divided by once."""
    found = {each.divisor for each in numbers if each.constant is None}
    plain = all(each.under.text == "1" for each in numbers)
    return found.pop() if plain and len(found) == 1 else Fraction(1)


def _times(each: Number, factor: Fraction) -> Number:
    return each if factor == 1 else each * number(factor) if factor > 1 else each / number(1 / factor)


Option = TypeVar("Option")


def _select(cases: Sequence[tuple[str, Option]], say: Callable[[Option], str], otherwise: Option) -> str:
    """The text of the first case whose condition holds."""
    made = say(otherwise)
    for condition, option in reversed(cases):
        made = when(condition, say(option), made)
    return made
