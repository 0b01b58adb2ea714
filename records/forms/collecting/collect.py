"""Collecting forms (thu biểu): every file of a folder is judged by itself; good ones are stored, bad ones are named in full."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from criteria.problems import NOTE, Problem, of_file
from criteria.problems import reason as why
from records.forms.answers import Answers
from records.forms.collecting.form import ReadForm, open_form
from records.forms.collecting.identity import FormRound, form_round
from records.forms.collecting.incoming import EvidenceFolder, FormFile, find_forms
from records.forms.collecting.reading import read_answers
from records.forms.collecting.receiving import clear_leftovers, keep
from records.forms.submissions import in_force
from records.ledger.database import Submission, Writer
from records.life.standing import concluded
from records.rounds import find_round
from records.workbooks.coming_in import Run, begin, same_content
from records.workbooks.taking_in import WRITABLE, changed_meanwhile
from records.workspace.folder import Workspace


@dataclass
class GroupCount:
    """taken, same, replaced, missing: candidates. wrong: files. replaced are among the taken. missing: ids without any form yet."""

    letter: str
    taken: int = 0
    same: int = 0
    replaced: int = 0
    wrong: int = 0
    missing: list[str] = field(default_factory=list)


@dataclass
class Collected(Run):
    """groups: by letter, "" for files of which nobody can say whose they are."""

    groups: dict[str, GroupCount] = field(default_factory=dict)

    def count(self, letter: str) -> GroupCount:
        return self.groups.setdefault(letter, GroupCount(letter))


def collect(
    workspace: Workspace,
    period: str,
    folder: Path,
    reason: str = "",
    starting: Callable[[int], None] | None = None,
    tick: Callable[[], None] | None = None,
) -> Collected:
    """Take in every form below a folder. starting: told how many files there are; tick: called after each."""
    run = Collected()
    round_, problems = find_round(workspace, period)
    run.problems += problems
    if round_ is None:
        return run
    if round_.window.occasion:
        message = f"{round_.window.name} gộp các kỳ khác, không có biểu riêng."
        run.problems.append(of_file(period, "round", message, "Thu biểu của từng kỳ."))
        return run
    here, problems = form_round(workspace, round_)
    run.problems += problems
    incoming = find_forms(folder)
    run.problems += incoming.problems
    if run.wrong and (problems or not folder.is_dir()):
        return run
    begin(run, incoming, "biểu", here.candidates.values(), starting)
    try:
        clear_leftovers(here)
    except OSError as error:
        run.problems.append(of_file(folder, "output", f"Không ghi được số liệu: {why(error)}.", WRITABLE))
        return run
    stored = workspace.database.submissions(round_.period)
    forms = _read_all(run, incoming.forms, here, stored, reason, tick)
    _twice(forms, here)
    _store_all(run, forms, here, stored, reason)
    for form in forms:
        run.problems += form.problems
        run.owners[form.file.name] = form.owner
        if form.wrong:
            for letter in form.groups or [""]:
                run.count(letter).wrong += 1
    handed_in = {one.candidate for one in workspace.database.submissions(round_.period)}
    for candidate in here.candidates.values():
        count = run.count(candidate.group)
        if candidate.id not in handed_in:
            count.missing.append(candidate.id)
    order = [*(group.letter for group in workspace.movement.groups), ""]
    run.groups = {letter: run.groups[letter] for letter in order if letter in run.groups}
    return run


def _read_all(
    run: Collected,
    files: list[FormFile],
    here: FormRound,
    stored: list[Submission],
    reason: str,
    tick: Callable[[], None] | None,
) -> list[ReadForm]:
    """Every file that is not stored already, with what it answers or what is wrong with it."""
    known: dict[str, list[str]] = {}
    for one in stored:
        known.setdefault(one.file_sha256, []).append(one.candidate)
    folders: dict[Path, EvidenceFolder] = {}
    good: dict[str, str] = {}
    forms = []
    for file in files:
        raw, form = open_form(file)
        if form.wrong:
            forms.append(form)
        elif form.sha256 in known:
            run.same_files.append(file.name)
            for candidate in known[form.sha256]:
                run.count(_letter(here, candidate)).same += 1
        elif form.sha256 in good:
            run.problems.append(same_content(file.name, good[form.sha256]))
        else:
            folder = folders.setdefault(file.path.parent, EvidenceFolder(file.path.parent))
            read_answers(raw, form, here, folder)
            _check_open(form, here, reason)
            forms.append(form)
            if not form.wrong:
                good[form.sha256] = file.name
        if tick is not None:
            tick()
    return forms


def _letter(here: FormRound, candidate: str) -> str:
    found = here.candidates.get(candidate)
    return found.group if found is not None else ""


def _check_open(form: ReadForm, here: FormRound, reason: str) -> None:
    """A closed group takes in nothing; one that was reopened only with a reason."""
    for letter in form.groups:
        state = here.round.group(letter)
        if state.closed is not None:
            message = f"Nhóm {letter} kỳ {here.round.period} đã khóa ngày {state.closed:%d/%m/%Y}."
            hint = f"Muốn nhận thêm: thidua round reopen {here.round.period} --group {letter}."
            form.problems.append(of_file(form.file.name, "closed", message, hint))
        elif state.reopened and not reason.strip():
            message = f"Nhóm {letter} kỳ {here.round.period} đã khóa rồi mở lại: nhận biểu phải nêu lý do."
            form.problems.append(of_file(form.file.name, "closed", message, 'Thêm --reason "lý do".'))


def _twice(forms: list[ReadForm], here: FormRound) -> None:
    """Two files of one candidate with the same version: nobody knows which one is meant."""
    found: dict[tuple[str, int], list[ReadForm]] = {}
    for form in forms:
        for candidate in form.answers if form.version else ():
            found.setdefault((candidate, form.version), []).append(form)
    said: set[tuple[str, str]] = set()
    for (candidate, version), several in found.items():
        contents = [form.sha256 if form.wrong else repr(form.answers[candidate].as_dict()) for form in several]
        if len(set(contents)) < 2:
            continue
        for form in several:
            others = ", ".join(other.file.name for other in several if other is not form)
            if (form.file.name, others) in said:
                continue
            said.add((form.file.name, others))
            message = f"{here.candidates[candidate].name}: lần gửi {version} còn có ở {others}."
            hint = "Hỏi đơn vị tệp nào đúng, bỏ tệp kia; bản sửa phải tăng lần gửi."
            form.problems.append(of_file(form.file.name, "form-twice", message, hint))


def _store_all(run: Collected, forms: list[ReadForm], here: FormRound, stored: list[Submission], reason: str) -> None:
    """Store the good ones, earlier versions first."""
    database, period = here.workspace.database, here.round.period
    latest, seen = in_force(stored), stored[-1].number if stored else 0
    unwritable = ""
    good = [form for form in forms if not form.wrong]
    for form in sorted(good, key=lambda form: (form.version, form.letter_date, form.file.name)):
        if unwritable:
            form.problems.append(of_file(form.file.name, "output", unwritable, WRITABLE))
            continue
        try:
            with database.writing() as writer:
                if writer.last_submission(period) != seen:  # another process has taken forms in meanwhile
                    latest = in_force(database.submissions(period))
                same = _says_the_same(form, latest)
                rows = [] if same else _store(form, here, latest, reason, writer)
                seen = writer.last_submission(period)
        except OSError as error:
            unwritable = f"Không ghi được số liệu: {why(error)}."
            form.problems.append(of_file(form.file.name, "output", unwritable, WRITABLE))
            continue
        if same:
            run.same_files.append(form.file.name)
            for candidate in form.answers:
                run.count(_letter(here, candidate)).same += 1
        for row in rows:
            count = run.count(_letter(here, row.candidate))
            count.taken += 1
            count.replaced += row.candidate in latest
            latest[row.candidate] = row
        if form.untouched and rows:
            form.problems.append(_untouched(form, here))


def _store(
    form: ReadForm, here: FormRound, latest: dict[str, Submission], reason: str, writer: Writer
) -> list[Submission]:
    """Store one form that is newer than what is stored; what was stored. Raises OSError."""
    _check_unverified(form, here, latest)
    _check_newer(form, here, latest)
    if form.wrong:
        return []
    raw, again = open_form(form.file)
    if again.sha256 != form.sha256:
        form.problems.append(changed_meanwhile(form.file.name))
        return []
    rows, problems = keep(form, raw, here, reason.strip(), writer)
    form.problems.extend(problems)
    return rows


def _says_the_same(form: ReadForm, latest: dict[str, Submission]) -> bool:
    """The form in force opened and saved again: other bytes, the same version and answers."""
    return all(
        (known := latest.get(candidate)) is not None
        and (known.version, known.answers) == (form.version, answers.as_dict())
        for candidate, answers in form.answers.items()
    )


def _check_unverified(form: ReadForm, here: FormRound, latest: dict[str, Submission]) -> None:
    """What somebody has concluded about is not replaced by a new form. Of a batch only who has new answers is named; who has
    the old ones stays as he is."""
    for candidate, answers in list(form.answers.items()):
        touched = concluded(here.workspace, here.round.period, candidate)
        if not touched:
            continue
        known = latest.get(candidate)
        if form.owner != candidate and known is not None and _same_but_signed(known, answers):
            del form.answers[candidate]
            continue
        said = ", ".join(touched[:5]) + ("…" if len(touched) > 5 else "")
        message = f"{here.candidates[candidate].name}: đã có kết luận thẩm định ({said}), biểu mới không thay biểu cũ."
        hint = "Sửa qua giải trình: cơ quan thẩm định trả lại tiêu chí cần sửa."
        form.problems.append(of_file(form.file.name, "stage-passed", message, hint))


def _same_but_signed(known: Submission, answers: Answers) -> bool:
    return replace(Answers.of_dict(known.answers), signed={}) == replace(answers, signed={})


def _check_newer(form: ReadForm, here: FormRound, latest: dict[str, Submission]) -> None:
    """A form that is not newer than what is stored changes nothing. Of a batch one candidate is named."""
    for candidate in form.answers:
        known = latest.get(candidate)
        if known is not None and (form.version, form.letter_date) <= (known.version, known.letter_date):
            name = here.candidates[candidate].name
            dated = f", văn bản ngày {date.fromisoformat(known.letter_date):%d/%m/%Y}" if known.letter_date else ""
            message = f"{name}: đã thu lần gửi {known.version}{dated}; tệp này là lần {form.version} với nội dung khác."
            hint = "Bản sửa phải tăng lần gửi ở trang Ky, rồi gửi lại."
            form.problems.append(of_file(form.file.name, "form-older", message, hint))
            return


def _untouched(form: ReadForm, here: FormRound) -> Problem:
    names = [here.candidates[candidate].name for candidate in form.untouched]
    said = "; ".join(names[:10]) + ("…" if len(names) > 10 else "")
    message = f"Để trống {len(names)} đối tượng, coi như chưa gửi: {said}."
    return of_file(form.file.name, "form-cell", message, "Bản đã thu lần trước (nếu có) vẫn giữ nguyên.", NOTE)
