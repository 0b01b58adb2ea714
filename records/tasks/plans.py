"""Plans of tasks (kế hoạch thực hiện): who, with which responsibility, for which product, with which authority, since when."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from criteria.problems import Problem
from records.ledger.entries import Entry
from records.roster.matching import find_body
from records.roster.roster import Roster
from records.tasks.columns import Row, read_headed

if TYPE_CHECKING:
    from records.tasks.changes import Book, Wrong
    from records.workspace.folder import Workspace

PLAN_NAMES: dict[str, tuple[str, ...]] = {
    "plan_person": ("rõ người", "người thực hiện", "người phụ trách"),
    "plan_responsibility": ("rõ trách nhiệm", "trách nhiệm"),
    "plan_result": ("rõ kết quả", "kết quả cần đạt", "sản phẩm cần đạt"),
    "plan_authority": ("rõ thẩm quyền", "thẩm quyền"),
    "plan_date": ("ngày kế hoạch", "ngày lập kế hoạch"),
}
NAMES = {
    "no": ("số", "stt", "tt", "số nhiệm vụ", "nhiệm vụ"),
    "body": ("cơ quan", "cơ quan chủ trì", "chủ trì", "mã cơ quan", "đơn vị"),
    **PLAN_NAMES,
}


def plain(text: str) -> str:
    """On one line, in the one form of Unicode that is stored."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def read_plan(row: Row, roster: Roster, day: date | None) -> dict[str, str]:
    """What the columns of a plan say, by field; only columns that are there."""
    found: dict[str, str] = {}
    for name in PLAN_NAMES:
        if name not in row.table.places:
            continue
        if name == "plan_date":
            when = row.day(name)
            found[name] = when.isoformat() if when is not None else ""
        else:
            found[name] = row.text(name)
    if found.get("plan_person"):
        who, why = person_of(roster, found["plan_person"], day)
        if why:
            row.wrong("plan_person", why, _PERSON_HINT)
        found["plan_person"] = who
    return found


_SAME = 95  # the same letters, marks aside
_PERSON_HINT = "Ghi mã cá nhân trong danh sách, hoặc chức danh (không ghi họ tên)."


def person_of(roster: Roster, text: str, day: date | None) -> tuple[str, str]:
    """The id of somebody in the roster, or a post as it was written; and why it is nobody's. Names of persons in the roster are not
    stored: their id is."""
    found, near = find_body(roster, text, day, lambda body: body.person)
    if found is not None:
        return found, ""
    alike = [ident for ident, likeness in near if likeness >= _SAME]
    if alike:
        return text, f"“{text}” có thể là {', '.join(alike)} trong danh sách."
    if find_body(roster, text, day)[0] is not None:
        return text, f"“{text}” là cơ quan, chưa rõ người nào."
    return text, ""


def enter_plan(
    book: Book,
    number: str,
    body: str | None,
    values: Mapping[str, str],
    on: date,
    wrong: Wrong | None = None,
    place: str = "",
) -> None:
    """The plan of one body for one task, from the day of the plan. body: an id, None when only one can be meant. values: by field
    (plan_…); an empty one changes nothing."""
    from records.tasks.standing import with_task  # the register's own modules read PLAN_NAMES from here

    tell = wrong or book.wrong
    task = book.task(number, tell)
    if task is None:
        return
    having = [one.body for one in with_task(task, book.roster, on)]
    if body is None and len(having) == 1:
        body = having[0]
    if body is None or (body not in having and body not in task.units):
        shown = "; ".join(f"{ident} {book.roster.bodies[ident].name(on)}" for ident in having[:8])
        who = f"không do {book.roster.bodies[body].name(on)} chủ trì" if body else "do nhiều cơ quan chủ trì"
        tell("body", f"Nhiệm vụ {number} {who}: chưa rõ kế hoạch của ai.", f"Chủ trì: {shown}.")
        return
    stated = {name: plain(text) for name, text in values.items() if text.strip()}
    if not stated:
        tell("no", f"Chưa nêu gì về kế hoạch của nhiệm vụ {number}.")
        return
    if "plan_person" in stated:
        who, why = person_of(book.roster, stated["plan_person"], on)
        if why:
            tell("plan_person", why, _PERSON_HINT)
        stated["plan_person"] = who
    stated["plan_date"] = on.isoformat()
    book.entries += [
        Entry(f"task:{number}", f"{name}:{body}", value, on, place=place) for name, value in sorted(stated.items())
    ]


def plans_from(workspace: Workspace, path: Path, today: date) -> tuple[int, int, list[Problem]]:
    """A table of plans, a row for what one body plans for one task: rows read, entries appended, findings."""
    from records.tasks.changes import Book
    from records.tasks.results_file import Teller

    needed = (("no",), ("plan_date",), ("plan_person", "plan_responsibility", "plan_result", "plan_authority"))
    table, problems = read_headed(path, NAMES, needed, "task-field")
    if table is None:
        return 0, 0, problems
    book = Book.open(workspace)
    seen: dict[tuple[str, str], int] = {}
    count = 0
    for row in table:
        count += 1
        number, on = row.text("no").strip("().") if row.text("no") else "", row.day("plan_date")
        if on is None or on > today:
            row.wrong("plan_date", "Chưa ghi ngày kế hoạch." if on is None else f"Ngày {on:%d/%m/%Y} chưa đến.")
            continue
        body = row.body("body", row.text("body"), book.roster, on) if row.text("body") else None
        if row.text("body") and body is None:
            continue
        if (number, body or "") in seen:
            row.wrong("no", f"Kế hoạch này đã có ở dòng {seen[number, body or '']}.", "Giữ một dòng.")
            continue
        seen[number, body or ""] = row.number
        values = {name: row.text(name) for name in PLAN_NAMES if name != "plan_date"}
        enter_plan(book, number, body, values, on, Teller(row), row.place("no"))
    book.problems = table.problems + book.problems
    saved, found = book.save()
    return count, saved, found
