"""Results as they stand in an archive: one line per candidate, every number an exact fraction."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from criteria.exact import Quantity
from scoring import states
from scoring.result import Result

_ELIGIBLE = {1: True, 0: False, -1: None}
_QUOTA = (None, "outside", "tied_at_line")


def rows(result: Result) -> Iterator[dict[str, Any]]:
    """One mapping per candidate, in the order of the table. criteria: points, maximum in force and state of every node and entry."""
    printed = [node for node, _ in result.printed]
    size = result.size
    columns = [
        (_exact(result.points(n), size), _exact(result.root.result(n).maximum, size), _states(result, n))
        for n in printed
    ]
    total, maximum = (_fractions(one, size) for one in (result.points(), result.root.result("").maximum))
    whole, names = result.root.result("").state, result.set.grade_names
    waits = np.broadcast_to(states.waiting(whole), (size,)).tolist()
    for row in range(size):
        level, rank = int(result.graded.level[row]), int(result.ranks[row])
        yield {
            "id": result.ids[row],
            "pool": result.pools[row],
            "total": str(total[row]),
            "maximum": str(maximum[row]),
            "share": str(total[row] / maximum[row]) if maximum[row] else None,
            "grade": names[level] if level >= 0 else None,
            "rank": rank or None,
            "tied": bool(result.tied[row]) if rank else None,
            "eligible": _ELIGIBLE[int(result.eligible[row])],
            "provisional": waits[row],
            "quota": _QUOTA[int(result.graded.quota[row])],
            "criteria": {
                node: [points[row], most[row], state[row]]
                for node, (points, most, state) in zip(printed, columns, strict=True)
            },
        }


def _fractions(quantity: Quantity, size: int) -> list[Fraction]:
    """The exact value of every row, 0 where there is none; equal values are one object."""
    seen: dict[tuple[int, int], Fraction] = {}
    nums, dens = (np.broadcast_to(np.asarray(part), (size,)).tolist() for part in (quantity.num, quantity.den))
    found = []
    for key in zip(nums, dens, strict=True):
        if key not in seen:
            seen[key] = Fraction(key[0], key[1] or 1)
        found.append(seen[key])
    if quantity.absent is not None:
        for row in np.flatnonzero(np.broadcast_to(quantity.absent, (size,))):
            found[row] = Fraction(0)
    return found


def _exact(quantity: Quantity, size: int) -> list[str]:
    texts: dict[int, str] = {}
    found = []
    for value in _fractions(quantity, size):
        known = texts.get(id(value))
        if known is None:
            known = texts[id(value)] = str(value)
        found.append(known)
    return found


def _states(result: Result, node: str) -> list[str]:
    codes = result.state(node)
    if codes is None:
        return ["scored"] * result.size
    return [states.NAMES[code] for code in np.broadcast_to(codes, (result.size,)).tolist()]
