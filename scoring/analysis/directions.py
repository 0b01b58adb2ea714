"""Directions: how something moves while what it is made of can only rise."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

Direction = int | None  # RISES: it does not fall, FALLS: it does not rise, 0: it stays; None: not known
RISES, FALLS = 1, -1


def turned(direction: Direction) -> Direction:
    return None if direction is None else -direction


def times(sign: Direction, direction: Direction) -> Direction:
    """What does not move stays, whatever becomes of it."""
    if direction == 0:
        return 0
    return None if sign is None or direction is None else sign * direction


def both(*directions: Direction) -> Direction:
    """Several that move together."""
    found = 0
    for one in directions:
        if one is None or found * one < 0:
            return None
        found = found or one
    return found


def ordered(points: list[Fraction | None]) -> Direction:
    """Whether numbers rise or fall from one to the next; numbers that are all the same rise."""
    known = [one for one in points if one is not None]
    if len(known) < len(points):
        return None
    steps = [after - before for before, after in pairwise(known)]
    return RISES if all(step >= 0 for step in steps) else FALLS if all(step <= 0 for step in steps) else None
