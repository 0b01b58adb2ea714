"""Whose data can be given out and erased by an id: persons of the roster, nominees without a criteria group, members of councils."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal

from criteria.problems import Problem, of_file
from records.ledger.entries import Entry, Facts, gather
from records.roster.roster import Body, load_roster
from records.workspace.folder import Workspace

Kind = Literal["roster", "outsider", "member"]
MEMBER = "member:"  # of council:OCCASION/STEP
_OUTSIDER = re.compile(r"X[0-9]+")
_MEMBER = re.compile(r"([^/]+/[^/]+)/([0-9]+)")


@dataclass(frozen=True)
class Person:
    """Somebody by the id under which data stand: E01 of the roster, X1 without a criteria group, OCCASION/STEP/3 the third member of a
    council. names: as written at any time. subject: of the entries that say who it is. body: of the roster only."""

    ident: str
    name: str
    names: tuple[str, ...]
    kind: Kind
    subject: str
    body: Body | None = None


def find_person(workspace: Workspace, ident: str) -> tuple[Person | None, list[Problem]]:
    """A person by id, or why there is none."""
    body = load_roster(workspace).bodies.get(ident)
    if body is not None and body.person:
        return Person(ident, body.name(), tuple(body.names), "roster", f"body:{ident}", body), []
    if body is not None:
        message = f"{ident} {body.name()} không phải cá nhân."
        return None, [
            of_file(ident, "personal", message, "Lệnh này chỉ dùng cho cá nhân; cơ quan: thidua roster import.")
        ]
    found = _outsider(workspace, ident) or _member(workspace, ident)
    if found is None:
        hint = "Xem mã: thidua roster list; người không chấm điểm: X1, X2 …; thành viên hội đồng: DỊP/BƯỚC/SỐ."
        return None, [of_file(ident, "personal", f"Không có “{ident[:60]}” trong danh sách.", hint)]
    return found, []


def everybody(workspace: Workspace) -> list[Person]:
    """All of them: the roster in its order, outsiders and members of councils by the order in which they were entered."""
    persons = [body for body in load_roster(workspace).bodies.values() if body.person]
    found = [Person(one.id, one.name(), tuple(one.names), "roster", f"body:{one.id}", one) for one in persons]
    for subject, facts in gather(workspace.database.entries("outsider")).items():
        found.append(_of_outsider(subject.partition(":")[2], facts))
    for subject, facts in gather(workspace.database.entries("council")).items():
        for name in facts.fields:
            if name.startswith(MEMBER):
                found.append(_of_member(subject, name.removeprefix(MEMBER), facts))
    return found


def _outsider(workspace: Workspace, ident: str) -> Person | None:
    if not _OUTSIDER.fullmatch(ident):
        return None
    facts = gather(workspace.database.entries(f"outsider:{ident}")).get(f"outsider:{ident}")
    return _of_outsider(ident, facts) if facts is not None else None


def _of_outsider(ident: str, facts: Facts) -> Person:
    return Person(ident, facts.value("name") or ident, _values(facts.history("name")), "outsider", f"outsider:{ident}")


def _member(workspace: Workspace, ident: str) -> Person | None:
    parts = _MEMBER.fullmatch(ident)
    if parts is None:
        return None
    subject = f"council:{parts[1]}"
    facts = gather(workspace.database.entries(subject)).get(subject)
    if facts is None or MEMBER + parts[2] not in facts.fields:
        return None
    return _of_member(subject, parts[2], facts)


def _of_member(subject: str, number: str, facts: Facts) -> Person:
    told = [_name(entry.value) for entry in facts.history(MEMBER + number)]
    names = tuple(dict.fromkeys(name for name in told if name))
    ident = f"{subject.partition(':')[2]}/{number}"
    return Person(ident, names[-1] if names else ident, names, "member", subject)


def _name(value: str) -> str:
    """The name in what the ledger holds of a member; "" when it was erased or taken out."""
    try:
        told = json.loads(value)
    except ValueError:
        return ""
    name = told.get("name") if isinstance(told, dict) else ""
    return name if isinstance(name, str) else ""


def _values(entries: list[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.value for entry in entries if entry.value))
