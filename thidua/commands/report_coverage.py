"""thidua report coverage, thidua report received"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Hạn, mốc, quá hạn tính đến ngày này (mặc định hôm nay).")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Ghi vào tệp .xlsx này.")
@click.pass_context
def coverage(context: click.Context, period: str, letters: tuple[str, ...], day: date | None, out: Path | None) -> None:
    """Mức độ thực hiện kỳ PERIOD: ai có kế hoạch, đã nộp biểu, đã được thẩm định, giải trình, công bố, gửi báo cáo năm.

    Theo đơn vị, nhóm, cơ quan nộp thay, cơ quan thẩm định (còn nợ gì). Tệp Excel ở ket-qua/PERIOD.
    """
    from records.rounds import find_round, known_group
    from reports.coverage.content import coverage as cover
    from reports.coverage.pages import coverage_workbook
    from reports.coverage.screen import coverage_lines
    from reports.tasks.files import write_report
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        problems = [problem for letter in letters for problem in known_group(workspace, letter)]
        round_, found = find_round(workspace, period)
        stop_if_wrong([*problems, *found])
        assert round_ is not None
        told, problems = cover(workspace, round_, day or date.today(), letters)
        stop_if_wrong(problems)
        content = coverage_workbook(workspace.movement, told)
        written, problems = write_report(out, workspace.results(period), f"muc-do-thuc-hien-{period}", content)
        stop_if_wrong(problems)
    click.echo("\n".join(coverage_lines(told)))
    for path in written:
        click.echo(f"Đã ghi {path}.")
    next_step(f"đôn đốc: thidua remind {period}; ai chưa nộp: thidua round status {period} --missing.")


@click.command(cls=Command)
@click.argument("duty", metavar="DUTY")
@click.argument("period", metavar="PERIOD")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_context
def received(context: click.Context, duty: str, period: str, file: Path) -> None:
    """Nhập báo cáo đơn vị đã gửi theo chế độ báo cáo DUTY của kỳ PERIOD, từ bảng: mã (hoặc tên), ngày, văn bản.

    DUTY là mã ở reporting của movement.yaml, ví dụ nam-phong-trao. Nhập lại cùng bảng không ghi thêm gì.
    """
    from records.reports_received import import_received
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        count, saved, problems = import_received(workspace, duty, period, file, date.today())
        stop_if_wrong(problems)
    click.echo(f"Đã đọc {count} dòng, ghi {saved} báo cáo mới của {duty} kỳ {period}.")
    next_step(f"xem ai chưa gửi: thidua report coverage {period}.")
