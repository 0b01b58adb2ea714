"""Taking appraisal workbooks in: every file judged by itself, entered whole through the steps, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from criteria.problems import Problem, errors, of_file
from criteria.problems import reason as why
from nominations.appraisal.content import (
    FORMAT,
    HEADS,
    INPUTS,
    KIND,
    NOBODY,
    REASON,
    RESULT,
    RESULTS,
    SHEET,
    WORDS,
    later,
)
from nominations.appraisal.issue import FOLDER, editions
from nominations.appraisal.sheets import SIGNED
from nominations.awards.declarations import Awards
from nominations.awards.procedure import Step
from nominations.case import Nominated
from nominations.steps.progress import Done, Progress, enter_steps, progress, step_entries
from records.forms.collecting.cells import Findings, day, short, whole, words
from records.forms.collecting.form import check_heads, form_sheet
from records.forms.collecting.incoming import find_forms
from records.forms.collecting.receiving import clear_folders
from records.forms.collecting.workbook import FormBook, FormSheet
from records.forms.layout import SHEETS
from records.ledger.entries import Entry
from records.workbooks.coming_in import ReadBook, Run, begin, new_files, read_safely
from records.workbooks.hidden import ENTRY, Hidden, read_hidden
from records.workbooks.rows import as_issued, keyed_rows, stray_rows
from records.workbooks.taking_in import WRITABLE, keep_again, older_edition
from records.workspace.folder import Workspace

APPRAISER = "appraiser"


@dataclass(frozen=True)
class TypedResult:
    """What is typed in one row. value: a key of WORDS."""

    award: str
    nominee: str
    value: str
    reason: str
    sheet: FormSheet
    row: int


@dataclass
class ReadAppraisal(ReadBook):
    """A file that was read. identity: None until it is known to be one of ours."""

    identity: Hidden | None = None
    results: list[TypedResult] = field(default_factory=list)
    number: str = ""
    on: date | None = None

    @property
    def document(self) -> str:
        return f"{self.number} ngày {self.on:%d/%m/%Y}" if self.on is not None else self.number


@dataclass
class AppraisalRun(Run):
    """counts: how many cases got each result."""

    counts: dict[str, int] = field(default_factory=dict)


def collect_appraisals(
    workspace: Workspace, nominated: Nominated, step: Step, folder: Path, today: date
) -> AppraisalRun:
    """Take in every appraisal workbook below a folder."""
    run = AppraisalRun()
    occasion = nominated.occasion.id
    incoming = find_forms(folder)
    run.problems += incoming.problems
    if not folder.is_dir():
        return run
    begin(run, incoming, "biểu thẩm định hồ sơ", ())
    home = workspace.received(occasion)
    try:
        clear_folders(workspace.database, home / FOLDER)
    except OSError as error:
        run.problems.append(of_file(folder, "output", f"Không ghi được số liệu: {why(error)}.", WRITABLE))
        return run
    known = {one.evidence for one in editions(workspace, occasion, step.id)}
    reads = []
    for raw, form in new_files(run, incoming, known):
        read = ReadAppraisal(form)
        read_safely(raw, form, lambda book, read=read: _read(book, read, workspace, occasion, step))  # type: ignore[misc]
        reads.append(read)
    for read in sorted(reads, key=lambda one: (one.form.version, one.name)):
        if read.identity is not None:
            _take(run, workspace, nominated, step, read, today)
        run.problems += read.findings.problems
    return run


def _read(book: FormBook, read: ReadAppraisal, workspace: Workspace, occasion: str, step: Step) -> None:
    """Raises Unreadable."""
    found, problems = read_hidden(book, (KIND,), (FORMAT,), (ENTRY,))
    hint = "Điền vào đúng biểu thẩm định hồ sơ đã giao, không chép sang tệp khác."
    if found is not None:
        if not found.of_rows(workspace.database.secret()) or found.sets != (step.id,):
            problems.append(of_file(read.name, "form-foreign", "Mã nhận dạng của biểu không đúng.", hint))
        elif found.period != occasion:
            message = f"Biểu của dịp {short(found.period)}, đang thu dịp {occasion}."
            problems.append(of_file(read.name, "form-period", message, "Thu vào đúng dịp của biểu."))
    read.form.problems.extend(problems)
    if found is None or problems:
        return
    read.identity = found
    sheet = form_sheet(book, SHEET, read.findings)
    if sheet is not None and check_heads(sheet, {column + 1: HEADS[column - 1] for column in INPUTS}, read.findings):
        for key, row in keyed_rows(sheet, found.lines, read.findings).items():
            one = _row(sheet, row, key, read.findings)
            read.results += [one] if one is not None else []
        head = next((row for row in sorted(sheet.rows) if sheet.text(row, RESULT + 1) == HEADS[RESULT - 1]), 0)
        stray_rows(sheet, head, range(RESULT + 1, REASON + 2), read.findings)
    _signature(book, read)


def _row(sheet: FormSheet, row: int, key: str, findings: Findings) -> TypedResult | None:
    """None when nothing is typed, or something is wrong with it."""
    before = len(findings.problems)
    told = findings.read(sheet, row, RESULT + 1, words, "", "appraisal").casefold()
    reason = findings.read(sheet, row, REASON + 1, words, "", "appraisal")
    award, _, nominee = key.partition("/")
    if told and told not in RESULTS:
        hint = "Chọn: " + ", ".join(RESULTS) + "."
        findings.at(sheet, row, RESULT + 1, "appraisal", f"“{short(told)}” không phải kết quả thẩm định.", hint)
    elif told and RESULTS[told] != "passed" and not reason:
        findings.at(sheet, row, REASON + 1, "reason", f"Kết quả “{told}” mà không nêu lý do.", "Ghi lý do.")
    elif reason and not told:
        findings.at(
            sheet, row, RESULT + 1, "appraisal", "Có lý do mà không có kết quả.", "Chọn kết quả, hoặc xóa lý do."
        )
    if len(findings.problems) > before or not told:
        return None
    return TypedResult(award, nominee, RESULTS[told], reason, sheet, row)


def _signature(book: FormBook, read: ReadAppraisal) -> None:
    sheet, findings = form_sheet(book, SHEETS["sign"], read.findings), read.findings
    if sheet is None:
        return
    rows = {key: sheet.keys[key][0] for key in SIGNED if key in sheet.keys}
    for key in SIGNED:
        if key not in rows:
            findings.at(sheet, 1, 1, "form-line", f"Thiếu dòng “{key}” của trang ký.", as_issued("biểu"))
    if len(rows) < len(SIGNED):
        return
    read.form.version = (
        findings.need(sheet, rows["sign:version"], 3, whole, None, "signature", "lần gửi (lần đầu là 1)") or 0
    )
    read.number = findings.need(sheet, rows["sign:number"], 3, words, "", "signature", "số, ký hiệu văn bản thẩm định")
    read.on = findings.need(sheet, rows["sign:date"], 3, day, None, "signature", "ngày văn bản thẩm định")


def _take(
    run: AppraisalRun, workspace: Workspace, nominated: Nominated, step: Step, read: ReadAppraisal, today: date
) -> None:
    """Decide on one state of the ledger and enter in one transaction."""
    assert read.identity is not None
    occasion, findings = nominated.occasion.id, read.findings
    if read.on is not None and read.on > today:
        findings.problems.append(of_file(read.name, "signature", f"Ngày văn bản {read.on:%d/%m/%Y} chưa đến."))
    token = read.identity.token
    last = max(
        (int(one.value) for one in editions(workspace, occasion, step.id) if one.place.endswith(token)), default=0
    )
    older = older_edition(read.form, last, "biểu thẩm định hồ sơ")
    findings.problems += [older] if older is not None else []
    if findings.wrong:
        return
    try:
        if not keep_again(read.form, workspace.database, workspace.received(occasion), FOLDER):
            return
        with workspace.database.writing() as writer:
            known = progress(workspace, occasion)
            changed = [one for one in read.results if _anew(known, one, step.id)]
            findings.problems += _too_late(nominated.file.awards, known, changed, step)
            if findings.wrong:
                return
            told = [(one.award, one.nominee, _entries(occasion, step, one, read)) for one in changed]
            problems = enter_steps(writer, nominated.file.awards, known, told)
            if problems:
                findings.problems += problems
                return
            place = f"{read.name} {token}"
            writer.append(
                [
                    Entry(
                        f"appraisal:{occasion}/{step.id}",
                        "collected",
                        str(read.form.version),
                        read.on,
                        source=read.document,
                        place=place,
                        author=_author(read.identity.owner, step),
                        role=APPRAISER,
                        evidence=read.form.sha256,
                    )
                ]
            )
    except OSError as error:
        findings.problems.append(of_file(read.name, "output", f"Không ghi được số liệu: {why(error)}.", WRITABLE))
        return
    for one in changed:
        word = WORDS[one.value]
        run.counts[word] = run.counts.get(word, 0) + 1


def _anew(known: dict[tuple[str, str], Progress], one: TypedResult, step: str) -> bool:
    before = known.get((one.award, one.nominee), Progress()).done.get(step)
    return before is None or (before.value, before.reason) != (one.value, one.reason)


def _too_late(
    awards: Awards, known: dict[tuple[str, str], Progress], results: Iterable[TypedResult], step: Step
) -> list[Problem]:
    problems = []
    for one in results:
        award = awards.award(one.award)
        after = later(awards.steps_of(award), step, known.get((one.award, one.nominee), Progress())) if award else []
        if after:
            message = f"{one.nominee}: bước “{after[0].name}” đã có kết quả, không thẩm định lại được."
            problems.append(one.sheet.problem("appraisal", one.row, RESULT + 1, message, "Xóa kết quả ở dòng này."))
    return errors(problems)


def _entries(occasion: str, step: Step, one: TypedResult, read: ReadAppraisal) -> list[Entry]:
    assert read.identity is not None
    done = Done(step.id, one.value, read.document, read.on, one.reason)
    return step_entries(occasion, one.award, one.nominee, done, APPRAISER, _author(read.identity.owner, step))


def _author(owner: str, step: Step) -> str:
    """The appraising body: its id, or the name the step gives it when the movement does not know it."""
    return step.by if owner == NOBODY else owner
