"""Publishing the list (công khai danh sách) before it goes on: from a day, somewhere, for so many working days, complaints awaited.

Luật 06/2022/QH15 Điều 84 khoản 5; the length of it is data of the award file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from criteria.problems import WARNING, Problem, errors, of_file, reason
from nominations.awards.declarations import Award
from nominations.awards.procedure import Step
from nominations.case import Case, Nominated
from nominations.dossier.attaching import FOLDER, LARGEST
from nominations.selection.choosing import State
from nominations.steps.progress import (
    PASSED,
    Announced,
    Done,
    Progress,
    case_subject,
    enter_steps,
    progress,
    step_entries,
    unready,
    untimely,
)
from records.calendar import Calendar, calendar_of
from records.forms.collecting.cells import clean
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_if_changed

OFFICE = "office"


@dataclass(frozen=True)
class Notice:
    """How a list is published. where: the site or paper. document: số, ngày of the notice. proof: a picture or PDF that shows it."""

    award: str
    first: date
    where: str
    document: str
    proof: Path | None = None


def earliest(calendar: Calendar, first: date, working_days: int) -> date:
    """The first day on which the council may meet: "ít nhất 10 ngày làm việc trước khi họp" (NĐ 152/2025/NĐ-CP Điều 44 khoản 2); the day
    on which publishing starts is not counted (Bộ luật Dân sự 2015, Điều 147 khoản 2)."""
    return calendar.add_working_days(first, working_days)


def announce(
    workspace: Workspace, nominated: Nominated, notice: Notice, today: date
) -> tuple[list[Case], list[Problem]]:
    """Enter that the list of an award is published: every case that has passed the steps before. Raises OSError for the proof."""
    notice = replace(notice, where=clean(notice.where), document=clean(notice.document))
    award, step, problems = _asked(nominated, notice.award)
    problems += _told(notice, today)
    if award is None or step is None or problems:
        return [], problems
    ready = _ready(nominated, award, step)
    cases = [one for one in ready if not _passed(one, step)]
    if not cases:
        message = f"{award.short}: không trường hợp nào đã qua các bước trước “{step.name}”."
        hint = "Họp xét chọn và thẩm định hồ sơ trước."
        if ready:
            message, hint = f"{award.short}: danh sách đã kết thúc công khai.", "Họp hội đồng."
        return [], [of_file(notice.award, "step", message, hint)]
    awards = nominated.file.awards
    early = [untimely(awards, award, one.nominee.id, one.progress, step, notice.first) for one in cases]
    problems = [one for one in early if one is not None]
    if problems:
        return [], problems
    proof = ""
    if notice.proof is not None:
        try:
            if not notice.proof.is_file() or notice.proof.stat().st_size > LARGEST:
                message = f"Không có tệp này, không phải một tệp thường hoặc lớn hơn {LARGEST >> 20} MB."
                return [], [of_file(notice.proof, "step", message, "Chụp trang đã đăng thành ảnh hoặc PDF.")]
            raw = notice.proof.read_bytes()
        except OSError as error:
            return [], [of_file(notice.proof, "step", f"Không đọc được tệp: {reason(error)}.")]
        proof = hashlib.sha256(raw).hexdigest()
        suffix = notice.proof.suffix.lower() if notice.proof.suffix.lower() in (".pdf", ".png", ".jpg", ".html") else ""
        write_if_changed(workspace.root / FOLDER / nominated.occasion.id / f"{proof}{suffix}", raw)
    entries = [
        Entry(
            case_subject(nominated.occasion.id, award.id, case.nominee.id),
            "announced",
            notice.first.isoformat(),
            source=notice.document,
            reason=notice.where,
            evidence=proof,
            role=OFFICE,
        )
        for case in cases
        if case.progress.announced != Announced(notice.first, notice.where, notice.document, proof)
    ]
    if entries:
        workspace.database.enter(entries)
    return cases, []


def conclude(
    workspace: Workspace,
    nominated: Nominated,
    award_id: str,
    document: str,
    day: date,
    today: date,
    held_back: Iterable[str],
) -> tuple[list[Case], list[Problem]]:
    """Enter that publishing is over: enough working days have gone by and nobody has complained. held_back: nominees about whom a
    complaint is open; they stay, the others go on."""
    document = clean(document)
    award, step, problems = _asked(nominated, award_id)
    calendar = calendar_of(workspace.movement)
    if calendar is None:
        problems.append(of_file(award_id, "calendar", "Phong trào chưa ghi lịch ngày nghỉ (calendar)."))
    if not document:
        problems.append(of_file("--document", "reason", "Chưa ghi văn bản xác nhận kết thúc công khai."))
    if day > today:
        problems.append(of_file("--on", "step", f"Ngày {day:%d/%m/%Y} chưa đến."))
    if award is None or step is None or calendar is None or award.announcement is None or problems:
        return [], problems
    waiting = set(held_back)
    done: list[Case] = []
    days = award.announcement.working_days
    shown = [one for one in _ready(nominated, award, step) if one.progress.announced is not None]
    if not shown:
        return [], [
            of_file(award_id, "step", f"{award.short}: danh sách chưa được công khai.", "thidua announce start …")
        ]
    for case in shown:
        told = case.progress.announced
        assert told is not None
        until = earliest(calendar, told.first, days)
        if day < until and not _passed(case, step):
            message = f"{case.nominee.id}: công khai từ {told.first:%d/%m/%Y}, đủ {days} ngày làm việc vào ngày {until:%d/%m/%Y}."
            problems.append(
                of_file(award_id, "step", message, "Kết thúc công khai từ ngày đó; họp hội đồng sau khi kết thúc.")
            )
            for sentence in calendar.uncertain(told.first, until):
                problems.append(of_file(award_id, "calendar", sentence, "", WARNING))
        elif case.nominee.id in waiting:
            message = f"{case.nominee.id}: còn kiến nghị, phản ánh chưa giải quyết."
            problems.append(
                of_file(award_id, "complaint", message, "Giải quyết rồi kết thúc công khai cho đối tượng này.", WARNING)
            )
        else:
            done.append(case)
    if errors(problems):
        return [], list(dict.fromkeys(problems))
    _enter(workspace, nominated, award, step, done, document, day, problems)
    return done, list(dict.fromkeys(problems))


def _enter(
    workspace: Workspace,
    nominated: Nominated,
    award: Award,
    step: Step,
    cases: Sequence[Case],
    document: str,
    day: date,
    problems: list[Problem],
) -> None:
    occasion = nominated.occasion.id
    told = [
        (
            award.id,
            one.nominee.id,
            step_entries(occasion, award.id, one.nominee.id, Done(step.id, PASSED, document, day), OFFICE, step.by),
        )
        for one in cases
        if not _passed(one, step)
    ]
    if told:
        with workspace.database.writing() as writer:
            problems += enter_steps(writer, nominated.file.awards, progress(workspace, occasion), told)


def _asked(nominated: Nominated, ident: str) -> tuple[Award | None, Step | None, list[Problem]]:
    """The award and its step of publishing."""
    award = nominated.file.awards.award(ident)
    if award is None:
        known = ", ".join(one.id for one in nominated.file.awards.awards)
        return (
            None,
            None,
            [of_file("--award", "award-unknown", f"Không có hình thức “{ident}”.", f"Các hình thức: {known}.")],
        )
    step = next((one for one in nominated.file.awards.steps_of(award) if one.kind == "publication"), None)
    if step is None:
        return award, None, [of_file(ident, "step", f"{award.short} không có bước công khai trong tệp khen thưởng.")]
    return award, step, []


def _told(notice: Notice, today: date) -> list[Problem]:
    problems = []
    if notice.first > today:
        problems.append(of_file("--from", "step", f"Ngày {notice.first:%d/%m/%Y} chưa đến."))
    if not notice.where.strip():
        problems.append(of_file("--where", "reason", "Chưa ghi nơi công khai."))
    if not notice.document.strip():
        problems.append(of_file("--document", "reason", "Chưa ghi số, ngày thông báo công khai."))
    return problems


def _passed(case: Case, step: Step) -> bool:
    told = case.progress.done.get(step.id)
    return told is not None and told.passed


def _ready(nominated: Nominated, award: Award, step: Step) -> list[Case]:
    """Cases that stand before a step, or have been through it."""
    proposed = [one for one in nominated.of_award(award.id) if one.state is State.PROPOSED]
    known: dict[str, Progress] = {one.nominee.id: one.progress for one in proposed}
    awards = nominated.file.awards
    return [one for one in proposed if unready(awards, award, one.nominee.id, known[one.nominee.id], step) is None]
