"""An official publication opened for its sheets: the result made again from the archive, what people did from the ledger of that day."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.declarations.movement import Movement
from criteria.movements.reading import MOVEMENT, read_movement
from criteria.problems import Problem, of_file
from records.evidence.kinds import EvidenceKinds, evidence_kinds
from records.forms.answers import Answers
from records.forms.layout import Layout
from records.forms.submissions import in_force
from records.indices import known_for
from records.ledger.entries import Facts, gather
from records.ledger.of_one import entries_of, submissions_of
from records.life.criteria import reviewed
from records.life.standing import load_standings
from records.publication.archive import ROSTER
from records.publication.changes import stored_archive
from records.publication.container import RECEIPT, Archive
from records.publication.published import Publication
from records.publication.recomputing import UNREADABLE, remade, unpacked
from records.publication.texts import parsed
from records.roster.roster import Body
from records.rounds import load_rounds
from records.workspace.folder import Workspace
from reports.reasons.about import about_lines
from reports.reasons.receipt import Receipt
from reports.reasons.row import Line
from reports.reasons.source import SourceSet, Told
from scoring.result import Result

_BACK = "Lấy lại bản gốc từ bản sao lưu; soát gói: thidua verify."


@dataclass
class FrozenGroup:
    """A group as it was published. view: the ledger up to the publication. base: up to the first official one, whose forms count.

    movement: as it stands in the archive. roster: candidates as the archive has them, by id. settings: as they were chosen then.
    """

    publication: Publication
    receipt: Receipt
    movement: Movement
    roster: Mapping[str, Mapping[str, Any]]
    sets: Mapping[str, SourceSet]
    view: Workspace
    base: Workspace
    settings: Mapping[str, str] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)

    def set_of(self, candidate: str) -> SourceSet | None:
        """The set a candidate was scored by; None when it has no result here."""
        return next((one for one in self.sets.values() if candidate in one.result.rows), None)

    def told(self, candidate: str) -> Told:
        """Read from the ledger when it is asked for, so that nothing is held for a candidate whose sheet is done."""
        period = self.publication.period
        entries = entries_of(self.view.database, f"score:{period}/{candidate}")
        found = load_standings(self.view, period, entries).found
        standings = {criterion: standing for (who, criterion), standing in found.items() if who == candidate}
        handed = in_force(submissions_of(self.base.database, period, candidate)).get(candidate)
        evidence = tuple(Answers.of_dict(handed.answers).evidence) if handed is not None else ()
        explained = tuple(item for standing in standings.values() for item in standing.evidence)
        return Told(standings, evidence, explained)

    def body(self, ident: str) -> Body:
        """A body as the roster had it. Candidates are not kept; those who manage and verify are few, and are."""
        if ident in self.bodies:
            return self.bodies[ident]
        subject = f"body:{ident}"
        entries = entries_of(self.base.database, subject, self._roster_until)
        facts = gather(entries).get(subject, Facts(subject))
        kind = next((one for one in self.movement.body_kinds if one.name == facts.value("kind")), None)
        made = Body(ident, facts, kind)
        if ident not in self.roster:
            self.bodies[ident] = made
        return made

    def body_name(self, ident: str) -> str:
        """The name of whoever manages or verifies: as the movement calls it, else as the roster does."""
        known = next((" ".join(one.name.split()) for one in self.movement.bodies if one.id == ident), "")
        return known or self.body(ident).name(self.publication.day)

    def about(self, candidate: str, name: str) -> tuple[Line, ...]:
        """Who a candidate is, as the roster of the archive has it."""
        row, one = self.roster.get(candidate, {}), self.set_of(candidate)
        manager = str(row.get("manager", ""))
        return about_lines(
            self.movement,
            self.publication.group,
            candidate,
            name,
            kind=str(row.get("kind", "")),
            post=self.body(candidate).value("post", self.publication.day),
            manager=self.body_name(manager) if manager else "",
            pool=one.result.pools[one.result.rows[candidate]] if one is not None else "",
        )

    def then(self) -> Workspace:
        """The workspace as it stood: the ledger up to the publication, movement, criteria and settings of the archive. Only to be read."""
        read: dict[str, tuple[CriteriaSet | None, list[Problem]]]
        read = {file: (one.result.set, []) for file, one in self.sets.items()}
        settings = {**self.view.settings, **self.settings}
        return replace(self.view, movement=self.movement, settings=settings, _sets=read, _earlier={})

    @cached_property
    def kinds(self) -> EvidenceKinds:
        return evidence_kinds(self.movement, [one.result.set for one in self.sets.values()])

    @cached_property
    def _roster_until(self) -> int | None:
        round_ = load_rounds(self.base).get(self.publication.period)
        return round_.group(self.publication.group).roster_until if round_ is not None else None


def open_group(
    workspace: Workspace, one: Publication, first: int, wanted: Collection[str] | None = None
) -> tuple[FrozenGroup | None, list[Problem]]:
    """An official publication, or what is wrong with its archive. first: entry of the group's first official publication.

    wanted: candidates; None with no problems when the group has none of them. None: everybody.
    """
    archive, problems = stored_archive(workspace, one)
    if archive is None:
        return None, problems
    try:
        roster = {str(row["id"]): row for row in parsed(archive.read(ROSTER))}
        if wanted is not None and not roster.keys() & set(wanted):
            return None, []
        return _opened(workspace, one, first, archive, roster)
    except (*UNREADABLE, OSError):
        return None, [of_file(archive.path, "snapshot", "Không đọc được gói đã công bố.", _BACK)]


def _opened(
    workspace: Workspace, one: Publication, first: int, archive: Archive, roster: Mapping[str, Mapping[str, Any]]
) -> tuple[FrozenGroup | None, list[Problem]]:
    told = parsed(archive.read(RECEIPT))
    base, view = workspace.at(first), workspace.at(one.entry)
    receipt = Receipt(
        one.period,
        one.group,
        one.version,
        one.day,
        archive.path.name,
        one.archive,
        one.decision,
        str(told["software"]),
    )
    problems: list[Problem] = []
    sets: dict[str, SourceSet] = {}
    with unpacked(archive) as folder:
        movement, _ = read_movement(folder / MOVEMENT)  # sets of other groups are not there, and say so
        if movement is None:
            return None, [of_file(archive.path, "snapshot", "Không đọc được tệp phong trào trong gói.", _BACK)]
        for each in told["sets"]:
            result, wrong = remade(archive, folder, told, each)
            problems += [of_file(archive.path, "snapshot", difference.text, _BACK) for difference in wrong]
            if result is not None:
                result.points_decision = str(told["points_decision"])
                sets[str(each["file"])] = _set(base, movement, one.period, result, tuple(each["stamps"]))
    if problems:
        return None, problems
    return FrozenGroup(one, receipt, movement, roster, sets, view, base, dict(told["settings"])), []


def _set(base: Workspace, movement: Movement, period: str, result: Result, stamps: tuple[str, ...]) -> SourceSet:
    layout = Layout(result.set, tuple(movement.registers))
    known: dict[str, dict[str, str]] = {}
    for ident, own in known_for(base, layout, result.ids, period).items():
        for measure, entry in own.items():
            known.setdefault(measure, {})[ident] = sys.intern(entry.source)
    return SourceSet(result, stamps, reviewed(layout), known)
