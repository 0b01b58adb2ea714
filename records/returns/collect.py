"""Collecting explanations (thu giải trình): every file is judged by itself and entered whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from criteria.problems import Problem, of_file
from criteria.problems import reason as why
from records.forms.collecting.form import ReadForm
from records.forms.collecting.incoming import EVIDENCE_FOLDER, EvidenceFolder, find_forms
from records.forms.collecting.receiving import clear_folders
from records.forms.collecting.workbook import FormBook
from records.ledger.entries import Entry
from records.life.acts import perform, refusals
from records.life.rights import UNIT
from records.returns import columns
from records.returns.answering import Answering, Answers
from records.returns.issue import FOLDER, bench_of
from records.returns.reading import ReadReturn, TypedReturn, identity_problems, read_cases, read_identity
from records.review.bench import Bench, look
from records.workbooks.coming_in import Run, begin, new_files, read_safely
from records.workbooks.taking_in import WRITABLE, at_cells, keep_again, receipt, until_settled
from records.workspace.folder import Workspace

FILE_NAME = "loi-thu-giai-trinh.xlsx"


@dataclass(frozen=True)
class TakenReturn:
    """What one file brought. criteria, open: candidate and criterion that were explained, and that still wait. late: working days
    after the deadline, by the same."""

    file: str
    owner: str
    criteria: tuple[tuple[str, str], ...]
    open: tuple[tuple[str, str], ...]
    late: tuple[tuple[str, str, int], ...] = ()


@dataclass
class ReturnRun(Run):
    """taken: what every file brought."""

    taken: list[TakenReturn] = field(default_factory=list)


def collect_returns(
    workspace: Workspace,
    period: str,
    folder: Path,
    on: date,
    reason: str = "",
    starting: Callable[[int], None] | None = None,
    tick: Callable[[], None] | None = None,
) -> ReturnRun:
    """Take in every return form below a folder. on: the day on which they were received, held against the deadlines. reason: kept
    with what is taken in."""
    run = ReturnRun()
    bench, problems = bench_of(workspace, period)
    incoming = find_forms(folder)
    run.problems += [*problems, *incoming.problems]
    if bench is None or not folder.is_dir():
        return run
    begin(run, incoming, "biểu giải trình", bench.scope.candidates.values(), starting)
    home = workspace.received(period)
    try:
        clear_folders(workspace.database, home, home / FOLDER, home / EVIDENCE_FOLDER)
    except OSError as error:
        run.problems.append(of_file(folder, "output", f"Không ghi được số liệu: {why(error)}.", WRITABLE))
        return run
    folders: dict[Path, EvidenceFolder] = {}
    reads = []
    for raw, form in new_files(run, incoming, _collected(bench), tick):
        beside = form.file.path.parent
        reads.append(_read(raw, form, bench, folders.setdefault(beside, EvidenceFolder(beside))))
    _twice(reads)
    collecting = _Collecting(run, bench, on, reason.strip())
    for read in sorted(reads, key=lambda read: (read.form.version, read.form.letter_date, read.name)):
        collecting.take(read)
    for read in reads:
        run.problems += read.findings.problems
        run.owners[read.name] = read.form.owner
    return run


# --- reading ---------------------------------------------------------------------------------------------------------


def _collected(bench: Bench) -> set[str]:
    """Hashes of the files that were taken in."""
    entries = bench.scope.workspace.database.entries(f"return:{bench.scope.round.period}/")
    return {entry.evidence for entry in entries if entry.field == "collected"}


def _read(raw: bytes, form: ReadForm, bench: Bench, folder: EvidenceFolder) -> ReadReturn:
    read = ReadReturn(form)
    read_safely(raw, form, lambda book: _read_book(book, read, bench, folder))
    return read


def _read_book(book: FormBook, read: ReadReturn, bench: Bench, folder: EvidenceFolder) -> None:
    """Raises Unreadable."""
    found = read_identity(book, read)
    if read.identity is not None:
        read.form.owner = read.identity.owner
        secret, period = bench.scope.workspace.database.secret(), bench.scope.round.period
        layouts = {one.criteria.id: one for one in bench.scope.layouts.values()}
        found = identity_problems(read.identity, secret, period, layouts, read.name)
    read.form.problems.extend(found)
    if not found:
        read_cases(book, read, bench, folder)


def _twice(reads: list[ReadReturn]) -> None:
    """Two files that answer one criterion differently: of two editions the later one counts, of one edition nobody knows which."""
    found: dict[str, list[tuple[ReadReturn, TypedReturn]]] = {}
    for read in reads:
        for case in read.cases:
            if case.answered and read.form.version:
                found.setdefault(case.key, []).append((read, case))
    said: set[tuple[str, str]] = set()
    for several in found.values():
        for read, case in several:
            differing = [other for other, theirs in several if other is not read and theirs.content != case.content]
            later = [other for other in differing if other.form.version > read.form.version]
            equal = [other for other in differing if other.form.version == read.form.version]
            for other in [*equal, *later]:
                if (read.name, other.name) in said:
                    continue
                said.add((read.name, other.name))
                if other in equal:
                    message = f"Tiêu chí {case.criterion} của {case.candidate}: lần gửi {read.form.version} còn có ở {other.name}."
                    hint = "Hỏi đơn vị tệp nào đúng, bỏ tệp kia; bản sửa phải tăng lần gửi."
                    read.findings.problems.append(case.problem("form-twice", message, hint))
                else:
                    message = f"Tiêu chí {case.criterion} của {case.candidate}: {other.name} là lần gửi mới hơn."
                    read.findings.problems.append(case.problem("form-older", message, "Bỏ tệp cũ."))


# --- entering --------------------------------------------------------------------------------------------------------


@dataclass
class _Collecting:
    """Takes in one file after another, each held against what stands by then."""

    run: ReturnRun
    bench: Bench
    on: date
    reason: str

    def take(self, read: ReadReturn) -> None:
        if read.identity is not None and read.cases:
            until_settled(read.form, lambda: self._take(read), self._look_again, "giải trình")

    def _look_again(self) -> None:
        self.bench = look(self.bench.scope)

    def _take(self, read: ReadReturn) -> None:
        found = Answering(self.bench, read, self.on, self.reason).answers()
        if read.findings.wrong:
            _told(read, refusals(self.bench.scope, found.acts))
            read.findings.shorten()
        elif not found.acts:
            self.run.same_files.append(read.name)
        else:
            self._enter(read, found)

    def _enter(self, read: ReadReturn, found: Answers) -> None:
        """The files first, under their hashes; then everything of the form in one transaction. Raises LedgerMoved, OSError."""
        scope = self.bench.scope
        home = scope.workspace.received(scope.round.period)
        if not keep_again(read.form, scope.workspace.database, home, FOLDER):
            return
        _, problems = perform(scope, found.acts, self._receipt(read), self.bench.entry, self.on)
        _told(read, problems)
        if problems:
            return
        acts = [(act.candidate, act.criterion) for act in found.acts]
        late = tuple(
            (case.candidate, case.criterion, found.late[case.key]) for case in read.cases if case.key in found.late
        )
        still = tuple((case.candidate, case.criterion) for case in found.open)
        self.run.taken.append(TakenReturn(read.name, read.form.owner, tuple(acts), still, late))
        self.bench = look(scope)

    def _receipt(self, read: ReadReturn) -> list[Entry]:
        """That the file was taken in, and who signed it: names are personal."""
        names = f"Người lập: {read.signed.get('compiled_by', '')}; thủ trưởng: {read.signed.get('head', '')}"
        owner = read.form.owner
        subject = f"return:{self.bench.scope.round.period}/{owner}"
        return receipt(subject, read.form, read.name, self.reason, owner, UNIT, names)


def _told(read: ReadReturn, problems: list[Problem]) -> None:
    """What the table of rights says, at the cell of the explanation."""
    cells = [(case.sheet, case.row, columns.WHY + 1) for case in read.cases]
    read.findings.problems += at_cells(problems, cells)
