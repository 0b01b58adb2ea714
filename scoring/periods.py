"""Names of rounds (docs/commands.md): 2026, 2026-03, 2026-q2, 2027-h1, 2030-9m."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from scoring.tables import Period


class PeriodError(ValueError):
    """The text names no round."""


_PERIOD = re.compile(r"([1-9][0-9]{3})(?:-(?:(0[1-9]|1[0-2])|q([1-4])|h([12])|([1-9]|1[01])m))?")


def read_period(name: str) -> Period:
    """The round of a name: its year, its month if it is one, its first and last day. Raises PeriodError."""
    match = _PERIOD.fullmatch(name.strip().lower())
    if match is None:
        raise PeriodError(name)
    year = int(match[1])
    first, last = 1, 12
    if match[2]:
        first = last = int(match[2])
    elif match[3]:
        first, last = 3 * int(match[3]) - 2, 3 * int(match[3])
    elif match[4]:
        first, last = (1, 6) if match[4] == "1" else (7, 12)
    elif match[5]:
        last = int(match[5])
    return Period(
        name, year, first if first == last else None, date(year, first, 1), date(year, last, monthrange(year, last)[1])
    )
