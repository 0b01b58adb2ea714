"""What a corrected publication changes: whose points, rank and grade moved, and which files it replaces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from criteria.problems import Problem, of_file
from records.publication.archive import RESULTS, member
from records.publication.container import Archive, file_sha256, open_archive
from records.publication.published import INTERNAL, OFFICIAL, Publication, archive_name, folder_of
from records.publication.recomputing import UNREADABLE
from records.publication.results import rows
from records.publication.texts import parsed
from records.scored.sets import ScoredSet
from records.workspace.folder import Workspace

_WHOLE = ("total", "maximum", "share", "grade", "rank", "tied", "eligible")


def stored_archive(workspace: Workspace, one: Publication) -> tuple[Archive | None, list[Problem]]:
    """The internal archive of an official publication, when it is there and has the hash that the ledger holds."""
    name = archive_name(workspace, INTERNAL, one.period, one.group, one.version)
    path = folder_of(workspace, one.period, one.group, OFFICIAL, one.version) / name
    archive, problems = open_archive(path)
    if archive is not None and file_sha256(path) != one.archive:
        message = f"Gói {name} không còn đúng bản đã công bố (mục {one.entry} của sổ)."
        return None, [of_file(path, "snapshot", message, "Lấy lại bản gốc từ bản sao lưu.")]
    return archive, problems


def changes(archive: Archive, before: Publication, scored: Sequence[ScoredSet], reason: str) -> dict[str, Any]:
    """Against the version before: files replaced, and by set and candidate what moved, each as [old, new]. Raises ValueError."""
    return {
        "reason": reason,
        "replaces": replaced(before),
        "files": dict(before.files),
        "sets": {one.file: moved(_stored(archive, one.file), list(rows(one.result))) for one in scored},
    }


def replaced(before: Publication) -> dict[str, Any]:
    """The version before, as receipts name it."""
    return {
        "version": before.version,
        "internal_sha256": before.archive,
        "public_sha256": before.public,
        "result_sha256": before.result,
    }


def moved(old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """By candidate, what is not the same: fields as [old, new], criteria as {id: [[points, maximum, state], …]}."""
    before, after = {row["id"]: row for row in old}, {row["id"]: row for row in new}
    found: dict[str, Any] = {}
    for who in [*after, *(who for who in before if who not in after)]:
        was, now = before.get(who, {}), after.get(who, {})
        fields = {name: [was.get(name), now.get(name)] for name in _WHOLE if was.get(name) != now.get(name)}
        nodes, made = was.get("criteria", {}), now.get("criteria", {})
        criteria = {
            node: [nodes.get(node), made.get(node)]
            for node in [*made, *(node for node in nodes if node not in made)]
            if nodes.get(node) != made.get(node)
        }
        if fields or criteria:
            found[who] = {**fields, **({"criteria": criteria} if criteria else {})}
    return found


def _stored(archive: Archive, file: str) -> list[dict[str, Any]]:
    name = member(RESULTS, file, ".jsonl")
    return [parsed(raw) for raw in archive.lines(name)] if name in archive.members else []


def changes_against(
    workspace: Workspace, before: Publication, scored: Sequence[ScoredSet], reason: str
) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The changes, or why the version before cannot be read."""
    archive, problems = stored_archive(workspace, before)
    if archive is None:
        return None, problems
    try:
        return changes(archive, before, scored, reason), []
    except UNREADABLE:
        path: Path = archive.path
        return None, [
            of_file(path, "snapshot", "Không đọc được kết quả của bản trước.", "Lấy lại bản gốc từ bản sao lưu.")
        ]
