"""Decisions of the standing body (thường trực) about verification: closing without result, reopening."""

from __future__ import annotations

from collections.abc import Sequence

from criteria.problems import Problem, errors, of_file
from records.life.acts import Act, perform
from records.life.rights import CLOSED, FROZEN, STATES, STEWARD, may
from records.review.bench import Bench, load_bench
from records.review.issue import review_round
from records.workspace.folder import Workspace


def close_criteria(
    workspace: Workspace, period: str, candidate: str, criteria: Sequence[str], decision: str, reason: str
) -> tuple[int, list[Problem]]:
    """Close criteria without result, by decision. criteria: ids; none means every one that is still open."""
    return _decide(workspace, period, candidate, criteria, "close", decision, reason)


def reopen_criteria(
    workspace: Workspace, period: str, candidate: str, criteria: Sequence[str], decision: str, reason: str
) -> tuple[int, list[Problem]]:
    """Take back closing. criteria: ids; none means every one that is closed."""
    return _decide(workspace, period, candidate, criteria, "reopen", decision, reason)


def _decide(
    workspace: Workspace,
    period: str,
    candidate: str,
    criteria: Sequence[str],
    action: str,
    decision: str,
    reason: str,
) -> tuple[int, list[Problem]]:
    bench, problems = _bench(workspace, period, candidate)
    if bench is None:
        return 0, problems
    chosen = list(dict.fromkeys(criteria)) or _open_to(bench, candidate, action)
    if not chosen:
        state = FROZEN if bench.scope.candidates[candidate].group in bench.scope.frozen else ""
        said = f" ({STATES[state]})" if state else ""
        message = f"{candidate} không còn tiêu chí nào {'để đóng' if action == 'close' else 'đã đóng'}{said}."
        return 0, [of_file(candidate, "review", message, f"Xem: thidua review status {period}.")]
    acts = [
        Act(candidate, criterion, action, STEWARD, _person(workspace), reason=reason, source=decision)
        for criterion in chosen
    ]
    return perform(bench.scope, acts)


def _open_to(bench: Bench, candidate: str, action: str) -> list[str]:
    """Criteria of a candidate to which something may be done; one that is closed is only reopened."""
    states = {criterion: bench.state(candidate, criterion) for criterion in bench.scope.of(candidate)}
    return [
        one
        for one, state in states.items()
        if may(STEWARD, state, action) and (action == "reopen") == (state == CLOSED)
    ]


def _bench(workspace: Workspace, period: str, candidate: str) -> tuple[Bench | None, list[Problem]]:
    round_, problems = review_round(workspace, period)
    if round_ is None:
        return None, problems
    bench, found = load_bench(workspace, round_)
    problems += found
    if candidate not in bench.scope.candidates:
        message = f"“{candidate}” không phải đối tượng của kỳ {period}."
        problems.append(of_file("--candidate", "unknown-candidate", message, "Xem mã: thidua roster list."))
    return (None if errors(problems) else bench), problems


def _person(workspace: Workspace) -> str:
    return workspace.database.person
