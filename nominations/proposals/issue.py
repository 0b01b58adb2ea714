"""Issuing proposal workbooks (giao biểu đề nghị): one for every body that may propose somebody at an occasion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from criteria.problems import Problem, errors, of_file
from nominations.awards.reading import load_awards
from nominations.occasions import find_occasion
from nominations.proposals.bench import load_bench
from nominations.proposals.columns import CALLED, FOLDER
from nominations.proposals.content import awards_at, content_of, proposing_bodies
from nominations.proposals.form import proposal_workbook
from nominations.proposals.lists import proposing_body
from nominations.results import OccasionResults
from records.forms.issuing.files import form_name
from records.workbooks.going_out import write_issued
from records.workspace.folder import Workspace


@dataclass(frozen=True)
class IssuedProposal:
    """One workbook. rows: nominees that are filled in."""

    proposer: str
    name: str
    path: Path
    rows: int
    written: bool


def issue_proposals(
    workspace: Workspace,
    name: str,
    bodies: Sequence[str] = (),
    out: Path | None = None,
    starting: Callable[[int], None] | None = None,
    tick: Callable[[], None] | None = None,
) -> tuple[list[IssuedProposal], list[Problem]]:
    """bodies: ids or names, none: everybody who may propose somebody. out: instead of bieu-giao/OCCASION/de-nghi. Errors: nothing
    written, but for a file that cannot be."""
    file, found = load_awards(workspace)
    occasion, wrong = find_occasion(workspace, name)
    problems = [*errors(found), *wrong]  # what is unsure in law is told by `check` and `award rules`
    if file is None or occasion is None:
        return [], problems
    bench = load_bench(workspace, file, occasion)
    wanted = []
    for text in bodies:
        ident, wrong = proposing_body(bench, text)
        problems += wrong
        wanted += [ident] if ident is not None else []
    if not bodies:
        wanted = proposing_bodies(bench)
    if not awards_at(file, occasion):
        message = f"Không hình thức nào được đề nghị vào {occasion.words}."
        problems.append(of_file(name, "awards", message, "Xem routes của các hình thức ở phong-trao/awards.yaml."))
    elif not wanted and not errors(problems):
        message = f"Chưa có cơ quan nào được đề nghị vào {occasion.words}."
        problems.append(of_file(name, "proposal", message, "Nhập danh sách: thidua roster import."))
    archives = OccasionResults(workspace, occasion)
    results = archives.results()
    problems += archives.problems
    if errors(problems):
        return [], problems
    if starting is not None:
        starting(len(wanted))
    issued = []
    for ident in dict.fromkeys(wanted):
        content = content_of(bench, results, ident)
        path = (out or workspace.issued(occasion.id) / FOLDER) / form_name(ident, content.name)
        written = write_issued(path, proposal_workbook(content), problems, CALLED)
        if written is not None:
            issued.append(IssuedProposal(ident, content.name, path, len(content.rows), written))
        if tick is not None:
            tick()
    return issued, problems
