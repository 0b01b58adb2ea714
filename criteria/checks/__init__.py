"""What `thidua check` finds in a set whose names and types are right. One file per theme."""

from __future__ import annotations

from criteria.binding import SetBindery
from criteria.checks import (
    accepted,
    amounts,
    bases,
    circles,
    entries,
    evidence,
    frames,
    grades,
    identity,
    levers,
    settings,
    use,
)
from criteria.criteria_set import CriteriaSet
from criteria.problems import Problem


def run_checks(bound: CriteriaSet, bindery: SetBindery) -> list[Problem]:
    """All findings; findings accepted in the file come back as notes."""
    found: list[Problem] = []
    collected: list[Problem] = []
    bindery.problems = collected
    found += identity.check(bound)
    found += bases.check(bound)
    found += circles.check(bound)
    frames.check(bound, bindery)
    entries.check(bound, bindery)
    amounts.check(bound, bindery)
    found += grades.check(bound)
    found += use.check(bound)
    found += levers.check(bound)
    found += settings.check(bound)
    found += evidence.check(bound)
    return accepted.apply(bound, list(dict.fromkeys([*found, *collected])))
