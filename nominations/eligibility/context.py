"""What the checks of one occasion look at, gathered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from nominations.awards.reading import AwardFile
from nominations.history.held import HeldAward
from nominations.nominees import Standing
from nominations.occasions import AwardOccasion


@dataclass(frozen=True)
class Decided:
    """A person's word on one check of one case. passes: what he decided."""

    passes: bool
    document: str
    by: str
    reason: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Context:
    """movement: its id. history: all awards entered. holders: for a nominee the ids whose awards count for it (lineage).
    held_back: nominees about whom a complaint is open, with its numbers and rounds in words. decisions: by award, nominee and check.
    elsewhere: cases of other occasions that are submitted or on their way, by nominee: words of each.
    """

    movement: str
    file: AwardFile
    occasion: AwardOccasion
    standing: Standing
    history: tuple[HeldAward, ...] = ()
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    held_back: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[tuple[str, str, str], Decided] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
