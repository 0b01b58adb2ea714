"""The statistics of a year: forms read, figures counted, the workbook and what the screen says of it."""

from __future__ import annotations

from dataclasses import dataclass

from criteria.problems import Problem, errors
from nominations.awards.reading import AWARDS, load_awards
from records.workspace.folder import Workspace
from reports.statistics.counting import Counted, cell, counted, statistical_year
from reports.statistics.declarations import Statistics
from reports.statistics.reading import read_statistics
from reports.statistics.workbook import NO_FORM, UNCHECKED, statistics_workbook
from scoring.result import ILLUSTRATION


@dataclass(frozen=True)
class Made:
    """content: xlsx bytes. lines: for the screen."""

    content: bytes
    lines: list[str]


def year_statistics(workspace: Workspace, year: int) -> tuple[Made | None, list[Problem]]:
    """The workbook of a statistical year; nothing when the file of forms or the award file is wrong."""
    file = None
    problems: list[Problem] = []
    if (workspace.movement_folder / AWARDS).is_file():
        file, problems = load_awards(workspace)
    told, wrong = read_statistics(workspace, file.awards if file is not None else None)
    problems = [*errors(problems), *wrong]
    if errors(problems):
        return None, problems
    first, last = statistical_year(told.regime.window if told is not None else None, year)
    found = counted(workspace, file, told.movement if told is not None else None, first, last)
    return Made(statistics_workbook(workspace.movement, told, found, year), _lines(told, found, year)), problems


def _lines(told: Statistics | None, found: Counted, year: int) -> list[str]:
    lines = [f"Thống kê năm {year}: từ ngày {found.first:%d/%m/%Y} đến ngày {found.last:%d/%m/%Y}."]
    lines += [ILLUSTRATION] if found.illustration else []
    if told is None:
        return [*lines, f"{NO_FORM}; chỉ có số liệu dưới tiêu đề của phần mềm."]
    for form in told.forms:
        whole = [cell(form, row, form.columns[0], found.items(form)).number for row in form.rows if row.code][:1]
        number = f"tổng số {whole[0]}" if whole and whole[0] is not None else "để trống, phần mềm không có số liệu"
        lines.append(f"{form.number} {form.title[:1]}{form.title[1:].lower()}: {number}.")
    if any(form.mark != "V" for form in told.forms):
        lines.append(f"{UNCHECKED}.")
    if told.regime.later is not None and year >= told.regime.later.date.year:
        lines.append(f"Đã có {told.regime.later.document}; biểu của Thông tư đó chưa đọc được.")
    return lines
