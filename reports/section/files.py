"""The Word files of sections: one a unit; a file that somebody has written in is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from criteria.problems import Problem, errors
from records.forms.issuing.files import safe_id, slug
from records.roster.roster import Candidate
from records.workspace.edited_files import write_unedited
from records.workspace.folder import Workspace
from reports.letters.kinds import template_problems
from reports.letters.templates import FOLDER, fill, printed, read_template
from reports.section.content import UnitSection
from reports.section.fields import SECTION, section_fields
from reports.section.reading import open_sections

SECTIONS = "phan-bao-cao"


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
    _, wrong = write_unedited({one.path: content for one, content in made}, "phần báo cáo", replace=replace)
    return ([] if errors(wrong) else [one for one, _ in made]), [*problems, *wrong]


def file_name(unit: Candidate) -> str:
    """A01-so-khoa-hoc-va-cong-nghe.docx; an id that is no safe name is cut and told apart by its hash."""
    return f"{safe_id(unit.id)}-{slug(unit.name) or 'don-vi'}.docx"
