"""The words of the language: functions, members of tables and pools, results. Each function file registers its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from criteria.expressions.terms import Term

Builder = Callable[[Any, Any], Term]  # (binder, call) → term

FUNCTIONS: dict[str, Builder] = {}
MEMBERS: dict[str, Builder] = {}  # functions of a table or of the pool
RESULTS: dict[str, Callable[[], Term]] = {}  # total, share, maximum
GRADE: dict[str, Callable[[tuple[str, ...]], Term]] = {}  # the one entry "grade", given the ladder


def function(name: str) -> Callable[[Builder], Builder]:
    """Register the builder of a function; the one line that adds a word to the language."""

    def register(builder: Builder) -> Builder:
        FUNCTIONS[name] = builder
        return builder

    return register
