"""Issuing workbooks: files that change only when they say something else, and what every printed sheet has to say."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.inputs import Input
from criteria.problems import Problem, of_file, reason
from records.roster.roster import Candidate
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_if_changed
from scoring.result import ILLUSTRATION


def write_issued(path: Path, content: bytes, problems: list[Problem], called: str = "biểu") -> bool | None:
    """Whether the workbook was written, False when it says the same already; None with a problem when it cannot be."""
    try:
        return write_if_changed(path, content)
    except OSError as error:
        message = f"Không ghi được {path}: {reason(error)}."
        hint = f"Đóng tệp đang mở rồi giao lại; {called} khác đã ghi xong."
        problems.append(of_file(path, "output", message, hint))
        return None


def issued_place(workspace: Workspace, path: Path) -> str:
    """Where a workbook was written, as entries say it: below the workspace where it can be."""
    return (path.relative_to(workspace.root) if path.is_relative_to(workspace.root) else path).as_posix()


def stamps_of(sets: Iterable[CriteriaSet], candidates: Iterable[Candidate]) -> list[str]:
    """What every printed sheet of a workbook says: a trial, an illustration."""
    found = [stamp for criteria in sets for stamp in criteria.stamps]
    if any(candidate.attributes.get("illustration") for candidate in candidates):
        found.append(ILLUSTRATION)
    return list(dict.fromkeys(found))


def shown_text(text: str, column: Input | None) -> str:
    """A figure as people read it: 87,25. column: None for what is no figure."""
    return text.replace(".", ",") if column is not None and column.kind.name == "number" else text
