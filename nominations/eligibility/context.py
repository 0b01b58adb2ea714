"""What the checks of one occasion look at, gathered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from nominations.awards.reading import AwardFile
from nominations.history.comparing import spelled
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

    def awards_of(self, nominee: str) -> tuple[HeldAward, ...]:
        """Awards entered of a nominee and of the bodies whose awards count for it, in the order of their numbers."""
        found = [one for holder in self.holders.get(nominee, (nominee,)) for one in self._by_holder.get(holder, ())]
        return tuple(sorted(found, key=lambda one: one.number))

    @cached_property
    def _by_holder(self) -> Mapping[str, list[HeldAward]]:
        found: dict[str, list[HeldAward]] = {}
        for one in self.history:
            if one.holder:
                found.setdefault(one.holder, []).append(one)
        return found

    @cached_property
    def initiatives(self) -> Mapping[str, tuple[tuple[str, HeldAward | None], ...]]:
        """Who uses an initiative (sáng kiến), by its spelling: holders with their award, nominees of this occasion with None."""
        found: dict[str, list[tuple[str, HeldAward | None]]] = {}
        for one in self.history:
            if one.initiative and one.counts:
                found.setdefault(spelled(one.initiative), []).append((one.holder, one))
        for nominee in self.standing.nominees.values():
            for text in sorted({spelled(text) for text in nominee.initiatives}):
                found.setdefault(text, []).append((nominee.id, None))
        return {text: tuple(many) for text, many in found.items()}
