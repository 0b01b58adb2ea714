"""Lists of days (danh sách ngày): who did something on which day, with the document that says so; milestones, reports received."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from criteria.problems import Problem, errors
from records.indices import read_owner
from records.ledger.entries import Entry
from records.roster.roster import load_roster
from records.tasks.columns import read_headed
from records.workspace.folder import Workspace

NAMES: dict[str, tuple[str, ...]] = {
    "id": ("mã", "mã cơ quan", "mã đối tượng", "mã đơn vị"),
    "name": ("tên", "cơ quan", "đơn vị", "tên cơ quan", "tên đơn vị"),
    "date": ("ngày", "ngày ban hành", "ngày thực hiện", "ngày hoàn thành"),
    "document": ("văn bản", "số văn bản", "số, ký hiệu"),
}


def import_days(
    workspace: Workspace, path: Path, subject: str, kind: str, roster_day: date, today: date, lacking: tuple[str, str]
) -> tuple[int, int, list[Problem]]:
    """Rows read, entries appended to the subject, findings. With an error nothing is entered. kind: of the list, as headings are
    looked for. lacking: message and hint where a day has no document."""
    table, problems = read_headed(path, NAMES, (("id", "name"), ("date",), ("document",)), kind)
    if table is None:
        return 0, 0, problems
    roster = load_roster(workspace)
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    count = 0
    for row in table:
        count += 1
        body = read_owner(row, roster, roster_day, seen)
        day, document = row.day("date"), row.text("document")
        if day is not None and day > today:
            row.wrong("date", f"Ngày {day:%d/%m/%Y} chưa đến.")
        if day is not None and not document:
            row.wrong("document", *lacking)
        if body is not None:
            value = day.isoformat() if day is not None else ""
            entries.append(Entry(subject, body, value, source=document, place=row.place("date")))
    if errors(table.problems):
        return count, 0, table.problems
    return count, workspace.database.enter(entries), table.problems
