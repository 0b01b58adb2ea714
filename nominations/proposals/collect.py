"""Collecting proposals (thu đề nghị): every file is judged by itself and entered whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from criteria.problems import Problem, errors, of_file
from criteria.problems import reason as why
from nominations.awards.reading import AwardFile, load_awards
from nominations.occasions import AwardOccasion, find_occasion
from nominations.proposals.bench import Bench, load_bench
from nominations.proposals.columns import CALLED, FOLDER
from nominations.proposals.entering import Entering, Taken
from nominations.proposals.lists import Cover, read_list
from nominations.proposals.reading import ReadProposal, read_proposal
from records.forms.collecting.form import ReadForm
from records.forms.collecting.incoming import FormFile, Incoming, find_forms
from records.forms.collecting.receiving import clear_folders
from records.workbooks.coming_in import Run, begin, new_files, read_safely, same_edition
from records.workbooks.taking_in import WRITABLE
from records.workspace.folder import Workspace


@dataclass
class ProposalRun(Run):
    """taken: what was entered, in order."""

    taken: list[Taken] = field(default_factory=list)


def collect_proposals(
    workspace: Workspace, occasion: str, folder: Path, today: date, tick: Callable[[], None] | None = None
) -> ProposalRun:
    """Take in every proposal workbook below a folder. today: no letter, minutes or decision is later."""
    run = ProposalRun()
    found = _opened(workspace, occasion, run)
    if found is None:
        return run
    file, at = found
    incoming = find_forms(folder)
    run.problems += incoming.problems
    if not folder.is_dir():
        return run

    def read(raw: bytes, form: ReadForm, bench: Bench) -> ReadProposal:
        one, secret = ReadProposal(form), bench.workspace.database.secret()
        read_safely(raw, form, lambda book: read_proposal(book, one, secret, at.id, file))
        return one

    _take_all(run, load_bench(workspace, file, at), incoming, read, today, tick)
    return run


def collect_list(workspace: Workspace, occasion: str, path: Path, cover: Cover, today: date) -> ProposalRun:
    """Take in an office's own list. cover: what the letter and the minutes say of it."""
    run = ProposalRun()
    found = _opened(workspace, occasion, run)
    if found is None:
        return run
    file, at = found
    if not path.is_file():
        run.problems.append(of_file(path, "file-not-found", f"Không có tệp {path}.", "Kiểm tra đường dẫn."))
        return run
    incoming = Incoming(path.parent, [FormFile(path, path.name)])

    def read(raw: bytes, form: ReadForm, bench: Bench) -> ReadProposal:
        one = ReadProposal(form)
        read_safely(raw, form, lambda _: read_list(path, cover, bench, one))
        return one

    _take_all(run, load_bench(workspace, file, at), incoming, read, today, None)
    return run


def _opened(workspace: Workspace, occasion: str, run: ProposalRun) -> tuple[AwardFile, AwardOccasion] | None:
    file, problems = load_awards(workspace)
    at, wrong = find_occasion(workspace, occasion)
    run.problems += [*errors(problems), *wrong]  # what is unsure in law is told by `check` and `award rules`
    return None if file is None or at is None else (file, at)


def _take_all(
    run: ProposalRun,
    bench: Bench,
    incoming: Incoming,
    read: Callable[[bytes, ReadForm, Bench], ReadProposal],
    today: date,
    tick: Callable[[], None] | None,
) -> None:
    database, home = bench.workspace.database, bench.workspace.received(bench.occasion.id)
    begin(run, incoming, CALLED, ())
    try:
        clear_folders(database, home / FOLDER)
    except OSError as error:
        run.problems.append(of_file(home, "output", f"Không ghi được số liệu: {why(error)}.", WRITABLE))
        return
    known = {entry.evidence for entry in bench.taken.values()}
    reads = [read(raw, form, bench) for raw, form in new_files(run, incoming, known, tick)]
    same_edition([(one.form, one.token) for one in reads], CALLED, "đơn vị")
    for one in sorted(reads, key=lambda one: (one.form.version, one.name)):
        entering = Entering(bench, one, today).take()
        bench = entering.bench
        if entering.same:
            run.same_files.append(one.name)
        elif entering.taken is not None:
            run.taken.append(entering.taken)
    run.problems += _findings(reads)
    run.owners.update({one.name: one.proposer for one in reads})


def _findings(reads: Iterable[ReadProposal]) -> list[Problem]:
    found = []
    for one in reads:
        one.findings.shorten()
        found += one.findings.problems
    return found
