"""What is answered about one unit: paths of steps, or how far it can come and why not further."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from criteria.inputs import Input


@dataclass(frozen=True)
class Moved:
    """A criterion whose points a path moves."""

    id: str
    before: Fraction
    after: Fraction


@dataclass(frozen=True)
class Waiting:
    """A criterion that waits for somebody and counts nothing here. most: what it may still add to the total, 0 where a part decides
    that. state: a code of scoring.states."""

    id: str
    most: Fraction
    state: int


@dataclass(frozen=True)
class Short:
    """A criterion, or a part whose points are not a plain sum, that is not full. points: what it may still add. leaves: criteria in
    it that are not full."""

    id: str
    points: Fraction
    leaves: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One measure to change. limit: the last value it may have, None without an end. effort: 1 reaches the most its criteria give."""

    input: Input
    before: Fraction
    after: Fraction
    limit: Fraction | None
    effort: Fraction
    criteria: tuple[Moved, ...] = ()


@dataclass(frozen=True)
class Path:
    """Changes that together reach a grade. grade: the grade the engine gives after them."""

    steps: tuple[Step, ...]
    effort: Fraction
    total_before: Fraction
    total_after: Fraction
    grade: str
    others: tuple[Moved, ...] = ()  # criteria that move without being fed by one of the steps


@dataclass(frozen=True)
class Most:
    """How far all levers together bring a unit. lacking: conditions of the grade that do not hold even then, with figures.
    gates: sentences of gates that fail even then. elsewhere: criteria not full even then, with the points they could still give."""

    total: Fraction
    grade: str | None
    lacking: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    elsewhere: tuple[Short, ...] = ()
    reaches: bool = False


@dataclass(frozen=True)
class Reach:
    """What brings one unit to a grade.

    grade: as it stands, what waits counted as nothing; None without one. target: the grade looked for, None when there is no
    better one. waits: criteria that wait for somebody, with the points they may still give. assumed: figures of which it is taken, and
    not proven, that more is never worse where that was not tried. quota: the number of the target is
    limited. outside: the conditions of a better grade hold already, only its number is used up. limited: the search was not complete.
    """

    id: str
    name: str
    total: Fraction
    maximum: Fraction
    grade: str | None
    target: str | None
    paths: tuple[Path, ...] = ()
    most: Most | None = None
    waits: tuple[Waiting, ...] = ()
    threshold: Fraction | None = None
    levers: int = 0
    quota: bool = False
    outside: str = ""
    unplaced: str = ""
    limited: bool = False
    pooled: bool = False
    gates: tuple[str, ...] = ()  # sentences of gates that fail as it stands
    undecided: tuple[str, ...] = ()  # sentences of gates that cannot be decided yet
    assumed: tuple[Input, ...] = ()
    blanks: tuple[tuple[Input, Fraction], ...] = ()  # empty cells, and what they count as here
