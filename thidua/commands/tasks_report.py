"""thidua tasks report, completion, reports-due"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command

FILE = click.Path(path_type=Path)
PERIODS = "Kỳ: 2026-03, 2026-q2, 2026-h1, 2026, hoặc tên kỳ khác."
LAYERS = ("body", "head", "person")


@click.command(cls=Command)
@click.option("--period", metavar="PERIOD", required=True, help=PERIODS)
@click.option("--on", "day", type=DAY, metavar="DAY", help="Tính đến ngày này (mặc định hôm nay, hoặc ngày cuối kỳ).")
@click.option("--body", metavar="ID", help="Chỉ cơ quan này (mã hoặc tên).")
@click.option(
    "--within",
    metavar="DAYS",
    type=click.IntRange(0, 3660),
    default=30,
    show_default=True,
    help="Số ngày tới coi là sắp đến hạn.",
)
@click.option("--out", metavar="FILE", type=FILE, help="Tệp .xlsx (mặc định: trong ket-qua/PERIOD).")
@click.pass_context
def report(
    context: click.Context, period: str, day: date | None, body: str | None, within: int, out: Path | None
) -> None:
    """Báo cáo tổng hợp sổ nhiệm vụ của một tháng, quý, 6 tháng, năm: theo cơ quan và trạng thái, kèm danh sách, giải trình.

    Tệp Excel có các trang: tổng hợp, danh sách theo cơ quan, nhiệm vụ chậm và sắp đến hạn; nhiệm vụ tự bổ sung tính riêng.
    """
    from records.tasks.changes import Book
    from records.tasks.rollup import report_period, roll_up
    from reports.tasks.files import write_report
    from reports.tasks.rollup import rollup_workbook
    from reports.tasks.screen import rollup_lines
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        window, on, problems = report_period(workspace.movement, period, day, date.today())
        book = Book.open(workspace)
        who = book.body("--body", body, on) if body else None
        stop_if_wrong([*problems, *book.problems])
        assert window is not None
        found = roll_up(workspace, window, on, who, within)
        name = f"nhiem-vu-{window.period}" + (f"-{who}" if who else "")
        content = rollup_workbook(workspace.movement, found)
        written, problems = write_report(out, workspace.results(window.period), name, content)
        stop_if_wrong(problems)
        for line in rollup_lines(found):
            click.echo(line)
        click.echo(f"Đã ghi {written[0]}.")
    next_step(f"xem và in {written[0]}; ghi giải trình: thidua tasks update SỐ --body MÃ --explanation “…”.")


@click.command(cls=Command)
@click.option("--period", metavar="PERIOD", required=True, help=PERIODS)
@click.option(
    "--layer", type=click.Choice(LAYERS), default="body", show_default=True, help="Cơ quan, người đứng đầu, cá nhân."
)
@click.option("--on", "day", type=DAY, metavar="DAY", help="Tính đến ngày này (mặc định hôm nay, hoặc ngày cuối kỳ).")
@click.option("--body", metavar="ID", help="Chỉ cơ quan này (mã hoặc tên).")
@click.option("--out", metavar="FILE", type=FILE, help="Ghi ra tệp .xlsx.")
@click.pass_context
def completion(
    context: click.Context, period: str, layer: str, day: date | None, body: str | None, out: Path | None
) -> None:
    """Mức độ hoàn thành ở ba lớp: cơ quan (body), người đứng đầu (head), cá nhân được giao (person).

    Người đứng đầu chịu trách nhiệm về nhiệm vụ đến hạn trong những ngày mình phụ trách; cá nhân về nhiệm vụ mà kế hoạch ghi rõ người.
    """
    from records.tasks.changes import Book
    from records.tasks.completion import completion as complete
    from records.tasks.rollup import report_period
    from reports.tasks.screen import completion_lines
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        window, on, problems = report_period(workspace.movement, period, day, date.today())
        book = Book.open(workspace)
        who = book.body("--body", body, on) if body else None
        stop_if_wrong([*problems, *book.problems])
        assert window is not None
        found = complete(workspace, window, on, layer, who)
        for line in completion_lines(found):
            click.echo(line)
        if out is not None:
            from reports.tasks.completion import completion_workbook
            from reports.tasks.files import write_report

            content = completion_workbook(workspace.movement, found)
            written, problems = write_report(out, out.parent, out.stem, content)
            stop_if_wrong(problems)
            click.echo(f"Đã ghi {written[0]}.")
    next_step(f"báo cáo tổng hợp của kỳ: thidua tasks report --period {period}.")


@click.command(name="reports-due", cls=Command)
@click.option("--on", "day", type=DAY, metavar="DAY", help="Kể từ ngày này (mặc định hôm nay).")
@click.pass_context
def reports_due(context: click.Context, day: date | None) -> None:
    """Báo cáo định kỳ sắp phải gửi: ngày cuối còn đúng hạn, ai gửi, gửi ai, theo văn bản nào (reporting của movement.yaml)."""
    from records.tasks.duties import reports_due as next_reports
    from records.tasks.listing import strict_before
    from reports.tasks.screen import duty_lines
    from thidua.calling import next_step, workspace_here

    on = day or date.today()
    with workspace_here(context) as workspace:
        found = next_reports(workspace.movement, on, strict_before(workspace))
        click.echo(f"Báo cáo phải gửi, kể từ {on:%d/%m/%Y}: {len(found)}")
        for line in duty_lines(found, on):
            click.echo(line)
    period = next((one.period for one in found if one.period), "KỲ")
    next_step(f"lập báo cáo: thidua tasks report --period {period}.")
