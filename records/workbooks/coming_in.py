"""A folder of workbooks that came in, file by file: new or known, safe, readable. One bad file never keeps the others out."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from criteria.problems import NOTE, WARNING, Problem, errors, of_file
from records.forms.collecting.cells import Findings
from records.forms.collecting.form import ReadForm, open_form
from records.forms.collecting.incoming import Incoming
from records.forms.collecting.workbook import FormBook, Unreadable
from records.roster.roster import Candidate
from records.tables.packages import FORM, refusals
from scoring.result import ILLUSTRATION


@dataclass
class Run:
    """One run over a folder. files: how many were looked at. same_files: taken in before. stamps: what every print made of it
    says. owners: by file, whose it is where that is known."""

    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    same_files: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)

    @property
    def wrong(self) -> bool:
        return bool(errors(self.problems))


@dataclass
class ReadBook:
    """A workbook that was read. signed: the signature page."""

    form: ReadForm
    signed: dict[str, str] = field(default_factory=dict)

    @property
    def findings(self) -> Findings:
        return self.form.findings

    @property
    def name(self) -> str:
        return self.form.file.name


def begin(
    run: Run,
    incoming: Incoming,
    called: str,
    candidates: Iterable[Candidate],
    starting: Callable[[int], None] | None = None,
) -> None:
    """Count what lies in the folder. called: what people call such a workbook. starting: told how many there are."""
    if any(one.attributes.get("illustration") for one in candidates):
        run.stamps.append(ILLUSTRATION)
    run.files = len(incoming.forms)
    if not run.files:
        message = f"Không thấy {called} nào (.xlsx) trong thư mục."
        run.problems.append(of_file(incoming.root, "form-foreign", message, "Kiểm tra thư mục.", WARNING))
    if starting is not None:
        starting(run.files)


def new_files(
    run: Run, incoming: Incoming, known: Collection[str], tick: Callable[[], None] | None = None
) -> Iterator[tuple[bytes, ReadForm]]:
    """Every file that was not taken in already, with its bytes (none where it cannot be opened: the form says why); of equal ones
    the first. known: hashes of what was taken in. tick: called after each."""
    seen: dict[str, str] = {}
    for file in incoming.forms:
        raw, form = open_form(file)
        if form.sha256 and form.sha256 in known:
            run.same_files.append(file.name)
        elif form.sha256 and form.sha256 in seen:
            run.problems.append(same_content(file.name, seen[form.sha256]))
        else:
            if form.sha256:
                seen[form.sha256] = file.name
            yield raw, form
        if tick is not None:
            tick()


def same_content(name: str, first: str) -> Problem:
    """That a file says what another one says. first: name of that one."""
    return of_file(name, "form-twice", f"Cùng nội dung với {first}, chỉ thu một lần.", severity=NOTE)


def read_safely(raw: bytes, form: ReadForm, read: Callable[[FormBook], None]) -> None:
    """Open a workbook that is no danger and read it, whatever it does to the program; what is wrong goes to the findings."""
    name, problems = form.file.name, form.problems
    if form.wrong:  # it could not even be opened
        return
    try:
        problems += [of_file(name, "form-unsafe", one.message, one.hint) for one in refusals(raw, FORM)]
        if not problems:
            read(FormBook(raw, name))
    except Unreadable as error:
        hint = "Mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx."
        problems.append(of_file(name, "form-unsafe", str(error), hint))
    except Exception as error:
        if os.environ.get("THIDUA_DEBUG"):
            raise
        message = f"Phần mềm không đọc được tệp này ({type(error).__name__})."
        hint = "Lưu lại bằng Excel; nếu vẫn vậy, báo người phát triển kèm tệp."
        problems.append(of_file(name, "form-unsafe", message, hint))
    form.findings.shorten()


def same_edition(read: Iterable[tuple[ReadForm, str]], called: str, asked: str) -> None:
    """Two files of one workbook with the same version: nobody knows which one is meant. read: each with its token, "" where it is
    not known. called: such a workbook; asked: who knows which one is right."""
    found: dict[tuple[str, int], list[ReadForm]] = {}
    for form, token in read:
        if token and form.version:
            found.setdefault((token, form.version), []).append(form)
    for (_, version), several in found.items():
        for form in several if len(several) > 1 else ():
            others = ", ".join(other.file.name for other in several if other is not form)
            message = f"Cùng một {called}, lần gửi {version} còn có ở {others}."
            hint = f"Hỏi {asked} tệp nào đúng, bỏ tệp kia; bản sửa phải tăng lần gửi."
            form.problems.append(of_file(form.file.name, "form-twice", message, hint))
