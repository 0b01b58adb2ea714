"""The pack of a meeting as files, and its minutes: made whole before anything is entered or written; edited files are left alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from criteria.problems import Problem, errors
from nominations.council.entering import enter_meeting
from nominations.council.pack import Pack
from nominations.council.preparing import enter_preparation, prepare
from nominations.council.recording import Meeting, read_meeting, recorded
from nominations.council.settling import Decision
from nominations.council.sheet import tally_workbook
from records.forms.issuing.files import slug
from records.workspace.edited_files import edited_problems, write_files
from records.workspace.folder import Workspace
from reports.council.fields import agenda_fields, ballot_fields, common, declaration_fields, drafted, head_of
from reports.council.minutes import minutes_fields
from reports.dossier.fields import Fields, number_words
from reports.letters.templates import FOLDER, fill, printed_all, read_template

AGENDA, DECLARATIONS, BALLOT, MINUTES = "chuong-trinh-hop", "khai-xung-dot", "phieu-bieu-quyet", "bien-ban-hop"
TALLY = "phieu-kiem.xlsx"
_TITLES = {
    AGENDA: "Chương trình họp",
    DECLARATIONS: "Bản khai xung đột lợi ích",
    BALLOT: "Phiếu biểu quyết",
    MINUTES: "Biên bản",
}


def pack_folder(workspace: Workspace, occasion: str, step: str) -> Path:
    """ket-qua/so-ket-2027/hoi-dong-xet-chon"""
    return workspace.results(occasion) / f"hoi-dong-{slug(step) or 'hop'}"


def write_pack(
    workspace: Workspace,
    name: str,
    step: str,
    meeting: date | None,
    place: str,
    today: date,
    on: date | None = None,
    folder: Path | None = None,
    *,
    replaced: bool = False,
) -> tuple[Pack | None, list[Path], list[Problem]]:
    """Prepare a meeting and write its pack: agenda, declarations, ballot, tally. today: of the documents when the meeting's day is not
    known. replaced: also files that somebody has changed. Errors: nothing written or entered."""
    pack, problems = prepare(workspace, name, step, meeting, place, on)
    if pack is None:
        return None, [], problems
    made, found = pack_files(workspace, pack, meeting or today)
    problems += found
    target = folder if folder is not None else pack_folder(workspace, pack.occasion, pack.step.id)
    if not replaced:
        problems += edited_problems(_placed(target, made), "tệp")
    if errors(problems):
        return None, [], problems
    written, found = write_files(_placed(target, made), "tệp")
    if not found:
        enter_preparation(workspace, pack)
    return pack, written, [*problems, *found]


def pack_files(workspace: Workspace, pack: Pack, day: date) -> tuple[dict[str, bytes], list[Problem]]:
    """Every file of a pack by its name."""
    head, problems = head_of(pack, workspace.movement, day)
    if head is None:
        return {}, problems
    shared = common(pack, workspace.movement, head, day)
    told = {
        AGENDA: {**drafted(pack, shared), **agenda_fields(pack)},
        DECLARATIONS: {**shared, **declaration_fields(pack)},
        BALLOT: {**shared, **ballot_fields(pack)},
    }
    made = {}
    for name, fields in told.items():
        content, found = _document(workspace, name, fields, day)
        problems += found
        made[f"{name}.docx"] = content
    made[TALLY] = tally_workbook(pack, workspace.movement, workspace.database.secret())
    return made, problems


def _document(workspace: Workspace, name: str, fields: Fields, day: date) -> tuple[bytes, list[Problem]]:
    path = workspace.movement_folder / FOLDER / f"{name}.docx"
    template, problems = read_template(path)
    if problems:
        return b"", problems
    ready = printed_all(fields)
    return fill(template, ready, path, f"{_TITLES[name]}: {ready['ten_cuoc_hop']}", ready["co_quan"], day)


# --- the minutes ---------------------------------------------------------------------------------------------------


def record_meeting(
    workspace: Workspace,
    name: str,
    step: str,
    path: Path,
    minutes: str,
    day: date,
    today: date,
    why: str = "",
    *,
    replaced: bool = False,
) -> tuple[Meeting | None, Path | None, list[Problem]]:
    """Read a tally back, make its minutes, enter it, write the minutes. Errors: nothing entered or written."""
    meeting, problems = read_meeting(workspace, name, step, path, minutes, day, today, why)
    if meeting is None:
        return None, None, problems
    content, found = minutes_document(workspace, meeting)
    problems += found
    target = pack_folder(workspace, meeting.pack.occasion, meeting.pack.step.id)
    made = {f"{MINUTES}-{meeting.day.isoformat()}.docx": content}
    if not (replaced or meeting.correction):
        problems += edited_problems(_placed(target, made), "tệp")
    if errors(problems):
        return None, None, problems
    problems += enter_meeting(workspace, meeting, why)
    if errors(problems):
        return None, None, problems
    written, found = write_files(_placed(target, made), "tệp")
    return meeting, next(iter(written), None), [*problems, *found]


def minutes_document(workspace: Workspace, meeting: Meeting) -> tuple[bytes, list[Problem]]:
    """The minutes of a meeting as Word: the same whenever they are asked for."""
    head, problems = head_of(meeting.pack, workspace.movement, meeting.day)
    if head is None:
        return b"", problems
    open_ = bool(meeting.counted(Decision.WAITS))
    shared = drafted(meeting.pack, common(meeting.pack, workspace.movement, head, meeting.day), draft=open_)
    shared["so_ky_hieu"] = number_words(meeting.minutes, "BB", head.symbol)
    return _document(workspace, MINUTES, {**shared, **minutes_fields(meeting)}, meeting.day)


def recorded_minutes(workspace: Workspace, name: str, step: str, award: str) -> tuple[list[bytes], list[Problem]]:
    """The minutes of every meeting of a step that voted on an award, out of the files that were kept; oldest first."""
    meetings, problems = recorded(workspace, name, step)
    made = []
    for meeting in meetings:
        if any(one.line.award.id == award for one in meeting.outcomes):
            content, found = minutes_document(workspace, meeting)
            problems += found
            made.append(content)
    return made, problems


def _placed(folder: Path, made: Mapping[str, bytes]) -> dict[Path, bytes]:
    return {folder / name: content for name, content in made.items()}
