"""accept: a finding somebody has looked at becomes a printed note; one that is not needed is a problem."""

from __future__ import annotations

from dataclasses import replace

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Branch
from criteria.problems import NOTE, Problem
from criteria.source import show_path


def apply(bound: CriteriaSet, problems: list[Problem]) -> list[Problem]:
    """The findings, accepted ones turned into notes."""
    result = list(problems)
    branches: list[Branch] = sorted([*bound.nodes(), bound.declaration], key=lambda b: -len(b._path))
    for branch in branches:
        home = show_path(branch._path)
        for index, accept in enumerate(branch.accept):
            hit = False
            for position, problem in enumerate(result):
                inside = problem.path == home or problem.path.startswith((home + ".", home + "["))
                if problem.code == accept.problem and inside and problem.severity != NOTE:
                    message = f"{problem.message} Đã chấp nhận: {accept.because} ({accept.decided_by})."
                    result[position] = replace(problem, severity=NOTE, message=message, hint="")
                    hit = True
            if not hit:
                path = (*branch._path, "accept", index)
                result.append(
                    bound.source.problem(
                        "accept-unused", path, f"Không có lỗi {accept.problem} ở đây để chấp nhận.", "Bỏ accept này."
                    )
                )
    return result
