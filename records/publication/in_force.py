"""Whether what counts now is still what was published as official: the same criteria, the same settings, the same result."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from criteria.problems import WARNING, Problem, of_file
from records.publication.archive import joint
from records.publication.changes import stored_archive
from records.publication.container import RECEIPT
from records.publication.published import Publication, official_versions
from records.publication.recomputing import UNREADABLE
from records.publication.results import rows
from records.publication.texts import joined, parsed
from records.workspace.folder import Workspace
from scoring.result import Result

_BACK = "Lấy lại tệp cũ từ gói nội bộ; thay đổi có chủ ý thì công bố bản mới kèm lý do: thidua publish … --reason."


def published_changes(workspace: Workspace, period: str, letters: tuple[str, ...] = ()) -> list[Problem]:
    """A warning for everything that is not as it was frozen in the official archives. letters: groups; none means every one."""
    found: list[Problem] = []
    for letter, (*_, one) in official_versions(workspace, period).items():
        if letters and letter not in letters:
            continue
        archive, problems = stored_archive(workspace, one)
        found += [replace(problem, severity=WARNING) for problem in problems]
        if archive is None:
            continue
        try:
            found += list(_changed(workspace, one, parsed(archive.read(RECEIPT))))
        except UNREADABLE:
            hint = "Soát gói: thidua verify."
            found.append(of_file(archive.path, "snapshot", "Không đọc được biên nhận của gói.", hint, WARNING))
    return found


def result_changes(workspace: Workspace, period: str, results: Mapping[str, Mapping[str, Result]]) -> list[Problem]:
    """A warning for every group whose final result is not the published one. results: by letter and file of the set, all of them."""
    found = []
    for letter, (*_, one) in official_versions(workspace, period).items():
        if letter in results and _hash(results[letter]) != one.result:
            message = f"Kết quả cuối nay khác bản đã công bố chính thức lần {one.version}, ngày {one.day:%d/%m/%Y}."
            hint = "Bản đã công bố vẫn có hiệu lực; điều chỉnh sau đó chỉ có hiệu lực khi công bố bản mới."
            found.append(of_file(f"kỳ {period} nhóm {letter}", "published", message, hint, WARNING))
    return found


def _changed(workspace: Workspace, one: Publication, receipt: Mapping[str, Any]) -> Iterator[Problem]:
    where = f"kỳ {one.period} nhóm {one.group}"
    since = f"từ khi công bố chính thức lần {one.version}, ngày {one.day:%d/%m/%Y}"
    for told in receipt["sets"]:
        criteria, _ = workspace.read_set(str(told["file"]))
        if criteria is None:
            message = f"Không còn đọc được {told['file']}, bộ tiêu chí đã dùng để công bố."
            yield of_file(where, "published", message, _BACK, WARNING)
        elif criteria.sha256 != told["criteria_sha256"]:
            message = f"Bộ tiêu chí {told['file']} đã bị sửa {since}."
            yield of_file(where, "published", message, _BACK, WARNING)
        for name, value in sorted(told["settings"].items()):
            if criteria is not None and criteria.settings.get(name) != value:
                yield of_file(
                    where, "published", _setting(name, value, criteria.settings.get(name), since), _BACK, WARNING
                )
    for name, value in sorted(receipt["settings"].items()):
        now = workspace.setting(name) if name in workspace.movement.settings else None
        if now != value:
            yield of_file(where, "published", _setting(name, value, now, since), _BACK, WARNING)


def _setting(name: str, before: str, now: str | None, since: str) -> str:
    return f"Thiết lập “{name}” đã đổi từ “{before}” sang {f'“{now}”' if now is not None else 'không có'} {since}."


def _hash(results: Mapping[str, Result]) -> str:
    marks = {}
    for file, result in results.items():
        mark = hashlib.sha256()
        for chunk in joined(rows(result)):
            mark.update(chunk)
        marks[file] = mark.hexdigest()
    return joint(marks)
