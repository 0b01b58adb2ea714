"""Completion at one of three layers, as a workbook."""

from __future__ import annotations

from criteria.declarations.movement import Movement
from records.tasks.completion import LAYERS, Completion
from reports.ledger_pages.header import task_header
from reports.ledger_pages.workbook import Line, Page, ledger_workbook
from reports.tasks.rollup import share

_SHEETS = {"body": "Co quan", "head": "Nguoi dung dau", "person": "Ca nhan"}
TITLE = "MỨC ĐỘ HOÀN THÀNH NHIỆM VỤ CỦA"


def completion_workbook(movement: Movement, found: Completion) -> bytes:
    """xlsx bytes."""
    header = task_header(movement, found.window, found.period.on, found.entry, found.body, found.illustration)
    who = {"body": [], "head": [("Người đứng đầu", 24.0, False)], "person": [("Người được giao", 24.0, False)]}
    columns = [
        ("Cơ quan, đơn vị", 30.0, False),
        *who[found.layer],
        *(
            (head, 9.5, True)
            for head in ("Có hạn trong kỳ", "Đúng hạn", "Quá hạn", "Quá hạn, chưa xong", "Chưa đến hạn")
        ),
        ("Tỷ lệ hoàn thành", 11.0, True),
        ("Tỷ lệ đúng hạn", 11.0, True),
        ("Thường xuyên có kết quả", 12.0, True),
        *([("Thời gian phụ trách", 24.0, False)] if found.layer == "head" else []),
    ]
    lines = []
    for row in found.rows:
        counts = row.tally
        lines.append(
            Line(
                [
                    row.name,
                    *([row.who] if found.layer != "body" else []),
                    counts.asked,
                    counts.of("done"),
                    counts.of("late"),
                    counts.of("overdue"),
                    counts.of("open"),
                    share(counts.completed),
                    share(counts.on_time),
                    share(counts.regular),
                    *([row.days or "cả kỳ"] if found.layer == "head" else []),
                ]
            )
        )
    notes = [
        "Tỷ lệ hoàn thành: đã hoàn thành trên số có hạn trong kỳ. Tỷ lệ đúng hạn: đúng hạn trên số đã hoàn thành hoặc đã quá hạn.",
        *_NOTES[found.layer],
    ]
    title = f"{TITLE} {LAYERS[found.layer].upper()}"
    return ledger_workbook(title, header, [Page(_SHEETS[found.layer], title, columns, lines, notes, signed=True)])


_NOTES = {
    "body": [],
    "head": ["Người đứng đầu chịu trách nhiệm về nhiệm vụ của cơ quan đến hạn trong những ngày mình phụ trách."],
    "person": ["Cá nhân: nhiệm vụ và nhiệm vụ con mà kế hoạch ghi rõ người thực hiện."],
}
