"""The page for everybody (trang công khai): what the public archives and the drafts show, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from criteria.declarations.movement import Movement
from criteria.problems import WARNING, Problem, errors, of_file
from records.evidence.kinds import EvidenceKinds, evidence_kinds
from records.publication.archive import result_sha256
from records.publication.container import RECEIPT, Archive, file_sha256, open_archive
from records.publication.figures import public
from records.publication.published import (
    DRAFT,
    OFFICIAL,
    OPEN_TO_ALL,
    Publication,
    archive_name,
    folder_of,
    publications,
)
from records.publication.recomputing import UNREADABLE, remade, unpacked
from records.publication.sources import has_persons, roster_rows
from records.publication.texts import parsed
from records.rounds import Round, find_round, known_group
from records.scored.sets import score_figures, score_group
from records.software import SOFTWARE
from records.workspace.folder import Workspace
from reports.page.ground import Ground, Grounds, People, Person
from reports.page.persons import published_persons
from reports.page.words import draft_stamp, official_stamp
from reports.reasons.about import about_lines
from reports.reasons.row import Line
from reports.reasons.source import SourceSet, Told
from scoring.result import Result

_BACK = "Lấy lại bản gốc từ bản sao lưu; soát gói: thidua verify."
PERSONS = "Đối tượng là cá nhân: trang công khai chỉ nêu người được đề nghị trong danh sách đã công khai hoặc đã được khen thưởng."
NOBODY = "Chưa có cá nhân nào trong danh sách đề nghị đã công khai hoặc đã được khen thưởng."


@dataclass
class PublicGroup:
    """Nobody's acts and nobody's documents stand behind a public result: the figures alone. results: of the sets of the group."""

    movement: Movement
    letter: str
    results: Sequence[Result]

    def told(self, candidate: str) -> Told:
        """Nothing: what people did about a candidate is not public."""
        return Told({}, (), ())

    def body_name(self, ident: str) -> str:
        """As the movement calls it."""
        return next((" ".join(one.name.split()) for one in self.movement.bodies if one.id == ident), ident)

    def about(self, candidate: str, name: str) -> tuple[Line, ...]:
        """Name, id, group and pool."""
        one = next((result for result in self.results if candidate in result.rows), None)
        pool = one.pools[one.rows[candidate]] if one is not None else ""
        return about_lines(self.movement, self.letter, candidate, name, manager="", pool=pool)

    @cached_property
    def kinds(self) -> EvidenceKinds:
        return evidence_kinds(self.movement, [one.set for one in self.results])


@dataclass
class _Found:
    """What was found of the groups asked for. missing: letters of groups of which nothing is published."""

    sets: list[Ground] = field(default_factory=list)
    people: list[tuple[str, list[str]]] = field(default_factory=list)
    receipt: list[tuple[str, str]] = field(default_factory=list)
    official: list[str] = field(default_factory=list)
    draft: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def public_grounds(
    workspace: Workspace, period: str, letters: Sequence[str] = ()
) -> tuple[Grounds | None, list[Problem]]:
    """Everything a public page of a round rests on, or why there is none. letters: none means every group."""
    round_, problems = find_round(workspace, period)
    problems += [problem for letter in letters for problem in known_group(workspace, letter)]
    if round_ is None or problems:
        return None, problems
    told, found = publications(workspace, period), _Found()
    for group in workspace.movement.groups:
        if letters and group.letter not in letters:
            continue
        here = told.get(group.letter, [])
        official = [one for one in here if one.stage == OFFICIAL]
        drafts = [one for one in here if one.stage == DRAFT]
        if official:
            _official(workspace, official[-1], found)
        elif not drafts or not _draft(workspace, round_, drafts[-1], found):
            found.missing.append(group.letter)
    if errors(found.problems):
        return None, found.problems
    if not found.official and not found.draft:
        message = f"Kỳ {period} chưa công bố dự kiến hay chính thức kết quả nào của các nhóm được hỏi: không có gì để đưa lên trang công khai."
        hint = "Công bố trước: thidua publish; trang nội bộ: bỏ --public."
        return None, [*found.problems, of_file(period, "no-page", message, hint)]
    persons: Mapping[str, list[Person]] = {}
    if found.people:
        persons, wrong = published_persons(workspace, period, [letter for letter, _ in found.people])
        found.problems += wrong
    people = [
        People(
            letter,
            _name(workspace, letter),
            persons.get(letter, []),
            stamps,
            [PERSONS, *([] if persons.get(letter) else [NOBODY])],
        )
        for letter, stamps in found.people
    ]
    receipt = [("Phần mềm", SOFTWARE), ("Phong trào", workspace.movement.id), ("Kỳ", period), *found.receipt]
    notes = [
        f"Nhóm {letter}) {_name(workspace, letter)}: chưa công bố, không có trên trang này." for letter in found.missing
    ]
    stage = ", ".join([*(["Chính thức"] if found.official else []), *(["Dự kiến"] if found.draft else [])])
    return Grounds(found.sets, _source(found), receipt, stage, notes, people), found.problems


def _source(found: _Found) -> str:
    """Nhóm a: gói công khai của kết quả chính thức. Chưa công bố, không có trên trang: nhóm b."""
    said = [f"nhóm {', '.join(found.official)}: gói công khai của kết quả chính thức"] if found.official else []
    said += [f"nhóm {', '.join(found.draft)}: kết quả công bố dự kiến"] if found.draft else []
    text = "; ".join(said)
    missing = f" Chưa công bố, không có trên trang: nhóm {', '.join(found.missing)}." if found.missing else ""
    return f"{text[:1].upper()}{text[1:]}.{missing}"


def _name(workspace: Workspace, letter: str) -> str:
    group = workspace.group(letter)
    return " ".join(group.name.split()) if group is not None else letter


def _official(workspace: Workspace, one: Publication, found: _Found) -> None:
    """The version in force, from its public archive."""
    name = archive_name(workspace, OPEN_TO_ALL, one.period, one.group, one.version)
    path = folder_of(workspace, one.period, one.group, OFFICIAL, one.version) / name
    archive, problems = open_archive(path)
    found.problems += problems
    if archive is None:
        return
    if file_sha256(path) != one.public:
        message = f"Gói {name} không còn đúng bản đã công bố (mục {one.entry} của sổ)."
        found.problems.append(of_file(path, "snapshot", message, _BACK))
        return
    found.official.append(one.group)
    found.receipt += [(f"Gói công khai nhóm {one.group}", name), (f"sha256 gói nhóm {one.group}", one.public)]
    try:
        told = parsed(archive.read(RECEIPT))
        stamps = dict.fromkeys(stamp for each in told["sets"] for stamp in each["stamps"])
        if told["persons"]:
            found.people.append((one.group, [*stamps, official_stamp(one)]))
        else:
            _of_archive(workspace, one, archive, told, found)
    except (*UNREADABLE, OSError):
        found.problems.append(of_file(path, "snapshot", "Không đọc được gói đã công bố.", _BACK))


def _of_archive(
    workspace: Workspace, one: Publication, archive: Archive, told: Mapping[str, Any], found: _Found
) -> None:
    results: list[tuple[Result, list[str]]] = []
    path: Path = archive.path
    with unpacked(archive) as folder:
        for each in told["sets"]:
            result, wrong = remade(archive, folder, told, each)
            found.problems += [of_file(path, "snapshot", difference.text, _BACK) for difference in wrong]
            if result is not None:
                result.points_decision = str(told["points_decision"])
                results.append((result, [*each["stamps"], official_stamp(one)]))
    found.sets += _grounds(workspace, one.group, results)


def _draft(workspace: Workspace, round_: Round, one: Publication, found: _Found) -> bool:
    """The last draft, when what was shown then still comes out; whether it is on the page."""
    view = workspace.at(one.entry)
    scored, problems = score_group(view, round_, one.group)
    if problems or result_sha256(scored) != one.result:
        message = (
            f"Kết quả dự kiến nhóm {one.group} ngày {one.day:%d/%m/%Y} không tính lại được từ sổ và tiêu chí hiện nay."
        )
        hint = "Tiêu chí, thiết lập đã đổi sau khi công bố: công bố dự kiến lại rồi lập trang."
        where = f"kỳ {one.period} nhóm {one.group}"
        found.problems.append(of_file(where, "published", message, hint, WARNING))
        return False
    found.draft.append(one.group)
    found.receipt.append((f"sha256 kết quả dự kiến nhóm {one.group}", one.result))
    if has_persons(view, roster_rows(view, round_, one.group, scored)):
        stamps = dict.fromkeys(stamp for each in scored for stamp in each.result.stamps)
        found.people.append((one.group, [*stamps, draft_stamp(one)]))
        return True
    results = []
    for each in scored:
        result = score_figures(each.criteria, public(each.made), one.period)
        results.append((result, [*result.stamps, draft_stamp(one)]))
    found.sets += _grounds(workspace, one.group, results)
    return True


def _grounds(workspace: Workspace, letter: str, results: Sequence[tuple[Result, list[str]]]) -> list[Ground]:
    source = PublicGroup(workspace.movement, letter, [result for result, _ in results])
    name = _name(workspace, letter)
    return [
        Ground(letter, name, source, SourceSet(result, tuple(stamps), {}, {}), stamps, public=True)
        for result, stamps in results
    ]
