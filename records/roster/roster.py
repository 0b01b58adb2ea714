"""The roster (danh sách): everybody the movement knows, and who of them are candidates of a round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from criteria.declarations.movement import BodyKind, Movement
from records.ledger.entries import Entry, Facts, gather
from records.workspace.folder import Workspace
from scoring.tables import natural_key

BODY = "body"  # kind of the entries
YES = "có"
BESIDE = "|"  # between the successors of a body that was split
ATTRIBUTE = "attribute:"  # before the name of a declared attribute that is also a field of the roster
OWN = {"name", "kind", "group", "set", "province", "area", "parent", "from", "to", "successor", "successor_proposed"}
OWN |= {"head", "active", "alias", "sub_type", "post", "roles", "note", "predecessors"}


@dataclass(frozen=True)
class Body:
    """A body, a unit, an enterprise or a person. kind: None when the movement does not know the word."""

    id: str
    facts: Facts
    kind: BodyKind | None = None

    def value(self, field: str, day: date | None = None) -> str:
        return self.facts.value(field, day)

    def name(self, day: date | None = None) -> str:
        """The name on a day; the earliest one known for a day before it."""
        names = self.facts.history("name")
        return self.facts.value("name", day) or (names[0].value if names else "") or self.id

    @property
    def names(self) -> list[str]:
        """Every name and spelling under which it may be written."""
        found = [entry.value for entry in self.facts.history("name")]
        aliases = [part for entry in self.facts.history("alias") for part in entry.value.split("|")]
        return list(dict.fromkeys(text.strip() for text in [*found, *aliases] if text.strip()))

    @property
    def person(self) -> bool:
        return self.kind is not None and self.kind.person

    @property
    def first(self) -> date | None:
        """The first day; that of its kind, when a law began the kind and nothing else is known."""
        return self.facts.day("from") or (self.kind.began if self.kind is not None else None)

    @property
    def last(self) -> date | None:
        """The last day; that of its kind, when the law ended the kind and nothing else is known."""
        return self.facts.day("to") or (self.kind.ended if self.kind is not None else None)

    @property
    def successors(self) -> list[str]:
        """Ids of those that follow it: several when it was split (chia tách)."""
        return [ident for ident in self.value("successor").split(BESIDE) if ident]

    def exists(self, first: date, last: date) -> bool | None:
        """Whether it exists on some day between two days; None when nobody has said whether it still does."""
        if self.last is not None and self.last < first:
            return False
        if self.first is not None and self.first > last:
            return False
        if self.last is None and self.value("successor_proposed") and self.value("active") != YES:
            return None
        return True


@dataclass(frozen=True)
class Candidate:
    """Who is scored in a round. set: file name of the criteria set. manager: id of the body above it. part_year: in force only
    for a part of the round."""

    id: str
    name: str
    group: str
    set: str
    manager: str
    pool: str
    attributes: Mapping[str, str]
    part_year: bool = False


@dataclass(frozen=True)
class Doubt:
    """A body that might be a candidate, and what somebody has to say first."""

    body: str
    name: str
    message: str
    hint: str = ""


@dataclass
class Roster:
    """Bodies by id, in natural order."""

    movement: Movement
    bodies: dict[str, Body] = field(default_factory=dict)
    areas: Mapping[str, list[str]] = field(default_factory=dict)  # group → areas that take part, empty: all
    names: object = field(default=None, repr=False, compare=False)  # see records.roster.matching

    def candidates(self, group: str, first: date, last: date) -> tuple[list[Candidate], list[Doubt]]:
        """The candidates of a group between two days, in natural order of ids, and those nobody can be sure about."""
        found: list[Candidate] = []
        doubts: list[Doubt] = []
        for body in self.bodies.values():
            if self.group_of(body) != group or not self.takes_part(body, group):
                continue
            exists = body.exists(first, last)
            if exists is False:
                continue
            if exists is None:
                doubts.append(self.ceased(body))
                continue
            file = self.set_of(body, group)
            if file is None:
                message = f"Chưa rõ {body.name(last)} chấm theo bộ tiêu chí nào."
                hint = "Điền cột tiểu nhóm: " + "; ".join(kind.name for kind in self.movement.sub_types) + "."
                doubts.append(Doubt(body.id, body.name(last), message, hint))
                continue
            found.append(self._candidate(body, group, file, first, last))
        return found, doubts

    def illustrated(self, idents: Iterable[str]) -> bool:
        """Whether any of these bodies is made up for a demonstration."""
        return any(self.bodies[ident].value("illustration") for ident in idents if ident in self.bodies)

    def group_of(self, body: Body) -> str:
        """The letter entered for the body, else that of its kind; "" when it is no candidate."""
        if body.kind is not None and body.kind.role != "candidate":
            return ""
        return body.value("group") or (body.kind.group if body.kind is not None and body.kind.group else "")

    def outside(self, body: Body) -> bool:
        """Of another province, or central."""
        province = body.value("province")
        home = self.movement.province
        return bool(
            province and home is not None and province not in (home.name, home.part_of.name if home.part_of else "")
        )

    def takes_part(self, body: Body, group: str) -> bool:
        """Whether it is of this province (a person: of any), and of an area that counts."""
        areas = self.areas.get(group, [])
        if self.outside(body) and not body.person:
            return False
        return not areas or body.value("area") in areas or (not body.value("area") and body.value("province") in areas)

    def ceased(self, body: Body) -> Doubt:
        """What somebody has to say about a body that may have been replaced."""
        name = body.name()
        message = f"Chưa rõ {name} còn hoạt động hay không (có thể đã thành {body.value('successor_proposed')})."
        return Doubt(
            body.id, name, message, "Điền cột đến ngày và cột kế thừa; nếu vẫn còn thì điền cột còn hoạt động: có."
        )

    def set_of(self, body: Body, group: str) -> str | None:
        """The criteria file: the one entered, the only one of the group, or that of the sub-type."""
        if body.value("set"):
            return body.value("set")
        files = next((g.sets for g in self.movement.groups if g.letter == group), [])
        if len(files) == 1:
            return files[0]
        wanted = body.value("sub_type").casefold()
        return next((kind.set for kind in self.movement.sub_types if kind.name.casefold() == wanted), None)

    def _candidate(self, body: Body, group: str, file: str, first: date, last: date) -> Candidate:
        day = min(last, body.last) if body.last is not None else last
        attributes = {
            name.removeprefix(ATTRIBUTE): body.value(name, day)
            for name in body.facts.fields
            if name not in OWN and not name.startswith("code:")
        }
        part = (body.first is not None and body.first > first) or (body.last is not None and body.last < last)
        return Candidate(
            body.id, body.name(day), group, file, body.value("parent", day), body.value("pool", day), attributes, part
        )

    def members(self, body: str, day: date) -> list[str]:
        """Who a class body stands for on a day: ids; the body itself when it is no class."""
        classes = {lead.body: lead.kinds for lead in self.movement.class_leads}
        if body not in classes:
            return [body]
        return [
            other.id
            for other in self.bodies.values()
            if other.value("kind") in classes[body] and not self.outside(other) and other.exists(day, day)
        ]

    def is_class(self, body: str) -> bool:
        return any(lead.body == body for lead in self.movement.class_leads)

    def successor(self, body: str, day: date) -> str:
        """Who stands in a body's place on a day: itself, or the successor of a body that has ended."""
        seen = {body}
        here = self.bodies.get(body)
        while here is not None and here.last is not None and here.last < day and here.value("successor"):
            following = here.value("successor")
            if following in seen or following not in self.bodies:
                break
            seen.add(following)
            here = self.bodies[following]
        return here.id if here is not None else body


def load_roster(workspace: Workspace, until: int | None = None) -> Roster:
    """The roster of a workspace. until: as it stood at that entry."""
    return _roster(workspace, workspace.database.entries(BODY, until=until))


def load_rosters(workspace: Workspace, until: Mapping[str, int | None]) -> dict[str, Roster]:
    """Rosters by whatever they are asked for, each as it stood at an entry; those that say the same are one."""
    made: dict[int, Roster] = {}
    found = {}
    for name, number in until.items():
        entries = workspace.database.entries(BODY, until=number)
        if len(entries) not in made:
            made[len(entries)] = _roster(workspace, entries)
        found[name] = made[len(entries)]
    return found


def _roster(workspace: Workspace, entries: Iterable[Entry]) -> Roster:
    kinds = {kind.name: kind for kind in workspace.movement.body_kinds}
    subjects = gather(entries)
    bodies = {}
    for subject in sorted(subjects, key=lambda text: order(text.partition(":")[2])):
        ident = subject.partition(":")[2]
        bodies[ident] = Body(ident, subjects[subject], kinds.get(subjects[subject].value("kind")))
    areas = {scope.group: scope.areas[workspace.setting(scope.setting)] for scope in workspace.movement.scopes}
    return Roster(workspace.movement, bodies, areas)


def order(ident: str) -> tuple[str, tuple[int, int, str]]:
    """B2 before B10."""
    head = ident.rstrip("0123456789")
    return head, natural_key(ident[len(head) :])
