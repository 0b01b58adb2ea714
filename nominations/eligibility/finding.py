"""The outcome of one check of one case: đạt, không đạt, cần người xem; never without its sentence and its legal facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum


class Outcome(Enum):
    """PASS, FAIL or NEED-HUMAN (law.md §6.2); the value is what people read."""

    PASS = "đạt"
    FAIL = "không đạt"
    HUMAN = "cần người xem"


@dataclass(frozen=True)
class Finding:
    """One check of one nominee for one award. check: E1 … E13, E9b, TC (the province's standard).

    sentence: Vietnamese, why. datum: what it was decided on, and where that stands ("" nothing was needed). citations: điểm, khoản,
    điều. doubts: of the legal facts, why they are not sure; a check with doubts never passes. decided: who decided it, on which
    document, when a person has; "" else. code: which of the reasons of a check it is, for tests and counts.
    """

    check: str
    outcome: Outcome
    sentence: str
    datum: str = ""
    citations: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    decided: str = ""
    code: str = ""
    facts: tuple[str, ...] = field(default=())


def worst(findings: Iterable[Finding]) -> Outcome:
    """FAIL before HUMAN before PASS."""
    outcomes = {one.outcome for one in findings}
    return next((one for one in (Outcome.FAIL, Outcome.HUMAN) if one in outcomes), Outcome.PASS)
