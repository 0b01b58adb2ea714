"""Award money (tiền thưởng), estimated: the base salary of a day × the award's coefficient. Both stand in the award file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from criteria.exact import show_vietnamese
from nominations.awards.declarations import Award, Awards, Subject


@dataclass(frozen=True)
class Estimate:
    """What an award gives one nominee. amount: đồng. base, base_from: lương cơ sở and its first day. words: 7 × 2.530.000 đồng =
    17.710.000 đồng. facts: the legal facts it rests on."""

    amount: int
    base: int
    base_from: date
    coefficient: Fraction
    words: str
    facts: tuple[str, ...] = ()


def estimate(awards: Awards, award: Award, subject: Subject | None, day: date) -> Estimate | None:
    """None when the file says nothing about this award and subject, or knows no base salary of that day. Rounded down to whole units
    of Money.rounding đồng: an estimate never promises more than the rule gives."""
    money = awards.money
    if money is None or subject is None or subject.id not in award.coefficients:
        return None
    bases = sorted((one for one in money.base_salary if one.from_ <= day), key=lambda one: one.from_)
    if not bases:
        return None
    base, coefficient = bases[-1], award.coefficients[subject.id]
    exact = base.amount * coefficient
    amount = int(exact // money.rounding) * money.rounding
    words = f"{show_vietnamese(coefficient)} × {dong(base.amount)} = {dong(amount)}"
    return Estimate(
        amount, base.amount, base.from_, coefficient, words, (*money.facts, *base.facts, *award.money_facts)
    )


def total(estimates: Iterable[Estimate | None]) -> int:
    """Đồng in all; who has no estimate adds nothing (and is named where the sum is printed)."""
    return sum(one.amount for one in estimates if one is not None)


def dong(amount: int) -> str:
    """17.710.000 đồng"""
    return f"{amount:,}".replace(",", ".") + " đồng"
