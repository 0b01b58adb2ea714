"""Whether a document comes from whom the criterion wants it from. Certain, different, or for a person to look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from criteria.declarations.movement import Movement
from records.evidence.sameness import issuer_key
from records.roster.matching import SHOWN, find_body, fold, likeness
from records.roster.roster import Roster
from records.rounds import Window

SAME, UNCLEAR, DIFFERS = "", "issuer-unclear", "issuer-differs"


@dataclass
class Issuers:
    """Names of issuers, each worked out once."""

    roster: Roster
    movement: Movement
    window: Window
    _keys: dict[str, str] = field(default_factory=dict)
    _bodies: dict[str, str | None] = field(default_factory=dict)
    _compared: dict[tuple[str, str], str] = field(default_factory=dict)

    def key(self, text: str) -> str:
        """What spellings of one issuer share; "" of nothing."""
        if text not in self._keys:
            home = self.movement.province
            places = [home.name, *([home.part_of.name] if home.part_of is not None else [])] if home is not None else []
            self._keys[text] = issuer_key(text, places)
        return self._keys[text]

    def compare(self, written: str, wanted: str) -> str:
        """SAME, DIFFERS (two bodies of the roster, or names that are nothing alike), else UNCLEAR."""
        pair = (written, wanted)
        if pair not in self._compared:
            self._compared[pair] = self._compare(written, wanted)
        return self._compared[pair]

    def _compare(self, written: str, wanted: str) -> str:
        if self.key(written) == self.key(wanted):
            return SAME
        first, second = self._body(written), self._body(wanted)
        if first is not None and second is not None:
            return SAME if first == second else DIFFERS
        alike = likeness(fold(self.key(written)), fold(self.key(wanted)))
        return UNCLEAR if second is None or alike >= SHOWN else DIFFERS

    def _body(self, text: str) -> str | None:
        """Who a name certainly is, or who stands in its place at the end of the round."""
        if text not in self._bodies:
            found, _ = find_body(self.roster, text, self.window.last)
            self._bodies[text] = self.roster.successor(found, self.window.last) if found is not None else None
        return self._bodies[text]
