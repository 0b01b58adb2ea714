"""What a register prints two ways. Nothing is corrected: the printed year counts, and people are told."""

from __future__ import annotations

import re
from collections.abc import Iterable

from criteria.problems import WARNING
from records.roster.matching import key
from records.roster.roster import Roster
from records.tasks.deadlines import DATED, span_years
from records.tasks.reading import TaskLine

_PERIOD = re.compile(r"(20[0-9]{2})\s*[-–]\s*(20[0-9]{2})")
_STATED = re.compile(r"giai đoạn\s+(20[0-9]{2})\s*[-–]\s*(20[0-9]{2})")
_WORD = 40  # a text shorter than this is no sign that two tasks are the same


def report_contradictions(lines: list[TaskLine], roster: Roster) -> None:
    """A warning at the cell for every contradiction; found from the rows alone."""
    for line in lines:
        for name, message, hint in (*_years(line), *_section(line), *_leads(line, roster), *_brackets(line)):
            line.row.wrong(name, f"Nhiệm vụ {line.number}: {message}", hint, "task-contradiction", WARNING)
    _repeated(lines)


def _years(line: TaskLine) -> Iterable[tuple[str, str, str]]:
    span, due = span_years(line.deadline.span), line.deadline.due
    if span is None or due is None:
        return
    if due.year != span[1]:
        yield (
            "deadline_text",
            f"hạn in năm {due.year}, giai đoạn in {span[0]}-{span[1]}.",
            f"Tính theo năm in ({due.year}).",
        )
        return
    stated = [(int(a), int(b)) for a, b in _STATED.findall(line.content.casefold())]
    for first, last in stated:
        if first == span[0] and last != span[1]:
            yield (
                "content",
                f"nội dung ghi giai đoạn {first}-{last}, hạn in năm {due.year} ({span[0]}-{span[1]}).",
                f"Tính theo năm in ({due.year}).",
            )
            return
    for first, last in ((int(a), int(b)) for a, b in _PERIOD.findall(line.flags)):
        if (first, last) != span:
            yield (
                "flags",
                f"văn bản khác ghi giai đoạn {first}-{last}, sổ in {span[0]}-{span[1]}.",
                f"Tính theo năm in ({due.year}).",
            )
            return


def _section(line: TaskLine) -> Iterable[tuple[str, str, str]]:
    if line.section.casefold().startswith("quý") and line.deadline.kind not in DATED:
        yield (
            "quarter_section",
            f"in ở phần {line.section} nhưng hạn là “{line.deadline_text}”.",
            "Tính theo cột hạn: không có hạn trong quý.",
        )


def _leads(line: TaskLine, roster: Roster) -> Iterable[tuple[str, str, str]]:
    """Bodies of different kinds joined by a comma alone: two bodies, or one that stands under the other."""
    named = [roster.bodies[ident] for ident in line.leads if not roster.is_class(ident)]
    if len({body.value("kind") for body in named}) > 1 and "," in line.words and ";" not in line.words:
        names = "; ".join(body.name(line.deadline.due) for body in named)
        yield (
            "lead",
            f"“{line.words}” có thể là {len(named)} cơ quan, hoặc một đơn vị thuộc cơ quan kia.",
            f"Đang tính là {len(named)} cơ quan chủ trì: {names}.",
        )


def _brackets(line: TaskLine) -> Iterable[tuple[str, str, str]]:
    """A bracket of the deadline that does not close, in the cell or in a slip that was corrected."""
    printed = [line.deadline_text, *(part.split("→")[0] for part in line.slips.split(";") if "→" in part)]
    if any(text.count("(") != text.count(")") for text in printed):
        yield (
            "deadline_text",
            f"ngoặc của giai đoạn không khép trong bản in; đọc là “{line.deadline_text}”.",
            "Đối chiếu với bản có dấu.",
        )


def _repeated(lines: list[TaskLine]) -> None:
    """A task whose whole text stands in another one."""
    texts = [(line, key(line.content)) for line in lines]
    for line, text in texts:
        if len(text) < _WORD:
            continue
        for other, longer in texts:
            if other is not line and text in longer and (text != longer or line.row.number > other.row.number):
                line.row.wrong(
                    "content",
                    f"Nhiệm vụ {line.number}: toàn bộ nội dung nằm trong nhiệm vụ {other.number}.",
                    "Một kết quả không nộp cho cả hai.",
                    "task-contradiction",
                    WARNING,
                )
                break
