"""What has been published of a round, group by group: worked out from the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from records.forms.issuing.files import group_folder
from records.ledger.entries import Facts, gather
from records.roster.roster import load_rosters
from records.rounds import load_rounds
from records.workspace.folder import Workspace

DRAFT, OFFICIAL = "du-kien", "chinh-thuc"
STAGES = {DRAFT: "dự kiến", OFFICIAL: "chính thức"}
INTERNAL, OPEN_TO_ALL = "noi-bo", "cong-khai"  # kinds of archives
RESULT, PUBLIC, FILE, POINTS_DECISION = "result", "public", "file", "points_decision"  # fields beside the stages
FOLDER = "cong-bo"


@dataclass(frozen=True)
class Publication:
    """One publication. entry: its number in the ledger; everything before it is what was published. archive: SHA-256 of the
    internal archive, of a draft "". decision: number and date of the document. reason: of a correction (version above 1).
    result: SHA-256 of the points, ranks and grades. public: SHA-256 of the public archive. files: SHA-256 of every file, by name.
    """

    period: str
    group: str
    stage: str
    version: int
    day: date
    entry: int
    archive: str
    decision: str = ""
    reason: str = ""
    comments_until: date | None = None
    result: str = ""
    public: str = ""
    files: Mapping[str, str] = field(default_factory=dict)


def publications(workspace: Workspace, period: str) -> dict[str, list[Publication]]:
    """Every publication of a round, by group, oldest first."""
    found: dict[str, list[Publication]] = {}
    for subject, facts in gather(workspace.database.entries(f"publication:{period}/")).items():
        group = subject.partition("/")[2]
        entries = sorted((e for stage in STAGES for e in facts.history(stage)), key=lambda entry: entry.number)
        found[group] = [
            Publication(
                period,
                group,
                entry.field,
                int(entry.value),
                entry.valid_from or date.fromisoformat(entry.at[:10]),
                entry.number,
                entry.evidence,
                entry.source,
                entry.reason,
                entry.valid_to,
                _last(facts, RESULT, entry.number),
                _last(facts, PUBLIC, entry.number),
                _files(facts, entry.field, int(entry.value)),
            )
            for entry in entries
        ]
    return found


def official_versions(workspace: Workspace, period: str) -> dict[str, list[Publication]]:
    """The official versions of every group that has one, oldest first: the last one is in force."""
    told = publications(workspace, period)
    found = {letter: [one for one in several if one.stage == OFFICIAL] for letter, several in told.items()}
    return {letter: several for letter, several in found.items() if several}


def groups_with_candidates(workspace: Workspace, period: str) -> list[str]:
    """Letters of the groups that somebody belongs to in a round, in the movement's order; every group while it is not opened."""
    letters = [group.letter for group in workspace.movement.groups]
    round_ = load_rounds(workspace).get(period)
    if round_ is None:
        return letters
    first, last = round_.window.first, round_.window.last
    rosters = load_rosters(workspace, {letter: round_.group(letter).roster_until for letter in letters})
    return [letter for letter in letters if rosters[letter].candidates(letter, first, last)[0]]


def folder_of(workspace: Workspace, period: str, letter: str, stage: str, version: int) -> Path:
    """Where the files of a publication are."""
    group = workspace.group(letter)
    assert group is not None
    return workspace.results(period) / FOLDER / f"{group_folder(group)}-{stage}-v{version}"


def archive_name(workspace: Workspace, kind: str, period: str, letter: str, version: int) -> str:
    """noi-bo-2026-a-v1.zip"""
    group = workspace.group(letter)
    assert group is not None
    return f"{kind}-{period}-{group_folder(group)}-v{version}.zip"


def _last(facts: Facts, name: str, number: int) -> str:
    return next((entry.value for entry in reversed(facts.history(name)) if entry.number < number), "")


def _files(facts: Facts, stage: str, version: int) -> dict[str, str]:
    start = f"{FILE}:{stage}/{version}/"
    return {name[len(start) :]: facts.value(name) for name in sorted(facts.fields) if name.startswith(start)}


def frozen_groups(workspace: Workspace, period: str) -> dict[str, int]:
    """Groups whose result is official, each with the entry of the first official publication: what was known then counts."""
    return {group: found[0].entry for group, found in official_versions(workspace, period).items()}
