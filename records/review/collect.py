"""Collecting verification workbooks (thu biểu thẩm định): every file is judged by itself and entered whole, or not at all."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from criteria.problems import NOTE, WARNING, of_file
from records.forms.collecting.incoming import FormFile, find_forms
from records.forms.collecting.form import open_form
from records.forms.collecting.workbook import FormBook, Unreadable
from records.forms.layout import Layout
from records.review.bench import Bench, load_bench
from records.review.entering import Entering
from records.review.issue import FOLDER, review_round
from records.review.reading import ReadReview, identity_problems, read_cases, read_identity
from records.review.run import ReviewRun
from records.tables.packages import FORM
from records.tables.packages import refusals as unsafe
from records.workspace.folder import Workspace
from scoring.result import ILLUSTRATION

FILE_NAME = "loi-thu-tham-dinh.xlsx"
_ABANDONED = 3600  # seconds after which a half-written file is nobody's


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
    if any(one.attributes.get("illustration") for one in bench.scope.candidates.values()):
        run.stamps.append(ILLUSTRATION)
    run.files = len(incoming.forms)
    if not run.files:
        message = "Không thấy biểu thẩm định nào (.xlsx) trong thư mục."
        run.problems.append(of_file(folder, "form-foreign", message, "Kiểm tra thư mục.", WARNING))
    if starting is not None:
        starting(run.files)
    _clear_leftovers(workspace.received(period) / FOLDER)
    reads = _read_all(run, incoming.forms, bench, tick)
    _twice(reads)
    collecting = Entering(run, bench, on, reason.strip())
    for read in sorted(reads, key=lambda read: (read.form.version, read.form.letter_date, read.name)):
        collecting.take(read)
    for read in reads:
        run.problems += read.findings.problems
        body = read.identity.body if read.identity is not None else ""
        run.owners[read.name] = body
        if read.findings.wrong:
            run.of(body).wrong += 1
    order = [*(body.id for body in workspace.movement.bodies), ""]
    run.bodies = {body: run.bodies[body] for body in order if body in run.bodies}
    return run


# --- reading ---------------------------------------------------------------------------------------------------------


def _read_all(run: ReviewRun, files: list[FormFile], bench: Bench, tick: Callable[[], None] | None) -> list[ReadReview]:
    """Every file that was not taken in already."""
    known = {entry.evidence for _, entry in bench.collected()}
    layouts = {one.criteria.id: one for one in bench.scope.layouts.values()}
    seen: dict[str, str] = {}
    reads = []
    for file in files:
        raw, form = open_form(file)
        read = ReadReview(form)
        if form.sha256 and form.sha256 in known:
            run.same_files.append(file.name)
        elif form.sha256 and form.sha256 in seen:
            message = f"Cùng nội dung với {seen[form.sha256]}, chỉ thu một lần."
            run.problems.append(of_file(file.name, "form-twice", message, severity=NOTE))
        else:
            if not form.wrong:
                seen[form.sha256] = file.name
                _read(raw, read, bench, layouts)
            reads.append(read)
        if tick is not None:
            tick()
    return reads


def _read(raw: bytes, read: ReadReview, bench: Bench, layouts: dict[str, Layout]) -> None:
    """One file must not keep the others from being taken in, whatever it does to the program."""
    problems = read.findings.problems
    try:
        problems += [of_file(read.name, "form-unsafe", one.message, one.hint) for one in unsafe(raw, FORM)]
        if problems:
            return
        book = FormBook(raw, read.name)
        read.identity, found = read_identity(book)
        if read.identity is not None:
            secret, period = bench.scope.workspace.database.secret(), bench.scope.round.period
            found = identity_problems(read.identity, secret, period, layouts, read.name)
        problems += found
        if not found:
            read_cases(book, read, layouts)
        read.findings.shorten()
    except Unreadable as error:
        hint = "Mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx."
        problems.append(of_file(read.name, "form-unsafe", str(error), hint))
    except Exception as error:
        if os.environ.get("THIDUA_DEBUG"):
            raise
        message = f"Phần mềm không đọc nổi tệp này ({type(error).__name__})."
        hint = "Lưu lại bằng Excel; nếu vẫn vậy, báo người phát triển kèm tệp."
        problems.append(of_file(read.name, "form-unsafe", message, hint))


def _twice(reads: list[ReadReview]) -> None:
    """Two editions of one workbook with the same version: nobody knows which one is meant."""
    found: dict[tuple[str, int], list[ReadReview]] = {}
    for read in reads:
        if read.identity is not None and read.form.version:
            found.setdefault((read.identity.token, read.form.version), []).append(read)
    for (_, version), several in found.items():
        for read in several if len(several) > 1 else ():
            others = ", ".join(other.name for other in several if other is not read)
            message = f"Cùng một biểu thẩm định, lần gửi {version} còn có ở {others}."
            hint = "Hỏi cơ quan thẩm định tệp nào đúng, bỏ tệp kia; bản sửa phải tăng lần gửi."
            read.findings.problems.append(of_file(read.name, "form-twice", message, hint))


def _clear_leftovers(home: Path) -> None:
    """Remove what killed runs have left half written long ago."""
    for path in sorted(home.glob(".*")):
        try:
            if path.is_file() and time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()
        except OSError:
            continue
