"""Rows of a task register out of csv and xlsx: the register that comes with a movement, and the officer's own table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from criteria.problems import WARNING, Problem
from records.roster.roster import Roster
from records.tasks.columns import Row, read_headed
from records.tasks.deadlines import DATED, HINT, Deadline, known_kind, read_deadline, span_years
from records.tasks.plans import PLAN_NAMES, read_plan
from records.tasks.register import NUMBER, YES

NAMES: dict[str, tuple[str, ...]] = {
    "no": ("số", "stt", "tt", "số tt", "số thứ tự", "nhiệm vụ số"),
    "quarter_section": ("phần", "mục", "quý"),
    "content": ("nội dung", "nội dung công việc", "nội dung nhiệm vụ", "nhiệm vụ"),
    "lead": ("chủ trì", "cơ quan chủ trì", "đơn vị chủ trì"),
    "lead_bodies": ("mã cơ quan chủ trì",),
    "deadline_text": ("hạn", "thời hạn", "thời gian", "thời gian hoàn thành", "hạn hoàn thành", "thời gian thực hiện"),
    "deadline_date": ("ngày hạn",),
    "recurring": ("lặp lại",),
    "coordinating": ("phối hợp", "cơ quan phối hợp", "đơn vị phối hợp"),
    "source_note": ("nguồn", "căn cứ", "ghi chú"),
    "tasks_ref26": ("số ở phụ lục",),
    "deadline_kind": ("loại hạn",),
    "span": ("giai đoạn",),
    "slips_corrected": ("chữ đã sửa",),
    "flags": ("lưu ý",),
    "units": ("đơn vị tham gia", "đơn vị thực hiện"),
    "origin": ("nguồn gốc", "sổ"),
    "document": ("văn bản", "văn bản giao", "số văn bản"),
    "added": ("ngày bổ sung", "ngày giao"),
    "own": ("tự bổ sung",),
    "parent": ("nhiệm vụ cha", "thuộc nhiệm vụ", "nhiệm vụ gốc"),
    **PLAN_NAMES,
}
_NEEDED = (("no",), ("content",), ("lead", "lead_bodies"), ("deadline_text", "deadline_date", "deadline_kind"))


@dataclass
class Stated:
    """A task as somebody states it. leads, units: ids. words: the leads as printed. deadline_text: as printed."""

    number: str
    content: str
    leads: list[str]
    words: str
    deadline: Deadline
    deadline_text: str
    section: str = ""
    coordinating: str = ""
    source_note: str = ""
    slips: str = ""
    flags: str = ""
    units: list[str] = field(default_factory=list)
    origin: str = ""
    document: str = ""
    added: date | None = None
    own: bool = False
    parent: str | None = None  # None: nothing was said
    plan: dict[str, str] = field(default_factory=dict)


@dataclass
class TaskLine(Stated):
    """One row of a register."""

    row: Row = field(kw_only=True)


def read_register(
    path: Path, roster: Roster, prefix: str = "", day: date | None = None
) -> tuple[list[TaskLine], list[Problem]]:
    """Every row of a table, and every finding. prefix: put before the numbers. day: on which the names were written."""
    table, problems = read_headed(path, NAMES, _NEEDED, "task-field")
    if table is None:
        return [], problems
    lines: list[TaskLine] = []
    seen: dict[str, int] = {}
    for row in table:
        line = _line(row, roster, prefix, day)
        if line.number in seen:
            row.wrong("no", f"Số {line.number} đã có ở dòng {seen[line.number]}.", "Mỗi nhiệm vụ một số.")
        seen.setdefault(line.number, row.number)
        lines.append(line)
    return lines, table.problems


def _line(row: Row, roster: Roster, prefix: str, day: date | None) -> TaskLine:
    number = prefix + row.text("no").strip("().")
    if not NUMBER.fullmatch(number):
        row.wrong(
            "no", f"“{number}” không phải số của nhiệm vụ.", "Viết 12, 2026.12 hoặc 12a; chỉ chữ, số, chấm, gạch."
        )
    content = row.text("content")
    if not content:
        row.wrong("content", f"Nhiệm vụ {number} không có nội dung.")
    deadline = _deadline(row)
    when = row.day("added") or day or deadline.due
    leads = _leads(row, roster, when)
    note = row.text("source_note")
    own = row.truth("own")
    return TaskLine(
        number,
        content,
        leads,
        row.text("lead") or row.text("lead_bodies"),
        deadline,
        row.text("deadline_text"),
        row.text("quarter_section"),
        row.text("coordinating"),
        note,
        row.text("slips_corrected"),
        row.text("flags"),
        _units(row, roster, when),
        row.text("origin"),
        row.text("document"),
        row.day("added"),
        own if own is not None else _added_by_lead(roster, note, leads),
        _parent(row, prefix, number),
        read_plan(row, roster, when),
        row=row,
    )


def _parent(row: Row, prefix: str, number: str) -> str | None:
    """The number of the task this one is a part of. Without a prefix of its own it is of the same register."""
    if "parent" not in row.table.places:
        return None
    text = row.text("parent").strip("().")
    found = prefix + text if text and not text.startswith(prefix) else text
    if found and found == number:
        row.wrong("parent", f"Nhiệm vụ {number} không thể thuộc chính mình.")
    return found


def _deadline(row: Row) -> Deadline:
    """The day and kind that are given, else what the printed words say."""
    text, kind, span = row.text("deadline_text"), row.text("deadline_kind"), row.text("span")
    due = row.day("deadline_date")
    read = read_deadline(text) if text else None
    if span and span_years(span) is None:
        row.wrong("span", f"“{span}” không phải giai đoạn.", "Viết 2025-2027.")
    if kind and not known_kind(kind):
        row.wrong("deadline_kind", f"Không có loại hạn “{kind}”.", "Bỏ trống để đọc từ cột hạn.")
    if read is None and not kind and due is None:
        row.wrong("deadline_text", f"Không đọc được hạn “{text}”." if text else "Nhiệm vụ không có hạn.", HINT)
        return Deadline("")
    if due is not None and read is not None and read.due is not None and read.due != due:
        row.wrong(
            "deadline_date",
            f"Ngày hạn {due:%d/%m/%Y} khác hạn in “{text}” ({read.due:%d/%m/%Y}).",
            "Lấy ngày hạn; sửa một trong hai ô.",
            "task-contradiction",
            WARNING,
        )
    kind = kind or (read.kind if read is not None else "day")
    due = due or (read.due if read is not None else None)
    if kind in DATED and due is None:
        row.wrong("deadline_text", f"Nhiệm vụ có loại hạn “{kind}” nhưng không có ngày.", HINT)
    return Deadline(kind, due if kind in DATED else None, span or (read.span if read is not None else ""))


def _leads(row: Row, roster: Roster, day: date | None) -> list[str]:
    name = "lead_bodies" if row.text("lead_bodies") else "lead"
    found = [row.body(name, text, roster, day) for text in row.lines(name)]
    if not found:
        row.wrong(name, "Nhiệm vụ không có cơ quan chủ trì.", "Nhiều cơ quan cách nhau bằng dấu chấm phẩy.")
    for ident in found:
        kind = roster.bodies[ident].kind if ident is not None else None
        if ident is not None and kind is not None and kind.role == "class" and not roster.is_class(ident):
            message = (
                f"Chưa khai “{roster.bodies[ident].name(day)}” gồm những cơ quan nào: không ai được tính nhiệm vụ này."
            )
            row.wrong(name, message, "Khai class_leads trong movement.yaml, hoặc ghi từng cơ quan.", severity=WARNING)
    return list(dict.fromkeys(ident for ident in found if ident is not None))


def _units(row: Row, roster: Roster, day: date | None) -> list[str]:
    found = [row.body("units", text, roster, day) for text in row.lines("units")]
    return list(dict.fromkeys(ident for ident in found if ident is not None))


def _added_by_lead(roster: Roster, note: str, leads: list[str]) -> bool:
    """Whether the source of a row is "… bổ sung" with the name of one of its leads."""
    words = note.casefold()
    names = [name.casefold() for ident in leads for name in roster.bodies[ident].names]
    return any(words == f"{name} bổ sung" for name in names)


def truth(value: bool) -> str:
    return YES if value else ""
