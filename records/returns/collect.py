"""Collecting explanations (thu giải trình): every file is judged by itself and entered whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from criteria.problems import NOTE, WARNING, Problem, errors, of_file
from criteria.problems import reason as why
from records.forms.collecting.incoming import EVIDENCE_FOLDER, EvidenceFolder, FormFile, find_forms
from records.forms.collecting.reading import open_form
from records.forms.collecting.receiving import clear_folders, keep_files
from records.forms.collecting.workbook import FormBook, Unreadable
from records.ledger.entries import Entry
from records.life.acts import LedgerMoved, perform, refusals
from records.life.rights import UNIT
from records.returns.answering import Answering, Answers
from records.returns.issue import FOLDER, bench_of
from records.returns.reading import ReadReturn, TypedReturn, identity_problems, read_cases, read_identity
from records.review.bench import Bench, look
from records.tables.packages import FORM
from records.tables.packages import refusals as unsafe
from records.workspace.folder import Workspace
from scoring.result import ILLUSTRATION

FILE_NAME = "loi-thu-giai-trinh.xlsx"
_WRITABLE = "Đợi lệnh khác xong, kiểm tra ổ đĩa và quyền ghi, rồi thu lại."
_TRIES = 5


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
class ReturnRun:
    """One run. files: how many were looked at. same_files: taken in before. owners: by file, whose it is."""

    taken: list[TakenReturn] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    same_files: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)

    @property
    def wrong(self) -> bool:
        return bool(errors(self.problems))


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
    if any(one.attributes.get("illustration") for one in bench.scope.candidates.values()):
        run.stamps.append(ILLUSTRATION)
    run.files = len(incoming.forms)
    if not run.files:
        message = "Không thấy biểu giải trình nào (.xlsx) trong thư mục."
        run.problems.append(of_file(folder, "form-foreign", message, "Kiểm tra thư mục.", WARNING))
    if starting is not None:
        starting(run.files)
    home = workspace.received(period)
    try:
        clear_folders(workspace.database, home, home / FOLDER, home / EVIDENCE_FOLDER)
    except OSError as error:
        run.problems.append(of_file(folder, "output", f"Không ghi được số liệu: {why(error)}.", _WRITABLE))
        return run
    reads = _read_all(run, incoming.forms, bench, tick)
    _twice(reads)
    collecting = _Collecting(run, bench, on, reason.strip())
    for read in sorted(reads, key=lambda read: (read.form.version, read.form.letter_date, read.name)):
        collecting.take(read)
    for read in reads:
        run.problems += read.findings.problems
        run.owners[read.name] = read.form.owner
    return run


# --- reading ---------------------------------------------------------------------------------------------------------


def _read_all(run: ReturnRun, files: list[FormFile], bench: Bench, tick: Callable[[], None] | None) -> list[ReadReturn]:
    """Every file that was not taken in already."""
    known = _collected(bench)
    folders: dict[Path, EvidenceFolder] = {}
    seen: dict[str, str] = {}
    reads = []
    for file in files:
        raw, form = open_form(file)
        read = ReadReturn(form)
        if form.sha256 in known:
            run.same_files.append(file.name)
        elif form.sha256 and form.sha256 in seen:
            message = f"Cùng nội dung với {seen[form.sha256]}, chỉ thu một lần."
            run.problems.append(of_file(file.name, "form-twice", message, severity=NOTE))
        else:
            if not form.wrong:
                seen[form.sha256] = file.name
                _read(raw, read, bench, folders.setdefault(file.path.parent, EvidenceFolder(file.path.parent)))
            reads.append(read)
        if tick is not None:
            tick()
    return reads


def _collected(bench: Bench) -> set[str]:
    """Hashes of the files that were taken in."""
    entries = bench.scope.workspace.database.entries(f"return:{bench.scope.round.period}/")
    return {entry.evidence for entry in entries if entry.field == "collected"}


def _read(raw: bytes, read: ReadReturn, bench: Bench, folder: EvidenceFolder) -> None:
    """One file must not keep the others from being taken in, whatever it does to the program."""
    problems = read.findings.problems
    try:
        problems += [of_file(read.name, "form-unsafe", one.message, one.hint) for one in unsafe(raw, FORM)]
        if problems:
            return
        book = FormBook(raw, read.name)
        read.identity, found = read_identity(book)
        if read.identity is not None:
            read.form.owner = read.identity.owner
            secret, period = bench.scope.workspace.database.secret(), bench.scope.round.period
            layouts = {one.criteria.id: one for one in bench.scope.layouts.values()}
            found = identity_problems(read.identity, secret, period, layouts, read.name)
        problems += found
        if not found:
            read_cases(book, read, bench, folder)
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
        """Everything is decided on one state of the ledger; when somebody else writes meanwhile, it is decided again."""
        if read.identity is None or not read.cases:
            return
        known = len(read.findings.problems)
        for _ in range(_TRIES):
            try:
                self._take(read)
                return
            except LedgerMoved:
                del read.findings.problems[known:]
                self.bench = look(self.bench.scope)
        read.findings.problems.append(of_file(read.name, "output", "Có lệnh khác ghi số liệu liên tục.", _WRITABLE))

    def _take(self, read: ReadReturn) -> None:
        found = Answering(self.bench, read, self.on, self.reason).answers()
        places = {case.problem("", "").place: case for case in read.cases}
        if read.findings.wrong:
            self._told(read, places, refusals(self.bench.scope, found.acts))
            read.findings.shorten()
        elif not found.acts:
            self.run.same_files.append(read.name)
        else:
            self._enter(read, found, places)

    def _enter(self, read: ReadReturn, found: Answers, places: dict[str, TypedReturn]) -> None:
        """The files first, under their hashes; then everything of the form in one transaction."""
        scope = self.bench.scope
        home = scope.workspace.received(scope.round.period)
        try:
            raw, again = open_form(read.form.file)
            if again.sha256 != read.form.sha256:
                message = "Tệp thay đổi trong khi thu."
                read.findings.problems.append(of_file(read.name, "file-unreadable", message, "Đóng tệp rồi thu lại."))
                return
            with scope.workspace.database.writing():  # nobody clears away what is being written
                problems = keep_files(read.form, raw, home, home / FOLDER)
            if not problems:
                _, problems = perform(scope, found.acts, self._receipt(read), self.bench.entry)
        except OSError as error:
            problems = [of_file(read.name, "output", f"Không ghi được giải trình: {why(error)}.", _WRITABLE)]
        self._told(read, places, problems)
        if problems:
            return
        acts = [(act.candidate, act.criterion) for act in found.acts]
        late = tuple(
            (case.candidate, case.criterion, found.late[case.key]) for case in read.cases if case.key in found.late
        )
        still = tuple((case.candidate, case.criterion) for case in found.open)
        self.run.taken.append(TakenReturn(read.name, read.form.owner, tuple(acts), still, late))
        self.bench = look(scope)

    def _told(self, read: ReadReturn, places: dict[str, TypedReturn], problems: list[Problem]) -> None:
        """What the table of rights says, at the cell of the explanation."""
        for one in problems:
            case = places.get(one.file)
            told = one if case is None else case.problem(one.code, one.message, one.hint)
            read.findings.problems.append(told)

    def _receipt(self, read: ReadReturn) -> list[Entry]:
        """That the file was taken in, and who signed it: names are personal."""
        names = f"Người lập: {read.signed.get('compiled_by', '')}; thủ trưởng: {read.signed.get('head', '')}"
        collected = Entry(
            f"return:{self.bench.scope.round.period}/{read.form.owner}",
            "collected",
            str(read.form.version),
            source=read.letter,
            place=read.name,
            reason=self.reason,
            author=read.form.owner,
            role=UNIT,
            evidence=read.form.sha256,
        )
        return [collected, replace(collected, field="signed", value=names, reason="", personal=True)]
