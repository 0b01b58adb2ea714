"""thidua tasks plan, thidua tasks clarity"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("number", metavar="[NO]", default="")
@click.option(
    "--file",
    "file",
    metavar="F",
    type=click.Path(path_type=Path),
    help="Bảng kế hoạch: số, cơ quan, ngày kế hoạch, rõ người, rõ trách nhiệm, rõ kết quả, rõ thẩm quyền.",
)
@click.option("--body", metavar="ID", help="Cơ quan có kế hoạch, khi nhiều cơ quan chủ trì.")
@click.option("--person", metavar="TEXT", default="", help="Rõ người: mã cá nhân trong danh sách, hoặc chức danh.")
@click.option("--responsibility", metavar="TEXT", default="", help="Rõ trách nhiệm.")
@click.option("--result", "outcome", metavar="TEXT", default="", help="Rõ kết quả: sản phẩm cần đạt.")
@click.option("--authority", metavar="TEXT", default="", help="Rõ thẩm quyền.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Ngày kế hoạch (mặc định hôm nay).")
@click.pass_context
def plan(
    context: click.Context,
    number: str,
    file: Path | None,
    body: str | None,
    person: str,
    responsibility: str,
    outcome: str,
    authority: str,
    day: date | None,
) -> None:
    """Ghi kế hoạch thực hiện nhiệm vụ NO của một cơ quan, hoặc nhiều kế hoạch bằng --file. Có lỗi thì không ghi gì."""
    from records.tasks.changes import Book
    from records.tasks.plans import enter_plan, plans_from
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    if bool(number) == (file is not None):
        raise click.UsageError("Nêu số nhiệm vụ, hoặc --file TỆP.")
    today = date.today()
    on = day or today
    if on > today:
        raise click.BadParameter(f"ngày {on:%d/%m/%Y} chưa đến.", param_hint="--on")
    with workspace_here(context) as workspace:
        if file is not None:
            count, saved, problems = plans_from(workspace, file, today)
            stop_if_wrong(problems)
            click.echo(f"Đã đọc {count} kế hoạch, ghi {saved} điều mới.")
        else:
            book = Book.open(workspace)
            who = book.body("--body", body, on) if body else None
            values = {
                "plan_person": person,
                "plan_responsibility": responsibility,
                "plan_result": outcome,
                "plan_authority": authority,
            }
            if who is not None or not body:
                enter_plan(book, number, who, values, on)
            saved, problems = book.save()
            stop_if_wrong(problems)
            click.echo(
                f"Đã ghi {saved} điều mới về kế hoạch nhiệm vụ {number}." if saved else "Kế hoạch đã ghi như vậy."
            )
    next_step("xem kế hoạch nào còn thiếu: thidua tasks clarity.")


@click.command(cls=Command)
@click.option("--body", metavar="ID", help="Chỉ kế hoạch của cơ quan này (mã hoặc tên).")
@click.option("--period", metavar="P", help="Nhiệm vụ của kỳ này (mặc định: năm nay).")
@click.pass_context
def clarity(context: click.Context, body: str | None, period: str | None) -> None:
    """Kế hoạch nhiệm vụ đã đủ "5 rõ", "6 rõ" chưa: từng cơ quan đủ bao nhiêu, từng nhiệm vụ thiếu gì.

    Rõ người, việc, thời gian, trách nhiệm, kết quả; thêm thẩm quyền kể từ ngày kế hoạch thay thế ghi trong movement.yaml.
    """
    from records.tasks.changes import Book
    from records.tasks.clarity import plans, six_from
    from records.tasks.rollup import report_period
    from reports.tasks.screen import clarity_lines
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    today = date.today()
    with workspace_here(context) as workspace:
        book = Book.open(workspace)
        who = book.body("--body", body, today) if body else None
        window, _, problems = report_period(workspace.movement, period or str(today.year), None, today)
        stop_if_wrong([*book.problems, *(problems if window is None else [])])  # a year ahead may be planned
        assert window is not None
        for line in clarity_lines(
            plans(book.register, book.roster, window.first, window.last, who), six_from(book.roster)
        ):
            click.echo(line)
    next_step("bổ sung chỗ thiếu: thidua tasks plan SỐ --person … --responsibility … --result …, hoặc --file TỆP.")
