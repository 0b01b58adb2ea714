"""Recording a meeting: the tally read back, held together, settled; then its votes and steps entered in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from criteria.problems import WARNING, Problem, errors, of_file
from nominations.case import Case
from nominations.council.checking import Attendance, all_votes, attendance_of, meeting_problems
from nominations.council.columns import FORMAT, KIND
from nominations.council.pack import Line, Pack
from nominations.council.preparing import meeting_subject, pack_at
from nominations.council.settling import Decision, Outcome, settle
from nominations.council.sheet import token_of
from nominations.council.tally import Tally, read_tally
from nominations.ended import ended_words
from nominations.nominating import nominate
from nominations.steps.progress import (
    WORDS,
)
from records.forms.collecting.cells import clean, short
from records.forms.collecting.form import ReadForm, open_form
from records.forms.collecting.incoming import FormFile
from records.forms.collecting.workbook import FormBook
from records.forms.issuing.files import slug
from records.forms.layout import SHEETS
from records.ledger.entries import gather
from records.workbooks.coming_in import read_safely
from records.workbooks.hidden import Hidden, foreign_sheet, read_hidden
from records.workspace.folder import Workspace

_AGAIN = "Lập lại: thidua council prepare, ghi phiếu kiểm vào tệp mới."


@dataclass
class Meeting:
    """A tally that was read. outcomes: of every case, in the order of the list. document: the minutes as entries name them. same:
    everything in it was entered before. correction: another tally of this meeting was entered before."""

    pack: Pack
    form: ReadForm
    tally: Tally
    attendance: Attendance
    minutes: str
    day: date
    token: str
    outcomes: list[Outcome] = field(default_factory=list)
    same: bool = False
    correction: bool = False
    at: int = 0

    @property
    def document(self) -> str:
        """Biên bản số 05/BB-HĐ ngày 21/11/2026"""
        named = self.minutes if self.minutes.casefold().startswith("biên bản") else f"Biên bản số {self.minutes}"
        return f"{named} ngày {self.day:%d/%m/%Y}"

    def counted(self, decision: Decision) -> int:
        return sum(one.decision is decision for one in self.outcomes)


def read_meeting(
    workspace: Workspace,
    name: str,
    step_id: str,
    path: Path,
    minutes: str,
    day: date,
    today: date,
    reason: str = "",
) -> tuple[Meeting | None, list[Problem]]:
    """What a tally says, and everything that is wrong with it; nothing is entered. minutes: số of the minutes. day: of the meeting.
    reason: why another tally replaces the one entered."""
    problems = []
    if not clean(minutes):
        problems.append(of_file("--minutes", "reason", "Chưa nêu số biên bản.", "Ghi số, ký hiệu biên bản."))
    raw, form = open_form(FormFile(path, path.name))
    found: list[Meeting] = []
    read_safely(raw, form, lambda book: _read_book(workspace, name, step_id, book, form, clean(minutes), day, found))
    problems += form.problems
    if not found or errors(problems):
        return None, problems
    meeting = found[0]
    meeting.at = workspace.database.last_entry()
    problems += meeting_problems(meeting.pack, meeting.tally, meeting.attendance, day, today)
    votes, wrong = all_votes(meeting.pack, meeting.tally, meeting.attendance)
    problems += wrong
    if not errors(problems):
        meeting.outcomes, told = settle(meeting.pack, meeting.tally.rows, votes)
        problems += told
    _known_before(workspace, meeting)
    if meeting.correction and not meeting.same and not clean(reason):
        message = "Phiên họp này đã ghi kết quả; tệp này ghi khác."
        problems.append(of_file(path.name, "reason", message, "Nêu --reason: vì sao sửa, theo văn bản nào."))
    if not meeting.same:
        problems += _since(workspace, meeting)
    return (None if errors(problems) else meeting), problems


def _read_book(
    workspace: Workspace,
    name: str,
    step_id: str,
    book: FormBook,
    form: ReadForm,
    minutes: str,
    day: date,
    found: list[Meeting],
) -> None:
    """Raises Unreadable."""
    hidden, problems = read_hidden(book, (KIND,), (FORMAT,), ("entry", "on"))
    pack = None
    if hidden is not None:
        problems = _foreign(workspace, name, step_id, hidden, form.file.name)
        if not problems:
            pack, problems = _pack(workspace, hidden, book, form.file.name)
    form.problems.extend(problems)
    if hidden is None or pack is None or errors(problems):
        return
    tally = read_tally(book, pack, hidden.by_sheet, form.findings)
    found.append(Meeting(pack, form, tally, attendance_of(pack, tally), minutes, day, hidden.token))


def _foreign(workspace: Workspace, name: str, step_id: str, hidden: Hidden, file: str) -> list[Problem]:
    if not hidden.of_rows(workspace.database.secret()):
        return [of_file(file, "form-foreign", "Mã nhận dạng của phiếu kiểm không đúng.", _AGAIN)]
    if (hidden.period, hidden.owner) != (name, step_id):
        message = f"Phiếu kiểm của dịp {short(hidden.period)}, bước {short(hidden.owner)}."
        return [of_file(file, "form-period", message, "Nêu đúng dịp và --step của phiếu.")]
    return []


def _pack(workspace: Workspace, hidden: Hidden, book: FormBook, file: str) -> tuple[Pack | None, list[Problem]]:
    """The pack as it was prepared, out of the ledger as it stood then."""
    head = workspace.at(hidden.entry).database.head()
    try:
        on = _on(book)
    except ValueError:  # the hidden sheet was typed into
        return None, [foreign_sheet(file)]
    pack, problems = pack_at(workspace, hidden.period, hidden.owner, head, on)
    problems = errors(problems)
    if pack is not None and token_of(pack, workspace.database.secret()) != hidden.token:
        message = "Kết quả, tệp khen thưởng hoặc cách họp đã đổi từ khi lập phiếu kiểm này."
        problems.append(of_file(file, "form-changed", message, _AGAIN))
    return pack, problems


def _on(book: FormBook) -> date | None:
    """By which day's law the pack was prepared; the token holds it by the pack's digest. Raises ValueError."""
    sheet = book.sheet(book.named(SHEETS["hidden"])[0])
    text = next((sheet.text(row, 2) for row in sorted(sheet.rows) if sheet.text(row, 1) == "on"), "")
    return date.fromisoformat(text) if text else None


# --- what stands now -----------------------------------------------------------------------------------------------


def _known_before(workspace: Workspace, meeting: Meeting) -> None:
    """Whether a tally of this meeting was entered, and whether it is this one."""
    subject = meeting_subject(meeting.pack.occasion, meeting.pack.step.id)
    facts = gather(workspace.database.entries(subject)).get(subject)
    files = facts.history("file") if facts is not None else []
    mine = [one for one in files if one.place.endswith(meeting.token)]
    meeting.correction = bool(mine)
    meeting.same = bool(mine) and (mine[-1].value, mine[-1].source) == (meeting.form.sha256, meeting.document)


def _since(workspace: Workspace, meeting: Meeting) -> Iterator[Problem]:
    """What has changed since the tally was prepared, at the row it concerns."""
    pack = meeting.pack
    nominated, problems = nominate(workspace, pack.occasion, pack.on)
    yield from errors(problems)
    if nominated is None:
        return
    now = {f"{one.award.id}/{one.nominee.id}": one for one in nominated.cases}
    rows = {one.line.key: one for one in meeting.tally.rows}
    for line in pack.lines:
        case, row = now.get(line.key), rows.get(line.key)
        why = _moved(pack, line, case, meeting) if case is not None else "không còn là trường hợp của dịp này"
        if why and row is not None:
            yield row.problem(2, f"{line.nominee}: {why}.", _AGAIN if not meeting.correction else "")
        body = nominated.standing.roster.bodies.get(line.nominee)
        words = ended_words(nominated.standing.roster, line.case.nominee)
        if words and row is not None and body is not None and body.last is not None and body.last < meeting.day:
            yield row.problem(2, f"{line.nominee}: {words}.", "Xem lại người được đề nghị.", WARNING)


def _moved(pack: Pack, line: Line, case: Case, meeting: Meeting) -> str:
    """What keeps a vote on a case from being entered; "" nothing."""
    steps = pack.nominated.file.awards.steps_of(case.award)
    at = next(place for place, one in enumerate(steps) if one.id == pack.step.id)
    for before in steps[:at]:
        done = case.progress.done.get(before.id)
        if done is not None and done.day is not None and done.day > meeting.day:
            return f"bước “{before.name}” xong ngày {done.day:%d/%m/%Y}, sau ngày họp"
    for after in steps[at + 1 :]:
        if after.id in case.progress.done:
            return f"đã qua bước sau “{after.name}”, không sửa được kết quả bước này"
    if meeting.correction:
        return ""
    done = case.progress.done.get(pack.step.id)
    if done is not None:
        return f"bước này đã có kết quả ({WORDS[done.value]}, {done.document})"
    if case.state is not line.case.state or case.chosen.tie != line.case.chosen.tie:
        return f"nay là “{case.state.value}”, khi lập phiếu kiểm là “{line.case.state.value}”"
    return ""


def recorded(workspace: Workspace, name: str, step_id: str) -> tuple[list[Meeting], list[Problem]]:
    """Every meeting of a step that was entered, oldest first, of each the tally that counts; read again from the files that were kept.
    One that can no longer be worked out (the award file or the movement was changed since) is a warning: its signed minutes stand."""
    subject = meeting_subject(name, step_id)
    facts = gather(workspace.database.entries(subject)).get(subject)
    newest: dict[str, tuple[str, str, date]] = {}  # by token: hash of the file, number of the minutes, day
    if facts is not None:
        told = zip(facts.history("file"), facts.history("minutes"), facts.history("day"), strict=True)
        for file, minutes, held in told:
            newest[file.place.rpartition(" ")[2]] = file.value, minutes.value, date.fromisoformat(held.value)
    found: list[Meeting] = []
    problems: list[Problem] = []
    for sha256, number, day in newest.values():
        path = workspace.received(name) / kept_folder(step_id) / f"{sha256}.xlsx"
        meeting, wrong = read_meeting(workspace, name, step_id, path, number, day, day)
        found += [meeting] if meeting is not None else []
        problems += [_lost(step_id, number, day, errors(wrong))] if meeting is None else []
    return found, problems


def _lost(step_id: str, number: str, day: date, wrong: list[Problem]) -> Problem:
    """That the minutes of a meeting cannot be made again, and the first reason why not."""
    why = f" {wrong[0].message}" if wrong else ""
    message = f"Không lập lại được biên bản số {number} ngày {day:%d/%m/%Y}.{why}"
    hint = "Dùng biên bản đã ký (thidua attach); hoặc lấy lại tệp khen thưởng như khi họp."
    return of_file(step_id, "form-changed", message, hint, WARNING)


def kept_folder(step_id: str) -> str:
    """Where tallies are kept below bieu-thu/OCCASION."""
    return f"hoi-dong-{slug(step_id) or 'hop'}"
