"""The roster as it will stand when everything read so far is written: later rows see earlier ones, nothing is written yet."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from criteria.declarations.movement import BodyKind
from records.ledger.entries import Entry, Facts, changed
from records.persons.fields import is_personal
from records.roster.matching import fold, index_of
from records.roster.roster import Body, load_roster
from records.workspace.folder import Workspace

# Fields that hold for the whole life of a body; everything else may change from a day on.
LASTING = {"from", "to", "kind", "group", "set", "successor", "successor_proposed", "active", "sub_type", "alias"}
LASTING |= {"province", "area", "predecessors", "roles", "note"}


class Draft:
    """entries: what has to be appended. new, touched: ids of bodies made, and of those with entries."""

    def __init__(self, workspace: Workspace) -> None:
        self.movement = workspace.movement
        self.kinds: dict[str, BodyKind] = {kind.name: kind for kind in workspace.movement.body_kinds}
        self.roster = load_roster(workspace)
        self.index = index_of(self.roster)
        self.entries: list[Entry] = []
        self.new: list[str] = []
        self.touched: dict[str, None] = {}
        self._numbers: dict[str, int] = {}

    def body(self, ident: str) -> Body | None:
        return self.roster.bodies.get(ident)

    def make(self, ident: str) -> Body:
        """A body nobody has heard of yet."""
        body = self.roster.bodies[ident] = Body(ident, Facts(f"body:{ident}"))
        self.new.append(ident)
        return body

    def put(
        self, ident: str, name: str, value: str, source: str, place: str, since: date | None = None, reason: str = ""
    ) -> Entry | None:
        """Enter a value unless it is said already. since: from which day it holds.

        Returns the dated entry that would hide the new value; then nothing is entered.
        """
        body = self.roster.bodies[ident]
        since = None if name in LASTING else since
        entry = Entry(body.facts.subject, name, value, since, None, source, place, reason)
        holds = body.facts.entry(name, since)
        if since is not None and holds is not None and holds.value == value and holds.valid_from != since:
            return None
        if not changed(body.facts, entry):
            return None
        if since is None and holds is not None and holds.valid_from is not None:
            return holds if holds.value != value else None
        body.facts.fields.setdefault(name, []).append(entry)
        self.entries.append(entry)
        self.touched[ident] = None
        if name == "kind":
            self.roster.bodies[ident] = Body(ident, body.facts, self.kinds.get(value))
        if name in ("name", "alias"):
            self.index.add(self.roster.bodies[ident], alike=False)
        return None

    def sealed(self) -> list[Entry]:
        """The entries as they have to be written: what is said of a person is marked as personal."""
        persons = {f"body:{ident}": body.person for ident, body in self.roster.bodies.items()}
        return [
            replace(one, personal=is_personal(one.subject, one.field, person=persons.get(one.subject, False)))
            for one in self.entries
        ]

    def next_id(self, letter: str) -> str:
        """The next number of the group's prefix: A017."""
        group = next(group for group in self.movement.groups if group.letter == letter)
        prefix = group.prefix or fold(letter).upper()
        if prefix not in self._numbers:
            pattern = re.compile(re.escape(prefix) + "([0-9]{1,9})")
            taken = [int(match[1]) for ident in self.roster.bodies if (match := pattern.fullmatch(ident))]
            self._numbers[prefix] = max(taken, default=0)
        while True:
            self._numbers[prefix] += 1
            ident = f"{prefix}{self._numbers[prefix]:03d}"
            if ident not in self.roster.bodies:
                return ident
