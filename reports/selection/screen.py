"""The cases of an occasion on the screen: by award and quota, the boundary first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from nominations.case import Case, Nominated
from nominations.eligibility.checks import CHECKS
from nominations.eligibility.finding import Outcome
from nominations.selection.choosing import State
from nominations.selection.quotas import Scope, scope_of


def lines(nominated: Nominated, award: str = "", group: str = "", everybody: bool = False) -> Iterator[str]:
    """award, group: only these. everybody: also who is outside or not eligible, one line each; else they are counted."""
    occasion = nominated.occasion
    yield f"{occasion.name} ({occasion.id}), xét theo quy định có hiệu lực ngày {occasion.day:%d/%m/%Y}"
    yield from (f"  {stamp}" for stamp in nominated.stamps)
    shown = [
        one
        for one in nominated.cases
        if (not award or one.award.id == award) and (not group or one.nominee.group == group)
    ]
    for ident, cases in groupby(shown, key=lambda one: one.award.id):
        listed = list(cases)
        yield ""
        yield listed[0].award.name
        for _, same in groupby(listed, key=lambda one: _scope(nominated, one)):
            yield from _scope_lines(list(same), everybody)
        yield from _doubts(listed)
        assert ident
    if not shown:
        yield "Không có trường hợp nào."
    yield from _legend(shown)


def _scope(nominated: Nominated, case: Case) -> Scope:
    return scope_of(case.award, nominated.occasion.kind, case.nominee)


def _scope_lines(cases: list[Case], everybody: bool) -> Iterator[str]:
    counts = {state: sum(1 for one in cases if one.state is state) for state in State}
    told = ", ".join(f"{state.value} {count}" for state, count in counts.items() if count)
    yield f"  {cases[0].quota[:1].upper() + cases[0].quota[1:]}: {told}."
    for case in cases:
        if everybody or case.chosen.boundary or case.state in (State.PROPOSED, State.WAITS):
            mark = "►" if case.chosen.boundary else " "
            yield f"  {mark} {case.nominee.id} {case.nominee.name}: {case.state.value}. {case.chosen.reason}"
            still = [one.check for one in case.open]
            if still and case.state in (State.PROPOSED, State.WAITS):
                yield f"      cần người xem: {', '.join(still)}"


def _legend(cases: Iterable[Case]) -> Iterator[str]:
    """What the checks that somebody still has to look at are called."""
    asked = {one.check for case in cases if case.state in (State.PROPOSED, State.WAITS) for one in case.open}
    if asked:
        told = "; ".join(f"{check} {name}" for check, name in CHECKS.items() if check in asked)
        yield ""
        yield f"Mục cần người xem: {told}."


def _doubts(cases: Iterable[Case]) -> Iterator[str]:
    """What a person has to look at once for everybody: legal facts nobody is sure of."""
    doubts: dict[str, None] = {}
    for case in cases:
        for one in case.findings:
            if one.outcome is Outcome.HUMAN:
                doubts |= dict.fromkeys(one.doubts)
    if doubts:
        yield f"  Căn cứ chưa xác minh ({len(doubts)}):"
        yield from (f"    {text}" for text in doubts)
