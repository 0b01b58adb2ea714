"""Nothing that the demonstration makes may be wrong by itself."""

from __future__ import annotations

from collections.abc import Sequence

from criteria.problems import Problem, ProblemsFound, errors


def stop(problems: Sequence[Problem]) -> None:
    """Raises ProblemsFound when one of them is an error."""
    if errors(problems):
        raise ProblemsFound(list(problems))
