"""What was sent back and who has to explain it until when: the list behind `thidua return list`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from criteria.problems import Problem
from records.returns.issue import bench_of
from records.returns.returned import Returned, all_returned, days_over, owner_of
from records.workspace.folder import Workspace


@dataclass(frozen=True)
class Waiting:
    """A criterion that waits. owner: who answers. body_name: who asked. days_over: working days after the deadline."""

    returned: Returned
    owner: str
    body_name: str
    days_over: int


def waiting_returns(
    workspace: Workspace, period: str, on: date, *, late: bool = False, letters: Sequence[str] = ()
) -> tuple[list[Waiting], list[Problem]]:
    """late: only what is over its deadline on a day. By deadline, then as candidates and criteria stand."""
    bench, problems = bench_of(workspace, period, (), letters)
    if bench is None:
        return [], problems
    found = [
        Waiting(
            one,
            owner_of(bench, one.candidate.id),
            bench.scope.body_name(one.body),
            days_over(workspace.movement, one.deadline, on),
        )
        for one in all_returned(bench)
    ]
    kept = [one for one in found if one.days_over or not late]
    return sorted(kept, key=lambda one: one.returned.deadline or date.max), problems
