"""Collecting marking workbooks (thu phiếu chấm): every file is judged by itself and entered whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from criteria.problems import NOTE, WARNING, Problem, errors, of_file
from records.forms.collecting.incoming import FormFile, find_forms
from records.forms.collecting.reading import open_form
from records.forms.collecting.workbook import FormBook, Unreadable
from records.panels.board import Board, Judged, load_board
from records.panels.proof import ABSTAIN
from records.panels.reading import ReadMarks, identity_problems, read_identity, read_marks
from records.panels.taking import Taking
from records.tables.packages import FORM
from records.tables.packages import refusals as unsafe
from records.workspace.folder import Workspace


@dataclass
class AssessorCount:
    """What one assessor's files said in one run. wrong: files."""

    marks: int = 0
    abstentions: int = 0
    wrong: int = 0


@dataclass
class PanelRun:
    """One run. assessors: by (table, id), ("", "") for files of which nobody can say whose they are."""

    assessors: dict[tuple[str, str], AssessorCount] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    same_files: list[str] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)

    @property
    def wrong(self) -> bool:
        return bool(errors(self.problems))

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
    run.files = len(incoming.forms)
    if not run.files:
        message = "Không thấy phiếu chấm nào (.xlsx) trong thư mục."
        run.problems.append(of_file(folder, "form-foreign", message, "Kiểm tra thư mục.", WARNING))
    reads = _read_all(run, incoming.forms, board, tick)
    _twice(reads)
    for read in sorted(reads, key=lambda read: (read.version, read.name)):
        taken = Taking(board, read).take()
        board = taken.board
        if taken.same:
            run.same_files.append(read.name)
        elif taken.done and read.identity is not None:
            count = run.of(read.identity.table, read.identity.assessor)
            count.abstentions += sum(one.value == ABSTAIN for one in taken.changed)
            count.marks += sum(one.value != ABSTAIN for one in taken.changed)
    for read in reads:
        read.findings.shorten()
        run.problems += read.findings.problems
        table, assessor = (read.identity.table, read.identity.assessor) if read.identity is not None else ("", "")
        run.owners[read.name] = assessor
        if read.findings.wrong:
            run.of(table, assessor).wrong += 1
    run.assessors = dict(sorted(run.assessors.items()))
    return run


def _read_all(run: PanelRun, files: list[FormFile], board: Board, tick: Callable[[], None] | None) -> list[ReadMarks]:
    """Every file that was not taken in already."""
    known = {entry.evidence for table in board.taken for entry in board.receipts(table)}
    seen: dict[str, str] = {}
    reads = []
    for file in files:
        raw, form = open_form(file)
        read = ReadMarks(file, form.sha256, findings=form.findings)
        if form.sha256 and form.sha256 in known:
            run.same_files.append(file.name)
        elif form.sha256 and form.sha256 in seen:
            message = f"Cùng nội dung với {seen[form.sha256]}, chỉ thu một lần."
            run.problems.append(of_file(file.name, "form-twice", message, severity=NOTE))
        else:
            if not form.wrong:
                seen[form.sha256] = file.name
                _read(raw, read, board)
            reads.append(read)
        if tick is not None:
            tick()
    return reads


def _read(raw: bytes, read: ReadMarks, board: Board) -> None:
    """One file must not keep the others from being taken in, whatever it does to the program."""
    problems = read.findings.problems
    try:
        problems += [of_file(read.name, "form-unsafe", one.message, one.hint) for one in unsafe(raw, FORM)]
        if problems:
            return
        book = FormBook(raw, read.name)
        identity, found = read_identity(book)
        judged = _judged(board, identity.table) if identity is not None else []
        if identity is not None:
            secret, period = board.scope.workspace.database.secret(), board.scope.round.period
            found = identity_problems(identity, secret, period, judged, read.name)
        problems += found
        if not found:
            read.identity = identity
            read_marks(book, read, judged)
    except Unreadable as error:
        hint = "Mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx."
        problems.append(of_file(read.name, "form-unsafe", str(error), hint))
    except Exception as error:
        if os.environ.get("THIDUA_DEBUG"):
            raise
        message = f"Phần mềm không đọc nổi tệp này ({type(error).__name__})."
        hint = "Lưu lại bằng Excel; nếu vẫn vậy, báo người phát triển kèm tệp."
        problems.append(of_file(read.name, "form-unsafe", message, hint))


def _judged(board: Board, table: str) -> list[tuple[str, Judged]]:
    return [(board.scope.sets[one.file].id, one) for one in board.judged.get(table, [])]


def _twice(reads: list[ReadMarks]) -> None:
    """Two editions of one workbook with the same version: nobody knows which one is meant."""
    found: dict[tuple[str, int], list[ReadMarks]] = {}
    for read in reads:
        if read.identity is not None and read.version:
            found.setdefault((read.identity.token, read.version), []).append(read)
    for (_, version), several in found.items():
        for read in several if len(several) > 1 else ():
            others = ", ".join(other.name for other in several if other is not read)
            message = f"Cùng một phiếu chấm, lần gửi {version} còn có ở {others}."
            hint = "Hỏi người chấm tệp nào đúng, bỏ tệp kia; bản sửa phải tăng lần gửi."
            read.findings.problems.append(of_file(read.name, "form-twice", message, hint))
