"""More time to explain (gia hạn giải trình): by the body that asked, or by the standing body (thường trực)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from criteria.movements.verifiers import body_id
from criteria.problems import WARNING, Problem, errors, of_file
from records.calendar import calendar_of
from records.life.acts import Act, perform
from records.life.rights import STEWARD, VERIFIER
from records.returns.issue import bench_of
from records.returns.returned import Returned, all_returned
from records.review.issue import unknown_body
from records.workspace.folder import Workspace


def extend_returns(
    workspace: Workspace,
    period: str,
    candidate: str,
    criteria: Sequence[str],
    until: date,
    reason: str,
    by_body: str = "",
) -> tuple[list[Returned], list[Problem]]:
    """What was extended, with its new last day. criteria: ids; none means all that wait. by_body: id or name of the verifying body
    that extends; without it the standing body does. All or nothing."""
    bench, problems = bench_of(workspace, period, (candidate,))
    if bench is None:
        return [], problems
    body = body_id(workspace.movement, by_body) if by_body else ""
    if by_body and not body:
        problems.append(unknown_body(workspace, by_body))
    waiting = {one.criterion.id: one for one in all_returned(bench, (candidate,))}
    for criterion in criteria:
        if criterion not in waiting:
            message = f"Tiêu chí {criterion} của {candidate} không chờ giải trình."
            hint = f"Đang chờ: {', '.join(waiting)}." if waiting else "Đối tượng không có tiêu chí nào bị trả lại."
            problems.append(of_file("--criterion", "return", message, hint))
    chosen = [waiting[one] for one in dict.fromkeys(criteria) if one in waiting] if criteria else list(waiting.values())
    if not criteria and not chosen:
        problems.append(of_file(candidate, "return", f"{candidate} không có tiêu chí nào chờ giải trình."))
    for one in chosen:
        if one.deadline is not None and until <= one.deadline:
            message = f"Tiêu chí {one.criterion.id} của {candidate} đang có hạn {one.deadline:%d/%m/%Y}."
            problems.append(of_file("--until", "return", message, "Nêu một ngày sau hạn đó."))
        elif until < one.day:
            message = f"Ngày {until:%d/%m/%Y} trước ngày trả lại {one.day:%d/%m/%Y}."
            problems.append(of_file("--until", "return", message, "Nêu một ngày sau ngày trả lại."))
    calendar = calendar_of(workspace.movement)
    if calendar is not None and not calendar.is_working(until):
        message = f"Ngày {until:%d/%m/%Y} là ngày nghỉ."
        hint = f"Ngày làm việc kế tiếp: {calendar.next_working_day(until):%d/%m/%Y}."
        problems.append(of_file("--until", "return", message, hint, WARNING))
    if errors(problems):
        return [], problems
    role, author = (VERIFIER, body) if body else (STEWARD, workspace.database.person)
    acts = [Act(candidate, one.criterion.id, "extend", role, author, reason=reason, deadline=until) for one in chosen]
    _, refused = perform(bench.scope, acts)
    return ([] if refused else chosen), [*problems, *refused]
