"""The roll-up report (báo cáo tổng hợp) of a period: summary by body, list by body, what is late and what is near."""

from __future__ import annotations

from datetime import date

from criteria.declarations.movement import Movement
from records.tasks.register import ONCE
from records.tasks.rollup import EarlyWarning, RollUp, Share, Tally, by_body
from records.tasks.standing import LATE, STATES, Standing
from reports.ledger_pages.header import task_header
from reports.ledger_pages.workbook import Line, Page, ledger_workbook
from reports.wording.texts import capital

TITLE = "BÁO CÁO TỔNG HỢP TÌNH HÌNH THỰC HIỆN NHIỆM VỤ"
SUMMARY, LIST, ATTENTION, OWN = "Tong hop", "Danh sach", "Cham va sap den han", "Tu bo sung"
_COUNTED = (
    ("Có hạn trong kỳ", ("done", "late", "open", "overdue")),
    ("Hoàn thành đúng hạn", ("done",)),
    ("Hoàn thành quá hạn", ("late",)),
    ("Chưa hoàn thành, trong hạn", ("open",)),
    ("Quá hạn, chưa hoàn thành", ("overdue",)),
    ("Tồn kỳ trước, đã xong", ("carried_done",)),
    ("Tồn kỳ trước, chưa xong", ("carried",)),
    ("Hoàn thành sớm, hạn sau kỳ", ("early",)),
    ("Thường xuyên, có kết quả", ("regular_done",)),
    ("Thường xuyên, chưa có kết quả", ("regular",)),
    ("Nhiều năm, có tiến độ", ("span_told",)),
    ("Nhiều năm, chưa báo tiến độ", ("span",)),
    ("Theo sự kiện, chưa mở", ("event",)),
    ("Đã hủy", ("cancelled",)),
    ("Chưa rõ kế thừa", ("orphan",)),
)


def rollup_workbook(movement: Movement, found: RollUp) -> bytes:
    """xlsx bytes."""
    header = task_header(movement, found.window, found.period.on, found.entry, found.body, found.illustration)
    pages = [_summary(found), _list(found), _attention(found)]
    if found.total.own is not None and any(found.total.own.counts.values()):
        pages.append(_own(found))
    return ledger_workbook(TITLE, header, pages)


def share(found: Share) -> str:
    """12/15 and below it 80,00 %; a dash of nothing."""
    return f"{found.text()}\n{found.percent}" if found.whole else "–"


def _cells(tally: Tally) -> list[str | int]:
    return [
        *(tally.of(*states) for _, states in _COUNTED),
        share(tally.completed),
        share(tally.on_time),
        share(tally.regular),
    ]


def _columns() -> list[tuple[str, float, bool]]:
    shares = ["Tỷ lệ hoàn thành", "Tỷ lệ đúng hạn", "Tỷ lệ thường xuyên có kết quả"]
    return [
        ("Cơ quan chủ trì", 27, False),
        *((head, 7.6, True) for head, _ in _COUNTED),
        *((head, 9.2, True) for head in shares),
    ]


def _summary(found: RollUp) -> Page:
    lines = [Line([name, *_cells(tally)]) for _, name, tally in found.bodies]
    if lines:
        lines.append(Line(["Cộng theo cơ quan", *_cells(found.total)], "bold text"))
    if found.total.own is not None and any(found.total.own.counts.values()):
        lines.append(Line(["Trong đó tự bổ sung", *_cells(found.total.own)], "bold text"))
    notes = [
        f"Báo cáo gồm {found.numbers} nhiệm vụ của sổ; nhiệm vụ nhiều cơ quan cùng chủ trì được tính ở từng cơ quan.",
        "Tỷ lệ hoàn thành: đã hoàn thành trên số có hạn trong kỳ. Tỷ lệ đúng hạn: hoàn thành đúng hạn trên số đã hoàn thành hoặc đã "
        "quá hạn. Tỷ lệ làm tròn một lần đến hai chữ số thập phân.",
        "Tồn kỳ trước, thường xuyên, nhiều năm chưa đến hạn, theo sự kiện, đã hủy và chưa rõ kế thừa không nằm trong hai tỷ lệ này.",
        'Hạn in là "trước ngày": hoàn thành đúng ngày đó '
        + ("là quá hạn." if found.period.strict else "vẫn là đúng hạn."),
    ]
    return Page(SUMMARY, TITLE, _columns(), lines, notes, signed=True)


def _list(found: RollUp) -> Page:
    columns = [
        ("Số", 8.0, True),
        ("Nội dung nhiệm vụ", 56.0, False),
        ("Hạn", 11.5, True),
        ("Hạn đầu tiên", 11.5, True),
        ("Ngày hoàn thành", 11.5, True),
        ("Trạng thái", 18.0, False),
        ("Sản phẩm, tiến độ", 22.0, False),
        ("Ghi chú", 20.0, False),
    ]
    lines = []
    for _, name, group in by_body(found.standings):
        lines.append(Line([f"{name} ({len(group)})"], across=True))
        lines += [Line(_row(one, found.period.on)) for one in group]
    return Page(LIST, "DANH SÁCH NHIỆM VỤ THEO CƠ QUAN", columns, lines, stays=2)


def _row(one: Standing, on: date) -> list[str | int]:
    finished, instance = one.finished(on), one.held.instance
    moved = instance.first_due if instance.first_due != instance.due else None
    notes = ["tự bổ sung"] if one.task.own else []
    if instance.name not in ("", ONCE):
        year = instance.year
        notes.append(f"năm {year}" if year is not None else "theo sự kiện")
    if one.held.leads > 1:
        notes.append(f"{one.held.leads} cơ quan cùng chủ trì")
    text = "; ".join(notes)
    return [
        one.task.number,
        one.task.content,
        shown_day(one.due) or "–",
        shown_day(moved),
        shown_day(finished),
        capital(STATES[one.state]),
        one.progress or (one.held.result.document if finished is not None else ""),
        capital(text),
    ]


def attention_columns() -> list[tuple[str, float, bool]]:
    return [
        ("Số", 8.0, True),
        ("Nội dung nhiệm vụ", 50.0, False),
        ("Hạn", 11.5, True),
        ("Hạn đầu tiên", 11.5, True),
        ("Số ngày", 14.0, True),
        ("Trạng thái", 18.0, False),
        ("Thủ trưởng", 18.0, False),
        ("Giải trình của đơn vị", 30.0, False),
    ]


def attention_row(one: Standing, on: date) -> list[str | int]:
    instance, finished = one.held.instance, one.finished(on)
    moved = instance.first_due if instance.first_due != instance.due else None
    return [
        one.task.number,
        one.task.content,
        shown_day(one.due),
        shown_day(moved),
        days_words(one.days(finished or on), finished is not None),
        capital(STATES[one.state]),
        one.head or "chưa ghi",
        one.explanation or ("chưa giải trình" if one.state in LATE else ""),
    ]


def _attention(found: RollUp) -> Page:
    lines = _grouped("Quá hạn, hoàn thành quá hạn", found.late, found.period.on)
    lines += _grouped(f"Đến hạn đến hết ngày {found.until:%d/%m/%Y}", found.near, found.period.on)
    return Page(ATTENTION, "NHIỆM VỤ CHẬM VÀ SẮP ĐẾN HẠN", attention_columns(), lines, stays=2)


def warning_workbook(movement: Movement, found: EarlyWarning) -> bytes:
    """Early warning (cảnh báo sớm): what is overdue and what is near, every body by itself; xlsx bytes."""
    header = task_header(movement, None, found.on, found.entry, found.body, found.illustration)
    columns = attention_columns()
    late = _grouped("Quá hạn", found.late, found.on)
    near = _grouped("Sắp đến hạn", found.near, found.on)
    pages = [
        Page("Qua han", "NHIỆM VỤ QUÁ HẠN, CHƯA CÓ KẾT QUẢ", columns, late, stays=2),
        Page("Sap den han", f"NHIỆM VỤ ĐẾN HẠN ĐẾN HẾT NGÀY {found.until:%d/%m/%Y}", columns, near, stays=2),
    ]
    return ledger_workbook("Nhiệm vụ quá hạn và sắp đến hạn", header, pages)


def _grouped(title: str, found: list[Standing], on: date) -> list[Line]:
    lines = []
    for _, name, group in by_body(found):
        lines.append(Line([f"{name} – {title} ({len(group)})"], across=True))
        lines += [Line(attention_row(one, on)) for one in group]
    return lines


def _own(found: RollUp) -> Page:
    """What bodies added themselves, apart (R156)."""
    lines = [
        Line([name, *_cells(tally.own)])
        for _, name, tally in found.bodies
        if tally.own is not None and any(tally.own.counts.values())
    ]
    return Page(OWN, "NHIỆM VỤ CƠ QUAN TỰ BỔ SUNG", _columns(), lines)


def shown_day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day is not None else ""


def days_words(days: int | None, finished: bool = False) -> str:
    """còn 12 ngày, hôm nay, quá 3 ngày, chậm 3 ngày."""
    if days is None:
        return ""
    if days == 0:
        return "đúng ngày hạn" if finished else "hôm nay"
    return f"còn {days} ngày" if days > 0 else f"{'chậm' if finished else 'quá'} {-days} ngày"
