"""What is still open in a set, whose turn it is and since when: what bodies owe, what nobody has concluded, doubts, complaints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from records.debts import Debt, picture
from records.ledger.of_one import last_day
from records.life.criteria import COMMON
from records.life.rights import SELF, STATES
from records.publication.complaints import complaints
from records.rounds import Round
from records.scored.sets import ScoredSet
from records.workspace.folder import Workspace
from reports.page.ground import OpenThing
from reports.reasons.live import LiveGroup
from reports.workbook_styles import order
from scoring.result import Result

_STEWARD = "Cơ quan thường trực"
_MOST = 4000  # things of one set that are told one by one
_ALL = "Điều kiện chung, điểm cộng, điểm trừ"


def owed(workspace: Workspace, round_: Round, letters: Iterable[str]) -> dict[str, list[Debt]]:
    """By candidate, what bodies owe of these groups as of the day of the last entry."""
    found: dict[str, list[Debt]] = {}
    day = last_day(workspace.database)
    wanted = list(letters)
    if day is None or not wanted:
        return found
    for debt in picture(workspace, round_, day, wanted)[1]:
        found.setdefault(debt.candidate, []).append(debt)
    return found


def open_things(
    group: LiveGroup, one: ScoredSet, debts: dict[str, list[Debt]], complained: Sequence[OpenThing], *, first: bool
) -> list[OpenThing]:
    """Of one set: by unit in the order of its ranking, then as the criteria stand. first: of its group, so that doubts are told once."""
    result = group.sets[one.file].result
    by_unit: dict[str, list[OpenThing]] = {}
    unsettled: dict[str, list[tuple[str, str, str]]] = {}
    for candidate, criterion, standing in one.here.open(one.candidates) if one.here is not None else ():
        unsettled.setdefault(candidate, []).append((criterion, STATES[standing.state], standing.since))
    for row in order(result):
        ident = result.ids[row]
        found = list(_debts(debts.get(ident, ())))
        if ident not in one.made.answers:
            found = [thing for thing in found if not thing.criterion] or [_not_handed_in(group, one, ident)]
        else:
            found += _unsettled(group, one, ident, unsettled.get(ident, ()), {thing.criterion for thing in found})
            found += _of_engine(group, one, result, ident, {thing.criterion for thing in found})
        found += [thing for thing in complained if thing.unit == ident]
        by_unit[ident] = _in_order(result, found)
    doubts = [OpenThing(d.body, "", d.message, _STEWARD, name=d.name) for d in one.doubts] if first else []
    found = [thing for things in by_unit.values() for thing in things]
    return [*(found if len(found) <= _MOST else summed(found)), *doubts]


def summed(things: Iterable[OpenThing]) -> list[OpenThing]:
    """One line for what a unit waits for from one body since one day, where there would be too many to read."""
    lines: dict[tuple[str, str, str, str], list[OpenThing]] = {}
    for thing in things:
        kind = thing.what.replace(f" tiêu chí {thing.criterion}", " tiêu chí") if thing.criterion else thing.what
        lines.setdefault((thing.unit, kind, thing.who, thing.since), []).append(thing)
    return [
        several[0]
        if len(several) == 1
        else replace(several[0], criterion="", what=_of_many(kind, several), count=len(several))
        for (_, kind, _, _), several in lines.items()
    ]


def _of_many(kind: str, several: Sequence[OpenThing]) -> str:
    """Thẩm định 12 tiêu chí (chưa giao biểu thẩm định)"""
    head, sign, tail = kind.partition(" tiêu chí")
    return f"{head} {len(several)} tiêu chí{tail}" if sign else f"{kind}: {len(several)} tiêu chí"


def complaints_open(workspace: Workspace, period: str, idents: Iterable[str]) -> list[OpenThing]:
    """Complaints about these that nobody has settled; without who complained and what was said."""
    wanted = set(idents)
    return [
        OpenThing(
            told.candidate,
            told.criterion,
            f"Kiến nghị, phản ánh số {told.number} chưa giải quyết" + _until(told.deadline),
            _STEWARD,
            f"{told.day:%d/%m/%Y}",
        )
        for told in complaints(workspace, period)
        if told.open and told.candidate in wanted
    ]


def _debts(debts: Iterable[Debt]) -> Iterator[OpenThing]:
    for debt in debts:
        since = f"{debt.since:%d/%m/%Y}" if debt.since is not None else ""
        criterion, what = _placed(debt.criterion, debt.words)
        asked = "" if debt.asked else " (chưa giao biểu thẩm định)"
        yield OpenThing(debt.candidate, criterion, what + _until(debt.due) + asked, debt.body_name, since)


def _placed(criterion: str, words: str) -> tuple[str, str]:
    """What belongs to no criterion on the page is about the whole."""
    return ("", words.replace(f"tiêu chí {COMMON}", _ALL.lower())) if criterion == COMMON else (criterion, words)


def _until(day: date | None) -> str:
    return f" (hạn {day:%d/%m/%Y})" if day is not None else ""


def _not_handed_in(group: LiveGroup, one: ScoredSet, ident: str) -> OpenThing:
    name = one.result.names[one.result.rows[ident]] if ident in one.result.rows else ""
    return OpenThing(ident, "", "Chưa nộp biểu tự chấm", name or ident)


def _unsettled(
    group: LiveGroup, one: ScoredSet, ident: str, told: Iterable[tuple[str, str, str]], known: set[str]
) -> Iterator[OpenThing]:
    """Criteria that nobody has concluded and that no body is known to owe."""
    for criterion, state, since in told:
        if criterion in known or (criterion == COMMON and "" in known):
            continue
        day = f"{date.fromisoformat(since):%d/%m/%Y}" if since else ""
        placed, what = _placed(criterion, f"{state[:1].upper()}{state[1:]} tiêu chí {criterion}")
        yield OpenThing(ident, placed, what, _verifier(group, one, criterion), day)


def _of_engine(group: LiveGroup, one: ScoredSet, result: Result, ident: str, known: set[str]) -> Iterator[OpenThing]:
    """What the engine could not settle: figures that are missing, a division by zero, gates that cannot be decided."""
    if group.stage == SELF:
        known = set()
    for criterion, what in result.candidate(ident).open:
        if criterion not in known or not criterion:
            yield OpenThing(ident, criterion, f"{what[:1].upper()}{what[1:]}", _verifier(group, one, criterion))


def _verifier(group: LiveGroup, one: ScoredSet, criterion: str) -> str:
    looked = one.here.criteria.get(criterion or COMMON) if one.here is not None else None
    return ", ".join(group.body_name(body) for body in looked.bodies[:1]) if looked is not None else ""


def _in_order(result: Result, things: Iterable[OpenThing]) -> list[OpenThing]:
    places = {ident: place for place, (ident, _) in enumerate(result.printed)}
    unique = dict.fromkeys(things)
    return sorted(unique, key=lambda thing: (places.get(thing.criterion, -1), thing.what, thing.who))
