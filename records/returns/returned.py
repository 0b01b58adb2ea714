"""What was sent back and waits for its explanation: by whom, why, on which day, until when, and what the unit has said so far."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import date

from criteria.declarations.movement import Movement
from records.calendar import calendar_of, due, limit_problems
from records.forms.answers import EvidenceItem
from records.ledger.entries import Entry, day_of
from records.life.criteria import Reviewed
from records.life.rights import EXPLAINED, RETURNED, UNIT, VERIFIER
from records.life.standing import Standing
from records.review.bench import Bench
from records.roster.roster import Candidate

_FIGURES = ("measure:", "judged:", "row:")


@dataclass(frozen=True)
class Returned:
    """A criterion that waits for an explanation. number: the entry that sent it back; an answer to any other is out of date.

    day: of that entry. body: id of who asked. deadline: extensions included; None when the movement states no time limit.
    """

    candidate: Candidate
    criterion: Reviewed
    number: int
    day: date
    body: str
    reason: str
    document: str
    deadline: date | None


@dataclass
class Said:
    """What a unit said with its last explanation. figures: those that differ from its form. number: of the entry, 0 if it said
    nothing. withdrawn: its claim that the criterion does not apply. items: documents that came with it, as the ledger holds them."""

    number: int = 0
    text: str = ""
    figures: dict[str, str] = field(default_factory=dict)
    withdrawn: bool = False
    items: list[str] = field(default_factory=list)


def sent_back(standing: Standing) -> Entry | None:
    """The entry that sent a criterion back last; None when it never was."""
    return next((act for act in reversed(standing.acts) if "/" not in act.field and act.value == RETURNED), None)


def deadline_of(movement: Movement, standing: Standing, limits: dict[str, date] | None = None) -> date | None:
    """The last day to explain: what was set or extended since it was sent back, else the time limit from that day. limits: by day,
    where many are asked for."""
    asked = sent_back(standing)
    if asked is None:
        return None
    said = [act for act in standing.acts if act.field.endswith("/deadline") and act.number > asked.number]
    if said:
        return date.fromisoformat(said[-1].value)
    day, known = day_of(asked).isoformat(), {} if limits is None else limits
    if day not in known:
        if limit_problems(movement, "explanation"):
            return None
        known[day] = due(movement, "explanation", date.fromisoformat(day))
    return known[day]


def last_said(standing: Standing, until: int | None = None) -> Said:
    """What the unit said last, however long ago: the stage `explained` forgets it when the criterion is sent back again.
    until: only entries up to this number."""
    said = Said()
    for act in standing.acts:
        if until is not None and act.number > until:
            break
        name = act.field.partition("/")[2]
        if not name and act.value == EXPLAINED and act.role == UNIT:
            said = Said(act.number)
        elif act.role == UNIT and act.stage == EXPLAINED:
            if name == "explanation":
                said.text = act.value
            elif name == "applies":
                said.withdrawn = act.value == "yes"
            elif name.startswith("evidence:"):
                said.items.append(act.value)
            elif name.startswith(_FIGURES):
                said.figures[name] = act.value
    return said


def as_text(item: EvidenceItem) -> str:
    """A document as the ledger holds it."""
    return json.dumps(asdict(item), ensure_ascii=False, sort_keys=True)


def returned(
    bench: Bench, candidate: str, criterion: Reviewed, limits: dict[str, date] | None = None
) -> Returned | None:
    """None when the criterion is not waiting for an explanation."""
    standing = bench.standings.of(candidate, criterion.id)
    asked = sent_back(standing)
    if asked is None or bench.state(candidate, criterion.id) != RETURNED:
        return None
    # reopened after it was closed: it waits again, for what the body asked
    by_body = [act for act in standing.acts if "/" not in act.field and act.value == RETURNED and act.role == VERIFIER]
    question = by_body[-1] if by_body else asked
    return Returned(
        bench.scope.candidates[candidate],
        criterion,
        asked.number,
        day_of(asked),
        standing.body,
        question.reason,
        question.source,
        deadline_of(bench.scope.workspace.movement, standing, limits),
    )


def all_returned(bench: Bench, candidates: Collection[str] = (), criteria: Collection[str] = ()) -> list[Returned]:
    """Everything that waits for an explanation: candidates in order, criteria as in the set. none named: all."""
    waiting = {key for key, standing in bench.standings.found.items() if standing.state == RETURNED}
    found = []
    limits: dict[str, date] = {}
    for candidate in bench.scope.candidates if waiting else ():
        if candidates and candidate not in candidates:
            continue
        for criterion in bench.scope.of(candidate).values():
            if (candidate, criterion.id) in waiting and (not criteria or criterion.id in criteria):
                one = returned(bench, candidate, criterion, limits)
                found += [one] if one is not None else []
    return found


def owner_of(bench: Bench, candidate: str) -> str:
    """Who answers for a candidate: itself, or the body that hands in for it; "" when nobody is named."""
    one = bench.scope.candidates[candidate]
    group = bench.scope.workspace.group(one.group)
    if group is None or group.batch is None:
        return candidate
    return one.manager if group.batch == "parent" else group.batch


def days_over(movement: Movement, deadline: date | None, day: date) -> int:
    """Working days after the last day, 0 in time; days of the calendar where the movement states no calendar."""
    if deadline is None or day <= deadline:
        return 0
    calendar = calendar_of(movement)
    return calendar.working_days_between(deadline, day) if calendar is not None else (day - deadline).days


def late_words(movement: Movement, days: int) -> str:
    """quá hạn 2 ngày làm việc."""
    return f"quá hạn {days} ngày{' làm việc' if movement.calendar is not None else ''}"
