"""Publishing a group: looked at whole, files written first, then one transaction that makes them the published ones."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from criteria.problems import Problem, of_file
from records.calendar import due, limit_problems
from records.forms.collecting.cells import clean
from records.ledger.entries import Entry
from records.life.rights import STEWARD
from records.life.scope import load_scope
from records.publication.archive import Content, pack, result_sha256
from records.publication.changes import changes_against, replaced
from records.publication.container import file_sha256
from records.publication.open_points import Wish, as_problems, open_points, points_decision
from records.publication.published import (
    DRAFT,
    FILE,
    INTERNAL,
    OFFICIAL,
    OPEN_TO_ALL,
    POINTS_DECISION,
    PUBLIC,
    RESULT,
    STAGES,
    Publication,
    archive_name,
    folder_of,
    frozen_groups,
    publications,
)
from records.publication.sources import has_persons, roster_rows
from records.publication.verifying import verify
from records.rounds import Round, find_round, known_group
from records.scored.sets import ScoredSet, score_group
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_whole

_ABANDONED = 3600  # seconds after which a half-written publication is nobody's


@dataclass(frozen=True)
class Prepared:
    """A publication of which nothing is written yet. view: the workspace as its ledger stood, number and hash of which is head.

    persons: its candidates are persons. replaces: the official version before, None for a first one.
    """

    workspace: Workspace
    view: Workspace
    round: Round
    letter: str
    version: int
    wish: Wish
    scored: Sequence[ScoredSet]
    result: str
    head: tuple[int, str]
    persons: bool
    replaces: Publication | None = None
    changes: Mapping[str, Any] | None = None
    roster: Sequence[Mapping[str, Any]] = field(default_factory=tuple)

    @property
    def folder(self) -> Path:
        return folder_of(self.workspace, self.round.period, self.letter, self.wish.stage, self.version)

    @property
    def confirmation(self) -> str:
        """What has to be typed."""
        return f"{self.round.period} {self.letter} {self.wish.stage}"


@dataclass(frozen=True)
class Files:
    """What people read. beside: files of the folder, by name. inside: files of the public archive, by name."""

    beside: Mapping[str, bytes] = field(default_factory=dict)
    inside: Mapping[str, bytes] = field(default_factory=dict)


def prepare(workspace: Workspace, period: str, letter: str, wish: Wish) -> tuple[Prepared | None, list[Problem]]:
    """A publication that may be made, or everything that stands against it."""
    letter = unicodedata.normalize("NFC", letter.strip())
    wish = replace(
        wish,
        stage=clean(wish.stage),
        decision=clean(wish.decision),
        points_decision=clean(wish.points_decision),
        reason=clean(wish.reason),
    )
    head = workspace.database.head()
    view = workspace.at(head[0])
    round_, problems = find_round(view, period)
    problems += known_group(view, letter)
    if wish.stage not in STAGES:
        message, hint = f"Không có bước công bố “{wish.stage}”.", f"Các bước: {', '.join(STAGES)}."
        problems.append(of_file("--stage", "stage", message, hint))
    if round_ is not None and round_.window.occasion:
        message = f"{round_.window.name} gộp kết quả đã công bố của các kỳ khác, không công bố ở đây."
        problems.append(of_file(period, "stage", message))
    if round_ is None or problems:
        return None, problems
    scope, problems = load_scope(view, round_, (letter,))
    scored, found = score_group(view, round_, letter)
    problems += found
    if not problems and not scored:
        message = f"Nhóm {letter} kỳ {period} không có đối tượng."
        problems.append(
            of_file(f"kỳ {period} nhóm {letter}", "publish-open", message, "Nhập danh sách: thidua roster import.")
        )
    wish, found = _with_comments(workspace, wish)
    problems += found
    if problems:
        return None, problems
    result = result_sha256(scored)
    points = open_points(scope, letter, scored, result, wish)
    if points:
        return None, as_problems(period, letter, points)
    known = [one for one in publications(view, period).get(letter, []) if one.stage == wish.stage]
    before = known[-1] if known and wish.stage == OFFICIAL else None
    frozen = frozen_groups(view, period).get(letter)
    roster = roster_rows(view if frozen is None else view.at(frozen), round_, letter, scored)
    moved = None
    if before is not None:
        moved, problems = changes_against(view, before, scored, wish.reason)
    if problems:
        return None, problems
    persons = has_persons(view, roster)
    if wish.stage == OFFICIAL:
        for one in scored:  # what is official names the document that decided its points
            one.result.points_decision = wish.points_decision or points_decision(view, period, letter)
    made = Prepared(
        workspace, view, round_, letter, len(known) + 1, wish, scored, result, head, persons, before, moved, roster
    )
    return made, []


def unconfirmed(made: Prepared, typed: Sequence[str]) -> list[Problem]:
    """Why a publication is not confirmed; nothing when one of the words typed is its confirmation."""
    said = [" ".join(unicodedata.normalize("NFC", words).split()) for words in typed]
    if made.confirmation in said:
        return []
    message = f"Chưa xác nhận công bố {STAGES[made.wish.stage]} nhóm {made.letter} kỳ {made.round.period}."
    hint = f'Gõ lại lệnh với --confirm "{made.confirmation}".'
    return [of_file(f"kỳ {made.round.period} nhóm {made.letter}", "publish-confirm", message, hint)]


def publish(made: Prepared, files: Files, software: str) -> tuple[Publication | None, list[Problem]]:
    """Write the files, then enter the publication. Killed in between, nothing is published; the next run writes them anew.

    Two that publish the same at once write in rooms of their own: the files of who comes first are not touched by the other.
    Raises OSError. software: name and version, for the receipt.
    """
    home = made.folder.parent
    home.mkdir(parents=True, exist_ok=True)
    for left in home.glob(f".{made.folder.name}.*"):
        if time.time() - left.stat().st_mtime > _ABANDONED:
            shutil.rmtree(left, ignore_errors=True)
    room = Path(tempfile.mkdtemp(prefix=f".{made.folder.name}.", dir=home))
    try:
        os.chmod(room, 0o755)
        return _publish(made, files, software, room)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _publish(made: Prepared, files: Files, software: str, room: Path) -> tuple[Publication | None, list[Problem]]:
    """Everything is written into a room, which becomes the folder while nobody else can enter anything."""
    entered: dict[str, str] = {}
    archive = public = ""
    if made.wish.stage == OFFICIAL:
        archive, public, problems = _archives(made, files, software, room)
        if problems:
            return None, problems
        names = (
            archive_name(made.workspace, kind, made.round.period, made.letter, made.version)
            for kind in (INTERNAL, OPEN_TO_ALL)
        )
        entered |= dict(zip(names, (archive, public), strict=True))
    for name, raw in sorted(files.beside.items()):
        write_whole(room / name, raw)
        entered[name] = hashlib.sha256(raw).hexdigest()
    with made.workspace.database.writing() as writer:
        if writer.head != made.head:
            message = "Sổ có thêm mục trong lúc lập bản công bố; chưa công bố gì."
            return None, [
                of_file(f"kỳ {made.round.period} nhóm {made.letter}", "publish-moved", message, "Chạy lại lệnh.")
            ]
        if made.folder.exists():  # of a run that was killed before it had entered this version
            shutil.rmtree(made.folder)
        room.rename(made.folder)
        number = writer.append(_entries(made, archive, public, entered))
    found = publications(made.workspace, made.round.period)[made.letter]
    return next(one for one in found if one.entry == number), []


def _archives(made: Prepared, files: Files, software: str, room: Path) -> tuple[str, str, list[Problem]]:
    """Both archives written and proved; their hashes, or what does not come out again."""
    period, letter, wish = made.round.period, made.letter, made.wish
    frozen = frozen_groups(made.view, period).get(letter)
    content = Content(
        made.view if frozen is None else made.view.at(frozen),
        made.view,
        made.round,
        letter,
        made.version,
        wish.day,
        made.scored,
        software,
        made.result,
        wish.decision,
        wish.points_decision or points_decision(made.view, period, letter),
        wish.reason,
        replaced(made.replaces) if made.replaces is not None else None,
        made.changes,
        files.inside,
    )
    hashes: list[str] = []
    for kind in (INTERNAL, OPEN_TO_ALL):
        path = room / archive_name(made.workspace, kind, period, letter, made.version)
        pack(path, content, hashes[0] if hashes else "")
        proof = verify(path, software)
        if not proof.identical:
            said = [*(one.text for one in proof.differences), *(one.message for one in proof.problems)]
            hint = "Không công bố gói không tính lại được; đề nghị báo người phát triển."
            return "", "", [of_file(path, "snapshot", text, hint) for text in said]
        hashes.append(file_sha256(path))
    return hashes[0], hashes[1], []


def _entries(made: Prepared, archive: str, public: str, files: Mapping[str, str]) -> list[Entry]:
    """The publication itself comes last: whoever finds it finds everything before it."""
    wish, subject = made.wish, f"publication:{made.round.period}/{made.letter}"
    official = wish.stage == OFFICIAL
    told = {RESULT: made.result, **({PUBLIC: public} if official else {})}
    told |= {f"{FILE}:{wish.stage}/{made.version}/{name}": mark for name, mark in sorted(files.items())}
    if official and wish.points_decision.strip():
        told[POINTS_DECISION] = wish.points_decision.strip()
    found = [Entry(subject, name, value, role=STEWARD) for name, value in told.items()]
    until = wish.comments_until if wish.stage == DRAFT else None
    last = Entry(
        subject,
        wish.stage,
        str(made.version),
        wish.day,
        until,
        wish.decision.strip(),
        reason=wish.reason.strip(),
        role=STEWARD,
        evidence=archive,
    )
    return [*found, last]


def _with_comments(workspace: Workspace, wish: Wish) -> tuple[Wish, list[Problem]]:
    """A draft with the last day for comments, worked out by the movement's time limit unless it is told."""
    if wish.stage != DRAFT:
        return wish, []
    if wish.comments_until is not None:
        if wish.comments_until >= wish.day:
            return wish, []
        message = f"Hạn góp ý {wish.comments_until:%d/%m/%Y} trước ngày công bố {wish.day:%d/%m/%Y}."
        return wish, [of_file("--comments-until", "publish-open", message, "Ghi ngày sau ngày công bố.")]
    problems = limit_problems(workspace.movement, "comments")
    if problems:
        hint = "Hoặc nêu ngày: --comments-until NGÀY."
        return wish, [*problems, of_file("--comments-until", "publish-open", "Chưa biết hạn góp ý.", hint)]
    return replace(wish, comments_until=due(workspace, "comments", wish.day)), []
