"""Coverage as a workbook: groups, units, managing bodies, verifying bodies with what each still owes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from criteria.declarations.movement import Movement
from records.milestones import STATES as REACHED
from records.publication.published import STAGES
from records.tasks.rollup import Share
from reports.coverage.content import Coverage
from reports.coverage.lines import GroupLine, Tally, UnitLine
from reports.ledger_pages.header import INTERNAL, report_header
from reports.ledger_pages.workbook import Line, Page, ledger_workbook
from reports.round_status import late_days
from reports.wording.days import period_words
from scoring.result import ILLUSTRATION

TITLE = "MỨC ĐỘ THỰC HIỆN CHẤM ĐIỂM THI ĐUA"
GROUPS, UNITS, MANAGERS, BODIES, OWED = (
    "Tong hop",
    "Don vi",
    "Co quan quan ly",
    "Co quan tham dinh",
    "Con phai tham dinh",
)
_UNDATED = "không rõ"
Cell = str | int | Fraction
Column = tuple[str, float, bool]


def coverage_workbook(movement: Movement, found: Coverage) -> bytes:
    """xlsx bytes, the same for the same round."""
    words = period_words(found.round.period)
    header = report_header(movement, words, found.on, found.entry, ILLUSTRATION in found.stamps, (INTERNAL,))
    pages = [_groups(found), _units(found)]
    pages += [_managers(found)] if found.managers else []
    pages += [_bodies(found), _owed(found)]
    return ledger_workbook(TITLE, header, pages)


def share(found: Share) -> str:
    """12/15 and below it 80,00 %; a dash of nothing."""
    return f"{found.text()}\n{found.percent}" if found.whole else "–"


def _tallied(found: Coverage) -> list[Column]:
    columns: list[Column] = [(f"Mốc: {one.name}", 15.0, True) for one in found.milestones.values()]
    columns += [
        ("Nhiệm vụ có kế hoạch", 10.0, True),
        ("Đã giao biểu", 9.5, True),
        ("Đã nộp biểu", 9.5, True),
        ("Nộp quá hạn", 7.0, True),
        ("Tiêu chí đã kết luận", 10.5, True),
        ("Tiêu chí trả lại, đã giải trình", 10.5, True),
        ("Thẩm định xong mọi tiêu chí", 10.5, True),
        ("Có kết quả chính thức", 10.5, True),
    ]
    return columns + [(_report_words(found, key), 13.0, True) for key in found.asked]


def _report_words(found: Coverage, key: str) -> str:
    one = found.asked[key]
    due = f" (hạn {one.due:%d/%m/%Y})" if one.due is not None else " (không in ngày nộp)"
    return f"Đã gửi: {one.duty.name}{due}"


def _cells(found: Coverage, one: Tally) -> list[Cell]:
    cells: list[Cell] = [share(one.milestone(name)) for name in found.milestones]
    cells += [share(one.planned), share(one.issued), share(one.handed_in), one.late, share(one.verified)]
    cells += [share(one.explained), share(one.final), share(one.official)]
    return cells + [share(one.report(key)) for key in found.asked]


def _groups(found: Coverage) -> Page:
    lines = [
        Line([one.letter, one.name, one.tally.all, *_cells(found, one.tally), published(one)]) for one in found.groups
    ]
    if len(found.groups) > 1:
        lines.append(Line(["", "Cộng", found.total.all, *_cells(found, found.total), ""], "bold text"))
    columns: list[Column] = [("Nhóm", 6.0, True), ("Tên nhóm", 30.0, False), ("Đối tượng", 8.0, True)]
    columns += [*_tallied(found), ("Công bố", 16.0, False)]
    deadline = found.round.deadline
    said = f"Hạn nộp biểu {deadline:%d/%m/%Y}. " if deadline is not None else "Kỳ chưa đặt hạn nộp biểu. "
    notes = [
        "Mỗi ô: số đã có trên số phải có, tỷ lệ làm tròn một lần đến hai chữ số thập phân; “–”: không có gì phải làm.",
        f"{said}Quá hạn tính theo ngày nhập biểu lần đầu vào sổ; biểu nhập sau khi khóa nhóm thì không rõ ngày nộp, không tính là quá hạn.",
        "Tiêu chí đã kết luận gồm tiêu chí đóng theo quyết định, tính trên tiêu chí của đơn vị đã nộp. Doanh nghiệp, cá nhân do cơ quan khác nộp "
        "thay không có mốc, kế hoạch, báo cáo riêng.",
        "Báo cáo đã gửi: theo ngày đã nhập bằng thidua report received.",
    ]
    return Page(GROUPS, TITLE, columns, lines, notes, stays=2)


def published(one: GroupLine) -> str:
    it = one.published
    if it is None:
        return "chưa công bố"
    version = f" (bản {it.version})" if it.version > 1 else ""
    return f"{STAGES[it.stage]} ngày {it.day:%d/%m/%Y}{version}"


def _units(found: Coverage) -> Page:
    lines: list[Line] = []
    for group in found.groups:
        lines.append(Line([f"Nhóm {group.letter}: {group.name} ({group.tally.all})"], across=True))
        lines += [Line(_unit(found, one)) for one in group.tally.units]
    columns: list[Column] = [("Mã", 8.0, False), ("Đơn vị", 32.0, False)]
    columns += [(f"Mốc: {one.name}", 17.0, False) for one in found.milestones.values()]
    columns += [
        ("Nhiệm vụ: có kế hoạch trên phải có", 9.5, True),
        ("Nộp biểu", 17.0, False),
        ("Tiêu chí", 7.0, True),
        ("Đã kết luận", 7.5, True),
        ("Chờ thẩm định", 8.0, True),
        ("Đang trả lại", 8.0, True),
        ("Chờ thẩm định lại", 8.5, True),
        ("Đóng", 6.0, True),
        ("Đã giải trình trên đã bị trả lại", 9.5, True),
        ("Xong", 7.0, True),
        ("Kết quả chính thức", 9.0, True),
    ]
    columns += [(_report_words(found, key), 18.0, False) for key in found.asked]
    return Page(UNITS, "TỪNG ĐƠN VỊ,", columns, lines, stays=2)


def _unit(found: Coverage, one: UnitLine) -> list[Cell]:
    cells: list[Cell] = [one.id, one.name]
    for name in found.milestones:
        at = one.milestones.get(name)
        told = f", {at.date:%d/%m/%Y}" if at is not None and at.date is not None else ""
        document = f" ({at.document})" if at is not None and at.document else ""
        cells.append(f"{REACHED[at.state]}{told}{document}" if at is not None else "không phải làm")
    plan = one.plans
    cells += [f"{plan.planned}/{plan.asked}" if plan.asked else "–", _form(one)]
    it = one.criteria
    cells += [it.all, it.verified, it.waiting, it.returned, it.explained, it.closed]
    cells += [f"{one.explained}/{one.sent_back}" if one.sent_back else "–", _yes(one.final), _yes(one.official)]
    for key in found.asked:
        report = one.reports.get(key)
        if report is None:
            cells.append("chưa nhận" if one.own else "không phải gửi")
        else:
            late = " (quá hạn)" if report.late else ""
            cells.append(f"{report.day:%d/%m/%Y}, {report.document}{late}")
    return cells


def _form(one: UnitLine) -> str:
    if one.handed_in is None:
        return "chưa nộp" if one.issued else "chưa giao biểu"
    letter = f", văn bản {date.fromisoformat(one.letter_date):%d/%m/%Y}" if one.letter_date else ""
    late = " (quá hạn)" if one.late else f" ({_UNDATED} ngày nộp)" if one.late is None else ""
    return f"nhập {one.handed_in:%d/%m/%Y}{letter}{late}"


def _yes(true: bool) -> str:
    return "có" if true else "chưa"


def _managers(found: Coverage) -> Page:
    lines = []
    for one in found.managers:
        cells: list[Cell] = [one.body, one.name, one.letter, one.tally.all, share(one.tally.issued)]
        cells += [share(one.tally.handed_in), one.tally.late, share(one.tally.verified), share(one.tally.explained)]
        lines.append(Line([*cells, share(one.tally.final), share(one.tally.official)]))
    columns: list[Column] = [
        ("Mã", 8.0, False),
        ("Cơ quan nộp thay", 40.0, False),
        ("Nhóm", 6.0, True),
        ("Đối tượng", 9.0, True),
        ("Đã giao biểu", 10.0, True),
        ("Đã nộp biểu", 10.0, True),
        ("Nộp quá hạn", 8.0, True),
        ("Tiêu chí đã kết luận", 11.0, True),
        ("Tiêu chí trả lại, đã giải trình", 11.0, True),
        ("Thẩm định xong mọi tiêu chí", 11.0, True),
        ("Có kết quả chính thức", 11.0, True),
    ]
    return Page(MANAGERS, "CƠ QUAN NỘP THAY CHO CÁ NHÂN, DOANH NGHIỆP,", columns, lines, stays=2)


def _bodies(found: Coverage) -> Page:
    lines = []
    for one in found.bodies:
        cells: list[Cell] = [one.name, one.concluded, one.to_verify, one.explained, one.returned, share(one.done)]
        cells += [one.units, f"{one.issued:%d/%m/%Y}" if one.issued else "chưa giao"]
        lines.append(Line([*cells, f"{one.deadline:%d/%m/%Y}" if one.deadline else "–", one.late]))
    columns: list[Column] = [
        ("Cơ quan thẩm định", 42.0, False),
        ("Đã kết luận", 9.0, True),
        ("Chờ thẩm định", 9.0, True),
        ("Chờ thẩm định lại", 9.0, True),
        ("Đang chờ đơn vị giải trình", 10.0, True),
        ("Tỷ lệ đã kết luận", 11.0, True),
        ("Đơn vị còn chờ", 9.0, True),
        ("Giao biểu thẩm định", 12.0, True),
        ("Hạn", 12.0, True),
        ("Việc quá hạn", 9.0, True),
    ]
    notes = ["Đếm theo tiêu chí của từng đơn vị. Của kỳ đã công bố chính thức: như khi công bố."]
    return Page(BODIES, "CƠ QUAN THẨM ĐỊNH,", columns, lines, notes)


def _owed(found: Coverage) -> Page:
    lines: list[Line] = []
    for body in found.bodies:
        if body.owed:
            lines.append(Line([f"{body.name} ({sum(debt.count for debt in body.owed)} việc)"], across=True))
        for debt in body.owed:
            since = f"{debt.since:%d/%m/%Y}" if debt.since else ""
            due = f"{debt.due:%d/%m/%Y}" if debt.due else ""
            asked = "" if debt.asked else "chưa giao biểu thẩm định"
            cells: list[Cell] = [debt.group, debt.criterion, debt.text, debt.candidate_name, debt.count, since, due]
            lines.append(Line([*cells, late_days(debt) or asked]))
    columns: list[Column] = [
        ("Nhóm", 6.0, True),
        ("Tiêu chí", 11.0, False),
        ("Nội dung", 44.0, False),
        ("Đơn vị", 44.0, False),
        ("Số việc", 7.0, True),
        ("Chờ từ ngày", 11.0, True),
        ("Hạn", 11.0, True),
        ("Quá hạn", 16.0, False),
    ]
    return Page(OWED, "CƠ QUAN THẨM ĐỊNH CÒN PHẢI LÀM,", columns, lines, stays=2)
