"""The roster as a table for reading: candidates of a time, and why everybody else is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from records.roster.roster import Body, Roster

HEADINGS = ("Mã", "Tên", "Nhóm", "Loại", "Cơ quan quản lý", "Cụm, khối", "Thủ trưởng", "Ghi chú")
_WIDTHS = (12, 56, 4, 28, 32, 20, 24, 0)  # most signs of a column; 0: as long as it is
_CLASS = "cụm từ chỉ nhiều cơ quan, không phải một tổ chức"
_NO_CANDIDATE = "loại cơ quan không dự thi đua"


@dataclass(frozen=True)
class Line:
    """One body. note: for a candidate what is special, for others why they are none."""

    id: str
    name: str
    group: str
    kind: str
    parent: str
    pool: str
    head: str
    note: str
    candidate: bool


def list_roster(roster: Roster, first: date, last: date, letter: str = "", everybody: bool = False) -> list[Line]:
    """Candidates between two days, by group and id; everybody: all bodies, with the reason why they are none."""
    lines: list[Line] = []
    done: set[str] = set()
    for group in roster.movement.groups:
        if letter and group.letter != letter:
            continue
        candidates, _ = roster.candidates(group.letter, first, last)
        for candidate in candidates:
            body = roster.bodies[candidate.id]
            lines.append(_line(roster, body, last, _part(body, first, last) if candidate.part_year else "", True))
            done.add(candidate.id)
    if everybody:
        for body in roster.bodies.values():
            if body.id not in done and (not letter or letter in (roster.group_of(body), body.value("group"))):
                lines.append(_line(roster, body, last, why_not(roster, body, first, last), False))
    return lines


def why_not(roster: Roster, body: Body, first: date, last: date) -> str:
    """Why a body is no candidate between two days; "" when it is one."""
    if body.kind is not None and body.kind.role != "candidate":
        return _CLASS if body.kind.role == "class" else _NO_CANDIDATE
    letter = roster.group_of(body)
    if roster.outside(body) and not body.person:
        return f"thuộc {body.value('province')}"
    if not letter:
        return "chưa rõ thuộc nhóm nào"
    if not roster.takes_part(body, letter):
        scope = next((one for one in roster.movement.scopes if one.group == letter), None)
        return f"ngoài phạm vi dự xét{f' (thiết lập {scope.setting})' if scope is not None else ''}"
    exists = body.exists(first, last)
    if exists is None:
        return roster.ceased(body).message
    if exists is False:
        if body.last is not None and body.last < first:
            successor = body.value("successor")
            return f"đã kết thúc ngày {body.last:%d/%m/%Y}" + (f", kế thừa: {successor}" if successor else "")
        return f"chưa có trước ngày {body.first:%d/%m/%Y}" if body.first is not None else "chưa có"
    return "" if roster.set_of(body, letter) is not None else "chưa rõ chấm theo bộ tiêu chí nào"


def _part(body: Body, first: date, last: date) -> str:
    """Which part of the time a body is there."""
    pieces = []
    if body.first is not None and body.first > first:
        pieces.append(f"từ {body.first:%d/%m/%Y}")
    if body.last is not None and body.last < last:
        pieces.append(f"đến {body.last:%d/%m/%Y}")
    return "một phần kỳ: " + " ".join(pieces)


def _line(roster: Roster, body: Body, day: date, note: str, candidate: bool) -> Line:
    day = min(day, body.last) if body.last is not None else day
    parent = roster.bodies.get(body.value("parent", day))
    above = parent.name(day) if parent is not None else body.value("parent", day)
    group = roster.group_of(body) if candidate else body.value("group")
    pool, head = body.value("pool", day), body.value("head", day)
    return Line(body.id, body.name(day), group, body.value("kind"), above, pool, head, note, candidate)


def as_table(lines: Iterable[Line]) -> str:
    """Lines as plain text in columns; columns that nobody fills are left out."""
    rows = [(x.id, x.name, x.group, x.kind, x.parent, x.pool, x.head, x.note) for x in lines]
    shown = [place for place in range(len(HEADINGS)) if place < 3 or any(row[place] for row in rows)]
    widths = {p: min(max(len(row[p]) for row in [HEADINGS, *rows]), _WIDTHS[p] or 10**6) for p in shown}
    text = []
    for row in [HEADINGS, *rows]:
        cells = [_cut(row[place], widths[place]).ljust(widths[place]) for place in shown]
        text.append("  ".join(cells).rstrip())
    return "\n".join(text)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
