"""Collecting marking workbooks (thu phiếu chấm): every file is judged by itself and entered whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from criteria.problems import of_file
from criteria.problems import reason as why
from records.forms.collecting.form import ReadForm
from records.forms.collecting.incoming import find_forms
from records.forms.collecting.receiving import clear_folders
from records.forms.collecting.workbook import FormBook
from records.panels.board import Board, Judged, load_board
from records.panels.issue import FOLDER
from records.panels.proof import ABSTAIN
from records.panels.reading import ReadMarks, identity_problems, read_identity, read_marks
from records.panels.taking import Taking
from records.workbooks.coming_in import Run, begin, new_files, read_safely, same_edition
from records.workbooks.taking_in import WRITABLE
from records.workspace.folder import Workspace


@dataclass
class AssessorCount:
    """What one assessor's files said in one run. wrong: files."""

    marks: int = 0
    abstentions: int = 0
    wrong: int = 0


@dataclass
class PanelRun(Run):
    """assessors: by (table, id), ("", "") for files of which nobody can say whose they are."""

    assessors: dict[tuple[str, str], AssessorCount] = field(default_factory=dict)

    def of(self, table: str, assessor: str) -> AssessorCount:
        return self.assessors.setdefault((table, assessor), AssessorCount())


def collect_marks(workspace: Workspace, period: str, folder: Path, tick: Callable[[], None] | None = None) -> PanelRun:
    """Take in every marking workbook below a folder."""
    run = PanelRun()
    board, problems = load_board(workspace, period)
    run.problems += problems
    if board is None:
        return run
    incoming = find_forms(folder)
    run.problems += incoming.problems
    if not folder.is_dir():
        return run
    begin(run, incoming, "phiếu chấm", board.scope.candidates.values())
    try:
        clear_folders(workspace.database, workspace.received(period) / FOLDER)
    except OSError as error:
        run.problems.append(of_file(folder, "output", f"Không ghi được số liệu: {why(error)}.", WRITABLE))
        return run
    known = {entry.evidence for table in board.taken for entry in board.receipts(table)}
    reads = [_read(raw, form, board) for raw, form in new_files(run, incoming, known, tick)]
    editions = [(read.form, read.identity.token if read.identity is not None else "") for read in reads]
    same_edition(editions, "phiếu chấm", "người chấm")
    for read in sorted(reads, key=lambda read: (read.form.version, read.name)):
        taken = Taking(board, read).take()
        board = taken.board
        if taken.same:
            run.same_files.append(read.name)
        elif taken.done and read.identity is not None:
            count = run.of(*read.whose)
            count.abstentions += sum(one.value == ABSTAIN for one in taken.changed)
            count.marks += sum(one.value != ABSTAIN for one in taken.changed)
    for read in reads:
        read.findings.shorten()
        run.problems += read.findings.problems
        run.owners[read.name] = read.whose[1]
        if read.findings.wrong:
            run.of(*read.whose).wrong += 1
    run.assessors = dict(sorted(run.assessors.items()))
    return run


def _read(raw: bytes, form: ReadForm, board: Board) -> ReadMarks:
    read = ReadMarks(form)
    read_safely(raw, form, lambda book: _read_book(book, read, board))
    return read


def _read_book(book: FormBook, read: ReadMarks, board: Board) -> None:
    """Raises Unreadable."""
    identity, found = read_identity(book)
    judged = _judged(board, identity.owner.rpartition("/")[0]) if identity is not None else []
    if identity is not None:
        secret, period = board.scope.workspace.database.secret(), board.scope.round.period
        found = identity_problems(identity, secret, period, judged, read.name)
    read.form.problems.extend(found)
    if not found:
        read.identity = identity
        read_marks(book, read, judged)


def _judged(board: Board, table: str) -> list[tuple[str, Judged]]:
    return [(board.scope.sets[one.file].id, one) for one in board.judged.get(table, [])]
