"""The Word documents of a dossier: every template checked first, then one document after another, none kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

from criteria.problems import Problem
from nominations.case import Case, Nominated
from nominations.dossier.state import Dossier
from nominations.nominees import Nominee
from records.forms.issuing.files import slug
from records.workspace.folder import Workspace
from reports.dossier.fields import Fields, Material, Printing
from reports.dossier.fields_check import checklist_fields
from reports.dossier.fields_evidence import evidence_fields
from reports.dossier.fields_list import Published, in_order, list_fields, notice_fields
from reports.dossier.fields_report import report_fields, summary_fields
from reports.dossier.fields_submission import submission_fields
from reports.dossier.kinds import NOTICE, OF_AWARD, OF_NOMINEE, kind_named
from reports.letters.kinds import TemplateKind, template_problems
from reports.letters.templates import FOLDER, fill, printed, printed_all, read_template

_LONGEST_ID = 40
_CHECKLIST = "kiem-tra-ho-so"


@dataclass(frozen=True)
class Document:
    """One Word file. path: below the dossier's folder; template: its name without .docx; nominee: "" of the whole award."""

    path: str
    title: str
    template: str
    nominee: str
    content: bytes


def read_templates(workspace: Workspace, names: tuple[str, ...]) -> tuple[dict[str, bytes], list[Problem]]:
    """The templates of a workspace by name, and everything that is wrong with any of them."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name in names:
        path = workspace.movement_folder / FOLDER / f"{name}.docx"
        content, wrong = read_template(path)
        problems += wrong or _checked(name, content, path)
        found[name] = content
    return found, problems


@lru_cache(maxsize=64)
def _checked(name: str, content: bytes, path: Path) -> tuple[Problem, ...]:
    """What is wrong with a template; looked at once, however many awards are printed with it."""
    return tuple(template_problems(kind_named(name), content, path))


def write_documents(
    workspace: Workspace, nominated: Nominated, dossier: Dossier, printing: Printing
) -> tuple[Iterator[Document], list[Problem]]:
    """Every Word document of an award's dossier: those of the award, then nominee by nominee. Nothing comes when a template is broken.

    Which papers: those of the award file that name a template of ours, and the checklist always.
    """
    asked = {one.template for one in nominated.file.awards.papers_of(dossier.award) if one.template}
    names = tuple(name for name in (*OF_AWARD, *OF_NOMINEE) if name in asked or name == _CHECKLIST)
    templates, problems = read_templates(workspace, tuple(dict.fromkeys(names)))
    if problems:
        return iter(()), problems
    material = Material(nominated, dossier, printing)
    return _documents(workspace, material, templates), []


def nominee_folder(nominee: Nominee) -> str:
    """C003-xa-dong-hung: a plain name whatever the id and the name are."""
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "-", nominee.id).strip("-._")[:_LONGEST_ID]
    if safe != nominee.id or not safe:
        safe = f"{safe}-{hashlib.sha256(nominee.id.encode()).hexdigest()[:8]}".strip("-")
    return f"{safe}-{slug(nominee.name) or 'doi-tuong'}"


def notice(
    workspace: Workspace, nominated: Nominated, dossier: Dossier, printing: Printing, published: Published
) -> tuple[Document | None, list[Problem]]:
    """Thông báo công khai of an award's list."""
    templates, problems = read_templates(workspace, (NOTICE,))
    if problems:
        return None, problems
    material = Material(nominated, dossier, printing)
    fields = notice_fields(material, published, printing.number)
    return _document(workspace, material, templates, NOTICE, fields), []


Builder = Callable[[Material], Fields]
_OF_AWARD: dict[str, Builder] = {
    "to-trinh": submission_fields,
    "danh-sach": list_fields,
    _CHECKLIST: checklist_fields,
}
_OF_NOMINEE: dict[str, Callable[[Material, Case], Fields]] = {
    "bao-cao-thanh-tich": report_fields,
    "tom-tat-thanh-tich": summary_fields,
    "danh-muc-minh-chung": evidence_fields,
    _CHECKLIST: checklist_fields,
}


def _documents(workspace: Workspace, material: Material, templates: dict[str, bytes]) -> Iterator[Document]:
    for name in OF_AWARD:
        if name in templates:
            yield _document(workspace, material, templates, name, _OF_AWARD[name](material))
    for case in in_order(material):
        for name in OF_NOMINEE:
            if name in templates:
                fields = partial(_OF_NOMINEE[name], material, case)()
                yield _document(workspace, material, templates, name, fields, case.nominee)


def _document(
    workspace: Workspace,
    material: Material,
    templates: dict[str, bytes],
    name: str,
    fields: Fields,
    nominee: Nominee | None = None,
) -> Document:
    kind = kind_named(name)
    path = workspace.movement_folder / FOLDER / f"{name}.docx"
    title = f"{kind.title} đề nghị tặng {material.dossier.award.name}" + (f": {nominee.name}" if nominee else "")
    content = filled(kind, templates[name], fields, path, title, material.printing.day)
    folder = f"{nominee_folder(nominee)}/" if nominee is not None else ""
    return Document(f"{folder}{name}.docx", title, name, nominee.id if nominee is not None else "", content)


def filled(kind: TemplateKind, template: bytes, fields: Fields, path: Path, title: str, day: date) -> bytes:
    """A document of a template that was checked before. Raises ValueError when the fields are not those of the kind."""
    content, problems = fill(
        template, printed_all(fields), path, printed(title), printed(str(fields.get("co_quan", ""))), day
    )
    if problems:
        raise ValueError("; ".join(one.message for one in problems))
    return content
