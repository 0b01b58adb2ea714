"""Issuing appraisal workbooks (giao biểu thẩm định hồ sơ): one per appraising body."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from criteria.problems import WARNING, Problem, errors, of_file
from nominations.appraisal.content import FORMAT, KIND, NOBODY, Appraisal, appraisals
from nominations.appraisal.sheets import appraisal_workbook
from nominations.awards.procedure import Step
from nominations.case import Nominated
from nominations.dossier.papers import attached
from records.forms.issuing.files import form_name
from records.ledger.entries import Entry
from records.workbooks.going_out import write_issued
from records.workbooks.hidden import row_token
from records.workspace.folder import Workspace
from scoring.result import ILLUSTRATION

FOLDER = "tham-dinh-ho-so"


@dataclass(frozen=True)
class IssuedAppraisal:
    """One workbook. cases: rows in it."""

    body: str
    body_name: str
    path: Path
    cases: int


def editions(workspace: Workspace, occasion: str, step: str) -> list[Entry]:
    """Receipts of the workbooks that were taken in."""
    entries = workspace.database.entries(f"appraisal:{occasion}/{step}")
    return [one for one in entries if one.field == "collected"]


def issue_appraisals(
    workspace: Workspace, nominated: Nominated, step: Step
) -> tuple[list[IssuedAppraisal], list[Problem]]:
    """Write a workbook for every body that has cases before it; the findings."""
    made, problems = appraisals(workspace.movement, nominated, step, attached(workspace, nominated.occasion.id))
    if errors(problems):
        return [], problems
    if not made:
        message = f"Không trường hợp nào đang chờ bước “{step.name}”."
        hint = "Ghi kết quả bước trước: thidua council record."
        problems.append(of_file(nominated.occasion.id, "appraisal", message, hint, WARNING))
    issued = []
    secret, entry = workspace.database.secret(), workspace.database.head()[0]
    for content in made:
        stamps = _stamps(nominated, content)
        lines = [one.key for one in content.cases]
        owner = content.body or NOBODY
        token = row_token(secret, KIND, nominated.occasion.id, owner, step.id, FORMAT, lines, entry)
        seen = [
            int(one.value) for one in editions(workspace, nominated.occasion.id, step.id) if one.place.endswith(token)
        ]
        version = max(seen, default=0) + 1
        raw = appraisal_workbook(workspace.movement, nominated.occasion, content, stamps, secret, entry, version)
        path = workspace.issued(nominated.occasion.id) / FOLDER / form_name(step.id, content.body or "khac")
        if write_issued(path, raw, problems) is not None:
            issued.append(IssuedAppraisal(content.body, content.body_name, path, len(content.cases)))
    return issued, problems


def _stamps(nominated: Nominated, content: Appraisal) -> list[str]:
    found = list(nominated.stamps)
    if any(one.case.nominee.illustration for one in content.cases):
        found.append(ILLUSTRATION)
    return list(dict.fromkeys(found))
