"""A group as it was published officially: its results made again from the archive, the ledger and the workspace of that day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.declarations.movement import Movement
from criteria.movements.reading import MOVEMENT, read_movement
from criteria.problems import Problem, errors, of_file
from records.life.rights import FINAL, STAGES
from records.publication.archive import ROSTER
from records.publication.changes import stored_archive
from records.publication.container import RECEIPT, Archive
from records.publication.published import Publication
from records.publication.recomputing import UNREADABLE, remade, unpacked
from records.publication.results import rows
from records.publication.texts import parsed
from records.rounds import Round, load_rounds
from records.scored.sets import ScoredSet, score_set
from records.scored.stages import StagedSet
from records.workspace.folder import Workspace
from scoring.result import Result

_BACK = "Lấy lại bản gốc từ bản sao lưu; soát gói: thidua verify."


@dataclass(frozen=True)
class PublishedGroup:
    """archive: its file name. told: its receipt. movement, roster (rows of candidates, by id), results and stamps (by file of the set):
    as they stand in it. view: the ledger up to the publication; base: up to the group's first official one, whose forms count."""

    publication: Publication
    archive: str
    told: Mapping[str, Any]
    movement: Movement
    roster: Mapping[str, Mapping[str, Any]]
    results: Mapping[str, Result]
    stamps: Mapping[str, tuple[str, ...]]
    view: Workspace
    base: Workspace

    @cached_property
    def then(self) -> Workspace:
        """The workspace as it stood: the ledger up to the publication, movement, criteria and settings of the archive. Only to be read."""
        read: dict[str, tuple[CriteriaSet | None, list[Problem]]]
        read = {file: (result.set, []) for file, result in self.results.items()}
        settings = {**self.view.settings, **dict(self.told["settings"])}
        return replace(self.view, movement=self.movement, settings=settings, _sets=read, _earlier={})

    @cached_property
    def round(self) -> Round | None:
        return load_rounds(self.then).get(self.publication.period)

    def at_stage(self, file: str, stage: str) -> ScoredSet | None:
        """A set scored at a stage as the ledger stood; None where that cannot be done any more."""
        if self.round is None or file not in self.results:
            return None
        found, problems = score_set(self.then, self.round, self.publication.group, file, stage)
        return None if errors(problems) else found

    def staged(self, file: str) -> StagedSet | None:
        """A set at every stage, the last one as it was published; None when that does not come out of the ledger again."""
        found: dict[str, Result] = {}
        last: ScoredSet | None = None
        for stage in STAGES:
            one = self.at_stage(file, stage)
            if one is None:
                return None
            found[stage] = one.result
            last = one if stage == FINAL else last
        official = self.results[file]
        if last is None or last.here is None or list(rows(last.result)) != list(rows(official)):
            return None
        return StagedSet(last, last.here, {**found, FINAL: official})


def open_published(
    workspace: Workspace, one: Publication, first: int, wanted: Collection[str] | None = None
) -> tuple[PublishedGroup | None, list[Problem]]:
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
) -> tuple[PublishedGroup | None, list[Problem]]:
    told = parsed(archive.read(RECEIPT))
    problems: list[Problem] = []
    results: dict[str, Result] = {}
    with unpacked(archive) as folder:
        movement, _ = read_movement(folder / MOVEMENT)  # sets of other groups are not there, and say so
        if movement is None:
            return None, [of_file(archive.path, "snapshot", "Không đọc được tệp phong trào trong gói.", _BACK)]
        for each in told["sets"]:
            result, wrong = remade(archive, folder, told, each)
            problems += [of_file(archive.path, "snapshot", difference.text, _BACK) for difference in wrong]
            if result is not None:
                result.points_decision = str(told["points_decision"])
                results[str(each["file"])] = result
    if problems:
        return None, problems
    stamps = {str(each["file"]): tuple(each["stamps"]) for each in told["sets"]}
    view, base = workspace.at(one.entry), workspace.at(first)
    return PublishedGroup(one, archive.path.name, told, movement, roster, results, stamps, view, base), []
