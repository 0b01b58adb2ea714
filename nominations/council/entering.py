"""Entering a meeting: its tally kept, its votes and steps entered in one transaction; what a correction takes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from criteria.problems import Problem, errors, of_file, reason
from nominations.council.columns import KIND
from nominations.council.members import council_subject
from nominations.council.preparing import meeting_subject
from nominations.council.recording import Meeting, kept_folder
from nominations.council.settling import Decision, Outcome
from nominations.steps.progress import (
    FAILED,
    PASSED,
    STEP,
    TIE,
    VOTES,
    Done,
    Progress,
    case_subject,
    enter_steps,
    progress,
    step_entries,
)
from records.forms.collecting.cells import clean
from records.ledger.entries import Entry
from records.workbooks.taking_in import WRITABLE, keep_again
from records.workspace.folder import Workspace


def enter_meeting(workspace: Workspace, meeting: Meeting, why: str = "") -> list[Problem]:
    """Keep the file and enter the meeting, its votes and steps: all or nothing. What was entered before is not entered again."""
    if meeting.same:
        return []
    pack, name = meeting.pack, meeting.form.file.name
    try:
        home = workspace.received(pack.occasion)
        if not keep_again(meeting.form, workspace.database, home, kept_folder(pack.step.id)):
            return errors(meeting.form.problems)
        with workspace.database.writing() as writer:
            if writer.head[0] != meeting.at:
                return [of_file(name, "output", "Có lệnh khác vừa ghi vào sổ.", "Chạy lại lệnh này.")]
            known = progress(workspace, pack.occasion)
            told = [
                (one.line.award.id, one.line.nominee, entries)
                for one in meeting.outcomes
                if (entries := _of_case(meeting, one, known, clean(why)))
            ]
            steps = [one for one in told if any(entry.field.startswith(STEP) for entry in one[2])]
            problems = enter_steps(writer, pack.nominated.file.awards, known, steps)
            if not problems:
                writer.append(entry for one in told if one not in steps for entry in one[2])
                writer.append(_of_meeting(meeting, clean(why)))
    except OSError as error:
        return [of_file(name, "output", f"Không ghi được: {reason(error)}.", WRITABLE)]
    return problems


def _of_case(meeting: Meeting, one: Outcome, known: Mapping[tuple[str, str], Progress], why: str) -> list[Entry]:
    """What is entered of a case: its step when it is decided, its place in a tie; what a correction takes back."""
    pack, award, nominee = meeting.pack, one.line.award.id, one.line.nominee
    step, subject = pack.step.id, case_subject(pack.occasion, award, nominee)
    before = known.get((award, nominee), Progress())
    done, tie = before.done.get(step), before.ties.get(step)
    told = replace(_entry(meeting, subject, why), valid_from=meeting.day)
    entries: list[Entry] = []
    if one.decision in (Decision.PASSED, Decision.FAILED):
        value = PASSED if one.decision is Decision.PASSED else FAILED
        said = "; ".join(part for part in (why, one.sentence if value == FAILED else one.why) if part)
        new = Done(step, value, meeting.document, meeting.day, said, one.votes.text)
        same = done is not None and replace(new, reason=done.reason) == done
        if not same or (one.tie is not None and (tie is None or tie[0] != one.tie)):
            entries += step_entries(pack.occasion, award, nominee, new, KIND, pack.step.by, one.tie)
    elif done is not None:
        entries.append(replace(told, field=STEP + step))
    if one.decision is Decision.NOT_CHOSEN and (tie is None or tie[0] or done is not None):
        entries.append(replace(told, field=VOTES + step, value=one.votes.text))
        entries.append(replace(told, field=TIE + step, value="not"))
    elif one.tie is None and tie is not None:
        entries.append(replace(told, field=TIE + step))
    return entries


def _of_meeting(meeting: Meeting, why: str) -> list[Entry]:
    """The meeting itself, and what members declared."""
    pack, there = meeting.pack, meeting.attendance
    fields = {
        "minutes": meeting.minutes,
        "day": meeting.day.isoformat(),
        "place": meeting.tally.signed["sign:place"],
        "members": str(len(pack.members)),
        "present": str(len(there.present)),
        "written": str(len(there.written)),
        "absent": ",".join(str(one.number) for one in there.written),
        "file": meeting.form.sha256,
    }
    told = _entry(meeting, meeting_subject(pack.occasion, pack.step.id), why)
    entries = [replace(told, field=name, value=value) for name, value in fields.items()]
    council = replace(told, subject=council_subject(pack.occasion, pack.step.id), personal=True)
    for one in there.conflicts:
        if one.declared:
            entries.append(replace(council, field=f"conflict:{one.member}/{one.nominee}", value=one.reason))
    return entries


def _entry(meeting: Meeting, subject: str, why: str) -> Entry:
    """An entry of this meeting without field and value."""
    return Entry(
        subject,
        "",
        "",
        source=meeting.document,
        place=f"{meeting.form.file.name} {meeting.token}",
        reason=why,
        author=meeting.pack.step.by,
        role=KIND,
        evidence=meeting.form.sha256,
    )
