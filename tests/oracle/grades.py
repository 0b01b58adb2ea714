"""Grades, quotas and ranks of all candidates of a round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from .controls import limited
from .expressions import condition, evaluate
from .values import Absent, Level, rounded


def first_that_holds(grades: list[dict], candidate: Any) -> str | None:
    """The first grade whose need holds; an unknown need stops the search."""
    for grade in grades:
        if "otherwise" in grade:
            return None if grade["otherwise"] == "human" else grade["otherwise"]
        truth = condition(grade["need"], candidate.scope) if "need" in grade else True
        if isinstance(truth, Absent):
            return None
        if truth:
            return grade["name"]
    return None


def graded(candidate: Any) -> str | None:
    """The grade before quotas. Who has no criterion in force has none."""
    if not something_in_force(candidate):
        return None
    grade = first_that_holds(candidate.round.criteria.get("grades") or [], candidate)
    return None if grade is None else limited(grade, candidate)


# --- the order of candidates -------------------------------------------------------------------


def sortable(value: Any) -> tuple:
    """Larger first once reversed; what is absent comes after everything known."""
    if isinstance(value, Absent):
        return (0, Fraction(0))
    if isinstance(value, Level):
        value = value.index
    if isinstance(value, date):
        value = value.toordinal()
    return (1, Fraction(value))


def key_of(candidate: Any, within: bool = True) -> tuple:
    rank = candidate.round.criteria.get("rank") or {}
    then = rank.get("then") or []
    expressions = [rank.get("by", "total"), *([then] if isinstance(then, str) else then)]
    scope = replace(candidate.scope, ranking=True)
    key = tuple(sortable(evaluate(one, scope).value) for one in expressions)
    if within and rank.get("within") == "grade":
        key = (sortable(candidate.grade_level()), *key)
    return key


def has_place(candidate: Any) -> bool:
    """Eligible, something in force, and a value to rank by."""
    if candidate.eligible is not True or not something_in_force(candidate):
        return False
    return key_of(candidate, within=False)[0][0] == 1


def something_in_force(candidate: Any) -> bool:
    """There is a mark to reach, or the set declares none at all."""
    return candidate.total().maximum > 0 or candidate.round.root.markless


def set_ranks(candidates: list[Any]) -> None:
    """1, 1, 3 within each pool. Without a tree and without `rank` there is nothing to rank by."""
    if candidates and not ("rank" in candidates[0].round.criteria or candidates[0].round.has_tree):
        return
    placed = [(candidate, key_of(candidate)) for candidate in candidates if has_place(candidate)]
    for candidate, key in placed:
        others = [k for other, k in placed if other is not candidate and other.pool == candidate.pool]
        candidate.rank = 1 + sum(1 for other in others if other > key)
        candidate.tied = key in others


# --- quotas ------------------------------------------------------------------------------------


def set_quotas(candidates: list[Any]) -> None:
    """Best grade first. Places go by rank; who does not fit falls to the next grade that holds."""
    if not candidates:
        return
    before = {candidate: candidate.grade for candidate in candidates}
    grades = candidates[0].round.criteria.get("grades") or []
    for number, grade in enumerate(grades):
        if "quota" not in grade:
            continue
        scopes = {c.pool for c in candidates} if per_pool(grade["quota"]) else {None}
        for scope in sorted(scopes, key=str):
            members = [c for c in candidates if not per_pool(grade["quota"]) or c.pool == scope]
            apply_quota(grade, grades[number + 1 :], members, before)


def per_pool(quota: dict) -> bool:
    return quota.get("per", "pool") == "pool"


def apply_quota(grade: dict, lower: list[dict], members: list[Any], before: dict) -> None:
    holders = [c for c in members if c.grade == grade["name"]]
    falls_to = {c: first_that_holds(lower, c) for c in holders}
    places = places_of(grade["quota"], members, before, holders, falls_to)
    admitted, tied = admit(holders, places)
    for candidate in holders:
        if candidate not in admitted:
            candidate.quota = "tied_at_line" if candidate in tied else "outside"
            candidate.grade = falls_to[candidate]


def admit(holders: list[Any], places: int) -> tuple[list[Any], list[Any]]:
    """Whole groups of equals while they fit; a group across the line gets nothing and is flagged."""
    admitted: list[Any] = []
    for key in sorted({key_of(c, within=False) for c in holders}, reverse=True):
        equals = [c for c in holders if key_of(c, within=False) == key]
        if len(admitted) + len(equals) > places:
            return admitted, equals if len(admitted) < places else []
        admitted += equals
    return admitted, []


def places_of(quota: dict, members: list, before: dict, holders: list, falls_to: dict) -> int:
    scope = members[0].scope
    if "number" in quota:
        return int(evaluate(quota["number"], scope).value)
    share = evaluate(quota["share"], scope).value
    rule = quota.get("round", "down")

    def allowed(count: int) -> int:
        return int(rounded(share * count, Fraction(1), rule))

    base = quota.get("of", "evaluated")
    if base == "evaluated":
        return allowed(sum(1 for c in members if c.stop is None and something_in_force(c)))
    names = base if isinstance(base, list) else [base]
    if quota.get("counted", "before") == "before":
        return allowed(sum(1 for c in members if before[c] in names))
    # After the fall: the most places that the count after giving out so many still allows.
    for places in range(len(holders), 0, -1):
        admitted, _ = admit(holders, places)
        after = {c: falls_to[c] if c in holders and c not in admitted else c.grade for c in members}
        if places <= allowed(sum(1 for c in members if after[c] in names)):
            return places
    return 0
