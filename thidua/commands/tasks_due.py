"""thidua tasks due"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.calling import DAY
from thidua.speaking import Command

if TYPE_CHECKING:
    from records.tasks.changes import Book
    from records.tasks.listing import DueList, Line


@click.command(cls=Command)
@click.option("--on", "day", type=DAY, metavar="DAY", help="Tính đến ngày này (mặc định hôm nay).")
@click.option(
    "--within", metavar="DAYS", type=click.IntRange(0, 3660), default=30, show_default=True, help="Số ngày tới."
)
@click.option("--body", metavar="ID", help="Chỉ việc của cơ quan này (mã hoặc tên).")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Ghi danh sách từng cơ quan ra tệp .xlsx.")
@click.pass_context
def due(context: click.Context, day: date | None, within: int, body: str | None, out: Path | None) -> None:
    """Cảnh báo sớm: việc quá hạn, việc sắp đến hạn và nhiệm vụ nhiều năm thiếu tiến độ, theo cơ quan."""
    from records.tasks.changes import Book
    from records.tasks.listing import due_tasks, strict_before
    from records.tasks.rollup import early_warning
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    on = day or date.today()
    with workspace_here(context) as workspace:
        book = Book.open(workspace)
        who = book.body("--body", body, on) if body else None
        stop_if_wrong(book.problems)
        found = due_tasks(book.register, book.roster, on, within, strict_before(workspace), who)
        _say(found, on, book)
        if out is not None:
            from reports.tasks.files import write_report
            from reports.tasks.rollup import warning_workbook

            content = warning_workbook(workspace.movement, early_warning(workspace, on, within, who))
            written, problems = write_report(out, out.parent, out.stem, content)
            stop_if_wrong(problems)
            click.echo(f"Đã ghi {written[0]}.")
    next_step("nhắc cơ quan chủ trì; có kết quả thì thidua tasks update SỐ --done NGÀY --document VĂN-BẢN.")


def _say(found: DueList, on: date, book: Book) -> None:
    from records.tasks.rows import name

    parts = (
        (f"Quá hạn tính đến {on:%d/%m/%Y}", found.late),
        (f"Đến hạn từ {on:%d/%m/%Y} đến {found.until:%d/%m/%Y}", found.near),
    )
    for title, lines in parts:
        click.echo(f"{title}: {len(lines)}")
        last = ""
        for line in lines:
            if line.name != last:
                click.echo(f"  {line.name}" + (f" (thủ trưởng: {line.head})" if line.head else ""))
                last = line.name
            click.echo(f"    {shown(line, named=False, on=on)}")
    if found.silent:
        click.echo(f"Nhiệm vụ nhiều năm chưa có tiến độ năm đã qua: {len(found.silent)}")
        for number, who, year in found.silent:
            click.echo(f"    {number} · năm {year} · {name(book.roster, who)}")


def shown(line: Line, *, named: bool = True, on: date | None = None) -> str:
    """One line: number, deadline, state, who, what. on: say how many days are left or have passed since."""
    from records.tasks.listing import STATES as WORDS
    from reports.tasks.rollup import days_words
    from reports.tasks.screen import short

    when = f"{line.due:%d/%m/%Y}" if line.due else "không có hạn"
    if line.due and line.first_due and line.first_due != line.due:
        when += f" (hạn đầu {line.first_due:%d/%m/%Y})"
    state = WORDS[line.state] + (f" {line.finished:%d/%m/%Y}" if line.finished else "")
    days = days_words(line.days(on)) if on is not None else ""
    parts = [line.key, when, days, state, line.name if named else "", short(line.content), line.note]
    return " · ".join(part for part in parts if part)
