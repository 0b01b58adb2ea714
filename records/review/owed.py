"""What verifying bodies owe and have done: the list behind reminders, and the picture by body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from criteria.problems import Problem, errors
from records.life.rights import EXPLAINED, RETURNED, REVERIFIED, SELF, VERIFIED
from records.review.bench import WAITING, Bench, load_bench, without_verifier
from records.review.issue import review_round, unknown_body
from records.rounds import Round
from records.workspace.folder import Workspace


class ReviewDebt(NamedTuple):
    """A criterion that waits for a body. since: the day the form came in, or the explanation."""

    body: str
    candidate: str
    criterion: str
    since: date


@dataclass
class BodyStanding:
    """to_verify, explained: what waits for the body. concluded, returned: by the body. since: the oldest that waits.
    issued, deadline: of its last workbook."""

    body: str
    name: str
    to_verify: int = 0
    explained: int = 0
    concluded: int = 0
    returned: int = 0
    since: date | None = None
    issued: date | None = None
    deadline: date | None = None
    candidates: dict[str, int] = field(default_factory=dict)


def review_debts(workspace: Workspace, round_: Round, day: date) -> list[ReviewDebt]:
    """What verifiers owe on a day: bodies as in the movement file, candidates in order, criteria as in the set."""
    bench, _ = load_bench(workspace, round_)
    order = [one.id for one in workspace.movement.bodies]
    found = [debt for debt in _debts(bench) if debt.since <= day]
    return sorted(found, key=lambda debt: order.index(debt.body) if debt.body in order else len(order))


def review_deadlines(workspace: Workspace, period: str) -> dict[str, date]:
    """Until when the last workbook of every body has to be back, where the movement states a limit."""
    entries = workspace.database.entries(f"review:{period}/")
    found: dict[str, date] = {}
    for entry in entries:
        told = dict(part.partition("=")[::2] for part in entry.value.split("; ")) if entry.field == "issued" else {}
        if told.get("deadline"):
            found[entry.subject.partition("/")[2]] = date.fromisoformat(told["deadline"])
    return found


def review_status(workspace: Workspace, period: str, body: str = "") -> tuple[list[BodyStanding], list[Problem]]:
    """Every body that verifies something of the round. body: its id, only this one."""
    round_, problems = review_round(workspace, period)
    if round_ is None:
        return [], problems
    known = {one.id: one.name for one in workspace.movement.bodies}
    if body and body not in known:
        return [], [*problems, unknown_body(workspace, body)]
    bench, found = load_bench(workspace, round_)
    problems += errors(found)
    lines = {ident: _line(bench, ident, name) for ident, name in known.items()}
    for candidate, criterion, owner in bench.cases((SELF, EXPLAINED, RETURNED, VERIFIED, REVERIFIED)):
        standing, state = bench.standings.of(candidate, criterion.id), bench.state(candidate, criterion.id)
        who = standing.body if state not in WAITING and bench.scope.knows(standing.body) else owner
        if not who:
            problems.append(without_verifier(bench, candidate, criterion.id))
            continue
        line = lines[who]
        line.to_verify += state == SELF
        line.explained += state == EXPLAINED
        line.returned += state == RETURNED
        line.concluded += state in (VERIFIED, REVERIFIED)
        if state in WAITING:
            line.candidates[candidate] = line.candidates.get(candidate, 0) + 1
            since = _since(bench, candidate, criterion.id)
            line.since = min(line.since or since, since)
    shown = [one for one in lines.values() if one.to_verify or one.explained or one.returned or one.concluded]
    return [one for one in shown if body in ("", one.body)], problems


def _line(bench: Bench, body: str, name: str) -> BodyStanding:
    line = BodyStanding(body, name)
    told: Mapping[str, str] = bench.issued(body)[-1] if bench.issued(body) else {}
    line.issued = date.fromisoformat(told["day"]) if told else None
    line.deadline = date.fromisoformat(told["deadline"]) if told.get("deadline") else None
    return line


def _debts(bench: Bench) -> list[ReviewDebt]:
    return [
        ReviewDebt(body, candidate, criterion.id, _since(bench, candidate, criterion.id))
        for candidate, criterion, body in bench.cases(WAITING)
        if body and not (criterion.panel and bench.applies(candidate, criterion.id))  # waits for its panel
    ]


def _since(bench: Bench, candidate: str, criterion: str) -> date:
    standing = bench.standings.of(candidate, criterion)
    handed_in = bench.submissions[candidate].at[:10]
    return date.fromisoformat(standing.since if standing.state == EXPLAINED and standing.since else handed_in)
