"""Proposals as they stand in the ledger: who proposes whom for what, on which letter and minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from records.ledger.entries import Facts, gather
from records.workspace.folder import Workspace


@dataclass(frozen=True)
class Proposed:
    """One row of a proposal. nominee: id of a candidate, or X1 of somebody without a score. award: id. merit: short merit (thành tích
    tóm tắt). report: the unit's own prose by place (I.1, II.2 …), paragraphs in order. row: of the list.
    """

    occasion: str
    proposal: int
    row: int
    nominee: str
    award: str
    merit: str = ""
    achievement: str = ""
    initiative: str = ""
    certificate: str = ""
    report: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """What one body handed in. proposer, through: ids of bodies. letter: số, tờ trình; minutes: số, biên bản. file: SHA-256."""

    occasion: str
    number: int
    proposer: str
    through: str
    letter: str
    minutes: str
    file: str
    letter_day: date | None = None
    minutes_day: date | None = None
    rows: tuple[Proposed, ...] = ()


@dataclass(frozen=True)
class Outsider:
    """A nominee without a criteria group: a household, a body or person outside the groups. subject: id in the award file.
    manager: id of the body that answers for it. place: where it is (xã, phường), nothing nearer."""

    id: str
    name: str
    subject: str
    post: str = ""
    unit: str = ""
    place: str = ""
    manager: str = ""


def proposals(workspace: Workspace, occasion: str) -> list[Proposal]:
    """What counts of an occasion: of every proposer the last one handed in, in the order of their numbers."""
    database = workspace.database
    rows = gather(database.entries(f"proposed:{occasion}/"))
    listed: dict[int, list[Proposed]] = {}
    for subject, facts in rows.items():
        number, _, row = subject.partition("/")[2].partition("/")
        listed.setdefault(int(number), []).append(_row(occasion, int(number), int(row), facts))
    found = []
    for subject, facts in gather(database.entries(f"proposal:{occasion}/")).items():
        ident = int(subject.partition("/")[2])
        if facts.value("replaced"):
            continue
        file = facts.entry("file")
        found.append(
            Proposal(
                occasion,
                ident,
                facts.value("proposer"),
                facts.value("through"),
                facts.value("letter"),
                facts.value("minutes"),
                file.evidence if file is not None else "",
                facts.day("letter_day"),
                facts.day("minutes_day"),
                tuple(sorted(listed.get(ident, []), key=lambda one: one.row)),
            )
        )
    return sorted(found, key=lambda one: one.number)


def outsiders(workspace: Workspace) -> dict[str, Outsider]:
    """Everybody without a criteria group, by id."""
    found = {}
    for subject, facts in gather(workspace.database.entries("outsider")).items():
        ident = subject.partition(":")[2]
        told = {name: facts.value(name) for name in ("name", "subject", "post", "unit", "place", "manager")}
        told["name"] = told["name"] or ident  # whose name was erased
        found[ident] = Outsider(ident, **told)
    return dict(sorted(found.items(), key=lambda item: (len(item[0]), item[0])))


def _row(occasion: str, number: int, row: int, facts: Facts) -> Proposed:
    report: dict[str, list[tuple[int, str]]] = {}
    for name in facts.fields:
        if name.startswith("report:") and facts.value(name):
            place, _, at = name.removeprefix("report:").rpartition("/")
            report.setdefault(place, []).append((int(at), facts.value(name)))
    told = {
        name: facts.value(name) for name in ("nominee", "award", "merit", "achievement", "initiative", "certificate")
    }
    prose = {place: tuple(text for _, text in sorted(parts)) for place, parts in sorted(report.items())}
    return Proposed(occasion, number, row, **told, report=prose)
