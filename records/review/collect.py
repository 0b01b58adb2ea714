"""Collecting verification workbooks (thu biểu thẩm định): every file is judged by itself and entered whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from criteria.problems import of_file
from criteria.problems import reason as why
from records.forms.collecting.form import ReadForm
from records.forms.collecting.incoming import find_forms
from records.forms.collecting.receiving import clear_folders
from records.forms.collecting.workbook import FormBook
from records.forms.layout import Layout
from records.review.bench import Bench, load_bench
from records.review.entering import Entering
from records.review.issue import FOLDER, review_round
from records.review.reading import ReadReview, identity_problems, read_cases, read_identity
from records.review.run import ReviewRun
from records.workbooks.coming_in import begin, new_files, read_safely, same_edition
from records.workbooks.taking_in import WRITABLE
from records.workspace.folder import Workspace

FILE_NAME = "loi-thu-tham-dinh.xlsx"


def collect_reviews(
    workspace: Workspace,
    period: str,
    folder: Path,
    on: date,
    reason: str = "",
    starting: Callable[[int], None] | None = None,
    tick: Callable[[], None] | None = None,
) -> ReviewRun:
    """Take in every workbook below a folder. on: the day from which units have time to explain. reason: kept with what was taken
    in, and given to mended conclusions that state none."""
    run = ReviewRun()
    round_, problems = review_round(workspace, period)
    run.problems += problems
    if round_ is None:
        return run
    bench, problems = load_bench(workspace, round_)
    incoming = find_forms(folder)
    run.problems += [*problems, *incoming.problems]
    if run.wrong and (problems or not folder.is_dir()):
        return run
    begin(run, incoming, "biểu thẩm định", bench.scope.candidates.values(), starting)
    try:
        clear_folders(workspace.database, workspace.received(period) / FOLDER)
    except OSError as error:
        run.problems.append(of_file(folder, "output", f"Không ghi được số liệu: {why(error)}.", WRITABLE))
        return run
    known = {entry.evidence for _, entry in bench.collected()}
    layouts = {one.criteria.id: one for one in bench.scope.layouts.values()}
    reads = [_read(raw, form, bench, layouts) for raw, form in new_files(run, incoming, known, tick)]
    editions = [(read.form, read.identity.token if read.identity is not None else "") for read in reads]
    same_edition(editions, "biểu thẩm định", "cơ quan thẩm định")
    collecting = Entering(run, bench, on, reason.strip())
    for read in sorted(reads, key=lambda read: (read.form.version, read.form.letter_date, read.name)):
        collecting.take(read)
    for read in reads:
        run.problems += read.findings.problems
        body = read.identity.owner if read.identity is not None else ""
        run.owners[read.name] = body
        if read.findings.wrong:
            run.of(body).wrong += 1
    order = [*(body.id for body in workspace.movement.bodies), ""]
    run.bodies = {body: run.bodies[body] for body in order if body in run.bodies}
    return run


def _read(raw: bytes, form: ReadForm, bench: Bench, layouts: dict[str, Layout]) -> ReadReview:
    read = ReadReview(form)
    read_safely(raw, form, lambda book: _read_book(book, read, bench, layouts))
    return read


def _read_book(book: FormBook, read: ReadReview, bench: Bench, layouts: dict[str, Layout]) -> None:
    """Raises Unreadable."""
    read.identity, found = read_identity(book)
    if read.identity is not None:
        secret, period = bench.scope.workspace.database.secret(), bench.scope.round.period
        found = identity_problems(read.identity, secret, period, layouts, read.name)
    read.form.problems.extend(found)
    if not found:
        read_cases(book, read, layouts)
