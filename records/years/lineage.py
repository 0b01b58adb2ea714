"""Lineage (quá trình sắp xếp): which bodies a body came out of, when, and by which kind of change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from criteria.declarations.years import Inheritance, Inherited
from records.roster.roster import Body, Roster

Kind = Literal["merge", "absorbed", "split", "continued"]
WORDS: dict[Kind, str] = {
    "merge": "hợp nhất",
    "absorbed": "sáp nhập",
    "split": "chia tách",
    "continued": "chuyển thành cơ quan mới",
}


@dataclass(frozen=True)
class Predecessor:
    """A body that ended, and the body that followed it. day: the first one after its end. beside: other bodies that followed it."""

    id: str
    name: str
    successor: str
    day: date
    kind: Kind
    beside: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """đã sáp nhập ngày 01/03/2025"""
        return f"đã {WORDS[self.kind]} ngày {self.day:%d/%m/%Y}"


class Families:
    """Who followed whom, of a whole roster."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._before: dict[str, list[Body]] = {}
        for body in roster.bodies.values():
            for ident in followed_by(roster, body):
                if ident != body.id:
                    self._before.setdefault(ident, []).append(body)

    def predecessors(self, candidate: str, day: date) -> list[Predecessor]:
        """The bodies that one directly follows, ended before a day; in the order of their ends, then of the roster."""
        here = self.roster.bodies.get(candidate)
        ended = [body for body in self._before.get(candidate, []) if body.last is not None and body.last < day]
        if here is None:
            return []
        found = [_predecessor(self.roster, body, here, ended) for body in ended]
        return sorted(found, key=lambda one: one.day)

    def lineage(self, candidate: str, day: date) -> list[Predecessor]:
        """All bodies before one, those before them after them; each once."""
        found: list[Predecessor] = []
        seen, waiting = {candidate}, [candidate]
        while waiting:
            for one in self.predecessors(waiting.pop(0), day):
                if one.id not in seen:
                    seen.add(one.id)
                    found.append(one)
                    waiting.append(one.id)
        return found


def lineage(roster: Roster, candidate: str, day: date) -> list[Predecessor]:
    """The bodies before one, as known on a day."""
    return Families(roster).lineage(candidate, day)


def followed_by(roster: Roster, body: Body) -> list[str]:
    """Ids of the known bodies that follow one that has ended; [] while it has not, or nobody has said who follows."""
    return [ident for ident in body.successors if ident in roster.bodies] if body.last is not None else []


def _predecessor(roster: Roster, body: Body, successor: Body, ended: list[Body]) -> Predecessor:
    assert body.last is not None
    after = body.last + timedelta(days=1)
    others = tuple(ident for ident in followed_by(roster, body) if ident != successor.id)
    kind: Kind
    if others:
        kind = "split"
    elif successor.first is None or successor.first <= body.last:
        kind = "absorbed"
    else:
        whole = [other for other in ended if other.last is not None and other.last < successor.first]
        kind = "merge" if len(whole) > 1 else "continued"
    return Predecessor(body.id, body.name(body.last), successor.id, after, kind, others)


def renames(body: Body, first: date, last: date) -> list[tuple[date, str]]:
    """Days within two days from which the body had another name. The id stays, and with it everything it earned."""
    found: list[tuple[date, str]] = []
    for entry in body.facts.history("name"):
        since = entry.valid_from
        if since is not None and first <= since <= last and body.facts.entry("name", since) is entry:
            found.append((since, entry.value))
    return sorted(found)


def rule_for(rule: Inheritance | None, kind: Kind) -> Inherited:
    """What a kind of change lets a successor keep of results. Who took another body in keeps its own only."""
    if rule is None or kind == "absorbed":
        return "none"
    return {"merge": rule.results.merge, "split": rule.results.split, "continued": rule.results.continued}[kind]


def award_holders(roster: Roster, rule: Inheritance | None, candidate: str, day: date) -> list[str]:
    """Ids of the bodies whose awards count for a candidate on a day: itself, and those before it where the rule says so."""
    if rule is None or rule.awards == "none":
        return [candidate]
    return [candidate, *(one.id for one in lineage(roster, candidate, day))]
