"""The Word files of sections: one a unit; a file that somebody has written in is left alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from criteria.problems import Problem, errors, of_file, reason
from records.forms.issuing.files import slug
from records.roster.roster import Candidate
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_if_changed
from reports.letters.kinds import template_problems
from reports.letters.templates import FOLDER, fill, printed, read_template
from reports.section.content import UnitSection
from reports.section.fields import SECTION, section_fields
from reports.section.reading import open_sections

SECTIONS = "phan-bao-cao"
_LONGEST_ID = 40


@dataclass(frozen=True)
class Written:
    """A section and where it stands."""

    section: UnitSection
    path: Path


def write_sections(
    workspace: Workspace,
    period: str,
    on: date,
    candidates: Sequence[str] = (),
    letters: Sequence[str] = (),
    folder: Path | None = None,
    *,
    replace: bool = False,
) -> tuple[list[Written], list[Problem]]:
    """Sections of units as Word files. Nothing is written when the template is broken or a file there has another content (its unit
    may have written in it) and is not to be replaced."""
    path = workspace.movement_folder / FOLDER / SECTION.file
    template, problems = read_template(path)
    problems = problems or template_problems(SECTION, template, path)
    found, wrong = open_sections(workspace, period, on, candidates, letters)
    problems = [*problems, *wrong]
    if found is None or errors(problems):
        return [], problems
    target = folder if folder is not None else workspace.results(period) / SECTIONS
    made: list[tuple[Written, bytes]] = []
    for unit in found.units:
        section = found.section(unit)
        fields = section_fields(workspace.movement, section)
        title = printed(f"{SECTION.title}: {unit.name}")
        content, wrong = fill(template, fields, path, title, printed(unit.name), on)
        if wrong:
            return [], [*problems, *wrong]
        made.append((Written(section, target / file_name(unit)), content))
    if not replace:
        problems += [_edited(one.path) for one, content in made if _differs(one.path, content)]
    if errors(problems):
        return [], problems
    try:
        for one, content in made:
            write_if_changed(one.path, content)
    except OSError as error:
        return [], [*problems, of_file(target, "output", f"Không ghi được phần báo cáo: {reason(error)}.")]
    return [one for one, _ in made], problems


def file_name(unit: Candidate) -> str:
    """A01-so-khoa-hoc-va-cong-nghe.docx; an id that is no safe name is cut and told apart by its hash."""
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "-", unit.id).strip("-.")[:_LONGEST_ID]
    if safe != unit.id or not safe:
        safe = f"{safe}-{hashlib.sha256(unit.id.encode()).hexdigest()[:8]}".strip("-")
    return f"{safe}-{slug(unit.name) or 'don-vi'}.docx"


def _differs(path: Path, content: bytes) -> bool:
    return path.exists() and not (path.is_file() and path.read_bytes() == content)


def _edited(path: Path) -> Problem:
    hint = "Người soạn có thể đã viết vào tệp đó: đổi tên để giữ, hoặc thêm --replace để lập lại."
    return of_file(path, "letter-changed", "Đã có phần báo cáo này với nội dung khác.", hint)
