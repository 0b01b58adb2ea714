"""The states of a criterion for one candidate (criteria-language.md §15). Missing is not zero."""

from __future__ import annotations

from typing import Any

import numpy as np

from criteria.exact import KNOWN, MISSING, NOT_APPLICABLE, UNDEFINED, Absent

SCORED, DOES_NOT_APPLY, NO_EVIDENCE, NOT_DEFINED, NEEDS_JUDGEMENT, NOT_ASSESSED, OPEN = range(7)
NOT_VERIFIED, RETURNED, CLOSED = range(7, 10)  # settled, or not yet, by people: tables.Decision

NAMES = (
    "scored",
    "not_applicable",
    "no_evidence",
    "undefined",
    "needs_judgement",
    "not_assessed",
    "open",
    "not_verified",
    "returned",
    "closed",
)
VIETNAMESE = (
    "đã có điểm",
    "không áp dụng",
    "chưa có số liệu",
    "không xác định (chia cho 0), cần người quyết định",
    "chờ người chấm",
    "không xét (đã dừng)",
    "còn mục chưa xong",
    "chưa thẩm định",
    "trả lại, chờ giải trình",
    "đóng không có kết quả",
)

State = Any  # None: all scored | uint8 array

# What a decision may say; SCORED: nothing, the figures decide.
DECIDED = (SCORED, DOES_NOT_APPLY, NOT_VERIFIED, RETURNED, CLOSED)

_OF_ABSENCE = np.zeros(4, dtype=np.uint8)
_OF_ABSENCE[[KNOWN, UNDEFINED, MISSING, NOT_APPLICABLE]] = [SCORED, NOT_DEFINED, NO_EVIDENCE, DOES_NOT_APPLY]

# Whether a candidate with a criterion in this state still waits for something.
_WAITING = np.isin(np.arange(len(NAMES)), [NO_EVIDENCE, NOT_DEFINED, NEEDS_JUDGEMENT, OPEN, NOT_VERIFIED, RETURNED])


def of_absence(absent: Absent, size: int) -> State:
    """The state a leaf has because of what its quantity lacks."""
    if absent is None:
        return None
    return np.broadcast_to(_OF_ABSENCE[absent], (size,))


def waiting(state: State) -> Any:
    """Bool per row (or False): something is still to come."""
    return False if state is None else _WAITING[state]


_STRENGTH = np.zeros(len(NAMES), dtype=np.uint8)  # of what figures give; decisions are laid over it, scoring.nodes
_STRENGTH[[SCORED, OPEN, NOT_DEFINED, NO_EVIDENCE, NEEDS_JUDGEMENT, DOES_NOT_APPLY, NOT_ASSESSED]] = range(7)


def stronger(state: State, other: Any) -> Any:
    """Per row the stronger of two states, as absences are in arithmetic: not applicable over missing over undefined."""
    if state is None:
        return other
    return np.where(_STRENGTH[other] > _STRENGTH[state], other, state)


def marked(state: State, rows: Any, value: int, size: int) -> State:
    """`state` with `value` on the rows of a mask."""
    if state is None:
        if not np.any(rows):
            return None
        return (
            np.where(rows, np.uint8(value), np.uint8(SCORED)) if np.ndim(rows) else np.full(size, value, dtype=np.uint8)
        )
    return np.where(rows, np.uint8(value), state)
