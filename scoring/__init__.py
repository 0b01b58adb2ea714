"""A set and tables in; points, ranks, explanations out. Knows no file, no person, no day.

Public: score(criteria, table, …) → Result; explain(result, candidate, criterion) → Explanation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scoring.engine import score
    from scoring.explanation import Explanation, explain
    from scoring.result import CandidateResult, CriterionResult, Result
    from scoring.tables import Column, Decision, ItemTable, Table

__all__ = [
    "CandidateResult",
    "Column",
    "CriterionResult",
    "Decision",
    "Explanation",
    "ItemTable",
    "Result",
    "Table",
    "explain",
    "score",
]

_HOMES = {
    "score": "scoring.engine",
    "Explanation": "scoring.explanation",
    "explain": "scoring.explanation",
    "CandidateResult": "scoring.result",
    "CriterionResult": "scoring.result",
    "Result": "scoring.result",
    "Column": "scoring.tables",
    "Decision": "scoring.tables",
    "ItemTable": "scoring.tables",
    "Table": "scoring.tables",
}


def __getattr__(name: str) -> Any:
    """Imported when asked for."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
