"""Conflicts of interest (xung đột lợi ích): which members may not vote on whom, and why. Worked out, or declared by the member."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from nominations.council.members import Member
from nominations.nominees import Nominee, Standing
from records.roster.matching import key
from records.roster.roster import Roster


@dataclass(frozen=True)
class Conflict:
    """A member (its number) who may not vote on a nominee. declared: by the member himself, not worked out."""

    member: int
    nominee: str
    reason: str
    declared: bool = False


def worked_out(members: Iterable[Member], nominees: Iterable[Nominee], standing: Standing, day: date) -> list[Conflict]:
    """Conflicts that need no declaration, by nominee and member: the member's body is the nominee, stands above it, or proposed it."""
    told = list(members)
    found = []
    for nominee in nominees:
        above = set(_above(standing.roster, nominee, day))
        proposers = {standing.handed[row.proposal].proposer for row in nominee.proposed}
        for member in told:
            reason = _reason(standing.roster, member, nominee, above, proposers, day)
            if reason:
                found.append(Conflict(member.number, nominee.id, reason))
    return found


def _reason(roster: Roster, member: Member, nominee: Nominee, above: set[str], proposers: set[str], day: date) -> str:
    if not member.body:
        return ""
    own = roster.successor(member.body, day)
    if own in (nominee.id, roster.successor(nominee.id, day)):
        return "cơ quan của thành viên là đối tượng được xét"
    if own in above and nominee.person and key(member.name) == key(nominee.name):
        return "thành viên cùng họ tên, cùng cơ quan với cá nhân được xét"
    if own in above:
        return "cơ quan của thành viên quản lý đối tượng được xét"
    if own in {roster.successor(one, day) for one in proposers}:
        return "cơ quan của thành viên đề nghị khen thưởng đối tượng này"
    return ""


def _above(roster: Roster, nominee: Nominee, day: date) -> Iterator[str]:
    """The bodies that manage a nominee: of a person the nearest one whatever it is, of everybody those that take part in the movement
    themselves. The provincial administration stands above every office: that alone is no conflict."""
    ident, seen, nearest = nominee.manager, {nominee.id}, True
    while ident and ident not in seen:
        seen.add(ident)
        body = roster.bodies.get(ident)
        if body is None:
            return
        if (nearest and nominee.person) or roster.group_of(body):
            yield roster.successor(ident, day)
        ident, nearest = body.value("parent", day), False


def same_names(
    members: Iterable[Member], nominees: Iterable[Nominee], known: Iterable[Conflict]
) -> list[tuple[Member, Nominee]]:
    """Members who are called like a person who is considered, and about whom nothing is known: somebody has to ask. A title may stand
    before the name (TS. Nguyễn Văn An)."""
    settled = {(one.member, one.nominee) for one in known}
    people = [one for one in nominees if one.person]
    return [
        (member, nominee)
        for member in members
        for nominee in people
        if f" {key(member.name)}".endswith(f" {key(nominee.name)}") and (member.number, nominee.id) not in settled
    ]


def merged(first: Iterable[Conflict], second: Iterable[Conflict]) -> list[Conflict]:
    """Each member and nominee once: what was worked out before what was declared."""
    found: dict[tuple[int, str], Conflict] = {}
    for one in (*first, *second):
        found.setdefault((one.member, one.nominee), one)
    return list(found.values())


def by_nominee(conflicts: Iterable[Conflict]) -> Mapping[str, list[Conflict]]:
    found: dict[str, list[Conflict]] = {}
    for one in conflicts:
        found.setdefault(one.nominee, []).append(one)
    return found
