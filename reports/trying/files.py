"""The workbook of a trial on disk: whole or not at all."""

from __future__ import annotations

from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.differences.changes import Differences
from criteria.problems import Problem, of_file, reason
from records.scored.trying import Trial
from records.workspace.whole_files import write_whole
from reports.trying.workbook import trying_workbook


def out_problems(out: Path | None) -> list[Problem]:
    """A name under which no workbook can be written."""
    if out is None or out.suffix.lower() == ".xlsx":
        return []
    return [of_file(out, "output", f"Không ghi được dạng “{out.suffix}”.", "Dùng .xlsx.")]


def write_trying(
    out: Path, found: Differences, old: CriteriaSet, new: CriteriaSet, trial: Trial | None = None
) -> list[Problem]:
    """Write the workbook, or say why not."""
    if problems := out_problems(out):
        return problems
    content = trying_workbook(found, old, new, trial)
    try:
        write_whole(out, content)
    except OSError as error:
        return [of_file(out, "output", f"Không ghi được {out}: {reason(error)}.")]
    return []
