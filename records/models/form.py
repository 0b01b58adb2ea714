"""A blank workbook for models and good practices: one line for each, what may be chosen offered, the rest explained."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from criteria.problems import Problem, of_file
from records.models.columns import LONGEST_SUMMARY, TITLES
from records.models.register import KINDS, PERSON_KIND
from records.roster.matching import find_body
from records.roster.roster import load_roster
from records.workspace.edited_files import ending_problems, write_unedited
from records.workspace.folder import Workspace
from scoring.result import ILLUSTRATION

SHEET, GUIDE = "Mo hinh", "Huong dan"
_ROWS = 40
_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True}


def issue_model_form(workspace: Workspace, out: Path, unit: str = "", *, replace: bool = False) -> list[Problem]:
    """Write a blank workbook. unit: filled in on every line, "" none. A file somebody has filled in is left alone unless replace."""
    ident = ""
    if problems := ending_problems(out, ".xlsx"):
        return problems
    if unit:
        found, near = find_body(load_roster(workspace), unit, None)
        if found is None:
            offered = "; ".join(one for one, _ in near[:3])
            hint = f"Có thể là: {offered}." if offered else "Xem: thidua roster list."
            return [of_file("--unit", "name-match", f"Không chắc “{unit[:60]}” là cơ quan nào.", hint)]
        ident = found
    content = model_form(workspace, ident)
    return write_unedited({out: content}, "tệp", replace=replace)[1]


def model_form(workspace: Workspace, unit: str = "") -> bytes:
    """xlsx bytes; the same movement and unit give the same bytes. Says that its units are illustrative, where they are."""
    import xlsxwriter

    roster = load_roster(workspace)
    meant = [roster.bodies[unit]] if unit in roster.bodies else roster.bodies.values()
    stamp = ILLUSTRATION if any(one.value("illustration") for one in meant) else ""

    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **plain})
    book.set_properties({"title": "Mô hình, cách làm hay, gương điển hình", "created": dt.datetime(2025, 1, 1)})
    _lines(book, unit, stamp)
    _guide(book, workspace, stamp)
    book.close()
    return stream.getvalue()


def _lines(book: Any, unit: str, stamp: str) -> None:
    sheet = book.add_worksheet(SHEET)
    head = book.add_format({**_FONT, "bold": True, "border": 1, "align": "center", "bg_color": "#E8EEF4"})
    cell = book.add_format({**_FONT, "border": 1, "num_format": "@"})
    day = book.add_format({**_FONT, "border": 1, "num_format": "dd/mm/yyyy"})
    places = {name: column for column, name in enumerate(TITLES)}
    for name, (title, width) in TITLES.items():
        sheet.set_column(places[name], places[name], width)
        sheet.write_string(0, places[name], title, head)
    sheet.set_row(0, 48)
    for row in range(1, _ROWS + 1):
        for name, column in places.items():
            if name == "unit" and unit:
                sheet.write_string(row, column, unit, cell)
            else:
                sheet.write_blank(row, column, None, day if name in ("document_day", "since") else cell)
    for name, choices in (("kind", list(KINDS.values())), ("public", ["có", "không"])):
        rule = {
            "validate": "list",
            "source": choices,
            "error_title": "Giá trị chưa đúng",
            "error_message": "Chọn trong danh sách.",
        }
        sheet.data_validation(1, places[name], _ROWS, places[name], rule)
    longest = {
        "validate": "length",
        "criteria": "<=",
        "value": LONGEST_SUMMARY,
        "error_title": "Tóm tắt dài quá",
        "error_message": f"Nhiều nhất {LONGEST_SUMMARY} ký tự.",
    }
    sheet.data_validation(1, places["summary"], _ROWS, places["summary"], longest)
    if stamp:
        sheet.write_string(0, len(TITLES), stamp, head)
    _stamped(sheet, stamp)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)


def _stamped(sheet: Any, stamp: str) -> None:
    if stamp:
        sheet.set_header(f"&C&B{stamp}")


def _guide(book: Any, workspace: Workspace, stamp: str) -> None:
    sheet = book.add_worksheet(GUIDE)
    bold, plain = book.add_format({**_FONT, "bold": True}), book.add_format(_FONT)
    sheet.set_column(0, 0, 110)
    tags = [f"{tag.id}: {' '.join(tag.name.split())}" for tag in workspace.movement.tags]
    lines = [
        "Mỗi dòng một nhân tố mới, cách làm hay hoặc gương điển hình; điền bất cứ lúc nào trong năm.",
        f"Loại: {'; '.join(KINDS.values())}.",
        f"Loại “{KINDS[PERSON_KIND]}”: ghi mã cá nhân trong danh sách, để trống tên; họ tên, chức vụ lấy từ danh sách.",
        f"Tóm tắt: cách làm, điểm mới, nhiều nhất {LONGEST_SUMMARY} ký tự. Kết quả: số liệu trước và sau.",
        "Số, ngày văn bản, cơ quan ban hành: văn bản giới thiệu mô hình, gương điển hình.",
        "Đồng ý tuyên truyền: “không” thì chỉ dùng nội bộ, không đưa vào danh sách gửi cơ quan tuyên truyền, báo chí, hiệp hội.",
        "Không xóa, đổi tên cột; dòng trống được bỏ qua. Gửi lại cùng tên của cùng đơn vị là sửa nội dung đã gửi.",
        "Nội dung (ghi mã; nhiều nội dung cách nhau dấu chấm phẩy):",
    ]
    sheet.write_string(0, 0, f"Phong trào thi đua: {' '.join(workspace.movement.name.split())}", bold)
    _stamped(sheet, stamp)
    for row, text in enumerate([*([stamp] if stamp else []), *lines, *tags], 1):
        sheet.write_string(row, 0, text, plain)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
