"""The language of the standards, and the standards themselves.

Public: load(path) gives a checked CriteriaSet or raises ProblemsFound; read_set(path) gives the set and all findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from criteria.criteria_set import CriteriaSet
    from criteria.loading import load, load_text, read_set
    from criteria.problems import Problem, ProblemsFound

__all__ = ["CriteriaSet", "Problem", "ProblemsFound", "load", "load_text", "read_set"]

_HOMES = {
    "CriteriaSet": "criteria.criteria_set",
    "load": "criteria.loading",
    "load_text": "criteria.loading",
    "read_set": "criteria.loading",
    "Problem": "criteria.problems",
    "ProblemsFound": "criteria.problems",
}


def __getattr__(name: str) -> Any:
    """Imported when asked for: `thidua --help` needs none of it."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
