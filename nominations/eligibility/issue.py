"""Issuing the eligibility workbook (giao biểu xét điều kiện) of an occasion."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from criteria.problems import Problem, errors
from nominations.case import Nominated
from nominations.eligibility.content import content_of
from nominations.eligibility.known import known_at
from nominations.eligibility.sheets import eligibility_workbook
from records.workbooks.going_out import write_issued
from records.workspace.folder import Workspace

FILE = "xet-dieu-kien.xlsx"


@dataclass(frozen=True)
class IssuedEligibility:
    """facts, decisions, law: rows of the sheets. left_out: nominees without a case that still stands. written: it says something new."""

    path: Path
    facts: int
    decisions: int
    law: int
    left_out: int
    written: bool


def issue_eligibility(
    workspace: Workspace, nominated: Nominated, *, everybody: bool = False, out: Path | None = None
) -> tuple[IssuedEligibility | None, list[Problem]]:
    """Write the workbook into bieu-giao/OCC, or into out. everybody: also nominees that no award is open to."""
    content = content_of(workspace, nominated, everybody=everybody)
    raw = eligibility_workbook(content, known_at(workspace, nominated.occasion.id))
    problems: list[Problem] = []
    path = (out or workspace.issued(nominated.occasion.id)) / FILE
    written = write_issued(path, raw, problems)
    if written is None or errors(problems):
        return None, problems
    rows = (len(content.facts), len(content.decisions), len(content.law))
    return IssuedEligibility(path, *rows, content.left_out, written), problems
