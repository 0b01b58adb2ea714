"""Reminders (công văn đôn đốc): one letter per body that owes something, from the movement's Word template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import Any

from criteria.declarations.calendar import Letterhead
from criteria.declarations.movement import Movement
from criteria.movements.reading import MOVEMENT
from criteria.problems import Problem, errors, of_file
from records.debts import Debt, debts, summed
from records.forms.issuing.files import safe_id, slug
from records.forms.issuing.texts import period_words
from records.ledger.entries import Entry
from records.roster.roster import Roster, load_roster
from records.rounds import Round, find_round
from records.workspace.edited_files import write_unedited
from records.workspace.folder import Workspace
from reports.letters.templates import FOLDER, fill, printed, read_template
from reports.wording.days import written_day
from reports.wording.issuers import letterhead
from scoring.result import ILLUSTRATION

TEMPLATE = "cong-van-don-doc.docx"
LETTERS = "don-doc"
_LONGEST_TEXT = 90  # letters


@dataclass(frozen=True)
class Letter:
    """A reminder. name: of its file. content: the Word file."""

    body: str
    body_name: str
    debts: tuple[Debt, ...]
    name: str
    content: bytes


def remind(
    workspace: Workspace,
    period: str,
    day: date,
    bodies: tuple[str, ...] = (),
    number: str = "",
    folder: Path | None = None,
    *,
    replace: bool = False,
) -> tuple[list[Path], list[Letter], list[Problem]]:
    """Write the letters of a round and enter that they were printed. bodies: only these. number: of the letter, if it has one.

    A letter that lies there with another content (somebody may have edited it) is left alone unless replace. Nothing is written
    or entered when there is an error.
    """
    round_, problems = find_round(workspace, period)
    if round_ is None:
        return [], [], problems
    letters, problems = reminders(workspace, round_, day, bodies, number)
    target = folder if folder is not None else workspace.results(round_.period) / LETTERS
    if errors(problems):
        return [], [], problems
    written, found = write_unedited({target / one.name: one.content for one in letters}, "công văn", replace=replace)
    problems += found
    if errors(found):
        return written, [], problems
    source = printed(number)
    workspace.database.enter(
        Entry(f"reminder:{round_.period}/{one.body}", "sent", day.isoformat(), day, source=source, role="steward")
        for one in letters
    )
    return written, letters, problems


def reminders(
    workspace: Workspace, round_: Round, day: date, bodies: tuple[str, ...] = (), number: str = ""
) -> tuple[list[Letter], list[Problem]]:
    """The letters of a round as they stand on a day, in the order of the bodies."""
    owed: dict[str, list[Debt]] = {}
    for debt in summed(debts(workspace, round_, day)):
        owed.setdefault(debt.body, []).append(debt)
    problems = [_owes_nothing(body, owed) for body in dict.fromkeys(bodies) if body not in owed]
    chosen = {body: found for body, found in owed.items() if not bodies or body in bodies}
    path = workspace.movement_folder / FOLDER / TEMPLATE
    template, found = read_template(path)
    problems += found
    head = letterhead(workspace.movement, day)
    if head is None:
        message = f"Phong trào chưa ghi cơ quan ban hành văn bản vào ngày {day:%d/%m/%Y}."
        problems.append(
            of_file(MOVEMENT, "letterhead", message, "Ghi letterhead: authority, parent, place, signer_title.")
        )
    if head is None or problems:
        return [], problems
    roster = load_roster(workspace)
    letters = []
    for body, listed in chosen.items():
        fields = letter_fields(workspace.movement, round_, head, day, listed, number, roster)
        title = f"Công văn {fields['trich_yeu']}"
        content, found = fill(template, fields, path, title, fields["co_quan"], day)
        if found:  # the template is at fault, and would be for every letter
            return [], [*problems, *found]
        letters.append(Letter(body, listed[0].body_name, tuple(listed), letter_name(body, listed[0], day), content))
    return letters, problems


def letter_fields(
    movement: Movement, round_: Round, head: Letterhead, day: date, owed: list[Debt], number: str, roster: Roster
) -> dict[str, Any]:
    """What a template may ask for, by name."""
    late = sum(bool(debt.days_late) for debt in owed)
    illustrative = roster.illustrated(ident for debt in owed for ident in (debt.body, debt.candidate))
    period = period_words(round_.window)
    texts = {
        "minh_hoa": ILLUSTRATION if illustrative else "",
        "co_quan_chu_quan_in_hoa": head.parent.upper(),
        "co_quan_in_hoa": head.authority.upper(),
        "co_quan": head.authority,
        "so_ky_hieu": number or "\u00a0" * 8 + (f"/{head.symbol}" if head.symbol else ""),
        "dia_danh": head.place,
        "ngay_ban_hanh": written_day(day),
        "trich_yeu": f"đôn đốc thực hiện chấm điểm thi đua {period}",
        "kinh_gui": owed[0].body_name,
        "phong_trao": movement.name,
        "giai_doan": f"{movement.period.from_}-{movement.period.to}",
        "ky": period,
        "van_ban_giao": round_.letter,
        "ngay_van_ban_giao": written_day(round_.letter_date) if round_.letter_date else "",
        "han_nop": written_day(round_.deadline) if round_.deadline else "",
        "den_ngay": written_day(day),
        "so_viec": f"{len(owed):02d}",
        "so_viec_qua_han": f"{late:02d}" if late else "",
        "chuc_vu_in_hoa": head.signer_title.upper(),
        "luu": head.filing,
    }
    rows = [
        {
            "stt": str(place),
            "noi_dung": printed(_about(debt)),
            "doi_tuong": printed(debt.candidate_name),
            "han": f"{debt.due:%d/%m/%Y}" if debt.due else "",
            "tinh_trang": _state(debt),
        }
        for place, debt in enumerate(owed, 1)
    ]
    return {**{name: printed(text) for name, text in texts.items()}, "danh_sach": rows}


def letter_name(body: str, debt: Debt, day: date) -> str:
    """B004-so-giao-duc-va-dao-tao-2026-12-10.docx; an id that is no safe name is cut and told apart by its hash."""
    return f"{safe_id(body)}-{slug(debt.body_name) or 'co-quan'}-{day.isoformat()}.docx"


def _about(debt: Debt) -> str:
    """What is owed, with the words of the criterion or the task: its number alone says little to who opens the letter."""
    text = shorten(" ".join(debt.text.split()), _LONGEST_TEXT, placeholder="…")
    return f"{debt.words}: {text}" if text else debt.words


def _state(debt: Debt) -> str:
    if debt.days_late is None:
        return "Chưa hoàn thành"
    return debt.late_words or "Chưa đến hạn"


def _owes_nothing(body: str, owed: dict[str, list[Debt]]) -> Problem:
    known = ", ".join(owed) or "không cơ quan nào"
    return of_file(body, "group", f"“{body}” không còn nợ việc gì trong kỳ này.", f"Đang nợ: {known}.")
